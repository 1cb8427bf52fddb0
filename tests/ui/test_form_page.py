"""The form of a person typed as from the paper: Enter goes on, what is known is filled in, nothing typed is lost."""

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.model.checkin import CheckIn
from desktop.model.person import Person
from desktop.office import checkins, records, settings
from desktop.office.desk import Desk
from desktop.ui.alike import Comparison
from desktop.ui.form import RecordForm
from desktop.ui.keys import keys_of
from desktop.ui.kit.bars import Toast
from desktop.ui.kit.cards import Question
from desktop.ui.pages import SPECIAL_PAGES
from tests.builders import a_person, an_organisation, audited
from tests.every_record.values import id_number
from tests.ui.hands import CTRL, SHIFT, Asked, Key, answer_next_question, at_rest, click, has_button, press, write

NUMBER = id_number("441502", "19900307", 1)  # an odd sequence: a man


@pytest.fixture
def form(open_office, desk: Desk, qtbot: QtBot) -> RecordForm:
    return opened(open_office, desk, qtbot)


def opened(open_office, desk: Desk, qtbot: QtBot, **arguments: object) -> RecordForm:
    page = open_office(desk, "table:person").page("form:person")
    page.window().go("form:person", **arguments)
    assert isinstance(page, RecordForm)
    qtbot.waitUntil(lambda: page.fields.here() == "name")
    return page


def here(form: RecordForm) -> str:
    """The field that has the keys."""
    return form.fields.here()


def go_to(form: RecordForm, key: str) -> None:
    """By Enter, from field to field."""
    for _nth in form.bindings:
        if here(form) == key:
            return
        press(form, Key.Key_Return)
    raise AssertionError(f"Enter never reaches {key}")


def fill(form: RecordForm, commit, **typed: str) -> None:
    for key, text in typed.items():
        go_to(form, key)
        if text.isascii():
            write(form, text)
        else:
            commit(QApplication.focusWidget(), text)


def a_resident(form: RecordForm, commit, name: str = "陈嘉禾", **typed: str) -> None:
    """The least that can be saved."""
    fill(form, commit, name=name, **typed)
    go_to(form, "roles")
    press(form, Key.Key_Space)


def rows(desk: Desk, name: str) -> list:
    return [row for row in desk.rows(Person) if row["name"] == name]


def test_enter_goes_through_the_fields_in_the_order_of_the_paper(form: RecordForm) -> None:
    visited = [here(form)]
    for _nth in range(7):
        press(form, Key.Key_Return)
        visited.append(here(form))
    assert visited == ["name", "id_number", "sex", "born", "nation", "phone", "roles", "employer"]
    press(form, Key.Key_Return, held=SHIFT)
    assert here(form) == "roles"
    assert form.status()[0] == "第 7 项，共 18 项"


def test_enter_belongs_to_the_input_method_while_it_composes(form: RecordForm) -> None:
    name = QApplication.focusWidget()
    QApplication.sendEvent(name, QInputMethodEvent("chen", []))
    press(form, Key.Key_Return)
    assert here(form) == "name"


def test_an_id_number_fills_sex_and_birth_and_says_that_it_is_right(form: RecordForm, commit) -> None:
    fill(form, commit, name="陈嘉禾", id_number=NUMBER)
    press(form, Key.Key_Return)
    assert form.bindings["sex"].field.value() == "1"
    assert form.bindings["born"].field.value() == "1990-03-07"
    assert "校验正确" in form.bindings["id_number"].field.word


def test_what_the_hand_chose_is_not_overwritten_by_the_number(form: RecordForm, commit) -> None:
    go_to(form, "sex")
    press(form, Key.Key_Down, Key.Key_Down)
    chosen = form.bindings["sex"].field.value()
    press(form, Key.Key_Return, held=SHIFT)
    write(form, NUMBER)
    assert form.bindings["sex"].field.value() == chosen


def test_several_ticks_are_set_by_arrows_and_space(form: RecordForm, desk: Desk, commit, qtbot: QtBot) -> None:
    a_resident(form, commit)
    press(form, Key.Key_Right, Key.Key_Right, Key.Key_Space)
    assert form.bindings["roles"].field.value() == ["机关党员", "两委干部"]
    press(form, Key.Key_Return)
    assert here(form) == "employer"


def words_in(where: QWidget) -> str:
    """Every word in sight there."""
    return "\n".join(label.text() for label in where.findChildren(QLabel) if label.isVisible())


def answer_comparison(words: str) -> list[str]:
    """The next comparison is answered by the button that says these words; what it showed is in the list afterwards."""
    seen: list[str] = []

    def answer(tries: int = 100) -> None:
        beside = QApplication.activeModalWidget()
        if isinstance(beside, Comparison):
            seen.append(words_in(beside))
            click(beside, words)
        elif tries:
            QTimer.singleShot(10, lambda: answer(tries - 1))

    QTimer.singleShot(0, answer)
    return seen


def test_a_namesake_is_shown_before_he_is_entered_twice(form: RecordForm, desk: Desk, commit, qtbot: QtBot) -> None:
    unit, other = an_organisation(desk, "区自然资源局"), id_number("441502", "19900307", 4)
    person = a_person(desk, "陈嘉禾", id_number=other, sex="2", born="1990-03-07", employer=unit)
    report = checkins.check_in_member(desk, person=person, reported_on="2021-06-01")
    checkins.move_checkin(desk, report, "cancel", cancelled_because="调离")
    fill(form, commit, name="陈嘉禾", id_number=NUMBER)
    qtbot.waitUntil(lambda: has_button(form.side.alike, "打开比对"))
    shown = words_in(form.side.alike)
    assert "同名同生日，证件号码末 4 位不同。请先看一眼，再决定。" in shown
    assert "女 · 1990-03-07" in shown
    assert f"441502********{other[-4:]}" in shown
    assert "区自然资源局" in shown
    assert "2021-06 报到，2021-11 注销（调离）" in shown


def test_both_stand_beside_each_other_and_nothing_typed_is_lost(form: RecordForm, desk: Desk, commit, qtbot: QtBot) -> None:
    a_person(desk, "陈嘉禾", phone="13810216650", post="副股长")
    fill(form, commit, name="陈嘉禾", phone="13810216650", post="股长")
    qtbot.waitUntil(lambda: has_button(form.side.alike, "打开比对"))
    seen = answer_comparison("接着填")
    click(form.side.alike, "打开比对")
    assert "股长\n副股长" in seen[0]
    assert form.window().current_key == "form:person"
    assert form.bindings["post"].field.value() == "股长"
    answer_comparison("是同一人，打开已登记的")
    QTimer.singleShot(60, answer_next_question)
    click(form.side.alike, "打开比对")
    assert form.window().current_key == "table:person"


def test_who_is_said_to_be_another_is_not_shown_until_something_else_is_typed(form: RecordForm, desk: Desk, commit, qtbot: QtBot) -> None:
    a_person(desk, "陈嘉禾", phone="13810216650", born="1990-03-07")
    fill(form, commit, name="陈嘉禾", phone="13810216650")
    qtbot.waitUntil(lambda: has_button(form.side.alike, "不是同一人"))
    click(form.side.alike, "不是同一人")
    qtbot.waitUntil(lambda: not form.side.alike.isVisible())
    fill(form, commit, post="股长")
    qtbot.wait(400)
    at_rest(qtbot, form)
    assert not form.side.alike.isVisible(), "his post says nothing about who he is"
    for _nth in range(5):
        press(form, Key.Key_Return, held=SHIFT)
    assert here(form) == "born"
    write(form, "1990-03-07")
    press(form, Key.Key_Return)
    qtbot.waitUntil(form.side.alike.isVisible)


def test_a_birth_shows_the_age_while_nobody_types_in_it(form: RecordForm, commit) -> None:
    fill(form, commit, id_number=NUMBER)
    press(form, Key.Key_Return)
    born = form.bindings["born"].field.editor
    assert born.text() == "1990-03-07（31 岁）"
    go_to(form, "born")
    assert born.text() == "1990-03-07"
    assert born.selectedText() == "1990-03-07"
    press(form, Key.Key_Return)
    assert born.text() == "1990-03-07（31 岁）"
    assert form.values()[0]["born"] == "1990-03-07"
    assert form.values()[1] == {}


def test_what_can_be_printed_is_said_before_and_opens_once_it_is_saved(open_office, desk: Desk, qtbot: QtBot) -> None:
    form = opened(open_office, desk, qtbot)
    assert "保存后可打印" in words_in(form.side.papers)
    assert "报到登记表" in words_in(form.side.papers)
    assert not has_button(form.side.papers, "报到登记表")
    assert "报到花名册" not in words_in(form.side.papers), "a roster is not made of one person"
    key = a_person(desk, "陈嘉禾")
    window = form.window()
    window.go("form:person", id=key)
    click(form.side.papers, "报到登记表")
    assert window.current_key == "print"
    page = window.current_page()
    assert (page.order.key, page.order.ids) == ("registration", (key,))
    qtbot.waitUntil(lambda: not (page.drawing.is_busy or page.reads.is_busy))


def test_a_heading_says_what_the_next_record_keeps(open_office, desk: Desk, qtbot: QtBot) -> None:
    form = opened(open_office, desk, qtbot)
    assert "照居民身份证填" in words_in(form.fields)
    assert "保存并新增时保留小区、网格" in words_in(form.fields)
    form.window().go("form:person", id=a_person(desk))
    assert "保存并新增时保留" not in words_in(form.fields), "a correction is followed by no other"


def test_the_group_under_the_hand_is_marked(form: RecordForm) -> None:
    assert "正在填" in words_in(form.side.how_far)
    go_to(form, "post")
    assert form.side._groups["党组织与单位"][1].text() == "正在填"


def test_a_mistake_stands_under_its_field_and_has_the_keys(form: RecordForm, desk: Desk, commit) -> None:
    a_resident(form, commit, phone="1381021665")
    press(form, Key.Key_Return, held=CTRL)
    assert "10位" in form.bindings["phone"].field.word
    assert form.bar.text.startswith("有 1 处要改才能保存：手机号码")
    assert here(form) == "phone"
    assert desk.rows(Person) == []
    write(form, "0")
    assert form.bindings["phone"].field.tone == ""


def test_f8_goes_round_the_mistakes(form: RecordForm, commit) -> None:
    fill(form, commit, id_number="44150219900307", phone="1381021665")
    press(form, Key.Key_Return, held=CTRL)
    assert here(form) == "name", "the first of them: 必填"
    visited = []
    for _nth in range(4):
        press(form, Key.Key_F8)
        visited.append(here(form))
    assert visited == ["id_number", "phone", "roles", "name"]


def test_ctrl_enter_pressed_twice_saves_once(form: RecordForm, desk: Desk, commit, qtbot: QtBot) -> None:
    a_resident(form, commit, id_number=NUMBER)
    field = QApplication.focusWidget()
    window = form.window()
    press(field, Key.Key_Return, held=CTRL)
    qtbot.keyClick(field, Key.Key_Return, CTRL)
    at_rest(qtbot, form)
    assert len(rows(desk, "陈嘉禾")) == 1
    assert rows(desk, "陈嘉禾")[0]["born"] == "1990-03-07"
    assert window.current_key == "table:person"
    assert [toast.accessibleName() for toast in window.findChildren(Toast)] == ["已存：陈嘉禾"]


def test_enter_in_the_last_field_saves(form: RecordForm, desk: Desk, commit, qtbot: QtBot) -> None:
    a_resident(form, commit)
    for _nth in range(20):
        if here(form) == "wishes":
            break
        press(form, Key.Key_Return)
    press(form, Key.Key_Return)
    assert here(form) == "note", "in a text of many lines Enter is a new line, and Ctrl+Enter saves"
    press(form, Key.Key_Return, held=CTRL)
    at_rest(qtbot, form)
    assert len(rows(desk, "陈嘉禾")) == 1


def test_ctrl_shift_enter_keeps_what_the_next_shares_and_begins_with_the_name(form: RecordForm, desk: Desk, commit, qtbot: QtBot) -> None:
    a_resident(form, commit, phone="13810216650")
    press(form, Key.Key_Return, held=CTRL | SHIFT)
    at_rest(qtbot, form)
    assert len(rows(desk, "陈嘉禾")) == 1
    assert form.bindings["roles"].field.value() == ["机关党员"]
    assert form.bindings["phone"].field.value() == ""
    assert here(form) == "name"
    assert not form.dirty()


def test_ctrl_d_copies_the_field_of_the_last_record(form: RecordForm, desk: Desk, commit) -> None:
    a_person(desk, "先来的", post="副股长")
    go_to(form, "post")
    press(form, Key.Key_D, held=CTRL)
    assert form.bindings["post"].field.value() == "副股长"


def test_leaving_asks_and_what_was_typed_is_offered_again(form: RecordForm, desk: Desk, commit, qtbot: QtBot) -> None:
    fill(form, commit, name="写了一半", phone="138")
    window = form.window()
    assert window.windowTitle().startswith("新增人员 *")
    asked = answer_next_question()
    press(form, Key.Key_Escape)
    assert "有未保存的修改" in asked[0]
    assert window.current_key == "table:person"
    qtbot.waitUntil(lambda: len(settings.drafts(desk)) == 1)
    window.activateWindow()
    qtbot.waitUntil(lambda: window.isActiveWindow() and QApplication.focusWidget() is not None)
    press(window, Key.Key_N, held=CTRL)
    assert form.bindings["name"].field.value() == ""
    assert "有一份没保存的草稿" in form.bar.text
    click(form.bar, "接着填")
    assert form.bindings["name"].field.value() == "写了一半"
    assert form.bindings["phone"].field.value() == "138", "half a number comes back as half a number"
    assert form.dirty()


def test_staying_keeps_the_page_as_it_is(form: RecordForm, commit) -> None:
    fill(form, commit, name="写了一半")
    answer_next_question(yes=False)
    press(form, Key.Key_Escape)
    assert form.window().current_key == "form:person"
    assert form.bindings["name"].field.value() == "写了一半"


def test_a_question_that_the_saving_overtakes_leads_nowhere_else(form: RecordForm, desk: Desk, commit, qtbot: QtBot) -> None:
    def answer_once_it_is_saved() -> None:
        question = QApplication.activeModalWidget()
        if isinstance(question, Question) and not form.work.is_busy:
            click(question, "离开")
        else:
            QTimer.singleShot(10, answer_once_it_is_saved)

    window = form.window()
    a_resident(form, commit)
    press(form, Key.Key_Return, held=CTRL)
    QTimer.singleShot(0, answer_once_it_is_saved)
    click(window.header, "返回 Esc")
    assert window.current_key == "table:person"
    assert len(rows(desk, "陈嘉禾")) == 1


def test_the_draft_is_over_when_the_record_is_saved(form: RecordForm, desk: Desk, commit, qtbot: QtBot) -> None:
    a_resident(form, commit)
    form.drafts._timer.timeout.emit()  # five seconds
    qtbot.waitUntil(lambda: len(settings.drafts(desk)) == 1)
    press(form, Key.Key_Return, held=CTRL)
    at_rest(qtbot, form)
    assert settings.drafts(desk) == []


def test_what_a_deed_refuses_stands_under_its_field(open_office, desk: Desk, commit, qtbot: QtBot) -> None:
    person = a_person(desk, "陈嘉禾", id_number=NUMBER)
    window = open_office(desk, "table:person")
    window.go("form:person")
    form = window.current_page()
    a_resident(form, commit, name="别的人", id_number=NUMBER)
    press(form, Key.Key_Return, held=CTRL)
    at_rest(qtbot, form)
    assert form.bindings["id_number"].field.tone == "err"
    assert here(form) == "id_number"
    assert [row["id"] for row in desk.rows(Person)] == [person]


def test_a_report_that_stands_already_is_refused_by_name(open_office, desk: Desk, commit, qtbot: QtBot) -> None:
    person = a_person(desk, "陈嘉禾")
    checkins.check_in_member(desk, person=person, reported_on="2021-11-20")
    window = open_office(desk, "table:check_in")
    window.go("form:check_in", values={"who": "在职党员", "person": person, "reported_on": desk.today})
    form = window.current_page()
    press(form, Key.Key_Return, held=CTRL)
    at_rest(qtbot, form)
    assert "不能重复报到" in form.bar.text
    assert len(desk.rows(CheckIn)) == 1
    form._typed.clear()


def test_who_has_reported_is_one_press_from_his_slip(open_office, desk: Desk, qtbot: QtBot) -> None:
    person = a_person(desk, "陈嘉禾")
    window = open_office(desk, "table:check_in", {**SPECIAL_PAGES, "print": Asked})
    window.go("form:check_in", values={"who": "在职党员", "person": person, "reported_on": desk.today})
    form = window.current_page()
    press(form, Key.Key_Return, held=CTRL)
    at_rest(qtbot, form)
    assert window.current_key == "table:check_in"
    assert "陈嘉禾" in window.current_page().bar.text
    click(window.current_page().bar, "打印回执")
    [report] = desk.rows(CheckIn)
    assert window.current_page().arguments == {"paper": "slip", "ids": (report["id"],)}


def test_two_who_change_the_same_person_do_not_overwrite_each_other(open_office, desk: Desk, commit, qtbot: QtBot) -> None:
    key = a_person(desk, "陈嘉禾", post="科员", phone="13810216650")
    form = opened(open_office, desk, qtbot, id=key)
    records.correct(desk, Person, key, post="股长")
    go_to(form, "phone")
    QApplication.focusWidget().selectAll()
    write(form, "13910216650")
    press(form, Key.Key_Return, held=CTRL)
    at_rest(qtbot, form)
    assert desk.get(Person, key)["phone"] == "13810216650"
    click(form.bar, "看现在的内容，留下我填的")
    assert form.bindings["post"].field.value() == "股长"
    assert form.bindings["phone"].field.value() == "13910216650"
    press(form, Key.Key_Return, held=CTRL)
    at_rest(qtbot, form)
    row = desk.get(Person, key)
    assert (row["post"], row["phone"]) == ("股长", "13910216650")


def test_saving_a_record_that_nobody_changed_changes_nothing(open_office, desk: Desk, qtbot: QtBot) -> None:
    key = a_person(desk, "陈嘉禾", roles="机关党员 2019-07-01~")
    form = opened(open_office, desk, qtbot, id=key)
    version = desk.get(Person, key)["version"]
    press(form, Key.Key_Return, held=CTRL)
    at_rest(qtbot, form)
    assert desk.get(Person, key)["version"] == version


def test_what_is_typed_is_read_before_it_is_saved_as_the_audit_says(form: RecordForm, desk: Desk, commit, qtbot: QtBot) -> None:
    a_resident(form, commit, phone="138-1021 6650")
    press(form, Key.Key_Return, held=CTRL)
    at_rest(qtbot, form)
    assert rows(desk, "陈嘉禾")[0]["phone"] == "13810216650"
    assert audited(desk)[-1] == ("person.add", True)


def test_large_letters_make_one_column_and_every_field_is_reached(form: RecordForm, look, qtbot: QtBot) -> None:
    look.set_size(18)
    qtbot.wait(30)
    assert form.window().width() == 1366
    assert {bound.field.x() for bound in form.bindings.values()} == {form.bindings["name"].field.x()}
    assert not form.side.isVisible()
    for _nth in range(12):
        press(form, Key.Key_Return)
    editor = keys_of(form.bindings[here(form)].field.editor)
    assert not editor.visibleRegion().isEmpty(), "the page scrolls with the keys"


def test_on_leaving_a_field_it_shows_what_would_be_kept(form: RecordForm, commit) -> None:
    fill(form, commit, name="陈嘉禾", phone="１３８ １０２１ ６６５０")
    press(form, Key.Key_Return)
    assert form.bindings["phone"].field.value() == "13810216650"
