"""The one cell of 批量录入 that stands open: it keeps the keys that are for its text and tells the grid the others.

What an input method composes is never broken off by a key of the grid.
"""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from desktop.ui.entrymodel import BREAK
from desktop.ui.kit.lines import LineEdit

PAGE = 10  # rows that one press of PgUp or PgDn goes
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
