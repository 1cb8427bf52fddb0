"""One question of the conflict desk: the value that stood before, ours and theirs side by side, and the third way, to type another."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.model.language import _
from desktop.ui.keys import ENTER
from desktop.ui.kit.badges import KeyCap
from desktop.ui.kit.text import Clickable, Label
from desktop.ui.look import follow, look


class Dot(QWidget):
    """The round of a choice, empty or filled."""

    def __init__(self) -> None:
        super().__init__()
        self.on = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(look().u(18), look().u(18))

    def paintEvent(self, event: QPaintEvent) -> None:
        here, painter = look(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(here.colour("act" if self.on else "text2"), 1.5 * here.tokens.border))
        round_ = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        painter.drawEllipse(round_)
        if self.on:
            inner = round_.width() * 0.3
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(here.colour("act"))
            painter.drawEllipse(round_.adjusted(inner, inner, -inner, -inner))
        painter.end()


class _Choosable(Clickable):
    """What a press, Space or Enter chooses; Enter on what is chosen already goes on, so it is left to the page."""

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.on = False
        self.dot = Dot()

    def set_on(self, on: bool) -> None:
        """Chosen or not, among its neighbours."""
        self.on = self.dot.on = on
        self.dot.update()
        self.update()

    def pressed(self) -> None:
        if self.isEnabled():
            self.chosen.emit()

    def event(self, event: QEvent) -> bool:
        is_enter = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in ENTER
        if is_enter and self.on:
            event.ignore()
            return False
        return super().event(event)


class ValueCard(_Choosable):
    """A value of one side: whose, what, who wrote it and when, and why it perhaps cannot be taken."""

    def __init__(self, number: str, title: str, value: str, notes: Sequence[str], *, warning: str = "") -> None:
        super().__init__()
        self._column, self._head = QVBoxLayout(self), QHBoxLayout()
        self._title, self._value = Label(title, ink="text2"), Label(value, "section", wrap=True)
        self._head.addWidget(self.dot)
        self._head.addWidget(self._title, 1)
        self.cap = KeyCap(number)
        self._head.addWidget(self.cap)
        self._column.addLayout(self._head)
        self._column.addWidget(self._value)
        for note in notes:
            self._column.addWidget(Label(note, "caption", "text2", wrap=True))
        if warning:
            self._column.addWidget(Label(warning, "caption", "warn", wrap=True))
        self._column.addStretch(1)
        self.setAccessibleName("，".join(word for word in (f"{number} {title}", value, *notes, warning) if word))
        self.cap.setVisible(bool(number))
        follow(self, self._restyle)

    def set_on(self, on: bool) -> None:
        super().set_on(on)
        self._title.set_ink("act" if on else "text2")
        self._title.set_bold(on)

    def _restyle(self) -> None:
        here = look()
        self._column.setContentsMargins(here.u(12), here.u(10), here.u(12), here.u(10))
        self._column.setSpacing(here.u(4))
        self._head.setSpacing(here.u(8))
        self.cap.setFixedWidth(here.u(22))

    def paintEvent(self, event: QPaintEvent) -> None:
        here, painter = look(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = 2 * here.tokens.border if self.on or self.hasFocus() else here.tokens.border
        painter.setPen(QPen(here.colour("act" if self.on or self.hasFocus() else "line2"), width))
        painter.setBrush(here.colour("act_soft" if self.on else "hover" if self.underMouse() and self.isEnabled() else "surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), here.u(4), here.u(4))
        painter.end()


class BaseCard(QWidget):
    """What stood there before both wrote; nothing to choose."""

    def __init__(self, title: str, value: str) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.addWidget(Label(title, "caption", "text2", wrap=True))
        self._column.addWidget(Label(value, ink="text2", wrap=True))
        self._column.addStretch(1)
        self.setAccessibleName(f"{title} {value}")
        follow(self, self._restyle)

    def _restyle(self) -> None:
        here = look()
        self._column.setContentsMargins(here.u(12), here.u(10), here.u(12), here.u(10))
        self._column.setSpacing(here.u(4))

    def paintEvent(self, event: QPaintEvent) -> None:
        here, painter = look(), QPainter(self)
        pen = QPen(here.colour("line2"), here.tokens.border, Qt.PenStyle.DotLine)
        painter.setPen(pen)
        painter.setBrush(here.colour("window"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()


class ThirdLine(_Choosable):
    """两个都不对，另填."""

    def __init__(self, number: str) -> None:
        super().__init__()
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.dot)
        self._row.addWidget(Label(_("两个都不对，另填")))
        self.cap = KeyCap(number)
        self._row.addWidget(self.cap)
        self._row.addStretch(1)
        self.setAccessibleName(f"{number} {_('两个都不对，另填')}")
        follow(self, self._restyle)

    def _restyle(self) -> None:
        here = look()
        self._row.setContentsMargins(here.u(4), here.u(3), here.u(4), here.u(3))
        self._row.setSpacing(here.u(8))
        self.cap.setFixedWidth(here.u(22))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.hasFocus() or self.underMouse():
            painter = QPainter(self)
            painter.fillRect(self.rect(), look().colour("act_soft" if self.hasFocus() else "hover"))
            painter.end()
