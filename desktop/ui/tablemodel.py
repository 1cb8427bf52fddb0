"""The rows behind a list: a window of few pages over a table of any length.

A page of rows is asked for when it comes into sight and forgotten when it is far; 100,000 rows cost as much as 300.
Rows are plain mappings: the text of each column by its key, or a list of badges; `id` names the record, `faded` says
that it has ended. The provider pages by key, so a row that is added meanwhile shifts nothing.
"""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from desktop.model.language import _
from desktop.ui.kit.badges import BadgeData

Cell = str | Sequence[BadgeData]
Row = Mapping[str, Cell]
Kind = Literal["text", "name", "muted", "caption", "number", "badges", "icon", "due", "link", "steps"]
Index = QModelIndex | QPersistentModelIndex

PAGE = 100
PAGES_KEPT = 6
TICK = 0  # the first column of the view is always the tick


@dataclass(frozen=True)
class Column:
    """One column: how wide at the standard size, how soon it gives way (1 never, 9 first), what it holds."""

    key: str
    label: str
    width: int = 100
    align: Literal["left", "right", "center"] = "left"
    priority: int = 1
    kind: Kind = "text"
    sortable: bool = True
    stretch: bool = False


class Pages(Protocol):
    """Where the rows come from, already filtered and sorted."""

    @property
    def columns(self) -> Sequence[Column]: ...
    def count(self) -> int:
        """How many rows there are."""

    def fetch(self, after: str | None, size: int) -> Sequence[Row]:
        """`size` rows after the row with this id, from the first when None."""

    def key_before(self, position: int) -> str | None:
        """The id of the row just before `position`, so that the end of a long list is one step away."""


class ListPages:
    """A short list that is already here."""

    def __init__(self, columns: Sequence[Column], rows: Sequence[Row]) -> None:
        self.columns, self._rows = list(columns), list(rows)
        self._at = {str(row["id"]): nth for nth, row in enumerate(self._rows)}

    def count(self) -> int:
        return len(self._rows)

    def fetch(self, after: str | None, size: int) -> Sequence[Row]:
        start = 0 if after is None else self._at[after] + 1
        return self._rows[start : start + size]

    def key_before(self, position: int) -> str | None:
        return str(self._rows[position - 1]["id"]) if position > 0 else None


@dataclass
class Ticks:
    """What is ticked: these, or all that the filter finds except these."""

    all: bool = False
    ids: set[str] = field(default_factory=set)

    def has(self, record: str) -> bool:
        """This row is ticked."""
        return (record in self.ids) != self.all

    def set(self, record: str, ticked: bool) -> None:
        """This row is ticked or not."""
        if ticked != self.all:
            self.ids.add(record)
        else:
            self.ids.discard(record)

    def count(self, of: int) -> int:
        """How many of the `of` rows that the filter finds."""
        return of - len(self.ids) if self.all else len(self.ids)


class TableModel(QAbstractTableModel):
    """The window over the pages, and the ticks."""

    ticks_changed = Signal(int)

    def __init__(self, pages: Pages) -> None:
        super().__init__()
        self._pages = pages
        self._columns = list(pages.columns)
        self._kept: OrderedDict[int, Sequence[Row]] = OrderedDict()
        self._count = pages.count()
        self.ticks = Ticks()

    def show(self, pages: Pages) -> None:
        """Other rows (another filter or order). The ticks are gone: they were ticks of the other question."""
        self.beginResetModel()
        self._pages, self._columns = pages, list(pages.columns)
        self._kept.clear()
        self._count = pages.count()
        self.ticks = Ticks()
        self.endResetModel()
        self.ticks_changed.emit(0)

    def reload(self) -> None:
        """The same question asked again; ticks stay."""
        self.beginResetModel()
        self._kept.clear()
        self._count = self._pages.count()
        self.endResetModel()

    @property
    def shown_columns(self) -> Sequence[Column]:
        """The columns after the tick."""
        return self._columns

    def column(self, section: int) -> Column | None:
        """The column at a section of the view; none for the tick."""
        return self._columns[section - 1] if 0 < section <= len(self._columns) else None

    def row(self, at: int) -> Row | None:
        """The row at a position; its page is fetched if it is not here. None when it went away meanwhile."""
        if not 0 <= at < self._count:
            return None
        nth, inside = divmod(at, PAGE)
        page = self._kept.get(nth)
        if page is None:
            page = self._kept[nth] = self._pages.fetch(self._after(nth), PAGE)
            while len(self._kept) > PAGES_KEPT:
                self._kept.popitem(last=False)
        else:
            self._kept.move_to_end(nth)
        return page[inside] if inside < len(page) else None

    def _after(self, nth: int) -> str | None:
        if nth == 0:
            return None
        before = self._kept.get(nth - 1)
        if before is not None and len(before) == PAGE:
            return str(before[-1]["id"])
        return self._pages.key_before(nth * PAGE)

    def id_at(self, at: int) -> str:
        """The id of the record in a row, or nothing."""
        row = self.row(at)
        return str(row["id"]) if row is not None else ""

    def pages_in_memory(self) -> int:
        """How many pages are kept now."""
        return len(self._kept)

    # ticks

    def set_tick(self, at: int, ticked: bool) -> None:
        """The row is ticked or not."""
        record = self.id_at(at)
        if record:
            self.ticks.set(record, ticked)
            self.dataChanged.emit(self.index(at, 0), self.index(at, len(self._columns)))
            self.ticks_changed.emit(self.ticked_count())

    def toggle(self, at: int) -> None:
        """The tick turns over."""
        self.set_tick(at, not self.ticks.has(self.id_at(at)))

    def tick_all(self, ticked: bool) -> None:
        """All that the filter finds, seen or not, or none."""
        self.ticks = Ticks(all=ticked)
        if self._count:
            self.dataChanged.emit(self.index(0, 0), self.index(self._count - 1, len(self._columns)))
        self.ticks_changed.emit(self.ticked_count())

    def ticked_count(self) -> int:
        """How many rows are ticked."""
        return self.ticks.count(self._count)

    # what Qt asks

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else self._count

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._columns) + 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        wanted = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        if role not in wanted or not index.isValid():
            return None
        row, column = self.row(index.row()), self.column(index.column())
        if row is None:
            return ""
        if column is None:
            return (_("已选") if self.ticks.has(str(row["id"])) else _("未选")) if role == wanted[1] else ""
        return words_of(row.get(column.key, ""))

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        column = self.column(section)
        return column.label if column is not None else ""


def leads(column: Column, row: Row) -> bool:
    """A click on this cell goes somewhere: it is a link, and not the count of nothing."""
    return column.kind == "link" and row.get(column.key, "") not in ("", "0")


def words_of(cell: Cell) -> str:
    """A cell as text, for the ear and for copying."""
    return cell if isinstance(cell, str) else "、".join(badge[2] for badge in cell)
