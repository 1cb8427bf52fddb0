"""A hand that counts: keys pressed, clicks made, fields typed in. A word through an input method costs its pinyin and one key more."""

from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.model.names import pinyin_of
from desktop.ui.palette import Palette
from tests.ui.hands import NONE, Key, commit_to


@dataclass
class Hand:
    """Whoever does a job at this window; nothing but keys and, where nothing else works, clicks."""

    window: QWidget
    qtbot: QtBot
    keys: int = 0
    clicks: int = 0
    fields: int = 0
    _typed_in: list[int] = field(default_factory=list)

    @property
    def focus(self) -> QWidget:
        """Who has the keys."""
        popup = QApplication.activePopupWidget()
        if isinstance(popup, Palette):
            return popup.search
        return popup or QApplication.focusWidget() or self.window

    def press(self, *keys: Qt.Key | str, held: Qt.KeyboardModifier = NONE) -> None:
        """Keys, each one stroke; held ones are part of the stroke."""
        for key in keys:
            QTest.keyClick(self.focus, key, held)
            self.keys += 1

    def type(self, text: str) -> None:
        """Latin letters and digits."""
        self._in_field()
        QTest.keyClicks(self.focus, text)
        self.keys += len(text)

    def say(self, text: str) -> None:
        """Chinese: the pinyin, and one key to take the word; signs and digits as they are."""
        self._in_field()
        self.keys += cost(text)
        commit_to(text)

    def click(self, button: QPushButton) -> None:
        """Only where no key leads."""
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.clicks += 1

    def pick(self, letters: str) -> None:
        """One of a list by a few letters of its pinyin."""
        field = self.focus
        self.type(letters)
        self.until(lambda: getattr(field, "found", None) is not None)
        self.press(Key.Key_Return)

    def go(self, letters: str) -> None:
        """Ctrl+K, a few letters, Enter."""
        self.press(Key.Key_K, held=Qt.KeyboardModifier.ControlModifier)
        self.type(letters)
        self.press(Key.Key_Return)
        self.window.activateWindow()  # where there is no window manager nobody does it when the box closes
        self.qtbot.waitUntil(self.window.isActiveWindow)

    def until(self, holds: object) -> None:
        """What was started is done; nothing is pressed meanwhile."""
        try:
            self.qtbot.waitUntil(holds, timeout=20_000)  # type: ignore[arg-type]
        except Exception as error:
            raise AssertionError(self.where()) from error

    def at_rest(self) -> None:
        """The page in sight has finished what it does."""
        page = self.window.current_page()  # type: ignore[attr-defined]
        self.until(lambda: not page.work.is_busy and not page.reads.is_busy)

    def where(self) -> str:
        """Where the hand stands, for whoever reads why a job came to nothing."""
        page = self.window.current_page()  # type: ignore[attr-defined]
        wrong = {key: one.field.word for key, one in getattr(page, "bindings", {}).items() if one.field.tone == "err"}
        typed = getattr(self.focus, "text", str)()
        return f"{self.window.current_key} {typed} {self.focus} {self.focus.accessibleName()} {getattr(page, 'bar', page).text} {wrong}"  # type: ignore[attr-defined]

    def _in_field(self) -> None:
        field = id(self.focus)
        if not self._typed_in or self._typed_in[-1] != field:
            self._typed_in.append(field)
            self.fields += 1


def cost(text: str) -> int:
    """Strokes for a text: each run of Chinese its pinyin and one more, anything else one a sign."""
    strokes, run = 0, ""
    for sign in f"{text}\n":
        if "\u3400" <= sign <= "\u9fff":
            run += sign
            continue
        strokes += (len(pinyin_of(run).full.replace(" ", "")) + 1 if run else 0) + (sign != "\n")
        run = ""
    return strokes
