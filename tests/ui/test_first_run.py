"""The very first start: one question a page, and no way past the paper that opens the ledger when all passwords are forgotten."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from desktop.office.desk import Desk
from desktop.office.ledgers import sign_in
from desktop.office.opening import Founding, found
from desktop.office.places import Candidate, look_at
from desktop.store.folder import Mount
from desktop.ui.firstrun import FirstRun
from desktop.ui.firststeps import find_offices
from desktop.ui.look import Look
from desktop.ui.work import Report
from tests.builders import CHEAP, HARBOUR, a_desk
from tests.ui.front import a_closed_ledger, enter, press, type_in

GB = 1 << 30


@pytest.fixture
def entered(qtbot: QtBot) -> Iterator[list[tuple[Desk, str]]]:
    """The desks that the window led to, and the page each begins with."""
    desks: list[tuple[Desk, str]] = []
    yield desks
    for desk, _page in desks:
        desk.books.ledger.close()


Start = Callable[..., FirstRun]


@pytest.fixture
def start(qtbot: QtBot, look: Look, tmp_path: Path, entered: list[tuple[Desk, str]]) -> Start:
    """The window on a PC with a good disk, a doubtful one, a stick and a share."""

    def places(_first: Path | None) -> list[Candidate]:
        return [
            Candidate(tmp_path / "好盘" / "连心数据", 186 * GB, 280 * GB, "本机硬盘"),
            Candidate(tmp_path / "系统盘" / "连心数据", 22 * GB, 120 * GB, "系统盘", doubt="重装系统时这块盘会清空"),
            Candidate(tmp_path / "U盘" / "连心数据", 14 * GB, 15 * GB, "U 盘", why_not="U 盘拔下就打不开，只用来上报"),
        ]

    def begin(rehearse: Callable[[Report], Any] = lambda _report: None) -> FirstRun:
        window = FirstRun(rehearse=rehearse, look_for=places, found=partial(found, cost=CHEAP, now=lambda: "2021-11-24T09:41:00"))
        window.opened.connect(lambda desk, page: entered.append((desk, page)))
        qtbot.addWidget(window, before_close_func=lambda one: one.sheet.sheet.__setattr__("is_right", True))
        with qtbot.waitExposed(window):
            window.show()
        return window

    return begin


def choose_harbour(qtbot: QtBot, window: FirstRun) -> None:
    """滨海社区 by its initials, from the list, by keys."""
    type_in(window.office.picker, "bhsq")
    qtbot.waitUntil(lambda: window.office.picker.found is not None, timeout=10_000)
    enter(window.office.picker)
    enter(window.office.picker)


def fill_admin(window: FirstRun) -> None:
    type_in(window.admin.name, "周敏")
    type_in(window.admin.password, "abc12345")
    type_in(window.admin.again, "abc12345")


def to_the_sheet(qtbot: QtBot, window: FirstRun) -> None:
    press(window.ways.ways.cards["community"])
    choose_harbour(qtbot, window)
    enter(next(iter(window.place.places.cards.values())))
    fill_admin(window)
    enter(window.admin.again.editor)
    qtbot.waitUntil(lambda: window.step is window.sheet, timeout=30_000)


def test_a_community_founds_its_ledger_by_keys_alone(qtbot: QtBot, start: Start, tmp_path: Path, entered: list[tuple[Desk, str]]) -> None:
    window = start()
    to_the_sheet(qtbot, window)
    type_in(window.sheet.sheet.typed, window.sheet.sheet.key)
    press(window.next)
    assert window.step is window.done
    press(window.next)
    desk, page = entered[0]
    assert page == "workbench"
    assert (desk.community, desk.books.fact("name"), desk.books.fact("above")) == (HARBOUR, "滨海社区", "凤山街道")
    assert desk.books.ledger.folder == tmp_path / "好盘" / "连心数据"
    assert desk.setting("backup.folder")
    desk.books.ledger.close()
    sign_in(tmp_path / "好盘" / "连心数据", "zhoumin", "abc12345").books.ledger.close()  # pinyin was proposed


def test_the_step_does_not_end_before_the_key_was_typed_back(qtbot: QtBot, start: Start) -> None:
    window = start()
    to_the_sheet(qtbot, window)
    key = window.sheet.sheet.key
    press(window.next)
    assert window.step is window.sheet
    wrong = "0" if key[0] != "0" else "1"
    type_in(window.sheet.sheet.typed, wrong + key[1:])
    assert "第 1 组" in window.sheet.sheet.typed.word
    press(window.next)
    assert window.step is window.sheet
    assert not window.back.isEnabled()  # what is founded is founded


def test_the_key_is_hidden_while_it_is_typed_from_the_paper(qtbot: QtBot, start: Start) -> None:
    window = start()
    to_the_sheet(qtbot, window)
    sheet = window.sheet.sheet
    assert "-".join(label.text() for label in sheet.groups) == sheet.key
    type_in(sheet.typed, sheet.key[:3])
    assert {label.text() for label in sheet.groups} == {"•••••"}
    press(sheet.show_again)
    assert "-".join(label.text() for label in sheet.groups) == sheet.key


def test_the_paper_holds_the_key_and_the_office(qtbot: QtBot, start: Start, tmp_path: Path) -> None:
    import pypdfium2

    window = start()
    to_the_sheet(qtbot, window)
    sheet = window.sheet.sheet
    sheet.save_to(tmp_path / "恢复单.pdf")
    qtbot.waitUntil(lambda: "请删掉" in sheet.front.box.text, timeout=30_000)
    document = pypdfium2.PdfDocument(tmp_path / "恢复单.pdf")
    words = document[0].get_textpage().get_text_range()
    document.close()
    assert all(group in words for group in sheet.key.split("-"))
    assert "凤山街道滨海社区" in words
    assert "周敏" in words


def test_leaving_before_the_paper_is_proved_asks_first(qtbot: QtBot, start: Start) -> None:
    window = start()
    to_the_sheet(qtbot, window)
    asked: list[str] = []

    def stay() -> None:
        question = QApplication.activeModalWidget()
        assert isinstance(question, QDialog)
        asked.append(question.windowTitle())
        QTest.keyClick(question, Qt.Key.Key_Escape)

    QTimer.singleShot(100, stay)
    window.close()
    assert asked == ["恢复单还没核对，要退出吗？"]
    assert window.isVisible()


def test_a_place_that_will_not_do_cannot_be_chosen_and_says_why(qtbot: QtBot, start: Start) -> None:
    window = start()
    press(window.ways.ways.cards["community"])
    choose_harbour(qtbot, window)
    stick = next(card for key, card in window.place.places.cards.items() if "U盘" in key)
    press(stick)
    assert "好盘" in window.place.places.value()
    assert "U 盘拔下就打不开" in stick.accessibleName()


def test_a_weak_password_is_told_while_it_is_typed(qtbot: QtBot, start: Start) -> None:
    window = start()
    press(window.ways.ways.cards["community"])
    choose_harbour(qtbot, window)
    press(window.next)
    type_in(window.admin.password, "abc")
    assert "至少 8 位" in window.admin.password.word
    type_in(window.admin.password, "defg1")
    assert window.admin.password.tone == "ok"
    type_in(window.admin.again, "abcdefg2")
    press(window.next)
    assert window.step is window.admin


def test_an_office_outside_the_list_is_typed(qtbot: QtBot, start: Start) -> None:
    window = start()
    press(window.ways.ways.cards["community"])
    press(window.office.unlisted)
    type_in(window.office.code, "44150200300")
    type_in(window.office.name, "某某社区")
    press(window.next)
    assert "12 位" in window.office.code.word
    type_in(window.office.code, "7")
    press(window.next)
    assert window.step is window.place
    assert window.office.answer() == ("社区", "441502003007", "某某社区")


def test_a_street_and_the_district_are_found_as_their_tier(qtbot: QtBot, start: Start) -> None:
    window = start()
    press(window.ways.ways.cards["tier"])
    assert window.office.answer()[0] == "镇街"
    assert ("441502003000", "凤山街道", "城区") in find_offices("镇街", "fsjd")
    assert find_offices("区", "") == [("441502000000", "城区", "")]


@pytest.mark.parametrize("typed", ["滨海", "bhsq", "binhai", "441502003007"])
def test_a_community_is_found_by_name_pinyin_and_code(typed: str) -> None:
    assert (HARBOUR, "滨海社区", "凤山街道") in find_offices("社区", typed)


def test_escape_goes_back_and_what_was_answered_stays(qtbot: QtBot, start: Start) -> None:
    window = start()
    press(window.ways.ways.cards["community"])
    choose_harbour(qtbot, window)
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert window.step is window.office
    assert window.office.picker.value() == HARBOUR


def test_the_rehearsal_is_one_press_away(qtbot: QtBot, start: Start, tmp_path: Path, entered: list[tuple[Desk, str]]) -> None:
    window = start(lambda _report: a_desk(tmp_path))
    press(window.ways.ways.cards["rehearsal"])
    qtbot.waitUntil(lambda: bool(entered), timeout=30_000)
    assert entered[0][1] == "workbench"


def test_a_folder_without_a_ledger_is_not_opened(qtbot: QtBot, start: Start, tmp_path: Path) -> None:
    window = start()
    chosen: list[Path] = []
    window.ledger_chosen.connect(chosen.append)
    window.choose_ledger(tmp_path)
    assert "没有账本" in window.front.box.text
    window.choose_ledger(a_closed_ledger(tmp_path))
    assert chosen == [tmp_path / "账本"]


def test_a_backup_becomes_a_ledger_on_a_new_computer(qtbot: QtBot, start: Start, tmp_path: Path) -> None:
    from desktop.office.backups import back_up

    desk = a_desk(tmp_path)
    made = back_up(desk, reason="退出", folder=tmp_path / "好盘" / "连心备份")
    desk.books.ledger.close()
    window = start()
    chosen: list[Path] = []
    window.ledger_chosen.connect(chosen.append)
    press(window.ways.ways.cards["restore"])
    press(window.next)
    panel = window.restore.panel
    assert panel.found.value() == str(made.path)
    type_in(panel.login, "zhoumin")
    type_in(panel.password, "abc12345")
    press(panel.button)
    qtbot.waitUntil(lambda: bool(chosen), timeout=30_000)
    sign_in(tmp_path / "好盘" / "连心数据", "zhoumin", "abc12345").books.ledger.close()


def test_the_same_disk_for_ledger_and_backup_is_told(qtbot: QtBot, start: Start) -> None:
    window = start()
    press(window.ways.ways.cards["community"])
    choose_harbour(qtbot, window)
    assert not window.place._same.isHidden()


def test_a_share_is_refused_without_being_asked_for_its_room() -> None:
    mounts = [Mount("/", "ext4"), Mount("/mnt/share", "cifs")]
    share = look_at(Path("/mnt/share/连心数据"), mounts=mounts)
    assert "网络位置" in share.why_not
    assert (share.free, share.total) == (0, 0)


def test_a_folder_that_holds_a_ledger_is_not_founded_upon(tmp_path: Path) -> None:
    assert "已经有一本账" in look_at(a_closed_ledger(tmp_path), mounts=[]).why_not


def test_founding_writes_down_where_backups_go(tmp_path: Path) -> None:
    wish = Founding(HARBOUR, "社区", "", tmp_path / "账", tmp_path / "备", "周敏", "zhoumin", "", "abc12345")
    desk, _key = found(wish, cost=CHEAP)
    assert desk.setting("backup.folder") == str(tmp_path / "备")
    desk.books.ledger.close()
