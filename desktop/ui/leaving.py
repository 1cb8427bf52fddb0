"""下班: a backup on the way out, shown while it is made and never forced on anybody; and one a day while the window stays open."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.model.errors import Said
from desktop.model.language import _
from desktop.office import backups
from desktop.office.desk import Desk
from desktop.ui.icons import logo_icon
from desktop.ui.kit.bars import ProgressBar
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.text import Label
from desktop.ui.look import follow, look
from desktop.ui.work import Report, Work

LOOK_EVERY = 20 * 60_000
DAILY_AFTER = 12  # o'clock: a morning's start is not slowed down


def wants_backup(desk: Desk, *, worked: bool) -> bool:
    """Somebody who may back up is leaving, and something was saved since the last one, or there is none of today."""
    if not desk.may("ledger.back_up"):
        return False
    last = backups.last_backup(desk)
    return worked or last is None or last.made_at[:10] < desk.today


class LeavingWindow(QWidget):
    """正在备份: what is done, how long it takes, and 不等了."""

    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setWindowTitle(_("连心 · 下班"))
        self.setWindowIcon(logo_icon())
        self.desk = desk
        self.work, self.progress = Work(self), ProgressBar()
        self.title, self.words = Label(_("正在备份，完成后自动退出"), "section"), Label("", ink="text2", wrap=True)
        self.again, self.leave = Button(_("再试一次"), "refresh"), Button(_("不等了，直接退出"), "logout")
        self._column, row = QVBoxLayout(self), QHBoxLayout()
        for piece in (self.title, self.words, self.progress):
            self._column.addWidget(piece)
        row.addStretch(1)
        row.addWidget(self.again)
        row.addWidget(self.leave)
        self._column.addLayout(row)
        self.progress.cancel.hide()  # the button below says what cancelling means here
        self.again.clicked.connect(self.start)
        self.leave.clicked.connect(self.give_up)
        self.work.progressed.connect(self.progress.show_progress)
        self.work.refused.connect(self._failed)
        self.work.troubled.connect(self._failed)
        self.work.broke.connect(self._failed)
        self.work.cancelled.connect(self.left)
        follow(self, self._restyle)

    def start(self) -> None:
        """The backup is being made."""
        self.again.hide()
        self.progress.show()
        self.title.setText(_("正在备份，完成后自动退出"))
        self.words.setText(_("备份放在 {folder}").format(folder=backups.backup_folder(self.desk)))
        self.progress.begin(_("备份"))
        self.leave.setFocus()
        self.work.start(_("备份"), self._back_up, lambda _made: self.left.emit())

    def _back_up(self, report: Report) -> Any:
        return backups.back_up(self.desk, reason="退出", progress=report)

    def give_up(self) -> None:
        """Out, without this backup; what is saved is saved."""
        if self.work.is_busy:
            self.leave.setEnabled(False)
            self.words.setText(_("正在停下"))
            self.work.cancel()
        else:
            self.left.emit()

    def _failed(self, error: Any) -> None:
        self.progress.hide()
        self.again.show()
        self.title.setText(_("这次没有备份成，今天保存的内容都在账本里"))
        self.words.setText(str(error) if isinstance(error, Said) else _("程序出错，请把诊断交给维护人员"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.give_up()
            return
        super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.isVisible() and self.work.is_busy:
            event.ignore()
            self.give_up()

    def _restyle(self) -> None:
        here = look()
        pad = here.u(18)
        self._column.setContentsMargins(pad, pad, pad, pad)
        self._column.setSpacing(here.u(10))
        self.setMinimumWidth(here.u(460))


class DailyBackup(QObject):
    """While the window stays open over days: one backup a day, in the afternoon, without a word unless it fails."""

    made = Signal()
    failed = Signal(str)

    def __init__(self, desk: Desk, parent: QObject, hour: Callable[[], int] = lambda: datetime.now().hour) -> None:
        super().__init__(parent)
        self.desk, self._hour = desk, hour
        self.work = Work(self)
        self.work.refused.connect(lambda error: self.failed.emit(str(error)))
        self.work.troubled.connect(lambda error: self.failed.emit(str(error)))
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Is there one of today?"""
        if self._hour() >= DAILY_AFTER and wants_backup(self.desk, worked=False):
            self.work.start(_("备份"), self._back_up, lambda _made: self.made.emit())

    def _back_up(self, report: Report) -> Any:
        return backups.back_up(self.desk, reason="每日", progress=report)
