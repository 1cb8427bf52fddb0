"""The list of people as a clerk uses it: searched, narrowed, sorted, ticked, opened, emptied into the bin and back."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from desktop.model.activity import Service
from desktop.model.checkin import CheckIn
from desktop.model.person import Person
from desktop.model.roles import Role
from desktop.office import checkins, records, settings
from desktop.office.desk import Desk
from desktop.store.page import Filter
from desktop.ui.keptcolumns import REST
from desktop.ui.look import Look
from desktop.ui.table import RecordTable
from tests.builders import a_person, an_activity, an_opinion, an_organisation, audited, moved, people, seen_as
from tests.ui.hands import (
    CTRL,
    answer_next_question,
    at_rest,
    button,
    choose_in_menu,
    click,
    click_row,
    has_button,
    press,
    shown,
    write,
)

NAMES = {
    "陈嘉禾": ("2", "13810216650", "机关党员 2019-07-01~"), "仇思远": ("1", "13810216651", "志愿者 2020-01-01~"),
    "刘龑": ("1", "13910216652", "机关党员 2019-07-01~"), "𬭊𪻐": ("2", "13910216653", "居民 2020-01-01~"),
}  # fmt: skip


@pytest.fixture
def ids(desk: Desk) -> dict[str, str]:
    return {name: a_person(desk, name, roles, sex=sex, phone=phone) for name, (sex, phone, roles) in NAMES.items()}


@pytest.fixture
def table(open_office, desk: Desk, ids: dict[str, str], qtbot: QtBot) -> RecordTable:
    page = open_office(desk, "table:person").current_page()
    assert isinstance(page, RecordTable)
    qtbot.waitUntil(page.view.hasFocus)
    return page


def sought(qtbot: QtBot, table: RecordTable, type_it) -> list[str]:
    press(table, Qt.Key.Key_F3)
    assert table.filter.search.hasFocus()
    type_it()
    before = table.listing.text
    qtbot.waitUntil(lambda: table.listing.text != before)
    return shown(table.view, "name")


@pytest.mark.parametrize("typed", ["chenjiahe", "cjh", "6650", "13810216650"])
def test_a_person_is_found_by_pinyin_initials_and_the_tail_of_the_telephone(table: RecordTable, qtbot: QtBot, typed: str) -> None:
    assert sought(qtbot, table, lambda: write(table, typed)) == ["陈嘉禾"]


@pytest.mark.parametrize("typed", ["嘉禾", "𬭊"])
def test_a_person_is_found_by_characters_from_the_input_method(table: RecordTable, qtbot: QtBot, commit, typed: str) -> None:
    found = sought(qtbot, table, lambda: commit(table.filter.search, typed))
    assert len(found) == 1
    assert typed in found[0]


def test_a_surname_with_a_reading_of_its_own_is_found_by_it(table: RecordTable, qtbot: QtBot) -> None:
    assert sought(qtbot, table, lambda: write(table, "qiusiyuan")) == ["仇思远"]


def test_nothing_found_says_so_and_offers_the_way_back(table: RecordTable, qtbot: QtBot) -> None:
    assert sought(qtbot, table, lambda: write(table, "zzzz")) == []
    assert "没有符合条件的人员" in table.bar.text
    click(table.bar, "清除条件")
    assert len(shown(table.view, "name")) == 4
    assert table.bar.text == ""
    assert table.filter.search.value() == ""


def test_conditions_are_added_from_the_menu_and_taken_off_by_backspace(table: RecordTable, qtbot: QtBot) -> None:
    click(table.filter.add)
    choose_in_menu(qtbot, "性别", "女")
    assert sorted(shown(table.view, "name")) == sorted(["陈嘉禾", "𬭊𪻐"])
    click(table.filter.add)
    choose_in_menu(qtbot, "人员类别", "机关党员")
    assert shown(table.view, "name") == ["陈嘉禾"]
    assert [(chip.key, chip.value) for chip in table.filter.chips.values()] == [("性别", "女"), ("人员类别", "机关党员")]
    assert "筛选出 1 人" in table.status()
    press(table, Qt.Key.Key_F3, Qt.Key.Key_Backspace)
    assert len(shown(table.view, "name")) == 2
    click(table.filter.clear)
    assert len(shown(table.view, "name")) == 4


def test_a_second_value_of_one_field_widens_its_condition(table: RecordTable, qtbot: QtBot) -> None:
    for word in ("志愿者", "居民"):
        click(table.filter.add)
        choose_in_menu(qtbot, "人员类别", word)
    assert sorted(shown(table.view, "name")) == sorted(["仇思远", "𬭊𪻐"])
    assert [chip.value for chip in table.filter.chips.values()] == ["志愿者 等 2 个"]


def test_names_stand_by_pinyin_and_a_click_on_the_head_turns_them_round(table: RecordTable, qtbot: QtBot) -> None:
    first = shown(table.view, "name")
    assert (first[0], first[-1]) == ("陈嘉禾", "仇思远")
    assert table.view.sorted_by == ("name", False)
    heads = table.view.heads
    qtbot.mouseClick(heads.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(heads.sectionViewportPosition(1) + 10, 8))
    assert shown(table.view, "name") == first[::-1]
    assert "按 姓名 降序" in table.status()


def test_arriving_at_the_list_opens_nobody_and_the_arrows_open_the_drawer(table: RecordTable, qtbot: QtBot) -> None:
    assert not table.drawer.isVisible()
    press(table, Qt.Key.Key_Down)
    assert table.drawer.isVisible()
    assert table.drawer.row["id"] == table.view.current_id()
    press(table, Qt.Key.Key_Escape)
    assert not table.drawer.isVisible()
    press(table, Qt.Key.Key_Down)
    assert not table.drawer.isVisible(), "put away, it stays away until it is wanted"
    press(table, Qt.Key.Key_Return)
    assert table.drawer.row["id"] == table.view.current_id()


def test_with_large_letters_the_arrows_stay_in_the_list_and_enter_opens_the_person(table: RecordTable, qtbot: QtBot, look) -> None:
    look.set_size(18)
    press(table, Qt.Key.Key_Down, Qt.Key.Key_Down)
    assert table.view.isVisible()
    assert not table.drawer.isVisible()
    press(table, Qt.Key.Key_Return)
    assert table.drawer.isVisible()
    assert not table.view.isVisible()
    press(table, Qt.Key.Key_Escape)
    assert table.view.isVisible()
    assert table.view.hasFocus()


def test_space_ticks_and_the_bar_counts(table: RecordTable, qtbot: QtBot) -> None:
    press(table, Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Space)
    assert table.selection.isVisible()
    assert table.selection.accessibleName() == "已选 2 人"
    click_row(table.view, 3)
    assert table.selection.accessibleName() == "已选 3 人"
    click(table.selection.close_button)
    assert not table.selection.isVisible()


def test_ctrl_a_takes_all_that_the_filter_finds_and_names_the_number(open_office, desk: Desk, qtbot: QtBot) -> None:
    people(desk, 230)
    table = open_office(desk, "table:person").current_page()
    press(table, Qt.Key.Key_A, held=CTRL)
    assert table.selection.accessibleName() == "已选 230 人"
    assert len(table.deeds.ticked_ids()) == 230


def test_the_ticked_go_into_the_bin_together_and_the_toast_takes_them_back(table: RecordTable, desk: Desk, qtbot: QtBot) -> None:
    press(table, Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Space)
    asked = answer_next_question()
    click(table.selection, "移入回收站")
    assert "把 2 人移入回收站？" in asked[0]
    at_rest(qtbot, table)
    assert len(desk.rows(Person)) == 2
    assert not table.selection.isVisible(), "rows that are gone are ticked no more"
    click(table.window(), "撤销")
    at_rest(qtbot, table)
    assert len(desk.rows(Person)) == 4


def test_the_toast_takes_back_also_after_larger_letters_on_another_page(table: RecordTable, desk: Desk, look: Look, qtbot: QtBot) -> None:
    press(table, Qt.Key.Key_Space)
    answer_next_question()
    click(table.selection, "移入回收站")
    at_rest(qtbot, table)
    window = table.window()
    QTest.mouseClick(window.navigation.rows["workbench"], Qt.MouseButton.LeftButton)  # type: ignore[attr-defined]
    look.step(1)  # a new look lets go of what is out of sight
    assert (window.current_key, table.isVisible()) == ("workbench", False)  # type: ignore[attr-defined]
    click(window, "撤销")
    qtbot.waitUntil(lambda: len(desk.rows(Person)) == 4)


def test_a_list_that_is_left_with_its_drawer_asks_for_the_room_of_one(table: RecordTable, look: Look, qtbot: QtBot) -> None:
    window = table.window()
    look.set_size(18)
    qtbot.wait(50)
    press(table, Qt.Key.Key_Return)  # the drawer, in the place of the list
    QTest.mouseClick(window.navigation.rows["workbench"], Qt.MouseButton.LeftButton)  # type: ignore[attr-defined]
    qtbot.wait(50)
    assert table.minimumSizeHint().width() < table.both.listing.minimumSizeHint().width() + table.drawer.minimumSizeHint().width()


def test_a_window_becomes_narrow_again_after_all_conditions_were_shown(table: RecordTable, qtbot: QtBot) -> None:
    window = table.window()
    window.resize(1900, 900)
    for field, word in (
        ("性别", "女"),
        ("人员类别", "机关党员"),
        ("出生日期", "本年"),
        ("民族", "汉族"),
        ("入党日期", "本年"),
        ("学历", "空着"),
    ):
        click(table.filter.add)
        choose_in_menu(qtbot, field, word)
    qtbot.wait(50)
    assert all(chip.isVisible() for chip in table.filter.chips.values())
    assert window.minimumSizeHint().width() <= 1024
    window.resize(1024, 698)
    qtbot.waitUntil(lambda: window.width() == 1024)


def test_the_bin_shows_who_is_gone_and_gives_him_back(table: RecordTable, desk: Desk, ids: dict[str, str], qtbot: QtBot) -> None:
    records.end(desk, Person, ids["刘龑"], because="重复")
    click(table.window().header.deeds, "更多")
    choose_in_menu(qtbot, "回收站")
    assert shown(table.view, "name") == ["刘龑"]
    press(table, Qt.Key.Key_Return)
    click(table.drawer, "取回")
    at_rest(qtbot, table)
    assert desk.get(Person, ids["刘龑"])["ended_on"] is None
    assert shown(table.view, "name") == []


def test_a_question_answered_with_no_moves_nobody(table: RecordTable, desk: Desk, qtbot: QtBot) -> None:
    press(table, Qt.Key.Key_Return)
    answer_next_question(yes=False)
    click(table.drawer, "更多")
    choose_in_menu(qtbot, "移入回收站")
    assert len(desk.rows(Person)) == 4


def test_whether_somebody_checked_in_is_told_by_his_report(open_office, desk: Desk, ids: dict[str, str]) -> None:
    checkins.check_in_member(desk, person=ids["陈嘉禾"], reported_on="2021-11-20")
    table = open_office(desk, "table:person").current_page()
    assert dict(zip(shown(table.view, "name"), shown(table.view, "check_in.state"), strict=True))["陈嘉禾"] == "已报到"
    assert shown(table.view, "check_in.state").count("") == 3


def test_the_services_of_this_quarter_are_counted_beside_each_person_and_open_by_a_click(
    open_office, desk: Desk, ids: dict[str, str]
) -> None:
    moved(desk, -60)
    an_activity(desk, [ids["陈嘉禾"]], name="上季的")
    moved(desk, 60)
    an_activity(desk, [ids["陈嘉禾"], ids["刘龑"]], name="清洁家园")
    kept = an_activity(desk, [ids["陈嘉禾"]], name="义诊", held_on="2021-10-08")
    records.move(desk, Service, an_activity(desk, [ids["陈嘉禾"]], name="错的").services[0], "void", reason="记错")
    window = open_office(desk, "table:person")
    table = window.current_page()
    counted = dict(zip(shown(table.view, "name"), shown(table.view, "service.quarter"), strict=True))
    assert counted == {"陈嘉禾": "2", "仇思远": "0", "刘龑": "1", "𬭊𪻐": "0"}
    click_row(table.view, shown(table.view, "name").index("仇思远"), "service.quarter")
    assert window.current_key == "table:person", "nothing was counted, so nothing opens"
    click_row(table.view, shown(table.view, "name").index("陈嘉禾"), "service.quarter")
    assert window.current_key == "table:service"
    assert kept.services[0] in [window.current_page().view.rows.id_at(row) for row in range(2)]
    assert window.current_page().view.rows.rowCount() == 2


def test_telephone_and_number_are_masked_in_the_list_and_in_what_is_copied(table: RecordTable) -> None:
    assert "138****6650" in shown(table.view, "phone")
    press(table, Qt.Key.Key_C, held=CTRL)
    copied = QApplication.clipboard().text()
    assert "138****6650" in copied
    assert "13810216650" not in copied


def test_f9_takes_the_next_step_of_a_report_and_asks_what_it_needs(open_office, desk: Desk, ids: dict[str, str], qtbot: QtBot) -> None:
    key = checkins.expect_member(desk, person=ids["陈嘉禾"])
    table = open_office(desk, "table:check_in").current_page()
    press(table, Qt.Key.Key_Return, Qt.Key.Key_F9)
    card = table.small.card
    assert card is not None
    assert card.bindings["reported_on"].field.value() == desk.today, "the likely day stands there already"
    press(table, Qt.Key.Key_Return, held=CTRL)
    at_rest(qtbot, table)
    assert desk.get(CheckIn, key)["state"] == "已报到"
    assert table.small.card is None
    assert shown(table.view, "state") == ["已报到"]


def test_a_step_without_what_it_needs_says_so_under_the_field(open_office, desk: Desk, ids: dict[str, str], qtbot: QtBot) -> None:
    key = checkins.check_in_member(desk, person=ids["陈嘉禾"], reported_on="2021-11-20")
    table = open_office(desk, "table:check_in").current_page()
    press(table, Qt.Key.Key_Return)
    click(table.drawer, "注销")
    press(table, Qt.Key.Key_Return, held=CTRL)
    assert table.small.card is not None
    assert table.small.card.bindings["cancelled_because"].field.word == "还没填"
    press(table, Qt.Key.Key_Escape)
    assert desk.get(CheckIn, key)["state"] == "已报到"


def test_an_opinion_opens_its_own_page_with_the_list_it_came_from(open_office, desk: Desk, qtbot: QtBot) -> None:
    some = [an_opinion(desk, text) for text in ("一", "二", "三")]
    window = open_office(desk, "table:opinion")
    press(window, Qt.Key.Key_Down, Qt.Key.Key_Return)
    page = window.current_page()
    assert (window.current_key, page.row["id"]) == ("record:opinion", some[1])
    press(window, Qt.Key.Key_Escape)
    assert window.current_key == "table:opinion"


def test_the_right_button_offers_what_the_drawer_does(table: RecordTable, qtbot: QtBot) -> None:
    box = table.view.visualRect(table.view.rows.index(1, 1))
    qtbot.mouseClick(table.view.viewport(), Qt.MouseButton.RightButton, pos=box.center())
    choose_in_menu(qtbot, "修改")
    assert table.window().current_key == "form:person"


def test_rows_asked_for_by_a_condition_show_it_as_a_chip(open_office, desk: Desk, ids: dict[str, str]) -> None:
    unit = an_organisation(desk, "区自然资源局")
    records.correct(desk, Person, ids["刘龑"], employer=unit)
    table = open_office(desk, "table:person", filters=(Filter("employer", "is", (unit,)),)).current_page()
    assert shown(table.view, "name") == ["刘龑"]
    assert [(chip.key, chip.value) for chip in table.filter.chips.values()] == [("所在单位", "区自然资源局")]


def test_the_list_is_written_as_a_workbook_where_the_clerk_wants_it(
    table: RecordTable, desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "人员.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(file), ""))
    press(table, Qt.Key.Key_E, held=CTRL)
    at_rest(qtbot, table)
    assert file.exists()
    assert "已导出 4 人 到 人员.xlsx" in table.bar.text
    assert ("record.export", True) in audited(desk)


def test_an_empty_list_names_the_next_steps(open_office, desk: Desk, qtbot: QtBot) -> None:
    window = open_office(desk, "table:person")
    page = window.current_page()
    assert page.empty.isVisible()
    click(page.empty, "新增人员")
    assert window.current_key == "form:person"


def test_somebody_who_only_reads_is_offered_no_deed(open_office, desk: Desk, ids: dict[str, str], qtbot: QtBot) -> None:
    window = open_office(seen_as(desk, Role.READER), "table:person")
    page = window.current_page()
    press(page, Qt.Key.Key_Return)
    assert page.drawer.isVisible()
    for words in ("新增人员", "导入", "修改", "移入回收站"):
        assert not has_button(window, words), words
    press(page, Qt.Key.Key_F2)
    press(page, Qt.Key.Key_N, held=CTRL)
    press(page, Qt.Key.Key_I, held=CTRL)
    assert window.current_key == "table:person"


def test_with_the_drawer_open_the_columns_of_the_picture_stay(table: RecordTable) -> None:
    press(table, Qt.Key.Key_Return)
    visible = [
        column.key for at, column in enumerate(table.view.rows.shown_columns, 1) if not table.view.isColumnHidden(at)
    ]  # fmt: skip
    assert visible == ["name", "id_number", "sex", "phone", "roles", "employer", "check_in.state", "service.quarter"]


def test_a_toast_leaves_every_button_free(table: RecordTable, qtbot: QtBot) -> None:
    press(table, Qt.Key.Key_Space)
    toast = table.window().toast("已存：陈嘉禾", lambda: None)
    window = table.window()
    for words in ("打印回执", "导出所选", "移入回收站"):
        one = button(window, words)
        box = one.rect().translated(one.mapTo(window, one.rect().topLeft()))
        assert not toast.geometry().intersects(box), words
    toast.vanish()


def test_columns_that_somebody_hid_stay_hidden_until_he_wants_them_back(open_office, desk: Desk, ids: dict[str, str], qtbot: QtBot) -> None:
    def sexes(table: RecordTable) -> bool:
        column = next(at for at, one in enumerate(table.view.rows.shown_columns, 1) if one.key == "sex")
        return not table.view.isColumnHidden(column)

    table = open_office(desk, "table:person").current_page()
    assert sexes(table)
    {entry.text(): entry for entry in table.view.columns.menu().actions()}["性别"].trigger()
    qtbot.waitUntil(lambda: any(one.page == "columns:person" for one in settings.drafts(desk)))
    again = open_office(desk, "table:person").current_page()
    assert not sexes(again)
    {entry.text(): entry for entry in again.view.columns.menu().actions()}["恢复默认"].trigger()
    assert sexes(again)
    qtbot.waitUntil(lambda: "sex" not in str(settings.drafts(desk)[0].values))
    assert sexes(open_office(desk, "table:person").current_page())


def test_who_only_reads_arranges_columns_for_himself_and_keeps_nothing(open_office, desk: Desk, ids: dict[str, str], qtbot: QtBot) -> None:
    reader = seen_as(desk, Role.READER)
    table = open_office(reader, "table:person").current_page()
    {entry.text(): entry for entry in table.view.columns.menu().actions()}["性别"].trigger()
    qtbot.wait(2 * REST)
    assert not [one for one in settings.drafts(reader) if one.page.startswith("columns:")]
