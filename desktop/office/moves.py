"""The contents page of the flows: which function makes a move of which record type.

A flow without a line here moves by its declaration alone (`records.move`).
"""

from collections.abc import Callable

from desktop.model.checkin import CheckIn
from desktop.model.inspection import Danger, Inspection
from desktop.model.kinds import Value
from desktop.model.opinion import Opinion
from desktop.model.record import Record
from desktop.office import records
from desktop.office.checkins import move_checkin
from desktop.office.desk import Desk
from desktop.office.inspections import move_danger, move_inspection
from desktop.office.opinions import move_opinion

MOVES: dict[type[Record], Callable[..., None]] = {
    CheckIn: move_checkin,
    Opinion: move_opinion,
    Danger: move_danger,
    Inspection: move_inspection,
}


def move(desk: Desk, record: type[Record], key: str, deed: str, **asked: Value) -> None:
    """Make one move of a record's flow: what every button of every stepper calls."""
    if record in MOVES:
        MOVES[record](desk, key, deed, **asked)
    else:
        records.move(desk, record, key, deed, **asked)
