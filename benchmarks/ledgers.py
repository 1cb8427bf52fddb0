"""The ledgers that the benches run on: built once into `benchmarks/data/`, copied where a bench writes.

A folder is named by size, seed and schema number, and by the shape of the tables, so that a changed index is not measured on
an old file. The people are invented; the cipher, the pragmas and the durability are those of the product.
"""

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy.schema import CreateIndex, CreateTable

from desktop.demo.names import id_of, name_of, phone
from desktop.demo.sizes import people
from desktop.model.kinds import Value
from desktop.model.person import Person
from desktop.model.record import Base
from desktop.office.desk import Desk
from desktop.office.ledgers import found_office, open_desk
from desktop.store.cipher import connect, prepare_reader, prepare_writer
from desktop.store.key import Cost
from desktop.store.tables import SCHEMA

DATA = Path(__file__).parent / "data"
SEED = 2021
COMMUNITY, DISTRICT = "441502003007", "441502000000"
LOGIN, PASSWORD, DAY = "zhoumin", "abc12345", "2021-11-24"
CHEAP = Cost(8, 1, 1)  # Argon2 is measured nowhere here
BOOK, KEY = "book", "key"
FIRST_NEW = 2_000_000  # the numbers of people below it stand in the ledgers already
_POSTS, _ROLES = ("科员", "主任", "教师", "医生", "工程师"), ("居民", "社区党员", "机关党员", "志愿者")


def now() -> str:
    """The clock of the bench office stands."""
    return f"{DAY}T09:41:00"


@cache
def shape() -> str:
    """Eight signs that change with any table or index."""
    lines = []
    for table in Base.metadata.sorted_tables:
        lines += [str(CreateTable(table)), *sorted(str(CreateIndex(index)) for index in table.indexes)]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:8]


def kept(name: str, build: Callable[[Path], None]) -> Path:
    """The folder of this name, built by `build` when it is not there yet; a half-built one never has its name."""
    folder = DATA / f"{name}-seed{SEED}-schema{SCHEMA}-{shape()}"
    if not folder.exists():
        print(f"  building {folder.name} once …", flush=True)
        DATA.mkdir(exist_ok=True)
        part = Path(tempfile.mkdtemp(prefix="part-", dir=DATA))
        build(part)
        part.rename(folder)
    return folder


def found(folder: Path, community: str = COMMUNITY, tier: str = "社区") -> Desk:
    """An empty ledger under this folder, its raw key beside it, open."""
    desk, _recovery = found_office(
        folder / BOOK, community=community, tier=tier, admin="周敏", login=LOGIN, password=PASSWORD, now=now, cost=CHEAP
    )
    (folder / KEY).write_text(desk.books.ledger.raw_key.hex())
    return desk


def people_ledger(n: int) -> Path:
    """The closed ledger of one community that holds `n` people."""

    def build(folder: Path) -> None:
        desk = found(folder)
        if n:
            people(desk, n, seed=SEED)
        desk.books.ledger.close()

    return kept(f"people-{n}", build)


def key_of(folder: Path) -> bytes:
    """The raw key that lies beside the ledger."""
    return bytes.fromhex((folder / KEY).read_text())


def opened(folder: Path) -> Desk:
    """周敏 sits at the ledger of this folder."""
    return open_desk(folder / BOOK, LOGIN, key_of(folder), now=now)


def raw_writer(folder: Path) -> Any:
    """A bare driver connection with the pragmas of the product's writer."""
    connection = connect(folder / BOOK / "ledger.db", key_of(folder))
    prepare_writer(connection)
    return connection


def raw_reader(folder: Path) -> Any:
    """A bare driver connection with the pragmas of the product's readers."""
    connection = connect(folder / BOOK / "ledger.db", key_of(folder))
    prepare_reader(connection)
    return connection


@contextmanager
def ground() -> Iterator[Path]:
    """A folder for the copies of one bench, on the disk of the ledgers; gone afterwards."""
    DATA.mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="run-", dir=DATA))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def copied(source: Path, to: Path) -> Path:
    """A copy of a closed ledger with its key, in place of what was there."""
    shutil.rmtree(to, ignore_errors=True)
    shutil.copytree(source, to)
    return to


def invented(n: int, first: int = FIRST_NEW) -> list[dict[str, Value]]:
    """`n` people of 15 fields who stand in no ledger yet; the same for the same numbers."""
    dice = Random(f"{SEED}/bench/{first}")
    found = []
    for g in range(first, first + n):
        man = dice.random() < 0.53
        born, number = id_of(g, man=man)
        found.append({
            "name": name_of(dice, man=man, year=int(born[:4])), "id_number": number, "sex": "1" if man else "2", "born": born,
            "nation": "01", "phone": phone(dice), "roles": f"{dice.choice(_ROLES)} 2019-07-01~", "post": dice.choice(_POSTS),
            "branch": f"滨海第{dice.randint(1, 9)}党支部", "joined_on": f"20{dice.randint(10, 20)}-0{dice.randint(1, 9)}-15",
            "education": "21", "room": f"{dice.randint(1, 30)}栋{dice.randint(1, 30)}0{dice.randint(1, 4)}",
            "strengths": "电工，会修水管", "wishes": "文明劝导", "note": "可在周末参加",
        })  # fmt: skip
    return found


def columns_of(values: Sequence[dict[str, Value]]) -> list[str]:
    """The fields of invented people, in the order of the definition."""
    return [key for key in Person.fields() if key in values[0]]
