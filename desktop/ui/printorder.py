"""An order for a paper: which form, which records, which period; what can be asked, whether it can be made, and the making.

Between the page and `reports.producing`: here a filter becomes records, and what leaves the office is counted for the log.
"""

from dataclasses import dataclass, field, replace

from desktop.model.checkin import CheckIn
from desktop.model.contents import RECORD_TYPES, record_type
from desktop.model.language import _
from desktop.model.opinion import Opinion
from desktop.model.person import Person
from desktop.model.record import Record
from desktop.office.desk import Desk
from desktop.office.selections import Selection, source
from desktop.reports.producing import paper_kind, produce
from desktop.reports.sheet import Paper
from desktop.store.page import Filter, Listing, count, every, titles
from desktop.ui.printwish import Asks, Wish
from desktop.ui.session import Session

MASKING = frozenset({"registration", "roster", "service-card", "list"})  # forms that show ID numbers and phones
PERIODIC = frozenset({"service-card", "opinion-ledger", "month"})
MANY = 10_000_000
PICKED, LISTED, ALL = "picked", "listing", "all"


@dataclass(frozen=True)
class Order:
    """What is wanted on paper."""

    key: str
    ids: tuple[str, ...] = ()
    listing: Listing | None = None
    wish: Wish = field(default_factory=Wish)


@dataclass(frozen=True)
class Made:
    """A finished paper, for which order, and how many records are on it."""

    order: Order
    paper: Paper
    count: int


def goes_with(key: str, record: type[Record]) -> bool:
    """Rows of this type can be put on the form: a report stands for its member."""
    about = source(key).about
    return key == "list" or record is about or (about is Person and record is CheckIn)


def asks_of(session: Session, order: Order) -> Asks:
    """The questions that a form leaves open."""
    desk, kind = session.desk, source(order.key)
    about = kind.about
    ranges: list[tuple[str, str]] = []
    if order.ids and about is not None and not kind.one:
        ranges.append((PICKED, _("选的 {n} {unit}").format(n=len(order.ids), unit=_(about.unit))))
    if order.listing is not None and not kind.one and _narrowed(order):
        n = _count(desk, order.listing)
        ranges.append((LISTED, _("当前筛选 {n} {unit}").format(n=f"{n:,}", unit=_(order.listing.record.unit))))
    if order.key == "list" or (kind.whole and about is not None):
        n = _how_many(desk, replace(order, wish=replace(order.wish, range=ALL)))
        unit = table_of(order).unit if order.key == "list" else about.unit if about is not None else ""
        ranges.append((ALL, _("全部 {n} {unit}").format(n=f"{n:,}", unit=_(unit))))
    tables = tuple((one.__tablename__, _(one.label)) for one in RECORD_TYPES if one.groups() and one.listed())
    asks = Asks(tuple(ranges), has_period=order.key in PERIODIC, masks=order.key in MASKING)
    if about is None:
        return replace(asks, tables=tables if order.key == "list" else ())
    pick = _("选{what}（名称、拼音）") if kind.one or not order.ids else _("再加{what}（名称、拼音）")
    return replace(asks, pick=pick.format(what=_(about.label)), search=session.search_for(about.__tablename__))


def settled(order: Order) -> Order:
    """The same order with a range that its form has."""
    kind, wanted = source(order.key), order.wish.range
    possible = [PICKED] if order.ids else []
    possible += [LISTED] if order.listing is not None and _narrowed(order) and not kind.one else []
    possible += [ALL] if kind.whole or order.key == "list" else []
    if wanted not in possible:
        wanted = possible[0] if possible else PICKED
    table = order.wish.table or (order.listing.record.__tablename__ if order.listing is not None else Person.__tablename__)
    return replace(order, wish=replace(order.wish, range=wanted, table=table))


def missing(order: Order) -> str:
    """What has to be chosen before there is a paper; nothing when it can be made."""
    about = source(order.key).about
    if order.wish.range == PICKED and not order.ids and about is not None:
        return _("在右边选{what}，这里就是印出来的样子").format(what=_(about.label))
    return ""


def make(desk: Desk, order: Order) -> Made:
    """The paper. Runs away from the screen; raises Refusal as the deeds below it do."""
    wish, ids, listing = order.wish, order.ids, None
    if order.key == "list":
        ids, listing = (), order.listing
        if wish.range == ALL or listing is None or listing.record.__tablename__ != wish.table:
            listing = Listing(table_of(order), community=desk.community)
    elif wish.range == LISTED and order.listing is not None:
        with desk.books.read() as conn:
            ids = tuple(row["id"] for row in every(conn, order.listing))
    elif wish.range == ALL:
        ids = ()
    chosen = Selection(ids, wish.since, wish.until, wish.masked or order.key not in MASKING, listing)
    return Made(order, produce(desk, order.key, chosen), _how_many(desk, order))


def table_of(order: Order) -> type[Record]:
    """The record type whose list is printed."""
    return record_type(order.wish.table)


def named(desk: Desk, order: Order) -> list[tuple[str, str]]:
    """The picked records by their titles."""
    about = source(order.key).about
    if about is None or not order.ids:
        return []
    with desk.books.read() as conn:
        found = titles(conn, desk.community, about.__tablename__, order.ids)
        if about is Person:
            found = titles(conn, desk.community, CheckIn.__tablename__, set(order.ids) - set(found)) | found
    return [(key, found.get(key, "")) for key in order.ids]


def title_of(order: Order) -> str:
    """The form in words; a list by what it lists."""
    return f"{table_of(order).label}一览表" if order.key == "list" else paper_kind(order.key).title


def _narrowed(order: Order) -> bool:
    assert order.listing is not None
    if order.key == "list":
        same = order.wish.table in ("", order.listing.record.__tablename__)
        return same and bool(order.listing.filters or order.listing.text)
    return goes_with(order.key, order.listing.record)


def _how_many(desk: Desk, order: Order) -> int:
    """The records on the paper, for the log of what left the office."""
    wish = order.wish
    if order.key == "list":
        listing = order.listing
        if wish.range == ALL or listing is None or listing.record.__tablename__ != wish.table:
            listing = Listing(table_of(order), community=desk.community)
        return _count(desk, listing)
    if wish.range == LISTED and order.listing is not None:
        return _count(desk, order.listing)
    if wish.range != ALL:
        return len(order.ids)
    if order.key == "roster":
        return _count(desk, Listing(CheckIn, (Filter("state", "is", ("已报到", "变更")),), community=desk.community))
    if order.key == "opinion-ledger":
        return _count(desk, Listing(Opinion, (Filter("heard_on", "between", (wish.since, wish.until)),), community=desk.community))
    return 1


def _count(desk: Desk, listing: Listing) -> int:
    with desk.books.read() as conn:
        return count(conn, listing, limit=MANY)
