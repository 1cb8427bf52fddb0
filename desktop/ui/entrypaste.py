"""What a pasted block would become: its columns with their fields, and row by row what the import's rules say, before it is taken."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.exchange import grid
from desktop.exchange.importing import DryRun, dry_run
from desktop.exchange.mapping import Proposal
from desktop.exchange.reading import Sheet
from desktop.model.language import _
from desktop.model.record import Record
from desktop.office.desk import Desk
from desktop.ui.importcolumns import ImportColumns
from desktop.ui.importlines import ImportLines
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.text import Label
from desktop.ui.look import follow, look

Ask = Callable[[str, Callable[[], Any], Callable[[Any], object]], None]


class PastePreview(QWidget):
    """A block from the clipboard, looked at; `taken` brings its rows as the grid has them, and whether what is missing is made."""

    taken = Signal(list, bool)
    refused = Signal()

    def __init__(self, desk: Desk, record: type[Record], keys: list[str], ask: Ask) -> None:
        super().__init__()
        self.desk, self.record, self.keys, self._ask = desk, record, keys, ask
        self.sheet: Sheet | None = None
        self.proposal: Proposal | None = None
        self.dry: DryRun | None = None
        self.words = Label("", ink="text2", wrap=True)
        self.mapping, self.lines = ImportColumns(), ImportLines()
        self.take = Button(_("放进表格"), "check", "primary", "Ctrl+↵")
        self.refuse = Button(_("不要"), shortcut="Esc")
        self._column, row = QVBoxLayout(self), QHBoxLayout()
        row.addWidget(self.words, 1)
        row.addWidget(self.refuse)
        row.addWidget(self.take)
        self._column.addLayout(row)
        self._column.addWidget(self.mapping)
        self._column.addWidget(self.lines, 1)
        self.mapping.changed.connect(self._remapped)
        self.take.clicked.connect(self.accept)
        self.refuse.clicked.connect(self.refused)
        follow(self, self._restyle)

    def show_block(self, text: str, at: int, remembered: dict[str, str], *, create: bool) -> None:
        """This block, which begins at the `at`-th column of the grid where it has no head. Raises Refusal when it is none."""
        block = grid.pasted(text)
        self.sheet, self.proposal = grid.understood(block, self.record, self.keys, at, remembered)
        self.dry = None
        self.mapping.make_missing.setChecked(create)
        self.mapping.show_sheet(self.sheet, self.proposal, self.record)
        own = self.sheet is block
        head = _("表头在第 {n} 行").format(n=self.proposal.head_row) if own else _("没有表头，按列的次序对")
        words = [_("剪贴板里 {n} 行，{head}").format(n=len(self.rows()), head=head), *self.proposal.notices]
        shift = 0 if own else 1  # the head that was put over the block is no row of the clipboard
        skipped = [_("第 {n} 行是{why}").format(n=one.row - shift, why=one.why) for one in self.proposal.skipped if one.row > shift]
        if skipped:
            words.append(_("不放进去的：{rows}").format(rows="、".join(skipped)))
        self.words.setText("；".join(words))
        self.take.set_label(_("放进表格 {n} 行").format(n=len(self.rows())))
        self._again()
        self.take.setFocus()

    def rows(self) -> list[list[str]]:
        """The data as rows of the grid."""
        return grid.rows_of(self.sheet, self.proposal, self.keys) if self.sheet is not None and self.proposal is not None else []

    def _remapped(self) -> None:
        assert self.proposal is not None
        self.proposal = replace(self.proposal, columns=self.mapping.chosen())
        self._again()

    def _again(self) -> None:
        desk, record, sheet, proposal = self.desk, self.record, self.sheet, self.proposal
        assert sheet is not None
        assert proposal is not None
        create = self.mapping.make_missing.isChecked()
        if not proposal.columns:
            self.take.setEnabled(False)
            return
        self.take.setEnabled(True)
        self._ask(_("核对每一行"), lambda: dry_run(desk, record, sheet, proposal, create=create), self._show_dry)

    def _show_dry(self, dry: DryRun) -> None:
        if dry.proposal is self.proposal:
            self.dry = dry
            self.lines.show_dry(self.record, dry)

    def accept(self) -> None:
        """The rows go into the grid, right and wrong ones; nothing is on the books yet."""
        if self.take.isEnabled():
            self.taken.emit(self.rows(), self.mapping.make_missing.isChecked())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.refused.emit()
            return
        super().keyPressEvent(event)

    def set_narrow(self, narrow: bool) -> None:
        """Fewer columns side by side."""
        self.mapping.set_narrow(narrow)

    def _restyle(self) -> None:
        here = look()
        self._column.setContentsMargins(here.u(16), here.u(4), here.u(16), here.u(10))
        self._column.setSpacing(here.u(10))
