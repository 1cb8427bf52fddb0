"""The workbench's own pieces: a figure that is a way into its list, and a notice of two lines with what to do."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.ui.icons import IconMark
from desktop.ui.kit.badges import Badge, BadgeData
from desktop.ui.kit.buttons import LinkButton
from desktop.ui.kit.text import Clickable, ElidedLabel, Label
from desktop.ui.look import follow, look


class OpensRows(Clickable):
    """A number as a thing to press: a press opens the rows that it counted."""

    clicked = Signal()

    def pressed(self) -> None:
        self.clicked.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            here, painter = look(), QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(here.colour("act"), here.tokens.focus))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), here.u(6), here.u(6))
            painter.end()


class NumberBox(OpensRows):
    """A figure with its unit and the word below it."""

    def __init__(self, name: str, *, unit: str = "", below: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._unit = name, unit
        column, row = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._number = Label("…", "figure")
        row.addWidget(self._number)
        if unit:
            row.addWidget(Label(unit, "caption", "text2"))
        row.addStretch(1)
        column.addLayout(row)
        if below:
            column.addWidget(Label(name, "caption", "text2"))
        self._row = row
        follow(self, self._restyle)

    def text(self) -> str:
        """The number as it stands here."""
        return self._number.text()

    def show_number(self, number: str) -> None:
        """The number of now."""
        self._number.setText(number)
        self.setAccessibleName(f"{self._name} {number} {self._unit}".strip())

    def _restyle(self) -> None:
        self._row.setSpacing(look().u(6))


class FigureCard(OpensRows):
    """Name, figure with its unit, a badge, a small chart, one line of words."""

    def __init__(self, picture: str, name: str, chart: QWidget | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._name = name
        self._column, self._head, self._row = QVBoxLayout(self), QHBoxLayout(), QHBoxLayout()
        self._head.addWidget(IconMark(picture, "text2", 16))
        self._head.addWidget(ElidedLabel(name, ink="text2"), 1)
        self._figure, self._unit = Label("", "figure"), Label("", "caption", "text2")
        self._note = ElidedLabel("", "caption", "text2")
        self._badge: Badge | None = None
        self._row.addWidget(self._figure)
        self._row.addWidget(self._unit)
        self._row.addStretch(1)
        self._column.addLayout(self._head)
        self._column.addLayout(self._row)
        if chart is not None:
            self._column.addWidget(chart)
        self._column.addStretch(1)
        self._column.addWidget(self._note)
        follow(self, self._restyle)

    def show_figure(self, figure: str, unit: str, note: str = "", badge: BadgeData | None = None) -> None:
        """The number, and the words that say what it means."""
        self._figure.setText(figure)
        self._unit.setText(unit)
        self._note.setText(note)
        if self._badge is not None:
            self._row.removeWidget(self._badge)
            self._badge.deleteLater()
            self._badge = None
        if badge is not None:
            self._badge = Badge(badge[2], badge[0], badge[1])
            self._row.addWidget(self._badge)
        self.setAccessibleName(f"{self._name} {figure} {unit} {badge[2] if badge else ''} {note}".strip())

    def _restyle(self) -> None:
        here = look()
        self._column.setContentsMargins(here.u(12), here.u(8), here.u(12), here.u(6))
        self._column.setSpacing(here.u(2))
        for row in (self._head, self._row):
            row.setSpacing(here.u(6))


class Notice(QWidget):
    """An icon, what it is, one small line, and the deed at the right."""

    acted = Signal()

    def __init__(self, picture: str, tone: str, title: str, below: str, deed: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._row, self._words = QHBoxLayout(self), QVBoxLayout()
        self._row.addWidget(IconMark(picture, tone), 0, Qt.AlignmentFlag.AlignVCenter)
        self._words.addWidget(ElidedLabel(title))
        self._words.addWidget(ElidedLabel(below, "caption", "text2"))
        self._row.addLayout(self._words, 1)
        self.link: LinkButton | None = None
        if deed:
            self.link = LinkButton(deed)
            self.link.clicked.connect(self.acted)
            self._row.addWidget(self.link)
        self.setAccessibleName(f"{title} {below}")
        follow(self, self._restyle)

    def _restyle(self) -> None:
        here = look()
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(here.u(10))
        self._words.setSpacing(0)
