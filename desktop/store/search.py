"""Finding a record by any word of it: name, pinyin, initials, the tail of a number; cost does not grow with the table.

One row a word in `search`. Exact words come first, then words that begin as typed; both stop at the limit. What a field's
words are is said by its kind.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from sqlalchemy import Connection, delete, insert, select

from desktop.model import names
from desktop.model.kinds import Tags
from desktop.model.record import Kept, Record
from desktop.store.tables import knowledge, search, tag

HIGHEST = "\U0010ffff"
NUMBER = re.compile(r"\+?[\d\s()-]{4,}", re.ASCII)
ADD_WORD, ADD_TAG = insert(search), insert(tag)  # written once: every save of every record runs them


@dataclass(frozen=True)
class Found:
    """A record that answers to the typed words."""

    kind: str
    record: str
    rank: int


def entries(record: type[Record], row: Kept) -> list[dict[str, str | int]]:
    """The search rows of one record."""
    best: dict[str, int] = {}
    for key, spec in record.fields().items():
        if spec.searched and row.get(key) is not None:
            for rank, token in enumerate(spec.kind.tokens(row[key])):
                if token and best.get(token, 99) > rank:
                    best[token[:80]] = rank
    return [
        {"community": row["community"], "token": token, "rank": rank, "kind": record.__tablename__, "record": row["id"]}
        for token, rank in best.items()
    ]


def tag_entries(record: type[Record], row: Kept) -> list[dict[str, str]]:
    """The tag rows of one record: a row for each word of each set."""
    found = []
    for key, kind in tag_kinds(record).items():
        for word, since, until in kind.terms(row.get(key)):
            found.append({
                "community": row["community"], "kind": record.__tablename__, "field": key, "word": word,
                "record": row["id"], "since": since, "until": until,
            })  # fmt: skip
    return found


@cache
def tag_kinds(record: type[Record]) -> dict[str, Tags]:
    """The fields of a record type that are sets of words."""
    return {key: spec.kind for key, spec in record.fields().items() if isinstance(spec.kind, Tags)}


def index_new(conn: Connection, record: type[Record], rows: Sequence[Kept]) -> None:
    """Write the derived rows of records that were not there before; sorted, as the tree likes it."""
    found = sorted((entry for row in rows for entry in entries(record, row)), key=lambda entry: str(entry["token"]))
    if found:
        conn.execute(ADD_WORD, found)
    tags = [entry for row in rows for entry in tag_entries(record, row)] if tag_kinds(record) else []
    if tags:
        conn.execute(ADD_TAG, sorted(tags, key=lambda entry: (entry["field"], entry["word"], entry["record"])))


def unindex(conn: Connection, record: type[Record], ids: Sequence[str], community: str) -> None:
    """Take the derived rows of one community's records away; another may have a record of the same id."""
    for start in range(0, len(ids), 500):
        some = list(ids[start : start + 500])
        for table in (search, tag) if tag_kinds(record) else (search,):
            mine = (table.c.record.in_(some), table.c.kind == record.__tablename__, table.c.community == community)
            conn.execute(delete(table).where(*mine))


def find(
    conn: Connection, community: str, typed: str, *, kinds: Sequence[str] = (), limit: int = 30
) -> list[Found]:
    """The records that answer to what was typed: whole words first, then beginnings, at most `limit`.

    `community` "*" looks through every community whose records lie in this ledger.
    """
    tokens = [names.normal_form(typed)]
    if NUMBER.fullmatch(typed.strip()):
        tokens.append(re.sub(r"\D", "", typed))  # 138-0013-8000 is kept without its hyphens
    tokens = [token for token in dict.fromkeys(tokens) if token]
    if not tokens:
        return []
    everywhere = search.c.community.in_(select(knowledge.c.community).distinct())
    where = [everywhere if community == "*" else search.c.community == community]
    if kinds:
        where.append(search.c.kind.in_(list(kinds)))
    columns = select(search.c.kind, search.c.record, search.c.rank)
    exact = columns.where(*where, search.c.token.in_(tokens)).order_by(search.c.rank).limit(limit)
    begins = [
        columns.where(*where, search.c.token > token, search.c.token < token + HIGHEST)
        .order_by(search.c.token, search.c.rank)
        .limit(limit * 3)
        for token in tokens
    ]
    found: dict[tuple[str, str], Found] = {}
    for query in (exact, *begins):
        for kind, record, rank in conn.execute(query):
            found.setdefault((kind, record), Found(kind, record, rank))
        if len(found) >= limit:
            break
    return list(found.values())[:limit]
