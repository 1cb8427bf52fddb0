"""The hands of a clerk, for tests of whole pages: keys go where the focus is, clicks go to what can be seen, questions get an answer.

Nothing here calls a slot of a page.
"""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QAction, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.kit.cards import Question
from desktop.ui.officepage import OfficePage
from desktop.ui.tableview import ListView

CTRL, SHIFT, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier
NONE = Qt.KeyboardModifier.NoModifier
Key = Qt.Key


def at_rest(qtbot: QtBot, page: OfficePage) -> None:
    """The page's deed is done and what it asked has been answered."""
    qtbot.waitUntil(lambda: not page.work.is_busy and not page.reads.is_busy, timeout=60_000)


def press(page: QWidget, *keys: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
    """Keys, to whoever has the focus."""
    for key in keys:
        QTest.keyClick(QApplication.focusWidget() or page, key, held)


def write(page: QWidget, text: str) -> None:
    """Latin letters and digits, one by one."""
    QTest.keyClicks(QApplication.focusWidget() or page, text)


def button(where: QWidget, words: str) -> QPushButton:
    """The button in sight that says these words."""
    QApplication.processEvents()  # what was made this moment is shown in the next
    found = [one for one in where.findChildren(QPushButton) if one.isVisible() and words in (one.accessibleName(), one.text().strip())]
    assert found, f"no button {words}: {[one.accessibleName() for one in where.findChildren(QPushButton) if one.isVisible()]}"
    return found[0]


def has_button(where: QWidget, words: str) -> bool:
    """Whether such a button is in sight."""
    QApplication.processEvents()
    return any(one.isVisible() and one.accessibleName() == words for one in where.findChildren(QPushButton))


def click(where: QWidget, words: str = "") -> None:
    """On a thing, or on the button in it that says these words."""
    QTest.mouseClick(button(where, words) if words else where, Qt.MouseButton.LeftButton)


def click_row(view: ListView, row: int, column: str = "") -> None:
    """On a row, in its column or on its tick."""
    columns = [one.key for one in view.rows.shown_columns]
    section = columns.index(column) + 1 if column else 0
    box = view.visualRect(view.rows.index(row, section))
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, NONE, QPoint(box.left() + min(12, box.width() // 2), box.center().y()))


def shown(view: ListView, column: str) -> list[str]:
    """A column of a list from the first row to the last, as it is read."""
    at = [one.key for one in view.rows.shown_columns].index(column) + 1
    return [str(view.rows.index(row, at).data()) for row in range(view.rows.rowCount())]


def answer_next_question(*, yes: bool = True) -> list[str]:
    """The next modal question gets this answer; what it asked is in the list afterwards."""
    asked: list[str] = []

    def answer(tries: int = 100) -> None:
        question = QApplication.activeModalWidget()
        if isinstance(question, Question):
            asked.append(question.card.accessibleName())
            QTest.mouseClick(question.card.yes if yes else question.card.no, Qt.MouseButton.LeftButton)
        elif tries:
            QTimer.singleShot(10, lambda: answer(tries - 1))

    QTimer.singleShot(0, answer)
    return asked


def choose_in_menu(qtbot: QtBot, *words: str) -> None:
    """Entry after entry of the menu that is open, into its submenus, by the keys."""
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    for nth, word in enumerate(words):
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        entry = _entry(menu, word)
        while menu.activeAction() is not entry:
            QTest.keyClick(menu, Qt.Key.Key_Down)
        last = nth == len(words) - 1
        QTest.keyClick(menu, Qt.Key.Key_Return if last else Qt.Key.Key_Right)
        if not last:
            qtbot.waitUntil(lambda menu=menu: QApplication.activePopupWidget() is not menu)


def _entry(menu: QMenu, word: str) -> QAction:
    found = [entry for entry in menu.actions() if entry.text().split("\t")[0] == word]
    assert found, f"no {word} in {[entry.text() for entry in menu.actions()]}"
    return found[0]


Commit = Callable[[QWidget, str], None]


class Asked(OfficePage):
    """Stands for a page that is another test's business, and keeps what it was asked for."""

    def arrive(self, **arguments: object) -> None:
        self.arguments = arguments


def commit_to(text: str) -> None:
    """Chinese through an input method, to whoever has the focus: composed first, then committed as a whole."""
    field = QApplication.focusWidget()
    QApplication.sendEvent(field, QInputMethodEvent("pinyin", []))
    done = QInputMethodEvent("", [])
    done.setCommitString(text)
    QApplication.sendEvent(field, done)
