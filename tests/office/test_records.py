"""The plain deeds of every record type, as a clerk meets them; what holds for each type stands in tests/every_record."""

import pytest

from desktop.model.activity import Service
from desktop.model.errors import NotAllowed, Refusal
from desktop.model.opinion import Opinion
from desktop.model.organisation import Organisation
from desktop.model.person import Person
from desktop.model.place import Place
from desktop.model.roles import Role
from desktop.office import records
from desktop.office.desk import Desk
from desktop.office.moves import move
from desktop.store import journal
from desktop.store.journal import Event
from tests.builders import a_person, a_place, an_activity, an_opinion, an_organisation, audited, everything, seen_as


def history(desk: Desk, key: str) -> list[Event]:
    with desk.books.read() as conn:
        return journal.history(conn, desk.community, key)


def test_a_change_is_taken_back_out_of_the_history(desk: Desk) -> None:
    key = a_person(desk, post="科员", phone="13800138000")
    records.correct(desk, Person, key, post="科长", phone=None)
    wrong = next(event for event in history(desk, key) if event.field == "phone")
    records.revert(desk, Person, key, wrong.seq)
    row = desk.get(Person, key)
    assert (row["post"], row["phone"]) == ("科长", "13800138000")
    assert history(desk, key)[0].deed == "person.revert"


def test_only_the_newest_change_of_a_field_is_taken_back(desk: Desk) -> None:
    key = a_person(desk, post="科员")
    records.correct(desk, Person, key, post="科长")
    older = history(desk, key)[0]
    records.correct(desk, Person, key, post="局长")
    with pytest.raises(Refusal, match="后来又改过"):
        records.revert(desk, Person, key, older.seq)


def test_what_a_deed_did_is_not_taken_back_by_hand(desk: Desk) -> None:
    key = an_opinion(desk)
    move(desk, Opinion, key, "study", verdict="采纳")
    for event in history(desk, key):
        if event.field in ("state", "state_on", "verdict"):
            with pytest.raises(Refusal, match="这一步不能直接退回"):
                records.revert(desk, Opinion, key, event.seq)
    with pytest.raises(Refusal, match="找不到这处改动"):
        records.revert(desk, Opinion, key, history(desk, key)[-1].seq)


def test_a_change_of_another_record_is_not_taken_back_here(desk: Desk) -> None:
    mine, other = a_person(desk, "甲"), a_person(desk, "乙", post="科员")
    records.correct(desk, Person, other, post="科长")
    with pytest.raises(Refusal, match="找不到这处改动"):
        records.revert(desk, Person, mine, history(desk, other)[0].seq)


def test_taking_back_does_not_bring_back_a_number_that_somebody_else_has_by_now(desk: Desk) -> None:
    key = a_person(desk, "甲", id_number="441502196307153758")
    records.correct(desk, Person, key, id_number=None)
    taken = history(desk, key)[0]
    a_person(desk, "乙", id_number="441502196307153758")
    with pytest.raises(Refusal, match="已有同样的记录：乙"):
        records.revert(desk, Person, key, taken.seq)


def test_many_are_ended_together_or_not_at_all(desk: Desk) -> None:
    first, second = a_place(desk, "甲"), a_place(desk, "乙")
    records.end(desk, Place, second, because="重复")
    with pytest.raises(Refusal, match="早已移入回收站") as said:
        records.end_many(desk, Place, [first, second], because="重复")
    assert said.value.record == "乙"
    assert desk.get(Place, first)["ended_on"] is None
    assert records.end_many(desk, Place, [first], because="重复") == 1


def test_a_number_that_is_uncovered_is_written_down(desk: Desk) -> None:
    key = a_person(desk, id_number="441502196307153758")
    assert records.unmask(desk, Person, key, "id_number") == "441502196307153758"
    with desk.books.read() as conn:
        deed, what = conn.exec_driver_sql("SELECT deed, what FROM audit ORDER BY seq DESC LIMIT 1").one()
    assert (deed, what) == ("record.unmask", f"person:{key} 证件号码")
    assert "441502196307153758" not in what


def test_a_reader_uncovers_nothing_and_erases_nothing(desk: Desk) -> None:
    key = a_person(desk, id_number="441502196307153758")
    with pytest.raises(NotAllowed, match="只读"):
        records.unmask(seen_as(desk, Role.READER), Person, key, "id_number")
    for role in (Role.READER, Role.CLERK, Role.REVIEWER):
        with pytest.raises(NotAllowed):
            records.erase(seen_as(desk, role), Person, key, reason="本人申请")
    assert audited(desk)[-1] == ("record.erase", False)
    assert desk.get(Person, key)["id_number"] == "441502196307153758"


def test_an_ended_record_moves_no_more_until_it_is_taken_back(desk: Desk) -> None:
    key = an_opinion(desk)
    records.end(desk, Opinion, key, because="登记错误")
    with pytest.raises(Refusal, match="已在回收站") as said:
        move(desk, Opinion, key, "study", verdict="采纳")
    assert said.value.todo == "先从回收站取回"
    records.take_back(desk, Opinion, key)
    move(desk, Opinion, key, "study", verdict="采纳")


def test_a_step_that_nobody_declared_is_a_bug_and_changes_nothing(desk: Desk) -> None:
    service = an_activity(desk).services[0]
    before = everything(desk)
    with pytest.raises((KeyError, NotAllowed)):
        move(desk, Service, service, "fly")
    with pytest.raises(KeyError):
        records.step_of(Person, "close")
    assert {table for table, rows in everything(desk).items() if rows != before[table]} <= {"audit"}


def test_messages_name_a_record_that_is_only_links_by_what_it_links_to(desk: Desk) -> None:
    person = a_person(desk, "单晓")
    service = an_activity(desk, [person]).services[0]
    move(desk, Service, service, "void", reason="没来")
    with pytest.raises(Refusal) as said:
        move(desk, Service, service, "confirm")
    assert said.value.record == "单晓 2021-11-24"


def test_a_name_of_a_unit_is_free_again_when_the_unit_is_ended(desk: Desk) -> None:
    unit = an_organisation(desk, "区税务局")
    with pytest.raises(Refusal, match="已有同样的记录：区税务局"):
        an_organisation(desk, "区税务局")
    records.end(desk, Organisation, unit, because="撤销")
    an_organisation(desk, "区税务局")
