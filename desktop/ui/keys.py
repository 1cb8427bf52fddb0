"""Working without the mouse: Enter goes from field to field as on the paper form, Alt with a digit starts a deed.

Enter belongs to the input method while it composes, to an open list while it is open, and to a text of many lines;
everywhere else in a form it means "next field", and in the last field "save".
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QScrollArea, QWidget

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def keys_of(widget: QWidget) -> QWidget:
    """The widget that really gets the keys of a field: the editor inside a labelled field, the first tick of a list."""
    while (proxy := widget.focusProxy()) is not None:
        widget = proxy
    return widget


class EnterMoves(QObject):
    """Enter = next, Shift+Enter = back, Ctrl+Enter = save, Ctrl+Shift+Enter = save and another."""

    save = Signal()
    save_and_new = Signal()

    def __init__(self, form: QWidget, order: Sequence[QWidget] = ()) -> None:
        super().__init__(form)
        self.is_on = True  # a setting turns Enter back into what Qt makes of it
        self._order: list[QWidget] = []
        self._composing = False
        self.set_order(order)

    def set_order(self, order: Sequence[QWidget]) -> None:
        """The fields in the order of the paper form; Tab goes the same way."""
        for old in self._order:
            old.removeEventFilter(self)
        self._order = [keys_of(widget) for widget in order]
        for before, after in zip(self._order, self._order[1:], strict=False):
            QWidget.setTabOrder(before, after)
        for widget in self._order:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QInputMethodEvent):
            self._composing = bool(event.preeditString())
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and isinstance(watched, QWidget):
            if event.key() in ENTER and not self._composing:
                return self._enter(watched, event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier)
        elif event.type() == QEvent.Type.FocusOut:
            self._composing = False
        return super().eventFilter(watched, event)

    def _enter(self, field: QWidget, held: Qt.KeyboardModifier) -> bool:
        control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
        if held == control | shift:
            self.save_and_new.emit()
        elif held == control:
            self.save.emit()
        elif not self.is_on or field.property("wantsEnter") or (isinstance(field, QPlainTextEdit) and not field.isReadOnly()):
            return False
        elif held == shift:
            self.move(field, -1)
        elif not held:
            self.move(field, 1)
        else:
            return False
        return True

    def move(self, field: QWidget, step: int) -> None:
        """To the next field that can be filled; past the last one, save."""
        at = self._order.index(field) + step
        while 0 <= at < len(self._order):
            widget = self._order[at]
            if widget.isEnabled() and widget.isVisible():
                widget.setFocus(Qt.FocusReason.TabFocusReason if step > 0 else Qt.FocusReason.BacktabFocusReason)
                if isinstance(widget, QLineEdit):
                    widget.selectAll()
                _bring_into_sight(widget)
                return
            at += step
        if step > 0:
            self.save.emit()


def _bring_into_sight(widget: QWidget) -> None:
    """Qt scrolls to a field that Tab reaches, not to one that is given the focus."""
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(widget, 50, 80)
        above = above.parentWidget()


def alt_digits(page: QWidget, deeds: Sequence[Callable[[], object]]) -> list[QShortcut]:
    """Alt+1, Alt+2 … start these deeds while the page is in sight."""
    shortcuts = []
    for nth, deed in enumerate(deeds[:9], 1):
        shortcut = QShortcut(QKeySequence(f"Alt+{nth}"), page)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(deed)
        shortcuts.append(shortcut)
    return shortcuts
