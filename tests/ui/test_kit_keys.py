"""A form without the mouse: Enter walks as on the paper form, and never takes a key that belongs to somebody else."""

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.keys import EnterMoves, bind, digit_keys
from desktop.ui.kit.cards import Scrolled
from desktop.ui.kit.choices import Choice, MultiCheck
from desktop.ui.kit.fields import LabelledField
from desktop.ui.kit.lines import LineEdit, LongEdit
from desktop.ui.kit.picker import ReferencePicker


class Form:
    """Name, sex, unit, kinds, remarks, phone: on the screen in one order, on paper in another."""

    def __init__(self) -> None:
        self.window, self.saved = QWidget(), []
        self.name, self.phone = LineEdit(), LineEdit()
        self.sex, self.remarks = Choice([("1", "男")]), LongEdit()
        self.unit = ReferencePicker(lambda _text: [("u1", "区自然资源局", "")])
        self.kinds = MultiCheck([("a", "机关党员"), ("b", "镇街")])
        column = QVBoxLayout(self.window)
        self.fields = [LabelledField("x", each) for each in (self.phone, self.name, self.sex, self.unit, self.kinds, self.remarks)]
        for field in self.fields:
            column.addWidget(field)
        phone, *others = self.fields
        self.moves = EnterMoves(self.window, [*others, phone])
        self.moves.save.connect(lambda: self.saved.append("save"))
        self.moves.save_and_new.connect(lambda: self.saved.append("new"))


@pytest.fixture
def form(show) -> Form:
    made = Form()
    show(made.window, 500, 600)
    made.name.setFocus()
    return made


def test_enter_goes_in_the_order_of_the_paper_form(form: Form, qtbot: QtBot) -> None:
    for key, arrives in (
        (Qt.Key.Key_Return, form.sex),
        (Qt.Key.Key_Enter, form.unit),
        (Qt.Key.Key_Return, form.kinds.boxes["a"]),
        (Qt.Key.Key_Return, form.remarks),
    ):
        qtbot.keyClick(QApplication.focusWidget(), key)
        assert QApplication.focusWidget() is arrives
    assert form.saved == []


def test_the_enter_of_the_number_block_counts_too(form: Form, qtbot: QtBot) -> None:
    qtbot.keyClick(form.name, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert form.sex.hasFocus()


def test_shift_enter_goes_back(form: Form, qtbot: QtBot) -> None:
    form.sex.setFocus()
    qtbot.keyClick(form.sex, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert form.name.hasFocus()
    qtbot.keyClick(form.name, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert form.name.hasFocus(), "before the first field there is nothing"
    assert form.saved == []


def test_enter_in_the_last_field_saves(form: Form, qtbot: QtBot) -> None:
    form.phone.setFocus()
    qtbot.keyClick(form.phone, Qt.Key.Key_Return)
    assert form.saved == ["save"]


def test_ctrl_enter_saves_from_anywhere_and_with_shift_begins_another(form: Form, qtbot: QtBot) -> None:
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(form.name, Qt.Key.Key_Return, control)
    form.remarks.setFocus()
    qtbot.keyClick(form.remarks, Qt.Key.Key_Return, control)
    qtbot.keyClick(form.remarks, Qt.Key.Key_Return, control | shift)
    assert form.saved == ["save", "save", "new"]
    assert form.remarks.value() == ""


def test_enter_in_a_long_text_is_a_new_line(form: Form, qtbot: QtBot) -> None:
    form.remarks.setFocus()
    qtbot.keyClicks(form.remarks, "a")
    qtbot.keyClick(form.remarks, Qt.Key.Key_Return)
    qtbot.keyClicks(form.remarks, "b")
    assert form.remarks.value() == "a\nb"
    assert form.remarks.hasFocus()


def test_enter_belongs_to_the_input_method_while_it_composes(form: Form, qtbot: QtBot, commit) -> None:
    QApplication.sendEvent(form.name, QInputMethodEvent("chenjiahe", []))
    qtbot.keyClick(form.name, Qt.Key.Key_Return)
    assert form.name.hasFocus()
    commit(form.name, "陈嘉禾")
    qtbot.keyClick(form.name, Qt.Key.Key_Return)
    assert form.sex.hasFocus()
    assert form.name.value() == "陈嘉禾"


def test_enter_takes_from_an_open_list_before_it_goes_on(form: Form, qtbot: QtBot) -> None:
    form.unit.setFocus()
    qtbot.keyClick(form.unit, Qt.Key.Key_Down)
    qtbot.keyClick(form.unit, Qt.Key.Key_Return)
    assert form.unit.value() == "u1"
    assert form.unit.hasFocus()
    qtbot.keyClick(form.unit, Qt.Key.Key_Return)
    assert form.kinds.boxes["a"].hasFocus()


def test_a_field_that_is_switched_off_is_passed_over(form: Form, qtbot: QtBot) -> None:
    form.sex.setEnabled(False)
    qtbot.keyClick(form.name, Qt.Key.Key_Return)
    assert form.unit.hasFocus()


def test_tab_goes_the_same_way_as_enter(form: Form, qtbot: QtBot) -> None:
    qtbot.keyClick(form.name, Qt.Key.Key_Tab)
    assert form.sex.hasFocus()


def test_a_setting_gives_enter_back(form: Form, qtbot: QtBot) -> None:
    form.moves.is_on = False
    qtbot.keyClick(form.name, Qt.Key.Key_Return)
    assert form.name.hasFocus()
    qtbot.keyClick(form.name, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert form.saved == ["save"]


def test_the_next_field_is_scrolled_into_sight(show, qtbot: QtBot) -> None:
    inner = QWidget()
    column, fields = QVBoxLayout(inner), [LineEdit() for _nth in range(30)]
    for field in fields:
        column.addWidget(field)
    area = show(Scrolled(inner), 300, 200)
    EnterMoves(inner, fields)
    fields[0].setFocus()
    for field in fields[:-1]:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert not fields[-1].visibleRegion().isEmpty()
    assert area.verticalScrollBar().value() > 0


def test_alt_and_a_digit_start_the_deeds_of_the_page(show, qtbot: QtBot) -> None:
    page, done = show(QWidget(), 200, 100), []
    bind(page, digit_keys([(deed, partial(done.append, deed)) for deed in ("登记意见", "新增人员")]))
    page.setFocus()
    qtbot.keyClick(page, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(page, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(page, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    assert done == ["新增人员", "登记意见"]
