"""The steps of the first start, one question a page: which office, where the ledger lies, who keeps it."""

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.model.codes import DISTRICT, DISTRICT_NAME, communities
from desktop.model.errors import Refusal
from desktop.model.language import _
from desktop.model.names import pinyin_of, read_name
from desktop.office.ledgers import refuse_weak
from desktop.office.places import LEDGERS, Candidate, backup_beside, candidates, look_at, on_the_same_disk
from desktop.ui.frontdoor import PickCard, PickList
from desktop.ui.keys import EnterMoves
from desktop.ui.kit.badges import Badge
from desktop.ui.kit.buttons import Button, LinkButton
from desktop.ui.kit.choices import Choice
from desktop.ui.kit.fields import LabelledField
from desktop.ui.kit.lines import LineEdit, PasswordEdit
from desktop.ui.kit.picker import ReferencePicker
from desktop.ui.kit.text import ElidedLabel, Label
from desktop.ui.look import follow, look

Office = tuple[str, str, str]  # code, name, the office above
GIGA = 1 << 30
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


class PlaceStep(FirstStep):
    """数据放在哪: the folders that offer themselves, those that will not do with their reason, and where backups go."""

    def __init__(self, first: Path | None = None, look_for: Callable[[Path | None], list[Candidate]] = candidates) -> None:
        super().__init__()
        self.title = _("数据放在哪")
        self.words = _("人员、记录、附件都在一个加密的库里。请放在本机硬盘，不要放桌面。")
        self._first, self._look_for = first, look_for
        self._found: dict[str, Candidate] = {}
        self.places = PickList()
        self.other = Button(_("换个文件夹…"), "folder")
        self.backup = Button("", "folder")
        self._same = Badge(_("与数据同一块盘"), "warn", "alert-triangle")
        self._refusal = Label("", ink="err", wrap=True)
        self._backups: Path | None = None
        other, backups = QHBoxLayout(), QHBoxLayout()
        other.addWidget(self.other)
        other.addWidget(ElidedLabel(_("预计一年用 0.6 GB（含照片）"), "caption", "text2"), 1)
        backups.addWidget(Label(_("备份放在")))
        backups.addWidget(self.backup)
        backups.addWidget(self._same)
        backups.addStretch(1)
        self.column.addWidget(self.places)
        self.column.addWidget(self._refusal)
        self.column.addLayout(other)
        self.column.addLayout(backups)
        self.column.addWidget(Label(_("建议再插一支备份 U 盘，每周一次，系统会提醒。"), "caption", "text2", wrap=True))
        self.column.addStretch(1)
        self._refusal.hide()
        self.other.clicked.connect(self._ask_folder)
        self.backup.clicked.connect(self._ask_backup)
        self.places.chosen.connect(lambda _key: self._chosen())
        self.places.taken.connect(lambda _key: self.go_on.emit())
        self.begin()

    def begin(self) -> None:
        """The folders of now: a stick may have been pulled out meanwhile."""
        found = self._look_for(self._first)
        self._found = {str(one.folder): one for one in found}
        good = next((key for key, one in self._found.items() if not one.why_not), "")
        self.places.show_cards([place_card(one) for one in found], good)
        self._chosen()

    def take_focus(self) -> None:
        self.places.setFocus()

    def folder(self) -> Path | None:
        """Where the ledger will lie."""
        key = self.places.value()
        return Path(key) if key else None

    def backups(self) -> Path:
        """Where its backups will go."""
        folder = self.folder()
        assert folder is not None
        return self._backups or backup_beside(folder)

    def choose_folder(self, folder: Path) -> None:
        """A folder of the user's own choice: refused with its reason, or the chosen one."""
        target = folder if not folder.exists() or not any(folder.iterdir()) else folder / LEDGERS
        one = look_at(target, _("自己选的"))
        self._refusal.setText(f"{target}：{one.why_not}")
        self._refusal.setVisible(bool(one.why_not))
        if not one.why_not:
            self._first = target
            self.begin()
            self.places.choose(str(target))
            self._chosen()

    def choose_backups(self, folder: Path) -> None:
        """Backups go here."""
        self._backups = folder
        self._chosen()

    def check(self) -> bool:
        folder = self.folder()
        now = look_at(folder) if folder is not None else None
        why = _("还没有合适的文件夹，请换一个") if now is None else now.why_not
        self._refusal.setText(why)
        self._refusal.setVisible(bool(why))
        return not why

    def said(self) -> str:
        return str(self.folder() or "")

    def _chosen(self) -> None:
        folder = self.folder()
        self.backup.setEnabled(folder is not None)
        if folder is not None:
            self.backup.set_label(self.backup.fontMetrics().elidedText(str(self.backups()), Qt.TextElideMode.ElideMiddle, look().u(240)))
            self.backup.setAccessibleName(_("备份放在 {folder}").format(folder=self.backups()))
            self._same.setVisible(on_the_same_disk(folder, self.backups()))

    def _ask_folder(self) -> None:
        path = QFileDialog.getExistingDirectory(self, _("数据放在哪"))
        if path:
            self.choose_folder(Path(path))

    def _ask_backup(self) -> None:
        path = QFileDialog.getExistingDirectory(self, _("备份放在哪"))
        if path:
            self.choose_backups(Path(path))


def place_card(one: Candidate) -> PickCard:
    """A folder with its badge and its room."""
    if one.why_not:
        badge = ("wait", "ban", _("不能选"))
    elif one.doubt:
        badge = ("warn", "alert-triangle", _("可用"))
    else:
        badge = ("ok", "circle-check", _("合适"))
    below = " · ".join(part for part in (one.note, one.why_not or one.doubt) if part)
    card = PickCard(str(one.folder), str(one.folder), below, badge=badge, refused=bool(one.why_not), radio=True)
    if one.total:
        card.add_room(_("空闲 {n} GB").format(n=one.free // GIGA), 1 - one.free / one.total)
    return card


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
