"""Choosing another record by typing a part of it: a name, its pinyin, its number.

The field asks `search(text)` and shows what comes back; it knows only ids and words. The list is a child of the same
window that never takes the focus, so an input method composing in the field is not disturbed and Wayland can place it.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.model.language import _
from desktop.ui.kit.buttons import IconButton
from desktop.ui.kit.lines import LineEdit
from desktop.ui.look import look

Found = tuple[str, str, str]  # id, text, detail
Search = Callable[[str], Sequence[Found]]
DELAY = 150  # milliseconds after the last committed character
DETAIL = Qt.ItemDataRole.UserRole + 1
MOST = 8


class ReferencePicker(LineEdit):
    """A field whose value is the id of the record that was chosen."""

    chosen = Signal(str)

    def __init__(self, search: Search, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(placeholder=placeholder or _("输入姓名、拼音或编号来找"), parent=parent)
        self._search, self._id, self._word = search, "", ""
        self._list: FoundList | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY)
        self._timer.timeout.connect(self.look_up)
        self._open = IconButton(_("打开列表"), "chevron-down", parent=self)
        self._open.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._open.clicked.connect(self._toggle)
        self.add_after(self._open)

    def value(self) -> str:
        """The id, or nothing."""
        return self._id

    def set_value(self, record: str, word: str = "") -> None:
        """Shows this record by its word; tells nobody."""
        self._id, self._word = record, word or record
        self.setText(self._word if record else "")
        self.setCursorPosition(0)

    def mistake(self) -> str:
        """Words that name no record."""
        return _("没有选中：请从列表里选一个") if self.text().strip() and not self._id else ""

    @property
    def found(self) -> "FoundList | None":
        """The open list, if it is open."""
        return self._list if self._list is not None and self._list.isVisible() else None

    def look_up(self) -> None:
        """The list shows what the typed words find."""
        typed = "" if self._id and self.text() == self._word else self.text().strip()
        rows = list(self._search(typed))[:200]
        if self._list is None:
            self._list = FoundList(self.window())
            self._list.picked.connect(self._pick)
            self._list.let_go.connect(self.close_list)
        self._list.show_found(rows)
        self._list.show_below(self)
        self.setProperty("wantsEnter", True)

    def close_list(self) -> None:
        """The list is put away."""
        self._timer.stop()
        self.setProperty("wantsEnter", False)
        if self._list is not None:
            self._list.hide()
            self._list.deleteLater()
            self._list = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, found = event.key(), self.found
        if found is None:
            if key == Qt.Key.Key_Down and not self.isReadOnly():
                self.look_up()
                return
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            found.move_by({Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: MOST}.get(Qt.Key(key), -MOST))
            return
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            found.pick_current()
            return
        elif key == Qt.Key.Key_Escape:
            self.close_list()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.close_list()
        self.mistaken.emit(self.mistake())
        super().focusOutEvent(event)

    def _edited(self, _text: str) -> None:
        if self._id:
            self._id = ""
            self.changed.emit("")
        if self.text().strip():
            self._timer.start()
        else:
            self.close_list()
            self.mistaken.emit("")

    def _pick(self, record: str, word: str) -> None:
        self.set_value(record, word)
        self.close_list()
        self.changed.emit(record)
        self.mistaken.emit("")
        self.chosen.emit(record)

    def _toggle(self) -> None:
        self.setFocus()
        if self.found is not None:
            self.close_list()
        elif not self.isReadOnly():
            self.look_up()


class FoundList(QListWidget):
    """What was found: the word, and in grey what tells it from its namesakes."""

    picked = Signal(str, str)
    let_go = Signal()  # the field is no longer where the list stands

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._over, self._room = window, window.size()
        self._holders: list[QWidget] = []
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_FoundDelegate(self))
        self.setMouseTracking(True)
        here = look()
        # Its own sheet: a list inside a card has no border, this one floats over other fields.
        self.setStyleSheet(f"QListWidget {{ border: {here.tokens.border}px solid {here.tokens.line2}; }}")
        self.itemClicked.connect(self._picked)
        window.installEventFilter(self)

    def show_found(self, rows: Sequence[Found]) -> None:
        """These rows; none is said in words."""
        self.clear()
        for record, word, detail in rows:
            item = QListWidgetItem(word)
            item.setData(Qt.ItemDataRole.UserRole, record)
            item.setData(DETAIL, detail)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{word} {detail}")
            self.addItem(item)
        if not rows:
            item = QListWidgetItem(_("没有找到：换个写法，或先登记"))
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.addItem(item)
        self.setCurrentRow(0 if rows else -1)

    def show_below(self, field: QWidget) -> None:
        """Under the field, above it where the window ends."""
        window = self._over
        self._room = window.size()
        height = min(self.count(), MOST) * look().row + 4
        at = field.mapTo(window, QPoint(0, field.height() + 2))
        if at.y() + height > window.height():
            at = field.mapTo(window, QPoint(0, -height - 2))
        self.setGeometry(QRect(at, QSize(max(field.width(), look().u(260)), height)))
        self._holders, above = [], field.parentWidget()
        while above is not None and above is not window:  # a bar over the form, a wheel turned: the field moves with what holds it
            self._holders.append(above)
            above.installEventFilter(self)
            above = above.parentWidget()
        self.show()
        self.raise_()

    def move_by(self, rows: int) -> None:
        """Down or up, held at the ends."""
        self.setCurrentRow(min(max(self.currentRow() + rows, 0), self.count() - 1))

    def pick_current(self) -> None:
        """Enter takes what is marked."""
        if (item := self.currentItem()) is not None:
            self._picked(item)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        resized = watched is self._over and event.type() == QEvent.Type.Resize and self._over.size() != self._room
        if resized or (watched in self._holders and event.type() == QEvent.Type.Move):
            self.hide()
            self.let_go.emit()
        return super().eventFilter(watched, event)

    def _picked(self, item: QListWidgetItem) -> None:
        record = item.data(Qt.ItemDataRole.UserRole)
        if record:
            self.picked.emit(str(record), item.text())


class _FoundDelegate(QStyledItemDelegate):
    def __init__(self, found: FoundList) -> None:
        super().__init__(found)
        self._found = found

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        here = look()
        rect: QRect = option.rect  # type: ignore[attr-defined]  # the stub leaves out the option's fields
        chosen = self._found.currentRow() == index.row()
        painter.fillRect(rect, here.colour("act_soft" if chosen else "surface"))
        painter.setFont(here.font())
        painter.setPen(here.colour("text" if index.data(Qt.ItemDataRole.UserRole) else "text2"))
        word = str(index.data())
        room = rect.adjusted(here.u(10), 0, -here.u(8), 0)
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), word)
        room.setLeft(room.left() + painter.fontMetrics().horizontalAdvance(word) + here.u(12))
        painter.setFont(here.font("caption"))
        painter.setPen(here.colour("text2"))
        detail = painter.fontMetrics().elidedText(str(index.data(DETAIL) or ""), Qt.TextElideMode.ElideRight, max(0, room.width()))
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), detail)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(look().u(120), look().row)
