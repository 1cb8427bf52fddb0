"""Job 9b: the second batches of 99 communities, 200 changed records each, merged into one district ledger, a transaction a batch."""

import time
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy.orm import Session

from benchmarks import ledgers, offices
from benchmarks.measure import Goal, Outcome, Side, Verdict, contest
from desktop.model.person import Person
from desktop.office.desk import Desk
from desktop.sync.merging import merge

ROUNDS = 3
ORM_BATCHES = 10  # row by row is slow: some are enough to know its time a record


def run() -> list[Outcome]:
    """Seconds a batch of 200 records; the first ten beside the last ten show whether a merge grows with what lies there already."""
    with ledgers.ground() as ground:
        folder, desks = offices.district(), []
        paths, growth = list(offices.batches(folder)), []
        columns = [column.name for column in Person.table().columns]

        def fresh() -> Desk:
            while desks:
                desks.pop().books.ledger.close()
            desks.append(ledgers.opened(ledgers.copied(folder / offices.UPPER, ground / "upper")))
            return desks[-1]

        def rows_of(desk: Desk) -> list[list[tuple[Any, ...]]]:
            with desk.books.read() as conn:
                sql = f"SELECT {', '.join(columns)} FROM person WHERE community = ? ORDER BY id"
                return [[tuple(row) for row in conn.exec_driver_sql(sql, (code,))] for code in offices.CODES]

        def floor() -> tuple[Desk, list[list[tuple[Any, ...]]]]:
            desk = fresh()
            return desk, rows_of(desk)

        def product(desk: Desk) -> float:
            taken = [_timed(desk, path) for path in paths]
            growth.append(median(taken[-10:]) / median(taken[:10]))
            return sum(taken) / len(paths)

        sides = [
            Side("floor", "INSERT OR REPLACE executemany of the same persons", lambda given: replace_all(*given, columns), floor),
            Side("product", "merging.merge: proved, opened, merged by field, journal, audit", product, fresh),
            Side("peer", "ORM, row by row, persons only", lambda given: row_by_row(*given, columns), floor, every=3),
        ]
        goals = [
            Goal("district merge ≤ 4 × floor", "product", "floor", most=4.0),
            Goal("district merge ≥ 8 × faster than ORM", "peer", "product", least=8.0),
        ]
        try:
            size = f"{len(paths)} × {offices.EACH} changed"
            found = contest("merge", "district merge, one batch", size, sides, goals, rounds=ROUNDS)
        finally:
            for desk in desks:
                desk.books.ledger.close()
        slope = Verdict("last ten batches ≤ 1.5 × the first ten", median(growth), 1.5, at_most=True)
        return [replace(found, verdicts=(*found.verdicts, slope))]


def _timed(desk: Desk, path: Path) -> float:
    begin = time.perf_counter()
    done = merge(desk, path)
    assert done.fates == {"已入库": offices.EACH}, done
    return time.perf_counter() - begin


def replace_all(desk: Desk, batches: list[list[tuple[Any, ...]]], columns: list[str]) -> float:
    """The least: each community's rows written again, a transaction a batch."""
    driver = ledgers.raw_writer(desk.books.ledger.folder.parent)
    sql = f"INSERT OR REPLACE INTO person ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
    begin = time.perf_counter()
    for rows in batches:
        driver.execute("BEGIN IMMEDIATE")
        driver.executemany(sql, rows)
        driver.execute("COMMIT")
    took = time.perf_counter() - begin
    driver.close()
    return took / len(batches)


def row_by_row(desk: Desk, batches: list[list[tuple[Any, ...]]], columns: list[str]) -> float:
    """What is usually written: each record loaded, changed and flushed."""
    begin = time.perf_counter()
    for rows in batches[:ORM_BATCHES]:
        with desk.books.ledger.write() as conn, Session(conn) as session:
            for row in rows:
                values = dict(zip(columns, row, strict=True))
                kept = session.get_one(Person, (values["community"], values["id"]))
                kept.post, kept.education, kept.version, kept.changed_at = "网格员", "31", kept.version + 1, ledgers.now()
                session.flush()
    return (time.perf_counter() - begin) / ORM_BATCHES
