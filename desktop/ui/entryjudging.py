"""What the import's rules say of the rows of 批量录入: asked away from the screen when the hand rests, and anew while it types on."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.exchange.fates import DryRun
from desktop.exchange.grid import judge
from desktop.exchange.twins import Twins
from desktop.model.language import _
from desktop.ui.entrymodel import Entry, EntryModel
from desktop.ui.kit.ticks import CheckBox
from desktop.ui.officepage import OfficePage

REST = 300  # milliseconds after the last letter: the rows are looked at when the hand rests


class Judging(QObject):
    """The rows are judged on behalf of the page; `said` when something new stands beside them."""

    said = Signal()

    def __init__(self, page: OfficePage, model: EntryModel, make_missing: CheckBox) -> None:
        super().__init__(page)
        self._page, self._model, self._make_missing = page, model, make_missing
        self.is_settled = True
        self._there: Twins | None = None  # the ledger as it was read for the rows in sight, until something changes in it
        self._turn = 0  # counts what was typed, so that an answer about older words is let fall
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self._rest.timeout.connect(self.judge)

    def typed(self) -> None:
        """Something was typed: the rows are looked at when the hand rests."""
        self._turn += 1
        self.is_settled = False
        self._rest.start()

    def ledger_changed(self) -> None:
        """What was read of the ledger is old."""
        self._there = None

    def rows_left(self) -> None:
        """Rows went on the books: what is still being said of them is let fall, and what was read of the ledger is old."""
        self._turn += 1
        self._there = None

    def judge(self) -> None:
        """The rules look at every row, elsewhere; what was typed meanwhile is looked at again."""
        self._rest.stop()
        entries, turn = self._model.filled(), self._turn
        if not entries:
            self.is_settled = True
            self.said.emit()
            return
        desk, record, there, call = self._page.desk, self._model.record, self._there, self.question(entries)

        def judged() -> tuple[Twins, DryRun]:
            known = there or Twins.of(desk, record)
            return known, call(there=known)

        self._page.ask(_("核对每一行"), judged, lambda made: self._show_judged(entries, turn, *made))

    def question(self, entries: Sequence[Entry]) -> Any:
        """What the rules are asked of these rows, to be called away from the screen."""
        rows = [list(entry.cells) for entry in entries]
        as_new = {number for number, entry in enumerate(entries, start=1) if entry.as_new}
        create = self._make_missing.isChecked()
        return partial(judge, self._page.desk, self._model.record, self._model.keys, rows, as_new=as_new, create=create)

    def _show_judged(self, entries: Sequence[Entry], turn: int, there: Twins, dry: DryRun) -> None:
        if turn == self._turn:
            self._there = there
            self.is_settled = True
            self._model.say(entries, dry.lines)
            self.said.emit()
