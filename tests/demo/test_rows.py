"""What the rows of a community say before they are written."""

from random import Random

import pytest

from desktop.demo.world import PEOPLE_APART, plan
from desktop.demo.world_people import settle
from desktop.demo.world_rows import Sheaf, reached, some_day
from desktop.demo.world_work import activities, campaigns
from desktop.model.activity import Activity
from desktop.model.person import Person
from desktop.model.place import Place
from desktop.store.work import new_id


def a_year(name, until="2021-12-31"):
    one = next(one for one in plan().communities if one.name == name)
    sheaf = Sheaf(until)
    town = settle(one, sheaf, new_id())
    activities(one, sheaf, town, campaigns(sheaf))
    return [(entry.record, entry.day, entry.values) for entry in sheaf.by_day()]


@pytest.mark.parametrize(
    ("community", "estate"),
    [("凤苑社区", "金玉湾小区"), ("凤翔社区", "银湖湾小区"), ("安美社区", "碧桂园小区"), ("文亭社区", "鸿景园小区")],
)
def test_each_demonstration_estate_has_its_eye_clinic(community, estate):
    rows = a_year(community)
    assert estate in [values["name"] for record, _day, values in rows if record is Place]
    clinics = [values for record, _day, values in rows if record is Activity and values["name"] == f"{estate}长者眼健康义诊"]
    assert [values["activity_kind"] for values in clinics] == ["义诊"]


def test_what_a_clerk_may_type_into_a_name_is_there():
    rows = a_year("海港社区")
    odd = [values for record, _day, values in rows if record is Person and str(values["name"]).startswith(("<", "="))]
    assert [values["name"] for values in odd] == ["<b>林</b>", '=HYPERLINK("x")']
    assert "田墘" in odd[0]["room"]


def test_an_earlier_day_finds_the_beginning_of_the_same_year():
    whole, spring = a_year("凤苑社区"), a_year("凤苑社区", until="2021-04-30")
    early = [values["name"] for record, day, values in whole if record is Activity and day <= "2021-04-30"]
    assert [values["name"] for record, _day, values in spring if record is Activity] == early
    assert max(day for _record, day, _values in spring) <= "2021-04-30"


def test_a_state_is_the_last_that_was_reached():
    steps = [("登记", "2021-03-01"), ("研判", "2021-03-04"), ("办结", "9999")]
    assert reached(steps, "2021-03-03") == ("登记", "2021-03-01")
    assert reached(steps, "2021-03-04") == ("研判", "2021-03-04")
    assert reached(steps, "2021-02-01") == ("登记", "2021-03-01")


def test_a_day_lies_between_its_bounds():
    dice = Random("days")
    found = [some_day(dice, "2021-10-08", "2021-10-20") for _ in range(50)]
    assert min(found) >= "2021-10-08"
    assert max(found) <= "2021-10-20"


def test_a_community_has_room_for_its_people():
    assert all(sum(one.roles.values()) + one.residents < PEOPLE_APART for one in plan().communities)
