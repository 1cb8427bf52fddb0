"""The pen that writes on paper: words with fallback, lines, boxes to tick, QR codes.

Here y runs *down* from the upper edge, in points, as one reads. The pen keeps one text object a page and draws lines under
it; that, and not Platypus, is what makes a ledger fast. What it could not draw as it stands it remembers and tells.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from typing import Any

from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.barcode.qrencoder import QR8bitByte
from reportlab.pdfgen.canvas import Canvas

from desktop.model.language import _
from desktop.office.facts import Align
from desktop.reports.fonts import Chain, FontBook, Style

MM = 72 / 25.4
SMALLEST = 8.0  # no type on a form is smaller
MOST_IN_QR = 1200  # bytes; beyond it a printed square is too fine for a scanner
HAIR, FRAME = 0.5, 1.0  # 内线 and 外框 of a table, in points
MIDDLE = 0.38  # a Han character's middle stands this many em above its baseline


@dataclass(frozen=True)
class Size:
    """A sheet, in points."""

    width: float
    height: float


A4 = Size(210 * MM, 297 * MM)
A4_WIDE = Size(297 * MM, 210 * MM)


@dataclass(frozen=True)
class Gap:
    """缺字: a character that no font has, and the words it stood in."""

    char: str
    where: str

    @property
    def code_point(self) -> str:
        return f"U+{ord(self.char):04X}"


@dataclass
class Remarks:
    """What the layout has to tell whoever prints; each thing once."""

    _said: dict[str, None] = field(default_factory=dict)

    def add(self, remark: str) -> None:
        self._said[remark] = None

    def all(self) -> tuple[str, ...]:
        return tuple(self._said)


class Pen:
    """Writes on one page after another."""

    _text: Any  # ReportLab's text object of this page

    def __init__(self, canvas: Canvas, book: FontBook, remarks: Remarks) -> None:
        self.canvas = canvas
        self.remarks = remarks
        self.book = book
        self.gaps: dict[Gap, None] = {}
        self.styles: set[Style] = set()
        self._height = 0.0
        self._font: tuple[str, float] | None = None
        self._grey = 0.0

    def open_page(self, size: Size) -> None:
        self.canvas.setPageSize((size.width, size.height))
        self._height = size.height
        self._begin()

    def close_page(self) -> None:
        self.canvas.drawText(self._text)
        self.canvas.showPage()

    def stamp(self, name: str, size: Size, draw: "Draw") -> None:
        """What `draw` puts on a page is kept in the file once, under a name, and laid on this page."""
        if not self.canvas.hasForm(name):
            before = self._text
            self.canvas.beginForm(name, 0, 0, size.width, size.height)
            self._begin()
            draw(self)
            self.canvas.drawText(self._text)
            self.canvas.endForm()
            self._text, self._font, self._grey = before, None, -1.0
        self.canvas.doForm(name)

    def _begin(self) -> None:
        self._text = self.canvas.beginText()
        self._font, self._grey = None, 0.0

    def put(self, x: float, y: float, text: str, chain: Chain, size: float) -> None:
        """A text that was measured before, its baseline starting at (x, y)."""
        self._text.setTextOrigin(x, self._height - y)
        if chain.is_plain(text):
            self._say(text, chain.main.name, size)
            return
        for font, piece, missing in chain.split_runs(text):
            for char in missing:
                self.gaps[Gap(char, text[:24])] = None
            if piece:
                self._say(piece, font, size)

    def _say(self, text: str, font: str, size: float) -> None:
        if self._font != (font, size):
            self._font = (font, size)
            self._text.setFont(font, size)
        self._text.textOut(text)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        style: Style = Style.SONG,
        size: float = 10.5,
        align: Align = Align.LEFT,
        *,
        grey: float = 0.0,
        room: float = 0.0,
    ) -> None:
        """One line at (x, y): x is its left, middle or right edge. With `room` its characters are spread to that width."""
        self.styles.add(style)
        chain = self.book.chain(style)
        width = chain.em(text) * size
        if align is Align.CENTRE:
            x -= width / 2
        elif align is Align.RIGHT:
            x -= width
        if grey != self._grey:
            self._grey = grey
            self._text.setFillGray(grey)
        spread = (room - width) / (len(text) - 1) if room and len(text) > 1 else 0.0
        if spread:
            self._text.setCharSpace(spread)
        self.put(x, y, text, chain, size)
        if spread:
            self._text.setCharSpace(0)

    def fit(
        self,
        x: float,
        y: float,
        text: str,
        style: Style = Style.SONG,
        size: float = 10.5,
        align: Align = Align.LEFT,
        *,
        room: float,
        grey: float = 0.0,
    ) -> None:
        """One line in a fixed place: set smaller down to 8 pt if it must be, then cut with … and told, never over its room."""
        em = self.book.chain(style).em(text)
        small = min(size, max(SMALLEST, room / em)) if em else size
        if em * small > room + 0.1:
            self.remarks.add(_("“{words}…”太长，已截短").format(words=text[:12]))
            text = self.book.wrap(text, style, small, max(room - small, small))[0] + "…"
        self.text(x, y, text, style, small, align, grey=grey)

    def upright(self, x: float, top: float, height: float, text: str, style: Style, size: float) -> None:
        """竖排: a label written downward, centred on x and within its height."""
        step = min(size * 1.25, height / max(len(text), 1))
        y = top + (height - step * len(text)) / 2 + step / 2 + MIDDLE * size
        for char in text:
            self.text(x, y, char, style, size, Align.CENTRE)
            y += step

    def grid(self, xs: Sequence[float], ys: Sequence[float]) -> None:
        """A closed table: hair lines inside, the frame around."""
        downs = [self._height - y for y in ys]
        self.canvas.setLineWidth(HAIR)
        if len(xs) > 2 or len(ys) > 2:
            self.canvas.grid(xs, downs)
        self.frame(xs[0], ys[0], xs[-1] - xs[0], ys[-1] - ys[0])

    def frame(self, x: float, y: float, width: float, height: float, line: float = FRAME) -> None:
        self.canvas.setLineWidth(line)
        self.canvas.rect(x, self._height - y - height, width, height)

    def fill(self, x: float, y: float, width: float, height: float, grey: float) -> None:
        self.canvas.setFillGray(grey)
        self.canvas.rect(x, self._height - y - height, width, height, stroke=0, fill=1)
        self.canvas.setFillGray(0)

    def lines(self, lines: Sequence[tuple[float, float, float, float]], line: float = HAIR) -> None:
        """Straight lines, each (x1, y1, x2, y2)."""
        self.canvas.setLineWidth(line)
        self.canvas.lines([(x1, self._height - y1, x2, self._height - y2) for x1, y1, x2, y2 in lines])

    def cut_line(self, y: float, width: float) -> None:
        """沿此线裁开: dashes across the sheet."""
        self.canvas.setDash(3, 3)
        self.lines([(0, y, width, y)], 0.4)
        self.canvas.setDash()

    def tick_box(self, x: float, y: float, ticked: bool, size: float) -> float:
        """☐ or ☑ before a word whose baseline is y (fonts lack both). The width it took."""
        side = size * 0.84
        top = y - MIDDLE * size - side / 2
        self.frame(x, top, side, side, 0.7)
        if ticked:
            bottom = top + side
            self.canvas.setLineWidth(1.3)
            self.canvas.setLineCap(1)
            path = self.canvas.beginPath()
            path.moveTo(x + side * 0.16, self._height - (top + side * 0.5))
            path.lineTo(x + side * 0.42, self._height - (bottom - side * 0.18))
            path.lineTo(x + side * 0.98, self._height - (top - side * 0.1))
            self.canvas.drawPath(path)
            self.canvas.setLineCap(0)
        return side

    def qr(self, x: float, y: float, side: float, text: str, *, quick: bool = False) -> None:
        """A QR code whose dark modules fill the square; leave four modules of white around it.

        `quick` takes the first mask instead of the best of eight: any reader reads it, and 1,506 slips cost 1.5 s, not 11.
        """
        if len(text.encode()) > MOST_IN_QR:
            self.remarks.add(_("二维码内容太长，没有印出"))
            return
        modules, rectangles = _qr(text, quick)
        self.canvas.saveState()
        self.canvas.setFillGray(0)
        self.canvas.transform(side / modules, 0, 0, -side / modules, x, self._height - y)
        self.canvas.addLiteral(rectangles)
        self.canvas.restoreState()


@lru_cache(maxsize=8)
def _qr(text: str, quick: bool) -> tuple[int, str]:
    """How many modules a side, and the dark ones as PDF rectangles of whole modules; a slip's second copy costs nothing."""
    code = QrCodeWidget(text if text.isascii() else [QR8bitByte(text)], barLevel="M").qr
    if quick:
        code.version = code.calculate_version()
        code.makeImpl(False, 0)
    else:
        code.make()
    made = []
    for row, modules in enumerate(code.modules):
        at = 0
        for dark, run in groupby(modules, bool):
            count = len(list(run))
            if dark:
                made.append(f"{at} {row} {count} 1 re")
            at += count
    return code.moduleCount, " ".join(made) + " f"


Draw = Callable[[Pen], None]
