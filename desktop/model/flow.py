"""A flow: the states a record goes through, as data.

Buttons, steppers, permissions, due work and figures read this declaration; nobody writes the states down again.
A move is a deed: it has a name, a word on its button, the states it starts from, the state it ends in, the fields
it asks for and the roles that may do it.
"""

from dataclasses import dataclass, field

from desktop.model.roles import WRITERS, Role


@dataclass(frozen=True)
class Move:
    """One way on: `Move("close", "填办结", after="办理中", to="办结", asks=("result", "closed_on"))`."""

    deed: str
    label: str
    after: str
    to: str
    asks: tuple[str, ...] = ()  # the fields it asks for; "reason?" may stay empty
    by: frozenset[Role] = WRITERS
    icon: str = "check"
    side: bool = False  # a side exit (不采纳, 注销), never offered as the next step
    undoes: bool = False  # leads back; asks for a reason

    @property
    def starts(self) -> tuple[str, ...]:
        """The states it may start from."""
        return tuple(self.after.split())

    @property
    def asked(self) -> dict[str, bool]:
        """Field → whether the move cannot be made without it."""
        return {name.removesuffix("?"): not name.endswith("?") for name in self.asks}


@dataclass(frozen=True)
class Due:
    """When a record has been too long in a state: the day stands in `field`, or is so many days (a setting) after `since`."""

    state: str
    field: str = ""
    setting: str = ""
    since: str = "state_on"
    todo: str = ""  # what the clerk is asked to do, as the words of a link

    @property
    def states(self) -> tuple[str, ...]:
        """The states in which this clock runs."""
        return tuple(self.state.split())


@dataclass(frozen=True)
class Flow:
    """The states in order, the side states, the moves between them and the clocks."""

    path: str
    moves: tuple[Move, ...]
    sides: str = ""
    done: str = ""  # the states in which nothing more is owed
    due: tuple[Due, ...] = field(default=())
    skip: str = ""  # states left out of the stepper

    @property
    def states(self) -> tuple[str, ...]:
        """The main road, first to last."""
        return tuple(self.path.split())

    @property
    def all_states(self) -> tuple[str, ...]:
        """The main road and the side states."""
        return self.states + tuple(self.sides.split())

    @property
    def first(self) -> str:
        """Where a new record begins."""
        return self.states[0]

    def moves_from(self, state: str | None) -> list[Move]:
        """What can be done next, the main road before the side exits."""
        return sorted((move for move in self.moves if state in move.starts), key=lambda move: (move.side, move.undoes))

    def move(self, deed: str) -> Move:
        """The move of that name; KeyError when the flow has none."""
        for move in self.moves:
            if move.deed == deed:
                return move
        raise KeyError(deed)

    def is_done(self, state: str | None) -> bool:
        """Nothing more is owed in this state."""
        return state in self.done.split()

    def due_in(self, state: str | None) -> Due | None:
        """The clock that runs in a state."""
        for due in self.due:
            if state in due.states:
                return due
        return None
