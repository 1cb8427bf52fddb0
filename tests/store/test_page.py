"""Lists by key: whatever stands in the sorted column, every row comes exactly once and in order."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert

from desktop.model.checkin import CheckIn
from desktop.model.opinion import LivelihoodProject
from desktop.model.person import Person
from desktop.model.place import Place
from desktop.office import records
from desktop.office.checkins import check_in_member
from desktop.office.desk import Desk
from desktop.store.page import Cursor, Filter, Listing, count, every, link_titles, page, place_of, starts, tag_filter, title_of, titles
from tests.builders import HARBOUR, NEIGHBOUR, a_desk, a_person, a_place, an_organisation, heard

PROJECT = LivelihoodProject.table()
SHARED = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = a_desk(tmp_path_factory.mktemp("lists"))
    yield desk
    desk.books.ledger.close()


@pytest.fixture
def own_desk(tmp_path: Path) -> Iterator[Desk]:
    desk = a_desk(tmp_path)
    yield desk
    desk.books.ledger.close()


def fill(desk: Desk, values: list[tuple[str | None, int | None]], community: str = HARBOUR) -> None:
    """Projects with these dates and progresses stand in the ledger, and no others; written past the rules, which bar such ids."""
    rows: list[dict[str, Any]] = [
        {
            "community": community, "id": f"{number:032x}", "version": 1, "created_at": "", "created_by": "", "changed_at": "",
            "changed_by": "", "sitting": "s", "tick": 1, "name": "x", "ends_on": day, "progress": progress,
            "ended_on": "2021-01-01" if number % 7 == 6 else None,
        }
        for number, (day, progress) in enumerate(values)
    ]  # fmt: skip
    with desk.books.ledger.write() as conn:
        conn.execute(delete(PROJECT))
        if rows:
            conn.execute(insert(PROJECT), rows)


def in_order(values: list[tuple[str | None, int | None]], column: int, *, descending: bool) -> list[str]:
    """What a clerk expects: filled rows by value then id, empty ones last in both directions."""
    living = [(value[column], f"{number:032x}") for number, value in enumerate(values) if number % 7 != 6]
    filled = sorted(((value, key) for value, key in living if value is not None), reverse=descending)
    empty = sorted(((value, key) for value, key in living if value is None), key=lambda row: row[1], reverse=descending)
    return [key for _value, key in filled + empty]


ROWS = st.lists(
    st.tuples(st.sampled_from([None, "2021-01-01", "2021-01-02", "2021-12-31"]), st.sampled_from([None, 0, 1, 50, 100])), max_size=40
)


@SHARED
@given(values=ROWS, size=st.integers(1, 9), column=st.sampled_from(["ends_on", "progress"]), descending=st.booleans())
def test_every_row_comes_once_and_in_order(
    desk: Desk, values: list[tuple[str | None, int | None]], size: int, column: str, descending: bool
) -> None:
    fill(desk, values)
    listing = Listing(LivelihoodProject, order=("-" if descending else "") + column, community=HARBOUR)
    expected = in_order(values, ("ends_on", "progress").index(column), descending=descending)
    pages, after, begins = [], None, []
    with desk.books.read() as conn:
        while True:
            some = page(conn, listing, after=after, size=size)
            pages.append([row["id"] for row in some.rows])
            if some.next is None:
                break
            after = some.next
            begins.append(after)
        assert [key for one in pages for key in one] == expected
        assert all(len(one) == size for one in pages[:-1])
        assert starts(conn, listing, size=size) == begins, "the scroll bar jumps to where the pages begin"
        assert [row["id"] for row in every(conn, listing, size=size)] == expected
        assert count(conn, listing) == len(expected)
        assert [place_of(conn, listing, key) for key in expected] == list(range(len(expected))), "each is found where it stands"
        assert place_of(conn, listing, "0" * 32 + "f") is None


def test_a_count_stops_where_the_screen_says_more_than(desk: Desk) -> None:
    fill(desk, [(None, 1)] * 13)
    with desk.books.read() as conn:
        assert count(conn, Listing(LivelihoodProject, community=HARBOUR)) == 12
        assert count(conn, Listing(LivelihoodProject, community=HARBOUR), limit=5) == 6


def test_a_page_costs_two_questions_at_most(desk: Desk) -> None:
    fill(desk, [(None, number) for number in range(30)])
    listing = Listing(LivelihoodProject, order="progress", community=HARBOUR)
    with desk.books.read() as conn:
        for after in (None, Cursor(3, f"{3:032x}"), Cursor(None, f"{3:032x}")):
            with heard(conn.engine) as said:
                page(conn, listing, after=after, size=10)
            assert 1 <= len(said) <= 2


def test_a_row_that_came_in_meanwhile_moves_no_other_row(desk: Desk) -> None:
    fill(desk, [("2021-01-02", None), ("2021-01-04", None), ("2021-01-06", None)])
    listing = Listing(LivelihoodProject, order="ends_on", community=HARBOUR)
    with desk.books.read() as conn:
        first = page(conn, listing, size=2)
    with desk.books.ledger.write() as conn:
        conn.execute(PROJECT.update().where(PROJECT.c.id == f"{2:032x}").values(ends_on="2021-01-05"))
        conn.execute(delete(PROJECT).where(PROJECT.c.id == f"{0:032x}"))
    with desk.books.read() as conn:
        assert [row["ends_on"] for row in page(conn, listing, after=first.next, size=2).rows] == ["2021-01-05"]


@pytest.mark.parametrize(
    ("chip", "found"),
    [
        (Filter("ends_on", "is", ("2021-01-01", "2021-12-31")), [0, 3]),
        (Filter("ends_on", "from", ("2021-01-02",)), [1, 3]),
        (Filter("ends_on", "until", ("2021-01-02",)), [0, 1]),
        (Filter("ends_on", "between", ("2021-01-02", "2021-06-30")), [1]),
        (Filter("progress", "is", (0,)), [0]),
        (Filter("ends_on", "empty"), [2]),
        (Filter("progress", "filled"), [0, 3]),
    ],
    ids=lambda value: value.op if isinstance(value, Filter) else None,
)
def test_a_chip_keeps_the_rows_it_says(chip: Filter, found: list[int], desk: Desk) -> None:
    fill(desk, [("2021-01-01", 0), ("2021-01-02", None), (None, None), ("2021-12-31", 100)])
    with desk.books.read() as conn:
        rows = page(conn, Listing(LivelihoodProject, (chip,), order="ends_on", community=HARBOUR)).rows
    assert [int(row["id"], 16) for row in rows] == found


def test_a_comparison_that_nobody_knows_is_a_bug(desk: Desk) -> None:
    with desk.books.read() as conn, pytest.raises(ValueError, match="no such comparison"):
        page(conn, Listing(LivelihoodProject, (Filter("progress", "like", (1,)),), community=HARBOUR))


def test_people_are_listed_by_pinyin_and_equal_readings_by_their_signs(own_desk: Desk) -> None:
    for name in ("张三", "阿布都·热合曼", "单晓", "陈丽", "陈莉", "Zola", "曾一"):
        a_person(own_desk, name)
    with own_desk.books.read() as conn:
        names = [row["name"] for row in every(conn, Listing(Person, community=own_desk.community), size=2)]
    assert names == ["阿布都·热合曼", "陈丽", "陈莉", "单晓", "曾一", "张三", "Zola"]


def test_the_words_of_a_set_filter_only_while_they_hold(own_desk: Desk) -> None:
    cadre = a_person(own_desk, "甲", roles="两委干部 2020-01-01~")
    a_person(own_desk, "乙", roles="两委干部 2020-01-01~2021-06-30\n志愿者 2021-07-01~")
    with own_desk.books.read() as conn:
        listing = Listing(Person, (tag_filter(Person, "roles", "两委干部"),), community=own_desk.community)
        assert [row["id"] for row in page(conn, listing).rows] == [cadre]


def test_a_list_is_searched_by_its_own_words_and_by_who_it_is_about(own_desk: Desk) -> None:
    unit = an_organisation(own_desk)
    person = a_person(own_desk, "单晓", employer=unit)
    report = check_in_member(own_desk, person=person, reported_on=own_desk.today)
    check_in_member(own_desk, person=a_person(own_desk, "王芳"), reported_on=own_desk.today)
    with own_desk.books.read() as conn:
        for typed in ("单晓", "shanxiao", "sx", "HZ-211124-0001", "税务局"):
            rows = page(conn, Listing(CheckIn, text=typed, community=own_desk.community)).rows
            assert [row["id"] for row in rows] == [report], typed
        assert page(conn, Listing(CheckIn, text="查无此人", community=own_desk.community)).rows == ()
        assert count(conn, Listing(CheckIn, text="查无此人", community=own_desk.community)) == 0
        assert starts(conn, Listing(CheckIn, text="查无此人", community=own_desk.community)) == []


def test_a_district_lists_and_searches_all_its_communities(own_desk: Desk) -> None:
    with own_desk.books.work(who="lin", deed="person.add", at="2021-11-24T09:00:00", community=NEIGHBOUR) as work:
        theirs = work.add(Person, name="单晓", roles="志愿者 2020-01-01~")
    ours = a_person(own_desk, "单晓")
    with own_desk.books.read() as conn:
        assert [row["id"] for row in page(conn, Listing(Person, community=own_desk.community)).rows] == [ours]
        assert {row["id"] for row in page(conn, Listing(Person, community="*")).rows} == {ours, theirs}
        assert {row["id"] for row in page(conn, Listing(Person, text="shanxiao", community="*")).rows} == {ours, theirs}
        chips = (tag_filter(Person, "roles", "志愿者"),)
        assert [row["id"] for row in page(conn, Listing(Person, chips, community="*")).rows] == [theirs]


def test_a_link_is_shown_by_the_title_of_what_it_points_to(own_desk: Desk) -> None:
    person = a_person(own_desk, "欧阳建国")
    report = check_in_member(own_desk, person=person, reported_on=own_desk.today)
    row = own_desk.get(CheckIn, report)
    with own_desk.books.read() as conn:
        names = link_titles(conn, own_desk.community, CheckIn, [row])
        assert title_of(CheckIn, row, names) == "在职党员 欧阳建国"
        masked = link_titles(conn, own_desk.community, CheckIn, [row], masked=True)
        assert title_of(CheckIn, row, masked, masked=True) == "在职党员 欧**国"
        assert titles(conn, own_desk.community, "check_in", [report]) == {report: "在职党员 欧阳建国"}
        assert titles(conn, "*", "person", [person, "0" * 32]) == {person: "欧阳建国"}
        assert titles(conn, NEIGHBOUR, "person", [person]) == {}


def test_the_links_of_a_page_cost_one_question_a_type(own_desk: Desk) -> None:
    estate = a_place(own_desk)
    for number in range(20):
        a_person(own_desk, f"居民{number}", estate=estate, grid=estate)
    rows = own_desk.rows(Person)
    with own_desk.books.read() as conn, heard(conn.engine) as said:
        link_titles(conn, own_desk.community, Person, rows)
    assert len(said) == 1


def test_the_bin_is_a_list_of_its_own(own_desk: Desk) -> None:
    estate = a_place(own_desk, "旧名")
    records.end(own_desk, Place, estate, because="重复登记")
    with own_desk.books.read() as conn:
        rows = page(conn, Listing(Place, ended=True, community=own_desk.community)).rows
        assert [(row["name"], row["ended_because"]) for row in rows] == [("旧名", "重复登记")]
