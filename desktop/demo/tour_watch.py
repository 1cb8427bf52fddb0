"""How long the window did not answer: every turn of the event loop, every key and click of the tour is timed.

A clerk feels a window that stands still for longer than a blink. What the tour does itself between two turns (it reads rows,
makes documents, seals) is no answer of the window and is not counted. No event is looked at one by one: an application that
hands every event through Python is three times slower than the one that the clerk has. Where a long answer spent its time is
seen from a second thread instead, which looks at the stack of the first.
"""

import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

BLINK = 50.0  # milliseconds
KEPT = 10
LOOK_EVERY, LOOK_AFTER = 0.005, 0.02  # seconds between two looks at the stack, and before the first
OPENING = "打开账本"  # the one answer that may take longer: the window is made, and nobody works in it yet
OURS = str(Path(__file__).resolve().parents[1])
DEMO = str(Path(__file__).resolve().parent)


@dataclass(frozen=True)
class Block:
    """One answer: in which step, to what, in which function of ours; how long it took and how long the processor worked for it, in ms."""

    ms: float
    cpu_ms: float
    what: str
    where: str
    step: str


class Watch:
    """Every answer of the window, step by step."""

    def __init__(self) -> None:
        self.step = ""
        self.blocks: list[Block] = []
        self._since: float | None = None  # an answer is under way
        self._seen: Counter[str] = Counter()
        self._watched = threading.get_ident()
        self._looker: threading.Thread | None = None

    def begin(self, step: str) -> None:
        """What follows belongs to this step."""
        self.step = step
        if self._looker is None:
            self._looker = threading.Thread(target=self._look, daemon=True)
            self._looker.start()

    @contextmanager
    def block(self, what: str) -> Iterator[None]:
        """What is done in here is one answer of the window; an answer within it is a part of it."""
        if self._since is not None:
            yield
            return
        self._seen.clear()
        self._since, worked = time.perf_counter(), time.thread_time()
        begun = self._since
        try:
            yield
        finally:
            self._since = None
            ms, cpu = (time.perf_counter() - begun) * 1000, (time.thread_time() - worked) * 1000
            if ms >= 1:
                where = next((name for name, _times in self._seen.most_common(1)), "")
                self.blocks.append(Block(round(ms, 1), round(cpu, 1), what, where, self.step))

    def longest_of(self, step: str) -> Block | None:
        """The longest answer of a step, opening the ledger included."""
        return max((one for one in self.blocks if one.step == step), key=lambda one: one.ms, default=None)

    def longest(self) -> list[Block]:
        """The ten longest of all, without opening the ledger."""
        return sorted((one for one in self.blocks if one.what != OPENING), key=lambda one: -one.ms)[:KEPT]

    def too_long(self) -> list[Block]:
        """Those that were longer than a blink, without opening the ledger."""
        return [one for one in self.blocks if one.ms > BLINK and one.what != OPENING]

    def in_words(self) -> str:
        """The line at the end of the tour."""
        worst = self.longest()
        if not worst:
            return "界面没有动过"
        first, busy = worst[0], sum(one.cpu_ms > BLINK for one in self.too_long())
        return (
            f"界面最久停了 {first.ms:.0f} ms（{first.step}：{first.what} {first.where}），"
            f"超过 {BLINK:.0f} ms 的有 {len(self.too_long())} 次，其中处理器真忙了那么久的 {busy} 次"
        )

    def _look(self) -> None:
        while True:
            time.sleep(LOOK_EVERY)
            since = self._since
            if since is not None and time.perf_counter() - since > LOOK_AFTER:
                self._seen[_ours(sys._current_frames().get(self._watched))] += 1


def _ours(frame: FrameType | None) -> str:
    """The innermost function of the program on this stack, as `table._count`."""
    while frame is not None and not (path := frame.f_code.co_filename).startswith(DEMO):
        if path.startswith(OURS):
            return f"{Path(path).stem}.{frame.f_code.co_name}"
        frame = frame.f_back
    return "Qt"


WATCH = Watch()  # one process walks one tour
