"""The steps of the first start, one question a page: which office, who keeps its ledger. Where it lies is asked in `placestep`."""

from collections.abc import Sequence
from functools import cache

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.model.codes import DISTRICT, DISTRICT_NAME, communities
from desktop.model.errors import Refusal
from desktop.model.language import _
from desktop.model.names import pinyin_of, read_name
from desktop.office.ledgers import refuse_weak
from desktop.ui.keys import EnterMoves
from desktop.ui.kit.buttons import LinkButton
from desktop.ui.kit.choices import Choice
from desktop.ui.kit.fields import LabelledField
from desktop.ui.kit.lines import LineEdit, PasswordEdit
from desktop.ui.kit.picker import ReferencePicker
from desktop.ui.look import follow, look

Office = tuple[str, str, str]  # code, name, the office above
CODE_DIGITS = 12


class FirstStep(QWidget):
    """One page: its title and sentence, and whether one may go on. `go_on` is Enter in its last field."""

    go_on = Signal()
    title, words = "", ""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.column = QVBoxLayout(self)
        follow(self, self._restyle)

    def take_focus(self) -> None:
        """To the first thing that is asked."""

    def check(self) -> bool:
        """All is answered; else the page says what is missing."""
        return True

    def said(self) -> str:
        """The answer in a few words, for the steps at the left."""
        return ""

    def _restyle(self) -> None:
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(look().u(9))


@cache
def offices(tier: str) -> tuple[Office, ...]:
    """Every office of a tier that the statistics list names."""
    if tier == "区":
        return ((DISTRICT, DISTRICT_NAME, ""),)
    if tier == "镇街":
        return tuple(dict.fromkeys((one.town_code, one.town, DISTRICT_NAME) for one in communities()))
    return tuple((one.code, one.short_name, one.town) for one in communities())


def find_offices(tier: str, typed: str) -> list[Office]:
    """By any part of name or code, or by pinyin and initials."""
    word = typed.strip().lower()
    if not word or not word.isascii() or word.isdigit():
        return [one for one in offices(tier) if not word or word in one[1] or word in one[2] or word in one[0]]
    return [one for one in offices(tier) if any(form.startswith(word) for form in _pinyin(one[1]))]


def _pinyin(name: str) -> tuple[str, str]:
    reading = pinyin_of(name)
    return reading.full, reading.initials


class OfficeStep(FirstStep):
    """是哪个社区: from the list, by name, pinyin or code; one that is not in it is typed."""

    def __init__(self, tiers: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = _("是哪个社区") if tiers == ("社区",) else _("是哪个镇街或区")
        self.words = _("名称和区划代码会印在表头上，也写进上报的每一批，定下后不能改。")
        self.tier = LabelledField(_("层级"), Choice([(one, _(one)) for one in tiers], empty=None), required=True)
        self.tier.set_value(tiers[0])
        self.tier.setVisible(len(tiers) > 1)
        self.picker = ReferencePicker(self._search, _("输入名称、拼音或代码来找"))
        self.office = LabelledField(_("单位"), self.picker, required=True, hint=_("统计用区划代码，城区 127 个社区和村"))
        self.unlisted = LinkButton(_("名单里没有，自己填…"))
        self.code = LabelledField(_("区划代码"), LineEdit(CODE_DIGITS), required=True, hint=_("12 位数字"))
        self.name = LabelledField(_("单位名称"), LineEdit(40), required=True)
        for piece in (self.tier, self.office):
            self.column.addWidget(piece)
        self.column.addWidget(self.unlisted, 0, Qt.AlignmentFlag.AlignLeft)
        for field in (self.code, self.name):
            self.column.addWidget(field)
            field.hide()
        self.column.addStretch(1)
        self._enter = EnterMoves(self, (self.office, self.code, self.name))
        self._enter.save.connect(self.go_on)
        self.unlisted.clicked.connect(self._type_it)
        self.tier.changed.connect(lambda: self.picker.set_value(""))

    def take_focus(self) -> None:
        self.office.setFocus()

    def _search(self, typed: str) -> list[tuple[str, str, str]]:
        return [(code, name, f"{above} {code}".strip()) for code, name, above in find_offices(str(self.tier.value()), typed)]

    def _type_it(self) -> None:
        self.picker.set_value("")
        self.office.hide()
        self.unlisted.hide()
        self.code.show()
        self.name.show()
        self.code.setFocus()

    @property
    def is_typed(self) -> bool:
        """The office is in no list."""
        return self.office.isHidden()

    def check(self) -> bool:
        fields = (self.code, self.name) if self.is_typed else (self.office,)
        wrong = [field for field in fields if field.check()]
        code = str(self.code.value())
        if self.is_typed and not wrong and (len(code) != CODE_DIGITS or not code.isdigit()):
            self.code.show_word(_("区划代码应为 12 位数字"), "err")
            wrong = [self.code]
        if wrong:
            wrong[0].setFocus()
        return not wrong

    def answer(self) -> tuple[str, str, str]:
        """(tier, code, name); the name is empty when the list knows it."""
        tier = str(self.tier.value())
        return (tier, str(self.code.value()), str(self.name.value())) if self.is_typed else (tier, self.picker.value(), "")

    def said(self) -> str:
        if self.is_typed:
            return str(self.name.value())
        found = next((one for one in offices(str(self.tier.value())) if one[0] == self.picker.value()), None)
        return " · ".join(part for part in (found[2], found[1]) if part) if found else ""


class AdminStep(FirstStep):
    """管理员与口令: the first user, who may give out the right to others."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = _("管理员与口令")
        self.words = _("第一个人是管理员，进去后再给同事各开一个，不要几个人共用一个口令。")
        self.name = LabelledField(_("姓名"), LineEdit(40), required=True)
        self.login = LabelledField(_("登录名"), LineEdit(40), required=True, hint=_("登录时输入，先按姓名拼音填好"))
        self.post = LabelledField(_("岗位"), LineEdit(40, _("如：社区工作者")))
        self.password = LabelledField(_("口令"), PasswordEdit(), required=True, hint=_("至少 8 位，混用字母和数字"))
        self.again = LabelledField(_("再输一次"), PasswordEdit(), required=True)
        self._fields = (self.name, self.login, self.post, self.password, self.again)
        self._own_login = False
        for field in self._fields:
            self.column.addWidget(field)
        self.column.addStretch(1)
        self._enter = EnterMoves(self, self._fields)
        self._enter.save.connect(self.go_on)
        self.name.changed.connect(self._propose)
        self.login.changed.connect(self._touched)
        for field in (self.password, self.again):
            field.changed.connect(self._weigh)

    def take_focus(self) -> None:
        self.name.setFocus()

    def _touched(self) -> None:
        self._own_login = bool(self.login.value())

    def _propose(self) -> None:
        if not self._own_login:
            self.login.set_value(pinyin_of(str(self.name.value())).full if self.name.value() else "")

    def _weigh(self) -> None:
        password, again = str(self.password.value()), str(self.again.value())
        why = weak(password, str(self.login.value())) if password else ""
        self.password.show_word(why or (_("可以") if password else ""), "warn" if why else "ok")
        differs = bool(again) and again != password
        self.again.show_word(_("两次还不一样") if differs else (_("两次一样") if again else ""), "warn" if differs else "ok")

    def check(self) -> bool:
        wrong = [field for field in self._fields if field.check()]
        password = str(self.password.value())
        if self.name not in wrong:
            try:
                read_name(str(self.name.value()))
            except Refusal as refusal:
                self.name.show_word(str(refusal), "err")
                wrong.append(self.name)
        if self.password not in wrong and (why := weak(password, str(self.login.value()))):
            self.password.show_word(why, "err")
            wrong.append(self.password)
        if self.again not in wrong and password != self.again.value():
            self.again.show_word(_("两次不一样"), "err")
            wrong.append(self.again)
        if wrong:
            min(wrong, key=self._fields.index).setFocus()
        return not wrong

    def said(self) -> str:
        return str(self.name.value())


def weak(password: str, login: str) -> str:
    """Why a password is refused, or nothing."""
    try:
        refuse_weak(password, login)
    except Refusal as refusal:
        return f"{refusal.what}。{refusal.todo}" if refusal.todo else refusal.what
    return ""
