"""What a screen reader is told of the widgets that paint their items themselves: Qt knows neither their role nor what stands in them.

A widget becomes a `Spoken` by mixing it in before Qt's own class; it says how many items there are, what each says, where it
is painted and which one the keys stand on. `speak` makes Qt ask here; `Look.install` does it once for the program.
"""

from typing import Any
from weakref import ref

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget
from shiboken6 import isValid

_kept: list[Any] = []  # Qt holds its side of an interface only; ours has to live as long


class Spoken:
    """A widget with items of its own painting. What it is as a whole stays in its accessible name.

    Whoever mixes it in answers the four questions below; they are not `abstractmethod`s, for ABC's metaclass and Qt's exclude each other.
    """

    spoken_role = QAccessible.Role.List
    spoken_item_role = QAccessible.Role.ListItem

    def spoken_count(self) -> int:
        """How many items there are."""
        raise NotImplementedError

    def spoken_words(self, nth: int) -> str:
        """What an item says."""
        raise NotImplementedError

    def spoken_place(self, nth: int) -> QRect:
        """Where an item is painted, in the widget; empty when it is out of sight."""
        raise NotImplementedError

    def spoken_now(self) -> int:
        """The item that the keys stand on; -1 for none."""
        raise NotImplementedError

    def spoken_beside(self) -> list[QWidget]:
        """What else stands in it, as a widget: a form that opened between the items."""
        return []


def speak() -> None:
    """From now on Qt asks here first."""
    QAccessible.installFactory(_interface)


def tell_item(widget: QWidget) -> None:
    """The keys stand on another item of a `Spoken`, or have come to it: a reader speaks that item, not the whole."""
    assert isinstance(widget, Spoken)
    now = widget.spoken_now()
    widget.setAccessibleDescription(widget.spoken_words(now) if 0 <= now < widget.spoken_count() else "")
    whole = QAccessible.queryAccessibleInterface(widget) if QAccessible.isActive() and widget.hasFocus() else None
    item = whole.focusChild() if whole is not None else None
    if item is not None:
        QAccessible.updateAccessibility(QAccessibleEvent(item, QAccessible.Event.Focus))


def _interface(_name: str, thing: QObject) -> QAccessibleInterface | None:
    """Qt's question for the interface of an object; ours are the `Spoken` alone."""
    if not isinstance(thing, Spoken) or not isinstance(thing, QWidget):
        return None
    _kept[:] = [one for one in _kept if isValid(one)]
    whole = _Whole(thing)
    _kept.append(whole)
    return whole


# Where Qt means "nothing" the overrides below say None; PySide's stubs promise an object, hence each `type: ignore[override]`.


class _Whole(QAccessibleWidget):
    """The widget itself, with its items as children."""

    def __init__(self, widget: QWidget) -> None:
        assert isinstance(widget, Spoken)
        super().__init__(widget, widget.spoken_role, widget.accessibleName())
        self._widget = ref(widget)
        self._role = widget.spoken_role
        self._items: list[_Item] = []
        widget.destroyed.connect(self._forget)

    def _spoken(self) -> Spoken | None:
        widget = self._widget()
        return widget if isinstance(widget, Spoken) and isinstance(widget, QWidget) and isValid(widget) else None

    def _forget(self) -> None:
        for item in self._items:
            QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(item))
        self._items = []

    def role(self) -> QAccessible.Role:
        return self._role

    def childCount(self) -> int:
        here = self._spoken()
        return here.spoken_count() + len(here.spoken_beside()) if here is not None else 0

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        here = self._spoken()
        if here is None or not 0 <= index < self.childCount():
            return None
        if index >= here.spoken_count():
            return QAccessible.queryAccessibleInterface(here.spoken_beside()[index - here.spoken_count()])
        while len(self._items) <= index:
            item = _Item(self._widget, len(self._items))
            self._items.append(item)
            _kept.append(item)
        return self._items[index]

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        here, thing = self._spoken(), child.object()
        if isinstance(child, _Item) or here is None:
            return child.nth if isinstance(child, _Item) else -1
        return next((here.spoken_count() + at for at, piece in enumerate(here.spoken_beside()) if piece is thing), -1)

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        return next((one for at in range(self.childCount()) if (one := self.child(at)) is not None and one.rect().contains(x, y)), None)

    def focusChild(self) -> QAccessibleInterface | None:  # type: ignore[override]
        widget, here = self._widget(), self._spoken()
        if widget is None or here is None:
            return None
        if widget.hasFocus():
            return self.child(here.spoken_now()) if 0 <= here.spoken_now() < here.spoken_count() else None
        return super().focusChild()


class _Item(QAccessibleInterface):
    """One item of a painted widget, by its number: everything else is asked of the widget."""

    def __init__(self, widget: Any, nth: int) -> None:
        super().__init__()
        self._widget, self.nth = widget, nth

    def _here(self) -> Any:
        widget = self._widget()
        return widget if widget is not None and isValid(widget) and self.nth < widget.spoken_count() else None

    def isValid(self) -> bool:
        return self._here() is not None

    def object(self) -> QObject | None:  # type: ignore[override]
        return None

    def window(self) -> Any:
        above = self.parent()
        return above.window() if above is not None else None

    def parent(self) -> QAccessibleInterface | None:  # type: ignore[override]
        widget = self._widget()
        return QAccessible.queryAccessibleInterface(widget) if widget is not None and isValid(widget) else None

    def childCount(self) -> int:
        return 0

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        return None

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        return None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return -1

    def role(self) -> QAccessible.Role:
        here = self._here()
        return here.spoken_item_role if here is not None else QAccessible.Role.NoRole

    def text(self, kind: QAccessible.Text) -> str:
        here = self._here()
        return str(here.spoken_words(self.nth)) if here is not None and kind == QAccessible.Text.Name else ""

    def setText(self, kind: QAccessible.Text, words: str) -> None:
        """What is painted is not written to from outside."""

    def rect(self) -> QRect:
        here = self._here()
        place = here.spoken_place(self.nth) if here is not None else QRect()
        return place if place.isEmpty() else place.translated(here.mapToGlobal(QPoint()))

    def state(self) -> QAccessible.State:
        here, state = self._here(), QAccessible.State()
        now = here is not None and here.spoken_now() == self.nth
        bits: Any = state  # the stub leaves out its fields
        bits.focusable = bits.selectable = True
        bits.selected, bits.focused = now, bool(now and here.hasFocus())
        bits.offscreen = here is None or here.spoken_place(self.nth).isEmpty()
        return state
