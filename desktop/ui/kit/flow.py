"""A layout that sets its pieces side by side and goes on in the next line when the width is used up; what layouts are told."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Chips, ticks and badges: as many in a line as fit, so large letters make more lines and cut nothing off."""

    def __init__(self, parent: QWidget | None = None, gap: int = 8) -> None:
        super().__init__(parent)
        self._pieces: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(gap)

    def addItem(self, item: QLayoutItem) -> None:
        self._pieces.append(item)

    def count(self) -> int:
        return len(self._pieces)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._pieces[index] if 0 <= index < len(self._pieces) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]
        return self._pieces.pop(index) if 0 <= index < len(self._pieces) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for piece in self._pieces:
            if not _is_away(piece):
                size = size.expandedTo(piece.minimumSize())
        edges = self.contentsMargins()
        return size + QSize(edges.left() + edges.right(), edges.top() + edges.bottom())

    def _place(self, rect: QRect, *, move: bool) -> int:
        """The height used; a piece lower than its neighbours stands in the middle of their line, and hidden ones take no room."""
        edges, gap = self.contentsMargins(), self.spacing()
        room = rect.adjusted(edges.left(), edges.top(), -edges.right(), -edges.bottom())
        x, y = room.x(), room.y()
        line: list[tuple[QLayoutItem, QRect]] = []
        for piece in self._pieces:
            if _is_away(piece):
                continue
            size = piece.sizeHint().boundedTo(QSize(max(room.width(), piece.minimumSize().width()), piece.sizeHint().height()))
            if line and x + size.width() > room.right() + 1:
                x, y = room.x(), y + _settle(line, move=move) + gap
                line = []
            line.append((piece, QRect(QPoint(x, y), size)))
            x += size.width() + gap
        return y + _settle(line, move=move) + edges.bottom() - rect.y()


def _settle(line: list[tuple[QLayoutItem, QRect]], *, move: bool) -> int:
    """The pieces of a line take their places; how tall the line is."""
    tallest = max((box.height() for _piece, box in line), default=0)
    for piece, box in line if move else ():
        piece.setGeometry(box.translated(0, (tallest - box.height()) // 2))
    return tallest


def _is_away(piece: QLayoutItem) -> bool:
    """Hidden on purpose; what merely was not shown yet will want its room."""
    widget = piece.widget()
    return widget is not None and widget.isHidden() and widget.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide)


def tell_above(piece: QWidget) -> None:
    """Every layout above knows at once that this piece wants another size; Qt itself tells them later, and only of what is seen."""
    one: QWidget | None = piece
    while one is not None and not one.isWindow():
        one.updateGeometry()
        one = one.parentWidget()
        layout = one.layout() if one is not None else None
        if layout is not None:
            layout.invalidate()
