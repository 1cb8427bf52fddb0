"""A look for every test of the screens, and a way to put a piece on the screen as a person would find it."""

from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QThreadPool
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.office.desk import Desk
from desktop.ui.look import STANDARD, Look
from desktop.ui.office import OfficeWindow
from desktop.ui.pages import SPECIAL_PAGES
from desktop.ui.session import Session
from desktop.ui.shell import Shell
from tests.builders import a_desk


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """A window that a test leaves half typed is closed without its question: nobody is there to answer it."""
    try:
        return (yield)
    finally:
        for window in QApplication.topLevelWidgets() if QApplication.instance() else ():
            if isinstance(window, Shell):
                window.may_leave = lambda: True  # type: ignore[method-assign]


@pytest.fixture
def look(qapp: QApplication) -> Generator[Look, None, None]:
    """The standard look; what a test changes is put back."""
    here = qapp.property("look")
    if not isinstance(here, Look):
        here = Look.install(qapp)
    yield here
    if here.size != STANDARD:
        here.set_size(STANDARD)
    if here.theme != "light":
        here.set_theme("light")


Show = Callable[..., QWidget]


@pytest.fixture
def show(qtbot: QtBot, look: Look) -> Show:
    """Puts a piece on the screen, ready for keys and clicks; it is closed when the test ends."""

    def on_screen(piece: QWidget, width: int = 0, height: int = 0) -> QWidget:
        qtbot.addWidget(piece)
        if width:
            piece.resize(width, height or piece.sizeHint().height())
        with qtbot.waitExposed(piece):
            piece.show()
        piece.activateWindow()
        qtbot.waitUntil(piece.isActiveWindow)
        return piece

    return on_screen


@pytest.fixture
def commit() -> Callable[[QWidget, str], None]:
    """Types Chinese as an input method does: composed first, then committed as a whole."""

    def through_the_input_method(field: QWidget, text: str) -> None:
        QApplication.sendEvent(field, QInputMethodEvent("pinyin", []))
        done = QInputMethodEvent("", [])
        done.setCommitString(text)
        QApplication.sendEvent(field, done)

    return through_the_input_method


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """An open ledger with 周敏 at it, closed when nobody reads in it any more."""
    desk = a_desk(tmp_path)
    yield desk
    QThreadPool.globalInstance().waitForDone()
    desk.books.ledger.close()


OpenOffice = Callable[..., Any]


@pytest.fixture
def open_office(show: Show) -> Iterator[OpenOffice]:
    """The window of an office at this desk, at one of its pages."""

    def at(desk: Desk, page: str, special: dict[str, Any] | None = None, groups: Any = None, **arguments: object) -> Any:
        window = OfficeWindow(Session(desk), SPECIAL_PAGES if special is None else special, groups)
        show(window, 1366, 698)
        window.go(page, **arguments)
        return window

    yield at
    QThreadPool.globalInstance().waitForDone()
