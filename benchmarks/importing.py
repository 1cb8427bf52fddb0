"""Job 5: a spreadsheet of people into the ledger: read, checked, compared, written with audit, journal and search rows."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import python_calamine
from sqlalchemy.orm import Session
from xlsxwriter import Workbook

from benchmarks import ledgers
from benchmarks.measure import Goal, Outcome, Side, contest
from desktop.exchange.importing import dry_run, propose, run_import
from desktop.exchange.reading import read
from desktop.model.person import Person
from desktop.office.desk import Desk
from desktop.store.work import new_id

ROWS = int(os.environ.get("BENCH_IMPORT_ROWS", "10000"))  # the goal is set for 50,000; the ratio hardly moves
ROUNDS = 5
PERSON = Person.table()


def run() -> list[Outcome]:
    """The product against reading and writing alone, and against the usual way with openpyxl and objects."""
    with ledgers.ground() as ground:
        empty, path = ledgers.people_ledger(0), ground / "people.xlsx"
        write_workbook(path, ROWS)
        desks: list[Desk] = []

        def fresh(name: str) -> Callable[[], Any]:
            """A ledger without people, open; the one of the round before is closed."""

            def prepare() -> Desk:
                while desks:
                    desks.pop().books.ledger.close()
                desks.append(ledgers.opened(ledgers.copied(empty, ground / name)))
                return desks[-1]

            return prepare

        sides = [
            Side("floor", "calamine, then executemany of person rows only", lambda desk: floor(desk, path), fresh("floor")),
            Side("product", "reader process, dry run, run_import", lambda desk: product(desk, path), fresh("product")),
            Side("peer", "openpyxl, checks, ORM objects, person rows only", lambda desk: peer(desk, path), fresh("peer"), every=3),
        ]
        goals = [
            Goal("import ≤ 2.8 × floor", "product", "floor", most=2.8),
            Goal("import ≥ 3 × faster than openpyxl and ORM", "peer", "product", least=3.0),
        ]
        try:
            return [contest("import", "import a spreadsheet", f"{ROWS:,} × 15", sides, goals, rounds=ROUNDS)]
        finally:
            for desk in desks:
                desk.books.ledger.close()


def write_workbook(path: Path, rows: int) -> None:
    """People as a spreadsheet that a clerk keeps: every cell text, every word as it is shown."""
    people, fields = ledgers.invented(rows), Person.fields()
    keys = ledgers.columns_of(people)
    with Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("人员")
        for column, key in enumerate(keys):
            sheet.write_string(0, column, fields[key].label)
        for number, values in enumerate(people, start=1):
            for column, key in enumerate(keys):
                sheet.write_string(number, column, fields[key].kind.show(values[key]))


def floor(desk: Desk, path: Path) -> None:
    """The least: cells as they stand, into the one table."""
    rows = python_calamine.load_workbook(path).get_sheet_by_index(0).to_python()
    heads = {spec.label: key for key, spec in Person.fields().items()}
    names = [heads[str(head)] for head in rows[0]]
    fixed = kept_values(desk)
    marks = ", ".join("?" * (len(names) + 1 + len(fixed)))
    sql = f"INSERT INTO person ({', '.join([*names, 'id', *fixed])}) VALUES ({marks})"
    driver = ledgers.raw_writer(desk.books.ledger.folder.parent)
    driver.execute("BEGIN IMMEDIATE")
    driver.executemany(sql, [(*row, new_id(), *fixed.values()) for row in rows[1:]])
    driver.execute("COMMIT")
    driver.close()


def product(desk: Desk, path: Path) -> None:
    """Every step of the import page."""
    sheet = read(path)[0]
    done = run_import(desk, Person, dry_run(desk, Person, sheet, propose(sheet, Person)))
    assert done.added > ROWS * 0.97, done


def peer(desk: Desk, path: Path) -> None:
    """What is usually written: a workbook object, each cell checked, an object a row."""
    fields, today = Person.fields(), desk.today
    heads = {spec.label: key for key, spec in fields.items()}
    rows = openpyxl.load_workbook(path, read_only=True).worksheets[0].iter_rows(values_only=True)
    names = [heads[str(head)] for head in next(rows)]
    fixed = kept_values(desk)
    with desk.books.ledger.write() as conn, Session(conn) as session:
        for row in rows:
            values = {key: fields[key].kind.parse(str(cell), today) for key, cell in zip(names, row, strict=True) if cell}
            session.add(Person(id=new_id(), **values, **fixed))
        session.flush()


def kept_values(desk: Desk) -> dict[str, Any]:
    """What every row holds beside its fields."""
    return {
        "community": desk.community, "version": 1, "created_at": ledgers.now(), "created_by": "bench", "changed_at": ledgers.now(),
        "changed_by": "bench", "sitting": "0" * 16, "tick": 1,
    }  # fmt: skip
