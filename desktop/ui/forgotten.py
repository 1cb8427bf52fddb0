"""忘了口令: whoever holds the printed recovery key gives himself a new password."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.model.errors import Refusal, Said
from desktop.model.language import _
from desktop.store import recovery
from desktop.store.key import WrongRecoveryKey
from desktop.store.tries import WaitFirst
from desktop.ui.frontwork import FrontWork
from desktop.ui.keys import EnterMoves
from desktop.ui.kit.buttons import Button, LinkButton
from desktop.ui.kit.fields import LabelledField
from desktop.ui.kit.lines import LineEdit, PasswordEdit
from desktop.ui.kit.text import Label
from desktop.ui.look import follow, look
from desktop.ui.work import Report


class Forgotten(QWidget):
    """The paper's key, the sign-in name, a new password twice."""

    opened = Signal(object)
    back = Signal()

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.folder = folder
        self.front = FrontWork()
        self.key = LabelledField(_("恢复密钥"), LineEdit(120, _("恢复单上的 8 组字符")), required=True, hint=_("大小写、横线都不要紧"))
        self.login = LabelledField(_("登录名"), LineEdit(40), required=True)
        self.new = LabelledField(_("新口令"), PasswordEdit(), required=True, hint=_("至少 8 位，混用字母和数字"))
        self.again = LabelledField(_("再输一次"), PasswordEdit(), required=True)
        self.button = Button(_("重设口令并登录"), "key", "primary")
        self.return_link = LinkButton(_("返回登录"), "arrow-left")
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.return_link, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(Label(_("忘了口令"), "title"))
        self._column.addWidget(Label(_("用锁在柜子里的恢复单重设。恢复单仍然有效，用完锁回去。"), ink="text2", wrap=True))
        for piece in (self.front, self.key, self.login, self.new, self.again, self.button):
            self._column.addWidget(piece)
        self._column.addStretch(1)
        self._enter = EnterMoves(self, (self.key, self.login, self.new, self.again))
        self._enter.save.connect(self.start)
        self.button.clicked.connect(self.start)
        self.return_link.clicked.connect(self.back)
        self.key.as_editor.mistaken.connect(lambda _why: self._look_at_key())  # after the field's own word
        self.front.busy.connect(lambda busy: self.button.setDisabled(busy))
        follow(self, self._restyle)

    def begin(self, login: str) -> None:
        """Empty but for the name."""
        for field in (self.key, self.new, self.again):
            field.set_value("")
        self.login.set_value(login)
        self.front.say("act", "")

    def take_focus(self) -> None:
        """To the paper's key."""
        self.key.setFocus()

    def start(self) -> None:
        """The new password holds and the ledger is open, or the field says why not."""
        wrong = [field for field in (self.key, self.login, self.new, self.again) if field.check()]
        if not wrong and (why := mistyped(str(self.key.value()))):
            self.key.show_word(why, "err")
            wrong = [self.key]
        if not wrong and self.new.value() != self.again.value():
            self.again.show_word(_("两次不一样"), "err")
            wrong = [self.again]
        if wrong:
            wrong[0].setFocus()
            return
        folder, key, login, new = self.folder, str(self.key.value()), str(self.login.value()), str(self.new.value())

        def call(_report: Report) -> Any:
            from desktop.office.ledgers import reset_with_recovery
            from desktop.office.opening import now

            return reset_with_recovery(folder, key, login, new, now=now)

        self.front.run(_("重设口令"), call, self._opened, self._refused)

    def _opened(self, desk: Any) -> None:
        self.begin("")
        self.opened.emit(desk)

    def _refused(self, error: Said) -> bool:
        from desktop.store.troubles import OlderLedger

        if isinstance(error, WrongRecoveryKey):
            self.key.show_word(str(error), "err")
            self.key.setFocus()
        elif isinstance(error, WaitFirst):
            self.front.say("warn", _("错得太多，请等 {n} 秒再试").format(n=error.seconds))
        elif isinstance(error, OlderLedger):
            self.back.emit()  # the password holds; signing in brings the ledger up to date
        else:
            return False
        return True

    def _look_at_key(self) -> None:
        whole = len(recovery.BETWEEN.sub("", str(self.key.value()))) >= recovery.GROUPS * (recovery.CONTENT + 1)
        why = mistyped(str(self.key.value())) if whole else ""
        self.key.show_word(why or (_("没有输错") if whole else ""), "err" if why else "ok")

    def _restyle(self) -> None:
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(look().u(8))


def mistyped(key: str) -> str:
    """Which group of a typed recovery key is wrong, or nothing."""
    try:
        recovery.read(key)
    except Refusal as refusal:
        return f"{refusal.what}。{refusal.todo}"
    return ""
