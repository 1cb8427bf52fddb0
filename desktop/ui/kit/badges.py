"""States said by icon and word, filters as chips, batches as four dots with their word.

The painting is a function, so that the rows of a table show the very same badge without a widget per cell.
"""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.model.language import _
from desktop.ui.icons import paint_icon
from desktop.ui.kit.text import Clickable, Label, set_tip
from desktop.ui.look import follow, look

BadgeData = tuple[str, str, str]  # tone, icon, word; a category has tone "wait" and no icon


def badge_size(badge: BadgeData) -> QSize:
    """The room a badge needs at the letter size of now."""
    here = look()
    letters = QFontMetrics(here.font("caption"))
    picture = here.u(18) if badge[1] else 0
    return QSize(here.u(12) + picture + letters.horizontalAdvance(badge[2]), letters.height() + here.u(2))


def paint_badge(painter: QPainter, rect: QRect, badge: BadgeData) -> None:
    """The badge in `rect`: soft ground, icon, word; in high contrast an outline as well."""
    tone, picture, word = badge
    here = look()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = QRectF(rect)
    if here.theme == "contrast":
        painter.setPen(QPen(here.colour(f"{tone}_line"), 1))
        box = box.adjusted(0.5, 0.5, -0.5, -0.5)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(here.colour(f"{tone}_soft"))
    painter.drawRoundedRect(box, here.u(3), here.u(3))
    left = rect.x() + here.u(6)
    if picture:
        side = here.u(14)
        paint_icon(painter, picture, tone, left, rect.y() + (rect.height() - side) / 2, side)
        left += here.u(18)
    painter.setPen(here.colour(tone))
    painter.setFont(here.font("caption"))
    room = QRect(left, rect.y(), rect.right() - left + 1, rect.height())
    painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), word)


def fitting(badges: Sequence[BadgeData], width: int) -> list[tuple[int, BadgeData]]:
    """The badges that fit whole into `width`, with their left edges; a badge is never cut in half."""
    placed: list[tuple[int, BadgeData]] = []
    left = 0
    for badge in badges:
        needed = badge_size(badge).width()
        if left + needed > width and placed:
            break
        placed.append((left, badge))
        left += needed + look().u(4)
    return placed


class Badge(QWidget):
    """A state or a category."""

    def __init__(self, word: str, tone: str = "wait", picture: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_badge((tone, picture, word))
        follow(self, self._restyle)

    def show_badge(self, badge: BadgeData) -> None:
        """Another state in the same place."""
        self.badge = badge
        self.setAccessibleName(badge[2])
        self.updateGeometry()
        self.update()

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return badge_size(self.badge)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_badge(painter, self.rect(), self.badge)
        painter.end()


class KeyCap(Label):
    """A key as it stands on the keyboard."""

    def __init__(self, keys: str) -> None:
        super().__init__(keys, "caption")
        self.set_bold(True)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)

    def paintEvent(self, event: QPaintEvent) -> None:
        here, painter = look(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(here.colour("line2"), here.tokens.border))
        painter.setBrush(here.colour("surface"))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), here.u(3), here.u(3))
        painter.end()
        super().paintEvent(event)


LEAST_CHIP = 96  # of a chip whose name is cut: some four characters and its ×


class Chip(Clickable):
    """A filter that is on (key grey, value blue, ×) or a choice with its count (today 5)."""

    clicked = Signal()
    removed = Signal()

    def __init__(self, key: str, value: str = "", *, on: bool = True, removable: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key, self.value, self.on, self.removable = key, value, on, removable
        wide = QSizePolicy.Policy.Maximum if removable else QSizePolicy.Policy.Fixed  # a record's name may be cut, a choice never
        self.setSizePolicy(wide, QSizePolicy.Policy.Fixed)
        follow(self, self._restyle)
        self._name()

    def set_on(self, on: bool) -> None:
        """Chosen or not, among its neighbours."""
        self.on = on
        self._name()
        self.update()

    def set_value(self, value: str) -> None:
        """Another value or count."""
        self.value = value
        self._name()
        self.updateGeometry()

    def pressed(self) -> None:
        self.clicked.emit()

    def _name(self) -> None:
        words = f"{self.key} {self.value}".strip()
        self.setAccessibleName(_("筛选：{words}，按 Delete 去掉").format(words=words) if self.removable else words)
        set_tip(self, words if self.removable else "")

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        here = look()
        letters = QFontMetrics(here.font())
        words = letters.horizontalAdvance(self.key) + (here.u(4) + letters.horizontalAdvance(self.value) if self.value else 0)
        cross = here.u(21) if self.removable else 0
        return QSize(words + here.u(20) + cross, letters.height() + here.u(6))

    def minimumSizeHint(self) -> QSize:
        whole = self.sizeHint()
        return QSize(min(whole.width(), look().u(LEAST_CHIP)), whole.height()) if self.removable else whole

    def _cross(self) -> QRect:
        here = look()
        side = here.u(14)
        return QRect(self.width() - side - here.u(8), (self.height() - side) // 2, side, side)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        reach = self._cross().adjusted(-look().u(4), -look().u(8), look().u(8), look().u(8))
        if self.removable and reach.contains(event.position().toPoint()):
            self.removed.emit()
            return
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.removable and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        here, painter = look(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = here.tokens.focus if self.hasFocus() else here.tokens.border
        painter.setPen(QPen(here.colour("act" if self.on or self.hasFocus() else "line2"), width))
        painter.setBrush(here.colour("act_soft" if self.on else "hover" if self.underMouse() else "surface"))
        box = QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2)
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        painter.setFont(here.font())
        letters = QFontMetrics(here.font())
        left, middle = here.u(10), int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        right = self._cross().x() - here.u(4) if self.removable else self.width()
        for words, ink in ((self.key, "text2"), (self.value, "act" if self.on else "text")):
            room = QRect(left, 0, right - left, self.height())
            painter.setPen(here.colour(ink))
            painter.drawText(
                room, middle, letters.elidedText(words, Qt.TextElideMode.ElideRight, room.width()) if self.removable else words
            )
            left += letters.horizontalAdvance(words) + here.u(4)
        if self.removable:
            cross = self._cross()
            paint_icon(painter, "x", "text2", cross.x(), cross.y(), cross.width())
        painter.end()


STEPS_OF_A_BATCH = 4


def paint_dots(painter: QPainter, rect: QRect, done: int, tone: str, of: int = STEPS_OF_A_BATCH) -> int:
    """`done` of `of` dots on a line, middle of `rect`; the x where the word may begin."""
    here = look()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    radius, gap, middle = here.u(4), here.u(16), rect.y() + rect.height() / 2
    first = rect.x() + radius + 1
    for nth in range(of):
        centre = first + nth * gap
        if nth:
            painter.setPen(QPen(here.colour(tone if nth < done else "line"), 2))
            painter.drawLine(int(centre - gap + radius), int(middle), int(centre - radius), int(middle))
    for nth in range(of):
        centre = first + nth * gap
        ink = here.colour(tone if nth < done else "line2")
        painter.setPen(QPen(ink, 1.4))
        painter.setBrush(ink if nth < done else here.colour("surface"))
        painter.drawEllipse(QRectF(centre - radius, middle - radius, 2 * radius, 2 * radius))
    return int(first + (of - 1) * gap + radius + here.u(8))


class MiniSteps(QWidget):
    """How far a batch has come: four dots, and always the word."""

    def __init__(self, done: int, word: str, tone: str = "act", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_step(done, word, tone)
        follow(self, self.updateGeometry)

    def show_step(self, done: int, word: str, tone: str = "act") -> None:
        """The batch now stands here."""
        self.done, self.word, self.tone = done, word, tone
        name = _("第 {done} 步，共 {of} 步：{word}").format(done=done, of=STEPS_OF_A_BATCH, word=word)
        self.setAccessibleName(name)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        here = look()
        letters = QFontMetrics(here.font("caption"))
        dots = 2 * here.u(4) + 3 * here.u(16) + here.u(12)
        return QSize(dots + letters.horizontalAdvance(self.word), letters.height() + here.u(4))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        here, painter = look(), QPainter(self)
        left = paint_dots(painter, self.rect(), self.done, self.tone)
        painter.setFont(here.font("caption"))
        painter.setPen(here.colour(self.tone if self.tone == "ok" else "text2"))
        painter.drawText(QRect(left, 0, self.width(), self.height()), int(Qt.AlignmentFlag.AlignVCenter), self.word)
        painter.end()
