"""完整度: the share of the fields a record should have when it goes up that are really filled, with the list of gaps behind it.

What counts is said by the definition: a required field that travels. The records are those of the period (entered or changed in
it), so that an old gap is not held against a month for ever.
"""

from dataclasses import dataclass

from sqlalchemy import Connection, case, func, select

from desktop.model.contents import RECORD_TYPES
from desktop.model.field import Field, Upward
from desktop.model.record import Record
from desktop.office.desk import Desk
from desktop.office.figure_lines import within


@dataclass(frozen=True)
class Gap:
    """A field that is empty in so many records of one office."""

    community: str
    kind: str
    field: str
    label: str
    count: int


@dataclass(frozen=True)
class Completeness:
    """Filled out of wanted, and the gaps, the largest first."""

    filled: int
    wanted: int
    gaps: tuple[Gap, ...]

    @property
    def share(self) -> float:
        """1.0 when nothing is wanted."""
        return self.filled / self.wanted if self.wanted else 1.0


# Fields that a complete record has though nobody is stopped from saving without them.
EXPECTED: dict[str, tuple[str, ...]] = {
    "person": ("sex", "estate"),
    "check_in": ("reported_on",),
    "opinion": ("place", "topic"),
    "livelihood_project": ("place", "lead"),
    "activity": ("place",),
    "danger": ("responsible",),
}


def wanted_fields(record: type[Record]) -> list[Field]:
    """The fields of a record type that should be filled when it goes up."""
    expected = EXPECTED.get(record.__tablename__, ())
    fields = record.fields().values()
    return [one for one in fields if one.upward is not Upward.NEVER and (one.required or one.key in expected)]


def of_each(desk: Desk, scope: str, since: str, until: str) -> dict[str, Completeness]:
    """Community → completeness, over a scope: for the district's board in one pass a record type."""
    filled: dict[str, int] = {}
    wanted: dict[str, int] = {}
    gaps: dict[str, list[Gap]] = {}
    with desk.books.read() as conn:
        for record in RECORD_TYPES:
            if record.travels:
                _count(conn, record, scope, since, until, filled, wanted, gaps)
    return {
        code: Completeness(filled[code], wanted[code], tuple(sorted(gaps.get(code, []), key=lambda gap: -gap.count))) for code in wanted
    }


def of_one(desk: Desk, since: str, until: str) -> Completeness:
    """The completeness of this office."""
    return of_each(desk, desk.community, since, until).get(desk.community, Completeness(0, 0, ()))


def _count(
    conn: Connection, record: type[Record], scope: str, since: str, until: str,
    filled: dict[str, int], wanted: dict[str, int], gaps: dict[str, list[Gap]],
) -> None:  # fmt: skip
    table, fields = record.table(), wanted_fields(record)
    empties = [func.sum(case((table.c[one.key].is_(None), 1), else_=0)).label(one.key) for one in fields]
    query = (
        select(table.c.community, func.count().label("rows"), *empties)
        .where(within(table.c.community, scope), table.c.ended_on.is_(None), table.c.changed_at.between(since, until + "~"))
        .group_by(table.c.community)
    )
    for row in conn.execute(query).mappings():
        code, many = row["community"], row["rows"]
        wanted[code] = wanted.get(code, 0) + many * len(fields)
        filled[code] = filled.get(code, 0) + many * len(fields) - sum(row[one.key] for one in fields)
        for one in fields:
            if row[one.key]:
                gaps.setdefault(code, []).append(Gap(code, record.__tablename__, one.key, one.label, row[one.key]))
