"""Deeds that begin at a record and are done on another page: a person's service, his slip, an activity once more.

Drawer, right button and keys offer what stands here; to add one is a line in DEEDS.
"""

from collections.abc import Callable
from dataclasses import dataclass

from desktop.model.activity import Activity
from desktop.model.checkin import CheckIn
from desktop.model.organisation import Organisation
from desktop.model.person import Person
from desktop.model.record import Record
from desktop.office.checkins import MEMBER, PARTY_ROLE, UNIT, stands_reported
from desktop.office.desk import Desk
from desktop.office.papers.checkins import has_slip
from desktop.store.work import Row

Arguments = dict[str, object]


@dataclass(frozen=True)
class Lead:
    """From a record to the page where the deed is done; no arguments means that there is nothing to do for this record."""

    key: str
    label: str
    icon: str
    page: str
    right: str  # the deed that the person here must be allowed
    arguments: Callable[[Desk, Row], Arguments | None]
    shortcut: str = ""


def _check_in(desk: Desk, row: Row) -> Arguments | None:
    if PARTY_ROLE not in (row["roles"] or "") or stands_reported(desk, person=row["id"]):
        return None
    return {"values": {"who": MEMBER, "person": row["id"], "employer": row["employer"]}}


def _unit_checks_in(desk: Desk, row: Row) -> Arguments | None:
    return None if stands_reported(desk, unit=row["id"]) else {"values": {"who": UNIT, "employer": row["id"]}}


def _slip(desk: Desk, row: Row) -> Arguments | None:
    return {"paper": "slip", "ids": (row["id"],)} if has_slip(desk, row["id"]) else None


def _unit_sheet(desk: Desk, row: Row) -> Arguments | None:
    return {"paper": "unit-check-in", "ids": (row["id"],)} if stands_reported(desk, unit=row["id"]) else None


def _slip_of_report(_desk: Desk, row: Row) -> Arguments | None:
    return {"paper": "slip", "ids": (row["id"],)} if row["person"] and row["reported_on"] else None


DEEDS: dict[type[Record], tuple[Lead, ...]] = {
    Person: (
        Lead("serve", "记服务", "heart-plus", "form:activity", "activity.record", lambda _desk, row: {"people": (row["id"],)}),
        Lead("check-in", "报到", "clipboard-check", "form:check_in", "checkin.check_in", _check_in),
        Lead("slip", "回执", "printer", "print", "paper.print", _slip),
    ),
    Organisation: (
        Lead("serve", "记服务", "heart-plus", "form:activity", "activity.record", lambda _desk, row: {"unit": row["id"]}),
        Lead("check-in", "报到", "clipboard-check", "form:check_in", "checkin.check_in", _unit_checks_in),
        Lead("sheet", "报到单", "printer", "print", "paper.print", _unit_sheet),
    ),
    CheckIn: (Lead("slip", "回执", "printer", "print", "paper.print", _slip_of_report),),
    Activity: (
        Lead("again", "再来一次", "history", "form:activity", "activity.record", lambda _desk, row: {"again": row["id"]}, "Ctrl+D"),
    ),
}


def leads_of(desk: Desk, record: type[Record]) -> list[Lead]:
    """What begins at records of this type and the person here may do; nothing above a community, which only reads them."""
    return [] if desk.is_above else [lead for lead in DEEDS.get(record, ()) if desk.may(lead.right)]
