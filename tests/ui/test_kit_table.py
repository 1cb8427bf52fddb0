"""A list of any length by mouse and by keys: ticks, current row, columns that give way, nothing edited in place."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.kit.badges import badge_size, fitting
from desktop.ui.kit.buttons import Action
from desktop.ui.kit.filters import FilterRow, SelectionBar
from desktop.ui.look import Look
from desktop.ui.tablemodel import PAGE, Column, ListPages, Row, TableModel
from desktop.ui.tableview import ListView

COLUMNS = [
    Column("name", "姓名", 80, kind="name"),
    Column("kind", "类别", 140, kind="badges", priority=2),
    Column("phone", "电话", 120, kind="muted", priority=4),
    Column("unit", "所在单位", 140, priority=3, stretch=True),
    Column("n", "本季", 60, kind="number", priority=6),
]


class Counted:
    """`count` made-up people who are made when asked for, and what was asked."""

    columns = COLUMNS

    def __init__(self, count: int) -> None:
        self._count, self.fetched = count, []

    def count(self) -> int:
        return self._count

    def fetch(self, after: str | None, size: int) -> Sequence[Row]:
        start = 0 if after is None else int(after) + 1
        self.fetched.append(start)
        return [self._row(nth) for nth in range(start, min(start + size, self._count))]

    def key_before(self, position: int) -> str | None:
        return str(position - 1)

    def _row(self, nth: int) -> Row:
        kinds = [("wait", "", "机关党员"), ("wait", "", "志愿者")]
        return {"id": str(nth), "name": f"人{nth}", "kind": kinds, "phone": "138****6650", "unit": "区自然资源局", "n": str(nth % 9)}


@pytest.fixture
def people(show) -> ListView:
    view = show(ListView(Counted(300)), 900, 400)
    view.setFocus()
    view.go_to(0)
    return view


def test_a_hundred_thousand_rows_are_there_at_once_and_few_are_kept(show, qtbot: QtBot) -> None:
    pages = Counted(100_000)
    view = show(ListView(pages), 900, 400)
    view.setFocus()
    assert len(pages.fetched) <= 2
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert view.current_id() == "99999"
    qtbot.wait(20)
    qtbot.keyClick(view, Qt.Key.Key_Home)
    assert view.current_id() == "0"
    for row in range(0, 100_000, 997):
        view.go_to(row)
        qtbot.wait(0)
    assert view.rows.pages_in_memory() <= 6
    assert view.rows.rowCount() == 100_000


@given(count=st.integers(0, 1_000), asked=st.lists(st.integers(-5, 1_005), max_size=30))
def test_the_window_shows_what_the_whole_list_holds(count: int, asked: list[int]) -> None:
    model = TableModel(Counted(count))
    for row in asked:
        assert model.id_at(row) == (str(row) if 0 <= row < count else "")
    assert model.pages_in_memory() <= 6


@given(st.integers(0, 3 * PAGE + 1))
def test_a_short_list_pages_like_a_long_one(count: int) -> None:
    rows: list[Row] = [{"id": str(nth), "name": f"人{nth}"} for nth in range(count)]
    model = TableModel(ListPages(COLUMNS, rows))
    assert [model.id_at(at) for at in range(count)] == [row["id"] for row in rows]


def test_a_row_that_went_away_meanwhile_is_an_empty_row_and_no_crash() -> None:
    pages = Counted(150)
    model = TableModel(pages)
    pages._count = 101
    assert model.id_at(149) == ""
    assert model.index(149, 1).data() == ""


def test_space_ticks_and_enter_opens(people: ListView, qtbot: QtBot) -> None:
    opened: list[str] = []
    people.opened.connect(opened.append)
    qtbot.keyClick(people, Qt.Key.Key_Down)
    qtbot.keyClick(people, Qt.Key.Key_Space)
    qtbot.keyClick(people, Qt.Key.Key_Down)
    qtbot.keyClick(people, Qt.Key.Key_Return)
    assert opened == ["2"]
    assert people.ticks.ids == {"1"}
    qtbot.keyClick(people, Qt.Key.Key_Up)
    qtbot.keyClick(people, Qt.Key.Key_Space)
    assert people.ticks.ids == set()


def test_the_current_row_of_a_list_without_the_keys_stands_on_the_ground_of_the_list(people: ListView, look: Look) -> None:
    people.go_to(1)
    people.clearFocus()
    for row in (1, 2):
        cell = people.visualRect(people.rows.index(row, 1))
        ground = people.viewport().grab().toImage().pixelColor(cell.right() - 3, cell.top() + 3)
        assert ground.name() == look.colour("surface").name(), "no band of Qt's own selection is painted under it"


def test_ctrl_a_ticks_all_that_is_filtered_and_one_can_be_taken_out(people: ListView, qtbot: QtBot) -> None:
    told: list[int] = []
    people.ticks_changed.connect(told.append)
    qtbot.keyClick(people, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(people, Qt.Key.Key_Space)
    assert told == [300, 299]
    assert people.ticks.all
    assert not people.ticks.has("0")
    assert people.ticks.has("250"), "rows that were never seen are ticked too"


def test_shift_and_an_arrow_ticks_a_range(people: ListView, qtbot: QtBot) -> None:
    for _press in range(2):
        qtbot.keyClick(people, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert people.ticks.ids == {"0", "1", "2"}


def test_a_click_on_the_box_ticks_and_with_shift_as_far_as_here(people: ListView, qtbot: QtBot) -> None:
    def box(row: int) -> QPoint:
        return people.visualRect(people.rows.index(row, 0)).center()

    qtbot.mouseClick(people.viewport(), Qt.MouseButton.LeftButton, pos=box(1))
    qtbot.mouseClick(people.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier, box(3))
    assert people.ticks.ids == {"1", "2", "3"}


def test_a_click_on_a_name_makes_it_current_and_two_open_it(people: ListView, qtbot: QtBot) -> None:
    opened: list[str] = []
    people.opened.connect(opened.append)
    at = people.visualRect(people.rows.index(4, 1)).center()
    qtbot.mouseClick(people.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert people.current_id() == "4"
    assert people.ticks.ids == set()
    qtbot.mouseDClick(people.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert opened == ["4"]


def test_letters_neither_edit_nor_jump(people: ListView, qtbot: QtBot) -> None:
    qtbot.keyClicks(people, "abc5")
    QApplication.sendEvent(people, QInputMethodEvent("chen", []))
    assert people.current_id() == "0"
    assert people.state() == ListView.State.NoState
    assert not people.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


def test_tab_leaves_the_list(people: ListView, qtbot: QtBot) -> None:
    row = people.currentIndex()
    qtbot.keyClick(people, Qt.Key.Key_Tab)
    assert people.currentIndex() == row


def test_a_copied_row_is_what_is_shown(people: ListView, qtbot: QtBot) -> None:
    qtbot.keyClick(people, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text().split("\t")[:3] == ["人0", "机关党员、志愿者", "138****6650"]


def _shown(view: ListView) -> list[str]:
    return [column.key for at, column in enumerate(COLUMNS, 1) if not view.isColumnHidden(at)]


def test_columns_give_way_by_priority_and_none_is_cut(people: ListView, qtbot: QtBot) -> None:
    assert _shown(people) == ["name", "kind", "phone", "unit", "n"]
    people.resize(480, 400)
    assert _shown(people) == ["name", "kind", "unit"]
    people.resize(200, 400)
    assert _shown(people) == ["name"]
    people.resize(900, 400)
    assert _shown(people) == ["name", "kind", "phone", "unit", "n"]
    assert sum(people.columnWidth(at) for at in range(6)) == people.viewport().width()


def test_large_letters_make_taller_rows_and_fewer_columns(people: ListView, look: Look) -> None:
    look.set_size(18)
    assert people.rowHeight(0) == look.row == 50
    assert "n" not in _shown(people)


def test_the_columns_chosen_in_the_menu_are_remembered_by_key(people: ListView, show) -> None:
    entries = {entry.text(): entry for entry in people.columns.menu().actions()}
    entries["电话"].setChecked(False)
    assert not entries["姓名"].isEnabled(), "the name cannot be hidden"
    assert "phone" not in _shown(people)
    other = show(ListView(Counted(3)), 900, 400)
    other.columns.restore(people.columns.arrangement() | {"more": 1})
    assert "phone" not in _shown(other)
    {entry.text(): entry for entry in other.columns.menu().actions()}["恢复默认"].trigger()
    assert "phone" in _shown(other)


def test_a_click_on_a_head_asks_for_the_order_and_again_for_its_reverse(people: ListView, qtbot: QtBot) -> None:
    asked: list[tuple[str, bool]] = []
    people.sort_asked.connect(lambda key, descending: asked.append((key, descending)))
    at = QPoint(people.heads.sectionViewportPosition(1) + 10, 10)
    for _click in range(3):
        qtbot.mouseClick(people.heads.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert asked == [("name", False), ("name", True), ("name", False)]


def test_after_a_reload_the_same_record_is_current_and_ticks_stay(people: ListView, qtbot: QtBot) -> None:
    people.go_to(7)
    qtbot.keyClick(people, Qt.Key.Key_Space)
    people.reload()
    assert people.current_id() == "7"
    assert people.ticks.ids == {"7"}


def test_another_question_forgets_the_ticks(people: ListView, qtbot: QtBot) -> None:
    told: list[int] = []
    qtbot.keyClick(people, Qt.Key.Key_Space)
    people.ticks_changed.connect(told.append)
    people.show_pages(Counted(5))
    assert people.rows.rowCount() == 5
    assert told == [0]


def test_a_link_in_a_row_names_record_and_column(show, qtbot: QtBot) -> None:
    columns = [Column("what", "事", 200), Column("deed", "办", 90, kind="link")]
    view = show(ListView(ListPages(columns, [{"id": "y1", "what": "路灯不亮", "deed": "去催办"}]), ticks=False, height=40), 400, 200)
    clicked: list[tuple[str, str]] = []
    view.link_clicked.connect(lambda record, column: clicked.append((record, column)))
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(view.rows.index(0, 2)).center())
    assert clicked == [("y1", "deed")]
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert view.ticks.ids == set(), "a list without ticks has none to set"


def test_a_badge_that_does_not_fit_whole_is_not_begun(look: Look) -> None:
    badges = [("wait", "", "机关党员"), ("wait", "", "志愿者")]
    first = badge_size(badges[0]).width()
    assert [badge for _left, badge in fitting(badges, first + 10)] == badges[:1]
    assert [badge for _left, badge in fitting(badges, 400)] == badges
    assert fitting(badges, 3), "the first is shown even in a narrow cell"


def test_the_search_speaks_after_a_moment_and_at_once_on_enter(show, qtbot: QtBot, commit) -> None:
    row = show(FilterRow("姓名、拼音"), 900, 42)
    asked: list[str] = []
    row.searched.connect(asked.append)
    row.focus_search()
    commit(row.search, "陈")
    assert asked == []
    qtbot.waitUntil(lambda: asked == ["陈"])
    qtbot.keyClicks(row.search, "j")
    qtbot.keyClick(row.search, Qt.Key.Key_Return)
    assert asked == ["陈", "陈j"]


def test_backspace_in_the_empty_search_takes_the_last_filter_away(show, qtbot: QtBot) -> None:
    row = show(FilterRow("姓名"), 1200, 42)
    row.show_chips([("year", "年度", "2021"), ("place", "小区", "滨海花园")])
    gone: list[str] = []
    row.chip_removed.connect(gone.append)
    row.focus_search()
    qtbot.keyClick(row.search, Qt.Key.Key_Backspace)
    row.chips["year"].setFocus()
    qtbot.keyClick(row.chips["year"], Qt.Key.Key_Delete)
    assert gone == ["place", "year"]


def test_a_click_on_the_cross_removes_and_on_the_words_opens(show, qtbot: QtBot) -> None:
    row = show(FilterRow("姓名"), 1200, 42)
    row.show_chips([("year", "年度", "2021")])
    opened: list[str] = []
    gone: list[str] = []
    row.chip_opened.connect(opened.append)
    row.chip_removed.connect(gone.append)
    chip = row.chips["year"]
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(chip.width() - 12, chip.height() // 2))
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(15, chip.height() // 2))
    assert (opened, gone) == (["year"], ["year"])


def test_filters_that_have_no_room_are_counted(show) -> None:
    row = show(FilterRow("姓名"), 620, 42)
    row.show_chips([(str(nth), "小区", "滨海花园等") for nth in range(5)])
    shown = [chip for chip in row.chips.values() if chip.isVisible()]
    assert 0 < len(shown) < 5
    assert all(chip.x() + chip.width() <= row.width() for chip in shown)


def test_the_selection_bar_says_how_many_and_what_ctrl_a_would_take(show, qtbot: QtBot) -> None:
    chosen: list[str] = []
    bar = SelectionBar([Action("print", "打印回执", "printer"), Action("export", "导出所选", "table-export")])
    bar.chosen.connect(chosen.append)
    show(bar, 900, 40)
    bar.show_count(3, 86, "人")
    assert bar.accessibleName() == "已选 3 人"
    qtbot.mouseClick(bar.buttons["export"], Qt.MouseButton.LeftButton)
    assert chosen == ["export"]
    bar.show_count(0, 86, "人")
    assert not bar.isVisible()


def test_deeds_on_ticked_rows_without_room_wait_behind_more(show, qtbot: QtBot) -> None:
    done: list[str] = []
    actions = [Action(f"deed{nth}", f"第 {nth} 件要办的事", run=lambda nth=nth: done.append(str(nth))) for nth in range(6)]
    page, bar = QWidget(), SelectionBar(actions)
    QVBoxLayout(page).addWidget(bar)
    show(page, 520, 80)
    bar.show_count(2, 9, "人")
    QApplication.processEvents()
    shown = [key for key, button in bar.buttons.items() if button.isVisible()]
    assert 0 < len(shown) < 6
    assert bar.more.isVisible()
    assert page.width() == 520
    qtbot.mouseClick(bar.more, Qt.MouseButton.LeftButton)
    menu = QApplication.activePopupWidget()
    assert [entry.text().split("\t")[0] for entry in menu.actions()] == [one.label for one in actions if one.key not in shown]
    menu.actions()[-1].trigger()
    assert done == ["5"]
    menu.close()
    page.resize(3000, 80)
    qtbot.waitUntil(lambda: not bar.more.isVisible())
    assert all(button.isVisible() for button in bar.buttons.values())
