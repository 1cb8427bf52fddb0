"""Does this `-wal` belong to this `ledger.db`? SQLite does not ask: it plays any well-formed one over any file.

Each sitting that writes first puts a fresh token into the ledger (table `file_mark`, checkpointed into the main
file) and into `ledger.mark` beside it. A `-wal` left by a crash belongs to a main file that holds the token beside
it. A copy of `ledger.db` put back by hand holds an older token: then the `-wal` is stale. A mark that says "open"
with no `-wal` beside it means that somebody carried off the `.db` alone.
"""

import json
import secrets
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection
from sqlcipher3 import dbapi2

from desktop.store.cipher import Mode, connect
from desktop.store.disk import said, write_whole
from desktop.store.troubles import LEDGER, stale_wal

MARK = "ledger.mark"
TABLE = "file_mark"
DDL = f"CREATE TABLE {TABLE} (token TEXT NOT NULL) STRICT"


@dataclass(frozen=True)
class Mark:
    """What stands beside the ledger: the tokens that its main file may hold, and whether a sitting is under way."""

    tokens: tuple[str, ...] = ()
    is_open: bool = False

    def save(self, folder: Path) -> None:
        write_whole(folder / MARK, json.dumps({"tokens": self.tokens, "open": self.is_open}).encode())

    @classmethod
    def load(cls, folder: Path) -> "Mark":
        """A missing or unreadable mark says nothing; it guards against slips, not against attackers."""
        path = folder / MARK
        if not path.exists():
            return cls()
        with said(path):
            content = path.read_bytes()
        try:
            kept = json.loads(content)
            return cls(tuple(str(token) for token in kept["tokens"]), kept["open"] is True)
        except (ValueError, KeyError, TypeError):
            return cls()


def wal_is_pending(folder: Path) -> bool:
    wal = folder / f"{LEDGER}-wal"
    return wal.exists() and wal.stat().st_size > 0


def looking(folder: Path) -> Mode:
    """How to read a ledger that nobody has open: without a WAL it stands alone, and SQLite need not lay new files beside it."""
    return "read" if wal_is_pending(folder) else "main_file_only"


def refuse_stale_wal(folder: Path, raw_key: bytes) -> None:
    """`StaleWal` if the main file, read without its WAL, holds a token that this WAL was not written beside."""
    mark = Mark.load(folder)
    if not mark.tokens or not wal_is_pending(folder):
        return
    connection = connect(folder / LEDGER, raw_key, "main_file_only")
    try:
        row = connection.execute(f"SELECT token FROM {TABLE}").fetchone()
    except dbapi2.DatabaseError:
        return  # power went in the middle of a checkpoint: only the WAL makes this file whole again
    finally:
        connection.close()
    if row is None or row[0] not in mark.tokens:
        raise stale_wal()


def wal_was_left_behind(folder: Path) -> bool:
    """The last sitting never closed, and its WAL is gone: the last saves may be missing."""
    return Mark.load(folder).is_open and not (folder / f"{LEDGER}-wal").exists()


def new_token() -> str:
    return secrets.token_hex(8)


def token_in(connection: Connection) -> str:
    return str(connection.exec_driver_sql(f"SELECT token FROM {TABLE}").scalar_one())


def put_token(connection: Connection, token: str) -> None:
    connection.exec_driver_sql(f"UPDATE {TABLE} SET token = ?", (token,))
