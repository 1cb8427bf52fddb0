"""Settings and drafts: what this office chose, and what somebody has half typed."""

import json
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert as upsert

from desktop.model.keeping import SETTINGS, Setting, setting_line
from desktop.model.kinds import Value
from desktop.office.desk import Desk
from desktop.store.tables import draft


def choose(desk: Desk, key: str, typed: str) -> None:
    """The office has chosen this: its look any clerk, its clocks an administrator.

    What is typed is read by the setting's own kind; empty text goes back to the standard.
    """
    line = setting_line(key)
    value = line.kind.parse(typed, desk.today)
    text = None if value is None else str(value)
    with desk.deed(line.deed) as work:
        for row in work.rows(Setting, key=key):
            work.change(Setting, row["id"], value=text)
            return
        work.add(Setting, key=key, value=text)


def chosen(desk: Desk) -> dict[str, str]:
    """Every setting as it holds now."""
    own = {row["key"]: row["value"] for row in desk.rows(Setting)}
    return {line.key: own.get(line.key) or line.standard for line in SETTINGS}


@dataclass(frozen=True)
class Draft:
    """Something half typed: on which page, about which record, and the values so far."""

    page: str
    kind: str
    record: str
    values: dict[str, Value]
    at: str


def keep_draft(desk: Desk, page: str, *, kind: str, record: str, values: dict[str, Value]) -> None:
    """The half-typed entry of this person on this page is on the disk, encrypted with the rest; it is no change of any record."""
    desk.require("draft.keep")
    row = {
        "who": desk.who.login, "page": page, "kind": kind, "record": record,
        "content": json.dumps(values, ensure_ascii=False), "at": desk.clock(),
    }  # fmt: skip
    new = upsert(draft).values(row)
    with desk.books.ledger.write() as conn:
        again = {key: row[key] for key in ("kind", "record", "content", "at")}
        conn.execute(new.on_conflict_do_update(index_elements=["who", "page"], set_=again))


def drop_draft(desk: Desk, page: str) -> None:
    """The entry was saved or thrown away."""
    desk.require("draft.drop")
    with desk.books.ledger.write() as conn:
        conn.execute(delete(draft).where(draft.c.who == desk.who.login, draft.c.page == page))


def drafts(desk: Desk) -> list[Draft]:
    """What this person left half typed, the newest first."""
    with desk.books.read() as conn:
        rows = conn.execute(select(draft).where(draft.c.who == desk.who.login).order_by(draft.c.at.desc())).mappings().all()
    return [Draft(row["page"], row["kind"], row["record"], json.loads(row["content"]), row["at"]) for row in rows]
