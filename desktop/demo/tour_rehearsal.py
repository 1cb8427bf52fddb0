"""The first part of the tour: the front door and the rehearsal community, for the pictures of README and manual."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QMessageLogContext, Qt, QThreadPool, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from desktop.demo.tour import Tour
from desktop.demo.tour_hand import commit, go, press, rest, shoot, until
from desktop.demo.tour_watch import OPENING, WATCH
from desktop.demo.world import XINLIN
from desktop.demo.world_ledgers import CHEAP, CLERK, PASSWORD, REHEARSAL_HOUR, rehearsal
from desktop.model.inspection import Inspection
from desktop.model.opinion import Opinion
from desktop.office.desk import Desk
from desktop.office.due import due_counts
from desktop.ui.application import bring_in_late
from desktop.ui.firstrun import FirstRun
from desktop.ui.login import LoginWindow
from desktop.ui.look import Look
from desktop.ui.office import OfficeWindow
from desktop.ui.pages import SPECIAL_PAGES
from desktop.ui.session import Session
from desktop.ui.thispc import Ledger

SIZE = (1366, 698)
PAGES = (
    ("workbench", "workbench"), ("places", "table:place"), ("services", "table:service"), ("opinions", "table:opinion"),
)  # fmt: skip


def application() -> QApplication:
    """The one application, in the standard look."""
    qInstallMessageHandler(_say)
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    if app.property("look") is None:
        Look.install(app)
    return app


def _say(_kind: QtMsgType, _where: QMessageLogContext, words: str) -> None:
    """What Qt has to say, but not what the screen that is none cannot do."""
    if not words.startswith("This plugin does not support"):
        print(words, file=sys.stderr)  # noqa: T201


def open_window(make: Callable[[], OfficeWindow]) -> OfficeWindow:
    """An office's window at the size of an office PC."""
    with WATCH.block(OPENING):
        window = make()
        window.resize(*SIZE)
        window.show()
        QApplication.processEvents()
    bring_in_late(window)
    rest()
    return window


def community_window(desk: Desk) -> OfficeWindow:
    """The window of a community office."""
    return open_window(lambda: OfficeWindow(Session(desk), SPECIAL_PAGES))


def close_window(window: Any) -> None:
    """The window is shut and its ledger with it."""
    desk = window.session.desk
    window.close()
    QThreadPool.globalInstance().waitForDone()  # what still reads, reads in this ledger
    window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)  # out of sight already: nobody waits for its widgets
    rest()
    desk.books.ledger.close()


def look_around(tour: Tour) -> None:
    """Front door, sign-in by password, and the pages of a full year."""
    application()
    folder = tour.out / "rehearsal"
    with tour.step("演练社区：编好一年"):
        desk = rehearsal(folder, cost=CHEAP)
        due = due_counts(desk)
        tour.hold("演练社区里有逾期、今天和七天内要办的事", all((due.overdue, due.today, due.soon)))
        name = desk.books.fact("name") or ""
        desk.books.ledger.close()
    with tour.step("登录：输口令进门"):
        front = FirstRun(rehearse=lambda _report: None)
        front.show()
        shoot(front, tour.screen("first-run"))
        front.close()
        desk = _sign_in(tour, Ledger(str(folder), name))
    desk.clock = lambda: REHEARSAL_HOUR
    window = community_window(desk)
    with tour.step("演练社区：看一遍"):
        for name, key in PAGES:
            go(window, key)
            _shoot_page(tour, window, name)
        go(window, "table:person")
        page: Any = window.current_page()
        page.view.setFocus()
        page.view.go_to(1)
        _shoot_page(tour, window, "people")
        in_hand = next(row for row in desk.rows(Opinion) if row["state"] == "办理中")
        go(window, "record:opinion", id=in_hand["id"])
        _shoot_page(tour, window, "opinion")
        tour.hold("意见页显示正在办理的那一步", in_hand["title"] in window.windowTitle())
    close_window(window)
    with tour.step("新林社区：查到一半的检查"):
        desk = rehearsal(tour.out / "rehearsal-fire", code=XINLIN, cost=CHEAP)
        window = community_window(desk)
        half = next(row for row in desk.rows(Inspection) if row["state"] == "检查中")
        go(window, "record:inspection", id=half["id"])
        _shoot_page(tour, window, "inspection")
        tour.hold("检查页停在没查完的那一家", "好又鲜" in window.windowTitle())
        close_window(window)


def _sign_in(tour: Tour, known: Ledger) -> Desk:
    """Name and password typed at the login window; a wrong one first."""
    opened: list[Desk] = []
    login = LoginWindow(Path(known.folder), known)
    login.opened.connect(opened.append)
    login.show()
    rest()
    form = login.sign_in
    for password in ("wrong-word-1", PASSWORD):
        if not form.who():
            commit(form.login.editor, CLERK)
        commit(form.password.editor, password)
        if password == PASSWORD:
            shoot(login, tour.screen("login"))
        press(form.password.editor, Qt.Key.Key_Return)
        until(lambda: not form.front.work.is_busy, "the ledger to open")
        rest()
        if password != PASSWORD:
            tour.hold("错的口令打不开", not opened)
            form.password.editor.clear()  # type: ignore[attr-defined]
    until(lambda: bool(opened), "the right password")
    tour.same("登录的人", opened[0].who.login, CLERK)
    login.close()
    return opened[0]


def _shoot_page(tour: Tour, window: OfficeWindow, name: str) -> None:
    page: Any = window.current_page()
    if hasattr(page, "reads"):
        until(lambda: not page.work.is_busy and not page.reads.is_busy, name)
    rest(0.15)
    shoot(window, tour.screen(name))
