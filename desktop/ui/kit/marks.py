"""One of a few results, by mouse or by its number: 1 合格 2 不合格 3 不适用."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.model.language import _
from desktop.ui.icons import paint_icon
from desktop.ui.look import follow, look


@dataclass(frozen=True)
class Mark:
    """A result: its key, its word, its icon and the tone it has once chosen."""

    key: str
    word: str
    icon: str
    tone: str


class SegmentedMark(QWidget):
    """Icon, number and word of each result side by side; the numbers on the keyboard choose."""

    chosen = Signal(str)

    def __init__(self, marks: Sequence[Mark], name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.marks, self._name, self._value = list(marks), name, ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        follow(self, self._restyle)
        self.set_value("")

    def value(self) -> str:
        """The key of the chosen result, or nothing."""
        return self._value

    def set_value(self, key: str) -> None:
        """Shows this result as chosen; tells nobody."""
        self._value = key
        word = next((mark.word for mark in self.marks if mark.key == key), _("还没有结果"))
        self.setAccessibleName(f"{self._name} {word}".strip())
        self.update()

    def choose(self, nth: int) -> None:
        """The nth result, counted from 1, is chosen by the user."""
        if 1 <= nth <= len(self.marks):
            self.set_value(self.marks[nth - 1].key)
            self.chosen.emit(self._value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        nth = event.key() - Qt.Key.Key_0
        if not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier and 1 <= nth <= len(self.marks):
            self.choose(nth)
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.choose(int(event.position().x() // (self._each() + self._gap())) + 1)

    def _gap(self) -> int:
        return look().u(2)

    def _each(self) -> int:
        here = look()
        letters = QFontMetrics(here.font("body", bold=True))
        widest = max(letters.horizontalAdvance(f"{nth} {mark.word}") for nth, mark in enumerate(self.marks, 1))
        return max(here.u(80), widest + here.u(30))

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        here = look()
        width = len(self.marks) * (self._each() + self._gap()) - self._gap() + 2
        return QSize(width, QFontMetrics(here.font()).height() + here.u(10))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        here, painter = look(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        each, left = self._each(), 1
        for nth, mark in enumerate(self.marks, 1):
            on = mark.key == self._value
            box = QRectF(left, 1, each, self.height() - 2)
            painter.setPen(QPen(here.colour(mark.tone if on else "line2"), (2 if on else 1) * here.tokens.border))
            painter.setBrush(here.colour(f"{mark.tone}_soft" if on else "surface"))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), here.u(4), here.u(4))
            ink = mark.tone if on else "text2"
            side = here.u(14)
            font = here.font("body", bold=on)
            painter.setFont(font)
            words = f"{nth} {mark.word}"
            width = side + here.u(4) + QFontMetrics(font).horizontalAdvance(words)
            start = left + (each - width) / 2
            paint_icon(painter, mark.icon, ink, start, (self.height() - side) / 2, side)
            painter.setPen(here.colour(ink))
            painter.drawText(QRectF(start + side + here.u(4), 0, each, self.height()), int(Qt.AlignmentFlag.AlignVCenter), words)
            left += each + self._gap()
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(here.colour("act"), here.tokens.focus))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), here.u(4), here.u(4))
        painter.end()
