"""口令与恢复单: another password for oneself; another recovery sheet for the ledger, in force when it was typed back."""

from typing import Any

from PySide6.QtCore import Qt

from desktop.model.language import _
from desktop.office import ledgers
from desktop.office.opening import keep_recovery, new_recovery
from desktop.store.key import Keyring
from desktop.ui.firststeps import weak
from desktop.ui.keys import EnterMoves
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.cards import Card
from desktop.ui.kit.fields import LabelledField
from desktop.ui.kit.lines import PasswordEdit
from desktop.ui.kit.text import Label
from desktop.ui.officepage import OfficePage
from desktop.ui.recoverysheet import RecoverySheet


class PasswordCard(Card):
    """The old one, and the new one twice."""

    def __init__(self, page: OfficePage) -> None:
        super().__init__(_("改自己的口令"), "key")
        self.page = page
        self.old = LabelledField(_("现在的口令"), PasswordEdit(), required=True)
        self.new = LabelledField(_("新口令"), PasswordEdit(), required=True, hint=_("至少 8 位，混用字母和数字"))
        self.again = LabelledField(_("再输一次"), PasswordEdit(), required=True)
        self.button = Button(_("改口令"), "check", "act")
        for field in (self.old, self.new, self.again):
            self.add(field)
        self.body.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self._enter = EnterMoves(self, (self.old, self.new, self.again))
        self._enter.save.connect(self.start)
        self.button.clicked.connect(self.start)

    def start(self) -> None:
        """The new password holds; or the fields say why not."""
        wrong = [field for field in (self.old, self.new, self.again) if field.check()]
        old, new, desk = str(self.old.value()), str(self.new.value()), self.page.desk
        if not wrong and (why := weak(new, desk.who.login)):
            self.new.show_word(why, "err")
            wrong = [self.new]
        if not wrong and new != self.again.value():
            self.again.show_word(_("两次不一样"), "err")
            wrong = [self.again]
        if wrong:
            wrong[0].setFocus()
        else:
            self.page.do(_("改口令"), lambda: ledgers.change_password(desk, old, new), self._done)

    def _done(self, _none: Any) -> None:
        for field in (self.old, self.new, self.again):
            field.set_value("")
        self.page.say("ok", _("口令已改，下次用新口令登录"))


class RecoveryCard(Card):
    """换一张恢复单: the old paper holds until the new one is proved."""

    def __init__(self, page: OfficePage, kept: Any) -> None:
        super().__init__(_("恢复单"), "shield-lock", _("忘了口令、换电脑时用；锁在柜子里"))
        self.page, self._kept = page, kept
        self._ring: Keyring | None = None
        self.add(Label(_("纸丢了、被人看过，或管理员换了人，就换一张。新的核对过以后，旧的那张作废。"), "caption", "text2", wrap=True))
        self.button = Button(_("换一张恢复单"), "rotate")
        self.body.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.sheet = RecoverySheet()
        self.add(self.sheet)
        self.sheet.hide()
        self.button.clicked.connect(self._begin)
        self.sheet.typed_back.connect(self._keep)

    def _begin(self) -> None:
        desk = self.page.desk
        self.page.do(_("换恢复单"), lambda: new_recovery(desk), self._show)

    def _show(self, made: tuple[Keyring, str]) -> None:
        self._ring, key = made
        self.sheet.show_key(key, self.page.desk)
        self.sheet.show()
        self.button.hide()
        self.sheet.print.setFocus()

    def _keep(self) -> None:
        ring, desk = self._ring, self.page.desk
        if ring is not None:
            self.page.do(_("换恢复单"), lambda: keep_recovery(desk, ring), self._done)

    def _done(self, _none: Any) -> None:
        self._ring = None
        self.sheet.hide()
        self.button.show()
        self._kept()
        self.page.say("ok", _("新的恢复单已生效，旧的那张请销毁"))
