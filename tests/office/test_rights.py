"""The deeds themselves, tried by somebody who may only read: each is refused, written down, and leaves nothing else behind."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from desktop.model.checkin import CheckIn
from desktop.model.errors import NotAllowed
from desktop.model.inspection import ChecklistItem, Danger, Inspection
from desktop.model.opinion import Opinion
from desktop.model.person import Person
from desktop.model.roles import Role
from desktop.office import activities, checkins, inspections, ledgers, opinions, records, savedfilters, settings
from desktop.office.desk import Desk
from desktop.office.moves import move
from desktop.store.page import Listing
from tests.builders import a_person, a_place, an_activity, an_inspection, an_opinion, an_organisation, audited, everything, seen_as


@dataclass
class Office:
    """Somebody who may only read, and one of everything to try it on."""

    reader: Desk
    person: str
    unit: str
    opinion: str
    activity: activities.Recorded
    run: str
    item: str
    danger: str
    report: str
    project: str


@pytest.fixture
def office(desk: Desk) -> Office:
    run = an_inspection(desk)
    opinion = an_opinion(desk)
    return Office(
        seen_as(desk, Role.READER), a_person(desk), an_organisation(desk), opinion, an_activity(desk, [a_person(desk, "乙")]), run,
        desk.rows(ChecklistItem)[0]["id"], inspections.register_danger(desk, situation="堆物", place=a_place(desk)),
        checkins.expect_member(desk, person=a_person(desk, "丙")), opinions.project_from_opinion(desk, opinion),
    )  # fmt: skip


TRIED: dict[str, Callable[[Office], object]] = {
    "record.add": lambda o: records.add(o.reader, Person, name="丁", roles="居民 2020-01-01~"),
    "record.correct": lambda o: records.correct(o.reader, Person, o.person, post="科长"),
    "record.correct_many": lambda o: records.correct_many(o.reader, Person, [o.person], post="科长"),
    "record.end": lambda o: records.end(o.reader, Person, o.person, because="x"),
    "record.end_many": lambda o: records.end_many(o.reader, Person, [o.person], because="x"),
    "record.take_back": lambda o: records.take_back(o.reader, Person, o.person),
    "record.revert": lambda o: records.revert(o.reader, Person, o.person, 1),
    "record.erase": lambda o: records.erase(o.reader, Person, o.person, reason="x"),
    "record.unmask": lambda o: records.unmask(o.reader, Person, o.person, "phone"),
    "record.open_to_correct": lambda o: records.open_to_correct(o.reader, Person, o.person),
    "expect_member": lambda o: checkins.expect_member(o.reader, person=o.person),
    "check_in_member": lambda o: checkins.check_in_member(o.reader, person=o.person, reported_on="2021-11-24"),
    "check_in_unit": lambda o: checkins.check_in_unit(o.reader, employer=o.unit, reported_on="2021-11-24"),
    "check_in_unit_with_members": lambda o: checkins.check_in_unit_with_members(
        o.reader, employer=o.unit, people=[o.person], newcomers=[], reported_on="2021-11-24"
    ),
    "check_in_many": lambda o: checkins.check_in_many(o.reader, people=[o.person], employer=None, reported_on="2021-11-24"),
    "move a report": lambda o: move(o.reader, CheckIn, o.report, "report"),
    "record_activity": lambda o: an_activity(o.reader, [o.person]),
    "add_participants": lambda o: activities.add_participants(
        o.reader, activity=o.activity.activity, people=[o.person], minutes=60, volunteering=True
    ),
    "confirm_services": lambda o: activities.confirm_services(o.reader, list(o.activity.services)),
    "register_opinion": lambda o: an_opinion(o.reader),
    "study_opinion": lambda o: opinions.study_opinion(o.reader, o.opinion, verdict="采纳"),
    "note_handling": lambda o: opinions.note_handling(o.reader, o.opinion, text="x"),
    "move an opinion": lambda o: move(o.reader, Opinion, o.opinion, "withdraw", verdict_reason="x"),
    "link_project": lambda o: opinions.link_project(o.reader, project=o.project, opinion=o.opinion),
    "project_from_opinion": lambda o: opinions.project_from_opinion(o.reader, o.opinion),
    "write_template": lambda o: inspections.write_template(o.reader, name="x", items=[]),
    "start_inspection": lambda o: inspections.start_inspection(o.reader, place=o.unit, template=o.unit, inspectors="甲、乙"),
    "mark_item": lambda o: inspections.mark_item(o.reader, o.run, o.item, "合格"),
    "mark_rest_of_section": lambda o: inspections.mark_rest_of_section(o.reader, o.run, "通道"),
    "register_danger": lambda o: inspections.register_danger(o.reader, situation="x", place=o.unit),
    "finish_inspection": lambda o: inspections.finish_inspection(o.reader, o.run),
    "issue_notice": lambda o: inspections.issue_notice(o.reader, o.danger),
    "recheck_danger": lambda o: inspections.recheck_danger(o.reader, o.danger, recheck="合格", rechecked_by="x"),
    "move a danger": lambda o: move(o.reader, Danger, o.danger, "fix_at_once", done_text="x"),
    "move a run": lambda o: move(o.reader, Inspection, o.run, "void", note="x"),
    "choose": lambda o: settings.choose(o.reader, "opinion.close_days", "1"),
    "keep_draft": lambda o: settings.keep_draft(o.reader, "x", kind="person", record="", values={}),
    "drop_draft": lambda o: settings.drop_draft(o.reader, "x"),
    "keep_filter": lambda o: savedfilters.keep_filter(o.reader, Listing(Person, text="陈"), "姓陈的"),
    "rename_filter": lambda o: savedfilters.rename_filter(o.reader, "x", "姓陈的"),
    "drop_filter": lambda o: savedfilters.drop_filter(o.reader, "x"),
    "take_filter_back": lambda o: savedfilters.take_filter_back(o.reader, "x"),
    "add_user": lambda o: ledgers.add_user(o.reader, name="x", login="xxx", password="hunter2-hai", role=Role.ADMIN),
    "set_active": lambda o: ledgers.set_active(o.reader, o.reader.who.id, active=True),
    "set_role": lambda o: ledgers.set_role(o.reader, o.reader.who.id, Role.CLERK),
}


@pytest.mark.parametrize("deed", TRIED)
def test_who_may_only_read_changes_nothing(deed: str, office: Office) -> None:
    before = everything(office.reader)
    with pytest.raises(NotAllowed, match="林小雨（只读）不能做这件事"):
        TRIED[deed](office)
    after = everything(office.reader)
    assert {table for table in after if after[table] != before[table]} == {"audit"}
    name, done = audited(office.reader)[-1]
    assert (done, office.reader.may(name)) == (False, False)


def test_every_deed_of_these_pages_is_tried() -> None:
    """A new public function that takes a desk and opens a deed belongs into the table above."""
    looked_at = {
        function
        for page in (activities, checkins, inspections, opinions, records, savedfilters, settings, ledgers)
        for function, value in vars(page).items()
        if callable(value) and getattr(value, "__module__", "") == page.__name__ and not function.startswith("_")
        and "desk.deed(" in inspect.getsource(value)
    }  # fmt: skip
    tried = {word for code in TRIED.values() for word in code.__code__.co_names} | {"record_activity", "register_opinion"}
    by_move = {"move", "move_checkin", "move_opinion", "move_danger", "move_inspection"}
    for_everybody = {"open_desk", "change_password"}
    assert looked_at - tried - by_move - for_everybody == set()
