"""Job 11: a backup that was measured equal before it counts, beside the bare copy that SQLite makes."""

import os
import shutil
from pathlib import Path

from benchmarks import ledgers
from benchmarks.measure import Goal, Outcome, Side, contest
from desktop.office.backups import back_up
from desktop.office.desk import Desk
from desktop.store.cipher import connect

PEOPLE, ROUNDS = 40_000, 5


def run() -> list[Outcome]:
    """The whole deed: copy, measure both, seal with its head, read back, write down."""
    with ledgers.ground() as ground:
        folder = ledgers.copied(ledgers.people_ledger(PEOPLE), ground / "ledger")
        desk, size = ledgers.opened(folder), (folder / "book" / "ledger.db").stat().st_size / 1e6
        sides = [
            Side("floor", "VACUUM INTO, fsync", lambda to: vacuum(desk, to), lambda: _clean(ground / "copies") / "copy.db"),
            Side("product", "backups.back_up", lambda to: back_up(desk, reason="bench", folder=to), lambda: _clean(ground / "backups")),
        ]
        goals = [Goal("verified backup ≤ 2.2 × VACUUM INTO", "product", "floor", most=2.2)]
        try:
            return [contest("backup", "verified backup", f"{size:.0f} MB", sides, goals, rounds=ROUNDS)]
        finally:
            desk.books.ledger.close()


def vacuum(desk: Desk, path: Path) -> None:
    """A copy that nobody has looked at."""
    driver = connect(desk.books.ledger.path, desk.books.ledger.raw_key, "read")
    driver.execute("VACUUM INTO ?", (str(path),))
    driver.close()
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _clean(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return folder
