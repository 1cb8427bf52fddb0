"""What the ledgers hold on the last evening of the year is what the plan promised, counted by hand."""

import json
from pathlib import Path

import pytest
from sqlalchemy import select

from desktop.demo.names import human
from desktop.demo.world import BINHAI, ROLE_TOTALS, XINLIN, expected, expected_of, plan
from desktop.demo.world_ledgers import PASSWORD, community_ledger
from desktop.model.activity import Service
from desktop.model.checkin import CheckIn
from desktop.model.contents import RECORD_TYPES
from desktop.model.errors import Refusal
from desktop.model.inspection import Danger
from desktop.model.opinion import Handling, LivelihoodProject, Opinion, ProjectSource
from desktop.model.organisation import Organisation
from desktop.model.person import Person
from desktop.model.place import AREA_KINDS, Place
from desktop.office import figures
from desktop.office.figure_lines import Span
from desktop.office.ledgers import sign_in
from desktop.store.journal import broken_link
from desktop.store.tables import counter
from tests.demo.counting import count_by_hand, front_line

YEAR = ("2021-01-01", "2021-12-31")


def test_each_ledger_holds_what_its_plan_says(desks):
    for code, desk in desks.items():
        assert count_by_hand(desk) == expected_of(plan().of(code)), plan().of(code).name


def test_the_office_counts_as_a_hand_does(desks):
    for desk in desks.values():
        by_hand = count_by_hand(desk)
        counted = {one.key: one.value for one in figures.count(desk, Span(desk.community, *YEAR), parts=False)}
        assert {key: counted[key] for key in by_hand if key in counted} == {key: by_hand[key] for key in by_hand if key in counted}


def test_several_communities_together_count_each_human_being_once(desks):
    people: dict[str, set[str]] = {role: set() for role in ROLE_TOTALS}
    for desk in desks.values():
        for role, numbers in front_line(desk).items():
            people[role] |= numbers
    promised = expected(plan(), only=tuple(desks))
    assert [len(people[role]) for role in ROLE_TOTALS] == [promised[key] for key in "2345"]
    assert len(set().union(*people.values())) == promised["2-5"]
    assert promised["2-5"] < sum(expected_of(plan().of(code))["2-5"] for code in desks)


def test_somebody_who_works_elsewhere_has_the_same_number_in_both_ledgers(desks):
    work = next(plan().of(code) for code in desks if plan().of(code).guests)
    known = [g for g in work.guests if plan().communities[g // 4096].code in desks]
    number = human(2021, known[0]).id_number
    home = plan().communities[known[0] // 4096]
    there = [row["name"] for code in (work.code, home.code) for row in desks[code].rows(Person, id_number=number)]
    assert len(there) == 2
    assert len(set(there)) == 1


def test_every_row_passes_its_own_definition(desks):
    for desk in desks.values():
        for record in RECORD_TYPES:
            for row in desk.rows(record):
                assert record.mistakes(row) == (), (record.label, dict(row))


def test_every_link_leads_to_a_record(desks):
    for desk in desks.values():
        ids = {record.__tablename__: {row["id"] for row in desk.rows(record)} for record in RECORD_TYPES}
        for record in RECORD_TYPES:
            for key, to in record.links().items():
                missing = {row[key] for row in desk.rows(record) if row[key]} - ids[to]
                assert not missing, f"{record.label} {key}"


def test_serials_are_given_once_and_the_counter_goes_on_behind_them(desks):
    for desk in desks.values():
        with desk.books.read() as conn:
            last = {row.series: row.last for row in conn.execute(select(counter))}
        for record, key, series in ((Opinion, "serial", "YJ"), (LivelihoodProject, "serial", "SS"), (Danger, "serial", "YH")):
            numbers = sorted(int(row[key].rsplit("-", 1)[1]) for row in desk.rows(record))
            assert numbers == list(range(1, last[f"{series}-2021"] + 1))


def test_the_serial_of_an_opinion_carries_the_day_on_which_it_was_heard(desks):
    for desk in desks.values():
        for row in desk.rows(Opinion):
            assert row["serial"].split("-")[1] == row["heard_on"].replace("-", "")[2:]


def test_the_days_of_an_opinion_follow_each_other(desks):
    for desk in desks.values():
        for row in desk.rows(Opinion):
            reached = [row[key] for key in ("heard_on", "closed_on", "replied_on") if row[key]]
            assert reached == sorted(reached), row["serial"]
            assert row["state_on"] <= YEAR[1]


def test_nobody_answers_for_a_project_before_it_was_asked_for(desks):
    for desk in desks.values():
        heard = {row["id"]: row["heard_on"] for row in desk.rows(Opinion)}
        done = {row["id"]: row["completed_on"] for row in desk.rows(LivelihoodProject)}
        for row in desk.rows(ProjectSource):
            assert done[row["project"]] is None or heard[row["opinion"]] <= done[row["project"]]


def test_opinions_and_projects_are_linked_many_to_many(desks):
    links = desks[BINHAI].rows(ProjectSource)
    by_project = [row["project"] for row in links]
    by_opinion = [row["opinion"] for row in links]
    assert len(set(by_project)) < len(by_project)
    assert len(set(by_opinion)) < len(by_opinion)


def test_every_community_and_every_estate_has_an_area_kind(desks):
    for desk in desks.values():
        for kind in ("社区", "小区"):
            for row in desk.rows(Place, kind=kind):
                assert Place.fields()["area_kinds"].kind.at(row["area_kinds"], "2021-12-31")[0] in AREA_KINDS.split()


def test_nobody_serves_before_reporting(desks):
    for desk in desks.values():
        reported = {row["person"]: row["reported_on"] for row in desk.rows(CheckIn, who="在职党员")}
        early = [row for row in desk.rows(Service) if row["person"] in reported and row["served_on"] < reported[row["person"]]]
        known = {row["id"] for row in desk.rows(Person) if row["created_at"][:10] <= "2021-01-31"}
        assert [row for row in early if row["person"] not in known] == []


def test_a_bureau_has_the_same_credit_code_everywhere(desks):
    codes: dict[str, set[str]] = {}
    for desk in desks.values():
        for row in desk.rows(Organisation):
            codes.setdefault(row["name"], set()).add(row["credit_code"])
    assert any(name.startswith("区") for name in codes)
    assert all(len(found) == 1 for found in codes.values())


def test_the_saltworks_estate_was_heard_and_answered(desks):
    desk = desks[BINHAI]
    estate = desk.rows(Place, name="盐工小区")[0]["id"]
    asked = [row for row in desk.rows(Opinion, place=estate) if row["topic"] in ("空间微提升", "消防微整治", "景观微更新")]
    assert len(asked) >= 30
    assert {row["state"] for row in asked} <= {"销号", "反馈", "已合并"}
    main = next(row for row in asked if row["title"] == "盐工小区3栋前路面坑洼积水")
    assert len(desk.rows(Opinion, same_as=main["id"])) == 4
    assert len(desk.rows(Handling, opinion=main["id"])) >= 8
    works = {row["name"] for row in desk.rows(LivelihoodProject, state="公示")}
    assert {"盐工小区路面与管网改造", "盐工小区消防通道与三线整治", "盐工小区口袋公园与围墙更新"} <= works


def test_the_fire_street_was_put_right_within_the_year(desks):
    desk = desks[XINLIN]
    route = [row["id"] for row in desk.rows(Place) if row["address"] and row["address"].startswith("新港路")]
    dangers = [row for row in desk.rows(Danger) if row["place"] in route]
    assert len(route) == 12
    assert len(dangers) == 6
    assert {row["state"] for row in dangers} == {"合格销号"}


def test_the_chain_of_deeds_is_whole(desks):
    for desk in desks.values():
        with desk.books.read() as conn:
            assert broken_link(conn) is None


def test_the_same_seed_writes_the_same_words(tmp_path):
    one = min(plan().communities, key=lambda one: one.opinions)

    def said(folder: Path) -> str:
        desk = community_ledger(folder, one)
        try:
            return json.dumps([
                [[row[key] for key in record.fields() if key not in record.links()] for row in desk.rows(record)]
                for record in RECORD_TYPES
            ], ensure_ascii=False)  # fmt: skip
        finally:
            desk.books.ledger.close()

    assert said(tmp_path / "once") == said(tmp_path / "again")


def test_a_ledger_that_could_not_be_filled_is_let_go_of(tmp_path):
    one = min(plan().communities, key=lambda one: one.opinions)
    with pytest.raises(Refusal):
        community_ledger(tmp_path / "book", one, until="不是日期")
    sign_in(tmp_path / "book", "shuji", PASSWORD, now=lambda: "2021-12-31T18:00:00").books.ledger.close()
