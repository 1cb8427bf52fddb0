"""The left side of the print page: every printed form by its group, found by a few letters of its name or its pinyin."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop.model.language import _
from desktop.model.names import search_tokens
from desktop.reports import PAPERS, PaperKind
from desktop.ui.icons import paint_icon
from desktop.ui.kit.lines import SearchEdit
from desktop.ui.look import follow, look

KEY = Qt.ItemDataRole.UserRole
CHOSEN_AFTER = 120  # milliseconds: passing over a form with the arrows does not make its paper


def finds(typed: str, paper: PaperKind) -> bool:
    """The form is meant by these letters: a part of its title, or of its pinyin or initials (bdhz)."""
    wanted = typed.strip().casefold().replace(" ", "")
    return not wanted or wanted in paper.title or any(wanted in token for token in search_tokens(paper.title))


class _Line(QStyledItemDelegate):
    """A group by its name and number of forms, or a form; the current one on soft 枣红 as in the navigation."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(look().u(100), look().row if index.data(KEY) else look().row - look().u(3))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        here, box = look(), QRect(option.rect)  # type: ignore[attr-defined]  # the stub leaves out the option's fields
        shown = self.parent()
        current = isinstance(shown, QListWidget) and shown.currentIndex() == index and bool(index.data(KEY))
        painter.save()
        if current:
            painter.fillRect(box, here.colour("brand_soft"))
            painter.fillRect(QRect(box.x(), box.y(), here.u(3), box.height()), here.colour("brand"))
        side, left = here.u(16), here.u(12)
        if index.data(KEY):
            paint_icon(painter, "file-text", "brand_text" if current else "text2", left, box.y() + (box.height() - side) / 2, side)
        else:
            paint_icon(painter, "chevron-down", "text2", left, box.y() + (box.height() - side) / 2, side)
        font = here.font("body" if index.data(KEY) else "caption", bold=current or not index.data(KEY))
        painter.setFont(font)
        painter.setPen(here.colour("brand_text" if current else "text" if index.data(KEY) else "text2"))
        room = box.adjusted(left + here.u(24 if index.data(KEY) else 20), 0, -here.u(10), 0)
        words = QFontMetrics(font).elidedText(str(index.data()), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), words)
        painter.restore()


class PaperList(QFrame):
    """Every printed form by its group; F3 searches, the arrows choose."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.search = SearchEdit(_("找表：bdhz、花名册"))
        self.list = QListWidget()
        self.list.setItemDelegate(_Line(self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(_("印哪张表"))
        self._column = QVBoxLayout(self)
        self._finder = QHBoxLayout()
        self._finder.addWidget(self.search)
        self._column.addLayout(self._finder)
        self._column.addWidget(self.list, 1)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(CHOSEN_AFTER)
        self._soon.timeout.connect(self._tell)
        self._told = ""
        self.search.changed.connect(lambda _text: self.fill())
        self.search.returnPressed.connect(self._take_first)
        self.list.currentItemChanged.connect(lambda *_items: self._soon.start())
        self.setFocusProxy(self.list)
        follow(self, self._restyle)
        self.fill()

    def fill(self) -> None:
        """The forms that the typed letters mean."""
        self.list.blockSignals(True)
        self.list.clear()
        for group in dict.fromkeys(paper.group for paper in PAPERS):
            found = [paper for paper in PAPERS if paper.group == group and finds(self.search.value(), paper)]
            if not found:
                continue
            head = QListWidgetItem(f"{_(group)}　{len(found)}")
            head.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(head)
            for paper in found:
                item = QListWidgetItem(_(paper.title))
                item.setData(KEY, paper.key)
                self.list.addItem(item)
        self._show_told()
        self.list.blockSignals(False)

    def show_chosen(self, key: str) -> None:
        """This form is the one on the page; nobody is told."""
        self._told = key
        self.list.blockSignals(True)
        self._show_told()
        self.list.blockSignals(False)
        self.list.viewport().update()

    def _show_told(self) -> None:
        self.list.setCurrentRow(next((at for at in range(self.list.count()) if self.list.item(at).data(KEY) == self._told), -1))

    def _take_first(self) -> None:
        at = next((at for at in range(self.list.count()) if self.list.item(at).data(KEY)), -1)
        if at >= 0:
            self.list.setCurrentRow(at)
            self._tell()

    def _tell(self) -> None:
        self._soon.stop()
        item = self.list.currentItem()
        key = str(item.data(KEY) or "") if item is not None else ""
        if key and key != self._told:
            self._told = key
            self.chosen.emit(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._tell()
            return
        super().keyPressEvent(event)

    def _restyle(self) -> None:
        here = look()
        self.setFixedWidth(here.u(226))
        self._column.setContentsMargins(0, here.u(8), 0, 0)
        self._column.setSpacing(here.u(6))
        self._finder.setContentsMargins(here.u(10), 0, here.u(10), 0)
        self.list.doItemsLayout()
