"""Taking a whole deed back by its stamp: what nobody touched since is as before, what somebody did is kept and named.

The journal knows what belonged to a deed; an import and a change of many records are undone by the same two steps.
"""

from collections.abc import Iterable

from sqlalchemy import select

from desktop.model.contents import record_type
from desktop.model.keeping import Setting
from desktop.model.kinds import Value
from desktop.store.journal import from_json
from desktop.store.tables import journal
from desktop.store.work import Row, Work

AT_ONCE = 500


def changes_of(work: Work, sitting: str, tick: int, deed: str) -> list[Row]:
    """The journal of one deed, without what it remembered for itself."""
    where = (journal.c.community == work.community, journal.c.sitting == sitting, journal.c.tick == tick)
    found = work.conn.execute(select(journal).where(*where, journal.c.deed == deed).order_by(journal.c.seq)).mappings()
    return [row for row in found if row["kind"] != Setting.__tablename__]


def living(work: Work, keys: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Row]:
    """(type, id) → row, of those that still hold."""
    found: dict[tuple[str, str], Row] = {}
    by_kind: dict[str, list[str]] = {}
    for kind, key in sorted(keys):
        by_kind.setdefault(kind, []).append(key)
    for kind, ids in by_kind.items():
        table = record_type(kind).table()
        for begin in range(0, len(ids), AT_ONCE):
            where = (table.c.community == work.community, table.c.id.in_(ids[begin : begin + AT_ONCE]), table.c.ended_on.is_(None))
            found |= {(kind, row["id"]): row for row in work.conn.execute(select(table).where(*where)).mappings()}
    return found


def put_back(work: Work, events: list[Row], sitting: str, tick: int) -> tuple[int, list[str]]:
    """The old values of what the deed changed, where nobody changed it since; how many records, and the titles of the others."""
    old: dict[tuple[str, str], dict[str, Value]] = {}
    for event in events:
        old.setdefault((event["kind"], event["record"]), {})[event["field"]] = from_json(event["old"])
    restored, later = 0, []
    for (kind, key), row in living(work, old).items():
        if (row["sitting"], row["tick"]) != (sitting, tick):
            later.append(record_type(kind).called(row))
            continue
        restored += work.change(record_type(kind), key, **old[kind, key])
    return restored, later
