"""The decision about every line of a batch, before anything is written: merged how, shown or held, with which fate.

The outcome does not hang on the order in which batches come: fields merge by their stamps, and which of two records that may
not both stand (one ID number, one name of a unit) is held is decided by their ids, never by who came first.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import RowMapping, select

from desktop.model import record_type
from desktop.model.errors import Refusal
from desktop.model.field import Upward
from desktop.model.kinds import Value as Plain
from desktop.model.kinds import is_hash, is_masked
from desktop.model.record import Record
from desktop.store.journal import Change
from desktop.store.tables import tombstone
from desktop.store.work import Work, sort_key, stamped_fields, unique_fields
from desktop.sync import travel
from desktop.sync.batch import Line, OpenRecord
from desktop.sync.knowledge import Entry, Fate, Field, Value, in_conflict, knows, merge_field, shown
from desktop.sync.lines import fields_of, line_of

Key = tuple[str, str]
CHUNK = 500


@dataclass(frozen=True)
class Candidate:
    """A line to be merged; with it the line that waited here under the same id."""

    line: Line
    waiting: Line | None
    is_sent: bool  # it stands in this batch; otherwise it only waited for something that may stand in it


@dataclass
class State:
    """A record as it would stand after the merge."""

    record: type[Record]
    row: dict[str, Any]
    old: RowMapping | None
    changed: dict[str, tuple[Plain, tuple[str, int]]] = field(default_factory=dict)  # field → value before, stamp of the new one
    conflicts: dict[str, Value] = field(default_factory=dict)  # field → the value that is not shown
    fate: Fate = Fate.TAKEN
    is_sent: bool = True
    complaint: tuple[Fate, str, str] | None = None

    @property
    def key(self) -> Key:
        """Type and id."""
        return self.record.__tablename__, str(self.row["id"])


@dataclass
class Accepted:
    """Everything that is to be written."""

    new: list[State] = field(default_factory=list)
    changed: list[State] = field(default_factory=list)
    holding: dict[Key, Line] = field(default_factory=dict)
    leaving: set[Key] = field(default_factory=set)  # rows that go from their table into `held`
    released: set[Key] = field(default_factory=set)  # lines that need not be held any more
    erased: list[Line] = field(default_factory=list)
    fates: dict[Key, Fate] = field(default_factory=dict)
    open: list[OpenRecord] = field(default_factory=list)


def accept(work: Work, office: str, candidates: Sequence[Candidate], ours: Mapping[str, int], theirs: Mapping[str, int]) -> Accepted:
    """Decide every line."""
    found = Accepted()
    gone = _tombstones(work, office)
    states: dict[Key, State] = {}
    for kind, group in _by_kind(candidates).items():
        try:
            record = record_type(kind)
        except KeyError:
            for one in group:
                _hold_unknown(found, one)
            continue
        rows = _rows(work, record, office, [one.line.id for one in group])
        for one in group:
            key = (kind, one.line.id)
            found.released.add(key)
            if one.line.erased:
                found.erased.append(one.line)
                found.fates[key] = Fate.SAME if key in gone else Fate.TAKEN
            elif key in gone:
                found.fates[key] = Fate.SAME
            else:
                states[key] = _state(work, record, office, one, rows.get(one.line.id), ours, theirs)
    _complain(work, office, states)
    for key, state in states.items():
        _file(found, key, state)
    return found


def _by_kind(candidates: Iterable[Candidate]) -> dict[str, list[Candidate]]:
    groups: dict[str, list[Candidate]] = {}
    for one in candidates:
        groups.setdefault(one.line.k, []).append(one)
    return groups


def _tombstones(work: Work, office: str) -> set[Key]:
    found = work.conn.execute(select(tombstone.c.kind, tombstone.c.record).where(tombstone.c.community == office))
    return {(row.kind, row.record) for row in found}


def _rows(work: Work, record: type[Record], office: str, ids: Sequence[str]) -> dict[str, RowMapping]:
    table, found = record.table(), {}
    for start in range(0, len(ids), CHUNK):
        where = (table.c.community == office, table.c.id.in_(ids[start : start + CHUNK]))
        found.update({row["id"]: row for row in work.conn.execute(select(table).where(*where)).mappings()})
    return found


def _hold_unknown(found: Accepted, one: Candidate) -> None:
    """A kind that a newer program will know."""
    key = (one.line.k, one.line.id)
    found.holding[key] = one.line
    found.fates[key] = Fate.WAITING
    found.open.append(OpenRecord(one.line.k, one.line.id, Fate.WAITING, "", "unknown-kind"))


def _state(
    work: Work, record: type[Record], office: str, one: Candidate, old: RowMapping | None,
    ours: Mapping[str, int], theirs: Mapping[str, int],
) -> State:  # fmt: skip
    if old is not None:
        return _changed(work, record, one, old, ours, theirs)
    if one.waiting is None:
        return _fresh(work, record, office, one.line, one.is_sent)
    there, merged = fields_of(one.line), fields_of(one.waiting)
    merged.update({name: merge_field(merged.get(name), field, ours, theirs).field for name, field in there.items()})
    display = {name: shown(field, ()) for name, field in merged.items() if len(field) > 1}
    return _fresh(work, record, office, line_of(one.line.k, one.line.id, one.line.s, merged, display), one.is_sent)


def _fresh(work: Work, record: type[Record], office: str, line: Line, is_sent: bool) -> State:
    """A record that was not shown here before."""
    known = stamped_fields(record)
    row: dict[str, Any] = dict.fromkeys(known)
    strange: dict[str, Any] = {}
    for name, value in line.f.items():
        if name in row:
            row[name] = travel.inward(value)
        else:
            strange[name] = [travel.inward(value), line.m.get(name, list(line.s))]
    conflicts = {}
    stamps: dict[str, Any] = {}
    mixed: dict[str, list[Any]] = {name: list(stamp) for name, stamp in line.m.items() if name in row}
    for name, stamp in mixed.items():
        stamps[name] = stamp if isinstance(stamp[0], str) else [[s, t, travel.inward(v)] for s, t, v in stamp]
        if stamps[name] is not stamp:
            conflicts[name] = next((v for _s, _t, v in stamp if v != line.f[name]), None)
    row.update(
        community=office, id=line.id, version=1, created_at=work.at, created_by=office, changed_at=work.at, changed_by=office,
        sitting=line.s[0], tick=line.s[1], stamps=_as_json(stamps), extra=_as_json(strange), sort_key=sort_key(record, row),
    )  # fmt: skip
    return State(record, row, None, conflicts=conflicts, fate=Fate.UNDECIDED if conflicts else Fate.TAKEN, is_sent=is_sent)


def _as_json(value: dict[str, Any]) -> str | None:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) if value else None


def _changed(
    work: Work, record: type[Record], one: Candidate, old: RowMapping, ours: Mapping[str, int], theirs: Mapping[str, int]
) -> State:
    """A record that stands here, field by field."""
    line, row = one.line, dict(old)
    before: dict[str, Any] = json.loads(old["stamps"]) if old["stamps"] else {}
    own: list[Any] = [old["sitting"], old["tick"]]
    sent: list[Any] = list(line.s)
    after: dict[str, Any] = {}
    state = State(record, row, old, fate=Fate.SAME, is_sent=one.is_sent)
    for name, value in line.f.items():
        if name not in row:
            continue
        x: list[Any] = before.get(name, own)
        y: list[Any] = list(line.m.get(name, sent))
        after[name] = x
        if isinstance(x[0], str) and isinstance(y[0], str):
            if x == y and row[name] == travel.inward(value):
                continue
            they_knew, we_knew = knows(theirs, (x[0], x[1])), knows(ours, (y[0], y[1]))
            if x != y and they_knew != we_knew:
                if they_knew:
                    after[name] = y
                    _take(state, name, travel.inward(value), (y[0], y[1]))
                continue
        _merge_slowly(state, name, _local(name, x, row), _incoming(y, value), ours, theirs, after)
    if any(after[name] != before.get(name, own) for name in after):
        stamp = sent if state.fate is not Fate.SAME else own
        stamps = {name: after.get(name, before.get(name, own)) for name in stamped_fields(record)}
        row.update(
            sitting=stamp[0], tick=stamp[1], version=old["version"] + 1, changed_at=work.at, changed_by=row["community"],
            stamps=_as_json({name: kept for name, kept in stamps.items() if kept != stamp}),
        )  # fmt: skip
        if record.named_by[0] in state.changed:
            row["sort_key"] = sort_key(record, row)
    return state


def _local(name: str, x: list[Any], row: Mapping[str, Any]) -> Field:
    if isinstance(x[0], str):
        return (Entry((x[0], x[1]), travel.unmasked(row[name])),)
    return tuple(Entry((s, t), travel.unmasked(v)) for s, t, v in x)


def _incoming(y: Sequence[Any], value: Value) -> Field:
    if isinstance(y[0], str):
        return (Entry((y[0], y[1]), value),)
    return tuple(sorted((Entry((s, t), v) for s, t, v in y), key=lambda entry: entry.stamp))


def _merge_slowly(
    state: State, name: str, local: Field, incoming: Field, ours: Mapping[str, int], theirs: Mapping[str, int], after: dict[str, Any]
) -> None:
    outcome = merge_field(local, incoming, ours, theirs)
    display = travel.inward(shown(outcome.field, ()))
    if len(outcome.field) == 1:
        after[name] = list(outcome.field[0].stamp)
    else:
        after[name] = [[*entry.stamp, travel.inward(entry.value)] for entry in outcome.field]
    if display != state.row[name]:
        _take(state, name, display, outcome.field[0].stamp)
    if in_conflict(outcome.field):
        state.fate = Fate.UNDECIDED
        state.conflicts[name] = next((e.value for e in outcome.field if travel.inward(e.value) != display), None)
    elif outcome.fate is Fate.TAKEN and state.fate is Fate.SAME:
        state.fate = Fate.TAKEN


def _take(state: State, name: str, value: Plain, stamp: tuple[str, int]) -> None:
    state.changed[name] = (state.row[name], stamp)
    state.row[name] = value
    if state.fate is Fate.SAME:
        state.fate = Fate.TAKEN


def _complain(work: Work, office: str, states: dict[Key, State]) -> None:
    """Find what may not be shown: broken rules, doubles, and what refers to records that are not here."""
    for state in states.values():
        state.complaint = broken_rule(state.record, state.row)
    _find_doubles(work, office, states)
    wanted = _references(states)
    there = _present(work, office, wanted)
    while True:
        missing = [
            (state, name)
            for state in states.values()
            if state.complaint is None
            for name, target in _targets(state)
            if not (states[target].complaint is None if target in states else target in there)
        ]
        if not missing:
            return
        for state, name in missing:
            state.complaint = (Fate.WAITING, name, "reference")


def broken_rule(record: type[Record], row: Mapping[str, Any]) -> tuple[Fate, str, str] | None:
    """The first rule of its definition that a record breaks here; what never travels cannot be missed."""
    for name, spec in record.fields().items():
        value = row[name]
        if value is None:
            if spec.required and spec.upward is not Upward.NEVER:
                return Fate.RETURNED, name, "required"
        elif not is_masked(value) and not is_hash(value):
            try:
                spec.kind.check(value)
            except Refusal:
                return Fate.RETURNED, name, "value"
    return None


def _find_doubles(work: Work, office: str, states: dict[Key, State]) -> None:
    for record in {state.record for state in states.values() if unique_fields(state.record)}:
        for name in unique_fields(record):
            holders: dict[Plain, list[str]] = {}
            mine = [state for state in states.values() if state.record is record and state.complaint is None]
            for state in mine:
                value = state.row[name]
                if value is not None and not is_masked(value) and state.row["ended_on"] is None:
                    holders.setdefault(value, []).append(state.row["id"])
            for value, row in _others(work, record, office, name, holders, states):
                holders[value].append(row["id"])
                states.setdefault((record.__tablename__, row["id"]), State(record, dict(row), row, fate=Fate.SAME, is_sent=False))
            for ids in holders.values():
                for loser in sorted(ids)[1:]:
                    states[record.__tablename__, loser].complaint = (Fate.RETURNED, name, "double")


def _others(
    work: Work, record: type[Record], office: str, name: str, holders: Mapping[Plain, list[str]], states: Mapping[Key, State]
) -> list[tuple[Plain, RowMapping]]:
    """Living records outside the batch that hold one of these values."""
    table, values, found = record.table(), list(holders), []
    for start in range(0, len(values), CHUNK):
        where = (table.c.community == office, table.c[name].in_(values[start : start + CHUNK]), table.c.ended_on.is_(None))
        for row in work.conn.execute(select(table).where(*where)).mappings():
            if (record.__tablename__, row["id"]) not in states:
                found.append((row[name], row))
    return found


def _targets(state: State) -> list[tuple[str, Key]]:
    return [(name, (kind, state.row[name])) for name, kind in state.record.links().items() if state.row.get(name)]


def _references(states: Mapping[Key, State]) -> dict[str, set[str]]:
    wanted: dict[str, set[str]] = {}
    for state in states.values():
        for _name, (kind, record) in _targets(state):
            if (kind, record) not in states:
                wanted.setdefault(kind, set()).add(record)
    return wanted


def _present(work: Work, office: str, wanted: Mapping[str, set[str]]) -> set[Key]:
    found: set[Key] = set()
    for kind, ids in wanted.items():
        table, some = record_type(kind).table(), sorted(ids)
        for start in range(0, len(some), CHUNK):
            where = (table.c.community == office, table.c.id.in_(some[start : start + CHUNK]))
            found |= {(kind, key) for key in work.conn.execute(select(table.c.id).where(*where)).scalars()}
    return found


def _file(found: Accepted, key: Key, state: State) -> None:
    """Where a decided record goes."""
    if state.complaint is not None:
        fate, name, reason = state.complaint
        found.holding[key] = line_of(*key, (state.row["sitting"], state.row["tick"]), travel.fields_of_row(state.record, state.row))
        found.fates[key] = fate
        found.open.append(OpenRecord(*key, fate, name, reason))
        if state.old is not None:
            found.leaving.add(key)
        return
    found.fates[key] = state.fate
    for name, losing in state.conflicts.items():
        found.open.append(OpenRecord(*key, Fate.UNDECIDED, name, "conflict", losing))
    if state.old is None:
        found.new.append(state)
    elif state.row != state.old:
        found.changed.append(state)


def changes_of(state: State) -> list[tuple[Change, tuple[str, int]]]:
    """The journal lines of a merged record, each with the stamp under which it was first written."""
    kind, key = state.key
    if state.old is None:
        return [(Change(kind, key, "", None, None), (state.row["sitting"], state.row["tick"]))]
    return [(Change(kind, key, name, old, state.row[name]), stamp) for name, (old, stamp) in state.changed.items()]
