"""Which records a paper is about: for every printed form the type of record it shows and how its facts are gathered.

`reports` lists the forms and how they are drawn; this list says where their facts come from. A test holds the two together.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from desktop.model.checkin import CheckIn
from desktop.model.courier import Batch
from desktop.model.errors import Refusal
from desktop.model.inspection import ChecklistTemplate, Danger, Inspection
from desktop.model.language import _
from desktop.model.opinion import Opinion
from desktop.model.organisation import Organisation
from desktop.model.person import Person
from desktop.model.record import Record
from desktop.office import decisions, prints
from desktop.office.desk import Desk
from desktop.office.facts import ListFacts
from desktop.office.facts.checkins import RosterFacts, UnitCheckInFacts
from desktop.office.facts.opinions import OpinionLedgerFacts
from desktop.office.papers import by_ids
from desktop.office.papers.activities import service_card
from desktop.office.papers.checkins import registration, roster, slips, unit_check_in
from desktop.office.papers.handover import batch
from desktop.office.papers.inspections import blank_inspection, inspection, notices
from desktop.office.papers.monthly import month
from desktop.office.papers.opinions import hand_over, opinion_ledger, reply
from desktop.office.papers.plain import plain_list
from desktop.store.page import Listing


@dataclass(frozen=True)
class Selection:
    """What somebody wants on paper: these records, this period, masked or not, for a plain list which list; by which field a
    ledger goes ("" for its own order)."""

    ids: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    masked: bool = True
    listing: Listing | None = None
    order: str = ""

    def some(self) -> tuple[str, ...]:
        """The records of a paper that shows each; Refusal when none was chosen."""
        self.one()
        return self.ids

    def one(self) -> str:
        """The one record of a paper that shows one; Refusal when none was chosen."""
        if not self.ids:
            raise Refusal(_("还没有选记录"), todo=_("在列表里选一条，再打印"))
        return self.ids[0]


@dataclass(frozen=True)
class Source:
    """Where the facts of a form come from, and what may be asked of them; `note` is what one should know before printing it."""

    key: str
    title: str
    about: type[Record] | None
    gather: Callable[[Desk, Selection], Any]
    one: bool = False  # it shows one record
    whole: bool = False  # without a selection it shows all of the period
    orders: tuple[str, ...] = ()  # the fields by which its rows can go; "" is its own order
    along: str = ""  # the form that is often wanted for the same records
    note: str = ""


def checkin_people(desk: Desk, ids: tuple[str, ...]) -> list[str]:
    """People, whether people or their reports were chosen."""
    reports = by_ids(desk, CheckIn, ids)
    return [row["person"] for row in reports if row["person"]] or list(ids)


def _units(desk: Desk, chosen: Selection) -> UnitCheckInFacts:
    return unit_check_in(desk, chosen.ids)


def _roster(desk: Desk, chosen: Selection) -> RosterFacts:
    people = checkin_people(desk, chosen.ids) if chosen.ids else None
    return roster(desk, people, until=chosen.until, order=chosen.order, masked=chosen.masked)


def _opinion_ledger(desk: Desk, chosen: Selection) -> OpinionLedgerFacts:
    return opinion_ledger(desk, since=chosen.since, until=chosen.until, ids=chosen.ids or None, order=chosen.order)


def _list(desk: Desk, chosen: Selection) -> ListFacts:
    if chosen.listing is None:
        raise Refusal(_("还没有选列表"), todo=_("在列表页按“打印”"))
    return plain_list(desk, chosen.listing, masked=chosen.masked)


SOURCES: list[Source] = [
    Source(
        "registration", "报到登记表", Person,
        lambda d, s: registration(d, checkin_people(d, s.ids), masked=s.masked), along="slip", note="一式 3 份",
    ),
    Source("unit-check-in", "机关党组织报到单", Organisation, _units, note="一式 2 份"),
    Source("slip", "报到回执", Person, lambda d, s: slips(d, checkin_people(d, s.ids)), note="两联，带二维码"),
    Source("roster", "报到花名册", Person, _roster, whole=True, orders=("", "reported_on", "employer"), along="slip"),
    Source(
        "service-card", "党员服务记录卡", Person,
        lambda d, s: service_card(d, checkin_people(d, (s.one(),))[0], since=s.since, until=s.until, masked=s.masked), one=True,
    ),
    Source("opinion-ledger", "意见建议台账", Opinion, _opinion_ledger, whole=True, orders=("", "heard_on", "due_on")),
    Source("hand-over", "交办单", Opinion, lambda d, s: hand_over(d, s.one()), one=True, note="一式 2 份"),
    Source("reply", "反馈单", Opinion, lambda d, s: reply(d, s.one()), one=True, note="需签名"),
    Source("inspection", "检查记录表", Inspection, lambda d, s: inspection(d, s.one()), one=True),
    Source("inspection-blank", "检查记录表（空白）", ChecklistTemplate, lambda d, s: blank_inspection(d, s.one()), one=True),
    Source("notice", "整改通知书", Danger, lambda d, s: notices(d, s.some())),
    Source("month", "月报", None, lambda d, s: month(d, since=s.since, until=s.until), whole=True),
    Source("batch", "移交登记表", Batch, lambda d, s: batch(d, s.one()), one=True),
    Source("decision", "冲突决定单", None, lambda d, s: decisions.slip(d, s.ids), one=True, whole=True),
    Source("list", "清单", None, _list),
]  # fmt: skip


def paper_titles() -> list[tuple[str, str]]:
    """(key, title) of every form that can be chosen by name."""
    return [(one.key, one.title) for one in SOURCES if one.key != "list"]


def source(key: str) -> Source:
    """Where a form's facts come from; KeyError when there is no such form."""
    for one in SOURCES:
        if one.key == key:
            return one
    raise KeyError(key)


def goes_with(key: str, record: type[Record]) -> bool:
    """Records of this type can be put on the form."""
    about = source(key).about
    return key == "list" or record is about or (about is Person and record is CheckIn)


def forms_about(record: type[Record]) -> list[Source]:
    """The forms that can be made of one record of this type."""
    return [one for one in SOURCES if one.key != "list" and not one.whole and goes_with(one.key, record)]


def gather(desk: Desk, key: str, chosen: Selection) -> Any:
    """The facts of a form. Full numbers need the right to print them, and that is written down.

    The period is the running month unless one is given.
    """
    since, until = chosen.since or desk.today[:8] + "01", chosen.until or desk.today
    chosen = replace(chosen, since=since, until=until)
    if not chosen.masked:
        prints.allow_unmasked(desk, key, len(chosen.ids))
    return source(key).gather(desk, chosen)
