"""Words on the screen, always literal.

A name may hold `<b>`, `&` or an image address; Qt would render, underline or fetch it. Every label here is plain text,
every tooltip is escaped, every button's `&` is doubled, so what a resident is called is what is shown.
"""

from html import escape

from PySide6.QtCore import QEvent, QPoint, QSize, Qt
from PySide6.QtGui import QAction, QFontMetrics, QIcon, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QMenu, QSizePolicy, QWidget

from desktop.ui.look import look

PRESS_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


def literal(text: str) -> str:
    """The text for a button or menu, where Qt takes a lone & for a shortcut."""
    return text.replace("&", "&&")


def as_tip(text: str) -> str:
    """Text for a tooltip: always marked as rich and always escaped, because Qt guesses which of the two it is."""
    return f'<span style="white-space: pre-wrap">{escape(text)}</span>' if text else ""


def set_tip(widget: QWidget, text: str) -> None:
    """A tooltip that shows `text` as it is written."""
    widget.setToolTip(as_tip(text))


def set_property(widget: QWidget, name: str, value: object) -> None:
    """A dynamic property the style sheet asks for, taken up at once."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


class Label(QLabel):
    """Plain words. `role` is the letter size, `ink` the colour, both by the names of the look."""

    def __init__(self, text: str = "", role: str = "body", ink: str = "", *, wrap: bool = False, bold: bool = False,
                 parent: QWidget | None = None):  # fmt: skip
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        if role != "body":
            self.setProperty("role", role)
        if ink:
            self.setProperty("ink", ink)
        if bold:  # said before the sheet is asked for the first time: asking twice costs twice
            self.setProperty("bold", True)
        self.setText(text)

    def set_ink(self, ink: str) -> None:
        """The same words in another colour."""
        set_property(self, "ink", ink)

    def set_bold(self, bold: bool) -> None:
        """Heavier letters; the size stays with the look."""
        set_property(self, "bold", bold)


class ElidedLabel(Label):
    """One line that ends in … when it does not fit, with the whole text as its tooltip."""

    def __init__(self, text: str = "", role: str = "body", ink: str = "", parent: QWidget | None = None) -> None:
        super().__init__("", role, ink, parent=parent)
        self._whole = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setText(text)

    def setText(self, text: str) -> None:
        self._whole = " ".join(text.split("\n"))
        self.setAccessibleName(self._whole)
        super().setText(self._whole)
        self.updateGeometry()
        self._tip()

    def minimumSizeHint(self) -> QSize:
        return QSize(min(super().sizeHint().width(), QFontMetrics(self.font()).height() * 3), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tip()

    def shown_text(self) -> str:
        """What fits into the width of now."""
        return self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, self.contentsRect().width())

    def _tip(self) -> None:
        set_tip(self, self._whole if self.shown_text() != self._whole else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.contentsRect(), int(self.alignment() | Qt.TextFlag.TextSingleLine), self.shown_text())
        painter.end()


class Avatar(QLabel):
    """The first character of a name in a tinted round: finds the eye a place, carries no meaning of its own."""

    def __init__(self, name: str = "", size: int = 40, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._size = size
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.set_name(name)

    def set_name(self, name: str) -> None:
        """The person now shown."""
        self.setText(name[:1])
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        side = look().u(self._size)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        here, painter = look(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = here.u(self._size)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(here.colour("act_soft"))
        painter.drawEllipse(0, (self.height() - side) // 2, side, side)
        painter.setPen(here.colour("act"))
        painter.setFont(here.font("section" if self._size >= 30 else "caption", bold=True))
        painter.drawText(0, (self.height() - side) // 2, side, side, int(Qt.AlignmentFlag.AlignCenter), self.text())
        painter.end()


class Rule(QFrame):
    """A hair line between two parts."""

    def __init__(self, upright: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("upright" if upright else "rule")


class PlainMenu(QMenu):
    """A menu whose entries are shown as they are written, and of which nothing is left once it is closed."""

    def add(self, text: str, picture: QIcon | None = None, shortcut: str = "") -> QAction:
        """An entry at the end; the shortcut is shown, not bound."""
        entry = self._new(literal(text) + (f"\t{shortcut}" if shortcut else ""))
        if picture is not None:
            entry.setIcon(picture)
        return entry

    def add_line(self) -> None:
        """What comes is of another sort."""
        self._new("").setSeparator(True)

    def add_menu(self, text: str) -> "PlainMenu":
        """A menu that opens beside its entry."""
        inner = PlainMenu(self)
        inner.setTitle(literal(text))
        self._new(literal(text)).setMenu(inner)
        return inner

    def _new(self, words: str) -> QAction:
        """Made here and not by Qt's own addAction: Python never lets go of what Qt has made, and a menu of conditions has a hundred."""
        entry = QAction(words, self)
        self.addAction(entry)
        return entry

    def open_at(self, corner: QPoint) -> None:
        """Opens with this corner, and is gone once it is closed: the next opening makes its own."""
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.popup(corner)


class Clickable(QFrame):
    """A frame that is pressed as a whole, by mouse or by Enter and Space."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def pressed(self) -> None:
        """What a press means; the heir says."""
        raise NotImplementedError

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.pressed()
        super().mouseReleaseEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in PRESS_KEYS:
            self.pressed()
            return True
        return super().event(event)
