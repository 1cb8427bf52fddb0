"""The exchange by clicks and keys: a stick goes to the district and comes back, and the screen says only what a receipt proved."""

from collections.abc import Callable, Generator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.model.courier import Batch
from desktop.model.person import Person
from desktop.office import records
from desktop.sync import sending, standing
from desktop.ui.exchange import ExchangePage
from desktop.ui.exchange_lists import NEXT
from desktop.ui.kit.buttons import LinkButton
from desktop.ui.office import OfficeWindow
from desktop.ui.printing import PrintPage
from desktop.ui.session import Session
from tests.builders import a_person, audited
from tests.ui.offices import TwoOffices, two_offices

CTRL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def offices(tmp_path: Path) -> Generator[TwoOffices, None, None]:
    made = two_offices(tmp_path)
    yield made
    for desk in (made.community, made.district):
        desk.books.ledger.close()


@pytest.fixture
def enrolled(offices: TwoOffices) -> TwoOffices:
    offices.enrol()
    standing.remember_stick(offices.community, offices.stick)
    return offices


@pytest.fixture
def opened(show, qtbot: QtBot) -> Callable[[TwoOffices], ExchangePage]:
    """The page of the community in its window, once it has looked around."""

    def open_page(offices: TwoOffices) -> ExchangePage:
        window = OfficeWindow(Session(offices.community), {"exchange": ExchangePage, "print": PrintPage})
        show(window, 1366, 698)
        window.go("exchange")
        page = window.current_page()
        assert isinstance(page, ExchangePage)
        settle(qtbot, page)
        return page

    return open_page


def settle(qtbot: QtBot, page: ExchangePage) -> None:
    """Nothing is on its way any more."""
    for _turn in range(3):
        qtbot.waitUntil(lambda: not any(one.is_busy for one in (page.work, page.reading, page.opening, page.stick.looking)))
        QApplication.processEvents()


def press(qtbot: QtBot, page: ExchangePage, key: str) -> None:
    """A button in the head of the window."""
    window = page.window()
    assert isinstance(window, OfficeWindow)
    qtbot.mouseClick(window.header.deeds.button(key), LEFT)


def choose_in_dialog(qtbot: QtBot, page: ExchangePage, path: Path) -> None:
    """Types a path into the open file dialog and presses Enter."""
    qtbot.waitUntil(lambda: bool(page.findChildren(QFileDialog)))
    dialog = page.findChildren(QFileDialog)[-1]
    line = dialog.findChild(QLineEdit)
    line.setText(str(path))
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not page.findChildren(QFileDialog))


def answer_question(qtbot: QtBot, key: Qt.Key) -> None:
    """Answers the next question with a key."""

    def press_key() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QDialog)
        qtbot.keyClick(QApplication.focusWidget(), key)

    QTimer.singleShot(200, press_key)


def words(piece: QWidget) -> str:
    """Every word that a piece of the page shows."""
    return " ".join(label.text() for label in piece.findChildren(QLabel))


def column(page: ExchangePage, key: str) -> list[str]:
    """What one column shows of the batches that were written."""
    rows = page.batches.view.rows
    at = next(nth for nth, one in enumerate(rows.shown_columns, 1) if one.key == key)
    return [str(rows.index(row, at).data()) for row in range(rows.rowCount()) if rows.id_at(row) != NEXT]


def lines(page: ExchangePage, *keys: str) -> list[tuple[str, ...]]:
    """What the list of records shows."""
    rows = page.lines.view.rows
    places = [next(nth for nth, one in enumerate(rows.shown_columns, 1) if one.key == key) for key in keys]
    return [tuple(str(rows.index(row, at).data()) for at in places) for row in range(rows.rowCount())]


def test_an_unknown_office_is_led_to_its_first_batch(offices: TwoOffices, opened, qtbot: QtBot) -> None:
    a_person(offices.community)
    page = opened(offices)
    assert page.header_actions() == [], "nothing can be written to a district that does not know us"
    qtbot.mouseClick(page.enrol.request, LEFT)
    choose_in_dialog(qtbot, page, offices.stick)
    settle(qtbot, page)
    assert [path.name for path in (offices.stick / "连心").iterdir()] == ["连心-入网申请-滨海社区-第001批-20211124.lxb"]
    assert "可以拔出" in page.bar.text

    offices.welcome()
    qtbot.mouseClick(page.enrol.welcome, LEFT)
    settle(qtbot, page)
    for group, digits in zip(page.enrol.fingerprint.groups, offices.their_fingerprint.split(), strict=True):
        qtbot.keyClicks(group, digits)
    qtbot.keyClick(page.enrol.fingerprint.groups[-1], Qt.Key.Key_Return)
    settle(qtbot, page)
    assert "指纹对上了" in page.bar.text
    assert [action.key for action in page.header_actions()] == ["receipt", "slip", "write"]
    assert page.header_actions()[-1].label == "写第 1 批到 U 盘"


def test_digits_typed_past_a_group_go_on_in_the_next(offices: TwoOffices, opened, qtbot: QtBot) -> None:
    page = opened(offices)
    page.enrolling.ask_fingerprint("入网通知.lxb")
    qtbot.keyClicks(page.enrol.fingerprint.groups[0], "12345")
    assert page.enrol.fingerprint.groups[1].hasFocus()
    QApplication.clipboard().setText("67890 11111 222")
    qtbot.keyClick(page.enrol.fingerprint.groups[1], Qt.Key.Key_V, CTRL)
    assert page.enrol.fingerprint.value().split() == ["12345", "67890", "11111", "222"]
    qtbot.mouseClick(page.enrol.accept, LEFT)
    assert page.enrol.fingerprint.groups[3].hasFocus(), "the first group that is short has the keys"


def test_another_key_than_the_one_on_paper_is_not_accepted(offices: TwoOffices, opened, qtbot: QtBot) -> None:
    sending.offices.request_enrolment(offices.community, offices.stick, to=offices.district.community)
    offices.welcome()
    standing.remember_stick(offices.community, offices.stick)
    page = opened(offices)
    qtbot.mouseClick(page.enrol.welcome, LEFT)
    settle(qtbot, page)
    groups = offices.their_fingerprint.split()
    groups[2] = "00000" if groups[2] != "00000" else "11111"
    for field, digits in zip(page.enrol.fingerprint.groups, groups, strict=True):
        qtbot.keyClicks(field, digits)
    qtbot.mouseClick(page.enrol.accept, LEFT)
    settle(qtbot, page)
    assert "指纹第 3 组不符" in page.bar.text
    assert not standing.is_enrolled(offices.community)


def test_the_fingerprint_goes_to_the_printing_page(offices: TwoOffices, opened, qtbot: QtBot) -> None:
    page = opened(offices)
    window = page.window()
    qtbot.mouseClick(page.enrol.sheet, LEFT)
    printing = window.current_page()
    assert isinstance(printing, PrintPage)
    qtbot.waitUntil(lambda: printing.made is not None)
    assert printing.status()[0] == "入网指纹页 共 1 页"


def test_what_will_be_on_the_stick_is_listed_before_it_is_written(enrolled: TwoOffices, opened, qtbot: QtBot) -> None:
    a_person(enrolled.community, "陈嘉禾", phone="13822163001")
    page = opened(enrolled)
    qtbot.mouseClick(page.next_card.kinds["person"], LEFT)
    assert page.contents.view.rows.index(0, 1).data() == "陈*禾", "the words that leave, not those that stay"
    assert "机关党员" in words(page.contents.facts)
    assert "3822163001" not in words(page.contents.facts)
    qtbot.keyClick(page.contents.view, Qt.Key.Key_Escape)
    assert page.batches.view.isVisible()


def test_a_written_batch_is_read_back_and_stands_as_made(enrolled: TwoOffices, opened, qtbot: QtBot) -> None:
    a_person(enrolled.community)
    page = opened(enrolled)
    press(qtbot, page, "write")
    settle(qtbot, page)
    assert "已读回核对，可以拔出" in page.bar.text
    assert (enrolled.stick / "连心" / "连心-滨海社区-第001批-20211124.lxb").is_file()
    assert column(page, "step") == ["1已制作"], "no receipt, no success"
    assert "第 1 批还没有回执，其中的内容会再带一遍" in words(page.next_card)


def test_a_stick_that_fails_leaves_the_batch_to_be_written_again(enrolled: TwoOffices, opened, qtbot: QtBot) -> None:
    a_person(enrolled.community)
    broken = enrolled.stick.parent / "坏盘"
    broken.mkdir()
    (broken / "连心").write_text("no folder")
    standing.remember_stick(enrolled.community, broken)
    page = opened(enrolled)
    press(qtbot, page, "write")
    settle(qtbot, page)
    assert "再写的是同一份" in page.bar.text
    sealed = enrolled.community.rows(Batch)[0]["sha256"]
    (broken / "连心").unlink()
    qtbot.mouseClick(page.bar.findChild(LinkButton), LEFT)
    settle(qtbot, page)
    written = next((broken / "连心").iterdir())
    assert sealed in written.read_bytes().split(b"\n")[1].decode()
    assert [row["number"] for row in enrolled.community.rows(Batch)] == [1]
    assert "可以拔出" in page.bar.text


def test_ctrl_i_reads_the_receipt_on_the_stick_and_the_dots_move(enrolled: TwoOffices, opened, qtbot: QtBot) -> None:
    wrong = a_person(enrolled.community, "仇思远")
    a_person(enrolled.community, "陈嘉禾")
    sent = sending.write_batch(enrolled.community, enrolled.stick)
    enrolled.answer(sent.path, ("person", wrong, "id_number", "value"))
    page = opened(enrolled)
    assert column(page, "step") == ["1已制作"]
    qtbot.keyClick(page.batches.view, Qt.Key.Key_I, CTRL)
    settle(qtbot, page)
    assert "第 1 批已入库" in page.bar.text
    assert column(page, "step") == ["4已入库"]
    assert lines(page, "what", "fate", "why", "deed") == [("仇思远", "退回", "“证件号码”不合规定", "去改正")]
    qtbot.mouseClick(page.lines.chips["taken"], LEFT)
    assert ("陈嘉禾", "已入库") in lines(page, "what", "fate")
    qtbot.mouseClick(page.lines.chips["all"], LEFT)
    assert len(lines(page, "what")) == sum(sent.counts.values())


def test_a_returned_record_is_opened_by_enter_and_waits_for_the_next_batch_once_it_is_put_right(
    enrolled: TwoOffices, opened, qtbot: QtBot
) -> None:
    wrong = a_person(enrolled.community, "仇思远")
    sent = sending.write_batch(enrolled.community, enrolled.stick)
    enrolled.answer(sent.path, ("person", wrong, "id_number", "required"))
    page = opened(enrolled)
    qtbot.keyClick(page.batches.view, Qt.Key.Key_I, CTRL)
    settle(qtbot, page)
    page.lines.view.setFocus()
    page.lines.view.go_to(0)
    qtbot.keyClick(page.lines.view, Qt.Key.Key_Return)
    window = page.window()
    assert window.current_key == "form:person"
    form = window.current_page()
    assert form.row["name"] == "仇思远"
    number = form.bindings["id_number"].field
    assert number.editor.hasFocus(), "the keys stand in the field that came back"
    assert (number.word, number.tone) == ("缺“证件号码”", "err")
    records.correct(enrolled.community, Person, wrong, post="科员")
    window.go("exchange")
    settle(qtbot, page)
    assert page.lines.chips["todo"].value == "0"
    assert ("仇思远", "已改，待报") in lines(page, "what", "fate")


def test_a_lost_stick_is_reported_and_no_longer_missed(enrolled: TwoOffices, opened, qtbot: QtBot) -> None:
    a_person(enrolled.community, "陈嘉禾")
    sending.write_batch(enrolled.community, enrolled.stick)
    enrolled.next_day()
    a_person(enrolled.community, "仇思远")
    second = sending.write_batch(enrolled.community, enrolled.stick)
    enrolled.answer(second.path)
    page = opened(enrolled)
    qtbot.keyClick(page.batches.view, Qt.Key.Key_I, CTRL)
    settle(qtbot, page)
    assert page.gap.isVisible()
    assert "区里未见第 1 批" in page.gap.accessibleName()
    assert column(page, "step") == ["4已入库", "4由后批代替"]
    answer_question(qtbot, Qt.Key.Key_Return)
    qtbot.mouseClick(page.gap.lost, LEFT)
    settle(qtbot, page)
    assert not page.gap.isVisible()
    assert ("batch.report_lost", True) in audited(enrolled.community)
    assert "已报失" in column(page, "fates")[1]


def test_the_hand_over_is_noted_without_the_mouse(enrolled: TwoOffices, opened, qtbot: QtBot) -> None:
    a_person(enrolled.community)
    sending.write_batch(enrolled.community, enrolled.stick)
    page = opened(enrolled)
    page.hand.setFocus()
    qtbot.keyClick(page.hand, Qt.Key.Key_Return)
    qtbot.keyClicks(QApplication.focusWidget(), "Wu")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    settle(qtbot, page)
    assert column(page, "handed") == ["11-24 → Wu"]
    assert column(page, "step") == ["2已交接"]
    assert not page.form.isVisible()


def test_strange_files_are_counted_and_not_opened(enrolled: TwoOffices, opened) -> None:
    for name in ("照片.jpg", "通知.docx"):
        (enrolled.stick / name).write_bytes(b"x")
    page = opened(enrolled)
    assert "其他文件 2 个" in words(page.stick_card)
    assert "不是连心的，不会打开" in words(page.stick_card)


def test_the_slip_of_the_batch_in_hand_is_what_is_printed(enrolled: TwoOffices, opened, qtbot: QtBot) -> None:
    a_person(enrolled.community)
    sent = sending.write_batch(enrolled.community, enrolled.stick)
    page = opened(enrolled)
    window = page.window()
    press(qtbot, page, "slip")
    printing = window.current_page()
    assert isinstance(printing, PrintPage)
    qtbot.waitUntil(lambda: printing.made is not None)
    assert (printing.order.key, printing.order.ids) == ("batch", (sent.batch,))
