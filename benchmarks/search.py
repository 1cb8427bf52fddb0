"""Job 4: what a keystroke in the search box costs, at the 95th percentile; beside it what a LIKE scan would cost."""

from collections.abc import Iterator
from itertools import cycle
from random import Random

from benchmarks import ledgers
from benchmarks.measure import Goal, Outcome, Side, contest
from desktop.model import names
from desktop.store.search import find

ROUNDS = 400
N = 100_000
LIMIT = 30


def run() -> list[Outcome]:
    """Names, pinyin, initials, tails of numbers, each as it is typed, sign by sign."""
    with ledgers.ground() as ground:
        desk = ledgers.opened(ledgers.copied(ledgers.people_ledger(N), ground / "product"))
        driver = ledgers.raw_reader(ledgers.copied(ledgers.people_ledger(N), ground / "floor"))
        people = driver.execute("SELECT name, phone, id_number FROM person ORDER BY id LIMIT 4000").fetchall()
        typed = list(keystrokes(people))
        Random(ledgers.SEED).shuffle(typed)
        mine, theirs, like = cycle(typed), cycle(typed), cycle(typed)
        range_read = (
            "SELECT kind, record, rank FROM search WHERE community = ? AND token >= ? AND token < ? AND kind = 'person' "
            f"ORDER BY token, rank LIMIT {LIMIT}"
        )
        liked = "name LIKE ? OR phone LIKE ? OR id_number LIKE ?"
        scan = f"SELECT id FROM person WHERE community = ? AND ({liked}) AND ended_on IS NULL LIMIT 30"

        def floor(word: str) -> None:
            driver.execute(range_read, (ledgers.COMMUNITY, word, word + "\U0010ffff")).fetchall()

        def product(word: str) -> None:
            with desk.books.read() as conn:
                find(conn, ledgers.COMMUNITY, word, kinds=["person"], limit=LIMIT)

        def peer(word: str) -> None:
            driver.execute(scan, (ledgers.COMMUNITY, *[f"%{word}%"] * 3)).fetchall()

        sides = [
            Side("floor", "one range read of the search table", floor, lambda: next(mine)),
            Side("product", "store.search.find, ranked", product, lambda: next(theirs)),
            Side("peer", "LIKE over name, telephone and ID number", peer, lambda: next(like), every=8),
        ]
        goals = [
            Goal("search p95 ≤ 4 × floor", "product", "floor", most=4.0, of="p95"),
            Goal("search ≥ 100 × faster than LIKE (p95)", "peer", "product", least=100.0, of="p95"),
        ]
        try:
            return [contest("search", "search, one keystroke", f"{N:,}", sides, goals, rounds=ROUNDS, warm=8)]
        finally:
            driver.close()
            desk.books.ledger.close()


def keystrokes(people: list[tuple[str, str, str]]) -> Iterator[str]:
    """Everything that stands in the box while somebody types one of the words of a person."""
    for nth, (name, phone, number) in enumerate(people):
        reading = names.pinyin_of(name)
        word = (name, reading.full, reading.initials, phone[-4:], number[-4:].lower(), phone)[nth % 6]
        yield from (word[:end] for end in range(1, len(word) + 1))
