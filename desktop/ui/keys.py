"""Working without the mouse: Enter goes from field to field as on the paper form, Alt with a digit starts a deed.

Enter belongs to the input method while it composes, to an open list while it is open, and to a text of many lines;
everywhere else in a form it means "next field", and in the last field "save".
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QScrollArea, QWidget

from desktop.model.language import _

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
FUNCTION = re.compile(r"F\d+")
SIGNS = {"Return": "Enter", "PgDown": "PgDn", "Up": "↑", "Down": "↓", "Left": "←", "Right": "→"}


@dataclass(frozen=True)
class PageKey:
    """One key of a page: what F1 says of it and what it does, in one line, so that neither can be true without the other.

    `also` are keys that mean the same and need no words. Without a deed the key belongs to the widget whose keys these are.
    """

    sequence: str
    words: str
    deed: Callable[[], object] | None = None
    also: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """As it stands on the keyboard: Ctrl+Enter, Alt+↑."""
        *held, last = self.sequence.split("+") if not self.sequence.endswith("++") else [self.sequence[:-2], "+"]
        return "+".join([*held, SIGNS.get(last, last) if last != "Space" else _("空格")])

    def answers(self, event: QKeyEvent) -> bool:
        """This key was pressed, on whichever block of the keyboard."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        pressed = QKeySequence(QKeyCombination(held, Qt.Key(event.key())))
        return any(QKeySequence(one) == pressed for one in (self.sequence, *self.also))


def bind(page: QWidget, keys: Iterable[PageKey]) -> None:
    """These keys start their deeds while the page is in sight: also from its head and the navigation, which are no part of it.

    A key that a button or a text needs for itself (Enter, PgUp) counts only while the focus is on the page.
    """
    context = Qt.ShortcutContext
    for key in keys:
        for sequence in (key.sequence, *key.also) if key.deed is not None else ():
            shortcut = QShortcut(QKeySequence(sequence), page)
            plain = "+" not in sequence and not FUNCTION.fullmatch(sequence)
            shortcut.setContext(context.WidgetWithChildrenShortcut if plain else context.WindowShortcut)
            shortcut.activated.connect(key.deed)


def tab_through(first: QWidget, pieces: Iterable[QWidget]) -> None:
    """Tab goes from `first` through these pieces in their order; what is made later than its neighbours would come last."""
    stops = [one for piece in pieces for one in (piece, *piece.findChildren(QWidget)) if one.focusPolicy() & Qt.FocusPolicy.TabFocus]
    for before, after in pairwise([first, *stops]):
        QWidget.setTabOrder(before, after)


def press(keys: Iterable[PageKey], event: QKeyEvent) -> bool:
    """The key that was pressed does its deed; False when it is none of these."""
    for key in keys:
        if key.deed is not None and key.answers(event):
            key.deed()
            return True
    return False


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

    @staticmethod
    def keys() -> list[PageKey]:
        """What Enter means in a form; saving is the page's own."""
        return [PageKey("Return", _("到下一项，顺序照纸表")), PageKey("Shift+Return", _("回上一项"))]

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


def digit_keys(deeds: Sequence[tuple[str, Callable[[], object]]]) -> list[PageKey]:
    """Alt+1, Alt+2 … start these deeds."""
    return [PageKey(f"Alt+{nth}", words, deed) for nth, (words, deed) in enumerate(deeds[:9], 1)]
