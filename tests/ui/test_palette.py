"""Ctrl+K: a few letters find people, things, papers and deeds; arrows choose, Enter goes there."""

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.model.roles import Role
from desktop.office.desk import Desk
from desktop.ui.pages import SPECIAL_PAGES
from desktop.ui.palette import Palette
from tests.builders import a_person, an_opinion, people, seen_as
from tests.ui.hands import CTRL, Asked, Key, press


@pytest.fixture
def window(open_office, desk: Desk):
    a_person(desk, "陈嘉禾", phone="13810216650")
    a_person(desk, "仇思远")
    an_opinion(desk, title="修下水道")
    return open_office(desk, "table:organisation", {**SPECIAL_PAGES, "print": Asked})


def opened(window, qtbot: QtBot) -> Palette:
    press(window, Key.Key_K, held=CTRL)
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), Palette))
    palette = QApplication.activePopupWidget()
    assert isinstance(palette, Palette)
    return palette


def found(palette: Palette) -> list[str]:
    return [palette.found.item(at).text() for at in range(palette.found.count())]


def ask(palette: Palette, typed: str, qtbot: QtBot) -> list[str]:
    qtbot.keyClicks(palette.search, typed)
    qtbot.waitUntil(lambda: not palette._timer.isActive())
    return found(palette)


def test_it_opens_with_the_places_one_may_go_to(window, qtbot: QtBot) -> None:
    palette = opened(window, qtbot)
    assert palette.found.isVisible()
    assert {"工作台", "人员", "新增人员"} <= set(found(palette))
    palette.close()


@pytest.mark.parametrize("typed", ["cjh", "chenjiahe", "6650"])
def test_a_person_is_found_by_initials_pinyin_or_the_tail_of_a_number(window, qtbot: QtBot, typed: str) -> None:
    palette = opened(window, qtbot)
    assert "陈嘉禾" in ask(palette, typed, qtbot)
    palette.close()


def test_who_is_called_so_stands_before_a_deed_that_could_be_read_so(window, desk: Desk, qtbot: QtBot) -> None:
    a_person(desk, "蔡东")
    palette = opened(window, qtbot)
    assert ask(palette, "cd", qtbot)[0] == "蔡东", "新增单位 is no ceng dan"
    palette.close()


def test_enter_goes_to_the_person(window, qtbot: QtBot) -> None:
    palette = opened(window, qtbot)
    ask(palette, "cjh", qtbot)
    qtbot.keyClick(palette.search, Key.Key_Return)
    page = window.current_page()
    assert window.current_key == "table:person"
    assert page.drawer.isVisible()
    assert page.drawer.accessibleName().startswith("陈嘉禾")


def test_the_list_beside_stands_on_whom_it_found_however_far_down(window, desk: Desk, qtbot: QtBot) -> None:
    people(desk, 230)
    last = a_person(desk, "邹祖佑")
    palette = opened(window, qtbot)
    ask(palette, "zzy", qtbot)
    qtbot.keyClick(palette.search, Key.Key_Return)
    page = window.current_page()
    assert page.view.current_id() == last
    assert page.view.currentIndex().row() > 200
    assert page.view.viewport().rect().intersects(page.view.visualRect(page.view.currentIndex()))
    page.beside(-1)
    assert page.drawer.row["id"] == page.view.current_id() != last, "Alt+↑ goes on from there"


def test_enter_does_not_wait_for_the_list_to_be_ready(window, qtbot: QtBot) -> None:
    palette = opened(window, qtbot)
    qtbot.keyClicks(palette.search, "qiusiyuan")
    qtbot.keyClick(palette.search, Key.Key_Return)
    assert window.current_page().drawer.accessibleName().startswith("仇思远")


def test_a_paper_is_found_by_its_initials(window, qtbot: QtBot) -> None:
    palette = opened(window, qtbot)
    assert ask(palette, "bdhz", qtbot)[0] == "报到回执"
    qtbot.keyClick(palette.search, Key.Key_Return)
    assert window.current_key == "print"
    assert window.current_page().arguments == {"paper": "slip"}


def test_arrows_choose_among_what_was_found(window, qtbot: QtBot) -> None:
    palette = opened(window, qtbot)
    names = ask(palette, "ry", qtbot)
    assert names[:2] == ["人员", "新增人员"]
    qtbot.keyClick(palette.search, Key.Key_Down)
    qtbot.keyClick(palette.search, Key.Key_Return)
    assert window.current_key == "form:person"


def test_an_opinion_opens_its_own_page(window, qtbot: QtBot) -> None:
    palette = opened(window, qtbot)
    ask(palette, "xxsd", qtbot)
    qtbot.keyClick(palette.search, Key.Key_Return)
    assert window.current_key == "record:opinion"


def test_escape_leaves_everything_as_it_was(window, qtbot: QtBot) -> None:
    palette = opened(window, qtbot)
    qtbot.keyClick(palette, Key.Key_Escape)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is None)
    assert window.current_key == "table:organisation"


def test_what_is_not_there_is_said(window, qtbot: QtBot) -> None:
    palette = opened(window, qtbot)
    assert ask(palette, "zzzzzz", qtbot) == ["没有找到：换个写法，或先登记"]
    qtbot.keyClick(palette.search, Key.Key_Return)
    assert palette.isVisible()
    palette.close()


def test_chinese_comes_through_the_input_method(window, qtbot: QtBot, commit) -> None:
    palette = opened(window, qtbot)
    commit(palette.search, "嘉禾")
    qtbot.waitUntil(lambda: not palette._timer.isActive())
    assert found(palette) == ["陈嘉禾"]
    palette.close()


def test_who_only_reads_is_offered_no_deed(open_office, desk: Desk, qtbot: QtBot) -> None:
    window = open_office(seen_as(desk, Role.READER), "table:person")
    palette = opened(window, qtbot)
    assert "人员" in found(palette)
    assert "新增人员" not in found(palette)
    palette.close()


@pytest.mark.parametrize(("typed", "deed", "page"), [("djyj", "登记意见", "form:opinion"), ("jfw", "记服务", "form:activity"),
                                                     ("ksjc", "开始检查", "form:inspection")])  # fmt: skip
def test_a_deed_of_the_workbench_is_found_by_its_initials(window, qtbot: QtBot, typed: str, deed: str, page: str) -> None:
    palette = opened(window, qtbot)
    assert ask(palette, typed, qtbot)[0] == deed
    qtbot.keyClick(palette.search, Key.Key_Return)
    assert window.current_key == page


def test_a_letter_that_slipped_still_finds_the_paper_beside(window, qtbot: QtBot) -> None:
    palette = opened(window, qtbot)
    assert ask(palette, "bdhz", qtbot)[:2] == ["报到回执", "报到花名册"]
    palette.close()


def test_a_deed_of_the_page_in_sight_is_found_and_done(window, qtbot: QtBot) -> None:
    palette = opened(window, qtbot)
    assert "回收站" in ask(palette, "hsz", qtbot)
    qtbot.keyClick(palette.search, Key.Key_Return)
    assert window.current_page().listing.ended
