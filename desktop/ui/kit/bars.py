"""What the program says while one works: bars that stay, a toast that offers 撤销, progress with 取消.

A bar stays until it is solved or closed. A toast is only for a thing done that can be taken back. Nothing here asks:
questions are in `cards.Question`.
"""

from collections.abc import Callable
from math import ceil
from time import monotonic
from typing import cast

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from desktop.model.language import _
from desktop.ui.icons import IconMark
from desktop.ui.kit.buttons import Button, IconButton, LinkButton
from desktop.ui.kit.text import ElidedLabel, Label
from desktop.ui.look import follow, look

BAR_ICONS = {"err": "alert-octagon", "warn": "alert-triangle", "ok": "circle-check", "act": "info-circle"}
TOAST_SECONDS = 6


class Tinted(QFrame):
    """A frame on the soft ground of its tone with a thick bar at the left, painted: a sheet hooks the corners."""

    def __init__(self, tone: str, *, soft: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tone, self._soft = tone, soft

    def set_tone(self, tone: str) -> None:
        """Another kind of message in the same place."""
        self.tone = tone
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        here, painter = look(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(here.colour(f"{self.tone}_line" if self._soft else "line2"), here.tokens.border))
        painter.setBrush(here.colour(f"{self.tone}_soft" if self._soft else "surface"))
        half = here.tokens.border / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), here.u(4), here.u(4))
        painter.fillRect(0, 0, here.u(4), self.height(), here.colour(self.tone))
        painter.end()


class MessageBar(Tinted):
    """One message: what happened, to which record, and a link to what can be done."""

    acted = Signal()
    closed = Signal()

    def __init__(self, tone: str = "err", text: str = "", action: str = "", picture: str = "", shortcut: str = "", *,
                 closable: bool = False, parent: QWidget | None = None) -> None:  # fmt: skip
        super().__init__(tone, parent=parent)
        self._row = QHBoxLayout(self)
        self._mark = IconMark(BAR_ICONS[tone], tone)
        self._lead = Label("")
        self._lead.set_bold(True)
        self._words = ElidedLabel("")
        self._link: LinkButton | None = None
        self._close = IconButton(_("关闭这条提示"), "x")
        self._close.clicked.connect(self._shut)
        self._row.addWidget(self._mark)
        self._row.addWidget(self._lead)
        self._row.addWidget(self._words, 1)
        self._row.addWidget(self._close)
        self._close.setVisible(closable)
        follow(self, self._restyle)
        self.show_message(tone, text, action, picture, shortcut)

    def show_message(self, tone: str, text: str, action: str = "", picture: str = "", shortcut: str = "", lead: str = "") -> None:
        """The bar now says this; `lead` in bold before it. Empty text hides the bar."""
        self.set_tone(tone)
        self._mark.show_icon(BAR_ICONS[tone], tone)
        self._lead.setText(lead)
        self._lead.setVisible(bool(lead))
        self._words.setText(text)
        self.setAccessibleName(f"{lead}{text}")
        if self._link is not None:
            self._row.removeWidget(self._link)
            self._link.deleteLater()
            self._link = None
        if action:
            self._link = LinkButton(action, picture, shortcut)
            self._link.clicked.connect(self.acted)
            self._row.insertWidget(3, self._link)
        self.setVisible(bool(text or lead))

    @property
    def text(self) -> str:
        """What the bar says, whole."""
        return self.accessibleName()

    @property
    def link(self) -> LinkButton | None:
        """The action at its end, if there is one."""
        return self._link

    def clear(self) -> None:
        """Solved."""
        self.show_message(self.tone, "")

    def _shut(self) -> None:
        self.clear()
        self.closed.emit()

    def _restyle(self) -> None:
        here = look()
        self._row.setContentsMargins(here.u(16), here.u(2), here.u(8), here.u(2))
        self._row.setSpacing(here.u(9))
        self.setFixedHeight(max(here.u(38), self.fontMetrics().height() + here.u(14)))


class Toast(Tinted):
    """Done, and can be taken back: floats over the foot of its window for six seconds, longer under the mouse.

    A new one takes the place of the one before.
    """

    undone = Signal()

    def __init__(self, over: QWidget, text: str, undo: Callable[[], object] | None = None, seconds: float = TOAST_SECONDS) -> None:
        for before in cast("list[Toast]", over.findChildren(Toast)):
            before.vanish()
        super().__init__("ok", soft=False, parent=over)
        self._over = over
        row = QHBoxLayout(self)
        here = look()
        row.setContentsMargins(here.u(16), here.u(4), here.u(8), here.u(4))
        row.setSpacing(here.u(9))
        row.addWidget(IconMark("circle-check", "ok"))
        row.addWidget(Label(text), 1)
        self.undo: LinkButton | None = None
        if undo is not None:
            self.undo = LinkButton(_("撤销"))
            self.undo.clicked.connect(self._take_back)
            row.addWidget(self.undo)
        self._undo_deed = undo
        close = IconButton(_("关闭这条提示"), "x")
        close.clicked.connect(self.vanish)
        row.addWidget(close)
        self.setAccessibleName(text)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(int(seconds * 1000))
        self._timer.timeout.connect(self.vanish)
        over.installEventFilter(self)
        self._place()
        self.show()
        self.raise_()
        self._timer.start()

    def vanish(self) -> None:
        """The toast is gone."""
        self._timer.stop()
        self.hide()
        self.deleteLater()

    def enterEvent(self, event: object) -> None:
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _take_back(self) -> None:
        if self._undo_deed is not None:
            self._undo_deed()
        self.undone.emit()
        self.vanish()

    def _place(self) -> None:
        """Over the foot of the window, as far up as it must be to leave every button free."""
        here, over = look(), self._over
        width = min(max(self.sizeHint().width(), here.u(320)), over.width() - here.u(32))
        height = max(here.u(40), self.sizeHint().height())
        box = QRect((over.width() - width) // 2, over.height() - height - here.u(44), width, height)
        others = cast("list[QPushButton]", over.findChildren(QPushButton))
        buttons = [QRect(one.mapTo(over, QPoint(0, 0)), one.size()) for one in others if one.isVisible() and not self.isAncestorOf(one)]
        while box.top() > over.height() // 2 and any(box.intersects(button) for button in buttons):
            box.translate(0, -here.u(8))
        self.setGeometry(box)


class Bar(QWidget):
    """A share of a whole as a bar; the number beside it in words is the caller's."""

    def __init__(self, share: float = 0.0, tone: str = "act", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.share, self.tone = share, tone
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        follow(self, self.updateGeometry)

    def show_share(self, share: float, tone: str = "") -> None:
        """0 to 1; more is shown as full."""
        self.share, self.tone = min(max(share, 0.0), 1.0), tone or self.tone
        self.setAccessibleName(f"{round(self.share * 100)}%")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look().u(120), look().u(7))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().u(40), look().u(7))

    def paintEvent(self, event: QPaintEvent) -> None:
        here, painter = look(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box, round_ = QRectF(self.rect()), self.height() / 2
        framed = here.theme == "contrast"
        painter.setPen(QPen(here.colour("text"), 1) if framed else Qt.PenStyle.NoPen)
        painter.setBrush(here.colour("surface" if framed else "grid"))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5) if framed else box, round_, round_)
        if self.share > 0:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(here.chart(4) if self.tone == "warn" else here.colour(self.tone))
            painter.setClipRect(QRectF(0, 0, box.width() * self.share, box.height()))
            painter.drawRoundedRect(box, round_, round_)
        painter.end()


class ProgressBar(QWidget):
    """Work on its way: what is done, how much of it, how many seconds more, and 取消."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._bar = Bar()
        self._what, self._share, self._left = Label("", "caption", "text2"), Label("", "caption", "text2"), Label("", "caption", "text2")
        self._cancel = Button(_("取消"))
        self._cancel.clicked.connect(self._give_up)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self._bar, 1)
        for part in (self._what, self._share, self._left, self._cancel):
            self._row.addWidget(part)
        self._since = monotonic()
        follow(self, self._restyle)

    @property
    def cancel(self) -> Button:
        """The button that gives up."""
        return self._cancel

    def begin(self, what: str) -> None:
        """The work begins; how long it takes is not known yet."""
        self._since = monotonic()
        self._cancel.setEnabled(True)
        self.show_progress(what, 0.0)

    def show_progress(self, what: str, share: float, seconds_left: float | None = None) -> None:
        """`share` 0 to 1; the seconds are reckoned from the pace so far unless they are told."""
        if seconds_left is None and share > 0.02:
            spent = monotonic() - self._since
            seconds_left = spent / share - spent
        self._what.setText(what)
        self._share.setText(f"{round(share * 100)}%")
        self._left.setText(_("还要 {seconds} 秒").format(seconds=max(1, ceil(seconds_left))) if seconds_left is not None else "")
        self._bar.show_share(share)
        self.setAccessibleName(f"{what} {self._share.text()} {self._left.text()}")

    def _give_up(self) -> None:
        self._cancel.setEnabled(False)
        self._left.setText(_("正在停下"))
        self.cancelled.emit()

    def _restyle(self) -> None:
        self._row.setSpacing(look().u(9))
