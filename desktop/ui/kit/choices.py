"""One of a list (Choice) and several of a list (MultiCheck)."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QStyledItemDelegate, QVBoxLayout, QWidget

from desktop.model.language import _
from desktop.ui.icons import paint_icon
from desktop.ui.kit.buttons import CheckBox, LinkButton
from desktop.ui.kit.flow import FlowLayout
from desktop.ui.kit.text import set_property
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
    """Several of a list as ticks that flow into lines; the rarer ones behind 更多."""

    changed = Signal(list)
    mistaken = Signal(str)

    def __init__(self, options: Options, first: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        inner = QWidget()
        self._flow = FlowLayout(inner)
        self._column.addWidget(inner)
        self.boxes: dict[str, CheckBox] = {}
        self._later: list[str] = []
        for at, (key, word) in enumerate(options):
            box = CheckBox(word)
            box.clicked.connect(self._clicked)
            self.boxes[key] = box
            self._flow.addWidget(box)
            if first and at >= first:
                self._later.append(key)
                box.hide()
        self.more = LinkButton(_("更多"))
        self.more.clicked.connect(self._show_all)
        self._flow.addWidget(self.more)
        self.more.setVisible(bool(self._later))
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
        if wanted & set(self._later):
            self._show_all()

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
        return QSize(look().u(200), max(look().field, self._flow.heightForWidth(max(self.width(), look().u(200)))))

    def _show_all(self) -> None:
        for key in self._later:
            self.boxes[key].show()
        self._later = []
        self.more.hide()
        self.updateGeometry()

    def _clicked(self) -> None:
        self.changed.emit(self.value())

    def _restyle(self) -> None:
        here = look()
        self._flow.setSpacing(here.u(8))
        self._column.setContentsMargins(0, here.u(4), 0, 0)

