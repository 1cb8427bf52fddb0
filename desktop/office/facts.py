"""What a paper shows: plain, frozen facts that the office counted or read, handed to the printer of forms.

No query lives here and none in `reports`: whoever makes the facts has already chosen, masked and worded every string,
so the paper, its preview and the frozen snapshot of a closed month can only say the same thing. Days are words too
("2021年11月24日"), because some are known to the month only.
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


@dataclass(frozen=True)
class MemberFacts:
    """在职党员: one member as a form shows him."""

    name: str
    sex: str = ""
    nation: str = ""
    born: str = ""
    id_number: str = ""
    education: str = ""
    joined_party_on: str = ""
    phone: str = ""
    unit: str = ""
    post: str = ""
    branch: str = ""
    home: str = ""
    grid: str = ""
    strengths: str = ""
    wishes: tuple[str, ...] = ()
    free_time: str = ""
    checked_in_on: str = ""
    serial: str = ""
    remark: str = ""


@dataclass(frozen=True)
class UnitFacts:
    """报到单位: one party organisation that checked in."""

    name: str
    credit_code: str = ""
    party_org: str = ""
    kind: str = ""
    members: str = ""
    head: str = ""
    contact: str = ""
    phone: str = ""
    address: str = ""
    offers: str = ""
    checked_in_on: str = ""
    serial: str = ""


@dataclass(frozen=True)
class RegistrationFacts:
    """在职党员社区报到登记表, one sheet a member. `choices` are the office's kinds of post, in its own order."""

    office: OfficeFacts
    members: tuple[MemberFacts, ...]
    choices: tuple[str, ...]
    mark: PrintMark = PrintMark()


@dataclass(frozen=True)
class UnitCheckInFacts:
    """机关党组织到社区报到单."""

    office: OfficeFacts
    units: tuple[UnitFacts, ...]
    mark: PrintMark = PrintMark()


@dataclass(frozen=True)
class SlipFacts:
    """报到回执 of one member. `code` is the text of the QR code."""

    serial: str
    to: str
    name: str
    checked_in_on: str
    made_on: str
    code: str
    claimed: str = ""


@dataclass(frozen=True)
class SlipsFacts:
    """The slips of one print. Two copies: both halves of a page are one slip; one copy: two slips share a page."""

    office: OfficeFacts
    slips: tuple[SlipFacts, ...]
    copies: int = 2
    mark: PrintMark = PrintMark()


@dataclass(frozen=True)
class RosterFacts:
    """报到花名册; `as_of` is the day whose standing it shows, when that is not the day on which it was made."""

    office: OfficeFacts
    members: tuple[MemberFacts, ...]
    made_on: str
    mark: PrintMark = PrintMark()
    as_of: str = ""


@dataclass(frozen=True)
class ServiceLine:
    """One service of a member."""

    day: str
    what: str
    where: str = ""
    hours: str = ""
    volunteer: str = ""
    judged: str = ""
    confirmed_by: str = ""


@dataclass(frozen=True)
class ServiceCardFacts:
    """党员服务记录卡: what one member did in a period, as it is fed back to his unit."""

    office: OfficeFacts
    member: MemberFacts
    period: str
    lines: tuple[ServiceLine, ...]
    times: str
    hours: str
    volunteer_hours: str
    opinion: str = ""
    mark: PrintMark = PrintMark()


@dataclass(frozen=True)
class HandlingFacts:
    """One step of handling an opinion."""

    day: str
    who: str
    what: str


@dataclass(frozen=True)
class OpinionFacts:
    """意见建议 with all that its ledger line, its 交办单 and its 反馈单 show."""

    serial: str
    heard_on: str
    text: str
    channel: str = ""
    source: str = ""
    kind: str = ""
    place: str = ""
    said_by: str = ""
    proposal: str = ""
    verdict: str = ""
    unit: str = ""
    handler: str = ""
    due_on: str = ""
    extension: str = ""
    state: str = ""
    closed_on: str = ""
    result: str = ""
    replied_on: str = ""
    reply_way: str = ""
    replied_by: str = ""
    satisfaction: str = ""
    handlings: tuple[HandlingFacts, ...] = ()


@dataclass(frozen=True)
class OpinionLedgerFacts:
    """意见建议台账 of a period."""

    office: OfficeFacts
    opinions: tuple[OpinionFacts, ...]
    period: str
    made_on: str
    mark: PrintMark = PrintMark()


@dataclass(frozen=True)
class HandOverFacts:
    """交办单: an opinion put into somebody's hands."""

    office: OfficeFacts
    serial: str
    opinion: OpinionFacts
    handed_on: str
    requirement: str = ""
    mark: PrintMark = PrintMark()


@dataclass(frozen=True)
class ReplyFacts:
    """反馈单: what came of an opinion, read back to who said it."""

    office: OfficeFacts
    serial: str
    opinion: OpinionFacts
    made_on: str
    mark: PrintMark = PrintMark()


@dataclass(frozen=True)
class ItemLine:
    """One line of a checklist. `row` is the code by which a hand-filled sheet is typed in.

    `result` is 合格, 不合格, 不适用 or empty.
    """

    row: str
    what: str
    asks: str = ""
    result: str = ""
    note: str = ""


@dataclass(frozen=True)
class DangerFacts:
    """隐患."""

    serial: str
    part: str
    what: str
    kind: str = ""
    grade: str = ""
    handling: str = ""
    due_on: str = ""


@dataclass(frozen=True)
class InspectionFacts:
    """检查记录: `blank` is the sheet that goes out to be filled by hand, with its serial and row codes."""

    office: OfficeFacts
    serial: str
    checklist: str
    code: str
    items: tuple[ItemLine, ...]
    dangers: tuple[DangerFacts, ...] = ()
    blank: bool = False
    day: str = ""
    inspectors: str = ""
    premises: str = ""
    premises_kind: str = ""
    address: str = ""
    responsible: str = ""
    phone: str = ""
    verdict: str = ""
    mark: PrintMark = PrintMark()


@dataclass(frozen=True)
class NoticeFacts:
    """安全隐患整改通知书 and its 送达回证."""

    office: OfficeFacts
    issuer: str
    serial: str
    to: str
    inspected_on: str
    inspectors: str
    dangers: tuple[DangerFacts, ...]
    due_on: str
    made_on: str
    basis: str = ""
    contact: str = ""
    phone: str = ""
    address: str = ""
    copies: int = 2
    mark: PrintMark = PrintMark()


@dataclass(frozen=True)
class NoticesFacts:
    """Several notices, each with its copies and its 送达回证."""

    office: OfficeFacts
    notices: tuple[NoticeFacts, ...]


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
