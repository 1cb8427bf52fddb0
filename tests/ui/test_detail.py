"""The drawer beside a list: what is known of a record, what hangs on it, what happened to it, and how a change is taken back."""

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.model.person import Person
from desktop.model.roles import Role
from desktop.office import checkins, records
from desktop.office.desk import Desk
from desktop.ui.detail import RecordDrawer
from desktop.ui.kit.buttons import IconButton, LinkButton
from desktop.ui.kit.facts import Change
from desktop.ui.kit.text import Label
from tests.builders import a_person, an_opinion, an_organisation, audited, seen_as
from tests.ui.hands import Key, at_rest, button, click, has_button, press


@pytest.fixture
def person(desk: Desk) -> str:
    unit = an_organisation(desk, "区自然资源局")
    return a_person(desk, "陈嘉禾", phone="13810216650", employer=unit, post="科员")


@pytest.fixture
def drawer(open_office, desk: Desk, person: str) -> RecordDrawer:
    page = open_office(desk, "table:person").current_page()
    press(page, Key.Key_Return)
    assert page.drawer.isVisible()
    return page.drawer


def page_of(drawer: RecordDrawer):
    return drawer.window().current_page()


def changes(drawer: RecordDrawer) -> list[tuple[str, str]]:
    QApplication.processEvents()
    return [(one.before, one.after) for one in drawer.timeline.findChildren(Change) if one.isVisible()]


def open_history(drawer: RecordDrawer) -> None:
    click(drawer.tabs.tabs["past"])


def test_the_head_says_who_it_is_and_the_facts_stand_below(drawer: RecordDrawer) -> None:
    assert drawer.accessibleName() == "陈嘉禾 区自然资源局"
    assert drawer.facts.values["post"].text() == "科员"
    assert drawer.facts.values["phone"].text() == "138****6650"
    assert "name" not in drawer.facts.values, "it is the title already"


def test_the_eye_shows_the_number_and_that_somebody_looked_is_written_down(drawer: RecordDrawer, desk: Desk, qtbot: QtBot) -> None:
    eye = next(one for one in drawer.facts.findChildren(IconButton) if one.label == "显示手机号码")
    click(eye)
    at_rest(qtbot, page_of(drawer))
    assert drawer.facts.values["phone"].text() == "13810216650"
    assert ("record.unmask", True) in audited(desk)


def test_who_may_not_see_it_has_no_eye(open_office, desk: Desk, person: str) -> None:
    page = open_office(seen_as(desk, Role.READER), "table:person").current_page()
    press(page, Key.Key_Return)
    assert page.drawer.facts.values["phone"].text() == "138****6650"
    assert [one.label for one in page.drawer.facts.findChildren(IconButton)] == []


def test_a_form_shows_the_number_whole_and_that_is_written_down(drawer: RecordDrawer, desk: Desk, person: str, qtbot: QtBot) -> None:
    window = drawer.window()
    window.go("form:person", id=person)
    assert window.current_page().bindings["phone"].field.value() == "13810216650"
    assert audited(desk)[-1] == ("record.unmask", True)


def test_the_history_says_what_changed_from_what_and_who_did_it(drawer: RecordDrawer, desk: Desk, person: str) -> None:
    records.correct(desk, Person, person, phone="13910216651", post="股长")
    page_of(drawer).session.told()
    open_history(drawer)
    assert set(changes(drawer)) == {("138****6650", "139****6651"), ("科员", "股长")}
    words = [label.text() for label in drawer.timeline.findChildren(Label) if label.isVisible()]
    assert "周敏" in words
    assert "今天" in words
    assert "改 职务" in words


def test_one_change_is_taken_back_from_the_history(drawer: RecordDrawer, desk: Desk, person: str, qtbot: QtBot) -> None:
    records.correct(desk, Person, person, post="股长")
    page_of(drawer).session.told()
    open_history(drawer)
    click(drawer.timeline, "退回")
    at_rest(qtbot, page_of(drawer))
    assert desk.get(Person, person)["post"] == "科员"
    assert changes(drawer)[0] == ("股长", "科员"), "taking back is a change like any other"


def test_a_change_that_was_changed_again_is_not_taken_back(drawer: RecordDrawer, desk: Desk, person: str, qtbot: QtBot) -> None:
    records.correct(desk, Person, person, post="股长")
    records.correct(desk, Person, person, post="局长")
    page_of(drawer).session.told()
    open_history(drawer)
    older = [one for one in drawer.timeline.findChildren(LinkButton) if one.isVisible()][-1]
    click(older)
    at_rest(qtbot, page_of(drawer))
    assert "后来又改过" in page_of(drawer).bar.text
    assert desk.get(Person, person)["post"] == "局长"


def test_what_hangs_on_a_record_is_counted_and_opens_its_rows(drawer: RecordDrawer, desk: Desk, person: str) -> None:
    checkins.check_in_member(desk, person=person, reported_on="2021-11-20")
    page_of(drawer).reload()
    head = button(drawer, "双报到（报到人）1")
    assert head.x() < drawer.width() // 4, "links stand at the left like everything else"
    click(head)
    page = drawer.window().current_page()
    assert drawer.window().current_key == "table:check_in"
    assert page.view.rows.rowCount() == 1


def test_the_number_of_an_opinion_stands_below_its_title(open_office, desk: Desk) -> None:
    key = an_opinion(desk, title="修下水道")
    page = open_office(desk, "table:opinion").current_page()
    press(page, Key.Key_Down)
    page.view.setFocus()
    page.small.drawer.show_record(key)
    assert page.drawer.accessibleName().startswith("修下水道 YJ-")


def test_a_record_in_the_bin_can_only_be_taken_back(open_office, desk: Desk, person: str) -> None:
    records.end(desk, Person, person, because="重复")
    page = open_office(desk, "table:person", id=person).current_page()
    assert has_button(page.drawer, "取回")
    assert not has_button(page.drawer, "修改")


def test_with_large_letters_the_history_is_read_to_its_end(drawer: RecordDrawer, desk: Desk, person: str, look, qtbot: QtBot) -> None:
    for post in ("副股长", "股长", "副局长", "局长", "书记"):
        records.correct(desk, Person, person, post=post)
    page_of(drawer).session.told()
    look.set_size(18)
    open_history(drawer)
    qtbot.wait(30)
    scrolled = drawer.timeline.parentWidget().parentWidget().parentWidget()
    bar = scrolled.verticalScrollBar()
    bar.setValue(bar.maximum())
    qtbot.wait(10)
    last = next(label for label in drawer.timeline.findChildren(Label) if label.text() == "登记")
    assert not last.visibleRegion().isEmpty()
    assert drawer.window().height() == 698
