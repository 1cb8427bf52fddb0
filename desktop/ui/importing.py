"""The import: choose a file, see how its columns are understood, see row by row what would happen, then one transaction.

Nothing is kept before 导入 is pressed. What was refused can be saved as a workbook, mended and fed in again; the whole import can be
taken back for seven days.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QInputDialog, QLineEdit, QVBoxLayout, QWidget

from desktop.exchange.importing import DryRun, Fate, dry_run, run_import, undo_import
from desktop.exchange.mapping import Proposal, choose_sheet, propose
from desktop.exchange.reading import NeedsPassword, Sheet, read
from desktop.exchange.running import ImportDone, remembered
from desktop.exchange.writing import write_refused, write_template
from desktop.model.contents import record_type
from desktop.model.language import _
from desktop.model.person import Person
from desktop.model.record import Record
from desktop.office.backups import back_up
from desktop.ui.importcolumns import ImportColumns
from desktop.ui.importfixed import ImportFixed
from desktop.ui.importlines import ImportLines
from desktop.ui.keys import PageKey
from desktop.ui.kit.buttons import Action
from desktop.ui.kit.cards import EmptyPage, Scrolled
from desktop.ui.look import follow, look
from desktop.ui.officepage import OfficePage
from desktop.ui.session import Session
from desktop.ui.work import Report

FILES = "*.xlsx *.xls *.xlsb *.ods *.csv *.tsv *.txt"


class ImportPage(OfficePage):
    """A spreadsheet into one record type."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.record: type[Record] = Person
        self.path: Path | None = None
        self.sheets: list[Sheet] = []
        self.sheet: Sheet | None = None
        self.proposal: Proposal | None = None
        self.dry: DryRun | None = None
        self.done: ImportDone | None = None
        self._is_stale = False
        self.setAcceptDrops(True)
        self._assemble()

    def _assemble(self) -> None:
        column = self.column()
        self.empty = EmptyPage(
            "table-import", _("把表格拖到这里"), _("Excel、WPS、csv 都可以；先看结果，再决定导不导"),
            [
                Action("choose", _("选文件"), "folder", "primary", run=self.choose_file),
                Action("template", _("下载模板"), kind="link", run=self.save_template),
            ],
        )  # fmt: skip
        self.content = QWidget()
        self._body = QVBoxLayout(self.content)
        self.mapping = ImportColumns()
        self.mapping.changed.connect(self._remapped)
        self.fixed = ImportFixed(self.session)
        self.fixed.changed.connect(self._again)
        self.result = ImportLines()
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._top.addWidget(self.mapping, 3)
        self._top.addWidget(self.fixed, 2)
        self._body.addLayout(self._top)
        self._body.addWidget(self.result, 1)
        column.addWidget(self.empty, 1)
        self.scrolled = Scrolled(self.content)
        column.addWidget(self.scrolled, 1)
        self.scrolled.hide()
        self.bind_keys(
            (
                PageKey("Ctrl+O", _("选文件"), self.choose_file),
                PageKey("Ctrl+Return", _("看过结果后导入"), self.run_it, ("Ctrl+Enter",)),
                PageKey("Ctrl+E", _("下载空模板"), self.save_template),
            )
        )
        follow(self, self._restyle)

    # what the shell asks

    def title(self) -> str:
        return _("导入{what}").format(what=_(self.record.label))

    def subtitle(self) -> str:
        if self.path is None or self.sheet is None:
            return ""
        head = self.proposal.head_row if self.proposal else 0
        return _("{file} · {sheet} · 表头在第 {row} 行").format(file=self.path.name, sheet=self.sheet.name, row=head)

    def crumbs(self) -> Sequence[str]:
        return [_(self.record.label)]

    def header_actions(self) -> Sequence[Action]:
        if self.dry is None:
            return [Action("choose", _("选文件"), "folder", "primary", "Ctrl+O", run=self.choose_file)]
        actions = [Action("choose", _("换文件"), "folder", run=self.choose_file)]
        if self.dry.of(Fate.REFUSED, Fate.SUSPECTED):
            actions.append(Action("refused", _("退回的行存成表"), "table-export", run=self.save_refused))
        if self.done is not None:
            actions.append(Action("undo", _("撤销本次导入"), "history", run=self.undo))
        else:
            ready = self._ready()
            word = _("导入 {n} 行").format(n=ready)
            actions.append(Action("run", word, "table-import", "primary", "Ctrl+↵", run=self.run_it, enabled=bool(ready), keep=9))
        return actions

    def _ready(self) -> int:
        """How many rows would go in."""
        return self.dry.count(Fate.NEW) + self.dry.count(Fate.UPDATE) if self.dry is not None else 0

    def may_go(self) -> bool:
        return super().may_go() and self.path is None

    def status(self) -> Sequence[str]:
        if self.dry is None:
            return [_("还没有选文件")]
        skipped = len(self.dry.proposal.skipped)
        return [f"{fate.value} {self.dry.count(fate)}" for fate in Fate] + [_("不是数据的行 {n}").format(n=skipped)]

    def arrive(self, **arguments: object) -> None:
        kind = arguments.get("kind")
        if isinstance(kind, str):
            self.record = record_type(kind)
        self._clear()
        path = arguments.get("path")
        if isinstance(path, Path):
            self.read_file(path)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        urls = event.mimeData().urls()
        if urls:
            self.read_file(Path(urls[0].toLocalFile()))

    # steps

    def choose_file(self) -> None:
        """Ask for a file."""
        name, _kind = QFileDialog.getOpenFileName(self, _("选要导入的表"), "", f"{_('表格')} ({FILES})")
        if name:
            self.read_file(Path(name))

    def read_file(self, path: Path, password: str | None = None) -> None:
        """Read a file in a process of its own, and show how it is understood."""
        self._clear()
        self.path = path
        self.run(_("读 {file}").format(file=path.name), lambda report: read(path, password=password), self._show_sheets, changes=False)

    def show_error(self, error: Any) -> None:
        super().show_error(error)
        if isinstance(error, NeedsPassword) and self.path is not None:
            word, given = QInputDialog.getText(self, _("这个表有密码"), _("表格的密码"), QLineEdit.EchoMode.Password)
            if given and word:
                self.read_file(self.path, word)

    def _show_sheets(self, sheets: list[Sheet]) -> None:
        self.sheets = sheets
        self.sheet = sheets[choose_sheet(sheets, self.record)]
        self.proposal = propose(self.sheet, self.record, remembered=remembered(self.desk, self.record))
        hidden = [one.name for one in sheets if one.hidden]
        words = [*self.proposal.notices, *([_("有隐藏的表没有导入：{names}").format(names="、".join(hidden))] if hidden else [])]
        if words:
            self.say("act", "；".join(words))
        self.empty.hide()
        self.scrolled.show()
        self.mapping.show_sheet(self.sheet, self.proposal, self.record)
        self.fixed.show_missing(self.record, set(self.proposal.columns.values()))
        self._again()

    def _remapped(self) -> None:
        assert self.proposal is not None
        self.proposal = replace(self.proposal, columns=self.mapping.chosen())
        self._again()

    def _again(self) -> None:
        """The dry run once more, with what is chosen now."""
        if self.sheet is None or self.proposal is None or self.done is not None:
            return
        desk, record, sheet, proposal, fixed = self.desk, self.record, self.sheet, self.proposal, self.fixed.values()
        create = self.mapping.make_missing.isChecked()

        def rehearse(report: Report) -> DryRun:
            say = partial(report, _("核对每一行"))
            return dry_run(desk, record, sheet, proposal, fixed=fixed, create=create, progress=say)

        self._is_stale = not self.run(_("核对每一行"), rehearse, self._show_dry, changes=False)

    def _show_dry(self, dry: DryRun) -> None:
        if self._is_stale:  # something was chosen otherwise while these rows were looked at
            self._again()
            return
        self.dry = dry
        self.result.show_dry(self.record, dry)
        self.head_changed.emit()
        self.status_changed.emit()

    def run_it(self) -> None:
        """The import itself, after a backup: everything accepted, or nothing."""
        if self.dry is None and not self.work.is_busy:
            self.say("act", _("先选要导入的表，看过逐行结果再导入"))
        if self.dry is None or self.done is not None or not self._ready() or self._is_stale:
            return
        desk, record, dry = self.desk, self.record, self.dry

        def run(report: Report) -> ImportDone:
            back_up(desk, reason="导入前", progress=report)
            return run_import(desk, record, dry, partial(report, _("导入")))

        self.run(_("导入"), run, self._imported)

    def _imported(self, done: ImportDone) -> None:
        self.done = done
        words = _("已导入：新增 {a}，更新 {b}，退回 {c}；7 天内可整批撤销").format(a=done.added, b=done.changed, c=done.refused)
        self.say("ok", words, _("看名单"), lambda: self.go(f"table:{self.record.__tablename__}"))
        self.head_changed.emit()

    def undo(self) -> None:
        """The whole import is taken back, except what was touched since."""
        if self.done is None:
            return
        desk, run = self.desk, self.done.run

        def told(undone: Any) -> None:
            kept = _("，{n} 条后来改过或用过，留着").format(n=len(undone.kept)) if undone.kept else ""
            self.done = None
            self.say("ok", _("已撤销：移入回收站 {n} 条").format(n=undone.ended) + kept)
            self._again()

        self.do(_("撤销导入"), lambda: undo_import(desk, run), told)

    def save_refused(self) -> None:
        """The refused rows as a workbook beside the file."""
        if self.dry is None or self.path is None:
            return
        beside = str(self.path.with_name(f"{self.path.stem}-退回.xlsx"))
        name, _kind = QFileDialog.getSaveFileName(self, _("退回的行存成表"), beside, "*.xlsx")
        if name:
            dry, said = self.dry, _("已存 {n} 行：{name}")
            self.do(_("存退回的行"), lambda: write_refused(Path(name), dry), lambda n: self.say("ok", said.format(n=n, name=name)))

    def save_template(self) -> None:
        """An empty workbook with the right heads."""
        name, _kind = QFileDialog.getSaveFileName(self, _("下载模板"), f"{_(self.record.label)}.xlsx", "*.xlsx")
        if name:
            record, said = self.record, _("模板已存：{name}").format(name=name)
            self.do(_("写模板"), lambda: write_template(Path(name), record), lambda _result: self.say("ok", said))

    def _clear(self) -> None:
        self.mapping.clear()
        self.fixed.clear()
        self.sheet = self.proposal = self.dry = self.done = None
        self.bar.clear()
        self.empty.show()
        self.scrolled.hide()
        self.head_changed.emit()

    def set_narrow(self, narrow: bool) -> None:
        super().set_narrow(narrow)
        self.mapping.set_narrow(narrow)
        self._restyle()

    def _restyle(self) -> None:
        here = look()
        self._body.setContentsMargins(here.u(16), here.u(4), here.u(16), here.u(10))
        self._body.setSpacing(here.u(10))
        self._top.setSpacing(here.u(10))
        way = QBoxLayout.Direction.TopToBottom if self.narrow else QBoxLayout.Direction.LeftToRight
        self._top.setDirection(way)
