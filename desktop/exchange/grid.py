"""Rows typed in a grid or pasted as a block, made into a sheet: they are judged and kept by the rules of the import and by no others."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from desktop.exchange import delimited
from desktop.exchange.cells import cell_text
from desktop.exchange.fates import DryRun, Fate
from desktop.exchange.importing import dry_run
from desktop.exchange.mapping import Proposal, Skipped, imported_fields, known_heads, known_in, propose
from desktop.exchange.reading import Cell, Sheet
from desktop.exchange.twins import Twins
from desktop.model.errors import Refusal
from desktop.model.field import Field
from desktop.model.language import _
from desktop.model.record import Record
from desktop.office.desk import Desk

LEAST_HEADS = 2  # one known word in a row of names is no head


def typed_fields(desk: Desk, record: type[Record]) -> list[Field]:
    """The columns of the grid: what a spreadsheet may bring and the person here may see, in the order of the form."""
    on_form = [spec for specs in record.groups().values() for spec in specs]
    order = {spec.key: place for place, spec in enumerate(on_form)}
    fields = [spec for spec in imported_fields(record) if desk.sees(spec)]
    return sorted(fields, key=lambda spec: order.get(spec.key, len(order)))


def judge(
    desk: Desk, record: type[Record], keys: Sequence[str], rows: Sequence[Sequence[str]], *,
    as_new: Collection[int] = (), create: bool = False, there: Twins | None = None,
) -> DryRun:  # fmt: skip
    """What would become of each row, numbered from 1. `as_new`: rows that somebody looked at and said are nobody else;
    `there`: the records of the ledger where they were read before and nothing changed since.
    """
    sheet = Sheet(_("批量录入"), False, [[cell or None for cell in row] for row in rows])
    blank = tuple(Skipped(number, _("空行")) for number, row in enumerate(rows, start=1) if not any(cell.strip() for cell in row))
    proposal = Proposal(0, dict(enumerate(keys, start=1)), blank)
    dry = dry_run(desk, record, sheet, proposal, create=create, there=there)
    for line in dry.of(Fate.SUSPECTED):
        if line.row in as_new and not line.key:
            dry = dry.decide(line.row)
    return dry


def pasted(text: str) -> Sheet:
    """A block from a spreadsheet: cells by tabs, quoted where they hold a line break. Refusal when nothing is in it."""
    rows = delimited.table(text.rstrip("\r\n"), "block.tsv")
    if not any(rows):
        raise Refusal(_("剪贴板里没有表格内容"), todo=_("在 Excel 或 WPS 里选中要粘贴的格子，复制后再来"))
    return Sheet(_("剪贴板"), False, [list[Cell](row) for row in rows])


def understood(
    block: Sheet, record: type[Record], keys: Sequence[str], at: int, remembered: Mapping[str, str] | None = None
) -> tuple[Sheet, Proposal]:
    """How a block is read: by its own head where it has one, else column by column from the `at`-th column of the grid on.

    A block without a head gets one that names the columns, so that the clerk sees and can change what goes where.
    """
    proposal = propose(block, record, remembered=remembered)
    width = max(map(len, block.rows))
    known = known_heads(record)
    if proposal.head_row and known_in(named(block.rows[proposal.head_row - 1]), known) >= min(LEAST_HEADS, width):
        return block, proposal
    labels = [_(record.fields()[key].label) for key in keys[at : at + width]]
    labels += [_("第 {n} 列").format(n=number) for number in range(len(labels) + 1, width + 1)]
    headed = replace(block, rows=[list[Cell](labels), *block.rows])
    read = propose(headed, record, head_row=1)
    return headed, replace(read, columns={column: keys[at + column - 1] for column in range(1, width + 1) if at + column <= len(keys)})


def named(row: Sequence[Cell]) -> dict[int, str]:
    """The texts of a row by their columns."""
    return {column: cell_text(cell).strip() for column, cell in enumerate(row, start=1) if cell is not None}


def rows_of(sheet: Sheet, proposal: Proposal, keys: Sequence[str]) -> list[list[str]]:
    """The data of a block as rows of the grid."""
    left_out = {skipped.row for skipped in proposal.skipped}
    column_of = {key: column for column, key in proposal.columns.items()}
    return [
        [cell_text(sheet.cell(number, column_of[key])).strip() if key in column_of else "" for key in keys]
        for number in range(proposal.head_row + 1, len(sheet.rows) + 1)
        if number not in left_out
    ]
