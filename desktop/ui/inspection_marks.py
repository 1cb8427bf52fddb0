"""Marks that are never lost: deeds that run one after another in the order of typing, and what is shown meanwhile.

A mark is shown the moment it is given and its deed runs behind it (`InOrder`); `Marks` knows what is shown, what is on the
disk, and what comes back when a deed is refused. Nothing here asks the office anything.
"""

from collections import Counter, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop.model.errors import Said
from desktop.office.inspections import ItemLine
from desktop.ui.work import Work


@dataclass(frozen=True)
class Job:
    """A deed that waits for its turn: what runs, what follows, and what is undone on the screen when it is refused."""

    what: str
    call: Callable[[], Any]
    then: Callable[[Any], object]
    back: Callable[[], object]


class InOrder(QObject):
    """Deeds one after another in the order they were asked for; none is dropped because one runs already."""

    refused = Signal(object)
    broke = Signal(object)
    emptied = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._waiting: deque[Job] = deque()
        self._running: Job | None = None
        self._work = Work(self)
        self._work.refused.connect(self._said)
        self._work.troubled.connect(self._said)
        self._work.broke.connect(self._bug)

    @property
    def is_idle(self) -> bool:
        """Nothing runs and nothing waits."""
        return self._running is None and not self._waiting

    def add(self, what: str, call: Callable[[], Any], then: Callable[[Any], object], back: Callable[[], object]) -> None:
        """The deed has its turn after all that were asked for before it."""
        self._waiting.append(Job(what, call, then, back))
        self._next()

    def _next(self) -> None:
        if self._running is None and self._waiting:
            self._running = job = self._waiting.popleft()
            self._work.start(job.what, lambda _report: job.call(), self._done)

    def _done(self, result: Any) -> None:
        self._leave().then(result)
        self._go_on()

    def _said(self, error: Said) -> None:
        self._leave().back()
        self.refused.emit(error)
        self._go_on()

    def _bug(self, error: BaseException) -> None:
        self._leave().back()
        self.broke.emit(error)
        self._go_on()

    def _leave(self) -> Job:
        job, self._running = self._running, None
        assert job is not None
        return job

    def _go_on(self) -> None:
        self._next()
        if self.is_idle:
            self.emptied.emit()


class Marks:
    """The marks of one run: what is on the disk, and over it what was given and is on its way there."""

    def __init__(self, lines: Sequence[ItemLine]) -> None:
        self._saved = {line.item: line.mark for line in lines}
        self._given: dict[str, str] = {}
        self._on_the_way: Counter[str] = Counter()

    def shown(self, item: str) -> str:
        """The mark that stands on the screen; nothing when there is none."""
        return self._given.get(item) or self._saved.get(item) or ""

    def give(self, item: str, mark: str) -> None:
        """The clerk has marked it; the deed is on its way."""
        self._given[item] = mark
        self._on_the_way[item] += 1

    def keep(self, item: str, mark: str) -> None:
        """The deed is done: this mark is on the disk."""
        self._saved[item] = mark
        self._arrive(item)

    def refuse(self, item: str) -> None:
        """The deed came to nothing: what is on the disk stands again, unless a later mark is on its way."""
        self._arrive(item)

    def _arrive(self, item: str) -> None:
        self._on_the_way[item] -= 1
        if self._on_the_way[item] <= 0:
            self._given.pop(item, None)

    def count(self, mark: str) -> int:
        """How many items show this mark; "" for those without."""
        return sum(1 for item in self._saved if self.shown(item) == mark)
