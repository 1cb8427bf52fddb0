"""The left side of the window: eight groups, one open at a time, each counting what needs a hand.

Where the letters are large or the window narrow it becomes a rail: icons with their words, never icons alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.model.language import _
from desktop.ui.icons import TONE_ICONS, Logo, paint_icon
from desktop.ui.kit.badges import BadgeData, badge_size, paint_badge
from desktop.ui.kit.buttons import Button, IconButton
from desktop.ui.kit.cards import Scrolled
from desktop.ui.kit.text import Avatar, Clickable, ElidedLabel, Label, Rule, set_tip
from desktop.ui.look import follow, look

WIDE, RAIL = 208, 60
COUNT_ICONS = {**TONE_ICONS, "warn": "clock"}


@dataclass(frozen=True)
class NavItem:
    """One page below a group."""

    key: str
    label: str


@dataclass(frozen=True)
class NavGroup:
    """One group; without items it is a page itself. `short` is its word on the rail."""

    key: str
    label: str
    icon: str
    items: tuple[NavItem, ...] = ()
    short: str = ""


class NavRow(Clickable):
    """One line of the navigation, or one tile of the rail."""

    clicked = Signal(str)

    def __init__(self, key: str, label: str, picture: str = "", *, child: bool = False, opens: bool = False, short: str = "") -> None:
        super().__init__()
        self.key, self.label, self.picture, self.child, self.opens = key, label, picture, child, opens
        self.short = short or label[:2]
        self.current, self.expanded, self.rail = False, False, False
        self.count: BadgeData | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(label)
        follow(self, self.restyle)

    def restyle(self) -> None:
        """The height follows the letters."""
        self.updateGeometry()
        self.update()

    def set_count(self, tone: str, count: int) -> None:
        """What needs a hand: overdue (err) or waiting today (warn); nought shows nothing."""
        self.count = (tone, COUNT_ICONS[tone], str(count)) if count else None
        words = {"err": _("逾期"), "warn": _("待办")}.get(tone, "")
        self.setAccessibleName(f"{self.label} {words} {count}".strip() if count else self.label)
        self.update()

    def set_state(self, *, current: bool, expanded: bool) -> None:
        """Where we are, and whether the group below is open."""
        self.current, self.expanded = current, expanded
        self.update()

    def pressed(self) -> None:
        self.clicked.emit(self.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
            return
        super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        here = look()
        if self.rail:
            return QSize(here.u(RAIL), here.u(18) + QFontMetrics(here.font()).height() + here.u(2))
        return QSize(here.u(WIDE), here.u(29 if self.child else 34))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().u(48), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        here, painter = look(), QPainter(self)
        leaf = self.current and not (self.opens and self.expanded and not self.rail)
        if leaf:
            painter.fillRect(self.rect(), here.colour("brand_soft"))
            painter.fillRect(0, 0, here.u(3), self.height(), here.colour("brand"))
        elif self.underMouse():
            painter.fillRect(self.rect(), here.colour("hover"))
        if self.hasFocus():
            painter.setPen(QPen(here.colour("act"), here.tokens.focus))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        (self._paint_tile if self.rail else self._paint_line)(painter, leaf=leaf)
        painter.end()

    def _paint_line(self, painter: QPainter, *, leaf: bool) -> None:
        here = look()
        right = self.width() - here.u(10)
        if self.picture:
            side = here.u(18)
            ink = "brand_text" if self.current else "text2"
            paint_icon(painter, self.picture, ink, here.u(13), (self.height() - side) / 2, side)
        if self.opens:
            side = here.u(14)
            arrow = "chevron-down" if self.expanded else "chevron-right"
            paint_icon(painter, arrow, "text2", right - side, (self.height() - side) / 2, side)
        if self.count is not None:
            size = badge_size(self.count)
            edge = right - here.u(23) if self.opens else right
            paint_badge(painter, QRect(edge - size.width(), (self.height() - size.height()) // 2, size.width(), size.height()), self.count)
            right = edge - size.width() - here.u(4)
        font = here.font("body", bold=self.current)
        painter.setFont(font)
        painter.setPen(here.colour("brand_text" if leaf and self.child else "text" if self.current or not self.child else "text2"))
        room = QRect(here.u(40), 0, right - here.u(40), self.height())
        words = QFontMetrics(font).elidedText(self.label, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), words)

    def _paint_tile(self, painter: QPainter, *, leaf: bool) -> None:
        here = look()
        side = here.u(18)
        left = (self.width() - side) / 2
        paint_icon(painter, self.picture, "brand_text" if self.current else "text2", left, here.u(2), side)
        if self.count is not None:  # a dot says that something waits; the number stands on the page
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(here.colour(self.count[0]))
            painter.drawEllipse(QRectF(left + side, here.u(2), here.u(6), here.u(6)))
        painter.setFont(here.font("body", bold=self.current))
        painter.setPen(here.colour("brand_text" if self.current else "text2"))
        words = painter.fontMetrics().elidedText(self.short, Qt.TextElideMode.ElideRight, self.width() - here.u(2))
        room = QRect(0, here.u(2) + side, self.width(), self.height() - here.u(2) - side)
        painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter), words)


class Navigation(QFrame):
    """Logo and place, search, the groups, and at the foot settings, help, letter size, user, lock."""

    chosen = Signal(str)
    search_wanted = Signal()
    foot = Signal(str)  # settings, help, size, user, lock

    def __init__(self, groups: Sequence[NavGroup], place: str, user: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("navigation")
        self.groups = list(groups)
        self.rows: dict[str, NavRow] = {}
        self._parent_of: dict[str, str] = {}
        self._open_group, self._current, self._rail = "", "", False
        self._column = QVBoxLayout(self)
        self._build_head(place)
        self._build_rows()
        self._build_foot(user)
        follow(self, self._restyle)

    def _build_head(self, place: str) -> None:
        self._head, names = QHBoxLayout(), QVBoxLayout()
        self._logo, self._mark, self._place = Logo(30), Label(_("连心")), ElidedLabel(place, "caption", "text2")
        names.setSpacing(0)
        names.addWidget(self._mark)
        names.addWidget(self._place)
        self._head.addWidget(self._logo)
        self._head.addLayout(names, 1)
        self.search = Button(_("找人、找事"), "search", hint="Ctrl+K", ink="text2")
        self.search.setAccessibleName(_("找人、找事 Ctrl+K"))
        self.search.clicked.connect(self.search_wanted)
        self._column.addLayout(self._head)
        self._finder = QHBoxLayout()
        self._finder.addWidget(self.search)
        self._column.addLayout(self._finder)

    def _build_rows(self) -> None:
        inner = QWidget()
        self._list = QVBoxLayout(inner)
        self._list.setContentsMargins(0, 0, 0, 0)
        for group in self.groups:
            row = NavRow(group.key, group.label, group.icon, opens=bool(group.items), short=group.short)
            row.clicked.connect(self._pressed)
            self.rows[group.key] = row
            self._list.addWidget(row)
            for item in group.items:
                child = NavRow(item.key, item.label, child=True)
                child.clicked.connect(self._pressed)
                self.rows[item.key] = child
                self._parent_of[item.key] = group.key
                self._list.addWidget(child)
        self._list.addStretch(1)
        self._scroll = Scrolled(inner)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._column.addWidget(self._scroll, 1)

    def _build_foot(self, user: str) -> None:
        self._rule = Rule()
        self._column.addWidget(self._rule)
        self._deeds, self._who = QHBoxLayout(), QHBoxLayout()
        self._settings = Button(_("设置"), "settings", "ghost", flat=True)
        self._help = Button(_("帮助"), "help", "ghost", flat=True)
        self._size = IconButton(_("字的大小 Ctrl++"), "text-size")
        self._avatar, self._user = Avatar(user, 20), ElidedLabel(user, "caption", "text2")
        self._lock = IconButton(_("锁上 Ctrl+L"), "lock")
        for button, key in ((self._settings, "settings"), (self._help, "help"), (self._size, "size"), (self._lock, "lock")):
            button.clicked.connect(lambda _checked=False, key=key: self.foot.emit(key))
        for piece in (self._settings, self._help):
            self._deeds.addWidget(piece)
        self._deeds.addStretch(1)
        self._deeds.addWidget(self._size)
        self._who.addWidget(self._avatar)
        self._who.addWidget(self._user, 1)
        self._who.addWidget(self._lock)
        self._column.addLayout(self._deeds)
        self._column.addLayout(self._who)

    # what it shows

    def set_place(self, place: str) -> None:
        """Which office this is."""
        self._place.setText(place)

    def set_user(self, user: str) -> None:
        """Who works here now."""
        self._user.setText(user)
        self._avatar.set_name(user)

    def set_count(self, key: str, tone: str, count: int) -> None:
        """What waits behind a group or a page."""
        self.rows[key].set_count(tone, count)

    def set_current(self, key: str) -> None:
        """Where we are; its group is the open one."""
        self._current = key
        self._open_group = self._parent_of.get(key, key)
        self._show()

    def set_rail(self, rail: bool) -> None:
        """Icons with short words, or the whole navigation."""
        self._rail = rail
        self._restyle()

    def _pressed(self, key: str) -> None:
        items = next((group.items for group in self.groups if group.key == key), ())
        if not items:
            self.chosen.emit(key)
        elif self._rail or self._open_group != key:
            self._open_group = key
            self._show()
            self.chosen.emit(items[0].key)
        else:
            self._open_group = ""
            self._show()

    def _show(self) -> None:
        group_of_current = self._parent_of.get(self._current, self._current)
        for key, row in self.rows.items():
            row.rail = self._rail
            parent = self._parent_of.get(key)
            row.setVisible(parent is None or (parent == self._open_group and not self._rail))
            row.set_state(current=key in (self._current, group_of_current), expanded=key == self._open_group)
            row.restyle()

    def _restyle(self) -> None:
        here = look()
        self.setFixedWidth(here.u(RAIL if self._rail else WIDE))
        self._mark.setFont(here.wordmark(16 if self._rail else 18))
        self._mark.set_ink("brand_text" if self._rail else "")
        self._mark.setAlignment(Qt.AlignmentFlag.AlignHCenter if self._rail else Qt.AlignmentFlag.AlignLeft)
        side = 0 if self._rail else here.u(14)
        self._head.setContentsMargins(side, here.u(12 if not self._rail else 6), side, here.u(8 if not self._rail else 2))
        self._head.setSpacing(here.u(10))
        self._finder.setContentsMargins(*((0, 0, 0, 0) if self._rail else (here.u(10), 0, here.u(10), here.u(8))))
        self._column.setContentsMargins(0, 0, here.tokens.border, here.u(8))
        self._column.setSpacing(0)
        edge = here.u(4 if self._rail else 10)
        for layout in (self._deeds, self._who):
            layout.setContentsMargins(edge, here.u(5), edge, 0)
            layout.setSpacing(here.u(4))
        if self._rail:
            self._who.setContentsMargins(0, 0, 0, 0)
        for piece in (self._logo, self._place, self.search, self._rule, self._size, self._avatar, self._user, self._lock):
            piece.setVisible(not self._rail)
        policy = Qt.ScrollBarPolicy
        self._list.setSpacing(here.u(5) if self._rail else 0)  # a word belongs to the picture above it, not to the one below
        self._scroll.setVerticalScrollBarPolicy(policy.ScrollBarAlwaysOff if self._rail else policy.ScrollBarAsNeeded)
        self._settings.set_label("" if self._rail else _("设置"))
        self._help.set_label("" if self._rail else _("帮助"))
        for button, words in ((self._settings, _("设置")), (self._help, _("帮助 F1"))):
            button.setAccessibleName(words)
            set_tip(button, words if self._rail else "")
        self._show()
