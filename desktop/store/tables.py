"""The tables beside the record types: what the ledger itself remembers. Derived ones say so and can be rebuilt.

`community` leads every key here too. Times are ISO text with seconds, for reading only: no rule compares them.
"""

from sqlalchemy import Column, Connection, Index, Integer, LargeBinary, Table, Text
from sqlalchemy.schema import CreateIndex, CreateTable

import desktop.model.contents  # noqa: F401 - with it every record type's table and indexes stand in the metadata
from desktop.model.record import Base

SCHEMA = 1  # the number of the newest migration


def _table(name: str, *parts: Column[str] | Column[int] | Column[bytes] | Index, rowid: bool = True) -> Table:
    return Table(name, Base.metadata, *parts, sqlite_strict=True, sqlite_with_rowid=rowid)


def _key(name: str) -> Column[str]:
    return Column(name, Text, primary_key=True, nullable=False)


# Every change of every field, in the transaction of the change: history, undo, capture for the stick, conflict desk.
journal = _table(
    "journal",
    Column("seq", Integer, primary_key=True),
    Column("community", Text, nullable=False),
    Column("sitting", Text, nullable=False),
    Column("tick", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("record", Text, nullable=False),
    Column("field", Text, nullable=False),  # "" for the record as a whole
    Column("old", Text),  # JSON of the plain value
    Column("new", Text),
    Column("deed", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", Text, nullable=False),
    Index("journal_by_record", "community", "record", "seq"),
    Index("journal_by_stamp", "community", "sitting", "tick"),
)

# Who did which deed when; each entry holds the hash of the one before, so that none can be taken out unseen.
audit = _table(
    "audit",
    Column("seq", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("deed", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("ok", Integer, nullable=False),
    Column("before", Text, nullable=False),
    Column("hash", Text, nullable=False),
)

# Derived: the words that find a record. Rank 0 whole, 1 tail, 2 pinyin, 3 initials, 4 numbers and their tails.
search = _table(
    "search",
    _key("community"),
    _key("token"),
    Column("rank", Integer, primary_key=True, nullable=False),
    _key("kind"),
    _key("record"),
    Index("search_by_record", "record", "kind"),
    rowid=False,
)

# Derived: the words of tag fields with the time in which they hold, so that counting by them is one range read.
tag = _table(
    "tag",
    _key("community"),
    _key("kind"),
    _key("field"),
    _key("word"),
    _key("record"),
    _key("since"),
    Column("until", Text, nullable=False),
    Index("tag_by_record", "record", "kind"),
    rowid=False,
)

# The last number given of each series.
counter = _table("counter", _key("community"), _key("series"), Column("last", Integer, nullable=False), rowid=False)

# Facts about this file: whose it is, which tier, the keys of its desk.
meta = _table("meta", _key("key"), Column("value", Text, nullable=False), rowid=False)

# For every sitting the highest tick merged (docs/exchange.md); `community` is the scope in which its records lie.
knowledge = _table("knowledge", _key("community"), _key("sitting"), Column("tick", Integer, nullable=False), rowid=False)

# What an office above or below knows of a community by its last receipt to us; per scope, for when a rule opens a field
# it has heard nothing of that field yet.
covered = _table(
    "covered", _key("office"), _key("scope"), _key("community"), _key("sitting"),
    Column("tick", Integer, nullable=False), rowid=False,
)  # fmt: skip

# A merged record that breaks a rule or lacks a reference; it merges here with its stamps until the rule passes.
held = _table("held", _key("community"), _key("kind"), _key("record"), Column("line", Text, nullable=False), rowid=False)

# Erased on purpose: dominates whatever comes before or after.
tombstone = _table(
    "tombstone",
    _key("community"),
    _key("kind"),
    _key("record"),
    Column("sitting", Text, nullable=False),
    Column("tick", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    rowid=False,
)

# What was not simply taken and is still open: at the receiver by sender, at the sender by the newest receipt of a receiver.
fate = _table(
    "fate",
    _key("office"),
    _key("kind"),
    _key("record"),
    Column("batch", Integer, nullable=False),
    Column("fate", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("value", Text),  # JSON of the losing value; at the sender a pair, with the line that has every contested value
    rowid=False,
)

# The desks we exchange with: the public half of each, as it was accepted by its typed fingerprint.
peer = _table(
    "peer", _key("office"), _key("key"), Column("card", Text, nullable=False), Column("trusted_on", Text, nullable=False), rowid=False
)

# Half-done entries, every few seconds, encrypted like everything here.
draft = _table(
    "draft",
    _key("who"),
    _key("page"),
    Column("kind", Text, nullable=False),
    Column("record", Text, nullable=False),
    Column("content", Text, nullable=False),
    Column("at", Text, nullable=False),
    rowid=False,
)

# Attached files by the hash of their content.
blob = _table("blob", _key("sha256"), Column("content", LargeBinary, nullable=False))


def build(conn: Connection) -> None:
    """Create every table and index of an empty ledger."""
    for table in Base.metadata.sorted_tables:
        conn.execute(CreateTable(table))
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            conn.execute(CreateIndex(index))


def object_names() -> frozenset[str]:
    """The tables and indexes that a ledger of this version holds; anything else was planted."""
    tables = Base.metadata.sorted_tables
    indexes = {str(index.name) for table in tables for index in table.indexes}
    return frozenset({str(table.name) for table in tables} | indexes | {"alembic_version"})
