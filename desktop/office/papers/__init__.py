"""What a paper shows, read out of the ledger: each function turns records into the frozen facts of one printed form.

Masking is decided here, once: a paper prints the words that it is given. Full ID numbers and phones come out only when the
deed `paper.print_unmasked` was allowed and written down.

Here stands what every paper needs; what is read for a form stands under the name that `facts` and `reports` have for it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select

from desktop.model.kinds.records import Link
from desktop.model.language import in_chinese
from desktop.model.record import Record
from desktop.office.desk import Desk
from desktop.office.facts import OfficeFacts, PrintMark
from desktop.store.page import link_titles
from desktop.store.work import Row

LAST = "\U0010ffff"  # behind every word: who lacks what a list goes by stands at its end


@dataclass(frozen=True)
class Reader:
    """The rows of a paper with everything they point to, and whether the paper may show all."""

    desk: Desk
    masked: bool
    names: Mapping[str, str] = field(default_factory=dict)

    def show(self, record: type[Record], row: Row, key: str) -> str:
        """One field in the words of the paper; days with their Chinese units, numbers masked unless allowed."""
        spec, value = record.fields()[key], row[key]
        if isinstance(spec.kind, Link):
            return self.names.get(value, "") if value else ""
        with in_chinese():
            return spec.mask(value) if spec.sensitive and (self.masked or not self.desk.sees(spec)) else spec.kind.show(value)


def office(desk: Desk) -> OfficeFacts:
    """Whose paper this is."""
    name, above = desk.books.fact("name") or "", desk.books.fact("above") or ""
    party = desk.setting("office.party_name") or f"{name}党委"
    return OfficeFacts(name, above, party, desk.community, desk.setting("office.phone"), desk.setting("office.address"))


def print_mark(desk: Desk, code: str = "") -> PrintMark:
    """The foot of each page: when, by whom."""
    return PrintMark(code, desk.clock()[:16].replace("T", " "), desk.who.name)


def reader(desk: Desk, record: type[Record], rows: Sequence[Row], *, masked: bool) -> Reader:
    """The names behind the links of these rows, read once."""
    with desk.books.read() as conn:
        return Reader(desk, masked, link_titles(conn, desk.community, record, rows))


def by_ids(desk: Desk, record: type[Record], ids: Iterable[str]) -> list[Row]:
    """These records in the order asked for; ids of other offices are left out."""
    table = record.table()
    wanted = list(dict.fromkeys(ids))
    found: dict[str, Row] = {}
    with desk.books.read() as conn:
        for start in range(0, len(wanted), 500):
            query = select(table).where(table.c.community == desk.community, table.c.id.in_(wanted[start : start + 500]))
            found |= {row["id"]: row for row in conn.execute(query).mappings()}
    return [found[key] for key in wanted if key in found]
