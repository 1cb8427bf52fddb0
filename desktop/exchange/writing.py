"""Spreadsheets out: the template that a record type asks to be filled in, any list as a workbook or csv, refused rows to mend.

They are the office's papers and stay Chinese whatever the screen speaks, so that any of its PCs can read them in again.

Every text is written as text, so `=1+1` is no formula and an ID keeps its digits. ID numbers and telephones leave masked unless
the person may take them out in full; every export stands in the audit.
"""

import csv
import io
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from sqlalchemy import Connection
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from desktop.exchange.books import CHARACTER, FONT, TEXT_FORMAT, FastSheet, Written, print_set_up, style_index, workbook
from desktop.exchange.cells import cell_text, guarded
from desktop.exchange.fates import DryRun, Fate, Problem, words_of
from desktop.exchange.mapping import REASON_HEAD, heads_of, importable, imported_fields
from desktop.exchange.reading import address
from desktop.model.errors import Refusal
from desktop.model.field import Field
from desktop.model.kinds.amounts import Number
from desktop.model.kinds.choices import Choice, Code, Flag
from desktop.model.kinds.records import Link
from desktop.model.kinds.tags import Tags
from desktop.model.language import _, in_chinese
from desktop.model.record import Record
from desktop.office.desk import Desk
from desktop.office.facts import ListFacts
from desktop.store import disk
from desktop.store.page import Listing, every, link_titles
from desktop.store.work import Row

FULL_DEED = "paper.print_unmasked"  # whoever may print full numbers may take them out in a file too
TEMPLATE_ROWS = 2000  # rows with drop-down lists
CHOICES_SHEET = "选项"
PAGE = 500
HALF_CHARACTER, WIDEST = 1.5, 60.0  # the columns of a ledger hold signs of both widths


def write_template(path: Path, record: type[Record]) -> None:
    """An empty workbook for this record type: heads, a line that explains each, drop-down lists, text where digits count."""
    if not importable(record):
        raise Refusal(_("这类记录不能用表格导入"), record=_(record.label))
    fields = imported_fields(record)
    with workbook(path) as book, in_chinese():
        sheet, choices = book.add_worksheet(record.label), book.add_worksheet(CHOICES_SHEET)
        choices.hide()
        must, may, hint = head_format(book, bold=True), head_format(book), hint_format(book)
        text, number = book.add_format({**FONT, "num_format": TEXT_FORMAT}), book.add_format({**FONT})
        for column, spec in enumerate(fields):
            sheet.set_column(column, column, column_width(spec), number if isinstance(spec.kind, Number) else text)
            sheet.write_string(0, column, spec.label + ("*" if spec.required else ""), must if spec.required else may)
            sheet.write_string(1, column, hint_of(spec), hint)
            offer_choices(sheet, choices, column, spec)
        sheet.set_row(0, 22)
        sheet.set_row(1, 44)
        print_set_up(sheet, head=0)
        sheet.freeze_panes(2, 1)


def hint_of(spec: Field) -> str:
    """The line under a head: whether it must be filled, and how. Its first word tells the import that it is no data."""
    parts = ["必填" if spec.required else "选填", spec.help or "", hint_of_kind(spec)]
    return "。".join(part for part in parts if part)


def hint_of_kind(spec: Field) -> str:
    """What the kind says of itself; a link by the name of what it points to."""
    if isinstance(spec.kind, Tags):
        return f"可填几个，用顿号隔开：{spec.kind.hint()}"
    return "填台账里已有的名称" if isinstance(spec.kind, Link) else spec.kind.hint()


def offer_choices(sheet: Worksheet, choices: Worksheet, column: int, spec: Field) -> None:
    """A drop-down list for a field that takes one word of a list; the words stand on the hidden sheet."""
    kind = spec.kind
    if isinstance(kind, Flag):
        words = ["是", "否"]
    elif isinstance(kind, Choice | Code) and not isinstance(kind, Tags):
        words = [shown for _stored, shown in kind.options()]
    else:
        return
    for row, word in enumerate(words):
        choices.write_string(row, column, word)
    letters = address(1, column + 1)[:-1]
    source = f"={CHOICES_SHEET}!${letters}$1:${letters}${len(words)}"
    rule = {"validate": "list", "source": source, "error_title": spec.label[:32], "error_message": "请从列表里选"}
    sheet.data_validation(2, column, TEMPLATE_ROWS, column, rule)


def export(desk: Desk, listing: Listing, path: Path, *, columns: Sequence[str] = (), title: str = "", full: bool = False) -> int:
    """The list as a workbook, or as csv by the name of the file; how many rows. `full`: ID numbers and telephones unmasked."""
    record = listing.record
    fields = [record.fields()[key] for key in columns] or record.listed()
    if full:
        desk.require(FULL_DEED)
    with desk.deed("record.export") as work:
        lines = cells_of(work.conn, listing, fields, {spec.key for spec in fields if spec.sensitive and not (full and desk.sees(spec))})
        write = write_csv if path.suffix.lower() == ".csv" else write_list
        count = write(path, title or f"{record.label}（{desk.today}）", fields, lines)
        shown = "完整号码" if full else "号码已遮盖"
        work.remark(f"导出 {record.label} {count}{record.unit} {shown} {path.name} 栏：{'、'.join(spec.label for spec in fields)}")
    return count


def export_ledger(desk: Desk, ledger: ListFacts, path: Path, *, full: bool = False) -> int:
    """A printed ledger as a workbook: the same head, the same rows in the same words; how many. `full` as in `export`."""
    if full:
        desk.require(FULL_DEED)
    columns = [(column.label, ledger_width(column.label, [row[at] for row in ledger.rows])) for at, column in enumerate(ledger.columns)]
    with desk.deed("record.export") as work:
        count = write_sheet(path, ledger.title, columns, ([cell or None for cell in row] for row in ledger.rows))
        shown = "完整号码" if full else "号码已遮盖"
        work.remark(f"导出 {ledger.title} {count}条 {shown} {path.name} 栏：{'、'.join(label for label, _width in columns)}")
    return count


def ledger_width(label: str, cells: Sequence[str]) -> float:
    """Wide enough for the head and the longest cell; a very long one is read in its cell."""
    longest = max((len(cell) for cell in cells), default=0)
    return min(max(longest * HALF_CHARACTER, len(label) * CHARACTER) + CHARACTER, WIDEST)


def cells_of(conn: Connection, listing: Listing, fields: Sequence[Field], masked: Collection[str]) -> Iterator[list[Written]]:
    """The rows of a list as cells, page by page; links by their titles."""
    kinds = [(spec, spec.key, isinstance(spec.kind, Link), spec.key in masked) for spec in fields]
    page: list[Row] = []

    def flush() -> Iterator[list[Written]]:
        titles = link_titles(conn, listing.community, listing.record, page)
        with in_chinese():
            lines: list[list[Written]] = [
                [
                    titles.get(row[key]) if link else (spec.mask(row[key]) or None) if hidden else spec.kind.cell(row[key])
                    for spec, key, link, hidden in kinds
                ]
                for row in page
            ]
        page.clear()
        yield from lines

    for row in every(conn, listing):
        page.append(row)
        if len(page) == PAGE:
            yield from flush()
    yield from flush()


def write_list(path: Path, title: str, fields: Sequence[Field], lines: Iterator[list[Written]]) -> int:
    """The rows of a list under the labels of its fields; how many."""
    return write_sheet(path, title, [(spec.label, column_width(spec)) for spec in fields], lines)


def write_sheet(path: Path, title: str, columns: Sequence[tuple[str, float]], lines: Iterator[Sequence[Written]]) -> int:
    """A title, the head (labels and widths), the rows; ready for the printer. How many rows."""
    with workbook(path, constant_memory=True) as book:
        sheet = book.add_worksheet(None, FastSheet)
        plain = book.add_format({**FONT, "num_format": TEXT_FORMAT, "border": 1, "border_color": "#BFBFBF"})
        big = book.add_format({**FONT, "font_size": 16, "bold": True})
        for at, (_label, width) in enumerate(columns):
            sheet.set_column(at, at, width, plain)
        sheet.write_string(0, 0, title, big)
        head = head_format(book)
        for at, (label, _width) in enumerate(columns):
            sheet.write_string(1, at, label, head)
        sheet.settle()
        count, style = 0, style_index(plain)
        for count, cells in enumerate(lines, start=1):
            sheet.write_plain_row(count + 1, cells, style)
        print_set_up(sheet, head=1)
    return count


def write_csv(path: Path, title: str, fields: Sequence[Field], lines: Iterator[list[Written]]) -> int:
    """UTF-8 with its mark, so that Excel reads it as such; formulas and long numbers kept from it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([spec.label for spec in fields])
    count = 0
    for cells in lines:
        writer.writerow([guarded(cell) if isinstance(cell, str) else cell for cell in cells])
        count += 1
    disk.write_whole(path, out.getvalue().encode("utf-8-sig"))
    return count


def write_refused(path: Path, dry_run: DryRun) -> int:
    """The rows that were refused or are undecided, each with its reason, to be mended and imported again; how many."""
    lines = dry_run.of(Fate.REFUSED, Fate.SUSPECTED)
    heads = heads_of(dry_run.sheet, dry_run.proposal.head_row) if dry_run.proposal.head_row else {}
    heads |= {column: dry_run.record.fields()[key].label for column, key in dry_run.proposal.columns.items()}
    columns = sorted(heads)
    with workbook(path) as book:
        sheet = book.add_worksheet("退回的行")
        head, text = head_format(book), book.add_format({**FONT, "num_format": TEXT_FORMAT, "text_wrap": True})
        bad = book.add_format({**FONT, "num_format": TEXT_FORMAT, "bg_color": "#FBDAD7", "text_wrap": True})
        for place, words in enumerate([REASON_HEAD, *(heads[column] for column in columns)]):
            sheet.set_column(place, place, 40 if place == 0 else 16, text)
            sheet.write_string(0, place, words, head)
        for number, line in enumerate(lines, start=1):
            wrong = {problem.address for problem in line.problems}
            sheet.write_string(number, 0, f"第 {line.row} 行 {reason_of(line.problems, [one.title for one in line.alike])}", text)
            for place, column in enumerate(columns, start=1):
                cell = cell_text(dry_run.sheet.cell(line.row, column))
                sheet.write_string(number, place, cell, bad if address(line.row, column) in wrong else text)
        print_set_up(sheet, head=0)
    return len(lines)


def reason_of(problems: Sequence[Problem], alike: Sequence[str]) -> str:
    """Why a row was not taken, in one cell."""
    return words_of(problems) if problems else f"可能与已有记录重复：{'、'.join(alike)}"


def column_width(spec: Field) -> float:
    """Wide enough for the head and for what the kind usually holds."""
    return max(spec.kind.width, len(spec.label) + 1) * CHARACTER


def head_format(book: Workbook, *, bold: bool = False) -> object:
    """The head of a list; that of a field that must be filled is darker."""
    colour = "#C8102E" if bold else "#404040"
    return book.add_format({
        **FONT, "bold": True, "font_color": colour, "bg_color": "#F2F2F2", "border": 1, "border_color": "#BFBFBF",
        "align": "center", "num_format": TEXT_FORMAT, "text_wrap": True,
    })  # fmt: skip


def hint_format(book: Workbook) -> object:
    """The line of explanations."""
    return book.add_format({**FONT, "font_size": 9, "font_color": "#7F7F7F", "text_wrap": True, "valign": "top"})
