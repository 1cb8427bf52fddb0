"""Job 6: a list of people as a workbook of 15 columns."""

import zipfile
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from xlsxwriter import Workbook

from benchmarks import ledgers
from benchmarks.measure import Goal, Outcome, Side, contest
from desktop.exchange.writing import export
from desktop.model.person import Person
from desktop.store.page import Listing

ROWS, ROUNDS = 20_000, 5
COLUMNS = (
    "name", "id_number", "sex", "born", "nation", "phone", "roles", "post", "branch", "joined_on", "education", "room", "strengths",
    "wishes", "note",
)  # fmt: skip
LISTING = Listing(Person, order="name", community=ledgers.COMMUNITY)
SQL = f"SELECT {', '.join(COLUMNS)} FROM person WHERE community = ? AND ended_on IS NULL ORDER BY sort_key, id"


def run() -> list[Outcome]:
    """The product beside rows of XML written by hand, and beside XlsxWriter's own way."""
    with ledgers.ground() as ground:
        source = ledgers.copied(ledgers.people_ledger(ROWS), ground / "ledger")
        desk, driver, number = ledgers.opened(source), ledgers.raw_reader(source), iter(range(10_000))

        def path() -> Path:
            return ground / f"{next(number)}.xlsx"

        def product(to: Path) -> None:
            assert export(desk, LISTING, to, columns=COLUMNS, full=True) == ROWS

        sides = [
            Side("floor", "rows by the driver, row XML by hand, zip", lambda to: by_hand(driver, to), path),
            Side("product", "writing.export: audit, words for codes, formats, print set-up", product, path),
            Side("peer", "XlsxWriter write_row in constant memory", lambda to: by_rows(driver, to), path, every=2),
        ]
        goals = [
            Goal("export ≤ 2.2 × floor", "product", "floor", most=2.2),
            Goal("export ≥ 3 × faster than write_row", "peer", "product", least=3.0),
        ]
        try:
            return [contest("export", "export a spreadsheet", f"{ROWS:,} × 15", sides, goals, rounds=ROUNDS)]
        finally:
            driver.close()
            desk.books.ledger.close()


def by_hand(driver: Any, path: Path) -> None:
    """The sheet alone, without styles: the least that a spreadsheet of these rows is."""
    parts = ['<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>']
    for row in driver.execute(SQL, (ledgers.COMMUNITY,)):
        cells = [f'<c t="inlineStr"><is><t>{escape(cell)}</t></is></c>' if cell else "<c/>" for cell in row]
        parts.append(f"<row>{''.join(cells)}</row>")
    parts.append("</sheetData></worksheet>")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/worksheets/sheet1.xml", "".join(parts))


def by_rows(driver: Any, path: Path) -> None:
    """What is usually written."""
    with Workbook(path, {"constant_memory": True}) as book:
        sheet, text = book.add_worksheet(), book.add_format({"num_format": "@"})
        for number, row in enumerate(driver.execute(SQL, (ledgers.COMMUNITY,))):
            sheet.write_row(number, 0, row, text)
