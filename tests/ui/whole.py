"""A community with something on every page of its window, and its district, for the tests that walk them all."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QThreadPool

from desktop.model.person import Person
from desktop.office.checkins import check_in_member
from desktop.office.desk import Desk
from desktop.office.inspections import start_inspection
from desktop.office.opinions import study_opinion
from desktop.store.page import Listing
from desktop.sync import standing
from desktop.ui.district import district_groups, special_pages
from desktop.ui.office import OfficeWindow
from desktop.ui.pages import SPECIAL_PAGES
from desktop.ui.session import Session
from desktop.ui.settings import SettingsPage
from desktop.ui.thispc import ThisPc
from tests.builders import a_campaign, a_checklist, a_person, a_place, an_activity, an_inspection, an_opinion, an_organisation, people
from tests.ui.offices import two_offices

MANY = 60  # people: more than one sheet of paper holds


@dataclass
class WholeOffice:
    """The two desks and what a test asks their windows to open."""

    community: Desk
    district: Desk
    ground: Path
    opinion: str = ""
    inspection: str = ""

    def fill(self) -> None:
        """Two of everything, so that there is always another one to go to."""
        desk = self.community
        unit, estate = an_organisation(desk, "区税务局"), a_place(desk, "盐工小区")
        an_organisation(desk, "区自然资源局")
        one = a_person(desk, "陈嘉禾", employer=unit, estate=estate, phone="13810216650")
        two = a_person(desk, "仇思远", employer=unit)
        people(desk, MANY)
        campaign = a_campaign(desk)
        for person in (one, two):
            check_in_member(desk, person=person, reported_on=desk.today)
        for name in ("清洁家园", "长者义诊"):
            an_activity(desk, [one, two], name=name, campaign=campaign, place=estate)
        self.opinion = an_opinion(desk, title="修下水道", place=estate)
        study_opinion(desk, an_opinion(desk, title="路灯不亮"), verdict="采纳")
        listed = a_checklist(desk, 12)
        self.inspection = an_inspection(desk, template=listed)
        beside = a_place(desk, "李记杂货", "场所", keeper="李四")
        start_inspection(desk, place=beside, template=listed, inspectors="周敏、林小雨")

    def how_to_open(self, key: str) -> dict[str, Any]:
        """What a page is opened for; most need nothing."""
        listing = Listing(Person, community=self.community.community)
        return {
            "record:opinion": {"id": self.opinion}, "record:inspection": {"id": self.inspection},
            "print": {"paper": "list", "listing": listing}, "import": {"kind": "person"},
        }.get(key, {})  # fmt: skip

    def window(self) -> OfficeWindow:
        """The community's, with every page that the program gives it."""
        special = {**SPECIAL_PAGES, "settings": lambda session: SettingsPage(session, ThisPc(self.ground / "pc.json"))}
        return OfficeWindow(Session(self.community), special)

    def district_window(self) -> OfficeWindow:
        """The district's."""
        return OfficeWindow(Session(self.district), {**SPECIAL_PAGES, **special_pages()}, district_groups())


@contextmanager
def whole_office(ground: Path) -> Iterator[WholeOffice]:
    """Both offices enrolled with each other and a stick remembered; closed at the end."""
    offices = two_offices(ground)
    offices.enrol()
    standing.remember_stick(offices.community, offices.stick)
    made = WholeOffice(offices.community, offices.district, ground)
    made.fill()
    yield made
    QThreadPool.globalInstance().waitForDone()
    for desk in (offices.community, offices.district):
        desk.books.ledger.close()
