"""Finding a record by any word of it: name, pinyin, initials, the tail of a number; cost does not grow with the table.

One row a word in `search`. Exact words come first, then words that begin as typed; both stop at the limit. What a field's
words are is said by its kind.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from operator import itemgetter

from sqlalchemy import Connection, delete, select

from desktop.model import names
from desktop.model.kinds import Kind, Tags
from desktop.model.record import Kept, Record
from desktop.store.bulk import add_rows
from desktop.store.tables import knowledge, search, tag

HIGHEST = "\U0010ffff"
NUMBER = re.compile(r"\+?[\d\s()-]{4,}", re.ASCII)
WORD = ("community", "token", "rank", "kind", "record")
TAG = ("community", "kind", "field", "word", "record", "since", "until")


@dataclass(frozen=True)
class Found:
    """A record that answers to the typed words."""

    kind: str
    record: str
    rank: int


def entries(record: type[Record], row: Kept) -> list[dict[str, str | int]]:
    """The search rows of one record."""
    return [dict(zip(WORD, entry, strict=True)) for entry in _entries(record, row)]


def _entries(record: type[Record], row: Kept) -> list[tuple[str, str, int, str, str]]:
    best: dict[str, int] = {}
    for key, kind in searched_kinds(record):
        value = row.get(key)
        if value is not None:
            for rank, token in enumerate(kind.tokens(value)):
                if token and best.get(token, 99) > rank:
                    best[token[:80]] = rank
    name = record.__tablename__
    return [(row["community"], token, rank, name, row["id"]) for token, rank in best.items()]


@cache
def searched_kinds(record: type[Record]) -> tuple[tuple[str, Kind], ...]:
    """The fields whose words find a record."""
    return tuple((key, spec.kind) for key, spec in record.fields().items() if spec.searched)


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
    found = [entry for row in rows for entry in _entries(record, row)]
    add_rows(conn, search, WORD, sorted(found, key=itemgetter(1)))
    tags = [entry for row in rows for entry in tag_entries(record, row)] if tag_kinds(record) else []
    add_rows(conn, tag, TAG, [tuple(entry[name] for name in TAG) for entry in sorted(tags, key=itemgetter("field", "word", "record"))])


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
