"""What stands in the boxes of a form: words, choices to tick, a place to sign, a QR code.

Each kind measures itself, draws itself, and can be cut where a page ends; the form knows nothing else of it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from desktop.office.facts import Align
from desktop.reports.fonts import FontBook, Style
from desktop.reports.pen import MIDDLE, MM, Pen

PAD = 1.6 * MM
LEADING = 1.45
BODY = 10.5


class Content(Protocol):
    """What may stand in a box."""

    def height(self, book: FontBook, width: float) -> float: ...

    def draw(self, pen: Pen, x: float, y: float, width: float, height: float) -> None: ...

    def cut(self, book: FontBook, width: float, height: float) -> tuple["Content", "Content"]: ...


@dataclass(frozen=True)
class Words:
    """Text in a box, wrapped to it. `lines` holds what a cut left over."""

    text: str
    style: Style = Style.SONG
    size: float = BODY
    align: Align = Align.LEFT
    on_top: bool = False
    lines: tuple[str, ...] | None = None

    def _lines(self, book: FontBook, width: float) -> Sequence[str]:
        if self.lines is not None:
            return self.lines
        return book.wrap(self.text, self.style, self.size, width - 2 * PAD + 0.01)

    def height(self, book: FontBook, width: float) -> float:
        return len(self._lines(book, width)) * self.size * LEADING + 2 * PAD

    def draw(self, pen: Pen, x: float, y: float, width: float, height: float) -> None:
        lines, step = self._lines(pen.book, width), self.size * LEADING
        top = y + PAD if self.on_top else y + (height - len(lines) * step) / 2
        at = {Align.LEFT: x + PAD, Align.CENTRE: x + width / 2, Align.RIGHT: x + width - PAD}[self.align]
        for row, line in enumerate(lines):
            if line:
                pen.text(at, top + (row + 0.5) * step + MIDDLE * self.size, line, self.style, self.size, self.align)

    def cut(self, book: FontBook, width: float, height: float) -> tuple["Words", "Words"]:
        lines = tuple(self._lines(book, width))
        most = max(1, int((height - 2 * PAD) / (self.size * LEADING)))
        return replace(self, lines=lines[:most]), replace(self, lines=lines[most:])


def label(text: str, size: float = BODY) -> Words:
    """The name of a field, 黑体 and in the middle of its box."""
    return Words(text, Style.HEI, size, Align.CENTRE)


def centred(text: str, size: float = BODY) -> Words:
    return Words(text, size=size, align=Align.CENTRE)


@dataclass(frozen=True)
class Choices:
    """☑ one ☐ other: boxes in the order of the paper."""

    options: tuple[str, ...]
    chosen: frozenset[str] = frozenset()
    size: float = BODY
    align: Align = Align.LEFT

    def _places(self, book: FontBook, width: float) -> Iterator[tuple[float, int, str]]:
        x, row = 0.0, 0
        for option in self.options:
            wide = self.size * 1.15 + book.width(option, Style.SONG, self.size)
            if x and x + wide > width - 2 * PAD:
                x, row = 0.0, row + 1
            yield x, row, option
            x += wide + self.size * 1.1

    def height(self, book: FontBook, width: float) -> float:
        rows = max((row for _, row, _ in self._places(book, width)), default=0) + 1
        return rows * self.size * 1.7 + 2 * PAD

    def draw(self, pen: Pen, x: float, y: float, width: float, height: float) -> None:
        places = list(self._places(pen.book, width))
        step = self.size * 1.7
        rows = max((row for _, row, _ in places), default=0) + 1
        top = y + (height - rows * step) / 2
        left = x + PAD
        if self.align is Align.CENTRE and rows == 1 and places:
            last_x, _, last = places[-1]
            left = x + (width - last_x - self.size * 1.15 - pen.book.width(last, Style.SONG, self.size)) / 2
        for at, row, option in places:
            base = top + (row + 0.5) * step + MIDDLE * self.size
            pen.tick_box(left + at, base, option in self.chosen, self.size)
            words = left + at + self.size * 1.15
            pen.fit(words, base, option, Style.SONG, self.size, room=x + width - words - 1)

    def cut(self, book: FontBook, width: float, height: float) -> tuple[Content, Content]:
        return self, Words("")


@dataclass(frozen=True)
class Opinion:
    """意见栏: words above, and at the lower right where somebody signs or seals, with the day."""

    text: str
    signs: tuple[str, ...] = ("（盖章）",)
    seal: bool = True
    words: Words | None = None

    def _words(self) -> Words:
        return self.words or Words(self.text, on_top=True)

    def _foot(self) -> float:
        return (len(self.signs) + 1) * 7 * MM + 2 * MM

    def height(self, book: FontBook, width: float) -> float:
        room = 16 * MM if self.seal else 4 * MM  # a round seal is 42 mm across and sits on these lines
        return max(self._words().height(book, width), room) + self._foot()

    def draw(self, pen: Pen, x: float, y: float, width: float, height: float) -> None:
        self._words().draw(pen, x, y, width, height - self._foot())
        base = y + height - 3.2 * MM
        pen.text(x + width - 4 * MM, base, "年　　　月　　　日", Style.SONG, BODY, Align.RIGHT)
        for above, sign in enumerate(reversed(self.signs), start=1):
            least = x + PAD + pen.book.width(sign, Style.SONG, BODY) / 2
            pen.text(max(least, x + width - 42 * MM), base - above * 7 * MM, sign, Style.SONG, BODY, Align.CENTRE)

    def cut(self, book: FontBook, width: float, height: float) -> tuple[Content, Content]:
        first, rest = self._words().cut(book, width, height)
        return first, replace(self, words=rest)


@dataclass(frozen=True)
class QrBox:
    """A QR code in a box, with a line of words under it."""

    text: str
    under: str = ""
    side: float = 24 * MM

    def height(self, book: FontBook, width: float) -> float:
        return self.side + (12 if self.under else 0) + 4 * PAD

    def draw(self, pen: Pen, x: float, y: float, width: float, height: float) -> None:
        top = y + (height - self.side - (12 if self.under else 0)) / 2
        pen.qr(x + (width - self.side) / 2, top, self.side, self.text)
        if self.under:
            pen.fit(x + width / 2, top + self.side + 12, self.under, Style.SONG, 8, Align.CENTRE, room=width - 2)

    def cut(self, book: FontBook, width: float, height: float) -> tuple[Content, Content]:
        return self, Words("")


@dataclass(frozen=True)
class Stack:
    """Words of several sizes under one another."""

    words: tuple[Words, ...]

    def height(self, book: FontBook, width: float) -> float:
        return sum(one.height(book, width) - PAD for one in self.words) + PAD

    def draw(self, pen: Pen, x: float, y: float, width: float, height: float) -> None:
        y += (height - self.height(pen.book, width)) / 2
        for one in self.words:
            tall = one.height(pen.book, width)
            one.draw(pen, x, y, width, tall)
            y += tall - PAD

    def cut(self, book: FontBook, width: float, height: float) -> tuple[Content, Content]:
        return self, Words("")
