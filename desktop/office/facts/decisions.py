"""What 冲突决定单 shows: one record of which two values were reported."""

from dataclasses import dataclass

from desktop.office.facts import OfficeFacts, PrintMark


@dataclass(frozen=True)
class DecisionLine:
    """One field that was decided: what this community had, what the office above held, what holds now, and whose it is."""

    field: str
    ours: str
    theirs: str
    chosen: str
    side: str


@dataclass(frozen=True)
class DecisionFacts:
    """冲突决定单: one record of which two values were reported, and the one that was chosen."""

    office: OfficeFacts
    record: str
    kind: str
    lines: tuple[DecisionLine, ...]
    reason: str
    by: str
    at: str
    number: str
    mark: PrintMark = PrintMark()
