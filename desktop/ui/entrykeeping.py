"""How the rows of 批量录入 go on the books: the right ones in one transaction, which can be taken back as a whole; the others stay."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.exchange.fates import DryRun, Fate
from desktop.exchange.running import ImportDone, Undone, run_import, undo_import
from desktop.model.language import _
from desktop.ui.entrymodel import Entry

if TYPE_CHECKING:
    from desktop.ui.entry import EntryPage

GOOD = (Fate.NEW, Fate.UPDATE, Fate.SAME)


@dataclass(frozen=True)
class Kept:
    """What one press of 保存 kept: the run to take it back by, and the rows as they were typed."""

    done: ImportDone
    rows: tuple[list[str], ...]


class Keeping(QObject):
    """The saving of the page, and its way back."""

    def __init__(self, page: "EntryPage") -> None:
        super().__init__(page)
        self._page = page
        self.kept: Kept | None = None

    def save(self) -> None:
        """The right rows are kept in one transaction; the others stay with their reasons."""
        page = self._page
        entries = page.model.filled()
        if not entries or page.work.is_busy:
            return
        call, desk, record, over = page.judging.question(entries), page.desk, page.record, page.drafts.drop()

        def run() -> tuple[DryRun, ImportDone | None]:
            dry: DryRun = call()
            done = run_import(desk, record, dry) if dry.of(Fate.NEW, Fate.UPDATE) else None
            over()
            return dry, done

        page.grid.cell.setReadOnly(True)  # what is typed now would belong to a row that is leaving
        if not page.do(_("保存"), run, lambda result: self._saved(entries, *result)):
            page.grid.cell.setReadOnly(False)

    def _saved(self, entries: Sequence[Entry], dry: DryRun, done: ImportDone | None) -> None:
        page = self._page
        page.grid.cell.setReadOnly(False)
        page.model.say(entries, dry.lines)
        gone = [entry for entry in entries if entry.line is not None and entry.line.fate in GOOD]
        left = [entry for entry in entries if entry not in gone]
        if done is not None:
            written = [entry for entry in gone if entry.line is not None and entry.line.fate is not Fate.SAME]
            self.kept = Kept(done, tuple(list(entry.cells) for entry in written))
        page.model.keep_only(left)
        page.judging.rows_left()
        page.drafts.begin(page.kind, "grid")
        page.grid.go_to(0, 0)
        self._say_saved(done, len(gone), len(left))
        if left:
            page.next_wrong()
        page.show_said()
        page.judging.judge()

    def _say_saved(self, done: ImportDone | None, gone: int, left: int) -> None:
        page = self._page
        if done is None and left:
            page.say("err", _("{n} 行都还不能保存，原因在每行前面").format(n=left), _("跳到这里 F8"), page.next_wrong)
        elif done is None:
            page.say("act", _("{n} 行账里都已经有了，没有改动").format(n=gone))
        else:
            words = _("已存：新增 {a}，更新 {b}").format(a=done.added, b=done.changed)
            if left:
                page.say("warn", _("{words}；{n} 行留着，改好再存").format(words=words, n=left), _("跳到这里 F8"), page.next_wrong)
            page.toast(words, partial(self._take_back, self.kept))

    def undo(self) -> None:
        """What was kept last is taken back as a whole and stands in the grid again."""
        if self.kept is not None:
            self._take_back(self.kept)

    def _take_back(self, kept: Kept | None) -> None:
        assert kept is not None
        desk = self._page.desk
        self._page.do(_("撤销保存"), lambda: undo_import(desk, kept.done.run), lambda undone: self._undone(kept, undone))

    def _undone(self, kept: Kept, undone: Undone) -> None:
        page = self._page
        self.kept = None if self.kept is kept else self.kept  # an older save may be taken back by its own toast
        page.judging.ledger_changed()
        page.model.add(kept.rows, first=True)
        page.grid.go_to(0, 0)
        words = _("已撤销：移入回收站 {a} 条，改回 {b} 条，内容回到表格里").format(a=undone.ended, b=undone.restored)
        if undone.kept:
            words += _("；后来改过或用过的留着：{names}").format(names="、".join(undone.kept))
        page.say("ok", words)
        page.judging.judge()
