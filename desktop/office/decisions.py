"""Decisions that were made at the conflict desk, read back from the journal: our value, the others, the one chosen, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, select

from desktop.model import days
from desktop.model.contents import record_type
from desktop.model.errors import Refusal
from desktop.model.keeping import User
from desktop.model.kinds import Value, is_hash, is_masked
from desktop.model.kinds.records import Link
from desktop.model.language import _, in_chinese
from desktop.model.record import Record
from desktop.office import papers
from desktop.office.desk import Desk
from desktop.office.facts.decisions import DecisionFacts, DecisionLine
from desktop.store.journal import as_json, from_json
from desktop.store.page import titles
from desktop.store.stamps import ENDING
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


def label_of(record: type[Record], name: str) -> str:
    """The word for a field, also for the two of an ending."""
    if name in ENDING:
        return _("移入回收站日期") if name == "ended_on" else _("移入回收站原因")
    return _(record.fields()[name].label)


def value_words(desk: Desk, record: type[Record], name: str, value: Value) -> str:
    """A contested value as it may be read here: what came masked stays masked, and so does what is masked in every list."""
    if value is None or value == "":
        return _("（空）")
    if is_hash(value):
        return _("只报了计数用的密文")
    if is_masked(value):
        return str(value)[1:]
    if name in ENDING:
        return str(value)
    spec = record.fields()[name]
    if isinstance(spec.kind, Link):
        with desk.books.read() as conn:
            return titles(conn, desk.community, spec.kind.to, [str(value)]).get(str(value)) or _("本社区没有的记录")
    return spec.mask(value) if spec.sensitive else spec.kind.show(value)


SIDES = {"ours": "用本社区的", "theirs": "用对方的", "third": "另填"}


def slip(desk: Desk, ids: Sequence[str]) -> DecisionFacts:
    """冲突决定单 of one decision; without one the newest. Raises Refusal when nothing was decided yet."""
    found = by_ids(desk, ids[:1]) if ids else recent(desk, 1)
    if not found:
        raise Refusal(_("还没有在冲突台定过"), todo=_("有“待定”的记录时，到冲突台选一个，再印决定单"))
    one = found[0]
    record = record_type(one.kind)
    names = {row["login"]: row["name"] for row in desk.rows(User)}
    with in_chinese():
        lines = tuple(
            DecisionLine(
                label_of(record, field.name), value_words(desk, record, field.name, field.ours),
                "；".join(value_words(desk, record, field.name, other) for other in field.others),
                value_words(desk, record, field.name, field.chosen), SIDES[field.side],
            )
            for field in one.fields
        )  # fmt: skip
    at, who = f"{days.show_day(one.at[:10])} {one.at[11:16]}", names.get(one.who, one.who)
    return DecisionFacts(papers.office(desk), one.title, record.label, lines, one.reason, who, at, one.id, papers.print_mark(desk))
