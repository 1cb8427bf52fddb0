"""The left side of the conflict desk: what has to be chosen, and below it what was decided; two lines each, ↑↓ between them."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.model.language import _
from desktop.ui.icons import paint_icon
from desktop.ui.keys import ENTER
from desktop.ui.look import follow, look

KEY, LINE = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True)
class Entry:
    """One line of the list; without a key the head of what follows."""

    key: str
    title: str
    below: str = ""
    word: str = ""
    tone: str = "wait"
    icon: str = ""


class _TwoLines(QStyledItemDelegate):
    """Icon, title with the state at its right, what it is about below; the current one on soft blue with a bar."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        here, entry = look(), index.data(LINE)
        body, small = (QFontMetrics(here.font(role)).height() for role in ("body", "caption"))
        return QSize(here.u(120), small + here.u(8) if not entry.key else body + small + here.u(14))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        here, box, entry = look(), QRect(option.rect), index.data(LINE)  # type: ignore[attr-defined]  # the stub leaves the fields out
        shown = self.parent()
        painter.save()
        if not entry.key:
            painter.fillRect(box, here.colour("sunken"))
            self._words(painter, box.adjusted(here.u(14), 0, -here.u(10), 0), entry.title, "caption", "text2", bold=True)
        else:
            if isinstance(shown, QListWidget) and shown.currentIndex() == index:
                painter.fillRect(box, here.colour("act_soft"))
                painter.fillRect(QRect(box.x(), box.y(), here.u(3), box.height()), here.colour("act"))
            painter.fillRect(QRect(box.x(), box.bottom(), box.width(), 1), here.colour("line"))
            side = here.u(16)
            paint_icon(painter, entry.icon, entry.tone, box.x() + here.u(14), box.y() + (box.height() - side) / 2, side)
            self._two(painter, box.adjusted(here.u(38), here.u(6), -here.u(12), -here.u(7)), entry)
        painter.restore()

    def _two(self, painter: QPainter, room: QRect, entry: Entry) -> None:
        here = look()
        small = QFontMetrics(here.font("caption"))
        wide = small.horizontalAdvance(entry.word)
        upper = QRect(room.x(), room.y(), room.width() - wide - here.u(6), QFontMetrics(here.font()).height())
        lower = QRect(room.x(), room.bottom() - small.height() + 1, room.width(), small.height())
        self._words(painter, upper, entry.title, "body", "text")
        self._words(painter, QRect(room.right() - wide, upper.y(), wide + 2, upper.height()), entry.word, "caption", entry.tone)
        self._words(painter, lower, entry.below, "caption", "text2")

    def _words(self, painter: QPainter, room: QRect, words: str, role: str, ink: str, *, bold: bool = False) -> None:
        font = look().font(role, bold=bold)
        painter.setFont(font)
        painter.setPen(look().colour(ink))
        shown = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)


class ConflictList(QListWidget):
    """`chosen` tells the key of the line that is current; digits, Enter and ← → belong to the page."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setItemDelegate(_TwoLines(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("待定的记录"))
        self.currentItemChanged.connect(lambda item, _before: self.chosen.emit(item.data(KEY) if item is not None else ""))
        follow(self, self.doItemsLayout)

    def show_entries(self, entries: Sequence[Entry], current: str) -> None:
        """These lines; the named one is current, else the first that can be."""
        self.blockSignals(True)
        self.clear()
        for entry in entries:
            item = QListWidgetItem(entry.title)
            item.setData(KEY, entry.key)
            item.setData(LINE, entry)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, " ".join(word for word in (entry.title, entry.below, entry.word) if word))
            if not entry.key:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.addItem(item)
        keys = [entry.key for entry in entries]
        self.setCurrentRow(keys.index(current) if current and current in keys else next((at for at, key in enumerate(keys) if key), -1))
        self.blockSignals(False)
        self.chosen.emit(self.key())

    def key(self) -> str:
        """What is current."""
        item = self.currentItem()
        return str(item.data(KEY)) if item is not None else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (*ENTER, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Escape) or event.text().isdigit():
            event.ignore()
            return
        super().keyPressEvent(event)
