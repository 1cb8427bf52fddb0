"""Stamps, knowledge, history and the hash chain of deeds: written in the transaction of the change, never after it."""

import hashlib
import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, func, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from desktop.model.kinds import Value
from desktop.store.bulk import add_rows
from desktop.store.tables import audit, journal, knowledge

GENESIS = "0" * 64

# Written once, because every save of every record runs them.
_new = upsert(knowledge)
KNOW = _new.on_conflict_do_update(
    index_elements=["community", "sitting"], set_={"tick": _new.excluded.tick}, where=knowledge.c.tick < _new.excluded.tick
)
HEAD = select(audit.c.hash).order_by(audit.c.seq.desc()).limit(1)
ADD_DEED = insert(audit)
_written = json.JSONEncoder(ensure_ascii=False).encode  # `json.dumps` would make one for every value
JOURNAL = ("community", "sitting", "tick", "kind", "record", "field", "old", "new", "deed", "who", "at")


@dataclass
class Sitting:
    """The life of the file between one opening and its closing; minted at the first change, so a restored copy differs."""

    name: str = ""
    tick: int = 0

    def next(self) -> int:
        """One more tick; the name is drawn when the first change is made."""
        if not self.name:
            self.name = secrets.token_hex(8)
        self.tick += 1
        return self.tick


@dataclass(frozen=True)
class Change:
    """One line of the journal."""

    kind: str
    record: str
    field: str
    old: Value
    new: Value


@dataclass(frozen=True)
class Event:
    """One line of a record's history, as it is shown."""

    seq: int
    field: str
    old: Value
    new: Value
    deed: str
    who: str
    at: str


def write_changes(
    conn: Connection, changes: Iterable[Change], *, community: str, sitting: str, tick: int, deed: str, who: str, at: str
) -> None:
    """Append to the journal."""
    add_rows(conn, journal, JOURNAL, [
        (community, sitting, tick, one.kind, one.record, one.field, as_json(one.old), as_json(one.new), deed, who, at) for one in changes
    ])  # fmt: skip


def as_json(value: Value) -> str | None:
    """A plain value as the journal keeps it."""
    return None if value is None else _written(value)


def from_json(text: str | None) -> Value:
    """A plain value out of the journal."""
    if text is None:
        return None
    value = json.loads(text)
    return value if isinstance(value, str | int) else None


def know(conn: Connection, community: str, sitting: str, tick: int) -> None:
    """Our knowledge now covers this stamp."""
    conn.execute(KNOW, {"community": community, "sitting": sitting, "tick": tick})


def knowledge_of(conn: Connection, community: str) -> dict[str, int]:
    """Sitting → highest tick merged, for the records of one community."""
    found = conn.execute(select(knowledge.c.sitting, knowledge.c.tick).where(knowledge.c.community == community))
    return {row.sitting: row.tick for row in found}


def write_audit(conn: Connection, *, at: str, who: str, deed: str, what: str, ok: bool = True) -> str:
    """Append to the chain of deeds; the new head."""
    before = audit_head(conn)
    head = link_hash(before, at, who, deed, what, ok)
    conn.execute(ADD_DEED, {"at": at, "who": who, "deed": deed, "what": what, "ok": int(ok), "before": before, "hash": head})
    return head


def audit_head(conn: Connection) -> str:
    """The hash of the last entry; it travels in every batch, so that a cut tail shows."""
    last = conn.execute(HEAD).scalar()
    return str(last) if last else GENESIS


def link_hash(before: str, at: str, who: str, deed: str, what: str, ok: bool) -> str:
    """SHA-256 over the entry before and this one."""
    line = json.dumps([before, at, who, deed, what, int(ok)], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(line.encode()).hexdigest()


def broken_link(conn: Connection) -> int | None:
    """The first entry of the chain that was changed, moved or follows one taken out; None when the chain is whole."""
    before = GENESIS
    for number, row in enumerate(conn.execute(select(audit).order_by(audit.c.seq)).mappings(), 1):
        right = link_hash(before, row["at"], row["who"], row["deed"], row["what"], bool(row["ok"]))
        if row["seq"] != number or row["before"] != before or row["hash"] != right:
            return int(row["seq"])
        before = row["hash"]
    return None


def count_of(conn: Connection, community: str, record: str) -> int:
    """How many lines of its history there are."""
    where = (journal.c.community == community, journal.c.record == record)
    return int(conn.execute(select(func.count()).select_from(journal).where(*where)).scalar_one())


def history(conn: Connection, community: str, record: str, *, limit: int = 200) -> list[Event]:
    """What happened to one record, the newest first."""
    rows = conn.execute(
        select(journal).where(journal.c.community == community, journal.c.record == record).order_by(journal.c.seq.desc()).limit(limit)
    ).mappings()
    return [
        Event(row["seq"], row["field"], from_json(row["old"]), from_json(row["new"]), row["deed"], row["who"], row["at"]) for row in rows
    ]
