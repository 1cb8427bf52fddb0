"""Where a matter stands (Stepper) and what comes next (NextStepStrip)."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.model.language import _
from desktop.ui.icons import IconMark, paint_icon
from desktop.ui.kit.bars import Bar
from desktop.ui.kit.buttons import Action, ActionBar
from desktop.ui.kit.text import ElidedLabel, Label, Rule
from desktop.ui.look import follow, look


@dataclass(frozen=True)
class Step:
    """One step of a matter: its name, and when and by whom it was done or is due."""

    name: str
    below: str = ""

    @property
    def shortest(self) -> str:
        """The day alone, where there is no room for who or what."""
        return self.below.split(" ")[0] if self.below[:1].isdigit() else self.below


class Stepper(QWidget):
    """Steps in a row: done = ring and tick, now = solid with its number, next = dashed."""

    def __init__(self, steps: Sequence[Step] = (), now: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_steps(steps, now)
        follow(self, self._restyle)

    def show_steps(self, steps: Sequence[Step], now: int) -> None:
        """`now` counts from 0; equal to the number of steps when all are done."""
        self.steps, self.now = list(steps), now
        at = _("第 {now} 步，共 {of} 步").format(now=min(now + 1, len(self.steps)), of=len(self.steps))
        name = self.steps[now].name if now < len(self.steps) else _("全部完成")
        self.setAccessibleName(f"{at}：{name}" if self.steps else "")
        self.update()

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        here = look()
        body, caption = QFontMetrics(here.font("body", bold=True)), QFontMetrics(here.font("caption"))
        widest = max((max(body.horizontalAdvance(s.name), caption.horizontalAdvance(s.shortest)) for s in self.steps), default=0)
        return QSize((widest + here.u(12)) * len(self.steps), here.u(26) + body.height() + caption.height() + here.u(6))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().u(56) * len(self.steps), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        each = self.width() / max(1, len(self.steps))
        for nth in range(len(self.steps) - 1):
            self._paint_line(painter, nth, each)
        for nth in range(len(self.steps)):
            self._paint_step(painter, nth, each)
        painter.end()

    def _paint_line(self, painter: QPainter, nth: int, each: float) -> None:
        here = look()
        done = nth < self.now
        pen = QPen(here.colour("ok" if done else "line2"), 2 if done else 1.4)
        if not done:
            pen.setDashPattern([3, 2])
        painter.setPen(pen)
        middle, away = here.u(13) + 0.5, here.u(14)
        painter.drawLine(QPointF((nth + 0.5) * each + away, middle), QPointF((nth + 1.5) * each - away, middle))

    def _paint_step(self, painter: QPainter, nth: int, each: float) -> None:
        here, step = look(), self.steps[nth]
        done, now = nth < self.now, nth == self.now
        side = here.u(24)
        ring = QRectF((nth + 0.5) * each - side / 2, here.u(1), side, side)
        painter.setPen(QPen(here.colour("ok" if done else "brand" if now else "line2"), 1.5 * here.tokens.border))
        painter.setBrush(here.colour("ok_soft" if done else "brand" if now else "surface"))
        painter.drawEllipse(ring)
        if done:
            inset = side * 0.18
            paint_icon(painter, "check", "ok", ring.x() + inset, ring.y() + inset, side - 2 * inset)
        else:
            painter.setFont(here.font("body", bold=now))
            painter.setPen(here.colour("on_brand" if now else "text2"))
            painter.drawText(ring, int(Qt.AlignmentFlag.AlignCenter), str(nth + 1))
        self._paint_words(painter, nth, each, step)

    def _paint_words(self, painter: QPainter, nth: int, each: float, step: Step) -> None:
        here = look()
        now = nth == self.now
        left, top = int(nth * each), here.u(27)
        fits = QFontMetrics(here.font("caption")).horizontalAdvance(step.below) <= int(each) - 4
        for text, role, ink in (
            (step.name, "body", "text" if nth <= self.now else "text2"),
            (step.below if fits else step.shortest, "caption", "brand_text" if now else "text2"),
        ):
            font = here.font(role, bold=now and role == "body")
            painter.setFont(font)
            painter.setPen(here.colour(ink))
            letters = QFontMetrics(font)
            room = QRect(left + 2, top, int(each) - 4, letters.height())
            words = letters.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, int(Qt.AlignmentFlag.AlignHCenter), words)
            top += letters.height()


class NextStepStrip(QFrame):
    """Under the stepper: the due day in words and as a bar, the next step, its button, the side exits."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("strip")
        self._row = QHBoxLayout(self)
        due, step = QVBoxLayout(), QVBoxLayout()
        self._head = head = QHBoxLayout()
        self._clock = IconMark("clock", "warn")
        self._due = Label("", ink="warn")
        self._due.set_bold(True)
        self._bar = Bar()
        head.addWidget(self._clock)
        head.addWidget(self._due)
        head.addStretch()
        for column in (due, step):
            column.addStretch()
        due.addLayout(head)
        due.addWidget(self._bar)
        self._step = Label("")
        self._step.set_bold(True)
        self._step_below = ElidedLabel("", "caption", "text2")
        step.addWidget(self._step)
        step.addWidget(self._step_below)
        for column in (due, step):
            column.addStretch()
            column.setSpacing(2)
        self._upright = Rule(upright=True)
        self.deeds = ActionBar(primary_first=True)
        self.deeds.chosen.connect(self.chosen)
        self._row.addLayout(due)
        self._row.addWidget(self._upright)
        self._row.addLayout(step)
        self._row.addWidget(self.deeds)
        self._row.addStretch(1)
        follow(self, self._restyle)

    def show_due(self, words: str, share: float, tone: str = "warn") -> None:
        """The term in words first; the bar shows how much of it is used."""
        self._due.setText(words)
        self._due.set_ink(tone)
        self._clock.show_icon("alert-octagon" if tone == "err" else "clock", tone)
        self._bar.show_share(share, tone)
        for part in (self._due, self._clock, self._bar, self._upright):
            part.setVisible(bool(words))

    def show_step(self, name: str, below: str, actions: Sequence[Action]) -> None:
        """The next step and what can be done now; the first action is the step itself."""
        self._step.setText(_("下一步：{name}").format(name=name) if name else "")
        self._step_below.setText(below)
        self.deeds.set_actions(actions)

    def _restyle(self) -> None:
        here = look()
        self._row.setContentsMargins(here.u(16), here.u(8), here.u(16), here.u(8))
        self._row.setSpacing(here.u(20))
        self._head.setSpacing(here.u(6))
        self._bar.setMinimumWidth(here.u(190))
        self.setMinimumHeight(here.u(56))
