"""What a paper shows: plain, frozen facts that the office counted or read, handed to the printer of forms.

No query lives here and none in `reports`: whoever makes the facts has already chosen, masked and worded every string,
so the paper, its preview and the frozen snapshot of a closed month can only say the same thing. Days are words too
("2021年11月24日"), because some are known to the month only.

Here stands what every paper is made of; the facts of a form stand under the name that `papers` and `reports` have for it.
"""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True)
class OfficeFacts:
    """本社区: whose paper this is."""

    community: str
    town: str
    party_org: str
    code: str
    phone: str = ""
    address: str = ""

    @property
    def place(self) -> str:
        """Street and community in one breath, as the head of a ledger names them."""
        return f"{self.town}{self.community}"


@dataclass(frozen=True)
class PrintMark:
    """What the foot of each page tells about this print: the short code for 核验, when and by whom. Empty parts are left out."""

    code: str = ""
    at: str = ""
    by: str = ""


class Align(StrEnum):
    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


@dataclass(frozen=True)
class Column:
    """One column of a ledger. `width` is a hint in millimetres (0: what the content needs).

    `tight` columns (numbers, days, phones) are never wrapped; `shrinks` lets a long address go down to 8 pt before it wraps.
    """

    label: str
    width: float = 0
    align: Align = Align.LEFT
    tight: bool = False
    shrinks: bool = False


@dataclass(frozen=True)
class ListFacts:
    """Any list as a ledger: what stands over it, its columns and its rows, and how it is to be signed."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    office: OfficeFacts
    mark: PrintMark = PrintMark()
    left: str = ""
    right: str = ""
    signs: tuple[str, ...] = ("填表人", "审核人", "单位（盖章）", "填表日期")
    signs_on_every_page: bool = False
    fills_with_blank_rows: bool = True
    filled_by_hand: bool = False
    landscape: bool = True
    numbered: bool = True
