"""The list of a page: hover, tick and current row, badges painted in cells, everything by keyboard.

Nothing is ever edited in place: a letter typed over a row would be the first letter of a word that an input method is
composing, and lost. Enter opens, Space ticks, F2 is the page's own.
"""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView, QWidget

from desktop.model.language import _
from desktop.ui.keys import PageKey, press
from desktop.ui.look import follow, look
from desktop.ui.tablecolumns import ColumnRoom
from desktop.ui.tablemodel import TICK, Pages, TableModel, Ticks, leads
from desktop.ui.tablepaint import Header, RowDelegate

TICK_WIDTH = 42
MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class ListView(QTableView):
    """A table of records. Signals carry ids, never rows of the view."""

    opened = Signal(str)
    link_clicked = Signal(str, str)  # record, column
    current_changed = Signal(str)
    sort_asked = Signal(str, bool)
    ticks_changed = Signal(int)
    menu_asked = Signal(str, QPoint)

    def __init__(self, pages: Pages, *, ticks: bool = True, height: int = 0, rows_shown: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = TableModel(pages)
        self.columns = ColumnRoom(self, self.rows, lead=TICK_WIDTH if ticks else 14 if height else 8)
        self._with_ticks = ticks
        self._range_from = 0
        self.sorted_by = ("", False)
        self._keys = self.keys()
        self.hovered = -1
        self._height, self._rows_shown = height, rows_shown
        self.has_row_lines = bool(height)  # tall rows are entries of a list; dense rows read better without lines
        self.setModel(self.rows)
        self.setItemDelegate(RowDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabKeyNavigation(False)  # Tab leaves the list
        self.setMouseTracking(True)
        self.setWordWrap(False)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self._set_up_heads()
        self.rows.ticks_changed.connect(self.ticks_changed)
        self.rows.modelReset.connect(self._reset)
        self.selectionModel().currentRowChanged.connect(self._current_moved)
        self.doubleClicked.connect(self._open)
        follow(self, self._restyle)

    def _set_up_heads(self) -> None:
        self.heads = Header(self)
        self.setHorizontalHeader(self.heads)
        self.heads.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.heads.customContextMenuRequested.connect(self._open_header_menu)
        self.heads.sectionClicked.connect(self._head_clicked)
        self.heads.sectionResized.connect(self.columns.resized_by_hand)
        self.verticalHeader().hide()
        self.setCornerButtonEnabled(False)

    # rows

    def show_pages(self, pages: Pages) -> None:
        """Other rows: another filter, another order."""
        self.rows.show(pages)

    def reload(self) -> None:
        """The same question again; the current record stays current if it is still near."""
        at, record = self.currentIndex().row(), self.current_id()
        self.rows.reload()
        for row in (at, *range(max(0, at - 50), at + 50)) if record else ():
            if self.rows.id_at(row) == record:
                self.go_to(row)
                break

    def current_id(self) -> str:
        """The record the keys stand on."""
        return self.rows.id_at(self.currentIndex().row())

    @property
    def ticks(self) -> Ticks:
        """What is ticked."""
        return self.rows.ticks

    def row_height(self) -> int:
        """A dense row follows the letters; a tall one is `height` at the standard size."""
        return max(look().u(self._height), look().row)

    def set_rows_shown(self, rows: int) -> None:
        """As tall as so many rows from now on; for a list inside a page that scrolls."""
        self._rows_shown = rows
        self._restyle()

    def go_to(self, row: int) -> None:
        """This row becomes the current one and is in sight."""
        index = self.rows.index(row, 1)
        self.selectionModel().setCurrentIndex(
            index, QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        )
        self.scrollTo(index)

    def set_sort(self, key: str, descending: bool) -> None:
        """The arrow stands at this column; the order itself is the provider's."""
        self.sorted_by = (key, descending)
        self.heads.viewport().update()

    def copy_text(self) -> str:
        """The current row as it is shown, masked where it is masked, for a spreadsheet."""
        row, columns = self.currentIndex().row(), self.columns.shown()
        return "\t".join(str(self.rows.index(row, at).data() or "") for at in columns)

    # keys and mouse

    def keyboardSearch(self, search: str) -> None:
        """Letters are not for jumping: half of them come from an input method."""

    def keys(self) -> list[PageKey]:
        """What the list does with keys of its own."""
        keys = [
            PageKey("Return", _("打开"), lambda: self._open(self.currentIndex()), ("Enter",)),
            PageKey("Ctrl+C", _("复制这一行"), self._copy, ("Ctrl+Ins",)),
            PageKey("Home", _("第一行"), lambda: self._go_if_any(0)),
            PageKey("End", _("最后一行"), lambda: self._go_if_any(self.rows.rowCount() - 1)),
        ]
        if self._with_ticks:
            keys[1:1] = [
                PageKey("Space", _("勾选这一行"), self._tick_here),
                PageKey("Shift+Down", _("连着勾下去"), lambda: self._tick_and_move(1)),
                PageKey("Shift+Up", _("连着勾上去"), lambda: self._tick_and_move(-1)),
                PageKey("Ctrl+A", _("勾选筛出的全部"), lambda: self.rows.tick_all(True)),
            ]
        return keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if press(self._keys, event):
            return
        if event.key() in MOVES or held:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.copy_text())

    def _go_if_any(self, row: int) -> None:
        if self.rows.rowCount():
            self.go_to(row)

    def _tick_here(self) -> None:
        row = self.currentIndex().row()
        if row >= 0:
            self.rows.toggle(row)
            self._range_from = row

    def _tick_and_move(self, step: int) -> None:
        row = self.currentIndex().row()
        if row < 0:
            return
        self.rows.set_tick(row, True)
        following = min(max(row + step, 0), self.rows.rowCount() - 1)
        self.rows.set_tick(following, True)
        self.go_to(following)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if self._with_ticks and index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            if shift:
                for row in range(*sorted((self._range_from, index.row() + (self._range_from <= index.row())))):
                    self.rows.set_tick(row, True)
                return
            if index.column() == TICK or control:
                self.rows.toggle(index.row())
                self._range_from = index.row()
        super().mousePressEvent(event)
        column = self.rows.column(index.column()) if index.isValid() else None
        there = self.rows.row(index.row())
        if column is not None and there is not None and leads(column, there) and event.button() == Qt.MouseButton.LeftButton:
            self.link_clicked.emit(self.rows.id_at(index.row()), column.key)
        if event.button() == Qt.MouseButton.RightButton and index.isValid():
            self.menu_asked.emit(self.current_id(), event.globalPosition().toPoint())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.indexAt(event.position().toPoint()).row())
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: object) -> None:
        self._hover(-1)

    def _hover(self, row: int) -> None:
        if row != self.hovered:
            self.hovered = row
            self.viewport().update()

    def _open(self, index: QModelIndex) -> None:
        if record := self.rows.id_at(index.row()):
            self.opened.emit(record)

    def _current_moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        self.viewport().update()
        self.current_changed.emit(self.rows.id_at(now.row()))

    def _reset(self) -> None:
        self.hovered = -1
        self._range_from = 0
        self.columns.fit()

    # heads

    def _open_header_menu(self, at: QPoint) -> None:
        self.columns.menu().open_at(self.heads.mapToGlobal(at))

    def _head_clicked(self, section: int) -> None:
        column = self.rows.column(section)
        if column is None:
            if self._with_ticks:
                self.rows.tick_all(self.rows.ticked_count() < self.rows.rowCount())
        elif column.sortable:
            descending = self.sorted_by == (column.key, False)
            self.set_sort(column.key, descending)
            self.sort_asked.emit(column.key, descending)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.columns.fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.columns.fit()

    def _restyle(self) -> None:
        here = look()
        self.verticalHeader().setMinimumSectionSize(self.row_height())
        self.verticalHeader().setDefaultSectionSize(self.row_height())
        self.heads.setFixedHeight(here.row + here.u(1))
        if self._rows_shown:  # a list inside a page that scrolls is as tall as its rows
            heads = 0 if self.heads.isHidden() else self.heads.height()
            self.setFixedHeight(heads + self._rows_shown * self.row_height() + 2)
        self.columns.fit()
        self.viewport().update()
