"""What the workbench shows, read in one go: due work, the month so far with the five before it, what came back from the district.

Every number here is a figure of figure_lines.py or a count of rows, and a click opens them: `figures.behind` gives their condition.
"""

from dataclasses import dataclass

from sqlalchemy import func, select

from desktop.model import days
from desktop.model.courier import Batch, Receipt
from desktop.office import figures
from desktop.office.backups import LastBackup, last_backup
from desktop.office.completeness import Completeness, of_one
from desktop.office.desk import Desk
from desktop.office.due import DueCounts, DueLine, due_counts, due_work
from desktop.office.figure_lines import Span
from desktop.store.journal import knowledge_of
from desktop.store.page import Filter
from desktop.store.tables import covered, fate, journal

MONTHS = 6
SERIES = ("6", "7", "8", "14.times", "25.found", "25.fixed")
OF_MONTH = ("7.overdue", "8.opinion", "14.minutes", "14.volunteer", "25.overdue")


@dataclass(frozen=True)
class MonthValue:
    """A figure in one month."""

    month: str
    value: int


@dataclass(frozen=True)
class Returned:
    """What the newest receipts say: batches, open records by fate, numbers the district never saw."""

    receipt_on: str | None
    batch: int | None
    taken: int
    open: dict[str, int]
    unseen: tuple[int, ...]


@dataclass(frozen=True)
class Upload:
    """Where sending stands: the last batch, and how many changes no receipt covers yet."""

    number: int | None
    made_on: str | None
    state: str | None
    waiting: int


@dataclass(frozen=True)
class Seen:
    """The workbench at one moment."""

    counts: DueCounts
    lines: tuple[DueLine, ...]
    returned: Returned
    upload: Upload
    backup: LastBackup | None
    completeness: Completeness
    series: dict[str, list[MonthValue]]
    values: dict[str, int]
    projects_of_year: int


def look_round(desk: Desk) -> Seen:
    """Everything the workbench shows; several hundred milliseconds of reading, so never on the GUI thread."""
    span = month_so_far(desk)
    return Seen(
        due_counts(desk), tuple(due_work(desk)), returned(desk), upload(desk),
        last_backup(desk), of_one(desk, *days.month_bounds(desk.today[:7])), {key: series(desk, key) for key in SERIES},
        {key: figures.value(desk, key, span) for key in OF_MONTH},
        figures.value(desk, "8", Span(span.scope, f"{span.until[:4]}-01-01", span.until)),
    )  # fmt: skip


def month_so_far(desk: Desk) -> Span:
    """From the first of the month to today."""
    return Span(desk.community, f"{desk.today[:7]}-01", desk.today)


def behind_gap(desk: Desk, field: str) -> tuple[Filter, ...]:
    """The rows that the month's completeness counted as lacking this field."""
    since, until = days.month_bounds(desk.today[:7])
    return Filter(field, "empty"), Filter("changed_at", "between", (since, until + "~"))


def months_until(today: str, many: int = MONTHS) -> list[str]:
    """The last months, the running one last."""
    found = [today[:7]]
    while len(found) < many:
        found.append(days.after(f"{found[-1]}-01", -1)[:7])
    return found[::-1]


def series(desk: Desk, key: str) -> list[MonthValue]:
    """A figure month by month, the running month up to today; what has been closed or put right since counts for its month."""
    found = []
    for month in months_until(desk.today):
        since, until = days.month_bounds(month)
        found.append(MonthValue(month, figures.value(desk, key, Span(desk.community, since, min(until, desk.today), desk.today))))
    return found


def returned(desk: Desk) -> Returned:
    """What came back from the district."""
    batches = [row for row in desk.rows(Batch, direction="发出") if row["state"] in ("已入库", "已接收")]
    receipts = sorted(desk.rows(Receipt, direction="收到"), key=lambda row: int(row["number"]))
    newest = max(batches, key=lambda row: int(row["number"]), default=None)
    with desk.books.read() as conn:
        counts = {row.fate: int(row.many) for row in conn.execute(select(fate.c.fate, func.count().label("many")).group_by(fate.c.fate))}
    unseen = tuple(int(number) for number in (receipts[-1]["unseen"] or "").split(",") if number) if receipts else ()
    lost = {row["number"] for row in desk.rows(Batch, direction="发出") if row["lost_on"]}
    return Returned(
        receipts[-1]["dated_on"] if receipts else None, newest["number"] if newest else None, (newest["taken"] or 0) if newest else 0,
        counts, tuple(number for number in unseen if number not in lost),
    )  # fmt: skip


def upload(desk: Desk) -> Upload:
    """Where sending stands; the changes are counted by the journal, as the next batch will choose them."""
    batches = sorted(desk.rows(Batch, direction="发出"), key=lambda row: int(row["number"]))
    last = batches[-1] if batches else None
    with desk.books.read() as conn:
        ours = knowledge_of(conn, desk.community)
        known = {row.sitting: row.tick for row in conn.execute(
            select(covered.c.sitting, func.max(covered.c.tick).label("tick"))
            .where(covered.c.community == desk.community)
            .group_by(covered.c.sitting)
        )}  # fmt: skip
        waiting = 0
        for sitting, tick in ours.items():
            if tick > known.get(sitting, 0):
                query = select(func.count(func.distinct(journal.c.record))).where(
                    journal.c.community == desk.community, journal.c.sitting == sitting, journal.c.tick > known.get(sitting, 0),
                    journal.c.kind.not_in(("user", "setting", "batch", "receipt")),
                )  # fmt: skip
                waiting += int(conn.execute(query).scalar_one())
    return Upload(last["number"] if last else None, last["made_on"] if last else None, last["state"] if last else None, waiting)
