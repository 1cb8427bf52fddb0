"""Decisions that were made at the conflict desk, read back from the journal: our value, the others, the one chosen, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, select

from desktop.model.contents import record_type
from desktop.model.kinds import Value
from desktop.office.desk import Desk
from desktop.store.journal import as_json, from_json
from desktop.store.page import titles
from desktop.store.tables import journal
from desktop.store.work import DECIDED

DEED = "conflict.decide"


@dataclass(frozen=True)
class DecidedField:
    """One field: what we had, what others had, what holds now."""

    name: str
    ours: Value
    others: tuple[Value, ...]
    chosen: Value

    @property
    def side(self) -> str:
        """Which of them it was."""
        if self.chosen == self.ours:
            return "ours"
        return "theirs" if self.chosen in self.others else "third"


@dataclass(frozen=True)
class Decision:
    """决定: everything that was decided about one record at one time. Its id is its last line in the journal."""

    id: str
    kind: str
    record: str
    title: str
    fields: tuple[DecidedField, ...]
    reason: str
    who: str
    at: str


def recent(desk: Desk, limit: int = 20) -> list[Decision]:
    """The newest first; of records that were erased since there is none."""
    with desk.books.read() as conn:
        last = select(journal.c.seq).where(*_last_lines(desk)).order_by(journal.c.seq.desc()).limit(limit)
        return _read(conn, desk, [int(seq) for seq in conn.execute(last).scalars()])


def by_ids(desk: Desk, ids: Sequence[str]) -> list[Decision]:
    """These decisions, in the order asked for."""
    with desk.books.read() as conn:
        return _read(conn, desk, [int(key) for key in ids if key.isdecimal()])


def _last_lines(desk: Desk) -> list[ColumnElement[bool]]:
    return [journal.c.community == desk.community, journal.c.deed == DEED, journal.c.field == "", journal.c.new == as_json(DECIDED)]


def _read(conn: Connection, desk: Desk, ends: Sequence[int]) -> list[Decision]:
    found = []
    for seq in ends:
        end = conn.execute(select(journal).where(*_last_lines(desk), journal.c.seq == seq)).first()
        if end is None:
            continue
        of_one = (journal.c.community == desk.community, journal.c.sitting == end.sitting, journal.c.tick == end.tick)
        lines = conn.execute(select(journal).where(*of_one, journal.c.record == end.record, journal.c.field != "").order_by(journal.c.seq))
        fields: dict[str, list[Row[Any]]] = {}
        for line in lines:
            fields.setdefault(line.field, []).append(line)
        order = dict.fromkeys(name for name in (*record_type(end.kind).fields(), *fields) if name in fields)
        made = tuple(_field(name, fields[name]) for name in order)
        title = titles(conn, desk.community, end.kind, [end.record]).get(end.record, "")
        found.append(Decision(str(end.seq), end.kind, end.record, title, made, str(from_json(end.old) or ""), end.who, end.at))
    return found


def _field(name: str, lines: Sequence[Row[Any]]) -> DecidedField:
    """The first line of a field is our value, each other one that was replaced with it."""
    old, new = [from_json(line.old) for line in lines], from_json(lines[0].new)
    return DecidedField(name, old[0], tuple(old[1:]), new)
