"""Job 2: one person saved: checks, person, audit, journal, knowledge and search rows in one transaction."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event

from benchmarks import ledgers
from benchmarks.measure import Goal, Outcome, Side, contest
from desktop.model.person import Person
from desktop.office.desk import Desk
from desktop.office.records import add

ROUNDS = 200
SMALL, LARGE = 1_000, 100_000

Written = list[tuple[str, Any, bool]]  # statement, values, whether they are many


@contextmanager
def watched(desk: Desk) -> Iterator[Written]:
    """Every statement by which the block changes the ledger."""
    written: Written = []
    engine = desk.books.ledger._writer  # the bench may look where the product may not

    def see(_conn: Connection, _cursor: Any, statement: str, values: Any, _context: Any, executemany: bool) -> None:
        if statement.startswith(("INSERT", "UPDATE", "DELETE")):
            written.append((statement.split(" RETURNING ")[0], values, executemany))

    event.listen(engine, "before_cursor_execute", see)
    try:
        yield written
    finally:
        event.remove(engine, "before_cursor_execute", see)


def replay(driver: Any, written: Written) -> None:
    """The same rows by the bare driver."""
    driver.execute("BEGIN IMMEDIATE")
    for statement, values, many in written:
        (driver.executemany if many else driver.execute)(statement, values)
    driver.execute("COMMIT")


def saver(desk: Desk) -> Callable[[dict[str, Any]], object]:
    """The deed that the form calls."""
    return lambda values: add(desk, Person, **values)


def run() -> list[Outcome]:
    """The product against its own rows, at two sizes."""
    people = ledgers.invented(3 * ROUNDS + 20)
    with ledgers.ground() as ground:
        small, large = ledgers.people_ledger(SMALL), ledgers.people_ledger(LARGE)
        written = _saved_elsewhere(small, ground / "watched", people)
        desks = {n: ledgers.opened(ledgers.copied(source, ground / f"product-{n}")) for n, source in ((SMALL, small), (LARGE, large))}
        driver = ledgers.raw_writer(ledgers.copied(small, ground / "floor"))
        rows, of_small, of_large = iter(cycle(written)), iter(people), iter(people)
        sides = [
            Side("floor", "the same rows by the bare driver, values ready", lambda some: replay(driver, some), lambda: next(rows)),
            Side("product", f"records.add at {SMALL:,} people", saver(desks[SMALL]), lambda: next(of_small)),
            Side("product, large", f"records.add at {LARGE:,} people", saver(desks[LARGE]), lambda: next(of_large)),
        ]
        goals = [
            Goal("save one person ≤ 2.5 × floor", "product", "floor", most=2.5),
            Goal(f"save at {LARGE:,} ≤ 1.7 × the time at {SMALL:,}", "product, large", "product", most=1.7),
        ]
        rows_each = sum(len(values) if many else 1 for _statement, values, many in written[0])
        try:
            found = contest("save", "save one person", f"{SMALL:,}", sides, goals, rounds=ROUNDS, warm=5, notes={"rows a save": rows_each})
        finally:
            driver.close()
            for desk in desks.values():
                desk.books.ledger.close()
    return [found]


def _saved_elsewhere(source: Path, to: Path, people: list[dict[str, Any]]) -> list[Written]:
    """What saving these people writes, save by save."""
    desk = ledgers.opened(ledgers.copied(source, to))
    found = []
    for values in people:
        with watched(desk) as written:
            add(desk, Person, **values)
        found.append(written)
    desk.books.ledger.close()
    return found
