"""Finding a record by any word of it: name, pinyin, initials, the tail of a number; cost does not grow with the table.

One row a word in `search`. Exact words come first, then words that begin as typed; both stop at the limit. What a field's
words are is said by its kind.
"""

import re
from collections.abc import Sequence
from functools import cache
from operator import itemgetter
from typing import NamedTuple

from sqlalchemy import Connection, delete

from desktop.model import names
from desktop.model.kinds import Kind
from desktop.model.kinds.tags import Tags
from desktop.model.record import Kept, Record
from desktop.store.bulk import add_rows
from desktop.store.tables import search, tag

HIGHEST = "\U0010ffff"
NUMBER = re.compile(r"\+?[\d\s()-]{4,}", re.ASCII)
WORD = ("community", "token", "rank", "kind", "record")
TAG = ("community", "kind", "field", "word", "record", "since", "until")


class Found(NamedTuple):
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


def find(conn: Connection, community: str, typed: str, *, kinds: Sequence[str] = (), limit: int = 30) -> list[Found]:
    """The records that answer to what was typed: whole words first, then beginnings, at most `limit`.

    `community` "*" looks through every community whose records lie in this ledger.
    """
    tokens = [names.normal_form(typed)]
    if NUMBER.fullmatch(typed.strip()):
        tokens.append(re.sub(r"\D", "", typed))  # 138-0013-8000 is kept without its hyphens
    tokens = [token for token in dict.fromkeys(tokens) if token]
    if not tokens:
        return []
    of, values = _where(community == "*", len(kinds)), (*(() if community == "*" else (community,)), *kinds)
    asked = [(f"{of} AND token IN ({', '.join('?' * len(tokens))}) ORDER BY rank LIMIT {limit:d}", (*values, *tokens))]
    longer = f"{of} AND token > ? AND token < ? ORDER BY token, rank LIMIT {limit * 3:d}"
    asked += [(longer, (*values, token, token + HIGHEST)) for token in tokens]
    found: dict[tuple[str, str], Found] = {}
    for statement, wanted in asked:
        with conn.exec_driver_sql(statement, wanted) as rows:
            for kind, record, rank in rows:
                found.setdefault((kind, record), Found(kind, record, rank))
                if len(found) == limit:
                    return list(found.values())
    return list(found.values())


@cache
def _where(everywhere: bool, kinds: int) -> str:
    """The beginning of every search, in the driver's own words: at each keystroke a built statement would cost more than its answer."""
    of = "community IN (SELECT community FROM knowledge)" if everywhere else "community = ?"
    return f"SELECT kind, record, rank FROM search WHERE {of}" + (f" AND kind IN ({', '.join('?' * kinds)})" if kinds else "")
