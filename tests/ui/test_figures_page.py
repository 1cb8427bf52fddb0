"""指标: every figure of a month or a year, what it is made of, and the rows behind it one key away."""

import pytest
from pytestqt.qtbot import QtBot

from desktop.office.desk import Desk
from desktop.office.figure_lines import LINES
from desktop.ui.figures import FiguresPage
from tests.builders import a_person, a_place, an_activity, an_opinion
from tests.ui.hands import Key, at_rest, click, click_row, press, shown


@pytest.fixture
def page(open_office, desk: Desk, qtbot: QtBot) -> FiguresPage:
    an_opinion(desk, "路灯不亮", heard_on="2021-11-04", place=a_place(desk, "滨海花园"))
    an_opinion(desk, "要加减速带", heard_on=desk.today)
    an_opinion(desk, "花坛", heard_on="2021-10-04")
    an_activity(desk, [a_person(desk, "陈嘉禾")], held_on=desk.today)
    page = open_office(desk, "figures").current_page()
    assert isinstance(page, FiguresPage)
    at_rest(qtbot, page)
    return page


def go_to(page: FiguresPage, key: str) -> None:
    page.list.go_to([one.key for one in LINES].index(key))


def number(page: FiguresPage, key: str, column: str = "value") -> str:
    return shown(page.list, column)[[one.key for one in LINES].index(key)]


def test_every_figure_stands_there_with_what_it_means(page: FiguresPage) -> None:
    assert shown(page.list, "label") == [one.label for one in LINES]
    assert shown(page.list, "definition") == [one.definition for one in LINES]
    assert (number(page, "6"), number(page, "6", "before"), number(page, "14")) == ("2", "1", "1")


@pytest.mark.parametrize("key", ["6", "14", "14.times", "7.overdue"])
def test_enter_opens_the_rows_that_were_counted(page: FiguresPage, key: str) -> None:
    counted = int(number(page, key))
    go_to(page, key)
    press(page, Key.Key_Return)
    table = page.window().current_page()
    assert table.view.rows.rowCount() == counted
    words = [chip.accessibleName() for chip in table.filter.chips.values()]
    label = next(one.label for one in LINES if one.key == key)
    assert len(words) == 1
    assert label in words[0]


def test_a_month_back_and_the_whole_year(page: FiguresPage, qtbot: QtBot) -> None:
    click(page.window(), "上月")
    at_rest(qtbot, page)
    assert number(page, "6") == "1"
    click(page.window(), "下月")
    click(page.window(), "下月")
    at_rest(qtbot, page)
    assert number(page, "6") == "2", "beyond today there is nothing to count"
    click(page.window(), "看全年")
    at_rest(qtbot, page)
    assert number(page, "6") == "3"
    click_row(page.list, [one.key for one in LINES].index("6"), "label")
    press(page, Key.Key_Return)
    assert page.window().current_page().view.rows.rowCount() == 3


def test_the_chosen_figure_says_what_it_is_made_of(page: FiguresPage) -> None:
    go_to(page, "6")
    assert page.by_area.text() == "按区域：未分类 2"
    assert page.by_campaign.text() == "按专项行动：其他 2"
    go_to(page, "2-5")
    assert "四类直接相加是 0" in page.definition.text()
    assert not page.by_campaign.isVisible()
