"""Whether all that a window shows has the room it needs: the eyes of `test_every_screen_fits.py`.

It measures widgets, not pixels. What a piece paints by itself (charts, steppers, cells) says by its size hint what it needs.
"""

from collections.abc import Iterator
from itertools import combinations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QScrollArea,
    QScrollBar,
    QTableView,
    QWidget,
)

from desktop.ui.kit.badges import Badge, Chip, MiniSteps
from desktop.ui.kit.cards import Scrolled
from desktop.ui.kit.marks import SegmentedMark
from desktop.ui.kit.stepper import Stepper
from desktop.ui.kit.text import ElidedLabel
from desktop.ui.look import look

PAINTED = (Badge, Chip, MiniSteps, SegmentedMark, Stepper)  # they draw their own words and say how much room those take
LIE_OVER = {"LockOverlay", "Toast", "Palette"}  # meant to cover what stands beneath
OWN_INSIDES = (QAbstractScrollArea, QComboBox, QLineEdit, QHeaderView, QScrollBar)  # Qt arranges these by itself, bars over viewports
ANYHOW = QRect(0, 0, 1_000_000, 1_000_000)


def misfits(window: QWidget) -> list[str]:
    """In words, everything that is cut off, sticks out or lies over something else."""
    seen = [piece for piece in window.findChildren(QWidget) if piece.isVisible() and piece.window() is window]
    lost = [words for piece in seen for words in (*_cut_words(piece), *_stuck_out(piece, window), *_sideways(piece))]
    return [*dict.fromkeys([*lost, *_overlaps([window, *seen])])]


def name_of(piece: QWidget) -> str:
    """How a finding calls a widget."""
    words = getattr(piece, "text", lambda: "")() if isinstance(piece, QLabel | QAbstractButton) else piece.accessibleName()
    return f"{type(piece).__name__}({(words or piece.objectName() or '')[:24]!r} in {_home(piece)})"


def _home(piece: QWidget) -> str:
    """The nearest class of ours around it."""
    around = piece.parentWidget()
    while around is not None and type(around).__module__.startswith("PySide6"):
        around = around.parentWidget()
    return type(around).__name__ if around is not None else "nothing"


# words


def _cut_words(piece: QWidget) -> Iterator[str]:
    if isinstance(piece, ElidedLabel):
        yield from _elided(piece)
    elif isinstance(piece, QLabel):
        yield from _label(piece)
    elif isinstance(piece, QAbstractButton) and not piece.text():
        yield from _smaller_than(piece, piece.iconSize().width(), piece.iconSize().height())
    elif isinstance(piece, (QAbstractButton, *PAINTED)):
        yield from _smaller_than(piece, piece.sizeHint().width(), piece.sizeHint().height())
    elif isinstance(piece, QHeaderView):
        yield from _heads(piece)
    elif isinstance(piece, QComboBox):
        yield from _combo(piece)
    elif isinstance(piece, QLineEdit):
        yield from _placeholder(piece)
    elif isinstance(piece, QTableView) and piece.model().rowCount() and piece.rowHeight(0) < piece.fontMetrics().height():
        yield f"{name_of(piece)}: rows of {piece.rowHeight(0)} under letters of {piece.fontMetrics().height()}"


def _smaller_than(piece: QWidget, width: int, height: int) -> Iterator[str]:
    if piece.width() < width or piece.height() < height:
        yield f"{name_of(piece)} has {piece.width()}×{piece.height()} and needs {width}×{height}"


def _elided(label: ElidedLabel) -> Iterator[str]:
    shown, whole = label.shown_text(), " ".join(label.text().split("\n"))
    if label.height() < label.fontMetrics().height():
        yield f"{name_of(label)} is {label.height()} high under letters of {label.fontMetrics().height()}"
    if shown != whole and not label.toolTip():
        yield f"{name_of(label)} ends in … and says the rest nowhere"
    if whole and shown in ("", "…"):
        yield f"{name_of(label)} shows nothing of its words"


def _label(label: QLabel) -> Iterator[str]:
    if not label.text() or label.textFormat() != Qt.TextFormat.PlainText:
        return
    if not label.wordWrap():
        yield from _smaller_than(label, label.sizeHint().width(), label.sizeHint().height())
        return
    room = label.contentsRect()
    needed = label.fontMetrics().boundingRect(QRect(0, 0, room.width(), ANYHOW.height()), Qt.TextFlag.TextWordWrap, label.text())
    if label.height() < label.heightForWidth(label.width()) or room.width() < needed.width():
        yield f"{name_of(label)} has {label.size().toTuple()} for {needed.size().toTuple()} of wrapped words"


def _heads(head: QHeaderView) -> Iterator[str]:
    model = head.model()
    if model is None or head.orientation() != Qt.Orientation.Horizontal:
        return
    font = head.font()
    font.setBold(True)
    letters = QFontMetrics(font)
    if head.height() < letters.height():
        yield f"{name_of(head)} is {head.height()} high under letters of {letters.height()}"
    for at in range(head.count()):
        words = str(model.headerData(at, Qt.Orientation.Horizontal) or "")
        if words and not head.isSectionHidden(at) and head.sectionSize(at) < letters.horizontalAdvance(words) + look().u(8):
            yield f"table head {words!r} has {head.sectionSize(at)} and needs {letters.horizontalAdvance(words) + look().u(8)}"


def _combo(combo: QComboBox) -> Iterator[str]:
    words, arrow = combo.currentText(), look().u(26)
    if combo.fontMetrics().horizontalAdvance(words) > combo.width() - arrow and not combo.toolTip():
        yield f"{name_of(combo)} cuts {words!r}: {combo.width() - arrow} for {combo.fontMetrics().horizontalAdvance(words)}"


def _placeholder(line: QLineEdit) -> Iterator[str]:
    words, margins = line.placeholderText(), line.textMargins()
    room = line.contentsRect().width() - margins.left() - margins.right() - 2 * look().u(9)  # the sheet's padding
    if words and not line.text() and line.fontMetrics().horizontalAdvance(words) > room and not line.toolTip():
        yield f"{name_of(line)} cuts its example {words!r}: {room} for {line.fontMetrics().horizontalAdvance(words)}"


# places


def _stuck_out(piece: QWidget, window: QWidget) -> Iterator[str]:
    """Every piece lies in the one around it; what scrolls counts by the area that it scrolls in."""
    around = piece.parentWidget()
    if around is None or isinstance(piece, QScrollBar) or _is_scrolled(piece) or isinstance(around, OWN_INSIDES):
        return
    if not around.rect().contains(piece.geometry()):
        yield f"{name_of(piece)} at {piece.geometry().getRect()} sticks out of {around.rect().getRect()}"
    if piece.focusPolicy() != Qt.FocusPolicy.NoFocus and not any(_is_scrolled(one) for one in _line(piece, window)):
        place = QRect(piece.mapTo(window, QPoint()), piece.size())
        if not window.rect().contains(place):
            yield f"{name_of(piece)} at {place.getRect()} lies outside the window"


def _line(piece: QWidget, window: QWidget) -> Iterator[QWidget]:
    while piece is not window and piece is not None:
        yield piece
        piece = piece.parentWidget()


def _is_scrolled(piece: QWidget) -> bool:
    """It hangs in the viewport of a scroll area."""
    around = piece.parentWidget()
    area = around.parentWidget() if around is not None else None
    return isinstance(area, QAbstractScrollArea) and area.viewport() is around


def _sideways(piece: QWidget) -> Iterator[str]:
    """A page may be longer than the window, never wider."""
    if isinstance(piece, Scrolled) and piece.horizontalScrollBar().maximum() > 0:
        yield f"{name_of(piece)} has to be pushed sideways by {piece.horizontalScrollBar().maximum()}"


def _overlaps(around: list[QWidget]) -> Iterator[str]:
    for home in around:
        if isinstance(home, OWN_INSIDES) and not isinstance(home, QScrollArea):
            continue
        beside = [one for one in home.children() if isinstance(one, QWidget) and one.isVisible() and not one.isWindow()]
        for one, other in combinations([one for one in beside if type(one).__name__ not in LIE_OVER], 2):
            both = one.geometry() & other.geometry()
            if not both.isEmpty() and not isinstance(home, OWN_INSIDES):
                yield f"{name_of(one)} and {name_of(other)} lie over each other by {both.width()}×{both.height()}"
