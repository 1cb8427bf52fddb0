"""What a merged record must fulfil to be shown: its own rules, nobody else with its number or name, nothing missing behind it.

Merging never refuses; this page only sends a record to `held`, out of lists and figures. What is shown is a function of the
records alone and not of the order in which they came: of two that may not both stand the smaller id stands, and a record that
leaves its table takes along those that refer to it. A reference to an erased record is none: its own office shows it so, too.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlalchemy import RowMapping, String, select

from desktop.model.contents import RECORD_TYPES, record_type
from desktop.model.errors import Refusal
from desktop.model.field import Field as Spec
from desktop.model.field import Upward
from desktop.model.kinds import Value as Plain
from desktop.model.kinds import is_hash, is_masked
from desktop.model.record import Record
from desktop.store.doubles import unique_fields
from desktop.store.work import Work
from desktop.sync.knowledge import Fate, Value

Key = tuple[str, str]
Complaint = tuple[Fate, str, str]  # fate, field, reason code (receipts.reason_words says it in words)
Sound = dict[type[Record], dict[str, set[Plain]]]
CHUNK = 500
ID = re.compile(r"[0-9a-f]{32}")


@dataclass
class State:
    """A record as it would stand after the merge."""

    record: type[Record]
    row: dict[str, Any]
    old: RowMapping | None
    changed: dict[str, tuple[Plain, tuple[str, int]]] = field(default_factory=dict)  # field → value before, stamp of the new one
    conflicts: dict[str, Value] = field(default_factory=dict)  # field → the value that is not shown
    fate: Fate = Fate.TAKEN
    is_sent: bool = True  # a line of this batch; otherwise it only stands in relation to one
    complaint: Complaint | None = None

    @property
    def key(self) -> Key:
        """Type and id."""
        return self.record.__tablename__, str(self.row["id"])


def complain(work: Work, office: str, states: dict[Key, State], gone: Collection[Key]) -> None:
    """Every state knows what speaks against showing it. Records of the table that are drawn in become states, too."""
    sound: Sound = {}
    for state in states.values():
        state.complaint = broken_rule(state.record, state.row, sound.setdefault(state.record, {}))
    _find_doubles(work, office, states)
    _find_missing(work, office, states, gone)


def broken_rule(record: type[Record], row: Mapping[str, Any], sound: dict[str, set[Plain]]) -> Complaint | None:
    """The first rule of its definition that a record breaks here; what never travels cannot be missed.

    `sound` remembers field by field what was looked at: most values of a batch stand in it many times.
    """
    if not ID.fullmatch(row["id"]):
        return Fate.RETURNED, "id", "value"
    for name, spec, may_miss, is_plain in _rules_of(record):
        value = row[name]
        if value is None:
            if not may_miss:
                return Fate.RETURNED, name, "required"
        elif value not in (checked := sound.setdefault(name, set())):
            if not _may_stand(spec, value, is_plain):
                return Fate.RETURNED, name, "value"
            checked.add(value)
    ended_on, because = row["ended_on"], row["ended_because"]
    if not (ended_on is None or isinstance(ended_on, str)) or not (because is None or isinstance(because, str)):
        return Fate.RETURNED, "ended_on", "value"
    return None


def _may_stand(spec: Spec, value: Plain, is_plain: bool) -> bool:
    """Whether the field can hold the value, which may be masked or a keyed hash unless it must be plain."""
    if is_masked(value):
        return not is_plain
    if is_hash(value) and not is_plain:
        return True
    try:
        spec.kind.check(value)
    except Refusal:
        return False
    return True


@cache
def _rules_of(record: type[Record]) -> tuple[tuple[str, Spec, bool, bool], ...]:
    """Field by field: may it be missing; must it be plain, because no rule masks it or its column holds numbers."""
    found = []
    for name, spec in record.fields().items():
        may_miss = not spec.required or spec.upward is Upward.NEVER
        is_plain = spec.upward is Upward.FULL or not isinstance(spec.kind.column, String)
        found.append((name, spec, may_miss, is_plain))
    return tuple(found)


def _find_doubles(work: Work, office: str, states: dict[Key, State]) -> None:
    """Of living records that share what no two may share, all but the one with the smallest id are returned."""
    for record in [record for record in {state.record: None for state in states.values()} if unique_fields(record)]:
        for name in unique_fields(record):
            holders: dict[Plain, list[str]] = {}
            for state in [state for state in states.values() if state.record is record and state.complaint is None]:
                value = state.row[name]
                if value is not None and not is_masked(value) and state.row["ended_on"] is None:
                    holders.setdefault(value, []).append(state.row["id"])
            for row in _others(work, record, office, name, holders, states):
                holders[row[name]].append(row["id"])
                states[record.__tablename__, row["id"]] = _drawn_in(record, row)
            for ids in holders.values():
                for loser in sorted(ids)[1:]:
                    states[record.__tablename__, loser].complaint = (Fate.RETURNED, name, "double")


def _drawn_in(record: type[Record], row: RowMapping) -> State:
    """A record of the table that this batch says nothing about."""
    return State(record, dict(row), row, fate=Fate.SAME, is_sent=False)


def _others(
    work: Work, record: type[Record], office: str, name: str, holders: Mapping[Plain, list[str]], states: Mapping[Key, State]
) -> list[RowMapping]:
    """Living records of the table that hold one of these values and are not decided in this batch."""
    table, values, found = record.table(), list(holders), []
    for start in range(0, len(values), CHUNK):
        where = (table.c.community == office, table.c[name].in_(values[start : start + CHUNK]), table.c.ended_on.is_(None))
        rows = work.conn.execute(select(table).where(*where)).mappings().all()
        found += [row for row in rows if (record.__tablename__, row["id"]) not in states]
    return found


def _find_missing(work: Work, office: str, states: dict[Key, State], gone: Collection[Key]) -> None:
    """What refers to a record that is not shown waits, and so does what refers to it in turn."""
    pointing: dict[Key, list[tuple[State, str]]] = {}
    outside: set[Key] = set()
    for state in states.values():
        for name, target in _targets(state) if state.complaint is None else ():
            pointing.setdefault(target, []).append((state, name))
            if target not in states and target not in gone:
                outside.add(target)
    hidden = [key for key, state in states.items() if state.complaint is not None]
    hidden += outside - _present(work, office, outside)
    while hidden:
        leaving = [key for key in hidden if key in states and states[key].old is not None]
        waiting = [pair for key in hidden for pair in pointing.get(key, ()) if pair[0].complaint is None]
        waiting += _referring(work, office, leaving, states)
        hidden = []
        for state, name in waiting:
            if state.complaint is None:
                state.complaint = (Fate.WAITING, name, "reference")
                hidden.append(state.key)


def _targets(state: State) -> list[tuple[str, Key]]:
    return [(name, (kind, state.row[name])) for name, kind in links_of(state.record) if state.row[name] is not None]


@cache
def links_of(record: type[Record]) -> tuple[tuple[str, str], ...]:
    """The fields that point to another record, with its table."""
    return tuple(record.links().items())


def _present(work: Work, office: str, wanted: Collection[Key]) -> set[Key]:
    """Those of these records that stand in their tables."""
    found: set[Key] = set()
    for kind, ids in grouped(wanted).items():
        table = record_type(kind).table()
        for start in range(0, len(ids), CHUNK):
            where = (table.c.community == office, table.c.id.in_(ids[start : start + CHUNK]))
            found |= {(kind, key) for key in work.conn.execute(select(table.c.id).where(*where)).scalars()}
    return found


def _referring(work: Work, office: str, leaving: Sequence[Key], states: dict[Key, State]) -> list[tuple[State, str]]:
    """The records of the tables that point to one that leaves its table; they become states."""
    found: list[tuple[State, str]] = []
    for kind, ids in grouped(leaving).items():
        for record in RECORD_TYPES:
            for name in [name for name, to in links_of(record) if to == kind]:
                table = record.table()
                for start in range(0, len(ids), CHUNK):
                    where = (table.c.community == office, table.c[name].in_(ids[start : start + CHUNK]))
                    for row in work.conn.execute(select(table).where(*where)).mappings().all():
                        key = (record.__tablename__, row["id"])
                        if key not in states:
                            states[key] = _drawn_in(record, row)
                            found.append((states[key], name))
    return found


def grouped(keys: Iterable[Key]) -> dict[str, list[str]]:
    """Type → ids in order."""
    groups: dict[str, list[str]] = {}
    for kind, record in sorted(keys):
        groups.setdefault(kind, []).append(record)
    return groups
