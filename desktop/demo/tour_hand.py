"""The hand of the tour: it types, presses keys, waits for the answer and takes the picture, as a clerk at the screen would.

Nothing here knows the office; the walk is in `tour_community.py` and `tour_district.py`.
"""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPushButton, QWidget

from desktop.demo.tour_watch import WATCH
from desktop.ui.kit.choices import MultiCheck
from desktop.ui.kit.picker import ReferencePicker

PATIENCE = 90.0  # seconds for one answer
NONE, CONTROL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier


class Waited(Exception):
    """An answer did not come."""


def until(done: Callable[[], bool], what: str, patience: float = PATIENCE) -> None:
    """Let the program run until this is so. Raises Waited with what was waited for."""
    begun = time.monotonic()
    while not done():
        if time.monotonic() - begun > patience:
            raise Waited(what)
        turn(f"until {what}")
        time.sleep(0.002)
    turn(what)


def turn(what: str = "") -> None:
    """One turn of the event loop: whatever waits is answered."""
    with WATCH.block(what):
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def rest(seconds: float = 0.05) -> None:
    """A moment in which timers fire and widgets settle."""
    begun = time.monotonic()
    until(lambda: time.monotonic() - begun > seconds, "rest")


def commit(widget: QWidget, text: str) -> None:
    """Words as an input method delivers them: whole, never letter by letter."""
    widget.setFocus()
    event = QInputMethodEvent()
    event.setCommitString(text)
    with WATCH.block("words committed"):
        QApplication.sendEvent(widget, event)
        turn()


def go(window: Any, page: str, **arguments: object) -> None:
    """To a page, as a click in the navigation goes there; the window's answer ends with the page painted."""
    with WATCH.block(f"go {page}"):
        window.go(page, **arguments)
        turn()


def press(widget: QWidget, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
    """A key goes down and up, shortcuts included."""
    with WATCH.block(f"key {key.name}"):
        QTest.keyClick(widget, key, held)
        turn()


def click(where: QWidget, words: str) -> None:
    """The visible button whose words begin so. Raises Waited when there is none."""
    button: QPushButton
    for button in where.findChildren(QPushButton):
        if button.isVisible() and button.isEnabled() and button.text().strip().startswith(words):
            with WATCH.block(f"click {words}"):
                QTest.mouseClick(button, Qt.MouseButton.LeftButton)
                turn()
            return
    raise Waited(f"a button “{words}”")


def fill(editor: QWidget, value: str) -> None:
    """Fill one field the way its kind is filled: words, an arrow down a list, a name picked from what is found, a tick."""
    if isinstance(editor, ReferencePicker):
        editor.selectAll()
        commit(editor, value)
        with WATCH.block("ReferencePicker looks up"):
            editor.look_up()
        until(lambda: editor.found is not None, f"the list under {value}")
        press(editor, Qt.Key.Key_Return)
        return
    if isinstance(editor, QComboBox):
        editor.setFocus()
        for _nth in range(editor.count() + 1):
            if editor.currentText() == value:
                return
            press(editor, Qt.Key.Key_Down)
        raise Waited(f"{value} in the list")
    if isinstance(editor, MultiCheck):
        press(editor.boxes[value], Qt.Key.Key_Space)
        return
    if isinstance(editor, QLineEdit):
        editor.selectAll()  # as it is when one comes there by Enter or Tab
    commit(editor, value)


def fill_form(page: Any, values: dict[str, str]) -> None:
    """The fields of a derived form by their keys, in the order given."""
    for key, value in values.items():
        fill(page.bindings[key].field.editor, value)
    rest()


def settle(page: Any) -> None:
    """The page's deed is done and its answer shown."""
    until(lambda: not page.work.is_busy, f"{type(page).__name__} at work")
    rest()


def shoot(widget: QWidget, path: Path) -> None:
    """A picture of what the clerk sees."""
    rest(0.1)
    path.parent.mkdir(parents=True, exist_ok=True)
    widget.grab().save(str(path))
