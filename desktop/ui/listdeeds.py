"""What is done with a whole list or with the ticked rows of it: print, write a workbook, move to the bin."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from desktop.model.checkin import CheckIn
from desktop.model.kinds.tags import Periods
from desktop.model.language import _
from desktop.model.opinion import Opinion
from desktop.model.person import Person
from desktop.model.record import Record
from desktop.office import bulk, records
from desktop.office.desk import Desk
from desktop.store.page import Filter, Listing, page
from desktop.ui.kit.buttons import Action
from desktop.ui.kit.cards import ask

if TYPE_CHECKING:
    from desktop.ui.table import RecordTable

PAPERS_OF: dict[type[Record], tuple[tuple[str, str], ...]] = {
    Person: (("slip", "打印回执"), ("registration", "打印登记表")),
    CheckIn: (("slip", "打印回执"),),
    Opinion: (("opinion-ledger", "打印台账"),),
}
AT_ONCE = 1_000


def ids_of(desk: Desk, listing: Listing, *, limit: int = 0) -> tuple[str, ...]:
    """The ids of the rows of a list in its order; with `limit` only the first."""
    found: list[str] = []
    after = None
    with desk.books.read() as conn:
        while not limit or len(found) < limit:
            some = page(conn, listing, after=after, size=min(limit, AT_ONCE) if limit else AT_ONCE)
            found += [row["id"] for row in some.rows]
            after = some.next
            if after is None:
                break
    return tuple(found)


class ListDeeds(QObject):
    """The deeds of one list page."""

    def __init__(self, table: "RecordTable") -> None:
        super().__init__(table)
        self.table = table

    def print_list(self) -> None:
        """The list as it is filtered and sorted, on paper."""
        if self.table.desk.may("paper.print"):
            self.table.go("print", paper="list", listing=self.table.listing)

    def export_list(self) -> None:
        """The list as a workbook."""
        if self.table.desk.may("record.export"):
            self._write(self.table.listing)

    def ticked_actions(self) -> list[Action]:
        """What the bar under ticked rows offers to the person here."""
        record, desk = self.table.record, self.table.session.desk
        papers = PAPERS_OF.get(record, ()) if desk.may("paper.print") else ()
        printed = [Action(paper, _(label), "printer", run=partial(self._print_ticked, paper)) for paper, label in papers]
        exported = [Action("export", _("导出所选"), "table-export", run=self._export_ticked)] if desk.may("record.export") else []
        ended = [Action("end", _("移入回收站"), "trash", run=self._end_ticked)] if desk.may_on(record, "end") and not record.stays else []
        return [*printed[:1], *self._changing(), *exported, *printed[1:], *ended]

    def _changing(self) -> list[Action]:
        """One field of all of them; a further category of all of them, which is asked for most."""
        record, desk = self.table.record, self.table.session.desk
        fields = bulk.changeable(desk, record) if desk.may_on(record, "correct") else []
        actions = [Action("bulk", _("成批修改"), "edit", run=self._change_ticked)] if fields else []
        sets = [spec.key for spec in fields if isinstance(spec.kind, Periods) and bulk.How.ADD in bulk.ways(spec)]
        return [*actions, *(Action("add", _("加类别"), "tag", run=partial(self._change_ticked, key)) for key in sets[:1])]

    def ticked_ids(self) -> tuple[str, ...]:
        """The ids of the ticked rows; all that the filter finds when Ctrl+A ticked them."""
        ticks = self.table.view.ticks
        if not ticks.all:
            return tuple(sorted(ticks.ids))
        return tuple(key for key in ids_of(self.table.desk, self.table.listing) if ticks.has(key))

    def _print_ticked(self, paper: str) -> None:
        self.table.go("print", paper=paper, ids=self.ticked_ids())

    def _export_ticked(self) -> None:
        self._write(self.table.listing.only(Filter("id", "is", self.ticked_ids())))

    def _write(self, listing: Listing) -> None:
        """A workbook, numbers masked, where the clerk wants it."""
        from desktop.exchange.writing import export

        table, record = self.table, self.table.record
        start = f"{_(record.label)}-{table.desk.today}.xlsx"
        name, _kind = QFileDialog.getSaveFileName(table, _("导出"), start, "*.xlsx;;*.csv")
        if not name:
            return
        desk, path = table.desk, Path(name)
        said = _("已导出 {n} {unit} 到 {file}")
        table.do(
            _("导出"), lambda: export(desk, listing, path),
            lambda n: table.say(
                "ok", said.format(n=n, unit=_(record.unit), file=path.name), _("打开文件夹"),
                lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent))),
            ),
        )  # fmt: skip

    def _change_ticked(self, field: str = "") -> None:
        self.table.go(f"bulk:{self.table.kind}", ids=self.ticked_ids(), then=self._changed, field=field)

    def _changed(self, done: bulk.Changed) -> None:
        unit = _(self.table.record.unit)
        self.table.toast(_("已修改 {n} {unit}").format(n=done.count, unit=unit), partial(self._take_change_back, done))

    def _take_change_back(self, done: bulk.Changed) -> None:
        desk, record, table = self.table.desk, self.table.record, self.table
        table.do(_("撤销修改"), lambda: bulk.take_back_change(desk, record, done.run), self._say_taken_back)

    def _say_taken_back(self, taken: bulk.TakenBack) -> None:
        words = _("已撤销：{n} {unit}改回原来的").format(n=taken.restored, unit=_(self.table.record.unit))
        if taken.kept:
            kept = _("；后来又改过的留着：{names}").format(names="、".join(taken.kept))
            self.table.say("warn", words + kept)
        else:
            self.table.toast(words)

    def _end_ticked(self) -> None:
        ids, desk, record = self.ticked_ids(), self.table.desk, self.table.record
        follows = _("30 天内可取回；已上报的会随下一批报给区里。")
        question = _("把 {n} {unit}移入回收站？").format(n=len(ids), unit=_(record.unit))
        if ask(self.table, question, follows, _("移入回收站"), danger=True):
            self.table.do(
                _("移入回收站"), lambda: records.end_many(desk, record, list(ids), because=records.BY_HAND), lambda _n: self._ended(ids)
            )

    def _ended(self, ids: Sequence[str]) -> None:
        self.table.view.rows.tick_all(False)  # a row that went is ticked no more
        words = _("已移入回收站 {n} {unit}").format(n=len(ids), unit=_(self.table.record.unit))
        self.table.toast(words, partial(self._take_back, ids))

    def _take_back(self, ids: Sequence[str]) -> None:
        desk, record, table = self.table.desk, self.table.record, self.table

        def back() -> None:
            for key in ids:
                records.take_back(desk, record, key)

        table.do(_("取回"), back, lambda _r: table.toast(_("已取回 {n} {unit}").format(n=len(ids), unit=_(record.unit))))
