"""The drawer beside a list: what is known of a record, what hangs on it, what happened to it, and how a change is taken back."""

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.model import days
from desktop.model.opinion import Opinion
from desktop.model.person import Person
from desktop.model.roles import Role
from desktop.office import checkins, records
from desktop.office.desk import Desk
from desktop.ui.detail import RecordDrawer
from desktop.ui.kit.badges import Badge
from desktop.ui.kit.buttons import IconButton, LinkButton
from desktop.ui.kit.facts import Change
from desktop.ui.kit.text import Label
from tests.builders import a_person, an_activity, an_opinion, an_organisation, audited, heard, seen_as
from tests.ui.hands import Key, at_rest, click, click_row, has_button, press, shown


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
    QApplication.processEvents()  # what was made this moment is shown in the next


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


def tabs(drawer: RecordDrawer) -> list[str]:
    return [tab.text() for tab in drawer.tabs.tabs.values() if tab.isVisible()]


def served(desk: Desk, person: str, times: int) -> None:
    for nth in range(times):
        an_activity(desk, [person], name=f"清洁家园{nth + 1}", held_on=days.after("2021-10-31", nth + 1))


def test_whether_a_person_has_reported_stands_beside_his_name(drawer: RecordDrawer, desk: Desk, person: str) -> None:
    checkins.check_in_member(desk, person=person, reported_on="2021-11-20")
    page_of(drawer).reload()
    QApplication.processEvents()
    assert [badge.badge[2] for badge in drawer.findChildren(Badge) if badge.isVisible()] == ["已报到"]


def test_what_points_to_a_record_has_a_tab_with_its_count(drawer: RecordDrawer, desk: Desk, person: str) -> None:
    assert tabs(drawer) == ["概况", "历史 1", "附件"]
    served(desk, person, 6)
    checkins.check_in_member(desk, person=person, reported_on="2021-11-20")
    page_of(drawer).reload()
    assert tabs(drawer) == ["概况", "服务 6", "报到 1", "历史 1", "附件"]


def test_a_tab_shows_the_newest_first_and_enter_opens_one_in_its_list(drawer: RecordDrawer, desk: Desk, person: str, qtbot: QtBot) -> None:
    served(desk, person, 3)
    page_of(drawer).reload()
    click(drawer.tabs.tabs["service.person"])
    view = drawer.lists["service.person"].view
    assert shown(view, "day") == ["11-03", "11-02", "11-01"]
    assert shown(view, "words") == ["清洁家园3", "清洁家园2", "清洁家园1"]
    assert shown(view, "state") == ["已登记"] * 3
    view.setFocus()
    press(view, Key.Key_Down, Key.Key_Return)
    page = drawer.window().current_page()
    assert drawer.window().current_key == "table:service"
    assert page.view.rows.rowCount() == 3
    assert page.drawer.row["served_on"] == "2021-11-02"
    assert page.view.current_id() == page.drawer.row["id"]


def test_a_click_on_a_line_opens_it_and_the_link_below_all_of_them(drawer: RecordDrawer, desk: Desk, person: str) -> None:
    served(desk, person, 24)
    page_of(drawer).reload()
    window = drawer.window()
    click(drawer.tabs.tabs["service.person"])
    assert drawer.lists["service.person"].view.rows.rowCount() == 20
    click(drawer, "看全部 24")
    assert (window.current_key, window.current_page().view.rows.rowCount()) == ("table:service", 24)
    window.back()
    view = drawer.lists["service.person"].view
    click_row(view, 0, "words")
    assert window.current_page().drawer.row["served_on"] == "2021-11-24"


def test_only_the_tab_in_sight_reads_rows(drawer: RecordDrawer, desk: Desk, person: str) -> None:
    served(desk, person, 2)
    with desk.books.read() as conn:
        reader = conn.engine
    with heard(reader) as said:
        page_of(drawer).drawer.show_record(person)
    assert not [one for one, _values in said if "service.minutes" in one or "journal.old" in one]
    with heard(reader) as said:
        click(drawer.tabs.tabs["service.person"])
        open_history(drawer)
        click(drawer.tabs.tabs["service.person"])
    assert len([one for one, _values in said if "service.minutes" in one]) == 1, "read once, however often the tab is opened"
    assert len([one for one, _values in said if "journal.old" in one]) == 1


def test_the_open_tab_stays_open_from_person_to_person_as_far_as_it_can(drawer: RecordDrawer, desk: Desk, person: str) -> None:
    served(desk, person, 1)
    other, idle = a_person(desk, "仇思远"), a_person(desk, "卓立新")
    served(desk, other, 2)
    page = page_of(drawer)
    page.reload()
    click(drawer.tabs.tabs["service.person"])
    page.view.setFocus()
    press(page.view, Key.Key_Down)
    assert drawer.row["id"] == other
    assert shown(drawer.lists["service.person"].view, "words") == ["清洁家园2", "清洁家园1"]
    press(page.view, Key.Key_Down)
    assert drawer.row["id"] == idle
    assert drawer.tabs.opened == "about"


def test_what_has_no_tab_is_counted_below_the_facts_and_opens_its_rows(open_office, desk: Desk) -> None:
    unit = an_organisation(desk, "区自然资源局")
    someone = a_person(desk, "陈嘉禾", employer=unit)
    checkins.check_in_unit(desk, employer=unit, reported_on="2021-11-20")
    opinion = an_opinion(desk)
    records.correct(desk, Opinion, opinion, heard_by=someone)
    with desk.deed("opinion.hand_over") as work:
        work.change(Opinion, opinion, handling_unit=unit)
    page = open_office(desk, "table:organisation", id=unit).current_page()
    everything = [*tabs(page.drawer), *(one.accessibleName() for one in page.drawer.findChildren(LinkButton) if one.isVisible())]
    assert [word for word in everything if word.endswith(" 1") and "历史" not in word] == ["报到 1", "人员 1", "意见建议 1"]


def test_above_the_history_stands_what_tells_two_of_one_name_apart(drawer: RecordDrawer, desk: Desk, qtbot: QtBot) -> None:
    open_history(drawer)
    assert drawer.told.values["phone"].text() == "138****6650"
    click(next(one for one in drawer.told.findChildren(IconButton) if one.label == "显示手机号码"))
    at_rest(qtbot, page_of(drawer))
    assert drawer.told.values["phone"].text() == "13810216650"


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


def names_of(actions) -> list[str]:
    return [action.label for action in actions]


def test_a_service_is_recorded_from_the_person_who_stands_chosen_already(drawer: RecordDrawer, desk: Desk, qtbot: QtBot) -> None:
    window = drawer.window()
    click(drawer, "记服务")
    assert window.current_key == "form:activity"
    assert list(window.current_page().people.values()) == ["陈嘉禾"]
    assert not window.current_page().dirty(), "nothing was typed yet: who goes back is asked nothing"
    window.back()
    assert window.current_key == "table:person"


def test_the_slip_is_offered_once_the_person_has_reported_and_reporting_until_then(
    drawer: RecordDrawer, desk: Desk, person: str, qtbot: QtBot
) -> None:
    page, window = page_of(drawer), drawer.window()
    assert names_of(page.small.actions()) == ["修改", "记服务", "报到"]
    click(drawer, "报到")
    form = window.current_page()
    assert (window.current_key, form.bindings["person"].read()) == ("form:check_in", person)
    window.back()
    checkins.check_in_member(desk, person=person, reported_on="2021-11-20")
    page.session.told()
    assert names_of(page.small.actions()) == ["修改", "记服务", "回执"]
    click(drawer, "回执")
    assert window.current_key == "print"
    assert (window.current_page().order.key, window.current_page().order.ids) == ("slip", (person,))


def test_a_resident_is_not_asked_to_report(open_office, desk: Desk) -> None:
    page = open_office(desk, "table:person", id=a_person(desk, "单秀兰", "居民 2020-01-01~")).current_page()
    assert names_of(page.small.actions()) == ["修改", "记服务"]


def test_a_unit_reports_and_serves_with_its_people(open_office, desk: Desk, person: str) -> None:
    unit = desk.get(Person, person)["employer"]
    window = open_office(desk, "table:organisation", id=unit)
    page = window.current_page()
    assert names_of(page.small.actions()) == ["修改", "记服务", "报到"]
    click(page.drawer, "记服务")
    assert list(window.current_page().people) == [person]
    window.back()
    click(page.drawer, "报到")
    assert list(window.current_page().crowd.people) == [person]
    window.back()
    checkins.check_in_unit(desk, employer=unit, reported_on="2021-11-20")
    page.session.told()
    assert names_of(page.small.actions()) == ["修改", "记服务", "报到单"]


def test_who_may_only_read_is_led_nowhere(open_office, desk: Desk, person: str) -> None:
    checkins.check_in_member(desk, person=person, reported_on="2021-11-20")
    page = open_office(seen_as(desk, Role.READER), "table:person", id=person).current_page()
    assert (page.small.actions(), page.small.more()) == ([], [])
    assert not page.drawer.more_button.isVisible()
