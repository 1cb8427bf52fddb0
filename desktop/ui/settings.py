"""设置: what the office chose, saved the moment it is chosen; letters and colours; users; passwords; backups; about.

The rows come from SETTINGS: a new line there stands on this page by itself.
"""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.model.errors import Said
from desktop.model.keeping import SETTINGS, SettingLine
from desktop.model.language import _
from desktop.office.settings import choose, chosen
from desktop.ui.about import AboutCard, LicenceCard
from desktop.ui.backuplist import BackupCard
from desktop.ui.keys import digit_keys
from desktop.ui.kit.cards import Card, Scrolled
from desktop.ui.kit.drawer import Tabs
from desktop.ui.look import STEPS
from desktop.ui.officepage import OfficePage
from desktop.ui.ownkeys import PasswordCard, RecoveryCard
from desktop.ui.session import Session
from desktop.ui.settingrows import THEMES, LookCard, RowGrid, Section, SettingRow
from desktop.ui.thispc import ThisPc
from desktop.ui.userlist import NewUserCard, UserCard

SECTIONS = {"界面": "screen", "备份": "backup"}  # which groups of SETTINGS have a tab of their own; the rest are the office's
DRAWN = {"screen.points", "screen.theme"}  # by the card of letters and colours
ICONS = {
    "本社区": "building-community", "期限": "clock", "上报": "send", "字体": "text-size", "服务": "heart-handshake",
    "界面": "layout-dashboard", "备份": "database",
}  # fmt: skip


class SettingsPage(OfficePage):
    """Tabs over columns of cards."""

    concerns = ("setting", "user")
    restore_asked = Signal(object)

    def __init__(self, session: Session, pc: ThisPc, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.pc = pc
        self.rows: dict[str, SettingRow] = {}
        self._wanted: list[tuple[str, str, Callable[[], object]]] = []
        self.tabs, self.stack = Tabs(), QStackedWidget()
        self._at: dict[str, int] = {}
        self.look_card, self.users, self.backups = LookCard(), UserCard(self), BackupCard(self)
        self.new_user, self.password = NewUserCard(self, self.users), PasswordCard(self)
        self.recovery = RecoveryCard(self, self._sheet_kept)
        self._add("office", _("本单位"), self._cards("office"))
        self._add("screen", _("界面"), [self.look_card, *self._cards("screen")])
        self._add("users", _("用户"), [self.users, self.new_user] if self.desk.may("user.add") else [self.users])
        self._add("keys", _("口令与恢复单"), [self.password, self.recovery] if self.desk.may("ledger.restore") else [self.password])
        self._add("backup", _("备份"), [self.backups, *self._cards("backup")])
        self._add("about", _("关于"), [AboutCard(self), LicenceCard()])
        self.bind_keys(digit_keys([(tab.accessibleName(), partial(self.tabs.open, key)) for key, tab in self.tabs.tabs.items()]))
        column = self.column()
        column.addWidget(self.tabs)
        column.addWidget(self.stack, 1)
        self.tabs.changed.connect(self.open_section)
        self.look_card.sized.connect(self._sized)
        self.look_card.themed.connect(self._themed)
        self.backups.restore_asked.connect(self.restore_asked)
        self.work.ended.connect(lambda: QTimer.singleShot(0, self._save_next))

    def _add(self, key: str, label: str, cards: Sequence[QWidget]) -> None:
        self._at[key] = self.stack.addWidget(Scrolled(Section(list(cards))))
        self.tabs.add(key, label)

    def _cards(self, section: str) -> list[QWidget]:
        groups: dict[str, list[SettingLine]] = {}
        for line in SETTINGS:
            if SECTIONS.get(line.group, "office") == section and line.key not in DRAWN:
                groups.setdefault(line.group, []).append(line)
        return [self._card(group, lines) for group, lines in groups.items()]

    def _card(self, group: str, lines: Sequence[SettingLine]) -> Card:
        card = Card(_("备份放哪、留几份") if group == "备份" else _(group), ICONS.get(group, "settings"))
        rows = {line.key: SettingRow(line, self.session, self.save, may=self.desk.may(line.deed)) for line in lines}
        self.rows |= rows
        card.add(RowGrid(list(rows.values())))
        return card

    # the page

    def title(self) -> str:
        return _("设置")

    def subtitle(self) -> str:
        return _("改了就存，不用按保存")

    def status(self) -> Sequence[str]:
        own = sum(1 for line in SETTINGS if chosen(self.desk)[line.key] != line.standard)
        return [_("{all} 项设置，{own} 项与标准不同").format(all=len(SETTINGS), own=own)]

    def arrive(self, **arguments: object) -> None:
        section = arguments.get("section")
        if isinstance(section, str):
            self.tabs.open(section)

    def open_section(self, key: str) -> None:
        """One of the tabs."""
        self.stack.setCurrentIndex(self._at[key])

    def reload(self) -> None:
        held = chosen(self.desk)
        for key, row in self.rows.items():
            if not row.field.editor.hasFocus():
                row.show_value(held[key])
        self.users.reload()
        self.backups.reload()

    def take_focus(self) -> None:
        next(tab for tab in self.tabs.tabs.values() if tab.isChecked()).setFocus()

    # saving

    def show_error(self, error: Said) -> None:
        super().show_error(error)
        self.users.reload()  # a right that was refused is shown as it is

    def save(self, key: str, text: str, then: Callable[[], object]) -> None:
        """The office's choice is in the ledger; several in a row wait for each other."""
        self._wanted.append((key, text, then))
        self._save_next()

    def _save_next(self) -> None:
        if not self._wanted or self.work.is_busy:
            return
        key, text, then = self._wanted.pop(0)
        self.do(_("保存设置"), lambda: choose(self.desk, key, text), lambda _none: self._saved(key, then))

    def _saved(self, key: str, then: Callable[[], object]) -> None:
        then()
        known = self.pc.ledger(self.desk.books.ledger.folder)
        if key == "screen.language":
            self.pc.language = "en" if self.desk.setting(key) == "English" else "zh"
            self.say("act", _("下次启动时换语言"))
        elif key == "login.names":
            known.names = self.desk.setting(key)
        elif key == "screen.lock_minutes":
            known.lock_minutes = self.desk.number(key)
        self.pc.save()
        self.status_changed.emit()

    def _sized(self, points: float) -> None:
        self.pc.points = points
        self.pc.save()
        if points in STEPS and self.desk.may("setting.look"):
            self.save("screen.points", f"{points:g}", lambda: None)

    def _themed(self, theme: str) -> None:
        self.pc.theme = theme
        self.pc.save()
        if self.desk.may("setting.look"):
            self.save("screen.theme", dict(THEMES)[theme], lambda: None)

    def _sheet_kept(self) -> None:
        self.pc.ledger(self.desk.books.ledger.folder).sheet_is_open = False
        self.pc.save()
