"""The list page of any record type: search, conditions, order, ticks, a drawer beside it; all read from the definition."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from desktop.model.checkin import CheckIn
from desktop.model.errors import Refusal
from desktop.model.flow import Move
from desktop.model.kinds import Value
from desktop.model.language import _
from desktop.model.opinion import Opinion
from desktop.model.person import Person
from desktop.model.record import Record
from desktop.office import records
from desktop.office.moves import move
from desktop.store.page import Filter, Listing, every
from desktop.ui.detail import RecordDrawer
from desktop.ui.filtering import chip_words, condition_menu, open_below
from desktop.ui.kit.buttons import Action
from desktop.ui.kit.cards import EmptyPage, ask
from desktop.ui.kit.drawer import ListWithDrawer
from desktop.ui.kit.filters import FilterRow, SelectionBar
from desktop.ui.moving import MoveCard, move_actions
from desktop.ui.officepage import OfficePage
from desktop.ui.rows import RecordPages, columns_of
from desktop.ui.session import Session
from desktop.ui.tableview import ListView

CROWDED = 7  # with the drawer open, columns of this priority and above give way
PAPERS_OF: dict[type[Record], tuple[tuple[str, str], ...]] = {
    Person: (("slip", "打印回执"), ("registration", "打印登记表")),
    CheckIn: (("slip", "打印回执"),),
    Opinion: (("opinion-ledger", "打印台账"),),
}


class RecordTable(OfficePage):
    """A record type as a list."""

    def __init__(self, session: Session, record: type[Record], parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.record = record
        self.kind = record.__tablename__
        self.concerns = (self.kind, *record.links().values())
        self.listing = Listing(record, community=session.desk.community)
        self._total = 0
        self.filter = FilterRow(_("找{what}：名称、拼音、编号").format(what=_(record.label)), star=False)
        self.view = ListView(RecordPages(session.desk, self.listing, columns_of(record)))
        self.selection = SelectionBar(self._selection_actions())
        self.drawer = RecordDrawer(session, record, self._act, self._go)
        self.empty = self._empty_page()
        self._card: MoveCard | None = None
        self._assemble()
        self._connect()

    def _assemble(self) -> None:
        column = self.column()
        left = QWidget()
        inner = QVBoxLayout(left)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.view)
        self.stack.addWidget(self.empty)
        inner.addWidget(self.filter)
        inner.addWidget(self.stack, 1)
        inner.addWidget(self.selection)
        self.both = ListWithDrawer(left, self.drawer)
        left.setFocusProxy(self.view)
        column.addWidget(self.both, 1)

    def _connect(self) -> None:
        self.filter.searched.connect(lambda text: self._narrow(replace(self.listing, text=text)))
        self.filter.condition_wanted.connect(self._add_condition)
        self.filter.chip_opened.connect(lambda _key: self._add_condition())
        self.filter.chip_removed.connect(self._drop_condition)
        self.filter.cleared.connect(lambda: self._narrow(replace(self.listing, filters=(), text="")))
        self.filter.columns_clicked.connect(lambda: open_below(self.view.header_menu(), self.filter.columns))
        self.filter.leave_down.connect(self.view.setFocus)
        self.view.opened.connect(self._open)
        self.view.current_changed.connect(self._show_drawer)
        self.view.sort_asked.connect(self._sort)
        self.view.ticks_changed.connect(self._ticked)
        self.selection.closed.connect(lambda: self.view.rows.tick_all(False))
        keys = {"F3": self.filter.focus_search, "F2": self._edit, "Ctrl+N": self._new, "Ctrl+P": self._print, "Ctrl+E": self._export}
        for sequence, deed in {**keys, "Ctrl+I": self._import, "F9": self._next_move}.items():
            shortcut = QShortcut(QKeySequence(sequence), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(deed)

    # what the shell asks

    def title(self) -> str:
        return _(self.record.label)

    def subtitle(self) -> str:
        word = _("回收站 {n} {unit}") if self.listing.ended else _("在册 {n} {unit}")
        return word.format(n=f"{self._total:,}", unit=_(self.record.unit))

    def header_actions(self) -> Sequence[Action]:
        may_add = self.desk.may(f"{self.kind}.add")
        actions = [
            Action("import", _("导入"), "table-import", run=self._import, keep=1),
            Action("export", _("导出"), "table-export", run=self._export, keep=2),
            Action("print", _("打印"), "printer", run=self._print, keep=3),
        ]
        if not any(spec.imported for spec in self.record.fields().values()):
            actions = actions[1:]
        if may_add and self.record.groups():
            actions.append(Action("new", _("新增{what}").format(what=_(self.record.label)), "plus", "primary", run=self._new, keep=9))
        return actions

    def more_actions(self) -> Sequence[Action]:
        word = _("看在册的") if self.listing.ended else _("回收站")
        return [Action("bin", word, "trash", run=self._toggle_bin)]

    def status(self) -> Sequence[str]:
        words = [_("共 {n} {unit}").format(n=f"{self._total:,}", unit=_(self.record.unit))]
        if self.listing.filters or self.listing.text:
            words.append(_("筛选出 {n} {unit}").format(n=f"{self.view.rows.rowCount():,}", unit=_(self.record.unit)))
        ticked = self.view.rows.ticked_count()
        if ticked:
            words.append(_("已选 {n} {unit}").format(n=ticked, unit=_(self.record.unit)))
        return words

    def arrive(self, **arguments: object) -> None:
        listing = Listing(self.record, community=self.desk.community)
        filters = arguments.get("filters", ())
        order = arguments.get("order", "")
        if isinstance(filters, tuple) and isinstance(order, str):
            listing = replace(listing, filters=filters, order=order)
        self.filter.search.clear()
        self._narrow(listing)
        record = arguments.get("id")
        if isinstance(record, str):
            self._show_drawer(record)

    def reload(self) -> None:
        self.view.reload()
        self._count()
        if self.drawer.isVisible() and self.drawer.row is not None:
            self._show_drawer(self.drawer.row["id"])

    def set_narrow(self, narrow: bool) -> None:
        super().set_narrow(narrow)
        self.both.set_narrow(narrow)

    def take_focus(self) -> None:
        self.view.setFocus()

    # rows and conditions

    def _narrow(self, listing: Listing) -> None:
        self.listing = listing
        self.view.show_pages(RecordPages(self.desk, listing, columns_of(self.record)))
        chips = []
        for nth, chip in enumerate(listing.filters):
            name, value = chip_words(self.session, self.record, chip)
            chips.append((str(nth), name, value))
        self.filter.show_chips(chips)
        self._count()
        self.head_changed.emit()
        self.status_changed.emit()

    def _count(self) -> None:
        rows = self.view.rows.rowCount()
        narrowed = bool(self.listing.filters or self.listing.text)
        whole = replace(self.listing, filters=(), text="")
        self._total = RecordPages(self.desk, whole, ()).count() if narrowed else rows
        self.stack.setCurrentWidget(self.view if rows or narrowed else self.empty)
        if not rows and narrowed:
            self.say("act", _("没有符合条件的{what}").format(what=_(self.record.label)), _("清除条件"), self.filter.cleared.emit)
        elif self.bar.text.startswith(_("没有符合条件的")):
            self.bar.clear()

    def _add_condition(self) -> None:
        open_below(condition_menu(self, self.session, self.record, self._add_filter), self.filter.add)

    def _add_filter(self, chip: Filter) -> None:
        others = tuple(old for old in self.listing.filters if (old.field, old.op) != (chip.field, chip.op))
        same = [old for old in self.listing.filters if (old.field, old.op) == (chip.field, chip.op) and chip.op in ("is", "tag")]
        joined = replace(chip, values=tuple(dict.fromkeys((*same[0].values, *chip.values)))) if same else chip
        self._narrow(replace(self.listing, filters=(*others, joined)))

    def _drop_condition(self, key: str) -> None:
        kept = tuple(chip for nth, chip in enumerate(self.listing.filters) if str(nth) != key)
        self._narrow(replace(self.listing, filters=kept))

    def _sort(self, key: str, descending: bool) -> None:
        self._narrow(replace(self.listing, order=f"-{key}" if descending else key))
        self.view.set_sort(key, descending)

    def _toggle_bin(self) -> None:
        self._narrow(Listing(self.record, community=self.desk.community, ended=not self.listing.ended))

    def _empty_page(self) -> EmptyPage:
        ways = [Action("new", _("新增{what}").format(what=_(self.record.label)), "plus", "primary", run=self._new)]
        if any(spec.imported for spec in self.record.fields().values()):
            ways.append(Action("import", _("从 Excel 导入"), "table-import", run=self._import))
        title = _("还没有{what}").format(what=_(self.record.label))
        return EmptyPage(self.record.icon, title, _("登记的第一条会出现在这里"), ways if self.record.groups() else [])

    # the drawer

    def _show_drawer(self, key: str) -> None:
        if not key:
            return
        try:
            self.drawer.show_record(key)
        except Refusal as refusal:
            self.show_error(refusal)
            return
        assert self.drawer.row is not None
        actions = []
        if self.drawer.row["ended_on"]:
            actions.append(Action("take_back", _("取回"), "history", "primary", run=partial(self._act, "take_back", None)))
        else:
            if self.desk.may(f"{self.kind}.correct") and self.record.groups():
                actions.append(Action("edit", _("修改"), "edit", shortcut="F2", run=self._edit))
            if self.record.flow:
                state = self.drawer.row["state"]
                for one in move_actions(self.desk, self.record, state)[:3]:
                    actions.append(replace(one, run=partial(self._move, one.key)))
            if self.desk.may(f"{self.kind}.end"):
                actions.append(Action("end", _("移入回收站"), "trash", "ghost", run=partial(self._act, "end", None)))
        self.drawer.set_actions(actions)
        self.view.set_crowded(CROWDED)
        self.both.open_drawer()

    def _open(self, key: str) -> None:
        window: Any = self.window()
        special = f"record:{self.kind}"
        if hasattr(window, "has_page") and window.has_page(special):
            window.go(special, id=key)
        else:
            self._show_drawer(key)

    # deeds

    def _act(self, deed: str, argument: Any) -> None:
        if self.drawer.row is None:
            return
        desk, record, key = self.desk, self.record, self.drawer.row["id"]
        if deed == "revert":
            self.do(_("退回这处改动"), lambda: records.revert(desk, record, key, argument), lambda _r: self._toast(_("已退回")))
        elif deed == "take_back":
            self.do(_("取回"), lambda: records.take_back(desk, record, key), lambda _r: self._toast(_("已取回")))
        elif deed == "end" and ask(
            self, _("移入回收站？"), _("30 天内可取回；已上报的会随下一批报给区里。"), _("移入回收站"), danger=True
        ):
            self.do(
                _("移入回收站"), lambda: records.end(desk, record, key, because=_("手工移入")),
                lambda _r: self._toast(_("已移入回收站"), lambda: self._act("take_back", None)),
            )  # fmt: skip

    def _next_move(self) -> None:
        if self.drawer.row is not None and self.record.flow:
            actions = move_actions(self.desk, self.record, self.drawer.row["state"])
            if actions:
                self._move(actions[0].key)

    def _move(self, deed: str) -> None:
        row = self.drawer.row
        if row is None or self.record.flow is None:
            return
        step = self.record.flow.move(deed)
        if not step.asked:
            self._make_move(step, {})
            return
        self._close_card()
        card = MoveCard(self.session, self.record, row, step)
        card.wanted.connect(partial(self._make_move, step))
        card.given_up.connect(self._close_card)
        self._card = card
        layout = self.drawer.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(2, card)
        card.take_focus()

    def _make_move(self, step: Move, values: dict[str, Value]) -> None:
        row = self.drawer.row
        if row is None:
            return
        desk, record, key = self.desk, self.record, row["id"]
        self.do(_(step.label), lambda: move(desk, record, key, step.deed, **values), lambda _r: self._moved(step))

    def _moved(self, step: Move) -> None:
        self._close_card()
        self._toast(_("{label}：已办").format(label=_(step.label)))

    def _close_card(self) -> None:
        if self._card is not None:
            self._card.hide()
            self._card.deleteLater()
            self._card = None

    def _toast(self, words: str, undo: Any = None) -> None:
        window: Any = self.window()
        if hasattr(window, "toast"):
            window.toast(words, undo)

    def show_error(self, error: Any) -> None:
        super().show_error(error)
        if self._card is not None and isinstance(error, Refusal):
            self._card.show_mistakes(error)

    # other pages

    def _go(self, page: str, **arguments: object) -> None:
        window: Any = self.window()
        window.go(page, **arguments)

    def _new(self) -> None:
        self._go(f"form:{self.kind}")

    def _edit(self) -> None:
        key = self.drawer.row["id"] if self.drawer.isVisible() and self.drawer.row is not None else self.view.current_id()
        if key:
            self._go(f"form:{self.kind}", id=key)

    def _import(self) -> None:
        self._go("import", kind=self.kind)

    def _export(self) -> None:
        self._write_list(self.listing)

    def _write_list(self, listing: Listing) -> None:
        """The list as a workbook, numbers masked, where the clerk wants it."""
        from desktop.exchange.writing import export

        start = f"{_(self.record.label)}-{self.desk.today}.xlsx"
        name, _kind = QFileDialog.getSaveFileName(self, _("导出"), start, "*.xlsx;;*.csv")
        if name:
            desk, path = self.desk, Path(name)
            said = _("已导出 {n} {unit} 到 {file}")
            self.do(
                _("导出"), lambda: export(desk, listing, path),
                lambda n: self.say(
                    "ok", said.format(n=n, unit=_(self.record.unit), file=path.name), _("打开文件夹"),
                    lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent))),
                ),
            )  # fmt: skip

    def _print(self) -> None:
        self._go("print", paper="list", listing=self.listing)

    def _ticked(self, ticked: int) -> None:
        self.selection.show_count(ticked, self.view.rows.rowCount(), _(self.record.unit))
        self.status_changed.emit()

    def ticked_ids(self) -> tuple[str, ...]:
        """The ids of the ticked rows, all that the filter finds when Ctrl+A ticked them."""
        ticks = self.view.ticks
        if not ticks.all:
            return tuple(sorted(ticks.ids))
        with self.desk.books.read() as conn:
            return tuple(row["id"] for row in every(conn, self.listing) if ticks.has(row["id"]))

    def _selection_actions(self) -> list[Action]:
        actions = [
            Action(paper, _(label), "printer", run=partial(self._print_ticked, paper)) for paper, label in PAPERS_OF.get(self.record, ())
        ]
        actions.append(Action("export", _("导出所选"), "table-export", run=self._export_ticked))
        if self.session.desk.may(f"{self.kind}.end"):
            actions.append(Action("end", _("移入回收站"), "trash", run=self._end_ticked))
        return actions

    def _print_ticked(self, paper: str) -> None:
        self._go("print", paper=paper, ids=self.ticked_ids())

    def _export_ticked(self) -> None:
        chosen = replace(self.listing, filters=(*self.listing.filters, Filter("id", "is", self.ticked_ids())))
        self._write_list(chosen)

    def _end_ticked(self) -> None:
        ids = self.ticked_ids()
        follows = _("30 天内可取回；已上报的会随下一批报给区里。")
        if ask(self, _("把 {n} 条移入回收站？").format(n=len(ids)), follows, _("移入回收站"), danger=True):
            desk, record = self.desk, self.record
            self.do(_("移入回收站"), lambda: records.end_many(desk, record, list(ids), because=_("手工移入")),
                    lambda n: self._toast(_("已移入回收站 {n} 条").format(n=n)))  # fmt: skip
