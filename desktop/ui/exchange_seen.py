"""The exchange as the ledger has it: read away from the screen, shown by the page, asked by the deeds."""

from dataclasses import dataclass, field

from desktop.office.desk import Desk
from desktop.store.work import Row
from desktop.sync import offices, sending, standing
from desktop.sync.asking import contested_records
from desktop.sync.sending import Contents


@dataclass(frozen=True)
class Seen:
    """Everything that the page shows but the stick and the lines of one batch."""

    enrolled: bool
    fingerprint: str = ""
    batches: tuple[Row, ...] = ()
    contents: Contents | None = None
    unseen: tuple[int, ...] = ()
    read: dict[str, int] = field(default_factory=dict)
    contested: int = 0  # records of which somebody must choose a value

    def batch(self, key: str) -> Row | None:
        """The batch of this id."""
        return next((row for row in self.batches if row["id"] == key), None)

    def numbered(self, number: int) -> Row | None:
        """The batch of this number."""
        return next((row for row in self.batches if row["number"] == number), None)


NOTHING = Seen(False)  # before anything was read


def look_around(desk: Desk) -> Seen:
    """What the ledger knows now."""
    if not standing.is_enrolled(desk):
        has_key = desk.books.fact(offices.KEY) is not None
        return Seen(False, offices.our_card(desk).fingerprint if has_key else "")
    batches, unseen = tuple(standing.sent_batches(desk)), tuple(standing.unseen_numbers(desk))
    return Seen(True, "", batches, sending.preview(desk), unseen, standing.read_numbers(desk), len(contested_records(desk)))


def lines_of(desk: Desk, row: Row, *, is_newest: bool) -> list[standing.LineFate]:
    """What the batch carried; with the newest answered one everything that is open, whichever batch it came in."""
    lines = standing.lines_of(desk, row)
    there = {(line.kind, line.record) for line in lines}
    return lines + [line for line in standing.open_lines(desk) if is_newest and (line.kind, line.record) not in there]
