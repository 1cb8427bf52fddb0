"""Any list as a ledger on paper, by the definition of its record type."""

from collections.abc import Sequence

from desktop.model import days
from desktop.office.desk import Desk
from desktop.office.facts import Align, Column, ListFacts
from desktop.office.papers import office, print_mark, reader
from desktop.store.page import Listing, every


def plain_list(desk: Desk, listing: Listing, *, masked: bool = True, keys: Sequence[str] = ()) -> ListFacts:
    """Any list as a ledger: the columns of the record definition, or those chosen."""
    record = listing.record
    specs = [record.fields()[key] for key in keys] if keys else record.listed()
    with desk.books.read() as conn:
        rows = list(every(conn, listing))
    read = reader(desk, record, rows, masked=masked)
    columns = tuple(
        Column(spec.label, align=Align.RIGHT if spec.kind.align == "right" else Align.LEFT, tight=spec.kind.tight) for spec in specs
    )
    cells = tuple(tuple(read.show(record, row, spec.key) for spec in specs) for row in rows)
    made = office(desk)
    return ListFacts(
        f"{record.label}一览表", columns, cells, made, print_mark(desk), left=f"单位：{made.place}",
        right=f"制表时间：{days.show_day(desk.today)}　共 {len(rows)} {record.unit}",
    )  # fmt: skip
