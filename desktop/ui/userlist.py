"""用户: who may open this ledger, with which right; one gets added, one who left is switched off and stays in what he did."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.model.keeping import User
from desktop.model.language import _
from desktop.model.roles import Role
from desktop.office import ledgers
from desktop.ui.keys import EnterMoves
from desktop.ui.kit.badges import Badge
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.cards import Card
from desktop.ui.kit.choices import Choice
from desktop.ui.kit.fields import LabelledField
from desktop.ui.kit.lines import LineEdit, PasswordEdit
from desktop.ui.kit.text import ElidedLabel, Label
from desktop.ui.look import follow, look
from desktop.ui.officepage import OfficePage

ROLES = [(role.value, role.value) for role in Role]


class UserCard(Card):
    """The users, their right, and whether they may sign in."""

    def __init__(self, page: OfficePage) -> None:
        super().__init__(_("谁能打开这本账"), "users", _("离岗的人停用，不删除：他办过的事还记在他名下"))
        self.page = page
        self.may = page.desk.may("user.add")
        self._grid = QGridLayout()
        self.add(self._grid)
        self.roles: dict[str, Choice] = {}
        self.switches: dict[str, Button] = {}
        self._pieces: list[QWidget] = []
        follow(self, self._regrid)

    def reload(self) -> None:
        """As it stands in the ledger."""
        for old in self._pieces:
            self._grid.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._pieces, self.roles, self.switches = [], {}, {}
        for at, user in enumerate(self.page.desk.rows(User)):
            self._show_user(at, user)

    def _show_user(self, row: int, user: Any) -> None:
        key, active = user["id"], bool(user["active"])
        name = ElidedLabel(f"{user['name']}（{user['login']}）", ink="" if active else "text3")
        seen = _("{day} 登录过").format(day=user["last_seen_on"]) if user["last_seen_on"] else _("还没登录过")
        words = ElidedLabel(" · ".join(part for part in (user["post"], seen) if part), "caption", "text2")
        state = Badge(_("在用"), "ok", "circle-check") if active else Badge(_("已停用"), "wait", "ban")
        pieces: list[QWidget] = [name, words, state]
        if self.may:
            role = Choice([(key, _(word)) for key, word in ROLES], empty=None)
            role.set_value(user["role"])
            role.setAccessibleName(_("{name}的权限").format(name=user["name"]))
            role.changed.connect(lambda value, key=key: self._set_role(key, value))
            switch = Button(_("停用") if active else _("启用"), "ban" if active else "check")
            switch.clicked.connect(lambda _checked=False, key=key, active=active: self._switch(key, not active))
            self.roles[key], self.switches[key] = role, switch
            pieces += [role, switch]
        else:
            pieces.append(Label(_(user["role"])))
        for column, piece in enumerate(pieces):
            self._grid.addWidget(piece, row, column, Qt.AlignmentFlag.AlignVCenter)
        self._pieces += pieces

    def _set_role(self, key: str, value: str) -> None:
        self.page.do(_("改权限"), lambda: ledgers.set_role(self.page.desk, key, Role(value)), lambda _none: self.reload())

    def _switch(self, key: str, active: bool) -> None:
        self.page.do(_("停用或启用"), lambda: ledgers.set_active(self.page.desk, key, active=active), lambda _none: self.reload())

    def _regrid(self) -> None:
        self._grid.setSpacing(look().u(8))
        self._grid.setColumnStretch(0, 2)
        self._grid.setColumnStretch(1, 3)


class NewUserCard(Card):
    """新增用户: the colleague types the password himself."""

    def __init__(self, page: OfficePage, users: UserCard) -> None:
        super().__init__(_("新增用户"), "user-plus", _("请他本人来输口令"))
        self.page, self.users = page, users
        self.name = LabelledField(_("姓名"), LineEdit(40), required=True)
        self.login = LabelledField(_("登录名"), LineEdit(40), required=True)
        self.post = LabelledField(_("岗位"), LineEdit(40))
        self.role = LabelledField(_("权限"), Choice([(key, _(word)) for key, word in ROLES], empty=None), required=True)
        self.password = LabelledField(_("口令"), PasswordEdit(), required=True)
        self.again = LabelledField(_("再输一次"), PasswordEdit(), required=True)
        self._fields = (self.name, self.login, self.post, self.role, self.password, self.again)
        self._grid = QGridLayout()
        for at, field in enumerate(self._fields):
            self._grid.addWidget(field, at // 2, at % 2)
        self.add(self._grid)
        self.button = Button(_("新增用户"), "user-plus", "act")
        self.body.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self._enter = EnterMoves(self, self._fields)
        self._enter.save.connect(self.start)
        self.button.clicked.connect(self.start)
        self.clear()

    def clear(self) -> None:
        """For the next one."""
        for field in self._fields:
            field.set_value("")
        self.role.set_value(Role.CLERK.value)

    def start(self) -> None:
        """The colleague may sign in; or the fields say why not."""
        wrong = [field for field in self._fields if field.check()]
        if not wrong and self.password.value() != self.again.value():
            self.again.show_word(_("两次不一样"), "err")
            wrong = [self.again]
        if wrong:
            wrong[0].setFocus()
            return
        name, login, post = str(self.name.value()), str(self.login.value()), str(self.post.value()) or None
        password, role, desk = str(self.password.value()), Role(self.role.value()), self.page.desk
        self.page.do(
            _("新增用户"), lambda: ledgers.add_user(desk, name=name, login=login, password=password, role=role, post=post),
            lambda _key: self._done(name),
        )  # fmt: skip

    def _done(self, name: str) -> None:
        self.clear()
        self.users.reload()
        self.page.say("ok", _("{name}可以登录了").format(name=name))
