"""Fields as a clerk uses them: typing, choosing, leaving; nothing typed is ever lost."""

import pytest
from PySide6.QtCore import QDate, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.model.errors import Refusal
from desktop.ui.kit.choices import Choice, MultiCheck
from desktop.ui.kit.dates import DateEdit
from desktop.ui.kit.fields import LabelledField
from desktop.ui.kit.lines import CodePoints, LineEdit, LongEdit, PasswordEdit
from desktop.ui.kit.picker import ReferencePicker

PEOPLE = [("p1", "陈嘉禾", "女 1990"), ("p2", "陈嘉和", "男 1985"), ("p3", "刘龚", "男 1979")]


def parse(text: str) -> str:
    digits = text.replace(".", "").replace("-", "")
    if len(digits) != 8 or not digits.isdigit():
        raise Refusal("这不是一个日期", todo="写成 2021-11-24")
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"


def shown(day: str) -> str:
    return day


@pytest.fixture
def people(show) -> tuple[QWidget, ReferencePicker, LineEdit]:
    window, picker, other = QWidget(), ReferencePicker(lambda text: [p for p in PEOPLE if text in p[1]]), LineEdit()
    column = QVBoxLayout(window)
    column.addWidget(picker)
    column.addWidget(other)
    column.addStretch(1)
    show(window, 400, 500)
    picker.setFocus()
    return window, picker, other


def test_a_list_closes_when_its_field_moves_away_under_it(people, qtbot: QtBot) -> None:
    window, picker, _other = people
    held = QWidget()
    column = QVBoxLayout(held)
    column.addWidget(picker)
    window.layout().insertWidget(0, held)
    picker.setFocus()
    picker.look_up()
    assert picker.found is not None
    bar = QWidget()
    bar.setFixedHeight(38)
    window.layout().insertWidget(0, bar)
    qtbot.waitUntil(lambda: picker.found is None)
    assert not picker.property("wantsEnter"), "Enter goes on to the next field"


def test_a_rare_character_counts_as_one() -> None:
    assert CodePoints(3).validate("𬭊𪻐王", 0)[0] == CodePoints.State.Acceptable
    assert CodePoints(2).validate("𬭊𪻐王", 0)[0] == CodePoints.State.Intermediate


def test_a_pasted_text_that_is_too_long_stays_and_is_called_too_long(show, qtbot: QtBot) -> None:
    field = show(LabelledField("姓名", LineEdit(5)))
    QApplication.clipboard().setText("一二三四五六七")
    qtbot.keyClick(field.editor, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert field.value() == "一二三四五六七"
    assert "最多 5 字，现在 7 字" in field.word
    assert field.tone == "err"
    qtbot.keyClick(field.editor, Qt.Key.Key_Backspace)
    qtbot.keyClick(field.editor, Qt.Key.Key_Backspace)
    assert field.tone == ""


def test_what_the_program_sets_is_not_a_change_of_the_user(show, qtbot: QtBot) -> None:
    told: list[object] = []
    for editor, value in ((LineEdit(), "陈"), (LongEdit(), "陈"), (Choice([("1", "男")]), "1"), (MultiCheck([("a", "甲")]), ["a"])):
        field = show(LabelledField("x", editor))
        field.changed.connect(lambda: told.append(1))
        field.set_value(value)
        assert field.value() == value
    assert told == []


def test_a_required_field_left_empty_says_so_below_itself(show, qtbot: QtBot) -> None:
    field = show(LabelledField("姓名", LineEdit(), required=True, hint="照身份证"))
    assert field.word == "照身份证"
    assert field.check() == "还没填"
    assert field.editor.property("tone") == "err"
    assert field.editor.accessibleName() == "姓名 必填"
    assert field.editor.accessibleDescription() == "还没填"
    qtbot.keyClicks(field.editor, "chen")
    assert field.check() == ""
    assert field.word == "照身份证"


def test_a_field_to_be_read_only_takes_no_letters(show, qtbot: QtBot) -> None:
    field = show(LabelledField("网格", LineEdit()))
    field.set_value("第 3 网格")
    field.set_still(True)
    qtbot.keyClicks(field.editor, "x")
    assert field.value() == "第 3 网格"
    assert field.editor.property("still") is True


def test_tab_leaves_a_long_text(show, qtbot: QtBot) -> None:
    window, text, after = QWidget(), LongEdit(10), LineEdit()
    column = QVBoxLayout(window)
    column.addWidget(text)
    column.addWidget(after)
    show(window)
    text.setFocus()
    qtbot.keyClicks(text, "a")
    qtbot.keyClick(text, Qt.Key.Key_Tab)
    assert text.value() == "a"
    assert after.hasFocus()


def test_a_day_typed_without_dashes_is_read_when_the_field_is_left(show, qtbot: QtBot) -> None:
    edit = show(DateEdit(parse, shown))
    told: list[str] = []
    edit.changed.connect(told.append)
    edit.setFocus()
    qtbot.keyClicks(edit, "19900307")
    assert told == []
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert edit.text() == "1990-03-07"
    assert edit.value() == "1990-03-07"
    assert told == ["1990-03-07"]


def test_a_day_that_is_none_stays_as_typed_and_is_explained(show, qtbot: QtBot, commit) -> None:
    field = show(LabelledField("出生日期", DateEdit(parse, shown)))
    field.editor.setFocus()
    commit(field.editor, "3月7")
    qtbot.keyClick(field.editor, Qt.Key.Key_Return)
    assert field.editor.text() == "3月7"
    assert "这不是一个日期" in field.word
    assert field.value() == "3月7", "the deed gets what was typed and can refuse it"
    field.editor.selectAll()
    qtbot.keyClicks(field.editor, "1990.03.07")
    qtbot.keyClick(field.editor, Qt.Key.Key_Return)
    assert (field.value(), field.tone) == ("1990-03-07", "")


def test_alt_down_opens_the_month_of_today_and_enter_takes_a_day(show, qtbot: QtBot) -> None:
    edit = show(DateEdit(parse, shown, today="2021-11-24"))
    popup = edit.open_calendar()
    assert popup.calendar.selectedDate() == QDate(2021, 11, 24)
    view = popup.calendar.focusProxy() or popup.calendar
    qtbot.keyClick(view, Qt.Key.Key_Left)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert edit.value() == "2021-11-23"


@pytest.mark.parametrize("day", ["", "2014", "2014-06", "2014-06-01"])
def test_the_calendar_opens_for_a_day_of_any_precision(show, day: str) -> None:
    edit = show(DateEdit(parse, shown, today="2021-11-24"))
    edit.set_value(day)
    popup = edit.open_calendar()
    assert popup.calendar.selectedDate().isValid()
    popup.close()
    assert edit.value() == day


def test_typing_a_part_of_a_name_finds_and_enter_takes_the_second(people, qtbot: QtBot, commit) -> None:
    _window, picker, _other = people
    told: list[str] = []
    picker.changed.connect(told.append)
    commit(picker, "陈")
    qtbot.waitUntil(lambda: picker.found is not None)
    assert picker.found.count() == 2
    qtbot.keyClick(picker, Qt.Key.Key_Down)
    qtbot.keyClick(picker, Qt.Key.Key_Return)
    assert (picker.value(), picker.text()) == ("p2", "陈嘉和")
    assert told == ["p2"]
    assert picker.found is None


def test_escape_puts_the_list_away_and_keeps_the_words(people, qtbot: QtBot, commit) -> None:
    _window, picker, _other = people
    commit(picker, "陈")
    qtbot.waitUntil(lambda: picker.found is not None)
    qtbot.keyClick(picker, Qt.Key.Key_Escape)
    assert picker.found is None
    assert picker.text() == "陈"


def test_words_that_name_nobody_are_said_when_the_field_is_left(people, qtbot: QtBot, commit) -> None:
    _window, picker, other = people
    why: list[str] = []
    picker.mistaken.connect(why.append)
    commit(picker, "赵")
    qtbot.waitUntil(lambda: picker.found is not None)
    assert picker.found.item(0).text() == "没有找到：换个写法，或先登记"
    qtbot.keyClick(picker, Qt.Key.Key_Return)
    other.setFocus()
    assert picker.value() == ""
    assert picker.text() == "赵"
    assert "请从列表里选一个" in why[-1]


def test_changing_a_letter_of_the_chosen_one_unchooses(people, qtbot: QtBot) -> None:
    _window, picker, _other = people
    picker.set_value("p1", "陈嘉禾")
    picker.end(False)
    qtbot.keyClick(picker, Qt.Key.Key_Backspace)
    assert picker.value() == ""


def test_a_click_in_the_list_takes_that_one(people, qtbot: QtBot) -> None:
    _window, picker, _other = people
    qtbot.keyClick(picker, Qt.Key.Key_Down)
    row = picker.found.visualItemRect(picker.found.item(2)).center()
    qtbot.mouseClick(picker.found.viewport(), Qt.MouseButton.LeftButton, pos=row)
    assert picker.value() == "p3"


def test_the_eye_shows_the_password_and_hides_it_again(show, qtbot: QtBot, commit) -> None:
    edit = show(PasswordEdit(), 300, 40)
    commit(edit, " 口令 ")
    qtbot.mouseClick(edit.eye, Qt.MouseButton.LeftButton)
    assert edit.echoMode() == QLineEdit.EchoMode.Normal
    assert edit.eye.accessibleName() == "隐藏口令"
    qtbot.mouseClick(edit.eye, Qt.MouseButton.LeftButton)
    assert edit.echoMode() == QLineEdit.EchoMode.Password
    assert edit.value() == " 口令 ", "blanks belong to a password"


def test_locked_capitals_are_said_under_the_password(show, qtbot: QtBot) -> None:
    field = show(LabelledField("口令", PasswordEdit()), 300, 80)
    qtbot.keyClicks(field.editor, "a")
    assert field.word == ""
    qtbot.keyClick(field.editor, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier)
    capital = QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "A")
    QApplication.sendEvent(field.editor, capital)
    assert "大写锁定开着" in field.word
    assert field.tone == "warn"
    qtbot.keyClicks(field.editor, "b")
    assert field.word == ""


def test_scrolling_over_a_list_does_not_change_what_it_says(show, qtbot: QtBot) -> None:
    choice = show(Choice([("1", "男"), ("2", "女")]))
    choice.set_value("1")
    choice.setFocus()
    at, none = QPointF(5, 5), QPoint()
    nothing, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
    wheel = QWheelEvent(at, at, none, QPoint(0, -120), nothing, Qt.KeyboardModifier.NoModifier, phase, False)
    QApplication.sendEvent(choice, wheel)
    assert choice.value() == "1"


def test_a_choice_by_the_keyboard_is_told(show, qtbot: QtBot) -> None:
    choice = show(Choice([("1", "男"), ("2", "女")]))
    told: list[str] = []
    choice.changed.connect(told.append)
    choice.setFocus()
    qtbot.keyClick(choice, Qt.Key.Key_Down)
    assert told == ["1"]


def test_a_code_that_left_the_list_is_still_shown(show) -> None:
    choice = show(Choice([("1", "男")]))
    choice.set_value("9")
    assert choice.value() == "9"
    assert choice.currentText() == "9"


def test_rarer_ticks_wait_behind_more_unless_one_is_ticked(show, qtbot: QtBot) -> None:
    check = show(MultiCheck([("a", "机关党员"), ("b", "镇街"), ("c", "志愿者")], first=2), 400, 80)
    told: list[list[str]] = []
    check.changed.connect(told.append)
    assert not check.boxes["c"].isVisible()
    qtbot.mouseClick(check.boxes["a"], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(check.more, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(check.boxes["c"], Qt.MouseButton.LeftButton)
    assert told == [["a"], ["a", "c"]]
    other = show(MultiCheck([("a", "机关党员"), ("c", "志愿者")], first=1))
    other.set_value(["c"])
    assert other.boxes["c"].isVisible()
