"""The second start: the ledger is open in another window, which is said in words and not as an error."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.model.language import _
from desktop.ui.frontdoor import size_keys
from desktop.ui.icons import IconMark, logo_icon
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.text import Label
from desktop.ui.look import follow, look


class AlreadyOpenWindow(QWidget):
    """连心已经开着: where to look, and a way to try again."""

    left = Signal()

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.setWindowTitle(_("连心 · 已经开着"))
        self.setWindowIcon(logo_icon())
        self._column, row = QVBoxLayout(self), QHBoxLayout()
        words = _("一本账同时只开一个窗口，免得两边互相盖掉。请在任务栏里找到“连心”那个窗口；要是它关不掉，重启电脑再打开。")
        self._column.addWidget(IconMark("info-circle", "act", 32), 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(Label(_("这本账已经在另一个窗口开着"), "section", wrap=True))
        self._column.addWidget(Label(words, ink="text2", wrap=True))
        self._column.addWidget(Label(str(folder), "caption", "text2", wrap=True))
        self._column.addStretch(1)
        self.again, self.leave = Button(_("再试一次"), "refresh"), Button(_("知道了，退出"), kind="primary", shortcut="Enter")
        row.addStretch(1)
        row.addWidget(self.again)
        row.addWidget(self.leave)
        self._column.addLayout(row)
        self.leave.clicked.connect(self.close)
        self.leave.setFocus()
        size_keys(self)
        follow(self, self._restyle)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
            return
        super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.left.emit()

    def _restyle(self) -> None:
        here = look()
        pad = here.u(22)
        self._column.setContentsMargins(pad, pad, pad, pad)
        self._column.setSpacing(here.u(10))
        self.setMinimumWidth(here.u(440))
