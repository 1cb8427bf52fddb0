"""The grid of 批量录入: one line edit that always stands open over the current cell.

Because it has the keys before the first letter comes, an input method composes in it from the first letter on: nothing has to be
opened by typing, so nothing can be lost by opening. What is typed is in the rows at once.
"""

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QGuiApplication, QMouseEvent, QPainter, QResizeEvent
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
from desktop.ui.entrycell import CellEdit
from desktop.ui.entrymodel import BREAK, RESULT, EntryModel, saying
from desktop.ui.icons import paint_icon
from desktop.ui.look import follow, look
from desktop.ui.rows import column_of
from desktop.ui.tablemodel import Index

RESULT_WIDTH, NUMBER_WIDTH = 290, 30


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
        self.rows.modelReset.connect(self._stay)  # a method: the rows belong to nobody in Qt, and a lambda would hold both for good

    def _stay(self) -> None:
        """The same cell after the rows were put there anew."""
        self.go_to(*self.here)

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
