"""Runs a deed off the GUI thread and brings its answer back into it.

One thing at a time per page: a second start while something runs is refused, so a double click saves once. What comes
back is one of four: the result, a Refusal, a Trouble, or a bug. Cancelling is a wish that the deed meets at its next
report; what it has not committed by then never was.
"""

import sys
from collections.abc import Callable
from threading import Event
from typing import Any

from PySide6.QtCore import QObject, Qt, QThreadPool, QTimer, Signal

from desktop.model.errors import Refusal, Trouble

SHOWN_AFTER = 300  # milliseconds; shorter work needs no bar
TURN = 0.0005  # seconds; see `Work.start`


class Cancelled(Exception):
    """The user gave up; the deed ends at its next report."""


class Report:
    """What a deed is given to say how far it is; raises `Cancelled` when it is no longer wanted."""

    def __init__(self, say: Callable[[str, float], None]) -> None:
        self._say = say
        self._given_up = Event()

    def __call__(self, what: str, done: int, total: int) -> None:
        if self._given_up.is_set():
            raise Cancelled
        self._say(what, done / total if total else 0.0)

    def give_up(self) -> None:
        """The next report ends the deed."""
        self._given_up.set()


class _Answers(QObject):
    """Signals of one run; a queued connection carries them into the GUI thread."""

    progressed = Signal(str, float)
    ended = Signal(str, object)


class _Run:
    """What the thread does. No QRunnable: one that is not deleted by Qt is never let go, and all that its deed holds with it."""

    def __init__(self, call: Callable[[Report], object], answers: _Answers, report: Report) -> None:
        self._call, self._answers, self._report = call, answers, report

    def run(self) -> None:
        try:
            answer = ("done", self._call(self._report))
        except Cancelled as error:
            answer = ("cancelled", error)
        except Refusal as error:
            answer = ("refused", error)
        except Trouble as error:
            answer = ("troubled", error)
        except Exception as error:  # noqa: BLE001  # a bug must reach the diagnosis page, not die in a thread
            answer = ("broke", error)
        self._answers.ended.emit(*answer)


class Work(QObject):
    """The background work of one page."""

    started = Signal(str)
    slow = Signal(str)  # still running after a moment: now a bar is wanted
    progressed = Signal(str, float)
    refused = Signal(object)
    troubled = Signal(object)
    broke = Signal(object)
    cancelled = Signal()
    ended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._run: _Run | None = None
        self._report: Report | None = None
        self._answers: _Answers | None = None
        self._then: Callable[[Any], object] | None = None
        self._what = ""
        self._moment = QTimer(self)
        self._moment.setSingleShot(True)
        self._moment.setInterval(SHOWN_AFTER)
        self._moment.timeout.connect(lambda: self.slow.emit(self._what))

    @property
    def is_busy(self) -> bool:
        """Something runs, or its answer is on the way."""
        return self._run is not None

    def start(self, what: str, call: Callable[[Report], Any], then: Callable[[Any], object] | None = None) -> bool:
        """Runs `call(report)` elsewhere and `then(result)` here. False when something runs already."""
        if self.is_busy:
            return False
        answers = _Answers()
        answers.progressed.connect(self.progressed, Qt.ConnectionType.QueuedConnection)
        answers.ended.connect(self._ended, Qt.ConnectionType.QueuedConnection)
        self._what, self._then, self._answers = what, then, answers
        self._report = Report(answers.progressed.emit)
        self._run = _Run(call, answers, self._report)
        self.started.emit(what)
        self._moment.start()
        # The window gives the interpreter away at every call into Qt; were a thread to keep it for the usual 5 ms each time, the window
        # would hardly move while something is read.
        sys.setswitchinterval(TURN)
        QThreadPool.globalInstance().start(self._run.run)
        return True

    def cancel(self) -> None:
        """The running deed ends at its next report."""
        if self._report is not None:
            self._report.give_up()

    def _ended(self, how: str, answer: object) -> None:
        then = self._then
        self._moment.stop()
        self._run = self._report = self._answers = self._then = None
        self.ended.emit()
        if how == "done":
            if then is not None:
                then(answer)
        elif how == "cancelled":
            self.cancelled.emit()
        else:
            {"refused": self.refused, "troubled": self.troubled, "broke": self.broke}[how].emit(answer)
