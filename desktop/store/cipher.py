"""The encrypted connection: raw key, pragmas, and a second look at pages when SQLCipher only says no.

SQLCipher answers a wrong key, a foreign file and a flipped bit with the same words. Each page ends in its own HMAC,
so reading them by hand tells the three apart: one page that is vouched for proves the key, and then the others are
damaged.
"""

import hashlib
import hmac
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, TypeAlias

from sqlcipher3 import dbapi2

KEY_BYTES = 32
OLDEST_SQLITE = (3, 51, 3)  # the first with the fix for lost pages when two connections checkpoint a WAL
APPLICATION_ID = 0x4C585F31  # "LX_1"
PAGE, SALT, MAC = 4096, 16, 64
BUSY_MS = 5000
READER_CACHE_KIB, WRITER_CACHE_KIB = 16 << 10, 64 << 10

DriverConnection: TypeAlias = Any  # the driver ships no types
Mode = Literal["create", "write", "read", "main_file_only"]
URI_MODES: dict[Mode, str] = {"create": "mode=rwc", "write": "mode=rw", "read": "mode=ro", "main_file_only": "immutable=1"}


def connect(path: Path, raw_key: bytes, mode: Mode = "write", *, busy_ms: int = BUSY_MS) -> DriverConnection:
    """A connection that begins no transaction of its own. "read" changes no byte; "main_file_only" also ignores the WAL."""
    if dbapi2.sqlite_version_info < OLDEST_SQLITE:
        raise RuntimeError(f"SQLite {dbapi2.sqlite_version} is too old")
    if len(raw_key) != KEY_BYTES:
        raise ValueError("a raw key has 32 bytes")
    address = f"{path.absolute().as_uri()}?{URI_MODES[mode]}"
    connection = dbapi2.connect(address, uri=True, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA cipher_log_level = NONE")  # else SQLCipher writes to the terminal
    connection.execute(f"PRAGMA key = \"x'{raw_key.hex()}'\"")
    connection.execute(f"PRAGMA busy_timeout = {busy_ms:d}")
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA temp_store = MEMORY")
    return connection


def prepare_writer(connection: DriverConnection) -> None:
    """The pragmas of the one connection that saves."""
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")
    # Taken up only by what writes much: of 2 MB a merge or an import of thousands spills, and enciphers each page many times.
    connection.execute(f"PRAGMA cache_size = {-WRITER_CACHE_KIB:d}")


def prepare_reader(connection: DriverConnection) -> None:
    connection.execute("PRAGMA query_only = ON")
    # A list sorted by name lies scattered over the table; of 2 MB each page of it would be deciphered again.
    connection.execute(f"PRAGMA cache_size = {-READER_CACHE_KIB:d}")


def pragma(connection: DriverConnection, name: str) -> int:
    """The number that a pragma answers with."""
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])


def damaged_pages(connection: DriverConnection) -> int:
    """How many pages of the main file fail their HMAC. Only meaningful while no WAL is pending."""
    return len(connection.execute("PRAGMA cipher_integrity_check").fetchall())


def vouches_for_a_page(path: Path, raw_key: bytes) -> bool:
    """Some page of the file was written with this key."""
    return any(_vouched(path, raw_key))


def _vouched(path: Path, raw_key: bytes) -> Iterator[bool]:
    with path.open("rb") as file:
        salt = file.read(SALT)
        mac_key = hashlib.pbkdf2_hmac("sha512", raw_key, bytes(byte ^ 0x3A for byte in salt), 2, KEY_BYTES)
        file.seek(0)
        number = 0
        while len(page := file.read(PAGE)) == PAGE:
            number += 1
            body = page[SALT if number == 1 else 0 : -MAC]
            told = hmac.new(mac_key, body + number.to_bytes(4, "little"), "sha512").digest()
            yield hmac.compare_digest(told, page[-MAC:])
