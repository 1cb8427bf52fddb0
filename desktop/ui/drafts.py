"""Drafts of a form: what is half typed lies on the disk, encrypted with the rest, and is offered when somebody comes back.

Written off the GUI thread, a few seconds after the last change and when the page is left; dropped by the deed that saves.
"""

from collections.abc import Callable
from threading import Event
from typing import Any

from PySide6.QtCore import QObject, QTimer

from desktop.model.errors import Said
from desktop.model.language import _
from desktop.office import settings
from desktop.office.desk import Desk
from desktop.office.settings import Draft
from desktop.ui.work import Work

EVERY = 5_000  # milliseconds


class Drafts(QObject):
    """The draft of one form. `typed` gives what was typed by hand so far, nothing when there is nothing to keep."""

    def __init__(self, form: QObject, desk: Desk, typed: Callable[[], dict[str, Any]], failed: Callable[[Said], object]) -> None:
        super().__init__(form)
        self._desk, self._typed = desk, typed
        self._page = self._kind = self._record = ""
        self._kept: dict[str, Any] = {}
        self._over = Event()
        self._work = Work(self)
        self._work.refused.connect(failed)
        self._work.troubled.connect(failed)
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self.keep)

    def begin(self, kind: str, record: str) -> Draft | None:
        """The form is about this record now (none: a new one); the draft that waits for it, if there is one."""
        self._page, self._kind, self._record, self._kept = f"form:{kind}:{record}", kind, record, {}
        if not self._desk.may("draft.keep"):
            return None
        self._timer.start()
        return next((one for one in settings.drafts(self._desk) if one.page == self._page), None)

    def keep(self) -> None:
        """What stands there is on the disk in a moment."""
        typed = self._typed()
        if not typed or typed == self._kept or not self._timer.isActive():
            return
        desk, page, kind, record = self._desk, self._page, self._kind, self._record
        over = self._over = Event()

        def write(_report: object) -> None:
            if not over.is_set():  # the entry was saved before this draft had its turn
                settings.keep_draft(desk, page, kind=kind, record=record, values=typed)

        if self._work.start(_("留草稿"), write):
            self._kept = typed

    def drop(self) -> Callable[[], None]:
        """What the saving deed calls when it is done: the entry is saved, the draft is over."""
        desk, page = self._desk, self._page
        self._over.set()

        def over() -> None:
            settings.drop_draft(desk, page)

        return over

    def end(self) -> None:
        """Nothing more is kept for this record."""
        self._timer.stop()
