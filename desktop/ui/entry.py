"""批量录入: many records of one type in a grid; the right rows are kept in one transaction, the wrong ones stay to be mended.

The rules are those of the import. What is kept can be taken back as a whole, and comes back into the grid then. What is half typed is
a draft like that of a form.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.exchange.fates import DryRun, Fate
from desktop.exchange.grid import judge, typed_fields
from desktop.exchange.running import ImportDone, Undone, remembered, run_import, undo_import
from desktop.exchange.twins import Twins
from desktop.model.errors import Refusal, Said
from desktop.model.field import Field
from desktop.model.kinds import Choice, Code, Flag, Link, Tags
from desktop.model.language import _
from desktop.model.record import Record
from desktop.ui.drafts import Drafts
from desktop.ui.entrygrid import EntryGrid
from desktop.ui.entrymodel import Entry, EntryModel, saying
from desktop.ui.entrypaste import PastePreview
from desktop.ui.keys import PageKey
from desktop.ui.kit.buttons import Action, CheckBox, LinkButton
from desktop.ui.kit.cards import Scrolled, ask
from desktop.ui.kit.text import Label, PlainMenu
from desktop.ui.look import follow, look
from desktop.ui.officepage import OfficePage
from desktop.ui.session import Session

REST = 300  # milliseconds after the last letter: the rows are looked at when the hand rests
OFFERED = 14  # entries of a list that drops down under a cell
GOOD = (Fate.NEW, Fate.UPDATE, Fate.SAME)


@dataclass(frozen=True)
class Kept:
    """What one press of 保存 kept: the run to take it back by, and the rows as they were typed."""

    done: ImportDone
    rows: tuple[list[str], ...]


def hints_of(spec: Field) -> list[str]:
    """How a cell is filled, as the line under the grid says it."""
    kind = spec.kind
    words = [_("必填") if spec.required else "", _(spec.help) if spec.help else ""]
    if isinstance(kind, Link):
        words.append(_("填账里已有的名称，Alt+↓ 列出"))
    elif isinstance(kind, Tags):
        words.append(_("可填几个，用顿号隔开：{words}").format(words=kind.hint()))
    else:
        words.append(kind.hint())
    return [word for word in words if word]


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
        self.kept: Kept | None = None
        self.is_judged = True
        self._there: Twins | None = None  # the ledger as it was read for the rows in sight, until something changes in it
        self._turn = 0  # counts what was typed, so that an answer about older words is let fall
        self.drafts = Drafts(self, session.desk, self.typed_values, self.show_error)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self._rest.timeout.connect(self._judge)
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
        if self.kept is not None:
            actions.append(Action("undo", _("撤销上次保存"), "history", run=self.undo, keep=5))
        ready = self._count(Fate.NEW) + self._count(Fate.UPDATE)
        word = _("保存 {n} 行").format(n=ready) if ready else _("保存")
        actions.append(Action("save", word, "device-floppy", "primary", "Ctrl+↵", run=self.save, enabled=bool(self.model.filled()), keep=9))
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
        self._there = None
        self._judge()

    def take_focus(self) -> None:
        (self.paste.take if self.stack.currentWidget() is self.scrolled else self.grid.cell).setFocus()

    # typing

    def _typed(self) -> None:
        self._turn += 1
        self.is_judged = False
        self._rest.start()
        self.head_changed.emit()
        self.status_changed.emit()

    def _judge(self) -> None:
        """The rules look at every row, elsewhere; what was typed meanwhile is looked at again."""
        self._rest.stop()
        entries, turn = self.model.filled(), self._turn
        if not entries:
            self.is_judged = True
            self._show_said()
            return
        desk, record, there, call = self.desk, self.record, self._there, self._question(entries)

        def judged() -> tuple[Twins, DryRun]:
            known = there or Twins.of(desk, record)
            return known, call(there=known)

        self.ask(_("核对每一行"), judged, lambda made: self._show_judged(entries, turn, *made))

    def _question(self, entries: Sequence[Entry]) -> Any:
        rows = [list(entry.cells) for entry in entries]
        as_new = {number for number, entry in enumerate(entries, start=1) if entry.as_new}
        return partial(judge, self.desk, self.record, self.model.keys, rows, as_new=as_new, create=self.make_missing.isChecked())

    def _show_judged(self, entries: Sequence[Entry], turn: int, there: Twins, dry: DryRun) -> None:
        if turn == self._turn:
            self._there = there
            self.is_judged = True
            self.model.say(entries, dry.lines)
            self._show_said()

    def _show_said(self) -> None:
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
        self._judge()
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
        kind = self.model.fields[self.grid.here[1]].kind
        menu = PlainMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if isinstance(kind, Link):
            words = [(word, detail) for _id, word, detail in self.session.search_for(kind.to)(self.grid.cell.text())[:OFFERED]]
        elif isinstance(kind, Flag):
            words = [(_("是"), ""), (_("否"), "")]
        elif isinstance(kind, Choice | Code):
            words = [(word, "") for _stored, word in kind.options()]
        else:
            return
        for word, detail in words:
            menu.add(word, shortcut=detail).triggered.connect(partial(self._choose, word, isinstance(kind, Tags)))
        menu.popup(self.grid.cell.mapToGlobal(QPoint(0, self.grid.cell.height())))

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
        self._judge()

    def _to_grid(self) -> None:
        self.stack.setCurrentIndex(0)
        self.grid.cell.setFocus()
        self.head_changed.emit()

    def go_on(self) -> None:
        """Ctrl+Enter: the block goes into the grid; the grid goes on the books."""
        (self.paste.accept if self.stack.currentWidget() is self.scrolled else self.save)()

    # on the books

    def save(self) -> None:
        """The right rows are kept in one transaction; the others stay with their reasons."""
        entries = self.model.filled()
        if not entries or self.work.is_busy:
            return
        call, desk, record, over = self._question(entries), self.desk, self.record, self.drafts.drop()

        def run() -> tuple[DryRun, ImportDone | None]:
            dry: DryRun = call()
            done = run_import(desk, record, dry) if dry.of(Fate.NEW, Fate.UPDATE) else None
            over()
            return dry, done

        self.grid.cell.setReadOnly(True)  # what is typed now would belong to a row that is leaving
        if not self.do(_("保存"), run, lambda result: self._saved(entries, *result)):
            self.grid.cell.setReadOnly(False)

    def _saved(self, entries: Sequence[Entry], dry: DryRun, done: ImportDone | None) -> None:
        self.grid.cell.setReadOnly(False)
        self.model.say(entries, dry.lines)
        gone = [entry for entry in entries if entry.line is not None and entry.line.fate in GOOD]
        left = [entry for entry in entries if entry not in gone]
        if done is not None:
            written = [entry for entry in gone if entry.line is not None and entry.line.fate is not Fate.SAME]
            self.kept = Kept(done, tuple(list(entry.cells) for entry in written))
        self.model.keep_only(left)
        self._turn += 1
        self._there = None
        self.drafts.begin(self.kind, "grid")
        self.grid.go_to(0, 0)
        self._say_saved(done, len(gone), len(left))
        if left:
            self.next_wrong()
        self._show_said()
        self._judge()

    def _say_saved(self, done: ImportDone | None, gone: int, left: int) -> None:
        if done is None and left:
            self.say("err", _("{n} 行都还不能保存，原因在每行前面").format(n=left), _("跳到这里 F8"), self.next_wrong)
        elif done is None:
            self.say("act", _("{n} 行账里都已经有了，没有改动").format(n=gone))
        else:
            words = _("已存：新增 {a}，更新 {b}").format(a=done.added, b=done.changed)
            if left:
                self.say("warn", _("{words}；{n} 行留着，改好再存").format(words=words, n=left), _("跳到这里 F8"), self.next_wrong)
            self.toast(words, partial(self._take_back, self.kept))

    def undo(self) -> None:
        """What was kept last is taken back as a whole and stands in the grid again."""
        if self.kept is not None:
            self._take_back(self.kept)

    def _take_back(self, kept: Kept | None) -> None:
        assert kept is not None
        desk = self.desk
        self.do(_("撤销保存"), lambda: undo_import(desk, kept.done.run), lambda undone: self._undone(kept, undone))

    def _undone(self, kept: Kept, undone: Undone) -> None:
        self.kept = None if self.kept is kept else self.kept  # an older save may be taken back by its own toast
        self._there = None
        self.model.add(kept.rows, first=True)
        self.grid.go_to(0, 0)
        words = _("已撤销：移入回收站 {a} 条，改回 {b} 条，内容回到表格里").format(a=undone.ended, b=undone.restored)
        if undone.kept:
            words += _("；后来改过或用过的留着：{names}").format(names="、".join(undone.kept))
        self.say("ok", words)
        self._judge()

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
        self._judge()

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
