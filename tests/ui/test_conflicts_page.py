"""The conflict desk by keys and clicks: two values for one field, chosen, decided, printed, and gone from the district."""

from collections.abc import Callable, Generator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.model.person import Person
from desktop.office import decisions, records
from desktop.sync.asking import contested_records
from desktop.sync.merging import waiting_lines
from desktop.ui.conflict_question import QuestionView
from desktop.ui.conflict_sheet import DecidedSheet, RecordSheet
from desktop.ui.conflicts import ConflictsPage
from desktop.ui.exchange import ExchangePage
from desktop.ui.kit.lines import LineEdit
from desktop.ui.look import Look
from desktop.ui.palette import Palette
from desktop.ui.printing import PrintPage
from tests.builders import HARBOUR, a_person, audited
from tests.sync.ledgers import Circle, a_circle, backed_up, restored
from tests.ui.hands import CTRL, Key, at_rest, click, has_button, press

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def circle(tmp_path: Path) -> Generator[Circle, None, None]:
    made = a_circle(tmp_path)
    yield made
    made.close()


@pytest.fixture
def people(circle: Circle, tmp_path: Path) -> list[str]:
    """陈嘉禾 has two questions, 刘龑 one of which the district knows only the mask."""
    keys = [a_person(circle.harbour, "陈嘉禾", post="科员"), a_person(circle.harbour, "刘龑")]
    circle.brought()
    circle.heard()
    circle.harbour = backed_up(circle.harbour, tmp_path / "备份")
    records.correct(circle.harbour, Person, keys[0], post="副股长", branch="第二支部")
    records.correct(circle.harbour, Person, keys[1], name="刘龙天")
    circle.brought()
    circle.harbour = restored(circle.harbour, tmp_path / "备份")
    records.correct(circle.harbour, Person, keys[0], post="股长", branch="第一支部")
    records.correct(circle.harbour, Person, keys[1], name="柳龑")
    circle.brought()
    circle.heard()
    assert len(contested_records(circle.harbour)) == 2
    return keys


@pytest.fixture
def opened(open_office, qtbot: QtBot) -> Callable[..., ConflictsPage]:
    def at(circle: Circle, **arguments: object) -> ConflictsPage:
        window = open_office(circle.harbour, "conflicts", **arguments)
        page = window.current_page()
        assert isinstance(page, ConflictsPage)
        at_rest(qtbot, page)
        return page

    return at


def sheet_of(page: ConflictsPage) -> RecordSheet:
    sheet = page.sheet()
    assert isinstance(sheet, RecordSheet)
    return sheet


def words(piece: QWidget) -> str:
    return " ".join(label.text() for label in piece.findChildren(QLabel) if label.isVisible())


def marks(page: ConflictsPage) -> list[str]:
    """What the list shows, the heads left out."""
    entries = [page.list.item(at).data(Qt.ItemDataRole.UserRole + 1) for at in range(page.list.count())]
    return [f"{entry.title} {entry.word}" for entry in entries if entry.key]


def settled(circle: Circle) -> bool:
    circle.brought()
    return [one.id for one in waiting_lines(circle.district, HARBOUR)] == []


def test_without_a_conflict_the_page_says_so_and_leads_on(opened, circle: Circle):
    page = opened(circle)
    assert page.whole.currentWidget() is page.empty
    assert page.header_actions() == []
    assert has_button(page, "回工作台")
    click(page, "去上报与接收")
    assert page.window().current_key == "exchange"


def test_one_two_enter_decides_a_record(opened, qtbot: QtBot, circle: Circle, people):
    """The clerk never touches the mouse: 1, Enter, 2, Enter."""
    page = opened(circle)
    assert marks(page) == ["陈嘉禾 待选", "柳龑 待选"]
    assert "职务还没选，所在党支部还没选" in sheet_of(page).sentence.text()
    press(page, Key.Key_1)
    assert "职务记为“股长”，所在党支部还没选" in sheet_of(page).sentence.text()
    press(page, Key.Key_Return)
    press(page, Key.Key_2)
    assert "所在党支部记为“第二支部”" in sheet_of(page).sentence.text()
    assert circle.harbour.get(Person, people[0])["branch"] == "第一支部"
    press(page, Key.Key_Return)
    at_rest(qtbot, page)
    row = circle.harbour.get(Person, people[0])
    assert (row["post"], row["branch"]) == ("股长", "第二支部")
    assert marks(page) == ["柳龑 待选", "陈嘉禾 已定"]
    assert "已定下" in page.bar.text


def test_the_cards_say_what_whose_and_by_which_batch(opened, circle: Circle, people):
    page = opened(circle)
    view = sheet_of(page).questions[0]
    assert [card.accessibleName() for card in view.cards] == [
        "1 本社区现在的，股长，周敏　11-24 09:41", "2 城区收到的，副股长，第 2 批报出，11-24",
    ]  # fmt: skip
    assert "原来（11-24） 科员" in words(view)


def test_whom_to_call_stands_masked_and_who_asked_for_the_number_is_written_down(opened, qtbot: QtBot, circle: Circle, people):
    records.correct(circle.harbour, Person, people[0], phone="13800138000")
    page = opened(circle, id=people[0])
    sheet = sheet_of(page)
    assert sheet.phone.label == "打电话问：138****8000"
    qtbot.mouseClick(sheet.phone, LEFT)
    qtbot.waitUntil(lambda: sheet.phone.label == "打电话问：13800138000")
    assert audited(circle.harbour)[-1] == ("record.unmask", True)


def test_nothing_is_decided_before_everything_is_chosen(opened, qtbot: QtBot, circle: Circle, people):
    page = opened(circle)
    press(page, Key.Key_1)
    assert [action.enabled for action in page.header_actions() if action.key == "decide"] == [False]
    press(page, Key.Key_Return, held=CTRL)
    at_rest(qtbot, page)
    assert len(contested_records(circle.harbour)) == 2
    press(page, Key.Key_Return)
    press(page, Key.Key_Return)
    assert sheet_of(page).current is sheet_of(page).questions[1]
    assert len(contested_records(circle.harbour)) == 2


def test_a_third_value_is_typed_and_a_reason_stays_with_it(opened, qtbot: QtBot, circle: Circle, people, commit):
    page = opened(circle)
    press(page, Key.Key_3)
    first = sheet_of(page).questions[0]
    editor = first.bindings["post"].field.editor
    assert isinstance(editor, LineEdit)
    assert editor.hasFocus()
    assert editor.text() == "股长"
    editor.selectAll()
    commit(editor, "一级科员12")
    assert "职务记为“一级科员12”" in sheet_of(page).sentence.text()
    assert page.dirty()
    press(page, Key.Key_Return)
    assert sheet_of(page).current is sheet_of(page).questions[1]
    press(page, Key.Key_Escape)  # out of the field, not off the page
    assert page.window().current_key == "conflicts"
    press(page, Key.Key_1)
    reason = sheet_of(page).reason.editor
    qtbot.mouseClick(reason, LEFT)
    commit(reason, "本人报到登记表")
    press(page, Key.Key_Return)
    at_rest(qtbot, page)
    assert circle.harbour.get(Person, people[0])["post"] == "一级科员12"
    (made,) = decisions.recent(circle.harbour)
    assert (made.reason, [field.side for field in made.fields]) == ("本人报到登记表", ["third", "ours"])


def test_a_masked_value_cannot_be_taken_only_typed(opened, qtbot: QtBot, circle: Circle, people, commit):
    page = opened(circle, kind="person", id=people[1])
    view = sheet_of(page).questions[0]
    assert not view.cards[1].isEnabled()
    assert "不能照用" in words(view.cards[1])
    press(page, Key.Key_2)
    assert not view.is_chosen
    press(page, Key.Key_3)
    editor = view.bindings["name"].field.editor
    assert isinstance(editor, LineEdit)
    editor.selectAll()
    commit(editor, "刘龙天")
    press(page, Key.Key_Return)
    at_rest(qtbot, page)
    assert circle.harbour.get(Person, people[1])["name"] == "刘龙天"


def test_what_a_rule_refuses_stands_under_its_field_and_nothing_is_decided(opened, qtbot: QtBot, circle: Circle, people):
    page = opened(circle, kind="person", id=people[1])
    press(page, Key.Key_3)
    view = sheet_of(page).questions[0]
    view.bindings["name"].field.editor.selectAll()  # type: ignore[attr-defined]
    press(page, Key.Key_Delete)
    press(page, Key.Key_Return)
    at_rest(qtbot, page)
    assert len(contested_records(circle.harbour)) == 2
    assert "必填" in words(view)
    assert page.bar.isVisible()


def test_cards_are_clicked_and_arrows_choose_sides(opened, qtbot: QtBot, circle: Circle, people):
    page = opened(circle)
    view = sheet_of(page).questions[1]
    qtbot.mouseClick(view.cards[1], LEFT)
    assert sheet_of(page).current is view
    assert view.result() == "第二支部"
    page.list.setFocus()
    press(page, Key.Key_Left)
    assert view.result() == "第一支部"
    press(page, Key.Key_Right)
    assert view.result() == "第二支部"
    qtbot.mouseClick(view.cards[1], LEFT)
    assert len(contested_records(circle.harbour)) == 2


def test_arrows_go_from_record_to_record_and_what_was_chosen_stays(opened, circle: Circle, people):
    page = opened(circle)
    press(page, Key.Key_2)
    press(page, Key.Key_Down)
    assert sheet_of(page).contested.record == people[1]
    press(page, Key.Key_Up)
    assert sheet_of(page).questions[0].result() == "副股长"


def test_esc_leaves_it_for_later_and_writes_nothing(opened, qtbot: QtBot, circle: Circle, people):
    page = opened(circle)
    window = page.window()
    window.go("exchange")
    window.go("conflicts")
    at_rest(qtbot, page)
    press(page, Key.Key_1)
    press(page, Key.Key_Escape)
    assert window.current_key == "exchange"
    assert len(contested_records(circle.harbour)) == 2


def test_a_decision_travels_and_the_question_is_gone_on_both_sides(opened, qtbot: QtBot, circle: Circle, people):
    page = opened(circle)
    for _turn in people:
        for _question in sheet_of(page).questions:
            press(page, Key.Key_1, Key.Key_Return)
        at_rest(qtbot, page)
    assert contested_records(circle.harbour) == []
    assert settled(circle)
    assert marks(page) == ["柳龑 已定", "陈嘉禾 已定"]


def test_a_decided_record_shows_what_was_chosen_and_is_printed(opened, qtbot: QtBot, circle: Circle, people):
    page = opened(circle)
    press(page, Key.Key_2, Key.Key_Return, Key.Key_1, Key.Key_Return)
    at_rest(qtbot, page)
    press(page, Key.Key_Down)
    sheet = page.sheet()
    assert isinstance(sheet, DecidedSheet)
    assert "周敏" in words(sheet)
    assert "副股长" in words(sheet)
    press(page, Key.Key_P, held=CTRL)
    printing = page.window().current_page()
    assert isinstance(printing, PrintPage)
    qtbot.waitUntil(lambda: printing.made is not None, timeout=10_000)
    assert printing.made is not None
    assert printing.made.order.key == "decision"


def test_the_exchange_page_counts_what_is_to_be_chosen_and_leads_there(open_office, qtbot: QtBot, circle: Circle, people):
    window = open_office(circle.harbour, "exchange")
    page = window.current_page()
    assert isinstance(page, ExchangePage)
    qtbot.waitUntil(lambda: not page.reading.is_busy and not page.opening.is_busy and page.lines.view.rows.rowCount() > 0)
    assert has_button(window, "冲突台 2 件待选")
    rows = page.lines.view.rows
    deed = next(nth for nth, one in enumerate(rows.shown_columns, 1) if one.key == "deed")
    assert [rows.index(at, deed).data() for at in range(rows.rowCount())] == ["去选", "去选"]
    page.lines.view.setFocus()
    page.lines.view.go_to(1)
    press(page, Key.Key_Return)
    desk = window.current_page()
    assert isinstance(desk, ConflictsPage)
    at_rest(qtbot, desk)
    assert sheet_of(desk).contested.record == rows.id_at(1).split(":")[1]


def test_ctrl_k_finds_the_desk(open_office, qtbot: QtBot, circle: Circle, people):
    window = open_office(circle.harbour, "workbench")
    press(window, Key.Key_K, held=CTRL)
    qtbot.waitUntil(lambda: window.findChild(Palette) is not None)
    palette = window.findChild(Palette)
    qtbot.keyClicks(palette.search, "ctt")
    qtbot.keyClick(palette.search, Key.Key_Return)
    qtbot.waitUntil(lambda: window.current_key == "conflicts")


def test_a_record_whose_other_value_was_never_told_says_to_wait(opened, circle: Circle, people):
    page = opened(circle, kind="person", id="0" * 32)
    assert "等下一份回执" in page.bar.text


@pytest.mark.parametrize("size", [10.5, 18.0])
def test_at_every_letter_size_each_value_can_be_read_and_chosen(opened, qtbot: QtBot, look: Look, circle: Circle, people, size: float):
    look.set_size(size)
    page = opened(circle)
    views = sheet_of(page).findChildren(QuestionView)
    assert len(views) == 2
    for view in views:
        assert min(card.width() for card in view.cards) >= look.u(160)
        assert max(card.mapTo(page, card.rect().topRight()).x() for card in view.cards) <= page.width()
    press(page, Key.Key_1, Key.Key_Return, Key.Key_1, Key.Key_Return)
    at_rest(qtbot, page)
    assert len(contested_records(circle.harbour)) == 1
    press(page, Key.Key_Down)
    assert isinstance(page.sheet(), DecidedSheet)
