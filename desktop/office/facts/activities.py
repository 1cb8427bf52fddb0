"""What the papers of services show: 党员服务记录卡, line by line."""

from dataclasses import dataclass

from desktop.office.facts import OfficeFacts, PrintMark
from desktop.office.facts.checkins import MemberFacts


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
