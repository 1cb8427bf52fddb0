"""Every number that a report shows, counted by the query that also gives its rows; one cut-off day holds for a whole report.

Each figure parts by area kind and, where it has one, by campaign. What is counted: figure_lines.py.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, Subquery, and_, distinct, func, or_, select
from sqlalchemy.sql.elements import ColumnElement

from desktop.model.contents import record_type
from desktop.model.place import AREA_KINDS, Place
from desktop.office.desk import Desk
from desktop.office.figure_lines import LINES, Line, Span, line, within
from desktop.store.page import Filter
from desktop.store.tables import tag

UNKNOWN_AREA = "未分类"


@dataclass(frozen=True)
class Figure:
    """A figure as it was counted."""

    key: str
    label: str
    unit: str
    definition: str
    value: int
    by_area: dict[str, int]
    by_campaign: dict[str, int]
    rate: float | None = None


def count(desk: Desk, span: Span, keys: tuple[str, ...] = (), *, parts: bool = True) -> list[Figure]:
    """The figures of a period in the order of the district's list; without `parts` only the numbers."""
    wanted = [one for one in LINES if not keys or one.key in keys]
    with desk.books.read() as conn:
        values = {one.key: _value(conn, one, span) for one in wanted}
        for one in wanted:
            if one.of and one.of not in values:
                values[one.of] = _value(conn, line(one.of), span)
        return [
            Figure(
                one.key, one.label, one.unit, one.definition, values[one.key],
                _by_area(conn, one, span) if parts else {},
                _by_campaign(conn, one, span) if parts and one.campaigns else {},
                _rate(values[one.key], values[one.of]) if one.of else None,
            )
            for one in wanted
        ]  # fmt: skip


def value(desk: Desk, key: str, span: Span) -> int:
    """One number."""
    with desk.books.read() as conn:
        return _value(conn, line(key), span)


@dataclass(frozen=True)
class Counted:
    """The rows that a figure counted, as a condition of a list."""

    key: str
    span: Span

    def __call__(self) -> Select[Any]:
        return line(self.key).rows(self.span)


def behind(key: str, span: Span) -> tuple[str, tuple[Filter, ...]]:
    """The record type and the condition of the rows behind a number: what opens when it is pressed."""
    return line(key).kind, (Filter("id", "among", (), Counted(key, span)),)


def _measure(one: Line, rows: Subquery) -> ColumnElement[int]:
    return func.coalesce(func.sum(rows.c.amount), 0) if one.summed else func.count(distinct(rows.c.key))


def _shown(one: Line, number: int) -> int:
    """Minutes are said in whole hours."""
    return round(number / 60) if one.summed else number


def _value(conn: Connection, one: Line, span: Span) -> int:
    rows = one.rows(span).subquery()
    return _shown(one, int(conn.execute(select(_measure(one, rows))).scalar_one()))


def _by_area(conn: Connection, one: Line, span: Span) -> dict[str, int]:
    """Parted by the area kind of the place, or of the whole community where the place has none."""
    rows, place = one.rows(span).subquery(), Place.table()
    here, whole = tag.alias(), tag.alias()

    def holds(index: Any, record: ColumnElement[str]) -> ColumnElement[bool]:
        return and_(
            index.c.community == rows.c.community, index.c.kind == "place", index.c.field == "area_kinds",
            index.c.record == record, index.c.since <= span.until, or_(index.c.until == "", index.c.until >= span.until),
        )  # fmt: skip

    root = (
        select(place.c.community, func.min(place.c.id).label("id"))
        .where(place.c.kind == "社区", place.c.ended_on.is_(None), within(place.c.community, span.scope))
        .group_by(place.c.community)
        .subquery()
    )
    area = func.coalesce(here.c.word, whole.c.word, UNKNOWN_AREA)
    query = (
        select(area, _measure(one, rows))
        .select_from(rows)
        .outerjoin(here, holds(here, rows.c.place))
        .outerjoin(root, root.c.community == rows.c.community)
        .outerjoin(whole, holds(whole, root.c.id))
        .group_by(area)
    )
    found = {str(word): _shown(one, int(number)) for word, number in conn.execute(query)}
    return {word: found.get(word, 0) for word in (*AREA_KINDS.split(), *([UNKNOWN_AREA] if UNKNOWN_AREA in found else []))}


def _by_campaign(conn: Connection, one: Line, span: Span) -> dict[str, int]:
    rows, campaign = one.rows(span).subquery(), record_type("campaign").table()
    name = func.coalesce(campaign.c.name, "其他")
    query = (
        select(name, _measure(one, rows))
        .select_from(rows)
        .outerjoin(campaign, and_(campaign.c.community == rows.c.community, campaign.c.id == rows.c.campaign))
        .group_by(name)
        .order_by(name)
    )
    return {str(word): _shown(one, int(number)) for word, number in conn.execute(query)}


def _rate(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def front_line_sum(figures: list[Figure]) -> int:
    """The four kinds added up, which stands beside the distinct total: 1506 + 336 + 615 + 2456 = 4913."""
    return sum(figure.value for figure in figures if figure.key in ("2", "3", "4", "5"))
