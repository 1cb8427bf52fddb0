"""One of a list (Choice) and several of a list (MultiCheck)."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QSizePolicy, QStyledItemDelegate, QWidget

from desktop.model import names
from desktop.model.language import _
from desktop.ui.icons import paint_icon
from desktop.ui.kit.buttons import LinkButton
from desktop.ui.kit.flow import FlowLayout
from desktop.ui.kit.text import set_property
from desktop.ui.kit.ticks import CheckBox
from desktop.ui.look import follow, look

Options = Sequence[tuple[str, str]]  # key, word


class Choice(QComboBox):
    """One word of a list; the empty choice is there unless something must be chosen."""

    changed = Signal(str)
    mistaken = Signal(str)

    def __init__(self, options: Options, *, empty: str | None = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._empty, self._still = empty, False
        self.setItemDelegate(QStyledItemDelegate(self))  # without it the sheet's item heights are not heard
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)
        self.setMaxVisibleItems(12)
        self.set_options(options)
        self.activated.connect(self._chosen)
        follow(self, self.updateGeometry)

    def set_options(self, options: Options) -> None:
        """Another list; the choice stays if it is still in it."""
        before = self.value() if self.count() else ""
        self.clear()
        if self._empty is not None:
            self.addItem(self._empty, "")
        for key, word in options:
            self.addItem(word, key)
        self.set_value(before)

    def value(self) -> str:
        """The key of what is chosen."""
        return str(self.currentData() or "")

    def set_value(self, key: str) -> None:
        """Shows this choice; a key that left the list is shown as itself, not dropped. Tells nobody."""
        at = self.findData(key)
        if at < 0 and key:
            self.addItem(key, key)
            at = self.count() - 1
        self.setCurrentIndex(at)

    def mistake(self) -> str:
        """A choice cannot be mistaken."""
        return ""

    def set_tone(self, tone: str) -> None:
        """err, warn or nothing."""
        set_property(self, "tone", tone)

    def set_still(self, still: bool) -> None:
        """To be read only."""
        self._still = still
        set_property(self, "still", still)

    def showPopup(self) -> None:
        if not self._still:
            super().showPopup()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A letter goes to the next word whose pinyin begins with it: what stands there is Chinese, and the keyboard is not."""
        letter, held = event.text().lower(), event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        if not self._still and not held and len(letter) == 1 and "a" <= letter <= "z":
            at = self._next_with(letter)
            if at >= 0:
                self.setCurrentIndex(at)
                self.activated.emit(at)
            return
        super().keyPressEvent(event)

    def _next_with(self, letter: str) -> int:
        order = [(self.currentIndex() + 1 + nth) % self.count() for nth in range(self.count())]
        # All readings: 单位 is no surname here, whatever the first one of its sign is.
        return next((at for at in order if any(token.startswith(letter) for token in names.search_tokens(self.itemText(at)))), -1)

    def wheelEvent(self, event: QWheelEvent) -> None:
        # Scrolling the form over a list must not change what it says.
        event.ignore()

    def _chosen(self, _at: int) -> None:
        self.changed.emit(self.value())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        here, painter = look(), QPainter(self)
        side = here.u(16)
        if not self._still:
            ink = "text2" if self.isEnabled() else "text3"
            paint_icon(painter, "chevron-down", ink, self.width() - side - here.u(6), (self.height() - side) / 2, side)
        painter.end()


class MultiCheck(QWidget):
    """Several of a list as ticks that flow into lines; the rarer ones, and those that find no room in the line, behind 更多.

    Arrows go from tick to tick, Space ticks; Tab and Enter leave for the next field.
    """

    changed = Signal(list)
    mistaken = Signal(str)

    def __init__(self, options: Options, first: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._first, self._whole = first, not 0 < first < len(options)
        self._flow = FlowLayout(self)
        self.boxes: dict[str, CheckBox] = {}
        for nth, (key, word) in enumerate(options):
            box = CheckBox(word)
            box.clicked.connect(self._clicked)
            box.installEventFilter(self)
            if nth:
                box.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # Tab goes from field to field, as in a group of choices
            self.boxes[key] = box
            self._flow.addWidget(box)
        self.more = LinkButton(_("更多"), small=True)
        self.more.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.more.clicked.connect(self._show_all)
        self._flow.addWidget(self.more)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        if self.boxes:
            self.setFocusProxy(next(iter(self.boxes.values())))
        follow(self, self._restyle)

    def value(self) -> list[str]:
        """The keys that are ticked, in the order of the list."""
        return [key for key, box in self.boxes.items() if box.isChecked()]

    def set_value(self, keys: Iterable[str]) -> None:
        """Ticks these; tells nobody. A ticked one is never hidden behind 更多."""
        wanted = set(keys)
        for key, box in self.boxes.items():
            box.setChecked(key in wanted)
        self._whole = self._whole or bool(wanted & set(list(self.boxes)[self._first :]))
        self._fit()

    def mistake(self) -> str:
        """Ticks cannot be mistaken."""
        return ""

    def set_tone(self, tone: str) -> None:
        """A tone is said under the field; the ticks stay as they are."""
        set_property(self, "tone", tone)

    def set_still(self, still: bool) -> None:
        """To be read only."""
        for box in self.boxes.values():
            box.setEnabled(not still)

    def sizeHint(self) -> QSize:
        return QSize(look().u(200), max(look().field, self.heightForWidth(max(self.width(), look().u(200)))))

    def heightForWidth(self, width: int) -> int:
        return max(look().field, self._flow.heightForWidth(width))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in ARROWS:
            shown = [box for box in self.boxes.values() if not box.isHidden()]
            at = shown.index(watched) + ARROWS[Qt.Key(event.key())] if watched in shown else -1
            if at == len(shown) and not self._whole:
                self._show_all()
                shown = list(self.boxes.values())
            if 0 <= at < len(shown):
                shown[at].setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in LEAVING and watched is not self._head():
            self._head().setFocus(Qt.FocusReason.OtherFocusReason)  # the way on begins at the first tick, wherever one stands
            QApplication.sendEvent(self._head(), event)
            return True
        return super().eventFilter(watched, event)

    def _head(self) -> CheckBox:
        return next(iter(self.boxes.values()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Before 更多 is pressed one line is used, with as many ticks as have room beside it; a ticked one always shows."""
        gap = self._flow.spacing()
        room = self.width() - self._flow.contentsMargins().left() - self.more.sizeHint().width()
        fits = True
        for nth, box in enumerate(self.boxes.values()):
            room -= box.sizeHint().width() + gap
            fits = fits and (room >= 0 or nth == 0) and nth < self._first
            box.setVisible(self._whole or fits or box.isChecked())
        self.more.setVisible(not self._whole)
        self.updateGeometry()

    def _show_all(self) -> None:
        self._whole = True
        self._fit()

    def _clicked(self) -> None:
        self.changed.emit(self.value())

    def _restyle(self) -> None:
        here = look()
        self._flow.setSpacing(here.u(8))
        # The ticks stand in the middle of a line as tall as a field.
        line = max(self.more.sizeHint().height(), here.u(24))
        self._flow.setContentsMargins(0, max(0, (here.field - line) // 2), 0, 0)
        self._fit()


ARROWS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
LEAVING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
