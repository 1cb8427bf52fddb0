"""常用筛选: the conditions, search words and order of a list that one person keeps under a name, on this ledger.

They may hold a resident's name, so they lie in the ledger and nowhere else: each is a `Setting` of its own, which never travels.
A condition on this month or this quarter means the month or quarter in which it is looked at, not the one in which it was kept.
"""

import json
import secrets
from dataclasses import dataclass
from typing import Any

from desktop.model import days
from desktop.model.errors import Refusal
from desktop.model.field import Field
from desktop.model.keeping import Setting
from desktop.model.kinds import Value
from desktop.model.kinds.choices import Choice, Code
from desktop.model.kinds.records import Link
from desktop.model.language import _
from desktop.model.record import Record
from desktop.office.desk import Desk
from desktop.store.page import Filter, Listing, titles
from desktop.store.work import Row, Work

PREFIX = "filter"
LONGEST_NAME = 20
LONGEST = 4_000  # signs of a setting's value
PERIOD = "period"  # how a moving period is written down, beside the comparisons of `Filter`


@dataclass(frozen=True)
class SavedFilter:
    """What a name stands for now. `gone` names the conditions that ask for something that is no more; they are left out."""

    key: str
    name: str
    filters: tuple[Filter, ...] = ()
    text: str = ""
    order: str = ""
    gone: tuple[str, ...] = ()

    def on(self, listing: Listing) -> bool:
        """The list shows just this."""
        return (self.filters, self.text, self.order) == (listing.filters, listing.text, listing.order)


def saved_filters(desk: Desk, record: type[Record]) -> list[SavedFilter]:
    """What this person keeps for lists of this type, in the order of keeping."""
    return [_read(desk, record, row["id"], kept) for row, kept in _mine(desk) if kept["list"] == record.__tablename__]


def keepable(listing: Listing) -> bool:
    """There is something to keep: an order, words, or a condition that stands by itself."""
    return bool(listing.text or listing.order or any(_stands(listing.record, chip) for chip in listing.filters))


def keep_filter(desk: Desk, listing: Listing, name: str) -> str:
    """The list as it is narrowed and ordered now is kept under this name, in the place of one that had it; its id.

    What a figure counted and rows that were picked one by one are no conditions that hold tomorrow: they are left out.
    """
    name = _proper(name)
    kept = json.dumps(
        {"list": listing.record.__tablename__, "name": name, "text": listing.text, "order": listing.order,
         "conditions": [_plain(desk, listing.record, chip) for chip in listing.filters if _stands(listing.record, chip)]},
        ensure_ascii=False,
    )  # fmt: skip
    if not keepable(listing) or len(kept) > LONGEST:
        raise Refusal(_("这些条件存不下来"), record=name, todo=_("先按字段加条件、找或排序，条件少一些再存"))
    before = next((one.key for one in saved_filters(desk, listing.record) if one.name == name), None)
    with desk.deed("filter.keep") as work:
        if before is not None:
            work.change(Setting, before, value=kept)
            return before
        return work.add(Setting, key=f"{PREFIX}.{desk.who.login}.{secrets.token_hex(4)}", value=kept)


def rename_filter(desk: Desk, key: str, name: str) -> None:
    """It is called so from now on. Raises Refusal when another one of the same list has the name."""
    name = _proper(name)
    with desk.deed("filter.keep") as work:
        kept = json.loads(_own(desk, work, key)["value"])
        if any(other["name"] == name and other["list"] == kept["list"] and row["id"] != key for row, other in _mine(desk)):
            raise Refusal(_("已有同名的常用筛选"), record=name, todo=_("换个名称"))
        work.change(Setting, key, value=json.dumps({**kept, "name": name}, ensure_ascii=False))


def drop_filter(desk: Desk, key: str) -> None:
    """It is offered no more."""
    with desk.deed("filter.drop") as work:
        _own(desk, work, key)
        work.end(Setting, key, on=work.today, because="不再用")


def take_filter_back(desk: Desk, key: str) -> None:
    """A dropped one is offered again."""
    with desk.deed("filter.keep") as work:
        _own(desk, work, key)
        work.take_back(Setting, key)


def _mine(desk: Desk) -> list[tuple[Row, dict[str, Any]]]:
    return [(row, json.loads(row["value"])) for row in desk.rows(Setting) if _is_of(desk, row)]


def _is_of(desk: Desk, row: Row) -> bool:
    return bool(row["key"].rpartition(".")[0] == f"{PREFIX}.{desk.who.login}")


def _own(desk: Desk, work: Work, key: str) -> Row:
    row = work.get(Setting, key)
    if not _is_of(desk, row):
        raise Refusal(_("这是别人的常用筛选"), todo=_("改自己存的"))
    return row


def _proper(name: str) -> str:
    name = name.strip()
    if not name or len(name) > LONGEST_NAME:
        raise Refusal(_("名称要有 1 到 {n} 个字").format(n=LONGEST_NAME), record=_("常用筛选"), todo=_("改一下名称"))
    return name


def _stands(record: type[Record], chip: Filter) -> bool:
    return chip.rows is None and chip.field in record.fields()


def _plain(desk: Desk, record: type[Record], chip: Filter) -> list[Any]:
    """Field, comparison, values, and the words that say what it was should the field or the other record be gone one day."""
    moving = next((key for key, bounds in days.periods(desk.today).items() if chip.op == "between" and bounds == chip.values), "")
    op, values = (PERIOD, [moving]) if moving else (chip.op, list(chip.values))
    return [chip.field, op, values, record.fields()[chip.field].label]


def _read(desk: Desk, record: type[Record], key: str, kept: dict[str, Any]) -> SavedFilter:
    filters, gone = [], []
    for field, op, values, label in kept["conditions"]:
        spec = record.fields().get(field)
        if op == PERIOD:
            there: list[Value] = list(days.periods(desk.today)[values[0]])
            op = "between"
        else:
            there = _still_there(desk, spec, values) if spec is not None else []
        if spec is None or len(there) < len(values):
            gone.append(label)
        if spec is not None and (there or not values):
            filters.append(Filter(field, op, tuple(there)))
    order = kept["order"] if kept["order"].removeprefix("-") in ("", *record.fields()) else ""
    return SavedFilter(key, kept["name"], tuple(filters), kept["text"], order, tuple(gone))


def _still_there(desk: Desk, spec: Field, values: list[Value]) -> list[Value]:
    """Those of the values that can still be asked for: an option of the list or the table, a record that was not erased."""
    if isinstance(spec.kind, Link):
        with desk.books.read() as conn:
            known: set[Any] = set(titles(conn, "*" if desk.is_above else desk.community, spec.kind.to, [str(one) for one in values]))
    elif isinstance(spec.kind, Choice | Code):
        known = {stored for stored, _shown in spec.kind.options()}
    else:
        return values
    return [one for one in values if one in known]
