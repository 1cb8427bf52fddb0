"""Job 7a: a ledger of 1,650 rows as a PDF: measured, wrapped, numbered pages, every character checked for a glyph."""

import time
from io import BytesIO

from reportlab.pdfgen.canvas import Canvas

from benchmarks import ledgers
from benchmarks.measure import Goal, Outcome, Side, contest
from desktop.model.person import Person
from desktop.office.facts import Column, ListFacts, OfficeFacts
from desktop.reports.fonts import Style, shipped
from desktop.reports.pen import A4_WIDE, MM
from desktop.reports.plain import plain_list

ROWS, FIVE_TIMES = 1_650, 5 * 1_650
ROUNDS = 5
KEYS = ("name", "sex", "id_number", "phone", "roles", "branch", "post", "room", "strengths", "note")
OFFICE = OfficeFacts("滨海社区", "凤山街道", "滨海社区党委", ledgers.COMMUNITY)


def run() -> list[Outcome]:
    """The product's list of people beside one drawString a cell; LibreOffice where it is installed is not tried here."""
    small, large = facts(ROWS), facts(FIVE_TIMES)
    pages = plain_list(small).pages
    sides = [
        Side("floor", "canvas, one drawString a cell, one grid a page, nothing measured", lambda: floor(small, -(-ROWS // pages))),
        Side("product", "reports.plain_list", lambda: plain_list(small)),
        Side("product, 5 ×", f"the same with {FIVE_TIMES:,} rows, a fifth of its time", lambda: _fifth(large), every=2),
    ]
    goals = [
        Goal("ledger PDF ≤ 1.3 × floor", "product", "floor", most=1.3),
        Goal("time a row at 5 × ≤ 1.2 × that of 1,650", "product, 5 ×", "product", most=1.2),
    ]
    skipped = {"LibreOffice": "not installed here; goal ≥ 2.5 × faster than its conversion"}
    notes: dict[str, float | int | str] = {"pages": pages}
    return [contest("ledger", "ledger PDF", f"{ROWS:,} rows", sides, goals, rounds=ROUNDS, skipped=skipped, notes=notes)]


def facts(rows: int) -> ListFacts:
    """People as a list is printed, numbers masked, notes that wrap."""
    kinds = [(key, Person.fields()[key].kind) for key in KEYS]
    cells = []
    for person in ledgers.invented(rows):
        person["note"] = "可在周末参加，家里有电动车，愿意接送行动不便的老人"
        cells.append(tuple(kind.mask(person[key]) if kind.sensitive else kind.show(person[key]) for key, kind in kinds))
    columns = tuple(Column(Person.fields()[key].label, tight=kind.tight) for key, kind in kinds)
    return ListFacts("人员一览表", columns, tuple(cells), OFFICE)


def floor(listed: ListFacts, per_page: int) -> None:
    """The same words in the same font on as many pages, nothing wrapped."""
    book = shipped()
    font = book.chain(Style.SONG).main.name
    out = BytesIO()
    canvas = Canvas(out, pagesize=(A4_WIDE.width, A4_WIDE.height), pageCompression=1)
    width = (A4_WIDE.width - 38 * MM) / len(listed.columns)
    xs = [20 * MM + width * nth for nth in range(len(listed.columns) + 1)]
    for begin in range(0, len(listed.rows), per_page):
        rows = listed.rows[begin : begin + per_page]
        canvas.setFont(font, 9)
        ys = [A4_WIDE.height - 30 * MM - 7.5 * MM * nth for nth in range(len(rows) + 1)]
        for row, y in zip(rows, ys, strict=False):
            for text, x in zip(row, xs, strict=False):
                canvas.drawString(x + 3, y - 14, text)
        canvas.grid(xs, ys)
        canvas.showPage()
    canvas.save()


def _fifth(listed: ListFacts) -> float:
    begin = time.perf_counter()
    plain_list(listed)
    return (time.perf_counter() - begin) / 5
