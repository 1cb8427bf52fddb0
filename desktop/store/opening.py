"""A look at the file before it is opened, through a connection that cannot change it: what is it, whose is it, is
it whole?
"""

import os
from pathlib import Path

from sqlcipher3 import dbapi2

from desktop.model.errors import Said
from desktop.store.cipher import APPLICATION_ID, PAGE, DriverConnection, connect, pragma, vouches_for_a_page
from desktop.store.disk import cannot_write, said
from desktop.store.key import Keyring, KeyringDamaged, KeyringMissing
from desktop.store.mark import TABLE, looking, wal_is_pending
from desktop.store.troubles import (
    CORRUPT,
    LEDGER,
    NOTADB,
    damaged,
    empty_ledger,
    newer_ledger,
    no_ledger,
    not_a_ledger,
    older_ledger,
    other_application,
    planted,
    said_by_sqlite,
    wrong_key,
)

PLAIN_SQLITE = b"SQLite format 3\0"


def look(folder: Path, raw_key: bytes, *, version: int, names: frozenset[str] | None = None) -> None:
    """`open_ledger` may go on; or the one sentence that fits is raised, and no byte and no time stamp of the file has changed."""
    has, found = _facts(folder, raw_key)
    if has > version:
        raise newer_ledger(has, version)
    if has < version:
        raise older_ledger(has, version)
    if names is not None and (strange := found - names - {TABLE}):
        raise planted(sorted(strange))


def version_of(folder: Path, raw_key: bytes) -> int:
    """The schema version of the ledger in `folder`, read without opening it for work."""
    return _facts(folder, raw_key)[0]


def schema_names(connection: DriverConnection) -> frozenset[str]:
    """Every table, index, view and trigger of a file, without SQLite's own."""
    rows = connection.execute("SELECT name FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'")
    return frozenset(name for (name,) in rows)


def _facts(folder: Path, raw_key: bytes) -> tuple[int, frozenset[str]]:
    path = folder / LEDGER
    _look_at_bytes(path)
    try:
        connection = connect(path, raw_key, looking(folder))
        try:
            names = schema_names(connection)
            if pragma(connection, "application_id") != APPLICATION_ID:
                raise other_application()
            has = pragma(connection, "user_version")
        finally:
            connection.close()
    except dbapi2.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in (NOTADB, CORRUPT):
            raise _diagnosis(folder, raw_key) from error
        raise said_by_sqlite(error, folder) or error from error
    if path.stat().st_size % PAGE and not wal_is_pending(folder):
        raise damaged()
    return has, names


def _look_at_bytes(path: Path) -> None:
    """What the first bytes and the length already tell."""
    if not path.is_file():
        raise no_ledger()
    size = path.stat().st_size
    with said(path), path.open("rb") as file:
        head = file.read(len(PLAIN_SQLITE))
    if size == 0:
        raise empty_ledger()
    if head == PLAIN_SQLITE:
        raise not_a_ledger()
    if size < PAGE:
        raise damaged()
    if not os.access(path, os.W_OK):  # SQLite would open it for reading and fail at the first save
        raise cannot_write(path.name)


def _diagnosis(folder: Path, raw_key: bytes) -> Said:
    """Page 1 does not open. Another page that does proves the key; else the keyring says whether this is this folder's key."""
    if vouches_for_a_page(folder / LEDGER, raw_key):
        return damaged()
    try:
        key_is_right = Keyring.load(folder).fits(raw_key)
    except (KeyringMissing, KeyringDamaged):
        key_is_right = False
    return not_a_ledger() if key_is_right else wrong_key()
