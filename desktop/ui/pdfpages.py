"""A finished paper as pictures: one page at any size, and all of them small in a row.

PDFium draws; it may not be called by two threads at once, so every call holds one lock. A page is drawn three times as large as
it is shown and then scaled down smoothly: hair lines of a form are otherwise black here and gone there.
"""

from collections import OrderedDict
from threading import Lock

import pypdfium2
from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from desktop.model.language import _
from desktop.ui.look import follow, look

FINER, DRAWN_MOST = 3, 3600  # how much larger a page is drawn than shown, and the widest drawing in pixels
KEPT = 120  # small pages that stay in memory

_pdfium = Lock()


class Pdf:
    """A finished paper, opened."""

    def __init__(self, raw: bytes) -> None:
        with _pdfium:
            self._file = pypdfium2.PdfDocument(raw)
            self.sizes: list[tuple[float, float]] = [self._file.get_page_size(nth) for nth in range(len(self._file))]  # in points

    @property
    def pages(self) -> int:
        """How many pages."""
        return len(self.sizes)

    def image(self, nth: int, width: int, *, grey: bool = False) -> QImage:
        """A page drawn `width` pixels wide."""
        with _pdfium:
            page = self._file[nth]
            drawn = page.render(scale=width / self.sizes[nth][0], grayscale=grey)
            form = QImage.Format.Format_Grayscale8 if grey else QImage.Format.Format_BGR888
            image = QImage(drawn.buffer, drawn.width, drawn.height, drawn.stride, form).copy()
            drawn.close()
            page.close()
        return image

    def smooth(self, nth: int, width: int) -> QImage:
        """A page for the eye, `width` pixels wide."""
        finer = self.image(nth, max(width, min(width * FINER, DRAWN_MOST)))
        return finer.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)

    def close(self) -> None:
        """The file is let go."""
        with _pdfium:
            self._file.close()


def paint_sheet(painter: QPainter, place: QRect, picture: QImage, *, current: bool = False) -> None:
    """White paper with a soft shadow; the current one of several has a blue edge."""
    here = look()
    for nth in range(3, 0, -1):
        painter.fillRect(place.adjusted(nth, nth, nth + 1, nth + 1), QColor(0, 0, 0, 14 * (4 - nth)))
    painter.drawImage(place, picture)
    painter.setPen(QPen(here.colour("act" if current else "line2"), here.tokens.focus + 1 if current else 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(place)


class _Pages(QWidget):
    """The row of small pages; each is drawn when it first comes into sight."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.pdf: Pdf | None = None
        self.current = 0
        self._drawn: OrderedDict[int, QImage] = OrderedDict()
        self.setAccessibleName(_("各页"))

    def show_pdf(self, pdf: Pdf | None) -> None:
        self.pdf, self.current = pdf, min(self.current, pdf.pages - 1) if pdf is not None else 0
        self.measure()

    def measure(self) -> None:
        """The letters or the pages changed."""
        self._drawn.clear()
        self.setFixedWidth(self.step() * (self.pdf.pages if self.pdf is not None else 0) + look().u(24))
        self.update()

    def step(self) -> int:
        return look().u(132)

    def place(self, nth: int) -> QRect:
        """Where a small page stands."""
        assert self.pdf is not None
        here = look()
        width, height = self.pdf.sizes[nth]
        share = min(here.u(108) / width, here.u(76) / height)
        size = QSize(round(width * share), round(height * share))
        left = here.u(24) + nth * self.step()
        return QRect(QPoint(left + (here.u(108) - size.width()) // 2, here.u(6) + (here.u(76) - size.height()) // 2), size)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        nth = (int(event.position().x()) - look().u(12)) // self.step()
        if self.pdf is not None and 0 <= nth < self.pdf.pages:
            self.chosen.emit(nth)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.pdf is None:
            return
        here, painter = look(), QPainter(self)
        first = max(0, event.rect().left() // self.step() - 1)
        for nth in range(first, min(self.pdf.pages, event.rect().right() // self.step() + 1)):
            place = self.place(nth)
            paint_sheet(painter, place, self._picture(nth, place.width()), current=nth == self.current)
            painter.setPen(here.colour("text" if here.theme != "dark" else "on_brand"))
            painter.setFont(here.font("caption", bold=nth == self.current))
            last = _("　末页") if nth == self.pdf.pages - 1 and nth else ""
            below = QRect(here.u(12) + nth * self.step(), here.u(84), self.step(), painter.fontMetrics().height())
            painter.drawText(below, int(Qt.AlignmentFlag.AlignCenter), f"{nth + 1}{last}")
        painter.end()

    def _picture(self, nth: int, width: int) -> QImage:
        if nth not in self._drawn:
            assert self.pdf is not None
            self._drawn[nth] = self.pdf.smooth(nth, round(width * self.devicePixelRatioF()))
            while len(self._drawn) > KEPT:
                self._drawn.popitem(last=False)
        return self._drawn[nth]


class Thumbnails(QScrollArea):
    """All pages small in a row; a click goes there."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pages = _Pages()
        self.pages.chosen.connect(self.chosen)
        self.setWidget(self.pages)
        self.pages.setAutoFillBackground(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        follow(self, self._restyle)

    def show_pdf(self, pdf: Pdf | None) -> None:
        """The pages of another paper."""
        self.pages.show_pdf(pdf)

    def mark(self, nth: int) -> None:
        """This page is the one shown large."""
        self.pages.current = nth
        self.pages.update()
        if self.pages.pdf is not None and nth < self.pages.pdf.pages:
            place = self.pages.place(nth)
            self.ensureVisible(place.center().x(), place.center().y(), self.pages.step(), 0)

    def _restyle(self) -> None:
        height = look().u(84) + self.fontMetrics().height() + look().u(16)
        self.pages.setFixedHeight(height - look().u(10))
        self.setFixedHeight(height)
        self.setStyleSheet(f"Thumbnails {{ background: {look().tokens.muted}; }}")
        self.pages.measure()
