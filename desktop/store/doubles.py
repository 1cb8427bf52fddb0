"""What no two living records of a community share: asked for before a row is written, and refused with the record that has it."""

from collections.abc import Collection, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, bindparam, select

from desktop.model.errors import Mistake
from desktop.model.kinds import Value
from desktop.model.language import _
from desktop.model.record import Kept, Record


@cache
def unique_fields(record: type[Record]) -> tuple[str, ...]:
    """The fields that no two living records of one community share."""
    return tuple(key for key, spec in record.fields().items() if spec.unique)


@cache
def taken_values(record: type[Record], key: str) -> Select[tuple[Value]]:
    """Which of some values of a unique field a living record has already."""
    table = record.table()
    wanted = table.c[key].in_(bindparam("values", expanding=True))
    return select(table.c[key]).where(table.c.community == bindparam("community"), wanted, table.c.ended_on.is_(None))


def refuse_double_among(record: type[Record], row: Kept, before: set[tuple[str, Value]]) -> None:
    """What no two records share must not stand twice in one entry either; `before` holds what stood in it so far."""
    for key in unique_fields(record):
        if row[key] is not None:
            if (key, row[key]) in before:
                record.refuse_mistakes([Mistake(key, _("和这一批里的另一条相同"))], record.called(row))
            before.add((key, row[key]))


def refuse_doubles(conn: Connection, community: str, record: type[Record], rows: Sequence[Kept]) -> None:
    """What no two records share is asked for once a field, not once a row."""
    for key in unique_fields(record):
        values = [row[key] for row in rows if row[key] is not None]
        taken: set[Value] = set()
        for begin in range(0, len(values), 500):
            wanted = {"community": community, "values": values[begin : begin + 500]}
            found: Sequence[Any] = conn.execute(taken_values(record, key), wanted).scalars().all()
            taken.update(found)
        for row in rows:
            if row[key] in taken:
                refuse_double(conn, community, record, row)


def refuse_double(conn: Connection, community: str, record: type[Record], row: Kept, among: Collection[str] | None = None) -> None:
    """No other living record has these values; `among` names the fields that are asked for, when not all are."""
    table = record.table()
    for key in unique_fields(record):
        value = row[key]
        if value is None or (among is not None and key not in among):
            continue
        other = conn.execute(
            select(table).where(
                table.c.community == community, table.c[key] == value,
                table.c.ended_on.is_(None), table.c.id != (row.get("id") or ""),
            ).limit(1)
        ).mappings().first()  # fmt: skip
        if other is not None:
            said = _("已有同样的记录：{title}").format(title=record.called(other))
            record.refuse_mistakes([Mistake(key, said)], record.called(row))
