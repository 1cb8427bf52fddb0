"""Rows of the ledger as a list shows them: columns from the record definition, cells in words, pages by key.

A list may also show what records that point to its rows tell (`TOLD`): whether a person has checked in is told by 双报到, how
often he served this quarter by 服务记录; nothing is kept twice.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, overload

from sqlalchemy import RowMapping

from desktop.model import days
from desktop.model.activity import Service
from desktop.model.checkin import CheckIn
from desktop.model.codes import office_name
from desktop.model.field import Field
from desktop.model.flow import Flow
from desktop.model.kinds import Kind
from desktop.model.kinds.amounts import Number
from desktop.model.kinds.choices import Choice, Code, Flag, State
from desktop.model.kinds.identity import IdNumber, Phone
from desktop.model.kinds.records import Link, Serial
from desktop.model.kinds.tags import Tags
from desktop.model.kinds.times import Day
from desktop.model.kinds.words import Name, Title
from desktop.model.language import _
from desktop.model.person import Person
from desktop.model.record import Record
from desktop.office.desk import Desk
from desktop.office.figure_lines import COUNTED_SERVICE
from desktop.office.finding import newest_states, number_of_each
from desktop.store.page import Cursor, Filter, Listing, count, link_titles, page, place_of, starts
from desktop.ui.kit.badges import BadgeData
from desktop.ui.tablemodel import PAGE, Cell, Column, Row
from desktop.ui.tablemodel import Kind as CellKind

WHOSE = "community"  # the column that says which community keeps a row
CHARACTER = 13  # pixels of one Chinese character at the standard size
PADDING, LEAST = 20, 48
CELLS: tuple[tuple[type[Any], CellKind], ...] = ((State, "badges"), (Tags, "badges"), (Number, "number"))
# How soon a column gives way where there is no room for all: what a clerk seeks a record by stays longest.
GIVES_WAY: tuple[tuple[type[Kind], int], ...] = (
    (State, 1), (Serial, 2), (Tags, 3), (IdNumber, 4), (Link, 4), (Day, 5), (Choice, 5), (Code, 7), (Phone, 6), (Number, 7), (Flag, 7),
)  # fmt: skip


@dataclass(frozen=True)
class Told:
    """A column that another record type tells: the state of the newest record whose `link` points to the row."""

    label: str
    by: type[Record]
    link: str

    @property
    def key(self) -> str:
        """The column's own name; no field is called so."""
        return f"{self.by.__tablename__}.state"

    def column(self) -> Column:
        """As the list shows it."""
        return Column(self.key, _(self.label), 78, priority=2, kind="badges", sortable=False)

    def cells(self, desk: Desk, ids: Sequence[str]) -> Callable[[str], Cell]:
        """What is told of each of these records, read at once."""
        states = newest_states(desk, self.by, self.link, ids)
        return lambda key: [state_badge(self.by.flow, states[key])] if key in states else []


@dataclass(frozen=True)
class Counted:
    """A column that counts the records whose `link` points to the row, of this quarter and in one of these states; it leads to them."""

    label: str
    by: type[Record]
    link: str
    day: str
    states: tuple[str, ...]

    @property
    def key(self) -> str:
        """The column's own name; no field is called so."""
        return f"{self.by.__tablename__}.quarter"

    def column(self) -> Column:
        """As the list shows it."""
        return Column(self.key, _(self.label), 44, "right", priority=3, kind="link", sortable=False)

    def _filters(self, desk: Desk) -> tuple[Filter, ...]:
        return Filter(self.day, "between", days.quarter_bounds(desk.today)), Filter("state", "is", self.states)

    def cells(self, desk: Desk, ids: Sequence[str]) -> Callable[[str], Cell]:
        """How many of each of these records, counted at once."""
        many = number_of_each(desk, self.by, self.link, ids, self._filters(desk))
        return lambda key: f"{many.get(key, 0):,}"

    def rows_of(self, desk: Desk, key: str) -> tuple[Filter, ...]:
        """The conditions that show just what was counted for this record."""
        return Filter(self.link, "is", (key,)), *self._filters(desk)


TOLD: dict[type[Record], tuple[Told | Counted, ...]] = {
    Person: (Told("报到", CheckIn, "person"), Counted("本季", Service, "person", "served_on", COUNTED_SERVICE)),
}


def state_badge(flow: Flow | None, state: str | None) -> BadgeData:
    """A state with the tone and icon that its place in the flow gives it."""
    word = _(state or "")
    if flow is None or state is None:
        return "wait", "", word
    if state in flow.sides.split():
        return "wait", "ban", word
    if state == flow.states[-1] or flow.is_done(state):
        return "ok", "circle-check", word
    return ("wait", "circle-dashed", word) if state == flow.first else ("act", "player-play", word)


def told_badges(desk: Desk, record: type[Record], key: str) -> list[BadgeData]:
    """What the list is told of one record's state, for the head of its drawer."""
    told = [one.cells(desk, [key])(key) for one in TOLD.get(record, ()) if isinstance(one, Told)]
    return [badge for cell in told if not isinstance(cell, str) for badge in cell]


def column_of(spec: Field, *, first: bool, priority: int) -> Column:
    """A field as a column of a list."""
    painted: CellKind = "muted" if spec.sensitive else "text"
    if first and isinstance(spec.kind, Name | Title):
        painted = "name"
    else:
        painted = next((cell for kind, cell in CELLS if isinstance(spec.kind, kind)), painted)
    width = max(LEAST, len(spec.label) * CHARACTER + PADDING, spec.kind.width * CHARACTER + PADDING)
    right: Literal["left", "right"] = "right" if spec.kind.align == "right" else "left"
    return Column(spec.key, _(spec.label), width, right, priority, painted, True, isinstance(spec.kind, Title | Link))


def columns_of(record: type[Record], keys: Sequence[str] = ()) -> list[Column]:
    """The columns of a record type as its list opens; the state and what names the record give way last."""
    specs = [record.fields()[key] for key in keys] if keys else record.listed()
    columns, seen = [], list[type[Kind]]()
    for nth, spec in enumerate(specs):
        must = spec.key in record.named_by or isinstance(spec.kind, State)
        rank = next((rank for kind, rank in GIVES_WAY if isinstance(spec.kind, kind)), 6)
        again = seen.count(type(spec.kind))  # the second link says less than the first
        seen.append(type(spec.kind))
        columns.append(column_of(spec, first=nth == 0, priority=1 if must else min(9, rank + 3 * again)))
    if not keys:
        columns += [told.column() for told in TOLD.get(record, ())]
    return columns


def whose() -> Column:
    """Which community keeps the row, where the rows of many stand in one list."""
    return Column(WHOSE, _("社区"), 88, priority=1, kind="caption", sortable=False)


def cell(record: type[Record], spec: Field, row: RowMapping, names: dict[str, str]) -> Cell:
    """One value as the list shows it: sensitive numbers masked, sets and states as badges, links by their titles."""
    value = row[spec.key]
    if isinstance(spec.kind, Link):
        return names.get(value, "") if value else ""
    if isinstance(spec.kind, State):
        return [state_badge(record.flow, value)] if value else ""
    if isinstance(spec.kind, Tags):
        return [("wait", "", _(word)) for word in spec.kind.split(value)]
    if isinstance(spec.kind, Flag):
        return spec.kind.show(value)
    return spec.mask(value) if spec.sensitive else spec.kind.show(value)


class ShownLate(Sequence[Row]):
    """The rows of a page, each put into words when it comes into sight: of two hundred that are read some twenty are seen."""

    def __init__(self, rows: Sequence[RowMapping], shown: Callable[[RowMapping], Row]) -> None:
        self._rows, self._shown = rows, shown
        self._done: dict[int, Row] = {}

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, at: int) -> Row: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[Row]: ...

    def __getitem__(self, at: int | slice) -> Row | Sequence[Row]:
        if isinstance(at, slice):
            return [self[nth] for nth in range(*at.indices(len(self)))]
        nth = at + len(self) if at < 0 else at
        if nth not in self._done:
            self._done[nth] = self._shown(self._rows[nth])
        return self._done[nth]


def words_below(record: type[Record], row: RowMapping, names: dict[str, str]) -> str:
    """What stands under the title of a record: its number, and the first that it belongs to (区自然资源局 · 滨海花园)."""
    specs = record.fields()
    numbers = [key for key in record.named_by if isinstance(specs[key].kind, Serial)]
    homes = [key for key, spec in specs.items() if spec.listed and key not in record.named_by and isinstance(spec.kind, Link)]
    words = [specs[key].kind.show(row[key]) for key in numbers] + [names.get(row[key], "") for key in homes if row[key]]
    return " · ".join([word for word in words if word][:2])


class RecordPages:
    """The pages of one listing for a `ListView`: by key, so that any length costs the same."""

    def __init__(self, desk: Desk, listing: Listing, columns: Sequence[Column]) -> None:
        self.columns = list(columns)
        self.listing = listing
        self._desk = desk
        self._cursors: dict[str, Cursor] = {}
        self._starts: list[Cursor] | None = None

    def count(self) -> int:
        """All rows that the filters find."""
        with self._desk.books.read() as conn:
            return count(conn, self.listing, limit=10_000_000)

    def fetch(self, after: str | None, size: int) -> Sequence[Row]:
        """The rows after the one with this id."""
        with self._desk.books.read() as conn:
            found = page(conn, self.listing, after=self._cursors.get(after) if after else None, size=size)
            names = link_titles(conn, self.listing.community, self.listing.record, found.rows)
        by = self.listing.sorted_by()
        for row in found.rows:
            self._cursors[row["id"]] = Cursor(row[by], row["id"])
        told = list(self._told([row["id"] for row in found.rows]))
        return ShownLate(found.rows, lambda row: self._shown(row, names, told))

    def key_before(self, position: int) -> str | None:
        """The id of the row before a page, from the index read once."""
        if self._starts is None:
            with self._desk.books.read() as conn:
                self._starts = starts(conn, self.listing, size=PAGE)
        nth = position // PAGE - 1
        if not 0 <= nth < len(self._starts):
            return None
        cursor = self._starts[nth]
        self._cursors[cursor.id] = cursor
        return cursor.id

    def place_of(self, key: str) -> int | None:
        """The position of a record in the list; None when its conditions leave it out."""
        with self._desk.books.read() as conn:
            return place_of(conn, self.listing, key)

    def _told(self, ids: Sequence[str]) -> Iterable[tuple[str, Callable[[str], Cell]]]:
        keys = {column.key for column in self.columns}
        for told in TOLD.get(self.listing.record, ()):
            if told.key in keys:
                yield told.key, told.cells(self._desk, ids)

    def _shown(self, row: RowMapping, names: dict[str, str], told: Sequence[tuple[str, Callable[[str], Cell]]]) -> Row:
        record = self.listing.record
        specs = record.fields()
        cells: dict[str, Cell] = {column.key: cell(record, specs[column.key], row, names) for column in self.columns if column.key in specs}
        for key, tell in told:
            cells[key] = tell(row["id"])
        cells["id"] = row["id"]
        cells[WHOSE] = office_name(row["community"])[0]
        if row["ended_on"]:
            cells["faded"] = "1"
        return cells
