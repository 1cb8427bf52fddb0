"""批量录入: rows typed and pasted, judged by the import's own rules, kept in one go, taken back in one go, and never lost."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.exchange.mapping import importable
from desktop.model.contents import RECORD_TYPES
from desktop.model.organisation import Organisation
from desktop.model.person import Person
from desktop.model.roles import Role
from desktop.office import records, settings
from desktop.office.desk import Desk
from desktop.ui.entry import EntryPage
from desktop.ui.entrymodel import saying
from desktop.ui.kit.rarecharacters import RareCharacters
from tests.builders import a_person, an_organisation, audited, seen_as
from tests.ui.hands import (
    ALT,
    CTRL,
    NONE,
    SHIFT,
    Key,
    answer_next_question,
    at_rest,
    button,
    choose_in_menu,
    click,
    has_button,
    press,
    write,
)

BLOCK = (
    "姓名\t身份证号\t人员类别\t电话\t工作单位\t备注\r\n"
    '李建国\t441502196307153758\t居民\t13800138000\t区税务局\t"两行\n备注"\r\n'
    "王𬭊\t44150219630715375\t志愿者\t13800138001\t区税务局\t\r\n"
)


@pytest.fixture
def page(open_office, desk: Desk, qtbot: QtBot) -> EntryPage:
    an_organisation(desk, "区税务局")
    found = open_office(desk, "entry:person").current_page()
    assert isinstance(found, EntryPage)
    qtbot.waitUntil(found.grid.cell.hasFocus)
    return found


def looked_at(qtbot: QtBot, page: EntryPage) -> None:
    qtbot.waitUntil(lambda: page.judging.is_settled and not page.reads.is_busy and not page.work.is_busy, timeout=10_000)


def cell(page: EntryPage, row: int, key: str) -> str:
    return page.model.text(row, page.model.keys.index(key))


def said(page: EntryPage, row: int) -> str:
    return saying(Person, page.model.entries[row]).words


def to(page: EntryPage, key: str) -> None:
    """With Tab to a column of the row that has the keys."""
    wanted = page.model.keys.index(key)
    while (at := page.grid.here[1]) != wanted:
        press(page, Key.Key_Tab if at < wanted else Key.Key_Backtab)


def person(page: EntryPage, commit, name: str, roles: str = "居民", **more: str) -> None:
    for key, text in {"name": name, "roles": roles, **more}.items():
        to(page, key)
        commit(page.grid.cell, text)


def paste(qtbot: QtBot, page: EntryPage, text: str) -> None:
    QApplication.clipboard().setText(text)
    press(page, Key.Key_V, held=CTRL)
    qtbot.waitUntil(lambda: page.paste.isVisible() and page.paste.dry is not None and not page.reads.is_busy, timeout=10_000)


@pytest.mark.parametrize("record", [one for one in RECORD_TYPES if importable(one)], ids=lambda one: one.__tablename__)
def test_every_record_type_with_a_template_has_a_grid_in_the_order_of_its_form(open_office, desk: Desk, record) -> None:
    window = open_office(desk, f"entry:{record.__tablename__}")
    on_form = [spec.key for specs in record.groups().values() for spec in specs if spec.imported]
    assert window.current_page().model.keys[: len(on_form)] == on_form
    assert len(window.current_page().model.entries) == 1, "an empty row waits"


def test_the_first_letter_that_an_input_method_composes_is_in_the_cell(page: EntryPage, qtbot: QtBot, commit) -> None:
    commit(QApplication.focusWidget(), "陈")
    assert cell(page, 0, "name") == "陈"
    commit(QApplication.focusWidget(), "嘉禾")
    press(page, Key.Key_Return)
    commit(QApplication.focusWidget(), "441502")
    assert (cell(page, 0, "name"), cell(page, 0, "id_number")) == ("陈嘉禾", "441502")


def test_enter_and_tab_go_on_over_the_end_of_the_row_and_back(page: EntryPage, commit) -> None:
    last = len(page.model.keys) - 1
    commit(page.grid.cell, "陈嘉禾")
    press(page, *[Key.Key_Tab] * last)
    assert page.grid.here == (0, last)
    press(page, Key.Key_Return)
    assert page.grid.here == (1, 0)
    press(page, Key.Key_Return, held=SHIFT)
    assert page.grid.here == (0, last)
    press(page, Key.Key_Backtab)
    assert page.grid.here == (0, last - 1)


def test_a_letter_replaces_the_cell_and_f2_goes_on_writing_in_it(page: EntryPage) -> None:
    to(page, "post")
    write(page, "abc")
    press(page, Key.Key_Tab, Key.Key_Backtab, Key.Key_F2)
    write(page, "d")
    assert cell(page, 0, "post") == "abcd"
    press(page, Key.Key_Escape)
    assert cell(page, 0, "post") == "abc", "Esc takes back what was done to this cell"
    write(page, "x")
    assert cell(page, 0, "post") == "x"


def test_right_rows_are_kept_and_wrong_ones_stay_with_their_reason_to_be_mended(page: EntryPage, desk: Desk, qtbot: QtBot, commit) -> None:
    person(page, commit, "陈嘉禾", employer="区税务局")
    press(page, Key.Key_Down)
    person(page, commit, "王𬭊", phone="1381021665")
    looked_at(qtbot, page)
    assert said(page, 0) == "可以存"
    assert "手机号码" in said(page, 1)
    assert button(page.window(), "保存 1 行").isVisible()
    press(page, Key.Key_Return, held=CTRL)
    qtbot.waitUntil(lambda: [row["name"] for row in desk.rows(Person)] == ["陈嘉禾"], timeout=10_000)
    looked_at(qtbot, page)
    assert [entry.cells[0] for entry in page.model.filled()] == ["王𬭊"]
    assert "1 行留着" in page.bar.text
    assert page.model.keys[page.grid.here[1]] == "phone", "the keys are in the cell that is wrong"
    commit(page.grid.cell, "13800138000")
    press(page, Key.Key_Return, held=CTRL)
    qtbot.waitUntil(lambda: len(desk.rows(Person)) == 2, timeout=10_000)
    at_rest(qtbot, page)
    assert page.model.filled() == []


def test_the_rows_of_one_saving_are_one_deed_and_are_taken_back_as_one(page: EntryPage, desk: Desk, qtbot: QtBot, commit) -> None:
    before = audited(desk).count(("record.import", True))
    for name in ("甲甲", "乙乙", "丙丙"):
        person(page, commit, name)
        press(page, Key.Key_Down)
    press(page, Key.Key_Return, held=CTRL)
    qtbot.waitUntil(lambda: len(desk.rows(Person)) == 3, timeout=10_000)
    at_rest(qtbot, page)
    assert audited(desk).count(("record.import", True)) == before + 1
    click(page.window(), "撤销上次保存")
    qtbot.waitUntil(lambda: desk.rows(Person) == [], timeout=10_000)
    at_rest(qtbot, page)
    assert [entry.cells[0] for entry in page.model.filled()] == ["甲甲", "乙乙", "丙丙"], "what was typed is there again"


def test_a_block_is_shown_with_its_mapping_and_its_mistakes_before_anything_is_taken(page: EntryPage, desk: Desk, qtbot: QtBot) -> None:
    paste(qtbot, page, BLOCK)
    assert set(page.paste.mapping.chosen().values()) == {"name", "id_number", "roles", "phone", "employer", "note"}
    assert page.paste.lines.chips[None].accessibleName() == "全部 2"
    assert any("证件号码" in str(problem) for line in page.paste.dry.lines for problem in line.problems)
    assert page.model.filled() == []
    assert desk.rows(Person) == []
    press(page, Key.Key_Escape)
    assert page.grid.isVisible()
    assert page.model.filled() == [], "不要 leaves no trace"
    paste(qtbot, page, BLOCK)
    press(page, Key.Key_Return, held=CTRL)
    looked_at(qtbot, page)
    assert cell(page, 0, "note") == "两行\n备注"
    assert page.grid.cells.model().index(0, page.model.keys.index("note") + 1).data() == "两行↵备注"
    assert desk.rows(Person) == [], "the grid is not yet the ledger"
    press(page, Key.Key_Return, held=CTRL)
    qtbot.waitUntil(lambda: [(row["name"], row["note"]) for row in desk.rows(Person)] == [("李建国", "两行\n备注")], timeout=10_000)


def test_a_block_without_a_head_goes_by_the_columns_from_where_the_keys_are(page: EntryPage, qtbot: QtBot) -> None:
    to(page, "post")
    paste(qtbot, page, "科员\t第一支部\n科长\t第二支部\n")
    assert list(page.paste.mapping.chosen().values()) == ["post", "branch"]
    assert "没有表头" in page.paste.words.text()
    click(page.paste, "放进表格 2 行")
    assert [cell(page, row, "branch") for row in (0, 1)] == ["第一支部", "第二支部"]


def test_a_column_may_be_sent_to_another_field_before_it_is_taken(page: EntryPage, qtbot: QtBot) -> None:
    paste(qtbot, page, "姓名\t人员类别\t备忘\n陈嘉禾\t居民\t常住\n")
    choice = page.paste.mapping.choices[3]
    assert choice.value() == ""
    choice.setFocus()
    press(page, Key.Key_End)
    assert choice.value() == page.model.keys[-1]
    qtbot.waitUntil(lambda: not page.reads.is_busy)
    click(page.paste, "放进表格 1 行")
    assert cell(page, 0, page.model.keys[-1]) == "常住"


def test_one_cell_from_the_clipboard_is_pasted_into_the_cell(page: EntryPage) -> None:
    QApplication.clipboard().setText("陈嘉禾")
    press(page, Key.Key_V, held=CTRL)
    assert cell(page, 0, "name") == "陈嘉禾"


def test_somebody_alike_is_kept_only_after_a_look(page: EntryPage, desk: Desk, qtbot: QtBot, commit) -> None:
    a_person(desk, "陈嘉禾", phone="13810216650")
    person(page, commit, "陈嘉禾", phone="13810216650")
    looked_at(qtbot, page)
    assert "可能与“陈嘉禾”重复" in said(page, 0)
    press(page, Key.Key_Return, held=CTRL)
    at_rest(qtbot, page)
    assert len(desk.rows(Person)) == 1
    click(page, "看过了，是另一条，照样新增")
    looked_at(qtbot, page)
    press(page, Key.Key_Return, held=CTRL)
    qtbot.waitUntil(lambda: len(desk.rows(Person)) == 2, timeout=10_000)


def test_a_unit_that_the_ledger_lacks_is_made_only_when_asked(page: EntryPage, desk: Desk, qtbot: QtBot, commit) -> None:
    person(page, commit, "陈嘉禾", employer="新单位")
    looked_at(qtbot, page)
    assert "台账里没有这个单位" in said(page, 0)
    click(page.make_missing)
    looked_at(qtbot, page)
    assert said(page, 0) == "可以存；新建 新单位"
    press(page, Key.Key_Return, held=CTRL)
    qtbot.waitUntil(lambda: {row["name"] for row in desk.rows(Organisation)} == {"区税务局", "新单位"}, timeout=10_000)


def test_what_was_entered_on_another_page_meanwhile_is_seen_at_once(page: EntryPage, desk: Desk, qtbot: QtBot, commit) -> None:
    person(page, commit, "陈嘉禾", phone="13810216650")
    looked_at(qtbot, page)
    assert said(page, 0) == "可以存"
    a_person(desk, "陈嘉禾", phone="13810216650")
    page.session.told()  # what every deed of another page says
    qtbot.waitUntil(lambda: "可能与“陈嘉禾”重复" in said(page, 0), timeout=10_000)


def test_words_of_a_list_drop_down_under_the_cell(page: EntryPage, qtbot: QtBot) -> None:
    to(page, "sex")
    press(page, Key.Key_Down, held=ALT)
    choose_in_menu(qtbot, "女")
    assert cell(page, 0, "sex").startswith("女")
    to(page, "employer")
    press(page, Key.Key_Down, held=ALT)
    choose_in_menu(qtbot, "区税务局")
    assert cell(page, 0, "employer") == "区税务局"


def test_a_row_copies_the_one_above_and_goes_with_ctrl_delete_and_comes_back(page: EntryPage, qtbot: QtBot, commit) -> None:
    person(page, commit, "陈嘉禾", "居民")
    press(page, Key.Key_Down)
    press(page, Key.Key_D, held=CTRL)
    assert cell(page, 1, "roles") == "居民"
    press(page, Key.Key_Up)
    press(page, Key.Key_Delete, held=CTRL)
    assert len(page.model.filled()) == 1
    click(page.window(), "撤销")
    assert [entry.cells[0] for entry in page.model.filled()] == ["陈嘉禾", ""]


def test_what_was_typed_is_a_draft_when_the_page_is_left(page: EntryPage, open_office, desk: Desk, qtbot: QtBot, commit) -> None:
    person(page, commit, "陈嘉禾")
    asked = answer_next_question()
    page.window().go("table:person")
    assert asked[0].startswith("有未保存的修改，要离开吗？")
    qtbot.waitUntil(lambda: any(one.record == "grid" for one in settings.drafts(desk)), timeout=10_000)
    again = open_office(desk, "entry:person").current_page()
    click(again.bar, "接着填")
    assert [entry.cells[0] for entry in again.model.filled()] == ["陈嘉禾"]


def test_a_click_opens_the_cell_under_the_mouse(page: EntryPage, commit) -> None:
    at = page.grid.cells.visualRect(page.model.index(0, page.model.keys.index("sex") + 1)).center()
    QTest.mouseClick(page.grid.cells.viewport(), Qt.MouseButton.LeftButton, NONE, QPoint(at))
    commit(QApplication.focusWidget(), "男")
    assert cell(page, 0, "sex") == "男"


def test_it_is_reached_from_the_list_and_by_ctrl_k_and_from_the_empty_page(open_office, desk: Desk, qtbot: QtBot) -> None:
    window = open_office(desk, "table:person")
    assert "批量录入" in [action.label for action in window.current_page().more_actions()]
    assert any(place.page == "entry:person" for place in window.places())
    click(window.current_page().empty, "批量录入")
    assert window.current_key == "entry:person"


def test_a_rare_character_is_put_into_a_cell_by_its_code(page: EntryPage, qtbot: QtBot, commit) -> None:
    commit(page.grid.cell, "王")
    press(page, Key.Key_R, held=CTRL | ALT)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), RareCharacters))
    picker = QApplication.activeModalWidget()
    qtbot.waitUntil(picker.search.hasFocus)
    write(picker, "2CB4A")
    press(picker, Key.Key_Return)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
    assert cell(page, 0, "name") == "王𬭊"


def test_rows_that_were_taken_out_leave_no_draft_behind(page: EntryPage, desk: Desk, qtbot: QtBot, commit) -> None:
    commit(page.grid.cell, "陈嘉禾")
    page.drafts.keep()
    qtbot.waitUntil(lambda: any(one.record == "grid" for one in settings.drafts(desk)), timeout=10_000)
    press(page, Key.Key_Delete, held=CTRL)
    assert not any(one.record == "grid" for one in settings.drafts(desk))


def test_who_only_reads_finds_no_grid(open_office, desk: Desk) -> None:
    window = open_office(seen_as(desk, Role.READER), "table:person")
    assert "批量录入" not in [action.label for action in window.current_page().more_actions()]
    assert not any(place.page.startswith("entry:") for place in window.places())
    assert not has_button(window.current_page().empty, "批量录入")


def test_what_was_changed_since_is_kept_and_named_when_the_rest_is_taken_back(page: EntryPage, desk: Desk, qtbot: QtBot, commit) -> None:
    person(page, commit, "陈嘉禾")
    press(page, Key.Key_Return, held=CTRL)
    qtbot.waitUntil(lambda: len(desk.rows(Person)) == 1 and not page.work.is_busy, timeout=10_000)
    records.correct(desk, Person, desk.rows(Person)[0]["id"], post="科员")
    click(page.window(), "撤销上次保存")
    qtbot.waitUntil(lambda: "留着：陈嘉禾" in page.bar.text, timeout=10_000)
    assert len(desk.rows(Person)) == 1


def test_with_large_letters_the_grid_stays_in_its_window(page: EntryPage, look, qtbot: QtBot) -> None:
    look.set_size(18)
    page.window().resize(1366, 698)
    qtbot.wait(50)
    assert page.window().width() == 1366
    assert page.grid.cell.width() > 0
    assert page.grid.cells.viewport().rect().intersects(page.grid.cell.geometry())
    paste(qtbot, page, BLOCK)
    qtbot.wait(50)
    assert (page.window().width(), page.window().height()) == (1366, 698)
