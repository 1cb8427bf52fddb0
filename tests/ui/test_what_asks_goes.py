"""Questions and menus open and go all day: once they are answered nothing of them is left, and nothing falls with them."""

import gc
from collections.abc import Callable

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from desktop.model.person import Person
from desktop.office.desk import Desk
from desktop.office.savedfilters import keep_filter
from desktop.store.page import Filter, Listing
from desktop.ui.kit.cards import ask
from desktop.ui.kit.picker import ReferencePicker
from desktop.ui.office import OfficeWindow
from desktop.ui.table import RecordTable
from tests.builders import a_person, an_organisation
from tests.ui.hands import Key, answer_next_question, choose_in_menu, click, shown


@pytest.fixture
def window(open_office: Callable[..., OfficeWindow], desk: Desk, qtbot: QtBot) -> OfficeWindow:
    for name in ("陈嘉禾", "仇思远"):
        a_person(desk, name)
    an_organisation(desk)
    keep_filter(desk, Listing(Person, filters=(Filter("sex", "is", ("2",)),)), "女同志")
    return open_office(desk, "table:person")


def left_of(window: OfficeWindow, kind: type[QWidget]) -> list[QWidget]:
    """What of this kind still hangs on the window, a moment after."""
    return [one for one in window.findChildren(kind) if not one.isVisible()]


def dead_entries() -> int:
    """Entries of menus that Qt has let go and Python has not."""
    gc.collect()
    return sum(isinstance(one, QAction) and not isValid(one) for one in gc.get_objects())


def with_the_next_dialog(do: Callable[[QDialog], None], tries: int = 200) -> None:
    """A hand on the next dialog that opens."""

    def reach(left: int) -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QDialog) and dialog.isVisible():
            do(dialog)
        elif left:
            QTimer.singleShot(10, lambda: reach(left - 1))

    QTimer.singleShot(0, lambda: reach(tries))


def test_a_condition_on_another_record_is_given_up_while_its_list_is_open(window: OfficeWindow, qtbot: QtBot) -> None:
    page = window.current_page()
    assert isinstance(page, RecordTable)

    opened: list[bool] = []

    def look_and_give_up(dialog: QDialog) -> None:
        picker = dialog.findChild(ReferencePicker)
        assert picker is not None
        click(picker, "打开列表")
        opened.append(picker.found is not None)
        click(dialog, "取消")

    for _nth in range(3):
        with_the_next_dialog(look_and_give_up)
        click(page.filter.add)
        choose_in_menu(qtbot, "所在单位…")
        qtbot.wait(20)  # the list and the dialog go; the program used to go with them
    assert opened == [True, True, True]
    assert len(shown(page.view, "name")) == 2
    assert not left_of(window, QDialog)


def test_an_answered_question_is_gone(window: OfficeWindow, qtbot: QtBot) -> None:
    for yes in (True, False):
        answer_next_question(yes=yes)
        assert ask(window, "离开吗？", "没保存的留作草稿。", "离开") is yes
    qtbot.waitUntil(lambda: not left_of(window, QDialog))


@pytest.mark.parametrize("button", ["add", "star"])
def test_a_menu_goes_with_the_menus_in_it(window: OfficeWindow, qtbot: QtBot, button: str) -> None:
    page = window.current_page()
    assert isinstance(page, RecordTable)
    before, dead = len(window.findChildren(QMenu)), dead_entries()
    for _nth in range(3):
        click(getattr(page.filter, button))
        qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
        QTest.keyClick(QApplication.activePopupWidget(), Key.Key_Escape)
        qtbot.waitUntil(lambda: QApplication.activePopupWidget() is None)
    qtbot.waitUntil(lambda: len(window.findChildren(QMenu)) <= before)
    assert dead_entries() <= dead, "Python holds the entries of menus that are gone"
