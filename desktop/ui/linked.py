"""The records that point to the one in a drawer: his services, his report.

Each type is a tab of its own; where there are too many of them, some lines below the facts.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from sqlalchemy import RowMapping

from desktop.model.activity import Service
from desktop.model.checkin import CheckIn
from desktop.model.contents import RECORD_TYPES
from desktop.model.field import Field
from desktop.model.kinds.records import Link
from desktop.model.kinds.times import Day
from desktop.model.kinds.words import Text
from desktop.model.language import _
from desktop.model.opinion import LivelihoodProject, Opinion
from desktop.model.record import Record
from desktop.store.page import COUNT_LIMIT, Filter, Listing, link_titles, newest, title_of
from desktop.store.work import Row
from desktop.ui.kit.buttons import LinkButton
from desktop.ui.kit.text import Label
from desktop.ui.look import follow, look
from desktop.ui.rows import state_badge
from desktop.ui.session import Session
from desktop.ui.tablemodel import Cell, Column, ListPages
from desktop.ui.tableview import ListView

TABS_MOST = 3  # the others stand below the facts
IN_TAB, BELOW = 20, 5  # so many records are shown, then the way to all of them
THIS_YEAR, WHOLE_DAY = 50, 86  # how wide 11-24 and 2020-11-24 are
FIRST = (Service, CheckIn)  # what a person is asked about most; the rest in menu order

Go = Callable[..., object]


@dataclass(frozen=True)
class Linked:
    """One way in which records of a type point to another record."""

    by: type[Record]
    link: str
    again: bool = False  # the type points in more ways than one: its name alone does not say which

    @property
    def key(self) -> str:
        """The name of its tab."""
        return f"{self.by.__tablename__}.{self.link}"

    def rows_of(self, row: Row) -> Listing:
        """The list of those that point to this record, the newest first."""
        day = day_of(self.by)
        return Listing(
            self.by, (Filter(self.link, "is", (row["id"],)),), community=row["community"], order=f"-{day.key}" if day is not None else ""
        )

    def short(self) -> str:
        """Its name where there is little room."""
        short = {Service: _("服务"), CheckIn: _("报到"), Opinion: _("意见"), LivelihoodProject: _("实事")}
        return short.get(self.by, _(self.by.label))

    def long(self) -> str:
        """Its name as a heading, with the field that points where that says more."""
        return f"{_(self.by.label)}（{_(self.by.fields()[self.link].label)}）" if self.again else _(self.by.label)


def linked_to(record: type[Record]) -> list[Linked]:
    """Every type that points to records of this one, what is asked about most first."""
    ways = [(by, link) for by in RECORD_TYPES for link, kind in by.links().items() if kind == record.__tablename__]
    ways.sort(key=lambda way: FIRST.index(way[0]) if way[0] in FIRST else len(FIRST))
    return [Linked(by, link, sum(other is by for other, _link in ways) > 1) for by, link in ways]


def number(many: int) -> str:
    """A count as a tab shows it; beyond the limit nobody counts on."""
    return f"{COUNT_LIMIT:,}+" if many > COUNT_LIMIT else f"{many:,}"


def day_of(record: type[Record]) -> Field | None:
    """The day by which its records go: that of its own order, else the first that its list shows."""
    specs = record.fields()
    own = specs.get(record.ordered_by.removeprefix("-"))
    if own is not None and isinstance(own.kind, Day):
        return own
    return next((spec for spec in record.listed() if isinstance(spec.kind, Day)), None)


def words_of(way: Linked, row: RowMapping, names: dict[str, str]) -> str:
    """A record in the drawer of what it points to, whose name stands above: what it was, then who else."""
    day, specs = day_of(way.by), way.by.fields()
    told = {way.link, *([day.key] if day is not None else ())}
    keys = [key for key in way.by.named_by if key not in told]
    if not keys:
        said_by = [key for key, spec in specs.items() if spec.listed and isinstance(spec.kind, Link | Text)]
        keys = [key for key in said_by if key not in told and row[key]][:1]
    said = [names.get(row[key] or "", "") if isinstance(specs[key].kind, Link) else specs[key].kind.show(row[key]) for key in keys]
    return " ".join(word for word in said if word) or title_of(way.by, row, names)


class LinkedList(QWidget):
    """A tab: the newest of these records, and the way to all of them."""

    def __init__(self, session: Session, way: Linked, go: Go) -> None:
        super().__init__()
        self.session, self.way, self._go = session, way, go
        self._listing: Listing | None = None
        self._column = QVBoxLayout(self)
        self.view = ListView(ListPages(self._columns(WHOLE_DAY), []), ticks=False, rows_shown=IN_TAB)
        self.view.setAccessibleName(way.long())
        self.view.heads.hide()
        self.all = LinkButton("")
        self._column.addWidget(self.view)
        self._column.addWidget(self.all, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addStretch(1)
        self.view.clicked.connect(lambda index: self._open(self.view.rows.id_at(index.row())))
        self.view.opened.connect(self._open)
        self.all.clicked.connect(self._open)
        follow(self, self._pad)

    def _columns(self, day: int) -> list[Column]:
        columns = [Column("words", "", 100, stretch=True, sortable=False)]
        if day_of(self.way.by) is not None:
            columns.insert(0, Column("day", "", day, kind="muted", sortable=False))
        if self.way.by.flow:
            columns.append(Column("state", "", 84, kind="badges", sortable=False))
        return columns

    def show_of(self, row: Row, many: int) -> None:
        """Those that point to this record, of which there are so many."""
        self._listing = self.way.rows_of(row)
        with self.session.desk.books.read() as conn:
            rows = newest(conn, self._listing, size=IN_TAB)
            names = link_titles(conn, row["community"], self.way.by, rows)
        shown = [self._shown(one, names) for one in rows]
        day = THIS_YEAR if all(len(str(one.get("day", ""))) <= len("11-24") for one in shown) else WHOLE_DAY
        self.view.show_pages(ListPages(self._columns(day), shown))
        self.view.set_rows_shown(len(rows))
        self.all.set_label(_("看全部 {n}").format(n=number(many)))

    def _shown(self, row: RowMapping, names: dict[str, str]) -> dict[str, Cell]:
        day, flow = day_of(self.way.by), self.way.by.flow
        cells: dict[str, Cell] = {"id": row["id"], "words": words_of(self.way, row, names)}
        if day is not None:
            cells["day"] = self.session.day_words(row[day.key])
        if flow is not None:
            cells["state"] = [state_badge(flow, row["state"])]
        return cells

    def _open(self, record: str = "") -> None:
        """The list of these records, at this one if one was chosen."""
        if self._listing is not None:
            chosen = {"id": record} if record else {}
            self._go(f"table:{self.way.by.__tablename__}", filters=self._listing.filters, **chosen)

    def _pad(self) -> None:
        here = look()
        self._column.setContentsMargins(here.u(6), here.u(4), 0, here.u(8))
        self._column.setSpacing(here.u(6))


class LinkedBelow(QVBoxLayout):
    """Below the facts: the types that have no tab, each with its count and its newest records."""

    def __init__(self, session: Session, go: Go) -> None:
        super().__init__()
        self.session, self._go = session, go

    def show_of(self, row: Row, ways: Sequence[tuple[Linked, int]]) -> None:
        """These types, as far as they point to this record."""
        while self.count():
            item = self.takeAt(0)
            piece = item.widget() if item else None
            if piece is not None:
                piece.hide()
                piece.deleteLater()
        for way, many in ways:
            listing = way.rows_of(row)
            head = LinkButton(f"{way.long()} {number(many)}", way.by.icon)
            head.clicked.connect(partial(self._open, way, listing))
            self.addWidget(head, 0, Qt.AlignmentFlag.AlignLeft)
            with self.session.desk.books.read() as conn:
                rows = newest(conn, listing, size=BELOW)
                names = link_titles(conn, listing.community, way.by, rows)
            for one in rows:
                self.addWidget(Label(f"· {words_of(way, one, names)}", "caption", "text2", wrap=True))

    def _open(self, way: Linked, listing: Listing, _checked: bool = False) -> None:
        self._go(f"table:{way.by.__tablename__}", filters=listing.filters)
