"""成批修改: listed before it is done, all or nothing, and taken back as one without touching what somebody did since."""

import pytest

from desktop.model.contents import RECORD_TYPES
from desktop.model.errors import NotAllowed, Refusal
from desktop.model.person import Person
from desktop.model.place import Place
from desktop.model.roles import Role
from desktop.office import bulk, records
from desktop.office.bulk import Change, How
from desktop.office.desk import Desk
from tests.builders import a_person, a_place, an_organisation, audited, everything, moved, seen_as

POST = Change("post", How.SET, "科长")


def three(desk: Desk) -> list[str]:
    return [a_person(desk, name, post=post) for name, post in (("甲甲", "科员"), ("乙乙", None), ("丙丙", "科长"))]


def posts(desk: Desk, keys: list[str]) -> list[str | None]:
    return [desk.get(Person, key)["post"] for key in keys]


def test_the_list_says_of_each_what_stands_there_and_what_would(desk: Desk) -> None:
    planned = bulk.plan(desk, Person, three(desk), POST)
    assert [(one.title, one.before, one.after, one.changes) for one in planned] == [
        ("甲甲", "科员", "科长", True), ("乙乙", "", "科长", True), ("丙丙", "科长", "科长", False),
    ]  # fmt: skip


def test_all_that_change_are_changed_in_one_deed_and_taken_back_in_one(desk: Desk) -> None:
    keys = three(desk)
    before = len(audited(desk))
    done = bulk.change_many(desk, Person, POST, bulk.plan(desk, Person, keys, POST))
    assert (done.count, posts(desk, keys)) == (2, ["科长", "科长", "科长"])
    assert audited(desk)[before:] == [("person.correct", True)]
    taken = bulk.take_back_change(desk, Person, done.run)
    assert (taken.restored, taken.kept) == (2, ())
    assert posts(desk, keys) == ["科员", None, "科长"]
    assert audited(desk)[-1] == ("person.revert", True)


def test_what_was_changed_since_stays_and_is_named(desk: Desk) -> None:
    keys = three(desk)
    done = bulk.change_many(desk, Person, POST, bulk.plan(desk, Person, keys, POST))
    records.correct(desk, Person, keys[0], education="21")
    taken = bulk.take_back_change(desk, Person, done.run)
    assert (taken.restored, taken.kept) == (1, ("甲甲",))
    assert posts(desk, keys) == ["科长", None, "科长"]


def test_a_record_that_moved_under_the_list_stops_the_whole_deed(desk: Desk) -> None:
    keys = three(desk)
    planned = bulk.plan(desk, Person, keys, POST)
    records.correct(desk, Person, keys[1], post="主任")
    with pytest.raises(Refusal, match="别处又改过") as said:
        bulk.change_many(desk, Person, POST, planned)
    assert said.value.record == "乙乙"
    assert posts(desk, keys) == ["科员", "主任", "科长"], "all or none"


def test_what_lies_in_the_bin_or_is_gone_is_refused_by_name_and_the_others_change(desk: Desk) -> None:
    keys = three(desk)
    records.end(desk, Person, keys[0], because="重复")
    planned = bulk.plan(desk, Person, [*keys, "0" * 32], POST)
    assert [one.why_not for one in planned] == ["已在回收站", "", "", "找不到这条记录，可能已被清除"]
    assert bulk.change_many(desk, Person, POST, planned).count == 1
    assert desk.get(Person, keys[0])["post"] == "科员"


def test_a_value_that_a_field_cannot_hold_is_refused_for_each(desk: Desk) -> None:
    planned = bulk.plan(desk, Person, three(desk), Change("post", How.SET, "长" * 61))
    assert {one.why_not for one in planned} == {"最多 60 字，现在 61 字"}
    with pytest.raises(Refusal, match="没有要改的"):
        bulk.change_many(desk, Person, Change("post", How.SET, "长" * 61), planned)


def test_a_category_is_added_to_those_that_hold_and_its_day_is_today(desk: Desk) -> None:
    key = a_person(desk, "甲甲", "机关党员 2019-07-01~")
    add = Change("roles", How.ADD, words=("志愿者",))
    done = bulk.change_many(desk, Person, add, bulk.plan(desk, Person, [key], add))
    assert desk.get(Person, key)["roles"] == f"机关党员 2019-07-01~\n志愿者 {desk.today}~"
    bulk.take_back_change(desk, Person, done.run)
    assert desk.get(Person, key)["roles"] == "机关党员 2019-07-01~"


def test_the_last_category_of_a_person_is_not_taken_away(desk: Desk) -> None:
    moved(desk, 1)
    both, only = a_person(desk, "甲甲", "机关党员 2019-07-01~\n志愿者 2020-01-01~"), a_person(desk, "乙乙", "志愿者 2020-01-01~")
    drop = Change("roles", How.DROP, words=("志愿者",))
    planned = bulk.plan(desk, Person, [both, only], drop)
    assert (planned[0].after, planned[0].why_not) == ("机关党员", "")
    assert planned[1].why_not == "必填，不能去掉最后一个"


def test_a_link_is_shown_by_its_name_before_and_after(desk: Desk) -> None:
    old, new = a_place(desk, "旧小区"), a_place(desk, "新小区")
    key = a_person(desk, "甲甲", estate=old)
    planned = bulk.plan(desk, Person, [key], Change("estate", How.SET, new))
    assert (planned[0].before, planned[0].after) == ("旧小区", "新小区")
    cleared = bulk.plan(desk, Person, [key], Change("estate", How.CLEAR))
    assert (cleared[0].before, cleared[0].after) == ("旧小区", "")


def test_names_numbers_and_what_only_deeds_write_are_not_offered(desk: Desk) -> None:
    for record in RECORD_TYPES:
        for spec in bulk.changeable(desk, record):
            assert spec.written
            assert not spec.unique
            assert not spec.sensitive
            assert spec.key not in record.named_by
    offered = {spec.key for spec in bulk.changeable(desk, Person)}
    assert {"post", "estate", "roles"} <= offered
    assert not {"name", "id_number", "phone"} & offered
    with pytest.raises(Refusal, match="不能成批修改"):
        bulk.plan(desk, Person, [], Change("phone", How.SET, "13800138000"))
    with pytest.raises(Refusal, match="不能成批修改"):
        bulk.plan(desk, Place, [], Change("name", How.CLEAR))


def test_who_may_only_read_changes_nothing_and_takes_nothing_back(desk: Desk) -> None:
    keys = three(desk)
    planned = bulk.plan(desk, Person, keys, POST)
    done = bulk.change_many(desk, Person, POST, planned)
    reader, before = seen_as(desk, Role.READER), everything(desk)
    with pytest.raises(NotAllowed):
        bulk.change_many(reader, Person, Change("post", How.SET, "x"), bulk.plan(reader, Person, keys, Change("post", How.SET, "x")))
    with pytest.raises(NotAllowed):
        bulk.take_back_change(reader, Person, done.run)
    assert {table for table, rows in everything(desk).items() if rows != before[table]} == {"audit"}


def test_an_unknown_run_or_one_of_another_deed_is_not_taken_back(desk: Desk) -> None:
    unit = an_organisation(desk, "区税务局")
    for run in ("", "x-1", unit):
        with pytest.raises(Refusal, match="找不到这次修改"):
            bulk.take_back_change(desk, Person, run)
