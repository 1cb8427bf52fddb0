"""登录: who, the password, and the ways out for whoever forgot it or whose ledger is hurt.

The first thing that is painted, so it imports nothing of the ledger's tables; what opening needs is imported when the
person presses 登录, or before that by `application.WarmUp`.
"""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.model.errors import Said
from desktop.model.language import _
from desktop.store.key import Keyring, KeyringDamaged, KeyringMissing, WrongPassword
from desktop.store.tries import WaitFirst
from desktop.ui.forgotten import Forgotten
from desktop.ui.frontdoor import FrontFoot, PickCard, PickList, fit_screen, size_keys
from desktop.ui.frontwork import FrontWork
from desktop.ui.icons import Logo, logo_icon
from desktop.ui.kit.buttons import Button, LinkButton
from desktop.ui.kit.cards import Scrolled
from desktop.ui.kit.fields import LabelledField
from desktop.ui.kit.lines import LineEdit, PasswordEdit
from desktop.ui.kit.text import Label, Rule
from desktop.ui.look import follow, look
from desktop.ui.restoring import RestorePanel
from desktop.ui.thispc import ALL, NONE, Ledger, Person
from desktop.ui.work import Report

WIDTH, HEIGHT = 382, 568
MOST_PEOPLE = 3  # with a fourth the button that signs in would lie below the edge of the window


class LoginWindow(QWidget):
    """One ledger, closed. `opened` carries the desk of whoever signed in."""

    opened = Signal(object)
    elsewhere = Signal()  # another ledger, or a new one
    left = Signal()

    def __init__(self, folder: Path, known: Ledger) -> None:
        super().__init__()
        self.folder, self.known = folder, known
        self.setWindowTitle(_("连心 · 登录"))
        self.setWindowIcon(logo_icon())
        self.faces = QStackedWidget()
        self.sign_in = SignIn(folder, known)
        self.forgotten = Forgotten(folder)
        self.restore = RestorePanel(folder)
        self._scrolled = Scrolled(self.sign_in)
        for area in (self._scrolled, Scrolled(self.forgotten), Scrolled(self.restore)):
            self.faces.addWidget(area)
        self.foot = FrontFoot()
        self.other = LinkButton(_("别的账本…"))
        self.other.clicked.connect(self.elsewhere)
        self.foot.row.addWidget(self.other)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.faces, 1)
        self._column.addWidget(Rule())
        self._column.addWidget(self.foot)
        self.sign_in.opened.connect(self.opened)
        self.sign_in.forgot.connect(self.show_forgotten)
        self.sign_in.restore_wanted.connect(self.show_restore)
        self.forgotten.opened.connect(self.opened)
        self.forgotten.back.connect(self.show_sign_in)
        self.restore.back.connect(self.show_sign_in)
        self.restore.restored.connect(self._restored)
        size_keys(self)
        follow(self, self._restyle)
        self.show_sign_in()

    def say(self, tone: str, words: str) -> None:
        """Something to know before signing in."""
        self.sign_in.front.say(tone, words)

    def show_sign_in(self) -> None:
        """The names and the password."""
        self.faces.setCurrentIndex(0)
        self.sign_in.take_focus()
        QTimer.singleShot(0, self, self._bring_button)

    def show_forgotten(self, login: str) -> None:
        """忘了口令: the recovery key and a new password."""
        self.forgotten.begin(login)
        self.faces.setCurrentIndex(1)
        self.forgotten.take_focus()

    def show_restore(self, chosen: Path | None = None) -> None:
        """从备份恢复 into this very folder."""
        self.restore.begin(chosen)
        self.faces.setCurrentIndex(2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._bring_button)  # once everything has its place

    def _bring_button(self) -> None:
        """On a low screen with large letters what is pressed next is in sight, and the office's name is not."""
        if self.sign_in.password.editor.hasFocus():
            self._scrolled.ensureWidgetVisible(self.sign_in.button, 0, look().u(4))

    def _restored(self, words: str) -> None:
        self.sign_in.password.set_value("")  # the one typed before may not be the backup's
        self.show_sign_in()
        self.say("ok", words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.faces.currentIndex():
            self.show_sign_in()
            return
        super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        if any(front.work.is_busy for front in (self.sign_in.front, self.forgotten.front, self.restore.front)):
            event.ignore()  # a ledger that is being opened, migrated or restored is not dropped half-way
            return
        self.left.emit()

    def _restyle(self) -> None:
        here = look()
        self._column.setContentsMargins(here.u(26), here.u(16), here.u(26), here.u(10))
        self._column.setSpacing(here.u(8))
        self.foot.letters.set_label(_("大字"))
        fit_screen(self, WIDTH, HEIGHT)


class SignIn(QWidget):
    """The seal, the office, the names, the password, 登录."""

    opened = Signal(object)
    forgot = Signal(str)
    restore_wanted = Signal()

    def __init__(self, folder: Path, known: Ledger, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.folder, self.known = folder, known
        self.front = FrontWork()
        self.people, self.login = PickList(), LabelledField(_("登录名"), LineEdit(40))
        self.others = LinkButton(_("其他人…"))
        self.password = LabelledField(_("口令"), PasswordEdit())
        self.button = Button(_("登录"), "login", "primary", "Enter")
        self.forgot_link = LinkButton(_("忘了口令"))
        self._left = 0
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self._count_down)
        self._assemble()
        self._show_people()
        self.people.chosen.connect(lambda _key: self.password.setFocus())
        self.others.clicked.connect(self._type_name)
        self.button.clicked.connect(self.start)
        self.forgot_link.clicked.connect(lambda: self.forgot.emit(self.who()))
        self.front.busy.connect(self._set_busy)
        for field in (self.login, self.password):
            field.editor.installEventFilter(self)
        follow(self, self._restyle)

    def _assemble(self) -> None:
        self._column = QVBoxLayout(self)
        self._logo = Logo(60)
        self._column.addWidget(self._logo, 0, Qt.AlignmentFlag.AlignHCenter)
        office = Label(self.known.office or str(self.folder.name), "section", wrap=True)
        office.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._column.addWidget(office)
        self._column.addWidget(self.front)
        self._column.addWidget(self.people)
        self._column.addWidget(self.others, 0, Qt.AlignmentFlag.AlignLeft)
        for piece in (self.login, self.password, self.button):
            self._column.addWidget(piece)
        self._last = QHBoxLayout()
        self._last.addWidget(self.forgot_link)
        self._last.addStretch(1)
        self._last.addWidget(Label(_("用恢复单重设"), "caption", "text2"))
        self._column.addLayout(self._last)
        self._column.addStretch(1)

    def _show_people(self) -> None:
        people = self.known.people[:MOST_PEOPLE] if self.known.names == ALL else self.known.people[:1]
        if self.known.names == ALL:
            people = [*people, *self._never_seen(people)][:MOST_PEOPLE]
        if self.known.names == NONE:
            people = []
        cards = [PickCard(one.login, one.name, " · ".join(part for part in (one.post, one.at) if part), avatar=one.name) for one in people]
        self.people.show_cards(cards, people[0].login if people else "")
        self.people.setVisible(bool(people))
        self.others.setVisible(bool(people))
        self.login.setVisible(not people)

    def _never_seen(self, seen: list[Person]) -> list[Person]:
        """Those who may open this ledger and never did so here; only where the office chose to show all names."""
        try:
            logins = Keyring.load(self.folder).names()
        except (KeyringMissing, KeyringDamaged):
            return []  # signing in will say so
        return [Person(login, login, "") for login in logins if all(login != one.login for one in seen)]

    def _type_name(self) -> None:
        self.people.choose("")
        self.people.hide()
        self.others.hide()
        self.login.show()
        self.login.setFocus()

    def who(self) -> str:
        """The sign-in name that is chosen or typed."""
        return self.people.value() if not self.people.isHidden() else str(self.login.value())

    def take_focus(self) -> None:
        """To the password when the name stands already."""
        (self.password if self.who() else self.login).setFocus()

    def start(self) -> None:
        """The password opens the ledger, or the window says why not."""
        login, password, folder = self.who(), str(self.password.value()), self.folder
        if self._left or self.front.work.is_busy:
            return
        if not login or not password:
            empty = self.login if not login else self.password
            empty.show_word(_("还没填"), "err")
            empty.setFocus()
            return

        def call(report: Report) -> Any:
            from desktop.office.opening import open_with_password

            return open_with_password(folder, login, password, report)

        self.password.show_word("", "")
        self.front.run(_("打开账本"), call, self._opened, self._refused)

    def _opened(self, desk: Any) -> None:
        self.password.set_value("")
        self.opened.emit(desk)

    def _refused(self, error: Said) -> bool:
        if isinstance(error, WaitFirst):
            self._left = error.seconds
            self._second.start()
            self._say_left()
        elif isinstance(error, WrongPassword):
            self.password.show_word(_("登录名或口令不对；看看大写锁定和输入法"), "err")
            self.password.editor.selectAll()  # type: ignore[attr-defined]  # a line of text
            self.password.setFocus()
        else:
            return self._offers_restore(error)
        return True

    def _offers_restore(self, error: Said) -> bool:
        from desktop.store.troubles import Damaged, EmptyLedger, NoLedger, NotALedger, Planted, StaleWal

        if not isinstance(error, Damaged | EmptyLedger | NoLedger | NotALedger | Planted | StaleWal | KeyringMissing | KeyringDamaged):
            return False
        self.front.say("err", str(error), _("从备份恢复…"), self.restore_wanted.emit)
        return True

    def _count_down(self) -> None:
        self._left -= 1
        self._say_left()

    def _say_left(self) -> None:
        words = _("错得太多，请等 {n} 秒再试；忘了口令可用恢复单").format(n=self._left) if self._left else ""
        self.password.show_word(words, "warn")
        self.button.setEnabled(not self._left)
        if not self._left:
            self._second.stop()
            self.password.setFocus()

    def _set_busy(self, busy: bool) -> None:
        for piece in (self.password, self.login, self.people, self.button, self.forgot_link):
            piece.setEnabled(not busy)
        if not busy:
            self.password.setFocus()

    def eventFilter(self, watched: Any, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if watched is self.login.editor and not self.password.value():
                self.password.setFocus()
            else:
                self.start()
            return True
        return super().eventFilter(watched, event)

    def _restyle(self) -> None:
        here = look()
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(here.u(10))
        self._logo.setVisible(not here.is_narrow_size)  # the password matters more than the seal
        self._last.setContentsMargins(0, 0, 0, 0)
