"""Writing what a merge decided: rows, journal and search words in bulk, inside the one transaction of the batch."""

from collections.abc import Mapping, Sequence
from functools import cache

from sqlalchemy import BindParameter, Connection, Update, bindparam, delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from desktop.model import record_type
from desktop.model.record import Record
from desktop.store import search
from desktop.store.journal import Change, as_json
from desktop.store.tables import held, journal, knowledge, tombstone
from desktop.store.work import Work, insert_into
from desktop.sync.accepting import Accepted, Key, State, changes_of
from desktop.sync.batch import Line, encode

KEY = ("community", "id")


@cache
def update_of(record: type[Record]) -> Update:
    """One prepared statement that sets every column of a row."""
    table = record.table()
    columns = [column.name for column in table.columns if column.name not in KEY]
    values: dict[str, BindParameter[object]] = {name: bindparam(f"new_{name}") for name in columns}
    return update(table).where(table.c.community == bindparam("at_community"), table.c.id == bindparam("at_id")).values(values)


def write_accepted(work: Work, office: str, accepted: Accepted) -> None:
    """Everything that was decided is in its place."""
    for line in accepted.erased:
        _erase(work, office, line)
    _release(work.conn, office, accepted.released | set(accepted.holding))
    _hold(work.conn, office, accepted.holding)
    for kind, ids in _grouped(accepted.leaving).items():
        _take_out(work.conn, office, record_type(kind), ids)
    for record, states in _by_record(accepted.new).items():
        work.conn.execute(insert_into(record), [state.row for state in states])
        search.index_new(work.conn, record, [state.row for state in states])
        work.touched.add(record.__tablename__)
    for record, states in _by_record(accepted.changed).items():
        work.conn.execute(update_of(record), [_parameters(state) for state in states])
        again = [state.row for state in states if _is_indexed(record, state)]
        search.unindex(work.conn, record, [row["id"] for row in again])
        search.index_new(work.conn, record, again)
        work.touched.add(record.__tablename__)
    _journal(work, office, [*accepted.new, *accepted.changed])


def _parameters(state: State) -> dict[str, object]:
    named = {f"new_{name}": value for name, value in state.row.items() if name not in KEY}
    return {**named, "at_community": state.row["community"], "at_id": state.row["id"]}


def _is_indexed(record: type[Record], state: State) -> bool:
    fields, tags = record.fields(), search.tag_kinds(record)
    return any(name in fields and (fields[name].searched or name in tags) for name in state.changed)


def _journal(work: Work, office: str, states: Sequence[State]) -> None:
    rows = [_journal_row(work, office, change, stamp) for state in states for change, stamp in changes_of(state)]
    if rows:
        work.conn.execute(insert(journal), rows)


def _journal_row(work: Work, office: str, change: Change, stamp: tuple[str, int]) -> dict[str, object]:
    return {
        "community": office, "sitting": stamp[0], "tick": stamp[1], "kind": change.kind, "record": change.record,
        "field": change.field, "old": as_json(change.old), "new": as_json(change.new), "deed": work.deed, "who": office, "at": work.at,
    }  # fmt: skip


def _erase(work: Work, office: str, line: Line) -> None:
    """An erased record: values leave everything that is kept here, a tombstone stays."""
    record = record_type(line.k)
    _take_out(work.conn, office, record, [line.id])
    gone = (journal.c.community == office, journal.c.record == line.id)
    work.conn.execute(update(journal).where(*gone).values(old=None, new=None))
    stone = upsert(tombstone).values(community=office, kind=line.k, record=line.id, sitting=line.s[0], tick=line.s[1], reason=line.erased)
    work.conn.execute(stone.on_conflict_do_nothing())
    work.touched.add(line.k)


def _take_out(conn: Connection, office: str, record: type[Record], ids: Sequence[str]) -> None:
    table = record.table()
    for start in range(0, len(ids), 500):
        conn.execute(delete(table).where(table.c.community == office, table.c.id.in_(ids[start : start + 500])))
    search.unindex(conn, record, ids)


def _release(conn: Connection, office: str, keys: set[Key]) -> None:
    waiting = {(row.kind, row.record) for row in conn.execute(select(held.c.kind, held.c.record).where(held.c.community == office))}
    for kind, record in waiting & keys:
        conn.execute(delete(held).where(held.c.community == office, held.c.kind == kind, held.c.record == record))


def _hold(conn: Connection, office: str, lines: Mapping[Key, Line]) -> None:
    rows = [{"community": office, "kind": kind, "record": key, "line": encode(line).decode()} for (kind, key), line in lines.items()]
    if rows:
        conn.execute(insert(held), rows)


def _grouped(keys: set[Key]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for kind, record in sorted(keys):
        groups.setdefault(kind, []).append(record)
    return groups


def _by_record(states: Sequence[State]) -> dict[type[Record], list[State]]:
    groups: dict[type[Record], list[State]] = {}
    for state in states:
        groups.setdefault(state.record, []).append(state)
    return groups


def learn(conn: Connection, office: str, known: Mapping[str, int]) -> None:
    """Our knowledge of an office's records reaches this far."""
    rows = [{"community": office, "sitting": sitting, "tick": tick} for sitting, tick in known.items()]
    if not rows:
        return
    new = upsert(knowledge)
    conn.execute(
        new.on_conflict_do_update(
            index_elements=["community", "sitting"],
            set_={"tick": new.excluded.tick},
            where=knowledge.c.tick < new.excluded.tick,
        ),
        rows,
    )
