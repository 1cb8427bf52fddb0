"""Which records leave: everything with a change that the receiver, by its newest receipt, does not know.

The list that the clerk reads and the file that is sealed are both made from here, so what the screen says is what leaves.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Row, func, select

from desktop.model.record import Record
from desktop.store.tables import covered, journal, knowledge, tombstone
from desktop.sync import travel
from desktop.sync.batch import Line
from desktop.sync.knowledge import Knowledge

CHUNK = 500
ERASED = "已依法清除"  # the reason as it was typed may name somebody; it stays here


@dataclass(frozen=True)
class Leaving:
    """One record that leaves: its line, and whether the district never saw it."""

    record: type[Record]
    line: Line
    is_new: bool


@dataclass
class Uncovered:
    """What somebody who knows so much has not heard of: kind → record → whether it is new to him; and since which day."""

    records: dict[str, dict[str, bool]] = field(default_factory=dict)
    since_on: str = ""
    is_all: bool = False  # he knows nothing at all, so whole tables are read through instead of record by record


def covered_by(conn: Connection, office: str, community: str) -> Knowledge:
    """What an office above knows of us by its newest receipt, under the present rules of what travels."""
    where = (covered.c.office == office, covered.c.scope == travel.scope(), covered.c.community == community)
    return {row.sitting: row.tick for row in conn.execute(select(covered.c.sitting, covered.c.tick).where(*where))}


def uncovered(conn: Connection, community: str, known: Knowledge) -> Uncovered:
    """Every record with a change outside this knowledge."""
    if not known:
        return _everything(conn, community)
    found = Uncovered()
    sittings = conn.execute(select(knowledge.c.sitting, knowledge.c.tick).where(knowledge.c.community == community)).all()
    born = func.max((journal.c.field == "") & journal.c.new.is_(None))
    kinds = {record.__tablename__ for record in travel.travelling_types()}
    for sitting, tick in sittings:
        if tick <= known.get(sitting, 0):
            continue
        query = (
            select(journal.c.kind, journal.c.record, born, func.min(journal.c.at))
            .where(journal.c.community == community, journal.c.sitting == sitting, journal.c.tick > known.get(sitting, 0))
            .group_by(journal.c.kind, journal.c.record)
        )
        for kind, record, is_new, at in conn.execute(query).all():
            if kind in kinds:
                of_kind = found.records.setdefault(kind, {})
                of_kind[record] = of_kind.get(record, False) or bool(is_new)
                found.since_on = min(found.since_on or at[:10], at[:10])
    return found


def _everything(conn: Connection, community: str) -> Uncovered:
    found = Uncovered(is_all=True)
    for record in travel.travelling_types():
        ids = conn.execute(select(record.table().c.id).where(record.table().c.community == community)).scalars().all()
        if ids:
            found.records[record.__tablename__] = dict.fromkeys(ids, True)
    kinds = {record.__tablename__ for record in travel.travelling_types()}
    for row in conn.execute(select(tombstone.c.kind, tombstone.c.record).where(tombstone.c.community == community)):
        if row.kind in kinds:
            found.records.setdefault(row.kind, {})[row.record] = False
    first = select(journal.c.at).where(journal.c.community == community).order_by(journal.c.seq).limit(1)
    found.since_on = str(conn.execute(first).scalar() or "")[:10]
    return found


def choose(conn: Connection, community: str, known: Uncovered, hmac_key: bytes) -> dict[str, Iterator[Leaving]]:
    """Every record that leaves, type by type in the order of the contents page; read while they are taken."""
    leaving = [record for record in travel.travelling_types() if record.__tablename__ in known.records]
    return {record.__tablename__: _of_type(conn, record, community, known, hmac_key) for record in leaving}


def _of_type(conn: Connection, record: type[Record], community: str, known: Uncovered, hmac_key: bytes) -> Iterator[Leaving]:
    wanted, met = known.records[record.__tablename__], set()
    for row in _rows(conn, record, community, None if known.is_all else sorted(wanted)):
        line = travel.line_of_values(record, row, hmac_key)
        met.add(line.id)
        yield Leaving(record, line, wanted[line.id])
    if len(met) < len(wanted):
        yield from _erased(conn, record, community, wanted.keys() - met)


def _rows(conn: Connection, record: type[Record], community: str, ids: list[str] | None) -> Iterator[Row[Any]]:
    """What lines are made from, for these records or for all."""
    table = record.table()
    query = select(*(table.c[name] for name in travel.line_columns(record))).where(table.c.community == community)
    if ids is None:
        for rows in conn.execute(query.order_by(table.c.id)).partitions(CHUNK):
            yield from rows
        return
    for start in range(0, len(ids), CHUNK):
        yield from conn.execute(query.where(table.c.id.in_(ids[start : start + CHUNK]))).all()


def _erased(conn: Connection, record: type[Record], community: str, ids: Collection[str]) -> Iterator[Leaving]:
    stones = select(tombstone).where(tombstone.c.community == community, tombstone.c.kind == record.__tablename__)
    for row in conn.execute(stones.order_by(tombstone.c.record)).all():
        if row.record in ids:
            yield Leaving(record, Line(row.kind, row.record, (row.sitting, row.tick), erased=ERASED), False)
