"""Many invented people in one ledger, for the benchmarks: 1,000, 100,000, 1,000,000 (docs/performance.md).

They do not come through the deeds, because a million of them would take a night: rows first, indexes after, no line in the
journal. Everything a list, a search or a batch reads is there: row, stamp, sort key, search words, roles word by word.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import islice
from random import Random

from sqlalchemy import Connection, Table, text
from sqlalchemy.schema import CreateIndex, DropIndex

from desktop.demo.names import id_of, name_of, phone
from desktop.demo.words import DUTIES, POSTS, STRENGTHS
from desktop.model.kinds import Kind, Value
from desktop.model.kinds.words import Name, Title
from desktop.model.person import ROLES, Person
from desktop.office.desk import Desk
from desktop.store import search, tables
from desktop.store.journal import know
from desktop.store.work import Work, new_id, sort_key

CHUNK = 20_000
_ROLES = ROLES.split()
_ROLE_WEIGHTS = (3, 1, 1, 4, 6, 2, 1, 1, 8, 73)

Progress = Callable[[int, int], None]


def people(desk: Desk, n: int, progress: Progress | None = None, *, seed: int = 2021) -> None:
    """The ledger has `n` more people; an empty ledger is quicker than one that holds people already."""
    made, waiting = 0, _invented(seed, n)
    with desk.deed("record.import") as work:
        _without_indexes(work.conn)
        work.remark(f"测试数据 {n} 人")
    while some := list(islice(waiting, CHUNK)):
        with desk.deed("record.import") as work:
            _write(work, some)
            work.remark(f"测试数据 {len(some)} 人")
        made += len(some)
        if progress:
            progress(made, n)
    with desk.deed("record.import") as work:
        _with_indexes(work.conn)
        work.conn.execute(text("ANALYZE"))


def _invented(seed: int, n: int) -> Iterator[dict[str, Value]]:
    dice = Random(f"{seed}/sizes")
    for g in range(n):
        man = dice.random() < 0.53
        born, number = id_of(g, man=man)
        role = dice.choices(_ROLES, _ROLE_WEIGHTS)[0]
        yield {
            "name": name_of(dice, man=man, year=int(born[:4])), "id_number": number, "sex": "1" if man else "2", "born": born,
            "nation": "01", "phone": phone(dice), "roles": f"{role} 2019-07-01~", "post": dice.choice(POSTS), "education": "21",
            "room": f"{dice.randint(1, 30)}栋{dice.randint(1, 30)}0{dice.randint(1, 4)}", "strengths": dice.choice(STRENGTHS),
            "wishes": dice.choice(DUTIES),
        }  # fmt: skip


def _write(work: Work, some: list[dict[str, Value]]) -> None:
    """These people with their derived rows, in the order in which each table grows."""
    sitting, tick = work.stamp
    kept = dict.fromkeys(Person.fields()) | {
        "community": work.community, "version": 1, "created_at": work.at, "created_by": work.who, "changed_at": work.at,
        "changed_by": work.who, "ended_on": None, "ended_because": None, "sitting": sitting, "tick": tick, "stamps": None, "extra": None,
    }  # fmt: skip
    rows = [{**kept, **values, "id": new_id(), "sort_key": _sorts_as(str(values["name"]))} for values in some]
    _insert(work.conn, Person.table(), [tuple(row[name] for name in Person.table().columns.keys()) for row in rows])  # noqa: SIM118
    kind, community = Person.__tablename__, work.community
    _insert(work.conn, tables.search, sorted((community, token, rank, kind, row["id"]) for row in rows for token, rank in _words(row)))
    tags = [entry for row in rows for entry in search.tag_entries(Person, row)]
    _insert(work.conn, tables.tag, sorted(tuple(entry[name] for name in tables.tag.columns.keys()) for entry in tags))  # noqa: SIM118
    know(work.conn, community, sitting, tick)


def _insert(conn: Connection, table: Table, rows: Sequence[tuple[Value, ...]]) -> None:
    """Rows in the order of the columns, past the layer that would look at every value of nine million search rows."""
    conn.exec_driver_sql(f"INSERT INTO {table.name} VALUES ({','.join('?' * len(table.columns))})", list(rows))


def _words(row: dict[str, Value]) -> Iterator[tuple[str, int]]:
    """(word, rank) of one person, as `search.entries` has them, with the readings of a name looked up once."""
    best: dict[str, int] = {}
    for key, kind, read_once in _searched():
        if row[key] is not None:
            for rank, token in enumerate(_read(key, str(row[key])) if read_once else kind.tokens(row[key])):
                best[token] = min(rank, best.get(token, rank))
    yield from best.items()


@cache
def _searched() -> tuple[tuple[str, Kind, bool], ...]:
    fields = [(key, spec.kind) for key, spec in Person.fields().items() if spec.searched]
    return tuple((key, kind, isinstance(kind, Name | Title)) for key, kind in fields)


@cache
def _read(key: str, value: str) -> list[str]:
    return [token[:80] for token in Person.fields()[key].kind.tokens(value) if token]


@cache
def _sorts_as(name: str) -> str | None:
    return sort_key(Person, {"name": name})


def _tables() -> tuple[Table, ...]:
    return Person.table(), tables.search, tables.tag


def _without_indexes(conn: Connection) -> None:
    for table in _tables():
        for index in table.indexes:
            conn.execute(DropIndex(index))


def _with_indexes(conn: Connection) -> None:
    for table in _tables():
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            conn.execute(CreateIndex(index))
