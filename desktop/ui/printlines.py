"""The lines of the print page's right side: a small grey name before each question, all names equally wide."""

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.model.language import _
from desktop.ui.kit.text import Label
from desktop.ui.look import look


class Lines:
    """The lines of one panel by their keys."""

    def __init__(self) -> None:
        self._lines: dict[str, QWidget] = {}
        self._names: dict[str, Label] = {}

    def line(self, key: str, label: str, piece: QWidget) -> QWidget:
        """A question with its name before it."""
        line, name = QWidget(), Label(label, "caption", "text2")
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        name.setBuddy(piece)
        piece.setAccessibleName(label)
        row.addWidget(name)
        row.addWidget(piece, 1)
        self._lines[key], self._names[key] = line, name
        return line

    def __getitem__(self, key: str) -> QWidget:
        return self._lines[key]

    def show(self, key: str, wanted: bool) -> None:
        """The question stands there, or does not."""
        self._lines[key].setVisible(wanted)

    def measure(self) -> None:
        """The letters changed: both panels of the page keep to one width of names, that of the longest."""
        letters = QFontMetrics(look().font("caption"))
        widest = max(letters.horizontalAdvance(word) for word in (_("打印机"), _("哪张表")))
        for key, line in self._lines.items():
            layout = line.layout()
            if layout is not None:
                layout.setSpacing(look().u(8))
            self._names[key].setFixedWidth(widest + look().u(4))
