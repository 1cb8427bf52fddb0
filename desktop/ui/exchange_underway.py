"""A batch that is on its way: handed over to somebody, or on a stick that the district has not seen."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from desktop.model import days
from desktop.model.language import _
from desktop.store.work import Row
from desktop.ui.exchange_words import short_day
from desktop.ui.icons import IconMark
from desktop.ui.keys import EnterMoves
from desktop.ui.kit.bars import Tinted
from desktop.ui.kit.buttons import Button, LinkButton
from desktop.ui.kit.cards import Card
from desktop.ui.kit.dates import DateEdit
from desktop.ui.kit.fields import LabelledField
from desktop.ui.kit.lines import LineEdit
from desktop.ui.kit.text import ElidedLabel, Label
from desktop.ui.look import follow, look


class GapBar(Tinted):
    """区里未见第 45 批: a stick is somewhere; written once more or reported lost, it stops waiting."""

    copy_wanted = Signal(int)
    lost_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("warn", parent=parent)
        self.number = 0
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._row = QHBoxLayout(self)
        self._lead, self._words = Label(""), ElidedLabel("")
        self._lead.set_bold(True)
        self.copy, self.lost = LinkButton("", "usb"), LinkButton(_("报失这支盘"), "puzzle-off")
        for piece in (IconMark("alert-triangle", "warn"), self._lead):
            self._row.addWidget(piece)
        self._row.addWidget(self._words, 1)
        self._row.addWidget(self.copy)
        self._row.addWidget(self.lost)
        self.copy.clicked.connect(lambda: self.copy_wanted.emit(self.number))
        self.lost.clicked.connect(lambda: self.lost_wanted.emit(self.number))
        follow(self, self._restyle)
        self.hide()

    def show_gap(self, numbers: Sequence[int], row: Row | None, *, kept: bool) -> None:
        """The first unseen number, and how many more there are."""
        self.setVisible(bool(numbers))
        if not numbers:
            return
        self.number = numbers[0]
        self._lead.setText(_("区里未见第 {n} 批：").format(n=self.number))
        if row is None:
            said = _("这个批号不在本机账上，内容已随后面的批次报出")
        else:
            day = short_day(row["made_on"])
            said = _("{day} 写的那支 U 盘还没有到；{n} 条内容已随后面的批次报出").format(day=day, n=row["lines"] or 0)
        more = _("，另有 {n} 批未见").format(n=len(numbers) - 1) if len(numbers) > 1 else ""
        self._words.setText(said + more)
        self.copy.set_label(_("重写第 {n} 批").format(n=self.number))
        self.copy.setVisible(kept)
        self.lost.setVisible(row is not None)
        self.setAccessibleName(f"{self._lead.text()}{said}{more}")

    def _restyle(self) -> None:
        here = look()
        self._row.setContentsMargins(here.u(14), here.u(4), here.u(8), here.u(4))
        self._row.setSpacing(here.u(8))
        self.setMinimumHeight(here.u(38))


class HandOverForm(Card):
    """交接: who took the stick, and when; both sides signed the slip."""

    given = Signal(str, str)  # who, day
    closed = Signal()

    def __init__(self, today: str, parent: QWidget | None = None) -> None:
        super().__init__(_("记交接"), gap=6, parent=parent)
        self.who = LabelledField(_("区里接收人"), LineEdit(40), required=True)
        self.on = LabelledField(_("交接日期"), DateEdit(lambda typed: days.read_day(typed, today), str, today), required=True)
        self.ok, self.no = Button(_("记下"), "check", "act"), Button(_("取消"), shortcut="Esc")
        row = QHBoxLayout()
        for field in (self.who, self.on):
            row.addWidget(field, 1)
        for button in (self.no, self.ok):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        row.setSpacing(look().u(8))
        self.add(row)
        self._today = today
        self.ok.clicked.connect(self.submit)
        self.no.clicked.connect(self.closed)
        self._moves = EnterMoves(self, [self.who.editor, self.on.editor])
        self._moves.save.connect(self.submit)
        self.hide()

    def begin(self, number: int) -> None:
        """For this batch, today unless said otherwise."""
        self.set_title(_("第 {n} 批 · 记交接").format(n=number))
        self.who.set_value("")
        self.on.set_value(self._today)
        self.show()
        self.who.setFocus()

    def submit(self) -> None:
        """Both fields read; the first that cannot stay has the keys."""
        for field in (self.who, self.on):
            if field.check():
                field.setFocus()
                return
        self.given.emit(self.who.value(), self.on.value())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)
