"""演练社区 on a Wednesday morning: the workbench of the pictures, with enough open to try every button."""

import pytest

from desktop.demo.world_ledgers import CHEAP, CLERK, PASSWORD, REHEARSAL, rehearsal
from desktop.model.activity import Activity
from desktop.model.checkin import CheckIn
from desktop.model.inspection import Danger, Finding, Inspection
from desktop.model.keeping import User
from desktop.model.opinion import Handling, LivelihoodProject, Opinion
from desktop.model.person import Person
from desktop.model.place import Place
from desktop.model.roles import Role
from desktop.office.due import due_counts, due_work
from desktop.office.inspections import item_lines
from desktop.office.ledgers import sign_in
from desktop.store.page import Listing, page


def test_three_things_are_late_and_three_are_due_today(morning):
    counts = due_counts(morning)
    assert (counts.overdue, counts.today) == (3, 3)
    assert counts.soon >= 2


def test_what_is_late_is_what_the_picture_shows(morning):
    late = [(line.kind, line.days_left) for line in due_work(morning) if line.days_left < 0]
    assert late == [("opinion", -4), ("danger", -2), ("livelihood_project", -1)]


def test_nothing_has_happened_after_the_hour(morning):
    for record, key in ((Opinion, "heard_on"), (Opinion, "closed_on"), (Activity, "held_on"), (LivelihoodProject, "completed_on"),
                        (Inspection, "inspected_on"), (CheckIn, "reported_on"), (Opinion, "state_on")):  # fmt: skip
        assert [row["id"] for row in morning.rows(record) if row[key] and row[key] > "2021-11-24"] == []
        assert max(row["changed_at"] for row in morning.rows(record)) <= "2021-11-24T09:41:00"


def test_the_grocer_stands_at_item_13_of_18(morning):
    run = morning.rows(Inspection, state="检查中")[0]
    marks = [line.mark for line in item_lines(morning, run["id"])]
    assert [marks.count(mark) for mark in ("合格", "不合格", "不适用", None)] == [9, 2, 1, 6]
    assert marks.index(None) == 12
    assert item_lines(morning, run["id"])[12].last_mark == "不合格"
    assert morning.get(Place, run["place"])["name"] == "好又鲜副食店"


def test_the_route_has_twelve_stops_of_which_four_are_done(morning):
    route = [row["id"] for row in morning.rows(Place) if row["address"] and row["address"].startswith("海滨路")]
    today = [row for row in morning.rows(Inspection, inspected_on="2021-11-24", state="已完成") if row["place"] in route]
    assert (len(route), len(today)) == (12, 4)
    assert len(morning.rows(Finding, inspection=today[0]["id"])) == 18


def test_the_pothole_has_its_diary_its_order_slip_and_its_project(morning):
    main = morning.rows(Opinion, title="盐工小区3栋前路面坑洼积水")[0]
    steps = [row["step"] for row in morning.rows(Handling, opinion=main["id"])]
    assert steps == ["登记", "研判", "交办", "开始办理", "办理", "办理"]
    assert (main["state"], main["due_on"]) == ("办理中", "2021-12-03")
    assert main["order_no"].startswith("JB-211021-")
    assert morning.rows(LivelihoodProject, name="盐工小区路面与管网改造")[0]["progress"] == 64


def test_a_danger_at_the_drugstore_has_its_notice(morning):
    danger = next(row for row in morning.rows(Danger) if row["situation"] == "后间灭火器过期1具")
    assert danger["notice_no"].startswith("XG-211124-")
    assert danger["state"] == "整改中"


def test_the_people_of_the_pictures_live_here(morning):
    names = {row["name"] for row in morning.rows(Person)}
    assert {"蔡文远", "陈嘉禾", "黄海澜", "林若溪", "刘䶮", "单秀兰", "卓立新", "陈𬭊𪻐"} <= names


def test_a_rare_name_is_found_by_its_characters(morning):
    with morning.books.read() as conn:
        found = page(conn, Listing(Person, text="𬭊𪻐", community=morning.community)).rows
    assert "陈𬭊𪻐" in [row["name"] for row in found]


def test_two_members_and_one_unit_have_not_reported_yet(morning):
    waiting = morning.rows(CheckIn, state="待报到")
    people = {morning.get(Person, row["person"])["name"] for row in waiting if row["person"]}
    assert {"彭静怡", "王若岚"} <= people
    assert [row["who"] for row in waiting if row["who"] == "单位党组织"] == ["单位党组织"]


def test_the_clerk_sits_there_with_a_clerks_rights(morning):
    assert (morning.who.name, morning.who.login, morning.who.role) == ("周敏", CLERK, Role.CLERK)
    assert not morning.may("opinion.strike_off")
    assert morning.books.fact("name") == REHEARSAL


@pytest.mark.parametrize(("login", "role"), [("huanghailan", Role.ADMIN), ("linruoxi", Role.REVIEWER), ("fangliyan", Role.READER)])
def test_every_role_can_be_tried_at_the_hour_that_the_file_remembers(tmp_path_factory, login, role, opened):
    hour = opened[1]
    desk = sign_in(opened[0], login, PASSWORD, now=lambda: hour)
    try:
        assert (desk.who.role, desk.today) == (role, "2021-03-31")
        assert len(desk.rows(User)) == 4
    finally:
        desk.books.ledger.close()


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    """(folder, hour) of a rehearsal that ends in March, closed."""
    folder = tmp_path_factory.mktemp("spring") / "ledger"
    desk = rehearsal(folder, at="2021-03-31T17:00:00", cost=CHEAP)
    hour = desk.books.fact("rehearsal")
    desk.books.ledger.close()
    return folder, hour
