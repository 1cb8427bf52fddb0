"""批量录入: many records of one type in a grid; the right rows are kept in one transaction, the wrong ones stay to be mended.

The rules are those of the import. What is kept can be taken back as a whole, and comes back into the grid then. What is half typed is
a draft like that of a form.
"""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.exchange.fates import Fate
from desktop.exchange.grid import typed_fields
from desktop.exchange.running import remembered
from desktop.model.errors import Refusal, Said
from desktop.model.kinds.tags import Tags
from desktop.model.language import _
from desktop.model.record import Record
from desktop.ui.drafts import Drafts
from desktop.ui.entrygrid import EntryGrid
from desktop.ui.entryhints import hints_of, options_of
from desktop.ui.entryjudging import Judging
from desktop.ui.entrykeeping import Keeping
from desktop.ui.entrymodel import Entry, EntryModel, saying
from desktop.ui.entrypaste import PastePreview
from desktop.ui.keys import PageKey
from desktop.ui.kit.buttons import Action, LinkButton
from desktop.ui.kit.cards import Scrolled, ask
from desktop.ui.kit.text import Label, PlainMenu
from desktop.ui.kit.ticks import CheckBox
from desktop.ui.look import follow, look
from desktop.ui.officepage import OfficePage
from desktop.ui.session import Session


class EntryPage(OfficePage):
    """Many records of one type."""

    def __init__(self, session: Session, record: type[Record], parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.record, self.kind = record, record.__tablename__
        self.concerns = (self.kind, *record.links().values())
        self.model = EntryModel(record, typed_fields(session.desk, record))
        self.grid = EntryGrid(self.model)
        self.paste = PastePreview(session.desk, record, self.model.keys, self.ask)
        self.make_missing = CheckBox(_("账里没有的单位和小区，一并新建"))
        self.hint, self.reason = Label("", "caption", "text2", wrap=True), Label("", ink="text2", wrap=True)
        self.as_new = LinkButton(_("看过了，是另一条，照样新增"))
        self.drafts = Drafts(self, session.desk, self.typed_values, self.show_error)
        self.judging, self.keeping = Judging(self, self.model, self.make_missing), Keeping(self)
        self._assemble()
        self._connect()

    def _assemble(self) -> None:
        column, entering = self.column(), QWidget()
        self._body, self._foot = QVBoxLayout(entering), QHBoxLayout()
        self._body.addWidget(self.grid, 1)
        self._foot.addWidget(self.hint, 1)
        self._foot.addWidget(self.make_missing)
        row = QHBoxLayout()
        row.addWidget(self.reason, 1)
        row.addWidget(self.as_new)
        self._body.addLayout(row)
        self._body.addLayout(self._foot)
        self.stack = QStackedWidget()
        self.stack.addWidget(entering)
        self.scrolled = Scrolled(self.paste)
        self.stack.addWidget(self.scrolled)
        column.addWidget(self.stack, 1)
        follow(self, self._restyle)

    def _connect(self) -> None:
        self.model.typed.connect(self._typed)
        self.judging.said.connect(self.show_said)
        self.grid.cell_changed.connect(self._show_cell)
        self.grid.block_pasted.connect(self._show_block)
        self.grid.options_wanted.connect(self._offer)
        self.grid.row_removed.connect(self._removed)
        self.make_missing.clicked.connect(self._typed)
        self.as_new.clicked.connect(self._take_as_new)
        self.paste.taken.connect(self._take_block)
        self.paste.refused.connect(self._to_grid)
        self.bind_keys([
            PageKey("Ctrl+Return", _("保存能存的行"), self.go_on, ("Ctrl+S",)), PageKey("F8", _("跳到下一行有错的"), self.next_wrong)
        ])  # fmt: skip
        self.take_in_keys([
            PageKey("Return", _("下一格")), PageKey("Alt+Down", _("列出可选的")), PageKey("Ctrl+D", _("照抄上一格")),
            PageKey("Ctrl+V", _("粘贴表格，先看后放")),
        ])  # fmt: skip
        self._show_cell()

    # what the shell asks

    def title(self) -> str:
        return _("批量录入{what}").format(what=_(self.record.label))

    def crumbs(self) -> Sequence[str]:
        return [_(self.record.label)]

    def header_actions(self) -> Sequence[Action]:
        if self.stack.currentWidget() is self.scrolled:
            return []
        actions = []
        if self.keeping.kept is not None:
            actions.append(Action("undo", _("撤销上次保存"), "history", run=self.keeping.undo, keep=5))
        ready = self._count(Fate.NEW) + self._count(Fate.UPDATE)
        word = _("保存 {n} 行").format(n=ready) if ready else _("保存")
        save = self.keeping.save
        actions.append(Action("save", word, "device-floppy", "primary", "Ctrl+↵", run=save, enabled=bool(self.model.filled()), keep=9))
        return actions

    def more_actions(self) -> Sequence[Action]:
        return [Action("clear", _("清空表格"), "trash", run=self.clear, enabled=bool(self.model.filled()))]

    def status(self) -> Sequence[str]:
        words = [_("已填 {n} 行").format(n=len(self.model.filled()))]
        words += [f"{_(fate.value)} {self._count(fate)}" for fate in Fate if self._count(fate)]
        return [*words, _("草稿每 5 秒自动留存"), _("Enter 下一格，Alt+↓ 列出可选的，Ctrl+V 粘贴表格，Alt+Enter 格内换行")]

    def _count(self, fate: Fate) -> int:
        return sum(entry.line is not None and entry.line.fate is fate for entry in self.model.filled())

    def dirty(self) -> bool:
        return bool(self.model.filled())

    def arrive(self, **arguments: object) -> None:
        self._to_grid()
        draft = self.drafts.begin(self.kind, "grid")
        if draft is not None and not self.model.filled():
            words = _("{time} 有一份没保存的草稿").format(time=draft.at[5:16].replace("T", " "))
            self.say("act", words, _("接着填"), lambda: self._take_draft(draft.values))

    def reload(self) -> None:
        """What is typed stays; only what is said of it may have changed."""
        self.judging.ledger_changed()
        self.judging.judge()

    def take_focus(self) -> None:
        (self.paste.take if self.stack.currentWidget() is self.scrolled else self.grid.cell).setFocus()

    # typing

    def _typed(self) -> None:
        self.judging.typed()
        self.head_changed.emit()
        self.status_changed.emit()

    def show_said(self) -> None:
        """What the rules say of the rows, in the grid, under it and in the head."""
        self._show_cell()
        self.head_changed.emit()
        self.status_changed.emit()

    def _show_cell(self) -> None:
        """Under the grid: how the open cell is filled, and all that is said of its row."""
        row, column = self.grid.here
        spec = self.model.fields[column]
        self.hint.setText("　".join([_(spec.label), *hints_of(spec)]))
        entry = self.model.entries[row]
        said = saying(self.record, entry)
        self.reason.setText(_("第 {n} 行：{words}").format(n=row + 1, words=said.words) if said.words else "")
        self.reason.set_ink(said.tone or "text2")
        suspected = entry.line is not None and entry.line.fate is Fate.SUSPECTED and not entry.line.key
        self.as_new.setVisible(suspected)

    def _take_as_new(self) -> None:
        self.model.entries[self.grid.here[0]].as_new = True
        self._typed()
        self.judging.judge()
        self.grid.cell.setFocus()

    def next_wrong(self) -> None:
        """F8: the next row that cannot stay, at its first wrong cell."""
        row, _column = self.grid.here
        wrong = [at for at, entry in enumerate(self.model.entries) if saying(self.record, entry).tone in ("err", "warn")]
        if wrong:
            at = next((one for one in wrong if one > row), wrong[0])
            labels = saying(self.record, self.model.entries[at]).wrong
            first = next((nth for nth, spec in enumerate(self.model.fields) if _(spec.label) in labels), 0)
            self.grid.go_to(at, first)
            self.grid.cell.setFocus()

    def _offer(self) -> None:
        """Alt+↓: what may stand in the cell."""
        spec = self.model.fields[self.grid.here[1]]
        options = options_of(spec, self.session, self.grid.cell.text())
        if not options:
            return
        menu = PlainMenu(self)
        for word, detail in options:
            menu.add(word, shortcut=detail).triggered.connect(partial(self._choose, word, isinstance(spec.kind, Tags)))
        menu.open_at(self.grid.cell.mapToGlobal(QPoint(0, self.grid.cell.height())))

    def _choose(self, word: str, several: bool, _checked: bool = False) -> None:
        before = self.model.text(*self.grid.here) if several else ""
        self.grid.set_cell(f"{before}、{word}" if before and word not in before.split("、") else word)

    def _removed(self, entry: Entry, at: int) -> None:
        if not self.model.filled():
            self._forget_draft()
        self.toast(_("已去掉第 {n} 行").format(n=at + 1), lambda: self.model.put_back(at, entry))

    def _forget_draft(self) -> None:
        """Nothing is left to keep; what comes now is a new draft."""
        self.drafts.drop()()
        self.drafts.begin(self.kind, "grid")

    def clear(self) -> None:
        """All rows go, after a question."""
        rows = [list(entry.cells) for entry in self.model.filled()]
        if rows and ask(self, _("清空 {n} 行？").format(n=len(rows)), _("没有保存的内容会去掉，可以马上撤销。"), _("清空"), danger=True):
            self.model.keep_only([])
            self._typed()
            self._forget_draft()
            self.toast(_("已清空 {n} 行").format(n=len(rows)), lambda: self.model.add(rows))

    # pasting

    def _show_block(self, text: str) -> None:
        try:
            self.paste.show_block(text, self.grid.here[1], remembered(self.desk, self.record), create=self.make_missing.isChecked())
        except Refusal as refusal:
            self.show_error(refusal)
            return
        self.stack.setCurrentWidget(self.scrolled)
        self.take_focus()
        self.head_changed.emit()

    def _take_block(self, rows: list[list[str]], create: bool) -> None:
        first = len(self.model.entries) - 1
        self.make_missing.setChecked(create)
        self.model.add(rows)
        self._to_grid()
        self.grid.go_to(first, 0)
        self.judging.judge()

    def _to_grid(self) -> None:
        self.stack.setCurrentIndex(0)
        self.grid.cell.setFocus()
        self.head_changed.emit()

    def go_on(self) -> None:
        """Ctrl+Enter: the block goes into the grid; the grid goes on the books."""
        (self.paste.accept if self.stack.currentWidget() is self.scrolled else self.keeping.save)()

    def show_error(self, error: Said) -> None:
        self.grid.cell.setReadOnly(False)
        super().show_error(error)

    # drafts

    def typed_values(self) -> dict[str, Any]:
        """The rows by the keys of their fields, so that a new column disturbs nothing."""
        rows = [{key: cell for key, cell in zip(self.model.keys, entry.cells, strict=True) if cell} for entry in self.model.filled()]
        return {"rows": rows} if rows else {}

    def _take_draft(self, values: dict[str, Any]) -> None:
        kept: list[dict[str, str]] = values["rows"]
        rows = [[row.get(key, "") for key in self.model.keys] for row in kept]
        self.bar.clear()
        self.model.add(rows, first=True)
        self.grid.go_to(0, 0)
        self.grid.cell.setFocus()
        self.judging.judge()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.drafts.keep()

    def set_narrow(self, narrow: bool) -> None:
        super().set_narrow(narrow)
        self.paste.set_narrow(narrow)

    def _restyle(self) -> None:
        here = look()
        self._body.setContentsMargins(here.u(16), here.u(4), here.u(16), here.u(8))
        self._body.setSpacing(here.u(6))
        self._foot.setSpacing(here.u(12))
