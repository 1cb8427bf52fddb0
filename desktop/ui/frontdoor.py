"""What the windows before the office's own share: cards to pick from, the steps at the left, big letters and contrast at the foot."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPen, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.model.language import _
from desktop.ui.icons import IconMark, paint_icon
from desktop.ui.kit.badges import Badge, BadgeData
from desktop.ui.kit.bars import Bar
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.stepper import Step
from desktop.ui.kit.text import Avatar, Clickable, ElidedLabel, Label
from desktop.ui.look import STANDARD, STEPS, follow, look


class PickCard(Clickable):
    """One of several, as a card: chosen = tinted with a thick border, refused = dashed and not to be pressed."""

    clicked = Signal(str)

    def __init__(self, key: str, title: str, below: str, *, badge: BadgeData | None = None, refused: bool = False,
                 radio: bool = False, picture: str = "", avatar: str = "") -> None:  # fmt: skip
        super().__init__()
        self.key, self.title, self.refused, self.chosen, self._radio = key, title, refused, False, radio
        self._row, self._words, self._line = QHBoxLayout(self), QVBoxLayout(), QHBoxLayout()
        if avatar:
            self._row.addWidget(Avatar(avatar, 34), 0, Qt.AlignmentFlag.AlignVCenter)
        if picture:
            self._row.addWidget(IconMark(picture, "brand_text", 24), 0, Qt.AlignmentFlag.AlignVCenter)
        name = ElidedLabel(title, ink="text2" if refused else "")
        name.set_bold(True)
        self._line.addWidget(name)
        if badge is not None:
            self._line.addWidget(Badge(badge[2], badge[0], badge[1]))
        self._line.addStretch(1)
        self._words.addStretch(1)
        self._words.addLayout(self._line)
        if below:
            self._words.addWidget(Label(below, "caption", "text2", wrap=True))
        self._words.addStretch(1)
        self._row.addLayout(self._words, 1)
        self.setAccessibleName("，".join(part for part in (title, badge[2] if badge else "", below) if part))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        if refused:
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.setCursor(Qt.CursorShape.ForbiddenCursor)
        follow(self, self._restyle)

    def add_room(self, free: str, used: float) -> None:
        """How much room there is, in words and as a bar."""
        column = QVBoxLayout()
        words, bar = Label(free, "caption", "text2"), Bar(used)
        words.setAlignment(Qt.AlignmentFlag.AlignRight)
        bar.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        column.addStretch(1)
        column.addWidget(words)
        column.addWidget(bar)
        column.addStretch(1)
        column.setSpacing(look().u(4))
        self._row.addLayout(column)

    def set_chosen(self, chosen: bool) -> None:
        """This one, or another."""
        self.chosen = chosen
        self.setAccessibleDescription(_("已选") if chosen else "")
        self.update()

    def pressed(self) -> None:
        if not self.refused:
            self.clicked.emit(self.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        here, painter = look(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        strong = self.chosen or self.hasFocus()
        width = here.tokens.focus if strong else here.tokens.border
        pen = QPen(here.colour("act" if strong else "line"), width)
        if self.refused:
            pen.setDashPattern([3, 2])
        painter.setPen(pen)
        ground = "window" if self.refused else "act_soft" if self.chosen else "hover" if self.underMouse() else "surface"
        painter.setBrush(here.colour(ground))
        half = width / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), here.u(6), here.u(6))
        if self._radio:
            self._paint_radio(painter)
        elif self.chosen:
            side = here.u(18)
            paint_icon(painter, "check", "act", self.width() - side - here.u(14), (self.height() - side) / 2, side)
        painter.end()

    def _paint_radio(self, painter: QPainter) -> None:
        here = look()
        side = here.u(16)
        ring = QRectF(here.u(18), (self.height() - side) / 2, side, side)
        painter.setPen(QPen(here.colour("act" if self.chosen else "line2"), 1.5 * here.tokens.border))
        painter.setBrush(here.colour("surface"))
        painter.drawEllipse(ring)
        if self.chosen:
            inset = side * 0.32
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(here.colour("act"))
            painter.drawEllipse(ring.adjusted(inset, inset, -inset, -inset))

    def _restyle(self) -> None:
        here = look()
        left = here.u(46) if self._radio else here.u(12)
        right = here.u(15) if self._radio else here.u(40)
        self._row.setContentsMargins(left, here.u(8), right, here.u(8))
        self._row.setSpacing(here.u(10))
        self._line.setSpacing(here.u(8))
        self._words.setSpacing(here.u(2))
        self.updateGeometry()


class PickList(QWidget):
    """Cards of which one is chosen; Enter on a card chooses it and goes on."""

    chosen = Signal(str)
    taken = Signal(str)

    def __init__(self, cards: Sequence[PickCard] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self.cards: dict[str, PickCard] = {}
        self.show_cards(cards)
        follow(self, self._restyle)

    def show_cards(self, cards: Sequence[PickCard], chosen: str = "") -> None:
        """These cards; the one of this key is chosen."""
        for old in self.cards.values():
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.cards = {card.key: card for card in cards}
        for card in cards:
            self._column.addWidget(card)
            card.clicked.connect(self._clicked)
        self.choose(chosen)

    def value(self) -> str:
        """The key of the chosen card."""
        return next((key for key, card in self.cards.items() if card.chosen), "")

    def choose(self, key: str) -> None:
        """Shows this choice; tells nobody."""
        for each, card in self.cards.items():
            card.set_chosen(each == key)
        if key in self.cards:
            self.setFocusProxy(self.cards[key])

    def _clicked(self, key: str) -> None:
        again = self.value() == key
        self.choose(key)
        self.chosen.emit(key)
        if again:
            self.taken.emit(key)

    def _restyle(self) -> None:
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(look().u(9))


class SideSteps(QWidget):
    """The way one goes, downward: done = ring and tick, now = solid with its number, next = outlined."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.steps: list[Step] = []
        self.now = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        follow(self, self._restyle)

    def show_steps(self, steps: Sequence[Step], now: int) -> None:
        """`now` counts from 0."""
        self.steps, self.now = list(steps), now
        at = _("第 {now} 步，共 {of} 步").format(now=min(now + 1, len(steps)), of=len(steps))
        self.setAccessibleName(f"{at}：{steps[now].name}" if now < len(steps) else at)
        self._restyle()

    def _each(self) -> int:
        here = look()
        letters = QFontMetrics(here.font("body", bold=True)).height() + QFontMetrics(here.font("caption")).height()
        return max(here.u(49), letters + here.u(9))

    def sizeHint(self) -> QSize:
        return QSize(look().u(200), self._each() * len(self.steps))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for nth, step in enumerate(self.steps):
            self._paint_step(painter, nth, step)
        painter.end()

    def _paint_step(self, painter: QPainter, nth: int, step: Step) -> None:
        here = look()
        done, now, each = nth < self.now, nth == self.now, self._each()
        side, top = here.u(25), nth * each
        ring = QRectF(1, top + here.u(6), side, side)
        painter.setPen(QPen(here.colour("ok" if done else "brand" if now else "line2"), 1.2 * here.tokens.border))
        painter.setBrush(here.colour("ok_soft" if done else "brand" if now else "surface"))
        painter.drawEllipse(ring)
        if done:
            inset = side * 0.2
            paint_icon(painter, "check", "ok", ring.x() + inset, ring.y() + inset, side - 2 * inset)
        else:
            painter.setFont(here.font("body", bold=True))
            painter.setPen(here.colour("on_brand" if now else "text2"))
            painter.drawText(ring, int(Qt.AlignmentFlag.AlignCenter), str(nth + 1))
        left = here.u(38)
        for words, font, ink in (
            (step.name, here.font("body", bold=now), "text" if nth <= self.now else "text2"),
            (step.below, here.font("caption"), "text2"),
        ):
            letters = QFontMetrics(font)
            painter.setFont(font)
            painter.setPen(here.colour(ink))
            room = QRect(left, top, self.width() - left, letters.height())
            painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), letters.elidedText(words, Qt.TextElideMode.ElideRight, room.width()))
            top += letters.height()

    def _restyle(self) -> None:
        self.setFixedHeight(self.sizeHint().height())
        self.update()


class FrontFoot(QWidget):
    """Big letters and contrast, before anybody has signed in."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row = QHBoxLayout(self)
        self.letters = Button(_("大字"), "text-size", "ghost", "Ctrl++", flat=True)
        self.contrast = Button(_("高对比"), "contrast", "ghost", flat=True)
        self.letters.clicked.connect(next_size)
        self.contrast.clicked.connect(self._turn_contrast)
        self.row.addWidget(self.letters)
        self.row.addWidget(self.contrast)
        self.row.addStretch(1)
        self._before = "light"
        follow(self, self._restyle)

    def _turn_contrast(self) -> None:
        here = look()
        if here.theme == "contrast":
            here.set_theme(self._before)
        else:
            self._before = here.theme
            here.set_theme("contrast")

    def _restyle(self) -> None:
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(look().u(6))
        self.contrast.set_label(_("不用高对比") if look().theme == "contrast" else _("高对比"))


def next_size() -> None:
    """The next named step of letters, and after the largest the smallest again."""
    look().set_size(next((step for step in STEPS if step > look().size), STEPS[0]))


def size_keys(window: QWidget) -> None:
    """Ctrl++, Ctrl+- and Ctrl+0 change the letters of this window as they do in the office's."""
    for keys, deed in (("Ctrl++", lambda: look().step(1)), ("Ctrl+=", lambda: look().step(1)),
                       ("Ctrl+-", lambda: look().step(-1)), ("Ctrl+0", lambda: look().set_size(STANDARD))):  # fmt: skip
        QShortcut(QKeySequence(keys), window).activated.connect(deed)


def fit_screen(window: QWidget, width: int, height: int) -> None:
    """The size drawn for the standard letters, larger with them, never larger than the screen."""
    screen = window.screen() or QGuiApplication.primaryScreen()
    room = screen.availableGeometry()
    window.resize(min(look().u(width), room.width()), min(look().u(height), room.height()))
