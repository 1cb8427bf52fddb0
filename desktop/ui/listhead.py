"""The deeds of a whole list: those in the head of its page, those that an empty list names, and the keys of the page."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from desktop.exchange.mapping import importable
from desktop.model.language import _
from desktop.office.entering import may_enter_many
from desktop.ui.keys import PageKey
from desktop.ui.kit.buttons import Action
from desktop.ui.kit.cards import EmptyPage

if TYPE_CHECKING:
    from desktop.ui.table import RecordTable


class ListHead:
    """What the person here may do on this list; a deed that he may not do has neither button nor key."""

    def __init__(self, table: "RecordTable") -> None:
        self.table, self.record, self.desk = table, table.record, table.session.desk
        self.may_add = self._may("add") and bool(self.record.groups())
        self.may_correct = self._may("correct") and bool(self.record.groups())
        takes = any(spec.imported and spec.on_form for spec in self.record.fields().values())
        self.takes_sheets = takes and self._may("add") and self.desk.may("record.import")
        self.takes_many = importable(self.record) and may_enter_many(self.desk, self.record)

    def _may(self, verb: str) -> bool:
        return self.desk.may_on(self.record, verb)

    def actions(self) -> list[Action]:
        """The head's buttons, the primary one last."""
        deeds, actions = self.table.deeds, []
        if self.takes_sheets:
            actions.append(Action("import", _("导入"), "table-import", run=self.take_sheet, keep=1))
        if self.desk.may("record.export"):
            actions.append(Action("export", _("导出"), "table-export", run=deeds.export_list, keep=2))
        if self.desk.may("paper.print"):
            actions.append(Action("print", _("打印"), "printer", run=deeds.print_list, keep=3))
        if self.may_add:
            icon = "user-plus" if self.record.icon == "users" else "plus"
            actions.append(Action("new", self._word_for_new(), icon, "primary", run=self.new, keep=9))
        return actions

    def more(self) -> list[Action]:
        """What always stands behind ⋯."""
        word = _("看在册的") if self.table.listing.ended else _("回收站")
        many = [Action("entry", _("批量录入"), "table-import", run=self.enter_many)] if self.takes_many else []
        return [*self.table.saved.actions(), *many, Action("bin", word, "trash", run=self.table.toggle_bin)]

    def empty_page(self) -> EmptyPage:
        """A list without rows names the ways to the first one."""
        ways = []
        if self.may_add:
            ways.append(Action("new", self._word_for_new(), "plus", "primary", run=self.new))
        if self.takes_sheets:
            ways.append(Action("import", _("从 Excel 导入"), "table-import", run=self.take_sheet))
        if self.takes_many:
            ways.append(Action("entry", _("批量录入"), "edit", run=self.enter_many))
        return EmptyPage(self.record.icon, _("还没有{what}").format(what=_(self.record.label)), _("登记的第一条会出现在这里"), ways)

    def keys(self) -> Sequence[PageKey]:
        """The keys of the page that are not the list's own."""
        table, deeds = self.table, self.table.deeds
        own = [PageKey("F3", _("找"), table.filter.focus_search)]
        if self.record.flow and not (self.desk.is_above and self.record.travels):
            own.append(PageKey("F9", _("做这一条的下一步"), table.next_move))
        own += [
            PageKey("Alt+Up", _("上一条"), partial(table.beside, -1)),
            PageKey("Alt+Down", _("下一条"), partial(table.beside, 1)),
        ]
        if self.may_correct:
            own.append(PageKey("F2", _("修改"), table.edit))
        if self.may_add:
            own.append(PageKey("Ctrl+N", _("新增"), self.new))
        own += [PageKey(lead.shortcut, _(lead.label), partial(table.follow_lead, lead)) for lead in table.small.leads if lead.shortcut]
        if self.desk.may("paper.print"):
            own.append(PageKey("Ctrl+P", _("打印这张列表"), deeds.print_list))
        if self.desk.may("record.export"):
            own.append(PageKey("Ctrl+E", _("导出成电子表格"), deeds.export_list))
        if self.takes_sheets:
            own.append(PageKey("Ctrl+I", _("从 Excel 导入"), self.take_sheet))
        return own

    def _word_for_new(self) -> str:
        return _("新增{what}").format(what=_(self.record.label))

    # to other pages

    def new(self) -> None:
        """The form of a new record."""
        self.table.go(f"form:{self.table.kind}")

    def take_sheet(self) -> None:
        """The import, for this record type."""
        self.table.go("import", kind=self.table.kind)

    def enter_many(self) -> None:
        """The grid in which many are typed at once."""
        self.table.go(f"entry:{self.table.kind}")
