"""Many people at once: they can be listed, found and saved beside, like people who came one by one."""

import pytest
from sqlalchemy import inspect, select

from desktop.demo.sizes import people
from desktop.demo.world_ledgers import CHEAP
from desktop.model.person import Person
from desktop.office.ledgers import found_office, sign_in
from desktop.office.records import add
from desktop.store import search
from desktop.store.page import Listing, count, page
from desktop.store.tables import search as words


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sizes") / "ledger"
    desk, _recovery = found_office(
        folder, community="441502003007", admin="周敏", login="zhoumin", password="abc12345",
        now=lambda: "2021-11-24T09:41:00", cost=CHEAP,
    )  # fmt: skip
    told = []
    people(desk, 500, lambda done, all_: told.append((done, all_)))
    assert told == [(500, 500)]
    desk.books.ledger.close()
    return folder


@pytest.fixture
def desk(folder):
    desk = sign_in(folder, "zhoumin", "abc12345", now=lambda: "2021-11-24T09:41:00")
    yield desk
    desk.books.ledger.close()


def test_all_of_them_are_there_once(desk):
    rows = desk.rows(Person)
    assert len(rows) == len({row["id_number"] for row in rows}) == 500
    assert all(Person.mistakes(row) == () for row in rows)


def test_each_is_found_by_the_words_that_a_deed_would_have_written(desk):
    for row in desk.rows(Person)[:20]:
        with desk.books.read() as conn:
            kept = {(one.token, one.rank) for one in conn.execute(select(words).where(words.c.record == row["id"]))}
        assert kept == {(entry["token"], entry["rank"]) for entry in search.entries(Person, row)}


def test_the_list_opens_in_the_order_of_pinyin(desk):
    with desk.books.read() as conn:
        keys = [row["sort_key"] for row in page(conn, Listing(Person, community=desk.community)).rows]
        volunteers = count(conn, Listing(Person, community=desk.community))
    assert keys == sorted(keys)
    assert volunteers == 500


def test_the_indexes_stand_again(desk):
    with desk.books.read() as conn:
        names = {index["name"] for index in inspect(conn).get_indexes("person")}
    assert names == {index.name for index in Person.table().indexes}


def test_one_more_is_saved_beside_them(folder):
    desk = sign_in(folder, "zhoumin", "abc12345", now=lambda: "2021-11-24T09:42:00")
    try:
        before = len(desk.rows(Person))
        key = add(desk, Person, name="陈𬭊𪻐", roles="居民 2021-11-24~")
        assert len(desk.rows(Person)) == before + 1
        desk.get(Person, key)
    finally:
        desk.books.ledger.close()
