"""Jobs 1a, 1b, 1c: from the start of the process to the unlock window, from the key to the first list page, both at once."""

from benchmarks import ledgers
from benchmarks.fresh import window
from benchmarks.measure import Goal, Outcome, Side, contest

ROUNDS = 7
PEOPLE = 40_000  # a file of about 100 MB


def run() -> list[Outcome]:
    """A fresh process each, in turn."""
    with ledgers.ground() as ground:
        folder, home = ledgers.copied(ledgers.people_ledger(PEOPLE), ground / "ledger"), ground / "home"
        home.mkdir()

        def start(role: str) -> float:
            return window(role, folder, home).start

        sides = [
            Side("floor", "bare window: table, navigation, toolbar", lambda: start("bare")),
            Side("product", "desktop.app to the painted unlock window", lambda: start("login")),
            Side("key to list", "key to the painted list of people, imports done", lambda: window("opened", folder, home).took),
            Side("whole start", "start to the painted list, nobody typing, key given", lambda: start("at_once")),
        ]
        goals = [
            Goal("start to unlock window ≤ 1.3 × floor", "product", "floor", most=1.3),
            Goal("key to first list page ≤ 0.5 × floor of the start", "key to list", "floor", most=0.5),
            Goal("whole start ≤ 5 × floor", "whole start", "floor", most=5.0),
        ]
        return [contest("start", "start", f"{PEOPLE:,} people", sides, goals, rounds=ROUNDS)]
