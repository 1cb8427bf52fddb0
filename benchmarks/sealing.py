"""Jobs 8a and 8b: 20,000 new records sealed into one file, and that file verified, opened and decoded."""

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import zstandard

from benchmarks import ledgers
from benchmarks import offices as bench_offices
from benchmarks.measure import Goal, Outcome, Side, contest
from desktop.model.courier import Batch
from desktop.model.person import Person
from desktop.office.desk import Desk
from desktop.store.tables import SCHEMA
from desktop.sync import offices, travel
from desktop.sync.seal import inspect, unseal
from desktop.sync.sending import BATCHES, seal_batch

ROUNDS = 7
MORANGO = {"Morango": "not installed here; it needs an environment of its own"}


def run() -> list[Outcome]:
    """Seal, then open what was sealed last."""
    with ledgers.ground() as ground:
        folder = ledgers.copied(bench_offices.pair(), ground / "pair")
        lower, upper = bench_offices.opened(folder, bench_offices.LOWER), bench_offices.opened(folder, bench_offices.UPPER)
        driver, plain = ledgers.raw_reader(folder / bench_offices.LOWER), ground / "floor.zst"
        try:
            sealed = contest(
                "seal", "seal a batch", f"{bench_offices.MANY:,} records",
                [
                    Side("floor", "read rows, msgpack, zstd 1, fsync", lambda: floor(driver, plain)),
                    Side("product", "sending.seal_batch", lambda: seal_batch(lower)),
                ],
                [Goal("seal ≤ 2 × floor", "product", "floor", most=2.0)], rounds=ROUNDS, skipped=MORANGO,
            )  # fmt: skip
            path = last_batch(lower)
            opened = contest(
                "unseal", "verify, open and decode a batch", f"{bench_offices.MANY:,} records",
                [
                    Side("floor", "unzip, untyped msgpack", lambda: unpack(plain)),
                    Side("product", "seal.unseal and every line", lambda: read(upper, path)),
                ],
                [Goal("open ≤ 3 × floor", "product", "floor", most=3.0)], rounds=ROUNDS * 3,
            )  # fmt: skip
            return [with_size(sealed, path), opened]
        finally:
            driver.close()
            for desk in (lower, upper):
                desk.books.ledger.close()


def floor(driver: Any, path: Path) -> None:
    """The fields that leave, without a rule, a mask, a seal."""
    columns = [*travel.plain_keys(Person), "id", "sitting", "tick", "stamps"]
    rows = driver.execute(f"SELECT {', '.join(columns)} FROM person WHERE community = ?", (ledgers.COMMUNITY,)).fetchall()
    packed = zstandard.ZstdCompressor(level=1).compress(msgspec.msgpack.encode(rows))
    with path.open("wb") as file:
        file.write(packed)
        file.flush()
        os.fsync(file.fileno())


def unpack(path: Path) -> None:
    """The rows back, without a type."""
    assert len(msgspec.msgpack.decode(zstandard.ZstdDecompressor().decompress(path.read_bytes()))) == bench_offices.MANY


def read(desk: Desk, path: Path) -> None:
    """Proved, opened, every line typed and checked; nothing merged."""
    found = unseal(path, [offices.own_key(desk).identity], offices.trusted(desk.books), desk.community, schema=SCHEMA)
    assert sum(1 for _line in found.lines()) >= bench_offices.MANY


def last_batch(desk: Desk) -> Path:
    """The file that was sealed last."""
    newest = max(desk.rows(Batch, direction="发出"), key=lambda row: int(row["number"]))
    return desk.books.ledger.folder / BATCHES / str(newest["file"])


def with_size(outcome: Outcome, path: Path) -> Outcome:
    """The outcome with the size of the file. Its goal, 1/12, is a share of what Morango dumps, so it is only told here."""
    header = inspect(path)
    return replace(outcome, notes={"file, bytes": header.size, "its own lines unpacked, bytes": header.plain})
