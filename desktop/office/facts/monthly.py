"""What 月报 shows: the figures of a month with what each counts."""

from dataclasses import dataclass

from desktop.office.facts import OfficeFacts, PrintMark


@dataclass(frozen=True)
class FigureLine:
    """One figure of the month, with what it counts. The parts are (name, value) in the office's order."""

    number: str
    label: str
    value: str
    unit: str
    definition: str
    by_area: tuple[tuple[str, str], ...] = ()
    by_campaign: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class MonthFacts:
    """月报 of one month. `standing` says whether the month is frozen; `corrections` are the lines of a 更正表."""

    office: OfficeFacts
    month: str
    cut_off: str
    standing: str
    figures: tuple[FigureLine, ...]
    corrections: tuple[str, ...] = ()
    mark: PrintMark = PrintMark()
