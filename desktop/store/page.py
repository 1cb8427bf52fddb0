"""Lists go by key: a page begins after the last row of the page before, so that 100,000 rows feel like 100.

Rows come back plain (`RowMapping`), never as live objects. Empty values sort last in both directions, as a clerk expects,
which is why a list has two stretches: the rows that have the sorted value, then those that lack it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Integer, RowMapping, Select, Text, and_, bindparam, func, literal, or_, select, tuple_

from desktop.model.contents import record_type
from desktop.model.kinds import Value
from desktop.model.kinds.records import Link
from desktop.model.kinds.tags import Tags
from desktop.model.record import Kept, Record
from desktop.store import search
from desktop.store.tables import tag

COUNT_LIMIT = 10_000
ALWAYS = ("community", "id", "version", "ended_on")  # what every list needs of a row
FOUND_LIMIT = 2_000


@dataclass(frozen=True)
class Filter:
    """One chip above a table: field, how it is compared, and the values.

    `op`: "is" (one of the values), "from", "until", "between", "tag" (the set holds one of the words), "empty", "filled",
    "among" (the row is one of those that `rows` selects by community and id: what a figure counted).
    """

    field: str
    op: str
    values: tuple[Value, ...] = ()
    rows: Callable[[], Select[Any]] | None = None


@dataclass(frozen=True)
class Cursor:
    """Where a page ended: the sorted value (None in the stretch of empty ones) and the id."""

    value: Value
    id: str


@dataclass(frozen=True)
class Listing:
    """Which rows of a record type, in which order; `order` is a field name, with "-" in front for the highest first."""

    record: type[Record]
    filters: tuple[Filter, ...] = ()
    text: str = ""
    order: str = ""
    ended: bool = False
    community: str = ""

    def sorted_by(self) -> str:
        """The column that the order really goes by: the name sorts by pinyin."""
        name = (self.order or self.record.ordered_by or "sort_key").removeprefix("-")
        return "sort_key" if name == self.record.named_by[0] and name in ("name", "title") else name

    @property
    def descending(self) -> bool:
        """The highest first."""
        return (self.order or self.record.ordered_by).startswith("-")

    def only(self, *filters: Filter) -> "Listing":
        """The same rows with more conditions."""
        return replace(self, filters=self.filters + filters)


@dataclass(frozen=True)
class Page:
    """Some rows and where the next page begins; None after the last."""

    rows: Sequence[RowMapping]
    next: Cursor | None


def page(conn: Connection, listing: Listing, *, after: Cursor | None = None, size: int = 100, keys: Sequence[str] = ()) -> Page:
    """The rows that follow `after`: whole ones, or with `keys` only these fields and what every list needs."""
    ids = _found(conn, listing)
    if ids is not None and not ids:
        return Page((), None)
    more = [] if ids is None else [listing.record.table().c.id.in_(ids)]
    asked, by = (replace(listing, text=""), tuple(keys)), listing.sorted_by()
    here: dict[str, Value] = {"most": size + 1} if after is None else {"value": after.value, "id": after.id, "most": size + 1}
    rows: list[RowMapping] = []
    if after is None or after.value is not None:
        query = _query(*asked, goes_on=after is not None)
        rows += conn.execute(query.where(*more) if more else query, here).mappings().all()
    if len(rows) <= size:
        query = _query(*asked, empty=True, goes_on=after is not None and after.value is None)
        rows += conn.execute(query.where(*more) if more else query, {**here, "most": size + 1 - len(rows)}).mappings().all()
    is_more = len(rows) > size
    rows = rows[:size]
    return Page(rows, Cursor(rows[-1][by], rows[-1]["id"]) if is_more else None)


def newest(conn: Connection, listing: Listing, *, size: int) -> Sequence[RowMapping]:
    """The last rows by the order of a list that few rows answer to: what points to one record. They are found first, then sorted;
    by its pages SQLite would walk through all records in their order to find these few."""
    table = listing.record.table()
    by = func.coalesce(table.c[listing.sorted_by()], "")
    return conn.execute(select(table).where(*where_of(listing)).order_by(by.desc(), table.c.id.desc()).limit(size)).mappings().all()


@lru_cache(maxsize=128)
def _query(listing: Listing, keys: tuple[str, ...], *, goes_on: bool, empty: bool = False) -> Select[Any]:
    """The statement of one of the two stretches, written once: while somebody scrolls, only the row after which it begins changes."""
    table = listing.record.table()
    column, key = table.c[listing.sorted_by()], table.c.id
    wanted = [table.c[name] for name in dict.fromkeys((*keys, *ALWAYS, column.name))] if keys else [table]
    query = select(*wanted).where(*where_of(listing), column.is_(None) if empty else column.is_not(None))
    of_key, first = bindparam("id", type_=Text()), key if empty else tuple_(column, key)
    if goes_on:
        there = of_key if empty else tuple_(bindparam("value", type_=column.type), of_key)
        query = query.where(first < there if listing.descending else first > there)
    order = [key] if empty else [column, key]
    query = query.order_by(*(one.desc() for one in order) if listing.descending else order)
    return query.limit(bindparam("most", type_=Integer()))


def starts(conn: Connection, listing: Listing, *, size: int = 200) -> list[Cursor]:
    """Where each page after the first begins, read once from the index, so that a scroll bar may jump anywhere."""
    where = conditions(conn, listing)
    if where is None:
        return []
    table = listing.record.table()
    column = table.c[listing.sorted_by()]
    empties_last = column.is_(None)
    order = (empties_last, column.desc(), table.c.id.desc()) if listing.descending else (empties_last, column, table.c.id)
    number, follows = func.row_number().over(order_by=order).label("n"), func.lead(table.c.id).over(order_by=order).label("follows")
    numbered = select(column.label("v"), table.c.id.label("i"), number, follows).where(*where).subquery()
    begins = (numbered.c.n % size == 0, numbered.c.follows.is_not(None))  # after the last row no page begins
    found = conn.execute(select(numbered.c.v, numbered.c.i).where(*begins).order_by(numbered.c.n))
    return [Cursor(value, key) for value, key in found]


def place_of(conn: Connection, listing: Listing, key: str) -> int | None:
    """How many rows stand before this one, counted in the index and not read; None when the list does not hold it."""
    where = conditions(conn, listing)
    if where is None:
        return None
    table = listing.record.table()
    column, own = table.c[listing.sorted_by()], table.c.id
    here = conn.execute(select(column).where(*where, own == key).limit(1)).first()
    if here is None:
        return None
    if here[0] is None:
        before = or_(column.is_not(None), and_(column.is_(None), own > key if listing.descending else own < key))
    else:
        there = tuple_(literal(here[0], column.type), literal(key, own.type))
        before = tuple_(column, own) > there if listing.descending else tuple_(column, own) < there
    return int(conn.execute(select(func.count()).select_from(table).where(*where, before)).scalar_one())


def count(conn: Connection, listing: Listing, *, limit: int = COUNT_LIMIT) -> int:
    """How many rows; stops at `limit` + 1, which is shown as "10,000+"."""
    where = conditions(conn, listing)
    if where is None:
        return 0
    some = select(literal(1)).select_from(listing.record.table()).where(*where).limit(limit + 1).subquery()
    return int(conn.execute(select(func.count()).select_from(some)).scalar_one())


def counts(conn: Connection, listings: Sequence[Listing], *, limit: int = COUNT_LIMIT) -> list[int]:
    """How many rows each of these lists has, asked in one go; none of them has search words. Each stops at `limit` + 1."""
    if not listings:
        return []
    some = [select(literal(1)).select_from(one.record.table()).where(*where_of(one)).limit(limit + 1).subquery() for one in listings]
    return list(conn.execute(select(*(select(func.count()).select_from(one).scalar_subquery() for one in some))).one())


def every(conn: Connection, listing: Listing, *, size: int = 500, keys: Sequence[str] = ()) -> Iterable[RowMapping]:
    """All rows of a list, page by page, for paper and spreadsheets."""
    after = None
    while True:
        some = page(conn, listing, after=after, size=size, keys=keys)
        yield from some.rows
        if some.next is None:
            return
        after = some.next


def conditions(conn: Connection, listing: Listing) -> list[ColumnElement[bool]] | None:
    """The WHERE of a list; None when its search words find nothing at all."""
    ids = _found(conn, listing)
    if ids is None:
        return where_of(listing)
    return [*where_of(listing), listing.record.table().c.id.in_(ids)] if ids else None


def where_of(listing: Listing) -> list[ColumnElement[bool]]:
    """The conditions that stand in a listing itself, all but its search words: whose rows, living or ended, its filters."""
    table = listing.record.table()
    where: list[ColumnElement[bool]] = [] if listing.community == "*" else [table.c.community == listing.community]
    where.append(table.c.ended_on.is_not(None) if listing.ended else table.c.ended_on.is_(None))
    return where + [_condition(listing, chip) for chip in listing.filters]


def _found(conn: Connection, listing: Listing) -> list[str] | None:
    """The records that answer to the search words; None when there are no words."""
    if not listing.text.strip():
        return None
    found = search.find(conn, listing.community, listing.text, kinds=[listing.record.__tablename__], limit=FOUND_LIMIT)
    return sorted({hit.record for hit in found} | linked_hits(conn, listing))


def linked_hits(conn: Connection, listing: Listing) -> set[str]:
    """Records found by the name of the record that names them: a report by the name of who reported."""
    record, found = listing.record, set()
    links = {key: kind for key, kind in record.links().items() if key in record.named_by}
    if not links:
        return set()
    hits = search.find(conn, listing.community, listing.text, kinds=list(set(links.values())), limit=200)
    table = record.table()
    for key, kind in links.items():
        ids = [hit.record for hit in hits if hit.kind == kind]
        if ids:
            where = [table.c[key].in_(ids)] + ([] if listing.community == "*" else [table.c.community == listing.community])
            found |= set(conn.execute(select(table.c.id).where(*where).limit(FOUND_LIMIT)).scalars())
    return found


def _condition(listing: Listing, chip: Filter) -> ColumnElement[bool]:
    table = listing.record.table()
    if chip.rows is not None:
        counted = chip.rows().subquery()
        return tuple_(table.c.community, table.c.id).in_(select(counted.c.community, counted.c.id))
    column = table.c[chip.field]
    values = list(chip.values)
    if chip.op == "is":
        return column == values[0] if len(values) == 1 and values[0] is not None else column.in_(values)
    if chip.op == "from":
        return column >= values[0]
    if chip.op == "until":
        return column <= values[0]
    if chip.op == "between":
        return and_(column >= values[0], column <= values[1])
    if chip.op == "filled":
        return column.is_not(None)
    if chip.op == "empty":
        return column.is_(None)
    if chip.op == "tag":
        held = select(tag.c.record).where(
            tag.c.community == listing.community if listing.community != "*" else literal(True),
            tag.c.kind == listing.record.__tablename__, tag.c.field == chip.field,
            tag.c.word.in_([str(value) for value in values]), tag.c.until == "",
        )  # fmt: skip
        return table.c.id.in_(held)
    raise ValueError(f"no such comparison: {chip.op}")


def titles(
    conn: Connection, community: str, kind: str, ids: Iterable[str], *, masked: bool = False, living: bool = False
) -> dict[str, str]:
    """Id → the record's own title, for the links of a page; links inside a title are followed once more.

    With `living` what lies in the bin is left out: nobody chooses it for something new.
    """
    record = record_type(kind)
    table = record.table()
    wanted = sorted(set(ids))
    found: list[RowMapping] = []
    for begin in range(0, len(wanted), 500):
        where: list[ColumnElement[bool]] = [table.c.id.in_(wanted[begin : begin + 500])]
        if community != "*":
            where.append(table.c.community == community)
        if living:
            where.append(table.c.ended_on.is_(None))
        found += conn.execute(select(table.c.id, *(table.c[key] for key in record.named_by)).where(*where)).mappings().all()
    inner = link_titles(conn, community, record, found, masked=masked, only=record.named_by)
    return {row["id"]: title_of(record, row, inner, masked=masked) for row in found}


def link_titles(
    conn: Connection, community: str, record: type[Record], rows: Iterable[Kept], *, masked: bool = False, only: Sequence[str] = ()
) -> dict[str, str]:
    """Id → title for every record that these rows point to, one query a type."""
    wanted: dict[str, set[str]] = {}
    links = {key: kind for key, kind in record.links().items() if not only or key in only}
    rows = list(rows)
    for key, kind in links.items():
        wanted.setdefault(kind, set()).update(row[key] for row in rows if row[key])
    found: dict[str, str] = {}
    for kind, ids in wanted.items():
        if ids:
            found |= titles(conn, community, kind, ids, masked=masked)
    return found


def title_of(record: type[Record], row: RowMapping, inner: dict[str, str], *, masked: bool = False) -> str:
    """A record in a few words, its links by their own titles."""
    parts = []
    for key in record.named_by:
        kind = record.fields()[key].kind
        value = row[key]
        if isinstance(kind, Link):
            parts.append(inner.get(value, "") if value else "")
        else:
            parts.append(kind.mask(value) if masked else kind.show(value))
    return " ".join(part for part in parts if part) or record.label


def tag_filter(record: type[Record], field: str, *words: str) -> Filter:
    """A filter by words, as a set or as a plain list, whichever the field is."""
    return Filter(field, "tag" if isinstance(record.fields()[field].kind, Tags) else "is", words)
