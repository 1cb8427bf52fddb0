"""记服务: one entry for all who came; people by name, by unit, as last time; hours typed once."""

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.model.activity import Activity, Service
from desktop.office import settings
from desktop.office.desk import Desk
from desktop.ui.activities import ActivityForm
from desktop.ui.kit.picker import ReferencePicker
from tests.builders import a_person, an_activity, an_organisation
from tests.ui.hands import CTRL, SHIFT, Key, answer_next_question, at_rest, click, press, write


@pytest.fixture
def form(open_office, desk: Desk, qtbot: QtBot) -> ActivityForm:
    window = open_office(desk, "table:activity")
    window.go("form:activity")
    page = window.current_page()
    assert isinstance(page, ActivityForm)
    qtbot.waitUntil(lambda: page.fields.here() == "name")
    return page


def go_to(form: ActivityForm, widget) -> None:
    for _nth in range(30):
        if QApplication.focusWidget() is widget:
            return
        press(form, Key.Key_Return)
    raise AssertionError("Enter never reaches it")


def add(form: ActivityForm, picker: ReferencePicker, typed: str, qtbot: QtBot) -> None:
    picker.setFocus()
    write(form, typed)
    qtbot.waitUntil(lambda: picker.found is not None)
    press(form, Key.Key_Return)


def about(form: ActivityForm, commit, *, hours: str = "1.5") -> None:
    """What is typed about the activity itself and about everybody's service."""
    commit(QApplication.focusWidget(), "长者眼健康义诊")
    press(form, Key.Key_Return)
    write(form, "20211123")
    go_to(form, form.minutes.field.editor)
    write(form, hours)
    press(form, Key.Key_Return, Key.Key_Down)


def names(form: ActivityForm) -> list[str]:
    return list(form.people.values())


def test_people_are_added_by_a_few_letters_and_enter(form: ActivityForm, desk: Desk, commit, qtbot: QtBot) -> None:
    for name in ("陈嘉禾", "仇思远"):
        a_person(desk, name)
    about(form, commit)
    press(form, Key.Key_Return)
    assert QApplication.focusWidget() is form.picker, "after the hours come the people"
    add(form, form.picker, "cjh", qtbot)
    add(form, form.picker, "qsy", qtbot)
    add(form, form.picker, "cjh", qtbot)
    assert names(form) == ["陈嘉禾", "仇思远"], "nobody comes twice"
    press(form, Key.Key_Return, held=CTRL)
    at_rest(qtbot, form)
    (activity,) = desk.rows(Activity)
    services = desk.rows(Service, activity=activity["id"])
    assert [(row["minutes"], row["served_on"]) for row in services] == [(90, "2021-11-23")] * 2


def test_a_unit_brings_all_its_people_and_one_who_stayed_home_is_taken_off(form: ActivityForm, desk: Desk, qtbot: QtBot) -> None:
    unit = an_organisation(desk, "区税务局")
    for name in ("陈嘉禾", "仇思远", "刘龑"):
        a_person(desk, name, employer=unit)
    a_person(desk, "别处的")
    add(form, form.unit, "qswj", qtbot)
    assert sorted(names(form)) == sorted(["陈嘉禾", "仇思远", "刘龑"])
    chip = form.crowd.chips[next(key for key, name in form.people.items() if name == "刘龑")]
    qtbot.waitUntil(chip.isVisible)
    chip.setFocus()
    press(form, Key.Key_Delete)
    assert sorted(names(form)) == sorted(["陈嘉禾", "仇思远"])


def test_the_people_of_last_time_come_again(form: ActivityForm, desk: Desk) -> None:
    an_activity(desk, [a_person(desk, "陈嘉禾"), a_person(desk, "仇思远")])
    click(form.came, "照上次名单")
    assert sorted(names(form)) == sorted(["陈嘉禾", "仇思远"])


def test_without_hours_nothing_is_saved_and_the_field_says_so(form: ActivityForm, desk: Desk, commit, qtbot: QtBot) -> None:
    a_person(desk, "陈嘉禾")
    about(form, commit, hours="")
    add(form, form.picker, "cjh", qtbot)
    press(form, Key.Key_Return, held=CTRL)
    assert form.minutes.field.tone == "err"
    assert QApplication.focusWidget() is form.minutes.field.editor
    assert desk.rows(Activity) == []


def test_the_next_activity_begins_without_the_people_of_this_one(form: ActivityForm, desk: Desk, commit, qtbot: QtBot) -> None:
    a_person(desk, "陈嘉禾")
    about(form, commit)
    add(form, form.picker, "cjh", qtbot)
    press(form, Key.Key_Return, held=CTRL | SHIFT)
    at_rest(qtbot, form)
    assert len(desk.rows(Activity)) == 1
    assert names(form) == []
    assert form.fields.here() == "name"


def test_the_people_are_in_the_draft_too(form: ActivityForm, desk: Desk, commit, qtbot: QtBot) -> None:
    a_person(desk, "陈嘉禾")
    about(form, commit, hours="2")
    add(form, form.picker, "cjh", qtbot)
    window = form.window()
    answer_next_question()
    press(form, Key.Key_Escape)
    qtbot.waitUntil(lambda: len(settings.drafts(desk)) == 1)
    window.go("form:activity")
    assert names(form) == []
    click(form.bar, "接着填")
    assert names(form) == ["陈嘉禾"]
    assert form.minutes.field.value() == "2"
    assert form.bindings["name"].field.value() == "长者眼健康义诊"


def test_whoever_is_booked_elsewhere_that_day_is_named_after_saving(form: ActivityForm, desk: Desk, commit, qtbot: QtBot) -> None:
    person = a_person(desk, "陈嘉禾")
    an_activity(desk, [person], minutes=480, held_on="2021-11-23", name="清洁家园", starts_at="08:00", ends_at="16:00")
    window = form.window()
    about(form, commit, hours="20")
    add(form, form.picker, "cjh", qtbot)
    press(form, Key.Key_Return, held=CTRL)
    at_rest(qtbot, form)
    assert len(desk.rows(Activity)) == 2
    assert "陈嘉禾" in window.current_page().bar.text
