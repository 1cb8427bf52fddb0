"""What the papers of inspections show: the sheet of a checklist, and the notices that tell of dangers."""

from dataclasses import dataclass

from desktop.office.facts import OfficeFacts, PrintMark


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
