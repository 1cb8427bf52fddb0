"""An order for a paper: which form, which records, which period; what can be asked, whether it can be made, and the making.

Between the page and `reports.producing`: here a filter becomes records, and what leaves the office is counted for the log.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from desktop.model.checkin import CheckIn
from desktop.model.contents import RECORD_TYPES, record_type
from desktop.model.days import month_bounds
from desktop.model.kinds.records import Link
from desktop.model.kinds.tags import Tags
from desktop.model.language import _
from desktop.model.opinion import Opinion
from desktop.model.person import Person
from desktop.model.record import Record
from desktop.office.desk import Desk
from desktop.office.facts import ListFacts
from desktop.office.papers.checkins import on_roster, reported_by
from desktop.office.selections import Selection, checkin_people, gather, goes_with, source
from desktop.reports.producing import lay_out, paper_kind, produce, rows_of
from desktop.reports.sheet import Paper
from desktop.store.page import Filter, Listing, count, every, titles
from desktop.ui.printwish import Asks, Wish
from desktop.ui.session import Session

MASKING = frozenset({"registration", "roster", "service-card", "list"})  # forms that show ID numbers and phones
PERIODIC = frozenset({"service-card", "opinion-ledger", "month"})
STANDING = frozenset({"roster"})  # forms that show how things stood on a day
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
    """A finished paper, for which order, how many records are on it, and its rows when it is a ledger."""

    order: Order
    paper: Paper
    count: int
    rows: ListFacts | None = None


def asks_of(session: Session, order: Order) -> Asks:
    """The questions that a form leaves open."""
    desk, kind = session.desk, source(order.key)
    about = kind.about
    ranges: list[tuple[str, str]] = []
    if order.ids and about is not None and not kind.one:
        ranges.append((PICKED, _("所选 {n} {unit}").format(n=len(order.ids), unit=_(about.unit))))
    if order.listing is not None and not kind.one and _narrowed(order):
        n = _count(desk, order.listing)
        ranges.append((LISTED, _("当前筛选 {n} {unit}").format(n=f"{n:,}", unit=_(order.listing.record.unit))))
    if order.key == "list" or (kind.whole and about is not None):
        n = _how_many(desk, replace(order, wish=replace(order.wish, range=ALL)))
        ranges.append((ALL, _("全部 {n} {unit}").format(n=f"{n:,}", unit=_(unit_of(order)))))
    tables = tuple((one.__tablename__, _(one.label)) for one in RECORD_TYPES if one.groups() and one.listed())
    is_ledger = paper_kind(order.key).rows is not None
    asks = Asks(
        tuple(ranges), has_period=order.key in PERIODIC, has_day=order.key in STANDING and order.wish.range == ALL,
        orders=tuple(_orders(order)), masks=order.key in MASKING, is_ledger=is_ledger,
    )  # fmt: skip
    if about is None:
        return replace(asks, tables=tables if order.key == "list" else ())
    pick = _("选{what}（名称、拼音）")
    if order.ids and not kind.one:
        pick = _("再加{what}（名称、拼音）")
    elif is_ledger:
        pick = _("只印其中的：选{what}")
    return replace(asks, pick=pick.format(what=_(about.label)), search=session.search_for(about.__tablename__))


def dated(order: Order, today: str) -> str:
    """The time in the name of its file: the month or the period that it tells of, the day that it shows, else today."""
    wish = order.wish
    if order.key in STANDING:
        return wish.as_of or today
    if order.key not in PERIODIC or not wish.since:
        return today
    first, last = month_bounds(wish.since)
    is_month = wish.since == first and wish.until in (last, today)
    return first[:7] if is_month and wish.until <= last else f"{wish.since}_{wish.until}"


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


def arrived(before: Order, arguments: Mapping[str, object]) -> Order:
    """The order with which another page opens this one; what it leaves open stays as it was."""
    key, ids, listing, since, until = (arguments.get(word) for word in ("paper", "ids", "listing", "since", "until"))
    wish = replace(before.wish, masked=True, table="", order="", as_of="")
    if isinstance(since, str) and isinstance(until, str):
        wish = replace(wish, since=since, until=until, preset="own")
    chosen = tuple(str(one) for one in ids) if isinstance(ids, tuple | list) else ()
    given = listing if isinstance(listing, Listing) else None
    wish = replace(wish, range=PICKED if chosen else LISTED if given is not None else ALL)
    return settled(Order(str(key or before.key), chosen, given, wish))


def on_form(order: Order, key: str) -> Order:
    """Another form; the records stay where they can stand on it."""
    before, after, listing = source(order.key).about, source(key).about, order.listing
    kept = order.ids if before is after and before is not None else ()
    listing = listing if listing is not None and goes_with(key, listing.record) else None
    wish = replace(order.wish, masked=True, order="", as_of="")
    return settled(Order(key, kept[:1] if source(key).one else kept, listing, wish))


def with_records(order: Order, ids: tuple[str, ...]) -> Order:
    """The same form for these records; without any for all."""
    return settled(replace(order, ids=ids, wish=replace(order.wish, range=PICKED if ids else ALL)))


def missing(order: Order) -> str:
    """What has to be chosen before there is a paper; nothing when it can be made."""
    about = source(order.key).about
    if order.wish.range == PICKED and not order.ids and about is not None:
        return _("在右边选{what}，这里就是印出来的样子").format(what=_(about.label))
    return ""


def make(desk: Desk, order: Order) -> Made:
    """The paper. Runs away from the screen; raises Refusal as the deeds below it do."""
    wish, is_list = order.wish, order.key == "list"
    ids, listing = ((), listing_of(desk, order)) if is_list else (_ids(desk, order), None)
    until = wish.as_of if order.key in STANDING else wish.until
    facts = gather(desk, order.key, Selection(ids, wish.since, until, wish.masked or order.key not in MASKING, listing, wish.order))
    rows = rows_of(order.key, facts)
    made = lay_out(desk, order.key, facts, blank_rows=wish.blank_rows)
    return Made(order, made, len(rows.rows) if rows is not None else _how_many(desk, order), rows)


def make_along(desk: Desk, order: Order) -> Made:
    """The paper that goes out with another, for the same records in the same order."""
    key, wish = source(order.key).along, order.wish
    ids = _ids(desk, order)
    if order.key in STANDING:
        people = checkin_people(desk, ids) if ids else reported_by(desk, wish.as_of or desk.today)
        ids = tuple(on_roster(desk, people, wish.order))
    return Made(Order(key, ids, wish=wish), produce(desk, key, Selection(ids, wish.since, wish.until)), len(ids))


def _ids(desk: Desk, order: Order) -> tuple[str, ...]:
    """The records that were picked or filtered; none when all are meant."""
    if order.wish.range == LISTED and order.listing is not None:
        with desk.books.read() as conn:
            return tuple(row["id"] for row in every(conn, order.listing))
    return () if order.wish.range == ALL else order.ids


def listing_of(desk: Desk, order: Order) -> Listing:
    """The rows of a plain list, in the order asked for."""
    wish, listing = order.wish, order.listing
    if wish.range == ALL or listing is None or listing.record.__tablename__ != wish.table:
        listing = Listing(table_of(order), community=desk.community)
    return replace(listing, order=wish.order) if wish.order else listing


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


def unit_of(order: Order) -> str:
    """What the records on the form are counted in; nothing for a form that is about none."""
    about = table_of(order) if order.key == "list" else source(order.key).about
    return about.unit if about is not None else ""


def _orders(order: Order) -> Iterable[tuple[str, str]]:
    """The fields by which the rows can go, in words; a column of links has no order that a reader would understand."""
    if order.key == "list":
        yield "", _("照列表的顺序")
        specs = [spec for spec in table_of(order).listed() if not isinstance(spec.kind, Link | Tags)]
        yield from ((spec.key, _("按{field}").format(field=_(spec.label))) for spec in specs)
        return
    about = source(order.key).about
    for key in source(order.key).orders:
        if not key:
            yield key, _("按姓名拼音") if about is Person else _("按编号")
        elif about is not None:
            fields = about.fields() if key in about.fields() else CheckIn.fields()
            yield key, _("按{field}").format(field=_(fields[key].label))


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
        return _count(desk, listing_of(desk, order))
    if wish.range == LISTED and order.listing is not None:
        return _count(desk, order.listing)
    if wish.range != ALL:
        return len(order.ids)
    if order.key == "roster":
        return len(reported_by(desk, wish.as_of or desk.today))
    if order.key == "opinion-ledger":
        return _count(desk, Listing(Opinion, (Filter("heard_on", "between", (wish.since, wish.until)),), community=desk.community))
    return 1


def _count(desk: Desk, listing: Listing) -> int:
    with desk.books.read() as conn:
        return count(conn, listing, limit=MANY)
