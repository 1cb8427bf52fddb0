"""生僻字: 𬭊 is put into a name by keys alone, is taken back by Ctrl+Z, and stands first the next time."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from desktop.office import settings
from desktop.office.desk import Desk
from desktop.ui.kit.lines import LineEdit, LongEdit, PasswordEdit
from desktop.ui.kit.rarecharacters import RareCharacters, font_of, recent, remember
from desktop.ui.look import Look
from tests.ui.hands import ALT, CTRL, Key, choose_in_menu, click, press, write

RARE = "𬭊"


@pytest.fixture(autouse=True)
def nothing_used_yet(look: Look):
    remember("", None)
    yield
    remember("", None)


def picker(qtbot: QtBot) -> RareCharacters:
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), RareCharacters))
    opened = QApplication.activeModalWidget()
    assert isinstance(opened, RareCharacters)
    qtbot.waitUntil(lambda: opened.search.hasFocus())
    return opened


def ask_for(qtbot: QtBot, field: QWidget) -> RareCharacters:
    field.setFocus()
    press(field, Key.Key_R, held=CTRL | ALT)
    return picker(qtbot)


@pytest.fixture
def name(show) -> LineEdit:
    field = show(LineEdit(50), 400)
    field.setFocus()
    return field


def closed(qtbot: QtBot, opened: QDialog) -> None:
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)


@pytest.mark.parametrize("typed", ["2CB4A", "du4"])
def test_a_character_is_sought_by_keys_and_put_in_at_the_cursor(name: LineEdit, qtbot: QtBot, commit, typed: str) -> None:
    commit(name, "陈禾")
    press(name, Key.Key_Left)
    opened = ask_for(qtbot, name)
    write(opened, typed)
    qtbot.waitUntil(lambda: RARE in [opened.grid.item(at).text() for at in range(opened.grid.count())])
    press(opened, Key.Key_Down)
    while opened.grid.current() != RARE:
        press(opened.grid, Key.Key_Right)
    heard = []
    name.changed.connect(heard.append)
    press(opened.grid, Key.Key_Return)
    closed(qtbot, opened)
    assert name.text() == f"陈{RARE}禾"
    assert heard == [f"陈{RARE}禾"], "the form must know that its field was typed in"
    press(name, Key.Key_Z, held=CTRL)
    assert name.text() == "陈禾"


def test_enter_takes_what_its_parts_find_without_waiting_for_the_list(name: LineEdit, qtbot: QtBot, commit) -> None:
    opened = ask_for(qtbot, name)
    commit(opened.search, "钅杜")
    press(opened.search, Key.Key_Return)
    closed(qtbot, opened)
    assert name.value() == RARE


def test_radical_and_strokes_are_chosen_from_lists(name: LineEdit, qtbot: QtBot) -> None:
    opened = ask_for(qtbot, name)
    opened.radical.setFocus()
    for _step in range(167):
        press(opened.radical, Key.Key_Down)
    opened.rest.setFocus()
    write(opened, "7")
    qtbot.waitUntil(lambda: RARE in [opened.grid.item(at).text() for at in range(opened.grid.count())])
    assert opened.radical.currentText().startswith("金 钅")
    press(opened, Key.Key_Escape)
    closed(qtbot, opened)
    assert name.value() == ""


def test_it_is_shown_large_with_what_is_known_of_it_and_in_a_font_that_has_it(name: LineEdit, qtbot: QtBot, look: Look) -> None:
    opened = ask_for(qtbot, name)
    write(opened, "U+2CB4A")
    qtbot.waitUntil(lambda: opened.grid.current() == RARE)
    assert opened.large.text() == RARE
    font = font_of(RARE, look.families)
    assert opened.facts.text().split("\n") == ["U+2CB4A", "拼音 dù", "部首 金 + 7 画，共 12 画", "部件 钅 杜", f"字体 {font}"]
    assert font in look.families
    press(opened, Key.Key_Escape)
    closed(qtbot, opened)


def test_what_was_used_last_stands_first_and_enter_takes_it_again(name: LineEdit, qtbot: QtBot) -> None:
    for code in ("2CB4A", "3EED0"):
        opened = ask_for(qtbot, name)
        write(opened, code)
        press(opened, Key.Key_Return)
        if QApplication.activeModalWidget() is not None:
            press(opened, Key.Key_Escape)
        closed(qtbot, opened)
    assert recent().signs == [RARE], "what cannot be shown is not put in"
    opened = ask_for(qtbot, name)
    assert opened.words.text() == "最近用过的"
    press(opened, Key.Key_Return)
    closed(qtbot, opened)
    assert name.value() == RARE * 2


def test_a_text_of_many_lines_takes_it_and_undoes_it(show, qtbot: QtBot) -> None:
    text = show(LongEdit(200), 400)
    opened = ask_for(qtbot, text)
    write(opened, "2CB4A")
    press(opened, Key.Key_Return)
    closed(qtbot, opened)
    assert text.value() == RARE
    press(text, Key.Key_Z, held=CTRL)
    assert text.value() == ""


def test_the_right_button_offers_it_and_a_password_does_not(show, qtbot: QtBot) -> None:
    field = show(LineEdit(50), 400)
    at = QPoint(5, 5)
    QApplication.sendEvent(field, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, field.mapToGlobal(at)))
    choose_in_menu(qtbot, "生僻字…")
    opened = picker(qtbot)
    press(opened, Key.Key_Escape)
    closed(qtbot, opened)
    secret = show(PasswordEdit(), 400)
    secret.setFocus()
    press(secret, Key.Key_R, held=CTRL | ALT)
    assert QApplication.activeModalWidget() is None


def test_the_name_of_a_person_has_it_beside_its_label_and_the_office_remembers_it(open_office, desk: Desk, qtbot: QtBot) -> None:
    window = open_office(desk, "form:person")
    form = window.current_page()
    click(form.bindings["name"].field, "生僻字 Ctrl+Alt+R")
    opened = picker(qtbot)
    write(opened, "2CB4A")
    press(opened, Key.Key_Return)
    closed(qtbot, opened)
    assert form.values()[0]["name"] == RARE
    assert form.dirty()
    qtbot.waitUntil(lambda: any("𬭊" in str(one.values.get("signs")) for one in settings.drafts(desk)), timeout=10_000)
    remember("", None)
    open_office(desk, "table:person")
    assert recent().signs == [RARE], "the next morning it stands there still"
