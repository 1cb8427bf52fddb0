"""从备份恢复: which backup, who opens it, and a word typed before what lies there is put aside."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from desktop.model.errors import Said, Trouble
from desktop.model.language import _
from desktop.ui.forgotten import mistyped
from desktop.ui.frontdoor import PickCard, PickList
from desktop.ui.frontwork import FrontWork
from desktop.ui.keys import EnterMoves
from desktop.ui.kit.buttons import Button, LinkButton
from desktop.ui.kit.choices import Choice
from desktop.ui.kit.fields import LabelledField
from desktop.ui.kit.lines import LineEdit, PasswordEdit
from desktop.ui.kit.text import Label
from desktop.ui.look import follow, look
from desktop.ui.work import Report

if TYPE_CHECKING:
    from desktop.store.backup import BackupFound  # not at start: it brings the whole store

SHOWN = 4
LEDGER = "ledger.db"


def backup_card(found: "BackupFound") -> PickCard:
    """A backup to be picked: when it was made, its number, how much is in it, where it lies."""
    key, head = str(found.path), found.head
    if head is None:
        broken = ("err", "alert-octagon", _("损坏"))
        return PickCard(key, found.path.name, str(found.path.parent), refused=True, radio=True, badge=broken)
    rows = _("第 {n} 份 · {rows} 行").format(n=found.number, rows=sum(head.contents.rows.values()))
    return PickCard(key, head.made_at.replace("T", " "), f"{rows} · {found.path.parent}", radio=True)


class RestorePanel(QWidget):
    """Brings the ledger of `folder` back from a backup; the one that lies there is kept beside it."""

    restored = Signal(str)
    back = Signal()

    def __init__(self, folder: Path, parent: QWidget | None = None, *, with_head: bool = True) -> None:
        super().__init__(parent)
        self.folder = folder
        self.front, self.found = FrontWork(), PickList()
        self.file = Button(_("选备份文件…"), "folder")
        self.means = LabelledField(_("用什么打开备份"), Choice([("password", _("口令")), ("recovery", _("恢复密钥"))], empty=None))
        self.login = LabelledField(_("登录名"), LineEdit(40), required=True)
        self.password = LabelledField(_("口令"), PasswordEdit(), required=True, hint=_("做备份那天的口令"))
        self.key = LabelledField(_("恢复密钥"), LineEdit(120), required=True)
        self.word = LabelledField(_("请输入“恢复”"), LineEdit(10), required=True, hint=_("这里已有一本账，会另存在旁边"))
        self.button = Button(_("恢复"), "rotate", "primary")
        self.return_link = LinkButton(_("返回登录"), "arrow-left")
        self._column = QVBoxLayout(self)
        title = Label(_("从备份恢复"), "title")
        self._column.addWidget(self.return_link, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(title)
        self.return_link.setVisible(with_head)
        title.setVisible(with_head)
        self._column.addWidget(self.front)
        self._column.addWidget(self.found)
        self._column.addWidget(self.file, 0, Qt.AlignmentFlag.AlignLeft)
        for piece in (self.means, self.login, self.password, self.key, self.word, self.button):
            self._column.addWidget(piece)
        self._column.addStretch(1)
        self._enter = EnterMoves(self, (self.login, self.password, self.key, self.word))
        self._enter.save.connect(self.start)
        self.file.clicked.connect(self._ask_file)
        self.means.changed.connect(self._show_means)
        self.button.clicked.connect(self.start)
        self.return_link.clicked.connect(self.back)
        self.front.busy.connect(lambda busy: self.button.setDisabled(busy))
        self.means.set_value("password")
        self._show_means()
        follow(self, self._restyle)

    def begin(self, chosen: Path | None = None, folder: Path | None = None) -> None:
        """The backups that are found near the ledger; `chosen` first."""
        if folder is not None:
            self.folder = folder
        self.front.say("act", "")
        self.word.setVisible((self.folder / LEDGER).exists())
        for field in (self.password, self.key, self.word):
            field.set_value("")
        self._show_found(chosen)

    def _show_found(self, chosen: Path | None) -> None:
        from desktop.store.backup import list_backups

        near = [self.folder.parent / f"{self.folder.name}-备份", self.folder.parent / "连心备份", *([chosen.parent] if chosen else [])]
        cards: dict[str, PickCard] = {}
        for folder in dict.fromkeys(near):
            try:
                backups = list_backups(folder)
            except Trouble:
                continue  # a stick that is not there; the button chooses another place
            for one in backups:
                cards[str(one.path)] = backup_card(one)
        keys = ([str(chosen)] if chosen and str(chosen) in cards else []) + [key for key in cards if not chosen or key != str(chosen)]
        shown = [cards[key] for key in keys[:SHOWN]]
        self.found.show_cards(shown, next((card.key for card in shown if not card.refused), ""))
        self.found.setVisible(bool(shown))

    def _ask_file(self) -> None:
        path, _kind = QFileDialog.getOpenFileName(self, _("选备份文件"), str(self.folder.parent), "*.lxbk")
        if path:
            self._show_found(Path(path))

    def _show_means(self) -> None:
        by_key = self.means.value() == "recovery"
        self.login.setVisible(not by_key)
        self.password.setVisible(not by_key)
        self.key.setVisible(by_key)

    def start(self) -> None:
        """The ledger is the backup's; or nothing has changed and the box says why."""
        by_key = self.means.value() == "recovery"
        asked = [self.key] if by_key else [self.login, self.password]
        wrong = [field for field in asked if field.check()]
        if by_key and not wrong and (why := mistyped(str(self.key.value()))):
            self.key.show_word(why, "err")
            wrong = [self.key]
        if not self.word.isHidden() and self.word.value() != "恢复":
            self.word.show_word(_("请输入“恢复”两个字"), "err")
            wrong = [*wrong, self.word]
        if not self.found.value():
            self.front.say("err", _("还没选备份文件"))
        elif wrong:
            wrong[0].setFocus()
        else:
            self._run()

    def _run(self) -> None:
        path, folder = Path(self.found.value()), self.folder
        by_key = self.means.value() == "recovery"
        login, password, key = str(self.login.value()), str(self.password.value()), str(self.key.value())

        def call(_report: Report) -> Any:
            from desktop.office.backups import restore

            return restore(path, folder, recovery=key) if by_key else restore(path, folder, login=login, password=password)

        self.front.run(_("恢复账本"), call, self._done, self._refused)

    def _done(self, done: Any) -> None:
        aside = _("；原来的账本另存为 {name}").format(name=done.aside) if done.aside else ""
        self.restored.emit(_("已恢复到 {at} 的备份{aside}。请登录").format(at=done.head.made_at.replace("T", " "), aside=aside))

    def _refused(self, error: Said) -> bool:
        field = self.key if self.means.value() == "recovery" else self.password
        if isinstance(error, Trouble):
            return False
        field.show_word(error.what, "err")
        field.setFocus()
        return True

    def _restyle(self) -> None:
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(look().u(8))
