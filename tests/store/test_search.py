"""Finding a record by any word of it."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.model.organisation import Organisation
from desktop.model.person import Person
from desktop.office import records
from desktop.office.desk import Desk
from desktop.store import search
from tests.builders import NEIGHBOUR, a_person, an_opinion, an_organisation, heard
from tests.every_record.values import id_number


def find(desk: Desk, typed: str, *, limit: int = 30, kinds: tuple[str, ...] = ()) -> list[str]:
    with desk.books.read() as conn:
        return [hit.record for hit in search.find(conn, desk.community, typed, limit=limit, kinds=kinds)]


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("单晓", "shanxiao"), ("单晓", "sx"), ("曾一鸣", "zym"), ("仇和", "qiuhe"), ("欧阳建国", "ouyangj"),
        ("欧阳建国", "建国"), ("欧阳建国", "oyjg"), ("阿布都·热合曼", "阿布都热合曼"), ("阿布都·热合曼", "阿布都•热合曼"),
        ("李 四", "李四"), ("李四", "李　四"), ("𬭊𪻐", "𬭊𪻐"), ("𬭊𪻐", "𪻐"), ("Ａnna", "anna"), ("吕布", "lvbu"), ("㛃", "㛃"),
    ],
)  # fmt: skip
def test_a_name_is_found_however_it_is_typed(name: str, typed: str, desk: Desk) -> None:
    key = a_person(desk, name)
    a_person(desk, "王芳")
    assert find(desk, typed) == [key]


def test_the_whole_word_comes_before_what_only_begins_so(desk: Desk) -> None:
    longer, whole = a_person(desk, "陈家和平"), a_person(desk, "陈家和")
    assert find(desk, "陈家和") == [whole, longer]


def test_a_name_comes_before_a_pinyin_and_a_pinyin_before_initials(desk: Desk) -> None:
    initials = a_person(desk, "毛阿娜")  # mao a na: mana is no reading, its initials are man
    reading = a_person(desk, "满")  # man
    written = a_person(desk, "Man")
    assert find(desk, "man") == [written, reading, initials]


def test_a_number_is_found_whole_by_its_tail_and_as_people_write_it(desk: Desk) -> None:
    card = next(number for turn in range(1, 99) if (number := id_number("441502", "19900307", turn)).endswith("X"))
    key = a_person(desk, "甲", id_number=card, phone="13800138000")
    other = a_person(desk, "乙", phone="0660-3366123")
    for typed in (card, card.lower(), card[-4:], card[-4:].lower(), "13800138000", "138-0013-8000", "138 0013 8000", "8000", "138001"):
        assert find(desk, typed) == [key], typed
    for typed in ("0660-3366123", "06603366123", "6123"):
        assert find(desk, typed) == [other], typed


def test_a_serial_is_found_whole_and_by_its_last_number(desk: Desk) -> None:
    key = an_opinion(desk)
    for typed in ("YJ-211124-0001", "yj-211124", "0001"):
        assert key in find(desk, typed), typed


@pytest.mark.parametrize(
    "typed", ["%", "_", "*", "100%", "a_b", "'", "' OR 1=1 --", "x'; DROP TABLE person; --", '"', "\\", "NOT", "(", "陈*"]
)
def test_signs_that_mean_something_to_a_database_mean_themselves(typed: str, desk: Desk) -> None:
    other = a_person(desk, "陈家和")
    key = an_organisation(desk, f"甲{typed}乙")
    assert find(desk, f"甲{typed}") == [key]
    assert other not in find(desk, typed)


@pytest.mark.parametrize("typed", ["", " ", "　", "\u200b", "·"])
def test_nothing_typed_finds_nothing(typed: str, desk: Desk) -> None:
    a_person(desk)
    assert find(desk, typed) == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(name=st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x323AF, categories=["Lo"]), min_size=1, max_size=6))
def test_whoever_has_a_rare_name_is_found_by_it_and_by_its_beginning(one_desk: Desk, name: str) -> None:
    kept = Person.fields()["name"].kind.parse(name, one_desk.today)
    key = a_person(one_desk, str(kept))
    assert key in find(one_desk, name, limit=500)
    assert key in find(one_desk, name[:2], limit=500)


def test_at_most_as_many_as_were_asked_for(desk: Desk) -> None:
    for number in range(12):
        a_person(desk, f"王{number}")
    assert len(find(desk, "王", limit=5)) == 5
    assert len(set(find(desk, "w", limit=30))) == 12


def test_only_of_the_kinds_that_were_asked_for(desk: Desk) -> None:
    person, unit = a_person(desk, "海滨"), an_organisation(desk, "海滨")
    assert set(find(desk, "海滨")) == {person, unit}
    assert find(desk, "海滨", kinds=("organisation",)) == [unit]


def test_a_record_of_another_community_is_not_found_here(desk: Desk) -> None:
    with desk.books.work(who="lin", deed="person.add", at="2021-11-24T09:00:00", community=NEIGHBOUR) as work:
        theirs = work.add(Person, name="单晓", roles="居民 2020-01-01~")
    assert find(desk, "单晓") == []
    with desk.books.read() as conn:
        assert [hit.record for hit in search.find(conn, "*", "单晓")] == [theirs]


def test_a_corrected_name_is_found_by_the_new_one_only(desk: Desk) -> None:
    key = a_person(desk, "王芳")
    records.correct(desk, Person, key, name="王芬")
    assert (find(desk, "王芳"), find(desk, "wangfen")) == ([], [key])


def test_a_masked_or_hashed_value_from_a_stick_finds_nobody(desk: Desk) -> None:
    a_person(desk, "~李*芳", id_number="#5f0c")
    assert find(desk, "李") == []
    assert find(desk, "5f0c") == []


def test_a_word_longer_than_the_index_keeps_is_found_by_its_beginning(desk: Desk) -> None:
    key = a_person(desk, "汉" * 50)
    assert find(desk, "汉" * 50) == [key]
    assert find(desk, "han" * 10) == [key]


def test_the_index_is_what_its_records_say(desk: Desk) -> None:
    """It is derived: every row can be told from the record alone."""
    person = a_person(desk, "曾一鸣", phone="13800138000")
    unit = an_organisation(desk, phone="0660-3366123")
    with desk.books.read() as conn:
        for record, key in ((Person, person), (Organisation, unit)):
            kept = conn.exec_driver_sql("SELECT token, rank FROM search WHERE record = ?", (key,)).all()
            entries = search.entries(record, desk.get(record, key))
            assert {tuple(row) for row in kept} == {(entry["token"], entry["rank"]) for entry in entries}


def test_a_search_reads_the_index_and_nothing_else(desk: Desk) -> None:
    with desk.books.read() as conn:
        with heard(conn.engine) as said:
            search.find(conn, desk.community, "陈家和", kinds=("person", "organisation"))
        assert len(said) == 2
        for statement, values in said:
            plan = [row[3] for row in conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)]
            assert all("SEARCH search USING" in step and "community=?" in step for step in plan), plan
