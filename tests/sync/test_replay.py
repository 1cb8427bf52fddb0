"""Whatever is done in a community, the district ends with what the community has: every deed there is, one after the other.

The two ledgers live on through all of them, with a receipt after each batch, so that only what the deed changed travels. A deed
without a line here is named by the last test.
"""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from desktop.exchange.importing import dry_run, propose
from desktop.exchange.reading import Sheet
from desktop.exchange.running import run_import, undo_import
from desktop.model.access import rights
from desktop.model.checkin import CheckIn
from desktop.model.contents import RECORD_TYPES
from desktop.model.flow import Move
from desktop.model.inspection import ChecklistTemplate
from desktop.model.opinion import Opinion
from desktop.model.person import Person
from desktop.model.record import Record
from desktop.office import activities, attachments, checkins, inspections, opinions, records
from desktop.office.desk import Desk
from desktop.office.moves import move
from desktop.store.journal import history
from desktop.sync.sending import preview
from tests.builders import (
    TODAY,
    a_campaign,
    a_checklist,
    a_person,
    a_place,
    an_activity,
    an_inspection,
    an_opinion,
    an_organisation,
    audited,
)
from tests.every_record.values import a_record, a_typed_change, some_value
from tests.sync.ledgers import Circle, a_circle, own_rows, rows_of

TRAVELLING = [record for record in RECORD_TYPES if record.travels]
EARLIER = {"heard_on": "2021-11-01", "found_on": "2021-11-01", "due_on": "2021-12-01", "closed_on": "2021-11-10", "extended_because": None}
ASKED = {"due_on": "2021-12-20", "closed_on": TODAY, "replied_on": TODAY, "rechecked_on": TODAY, "reported_on": TODAY,
         "slip_returned_on": TODAY, "recheck": "合格"}  # fmt: skip


def plain_deeds(record: type[Record]) -> dict[str, Callable[[Desk], object]]:
    def add(desk: Desk) -> None:
        a_record(desk, record)

    def correct(desk: Desk) -> None:
        key = a_record(desk, record)
        name, value = a_typed_change(desk, record, desk.get(record, key))
        records.correct(desk, record, key, **{name: value})

    def end(desk: Desk) -> None:
        records.end(desk, record, a_record(desk, record), because="登记错误")

    def take_back(desk: Desk) -> None:
        key = a_record(desk, record)
        records.end(desk, record, key, because="登记错误")
        records.take_back(desk, record, key)

    def revert(desk: Desk) -> None:
        key = a_record(desk, record)
        name, value = a_typed_change(desk, record, desk.get(record, key))
        records.correct(desk, record, key, **{name: value})
        with desk.books.read() as conn:
            seq = next(event.seq for event in history(conn, desk.community, key) if event.field == name)
        records.revert(desk, record, key, seq)

    return {f"{record.__tablename__}.{deed.__name__}": deed for deed in (add, correct, end, take_back, revert)}


def made(record: type[Record], step: Move, desk: Desk) -> None:
    """One step of a flow, from its first start."""
    values = {name: value for name, value in EARLIER.items() if name in record.fields()}
    if record is CheckIn:
        values |= {"who": "在职党员", "person": a_person(desk)}
    key = a_record(desk, record, state=step.starts[0], state_on="2021-11-10", **values)
    asked = {name: ASKED.get(name) or some_value(desk, record, record.fields()[name]) for name, must in step.asked.items() if must}
    if step.deed == "merge":
        asked["same_as"] = an_opinion(desk)
    if step.deed == "recheck":
        asked.pop("due_on", None)
    move(desk, record, key, step.deed, **asked)


def erase(desk: Desk) -> None:
    for record in TRAVELLING:
        gone, stays = a_record(desk, record), a_record(desk, record)
        records.erase(desk, record, gone, reason="本人申请")
        assert desk.get(record, stays)


def check_in(desk: Desk) -> None:
    unit = an_organisation(desk, "供电局")
    checkins.check_in_unit(desk, employer=unit, reported_on=TODAY)
    checkins.expect_member(desk, person=a_person(desk))
    checkins.check_in_many(desk, people=[a_person(desk, "张三"), a_person(desk, "李四")], employer=unit, reported_on=TODAY)


def record_activity(desk: Desk) -> None:
    done = an_activity(desk, [a_person(desk)], campaign=a_campaign(desk, "一亲三心"))
    activities.add_participants(desk, activity=done.activity, people=[a_person(desk, "张三")], minutes=30, volunteering=False)


def confirm(desk: Desk) -> None:
    activities.confirm_services(desk, list(an_activity(desk).services))


def note(desk: Desk) -> None:
    opinions.note_handling(desk, an_opinion(desk), text="去看过了")


def project(desk: Desk) -> str:
    return opinions.project_from_opinion(desk, an_opinion(desk, place=a_place(desk)))


def link(desk: Desk) -> None:
    opinions.link_project(desk, project=project(desk), opinion=an_opinion(desk, "路灯不亮"))


def inspect(desk: Desk) -> str:
    checklist = a_checklist(desk, name=f"第{len(desk.rows(ChecklistTemplate))}份检查表")
    return an_inspection(desk, a_place(desk, "小吃店", "场所", keeper="张三"), checklist)


def mark(desk: Desk) -> None:
    run = inspect(desk)
    lines = inspections.item_lines(desk, run)
    for line in (lines[0], lines[0]):
        inspections.mark_item(desk, run, line.item, "合格", note="再看")
    inspections.mark_rest_of_section(desk, run, lines[1].section)


def danger(desk: Desk) -> None:
    run = inspect(desk)
    line = inspections.item_lines(desk, run)[0]
    inspections.register_danger(desk, inspection=run, item=line.item, situation="通道堆物")


def imported(desk: Desk) -> str:
    sheet = Sheet("名单", False, [["姓名", "人员类别"], [f"赵{'一二三四五'[len(desk.rows(Person)) % 5]}", "志愿者"]])
    return run_import(desk, Person, dry_run(desk, Person, sheet, propose(sheet, Person))).run


OFFICE_DEEDS: dict[str, Callable[[Desk], object]] = {
    "checkin.check_in": check_in,
    "activity.record": record_activity,
    "opinion.register": an_opinion,
    "opinion.note": note,
    "project.from_opinion": project,
    "project.link": link,
    "template.write": a_checklist,
    "inspection.start": inspect,
    "inspection.mark": mark,
    "inspection.danger": danger,
    "record.erase": erase,
    "record.import": imported,
    "record.undo_import": lambda desk: undo_import(desk, imported(desk)),
}
STEPS = [(record, step) for record in TRAVELLING if record.flow for step in record.flow.moves]
EVERY_DEED: dict[str, Callable[[Desk], object]] = {
    **{name: deed for record in TRAVELLING for name, deed in plain_deeds(record).items()},
    **{f"{record.__tablename__}.{step.deed}": partial(made, record, step) for record, step in STEPS},
    **OFFICE_DEEDS,
    "attachment.attach": lambda desk: attachments.attach(desk, Opinion, an_opinion(desk), Path(__file__)),
    "service.confirm": confirm,
}
# What changes nothing that travels: the ledger, its users and settings, papers, drafts, and the exchange itself.
STAYS_HERE = {"ledger", "user", "setting", "filter", "draft", "paper", "batch", "receipt", "keys"}
TRIED_ELSEWHERE = {"conflict.decide"}  # test_deciding.py: it needs two histories
READS_ONLY = {"record.unmask", "record.export", "attachment.take_out"}


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Circle]:
    circle = a_circle(tmp_path_factory.mktemp("replay"))
    circle.brought()
    circle.heard()
    yield circle
    circle.close()


@pytest.mark.parametrize("name", EVERY_DEED)
def test_the_district_ends_with_what_the_community_has(two: Circle, name: str):
    EVERY_DEED[name](two.harbour)
    assert (name, True) in audited(two.harbour)
    announced = preview(two.harbour).total
    assert two.brought().lines == announced
    assert rows_of(two.district) == own_rows(two.harbour)
    assert two.heard().open == ()


def test_every_deed_that_writes_is_replayed():
    writing = {deed for deed in rights() if deed.split(".")[0] not in STAYS_HERE and deed not in READS_ONLY | TRIED_ELSEWHERE}
    assert set(EVERY_DEED) == writing


def test_an_opinion_all_the_way_down_its_road(two: Circle):
    """Many deeds between two batches are one state."""
    key = an_opinion(two.harbour)
    unit = an_organisation(two.harbour, "城管中队")
    opinions.study_opinion(two.harbour, key, verdict="采纳")
    opinions.hand_over_opinion(two.harbour, key, handling_unit=unit)
    opinions.close_opinion(two.harbour, key, result="已疏通")
    opinions.reply_to_opinion(two.harbour, key, replied_by="当面", satisfied="满意")
    two.brought()
    assert two.kept(Opinion)[key]["state"] == "反馈"
    assert rows_of(two.district) == own_rows(two.harbour)
