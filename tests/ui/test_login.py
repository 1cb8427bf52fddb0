"""Signing in, forgetting the password, and the lock: what stands between the desk and whoever walks past."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.app import Lianxin
from desktop.model.person import Person as Resident
from desktop.model.roles import Role
from desktop.office.desk import Desk
from desktop.office.ledgers import add_user, set_active, sign_in
from desktop.office.opening import keep_recovery, new_recovery
from desktop.office.settings import drafts
from desktop.store import tries
from desktop.store.key import Keyring, WrongPassword
from desktop.ui.lock import Idle, LockOverlay
from desktop.ui.login import LoginWindow
from desktop.ui.look import Look
from desktop.ui.thispc import ALL, NONE, Ledger, Person
from tests.builders import LOGIN, PASSWORD, a_desk
from tests.ui.front import a_closed_ledger, enter, press, the_program, type_in

SEEN = Person(LOGIN, "周敏", "社区工作者", "2021-11-23 17:45")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return a_closed_ledger(tmp_path)


@pytest.fixture
def opened(qtbot: QtBot) -> Iterator[list[Desk]]:
    """The desks that windows opened, closed at the end."""
    desks: list[Desk] = []
    yield desks
    for desk in desks:
        desk.books.ledger.close()


def login(qtbot: QtBot, folder: Path, opened: list[Desk], **known: object) -> LoginWindow:
    window = LoginWindow(folder, Ledger(str(folder), "凤山街道 · 滨海社区", **{"people": [SEEN], **known}))  # type: ignore[arg-type]
    qtbot.addWidget(window)
    window.opened.connect(opened.append)
    with qtbot.waitExposed(window):
        window.show()
    return window


def test_the_last_user_types_only_the_password(qtbot: QtBot, look: Look, folder: Path, opened: list[Desk]) -> None:
    window = login(qtbot, folder, opened)
    type_in(window.sign_in.password, PASSWORD)
    enter(window.sign_in.password.editor)
    qtbot.waitUntil(lambda: bool(opened), timeout=20_000)
    assert opened[0].who.name == "周敏"
    assert window.sign_in.password.value() == ""


def test_a_wrong_password_does_not_say_which_half_is_wrong(qtbot: QtBot, look: Look, folder: Path, opened: list[Desk]) -> None:
    window = login(qtbot, folder, opened)
    type_in(window.sign_in.password, "abc12346")
    press(window.sign_in.button)
    qtbot.waitUntil(lambda: "登录名或口令不对" in window.sign_in.password.word, timeout=20_000)
    unknown = login(qtbot, folder, opened, people=[])
    type_in(unknown.sign_in.login, "nobody")
    type_in(unknown.sign_in.password, PASSWORD)
    enter(unknown.sign_in.password.editor)
    qtbot.waitUntil(lambda: unknown.sign_in.password.word == window.sign_in.password.word, timeout=20_000)
    assert opened == []


def test_after_too_many_wrong_ones_the_window_counts_down(qtbot: QtBot, look: Look, folder: Path, opened: list[Desk]) -> None:
    for _try in range(tries.FREE_TRIES):
        with pytest.raises(WrongPassword):
            tries.sign_in(folder, LOGIN, "wrong-one", now=time.time())
    window = login(qtbot, folder, opened)
    type_in(window.sign_in.password, PASSWORD)
    enter(window.sign_in.password.editor)
    qtbot.waitUntil(lambda: "秒再试" in window.sign_in.password.word, timeout=20_000)
    before = window.sign_in.password.word
    assert not window.sign_in.button.isEnabled()
    qtbot.waitUntil(lambda: window.sign_in.password.word != before, timeout=5_000)


def test_capitals_that_are_locked_are_told(qtbot: QtBot, look: Look, folder: Path, opened: list[Desk]) -> None:
    window = login(qtbot, folder, opened)
    QTest.keyClick(window.sign_in.password.editor, Qt.Key.Key_CapsLock)
    assert "大写锁定" in window.sign_in.password.word


def test_no_name_is_shown_where_the_office_chose_none(qtbot: QtBot, look: Look, folder: Path, opened: list[Desk]) -> None:
    window = login(qtbot, folder, opened, names=NONE)
    assert not window.sign_in.people.cards
    assert window.sign_in.login.isVisible()


def test_all_names_are_shown_where_the_office_chose_all(qtbot: QtBot, look: Look, tmp_path: Path, opened: list[Desk]) -> None:
    desk = a_desk(tmp_path)
    add_user(desk, name="林小雨", login="linxiaoyu", password=PASSWORD, role=Role.CLERK)
    desk.books.ledger.close()
    window = login(qtbot, tmp_path / "账本", opened, names=ALL)
    assert list(window.sign_in.people.cards) == [LOGIN, "linxiaoyu"]


def test_somebody_else_types_his_name(qtbot: QtBot, look: Look, tmp_path: Path, opened: list[Desk]) -> None:
    desk = a_desk(tmp_path)
    add_user(desk, name="林小雨", login="linxiaoyu", password="xyz98765", role=Role.CLERK)
    desk.books.ledger.close()
    window = login(qtbot, tmp_path / "账本", opened)
    press(window.sign_in.others)
    type_in(window.sign_in.login, "linxiaoyu")
    enter(window.sign_in.login.editor)
    type_in(window.sign_in.password, "xyz98765")
    enter(window.sign_in.password.editor)
    qtbot.waitUntil(lambda: bool(opened), timeout=20_000)
    assert opened[0].who.name == "林小雨"


def test_a_user_who_left_does_not_get_in(qtbot: QtBot, look: Look, tmp_path: Path, opened: list[Desk]) -> None:
    desk = a_desk(tmp_path)
    key = add_user(desk, name="林小雨", login="linxiaoyu", password=PASSWORD, role=Role.CLERK)
    set_active(desk, key, active=False)
    desk.books.ledger.close()
    window = login(qtbot, tmp_path / "账本", opened, people=[Person("linxiaoyu", "林小雨", "")])
    type_in(window.sign_in.password, PASSWORD)
    enter(window.sign_in.password.editor)
    qtbot.waitUntil(lambda: "已停用" in window.sign_in.front.box.text, timeout=20_000)
    assert opened == []


def test_letters_and_contrast_are_there_before_anybody_signed_in(qtbot: QtBot, look: Look, folder: Path, opened: list[Desk]) -> None:
    window = login(qtbot, folder, opened)
    press(window.foot.letters)
    assert look.size == 12
    QTest.keyClick(window, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert look.size == 14
    press(window.foot.contrast)
    assert look.theme == "contrast"
    press(window.foot.contrast)
    assert look.theme == "light"


# 忘了口令


@pytest.fixture
def paper(tmp_path: Path) -> str:
    """The key on the paper in the cupboard."""
    desk = a_desk(tmp_path)
    ring, key = new_recovery(desk)
    keep_recovery(desk, ring)
    desk.books.ledger.close()
    return key


def test_the_paper_gives_a_new_password(qtbot: QtBot, look: Look, tmp_path: Path, paper: str, opened: list[Desk]) -> None:
    window = login(qtbot, tmp_path / "账本", opened)
    press(window.sign_in.forgot_link)
    type_in(window.forgotten.key, paper.lower())
    for field in (window.forgotten.new, window.forgotten.again):
        type_in(field, "new98765")
    press(window.forgotten.button)
    qtbot.waitUntil(lambda: bool(opened), timeout=20_000)
    opened.pop().books.ledger.close()
    sign_in(tmp_path / "账本", LOGIN, "new98765").books.ledger.close()


def test_a_slip_in_the_key_names_its_group(qtbot: QtBot, look: Look, tmp_path: Path, paper: str, opened: list[Desk]) -> None:
    window = login(qtbot, tmp_path / "账本", opened)
    press(window.sign_in.forgot_link)
    wrong = "0" if paper[12] != "0" else "1"
    type_in(window.forgotten.key, paper[:12] + wrong + paper[13:])
    assert "第 3 组" in window.forgotten.key.word
    assert window.forgotten.key.tone == "err"


def test_escape_leads_back_to_the_password(qtbot: QtBot, look: Look, folder: Path, opened: list[Desk]) -> None:
    window = login(qtbot, folder, opened)
    press(window.sign_in.forgot_link)
    QTest.keyClick(window.forgotten.key.editor, Qt.Key.Key_Escape)
    assert window.faces.currentIndex() == 0


# what lies there is hurt


def test_a_hurt_ledger_offers_its_backup_and_comes_back_from_it(qtbot: QtBot, look: Look, tmp_path: Path, opened: list[Desk]) -> None:
    from desktop.office.backups import back_up

    desk = a_desk(tmp_path)
    back_up(desk, reason="退出")
    desk.books.ledger.close()
    ledger = tmp_path / "账本" / "ledger.db"
    content = bytearray(ledger.read_bytes())
    content[:4096] = bytes(4096)
    ledger.write_bytes(content)
    window = login(qtbot, tmp_path / "账本", opened)
    type_in(window.sign_in.password, PASSWORD)
    enter(window.sign_in.password.editor)
    qtbot.waitUntil(lambda: window.sign_in.front.box.link.isVisible(), timeout=20_000)
    press(window.sign_in.front.box.link)
    assert window.restore.found.value().endswith(".lxbk")
    type_in(window.restore.login, LOGIN)
    type_in(window.restore.password, PASSWORD)
    press(window.restore.button)
    assert "恢复" in window.restore.word.word  # what lies there is put aside only on a typed word
    type_in(window.restore.word, "恢复")
    press(window.restore.button)
    qtbot.waitUntil(lambda: "请登录" in window.sign_in.front.box.text, timeout=30_000)
    type_in(window.sign_in.password, PASSWORD)
    enter(window.sign_in.password.editor)
    qtbot.waitUntil(lambda: bool(opened), timeout=20_000)


# the lock


@pytest.fixture
def office(qtbot: QtBot, qapp: QApplication, look: Look, tmp_path: Path) -> Iterator[Lianxin]:
    """周敏's window, open."""
    flow = the_program(qapp, tmp_path)
    flow.open_office(a_desk(tmp_path))
    assert flow.window is not None
    qtbot.waitExposed(flow.window)
    qtbot.waitUntil(lambda: flow.is_settled, timeout=10_000)
    yield flow
    flow.leave_at_once()
    flow.window.deleteLater()
    flow.window = None


def cover_of(flow: Lianxin) -> LockOverlay:
    assert flow.window is not None
    cover = flow.window.findChild(LockOverlay)
    assert isinstance(cover, LockOverlay)
    return cover


def lock(qtbot: QtBot, flow: Lianxin) -> LockOverlay:
    assert flow.window is not None
    flow.window.activateWindow()
    QTest.keyClick(flow.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    return cover_of(flow)


def test_a_locked_window_shows_and_does_nothing(qtbot: QtBot, office: Lianxin) -> None:
    cover = lock(qtbot, office)
    window = office.window
    assert window is not None
    assert cover.geometry() == window.rect()
    assert "已锁上" in window.windowTitle()
    page = window.current_key  # type: ignore[attr-defined]
    for key in (Qt.Key.Key_K, Qt.Key.Key_Q, Qt.Key.Key_N):
        QTest.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(cover.password.editor, Qt.Key.Key_Escape)
    assert window.current_key == page  # type: ignore[attr-defined]
    assert window.isVisible()
    assert not window.centralWidget().isEnabled()  # type: ignore[attr-defined]


def test_only_the_same_password_goes_on(qtbot: QtBot, office: Lianxin) -> None:
    cover = lock(qtbot, office)
    type_in(cover.password, "wrong-one")
    enter(cover.password.editor)
    qtbot.waitUntil(lambda: "口令不对" in cover.password.word, timeout=20_000)
    QTest.keyClick(cover.password.editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    type_in(cover.password, PASSWORD)
    with qtbot.waitSignal(cover.unlocked, timeout=20_000):
        enter(cover.password.editor)
    assert office.window is not None
    assert office.window.centralWidget().isEnabled()  # type: ignore[attr-defined]
    assert "已锁上" not in office.window.windowTitle()


def test_pages_that_are_let_go_under_the_lock_do_not_keep_it_shut(qtbot: QtBot, office: Lianxin, look: Look) -> None:
    window = office.window
    assert window is not None
    for page in ("table:person", "workbench"):
        window.go(page)  # type: ignore[attr-defined]
    cover = lock(qtbot, office)
    look.set_theme("dark")  # a new look lets go of the list, which is out of sight, and of its keys
    type_in(cover.password, PASSWORD)
    with qtbot.waitSignal(cover.unlocked, timeout=20_000):
        enter(cover.password.editor)


def test_what_is_half_typed_is_kept_before_the_lock(qtbot: QtBot, office: Lianxin) -> None:
    window = office.window
    assert window is not None
    window.go(f"form:{Resident.__tablename__}")  # type: ignore[attr-defined]
    name = next(edit for edit in window.current_page().findChildren(QLineEdit) if edit.accessibleName().startswith("姓名"))  # type: ignore[attr-defined]
    type_in(name, "陈嘉禾")
    lock(qtbot, office)
    assert office.desk is not None
    desk = office.desk
    qtbot.waitUntil(lambda: [draft.values["name"] for draft in drafts(desk)] == ["陈嘉禾"], timeout=5_000)


def test_a_window_that_nobody_touches_locks_itself(qtbot: QtBot, office: Lianxin) -> None:
    office.idle.passed.emit()
    assert cover_of(office).isVisible()


def test_a_key_begins_the_waiting_anew(qtbot: QtBot, office: Lianxin) -> None:
    window = office.window
    assert window is not None
    idle = Idle(window, lambda: 1)
    idle.watch(window.windowHandle())
    qtbot.wait(1200)
    before = idle.left()
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Shift)
    assert idle.left() > before


def test_closing_a_locked_window_asks_nothing(qtbot: QtBot, office: Lianxin) -> None:
    cover = lock(qtbot, office)
    with qtbot.waitSignal(cover.leave_asked):
        assert office.window is not None
        office.window.close()


def test_the_keyring_holds_the_old_paper_until_the_new_one_is_proved(tmp_path: Path) -> None:
    desk = a_desk(tmp_path)
    ring, first = new_recovery(desk)
    keep_recovery(desk, ring)
    _ring, second = new_recovery(desk)
    assert Keyring.load(tmp_path / "账本").unlock_with_recovery(first) == desk.books.ledger.raw_key
    assert second != first
    desk.books.ledger.close()
