"""Every number of the report against a world counted by hand: small_world.py."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.model.checkin import CheckIn
from desktop.model.contents import record_type
from desktop.model.errors import Refusal
from desktop.model.inspection import Danger
from desktop.model.opinion import Opinion
from desktop.model.place import Place
from desktop.office.desk import Desk
from desktop.office.figure_lines import LINES, Span, line
from desktop.office.figures import UNKNOWN_AREA, behind, count, front_line_sum, value
from desktop.store.page import Listing, every
from tests.builders import DISTRICT, HARBOUR, NEIGHBOUR, STREET, a_desk, a_place, heard
from tests.office.small_world import CAMPAIGN, CORE, OLD, build

NOVEMBER = ("2021-11-01", "2021-11-30")

# key: 滨海社区, 新林社区, the sub-district and the district
BY_HAND: dict[str, tuple[int, int, int]] = {
    "1": (2, 1, 3),  # 甲局, 乙局; not 待报到, 注销, reported in December, ended
    "1.new": (1, 1, 2),  # 甲局
    "1.owed": (3, 1, 4),  # and 丙局
    "2": (2, 1, 2),  # 一, 七; not 二 (member until the day before), 三 (never reported); 一 of both communities is one person
    "3": (1, 0, 1),  # 四; 五 served in October only
    "4": (2, 0, 2),  # 四, 六 (from the cut-off day on); not 九 (from the day after)
    "5": (1, 1, 2),  # 七; not 八, who was ended
    "2-5": (4, 2, 5),  # 一 四 六 七; 一 十
    "6": (4, 1, 5),  # the first, the 10th, the 30th, the declined one
    "6.merged": (1, 0, 1),
    "7": (2, 1, 3),  # 办结, 反馈; 销号
    "7.overdue": (1, 0, 1),  # due on the 29th; not the one that is due on the cut-off day itself
    "8": (3, 1, 4),
    "8.opinion": (1, 0, 1),  # two links, one project
    "8.none": (2, 1, 3),  # an ended link is none
    "8.意见建议": (1, 0, 1),
    "8.会议": (1, 0, 1),
    "8.检查": (1, 0, 1),
    "8.共建协议": (0, 0, 0),
    "8.上级交办": (0, 1, 1),
    "14": (2, 0, 2),
    "14.times": (3, 0, 3),
    "14.minutes": (3, 0, 3),  # 165 minutes
    "14.volunteer": (2, 0, 2),  # 135 minutes
    "25": (1, 0, 1),  # one shop inspected twice
    "25.found": (3, 0, 3),
    "25.fixed": (1, 0, 1),
    "25.major": (1, 0, 1),
    "25.overdue": (2, 0, 2),
}
PLACES = {HARBOUR: 0, NEIGHBOUR: 1, STREET: 2, DISTRICT: 2}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = a_desk(tmp_path_factory.mktemp("figures"), today="2021-12-02", community=DISTRICT, tier="区")
    build(desk)
    yield desk
    desk.books.ledger.close()


def november(scope: str) -> Span:
    return Span(scope, *NOVEMBER)


def test_every_line_of_the_report_is_counted_on_this_page() -> None:
    assert list(BY_HAND) == [one.key for one in LINES]


@pytest.mark.parametrize("scope", PLACES)
@pytest.mark.parametrize("key", BY_HAND)
def test_the_number_is_what_was_counted_by_hand(key: str, scope: str, desk: Desk) -> None:
    assert value(desk, key, november(scope)) == BY_HAND[key][PLACES[scope]]


@pytest.mark.parametrize("scope", PLACES)
def test_a_whole_report_says_the_same_numbers(scope: str, desk: Desk) -> None:
    figures = count(desk, november(scope))
    assert {figure.key: figure.value for figure in figures} == {key: by_hand[PLACES[scope]] for key, by_hand in BY_HAND.items()}
    assert all(figure.label and figure.unit and figure.definition for figure in figures)


@pytest.mark.parametrize("scope", ["441502004000", "441600000000", "441502003008"])
def test_nothing_is_counted_for_another_office(scope: str, desk: Desk) -> None:
    assert {figure.value for figure in count(desk, november(scope))} == {0}


def test_a_month_without_anything_is_a_row_of_noughts_except_what_stands(desk: Desk) -> None:
    early = count(desk, Span(HARBOUR, "2018-01-01", "2018-01-31"))
    assert {figure.value for figure in early} == {0, 1}
    assert {figure.key for figure in early if figure.value} == {"1.owed"}, "丙局 has no day at all"
    assert all(figure.rate is None for figure in early), "a share of nothing is no number"


def rows_behind(desk: Desk, key: str, span: Span) -> list[tuple[str, str]]:
    """What the list shows that opens when the number is pressed."""
    kind, chips = behind(key, span)
    with desk.books.read() as conn:
        return [(row["community"], row["id"]) for row in every(conn, Listing(record_type(kind), chips, community="*"))]


@pytest.mark.parametrize("key", [one.key for one in LINES if not one.summed])
def test_the_rows_that_open_behind_a_number_are_as_many(key: str, desk: Desk) -> None:
    for scope in (HARBOUR, NEIGHBOUR):
        rows = rows_behind(desk, key, november(scope))
        assert len(rows) == len(set(rows)) == value(desk, key, november(scope))
        assert {community for community, _id in rows} <= {scope}


def test_behind_hours_stand_the_services(desk: Desk) -> None:
    assert len(rows_behind(desk, "14.minutes", november(HARBOUR))) == 3
    assert len(rows_behind(desk, "14.volunteer", november(HARBOUR))) == 2


def test_what_happens_after_the_cut_off_day_changes_no_number_of_the_month(tmp_path: Path) -> None:
    """The month is printed in December: by then opinions were closed, a danger put right, a unit cancelled."""
    late = a_desk(tmp_path, today="2021-12-02", community=DISTRICT, tier="区")
    build(late)
    before = {one.key: one.value for one in count(late, november(HARBOUR))}
    with late.books.work(who="lin", deed="batch.merge", at="2021-12-20T09:00:00", community=HARBOUR) as work:
        for row in work.rows(Opinion):
            if row["state"] in ("登记", "办理中"):
                work.change(Opinion, row["id"], state="办结", closed_on="2021-12-20", state_on="2021-12-20")
        for row in work.rows(Danger, state="整改中"):
            work.change(Danger, row["id"], state="合格销号", fixed_on="2021-12-19", state_on="2021-12-20")
        for row in work.rows(CheckIn, state="已报到"):
            work.change(CheckIn, row["id"], state="注销", cancelled_because="搬离", state_on="2021-12-20")
    assert {one.key: one.value for one in count(late, november(HARBOUR))} == before
    december = {one.key: one.value for one in count(late, Span(HARBOUR, "2021-11-01", "2021-12-31"))}
    assert (december["2"], december["7.overdue"], december["25.fixed"]) == (0, 0, 3)
    late.books.ledger.close()


@pytest.mark.parametrize(
    ("key", "areas"),
    [
        ("2", {OLD: 2}),  # 一 in 老街; 七 in an estate that became an old one on the cut-off day
        ("4", {CORE: 2}),  # 四 in an estate without a kind, 六 without an estate: as the whole community
        ("6", {OLD: 1, CORE: 3}),
        ("14", {OLD: 1, CORE: 1}),
        ("14.times", {OLD: 2, CORE: 1}),
        ("14.minutes", {OLD: 2, CORE: 1}),  # 120 and 45 minutes
        ("25", {CORE: 1}),
        ("25.found", {CORE: 2, OLD: 1}),
        ("1", {CORE: 2}),
    ],
)
def test_a_number_parts_by_the_kind_of_area_on_the_cut_off_day(key: str, areas: dict[str, int], desk: Desk) -> None:
    (figure,) = count(desk, november(HARBOUR), (key,))
    assert {area: number for area, number in figure.by_area.items() if number} == areas
    assert list(figure.by_area)[:4] == ["城市功能核心区", "物业小区聚集区", "老旧小区聚集区", "城乡融合发展区"]


def test_a_community_without_a_kind_is_said_to_be_unclassified(desk: Desk) -> None:
    (figure,) = count(desk, november(DISTRICT), ("6",))
    assert figure.by_area[UNKNOWN_AREA] == 1
    assert sum(figure.by_area.values()) == figure.value


@pytest.mark.parametrize("scope", PLACES)
def test_the_parts_add_up(scope: str, desk: Desk) -> None:
    """By area and by campaign; people and hours aside, who may stand in two parts, or are rounded in each."""
    for figure in count(desk, november(scope)):
        if not line(figure.key).summed and figure.key != "25" and line(figure.key).kind != "person":
            assert sum(figure.by_area.values()) == figure.value, figure.key
            assert not figure.by_campaign or sum(figure.by_campaign.values()) == figure.value, figure.key


@pytest.mark.parametrize(
    ("key", "campaigns"),
    [
        ("3", {CAMPAIGN: 1}), ("6", {CAMPAIGN: 2, "其他": 2}), ("7", {CAMPAIGN: 1, "其他": 1}), ("8", {CAMPAIGN: 1, "其他": 2}),
        ("14", {CAMPAIGN: 1, "其他": 1}), ("14.times", {CAMPAIGN: 2, "其他": 1}), ("14.minutes", {CAMPAIGN: 2, "其他": 1}),
    ],
)  # fmt: skip
def test_a_number_parts_by_campaign(key: str, campaigns: dict[str, int], desk: Desk) -> None:
    (figure,) = count(desk, november(HARBOUR), (key,))
    assert figure.by_campaign == campaigns


def test_the_same_campaign_of_two_communities_is_one(desk: Desk) -> None:
    (figure,) = count(desk, november(DISTRICT), ("6",))
    assert figure.by_campaign == {CAMPAIGN: 3, "其他": 2}


def test_the_sources_of_the_projects_add_up_to_all_of_them(desk: Desk) -> None:
    figures = {figure.key: figure for figure in count(desk, november(DISTRICT))}
    by_source = [figures[f"8.{source}"] for source in ("意见建议", "会议", "检查", "共建协议", "上级交办")]
    assert sum(figure.value for figure in by_source) == figures["8"].value
    assert sum(figure.rate or 0 for figure in by_source) == pytest.approx(1)
    assert figures["8.opinion"].value + figures["8.none"].value == figures["8"].value


def test_a_share_is_of_the_number_it_names(desk: Desk) -> None:
    (figure,) = count(desk, november(HARBOUR), ("7",), parts=False)
    assert (figure.rate, figure.by_area, figure.by_campaign) == (0.5, {}, {})


def test_the_four_kinds_added_up_stand_beside_the_people(desk: Desk) -> None:
    figures = count(desk, november(HARBOUR), parts=False)
    assert front_line_sum(figures) == 6
    assert next(figure.value for figure in figures if figure.key == "2-5") == 4


def test_a_figure_that_nobody_defined_is_a_bug(desk: Desk) -> None:
    with pytest.raises(KeyError):
        value(desk, "99", november(HARBOUR))


def test_a_place_is_of_one_kind_at_a_time(desk: Desk) -> None:
    """Else it would be counted under two."""
    with pytest.raises(Refusal, match="同一时间只能有一个"):
        a_place(desk, "两样苑", area_kinds=f"{CORE} 2020-01-01~2021-11-30\n{OLD} 2021-11-30~")
    a_place(desk, "先后苑", area_kinds=f"{CORE} 2020-01-01~2021-11-29\n{OLD} 2021-11-30~")
    assert Place.fields()["area_kinds"].kind.exclusive  # type: ignore[attr-defined]


def test_a_report_costs_a_bounded_number_of_questions(desk: Desk) -> None:
    with desk.books.read() as conn, heard(conn.engine) as said:
        count(desk, november(DISTRICT))
    assert len(LINES) <= len(said) <= 3 * len(LINES) + 2
