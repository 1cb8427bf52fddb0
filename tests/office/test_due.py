"""Due work at its edges: what is overdue, due today, due within seven days, and what is not said yet."""

import pytest

from desktop.model.checkin import CheckIn
from desktop.model.contents import RECORD_TYPES
from desktop.model.inspection import Danger, Inspection
from desktop.model.opinion import LivelihoodProject, Opinion
from desktop.office import records
from desktop.office.checkins import check_in_member, expect_member
from desktop.office.desk import Desk
from desktop.office.due import DueCounts, due_by_type, due_counts, due_day, due_listing, due_work
from desktop.office.inspections import issue_notice, register_danger
from desktop.office.moves import move
from desktop.office.settings import choose
from desktop.store.page import every
from tests.builders import a_person, a_place, an_inspection, an_opinion, an_organisation, moved

NOTHING = DueCounts(0, 0, 0)


def listed(desk: Desk, record: type, until: str) -> list[str]:
    """The rows that open behind the counts of one record type."""
    found = []
    with desk.books.read() as conn:
        for due in record.flow.due:  # type: ignore[attr-defined]
            found += [row["id"] for row in every(conn, due_listing(desk, record, due, until=until))]
    return found


def owed_report(desk: Desk) -> tuple[type, str, int]:
    return CheckIn, expect_member(desk, person=a_person(desk)), 30


def heard_opinion(desk: Desk) -> tuple[type, str, int]:
    return Opinion, an_opinion(desk), 15


def opinion_in_hand(desk: Desk) -> tuple[type, str, int]:
    key = an_opinion(desk)
    move(desk, Opinion, key, "study", verdict="采纳")
    move(desk, Opinion, key, "hand_over", handling_unit=an_organisation(desk))
    return Opinion, key, 60


def closed_opinion(desk: Desk) -> tuple[type, str, int]:
    key = an_opinion(desk)
    move(desk, Opinion, key, "settle_at_once", result="当场清走", closed_on=desk.today)
    return Opinion, key, 7


def project_under_way(desk: Desk) -> tuple[type, str, int]:
    key = records.add(desk, LivelihoodProject, name="改造下水道", year=2021, main_source="会议", ends_on="2021-12-24")
    move(desk, LivelihoodProject, key, "approve")
    return LivelihoodProject, key, 30


def open_run(desk: Desk) -> tuple[type, str, int]:
    return Inspection, an_inspection(desk), 1


def danger_found(desk: Desk) -> tuple[type, str, int]:
    return Danger, register_danger(desk, situation="楼道堆物", place=a_place(desk)), 3


def danger_noticed(desk: Desk) -> tuple[type, str, int]:
    key = register_danger(desk, situation="楼道堆物", place=a_place(desk))
    issue_notice(desk, key)
    return Danger, key, 15


CLOCKS = [owed_report, heard_opinion, opinion_in_hand, closed_opinion, project_under_way, open_run, danger_found, danger_noticed]


def test_every_declared_clock_is_tried_on_this_page() -> None:
    assert {record for record in RECORD_TYPES if record.flow and record.flow.due} == {
        CheckIn, Opinion, LivelihoodProject, Inspection, Danger,
    }  # fmt: skip


@pytest.mark.parametrize("begun", CLOCKS, ids=lambda begun: begun.__name__)
def test_a_clock_goes_from_quiet_to_soon_to_today_to_overdue(begun, desk: Desk) -> None:
    record, key, days = begun(desk)
    row = desk.get(record, key)
    last = due_day(desk, record, row["state"], dict(row))
    assert last is not None
    seen = {}
    desk.clock.day = last  # type: ignore[attr-defined]
    for back in (-8, -7, -1, 0, 1, 400):
        desk.clock.day = last  # type: ignore[attr-defined]
        moved(desk, back)
        seen[back] = due_counts(desk)
        lines = [line for line in due_work(desk) if line.record == key]
        assert [(line.due_on, line.days_left) for line in lines] == ([] if back == -8 else [(last, -back)])
        assert due_by_type(desk)[record.__tablename__] == seen[back]
        assert (key in listed(desk, record, desk.today)) is (back >= 0)
    assert seen == {
        -8: NOTHING, -7: DueCounts(0, 0, 1), -1: DueCounts(0, 0, 1), 0: DueCounts(0, 1, 0), 1: DueCounts(1, 0, 0), 400: DueCounts(1, 0, 0),
    }  # fmt: skip
    desk.clock.day = "2021-11-24"  # type: ignore[attr-defined]
    assert moved(desk, days) == last, "the day that the rule says"


@pytest.mark.parametrize("begun", CLOCKS, ids=lambda begun: begun.__name__)
def test_what_was_thrown_away_is_owed_no_more(begun, desk: Desk) -> None:
    record, key, days = begun(desk)
    moved(desk, days + 1)
    assert due_counts(desk).all == 1
    records.end(desk, record, key, because="登记错误")
    assert (due_counts(desk).all, due_work(desk), listed(desk, record, desk.today)) == (0, [], [])


def test_the_longest_overdue_comes_first_and_only_so_many(desk: Desk) -> None:
    keys = []
    for _ in range(5):
        keys.append(an_opinion(desk))
        moved(desk, 1)
    moved(desk, 60)
    assert [line.record for line in due_work(desk)] == keys
    assert [line.record for line in due_work(desk, limit=2)] == keys[:2]
    assert due_counts(desk).overdue == 5


def test_a_line_says_what_where_and_which_move_settles_it(desk: Desk) -> None:
    an_opinion(desk, "下水道堵塞", place=a_place(desk, "碧桂园"), topic="市政")
    moved(desk, 14)
    (line,) = due_work(desk)
    assert (line.kind, line.title, line.where) == ("opinion", "YJ-211124-0001 下水道堵塞", "碧桂园 · 市政")
    assert (line.todo, line.deed, line.days_left) == ("去研判", "study", 1)


def test_a_line_about_somebody_names_him(desk: Desk) -> None:
    expect_member(desk, person=a_person(desk, "单晓"))
    moved(desk, 31)
    (line,) = due_work(desk)
    assert (line.title, line.todo, line.deed) == ("在职党员 单晓", "去报到", "report")


def test_what_is_settled_leaves_due_work(desk: Desk) -> None:
    person = a_person(desk)
    expect_member(desk, person=person)
    moved(desk, 31)
    assert due_counts(desk).overdue == 1
    check_in_member(desk, person=person, reported_on=desk.today)
    assert due_counts(desk) == NOTHING


def test_another_number_of_days_moves_every_line(desk: Desk) -> None:
    expect_member(desk, person=a_person(desk))
    assert due_counts(desk) == NOTHING
    choose(desk, "checkin.report_days", "1")
    assert due_counts(desk) == DueCounts(0, 0, 1)


def test_no_clock_runs_on_what_has_no_flow_or_no_day(desk: Desk) -> None:
    assert due_day(desk, LivelihoodProject, "谋划", {}) is None
    assert due_day(desk, LivelihoodProject, "实施", {"ends_on": None}) is None
    key = records.add(desk, LivelihoodProject, name="没有期限", year=2021, main_source="会议")
    move(desk, LivelihoodProject, key, "approve")
    moved(desk, 1000)
    assert due_counts(desk) == NOTHING
