"""A list asks only for the columns that it shows; that changes what a row holds, never which rows come."""

from desktop.model.person import Person
from desktop.office.desk import Desk
from desktop.store.page import ALWAYS, Filter, Listing, every, page
from tests.builders import a_person


def listing(desk: Desk, **more: object) -> Listing:
    return Listing(Person, community=desk.community, **more)  # type: ignore[arg-type]


def test_a_row_holds_the_fields_asked_for_and_what_every_list_needs(desk: Desk) -> None:
    a_person(desk, "陈家和", phone="13800138000")
    with desk.books.read() as conn:
        (row,) = page(conn, listing(desk), keys=("name", "phone")).rows
    assert set(row) == {"name", "phone", "sort_key", *ALWAYS}
    assert (row["name"], row["phone"]) == ("陈家和", "13800138000")


def test_the_same_rows_come_in_the_same_order_page_by_page(desk: Desk) -> None:
    for number in range(7):
        a_person(desk, f"居民{number}", post=None if number % 3 else f"岗位{number}")
    for order in ("name", "-name", "post", "-post"):
        with desk.books.read() as conn:
            whole = [row["id"] for row in every(conn, listing(desk, order=order), size=2)]
            some = [row["id"] for row in every(conn, listing(desk, order=order), size=2, keys=("phone",))]
        assert len(whole) == 7
        assert some == whole


def test_a_list_asked_twice_answers_for_its_own_filter_and_words(desk: Desk) -> None:
    """The statement of a list is kept; the answers are not."""
    a_person(desk, "陈家和", sex="1")
    a_person(desk, "李芳", sex="2")
    for _again in range(2):
        for sex, name in (("1", "陈家和"), ("2", "李芳")):
            with desk.books.read() as conn:
                rows = page(conn, listing(desk, filters=(Filter("sex", "is", (sex,)),))).rows
                found = page(conn, listing(desk, text=name), keys=("name",)).rows
            assert [row["name"] for row in rows] == [name]
            assert [row["name"] for row in found] == [name]


def test_an_empty_value_in_a_filter_finds_nothing(desk: Desk) -> None:
    a_person(desk, "陈家和")
    with desk.books.read() as conn:
        assert page(conn, listing(desk, filters=(Filter("phone", "is", (None,)),))).rows == []
