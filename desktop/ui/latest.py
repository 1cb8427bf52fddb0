"""Questions that are asked away from the screen and grow old: only the answer to the newest one arrives.

A page asks again whenever an option changes; what an older question brings, answer or error, is let fall.
"""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.ui.work import Work

Question = tuple[str, Callable[[], Any], Callable[[Any], object]]


class Latest(QObject):
    """One question at a time; while one is on its way only the newest of those that came after it is kept."""

    failed = Signal(object)  # a Refusal or a Trouble
    broke = Signal(object)
    slow = Signal(str)
    ended = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._work = Work(self)
        self._waiting: Question | None = None
        self._dropped = False
        self._work.ended.connect(self._ended)
        self._work.slow.connect(self.slow)
        for signal, told in ((self._work.refused, self.failed), (self._work.troubled, self.failed), (self._work.broke, self.broke)):
            signal.connect(lambda error, told=told: None if self._dropped else told.emit(error))

    @property
    def is_busy(self) -> bool:
        """An answer is on its way."""
        return self._work.is_busy or self._waiting is not None

    def ask(self, what: str, call: Callable[[], Any], then: Callable[[Any], object]) -> None:
        """`call()` elsewhere, `then(answer)` here, unless something else is asked meanwhile."""
        if self._work.is_busy:
            self._waiting = (what, call, then)
            return
        self._dropped = False
        self._work.start(what, lambda _report: call(), lambda answer: None if self._dropped else then(answer))

    def give_up(self) -> None:
        """What is on its way is not wanted any more."""
        self._waiting, self._dropped = None, True

    def _ended(self) -> None:
        if self._waiting is not None:
            self._dropped = True
            QTimer.singleShot(0, self, self._ask_waiting)
        else:
            self.ended.emit()

    def _ask_waiting(self) -> None:
        if self._waiting is not None and not self._work.is_busy:
            question, self._waiting = self._waiting, None
            self.ask(*question)
