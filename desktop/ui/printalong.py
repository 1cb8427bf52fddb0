"""连同打印: a second form for the same records goes out with the first, as a paper of its own.

It is made when the first paper stands, so that nobody waits for it, and only when it is wanted: 86 slips are 86 sheets.
"""

from functools import partial

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.model.language import _
from desktop.office.desk import Desk
from desktop.office.selections import source
from desktop.ui.kit.badges import Badge
from desktop.ui.kit.text import ElidedLabel, Label, Rule
from desktop.ui.kit.ticks import CheckBox
from desktop.ui.latest import Latest
from desktop.ui.look import follow, look
from desktop.ui.pdfpages import Pdf, paint_sheet
from desktop.ui.printorder import Made, make_along

WIDTH, HEIGHT = 208, 148  # of the small picture, at the standard letter size
DRAWN = 640  # pixels: sharp enough at the largest letters


class _Picture(QWidget):
    """The first sheet, small; of an upright one its upper half, which is a whole slip."""

    def __init__(self) -> None:
        super().__init__()
        self._image = QImage()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        follow(self, self.updateGeometry)

    def show_pdf(self, raw: bytes) -> None:
        pdf = Pdf(raw)
        image = pdf.smooth(0, DRAWN)
        pdf.close()
        self._image = image.copy(0, 0, image.width(), image.height() // 2) if image.height() > image.width() else image
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        size = self._image.size() if not self._image.isNull() else QSize(WIDTH, HEIGHT)
        return size.scaled(look().u(WIDTH), look().u(HEIGHT), Qt.AspectRatioMode.KeepAspectRatio) + QSize(4, 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._image.isNull():
            painter, size = QPainter(self), self.sizeHint() - QSize(4, 4)
            sharp = (size.toSizeF() * self.devicePixelRatioF()).toSize()
            small = self._image.scaled(sharp, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
            paint_sheet(painter, QRect(QPoint(0, 0), size), small)
            painter.end()


class AlongPanel(QWidget):
    """The offer of a second form, with its tick, the number of its sheets and its first page."""

    changed = Signal()
    settled = Signal()  # the second paper stands, or there is none

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._wanted: set[str] = set()  # the forms whose second form is wanted, as long as the page stands
        self._key = ""
        self.made: Made | None = None
        self.making = Latest(self)
        self.making.failed.connect(lambda error: self._not_drawn(str(error)))
        self.making.broke.connect(lambda _error: self._not_drawn(_("这张表没有做出来")))
        self.sheets, self.tick, self.word = Badge(""), CheckBox(""), Label("", "caption", "text2", wrap=True)
        self.picture = _Picture()
        self._head = QHBoxLayout()
        self._head.addWidget(Label(_("连同打印"), "section"))
        self._head.addStretch(1)
        self._head.addWidget(self.sheets)
        self._column = QVBoxLayout(self)
        self._column.addWidget(Rule())
        self._column.addLayout(self._head)
        self._note = ElidedLabel("", "caption", "text2")
        self._note.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        line = QHBoxLayout()
        line.addWidget(self.tick)
        line.addWidget(self._note, 1)
        self._column.addLayout(line)
        for piece in (self.word, self.picture):
            self._column.addWidget(piece)
        self.tick.clicked.connect(self._ticked)
        self.hide()
        follow(self, self._restyle)

    @property
    def wanted(self) -> bool:
        """The second form goes out with the first."""
        return not self.isHidden() and self.tick.isChecked()

    def offer(self, key: str) -> None:
        """What goes well with this form; nothing for most."""
        self._key, self.made = key, None
        self.making.give_up()
        second = source(key).along if key else ""
        self.setVisible(bool(second))
        self._show_nothing()
        if second:
            form = source(second)
            self._note.setText(_(form.note) if form.note else "")
            self.tick.label = _(form.title)
            self.tick.setText(self.tick.label)
            self.tick.setAccessibleName(self.tick.label)
            self.tick.updateGeometry()
            self.tick.setChecked(key in self._wanted)

    def make_for(self, first: Made) -> None:
        """The second paper for the records of the first."""
        self.made = None
        if not self.wanted:
            self.making.give_up()
            return
        self.making.ask(_("正在排版"), partial(make_along, self._desk, first.order), self._drawn)

    def _drawn(self, made: Made) -> None:
        if not made.paper.pages:
            self._not_drawn(_("这些记录里没有能印的内容"))
            return
        self.made = made
        self.word.hide()
        self.sheets.show_badge(("wait", "", _("{n} 张").format(n=f"{made.paper.pages:,}")))
        self.sheets.show()
        self.picture.show_pdf(made.paper.pdf)
        self.picture.show()
        self.settled.emit()

    def _ticked(self, on: bool) -> None:
        (self._wanted.add if on else self._wanted.discard)(self._key)
        self._show_nothing()
        self.changed.emit()

    def _not_drawn(self, words: str) -> None:
        self._show_nothing()
        self.word.setText(words)
        self.word.show()
        self.settled.emit()

    def _show_nothing(self) -> None:
        for piece in (self.sheets, self.word, self.picture):
            piece.hide()

    def _restyle(self) -> None:
        here = look()
        self._column.setContentsMargins(here.u(12), 0, here.u(12), here.u(10))
        self._column.setSpacing(here.u(6))
