"""kill -9 at any moment of the circle: what was acknowledged is there, no batch is half sealed and none half merged.

# fault 1, fault 6, fault 7: two hundred kills in every run of the tests, ten thousand with `--dose=full`. (A kill keeps what the
system has in its memory; power cuts: tests/store/test_power_cut.py.)
"""

import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.model.courier import Batch
from desktop.model.person import Person
from desktop.office.desk import Desk
from desktop.sync.batch import Line
from desktop.sync.merging import merge
from desktop.sync.seal import inspect
from desktop.sync.sending import BATCHES, write_batch
from tests.builders import DISTRICT, HARBOUR, people
from tests.store.small_office import surroundings
from tests.sync.ledgers import Circle, a_circle, chain_is_whole, content, opened, own_rows, rows_of

pytestmark = [pytest.mark.slow, pytest.mark.timeout(7200)]
SAVING, SEALING, MERGING = 90, 60, 60


class Killer:
    """Starts a worker, kills it after a while, and knows what it had acknowledged."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.faults.killable"]
        self._nest = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=surroundings())
        self._chance = random.Random(7)

    def kill(self, work: str, *arguments: object, within: float) -> list[str]:
        """The worker was ready, and dead at most `within` seconds later."""
        self._tell("\t".join([work, *map(str, arguments)]))
        assert self._hear() == "ready"
        time.sleep(self._chance.uniform(0, within))
        self._tell("kill")
        heard = []
        while (word := self._hear()) != "dead":
            assert word not in ("", "failed"), heard
            heard.append(word)
        return [word for word in heard if word != "done"]

    def _tell(self, word: str) -> None:
        assert self._nest.stdin
        self._nest.stdin.write(f"{word}\n")
        self._nest.stdin.flush()

    def _hear(self) -> str:
        assert self._nest.stdout
        return self._nest.stdout.readline().strip()

    def close(self) -> None:
        assert self._nest.stdin
        assert self._nest.stdout
        self._nest.stdin.close()
        self._nest.wait(20)
        self._nest.stdout.close()


@pytest.fixture(scope="module")
def killer() -> Iterator[Killer]:
    killer = Killer()
    yield killer
    killer.close()


@pytest.fixture
def circle(tmp_path: Path) -> Iterator[Circle]:
    circle = a_circle(tmp_path)
    yield circle
    circle.close()


def left(desk: Desk) -> tuple[Path, bytes]:
    """Nobody sits there any more; the folder and its key."""
    desk.books.ledger.close()
    return desk.books.ledger.folder, desk.books.ledger.raw_key


def times(dose: str, small: int) -> int:
    return small * 10_000 // (SAVING + SEALING + MERGING) if dose == "full" else small


def test_every_acknowledged_save_is_there_whole(circle: Circle, killer: Killer, dose: str):
    """# fault 1"""
    folder, key = left(circle.harbour)
    acknowledged: set[str] = set()
    for turn in range(times(dose, SAVING)):
        acknowledged |= set(killer.kill("save", folder, key.hex(), within=0.12))
        circle.harbour = desk = opened(folder, key)
        there = {row["id"] for row in desk.rows(Person)}
        assert acknowledged <= there
        assert len(there) - len(acknowledged) <= turn + 1  # at most the one in flight, each time
        assert traces(desk) == dict.fromkeys(there, (1, 1, True))
        assert chain_is_whole(desk)
        left(desk)
    assert acknowledged


def traces(desk: Desk) -> dict[str, tuple[int, int, bool]]:
    """Person → how often the journal says it began, how often the chain of deeds names it, whether a search finds it."""
    with desk.books.read() as conn:
        begun = conn.exec_driver_sql("SELECT record, count(*) FROM journal WHERE kind = 'person' AND field = '' GROUP BY record").all()
        named = conn.exec_driver_sql("SELECT substr(what, 8), count(*) FROM audit WHERE deed = 'person.add' GROUP BY what").all()
        found = set(conn.exec_driver_sql("SELECT record FROM search WHERE kind = 'person'").scalars())
    often = {str(key): int(number) for key, number in named}
    return {str(key): (int(number), often.pop(str(key), 0), key in found) for key, number in begun} | dict.fromkeys(often, (0, 1, False))


def test_no_half_batch_has_a_real_name_and_no_number_is_given_twice(circle: Circle, killer: Killer, dose: str):
    """# fault 6"""
    folder, key = left(circle.harbour)
    stick = circle.stick()
    hashes: dict[int, str] = {}
    for turn in range(times(dose, SEALING)):
        window = 0.25 if hashes else 0.25 + 0.1 * turn  # a busy machine gets more time until it has sealed at all
        acknowledged = {int(word) for word in killer.kill("seal", folder, key.hex(), stick, within=window)}
        on_stick = numbered(stick / "连心")
        kept = numbered(folder / BATCHES)
        assert acknowledged <= set(on_stick) <= set(kept)
        for number, batch in {**kept, **on_stick}.items():
            header = inspect(batch)
            assert hashes.setdefault(number, header.sha256) == header.sha256
            if number > max(hashes) - 3:
                _manifest, lines = content(batch, circle.district)  # opens it to its last line
                assert lines
        circle.harbour = desk = opened(folder, key)
        booked = {row["number"]: row["sha256"] for row in desk.rows(Batch)}
        assert {number: hashes[number] for number in booked} == booked
        assert acknowledged <= set(booked)
        assert chain_is_whole(desk)
        left(desk)
    circle.harbour = opened(folder, key)
    last = write_batch(circle.harbour, stick)
    assert last.number == max(hashes) + 1
    assert {row["number"] for row in circle.harbour.rows(Batch)} == {*hashes, last.number}
    circle.taken(last.path)
    assert rows_of(circle.district) == own_rows(circle.harbour)


def numbered(folder: Path) -> dict[int, Path]:
    """Every batch with a real name, by the number in its name."""
    return {int(path.name.split("-第")[1].split("批")[0]): path for path in folder.glob("*.lxb")}


def test_a_batch_is_merged_whole_or_not_at_all(circle: Circle, killer: Killer, dose: str, tmp_path: Path):
    """# fault 7"""
    batches, after = [], [rows_of(circle.district)]
    for _nth in range(4):
        people(circle.harbour, 15)
        batches.append(circle.sent())
        after.append(own_rows(circle.harbour))
    everybody: list[Line] = content(batches[-1], circle.district)[1]
    assert len(everybody) == 61
    folder, key = left(circle.district)
    outcomes = set()
    for turn in range(times(dose, MERGING)):
        copy = Path(shutil.copytree(folder, tmp_path / f"第{turn}次" / "账本"))
        acknowledged = [int(word) for word in killer.kill("read", copy, key.hex(), *batches, within=0.4)]
        circle.district = desk = opened(copy, key)
        merged = [row["number"] for row in desk.rows(Batch)]
        assert merged == list(range(1, len(merged) + 1))
        assert len(acknowledged) <= len(merged) <= len(acknowledged) + 1
        assert rows_of(desk) == after[len(merged)]
        assert chain_is_whole(desk)
        outcomes.add(len(merged))
        again = [merge(desk, batch) for batch in batches]
        assert [one.already for one in again] == [number <= len(merged) for number in range(1, 5)]
        assert rows_of(desk) == after[-1]
        left(desk)
        shutil.rmtree(copy.parent)
    assert len(outcomes) > 1, "the kills fell into different moments"
    assert (circle.harbour.community, desk.community) == (HARBOUR, DISTRICT)
