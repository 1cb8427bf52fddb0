"""The drawer beside a list: one record to read and to do small deeds on, without leaving the list.

Where the window is narrow or the letters large the drawer becomes a page of its own (`ListWithDrawer` decides).
"""

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from desktop.model.language import _
from desktop.ui.icons import icon
from desktop.ui.kit.badges import Badge, BadgeData
from desktop.ui.kit.buttons import Action, Button, IconButton, LinkButton
from desktop.ui.kit.cards import ButtonFlow, Scrolled
from desktop.ui.kit.flow import tell_above
from desktop.ui.kit.text import Avatar, ElidedLabel, PlainMenu, Rule, literal
from desktop.ui.look import follow, look

WIDTH = 326


class Tabs(QWidget):
    """Names in a row with a 枣红 line under the one that is open."""

    changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.addStretch(1)
        self._group = QButtonGroup(self)
        self.tabs: dict[str, QPushButton] = {}
        follow(self, self._restyle)

    def add(self, key: str, label: str) -> None:
        """One more tab at the end; the first is open."""
        tab = Tab(literal(label), self)
        tab.setCheckable(True)
        tab.setChecked(not self.tabs)
        tab.setAccessibleName(label)
        tab.clicked.connect(lambda _checked=False, key=key: self.changed.emit(key))
        self._group.addButton(tab)
        self._row.insertWidget(self._row.count() - 1, tab)
        self.tabs[key] = tab

    def set_label(self, key: str, label: str) -> None:
        """The tab's word with another count."""
        self.tabs[key].setText(literal(label))
        self.tabs[key].setAccessibleName(label)

    @property
    def opened(self) -> str:
        """The tab that is open."""
        return next((key for key, tab in self.tabs.items() if tab.isChecked()), "")

    def show_only(self, keys: Collection[str]) -> None:
        """Only these tabs stand there."""
        for key, tab in self.tabs.items():
            tab.setVisible(key in keys)

    def width_of(self, keys: Collection[str]) -> int:
        """How much room these tabs need beside one another."""
        return self._row.contentsMargins().left() + sum(self.tabs[key].sizeHint().width() for key in keys)

    def open(self, key: str) -> None:
        """This tab is the open one; everybody is told."""
        self.tabs[key].setChecked(True)
        self.changed.emit(key)

    def _restyle(self) -> None:
        self._row.setContentsMargins(look().u(6), 0, 0, 0)
        self._row.setSpacing(0)


class Tab(QPushButton):
    """One tab; styled by the sheet."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)


class Drawer(QFrame):
    """Head (who, state, deeds), tabs, the open tab's content, foot."""

    closed = Signal()
    chosen = Signal(str)
    tab_changed = Signal(str)
    foot_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("drawer")
        self._column = QVBoxLayout(self)
        self._top, self._names, self._line = QHBoxLayout(), QVBoxLayout(), QHBoxLayout()
        # From the outside in, as everything that is made with a page: a piece that gets its parent later is styled anew.
        self._avatar, self._title = Avatar(parent=self), ElidedLabel("", "section", parent=self)
        self._below = ElidedLabel("", "caption", "text2", self)
        self.close_button = IconButton(_("关上 Esc"), "x", ink="text", parent=self)
        self.close_button.clicked.connect(self.closed)
        self._line.addWidget(self._title)
        self._line.addStretch(1)
        self._names.addStretch(1)
        self._names.addLayout(self._line)
        self._names.addWidget(self._below)
        self._names.addStretch(1)
        self._top.addWidget(self._avatar, 0, Qt.AlignmentFlag.AlignVCenter)
        self._top.addLayout(self._names, 1)
        self.more_button = IconButton(_("更多"), "dots", ink="text", parent=self)
        self.more_button.clicked.connect(self._open_more)
        self._more: list[Action] = []
        beside = QHBoxLayout()
        beside.setSpacing(0)
        beside.addWidget(self.more_button, 0, Qt.AlignmentFlag.AlignTop)
        beside.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        self._top.addLayout(beside)
        self._deeds = QHBoxLayout()
        self._badges: list[Badge] = []
        self._flow: ButtonFlow | None = None
        self.tabs = Tabs(self)
        self.tabs.changed.connect(self._show_tab)
        self._pages = QStackedWidget(self)
        self._at: dict[str, int] = {}
        self._foot = QHBoxLayout()
        self._foot_words, self._foot_link = ElidedLabel("", "caption", "text2", self), LinkButton("", parent=self)
        self._foot_link.clicked.connect(self.foot_clicked)
        self._foot.addWidget(self._foot_words, 1)
        self._foot.addWidget(self._foot_link)
        self._foot_rule = Rule(parent=self)
        for piece in (self._top, self._deeds, self.tabs, Rule(parent=self), self._pages, self._foot_rule, self._foot):
            if isinstance(piece, QWidget):
                self._column.addWidget(piece, 1 if piece is self._pages else 0)
            else:
                self._column.addLayout(piece)
        self.setTabOrder(self.close_button, self.more_button)  # where the drawer hides the list, Esc is what the keys find first
        self.more_button.hide()
        self.set_foot("", "")
        follow(self, self._restyle)

    def set_head(self, title: str, below: str = "", badges: Sequence[BadgeData] = (), avatar: str = "") -> None:
        """Who or what this is, and its state."""
        self._avatar.set_name(avatar or title)
        self._title.setText(title)
        self._below.setText(below)
        for old in self._badges:
            self._line.removeWidget(old)
            old.deleteLater()
        self._badges = [Badge(word, tone, picture) for tone, picture, word in badges]
        for at, badge in enumerate(self._badges):
            self._line.insertWidget(1 + at, badge)
        self.setAccessibleName(f"{title} {below}")

    def set_actions(self, actions: Sequence[Action], more: Sequence[Action] = ()) -> None:
        """The small deeds that can be done from here; those that are seldom wanted behind ⋯."""
        self._more = list(more)
        self.more_button.setVisible(bool(more))
        if self._flow is not None:
            self._deeds.removeWidget(self._flow)
            self._flow.hide()
            self._flow.deleteLater()
        buttons = []
        for action in actions:
            button = Button(action.label, action.icon, action.kind, action.shortcut)
            button.setEnabled(action.enabled)
            button.clicked.connect(lambda _checked=False, deed=action: self._choose(deed))
            buttons.append(button)
        self._flow = ButtonFlow(buttons)
        self._deeds.addWidget(self._flow, 1)

    def _open_more(self) -> None:
        menu = PlainMenu(self)
        for action in self._more:
            entry = menu.add(action.label, icon(action.icon) if action.icon else None)
            entry.setEnabled(action.enabled)
            entry.triggered.connect(lambda _checked=False, deed=action: self._choose(deed))
        menu.open_at(self.more_button.mapToGlobal(self.more_button.rect().bottomLeft()))

    def add_tab(self, key: str, label: str, page: QWidget | None = None) -> None:
        """One more tab with its content, which scrolls; it may be given later by `fill_tab`."""
        self._at[key] = self._pages.addWidget(Scrolled(page, self._pages))
        self.tabs.add(key, label)

    def fill_tab(self, key: str, page: QWidget) -> None:
        """What stands in a tab that was empty."""
        place = self._pages.widget(self._at[key])
        assert isinstance(place, Scrolled)
        place.hold(page)

    def set_foot(self, words: str, link: str = "") -> None:
        """One line at the foot; nothing hides it."""
        self._foot_words.setText(words)
        self._foot_link.set_label(link)
        for piece in (self._foot_words, self._foot_rule):
            piece.setVisible(bool(words or link))
        self._foot_link.setVisible(bool(link))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    def _choose(self, action: Action) -> None:
        if action.run is not None:
            action.run()
        self.chosen.emit(action.key)

    def _show_tab(self, key: str) -> None:
        self._pages.setCurrentIndex(self._at[key])
        self.tab_changed.emit(key)

    def _restyle(self) -> None:
        here = look()
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._top.setContentsMargins(here.u(14), here.u(14), here.u(12), here.u(8))
        self._top.setSpacing(here.u(10))
        self._names.setSpacing(here.u(2))
        self._line.setSpacing(here.u(8))
        self._deeds.setContentsMargins(here.u(14), 0, here.u(12), here.u(6))
        self._foot.setContentsMargins(here.u(14), here.u(4), here.u(10), here.u(4))


class ListWithDrawer(QWidget):
    """A list and its drawer side by side; where that is too narrow, the drawer in the place of the list.

    The two may be given later by `hold`, when they were made inside this widget: what moves into it as a whole is styled twice.
    """

    def __init__(self, listing: QWidget | None = None, drawer: Drawer | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._narrow, self._open = False, False
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        if listing is not None and drawer is not None:
            self.hold(listing, drawer)

    def hold(self, listing: QWidget, drawer: Drawer) -> None:
        """These two stand beside each other."""
        self.listing, self.drawer = listing, drawer
        self._row.addWidget(listing, 1)
        self._row.addWidget(drawer)
        drawer.closed.connect(self.close_drawer)
        follow(self, self._arrange)

    def set_narrow(self, narrow: bool) -> None:
        """Side by side, or one at a time."""
        self._narrow = narrow
        self._arrange()

    def open_drawer(self) -> None:
        """The record is shown; beside the list the keys stay in the list."""
        self._open = True
        self._arrange()

    def close_drawer(self) -> None:
        """Back to the whole list."""
        self._open = False
        self._arrange()
        self.listing.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._open:
            self.close_drawer()
            return
        super().keyPressEvent(event)

    @property
    def is_open(self) -> bool:
        """The drawer is shown."""
        return self._open

    def _arrange(self) -> None:
        self.drawer.setVisible(self._open)
        self.listing.setVisible(not (self._open and self._narrow))
        if self._narrow:
            self.drawer.setMinimumWidth(0)
            self.drawer.setMaximumWidth(16_777_215)
        else:
            self.drawer.setFixedWidth(look().u(WIDTH))
        tell_above(self)  # a page that is left this moment, or out of sight, must not go on asking for the width of both
