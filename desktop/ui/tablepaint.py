"""How rows and heads of a list are painted: the states of a row, badges in cells, the arrow of the order."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QPainter, QPen, QPolygon
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QToolTip

from desktop.ui.icons import paint_icon
from desktop.ui.kit.badges import BadgeData, badge_size, fitting, paint_badge, paint_dots
from desktop.ui.kit.text import as_tip
from desktop.ui.kit.ticks import paint_tick
from desktop.ui.look import Look, look
from desktop.ui.tablemodel import TICK, Column, Index, Row, leads

if TYPE_CHECKING:
    from desktop.ui.tableview import ListView

# Numbers: to join two flags of Qt takes as long as to paint a letter.
MIDDLE, ONE_LINE = int(Qt.AlignmentFlag.AlignVCenter), int(Qt.TextFlag.TextSingleLine)
ALIGN = {
    "left": MIDDLE | int(Qt.AlignmentFlag.AlignLeft),
    "right": MIDDLE | int(Qt.AlignmentFlag.AlignRight),
    "center": MIDDLE | int(Qt.AlignmentFlag.AlignHCenter),
}
INKS = {"muted": "text2", "caption": "text3", "link": "act"}


class RowDelegate(QStyledItemDelegate):
    """Paints a cell with the state of its whole row."""

    def __init__(self, view: "ListView") -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        here, box, at = look(), _rect(option), index.row()
        row, column = self._view.rows.row(at), self._view.rows.column(index.column())
        if row is None:
            return
        painter.save()
        ticked = self._view.ticks.has(str(row["id"]))
        current = at == self._view.currentIndex().row()
        self._ground(painter, box, tick=column is None, ticked=ticked, current=current, hovered=at == self._view.hovered)
        if column is None:
            if self._view.columnWidth(TICK) > here.u(20):
                side = here.u(15)
                paint_tick(painter, box.x() + here.u(12), box.y() + (box.height() - side) / 2, side, ticked)
        else:
            inner = box.adjusted(0, 0, -here.u(10), -1)
            paint_cell(painter, inner, row, column)
        painter.restore()

    def _ground(self, painter: QPainter, box: QRect, *, tick: bool, ticked: bool, current: bool, hovered: bool) -> None:
        here = look()
        under_keys = current and self._view.hasFocus()
        painter.fillRect(box, here.colour("act_soft" if ticked else "hover" if hovered or under_keys else "surface"))
        if self._view.has_row_lines or here.theme == "contrast":
            painter.setPen(QPen(here.colour("line"), 1))
            painter.drawLine(box.bottomLeft(), box.bottomRight())
        if current and tick:
            painter.fillRect(QRect(box.x(), box.y(), here.u(3), box.height()), here.colour("act"))

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        """The whole text of a cell that ends in …."""
        words = str(index.data() or "")
        needed = QFontMetrics(look().font()).horizontalAdvance(words)
        if needed > _rect(option).width() - look().u(16):
            QToolTip.showText(event.globalPos(), as_tip(words), view)
        else:
            QToolTip.hideText()
        return True

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(look().u(60), self._view.row_height())


def paint_cell(painter: QPainter, box: QRect, row: Row, column: Column) -> None:
    """One value in its box, by the kind of its column."""
    here, cell = look(), row.get(column.key, "")
    faded = bool(row.get("faded"))
    if not isinstance(cell, str) and column.kind in ("icon", "due"):
        _paint_tone(painter, box, cell, column)
        return
    if not isinstance(cell, str):
        for left, badge in fitting(cell, box.width()):
            size = badge_size(badge)
            top = box.y() + (box.height() - size.height()) // 2
            paint_badge(painter, QRect(QPoint(box.x() + left, top), size), badge)
        return
    if column.kind == "steps" and cell[:1].isdigit():
        done, word = int(cell[0]), cell[1:].strip()
        left = paint_dots(painter, box, done, "ok" if done >= 4 else "act")
        box, cell = QRect(left, box.y(), box.right() - left, box.height()), word
    if not cell:
        return
    bold = column.kind == "name" and not faded
    font = here.font("caption" if column.kind == "caption" else "body", bold=bold)
    painter.setFont(font)
    painter.setPen(_ink(here, column, quiet=faded or (column.kind == "link" and not leads(column, row))))
    letters = QFontMetrics(font)
    words = letters.elidedText(cell, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, ALIGN["right" if column.kind == "number" else column.align] | ONE_LINE, words)


def _paint_tone(painter: QPainter, box: QRect, cell: Sequence[BadgeData], column: Column) -> None:
    """A state without ground: its icon alone beside words that say it, or its word (bold when it is an error)."""
    here = look()
    for tone, picture, word in cell[:1]:
        if column.kind == "icon":
            side = here.u(18)
            paint_icon(painter, picture, tone, box.x(), box.y() + (box.height() - side) / 2, side)
            return
        painter.setFont(here.font("body", bold=tone == "err"))
        painter.setPen(here.colour("text2" if tone == "act" else tone))
        words = painter.fontMetrics().elidedText(word, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, MIDDLE, words)


def _ink(here: Look, column: Column, *, quiet: bool) -> QColor:
    return here.colour("text3" if quiet else INKS.get(column.kind, "text"))


def _rect(option: QStyleOptionViewItem) -> QRect:
    return QRect(option.rect)  # type: ignore[attr-defined]  # the stub leaves out the option's fields


class Header(QHeaderView):
    """The heads of the columns with a small filled arrow where the order is."""

    def __init__(self, view: "ListView") -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._view = view
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(8)

    def paintSection(self, painter: QPainter, box: QRect, section: int) -> None:
        here, column = look(), self._view.rows.column(section)
        painter.save()
        painter.fillRect(box, here.colour("sunken"))
        painter.setPen(QPen(here.colour("line2"), here.tokens.border))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        if column is not None:
            inner = box.adjusted(0, 0, -here.u(10), 0)
            font = here.font("body", bold=True)
            painter.setFont(font)
            painter.setPen(here.colour("text2"))
            sorted_here = self._view.sorted_by[0] == column.key
            whole = QRect(inner)
            if sorted_here:
                inner.setRight(inner.right() - here.u(14))
            words = QFontMetrics(font).elidedText(column.label, Qt.TextElideMode.ElideRight, inner.width())
            painter.drawText(inner, ALIGN["right" if column.kind == "number" else column.align], words)
            if sorted_here:
                self._arrow(painter, whole)
        painter.restore()

    def _arrow(self, painter: QPainter, box: QRect) -> None:
        here = look()
        half, right, middle = here.u(4), box.right() - here.u(4), box.center().y()
        up = self._view.sorted_by[1]
        tip = middle - half // 2 if up else middle + half // 2 + 1
        base = middle + half // 2 if up else middle - half // 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(here.colour("text2"))
        painter.drawPolygon(QPolygon([QPoint(right - half, base), QPoint(right + half, base), QPoint(right, tip)]))
