"""The power goes at any moment: what reached the platter is what was synced, and of the rest any sector or none, torn or old.

The disk is taken down at every acknowledged save; between two of them the sectors that were written and not yet synced are
kept, lost or left as they were, by lot. (What a kill keeps in the memory of the system is another test:
tests/faults/test_killed_in_the_circle.py.)
"""

import random
import shutil
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest

from desktop.model.person import Person
from desktop.office import records
from desktop.office.desk import Desk
from desktop.store.journal import broken_link
from tests.builders import a_desk, a_person
from tests.sync.ledgers import opened

# Slow: hundreds of disks are built and opened.
pytestmark = pytest.mark.slow
LEDGER, WAL = "ledger.db", "ledger.db-wal"
SECTOR = 512
SAVES = 6
STATES = {"small": 30, "full": 5_000}  # after each save


@dataclass(frozen=True)
class Platter:
    """The ledger's folder as it lay on the disk when a save was acknowledged."""

    folder: Path
    people: frozenset[str]

    def read(self, name: str) -> bytes:
        path = self.folder / name
        return path.read_bytes() if path.exists() else b""


def taken_down(desk: Desk, ground: Path) -> Platter:
    """Every file as it is this moment."""
    folder = desk.books.ledger.folder
    there = ground / f"{len(list(ground.iterdir())):02d}"
    shutil.copytree(folder, there, ignore=shutil.ignore_patterns("*-shm", "*.lock"))
    return Platter(there, frozenset(row["id"] for row in desk.rows(Person)))


def torn(before: bytes, after: bytes, lot: random.Random) -> bytes:
    """`before` is on the platter; of what `after` adds or changes each sector is there, or not yet, or (beyond the old end) nought."""
    length = lot.choice([len(before), len(after), lot.randrange(min(len(before), len(after)), max(len(before), len(after)) + 1)])
    keeps, made = lot.choice([0.0, lot.random(), 1.0]), bytearray()
    for start in range(0, length, SECTOR):
        new, old = after[start : start + SECTOR], before[start : start + SECTOR]
        made += new if new and lot.random() < keeps else old or bytes(len(new))
    return bytes(made[:length])


def after_the_cut(ground: Path, before: Platter, after: Platter, lot: random.Random) -> Path:
    """The folder as somebody finds it next morning."""
    found = ground / "早上"
    shutil.rmtree(found, ignore_errors=True)
    shutil.copytree(before.folder, found)
    for name in (LEDGER, WAL):
        (found / name).write_bytes(torn(before.read(name), after.read(name), lot))
    return found


def looked_at(folder: Path, raw_key: bytes) -> set[str]:
    """The people in a ledger that opens, whose every page is proved and whose chain of deeds is whole."""
    desk = opened(folder, raw_key)
    try:
        desk.books.ledger.check_pages()
        with desk.books.read() as conn:
            assert broken_link(conn) is None
            journaled = set(conn.exec_driver_sql("SELECT record FROM journal WHERE kind = 'person' AND field = ''").scalars())
            indexed = set(conn.exec_driver_sql("SELECT record FROM search WHERE kind = 'person'").scalars())
        there = {row["id"] for row in desk.rows(Person)}
        assert journaled == indexed == there
        return there
    finally:
        desk.books.ledger.close()


def test_a_cut_while_saving_loses_no_acknowledged_save_and_keeps_no_half_one(tmp_path: Path, dose: str) -> None:
    """# fault 2"""
    desk, platters = a_desk(tmp_path), (tmp_path / "盘片")
    platters.mkdir()
    a_person(desk, "本次打开后的第一笔")  # before it the sitting is marked, in an order of its own: test_opening.py
    key, disks = desk.books.ledger.raw_key, [taken_down(desk, platters)]
    for nth in range(SAVES):
        person = a_person(desk, f"居民{nth}")
        records.correct(desk, Person, person, post="𬭊𪻐" * (nth + 1))
        disks.append(taken_down(desk, platters))
    desk.books.ledger.close()
    lot, seen = random.Random(20220308), set()
    for before, after in pairwise(disks):
        for _turn in range(STATES[dose]):
            there = looked_at(after_the_cut(tmp_path, before, after, lot), key)
            assert before.people <= there <= after.people
            seen.add(there == after.people)
    assert seen == {True, False}, "some cuts fell before the save had reached the disk and some behind it"


def test_a_cut_while_the_wal_is_folded_in_loses_nothing_and_cries_no_wolf(tmp_path: Path, dose: str) -> None:
    """# fault 3: pages of the ledger itself are half new and half old, the WAL is whole."""
    desk, platters = a_desk(tmp_path), (tmp_path / "盘片")
    platters.mkdir()
    key, ledger = desk.books.ledger.raw_key, desk.books.ledger
    for nth in range(SAVES):
        a_person(desk, f"居民{nth}")
    before = taken_down(desk, platters)
    ledger.close()
    folded = Platter(ledger.folder, before.people)
    assert before.read(LEDGER) != folded.read(LEDGER), "closing folds the WAL in"
    lot = random.Random(20220308)
    for _turn in range(STATES[dose]):
        found = after_the_cut(tmp_path, before, before, lot)
        (found / LEDGER).write_bytes(torn(before.read(LEDGER), folded.read(LEDGER), lot))
        assert looked_at(found, key) == before.people
