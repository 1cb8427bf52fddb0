"""Job 9a: 20,000 new records arrive at the district: opened, checked, merged, with audit, journal and search rows."""

from pathlib import Path
from typing import Any

from benchmarks import ledgers, offices
from benchmarks.measure import Outcome, Side, contest
from benchmarks.sealing import MORANGO, last_batch
from desktop.model.person import Person
from desktop.office.desk import Desk
from desktop.sync.merging import merge
from desktop.sync.sending import seal_batch

ROUNDS = 3


def run() -> list[Outcome]:
    """The product beside the bare inserts of the same people; the goal is set against Morango."""
    with ledgers.ground() as ground:
        folder = ledgers.copied(offices.pair(), ground / "pair")
        lower = offices.opened(folder, offices.LOWER)
        seal_batch(lower)
        batch = last_batch(lower)
        lower.books.ledger.close()
        source, desks = ledgers.raw_reader(folder / offices.LOWER), []
        columns = [column.name for column in Person.table().columns]
        rows = source.execute(f"SELECT {', '.join(columns)} FROM person").fetchall()
        source.close()

        def fresh() -> Desk:
            while desks:
                desks.pop().books.ledger.close()
            desks.append(ledgers.opened(ledgers.copied(folder / offices.UPPER, ground / "upper")))
            return desks[-1]

        sides = [
            Side("floor", "executemany of person rows only", lambda desk: insert(desk, columns, rows), fresh),
            Side("product", "merging.merge", lambda desk: merge(desk, batch), fresh),
        ]
        try:
            return [contest("receive", "receive new records", f"{offices.MANY:,} records", sides, [], rounds=ROUNDS, skipped=MORANGO)]
        finally:
            for desk in desks:
                desk.books.ledger.close()


def insert(desk: Desk, columns: list[str], rows: list[tuple[Any, ...]]) -> None:
    """The rows as they are, in one transaction."""
    driver = ledgers.raw_writer(Path(desk.books.ledger.folder).parent)
    driver.execute("BEGIN IMMEDIATE")
    driver.executemany(f"INSERT INTO person ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})", rows)
    driver.execute("COMMIT")
    driver.close()
