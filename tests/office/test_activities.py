"""Services: one entry for an afternoon and all who came."""

import pytest

from desktop.model.activity import Activity, Service
from desktop.model.errors import NotAllowed, Refusal
from desktop.model.roles import Role
from desktop.office import records
from desktop.office.activities import add_participants, again, confirm_services, minutes_of, record_activity
from desktop.office.desk import Desk
from desktop.office.moves import move
from tests.builders import a_campaign, a_person, a_place, an_activity, an_id, audited, everything, moved, people, seen_as


def test_thirty_who_came_are_one_entry(desk: Desk) -> None:
    came, estate = people(desk, 30), a_place(desk)
    before = len(audited(desk))
    done = an_activity(desk, came, minutes=150, place=estate)
    rows = desk.rows(Service, activity=done.activity)
    assert [row["person"] for row in rows] == came
    assert {(row["minutes"], row["served_on"], row["state"], row["volunteering"]) for row in rows} == {(150, desk.today, "已登记", 1)}
    assert [row["id"] for row in rows] == list(done.services)
    assert len(audited(desk)) == before + 1, "one entry is one deed"


@pytest.mark.parametrize("wrong", [{"name": None}, {"held_on": "2021-13-01"}, {"served": 100_001}, {"activity_kind": "聚餐"}])
def test_of_an_entry_that_is_wrong_nothing_is_written(wrong: dict[str, object], desk: Desk) -> None:
    came = people(desk, 3)
    before = everything(desk)
    with pytest.raises(Refusal):
        an_activity(desk, came, **wrong)
    assert everything(desk) == before


def test_of_an_entry_with_too_many_hours_nothing_is_written(desk: Desk) -> None:
    came = people(desk, 3)
    before = everything(desk)
    with pytest.raises(Refusal, match="最多 24 小时"):
        an_activity(desk, came, minutes=24 * 60 + 1)
    assert everything(desk) == before


def test_nothing_is_recorded_for_tomorrow(desk: Desk) -> None:
    with pytest.raises(Refusal, match="活动日期在今天之后"):
        an_activity(desk, held_on="2021-11-25")
    assert desk.rows(Activity) == []


def test_nobody_is_down_twice_in_one_activity(desk: Desk) -> None:
    person = a_person(desk)
    with pytest.raises(Refusal, match="同一个人填了两次"):
        an_activity(desk, [person, person])


def test_an_activity_to_which_nobody_came_is_no_service(desk: Desk) -> None:
    with pytest.raises(Refusal, match="还没有人"):
        an_activity(desk, [])
    assert desk.rows(Activity) == []


@pytest.mark.parametrize(
    ("there", "here", "warned"),
    [
        (("09:00", "11:00"), ("10:00", "12:00"), True),
        (("09:00", "11:00"), ("11:00", "12:00"), False),
        (("09:00", "11:00"), ("08:00", "12:00"), True),
        (("09:00", "11:00"), ("07:00", "09:00"), False),
        ((None, None), ("07:00", "09:00"), True),
        (("09:00", None), ("07:00", "08:00"), True),
    ],
)
def test_somebody_in_two_places_at_once_is_named_but_not_refused(
    there: tuple[str | None, str | None], here: tuple[str, str], warned: bool, desk: Desk
) -> None:
    person = a_person(desk, "林小雨")
    an_activity(desk, [person], name="义诊", starts_at=there[0], ends_at=there[1])
    done = an_activity(desk, [person, a_person(desk, "王强")], name="巡逻", starts_at=here[0], ends_at=here[1])
    assert done.warnings == (("林小雨 同一天还登记了“义诊”",) if warned else ())
    assert len(done.services) == 2


def test_a_voided_service_and_another_day_are_no_double_booking(desk: Desk) -> None:
    person = a_person(desk)
    first = an_activity(desk, [person], name="义诊")
    move(desk, Service, first.services[0], "void", reason="没来")
    assert an_activity(desk, [person], name="巡逻").warnings == ()
    moved(desk, 1)
    assert an_activity(desk, [person], name="学习").warnings == ()


def test_who_came_late_is_added_and_who_is_down_already_is_refused_by_name(desk: Desk) -> None:
    first, second = a_person(desk, "甲"), a_person(desk, "乙")
    done = an_activity(desk, [first])
    more = add_participants(desk, activity=done.activity, people=[second], minutes=60, volunteering=False)
    assert {row["person"]: row["minutes"] for row in desk.rows(Service)} == {first: 90, second: 60}
    assert more.activity == done.activity
    with pytest.raises(Refusal, match="已经在这次活动里") as said:
        add_participants(desk, activity=done.activity, people=[second], minutes=60, volunteering=False)
    assert said.value.record == "乙"


def test_the_same_person_twice_among_those_added_is_refused(desk: Desk) -> None:
    done, person = an_activity(desk), a_person(desk, "乙")
    with pytest.raises(Refusal, match="同一个人填了两次"):
        add_participants(desk, activity=done.activity, people=[person, person], minutes=60, volunteering=False)


def test_whoever_was_voided_may_be_added_again(desk: Desk) -> None:
    person = a_person(desk)
    done = an_activity(desk, [person])
    move(desk, Service, done.services[0], "void", reason="登记错误")
    add_participants(desk, activity=done.activity, people=[person], minutes=60, volunteering=True)
    assert [row["state"] for row in desk.rows(Service)] == ["作废", "已登记"]


def test_a_draft_is_registered_later(desk: Desk) -> None:
    done = an_activity(desk, draft=True)
    assert desk.get(Service, done.services[0])["state"] == "草稿"
    move(desk, Service, done.services[0], "register")
    assert desk.get(Service, done.services[0])["state"] == "已登记"


def test_services_are_confirmed_together_or_not_at_all(desk: Desk) -> None:
    done = an_activity(desk, people(desk, 3))
    move(desk, Service, done.services[1], "void", reason="没来")
    with pytest.raises(Refusal, match="现在是“作废”，不能“社区确认”"):
        confirm_services(desk, list(done.services))
    assert [row["state"] for row in desk.rows(Service)] == ["已登记", "作废", "已登记"]
    assert confirm_services(desk, [done.services[0], done.services[2]]) == 2


def test_a_clerk_does_not_confirm_what_he_typed(desk: Desk) -> None:
    done = an_activity(desk)
    with pytest.raises(NotAllowed):
        confirm_services(seen_as(desk, Role.CLERK), list(done.services))


def test_a_refusal_to_confirm_needs_a_reason(desk: Desk) -> None:
    service = an_activity(desk).services[0]
    with pytest.raises(Refusal, match="原因 必填"):
        move(desk, Service, service, "send_back")
    move(desk, Service, service, "send_back", reason="时长不对")
    move(desk, Service, service, "register")
    with pytest.raises(Refusal, match="原因 必填"):
        move(desk, Service, service, "send_back")


def test_once_more_copies_the_activity_and_who_came_last_time(desk: Desk) -> None:
    campaign, came = a_campaign(desk), people(desk, 3)
    done = an_activity(desk, came, campaign=campaign, served=40, outcome="很好", joints="公益联办")
    move(desk, Service, done.services[2], "void", reason="没来")
    moved(desk, 7)
    values, people_again = again(desk, done.activity, held_on=desk.today)
    assert people_again == came[:2]
    assert (values["campaign"], values["joints"], values["held_on"]) == (campaign, "公益联办", "2021-12-01")
    assert not {"served", "outcome"} & set(values)
    assert record_activity(desk, people=people_again, minutes=90, volunteering=True, **values).warnings == ()


def test_hours_of_one_person_leave_out_drafts_and_voided_ones(desk: Desk) -> None:
    person = a_person(desk)
    an_activity(desk, [person], minutes=90)
    an_activity(desk, [person], minutes=60, volunteering=False, name="值班")
    an_activity(desk, [person], minutes=500, draft=True, name="草稿")
    move(desk, Service, an_activity(desk, [person], minutes=700, name="作废").services[0], "void", reason="没来")
    ended = an_activity(desk, [person], minutes=800, name="删除").services[0]
    records.end(desk, Service, ended, because="登记错误")
    assert minutes_of(desk, person, since="2021-11-01", until="2021-11-30") == 150
    assert minutes_of(desk, person, since="2021-11-24", until="2021-11-24", volunteering_only=True) == 90
    assert minutes_of(desk, person, since="2021-11-25", until="2021-12-31") == 0
    assert minutes_of(desk, an_id(), since="2021-01-01", until="2021-12-31") == 0
