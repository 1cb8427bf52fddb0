"""Job 12: the highest memory of a window over 100,000 rows, and when its first frame stands, beside loading them all."""

from benchmarks import ledgers
from benchmarks.fresh import Seen, window
from benchmarks.measure import Outcome, Verdict, times_of

ROUNDS = 3
PEOPLE = 100_000
ORM, CACHE, OWN = 27, 16, 40  # MB over the bare window: the layer below, the pages of the file, the product
SIDES = {
    "floor": ("bare", "bare window"),
    "product": ("opened", "the product's list of people"),
    "peer": ("whole", "all rows loaded into a table"),
}


def run() -> list[Outcome]:
    """A fresh process each, in turn; memory is what is judged, in MB."""
    with ledgers.ground() as ground:
        folder, home = ledgers.copied(ledgers.people_ledger(PEOPLE), ground / "ledger"), ground / "home"
        home.mkdir()
        seen: dict[str, list[Seen]] = {name: [] for name in SIDES}
        for _round in range(ROUNDS):
            for name, (role, _words) in SIDES.items():
                seen[name].append(window(role, folder, home))
    rss = {name: times_of([one.rss for one in some]) for name, some in seen.items()}
    took = {name: times_of([one.took for one in some]).median for name, some in seen.items()}
    over = rss["product"].median - rss["floor"].median
    verdicts = (
        Verdict(f"paged table ≤ floor + {OWN} MB (+ {ORM} ORM, {CACHE} file cache)", over, OWN + ORM + CACHE, at_most=True, unit="MB"),
        Verdict("first frame ≤ 1/4 of loading all", took["product"] / took["peer"], 0.25, at_most=True),
    )
    words = {name: words for name, (_role, words) in SIDES.items()}
    notes: dict[str, float | int | str] = {f"seconds to the first frame, {name}": round(value, 3) for name, value in took.items() if value}
    noise = rss["floor"].p95 / rss["floor"].median
    return [Outcome("memory", "memory of a long table", f"{PEOPLE:,} rows", words, rss, verdicts, noise, "MB", notes=notes)]
