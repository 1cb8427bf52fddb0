"""`Work`: what one deed writes, what it refuses, and how little it asks the disk."""

import json
import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from desktop.model.errors import Refusal
from desktop.model.inspection import Danger
from desktop.model.opinion import LivelihoodProject, Opinion
from desktop.model.organisation import Organisation
from desktop.model.person import Person
from desktop.office import records
from desktop.office.desk import Desk
from desktop.store.work import new_id, sort_key
from tests.builders import (
    HARBOUR,
    NEIGHBOUR,
    a_person,
    an_id,
    an_opinion,
    an_organisation,
    audited,
    everything,
    heard,
    people,
    writer_of,
)


def a_bug_in_a_deed(desk: Desk) -> None:
    with desk.deed("person.add") as work:
        work.add(Person, name="甲", roles="居民 2020-01-01~")
        work.number("YJ", desk.today)
        raise ZeroDivisionError


def test_ids_are_version_7_and_in_the_order_of_making() -> None:
    ids = [new_id() for _ in range(20_000)]
    assert ids == sorted(ids)
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch("[0-9a-f]{12}7[0-9a-f]{3}[89ab][0-9a-f]{15}", key) for key in ids[::500])


def test_what_is_raised_inside_a_deed_leaves_the_ledger_as_it_was(desk: Desk) -> None:
    before = everything(desk)
    with pytest.raises(ZeroDivisionError):
        a_bug_in_a_deed(desk)
    assert everything(desk) == before


def test_a_record_changed_elsewhere_meanwhile_is_not_overwritten(desk: Desk) -> None:
    key = a_person(desk)
    opened = desk.get(Person, key)["version"]
    records.correct(desk, Person, key, post="科长")
    with pytest.raises(Refusal, match="别处又改过") as said:
        records.correct(desk, Person, key, opened, post="科员")
    assert said.value.record == "陈家和"
    assert desk.get(Person, key)["post"] == "科长"
    assert records.correct(desk, Person, key, opened + 1, post="科员")


def test_a_record_that_is_not_there_is_said_so(desk: Desk) -> None:
    for deed in (records.correct, records.end, records.take_back):
        with pytest.raises(Refusal, match="找不到"):
            deed(desk, Person, an_id(), **({"because": "x"} if deed is records.end else {}))
    with pytest.raises(Refusal, match="找不到"):
        desk.get(Person, an_id())


def test_a_record_of_another_community_is_out_of_reach(desk: Desk) -> None:
    with desk.books.work(who="lin", deed="person.add", at="2021-11-24T09:00:00", community=NEIGHBOUR) as work:
        theirs = work.add(Person, name="乙", roles="居民 2020-01-01~", id_number="441502196307153758")
        assert work.get(Person, theirs)["community"] == NEIGHBOUR
    with pytest.raises(Refusal, match="找不到"):
        records.correct(desk, Person, theirs, post="科长")
    assert desk.rows(Person) == []
    a_person(desk, "乙", id_number="441502196307153758")


def test_a_correction_of_one_field_does_not_stumble_over_another_that_never_came(desk: Desk) -> None:
    """A record merged from a stick may lack what is required: some fields never travel."""
    key = a_person(desk)
    with desk.books.ledger.write() as conn:
        conn.execute(Person.table().update().values(roles=None))
    assert records.correct(desk, Person, key, post="科长")
    with pytest.raises(Refusal, match="姓名 必填"):
        records.correct(desk, Person, key, name=None)


def test_many_corrections_are_made_together_or_not_at_all(desk: Desk) -> None:
    keys = people(desk, 3)
    units = [an_organisation(desk, name) for name in ("甲", "乙")]
    assert records.correct_many(desk, Person, keys, post="组长") == 3
    assert records.correct_many(desk, Person, keys, post="组长") == 0
    with pytest.raises(Refusal):
        records.correct_many(desk, Organisation, units, name="丙")
    assert {row["name"] for row in desk.rows(Organisation)} == {"甲", "乙"}


def test_a_serial_counts_on_within_the_year_and_begins_anew_in_the_next(desk: Desk) -> None:
    with desk.deed("opinion.add") as work:
        assert [work.number("JB", day) for day in ("2021-10-04", "2021-12-31", "2022-01-01", "2021-11-01")] == [
            "JB-211004-0001", "JB-211231-0002", "JB-220101-0001", "JB-211101-0003",
        ]  # fmt: skip
        assert work.number("XG", "2021-10-04") == "XG-211004-0001"


def test_two_communities_count_apart(desk: Desk) -> None:
    for community in (HARBOUR, NEIGHBOUR, HARBOUR):
        with desk.books.work(who="lin", deed="opinion.add", at="2021-11-24T09:00:00", community=community) as work:
            number = work.number("JB", "2021-11-24")
    assert number == "JB-211124-0002"


def test_a_serial_is_never_given_twice(desk: Desk) -> None:
    """Not after a rolled back deed, an ended record or an erased one."""
    first = an_opinion(desk)
    with pytest.raises(ZeroDivisionError):
        a_bug_in_a_deed(desk)
    second = an_opinion(desk)
    serials = [desk.get(Opinion, key)["serial"] for key in (first, second)]
    records.end(desk, Opinion, second, because="登记错误")
    records.erase(desk, Opinion, first, reason="本人申请")
    serials += [desk.get(Opinion, an_opinion(desk))["serial"] for _ in range(3)]
    assert serials == [f"YJ-211124-000{number}" for number in range(1, 6)]


def test_a_serial_that_is_given_later_is_empty_until_then(desk: Desk) -> None:
    with desk.deed("inspection.danger") as work:
        key = work.add(Danger, place=an_id(), situation="楼道堆物", level="一般", handling="限期改", found_on=desk.today)
    row = desk.get(Danger, key)
    assert (row["serial"], row["notice_no"]) == ("YH-211124-0001", None)


def test_a_search_word_and_a_sort_key_follow_the_name(desk: Desk) -> None:
    key = a_person(desk, "单晓")
    assert desk.get(Person, key)["sort_key"] == "shanxiao 单晓"
    records.correct(desk, Person, key, name="曾晓")
    assert desk.get(Person, key)["sort_key"] == "zengxiao 曾晓"
    records.correct(desk, Person, key, post="科长")
    assert desk.get(Person, key)["sort_key"] == "zengxiao 曾晓"
    assert sort_key(LivelihoodProject, {"serial": "SS-211124-0001"}) is None


def test_many_records_are_written_in_as_many_statements_as_one(desk: Desk) -> None:
    people(desk, 1)
    engine = writer_of(desk)
    with heard(engine) as one:
        people(desk, 1)
    with heard(engine) as many:
        people(desk, 500)
    assert len(many) == len(one) <= 8


def test_a_correction_costs_few_statements(desk: Desk) -> None:
    key = a_person(desk)
    with heard(writer_of(desk)) as said:
        records.correct(desk, Person, key, post="科长")
    assert len(said) <= 7, [statement[:50] for statement, _values in said]
    with heard(writer_of(desk)) as said:
        records.correct(desk, Person, key, name="陈家平", roles="志愿者 2020-01-01~", phone="13800138000")
    assert len(said) <= 11, [statement[:50] for statement, _values in said]


def test_the_chain_of_deeds_names_what_was_changed_and_counts_the_rest(desk: Desk) -> None:
    keys = people(desk, 8)
    with desk.books.read() as conn:
        what = str(conn.exec_driver_sql("SELECT what FROM audit ORDER BY seq DESC LIMIT 1").scalar_one())
    assert what == "；".join([*(f"person:{key}" for key in keys[:5]), "共 8 条"])


def test_a_deed_that_changes_nothing_is_written_down_all_the_same(desk: Desk) -> None:
    key = a_person(desk, post="科长")
    before = len(audited(desk))
    assert records.correct(desk, Person, key, post="科长") is False
    assert audited(desk)[before:] == [("person.correct", True)]


def test_screens_hear_which_lists_a_deed_changed(desk: Desk) -> None:
    key = a_person(desk)
    assert desk.touched == {"person"}
    records.correct(desk, Person, key, name="陈家和")
    assert desk.touched == frozenset()
    an_opinion(desk)
    assert desk.touched == {"opinion", "handling"}


def test_values_go_to_the_journal_as_plain_json(desk: Desk) -> None:
    key = a_person(desk, "𬭊𪻐")
    records.correct(desk, Person, key, name="Ａ'\"\\")
    with desk.books.read() as conn:
        old, new = conn.exec_driver_sql("SELECT old, new FROM journal WHERE field = 'name'").one()
    assert (json.loads(old), json.loads(new)) == ("𬭊𪻐", "Ａ'\"\\")
    assert "𬭊𪻐" in old, "readable in any tool"


def test_two_hands_at_once_wait_for_each_other(desk: Desk) -> None:
    """Background work and the clerk: each deed stands whole, and no number is given twice."""
    with ThreadPoolExecutor(4) as hands:
        keys = list(hands.map(lambda number: an_opinion(desk, f"第{number}条"), range(40)))
    serials = {desk.get(Opinion, key)["serial"] for key in keys}
    assert len(serials) == 40
    assert max(serials) == "YJ-211124-0040"


# Erased on purpose


def test_what_is_erased_is_nowhere_any_more(desk: Desk) -> None:
    """个人信息保护法 art. 47: table, history, search, sets, drafts, what a stick left waiting. Only the tombstone stays."""
    secrets = {"name": "𬭊𪻐", "phone": "13912345678", "id_number": "441502196307153758", "post": "绝无仅有的职务", "note": "备注里的话"}
    key = a_person(desk, **secrets, roles="流动党员 2018-08-08~")
    records.correct(desk, Person, key, name="欧阳震", post="另一个职务")
    records.correct(desk, Person, key, post=None, note=None)
    with desk.books.ledger.write() as conn:
        line = json.dumps(secrets, ensure_ascii=False)
        conn.exec_driver_sql("INSERT INTO held VALUES (?, 'person', ?, ?)", (desk.community, key, line))
        conn.exec_driver_sql("INSERT INTO draft VALUES ('zhoumin', 'person', 'person', ?, ?, '')", (key, line))
        conn.exec_driver_sql("INSERT INTO fate VALUES (?, 'person', ?, 1, '待定', 'name', '', ?)", (desk.community, key, line))
    records.erase(desk, Person, key, reason="本人申请，2022-03-01")
    said = json.dumps(everything(desk), ensure_ascii=False, default=str)
    for value in (*secrets.values(), "欧阳震", "ouyangzhen", "另一个职务", '"5678"', '"3758"', "流动党员", "2018-08-08"):
        assert value not in said, value
    with desk.books.read() as conn:
        assert conn.exec_driver_sql("SELECT record, reason FROM tombstone").all() == [(key, "本人申请，2022-03-01")]
        assert conn.exec_driver_sql("SELECT count(*) FROM journal WHERE record = ?", (key,)).scalar_one() == 6, "that it was, stays"


def test_what_is_deleted_is_overwritten_in_the_file(desk: Desk) -> None:
    """Else the values of an erased record would lie on in free pages."""
    with desk.books.ledger.write() as conn:
        assert conn.exec_driver_sql("PRAGMA secure_delete").scalar_one() == 1


def test_erasing_needs_a_reason_and_is_for_the_admin(desk: Desk) -> None:
    key = a_person(desk)
    with pytest.raises(Refusal, match="清除要写明依据"):
        records.erase(desk, Person, key, reason="  ")
    assert desk.get(Person, key)["name"] == "陈家和"


def test_an_erased_persons_number_may_be_used_again(desk: Desk) -> None:
    key = a_person(desk, id_number="441502196307153758")
    records.erase(desk, Person, key, reason="登记成了别人")
    assert a_person(desk, "王强", id_number="441502196307153758") != key
