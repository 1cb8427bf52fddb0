"""A monkey at the clerk's desk: it clicks, types, composes, presses keys, opens menus, answers questions, turns sizes and themes.

Every choice comes from one seeded source and from what is on the screen, so a seed can be replayed. A question that waits for its
answer runs the event loop within the click that asked it; therefore each step orders the next one before it does anything.

A *step* is one thing that a hand does: it presses a key, types a word, clicks, turns the theme. An *event* is one key pressed, one
button of the mouse pressed or one text composed: a typed word has as many as it has letters, a double click has two, a theme that is
turned has none. On the whole 10 steps have some 18 events. Doses are told in events, what fails is replayed in steps.
"""

import random
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QEventLoop, QPoint, QPointF, Qt, QThreadPool, QTimer
from PySide6.QtGui import QInputMethodEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QPlainTextEdit, QTableView, QWidget
from shiboken6 import isValid

from desktop.ui.lock import LockOverlay
from desktop.ui.look import LARGEST, look
from desktop.ui.office import OfficeWindow
from desktop.ui.tokens import THEMES

KEPT = 50
LETTERS_AT_ONCE = 12
CTRL, SHIFT, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier
NONE = Qt.KeyboardModifier.NoModifier
K = Qt.Key
KEYS = (
    K.Key_Tab, K.Key_Backtab, K.Key_Return, K.Key_Enter, K.Key_Escape, K.Key_Space, K.Key_Up, K.Key_Down, K.Key_Left, K.Key_Right,
    K.Key_PageUp, K.Key_PageDown, K.Key_Home, K.Key_End, K.Key_Backspace, K.Key_Delete, K.Key_F1, K.Key_F2, K.Key_F3, K.Key_F5,
    K.Key_F8, K.Key_F9, K.Key_1, K.Key_2, K.Key_3, K.Key_N, K.Key_P, K.Key_G, K.Key_Menu, K.Key_F4, K.Key_F10,
)  # fmt: skip
HELD = tuple((key, CTRL) for key in (
    K.Key_N, K.Key_P, K.Key_E, K.Key_I, K.Key_D, K.Key_S, K.Key_K, K.Key_L, K.Key_A, K.Key_C, K.Key_V, K.Key_X, K.Key_Z, K.Key_F, K.Key_Q,
    K.Key_Return, K.Key_Home, K.Key_End, K.Key_Plus, K.Key_Minus, K.Key_0,
)) + tuple((key, ALT) for key in (K.Key_1, K.Key_2, K.Key_3, K.Key_4, K.Key_5, K.Key_6, K.Key_7, K.Key_Up, K.Key_Down, K.Key_Left)) + (
    (K.Key_Return, CTRL | SHIFT), (K.Key_Return, SHIFT), (K.Key_Down, SHIFT), (K.Key_Up, SHIFT), (K.Key_Tab, CTRL), (K.Key_Tab, SHIFT),
)  # fmt: skip
WORDS = (
    "𬭊𪻐", "䶮䶮", "陈家和", "<b>&amp;</b>", "‮倒着", "é̂̃", "👨‍👩‍👧", "王\u200d小明", "3栋下水道堵塞", "昨天",
    "今天", "2022-02-30", "一" * 300, "　", "\t", "'; --", "%_",
)  # fmt: skip
PRESSED = (QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QTableView)
LETTERS = "abcxyzABC0123456789 -.,;:/\\'\"%_<>&@"


class Monkey:
    """So many events on one window; `look_at` is called after each step and raises when something is not as it must be.

    With `steps` it stops after so many of them, however many events they had: what failed is seen again.
    """

    def __init__(
        self, window: OfficeWindow, seed: int, password: str, look_at: Callable[["Monkey"], None], trace: Path,
        *, events: int = 0, steps: int = 0,
    ) -> None:  # fmt: skip
        self.window, self.seed, self.password = window, seed, password
        self._dose, self._last = events, steps
        known = {*window.navigation.rows, *(place.page for place in window.places())}  # those of Ctrl+K are forms and batches, too
        self.pages = sorted(key for key in known if window.has_page(key))
        self.random = random.Random(seed)
        self.done = self.events = 0
        self.log: deque[str] = deque(maxlen=KEPT)
        self.failure: BaseException | None = None
        self._look_at, self._trace, self._loop = look_at, trace.open("w", encoding="utf-8"), QEventLoop()
        self._deeds: tuple[tuple[int, Callable[[], str]], ...] = (
            (220, self._key), (120, self._held), (100, self._type), (80, self._compose), (340, self._click), (50, self._other_click),
            (50, self._go), (3, self._size), (2, self._theme), (5, self._width),
        )  # fmt: skip

    def run(self) -> None:
        """All of it; raises what went wrong first."""
        QTimer.singleShot(0, self.window, self._step)
        self._loop.exec()  # as the program runs: outside of any loop Qt deletes what is only to be deleted later within a question
        self._trace.close()
        if self.failure is not None:
            raise self.failure

    def _step(self) -> None:
        if (self.done >= self._last if self._last else self.events >= self._dose) or self.failure is not None:
            self._tidy()
            self._loop.quit()
            return
        QThreadPool.globalInstance().waitForDone()  # what is under way answers now: a replay must not depend on the clock
        QTimer.singleShot(0, self.window, self._step)
        self.done += 1
        try:
            said = self._act()
            if not self.log or not self.log[-1].endswith(said):
                self._note(said)
            self._look_at(self)
        except BaseException as error:  # noqa: BLE001 - kept for `run`, which is called from outside the event loop
            self.failure = self.failure or error

    def _tidy(self) -> None:
        """Whatever asks or stands open is closed, so that the loops within loops end."""
        while (open_one := QApplication.activePopupWidget() or QApplication.activeModalWidget()) is not None and open_one.close():
            pass

    def _act(self) -> str:
        if not self.window.isVisible():
            self.window.show()
            return "the window was closed: opened again"
        if not self.window.isActiveWindow() and QApplication.activeModalWidget() is None and QApplication.activePopupWidget() is None:
            self.window.activateWindow()
        cover = self._cover()
        if cover is not None and self.random.random() < 0.5:
            cover.password.editor.setFocus()
            QTest.keyClicks(cover.password.editor, self.password)
            QTest.keyClick(cover.password.editor, K.Key_Return)
            self.events += len(self.password) + 1
            return "unlocks"
        return self.random.choices([deed for _weight, deed in self._deeds], [weight for weight, _deed in self._deeds])[0]()

    def _cover(self) -> Any:
        return self.window.findChild(LockOverlay, options=Qt.FindChildOption.FindDirectChildrenOnly)

    # where

    def _top(self) -> QWidget:
        """What has the screen: an open list, a question, or the window."""
        return QApplication.activePopupWidget() or QApplication.activeModalWidget() or self.window

    def _target(self) -> QWidget:
        top = self._top()
        if top is not self.window and not (isinstance(top, QWidget) and top.isAncestorOf(QApplication.focusWidget() or top)):
            return top
        return QApplication.focusWidget() or top

    def _note(self, said: str) -> str:
        """Before it is done and out of the process at once: a crash of Qt itself leaves nothing else behind."""
        self.log.append(f"{self.done}: {said}")
        self._trace.seek(0)
        self._trace.write("\n".join(self.log) + "\n")
        self._trace.truncate()
        self._trace.flush()
        return said

    def _named(self, widget: QWidget) -> str:
        words = widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")
        return f"{type(widget).__name__}({words[:20]}) on {self.window.current_key}"

    # what

    def _key(self) -> str:
        key, target = self.random.choice(KEYS), self._target()
        said = self._note(f"{key.name} → {self._named(target)}")
        QTest.keyClick(target, key)
        self.events += 1
        return said

    def _held(self) -> str:
        (key, held), target = self.random.choice(HELD), self._target()
        said = self._note(f"{held.name}+{key.name} → {self._named(target)}")
        QTest.keyClick(target, key, held)
        self.events += 1
        return said

    def _type(self) -> str:
        words, target = "".join(self.random.choices(LETTERS, k=self.random.randint(1, LETTERS_AT_ONCE))), self._target()
        said = self._note(f"types {words!r} → {self._named(target)}")
        for letter in words:
            where = self._target()
            QTest.keyClicks(where, letter)
            self.events += 1
        return said

    def _compose(self) -> str:
        words, target = self.random.choice(WORDS), self._target()
        said = self._note(f"composes {words[:12]!r} → {self._named(target)}")
        if self.random.random() < 0.3:
            QApplication.sendEvent(target, QInputMethodEvent("pin", []))
        done = QInputMethodEvent("", [])
        done.setCommitString(words)
        QApplication.sendEvent(target, done)
        self.events += 1
        return said

    def _click(self) -> str:
        top = self._top()  # asked kind by kind: Qt sorts out faster than Python
        alive: list[QWidget] = [one for kind in PRESSED for one in top.findChildren(kind)]
        found = [one for one in alive if one.isVisible() and one.isEnabled()]
        if not found or self.random.random() < 0.3:
            return self._other_click()
        target = self.random.choice(found)
        where = target.viewport() if isinstance(target, QTableView | QPlainTextEdit) else target
        at = QPoint(self.random.randrange(max(1, where.width())), self.random.randrange(max(1, where.height())))
        said = self._note(f"clicks {self._named(target)}")
        self._press_and_release(where, at, Qt.MouseButton.LeftButton, NONE)
        return said

    def _other_click(self) -> str:
        top = self._top()
        at = QPoint(self.random.randrange(max(1, top.width())), self.random.randrange(max(1, top.height())))
        target = top.childAt(at) or top
        inside, how = target.mapFrom(top, at) if target is not top else at, self.random.randrange(4)
        said = self._note(f"{('clicks', 'double-clicks', 'right-clicks', 'shift-clicks')[how]} {self._named(target)} at {at.x()},{at.y()}")
        button = Qt.MouseButton.RightButton if how == 2 else Qt.MouseButton.LeftButton
        self._press_and_release(target, inside, button, SHIFT if how == 3 else NONE, twice=how == 1)
        return said

    def _press_and_release(
        self, target: QWidget, at: QPoint, button: Qt.MouseButton, held: Qt.KeyboardModifier, *, twice: bool = False
    ) -> None:
        """One event after the other, as Qt delivers them: what the first one took away gets no second one."""
        kinds = QEvent.Type
        down, up = kinds.MouseButtonPress, kinds.MouseButtonRelease
        for kind in (down, up, kinds.MouseButtonDblClick, up) if twice else (down, up):
            if not isValid(target) or not target.isVisible():
                return
            where = QPointF(target.mapToGlobal(at))
            pressed = Qt.MouseButton.NoButton if kind == up else button
            self.events += kind != up
            QApplication.sendEvent(target, QMouseEvent(kind, QPointF(at), where, button, pressed, held))

    def _go(self) -> str:
        if self._top() is not self.window or self._cover() is not None:
            return self._key()
        key = self.random.choice(self.pages)
        QTimer.singleShot(0, self.window, lambda: self.window.go(key))
        return f"goes to {key}"

    def _size(self) -> str:
        by = self.random.choice((1, -1))
        if look().size < min(LARGEST, 18) or by < 0:
            look().step(by)
        return f"letters {look().size}"

    def _theme(self) -> str:
        theme = self.random.choice(list(THEMES))
        look().set_theme(theme)
        return f"theme {theme}"

    def _width(self) -> str:
        width, height = self.random.choice(((1366, 698), (1024, 698), (1600, 900), (1280, 680)))
        self.window.resize(width, height)
        return f"window {width}×{height}"
