"""What the papers of 意见建议 show: the ledger, 交办单, 反馈单."""

from dataclasses import dataclass

from desktop.office.facts import OfficeFacts, PrintMark


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
