"""Due work: what is overdue, due today, due in the next seven days; read from the clocks that the flows declare.

Every count can be opened: `due_listing` gives the rows behind it as an ordinary list with its filters.
"""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, func, select

from desktop.model import days
from desktop.model.contents import RECORD_TYPES
from desktop.model.flow import Due
from desktop.model.kinds.choices import Choice
from desktop.model.record import Record
from desktop.office.desk import Desk
from desktop.store.page import Filter, Listing, link_titles, title_of, titles

SOON_DAYS = 7
MOST_LINES = 200


@dataclass(frozen=True)
class DueLine:
    """One thing that somebody must do."""

    kind: str
    record: str
    title: str
    where: str
    due_on: str
    days_left: int
    todo: str
    who: str
    deed: str  # the move that settles it, for the button


@dataclass(frozen=True)
class DueCounts:
    """How many things are overdue, due today, due soon."""

    overdue: int
    today: int
    soon: int

    @property
    def all(self) -> int:
        """Everything within seven days."""
        return self.overdue + self.today + self.soon


def due_work(desk: Desk, *, limit: int = MOST_LINES) -> list[DueLine]:
    """Everything due within seven days, the longest overdue first."""
    lines: list[DueLine] = []
    with desk.books.read() as conn:
        for record, due in _clocks():
            lines += _lines(desk, conn, record, due, limit)
    lines.sort(key=lambda line: (line.due_on, line.kind, line.record))
    return lines[:limit]


def due_counts(desk: Desk) -> DueCounts:
    """The same, counted."""
    overdue = today = soon = 0
    with desk.books.read() as conn:
        for record, due in _clocks():
            for back, count in _grouped(desk, conn, record, due):
                if back < desk.today:
                    overdue += count
                elif back == desk.today:
                    today += count
                else:
                    soon += count
    return DueCounts(overdue, today, soon)


def due_by_type(desk: Desk) -> dict[str, DueCounts]:
    """Record type → counts, for the numbers in the navigation."""
    found: dict[str, DueCounts] = {}
    with desk.books.read() as conn:
        for record, due in _clocks():
            so_far = found.get(record.__tablename__, DueCounts(0, 0, 0))
            for day, count in _grouped(desk, conn, record, due):
                late, now = day < desk.today, day == desk.today
                so_far = DueCounts(so_far.overdue + count * late, so_far.today + count * now, so_far.soon + count * (not late and not now))
            found[record.__tablename__] = so_far
    return found


def due_listing(desk: Desk, record: type[Record], due: Due, *, until: str) -> Listing:
    """The rows on which this clock has run out by the day `until`."""
    field, latest = (due.field, until) if due.field else (due.since, days.after(until, -desk.number(due.setting)))
    chips = (Filter("state", "is", due.states), Filter(field, "until", (latest,)))
    return Listing(record, chips, order=field, community=desk.community)


def due_day(desk: Desk, record: type[Record], row_state: str | None, values: dict[str, str | None]) -> str | None:
    """The day by which the present state of one record should end; None when no clock runs."""
    due = record.flow.due_in(row_state) if record.flow else None
    if due is None:
        return None
    if due.field:
        return values.get(due.field)
    since = values.get(due.since)
    return desk.due(due.setting, since) if since else None


def _clocks() -> list[tuple[type[Record], Due]]:
    return [(record, due) for record in RECORD_TYPES if record.flow for due in record.flow.due]


def _where(desk: Desk, record: type[Record], due: Due) -> tuple[ColumnElement[str], list[ColumnElement[bool]], int]:
    """The column that the clock reads, which rows it runs on, and how many days are added to it."""
    table = record.table()
    add = 0 if due.field else desk.number(due.setting)
    column = table.c[due.field or due.since]
    latest = days.after(desk.today, SOON_DAYS - add)
    where = [
        table.c.community == desk.community, table.c.ended_on.is_(None), table.c.state.in_(due.states),
        column.is_not(None), column <= latest,
    ]  # fmt: skip
    return column, where, add


def _grouped(desk: Desk, conn: Connection, record: type[Record], due: Due) -> list[tuple[str, int]]:
    column, where, add = _where(desk, record, due)
    found = conn.execute(select(column, func.count()).where(*where).group_by(column))
    return [(days.after(day, add), count) for day, count in found]


def _lines(desk: Desk, conn: Connection, record: type[Record], due: Due, limit: int) -> list[DueLine]:
    table = record.table()
    column, where, add = _where(desk, record, due)
    rows = conn.execute(select(table).where(*where).order_by(column).limit(limit)).mappings().all()
    names = link_titles(conn, desk.community, record, rows, only=record.named_by)
    if "place" in record.fields():
        names |= titles(conn, desk.community, "place", [row["place"] for row in rows if row["place"]])
    topics = [key for key, spec in record.fields().items() if isinstance(spec.kind, Choice) and key in ("topic", "danger_kind", "who")]
    lines = []
    for row in rows:
        day = days.after(row[column.name], add)
        parts = [names.get(row["place"] or "", "")] if "place" in record.fields() and "place" not in record.named_by else []
        parts += [str(row[key]) for key in topics if row[key]]
        move = next((move for move in record.flow.moves_from(row["state"])), None) if record.flow else None
        lines.append(DueLine(
            record.__tablename__, row["id"], title_of(record, row, names), " · ".join(part for part in parts if part),
            day, days.between(desk.today, day), due.todo, row["changed_by"], move.deed if move else "",
        ))  # fmt: skip
    return lines
