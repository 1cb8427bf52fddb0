"""备份与恢复: make one now, see those that lie there, go back to one. Going back closes the ledger and asks for the password again."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.model.errors import Trouble
from desktop.model.language import _
from desktop.office import backups
from desktop.store.backup import BackupFound, list_backups
from desktop.ui.kit.badges import Badge
from desktop.ui.kit.buttons import Button, LinkButton
from desktop.ui.kit.cards import Card, ask
from desktop.ui.kit.text import ElidedLabel, Label
from desktop.ui.officepage import OfficePage
from desktop.ui.work import Report

SHOWN = 12
MEGA = 1 << 20


class BackupCard(Card):
    """The backups of this office in its folder, the newest first."""

    restore_asked = Signal(object)

    def __init__(self, page: OfficePage) -> None:
        super().__init__(_("备份"), "database", _("退出时和每天自动做，做完打开核对"))
        self.page = page
        self.button = Button(_("立即备份"), "database", "act")
        self.button.setEnabled(page.desk.may("ledger.back_up"))
        self.add_to_head(self.button)
        self._rows = QVBoxLayout()
        self.add(self._rows)
        self.restores: dict[str, LinkButton] = {}
        self.button.clicked.connect(self.start)

    def start(self) -> None:
        """A backup, verified."""
        desk = self.page.desk

        def call(report: Report) -> Any:
            return backups.back_up(desk, reason="手动", progress=report)

        self.page.run(_("备份"), call, self._done)

    def _done(self, made: Any) -> None:
        self.reload()
        same = _("；和账本在同一块盘，建议再备一份到 U 盘") if made.on_the_same_disk else ""
        words = _("已备份 {rows} 行并打开核对：{name}{same}").format(rows=made.rows, name=made.path.name, same=same)
        self.page.say("warn" if same else "ok", words)

    def reload(self) -> None:
        """What lies in the folder now."""
        while self._rows.count():
            item = self._rows.takeAt(0)
            old = item.widget() if item is not None else None
            if old is not None:
                old.hide()
                old.deleteLater()
        self.restores = {}
        folder = backups.backup_folder(self.page.desk)
        self._rows.addWidget(Label(str(folder), "caption", "text2", wrap=True))
        try:
            found = list_backups(folder, self.page.desk.community)
        except Trouble as trouble:
            self._rows.addWidget(Label(str(trouble), ink="warn", wrap=True))
            return
        if not found:
            self._rows.addWidget(Label(_("还没有备份，点“立即备份”做第一份"), ink="text2", wrap=True))
        for one in found[:SHOWN]:
            self._rows.addWidget(self._row(one))

    def _row(self, one: BackupFound) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        if one.head is None:
            row.addWidget(ElidedLabel(one.path.name), 1)
            row.addWidget(Badge(_("损坏"), "err", "alert-octagon"))
            return holder
        head = one.head
        rows, size = sum(head.contents.rows.values()), head.size / MEGA
        row.addWidget(ElidedLabel(f"{head.made_at.replace('T', ' ')[:16]}　{head.reason}"), 2)
        words = _("第 {n} 份 · {rows} 行 · {size:.1f} MB").format(n=one.number, rows=rows, size=size)
        row.addWidget(ElidedLabel(words, "caption", "text2"), 2)
        if self.page.desk.may("ledger.restore"):
            link = LinkButton(_("恢复到这一份…"))
            link.setAccessibleName(_("恢复到第 {n} 份").format(n=one.number))
            link.clicked.connect(lambda _checked=False, path=one.path: self._ask(path))
            row.addWidget(link)
            self.restores[str(one.path)] = link
        return holder

    def _ask(self, path: Path) -> None:
        follows = _("账本会先关上。这一份之后保存的内容不在里面；现在的账本另存在旁边，不会丢。下一步要输口令。")
        if ask(self.page, _("要恢复到这一份备份吗？"), follows, _("去恢复"), danger=True):
            self.restore_asked.emit(path)
