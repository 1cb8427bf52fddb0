"""Small charts where looking beats reading, always with their number in words beside them or for the ear."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui.look import follow, look


class Chart(QWidget):
    """The frame of every small chart: a label under each point, the last one bold because it is now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.labels: list[str] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        follow(self, self._restyle)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look().u(180), look().u(30) + self._foot())

    def minimumSizeHint(self) -> QSize:
        return QSize(look().u(80), self.sizeHint().height())

    def _foot(self) -> int:
        return QFontMetrics(look().font("caption")).height() if any(self.labels) else look().u(2)

    def _frame(self, painter: QPainter) -> QRectF:
        """The base line and the labels are painted; where the values go is given back."""
        here = look()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(0, 1, self.width(), self.height() - self._foot() - 2)
        painter.setPen(QPen(here.colour("grid"), here.tokens.border))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        each = area.width() / max(1, len(self.labels))
        for nth, label in enumerate(self.labels):
            last = nth == len(self.labels) - 1
            painter.setFont(here.font("caption", bold=last))
            painter.setPen(here.colour("text" if last else "text2"))
            room = QRectF(nth * each, area.bottom() + 1, each, self._foot())
            painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter), label)
        return area


class BarChart(Chart):
    """One bar per label; the last stands in colour, those before it in grey."""

    def __init__(self, values: Sequence[tuple[str, float]], colour: int = 2, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.show_values(values, colour, words)

    def show_values(self, values: Sequence[tuple[str, float]], colour: int = 2, words: str = "") -> None:
        """`words` says for the ear what the bars show."""
        self.labels = [label for label, _value in values]
        self._values, self._colour = [value for _label, value in values], colour
        self.setAccessibleName(words)
        self._restyle()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        area = self._frame(painter)
        top, each = max([*self._values, 1e-9]), area.width() / max(1, len(self._values))
        for nth, value in enumerate(self._values):
            last = nth == len(self._values) - 1
            height = area.height() * value / top
            bar = QRectF((nth + 0.2) * each, area.bottom() - height, each * 0.6, height)
            painter.fillRect(bar, look().chart(self._colour if last else 0))
        painter.end()


class PairChart(Chart):
    """Two bars per label: grey what came in, colour what was done."""

    def __init__(self, values: Sequence[tuple[str, float, float]], colour: int = 2, words: str = "", parent: QWidget | None = None):
        super().__init__(parent)
        self.show_values(values, colour, words)

    def show_values(self, values: Sequence[tuple[str, float, float]], colour: int = 2, words: str = "") -> None:
        """Label, first and second value."""
        self.labels = [label for label, _a, _b in values]
        self._values, self._colour = [(a, b) for _label, a, b in values], colour
        self.setAccessibleName(words)
        self._restyle()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        area = self._frame(painter)
        top = max([value for pair in self._values for value in pair] + [1e-9])
        each = area.width() / max(1, len(self._values))
        for nth, pair in enumerate(self._values):
            for side, value in enumerate(pair):
                height = area.height() * value / top
                left = (nth + 0.1 + 0.41 * side) * each
                painter.fillRect(QRectF(left, area.bottom() - height, each * 0.39, height), look().chart(self._colour * side))
        painter.end()


class LineChart(Chart):
    """A line through the values with a dot where it stands now."""

    def __init__(self, values: Sequence[float], colour: int = 4, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.show_values(values, colour, words)

    def show_values(self, values: Sequence[float], colour: int = 4, words: str = "") -> None:
        """From the oldest to now; the scale begins at nought."""
        self._values, self._colour = list(values), colour
        self.setAccessibleName(words)
        self._restyle()

    def sizeHint(self) -> QSize:
        return QSize(look().u(180), look().u(46))

    def paintEvent(self, event: QPaintEvent) -> None:
        here, painter = look(), QPainter(self)
        area = self._frame(painter)
        if not self._values:
            painter.end()
            return
        dot, top = here.u(3), max([*self._values, 1e-9])
        step = (area.width() - 2 * dot) / max(1, len(self._values) - 1)
        height = area.height() - 2 * dot
        points = [QPointF(dot + nth * step, area.bottom() - dot - height * v / top) for nth, v in enumerate(self._values)]
        painter.setPen(QPen(here.chart(self._colour), 1.6 * here.tokens.border))
        painter.drawPolyline(QPolygonF(points))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(here.chart(self._colour))
        painter.drawEllipse(points[-1], dot, dot)
        painter.end()


class StackedBar(QWidget):
    """Parts of one whole in one bar; `parts` are (chart colour 0 to 5 or tone, share)."""

    def __init__(self, parts: Sequence[tuple[int | str, float]], words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_parts(parts, words)
        follow(self, self.updateGeometry)

    def show_parts(self, parts: Sequence[tuple[int | str, float]], words: str = "") -> None:
        """The parts in their order; `words` says them for the ear."""
        self._parts = list(parts)
        self.setAccessibleName(words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look().u(180), look().u(9))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().u(40), look().u(9))

    def paintEvent(self, event: QPaintEvent) -> None:
        here, painter = look(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        box = QRectF(self.rect())
        whole = sum(share for _colour, share in self._parts) or 1.0
        round_, left = box.height() / 2, 0.0
        for colour, share in self._parts:
            width = box.width() * share / whole
            painter.setClipRect(QRectF(left, 0, max(0.0, width - 1), box.height()))
            painter.setBrush(_ink(colour))
            painter.drawRoundedRect(box, round_, round_)
            left += width
        if here.theme == "contrast":
            painter.setClipping(False)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(here.colour("text"), 1))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), round_, round_)
        painter.end()


def _ink(colour: int | str) -> QColor:
    return look().chart(colour) if isinstance(colour, int) else look().colour(colour)
