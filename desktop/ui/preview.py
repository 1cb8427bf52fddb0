"""Paper on the screen: the very file that is printed and saved, page by page, with its pages small below."""

from functools import partial

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QFocusEvent, QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from desktop.model.language import _
from desktop.ui.kit.buttons import IconButton
from desktop.ui.kit.text import Label, Rule
from desktop.ui.look import follow, look
from desktop.ui.pdfpages import Pdf, Thumbnails, paint_sheet
from desktop.ui.spoken import Spoken, tell_item

SCREEN = 96 / 72  # pixels of a point at 100 %
ZOOMS = (0.25, 0.33, 0.5, 0.67, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)
EDGE = 12
NEARLY, LEAST = 0.8, 0.1  # shown whole when that costs no more than a fifth; never smaller than a tenth

BAR_LEAST = 320  # pixels that page, share and their buttons need


class _Sheet(QWidget):
    """The sheet itself with its shadow; as large as the zoom makes it."""

    def __init__(self) -> None:
        super().__init__()
        self.picture = QImage()
        self.paper = QSize()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.paper.isValid() and not self.picture.isNull():
            edge = look().u(EDGE)
            left, top = (max(edge, room // 2) for room in (self.width() - self.paper.width(), self.height() - self.paper.height()))
            paint_sheet(painter, QRect(QPoint(left, top), self.paper), self.picture)
        painter.end()


class PageView(Spoken, QScrollArea):
    """One page of a paper; by width, whole, or at a share of its true size."""

    page_changed = Signal(int)
    zoomed = Signal()
    spoken_role, spoken_item_role = QAccessible.Role.Document, QAccessible.Role.Graphic

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pdf: Pdf | None = None
        self.page = 0
        self._share = 0.0  # 0: by width
        self._sheet = _Sheet()
        self.setWidget(self._sheet)
        self._sheet.setAutoFillBackground(False)
        self.setWidgetResizable(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("预览"))
        self.viewport().setAutoFillBackground(False)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self.draw)
        follow(self, self._restyle)

    def show_pdf(self, pdf: Pdf | None) -> None:
        """Another paper, or none; the page stays if there is one of that number."""
        self.pdf = pdf
        self.page = min(self.page, pdf.pages - 1) if pdf is not None else 0
        self.draw()

    def spoken_count(self) -> int:
        return self.pdf.pages if self.pdf is not None else 0

    def spoken_words(self, nth: int) -> str:
        return _("第 {n} 页，共 {all} 页").format(n=nth + 1, all=self.spoken_count())

    def spoken_place(self, nth: int) -> QRect:
        return self.viewport().geometry() if nth == self.page else QRect()

    def spoken_now(self) -> int:
        return self.page if self.spoken_count() else -1

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        tell_item(self)

    @property
    def share(self) -> float:
        """How large the page is shown: 1 is its true size."""
        return self._share or self._by_width()

    @property
    def is_by_width(self) -> bool:
        """It follows the width of the window."""
        return not self._share

    def go(self, nth: int) -> None:
        """To a page, counted from 0; beyond the ends nothing happens."""
        if self.pdf is not None and 0 <= nth < self.pdf.pages and nth != self.page:
            self.page = nth
            self.verticalScrollBar().setValue(0)
            self.draw()
            self.page_changed.emit(nth)

    def zoom(self, step: int) -> None:
        """Larger (1), smaller (-1) or by width again (0)."""
        if step == 0:
            self._share = 0.0
        else:
            now = self.share
            further = [share for share in ZOOMS if share > now + 0.005] if step > 0 else [s for s in reversed(ZOOMS) if s < now - 0.005]
            self._share = further[0] if further else now
        self.draw()

    def draw(self) -> None:
        """The page is drawn for the room and the screen of now."""
        self._soon.stop()
        if self.pdf is None or not self.pdf.pages:
            self._sheet.picture = QImage()
            self._sheet.resize(self.viewport().size())
        else:
            points = self.pdf.sizes[self.page]
            width = max(40, round(points[0] * SCREEN * self.share))
            self._sheet.paper = QSize(width, round(width * points[1] / points[0]))
            scale = self.devicePixelRatioF()
            picture = self.pdf.smooth(self.page, round(width * scale))
            picture.setDevicePixelRatio(scale)
            self._sheet.picture = picture
            room = QSize(2 * look().u(EDGE), 2 * look().u(EDGE))
            self._sheet.resize((self._sheet.paper + room).expandedTo(self.viewport().size()))
        tell_item(self)
        self._sheet.update()
        self.zoomed.emit()

    def _by_width(self) -> float:
        """The width is filled; a page that is nearly whole then is shown whole."""
        if self.pdf is None or not self.pdf.pages:
            return 1.0
        edges = 2 * look().u(EDGE)
        width, height = (points * SCREEN for points in self.pdf.sizes[self.page])
        whole = (self.height() - edges) / height
        wide = (self.width() - edges) / width
        if whole >= wide * NEARLY:
            return max(LEAST, min(whole, wide))
        return max(LEAST, (self.width() - self.verticalScrollBar().sizeHint().width() - edges) / width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._soon.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and self.pdf is not None:
            self.go(0 if event.key() == Qt.Key.Key_Home else self.pdf.pages - 1)
            return
        super().keyPressEvent(event)

    def _restyle(self) -> None:
        self.setStyleSheet(f"PageView {{ background: {look().tokens.muted}; }}")
        self._soon.start()


def let_go(held: list[Pdf], _gone: object = None) -> None:
    """The files are closed: PDFium keeps what nobody closes."""
    while held:
        held.pop().close()


class Preview(QWidget):
    """The page with its bar above (which page, how large, what is to be said) and the small pages below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view, self.strip = PageView(), Thumbnails()
        self.before, self.after = IconButton(_("上一页 PgUp"), "chevron-left"), IconButton(_("下一页 PgDn"), "chevron-right")
        self.smaller, self.larger = IconButton(_("缩小"), "zoom-out"), IconButton(_("放大"), "zoom-in")
        self.width_button = IconButton(_("适合宽度"), "columns-3")
        self.words, self.share = Label(""), Label("", ink="text2")
        self._bar, self._said = QHBoxLayout(), QHBoxLayout()
        self._head = QFrame()
        self._head.setObjectName("panel")
        # The bar takes the room that the page leaves it: its words become few before the window has to grow for them.
        self._head.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._head.setLayout(self._bar)
        for piece in (self.before, self.words, self.after, Rule(upright=True), self.smaller, self.share, self.larger, self.width_button):
            self._bar.addWidget(piece)
        self._bar.addStretch(1)
        self._bar.addLayout(self._said)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._head)
        self._column.addWidget(self.view, 1)
        self._column.addWidget(self.strip)
        self._marks: list[QWidget] = []
        self._narrow = False
        self._held: list[Pdf] = []
        self.destroyed.connect(partial(let_go, self._held))
        self.setFocusProxy(self.view)
        self._connect()
        follow(self, self._restyle)

    def _connect(self) -> None:
        self.before.clicked.connect(lambda: self.view.go(self.view.page - 1))
        self.after.clicked.connect(lambda: self.view.go(self.view.page + 1))
        self.smaller.clicked.connect(lambda: self.view.zoom(-1))
        self.larger.clicked.connect(lambda: self.view.zoom(1))
        self.width_button.clicked.connect(lambda: self.view.zoom(0))
        self.view.page_changed.connect(self._say)
        self.view.zoomed.connect(self._say)
        self.strip.chosen.connect(self.view.go)

    def show_pdf(self, pdf: Pdf | None) -> None:
        """Another paper, or none."""
        self._show_strip(pdf)
        self.strip.show_pdf(pdf)
        self.view.show_pdf(pdf)
        let_go(self._held)
        self._held += [pdf] if pdf is not None else []

    def set_narrow(self, narrow: bool) -> None:
        """Few words in the bar, and all the height for the page."""
        self._narrow = narrow
        self._show_strip(self.view.pdf)
        self._say()

    def _show_strip(self, pdf: Pdf | None) -> None:
        self.strip.setVisible(pdf is not None and pdf.pages > 1 and not self._narrow)

    def show_marks(self, marks: list[QWidget]) -> None:
        """Badges at the right of the bar."""
        for mark in self._marks:
            self._said.removeWidget(mark)
            mark.hide()
            mark.deleteLater()
        self._marks = marks
        for mark in marks:
            self._said.addWidget(mark)
        self._fit_marks()

    def _fit_marks(self) -> None:
        """As many badges as the bar holds, the first ones first: were they what its width asks for, the window would outgrow the
        screen as soon as a paper has much to be said about and the letters grow."""
        gap = self._bar.spacing()
        room = self.width() - self._bar.contentsMargins().left() * 2
        pieces = [item.widget() for nth in range(self._bar.count()) if (item := self._bar.itemAt(nth)) is not None]
        room -= sum(piece.sizeHint().width() + gap for piece in pieces if piece is not None and not piece.isHidden())
        for mark in self._marks:
            room -= mark.sizeHint().width() + self._said.spacing()
            mark.setVisible(room >= 0)

    def _say(self) -> None:
        pdf, view = self.view.pdf, self.view
        pages = pdf.pages if pdf is not None else 0
        self.width_button.setVisible(not view.is_by_width)
        self.strip.mark(view.page)
        for few in (True,) if self._narrow else (False, True):
            said = _("{n} / {all} 页") if few else _("第 {n} 页，共 {all} 页")
            self.words.setText(said.format(n=view.page + 1 if pages else 0, all=pages))
            lead = _("适合宽度 ") if view.is_by_width and not few else ""
            self.share.setText(f"{lead}{round(view.share * 100)}%" if pages else "")
            if self._bar.sizeHint().width() <= self.width():
                break
        self._fit_marks()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._say()

    def _restyle(self) -> None:
        here = look()
        self._bar.setContentsMargins(here.u(10), here.u(5), here.u(10), here.u(5))
        self._bar.setSpacing(here.u(6))
        self._said.setSpacing(here.u(6))
        self._head.setMinimumWidth(here.u(BAR_LEAST))
        self._say()
