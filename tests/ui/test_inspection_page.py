"""An inspection as it is walked: one hand on 1 2 3, dangers written under their items, the route from door to door."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.model.inspection import ChecklistItem, Danger, Finding, Inspection
from desktop.model.roles import Role
from desktop.office import inspections, records
from desktop.office.desk import Desk
from desktop.office.inspections import ItemLine
from desktop.ui.inspection_danger import DangerForm
from desktop.ui.inspection_marks import Marks
from desktop.ui.inspection_note import NoteForm
from desktop.ui.inspections import InspectionPage
from desktop.ui.office import OfficeWindow
from desktop.ui.session import Session
from tests.builders import a_checklist, a_place, an_inspection, moved, seen_as
from tests.ui.hands import Asked

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
PAIR = "周敏、林小雨"


@pytest.fixture
def opened(show, qtbot: QtBot):
    def at(desk: Desk, run: str | None = None) -> InspectionPage:
        window = OfficeWindow(Session(desk), {"record:inspection": InspectionPage, "print": Asked, "form:inspection": Asked})
        show(window, 1366, 698)
        window.go("record:inspection", **({"id": run} if run else {}))
        page = window.current_page()
        assert isinstance(page, InspectionPage)
        return page

    return at


def press(qtbot: QtBot, *keys: Qt.Key | str, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Keys as they are pressed: into whatever has them now."""
    for key in keys:
        qtbot.keyClick(QApplication.focusWidget(), key, held)


def written(qtbot: QtBot, page: InspectionPage) -> None:
    qtbot.waitUntil(lambda: page.deeds.is_idle)


def findings(desk: Desk, run: str) -> list[tuple[int, str]]:
    return sorted((row["number"], row["mark"]) for row in desk.rows(Finding, inspection=run))


def shown(page: InspectionPage) -> list[str]:
    return [page.view.items.rows[line.item].mark.value() for line in page.view.lines]


def current(page: InspectionPage) -> int:
    return page.view.items.rows[page.view.items.current].line.number


def test_a_number_marks_the_item_and_goes_on_to_the_next(opened, desk: Desk, qtbot: QtBot) -> None:
    run = an_inspection(desk)
    page = opened(desk, run)
    press(qtbot, "1", "3")
    assert current(page) == 3
    written(qtbot, page)
    assert findings(desk, run) == [(1, "合格"), (2, "不适用")]


def test_a_mark_stands_there_before_it_is_written(opened, desk: Desk, qtbot: QtBot) -> None:
    run = an_inspection(desk)
    page = opened(desk, run)
    with desk.books.ledger.write():  # somebody else is writing: the deed has to wait
        press(qtbot, "1")
        assert shown(page)[0] == "合格"
        assert findings(desk, run) == []
    written(qtbot, page)
    assert findings(desk, run) == [(1, "合格")]


def test_marks_typed_faster_than_they_are_written_all_arrive_in_their_order(opened, desk: Desk, qtbot: QtBot) -> None:
    run = an_inspection(desk, template=a_checklist(desk, items=20))
    page = opened(desk, run)
    typed = "13" * 10
    press(qtbot, *typed, Qt.Key.Key_Home, "3", Qt.Key.Key_Home, "1")
    assert not page.deeds.is_idle
    written(qtbot, page)
    words = {"1": "合格", "3": "不适用"}
    assert findings(desk, run) == [(number, words[key]) for number, key in enumerate(typed, 1)]
    assert shown(page) == [words[key] for key in typed]


def test_a_mark_that_is_refused_puts_the_old_one_back_with_the_reason(opened, desk: Desk, qtbot: QtBot) -> None:
    run = an_inspection(desk)
    first = desk.rows(ChecklistItem)[0]["id"]
    inspections.register_danger(desk, inspection=run, item=first, situation="通道堆物")
    page = opened(desk, run)
    press(qtbot, Qt.Key.Key_Home, "1", "1")
    assert shown(page)[:2] == ["合格", "合格"]
    written(qtbot, page)
    assert shown(page)[:2] == ["不合格", "合格"]
    assert "已经登记了隐患" in page.bar.text
    assert "先删去隐患" in page.bar.text
    assert findings(desk, run) == [(1, "不合格"), (2, "合格")]


def test_somebody_who_only_reads_sees_his_mark_taken_back(opened, desk: Desk, qtbot: QtBot) -> None:
    run = an_inspection(desk)
    page = opened(seen_as(desk, Role.READER), run)
    press(qtbot, "1")
    written(qtbot, page)
    assert shown(page)[0] == ""
    assert "不能做这件事" in page.bar.text


def test_two_moves_the_keys_into_the_place_of_the_danger_and_enter_keeps_it(opened, desk: Desk, qtbot: QtBot, commit) -> None:
    run = an_inspection(desk)
    page = opened(desk, run)
    press(qtbot, "2")
    form = page.marking.form
    assert isinstance(form, DangerForm)
    assert form.bindings["situation"].field.editor.hasFocus()
    commit(QApplication.focusWidget(), "后门堵死")
    press(qtbot, Qt.Key.Key_Return)
    assert page.marking.form is None
    assert current(page) == 2
    assert page.view.items.hasFocus()
    written(qtbot, page)
    danger = desk.rows(Danger, inspection=run)[0]
    assert (danger["situation"], danger["level"], danger["handling"], danger["due_on"]) == ("后门堵死", "一般", "限期改", "2021-12-09")
    assert danger["responsible"] == "张三", "who answers for the place, unless another is named"
    assert findings(desk, run) == [(1, "不合格")]


def test_keys_after_a_danger_mark_the_next_items(opened, desk: Desk, qtbot: QtBot, commit) -> None:
    run = an_inspection(desk)
    page = opened(desk, run)
    press(qtbot, "2")
    commit(QApplication.focusWidget(), "后门堵死")
    press(qtbot, Qt.Key.Key_Return, "1", "3")
    written(qtbot, page)
    assert findings(desk, run) == [(1, "不合格"), (2, "合格"), (3, "不适用")]
    assert len(desk.rows(Danger)) == 1


def test_a_danger_without_its_place_is_not_kept(opened, desk: Desk, qtbot: QtBot) -> None:
    page = opened(desk, an_inspection(desk))
    press(qtbot, "2", Qt.Key.Key_Return)
    assert isinstance(page.marking.form, DangerForm)
    assert page.marking.form.bindings["situation"].field.word == "还没填"
    press(qtbot, Qt.Key.Key_Escape)
    assert page.marking.form is None
    assert page.view.items.hasFocus()
    written(qtbot, page)


def test_a_danger_that_is_refused_opens_again_with_what_was_typed(opened, desk: Desk, qtbot: QtBot, commit) -> None:
    run = an_inspection(desk)
    page = opened(desk, run)
    press(qtbot, "2")
    written(qtbot, page)
    commit(QApplication.focusWidget(), "后门堵死")
    records.move(desk, Inspection, run, "void", note="另一台机器作废")
    press(qtbot, Qt.Key.Key_Return)
    written(qtbot, page)
    assert desk.rows(Danger) == []
    assert "不能再改" in page.bar.text
    assert isinstance(page.marking.form, DangerForm)
    assert page.marking.form.bindings["situation"].field.value() == "后门堵死"
    press(qtbot, Qt.Key.Key_Escape)


def test_what_is_fixed_at_once_needs_no_limit(opened, desk: Desk, qtbot: QtBot, commit) -> None:
    run = an_inspection(desk)
    page = opened(desk, run)
    press(qtbot, "2")
    form = page.marking.form
    qtbot.mouseClick(form.handling.buttons["当场改"], Qt.MouseButton.LeftButton)
    assert form.bindings["due_on"].field.isHidden()
    form.take_focus()
    commit(QApplication.focusWidget(), "灭火器过期")
    press(qtbot, Qt.Key.Key_Return)
    written(qtbot, page)
    danger = desk.rows(Danger)[0]
    assert (danger["handling"], danger["due_on"]) == ("当场改", None)


def test_enter_on_a_failed_item_opens_its_danger_to_be_put_right_or_dropped(opened, desk: Desk, qtbot: QtBot) -> None:
    run = an_inspection(desk)
    first = desk.rows(ChecklistItem)[0]["id"]
    inspections.register_danger(desk, inspection=run, item=first, situation="通道堆物")
    page = opened(desk, run)
    press(qtbot, Qt.Key.Key_Home, Qt.Key.Key_Return)
    field = QApplication.focusWidget()
    field.selectAll()
    qtbot.keyClicks(field, "bicycles")
    press(qtbot, Qt.Key.Key_Return)
    written(qtbot, page)
    assert [row["situation"] for row in desk.rows(Danger)] == ["bicycles"]
    press(qtbot, Qt.Key.Key_Home, Qt.Key.Key_Return)
    qtbot.mouseClick(page.marking.form.drop, Qt.MouseButton.LeftButton)
    written(qtbot, page)
    assert desk.rows(Danger) == []
    press(qtbot, "1")
    written(qtbot, page)
    assert findings(desk, run) == [(1, "合格")]


def test_g_passes_what_is_left_of_the_section(opened, desk: Desk, qtbot: QtBot) -> None:
    template = inspections.write_template(
        desk, name="两段", items=[("一", "甲", None), ("一", "乙", None), ("一", "丙", None), ("二", "丁", None)]
    )
    run = an_inspection(desk, template=template)
    page = opened(desk, run)
    press(qtbot, "3", "g")
    assert current(page) == 4
    written(qtbot, page)
    assert findings(desk, run) == [(1, "不适用"), (2, "合格"), (3, "合格")]


def test_n_writes_a_word_about_an_item(opened, desk: Desk, qtbot: QtBot, commit) -> None:
    run = an_inspection(desk)
    page = opened(desk, run)
    press(qtbot, "1", Qt.Key.Key_Up, "n")
    assert isinstance(page.marking.form, NoteForm)
    commit(QApplication.focusWidget(), "已换新锁")
    press(qtbot, Qt.Key.Key_Return)
    written(qtbot, page)
    row = desk.rows(Finding, inspection=run)[0]
    assert (row["mark"], row["note"]) == ("合格", "已换新锁")


def test_a_word_before_the_mark_is_written_together_with_it(opened, desk: Desk, qtbot: QtBot, commit) -> None:
    run = an_inspection(desk)
    page = opened(desk, run)
    press(qtbot, "n")
    commit(QApplication.focusWidget(), "门锁着")
    press(qtbot, Qt.Key.Key_Return)
    assert desk.rows(Finding) == []
    assert page.dirty(), "it would be lost, and the page says so"
    press(qtbot, "3")
    written(qtbot, page)
    assert [(row["mark"], row["note"]) for row in desk.rows(Finding)] == [("不适用", "门锁着")]
    assert not page.dirty()


def test_a_run_cannot_be_finished_before_every_item_has_its_result(opened, desk: Desk, qtbot: QtBot) -> None:
    run = an_inspection(desk)
    page = opened(desk, run)
    press(qtbot, "1")
    written(qtbot, page)
    finish = page.window().header.deeds.button("finish")
    assert not finish.isEnabled()
    assert "还有 2 项没有结果" in finish.toolTip()
    press(qtbot, Qt.Key.Key_Up, Qt.Key.Key_Return, held=CTRL)
    assert "还有 2 项没有结果" in page.bar.text
    assert current(page) == 2
    assert desk.get(Inspection, run)["state"] == "检查中"


def test_a_failed_item_without_its_danger_holds_the_run_back(opened, desk: Desk, qtbot: QtBot) -> None:
    run = an_inspection(desk)
    page = opened(desk, run)
    press(qtbot, "2", Qt.Key.Key_Escape, Qt.Key.Key_Down, "1", "1")
    written(qtbot, page)
    press(qtbot, Qt.Key.Key_Return, held=CTRL)
    assert "第 1 项不合格，还没写部位和情况" in page.bar.text
    assert isinstance(page.marking.form, DangerForm)
    assert desk.get(Inspection, run)["state"] == "检查中"


def test_ctrl_enter_right_after_the_last_mark_waits_for_it_and_finishes(opened, desk: Desk, qtbot: QtBot) -> None:
    run = an_inspection(desk)
    page = opened(desk, run)
    press(qtbot, "1", "1", "1")
    press(qtbot, Qt.Key.Key_Return, held=CTRL)
    qtbot.waitUntil(lambda: desk.get(Inspection, run)["state"] == "已完成")
    written(qtbot, page)
    assert "检查完成" in page.bar.text
    press(qtbot, Qt.Key.Key_Home, "2")
    written(qtbot, page)
    assert shown(page) == ["合格"] * 3
    assert "已完成，不能再改" in page.bar.text


def test_after_finishing_the_notices_are_made_and_printed(opened, desk: Desk, qtbot: QtBot, commit) -> None:
    run = an_inspection(desk)
    page = opened(desk, run)
    press(qtbot, "2")
    commit(QApplication.focusWidget(), "后门堵死")
    press(qtbot, Qt.Key.Key_Return, "1", "1")
    press(qtbot, Qt.Key.Key_Return, held=CTRL)
    qtbot.waitUntil(lambda: desk.get(Inspection, run)["state"] == "已完成")
    written(qtbot, page)
    window, danger = page.window(), desk.rows(Danger)[0]["id"]
    press(qtbot, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: window.current_page() is not page)
    assert window.current_page().arguments == {"paper": "notice", "ids": (danger,)}
    row = desk.get(Danger, danger)
    assert (row["state"], row["notice_no"]) == ("整改中", "XG-211124-0001")


def three_shops(desk: Desk) -> tuple[list[str], str]:
    grid = a_place(desk, "第 3 网格", "网格")
    shops = [a_place(desk, name, "场所", within=grid, premises="九小场所", route_no=nth, keeper="张三")
             for nth, name in ((3, "福临小吃"), (1, "顺和五金"), (2, "阿明理发"))]  # fmt: skip
    a_place(desk, "别的工地", "场所", within=grid, premises="工地", route_no=1)
    return shops, a_checklist(desk)


def test_the_route_goes_from_place_to_place_in_its_order_with_the_results_of_the_day(opened, desk: Desk, qtbot: QtBot) -> None:
    (third, first, _second), template = three_shops(desk)
    done = an_inspection(desk, place=first, template=template)
    for item in desk.rows(ChecklistItem, template=template):
        inspections.mark_item(desk, done, item["id"], "合格")
    inspections.register_danger(desk, inspection=done, item=desk.rows(ChecklistItem)[0]["id"], situation="堆物")
    inspections.finish_inspection(desk, done)
    run = an_inspection(desk, place=third, template=template)
    stops = inspections.route(desk, run)
    assert [(stop.name, stop.state, stop.dangers) for stop in stops] == [
        ("顺和五金", "已完成", 1), ("阿明理发", "未查", 0), ("福临小吃", "检查中", 0)
    ]  # fmt: skip


def test_what_was_looked_at_on_another_day_is_not_of_todays_route(desk: Desk) -> None:
    (third, first, _second), template = three_shops(desk)
    an_inspection(desk, place=first, template=template)
    moved(desk, 1)
    run = an_inspection(desk, place=third, template=template)
    assert [stop.state for stop in inspections.route(desk, run)] == ["未查", "未查", "检查中"]


def test_enter_on_an_unvisited_place_begins_its_inspection_with_the_same_people(opened, desk: Desk, qtbot: QtBot) -> None:
    (_third, first, second), template = three_shops(desk)
    run = an_inspection(desk, place=first, template=template, inspectors=PAIR)
    page = opened(desk, run)
    press(qtbot, Qt.Key.Key_Down, held=ALT)
    assert page.view.route.list.hasFocus()
    press(qtbot, Qt.Key.Key_Return)
    written(qtbot, page)
    new = desk.rows(Inspection, place=second)[0]
    assert (new["inspectors"], new["template"], new["state"]) == (PAIR, template, "检查中")
    assert (page.view.id, page.title()) == (new["id"], "阿明理发")
    assert page.view.items.hasFocus()


def test_one_click_on_an_unvisited_place_begins_nothing(opened, desk: Desk, qtbot: QtBot) -> None:
    (_third, first, _second), template = three_shops(desk)
    page = opened(desk, an_inspection(desk, place=first, template=template))
    stops = page.view.route.list
    qtbot.mouseClick(stops.viewport(), Qt.MouseButton.LeftButton, pos=stops.visualItemRect(stops.item(1)).center())
    written(qtbot, page)
    assert len(desk.rows(Inspection)) == 1


def test_the_result_of_the_last_time_stands_under_the_item_in_hand(opened, desk: Desk, qtbot: QtBot) -> None:
    place, template = a_place(desk, "老张小吃店", "场所", keeper="张三"), a_checklist(desk)
    before = an_inspection(desk, place=place, template=template)
    for item in desk.rows(ChecklistItem):
        inspections.mark_item(desk, before, item["id"], "不适用")
    inspections.finish_inspection(desk, before)
    moved(desk, 3)
    page = opened(desk, an_inspection(desk, place=place, template=template))
    press(qtbot, Qt.Key.Key_Down)
    below = [page.view.items.rows[line.item].below for line in page.view.lines]
    assert below == ["", "上次 11月24日 不适用", ""]


def test_without_a_run_the_page_names_the_next_step(opened, desk: Desk, qtbot: QtBot) -> None:
    page = opened(desk)
    assert page.empty.isVisible()
    press(qtbot, Qt.Key.Key_Return)
    assert page.window().current_key == "form:inspection"


def test_without_being_told_which_the_unfinished_run_goes_on(opened, desk: Desk) -> None:
    run = an_inspection(desk)
    assert opened(desk).view.id == run


def test_large_letters_leave_the_window_its_width_and_the_route_behind_a_button(opened, desk: Desk, look, qtbot: QtBot) -> None:
    page = opened(desk, an_inspection(desk))
    look.set_size(18)
    page.window().resize(1366, 698)
    qtbot.wait(30)
    assert page.window().width() == 1366
    assert page.view.route.isHidden()
    qtbot.mouseClick(page.window().header.deeds.button("route"), Qt.MouseButton.LeftButton)
    assert page.view.route.list.hasFocus()


def line(item: str, mark: str | None) -> ItemLine:
    return ItemLine(item, 1, "", item, mark, None, None, None, None, None)


@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from(["合格", "不合格", "不适用"]), st.booleans()), max_size=12))
def test_when_all_deeds_have_come_back_the_screen_shows_what_is_on_the_disk(given_marks: list[tuple[str, str, bool]]) -> None:
    marks, disk = Marks([line("a", None), line("b", "合格")]), {"a": "", "b": "合格"}
    for item, mark, _kept in given_marks:
        marks.give(item, mark)
        assert marks.shown(item) == mark
    for item, mark, kept in given_marks:
        if kept:
            marks.keep(item, mark)
            disk[item] = mark
        else:
            marks.refuse(item)
    assert {item: marks.shown(item) for item in "ab"} == disk
