"""A look for every test of the screens, and a way to put a piece on the screen as a person would find it."""

from collections.abc import Callable, Generator

import pytest
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.look import STANDARD, Look
from desktop.ui.shell import Shell


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
