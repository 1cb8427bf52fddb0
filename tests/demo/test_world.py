"""The plan of the district adds up to the article, whatever the seed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.demo.words import SMALL_PREMISES
from desktop.demo.world import (
    BINHAI,
    DISTINCT,
    PEOPLE_APART,
    ROLE_TOTALS,
    SOURCES,
    XINLIN,
    apportion,
    expected,
    expected_of,
    plan,
)

SEEDS = (1, 7, 2021, 31337)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_sums_are_those_of_the_article(seed):
    found = expected(plan(seed))
    assert [found[key] for key in ("2", "3", "4", "5", "sum", "2-5")] == [1506, 336, 615, 2456, 4913, DISTINCT]
    assert [found[key] for key in ("6", "7", "7.overdue", "8")] == [6368, 6201, 38, 6416]
    assert [found[f"8.{source}"] for source in SOURCES] == [5871, 218, 197, 84, 46]


def test_the_distinct_total_stands_on_the_boards_picture():
    assert DISTINCT == 4702


def test_the_same_seed_gives_the_same_district():
    plan.cache_clear()
    first = plan(5)
    plan.cache_clear()
    assert plan(5) == first
    assert plan(6) != first


def test_there_are_99_communities_each_with_somebody_of_every_kind():
    communities = plan().communities
    assert len({one.code for one in communities}) == 99
    assert all(min(one.roles.values()) > 0 for one in communities)


def test_every_community_has_one_of_the_four_area_kinds():
    kinds = {one.area for one in plan().communities}
    assert kinds == {"城市功能核心区", "物业小区聚集区", "老旧小区聚集区", "城乡融合发展区"}


@pytest.mark.parametrize("seed", SEEDS)
def test_a_guest_is_a_member_elsewhere(seed):
    communities = plan(seed).communities
    for one in communities:
        for g in one.guests:
            assert g // PEOPLE_APART != one.index
            home = communities[g // PEOPLE_APART]
            assert home.roles["机关党员"] > sum("机关党员" in pair for pair in home.doubles)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_story_never_tells_more_than_the_community_has(seed):
    for one in plan(seed).communities:
        assert one.told.opinions <= one.opinions
        assert all(count <= one.projects[source] for source, count in one.told.projects.items())
        assert one.also_linked <= sum(one.projects.values()) - one.projects["意见建议"]


def test_the_district_counts_nobody_twice_that_its_communities_count_twice():
    communities = plan().communities
    by_community = sum(expected_of(one)["2-5"] for one in communities)
    assert by_community - expected(plan())["2-5"] == sum(len(one.guests) for one in communities)


@given(st.integers(0, 5000), st.lists(st.floats(0.1, 10), min_size=1, max_size=120), st.integers(0, 3))
def test_parts_add_up_to_the_whole(total, weights, least):
    total += least * len(weights)
    parts = apportion(total, weights, least)
    assert sum(parts) == total
    assert min(parts) >= least


def test_both_story_communities_lie_in_the_same_street():
    assert {plan().of(code).town for code in (BINHAI, XINLIN)} == {"凤山街道"}


def test_a_community_outside_the_seven_towns_is_not_in_the_district():
    with pytest.raises(KeyError):
        plan().of("441502004002")


def test_the_fire_checklist_has_18_items_in_4_sections():
    assert len(SMALL_PREMISES) == 18
    assert len({section for section, _text, _kind in SMALL_PREMISES}) == 4


def test_the_role_entries_add_up():
    assert sum(ROLE_TOTALS.values()) == 4913
