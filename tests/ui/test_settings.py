"""设置: chosen is saved; who may not choose may read; users, passwords and backups by the same deeds as everywhere."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.model.keeping import SETTINGS, User
from desktop.model.roles import Role
from desktop.office.desk import Desk
from desktop.office.ledgers import sign_in
from desktop.store.key import Keyring
from desktop.ui.look import Look
from desktop.ui.session import Session
from desktop.ui.settings import DRAWN, SettingsPage
from desktop.ui.thispc import ThisPc
from tests.builders import LOGIN, PASSWORD, seen_as
from tests.ui.front import enter, press, type_in

Open = Callable[..., SettingsPage]


@pytest.fixture
def settings(qtbot: QtBot, look: Look, desk: Desk, tmp_path: Path) -> Open:
    """The page as somebody finds it who opens a tab."""

    def open_page(section: str = "office", who: Desk = desk) -> SettingsPage:
        page = SettingsPage(Session(who), ThisPc(tmp_path / "pc.json"))
        qtbot.addWidget(page)
        page.resize(1150, 650)
        with qtbot.waitExposed(page):
            page.show()
        page.arrive(section=section)
        page.reload()
        return page

    return open_page


def test_a_setting_is_saved_when_its_field_is_left(qtbot: QtBot, settings: Open, desk: Desk) -> None:
    page = settings()
    row = page.rows["opinion.close_days"]
    row.field.editor.setFocus()
    QTest.keyClick(row.field.editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    type_in(row.field, "45")
    enter(row.field.editor)
    qtbot.waitUntil(lambda: desk.number("opinion.close_days") == 45, timeout=10_000)
    qtbot.waitUntil(lambda: row.field.word == "已保存")
    assert page.status() == [f"{len(SETTINGS)} 项设置，1 项与标准不同"]


def test_the_standard_is_one_click_away(qtbot: QtBot, settings: Open, desk: Desk) -> None:
    page = settings()
    row = page.rows["opinion.close_days"]
    assert not row.standard.isVisible()
    QTest.keyClick(row.field.editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    type_in(row.field, "45")
    enter(row.field.editor)
    qtbot.waitUntil(row.standard.isVisible, timeout=10_000)
    assert row.standard.label == "用标准：60"
    press(row.standard)
    qtbot.waitUntil(lambda: desk.number("opinion.close_days") == 60, timeout=10_000)
    assert row.field.value() == "60"


def test_what_cannot_be_read_stays_typed_and_is_not_saved(qtbot: QtBot, settings: Open, desk: Desk) -> None:
    page = settings()
    row = page.rows["opinion.close_days"]
    QTest.keyClick(row.field.editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    type_in(row.field, "999")
    enter(row.field.editor)
    assert row.field.tone == "err"
    assert row.field.value() == "999"
    assert desk.number("opinion.close_days") == 60


def test_every_setting_stands_on_the_page(settings: Open) -> None:
    page = settings()
    assert set(page.rows) | DRAWN == {line.key for line in SETTINGS}


def test_the_letters_grow_while_the_slider_moves(qtbot: QtBot, settings: Open, look: Look, desk: Desk) -> None:
    page = settings("screen")
    slider = page.look_card.slider
    slider.setFocus()
    QTest.keyClick(slider, Qt.Key.Key_Right)
    assert look.size == 11
    assert page.pc.points == 11
    QTest.keyClick(slider, Qt.Key.Key_End)
    assert look.size == 30
    press(page.look_card.steps[12.0])
    assert look.size == 12
    qtbot.waitUntil(lambda: desk.setting("screen.points") == "12", timeout=10_000)


def test_another_theme_holds_at_once_and_at_the_next_start(qtbot: QtBot, settings: Open, look: Look, desk: Desk, tmp_path: Path) -> None:
    page = settings("screen")
    press(page.look_card.themes["dark"])
    assert look.theme == "dark"
    assert ThisPc.load(tmp_path).theme == "dark"
    qtbot.waitUntil(lambda: desk.setting("screen.theme") == "深色", timeout=10_000)


def test_the_language_changes_at_the_next_start(qtbot: QtBot, settings: Open, tmp_path: Path) -> None:
    page = settings("screen")
    editor = page.rows["screen.language"].field.editor
    editor.setFocus()
    QTest.keyClick(editor, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: ThisPc.load(tmp_path).language == "en", timeout=10_000)
    assert "下次启动" in page.bar.text


def test_the_lock_and_the_names_are_known_before_anybody_signs_in(qtbot: QtBot, settings: Open, desk: Desk, tmp_path: Path) -> None:
    page = settings("screen")
    row = page.rows["screen.lock_minutes"]
    QTest.keyClick(row.field.editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    type_in(row.field, "5")
    enter(row.field.editor)
    qtbot.waitUntil(lambda: desk.number("screen.lock_minutes") == 5, timeout=10_000)
    names = page.rows["login.names"].field.editor
    names.setFocus()
    QTest.keyClick(names, Qt.Key.Key_Down)
    folder = desk.books.ledger.folder
    qtbot.waitUntil(lambda: ThisPc.load(tmp_path).ledger(folder).names == "所有人", timeout=10_000)
    assert ThisPc.load(tmp_path).ledger(folder).lock_minutes == 5


def test_a_reader_sees_the_settings_and_cannot_change_them(settings: Open, desk: Desk) -> None:
    page = settings("office", seen_as(desk, Role.READER))
    row = page.rows["opinion.close_days"]
    type_in(row.field, "1")
    assert row.field.value() == "60"
    assert not page.backups.button.isEnabled()
    assert not page.new_user.isVisible()


# users


def test_a_colleague_gets_a_password_of_his_own(qtbot: QtBot, settings: Open, desk: Desk) -> None:
    page = settings("users")
    form = page.new_user
    for field, text in ((form.name, "林小雨"), (form.login, "linxiaoyu"), (form.post, "网格员"), (form.password, "xyz98765")):
        type_in(field, text)
    press(form.button)
    assert form.again.word == "还没填"
    type_in(form.again, "xyz98765")
    enter(form.again.editor)
    qtbot.waitUntil(lambda: len(desk.rows(User)) == 2, timeout=20_000)
    qtbot.waitUntil(lambda: "林小雨可以登录了" in page.bar.text)
    assert form.password.value() == ""
    desk.books.ledger.close()
    sign_in(desk.books.ledger.folder, "linxiaoyu", "xyz98765").books.ledger.close()


def test_who_left_is_switched_off_and_stays_in_the_list(qtbot: QtBot, settings: Open, desk: Desk) -> None:
    from desktop.office.ledgers import add_user

    key = add_user(desk, name="林小雨", login="linxiaoyu", password=PASSWORD, role=Role.CLERK)
    page = settings("users")
    press(page.users.switches[key])
    qtbot.waitUntil(lambda: desk.get(User, key)["active"] == 0, timeout=10_000)
    qtbot.waitUntil(lambda: page.users.switches[key].label == "启用")


def test_the_last_admin_stays(qtbot: QtBot, settings: Open, desk: Desk) -> None:
    page = settings("users")
    press(page.users.switches[desk.who.id])
    qtbot.waitUntil(lambda: "最后一个管理员不能停用" in page.bar.text, timeout=10_000)


def test_a_refused_change_of_rights_shows_the_right_that_holds(qtbot: QtBot, settings: Open, desk: Desk) -> None:
    page = settings("users")
    role = page.users.roles[desk.who.id]
    role.setFocus()
    QTest.keyClick(role, Qt.Key.Key_Home)
    qtbot.waitUntil(lambda: "不能改成别的权限" in page.bar.text, timeout=10_000)
    assert page.users.roles[desk.who.id].value() == Role.ADMIN.value


# one's own keys


def test_another_password_needs_the_old_one(qtbot: QtBot, settings: Open, desk: Desk) -> None:
    page = settings("keys")
    card = page.password
    for field, text in ((card.old, "wrong-one"), (card.new, "new98765"), (card.again, "new98765")):
        type_in(field, text)
    press(card.button)
    qtbot.waitUntil(lambda: "不对" in page.bar.text, timeout=20_000)
    QTest.keyClick(card.old.editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    type_in(card.old, PASSWORD)
    press(card.button)
    qtbot.waitUntil(lambda: "口令已改" in page.bar.text, timeout=20_000)
    desk.books.ledger.close()
    sign_in(desk.books.ledger.folder, LOGIN, "new98765").books.ledger.close()


def test_a_new_recovery_sheet_counts_when_it_was_typed_back(qtbot: QtBot, settings: Open, desk: Desk) -> None:
    page = settings("keys")
    before = Keyring.load(desk.books.ledger.folder).recovery
    press(page.recovery.button)
    qtbot.waitUntil(page.recovery.sheet.isVisible, timeout=10_000)
    assert Keyring.load(desk.books.ledger.folder).recovery == before
    key = page.recovery.sheet.key
    type_in(page.recovery.sheet.typed, key)
    qtbot.waitUntil(lambda: "恢复单已生效" in page.bar.text, timeout=10_000)
    assert Keyring.load(desk.books.ledger.folder).unlock_with_recovery(key) == desk.books.ledger.raw_key


# backups


def test_a_backup_is_made_and_listed(qtbot: QtBot, settings: Open, desk: Desk) -> None:
    page = settings("backup")
    press(page.backups.button)
    qtbot.waitUntil(lambda: len(page.backups.restores) == 1, timeout=30_000)
    assert "打开核对" in page.bar.text


def test_going_back_to_a_backup_is_asked_twice(qtbot: QtBot, settings: Open, desk: Desk) -> None:
    page = settings("backup")
    press(page.backups.button)
    qtbot.waitUntil(lambda: len(page.backups.restores) == 1, timeout=30_000)
    asked: list[object] = []
    page.restore_asked.connect(asked.append)
    path, link = next(iter(page.backups.restores.items()))

    def answer(key: Qt.Key) -> None:
        question = QApplication.activeModalWidget()
        assert question is not None
        if key == Qt.Key.Key_Escape:
            QTest.keyClick(question, key)
        else:
            press(question.card.yes)  # type: ignore[attr-defined]

    QTimer.singleShot(100, lambda: answer(Qt.Key.Key_Escape))
    press(link)
    assert asked == []
    QTimer.singleShot(100, lambda: answer(Qt.Key.Key_Return))
    press(link)
    assert asked == [Path(path)]


def test_every_licence_that_travels_with_the_program_can_be_read(settings: Open) -> None:
    from desktop.ui.about import licences

    texts = licences()
    assert any("LGPL" in name for name in texts)
    assert {"fonts / OFL-HanaMinB", "icons / LICENCE-tabler"} <= set(texts)
    assert all(text.strip() for text in texts.values())
