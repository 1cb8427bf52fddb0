"""成批修改 from the ticks of the list to the toast that takes it back, by keys and clicks."""

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.model.person import Person
from desktop.model.roles import Role
from desktop.office import records
from desktop.office.desk import Desk
from desktop.ui.bulk import BulkPage
from tests.builders import a_person, seen_as
from tests.ui.hands import CTRL, Key, at_rest, button, click, has_button, press, shown, write

NAMES = ("甲甲", "乙乙", "丙丙")


@pytest.fixture
def keys(desk: Desk) -> dict[str, str]:
    return {name: a_person(desk, name, post=post) for name, post in zip(NAMES, ("科员", None, "科长"), strict=True)}


@pytest.fixture
def window(open_office, desk: Desk, keys: dict[str, str], qtbot: QtBot):
    window = open_office(desk, "table:person")
    qtbot.waitUntil(window.current_page().view.hasFocus)
    return window


def tick_all(window) -> BulkPage:
    press(window, Key.Key_A, held=CTRL)
    click(window.current_page().selection, "成批修改")
    page = window.current_page()
    assert isinstance(page, BulkPage)
    return page


def choose(qtbot: QtBot, page: BulkPage, key: str) -> None:
    """The field, by the arrows."""
    press(page, Key.Key_Home)
    while page.field.value() != key:
        press(page, Key.Key_Down)
    press(page, Key.Key_Return)
    press(page, Key.Key_Return)
    QApplication.processEvents()


def listed(qtbot: QtBot, page: BulkPage) -> None:
    qtbot.waitUntil(lambda: bool(page.planned) and not page.reads.is_busy, timeout=10_000)


def posts(desk: Desk, keys: dict[str, str]) -> list[str | None]:
    return [desk.get(Person, key)["post"] for key in keys.values()]


def test_a_field_of_all_ticked_rows_is_changed_and_taken_back_with_the_toast(window, desk: Desk, keys, qtbot: QtBot, commit) -> None:
    page = tick_all(window)
    assert page.subtitle() == "勾选的 3 人"
    choose(qtbot, page, "post")
    commit(QApplication.focusWidget(), "科长")
    listed(qtbot, page)
    assert sorted(zip(shown(page.list, "title"), shown(page.list, "before"), shown(page.list, "after"), strict=True)) == sorted(
        [("甲甲", "科员", "科长"), ("乙乙", "—", "科长"), ("丙丙", "科长", "")]
    )
    assert posts(desk, keys) == ["科员", None, "科长"], "a list is no deed"
    press(page, Key.Key_Return, held=CTRL)
    qtbot.waitUntil(lambda: posts(desk, keys) == ["科长"] * 3, timeout=10_000)
    qtbot.waitUntil(lambda: window.current_key == "table:person")
    click(window, "撤销")
    qtbot.waitUntil(lambda: posts(desk, keys) == ["科员", None, "科长"], timeout=10_000)
    at_rest(qtbot, window.current_page())


def test_who_was_changed_since_is_kept_and_named(window, desk: Desk, keys, qtbot: QtBot, commit) -> None:
    page = tick_all(window)
    choose(qtbot, page, "post")
    commit(QApplication.focusWidget(), "科长")
    listed(qtbot, page)
    click(window, "修改 2 人")
    qtbot.waitUntil(lambda: window.current_key == "table:person", timeout=10_000)
    records.correct(desk, Person, keys["甲甲"], education="21")
    click(window, "撤销")
    qtbot.waitUntil(lambda: "留着：甲甲" in window.current_page().bar.text, timeout=10_000)
    assert posts(desk, keys) == ["科长", None, "科长"]


def test_who_cannot_be_changed_stands_first_with_the_reason(open_office, desk: Desk, keys, qtbot: QtBot, commit) -> None:
    records.end(desk, Person, keys["丙丙"], because="重复")
    window = open_office(desk, "table:person")
    window.go("bulk:person", ids=tuple(keys.values()))
    page = window.current_page()
    choose(qtbot, page, "post")
    commit(QApplication.focusWidget(), "主任")
    listed(qtbot, page)
    assert shown(page.list, "title")[0] == "丙丙"
    assert shown(page.list, "after") == ["已在回收站", "主任", "主任"]
    assert page.status() == ["修改 2", "相同 0", "不改 1"]


def test_a_value_that_cannot_be_read_says_so_and_changes_nothing(window, desk: Desk, keys, qtbot: QtBot) -> None:
    page = tick_all(window)
    choose(qtbot, page, "joined_on")
    write(page, "abc")
    press(page, Key.Key_Tab)
    assert page.bound.field.tone == "err"
    assert not button(window, "修改 0 人").isEnabled()
    press(page, Key.Key_Return, held=CTRL)
    assert {desk.get(Person, key)["joined_on"] for key in keys.values()} == {None}


def test_a_field_is_emptied_only_when_that_is_chosen(window, desk: Desk, keys, qtbot: QtBot) -> None:
    page = tick_all(window)
    choose(qtbot, page, "post")
    assert page.planned == [], "an empty field is not yet an order to empty it"
    page.how.setFocus()
    press(page, Key.Key_End)
    listed(qtbot, page)
    assert not page.bound.field.isVisible()
    press(page, Key.Key_Return, held=CTRL)
    qtbot.waitUntil(lambda: posts(desk, keys) == [None] * 3, timeout=10_000)


def test_a_category_is_added_to_what_each_has(window, desk: Desk, keys, qtbot: QtBot) -> None:
    page = tick_all(window)
    choose(qtbot, page, "roles")
    click(page.bound.field.editor.boxes["志愿者"])
    listed(qtbot, page)
    assert set(shown(page.list, "after")) == {"机关党员、志愿者"}
    press(page, Key.Key_Return, held=CTRL)
    qtbot.waitUntil(lambda: all("志愿者" in desk.get(Person, key)["roles"] for key in keys.values()), timeout=10_000)


def test_a_category_is_one_press_from_the_ticked_rows(window, desk: Desk, keys, qtbot: QtBot) -> None:
    press(window, Key.Key_A, held=CTRL)
    click(window.current_page().selection, "加类别")
    page = window.current_page()
    assert isinstance(page, BulkPage)
    assert (page.field.value(), page.how.currentText()) == ("roles", "加上")
    assert page.bound is not None
    qtbot.waitUntil(lambda: page.bound.field.isAncestorOf(QApplication.focusWidget() or page))


def test_who_only_reads_is_not_offered_it(open_office, desk: Desk, keys, qtbot: QtBot) -> None:
    window = open_office(seen_as(desk, Role.READER), "table:person")
    qtbot.waitUntil(window.current_page().view.hasFocus)
    press(window, Key.Key_A, held=CTRL)
    assert not has_button(window.current_page().selection, "成批修改")


def test_with_large_letters_the_reason_stays_in_sight(open_office, desk: Desk, keys, qtbot: QtBot, look, commit) -> None:
    records.end(desk, Person, keys["丙丙"], because="重复")
    window = open_office(desk, "table:person")
    look.set_size(18)
    window.go("bulk:person", ids=tuple(keys.values()))
    page = window.current_page()
    choose(qtbot, page, "post")
    commit(QApplication.focusWidget(), "主任")
    listed(qtbot, page)
    window.resize(1366, 698)
    qtbot.wait(50)
    assert (window.width(), window.height()) == (1366, 698)
    columns = [column.key for column in page.list.rows.shown_columns]
    assert not page.list.isColumnHidden(columns.index("after") + 1)
