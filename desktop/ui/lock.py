"""锁屏: what is on the screen is covered and nothing can be done until the same person gives the password again.

Nothing is closed: what was half typed is kept as a draft first and stands there again afterwards. Open questions are
answered with no, because a question left open would lie over the lock.
"""

from collections.abc import Callable
from typing import Any, cast

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QShortcut, QWindow
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QMainWindow, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop.model.errors import Said
from desktop.model.language import _
from desktop.office.desk import Desk
from desktop.office.opening import is_same_person
from desktop.store.key import WrongPassword
from desktop.store.tries import WaitFirst
from desktop.ui.frontwork import FrontWork
from desktop.ui.icons import IconMark
from desktop.ui.kit.buttons import Button, LinkButton
from desktop.ui.kit.fields import LabelledField
from desktop.ui.kit.lines import PasswordEdit
from desktop.ui.kit.text import Label
from desktop.ui.look import follow, look

INPUT = {QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel, QEvent.Type.TouchBegin}


class LockOverlay(QFrame):
    """Covers the window from edge to edge."""

    unlocked = Signal()
    switch_asked = Signal()  # somebody else wants to work here
    leave_asked = Signal()

    def __init__(self, window: QMainWindow, desk: Desk) -> None:
        super().__init__(window)
        self.setObjectName("page")
        self._over, self.desk = window, desk
        self._title = window.windowTitle()
        self._focus = QApplication.focusWidget()
        shortcuts = cast("list[QShortcut]", window.findChildren(QShortcut))
        self._shortcuts = [one for one in shortcuts if one.isEnabled()]
        self.front = FrontWork()
        self.password = LabelledField(_("口令"), PasswordEdit())
        self.button, self.switch = Button(_("继续工作"), "lock", "primary", "Enter"), LinkButton(_("换人登录"))
        self._assemble()
        self.button.clicked.connect(self.start)
        self.switch.clicked.connect(self.switch_asked)
        self.password.editor.installEventFilter(self)
        self.front.busy.connect(lambda busy: self.button.setDisabled(busy))
        window.installEventFilter(self)
        self._shut()
        follow(self, self._restyle)

    def _assemble(self) -> None:
        self._column, row, middle = QVBoxLayout(self), QHBoxLayout(), QVBoxLayout()
        self._card = QFrame()
        self._card.setLayout(middle)
        self._middle = middle
        name, words = Label(self.desk.who.name, "title"), Label(_("已锁上。没保存的内容留着，输入口令继续。"), ink="text2", wrap=True)
        for label in (name, words):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        middle.addWidget(IconMark("lock", "brand_text", 40), 0, Qt.AlignmentFlag.AlignHCenter)
        for piece in (name, words, self.front, self.password, self.button):
            middle.addWidget(piece)
        middle.addWidget(self.switch, 0, Qt.AlignmentFlag.AlignHCenter)
        row.addStretch(1)
        row.addWidget(self._card)
        row.addStretch(1)
        self._column.addStretch(1)
        self._column.addLayout(row)
        self._column.addStretch(2)

    def _shut(self) -> None:
        """Nothing under the lock takes a key, a click or a shortcut."""
        for shortcut in self._shortcuts:
            shortcut.setEnabled(False)
        self._over.centralWidget().setEnabled(False)
        self._over.setWindowTitle(_("连心 · 已锁上"))
        self.setGeometry(self._over.rect())
        self.show()
        self.raise_()
        self.password.setFocus()

    def start(self) -> None:
        """The same person goes on where he was, or the field says why not."""
        password = str(self.password.value())
        if password:
            self.front.run(_("核对口令"), lambda _report: is_same_person(self.desk, password), self._answer, self._refused)

    def _answer(self, same: Any) -> None:
        if not same:
            self.front.say("err", _("这个口令打开的是另一本账"))
            return
        for shortcut in self._shortcuts:
            if isValid(shortcut):  # a page out of sight may have been let go meanwhile, with its keys
                shortcut.setEnabled(True)
        self._over.removeEventFilter(self)
        self._over.centralWidget().setEnabled(True)
        self._over.setWindowTitle(self._title)
        self.hide()
        if self._focus is not None and isValid(self._focus) and self._focus.isVisible():
            self._focus.setFocus()
        self.unlocked.emit()
        self.deleteLater()

    def _refused(self, error: Said) -> bool:
        if isinstance(error, WaitFirst):
            words, tone = _("错得太多，请等 {n} 秒再试").format(n=error.seconds), "warn"
        elif isinstance(error, WrongPassword):
            words, tone = _("口令不对；看看大写锁定和输入法"), "err"
        else:
            return False
        self.password.show_word(words, tone)
        self.password.editor.selectAll()  # type: ignore[attr-defined]  # a line of text
        self.password.setFocus()
        return True

    def eventFilter(self, watched: Any, event: QEvent) -> bool:
        if watched is self._over and event.type() == QEvent.Type.Resize:
            self.setGeometry(self._over.rect())
        elif watched is self._over and event.type() == QEvent.Type.Close:
            event.ignore()  # the page beneath would ask about unsaved words, under the lock
            self.leave_asked.emit()
            return True
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.start()
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.accept()  # Esc under a lock goes nowhere

    def _restyle(self) -> None:
        here = look()
        self._card.setFixedWidth(min(here.u(360), self._over.width() - here.u(24)))
        self._middle.setSpacing(here.u(10))


class Idle(QObject):
    """`passed` when nobody touched keyboard or mouse for some minutes. Watches the windows that get input, not every widget."""

    passed = Signal()

    def __init__(self, parent: QObject, minutes: Callable[[], int]) -> None:
        super().__init__(parent)
        self._minutes = minutes
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.passed)
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.focusWindowChanged.connect(self.watch)
        self.watch(QGuiApplication.focusWindow())
        self.begin()

    def begin(self) -> None:
        """Counting starts anew."""
        self._timer.start(self._minutes() * 60_000)

    def left(self) -> int:
        """Milliseconds until it is time."""
        return self._timer.remainingTime()

    def watch(self, window: QWindow | None) -> None:
        """Input to this window counts."""
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in INPUT:
            self.begin()
        return super().eventFilter(watched, event)


def lock(window: QMainWindow, pages: list[QWidget], desk: Desk) -> LockOverlay:
    """The window is locked: drafts kept, open lists and questions closed, the cover on top."""
    for page in pages:
        keep = getattr(getattr(page, "drafts", None), "keep", None)
        if keep is not None:
            keep()
    while (asking := QApplication.activePopupWidget() or QApplication.activeModalWidget()) is not None:
        if not asking.close():
            break
    return LockOverlay(window, desk)
