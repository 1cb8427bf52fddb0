"""A tiny schema, an office with one key, and the words in which the tests of the one file speak."""

import os
import sys
from pathlib import Path

from sqlalchemy import Connection

from desktop.store.file import Ledger, create_ledger, open_ledger
from desktop.store.key import Cost, Keyring

RAW_KEY = bytes(range(32))
OTHER_KEY = bytes(32)
CHEAP = Cost(memory=8, rounds=1, lanes=1)
VERSION = 1
NAMES = frozenset({"household", "person", "person_by_name"})
SECRETARY, PASSWORD = "王书记", "桥头-1949-莲花"


def build(connection: Connection) -> None:
    connection.exec_driver_sql("CREATE TABLE household (id INTEGER PRIMARY KEY, door TEXT NOT NULL) STRICT")
    connection.exec_driver_sql(
        "CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, household INTEGER"
        " REFERENCES household (id) ON DELETE CASCADE) STRICT"
    )
    connection.exec_driver_sql("CREATE INDEX person_by_name ON person (name)")


def new_ledger(folder: Path) -> Ledger:
    return create_ledger(folder, RAW_KEY, build, VERSION)


def opened(folder: Path, raw_key: bytes = RAW_KEY, **more: object) -> Ledger:
    return open_ledger(folder, raw_key, version=VERSION, names=NAMES, **more)  # type: ignore[arg-type]


def register(ledger: Ledger, *names: str) -> None:
    with ledger.write() as connection:
        for name in names:
            connection.exec_driver_sql("INSERT INTO person (name) VALUES (?)", (name,))


def people(ledger: Ledger) -> list[str]:
    with ledger.read() as connection:
        return [name for (name,) in connection.exec_driver_sql("SELECT name FROM person ORDER BY id")]


def filled_folder(folder: Path, count: int = 300) -> Path:
    """A closed ledger of about two dozen pages, with its keyring."""
    with new_ledger(folder) as ledger:
        register(ledger, *(f"居民{number:04d}" + "住址" * 40 for number in range(count)))
    ring, _paper = Keyring.new({SECRETARY: PASSWORD}, RAW_KEY, CHEAP)
    ring.save(folder)
    return folder


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def surroundings() -> dict[str, str]:
    """The environment in which a child process finds the project and this module."""
    places = [str(Path(__file__).parents[2]), *sys.path]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, places))}
