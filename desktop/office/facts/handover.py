"""What 移交登记表 shows: one batch on its way to the district."""

from dataclasses import dataclass

from desktop.office.facts import OfficeFacts, PrintMark


@dataclass(frozen=True)
class BatchFacts:
    """移交登记表 of one batch: the file, its counts and its hash. No resident is named on it."""

    office: OfficeFacts
    serial: str
    to: str
    number: str
    period: str
    file_name: str
    size: str
    sha256: str
    header_line: str
    counts: tuple[tuple[str, str], ...]
    total: str
    made_at: str
    made_by: str
    carrier: str = "U 盘"
    carries_since: str = ""
    copies: int = 2
    mark: PrintMark = PrintMark()
