"""Floor 3, every printed page: facts in, PDF out. Asks the ledger nothing itself.

This is its contents page: each printed form, the facts it takes, and the function that prints it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from desktop.office.facts import ListFacts
from desktop.office.facts.activities import ServiceCardFacts
from desktop.office.facts.checkins import RegistrationFacts, RosterFacts, SlipsFacts, UnitCheckInFacts
from desktop.office.facts.decisions import DecisionFacts
from desktop.office.facts.handover import BatchFacts
from desktop.office.facts.inspections import InspectionFacts, NoticesFacts
from desktop.office.facts.monthly import MonthFacts
from desktop.office.facts.opinions import HandOverFacts, OpinionLedgerFacts, ReplyFacts
from desktop.office.selections import source
from desktop.reports.activities import service_card
from desktop.reports.checkins import check_in_slips, registration_form, roster, roster_rows, unit_check_in
from desktop.reports.decisions import decision_slip
from desktop.reports.handover import hand_over_sheet
from desktop.reports.inspections import inspection_sheet, rectification_notices
from desktop.reports.monthly import month_report
from desktop.reports.opinions import hand_over_slip, opinion_ledger, opinion_rows, reply_slip
from desktop.reports.plain import plain_list, plain_rows
from desktop.reports.sheet import Paper


@dataclass(frozen=True)
class PaperKind:
    """One printed form: `render(facts)` or `render(facts, book)` gives its paper.

    A ledger says by `rows(facts)` what stands on it line by line, which can be a workbook, too.
    """

    key: str
    group: str
    facts: type[Any]
    render: Callable[..., Paper]
    rows: Callable[[Any], ListFacts] | None = None

    @property
    def title(self) -> str:
        """Its name, said once where its facts come from."""
        return source(self.key).title


PAPERS = [
    PaperKind("registration", "双报到", RegistrationFacts, registration_form),
    PaperKind("unit-check-in", "双报到", UnitCheckInFacts, unit_check_in),
    PaperKind("slip", "双报到", SlipsFacts, check_in_slips),
    PaperKind("roster", "双报到", RosterFacts, roster, roster_rows),
    PaperKind("service-card", "双报到", ServiceCardFacts, service_card),
    PaperKind("opinion-ledger", "意见与实事", OpinionLedgerFacts, opinion_ledger, opinion_rows),
    PaperKind("hand-over", "意见与实事", HandOverFacts, hand_over_slip),
    PaperKind("reply", "意见与实事", ReplyFacts, reply_slip),
    PaperKind("inspection", "检查与整治", InspectionFacts, inspection_sheet),
    PaperKind("inspection-blank", "检查与整治", InspectionFacts, inspection_sheet),
    PaperKind("notice", "检查与整治", NoticesFacts, rectification_notices),
    PaperKind("month", "统计", MonthFacts, month_report),
    PaperKind("batch", "上报", BatchFacts, hand_over_sheet),
    PaperKind("decision", "上报", DecisionFacts, decision_slip),
    PaperKind("list", "通用", ListFacts, plain_list, plain_rows),
]
