"""双报到: reported once, changed, cancelled, taken up again."""

import pytest

from desktop.model.checkin import CheckIn
from desktop.model.errors import NotAllowed, Refusal
from desktop.model.roles import Role
from desktop.office.checkins import (
    check_in_many,
    check_in_member,
    check_in_unit,
    check_in_unit_with_members,
    expect_member,
    not_yet,
)
from desktop.office.desk import Desk
from desktop.office.moves import move
from desktop.office.people import read_lines
from tests.builders import a_person, an_organisation, everything, moved, people, seen_as


def report(desk: Desk, key: str) -> dict[str, object]:
    return dict(desk.get(CheckIn, key))


def test_a_member_who_reports_gets_a_numbered_slip(desk: Desk) -> None:
    unit = an_organisation(desk)
    key = check_in_member(desk, person=a_person(desk, employer=unit), reported_on="2021-11-20", branch_duty="政策宣讲")
    row = report(desk, key)
    assert (row["state"], row["slip_no"], row["employer"]) == ("已报到", "HZ-211124-0001", unit)
    assert (row["reported_on"], row["state_on"], row["branch_duty"]) == ("2021-11-20", "2021-11-24", "政策宣讲")


def test_who_stands_reported_cannot_report_again(desk: Desk) -> None:
    person = a_person(desk)
    check_in_member(desk, person=person, reported_on="2021-11-20")
    with pytest.raises(Refusal, match="2021-11-20 已经报到，不能重复报到") as said:
        check_in_member(desk, person=person, reported_on=desk.today)
    assert said.value.record == "陈家和"
    assert len(desk.rows(CheckIn)) == 1


def test_a_unit_that_stands_reported_cannot_report_again(desk: Desk) -> None:
    unit = an_organisation(desk)
    check_in_unit(desk, employer=unit, reported_on=desk.today)
    with pytest.raises(Refusal, match="不能重复报到") as said:
        check_in_unit(desk, employer=unit, reported_on=desk.today)
    assert said.value.record == "区税务局第一分局"


def test_a_unit_and_its_members_report_apart(desk: Desk) -> None:
    unit = an_organisation(desk)
    check_in_unit(desk, employer=unit, reported_on=desk.today)
    check_in_member(desk, person=a_person(desk, employer=unit), reported_on=desk.today)
    assert [row["who"] for row in desk.rows(CheckIn)] == ["单位党组织", "在职党员"]


def test_nobody_reports_tomorrow(desk: Desk) -> None:
    person = a_person(desk)
    before = everything(desk)
    with pytest.raises(Refusal, match="日期在今天之后：2021-11-25"):
        check_in_member(desk, person=person, reported_on="2021-11-25")
    assert everything(desk) == before


def test_who_is_expected_reports_on_the_same_line(desk: Desk) -> None:
    person = a_person(desk)
    expected = expect_member(desk, person=person)
    assert (report(desk, expected)["state"], report(desk, expected)["slip_no"]) == ("待报到", None)
    with pytest.raises(Refusal, match="已在应报到名单里"):
        expect_member(desk, person=person)
    assert check_in_member(desk, person=person, reported_on=desk.today, goals="帮扶一户") == expected
    row = report(desk, expected)
    assert (row["state"], row["goals"], row["slip_no"]) == ("已报到", "帮扶一户", "HZ-211124-0001")


def test_the_button_reports_like_the_form(desk: Desk) -> None:
    key = expect_member(desk, person=a_person(desk))
    move(desk, CheckIn, key, "report")
    assert (report(desk, key)["reported_on"], report(desk, key)["slip_no"]) == (desk.today, "HZ-211124-0001")


def test_a_member_may_report_for_another_unit_than_his_own(desk: Desk) -> None:
    own, other = an_organisation(desk, "甲"), an_organisation(desk, "乙")
    key = check_in_member(desk, person=a_person(desk, employer=own), reported_on=desk.today, employer=other)
    assert report(desk, key)["employer"] == other


def test_a_cancelled_report_is_never_deleted_and_may_be_taken_up_again_with_a_reason(desk: Desk) -> None:
    key = check_in_member(desk, person=a_person(desk), reported_on=desk.today)
    move(desk, CheckIn, key, "cancel", cancelled_because="调离", reason="调往市里")
    assert report(desk, key)["state"] == "注销"
    with pytest.raises(Refusal, match="说明 必填"):
        move(desk, CheckIn, key, "resume")
    move(desk, CheckIn, key, "resume", reason="登记错误")
    assert (report(desk, key)["state"], report(desk, key)["slip_no"]) == ("已报到", "HZ-211124-0001")


def test_cancelling_needs_its_own_reason_each_time(desk: Desk) -> None:
    key = check_in_member(desk, person=a_person(desk), reported_on=desk.today)
    move(desk, CheckIn, key, "cancel", cancelled_because="调离")
    move(desk, CheckIn, key, "resume", reason="登记错误")
    with pytest.raises(Refusal, match="注销原因 必填"):
        move(desk, CheckIn, key, "cancel")


def test_a_cancelled_report_is_not_taken_up_over_a_newer_one(desk: Desk) -> None:
    person = a_person(desk)
    old = check_in_member(desk, person=person, reported_on=desk.today)
    move(desk, CheckIn, old, "cancel", cancelled_because="搬离")
    new = check_in_member(desk, person=person, reported_on=desk.today)
    assert new != old
    with pytest.raises(Refusal, match="不能重复报到"):
        move(desk, CheckIn, old, "resume", reason="回来了")


def test_only_a_reviewer_takes_up_a_cancelled_report(desk: Desk) -> None:
    key = check_in_member(desk, person=a_person(desk), reported_on=desk.today)
    clerk = seen_as(desk, Role.CLERK)
    move(clerk, CheckIn, key, "cancel", cancelled_because="调离")
    with pytest.raises(NotAllowed):
        move(clerk, CheckIn, key, "resume", reason="登记错误")
    move(seen_as(desk, Role.REVIEWER), CheckIn, key, "resume", reason="登记错误")


def test_a_move_to_another_unit_needs_a_reason_and_leaves_the_report_standing(desk: Desk) -> None:
    key = check_in_member(desk, person=a_person(desk), reported_on=desk.today)
    other = an_organisation(desk, "乙")
    with pytest.raises(Refusal, match="说明 必填"):
        move(desk, CheckIn, key, "move", employer=other)
    move(desk, CheckIn, key, "move", employer=other, reason="换单位")
    assert (report(desk, key)["state"], report(desk, key)["employer"]) == ("变更", other)
    with pytest.raises(Refusal, match="不能重复报到"):
        check_in_member(desk, person=str(report(desk, key)["person"]), reported_on=desk.today)


def test_a_unit_does_not_change_into_one_that_stands_reported(desk: Desk) -> None:
    first, second = an_organisation(desk, "甲"), an_organisation(desk, "乙")
    check_in_unit(desk, employer=first, reported_on=desk.today)
    key = check_in_unit(desk, employer=second, reported_on=desk.today)
    with pytest.raises(Refusal, match="不能重复报到"):
        move(desk, CheckIn, key, "move", employer=first, reason="合并")


def test_a_slip_is_not_handed_back_tomorrow(desk: Desk) -> None:
    key = check_in_member(desk, person=a_person(desk), reported_on=desk.today)
    with pytest.raises(Refusal, match="今天之后"):
        move(desk, CheckIn, key, "return_slip", slip_returned_on="2021-11-25")
    moved(desk, 1)
    move(desk, CheckIn, key, "return_slip", slip_returned_on="2021-11-25")
    assert report(desk, key)["slip_returned_on"] == "2021-11-25"


def test_twenty_members_report_in_one_entry_with_twenty_slips(desk: Desk) -> None:
    unit, members = an_organisation(desk), people(desk, 20)
    keys = check_in_many(desk, people=members, employer=unit, reported_on=desk.today)
    rows = desk.rows(CheckIn)
    assert [row["id"] for row in rows] == keys
    assert {row["slip_no"] for row in rows} == {f"HZ-211124-{number:04d}" for number in range(1, 21)}
    assert {row["employer"] for row in rows} == {unit}


def test_of_many_who_report_together_all_do_or_none(desk: Desk) -> None:
    members = people(desk, 5)
    check_in_member(desk, person=members[3], reported_on=desk.today)
    before = everything(desk)
    with pytest.raises(Refusal, match="不能重复报到") as said:
        check_in_many(desk, people=members, employer=None, reported_on=desk.today)
    assert said.value.record == "居民0003"
    assert everything(desk) == before


def test_the_same_member_twice_in_one_entry_is_refused(desk: Desk) -> None:
    person = a_person(desk)
    with pytest.raises(Refusal, match="不能重复报到"):
        check_in_many(desk, people=[person, person], employer=None, reported_on=desk.today)


def test_a_unit_reports_with_members_known_and_new_in_one_entry(desk: Desk) -> None:
    unit = an_organisation(desk)
    known = a_person(desk, "陈嘉禾", employer=unit)
    a_person(desk, "不是党员的", "志愿者 2019-07-01~", employer=unit)
    assert not_yet(desk, unit) == [known]
    new = read_lines("王大锤 13810216650\n陈嘉禾\n", desk.today)
    done = check_in_unit_with_members(desk, employer=unit, people=[known], newcomers=new, reported_on=desk.today)
    assert (done.unit is not None, len(done.members), done.newcomers) == (True, 2, 1), "who is named twice is one person"
    assert not_yet(desk, unit) == []
    late = read_lines("刘龑", desk.today)
    again = check_in_unit_with_members(desk, employer=unit, people=[], newcomers=late, reported_on=desk.today)
    assert again.unit is None, "the unit stands reported; its members may come later"
    assert len(again.members) == 1


def test_a_line_that_nobody_can_read_is_named(desk: Desk) -> None:
    with pytest.raises(Refusal) as said:
        read_lines("王大锤\n李四 441502199003070001X", desk.today)
    assert said.value.record == "第 2 行 李四"
