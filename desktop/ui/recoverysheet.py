"""恢复单 on the screen: the key is shown, printed, and typed back from the paper; only then does it count.

While it is typed back it is hidden, so that what is typed comes from the paper and not from the screen.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFileDialog, QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.model import days
from desktop.model.errors import Trouble
from desktop.model.language import _
from desktop.store import recovery
from desktop.ui.forgotten import mistyped
from desktop.ui.frontwork import FrontWork
from desktop.ui.kit.buttons import Button, LinkButton
from desktop.ui.kit.fields import LabelledField
from desktop.ui.kit.lines import LineEdit
from desktop.ui.kit.text import Label
from desktop.ui.look import follow, look
from desktop.ui.work import Report

if TYPE_CHECKING:
    from desktop.office.desk import Desk

IN_A_ROW = 4
HIDDEN = "•••••"


class RecoverySheet(QWidget):
    """`typed_back` when the paper is proved to be there and right."""

    typed_back = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key, self.is_right = "", False
        self._desk: Desk | None = None
        self.front = FrontWork()
        self._card, self._grid = QFrame(), QGridLayout()
        self._card.setObjectName("card")
        self._card.setLayout(self._grid)
        self.groups: list[Label] = []
        self.print, self.save = Button(_("打印恢复单"), "printer", "act"), Button(_("存为 PDF…"), "file-type-pdf")
        self.show_again = LinkButton(_("再看一次"), "eye")
        self.typed = LabelledField(_("照纸上的恢复密钥输一遍"), LineEdit(120, _("8 组，每组 5 个字符")), required=True)
        self._column, row = QVBoxLayout(self), QHBoxLayout()
        self._column.addWidget(self.front)
        self._column.addWidget(self._card)
        for piece in (self.print, self.save, self.show_again):
            row.addWidget(piece)
        row.addStretch(1)
        self._row = row
        self._column.addLayout(row)
        self._column.addWidget(self.typed)
        self._column.addWidget(Label(_("没有打印机就照着抄两遍。忘了口令、换电脑时全靠它，只显示这一次。"), "caption", "text2", wrap=True))
        self._column.addStretch(1)
        self.print.clicked.connect(self.print_sheet)
        self.save.clicked.connect(self._ask_file)
        self.show_again.clicked.connect(self._uncover)
        self.typed.as_editor.mistaken.connect(lambda _why: self._compare())  # after the field's own word, which it replaces
        follow(self, self._restyle)

    def show_key(self, key: str, desk: "Desk") -> None:
        """This key, of the ledger of this desk."""
        self.key, self._desk, self.is_right = key, desk, False
        for old in self.groups:
            self._grid.removeWidget(old)
            old.deleteLater()
        self.groups = [Label(group, "title") for group in key.split("-")]
        for label in self.groups:
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._card.setAccessibleName(_("恢复密钥：{key}").format(key=key))
        self.typed.set_value("")
        self._restyle()
        self._uncover()

    def _uncover(self) -> None:
        for label, group in zip(self.groups, self.key.split("-"), strict=True):
            label.setText(group)
        self.show_again.hide()

    def _cover(self) -> None:
        for label in self.groups:
            label.setText(HIDDEN)
        self.show_again.show()

    def _compare(self) -> None:
        text = str(self.typed.value())
        self.is_right = False
        if text:
            self._cover()
        if len(recovery.BETWEEN.sub("", text)) < recovery.GROUPS * (recovery.CONTENT + 1):
            self.typed.show_word("", "")
            return
        why = mistyped(text) or ("" if recovery.read(text) == recovery.read(self.key) else _("这不是这一张恢复单上的密钥"))
        self.is_right = not why
        self.typed.show_word(why or _("输对了，把纸锁进柜子"), "err" if why else "ok")
        if self.is_right:
            self.typed_back.emit()

    def check(self) -> bool:
        """Typed back and right; else the field says what is missing."""
        if not self.is_right and not self.typed.check():
            self.typed.show_word(mistyped(str(self.typed.value())) or _("这不是这一张恢复单上的密钥"), "err")
        if not self.is_right:
            self.typed.setFocus()
        return self.is_right

    def pdf(self) -> bytes:
        """The paper."""
        from desktop.office.opening import office_facts
        from desktop.reports.recovery import RecoveryFacts, recovery_sheet

        assert self._desk is not None
        day = days.show_day(self._desk.today)
        return recovery_sheet(RecoveryFacts(office_facts(self._desk), self.key, day, self._desk.who.name)).pdf

    def print_sheet(self) -> None:
        """On the usual printer; nothing is kept on the disk."""

        def call(report: Report) -> str:
            from desktop.ui.printers import Job, printers, send

            known = printers()
            if not known:
                raise Trouble(_("这台电脑没有装打印机"), todo=_("存为 PDF 拿去打印，或照着抄两遍"))
            send(self.pdf(), Job(known[0], _("恢复单")), report)
            return known[0]

        self.front.run(_("打印恢复单"), call, lambda name: self.front.say("ok", _("已交给打印机 {name}").format(name=name)))

    def _ask_file(self) -> None:
        path, _kind = QFileDialog.getSaveFileName(self, _("恢复单存为 PDF"), _("连心恢复单.pdf"), "*.pdf")
        if path:
            self.save_to(Path(path))

    def save_to(self, path: Path) -> None:
        """A file to be printed elsewhere and then deleted."""

        def call(_report: Report) -> None:
            from desktop.store.disk import write_whole

            write_whole(path, self.pdf())

        words = _("已存到 {path}。打印后请删掉这个文件").format(path=path)
        self.front.run(_("存为 PDF"), call, lambda _none: self.front.say("warn", words))

    def _restyle(self) -> None:
        here = look()
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(here.u(10))
        self._row.setSpacing(here.u(8))
        self._grid.setContentsMargins(here.u(14), here.u(14), here.u(14), here.u(14))
        self._grid.setSpacing(here.u(12))
        letters = QFont(here.font("title"))
        letters.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 112)
        columns = IN_A_ROW // 2 if here.is_narrow_size else IN_A_ROW
        for at, label in enumerate(self.groups):
            label.setFont(letters)
            self._grid.addWidget(label, at // columns, at % columns)
