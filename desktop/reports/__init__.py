"""Floor 3, every printed page: facts in, PDF out. Asks the ledger nothing itself.

This is its contents page: each printed form, the facts it takes, and the function that prints it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from desktop.office import facts
from desktop.office.facts import ListFacts
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
    PaperKind("registration", "双报到", facts.RegistrationFacts, registration_form),
    PaperKind("unit-check-in", "双报到", facts.UnitCheckInFacts, unit_check_in),
    PaperKind("slip", "双报到", facts.SlipsFacts, check_in_slips),
    PaperKind("roster", "双报到", facts.RosterFacts, roster, roster_rows),
    PaperKind("service-card", "双报到", facts.ServiceCardFacts, service_card),
    PaperKind("opinion-ledger", "意见与实事", facts.OpinionLedgerFacts, opinion_ledger, opinion_rows),
    PaperKind("hand-over", "意见与实事", facts.HandOverFacts, hand_over_slip),
    PaperKind("reply", "意见与实事", facts.ReplyFacts, reply_slip),
    PaperKind("inspection", "检查与整治", facts.InspectionFacts, inspection_sheet),
    PaperKind("inspection-blank", "检查与整治", facts.InspectionFacts, inspection_sheet),
    PaperKind("notice", "检查与整治", facts.NoticesFacts, rectification_notices),
    PaperKind("month", "统计", facts.MonthFacts, month_report),
    PaperKind("batch", "上报", facts.BatchFacts, hand_over_sheet),
    PaperKind("decision", "上报", facts.DecisionFacts, decision_slip),
    PaperKind("list", "通用", facts.ListFacts, plain_list, plain_rows),
]
