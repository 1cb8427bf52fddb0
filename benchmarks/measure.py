"""How the benches measure: all sides in turn in one process, rotated each round, and only ratios are judged.

Seconds depend on the PC, ratios far less. A side is a callable; it may prepare outside the clock, and one that measures itself
(a fresh process) returns its own number. A noise above `TOO_NOISY` means that the machine was busy: measured once more, and
if it stays so, said instead of judged.
"""

import gc
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

TOO_NOISY = 1.6
Statistic = Literal["median", "p95", "least"]


@dataclass(frozen=True)
class Side:
    """One of those that run in turn: the floor, the product, a peer."""

    name: str
    words: str  # what it does, for the table
    run: Callable[..., object]
    prepare: Callable[[], object] | None = None  # outside the clock; `run` takes what it gives
    every: int = 1  # a slow peer takes part only in each so-manyeth round


@dataclass(frozen=True)
class Goal:
    """A ratio between two sides and its limit: `most` for the product over its floor, `least` for a peer over the product."""

    words: str
    top: str
    bottom: str
    most: float | None = None
    least: float | None = None
    of: Statistic = "median"


@dataclass(frozen=True)
class Times:
    """What one side took, in seconds (or what else it measures)."""

    median: float
    p95: float
    least: float
    n: int


@dataclass(frozen=True)
class Verdict:
    """A goal as it was measured."""

    words: str
    measured: float
    limit: float
    at_most: bool
    unit: str = "×"
    noisy: bool = False

    @property
    def passed(self) -> bool:
        return self.measured <= self.limit if self.at_most else self.measured >= self.limit


@dataclass(frozen=True)
class Outcome:
    """One job as it was measured. `skipped`: the peers that could not take part, and why."""

    job: str
    title: str
    size: str
    words: dict[str, str]
    times: dict[str, Times]
    verdicts: tuple[Verdict, ...]
    noise: float
    unit: str = "s"
    skipped: dict[str, str] = field(default_factory=dict)
    notes: dict[str, float | int | str] = field(default_factory=dict)


def contest(
    job: str, title: str, size: str, sides: Sequence[Side], goals: Sequence[Goal], *, rounds: int, warm: int = 1,
    unit: str = "s", skipped: dict[str, str] | None = None, notes: dict[str, float | int | str] | None = None,
) -> Outcome:  # fmt: skip
    """The sides measured in turn and the goals judged; a noisy machine gets a second chance. The first side is the floor."""
    times, noise = _measure(sides, rounds, warm)
    if noise > TOO_NOISY:
        times, noise = min((times, noise), _measure(sides, rounds, warm), key=lambda one: one[1])
    verdicts = tuple(judge(goal, times, noisy=noise > TOO_NOISY) for goal in goals)
    words = {side.name: side.words for side in sides}
    return Outcome(job, title, size, words, times, verdicts, noise, unit, skipped or {}, notes or {})


def judge(goal: Goal, times: dict[str, Times], *, noisy: bool) -> Verdict:
    """The measured ratio beside its limit."""
    measured = getattr(times[goal.top], goal.of) / getattr(times[goal.bottom], goal.of)
    limit = goal.most if goal.most is not None else goal.least
    assert limit is not None
    return Verdict(goal.words, measured, limit, goal.most is not None, noisy=noisy)


def _measure(sides: Sequence[Side], rounds: int, warm: int) -> tuple[dict[str, Times], float]:
    samples: dict[str, list[float]] = {side.name: [] for side in sides}
    gc.collect()
    gc.freeze()  # what stands already is not looked through again before each call
    try:
        for turn in range(-warm, rounds):
            first = turn % len(sides)
            for side in [*sides[first:], *sides[:first]]:
                if turn % side.every == 0:
                    took = _sample(side)
                    if turn >= 0:
                        samples[side.name].append(took)
    finally:
        gc.unfreeze()
    times = {name: times_of(some) for name, some in samples.items()}
    floor = times[sides[0].name]
    return times, floor.p95 / floor.median


def _sample(side: Side) -> float:
    given: tuple[Any, ...] = (side.prepare(),) if side.prepare is not None else ()
    gc.collect()
    begin = time.perf_counter()
    own = side.run(*given)
    took = time.perf_counter() - begin
    return own if isinstance(own, float) else took


def times_of(samples: Sequence[float]) -> Times:
    """Median, 95th percentile, least."""
    ordered = sorted(samples)
    p95 = statistics.quantiles(ordered, n=20, method="inclusive")[-1] if len(ordered) > 1 else ordered[0]
    return Times(statistics.median(ordered), p95, ordered[0], len(ordered))
