"""What can go wrong in words a clerk can act on.

`Refusal`: an office rule says no, and the clerk can mend it. `Trouble`: the disk, the stick or the printer failed.
Anything else is a bug of ours and goes to the diagnosis page. Errors are told apart by type, never by their text.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Mistake:
    """One field that cannot stay as it is: which field, and why."""

    field: str
    why: str


class Said(Exception):
    """An error with its three parts: what happened, to which record, what to do."""

    def __init__(self, what: str, *, record: str = "", todo: str = "", mistakes: tuple[Mistake, ...] = ()) -> None:
        self.what = what
        self.record = record
        self.todo = todo
        self.mistakes = mistakes
        super().__init__(what)

    def __str__(self) -> str:
        head = f"{self.record}：{self.what}" if self.record else self.what
        return f"{head}。{self.todo}" if self.todo else head


class Refusal(Said):
    """An office rule says no; nothing was changed."""


class NotAllowed(Refusal):
    """This person's role may not do this deed."""


class Trouble(Said):
    """Something outside failed: disk, stick, printer, another program."""
