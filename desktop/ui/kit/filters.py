"""Above a list: what it is filtered by. Below it, while rows are ticked: what can be done with all of them."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop.model.language import _
from desktop.ui.icons import IconMark, icon
from desktop.ui.kit.badges import Chip
from desktop.ui.kit.buttons import Action, Button, IconButton, LinkButton
from desktop.ui.kit.lines import SearchEdit
from desktop.ui.kit.text import Label, PlainMenu
from desktop.ui.look import follow, look

SEARCH_DELAY = 150
SEARCH_LEAST, SEARCH_MOST = 150, 280  # how wide the search is


class FilterRow(QFrame):
    """Search (F3), the filters that are on as chips, 加条件, 清除; star and columns at the right."""

    searched = Signal(str)
    condition_wanted = Signal()
    chip_opened = Signal(str)
    chip_removed = Signal(str)
    cleared = Signal()
    star_clicked = Signal()
    columns_clicked = Signal()
    leave_down = Signal()

    def __init__(self, placeholder: str, *, star: bool = True, columns: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("filterRow")
        self.chips: dict[str, Chip] = {}
        self._row = QHBoxLayout(self)
        self.search = SearchEdit(placeholder, "F3", parent=self)
        self.search.installEventFilter(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SEARCH_DELAY)
        self.search.changed.connect(lambda _text: self._timer.start())
        self._timer.timeout.connect(lambda: self.searched.emit(self.search.value()))
        self.add = Button(_("加条件"), "plus", "ghost", flat=True, parent=self)
        self.add.clicked.connect(self.condition_wanted)
        self.clear = LinkButton(_("清除"), parent=self)
        self.clear.clicked.connect(self.cleared)
        self._with_star = star
        self.star = IconButton(_("常用筛选"), "star", parent=self)
        self.star.clicked.connect(self.star_clicked)
        self.columns = IconButton(_("选择列"), "columns-3", parent=self)
        self.columns.clicked.connect(self.columns_clicked)
        self._row.addWidget(self.search)
        self._more = Chip("", on=True, parent=self)
        self._row.addWidget(self._more)
        for piece in (self.add, self.clear):
            self._row.addWidget(piece)
        self._row.addStretch(1)
        self._row.addWidget(self.star)
        self._row.addWidget(self.columns)
        self.columns.setVisible(columns)
        self._more.clicked.connect(self.condition_wanted)
        self.show_chips([])
        follow(self, self._restyle)

    def show_chips(self, chips: Sequence[tuple[str, str, str]]) -> None:
        """The filters that are on: key, name, value."""
        for chip in self.chips.values():
            self._row.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self.chips = {}
        for at, (key, name, value) in enumerate(chips):
            chip = Chip(name, value, removable=True, parent=self)
            chip.clicked.connect(lambda key=key: self.chip_opened.emit(key))
            chip.removed.connect(lambda key=key: self.chip_removed.emit(key))
            self._row.insertWidget(1 + at, chip)
            self.chips[key] = chip
        self.clear.setVisible(bool(chips))
        self._fit()

    def focus_search(self) -> None:
        """F3: the search has the keys, its text marked."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Backspace and not self.search.text() and self.chips:
                self.chip_removed.emit(list(self.chips)[-1])
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._timer.stop()
                self.searched.emit(self.search.value())
                return True
            if event.key() == Qt.Key.Key_Down:
                self.leave_down.emit()
                return True
            if event.key() == Qt.Key.Key_Escape and self.search.text():
                self.search.clear()
                self.searched.emit("")
                return True
        return super().eventFilter(watched, event)

    def minimumSizeHint(self) -> QSize:
        """The search as short as it may be and all chips in the one that counts them: what is shown now would never let go of its room."""
        margins, gap = self._row.contentsMargins(), self._row.spacing()
        pieces = [p for p in (self.add, self.clear, self.star, self.columns) if not p.isHidden()] + [self._more] * bool(self.chips)
        width = look().u(SEARCH_LEAST) + sum(gap + piece.sizeHint().width() for piece in pieces)
        return QSize(margins.left() + width + margins.right(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The chips that have room; the others are counted in one chip, never cut."""
        here = look()
        margins = self._row.contentsMargins()
        gap = self._row.spacing()
        tight = here.is_narrow_size
        self.star.setVisible(self._with_star and not tight)  # with large letters the page offers it behind ⋯
        right = sum(p.sizeHint().width() + gap for p in (self.star, self.columns) if not p.isHidden())
        self.add.set_label("" if tight else _("加条件"))
        self.add.setAccessibleName(_("加条件"))
        self.clear.setVisible(bool(self.chips) and not tight)
        room = self.width() - margins.left() - margins.right() - right - here.u(SEARCH_LEAST) - gap
        room -= sum(p.sizeHint().width() + gap for p in (self.add, self.clear) if not p.isHidden())
        hidden = 0
        for chip in self.chips.values():
            needed = chip.sizeHint().width() + gap
            fits = not hidden and (room >= needed or self.width() < 50)
            chip.setVisible(fits)
            room -= needed if fits else 0
            hidden += not fits
        self._more.key, self._more.value = _("还有"), str(hidden)
        self._more.setAccessibleName(_("还有 {hidden} 个条件").format(hidden=hidden))
        self._more.setVisible(bool(hidden))
        self._more.updateGeometry()
        # What the chips leave over makes the search longer.
        self.search.setFixedWidth(min(here.u(SEARCH_MOST), here.u(SEARCH_LEAST) + max(0, 0 if hidden else room)))

    def _restyle(self) -> None:
        here = look()
        self._row.setContentsMargins(here.u(16), here.u(5), here.u(14), here.u(5))
        self._row.setSpacing(here.u(8))
        self.setMinimumHeight(here.u(42))
        self._fit()


class SelectionBar(QFrame):
    """Stands while rows are ticked: how many, four or five deeds, and what Ctrl+A would take."""

    chosen = Signal(str)
    closed = Signal()

    def __init__(self, actions: Sequence[Action], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("selectionBar")
        self._row = QHBoxLayout(self)
        self._mark, self._count = IconMark("circle-check", "on_act", parent=self), Label("", bold=True, parent=self)
        self._all = Label("", "caption", parent=self)
        self._all.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._row.addWidget(self._mark)
        self._row.addWidget(self._count)
        self.buttons: dict[str, Button] = {}
        self._actions = list(actions)
        for action in actions:
            button = Button(action.label, action.icon, "onact", parent=self)
            button.setEnabled(action.enabled)
            button.clicked.connect(lambda _checked=False, deed=action: self._choose(deed))
            self.buttons[action.key] = button
            self._row.addWidget(button)
        self.more = IconButton(_("更多"), "dots", "onact", parent=self)
        self.more.setProperty("square", True)
        self.more.clicked.connect(self._open_more)
        self._row.addWidget(self.more)
        self._row.addStretch(1)
        self._row.addWidget(self._all)
        self.close_button = IconButton(_("不选了"), "x", "onact", parent=self)
        self.close_button.setProperty("square", True)
        self.close_button.clicked.connect(self.closed)
        self._row.addWidget(self.close_button)
        self.hide()
        follow(self, self._restyle)

    def minimumSizeHint(self) -> QSize:
        """Deeds without room are left out, so that they never widen the window."""
        return QSize(look().u(240), super().minimumSizeHint().height())

    def show_count(self, ticked: int, filtered: int, unit: str = "") -> None:
        """`ticked` rows of `filtered`; none hides the bar."""
        unit = unit or _("条")
        self._count.setText(_("已选 {n} {unit}").format(n=f"{ticked:,}", unit=unit))
        rest = _("Ctrl+A 选中筛选出的 {n} {unit}").format(n=f"{filtered:,}", unit=unit)
        self._all.setText(rest if ticked < filtered else "")
        self.setAccessibleName(self._count.text())
        self.setVisible(ticked > 0)
        self._fit()

    def _choose(self, action: Action) -> None:
        if action.run is not None:
            action.run()
        self.chosen.emit(action.key)

    def _open_more(self) -> None:
        menu = PlainMenu(self)
        for action in self._actions:
            if not self.buttons[action.key].isVisible():
                entry = menu.add(action.label, icon(action.icon) if action.icon else None)
                entry.setEnabled(action.enabled)
                entry.triggered.connect(lambda _checked=False, deed=action: self._choose(deed))
        menu.open_at(self.more.mapToGlobal(self.more.rect().topLeft()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The deeds from the left that have room; the words about Ctrl+A give way first."""
        if self.isHidden():
            return  # it has no width yet
        room = self.width() - self._row.contentsMargins().left() * 2 - look().u(48)
        room -= self._count.sizeHint().width() + self._mark.width()
        gap = self._row.spacing()
        wanted = sum(button.sizeHint().width() + gap for button in self.buttons.values())
        self.more.setVisible(wanted > room)
        if wanted > room:
            room -= self.more.sizeHint().width() + gap
        for button in self.buttons.values():
            room -= button.sizeHint().width() + gap
            button.setVisible(room >= 0)
        self._all.setVisible(bool(self._all.text()) and self._all.sizeHint().width() <= room)

    def _restyle(self) -> None:
        here = look()
        self._row.setContentsMargins(here.u(16), 0, here.u(10), 0)
        self._row.setSpacing(here.u(4))
        self.setFixedHeight(max(here.u(36), here.field + here.u(2)))
        self._fit()
