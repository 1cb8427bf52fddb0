"""What the papers of 双报到 show: members, units, their registration, slips and roster."""

from dataclasses import dataclass

from desktop.office.facts import OfficeFacts, PrintMark


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
