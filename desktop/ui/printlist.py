"""The left side of the print page: every printed form by its group, found by a few letters of its name or its pinyin.

Groups fold, forms that somebody prints all the time carry a star, and a form that is due says by when.
"""

from collections.abc import Collection, Iterator, Mapping

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStyle,
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

KEY, GROUP, FORMS = (Qt.ItemDataRole.UserRole + nth for nth in range(3))
CHOSEN_AFTER = 120  # milliseconds: passing over a form with the arrows does not make its paper
EDGE, STAR = 10, 16  # the right margin and the side of a star


def finds(typed: str, paper: PaperKind) -> bool:
    """The form is meant by these letters: a part of its title, or of its pinyin or initials (bdhz)."""
    wanted = typed.strip().casefold().replace(" ", "")
    return not wanted or wanted in paper.title or any(wanted in token for token in search_tokens(paper.title))


class _Papers(QListWidget):
    """The lines themselves, and what hand and keys do to them."""

    starred = Signal(str)
    folding = Signal(str, bool)

    def __init__(self, dues: Mapping[str, str]) -> None:
        super().__init__()
        self.dues, self.stars, self.folded = dues, frozenset[str](), set[str]()
        self.shown = ""  # the form whose paper is on the page
        self.setItemDelegate(_Line(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("印哪张表"))
        self.setMouseTracking(True)

    def lines(self) -> Iterator[QListWidgetItem]:
        """Heads and forms from top to bottom."""
        return (self.item(at) for at in range(self.count()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        where = event.position().toPoint()
        item = self.itemAt(where)
        key = str(item.data(KEY) or "") if item is not None else ""
        if item is not None and not key:
            self._fold(item, str(item.data(GROUP)) not in self.folded)
        elif key and where.x() > self.viewport().width() - look().u(EDGE + STAR + 6):
            self.starred.emit(key)
        else:
            super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item, folds = self.currentItem(), {Qt.Key.Key_Left: True, Qt.Key.Key_Right: False}.get(Qt.Key(event.key()))
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and item is not None and not item.data(KEY):
            folds = str(item.data(GROUP)) not in self.folded
        if folds is None or item is None:
            super().keyPressEvent(event)
        else:
            self._fold(item, folds)

    def _fold(self, item: QListWidgetItem, folds: bool) -> None:
        self.folding.emit(str(item.data(GROUP)), folds)


class _Line(QStyledItemDelegate):
    """A group by its name and number of forms, or a form; the one on the page on soft 枣红 as in the navigation."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(look().u(100), look().row if index.data(KEY) else look().row - look().u(3))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        papers = self.parent()
        assert isinstance(papers, _Papers)
        here, box = look(), QRect(option.rect)  # type: ignore[attr-defined]  # the stub leaves out the option's fields
        key, has_keys = str(index.data(KEY) or ""), papers.hasFocus() and papers.currentIndex() == index
        is_under = bool(option.state & QStyle.StateFlag.State_MouseOver)  # type: ignore[attr-defined]  # as above
        painter.save()
        if key and key == papers.shown:
            painter.fillRect(box, here.colour("brand_soft"))
            painter.fillRect(QRect(box.x(), box.y(), here.u(3), box.height()), here.colour("brand"))
        elif has_keys or is_under:
            painter.fillRect(box, here.colour("act_soft" if has_keys else "hover"))
        room = box.adjusted(here.u(12), 0, -here.u(EDGE), 0)
        if key:
            self._paint_form(painter, room, papers, index, may_star=has_keys or is_under)
        else:
            picture = "chevron-right" if index.data(GROUP) in papers.folded else "chevron-down"
            self._paint_words(painter, room, index, picture, str(index.data(FORMS)), ("text2", "caption", True))
        painter.restore()

    def _paint_form(
        self, painter: QPainter, room: QRect, papers: _Papers, index: QModelIndex | QPersistentModelIndex, *, may_star: bool
    ) -> None:
        here, key = look(), str(index.data(KEY))
        if key in papers.stars or may_star:
            side = here.u(STAR)
            ink = "warn" if key in papers.stars else "line2"
            paint_icon(painter, "star", ink, room.right() - side, room.y() + (room.height() - side) / 2, side)
            room.setRight(room.right() - side - here.u(6))
        is_shown = key == papers.shown
        how = ("brand_text" if is_shown else "text", "body", is_shown)
        self._paint_words(painter, room, index, "file-text", papers.dues.get(key, ""), how)

    def _paint_words(
        self, painter: QPainter, room: QRect, index: QModelIndex | QPersistentModelIndex, picture: str, beside: str,
        how: tuple[str, str, bool],
    ) -> None:  # fmt: skip
        """Icon, name, and a small word at the right edge; `how`: ink, letter size and weight of the name."""
        here, (ink, size, bold) = look(), how
        side, small, font = here.u(16), here.font("caption"), here.font(size, bold=bold)
        paint_icon(painter, picture, "text2" if ink == "text" else ink, room.x(), room.y() + (room.height() - side) / 2, side)
        painter.setFont(small)
        painter.setPen(here.colour("text2"))
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), beside)
        room.setRight(room.right() - (QFontMetrics(small).horizontalAdvance(beside) + here.u(6) if beside else 0))
        room.setLeft(room.left() + here.u(24 if index.data(KEY) else 20))
        painter.setFont(font)
        painter.setPen(here.colour(ink))
        words = QFontMetrics(font).elidedText(str(index.data()), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), words)


class PaperList(QFrame):
    """Every printed form by its group; F3 searches, the arrows choose, ← and → fold a group."""

    chosen = Signal(str)
    starred = Signal(object)  # all the forms that carry a star now

    def __init__(self, dues: Mapping[str, str], stars: Collection[str] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.search = SearchEdit(_("找表：bdhz、花名册"))
        self.list = _Papers(dues)
        self.list.stars = frozenset(stars)
        self._column = QVBoxLayout(self)
        self._finder = QHBoxLayout()
        self._finder.addWidget(self.search)
        self._column.addLayout(self._finder)
        self._column.addWidget(self.list, 1)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(CHOSEN_AFTER)
        self._soon.timeout.connect(self._tell)
        self.search.changed.connect(lambda _text: self.fill())
        self.search.returnPressed.connect(self._take_first)
        self.list.currentItemChanged.connect(lambda *_items: self._soon.start())
        self.list.starred.connect(self.star)
        self.list.folding.connect(self._fold)
        self.setFocusProxy(self.list)
        follow(self, self._restyle)
        self.fill()

    def fill(self) -> None:
        """The forms that the typed letters mean."""
        self.list.blockSignals(True)
        self.list.clear()
        for group in dict.fromkeys(paper.group for paper in PAPERS):
            found = [paper for paper in PAPERS if paper.group == group and finds(self.search.value(), paper)]
            if found:
                self._add(_(group), {GROUP: group, FORMS: len(found)})
            for paper in found:
                self._add(_(paper.title), {GROUP: group, KEY: paper.key})
        self._say_lines()
        self._show_shown()
        self.list.blockSignals(False)

    def _add(self, words: str, data: Mapping[int, str | int]) -> None:
        item = QListWidgetItem(words)
        for role, value in data.items():
            item.setData(role, value)
        self.list.addItem(item)

    def show_chosen(self, key: str) -> None:
        """This form is the one on the page; nobody is told."""
        self.list.shown = key
        self.list.blockSignals(True)
        self._show_shown()
        self.list.blockSignals(False)
        self.list.viewport().update()

    def star(self, key: str) -> None:
        """The form gets its star, or loses it."""
        self.list.stars = self.list.stars ^ {key}
        self._say_lines()
        self.starred.emit(self.list.stars)

    def star_current(self) -> None:
        """The form under the keys; elsewhere than in the list the one on the page."""
        item = self.list.currentItem()
        key = str(item.data(KEY) or "") if item is not None and self.list.hasFocus() else self.list.shown
        if key:
            self.star(key)
            self._bring_to_sight(key)

    def _bring_to_sight(self, key: str) -> None:
        item = next((item for item in self.list.lines() if item.data(KEY) == key), None)
        if item is not None:
            self.list.scrollToItem(item)

    def _fold(self, group: str, folds: bool) -> None:
        (self.list.folded.add if folds else self.list.folded.discard)(group)
        self._say_lines()
        head = next(item for item in self.list.lines() if item.data(GROUP) == group and not item.data(KEY))
        self.list.setCurrentItem(head)

    def _say_lines(self) -> None:
        """What is folded is out of sight unless it is searched for; a line says to the ear what it shows to the eye."""
        searching = bool(self.search.value())
        for item in self.list.lines():
            key, folded = str(item.data(KEY) or ""), item.data(GROUP) in self.list.folded
            item.setHidden(bool(key) and folded and not searching)
            if key:
                marks = [self.list.dues.get(key, ""), _("常用") if key in self.list.stars else ""]
            else:
                marks = [str(item.data(FORMS)), _("已折叠") if folded else ""]
            item.setData(Qt.ItemDataRole.AccessibleTextRole, "，".join(filter(None, (item.text(), *marks))))
        self.list.viewport().update()

    def _show_shown(self) -> None:
        keys = [item.data(KEY) for item in self.list.lines()]
        self.list.setCurrentRow(keys.index(self.list.shown) if self.list.shown in keys else -1)
        self._bring_to_sight(self.list.shown)

    def _take_first(self) -> None:
        first = next((item for item in self.list.lines() if item.data(KEY)), None)
        if first is not None:
            self.list.setCurrentItem(first)
            self._tell()

    def _tell(self) -> None:
        self._soon.stop()
        item = self.list.currentItem()
        key = str(item.data(KEY) or "") if item is not None else ""
        if key and key != self.list.shown:
            self.list.shown = key
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
