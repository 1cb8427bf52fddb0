"""The right side of the print page: what is asked about the paper, how it comes out, what goes along; scrolled when it is long."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.ui.kit.cards import Scrolled
from desktop.ui.look import follow, look

WIDTH = 248


class PrintSide(QFrame):
    """The panels under one another."""

    def __init__(self, *panels: QWidget) -> None:
        super().__init__()
        self.setObjectName("panel")
        side = QVBoxLayout(self)
        side.setContentsMargins(0, 0, 0, 0)
        options = QWidget()
        parts = QVBoxLayout(options)
        parts.setContentsMargins(0, 0, 0, 0)
        parts.setSpacing(0)
        for part in panels:
            parts.addWidget(part)
        parts.addStretch(1)
        self.scrolled = Scrolled(options)
        self.scrolled.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        side.addWidget(self.scrolled)
        follow(self, self._restyle)

    def _restyle(self) -> None:
        self.setFixedWidth(look().u(WIDTH))
