"""Job 3: a list page: 101 rows filtered, sorted by name, beginning after a row in the middle."""

from itertools import cycle
from pathlib import Path
from typing import Any

from benchmarks import ledgers
from benchmarks.measure import Goal, Outcome, Side, contest
from desktop.model.person import Person
from desktop.store.page import Cursor, Filter, Listing, page, starts

ROUNDS = 200
SMALL, LARGE = 1_000, 100_000
SIZE = 101
COLUMNS = (
    "id", "name", "id_number", "sex", "born", "nation", "phone", "roles", "employer", "post", "branch", "education", "estate", "room",
    "sort_key",
)  # fmt: skip
LISTING = Listing(Person, (Filter("sex", "is", ("2",)),), order="name", community=ledgers.COMMUNITY)


def run() -> list[Outcome]:
    """Both sizes, each against raw SQL on an index that was made for this very question."""
    with ledgers.ground() as ground:
        small, large = _Sides(SMALL, ground), _Sides(LARGE, ground)
        try:
            return [_contest(small, large, "list"), _contest(large, small, "list-large")]
        finally:
            small.close()
            large.close()


class _Sides:
    """One size: the product's ledger, and the floor's copy with its index."""

    def __init__(self, n: int, ground: Path) -> None:
        self.n = n
        self.desk = ledgers.opened(ledgers.copied(ledgers.people_ledger(n), ground / f"product-{n}"))
        floor = ledgers.copied(ledgers.people_ledger(n), ground / f"floor-{n}")
        writer = ledgers.raw_writer(floor)
        writer.execute("CREATE INDEX bench ON person (community, sex, sort_key, id) WHERE ended_on IS NULL")
        writer.execute("ANALYZE")
        writer.close()
        self.driver = ledgers.raw_reader(floor)
        with self.desk.books.read() as conn:
            self.cursors = starts(conn, LISTING, size=max(SIZE, n // 40))
        self._mine, self._theirs = cycle(self.cursors), cycle(self.cursors)

    def floor(self) -> Side:
        sql = (
            f"SELECT {', '.join(COLUMNS)} FROM person INDEXED BY bench WHERE community = ? AND sex = '2' AND ended_on IS NULL "
            f"AND (sort_key, id) > (?, ?) ORDER BY sort_key, id LIMIT {SIZE}"
        )

        def run(after: Cursor) -> None:
            rows = self.driver.execute(sql, (ledgers.COMMUNITY, after.value, after.id)).fetchall()
            assert len(rows) > 1

        return Side("floor", f"raw SQL of {len(COLUMNS)} columns on a matching index", run, lambda: next(self._mine))

    def product(self, name: str) -> Side:
        def run(after: Cursor) -> None:
            with self.desk.books.read() as conn:
                rows: Any = page(conn, LISTING, after=after, size=SIZE - 1, keys=COLUMNS).rows
            assert len(rows) > 1

        return Side(name, f"store.page at {self.n:,} people, as plain mappings", run, lambda: next(self._theirs))

    def close(self) -> None:
        self.desk.books.ledger.close()
        self.driver.close()


def _contest(here: _Sides, there: _Sides, job: str) -> Outcome:
    goals = [Goal(f"list page at {here.n:,} ≤ 1.6 × floor", "product", "floor", most=1.6)]
    if here.n == LARGE:
        goals.append(Goal(f"list page at {LARGE:,} ≤ 1.4 × the time at {SMALL:,}", "product", "product, small", most=1.4))
    sides = [here.floor(), here.product("product"), *([there.product("product, small")] if here.n == LARGE else [])]
    return contest(job, "list page", f"{here.n:,}", sides, goals, rounds=ROUNDS, warm=3)
