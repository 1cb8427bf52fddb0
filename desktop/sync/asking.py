"""What somebody must choose: fields that the office above holds with a value which this ledger never saw and could not replace.

It only reads. A question stands as long as a receipt tells of a value that neither our knowledge nor a decision covers; so a
receipt that was written before it heard of the decision asks nothing again.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, func, select
from sqlalchemy import Row as DbRow

from desktop.model.contents import record_type
from desktop.model.courier import Batch
from desktop.model.errors import Refusal
from desktop.model.kinds import Value as Plain
from desktop.model.kinds import is_hash, is_masked
from desktop.model.kinds.records import Link
from desktop.model.record import Kept, Record
from desktop.office.desk import Desk
from desktop.store.journal import from_json, knowledge_of
from desktop.store.page import titles
from desktop.store.tables import journal
from desktop.sync import offices, travel
from desktop.sync.batch import Line
from desktop.sync.contested import told_lines, units
from desktop.sync.knowledge import Knowledge, Stamp, Value, knows
from desktop.sync.lines import fields_of
from desktop.sync.showing import Key, grouped


@dataclass(frozen=True)
class Claim:
    """对方的值: what the office above holds beside ours, and with which batch of ours it went up, if we still know."""

    stamp: Stamp
    values: Mapping[str, Plain]  # as they are kept here: masked ones begin with ~
    lacking: tuple[str, ...] = ()  # the fields whose value cannot be taken as it is: masked, only counted, or of a record not here
    batch: int = 0
    batch_on: str = ""


@dataclass(frozen=True)
class Question:
    """一处待定: fields that are chosen together, our values, the others, and what stood before both, where the journal knows it."""

    names: tuple[str, ...]
    ours: Mapping[str, Plain]
    claims: tuple[Claim, ...]
    who: str = ""
    at: str = ""
    base: Mapping[str, Plain] = field(default_factory=dict)
    base_on: str = ""


@dataclass(frozen=True)
class Contested:
    """待定的记录: one record with everything about it that has to be chosen."""

    kind: str
    record: str
    title: str
    office: str  # who holds the other values, by name
    version: int
    questions: tuple[Question, ...]


def contested_records(desk: Desk) -> list[Contested]:
    """Every record with a question, in the order of the contents page."""
    with desk.books.read() as conn:
        return contested_in(conn, desk)


def contested_in(conn: Connection, desk: Desk, only: Key | None = None) -> list[Contested]:
    """The same inside a transaction; only one record if it is named."""
    above = {card.code: card.name for card in offices.above(desk.books)}
    told = {key: lines for key, lines in told_lines(conn, above).items() if only in (None, key)}
    if not told:
        return []
    us = desk.community
    sheet = _Sheet(conn, us, offices.hmac_key(desk.books) or b"", knowledge_of(conn, us), _sent(conn, us))
    found = []
    for kind, ids in grouped(told).items():
        try:
            record = record_type(kind)
        except KeyError:  # a kind of a newer program, come home after a restore
            continue
        names = titles(conn, desk.community, kind, ids)
        rows = conn.execute(select(record.table()).where(record.table().c.community == desk.community, record.table().c.id.in_(ids)))
        for row in sorted(rows.mappings(), key=lambda row: ids.index(row["id"])):
            lines = told[kind, row["id"]]
            if questions := sheet.questions(record, row, list(lines.values())):
                office = "、".join(above[code] for code in lines)
                found.append(Contested(kind, row["id"], names.get(row["id"], ""), office, row["version"], questions))
    return found


def _sent(conn: Connection, community: str) -> list[tuple[int, str, Knowledge]]:
    """Our batches, the oldest first: number, day, what it knew."""
    table = Batch.table()
    where = (table.c.community == community, table.c.direction == "发出", table.c.knowledge.is_not(None))
    query = select(table.c.number, table.c.made_on, table.c.knowledge).where(*where).order_by(table.c.number)
    return [(row.number, row.made_on or "", json.loads(row.knowledge)) for row in conn.execute(query)]


@dataclass(frozen=True)
class _Sheet:
    """What every question is held against."""

    conn: Connection
    community: str
    hmac_key: bytes
    ours: Knowledge
    sent: Sequence[tuple[int, str, Knowledge]]

    def questions(self, record: type[Record], row: Kept, lines: Iterable[Line]) -> tuple[Question, ...]:
        claims = self._claims(record, row, lines)
        found = []
        for names in units(record, {name for values in claims.values() for name in values}):
            of_unit = [(stamp, {name: values[name] for name in names if name in values}) for stamp, values in sorted(claims.items())]
            differ = [(stamp, values) for stamp, values in of_unit if any(self._differs(record, row, *one) for one in values.items())]
            if differ:
                found.append(self._question(record, row, names, [(stamp, values) for stamp, values in of_unit if values]))
        return tuple(found)

    def _claims(self, record: type[Record], row: Kept, lines: Iterable[Line]) -> dict[Stamp, dict[str, Value]]:
        """Stamp → field → value, of everything told that we neither know nor have replaced."""
        kept, replaced = travel.fields_of_row(record, row), travel.replaced_of(row["stamps"])
        travelling, found = travel.plain_keys(record), dict[Stamp, dict[str, Value]]()
        for name, told in ((name, told) for line in lines for name, told in fields_of(line).items() if name in travelling):
            known = {entry.stamp for entry in kept.get(name, ())} | set(replaced.get(name, ()))
            for entry in told:
                if entry.stamp not in known and not knows(self.ours, entry.stamp):
                    found.setdefault(entry.stamp, {})[name] = entry.value
        return found

    def _differs(self, record: type[Record], row: Kept, name: str, value: Value) -> bool:
        """As it leaves: two names under one mask are no question to whoever sees only masks."""
        rule = next(rule for rule in travel.rules(record) if rule.key == name)
        return travel.outward(rule, row[name], self.hmac_key) != value

    def _question(self, record: type[Record], row: Kept, names: tuple[str, ...], claims: list[tuple[Stamp, dict[str, Value]]]) -> Question:
        ours = {name: row[name] for name in names}
        made = [self._claim(record, stamp, {**ours, **{name: travel.inward(value) for name, value in values.items()}}, ours)
                for stamp, values in claims]  # fmt: skip
        who, at = self._written(record, row, names)
        base, base_on = self._base(row, names, made)
        return Question(names, ours, tuple(made), who, at, base, base_on)

    def _claim(self, record: type[Record], stamp: Stamp, values: dict[str, Plain], ours: Mapping[str, Plain]) -> Claim:
        lacking = tuple(name for name, value in values.items() if value != ours[name] and not self._can_take(record, name, value))
        number, on = next(((number, on) for number, on, knew in self.sent if knows(knew, stamp)), (0, ""))
        return Claim(stamp, values, lacking, number, on)

    def _can_take(self, record: type[Record], name: str, value: Plain) -> bool:
        if value is None or name not in record.fields():
            return True
        kind = record.fields()[name].kind
        if is_masked(value) or is_hash(value):
            return False
        try:
            kind.check(value)
        except Refusal:
            return False
        return not isinstance(kind, Link) or bool(titles(self.conn, self.community, kind.to, [str(value)]))

    def _written(self, record: type[Record], row: Kept, names: tuple[str, ...]) -> tuple[str, str]:
        """Who wrote our value, and when."""
        stamp = travel.fields_of_row(record, row)[names[0]][0].stamp
        query = select(journal.c.who, journal.c.at).where(
            journal.c.community == self.community, journal.c.sitting == stamp[0], journal.c.tick == stamp[1], journal.c.record == row["id"]
        )
        line = self.conn.execute(query.limit(1)).first()
        return (line.who, line.at) if line is not None else (row["changed_by"], row["changed_at"])

    def _base(self, row: Kept, names: tuple[str, ...], claims: Sequence[Claim]) -> tuple[dict[str, Plain], str]:
        """What stood before the histories parted, and since when; nothing if our journal does not reach back so far."""
        of_field = (journal.c.community == self.community, journal.c.record == row["id"], journal.c.field.in_(names))
        changes = self.conn.execute(select(journal).where(*of_field).order_by(journal.c.seq)).all()
        later = self._after_parting(changes, claims)
        if not later:
            return {}, ""
        before = {name: row[name] for name in names}
        for one in reversed(later):
            before[one.field] = from_json(one.old)
        since = [one.at for one in changes if one.seq < later[0].seq] or [row["created_at"]]
        return before, since[-1][:10]

    def _after_parting(self, changes: Sequence[DbRow[Any]], claims: Sequence[Claim]) -> list[DbRow[Any]]:
        """Those changes of ours that the other history cannot have seen: by the batch it went up with, or by the sitting it went on with.

        When neither is known here any more, only the newest.
        """
        carried = {claim.batch for claim in claims if claim.batch}
        if carried:
            knew = next(knew for number, _on, knew in self.sent if number == min(carried))
            return [one for one in changes if not knows(knew, (one.sitting, one.tick))]
        common = (journal.c.community == self.community, journal.c.sitting.in_([claim.stamp[0] for claim in claims]))
        parted = self.conn.execute(select(func.max(journal.c.seq)).where(*common)).scalar()
        if parted is not None:
            return [one for one in changes if one.seq > parted]
        newest = (changes[-1].sitting, changes[-1].tick) if changes else None
        return [one for one in changes if (one.sitting, one.tick) == newest]
