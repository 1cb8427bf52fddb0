"""Ctrl+K: one box finds people, units, opinions, dangers, papers and deeds, by name, pinyin, initials or the tail of a number."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from desktop.model import names
from desktop.model.contents import RECORD_TYPES, record_type
from desktop.model.language import _
from desktop.model.record import Record
from desktop.office.desk import Desk
from desktop.store.page import Filter, Listing, titles, where_of
from desktop.store.search import find

MOST = 24
NAMED_MOST, NEAR_MOST = 8, 3
LEAST_NEAR = 3  # letters of which the last may be a slip of the finger: bdhz finds 报到花名册 after 报到回执


@dataclass(frozen=True)
class Place:
    """Somewhere to go: a page, and what it is opened for."""

    title: str
    detail: str
    page: str
    record: str = ""
    paper: str = ""
    run: Callable[[], object] | None = None  # a deed of the page in sight instead of a way to another


def find_all(desk: Desk, typed: str, pages: Iterable[Place]) -> list[Place]:
    """What answers to the typed words, deeds and papers first: there are few of them and they are sought by name."""
    word = names.normal_form(typed)
    if not word:
        return [page for page in pages if not page.paper][:MOST]
    pages = list(pages)
    named = sorted((page for page in pages if _answers(page, word)), key=lambda page: not _is_meant(page, word))  # the whole name first
    near = [page for page in pages if page not in named and len(word) > LEAST_NEAR and _answers(page, word[:-1], initials=True)]
    kinds = [record.__tablename__ for record in RECORD_TYPES if any(spec.searched for spec in record.fields().values())]
    with desk.books.read() as conn:
        hits = find(conn, desk.community, typed, kinds=kinds, limit=MOST)
        by_kind: dict[str, list[str]] = {}
        for hit in hits:
            by_kind.setdefault(hit.kind, []).append(hit.record)
        said = {kind: titles(conn, desk.community, kind, ids, living=True) for kind, ids in by_kind.items()}
    records = [
        Place(said[hit.kind][hit.record], _(record_type(hit.kind).label), f"record:{hit.kind}", hit.record)
        for hit in hits
        if hit.record in said[hit.kind]
    ]
    return named[:NAMED_MOST] + records + near[:NEAR_MOST]


def _answers(page: Place, word: str, *, initials: bool = False) -> bool:
    reading = names.pinyin_of(page.title)
    if initials:
        return reading.initials.startswith(word)
    # A rare reading counts from the first letter on only: as cengdan, 新增单位 would stand before everybody called cd.
    likely = (names.normal_form(page.title), reading.full, reading.initials)
    return any(word in token for token in likely) or any(token.startswith(word) for token in reading.alternatives)


def _is_meant(page: Place, word: str) -> bool:
    return word in names.search_tokens(page.title)


def newest_states(desk: Desk, record: type[Record], link: str, ids: Sequence[str]) -> dict[str, str]:
    """Of each of these records, the state of the newest living record that points to it by `link`."""
    table = record.table()
    query = select(table.c[link], table.c.state).where(
        table.c.community == desk.community, table.c[link].in_(ids), table.c.ended_on.is_(None), table.c.state.is_not(None)
    )
    with desk.books.read() as conn:
        return {row[0]: row[1] for row in conn.execute(query.order_by(table.c.id))}


def number_of_each(desk: Desk, record: type[Record], link: str, ids: Sequence[str], filters: tuple[Filter, ...]) -> dict[str, int]:
    """Of each of these records, how many living ones point to it by `link` and meet these conditions."""
    table = record.table()
    all_of_them = where_of(Listing(record, (Filter(link, "is", tuple(ids)),), community=desk.community))
    # The conditions stand in the counting: among the rest SQLite would go by the day of all records, not by the few of these people.
    counted = func.count().filter(*where_of(Listing(record, filters, community="*")))
    with desk.books.read() as conn:
        return {row[0]: row[1] for row in conn.execute(select(table.c[link], counted).where(*all_of_them).group_by(table.c[link]))}
