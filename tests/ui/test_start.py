"""The start and the end: which window comes first, what is imported by then, what a fault leaves behind, the backup on the way out."""

import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.app import Lianxin
from desktop.model.roles import Role
from desktop.office.backups import back_up, last_backup
from desktop.store.backup import list_backups
from desktop.store.lock import FolderLock
from desktop.store.whereabouts import standard_folder
from desktop.ui import inputmethod
from desktop.ui.alreadyopen import AlreadyOpenWindow
from desktop.ui.diagnosis import DiagnosisWindow, Faults, NoPersons, keep_log, write_package
from desktop.ui.firstrun import FirstRun
from desktop.ui.leaving import DailyBackup, LeavingWindow, wants_backup
from desktop.ui.login import LoginWindow
from desktop.ui.look import RARE, Look
from desktop.ui.office import OfficeWindow
from desktop.ui.thispc import Person, ThisPc
from tests.builders import LOGIN, PASSWORD, STREET, a_desk, seen_as
from tests.ui.front import a_closed_ledger, enter, press, the_program, type_in

ROOT = Path(__file__).resolve().parents[2]
HEAVY = ("reportlab", "python_calamine", "xlsxwriter", "openpyxl", "pypinyin", "alembic", "docx", "pypdfium2")


def told_by(script: str, ground: Path) -> set[str]:
    """What a fresh process says in its last line: a list, as JSON."""
    environment = {
        **os.environ, "QT_QPA_PLATFORM": "offscreen", "LIANXIN_CONFIG": str(ground / "config"), "PYTHONPATH": str(ROOT),
        "LIANXIN_TEST_LEDGER": str(ground / "账本"),
    }  # fmt: skip
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=ROOT, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout.splitlines()[-1]))


START = """
import json, os, sys
from pathlib import Path
from desktop.app import Lianxin
from desktop.ui.application import make_application
from desktop.ui.thispc import ThisPc
pc = ThisPc.load()
app = make_application(pc)
flow = Lianxin(app, pc, Path(os.environ["LIANXIN_TEST_LEDGER"]))
flow.begin()
app.processEvents()
"""
SIGN_IN = f"""
from PySide6.QtTest import QTest
flow.window.sign_in.login.set_value({LOGIN!r})
flow.window.sign_in.password.set_value({PASSWORD!r})
flow.window.sign_in.button.click()
for _turn in range(400):
    QTest.qWait(50)
    if flow.is_settled:
        break
assert flow.is_settled
"""
TELL = """
print(json.dumps([name for name in sys.modules]))
"""


def test_the_unlock_window_waits_for_no_printer_spreadsheet_or_pinyin(tmp_path: Path) -> None:
    a_closed_ledger(tmp_path)
    assert not told_by(START + TELL, tmp_path) & set(HEAVY)


def test_the_unlock_window_needs_only_qt_and_the_keyring(tmp_path: Path) -> None:
    a_closed_ledger(tmp_path)
    assert not told_by(START + TELL, tmp_path) & {"sqlalchemy", "sqlalchemy.orm"}


def test_the_first_page_waits_for_no_printer_spreadsheet_or_pinyin(tmp_path: Path) -> None:
    a_closed_ledger(tmp_path)
    assert not told_by(START + SIGN_IN + TELL + "flow.leave_at_once()", tmp_path) & set(HEAVY)


CLOSE = """
from PySide6.QtCore import QTimer
QTimer.singleShot(200, flow.window.close)
code = app.exec()
print(json.dumps([f"exit {code}", f"ledger {'open' if flow.desk else 'closed'}"]))
"""


@pytest.mark.parametrize("so_far", [START, START + SIGN_IN], ids=["before signing in", "from the office"])
def test_closing_the_window_ends_the_process(so_far: str, tmp_path: Path) -> None:
    a_closed_ledger(tmp_path)
    assert told_by(so_far + CLOSE, tmp_path) == {"exit 0", "ledger closed"}


# which window


@pytest.fixture
def program(qtbot: QtBot, qapp: QApplication, look: Look, tmp_path: Path) -> Iterator[Lianxin]:
    """The program on a PC that knows nothing yet."""
    flow = the_program(qapp, tmp_path, tmp_path / "账本")
    yield flow
    flow.leave_at_once()
    if flow.window is not None:
        flow.window.blockSignals(True)
        flow.window.hide()
        flow.window.deleteLater()
        flow.window = None  # nothing holds the pieces of a window that is gone


def test_without_a_ledger_it_begins_with_the_first_run(program: Lianxin) -> None:
    program.begin()
    assert isinstance(program.window, FirstRun)


def test_with_a_ledger_it_begins_with_signing_in(program: Lianxin, tmp_path: Path) -> None:
    a_closed_ledger(tmp_path)
    program.begin()
    assert isinstance(program.window, LoginWindow)


def test_the_ledger_of_last_time_is_opened_again(qapp: QApplication, look: Look, tmp_path: Path) -> None:
    flow = the_program(qapp, tmp_path)
    assert flow.ledger_folder() == standard_folder()
    flow.pc.ledger(a_closed_ledger(tmp_path))
    assert flow.ledger_folder() == tmp_path / "账本"


def test_a_second_start_says_so_and_can_try_again(program: Lianxin, tmp_path: Path) -> None:
    held = FolderLock(a_closed_ledger(tmp_path))
    program.begin()
    assert isinstance(program.window, AlreadyOpenWindow)
    press(program.window.again)
    assert isinstance(program.window, AlreadyOpenWindow)
    held.release()
    press(program.window.again)
    assert isinstance(program.window, LoginWindow)


def test_signing_in_opens_the_office_and_is_remembered(qtbot: QtBot, program: Lianxin, tmp_path: Path) -> None:
    a_closed_ledger(tmp_path)
    program.begin()
    window = program.window
    assert isinstance(window, LoginWindow)
    type_in(window.sign_in.login, LOGIN)
    type_in(window.sign_in.password, PASSWORD)
    enter(window.sign_in.password.editor)
    qtbot.waitUntil(lambda: isinstance(program.window, OfficeWindow), timeout=30_000)
    qtbot.waitUntil(lambda: program.is_settled, timeout=10_000)
    known = ThisPc.load(tmp_path / "config").last()
    assert known is not None
    assert known.office == "凤山街道 · 滨海社区"
    assert [one.name for one in known.people] == ["周敏"]


def test_a_street_gets_the_window_of_its_tier(qtbot: QtBot, program: Lianxin, tmp_path: Path) -> None:
    program.open_office(a_desk(tmp_path, community=STREET, tier="镇街"))
    assert isinstance(program.window, OfficeWindow)
    assert program.window.current_key == "board"


def test_a_window_comes_back_where_it_stood(qtbot: QtBot, program: Lianxin, tmp_path: Path) -> None:
    program.open_office(a_desk(tmp_path))
    assert program.window is not None
    assert program.window.isMaximized(), "on a screen no larger than the window its title bar would push the last line over the edge"
    program.window.showNormal()
    program.window.setGeometry(QRect(20, 30, 640, 480))
    back_up(program.desk, reason="手动")  # type: ignore[arg-type]
    program.leave_for(lambda: None)
    program.desk = None
    program.open_office(a_desk(tmp_path / "again"))
    assert program.window.size().width() == 640


def test_a_paper_that_was_never_proved_is_asked_for_after_signing_in(qtbot: QtBot, program: Lianxin, tmp_path: Path) -> None:
    program.pc.ledger(tmp_path / "账本").sheet_is_open = True
    program.open_office(a_desk(tmp_path))
    qtbot.waitUntil(lambda: program.is_settled, timeout=10_000)
    page = program.window.current_page()  # type: ignore[union-attr]
    assert "恢复单还没有核对" in page.bar.text
    press(page.bar.link)
    assert program.window.current_key == "settings"  # type: ignore[union-attr]


def test_a_ledger_with_hurt_pages_is_told_after_the_first_paint(
    qtbot: QtBot, program: Lianxin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr("desktop.ui.kit.cards.ask", lambda _over, question, *_rest, **_more: bool(told.append(question)))
    desk = a_desk(tmp_path)
    desk.books.ledger.fold()
    ledger = tmp_path / "账本" / "ledger.db"
    with ledger.open("r+b") as file:
        file.seek(ledger.stat().st_size - 100)
        file.write(b"hurt")
    program.open_office(desk)
    qtbot.waitUntil(lambda: bool(told), timeout=20_000)
    assert "损坏" in told[0]


# what this PC remembers


def test_a_damaged_memory_costs_a_choice_and_no_start(tmp_path: Path) -> None:
    (tmp_path / "pc.json").write_text('{"ledgers": [{"folder": 1, "people": [3]}], "points"', encoding="utf-8")
    assert ThisPc.load(tmp_path).ledgers == []


def test_the_memory_comes_back_as_it_was(tmp_path: Path) -> None:
    pc = ThisPc(tmp_path / "pc.json", points=14.0, theme="dark")
    pc.signed_in(tmp_path / "账本", Person("zhoumin", "周敏", "社区工作者", "2021-11-24 09:41"))
    pc.save()
    again = ThisPc.load(tmp_path)
    assert (again.points, again.theme, again.ledgers) == (14.0, "dark", pc.ledgers)


# letters and input method


def test_rare_characters_of_names_have_letters(look: Look) -> None:
    assert set(RARE) <= set(QFontDatabase.families())


@pytest.mark.parametrize(("wanted", "becomes"), [("fcitx", "ibus"), ("fcitx5", "ibus"), ("ibus", "ibus"), ("xim", "xim")])
def test_fcitx_is_reached_as_ibus_when_qt_brings_no_plugin_for_it(wanted: str, becomes: str) -> None:
    environment = {"QT_IM_MODULE": wanted}
    inputmethod.choose(environment, {"ibus", "compose"})
    assert environment["QT_IM_MODULE"] == becomes


def test_a_plugin_for_fcitx_is_used_when_it_is_there() -> None:
    environment = {"QT_IM_MODULE": "fcitx"}
    inputmethod.choose(environment, {"ibus", "fcitx"})
    assert environment["QT_IM_MODULE"] == "fcitx"


def test_a_desktop_without_an_input_method_is_noticed() -> None:
    assert inputmethod.is_missing({}, {"ibus"}, "xcb")
    assert inputmethod.is_missing({"XMODIFIERS": "@im=fcitx"}, {"ibus"}, "xcb")
    assert not inputmethod.is_missing({"QT_IM_MODULE": "ibus"}, {"ibus"}, "xcb")
    assert not inputmethod.is_missing({}, {"ibus"}, "windows")


# faults


def test_the_log_holds_no_name_and_no_number(tmp_path: Path) -> None:
    record = logging.LogRecord("desktop", logging.WARNING, "x.py", 7, "陈嘉禾 13800138000 '441502199003078888' failed", None, None)
    line = NoPersons().format(record)
    assert "陈嘉禾" not in line
    assert "13800138000" not in line
    assert "failed" in line


def test_a_fault_is_logged_and_shown_and_the_program_goes_on(
    qtbot: QtBot, qapp: QApplication, look: Look, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    faults = Faults(qapp)
    try:
        raise RuntimeError("陈嘉禾 has no phone")
    except RuntimeError as error:
        faults.caught(type(error), error, None)
    qtbot.waitUntil(lambda: any(isinstance(one, DiagnosisWindow) for one in QApplication.topLevelWidgets()), timeout=5_000)
    window = next(one for one in QApplication.topLevelWidgets() if isinstance(one, DiagnosisWindow))
    assert "RuntimeError" in window.text
    assert "陈嘉禾" not in window.text
    press(window.copy)
    assert QApplication.clipboard().text() == window.text
    press(window.go_on)
    faults.deleteLater()


def test_the_diagnosis_package_holds_the_log(tmp_path: Path) -> None:
    import zipfile

    log = keep_log(tmp_path / "log")
    assert log is not None
    logging.getLogger("desktop.test").warning("disk away")
    handler = logging.getLogger().handlers[-1]
    logging.getLogger().removeHandler(handler)
    handler.close()
    write_package(tmp_path / "d.zip", "Qt", tmp_path / "log")
    with zipfile.ZipFile(tmp_path / "d.zip") as package:
        assert b"disk away" in package.read("lianxin.log")


# the way out


def test_leaving_makes_a_verified_backup_and_closes_the_ledger(qtbot: QtBot, program: Lianxin, tmp_path: Path) -> None:
    program.open_office(a_desk(tmp_path))
    assert program.window is not None
    program.window.close()
    qtbot.waitUntil(lambda: program.desk is None, timeout=30_000)
    assert len(list_backups(tmp_path / "账本-备份")) == 1
    FolderLock(tmp_path / "账本").release()


def test_nobody_has_to_wait_for_the_backup(qtbot: QtBot, program: Lianxin, tmp_path: Path) -> None:
    program.open_office(a_desk(tmp_path))
    assert program.window is not None
    program.window.close()
    leaving = program.window
    assert isinstance(leaving, LeavingWindow)
    press(leaving.leave)
    qtbot.waitUntil(lambda: program.desk is None, timeout=30_000)
    assert not list((tmp_path / "账本").glob("*.part"))


def test_a_backup_that_fails_is_told_and_lets_one_go(qtbot: QtBot, program: Lianxin, tmp_path: Path) -> None:
    from desktop.office.settings import choose

    desk = a_desk(tmp_path)
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    choose(desk, "backup.folder", str(tmp_path / "file" / "备份"))
    program.open_office(desk)
    assert program.window is not None
    program.window.close()
    leaving = program.window
    assert isinstance(leaving, LeavingWindow)
    qtbot.waitUntil(leaving.again.isVisible, timeout=30_000)
    assert "没有备份成" in leaving.title.text()
    press(leaving.leave)
    assert program.desk is None


def test_who_only_reads_leaves_without_a_backup(tmp_path: Path) -> None:
    desk = a_desk(tmp_path)
    assert wants_backup(desk, worked=False)
    assert not wants_backup(seen_as(desk, Role.READER), worked=True)
    back_up(desk, reason="手动")
    assert not wants_backup(desk, worked=False)
    assert wants_backup(desk, worked=True)
    desk.books.ledger.close()


def test_a_window_that_stays_open_makes_one_backup_a_day(qtbot: QtBot, look: Look, tmp_path: Path) -> None:
    desk = a_desk(tmp_path)
    daily = DailyBackup(desk, look, hour=lambda: datetime(2021, 11, 24, 15).hour)
    with qtbot.waitSignal(daily.made, timeout=30_000):
        daily.look()
    last = last_backup(desk)
    assert last is not None
    daily.look()
    assert not daily.work.is_busy
    daily.deleteLater()
    desk.books.ledger.close()


def test_the_morning_is_not_slowed_down_by_a_backup(look: Look, tmp_path: Path) -> None:
    desk = a_desk(tmp_path)
    daily = DailyBackup(desk, look, hour=lambda: 8)
    daily.look()
    assert not daily.work.is_busy
    daily.deleteLater()
    desk.books.ledger.close()
