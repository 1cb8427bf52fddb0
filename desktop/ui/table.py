"""The list page of any record type: search, conditions, order, ticks, a drawer beside it; all read from the definition."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QModelIndex, QPoint
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.model.errors import Refusal
from desktop.model.language import _
from desktop.model.record import Record
from desktop.store.page import Listing
from desktop.ui.attachments import AttachmentDeeds
from desktop.ui.conditions import Conditions
from desktop.ui.detail import RecordDrawer
from desktop.ui.drawerdeeds import DrawerDeeds
from desktop.ui.icons import icon
from desktop.ui.keptcolumns import KeptColumns
from desktop.ui.kit.buttons import Action
from desktop.ui.kit.drawer import ListWithDrawer
from desktop.ui.kit.filters import FilterRow, SelectionBar
from desktop.ui.kit.text import PlainMenu
from desktop.ui.leading import Lead
from desktop.ui.linked import linked_to
from desktop.ui.listdeeds import ListDeeds, ids_of
from desktop.ui.listhead import ListHead
from desktop.ui.officepage import OfficePage
from desktop.ui.rows import TOLD, Counted, RecordPages, columns_of, whose
from desktop.ui.savedfilters import SavedFilters
from desktop.ui.session import Session
from desktop.ui.tablemodel import TICK, Column, ListPages
from desktop.ui.tableview import ListView

SIBLINGS = 500  # so many records around the opened one can be walked with Alt and the arrows


class RecordTable(OfficePage):
    """A record type as a list."""

    def __init__(self, session: Session, record: type[Record], parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.record = record
        self.kind = record.__tablename__
        self.concerns = (self.kind, *record.links().values(), *(way.by.__tablename__ for way in linked_to(record)))
        self.listing = self._whole()
        self._total = 0
        self._was_open = False
        self._settling = True  # until the keys are here: what Qt makes current on the way opens nothing
        # From the outside in: each piece that gets its parent later is styled anew with all that it holds.
        self.both = ListWithDrawer(parent=self)
        self._left = QWidget(self.both)
        self.stack = QStackedWidget(self._left)
        self.filter = FilterRow(_("找{what}：名称、拼音、编号").format(what=_(record.label)), parent=self._left)
        # The rows come with the first listing: read here, they would be read twice.
        self.view = ListView(ListPages(self._columns(), ()), parent=self.stack)
        self._asked = False
        self.view.setAccessibleName(_(record.label))
        self.deeds = ListDeeds(self)
        self.selection = SelectionBar(self.deeds.ticked_actions(), self._left)
        self.drawer = RecordDrawer(session, record, self.go, self.both)
        self.small = DrawerDeeds(self, self.drawer, record, lambda: self.drawer.row, self.edit)
        if self.drawer.files is not None:
            self.files = AttachmentDeeds(self, self.drawer.files, lambda: (record, self.drawer.shown), self.drawer.show_files)
        self.head = ListHead(self)
        self.empty = self.head.empty_page()
        self._assemble()
        self._connect()

    def _assemble(self) -> None:
        column = self.column()
        inner = QVBoxLayout(self._left)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        self.stack.addWidget(self.view)
        self.stack.addWidget(self.empty)
        inner.addWidget(self.filter)
        inner.addWidget(self.stack, 1)
        inner.addWidget(self.selection)
        self.both.hold(self._left, self.drawer)
        self._left.setFocusProxy(self.view)
        column.addWidget(self.both, 1)

    def _connect(self) -> None:
        self.conditions, self.saved = Conditions(self), SavedFilters(self)
        self.kept_columns = KeptColumns(self, self.view.columns, self.kind)
        self.filter.leave_down.connect(self.to_list)
        self.view.opened.connect(self._open)
        self.view.current_changed.connect(self._follow)
        self.view.clicked.connect(self._clicked)
        self.view.link_clicked.connect(self._to_counted)
        self.view.menu_asked.connect(self._menu)
        self.view.ticks_changed.connect(self._ticked)
        self.selection.closed.connect(lambda: self.view.rows.tick_all(False))
        self.drawer.reveal_wanted.connect(self._reveal)
        self.drawer.revert_wanted.connect(self.small.revert)
        self.take_in_keys(self.view.keys())
        self.bind_keys(self.head.keys())

    # what the shell asks

    def title(self) -> str:
        return _(self.record.label)

    def subtitle(self) -> str:
        word = _("回收站 {n} {unit}") if self.listing.ended else _("在册 {n} {unit}")
        return word.format(n=f"{self._total:,}", unit=_(self.record.unit))

    def header_actions(self) -> Sequence[Action]:
        return self.head.actions()

    def more_actions(self) -> Sequence[Action]:
        return self.head.more()

    def status(self) -> Sequence[str]:
        words = [_("共 {n} {unit}").format(n=f"{self._total:,}", unit=_(self.record.unit))]
        if self.listing.filters or self.listing.text:
            words.append(_("筛选出 {n} {unit}").format(n=f"{self.view.rows.rowCount():,}", unit=_(self.record.unit)))
        ticked = self.view.rows.ticked_count()
        if ticked:
            words.append(_("已选 {n} {unit}").format(n=ticked, unit=_(self.record.unit)))
        key, descending = self._order()
        if key in self.record.fields():
            said = _("按 {field} 降序") if descending else _("按 {field} 升序")
            words.append(said.format(field=_(self.record.fields()[key].label)))
        return words

    def _order(self) -> tuple[str, bool]:
        """The column that the list goes by, as its head knows it."""
        key = (self.listing.order or self.record.ordered_by or self.record.named_by[0]).removeprefix("-")
        return key, self.listing.descending

    def _whole(self, *, ended: bool = False) -> Listing:
        """All rows of the type that this office keeps, or reads."""
        return Listing(self.record, community="*" if self.session.desk.is_above else self.session.desk.community, ended=ended)

    def _columns(self) -> list[Column]:
        many = self.session.desk.is_above and self.record.travels
        return [*([whose()] if many else []), *columns_of(self.record)]

    def arrive(self, **arguments: object) -> None:
        listing = self._whole()
        filters = arguments.get("filters", ())
        order = arguments.get("order", "")
        if isinstance(filters, tuple) and isinstance(order, str):
            listing = replace(listing, filters=filters, order=order)
        self.filter.search.set_value("")
        self._was_open = False
        self.show_listing(listing)
        with self._standing_still():
            self.both.close_drawer()  # after the new rows: the list that gets the keys would read the old ones once more
        self.is_fresh = True
        record = arguments.get("id")
        if isinstance(record, str):
            self._to_row(record)
            self._show_drawer(record)

    def _to_row(self, record: str) -> None:
        """The keys stand on this record, however far down it is."""
        place = RecordPages(self.desk, self.listing, ()).place_of(record)
        if place is not None:
            with self._standing_still():
                self.view.go_to(place)

    def reload(self) -> None:
        if not self._asked:
            self.show_listing(self.listing)
            return
        with self._standing_still():
            self.view.reload()
        self._count()
        if self.both.is_open and self.drawer.row is not None and self.small.card is None:
            self._show_drawer(self.drawer.row["id"])

    def set_narrow(self, narrow: bool) -> None:
        super().set_narrow(narrow)
        self.both.set_narrow(narrow)
        if not narrow and self.drawer.close_button.hasFocus():
            self.to_list()  # the list is in sight again

    def take_focus(self) -> None:
        self.to_list()
        self._settling = False

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._settling = True

    def to_list(self) -> None:
        """The list has the keys and stands on a row, which opens nothing yet."""
        with self._standing_still():
            if not self.view.current_id() and self.view.rows.rowCount():
                self.view.go_to(0)
            self.view.setFocus()

    @contextmanager
    def _standing_still(self) -> Iterator[None]:
        before, self._settling = self._settling, True
        try:
            yield
        finally:
            self._settling = before

    # rows and conditions

    def show_listing(self, listing: Listing) -> None:
        """These rows from now on."""
        self.listing, self._asked = listing, True
        with self._standing_still():
            self.view.show_pages(RecordPages(self.desk, listing, self._columns()))
            if self.view.rows.rowCount():
                self.view.go_to(0)
        self.view.set_sort(*self._order())
        self.conditions.show()
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

    def toggle_bin(self) -> None:
        """What is on the books, or what was put away."""
        self.both.close_drawer()
        self.show_listing(self._whole(ended=not self.listing.ended))

    # the drawer

    def _follow(self, key: str) -> None:
        """The keys moved: the drawer goes with them, unless it was put away or would take the place of the list."""
        beside = not self.narrow and (self.both.is_open or not self._was_open)
        if key and beside and not self._settling:
            self._show_drawer(key)

    def _clicked(self, index: QModelIndex) -> None:
        if index.column() != TICK and not self.narrow and not self.both.is_open:
            self._show_drawer(self.view.current_id())

    def _show_drawer(self, key: str) -> None:
        if self.small.card is not None and self.drawer.row is not None and self.drawer.row["id"] != key:
            self.small.close_card()
        try:
            self.drawer.show_record(key)
        except Refusal as refusal:
            self.show_error(refusal)
            return
        self.drawer.set_actions(self.small.actions(), self.small.more())
        self._was_open = True
        self.both.open_drawer()
        if self.narrow:
            self.drawer.close_button.setFocus()  # the list is out of sight; Esc comes back to it

    def _open(self, key: str) -> None:
        window: Any = self.window()
        special = f"record:{self.kind}"
        if hasattr(window, "has_page") and window.has_page(special) and not self.desk.is_above:
            window.go(special, id=key, siblings=ids_of(self.desk, self.listing, limit=SIBLINGS))
        else:
            self._show_drawer(key)

    def beside(self, step: int) -> None:
        """The row above or below, with its drawer when one is open, also where the drawer hides the list."""
        row = self.view.currentIndex().row() + step
        if not 0 <= row < self.view.rows.rowCount():
            self.say("act", _("已是最后一条") if step > 0 else _("已是第一条"))
            return
        with self._standing_still():
            self.view.go_to(row)
        if self.both.is_open:
            self._show_drawer(self.view.current_id())

    def _to_counted(self, key: str, column: str) -> None:
        """A number opens the rows that it counted."""
        for told in TOLD.get(self.record, ()):
            if isinstance(told, Counted) and told.key == column:
                self.go(f"table:{told.by.__tablename__}", filters=told.rows_of(self.desk, key))

    def _reveal(self, field: str) -> None:
        self.small.unmask(field, partial(self.drawer.reveal, field))

    def _menu(self, key: str, at: QPoint) -> None:
        """The right button offers what the drawer does."""
        if not key:
            return
        self._show_drawer(key)
        menu = PlainMenu(self)
        for action in (*self.small.actions(), *self.small.more()):
            if action.run is not None:
                run = action.run
                entry = menu.add(action.label, icon(action.icon) if action.icon else None, action.shortcut)
                entry.triggered.connect(lambda _checked=False, run=run: run())
        menu.open_at(at)

    def show_error(self, error: Any) -> None:
        super().show_error(error)
        self.small.show_mistakes(error)

    # other pages

    def _in_hand(self) -> str:
        """The record that the drawer shows, else the one on which the keys stand."""
        return str(self.drawer.row["id"]) if self.both.is_open and self.drawer.row is not None else self.view.current_id()

    def edit(self) -> None:
        """F2: the form of the record in hand."""
        if self._in_hand() and self.head.may_correct:
            self.go(f"form:{self.kind}", id=self._in_hand())

    def next_move(self) -> None:
        """F9: the next step of the row in hand, beside which its drawer opens."""
        if not self.both.is_open and self.view.current_id():
            self._show_drawer(self.view.current_id())
        if self.drawer.row is not None:
            self.small.next_move()

    def follow_lead(self, lead: Lead) -> None:
        """What begins at the record in hand and is done elsewhere."""
        if self._in_hand():
            self.small.follow(lead, self._in_hand())

    def _ticked(self, ticked: int) -> None:
        self.selection.show_count(ticked, self.view.rows.rowCount(), _(self.record.unit))
        self.status_changed.emit()
