"""Names in a spreadsheet that stand for other records: a unit, an estate, a person, found by what it is called.

A name is found by the record's title or by a number that is its alone. Two records of one name are not guessed between. Units
and places that the ledger lacks can be made on the way, because a name (and here a type) is all they need.
"""

from collections.abc import Mapping

from desktop.model import names
from desktop.model.contents import record_type
from desktop.model.errors import Refusal
from desktop.model.kinds import Value, is_hash
from desktop.model.kinds.records import Link
from desktop.model.language import _
from desktop.model.organisation import Organisation
from desktop.model.place import Place
from desktop.model.record import Record
from desktop.office.desk import Desk
from desktop.store.doubles import unique_fields
from desktop.store.page import titles
from desktop.store.work import Work

# What a made place is, by the field that named it.
PLACE_KIND_OF = {"estate": "小区", "grid": "网格", "place": "场所", "within": "小区"}

Missing = tuple[str, str, str]  # table, kind of place, name


class LinkBook:
    """The living records of one type by every name they answer to."""

    def __init__(self, desk: Desk, kind: str) -> None:
        self.record = record_type(kind)
        self._by_name: dict[str, list[str]] = {}
        rows = desk.rows(self.record)
        with desk.books.read() as conn:
            called = titles(conn, desk.community, kind, [row["id"] for row in rows])
        for row in rows:
            numbers = [row[key] for key in unique_fields(self.record)]
            said = [called[row["id"]], *(row[key] for key in self.record.named_by), *numbers]
            for form in {names.normal_form(str(word)) for word in said if word and not is_hash(word)}:
                self._by_name.setdefault(form, []).append(row["id"])

    def find(self, name: str) -> str | None:
        """The id of the record of that name, None when there is none; Refusal when there are several."""
        found = self._by_name.get(names.normal_form(name), [])
        if len(found) > 1:
            raise Refusal(
                _("{label}里有 {count} 个“{name}”").format(label=_(self.record.label), count=len(found), name=name[:30]),
                todo=_("改用证件号码或完整的名称"),
            )
        return found[0] if found else None


def missing_as(field: str, kind: Link, name: str) -> Missing | None:
    """What would be made for a name that the ledger lacks; None where a name alone makes no record."""
    if kind.to == Organisation.__tablename__:
        return kind.to, "", name
    if kind.to == Place.__tablename__ and field in PLACE_KIND_OF:
        return kind.to, PLACE_KIND_OF[field], name
    return None


def make_missing(work: Work, missing: list[Missing]) -> dict[Missing, str]:
    """Every missing record is made once; its id by what was missing."""
    made = {}
    for kind, place_kind, name in dict.fromkeys(missing):
        values: Mapping[str, Value] = {"name": name, "kind": place_kind} if place_kind else {"name": name}
        made[kind, place_kind, name] = work.add(record_type(kind), **values)
    return made


def book_of(desk: Desk, record: type[Record], field: str, books: dict[str, LinkBook]) -> LinkBook:
    """The book for a link field, read once for all fields that point to the same type."""
    kind = record.links()[field]
    if kind not in books:
        books[kind] = LinkBook(desk, kind)
    return books[kind]
