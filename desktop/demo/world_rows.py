"""The rows of one invented community before they are written: each with the day on which somebody enters it."""

from collections.abc import Iterable
from dataclasses import dataclass
from random import Random

from desktop.demo.world import FIRST_DAY, LAST_DAY
from desktop.model import days
from desktop.model.kinds import Value
from desktop.model.record import Record
from desktop.store.work import new_id

# How much of the year's work falls into each month.
MONTHS = (5, 4, 8, 8, 9, 9, 9, 9, 9, 10, 10, 10)


@dataclass(frozen=True)
class Pending:
    """A serial that is given when the row is written: its series and the day that stands in it."""

    series: str
    day: str


@dataclass(frozen=True)
class Entry:
    """One row, its record type, and the day on which it is entered."""

    day: str
    record: type[Record]
    values: dict[str, Value | Pending]


class Sheaf:
    """What one community enters from January to the day `until`; later things have not happened yet."""

    def __init__(self, until: str) -> None:
        self.until = until
        self.entries: list[Entry] = []

    def put(self, record: type[Record], day: str, **values: Value | Pending) -> str:
        """The row will be entered on this day; its id."""
        key = new_id()
        self.entries.append(Entry(min(max(day, FIRST_DAY), self.until), record, {**values, "id": key}))
        return key

    def by_day(self) -> list[Entry]:
        """The rows in the order in which they are entered."""
        return sorted(self.entries, key=lambda entry: entry.day)


def some_day(dice: Random, first: str = FIRST_DAY, last: str = LAST_DAY) -> str:
    """A day in between, in the months in which more is done more often."""
    while True:
        month = dice.choices(range(1, 13), MONTHS)[0]
        day = f"{first[:4]}-{month:02d}-{dice.randint(1, 28):02d}"
        if first <= day <= last:
            return day


def later(dice: Random, day: str, least: int, most: int, last: str = "9999") -> str:
    """Some days after, not after the last."""
    return min(days.after(day, dice.randint(least, most)), last)


def reached(steps: Iterable[tuple[str, str]], until: str) -> tuple[str, str]:
    """(state, since) of a record on a day, out of its states with the days on which they begin; the first begins at once."""
    found = ("", "")
    for state, since in steps:
        if found[0] and since > until:
            break
        found = (state, since)
    return found
