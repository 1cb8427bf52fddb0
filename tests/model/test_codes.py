"""The national tables and the list of communities: what a clerk may type, and what is stored and shown for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.model.codes import (
    DISTRICT,
    DISTRICT_NAME,
    EDUCATION,
    MARRIAGE,
    NATION,
    NATIONAL_TABLES,
    POLITICAL,
    SEX,
    CodeTable,
    communities,
    offices,
)
from desktop.model.errors import Refusal
from desktop.model.kinds.choices import OfficeCode
from tests.builders import TODAY

EVERY_TABLE = pytest.mark.parametrize("table", NATIONAL_TABLES, ids=lambda table: table.name)


@EVERY_TABLE
def test_every_code_and_every_word_finds_its_code(table: CodeTable):
    for code, word in table.codes.items():
        assert table.find(code) == code
        assert table.find(word) == code
        assert table.word(code) == word


@EVERY_TABLE
def test_every_former_name_leads_to_a_code_of_the_table_and_hides_no_word(table: CodeTable):
    assert set(table.former.values()) <= set(table.codes)
    assert not set(table.former) & {*table.codes, *table.codes.values()}


@EVERY_TABLE
def test_an_empty_cell_has_no_code(table: CodeTable):
    assert table.find("") is None
    assert table.find("  ") is None
    assert table.word(None) == ""


@EVERY_TABLE
def test_a_word_of_no_table_is_refused_and_named(table: CodeTable):
    with pytest.raises(Refusal, match=f"{table.name}里没有“火星”"):
        table.find("火星")


@pytest.mark.parametrize(
    ("table", "typed", "word"),
    [
        (NATION, "汉", "汉族"), (NATION, "汉族", "汉族"), (NATION, "1", "汉族"), (NATION, "1.0", "汉族"),
        (NATION, "０１", "汉族"),
        (NATION, "维吾尔", "维吾尔族"), (NATION, "毛难族", "毛南族"), (NATION, "崩龙", "德昂族"), (NATION, " 畲 族 ", "畲族"),
        (SEX, "男性", "男"), (SEX, "2", "女"), (SEX, "未知", "未知"),
        (POLITICAL, "党员", "中共党员"), (POLITICAL, "预备党员", "中共预备党员"), (POLITICAL, "13", "群众"),
        (EDUCATION, "本科", "大学本科教育"), (EDUCATION, "大专", "大学专科教育"), (EDUCATION, "中专", "中等专科毕业"),
        (MARRIAGE, "离异", "离婚"),
    ],
)  # fmt: skip
def test_what_people_write_is_shown_by_the_word_of_the_standard(table, typed, word):
    assert table.word(table.find(typed)) == word


def test_there_are_fifty_six_nationalities_and_two_other_codes():
    assert [code for code in NATION.codes if code <= "56"] == [f"{number:02}" for number in range(1, 57)]
    assert set(NATION.codes) - {f"{number:02}" for number in range(1, 57)} == {"97", "98"}
    assert len(set(NATION.codes.values())) == 58


@pytest.mark.parametrize(
    ("code", "word"), [("03", "回族"), ("22", "畲族"), ("30", "土族"), ("31", "达斡尔族"), ("44", "俄罗斯族"), ("56", "基诺族")]
)
def test_the_nationalities_stand_at_their_numbers(code, word):
    assert NATION.word(code) == word


@given(st.text(min_size=1, max_size=6))
def test_a_code_of_another_system_is_shown_as_it_came(code):
    assert NATION.word(code) == NATION.codes.get(code, code)


def test_the_scenario_lives_in_ninety_nine_of_the_127_communities():
    assert len(communities()) == 127
    lived_in = [community for community in communities() if community.in_scenario]
    assert len(lived_in) == 99
    assert len({community.town for community in lived_in}) == 7


def test_binhai_and_xinlin_lie_in_fengshan():
    by_code = {community.code: community for community in communities()}
    assert (by_code["441502003007"].short_name, by_code["441502003007"].town) == ("滨海社区", "凤山街道")
    assert (by_code["441502003011"].short_name, by_code["441502003011"].kind) == ("新林社区", "社区")


def test_every_code_is_of_its_town_and_its_district():
    assert DISTRICT_NAME == "城区"
    for community in communities():
        assert community.code.startswith(DISTRICT[:6])
        assert community.town_code == community.code[:9] + "000"
    assert len({community.code for community in communities()}) == 127


def test_an_office_is_shown_by_its_name_and_read_by_name_or_code() -> None:
    kind = OfficeCode()
    assert kind.show("441502003007") == "滨海社区"
    assert kind.parse("滨海社区", TODAY) == kind.parse("441502003007", TODAY) == "441502003007"
    assert kind.show("999999999999") == "999999999999", "an office of another district keeps its code"
    with pytest.raises(Refusal, match="不认识这个单位"):
        kind.parse("滨海街区", TODAY)


def test_no_two_offices_have_the_same_name() -> None:
    names = [name for name, _above in offices().values()]
    assert len(names) == len(set(names)) > 127
