"""The decision about every line of a batch, before anything is written: merged how, shown or held, with which fate.

The outcome does not hang on the order in which batches come: fields merge by their stamps (knowledge.py), and what is shown
is decided over everything that is known (showing.py).
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

from sqlalchemy import RowMapping, select

from desktop.model.kinds import Value as Plain
from desktop.model.record import Record
from desktop.store.journal import Change
from desktop.store.stamps import REPLACED, stamped_fields
from desktop.store.tables import tombstone
from desktop.store.work import Work, sort_key
from desktop.sync import travel
from desktop.sync.batch import Line, OpenRecord
from desktop.sync.knowledge import (
    Entry,
    Fate,
    Field,
    Knowledge,
    Masked,
    Outcome,
    Stamp,
    Value,
    in_conflict,
    join,
    knows,
    merge_field,
    shown,
    still_needed,
)
from desktop.sync.lines import fields_of, line_of
from desktop.sync.showing import CHUNK, Key, State, complain


@dataclass(frozen=True)
class Candidate:
    """A line to be merged; with it the line that waited here under the same id."""

    line: Line
    waiting: Line | None
    is_sent: bool  # it stands in this batch; otherwise it only waited for something that may stand in it


@dataclass(frozen=True)
class Sides:
    """What either side knew before this batch, and whose records it is about."""

    office: str
    ours: Mapping[str, int]
    theirs: Mapping[str, int]

    @cached_property
    def both(self) -> Knowledge:
        """What we know after this batch."""
        return join(self.ours, self.theirs)


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
    found, sides = Accepted(), Sides(office, ours, theirs)
    gone = _tombstones(work, office)
    states: dict[Key, State] = {}
    known = {record.__tablename__: record for record in travel.travelling_types()}
    for kind, group in _by_kind(candidates).items():
        record = known.get(kind)
        rows = _rows(work, record, office, [one.line.id for one in group]) if record else {}
        for one in group:
            key = (kind, one.line.id)
            found.released.add(key)
            if one.line.erased:
                found.erased.append(one.line)
                found.fates[key] = Fate.SAME if key in gone else Fate.TAKEN
            elif key in gone:
                found.fates[key] = Fate.SAME
            elif record is None:
                _hold_unknown(found, key, _with_waiting(one, sides))
            else:
                states[key] = _state(work, record, one, rows.get(one.line.id), sides)
    complain(work, office, states, gone | {(line.k, line.id) for line in found.erased})
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


def _hold_unknown(found: Accepted, key: Key, line: Line) -> None:
    """A kind that a newer program will know."""
    found.holding[key] = line
    found.fates[key] = Fate.WAITING
    found.open.append(OpenRecord(*key, Fate.WAITING, "", "unknown-kind"))


def _state(work: Work, record: type[Record], one: Candidate, old: RowMapping | None, sides: Sides) -> State:
    if old is None:
        return _fresh(work, record, _with_waiting(one, sides), one.is_sent, sides)
    return _changed(work, record, one, old, sides)


def _with_waiting(one: Candidate, sides: Sides) -> Line:
    """The line, merged with the one that waited here."""
    if one.waiting is None:
        return one.line
    merged, kept, said = fields_of(one.waiting), one.waiting.r, one.line.r
    for name, incoming in fields_of(one.line).items():
        merged[name] = _merged(merged.get(name), incoming, sides, kept.get(name, ()), said.get(name, ())).field
    last = one.waiting.s if knows(sides.ours, one.line.s) else one.line.s
    return line_of(one.line.k, one.line.id, last, merged, replaced=_replaced(kept, said, sides))


def _replaced(kept: Mapping[str, Sequence[Stamp]], said: Mapping[str, Sequence[Stamp]], sides: Sides) -> dict[str, tuple[Stamp, ...]]:
    """What the fields of a record have seen and replaced beyond what we know after this batch."""
    found = {name: still_needed([*kept.get(name, ()), *said.get(name, ())], sides.both) for name in (*kept, *said)}
    return {name: stamps for name, stamps in found.items() if stamps}


def _merged(local: Field | None, incoming: Field, sides: Sides, kept: Collection[Stamp] = (), said: Collection[Stamp] = ()) -> Outcome:
    """As merge_field, but an empty field that both sides claim to have replaced was never heard of: a rule has opened it since."""
    if local is not None and len(local) == 1 and local[0].value is None and local[0].stamp != incoming[0].stamp:
        both = knows(sides.theirs, local[0].stamp) and all(knows(sides.ours, entry.stamp) for entry in incoming)
        local = None if both else local
    return merge_field(local, incoming, sides.ours, sides.theirs, kept, said)


def _fresh(work: Work, record: type[Record], line: Line, is_sent: bool, sides: Sides) -> State:
    """A record that was not shown here before."""
    said = line.f
    row: dict[str, Any] = {**_nothing_said(record), **said}
    for name in [name for name, value in said.items() if isinstance(value, Masked)]:
        row[name] = travel.inward(said[name])
    fate, conflicts, extra = Fate.TAKEN, {}, None
    kept: dict[str, Any] = {}
    if line.m:
        mixed = {name: field for name, field in fields_of(line).items() if name in line.m and name in _known_names(record)}
        kept = {name: travel.stamp_of(field) for name, field in mixed.items()}
        conflicts = {name: _losing(field, said[name]) for name, field in mixed.items() if in_conflict(field)}
        fate = Fate.UNDECIDED if conflicts else fate
    if strange := said.keys() - _known_names(record):
        fields = fields_of(line)
        extra = travel.as_json({name: travel.entries_of(fields[name]) for name in said if name in strange})
        row = {name: row[name] for name in _nothing_said(record)}
    if line.r and (replaced := _replaced({}, line.r, sides)):
        kept[REPLACED] = replaced
    row.update(
        community=sides.office, id=line.id, version=1, created_at=work.at, created_by=sides.office, changed_at=work.at,
        changed_by=sides.office, sitting=line.s[0], tick=line.s[1], stamps=travel.as_json(kept), extra=extra, sort_key=None,
    )  # fmt: skip
    return State(record, row, None, conflicts=conflicts, fate=fate, is_sent=is_sent)


def _losing(field: Field, displayed: Value) -> Value:
    """Of a conflict the first value that is not shown."""
    return next((entry.value for entry in field if entry.value != displayed), None)


@cache
def _nothing_said(record: type[Record]) -> dict[str, None]:
    return dict.fromkeys(stamped_fields(record))


@cache
def _known_names(record: type[Record]) -> frozenset[str]:
    return frozenset(stamped_fields(record))


def _changed(work: Work, record: type[Record], one: Candidate, old: RowMapping, sides: Sides) -> State:
    """A record that stands here, field by field."""
    line, row, known = one.line, dict(old), _known_names(record)
    before: dict[str, Any] = json.loads(old["stamps"]) if old["stamps"] else {}
    own, sent = [old["sitting"], old["tick"]], list(line.s)
    after: dict[str, Any] = {}
    replaced = travel.replaced_of(old["stamps"])
    state = State(record, row, old, fate=Fate.SAME, is_sent=one.is_sent)
    for name, value in line.f.items():
        if name not in known:
            continue
        x: list[Any] = before.get(name, own)
        y: Any = line.m.get(name, sent)
        after[name] = x
        if x == y and row[name] == (value if isinstance(value, str) else travel.inward(value)):
            continue
        plain = isinstance(x[0], str) and isinstance(y[0], str) and not (name in replaced or name in line.r)
        if plain and sides.theirs.get(x[0], 0) >= x[1] and sides.ours.get(y[0], 0) < y[1]:
            after[name] = y  # the plain case: the sender knew ours and replaced it
            _take(state, name, travel.inward(value), (y[0], y[1]))
            continue
        outcome = _merged(travel.field_of(x, row[name]), _incoming(y, value), sides, replaced.get(name, ()), line.r.get(name, ()))
        _merge_field(state, name, outcome, after)
    _merge_strange(state, line, known, sides)
    kept = _replaced(replaced, line.r, sides)
    if state.changed or row["extra"] != old["extra"] or any(after[name] != before.get(name, own) for name in after) or kept != replaced:
        stamp = sent if state.fate is not Fate.SAME else own
        heard = [name for name in stamped_fields(record) if row[name] is not None or name not in travel.unheard(record)]
        stamps = {name: after.get(name) or before.get(name, own) for name in heard}
        mixed = {name: other for name, other in stamps.items() if other != stamp}
        row.update(
            sitting=stamp[0], tick=stamp[1], version=old["version"] + 1, changed_at=work.at, changed_by=sides.office,
            stamps=travel.as_json({**mixed, REPLACED: kept} if kept else mixed),
        )  # fmt: skip
    return state


def _incoming(stamp: Sequence[Any], value: Value) -> Field:
    """One field out of a line."""
    if isinstance(stamp[0], str):
        return (Entry((stamp[0], stamp[1]), value),)
    return tuple(sorted((Entry((sitting, tick), other) for sitting, tick, other in stamp), key=lambda entry: entry.stamp))


def _merge_field(state: State, name: str, outcome: Outcome, after: dict[str, Any]) -> None:
    displayed = shown(outcome.field, ())
    after[name] = travel.stamp_of(outcome.field)
    plain = travel.inward(displayed)
    if plain != state.row[name]:
        _take(state, name, plain, outcome.field[0].stamp)
    if in_conflict(outcome.field):
        state.fate = Fate.UNDECIDED
        state.conflicts[name] = _losing(outcome.field, displayed)
    elif outcome.fate is Fate.TAKEN and state.fate is Fate.SAME:
        state.fate = Fate.TAKEN


def _take(state: State, name: str, value: Plain, stamp: Stamp) -> None:
    if value != state.row[name]:
        state.changed[name] = (state.row[name], stamp)
        state.row[name] = value
    if state.fate is Fate.SAME:
        state.fate = Fate.TAKEN


def _merge_strange(state: State, line: Line, known: frozenset[str], sides: Sides) -> None:
    """Fields that only a newer program knows are merged all the same, and kept aside with their stamps."""
    names = sorted(line.f.keys() - known)
    if not names:
        return
    before, incoming, seen = travel.strange_fields(state.row["extra"]), fields_of(line), travel.replaced_of(state.row["stamps"])
    merged = {name: _merged(before.get(name), incoming[name], sides, seen.get(name, ()), line.r.get(name, ())) for name in names}
    kept = {**before, **{name: outcome.field for name, outcome in merged.items()}}
    if kept != before:
        state.row["extra"] = travel.as_json({name: travel.entries_of(field) for name, field in kept.items()})
        state.fate = Fate.TAKEN if state.fate is Fate.SAME else state.fate


def _file(found: Accepted, key: Key, state: State) -> None:
    """Where a decided record goes."""
    if state.complaint is not None:
        fate, name, reason = state.complaint
        fields, replaced = travel.fields_of_row(state.record, state.row), travel.replaced_of(state.row["stamps"])
        found.holding[key] = line_of(*key, (state.row["sitting"], state.row["tick"]), fields, replaced=replaced)
        found.fates[key] = fate
        found.open.append(OpenRecord(*key, fate, name, reason))
        if state.old is not None:
            found.leaving.add(key)
        return
    if state.old is not None and not state.is_sent:
        return  # only looked at because of another; what was open about it stays open
    found.fates[key] = state.fate
    if state.conflicts:  # one line a record: the first field to be chosen
        name = next(name for name in stamped_fields(state.record) if name in state.conflicts)
        found.open.append(OpenRecord(*key, Fate.UNDECIDED, name, "conflict", state.conflicts[name]))
    if state.old is None:
        found.new.append(state)
    elif state.row["version"] != state.old["version"]:
        found.changed.append(state)
    else:
        return
    if state.old is None or state.record.named_by[0] in state.changed:
        state.row["sort_key"] = sort_key(state.record, state.row)


def changes_of(state: State) -> list[tuple[Change, Stamp]]:
    """The journal lines of a merged record, each with the stamp under which it was first written."""
    kind, key = state.key
    if state.old is None:
        return [(Change(kind, key, "", None, None), (state.row["sitting"], state.row["tick"]))]
    return [(Change(kind, key, name, old, state.row[name]), stamp) for name, (old, stamp) in state.changed.items()]
