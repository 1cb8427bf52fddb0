"""连心 with its window: what is put together at the start, which window comes first, and what happens on the way out.

    python -m desktop.app [--data FOLDER]

The unlock window is painted before anything of the ledger's tables is imported; that happens bit by bit while the
password is typed (`application.WarmUp`). Nothing here is a rule of the office.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QObject, QSize, Qt, QThreadPool, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from desktop.model.language import _
from desktop.store.whereabouts import has_ledger, is_open_elsewhere, standard_folder
from desktop.ui import inputmethod
from desktop.ui.alreadyopen import AlreadyOpenWindow
from desktop.ui.application import AFTER_PAINT, WarmUp, bring_in_late, make_application
from desktop.ui.diagnosis import Faults, keep_log, log_folder
from desktop.ui.login import LoginWindow
from desktop.ui.look import look
from desktop.ui.thispc import Person, ThisPc

if TYPE_CHECKING:
    from desktop.office.desk import Desk
    from desktop.ui.lock import Idle
    from desktop.ui.office import OfficeWindow
    from desktop.ui.work import Report

DRAWN = QSize(1366, 768)  # the whole screen of an office PC
PATIENCE = 5_000  # milliseconds that a deed still under way has before the ledger is closed


class Lianxin(QObject):
    """The program as a row of windows: first run or sign-in, the office's own, the backup on the way out."""

    def __init__(self, app: QApplication, pc: ThisPc, data: Path | None = None) -> None:
        super().__init__(app)
        self.app, self.pc, self.data = app, pc, data
        self.window: QWidget | None = None
        self.desk: Desk | None = None
        self.idle: Idle | None = None
        self.is_settled = False
        self._after: Callable[[], None] | None = None  # what comes when the ledger is closed; nothing: the end
        app.setQuitOnLastWindowClosed(False)

    # which window

    def begin(self) -> None:
        """The first window stands."""
        folder = self.ledger_folder()
        if has_ledger(folder):
            self.show_login(folder)
        else:
            self.show_first_run(folder if self.data is not None else None)

    def ledger_folder(self) -> Path:
        """The ledger that was asked for, the one used last, or where this system would keep one."""
        last = self.pc.last()
        if self.data is not None:
            return self.data
        return Path(last.folder) if last is not None and has_ledger(Path(last.folder)) else standard_folder()

    def show_login(self, folder: Path, *, restore: bool = False, chosen: Path | None = None) -> None:
        """登录; or 从备份恢复 into this folder. A ledger that another window holds says so first."""
        if is_open_elsewhere(folder):
            held = AlreadyOpenWindow(folder)
            held.again.clicked.connect(lambda: self.show_login(folder))
            held.left.connect(self.quit)
            self._show(held)
            return
        known = self.pc.ledger(folder)
        window = LoginWindow(folder, known)
        window.opened.connect(self.open_office)
        window.elsewhere.connect(self.show_first_run)
        window.left.connect(self.quit)
        if inputmethod.is_missing(os.environ, inputmethod.plugins(), QGuiApplication.platformName()):
            window.say("warn", _("未能连接输入法，汉字请在别处输入后粘贴，或请维护人员装好 ibus 或 fcitx5"))
        elif known.hint:
            window.say("act", known.hint)
        if restore:
            window.show_restore(chosen)
        self._show(window)
        WarmUp(window)

    def show_first_run(self, first: Path | None = None) -> None:
        """第一次使用, also for another ledger beside the one that is known."""
        from desktop.ui.firstrun import FirstRun

        window = FirstRun(rehearse=rehearse, first=first)
        window.founded.connect(self._founded)
        window.opened.connect(self._begun)
        window.ledger_chosen.connect(self.show_login)
        window.left.connect(self.quit)
        self._show(window)

    def _founded(self, folder: Path) -> None:
        self.pc.ledger(folder).sheet_is_open = True
        self.pc.save()

    def _begun(self, desk: "Desk", page: str) -> None:
        known = self.pc.ledger(desk.books.ledger.folder)
        known.sheet_is_open = False
        if getattr(self.window, "way", "") == "rehearsal":
            known.hint = rehearsal_hint(desk)
        self.open_office(desk, page)
        if known.hint:
            self._say("act", known.hint)

    def _show(self, window: QWidget) -> None:
        old, self.window = self.window, window
        window.show()
        window.activateWindow()
        if old is not None:
            old.blockSignals(True)  # its closing is ours, not the user's
            old.hide()
            old.deleteLater()

    # the office

    def open_office(self, desk: "Desk", page: str = "") -> None:
        """Somebody signed in: the window of the office, by its tier."""
        from desktop.office.settings import chosen
        from desktop.ui.office import OfficeWindow
        from desktop.ui.pages import SPECIAL_PAGES
        from desktop.ui.session import Session

        self.desk, self._after, self.is_settled = desk, None, False
        tier, groups, special, home = desk.books.fact("tier"), None, {**SPECIAL_PAGES, "settings": self._settings}, "workbench"
        if tier != "社区":
            from desktop.ui import district

            groups, home = district.district_groups(), "board"
            special |= district.special_pages()
        self._remember(desk, chosen(desk))
        session = Session(desk)
        window = OfficeWindow(session, special, groups)
        session.setParent(window)
        window.foot.connect(self._foot)
        window.closing.connect(self._closing)
        self._place(window)
        window.go(page or home)
        self._show(window)
        QTimer.singleShot(AFTER_PAINT, window, lambda: self._settle(window, desk))

    def _settings(self, session: Any) -> Any:
        from desktop.ui.settings import SettingsPage

        page = SettingsPage(session, self.pc)
        page.restore_asked.connect(self._leave_to_restore)
        return page

    def _remember(self, desk: "Desk", chosen: dict[str, str]) -> None:
        from desktop.model.keeping import User

        who, books = desk.who, desk.books
        post = next((row["post"] for row in desk.rows(User) if row["id"] == who.id), None) or _(who.role.value)
        known = self.pc.signed_in(books.ledger.folder, Person(who.login, who.name, post, desk.clock()[:16].replace("T", " ")))
        known.office = " · ".join(part for part in (books.fact("above"), books.fact("name")) if part)
        known.names, known.lock_minutes = chosen["login.names"], int(chosen["screen.lock_minutes"])
        self.pc.save()

    def _place(self, window: "OfficeWindow") -> None:
        """Where it stood last, held on a screen that is still there."""
        room = QGuiApplication.primaryScreen().availableGeometry()
        if self.pc.geometry:
            window.restoreGeometry(QByteArray.fromBase64(self.pc.geometry.encode()))
        else:
            window.resize(min(DRAWN.width(), room.width()), min(DRAWN.height(), room.height()))
            if room.width() <= DRAWN.width() or room.height() <= DRAWN.height():  # with its title bar it would reach over the edge
                window.setWindowState(Qt.WindowState.WindowMaximized)
        if not any(screen.availableGeometry().intersects(window.geometry()) for screen in QGuiApplication.screens()):
            window.move(room.topLeft())

    def _settle(self, window: "OfficeWindow", desk: "Desk") -> None:
        """After the first paint: every page of the file, the daily backup, the lock."""
        from desktop.ui.leaving import DailyBackup
        from desktop.ui.lock import Idle
        from desktop.ui.work import Work

        check = Work(window)
        check.troubled.connect(lambda error: self._damaged(window, error))
        check.start(_("核对账本"), lambda _report: desk.books.ledger.check_pages())
        daily = DailyBackup(desk, window)
        daily.made.connect(window.show_state)
        daily.failed.connect(lambda words: self._say("warn", words))
        known = self.pc.ledger(desk.books.ledger.folder)
        self.idle = Idle(window, lambda: known.lock_minutes)
        self.idle.passed.connect(self.lock)
        for words in desk.books.ledger.warnings:
            self._say("warn", words)
        if known.sheet_is_open and desk.may("ledger.restore"):
            words = _("恢复单还没有核对过，忘了口令就打不开")
            self._say("warn", words, _("换一张恢复单"), lambda: window.go("settings", section="keys"))
        bring_in_late(window)
        self.is_settled = True

    def _say(self, tone: str, words: str, action: str = "", then: Callable[[], object] | None = None) -> None:
        """In the bar of the page that is open."""
        from desktop.ui.officepage import OfficePage

        page = self.window.current_page() if self.window is not None else None  # type: ignore[attr-defined]  # the office's
        if isinstance(page, OfficePage):
            page.say(tone, words, action, then)

    def _damaged(self, window: "OfficeWindow", error: Any) -> None:
        from desktop.ui.kit.cards import ask

        if ask(window, error.what, _("先不要再保存。{todo}").format(todo=error.todo), _("从备份恢复"), refuse=_("先看看再说")):
            self._leave_to_restore(None)

    def _leave_to_restore(self, chosen: Path | None) -> None:
        folder = self._folder()
        self.leave_for(lambda: self.show_login(folder, restore=True, chosen=chosen))

    def _switch(self) -> None:
        folder = self._folder()
        self.leave_for(lambda: self.show_login(folder))

    def _foot(self, key: str) -> None:
        window: Any = self.window
        if key == "lock":
            self.lock()
        elif key != "help" and window.has_page(key):  # the window itself knows which page the help is about
            window.go(key)

    def lock(self) -> None:
        """Ctrl+L, or nobody touched anything for a while."""
        from desktop.ui.lock import LockOverlay, lock

        window: Any = self.window
        if self.desk is None or not window.isVisible() or window.findChild(LockOverlay) is not None:
            return
        pages = [window.stack.widget(at) for at in range(window.stack.count())]
        cover = lock(window, pages, self.desk)
        if self.idle is not None:
            cover.unlocked.connect(self.idle.begin)
        cover.switch_asked.connect(self._switch)
        cover.leave_asked.connect(self._closing)

    # the way out

    def _folder(self) -> Path:
        assert self.desk is not None
        return self.desk.books.ledger.folder

    def _closing(self) -> None:
        self.leave_for(None)

    def leave_for(self, after: Callable[[], None] | None) -> None:
        """The office window goes; a backup is made when there is something to back up; then `after`, or the end."""
        from desktop.ui.leaving import LeavingWindow, wants_backup

        window: Any = self.window
        desk = self.desk
        if desk is None:
            return
        self.pc.geometry = window.saveGeometry().toBase64().data().decode()
        self.pc.save()
        self._after = after
        if after is None and wants_backup(desk, worked=bool(window.session.saved_at)):
            leaving: LeavingWindow = LeavingWindow(desk)
            leaving.left.connect(self._close_ledger)
            self._show(leaving)
            leaving.start()
        else:
            self._close_ledger()

    def leave_at_once(self) -> None:
        """The ledger is closed; what follows is the caller's."""
        QThreadPool.globalInstance().waitForDone(PATIENCE)
        if self.desk is not None:
            self.desk.books.ledger.close()
            self.desk = None

    def _close_ledger(self) -> None:
        self.leave_at_once()
        if self._after is None:
            self.quit()
        else:
            self._after()

    def quit(self) -> None:
        """The end: what this PC remembers is on the disk."""
        here = look()
        self.pc.points, self.pc.theme = here.size, here.theme
        self.pc.save()
        if self.window is not None:
            self.window.blockSignals(True)  # quitting closes what is open, which must not begin the leaving again
            self.window.hide()
        self.app.quit()


def rehearse(report: "Report") -> Any:
    """演练社区: made in the background on first use; the desk of its 管理."""
    from desktop.demo.world_ledgers import open_rehearsal

    said = _("编一年的事")
    return open_rehearsal(standard_folder().parent / "演练", lambda done, total: report(said, done, total))


def rehearsal_hint(desk: "Desk") -> str:
    """How one signs in to the rehearsal next time."""
    from desktop.demo.world_ledgers import PASSWORD

    return _("这是演练社区，人都是编的。登录名 {login}，口令 {password}").format(login=desk.who.login, password=PASSWORD)


def main(argv: Sequence[str] | None = None) -> int:
    """Until the last window is closed."""
    parser = argparse.ArgumentParser(prog="lianxin", description="连心：社区的人、事、诺，一本账")
    parser.add_argument("--data", type=Path, default=os.environ.get("LIANXIN_DATA"), help="账本所在文件夹（LIANXIN_DATA）")
    options = parser.parse_args(argv)
    keep_log(log_folder())
    pc = ThisPc.load()
    app = make_application(pc)
    Faults(app).watch()
    Lianxin(app, pc, options.data).begin()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
