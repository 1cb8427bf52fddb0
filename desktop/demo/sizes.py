"""Many invented people in one ledger, for the benchmarks: 1,000, 100,000, 1,000,000 (docs/performance.md).

They do not come through the deeds, because a million of them would take a night: rows first, indexes after, no line in the
journal. Everything a list, a search or a batch reads is there: row, stamp, sort key, search words, roles word by word.
"""

from collections.abc import Callable, Iterator
from functools import cache
from itertools import islice
from random import Random

from sqlalchemy import Connection, Table, insert, text
from sqlalchemy.schema import CreateIndex, DropIndex

from desktop.demo.names import id_of, name_of, phone
from desktop.demo.words import DUTIES, POSTS, STRENGTHS
from desktop.model.kinds import Name, Title, Value
from desktop.model.person import ROLES, Person
from desktop.office.desk import Desk
from desktop.store import search, tables
from desktop.store.journal import know
from desktop.store.work import Work, insert_into, new_id, sort_key

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
            "name": name_of(dice, man=man, year=int(born[:4])), "id_number": number, "sex": "1" if man else "2", "born": born, "nation": "01",
            "phone": phone(dice), "roles": f"{role} 2019-07-01~", "post": dice.choice(POSTS), "education": "21",
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
    work.conn.execute(insert_into(Person), rows)
    found = sorted((entry for row in rows for entry in _entries(row)), key=lambda entry: (entry["token"], entry["rank"]))
    work.conn.execute(insert(tables.search), found)
    tags = [entry for row in rows for entry in search.tag_entries(Person, row)]
    work.conn.execute(insert(tables.tag), sorted(tags, key=lambda entry: (entry["word"], entry["record"])))
    know(work.conn, work.community, sitting, tick)


def _entries(row: dict[str, Value]) -> Iterator[dict[str, Value]]:
    """The search rows of one person, as `search.entries` has them, with the readings of a name looked up once."""
    best: dict[str, int] = {}
    for key, spec in Person.fields().items():
        if spec.searched and row[key] is not None:
            tokens = _read(key, str(row[key])) if isinstance(spec.kind, Name | Title) else spec.kind.tokens(row[key])
            for rank, token in enumerate(tokens):
                best[token[:80]] = min(rank, best.get(token[:80], rank))
    for token, rank in best.items():
        yield {"community": row["community"], "token": token, "rank": rank, "kind": Person.__tablename__, "record": row["id"]}


@cache
def _read(key: str, value: str) -> list[str]:
    return [token for token in Person.fields()[key].kind.tokens(value) if token]


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
