"""What other records tell of the rows of a list: counted for a page at once, and by the index of whom they point to."""

from contextlib import AbstractContextManager
from typing import Any

from desktop.model.activity import Service
from desktop.office import records
from desktop.office.desk import Desk
from desktop.office.finding import number_of_each
from desktop.store.page import Filter, Listing, counts, newest
from tests.builders import a_person, an_activity, heard

THIS_QUARTER = (Filter("served_on", "between", ("2021-10-01", "2021-12-31")), Filter("state", "is", ("已登记", "已确认")))
BY_PERSON = "SEARCH service USING INDEX service_by_person"


def asked(desk: Desk) -> AbstractContextManager[list[tuple[str, Any]]]:
    with desk.books.read() as conn:
        return heard(conn.engine)


def plan(desk: Desk, said: list[tuple[str, Any]]) -> str:
    """How SQLite goes about the one question that was asked."""
    ((statement, values),) = [one for one in said if one[0].startswith("SELECT")]
    with desk.books.read() as conn:
        return str(conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()[0][-1])


def test_the_services_of_a_page_of_people_are_counted_in_one_question_by_whose_they_are(desk: Desk) -> None:
    busy, idle = a_person(desk, "甲"), a_person(desk, "乙")
    for day in ("2021-11-03", "2021-10-01", "2021-09-30"):
        an_activity(desk, [busy], held_on=day)
    records.end(desk, Service, an_activity(desk, [busy]).services[0], because="重复")
    with asked(desk) as said:
        many = number_of_each(desk, Service, "person", [busy, idle], THIS_QUARTER)
    assert (many[busy], many.get(idle, 0)) == (2, 0)
    assert plan(desk, said).startswith(BY_PERSON), "by the day it would read the services of everybody"


def test_the_newest_that_point_to_one_record_are_found_by_it_and_not_by_walking_all(desk: Desk) -> None:
    person = a_person(desk, "甲")
    days = ["2021-11-03", "2021-11-05", "2021-10-01", "2021-11-04"]
    for day in days:
        an_activity(desk, [person, a_person(desk, f"同去{day}")], held_on=day)
    listing = Listing(Service, (Filter("person", "is", (person,)),), order="-served_on", community=desk.community)
    with desk.books.read() as conn, heard(conn.engine) as said:
        rows = newest(conn, listing, size=3)
    assert [row["served_on"] for row in rows] == sorted(days, reverse=True)[:3]
    assert plan(desk, said).startswith(BY_PERSON)


def test_several_lists_are_counted_in_one_question_and_none_in_no_question(desk: Desk) -> None:
    person = a_person(desk, "甲")
    an_activity(desk, [person])
    mine = Listing(Service, (Filter("person", "is", (person,)),), community=desk.community)
    with desk.books.read() as conn, heard(conn.engine) as said:
        assert counts(conn, [mine, mine.only(Filter("state", "is", ("作废",)))]) == [1, 0]
        assert counts(conn, []) == []
    assert len(said) == 1
