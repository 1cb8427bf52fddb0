"""The grid of 批量录入: one line edit that always stands open over the current cell.

Because it has the keys before the first letter comes, an input method composes in it from the first letter on: nothing has to be
opened by typing, so nothing can be lost by opening. What is typed is in the rows at once.
"""

from PySide6.QtCore import QEvent, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QGuiApplication, QInputMethodEvent, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from desktop.model.language import _
from desktop.ui.entrymodel import BREAK, RESULT, EntryModel, saying
from desktop.ui.icons import paint_icon
from desktop.ui.kit.lines import LineEdit
from desktop.ui.look import follow, look
from desktop.ui.rows import column_of
from desktop.ui.tablemodel import Index

RESULT_WIDTH, NUMBER_WIDTH, PAGE = 290, 30, 10
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -PAGE, Qt.Key.Key_PageDown: PAGE}


class CellEdit(LineEdit):
    """The open cell. What it does not want it tells the grid."""

    stepped = Signal(int)  # cells onward in reading order
    moved = Signal(int, int)  # columns, rows
    block = Signal(str)
    options_wanted = Signal()
    copy_above = Signal()
    remove_row = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent=parent)
        self.composing = False
        self._before_text = ""

    def show_cell(self, text: str) -> None:
        """Another cell: its text, marked, so that typing replaces it."""
        self._before_text = text.replace("\n", BREAK)
        self.setText(self._before_text)
        self.selectAll()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self.composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and not self.composing:
            step = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}.get(Qt.Key(event.key()), 0)
            if step:
                self.stepped.emit(step)
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.composing or not self._is_taken(event):
            super().keyPressEvent(event)

    def _is_taken(self, event: QKeyEvent) -> bool:
        """Whether the key means something to the grid; it is done then."""
        key, held = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        control, alt = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
        if key in ENTER and held == alt:
            self.insert_break()
        elif key in ENTER and held in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier):
            self.stepped.emit(-1 if held else 1)
        elif key == Qt.Key.Key_Down and held == alt:
            self.options_wanted.emit()
        elif key in STEPS and not held:
            self.moved.emit(0, STEPS[Qt.Key(key)])
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and not held and self._at_edge(key):
            self.moved.emit(-1 if key == Qt.Key.Key_Left else 1, 0)
        elif key == Qt.Key.Key_F2:
            self.end(False)
        elif key == Qt.Key.Key_Escape and self.text() != self._before_text:
            self.setText(self._before_text)
            self.selectAll()
            self.textEdited.emit(self._before_text)
        elif key == Qt.Key.Key_D and held == control:
            self.copy_above.emit()
        elif key == Qt.Key.Key_Delete and held == control:
            self.remove_row.emit()
        elif event.matches(QKeySequence.StandardKey.Paste):
            return self._is_block()
        else:
            return False
        return True

    def _is_block(self) -> bool:
        """More than one cell on the clipboard is no text for this one."""
        text = QGuiApplication.clipboard().text()
        if "\t" in text or "\n" in text.rstrip("\r\n"):
            self.block.emit(text)
            return True
        return False

    def insert_break(self) -> None:
        """Alt+Enter, as in a spreadsheet."""
        done = QInputMethodEvent("", [])
        done.setCommitString(BREAK)
        QGuiApplication.sendEvent(self, done)

    def _at_edge(self, key: int) -> bool:
        if len(self.selectedText()) == len(self.text()):
            return True
        edge = 0 if key == Qt.Key.Key_Left else len(self.text().encode("utf-16-le")) // 2  # Qt counts UTF-16 units
        return not self.hasSelectedText() and self.cursorPosition() == edge


class EntryGrid(QFrame):
    """The rows with their fates beside them, which stay in sight when the columns scroll."""

    block_pasted = Signal(str)
    options_wanted = Signal()
    cell_changed = Signal()  # another cell is open
    row_removed = Signal(object, int)

    def __init__(self, model: EntryModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = model
        self.here = (0, 0)  # row, field
        self.fates, self.cells = QTableView(), CellView()
        for view in (self.fates, self.cells):
            self._set_up(view)
        self.fates.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.fates.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.fates.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.fates.clicked.connect(lambda index: self.go_to(index.row(), self.here[1]))
        for column in range(1, model.columnCount()):
            self.fates.setColumnHidden(column, True)
        self.cells.setColumnHidden(RESULT, True)
        self.cell = CellEdit(self.cells.viewport())
        self.setFocusProxy(self.cell)
        row, left = QHBoxLayout(self), QVBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._under = QWidget()  # as high as the bar under the other half, so that both scroll alike
        left.setSpacing(0)
        left.addWidget(self.fates, 1)
        left.addWidget(self._under)
        row.addLayout(left)
        row.addWidget(self.cells, 1)
        self._connect()
        follow(self, self._restyle)
        self.go_to(0, 0)

    def _set_up(self, view: QTableView) -> None:
        view.setModel(self.rows)
        view.setItemDelegate(CellDelegate(self))
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setShowGrid(True)
        view.setWordWrap(False)
        view.setCornerButtonEnabled(False)
        view.setTabKeyNavigation(False)
        view.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        view.horizontalHeader().setHighlightSections(False)
        view.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        view.verticalHeader().hide()
        view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def _connect(self) -> None:
        self.cells.pressed_at.connect(self.go_to)
        self.cells.verticalScrollBar().valueChanged.connect(self.fates.verticalScrollBar().setValue)
        self.fates.verticalScrollBar().valueChanged.connect(self.cells.verticalScrollBar().setValue)
        for bar in (self.cells.verticalScrollBar(), self.cells.horizontalScrollBar()):
            bar.valueChanged.connect(self._place)
        self.cells.horizontalHeader().sectionResized.connect(self._place)
        self.cells.horizontalScrollBar().rangeChanged.connect(lambda *_range: self._align())
        self.cell.textEdited.connect(self._typed)
        self.cell.stepped.connect(self.step)
        self.cell.moved.connect(lambda columns, rows: self.go_to(self.here[0] + rows, self.here[1] + columns))
        self.cell.block.connect(self.block_pasted)
        self.cell.options_wanted.connect(self.options_wanted)
        self.cell.copy_above.connect(self._copy_above)
        self.cell.remove_row.connect(self._remove_row)
        self.rows.modelReset.connect(lambda: self.go_to(*self.here))

    # where the keys are

    def go_to(self, row: int, column: int) -> None:
        """This cell is open, held within the grid; what an input method composes belongs to the cell that was open."""
        if self.cell.composing:
            QGuiApplication.inputMethod().commit()
        row = min(max(row, 0), self.rows.rowCount() - 1)
        column = min(max(column, 0), len(self.rows.fields) - 1)
        self.here = (row, column)
        self.cells.scrollTo(self.rows.index(row, column + 1))
        self.cell.show_cell(self.rows.text(row, column))
        spec = self.rows.fields[column]
        self.cell.setAccessibleName(_("第 {n} 行 {label}").format(n=row + 1, label=_(spec.label)))
        self._place()
        self.cell_changed.emit()

    def step(self, cells: int) -> None:
        """Onward in the order of the form, over the end of a row into the next."""
        row, column = self.here
        at = row * len(self.rows.fields) + column + cells
        self.go_to(*divmod(max(at, 0), len(self.rows.fields)))

    def set_cell(self, text: str) -> None:
        """The open cell says this, as if typed."""
        self.rows.set_text(*self.here, text)
        self.cell.show_cell(text)

    def _typed(self, text: str) -> None:
        self.rows.set_text(*self.here, text.replace(BREAK, "\n"))

    def _copy_above(self) -> None:
        row, column = self.here
        if row:
            self.set_cell(self.rows.text(row - 1, column))

    def _remove_row(self) -> None:
        at = self.here[0]
        entry = self.rows.remove(at)
        if entry is not None:
            self.go_to(at, self.here[1])
            self.row_removed.emit(entry, at)

    def _place(self, *_moved: object) -> None:
        row, column = self.here
        self.cell.setGeometry(self.cells.visualRect(self.rows.index(row, column + 1)))
        self.cell.show()
        self.cell.raise_()

    def _align(self) -> None:
        bar = self.cells.horizontalScrollBar()
        self._under.setFixedHeight(bar.sizeHint().height() if bar.maximum() > 0 else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._place)

    def _restyle(self) -> None:
        here = look()
        height = max(here.row, here.field)
        for view in (self.fates, self.cells):
            view.verticalHeader().setMinimumSectionSize(height)
            view.verticalHeader().setDefaultSectionSize(height)
            view.horizontalHeader().setFixedHeight(here.row + here.u(1))
        self.fates.setColumnWidth(RESULT, here.u(RESULT_WIDTH))
        self.fates.setFixedWidth(here.u(RESULT_WIDTH))
        for at, spec in enumerate(self.rows.fields, start=1):
            self.cells.setColumnWidth(at, here.u(column_of(spec, first=False, priority=1).width + 24))
        QTimer.singleShot(0, self, self._place)


class CellView(QTableView):
    """The cells; a press opens one and never takes the keys from the open cell."""

    pressed_at = Signal(int, int)

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self.pressed_at.emit(index.row(), index.column() - 1)
            editor = self.viewport().findChild(CellEdit)
            if editor is not None:
                editor.setFocus()


class CellDelegate(QStyledItemDelegate):
    """Texts, the wrong ones on the ground of an error; the fate with its icon."""

    def __init__(self, grid: EntryGrid) -> None:
        super().__init__(grid)
        self._grid = grid

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        here, rows = look(), self._grid.rows
        box: QRect = option.rect  # type: ignore[attr-defined]  # the stub leaves out the option's fields
        said = saying(rows.record, rows.entries[index.row()])
        is_wrong = index.column() != RESULT and _(rows.fields[index.column() - 1].label) in said.wrong
        painter.save()
        current = index.row() == self._grid.here[0]
        painter.fillRect(box, here.colour("err_soft" if is_wrong else "act_soft" if current else "surface"))
        room = box.adjusted(here.u(8), 0, -here.u(6), 0)
        if index.column() == RESULT:
            painter.setFont(here.font("caption"))
            painter.setPen(here.colour("text2"))
            painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), str(index.row() + 1))
            room.setLeft(room.left() + here.u(NUMBER_WIDTH))
        if index.column() == RESULT and said.tone:
            side = here.u(16)
            paint_icon(painter, said.picture, said.tone, room.x(), room.y() + (room.height() - side) / 2, side)
            room.setLeft(room.left() + side + here.u(6))
        painter.setFont(here.font())
        painter.setPen(here.colour("err" if is_wrong else said.tone or "text2" if index.column() == RESULT else "text"))
        words = QFontMetrics(here.font()).elidedText(str(index.data() or ""), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), words)
        painter.restore()
