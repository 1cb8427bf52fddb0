"""The district's board: a cell for each community, only the exceptions coloured; arrows walk it, Enter opens the community.

Painted in one widget: 99 cells as widgets would be 300 objects to lay out at every change of the letters.
"""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop.model.language import _
from desktop.office.district import FULL, GAPS, LATE, MISSING, NOTHING, Standing, Town
from desktop.ui.icons import icon
from desktop.ui.keys import PageKey, press
from desktop.ui.look import follow, look
from desktop.ui.spoken import Spoken, tell_item

STATES: dict[str, tuple[str, str]] = {
    FULL: ("ok", "check"), GAPS: ("warn", "circle-dashed"), LATE: ("warn", "clock"), MISSING: ("err", "puzzle-off"),
    NOTHING: ("err", "circle-x"),
}  # fmt: skip
NAME, CELL, WIDEST, ROW, GAP = 88, 51, 60, 50, 3
FOLLOWS = 5  # below the last line of a sub-district


class Board(Spoken, QWidget):
    """The communities of each sub-district in a row, in the order of their codes; no ranking."""

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._towns: Sequence[Town] = ()
        self._at = (0, 0)
        self._keys = self.keys()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("各社区的批次，方向键走，回车打开"))
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        follow(self, self._restyle)

    def show_towns(self, towns: Sequence[Town]) -> None:
        """This board; the chosen cell stays where it was."""
        self._towns = towns
        if self.current() is None:
            self._at = (0, 0)
        self._restyle()
        self._tell()

    def current(self) -> Standing | None:
        """The community that the keys stand on."""
        town, place = self._at
        if town < len(self._towns) and place < len(self._towns[town].standings):
            return self._towns[town].standings[place]
        return None

    def choose(self, code: str) -> None:
        """The keys stand on this community."""
        for nth, town in enumerate(self._towns):
            for place, one in enumerate(town.standings):
                if one.community.code == code:
                    self._at = (nth, place)
        self._tell()

    # what is read out

    def _flat(self) -> list[tuple[int, int]]:
        return [(nth, place) for nth, town in enumerate(self._towns) for place in range(len(town.standings))]

    def spoken_count(self) -> int:
        return sum(len(town.standings) for town in self._towns)

    def spoken_words(self, nth: int) -> str:
        town, place = self._flat()[nth]
        return words_of(self._towns[town].standings[place])

    def spoken_place(self, nth: int) -> QRect:
        return self._cell(*self._flat()[nth])

    def spoken_now(self) -> int:
        return self._flat().index(self._at) if self._at in self._flat() else -1

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        tell_item(self)

    # geometry

    def _per_line(self) -> int:
        here = look()
        return max(1, (self.width() - here.u(NAME) + here.u(GAP)) // (here.u(CELL) + here.u(GAP)))

    def _wide(self) -> int:
        """How wide a cell is: the largest sub-district stands in one line where it can, and its cells take the room there is."""
        here, most = look(), max((len(town.standings) for town in self._towns), default=1)
        each = (self.width() - here.u(NAME) + here.u(GAP)) // min(most, self._per_line()) - here.u(GAP)
        return min(here.u(WIDEST), each)

    def _lines(self, town: Town) -> int:
        return max(1, -(-len(town.standings) // self._per_line()))

    def _cell(self, nth: int, place: int) -> QRect:
        here, per_line, wide = look(), self._per_line(), self._wide()
        top = sum(self._lines(town) * here.u(ROW) + here.u(FOLLOWS) for town in self._towns[:nth])
        line, column = divmod(place, per_line)
        left = here.u(NAME) + column * (wide + here.u(GAP))
        return QRect(left, top + line * here.u(ROW) + here.u(3), wide, here.u(ROW - 4))

    def sizeHint(self) -> QSize:
        return QSize(look().u(1100), self.minimumHeight())

    def _restyle(self) -> None:
        here = look()
        self.setFixedHeight(sum(self._lines(town) * here.u(ROW) + here.u(FOLLOWS) for town in self._towns) or here.u(ROW))
        self.update()

    def resizeEvent(self, event: object) -> None:
        self._restyle()

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for nth, town in enumerate(self._towns):
            self._paint_town(painter, nth, town)
        painter.end()

    def _paint_town(self, painter: QPainter, nth: int, town: Town) -> None:
        here = look()
        first = self._cell(nth, 0)
        painter.setFont(here.font("body", bold=True))
        painter.setPen(here.colour("text"))
        room = QRect(0, first.top(), here.u(NAME - 6), first.height() // 2)
        name = painter.fontMetrics().elidedText(town.name, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), name)
        painter.setFont(here.font("caption"))
        painter.setPen(here.colour("text2"))
        room.translate(0, first.height() // 2)
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), _("{n} / {all} 齐").format(n=town.full, all=len(town.standings)))
        names = short_names(town)
        for place, one in enumerate(town.standings):
            self._paint_cell(painter, self._cell(nth, place), one, names[place], here_now=(nth, place) == self._at)
        if nth < len(self._towns) - 1:
            below = self._cell(nth, len(town.standings) - 1).bottom() + here.u(3)
            painter.setPen(QPen(here.colour("line"), 1))
            painter.drawLine(0, below, self.width(), below)

    def _paint_cell(self, painter: QPainter, box: QRect, one: Standing, called: str, *, here_now: bool) -> None:
        here = look()
        tone, picture = STATES[one.state]
        plain = one.state == FULL
        silent = one.state == NOTHING
        painter.setBrush(here.colour("surface" if silent else "sunken" if plain else f"{tone}_soft"))
        edge = QPen(here.colour("line" if plain else tone if silent else f"{tone}_line"), here.tokens.border)
        if silent:
            edge.setStyle(Qt.PenStyle.DashLine)
        if here_now:
            edge = QPen(here.colour("act"), here.tokens.focus)
        outlined = here_now or not plain or here.theme == "contrast"
        painter.setPen(edge if outlined else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), here.u(3), here.u(3))
        inner = box.adjusted(here.u(5), here.u(3), -here.u(4), -here.u(3))
        half = inner.height() // 2
        painter.setFont(here.font("caption", bold=not plain))
        painter.setPen(here.colour("text"))
        size = here.u(12)
        # A name of three characters has the whole width, because its last one tells it from its neighbour; the sign then goes below.
        beside = painter.fontMetrics().horizontalAdvance(called) + size <= inner.width()
        name = painter.fontMetrics().elidedText(called, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(QRect(inner.left(), inner.top(), inner.width(), half), int(Qt.AlignmentFlag.AlignVCenter), name)
        below = QRect(inner.left(), inner.top() + half, inner.width(), half - here.u(3))
        line = QRect(inner.left(), inner.top(), inner.width(), half) if beside else below
        icon(picture, tone).paint(painter, QRect(line.right() - size + 1, line.top() + (line.height() - size) // 2, size, size))
        painter.setFont(here.font("caption"))
        painter.setPen(here.colour("text2"))
        painter.drawText(below, int(Qt.AlignmentFlag.AlignVCenter), _("未报") if silent else f"{int(one.share * 100)}%")
        if not silent:
            bar = QRect(inner.left(), inner.bottom() - here.u(2), max(1, int(inner.width() * one.share)), here.u(3))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(here.colour(f"{tone}_line"))
            painter.drawRoundedRect(bar, here.u(1), here.u(1))

    # keys and mouse

    def keys(self) -> list[PageKey]:
        """The keys that walk the cells."""
        ways = (
            ("Right", _("右边一格"), (0, 1)), ("Left", _("左边一格"), (0, -1)),
            ("Down", _("下一个镇街"), (1, 0)), ("Up", _("上一个镇街"), (-1, 0)),
        )  # fmt: skip
        walks = [PageKey(sequence, words, partial(self._walk, *way)) for sequence, words, way in ways]
        return [*walks, PageKey("Return", _("看这个社区的批次"), self._open, ("Enter",))]

    def _walk(self, down: int, right: int) -> None:
        if self._towns:
            town = min(max(self._at[0] + down, 0), len(self._towns) - 1)
            place = min(max(self._at[1] + right, 0), len(self._towns[town].standings) - 1)
            self._at = (town, place)
            self._tell()

    def _open(self) -> None:
        one = self.current()
        if one is not None:
            self.opened.emit(one.community.code)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not press(self._keys, event):
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self._at_point(event.position().toPoint())
        if found is not None:
            self._at = found
            self._tell()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        one = self.current()
        if one is not None and self._at_point(event.position().toPoint()) == self._at:
            self.opened.emit(one.community.code)

    def _at_point(self, point: QPoint) -> tuple[int, int] | None:
        for nth, town in enumerate(self._towns):
            for place in range(len(town.standings)):
                if self._cell(nth, place).contains(point):
                    return nth, place
        return None

    def _tell(self) -> None:
        one = self.current()
        self.update()
        if one is not None:
            tell_item(self)
            self.chosen.emit(one.community.code)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            found = self._at_point(event.pos())
            if found is not None:
                QToolTip.showText(event.globalPos(), words_of(self._towns[found[0]].standings[found[1]]), self)
            return True
        return super().event(event)


def short_names(town: Town) -> list[str]:
    """滨海社区 → 滨海, 碧桂园社区 → 碧桂园; where a 社区 and a 村 of one name lie in one sub-district, the 村 keeps its kind."""
    whole = [one.community.short_name for one in town.standings]
    bare = [name.removesuffix("社区").removesuffix("村") for name in whole]
    return [
        name.removesuffix("社区") if len(short) < 2 or (bare.count(short) > 1 and name.endswith("村")) else short
        for name, short in zip(whole, bare, strict=True)
    ]


def words_of(one: Standing) -> str:
    """A cell in words."""
    said = f"{one.community.town} · {one.community.short_name}：{_(one.state)}"
    if one.state != NOTHING:
        said += _("，完整度 {share}%").format(share=int(one.share * 100))
    if one.unseen:
        said += _("，缺第 {n} 批").format(n="、".join(map(str, one.unseen)))
    return said
