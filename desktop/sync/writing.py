"""Writing what a merge decided: rows, journal and search words in bulk, inside the one transaction of the batch."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from operator import itemgetter

from sqlalchemy import BindParameter, Connection, Update, bindparam, delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from desktop.model.contents import record_type
from desktop.model.record import Record
from desktop.store import search
from desktop.store.bulk import add_rows
from desktop.store.journal import KNOW, as_json
from desktop.store.tables import held, journal, tombstone
from desktop.store.work import Work
from desktop.sync import travel
from desktop.sync.accepting import Accepted, changes_of
from desktop.sync.batch import Line, encode
from desktop.sync.showing import CHUNK, Key, State, grouped

MERGED = ("sitting", "tick", "stamps", "extra", "version", "changed_at", "changed_by")  # every merge of a record sets these

JOURNAL = ("community", "sitting", "tick", "kind", "record", "field", "old", "new", "deed", "who", "at")


@lru_cache(maxsize=512)
def update_of(record: type[Record], columns: tuple[str, ...]) -> Update:
    """One prepared statement that sets these columns of a row: an index is touched only when its column is named."""
    table = record.table()
    values: dict[str, BindParameter[object]] = {name: bindparam(f"new_{name}") for name in columns}
    return update(table).where(table.c.community == bindparam("at_community"), table.c.id == bindparam("at_id")).values(values)


def write_accepted(work: Work, office: str, accepted: Accepted) -> None:
    """Everything that was decided is in its place."""
    for line in accepted.erased:
        _erase(work, office, line)
    _release(work.conn, office, accepted.released | set(accepted.holding))
    _hold(work.conn, office, accepted.holding)
    for kind, ids in grouped(accepted.leaving).items():
        _take_out(work.conn, office, record_type(kind), ids)
    for record, states in _by_record(accepted.new).items():
        names = [column.name for column in record.table().columns]
        values = itemgetter(*names)
        add_rows(work.conn, record.table(), names, [values(state.row) for state in states])
        search.index_new(work.conn, record, [state.row for state in states])
        work.touched.add(record.__tablename__)
    for record, states in _by_record(accepted.changed).items():
        for columns, alike in _by_columns(states).items():
            work.conn.execute(update_of(record, columns), [_parameters(state, columns) for state in alike])
        again = [state.row for state in states if _is_indexed(record, state)]
        search.unindex(work.conn, record, [row["id"] for row in again], office)
        search.index_new(work.conn, record, again)
        work.touched.add(record.__tablename__)
    _journal(work, office, [*accepted.new, *accepted.changed])


def _by_columns(states: Sequence[State]) -> dict[tuple[str, ...], list[State]]:
    """Records that changed in the same columns are written together."""
    groups: dict[tuple[str, ...], list[State]] = {}
    for state in states:
        columns = [*state.changed, *MERGED, "sort_key"] if state.record.named_by[0] in state.changed else [*state.changed, *MERGED]
        groups.setdefault(tuple(columns), []).append(state)
    return groups


def _parameters(state: State, columns: tuple[str, ...]) -> dict[str, object]:
    row = state.row
    return {"at_community": row["community"], "at_id": row["id"], **{f"new_{name}": row[name] for name in columns}}


def _is_indexed(record: type[Record], state: State) -> bool:
    fields, tags = record.fields(), search.tag_kinds(record)
    return any(name in fields and (fields[name].searched or name in tags) for name in state.changed)


def _journal(work: Work, office: str, states: Sequence[State]) -> None:
    add_rows(work.conn, journal, JOURNAL, [
        (office, *stamp, change.kind, change.record, change.field, as_json(change.old), as_json(change.new), work.deed, office, work.at)
        for state in states for change, stamp in changes_of(state)
    ])  # fmt: skip


def _erase(work: Work, office: str, line: Line) -> None:
    """An erased record: values leave everything that is kept here, a tombstone stays."""
    known = [record for record in travel.travelling_types() if record.__tablename__ == line.k]
    for record in known:
        _take_out(work.conn, office, record, [line.id])
    gone = (journal.c.community == office, journal.c.record == line.id, journal.c.kind == line.k)
    work.conn.execute(update(journal).where(*gone).values(old=None, new=None))
    stone = upsert(tombstone).values(community=office, kind=line.k, record=line.id, sitting=line.s[0], tick=line.s[1], reason=line.erased)
    work.conn.execute(stone.on_conflict_do_nothing())
    work.touched.add(line.k)


def _take_out(conn: Connection, office: str, record: type[Record], ids: Sequence[str]) -> None:
    table = record.table()
    for start in range(0, len(ids), CHUNK):
        conn.execute(delete(table).where(table.c.community == office, table.c.id.in_(ids[start : start + CHUNK])))
    search.unindex(conn, record, ids, office)


def _release(conn: Connection, office: str, keys: set[Key]) -> None:
    waiting = {(row.kind, row.record) for row in conn.execute(select(held.c.kind, held.c.record).where(held.c.community == office))}
    rows = [{"at_kind": kind, "at_record": record} for kind, record in sorted(waiting & keys)]
    if rows:
        at = (held.c.community == office, held.c.kind == bindparam("at_kind"), held.c.record == bindparam("at_record"))
        conn.execute(delete(held).where(*at), rows)


def _hold(conn: Connection, office: str, lines: Mapping[Key, Line]) -> None:
    rows = [{"community": office, "kind": kind, "record": key, "line": encode(line).decode()} for (kind, key), line in lines.items()]
    if rows:
        conn.execute(insert(held), rows)


def _by_record(states: Sequence[State]) -> dict[type[Record], list[State]]:
    groups: dict[type[Record], list[State]] = {}
    for state in states:
        groups.setdefault(state.record, []).append(state)
    return groups


def learn(conn: Connection, office: str, ours: Mapping[str, int], theirs: Mapping[str, int]) -> None:
    """Our knowledge of an office's records covers theirs, too."""
    rows = [{"community": office, "sitting": name, "tick": tick} for name, tick in theirs.items() if ours.get(name, 0) < tick]
    if rows:
        conn.execute(KNOW, rows)
