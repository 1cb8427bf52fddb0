"""The star above a list, as a clerk uses it: conditions kept under a name, chosen again, renamed, dropped."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from desktop.model.organisation import Organisation
from desktop.model.person import Person
from desktop.model.roles import Role
from desktop.office import records
from desktop.office.desk import Desk
from desktop.office.savedfilters import keep_filter, saved_filters
from desktop.store.page import Filter, Listing
from desktop.ui.savedfilters import NameDialog
from desktop.ui.table import RecordTable
from tests.builders import a_person, an_organisation, seen_as
from tests.ui.hands import Key, answer_next_question, at_rest, button, choose_in_menu, click, commit_to, press, shown

WOMEN = Filter("sex", "is", ("2",))


@pytest.fixture
def table(open_office, desk: Desk, qtbot: QtBot) -> RecordTable:
    for name, sex in (("陈嘉禾", "2"), ("仇思远", "1"), ("刘龑", "2")):
        a_person(desk, name, sex=sex)
    page = open_office(desk, "table:person").current_page()
    assert isinstance(page, RecordTable)
    qtbot.waitUntil(page.view.hasFocus)
    return page


def says(name: str, tries: int = 100) -> None:
    """The next dialog that asks for a name gets this one and Enter."""

    def answer(left: int) -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, NameDialog) and dialog.name.hasFocus():
            dialog.name.selectAll()
            commit_to(name)
            press(dialog, Key.Key_Return)
        elif left:
            QTimer.singleShot(10, lambda: answer(left - 1))

    QTimer.singleShot(0, lambda: answer(tries))


def narrowed_to_women(table: RecordTable, qtbot: QtBot) -> None:
    click(table.filter.add)
    choose_in_menu(qtbot, "性别", "女")


def from_the_star(table: RecordTable, qtbot: QtBot, *words: str) -> None:
    click(table.filter.star)
    choose_in_menu(qtbot, *words)
    at_rest(qtbot, table)


def offered(table: RecordTable, qtbot: QtBot, ask: Callable[[], object]) -> list[tuple[str, bool]]:
    """The entries of the menu that `ask` opens, and whether they can be chosen."""
    ask()
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    found = [(entry.text(), entry.isEnabled()) for entry in menu.actions() if entry.text()]
    menu.close()
    return found


def test_conditions_are_kept_under_a_name_and_chosen_again(table: RecordTable, desk: Desk, qtbot: QtBot) -> None:
    narrowed_to_women(table, qtbot)
    says("女同志")
    from_the_star(table, qtbot, "存下现在的筛选…")
    click(table.filter.clear)
    assert len(shown(table.view, "name")) == 3
    from_the_star(table, qtbot, "女同志")
    assert sorted(shown(table.view, "name")) == sorted(["陈嘉禾", "刘龑"])
    assert [(chip.key, chip.value) for chip in table.filter.chips.values()] == [("性别", "女")]
    assert table.window().focusWidget() is table.view, "the arrows go on in the list"


def test_words_and_order_belong_to_what_is_kept(table: RecordTable, desk: Desk, qtbot: QtBot) -> None:
    keep_filter(desk, Listing(Person, text="liu", order="-name"), "刘")
    from_the_star(table, qtbot, "刘")
    assert shown(table.view, "name") == ["刘龑"]
    assert table.filter.search.value() == "liu"
    assert table.view.sorted_by == ("name", True)


def test_a_whole_list_is_nothing_to_keep(table: RecordTable, qtbot: QtBot) -> None:
    assert offered(table, qtbot, lambda: click(table.filter.star)) == [("还没有存过", False), ("存下现在的筛选…", False)]


def test_a_name_that_is_used_is_asked_about(table: RecordTable, desk: Desk, qtbot: QtBot) -> None:
    keep_filter(desk, Listing(Person, text="liu"), "常看")
    narrowed_to_women(table, qtbot)
    for yes, now in ((False, "liu"), (True, "")):
        says("常看")
        asked = answer_next_question(yes=yes)
        from_the_star(table, qtbot, "存下现在的筛选…")
        assert "换掉“常看”？" in asked[0]
        assert [one.text for one in saved_filters(desk, Person)] == [now]


def test_one_is_renamed_and_dropped_and_the_toast_takes_it_back(table: RecordTable, desk: Desk, qtbot: QtBot) -> None:
    keep_filter(desk, Listing(Person, (WOMEN,)), "女")
    says("女同志")
    from_the_star(table, qtbot, "改名", "女")
    assert [one.name for one in saved_filters(desk, Person)] == ["女同志"]
    from_the_star(table, qtbot, "去掉", "女同志")
    assert saved_filters(desk, Person) == []
    click(button(table.window(), "撤销"))
    at_rest(qtbot, table)
    assert [one.name for one in saved_filters(desk, Person)] == ["女同志"]


def test_a_condition_that_is_gone_is_left_out_and_said(table: RecordTable, desk: Desk, qtbot: QtBot) -> None:
    unit = an_organisation(desk)
    keep_filter(desk, Listing(Person, (WOMEN, Filter("employer", "is", (unit,)))), "老口径")
    records.erase(desk, Organisation, unit, reason="重复")
    from_the_star(table, qtbot, "老口径")
    assert len(shown(table.view, "name")) == 2
    assert "略去没筛：所在单位" in table.bar.text


def test_with_large_letters_they_stand_behind_the_dots(table: RecordTable, desk: Desk, look, qtbot: QtBot) -> None:
    keep_filter(desk, Listing(Person, (WOMEN,)), "女同志")
    look.set_size(18)
    assert not table.filter.star.isVisible()
    click(table.window().header.deeds, "更多")
    choose_in_menu(qtbot, "常用筛选")
    choose_in_menu(qtbot, "女同志")
    assert len(shown(table.view, "name")) == 2


def test_who_only_reads_keeps_nothing(open_office, desk: Desk, qtbot: QtBot) -> None:
    table = open_office(seen_as(desk, Role.READER), "table:person").current_page()
    a_person(desk)
    table.session.told()
    assert offered(table, qtbot, lambda: click(table.filter.star)) == [("还没有存过", False)]
