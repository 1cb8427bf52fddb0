"""What is in an encrypted file: its row counts, a checksum of each table, and whether it is whole.

Backup and migration trust nothing that they have not measured on both sides.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from sqlcipher3 import dbapi2

from desktop.store.cipher import APPLICATION_ID, DriverConnection, connect, damaged_pages, pragma
from desktop.store.troubles import damaged, other_application, said_by_sqlite

Progress: TypeAlias = Callable[[str, int, int], None]
"""Told the step in words, and how many steps of how many are done. An exception from it stops the deed and leaves nothing."""

ROWS_AT_A_TIME = 500


def silent(_step: str, _done: int, _of: int) -> None:
    """Nobody is watching."""


@dataclass(frozen=True)
class Contents:
    """One snapshot of a ledger, measured."""

    version: int
    rows: dict[str, int]
    checksums: dict[str, str]


def tables(connection: DriverConnection) -> list[str]:
    """The real tables, by name; a virtual table is measured by the real ones that lie under it."""
    ours = "type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
    found = connection.execute(f"SELECT name, sql FROM sqlite_schema WHERE {ours} ORDER BY name")
    return [name for name, sql in found if not sql.upper().startswith("CREATE VIRTUAL")]


def count_rows(connection: DriverConnection) -> dict[str, int]:
    return {name: int(connection.execute(f"SELECT count(*) FROM {quoted(name)}").fetchone()[0]) for name in tables(connection)}


def measure(connection: DriverConnection, raw_key: bytes) -> Contents:
    """Counts and keyed checksums of one snapshot. Keyed, because the result may lie readable beside a backup."""
    rows, checksums = {}, {}
    for name in tables(connection):
        rows[name], checksums[name] = _checksum(connection, name, raw_key)
    return Contents(pragma(connection, "user_version"), rows, checksums)


def _checksum(connection: DriverConnection, table: str, raw_key: bytes) -> tuple[int, str]:
    """Rows come in the order of the table's own key, which VACUUM keeps."""
    from msgspec import msgpack

    digest = hashlib.blake2b(digest_size=16, key=hashlib.sha256(b"lianxin checksum" + raw_key).digest())
    encoder, count = msgpack.Encoder(), 0
    cursor = connection.execute(f"SELECT * FROM {quoted(table)} NOT INDEXED")
    while rows := cursor.fetchmany(ROWS_AT_A_TIME):
        count += len(rows)
        digest.update(encoder.encode(rows))
    return count, digest.hexdigest()


def measure_copy(path: Path, raw_key: bytes) -> Contents:
    """The file at `path` (nobody else has it open) is one of ours and whole to the last bit; its contents."""
    try:
        connection = connect(path, raw_key, "main_file_only")
        try:
            if broken := damaged_pages(connection):
                raise damaged(broken)
            if pragma(connection, "application_id") != APPLICATION_ID:
                raise other_application()
            return measure(connection, raw_key)
        finally:
            connection.close()
    except dbapi2.Error as error:
        raise said_by_sqlite(error, path.parent, name=path.name) or error from error


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
