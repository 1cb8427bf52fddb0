"""What is ticked or marked: the box for yes or no and one of several, drawn by our own hand so that they grow with the letters."""

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QRadioButton, QWidget

from desktop.ui.icons import paint_icon
from desktop.ui.kit.text import literal
from desktop.ui.look import follow, look


class CheckBox(QCheckBox):
    """A tick of our own drawing: the sheet's needs picture files of one size."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(literal(text), parent)
        self.label = text
        self.setAccessibleName(text)
        follow(self, self.updateGeometry)

    def sizeHint(self) -> QSize:
        return _size_of(self, self.label)

    def minimumSizeHint(self) -> QSize:
        return _size_of(self, self.label)

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        side = look().u(16)
        paint_tick(painter, look().u(1), (self.height() - side) / 2, side, self.isChecked(), self.isEnabled())
        _words_of(self, painter, self.label)
        painter.end()


class RadioButton(QRadioButton):
    """One of several, by our own drawing."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(literal(text), parent)
        self.label = text
        self.setAccessibleName(text)
        follow(self, self.updateGeometry)

    def sizeHint(self) -> QSize:
        return _size_of(self, self.label)

    def minimumSizeHint(self) -> QSize:
        return _size_of(self, self.label)

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        here, painter = look(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = here.u(16)
        ink = "text3" if not self.isEnabled() else "act" if self.isChecked() else "line2"
        painter.setPen(QPen(here.colour(ink), 1.5 * here.tokens.border))
        painter.setBrush(here.colour("surface"))
        top = (self.height() - side) // 2
        painter.drawEllipse(here.u(1), top, side, side)
        if self.isChecked():
            dot = here.u(6)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(here.colour(ink))
            painter.drawEllipse(here.u(1) + (side - dot) // 2, top + (side - dot) // 2, dot, dot)
        _words_of(self, painter, self.label)
        painter.end()


def paint_tick(painter: QPainter, x: float, y: float, side: float, ticked: bool, enabled: bool = True) -> None:
    """An empty or ticked box of `side`."""
    here = look()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ink = "text3" if not enabled else "act" if ticked else "line2"
    painter.setPen(QPen(here.colour(ink), 1.4 * here.tokens.border))
    painter.setBrush(here.colour("surface"))
    painter.drawRoundedRect(QRectF(int(x) + 0.5, int(y) + 0.5, side - 1, side - 1), side * 0.16, side * 0.16)
    if ticked:
        inset = side * 0.06
        paint_icon(painter, "check", ink, x + inset, y + inset, side - 2 * inset)


def _size_of(box: QCheckBox | QRadioButton, words: str) -> QSize:
    here, letters = look(), box.fontMetrics()
    beside = here.u(8) + letters.horizontalAdvance(words) if words else 0
    return QSize(here.u(18) + beside + here.u(4), max(here.u(24), letters.height()))


def _words_of(box: QCheckBox | QRadioButton, painter: QPainter, words: str) -> None:
    here = look()
    painter.setPen(here.colour("text" if box.isEnabled() else "text3"))
    left = here.u(18) + here.u(7)
    room = box.rect().adjusted(left, 0, 0, 0)
    painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), words)
    if box.hasFocus():
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(here.colour("act"), here.tokens.focus - 0.5))
        painter.drawRoundedRect(box.rect().adjusted(1, 1, -1, -1), here.u(3), here.u(3))
