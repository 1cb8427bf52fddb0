"""The tour: the whole circle by itself, through the same deeds and the real windows, with everything it held written down.

`walk(out)` writes `screens/`, `paper/`, `stick/`, `district-stick/` and `summary.json`; it returns 1 at the first step that does not hold.
"""

import json
import os
import shutil
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from desktop.demo.tour_watch import WATCH, Block

STARTED = "2022-01-03T09:41:00"  # after the article's year, and still in time for December's closing day


class NotSo(Exception):
    """Something that the tour holds for true is not."""


@dataclass
class Step:
    """One step with everything that was asserted in it."""

    name: str
    asserted: list[str] = field(default_factory=list)
    seconds: float = 0.0
    longest_block: Block | None = None  # how long the window did not answer, and to what
    held: bool = False
    error: str = ""


class Tour:
    """Where the walk stands and what it has found."""

    def __init__(self, out: Path, communities: int) -> None:
        self.out, self.communities = out, communities
        self.steps: list[Step] = []
        self.figures: dict[str, int] = {}
        self.facts: dict[str, Any] = {}
        self.now = STARTED
        self.begun = time.monotonic()

    def clock(self) -> str:
        """The day of the tour; it moves on by the steps, not by the wall."""
        return self.now

    def folder(self, name: str) -> Path:
        """A folder of the output."""
        made = self.out / name
        made.mkdir(parents=True, exist_ok=True)
        return made

    def screen(self, name: str) -> Path:
        """Where a picture goes."""
        return self.folder("screens") / f"{name}.png"

    def paper(self, name: str) -> Path:
        """Where a document goes."""
        return self.folder("paper") / f"{name}.pdf"

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """One step; whatever is raised in it ends the tour."""
        step = Step(name)
        self.steps.append(step)
        WATCH.begin(name)
        begun = time.monotonic()
        try:
            yield
            step.held = True
        except BaseException as error:
            step.error = f"{type(error).__name__}: {error}"
            raise
        finally:
            step.seconds = round(time.monotonic() - begun, 2)
            step.longest_block = WATCH.longest_of(name)
            still = f"，界面最久停 {step.longest_block.ms:.0f} ms" if step.longest_block else ""
            print(f"{'✓' if step.held else '✗'} {name}（{step.seconds} s，{len(step.asserted)} 项核对{still}）{step.error}", flush=True)  # noqa: T201

    def hold(self, what: str, is_so: bool) -> None:
        """Assert, and write down what was asserted."""
        if not is_so:
            raise NotSo(what)
        self.steps[-1].asserted.append(what)

    def same(self, what: str, found: object, expected: object) -> None:
        """Assert that two things are equal."""
        self.hold(f"{what} = {expected}" if found == expected else f"{what}: {found!r} is not {expected!r}", found == expected)

    def write_summary(self) -> None:
        """Everything in one file."""
        summary = {
            "held": all(step.held for step in self.steps),
            "seconds": round(time.monotonic() - self.begun, 1),
            "steps": [asdict(step) for step in self.steps],
            "longest_blocks": [asdict(one) for one in WATCH.longest()],
            "blocks_too_long": len(WATCH.too_long()),
            "figures": self.figures,
            "facts": self.facts,
        }
        (self.out / "summary.json").write_text(json.dumps(summary, ensure_ascii=False, indent=1), encoding="utf-8")


def walk(out: Path, *, communities: int = 99) -> int:
    """The whole circle; 0 when every step held."""
    if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if out.exists():
        shutil.rmtree(out)
    out.mkdir(parents=True)
    tour = Tour(out, communities)
    try:
        for part in _parts():
            part(tour)
    except Exception:  # noqa: BLE001 - whatever went wrong is written down, and the exit status says so
        (out / "error.txt").write_text(traceback.format_exc(), encoding="utf-8")
        print((out / "error.txt").read_text(encoding="utf-8"))  # noqa: T201
    tour.write_summary()
    held = bool(tour.steps) and all(step.held for step in tour.steps) and not (out / "error.txt").exists()
    done = "每一步都站得住" if held else "有一步站不住，见 error.txt"
    print(WATCH.in_words())  # noqa: T201
    print(f"{done}：{out}（{round(time.monotonic() - tour.begun)} s）")  # noqa: T201
    return 0 if held else 1


def _parts() -> list[Callable[[Tour], None]]:
    from desktop.demo import tour_community, tour_district, tour_rehearsal

    there, back = (tour_district.begin, tour_rehearsal.look_around, tour_community.work), (tour_district.receive, tour_community.hear)
    return [*there, *back, tour_district.end]
