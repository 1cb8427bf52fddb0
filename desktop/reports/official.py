"""公文 by GB/T 9704-2012: letters and notices on the grid of 22 lines of 28 characters.

The type is 15.75 pt and not 16: 28 characters of 16 pt are 158 mm and would not fit the 156 mm of the text area. The title is
小标宋, the body 仿宋 (宋体 stands in where no 仿宋 was found, and the paper says so), — 1 — stands under the text area.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from desktop.office.facts import Align, PrintMark
from desktop.reports.fonts import FontBook, Style
from desktop.reports.pen import A4, MIDDLE, MM, Draw, Pen, Size
from desktop.reports.sheet import Foot, Run, mark_line

LEFT, TOP, WIDTH, HEIGHT = 28 * MM, 37 * MM, 156 * MM, 225 * MM
SIZE, PITCH, LINES = 15.75, 29.62, 22
ROOM = PITCH * LINES  # the last line's gap may hang out of the text area
MOST_BOUND = 8  # a longer chain of bound lines may part
TITLE_SIZE, TITLE_PITCH = 22.0, 34.0
INDENT = "　　"


@dataclass(frozen=True)
class Line:
    """One line of the letter: its height and how it is drawn with its baseline at y. `binds` keeps it with the next line."""

    height: float
    draw: Callable[[Pen, float], None]
    binds: bool = False


def title(text: str, book: FontBook) -> list[Line]:
    lines = book.wrap(text, Style.TITLE, TITLE_SIZE, WIDTH - 2 * TITLE_SIZE)
    return [Line(TITLE_PITCH, partial(_centred, line), binds=True) for line in lines]


def _centred(text: str, pen: Pen, y: float) -> None:
    pen.text(LEFT + WIDTH / 2, y, text, Style.TITLE, TITLE_SIZE, Align.CENTRE)


def gap(lines: float = 1) -> list[Line]:
    return [Line(PITCH * lines, lambda pen, y: None)]


def paragraph(text: str, book: FontBook, style: Style = Style.FANG, *, indent: bool = True, binds: bool = False) -> list[Line]:
    """Lines of the body, spread to the measure but for the last."""
    made = []
    lines = book.wrap(f"{INDENT if indent else ''}{text}", style, SIZE, WIDTH + 0.1)
    for at, line in enumerate(lines):
        is_full = at < len(lines) - 1 and book.width(line, style, SIZE) > WIDTH - 1.6 * SIZE
        made.append(Line(PITCH, partial(_body, line, style, WIDTH if is_full else 0.0), binds))
    return made


def _body(text: str, style: Style, room: float, pen: Pen, y: float) -> None:
    pen.text(LEFT, y, text, style, SIZE, room=room)


def serial(text: str) -> list[Line]:
    """文号, centred under the title."""
    return [Line(PITCH, partial(_serial, text), binds=True)]


def _serial(text: str, pen: Pen, y: float) -> None:
    pen.fit(LEFT + WIDTH / 2, y, text, Style.FANG, 14, Align.CENTRE, room=WIDTH)


def signature(issuer: str, day: str, book: FontBook) -> list[Line]:
    """署名 and 成文日期: the day four characters from the right edge, the issuer centred over it, room for a 42 mm seal."""
    wide = book.width(day, Style.FANG, SIZE)
    middle = LEFT + max(WIDTH / 2, WIDTH - 4 * SIZE - wide / 2)
    half = book.width(issuer, Style.FANG, SIZE) / 2
    centre = max(LEFT + WIDTH / 2, min(middle, LEFT + WIDTH - half))
    blank = [Line(PITCH * 0.8, lambda pen, y: None, binds=True)] * 2
    return [*blank, Line(PITCH, partial(_signed, issuer, centre), binds=True), Line(PITCH, partial(_signed, day, middle))]


def _signed(text: str, centre: float, pen: Pen, y: float) -> None:
    pen.fit(centre, y, text, Style.FANG, SIZE, Align.CENTRE, room=2 * min(centre - LEFT, LEFT + WIDTH - centre))


def letter(lines: Sequence[Line], mark: PrintMark, note: str = "") -> Run:
    """The letter's pages. Bound lines stay with what follows; a page of nothing but a signature takes a line along."""
    pages: list[list[Line]] = [[]]
    used = 0.0
    for at, line in enumerate(lines):
        together = line.height
        for follower, before in zip(lines[at + 1 : at + MOST_BOUND], lines[at:], strict=False):
            if not before.binds:
                break
            together += follower.height
        if used + together > ROOM + 0.5 and pages[-1]:
            carried = [pages[-1].pop()] if line.binds and len(pages[-1]) > 1 else []
            pages.append(carried)
            used = sum(one.height for one in carried)
        pages[-1].append(line)
        used += line.height
    draws: list[Draw] = [partial(_draw, page, note if at == 0 else "") for at, page in enumerate(pages)]
    return Run(draws, A4, official_foot(mark))


def _draw(lines: Sequence[Line], note: str, pen: Pen) -> None:
    if note:
        pen.text(LEFT + WIDTH, TOP - 8 * MM, note, Style.HEI, 10.5, Align.RIGHT)
    y = TOP - (PITCH - SIZE) / 2
    for line in lines:
        line.draw(pen, y + line.height / 2 + MIDDLE * SIZE)
        y += line.height


def official_foot(mark: PrintMark) -> Foot:
    """— 1 — in 4号 digits, 7 mm under the text area, odd pages right and even ones left, one character in (7.5)."""

    def draw(pen: Pen, size: Size, number: int, of: int) -> None:
        y = TOP + HEIGHT + 7 * MM + 5
        if number % 2:
            pen.text(LEFT + WIDTH - 14, y, f"— {number} —", Style.SONG, 14, Align.RIGHT)
        else:
            pen.text(LEFT + 14, y, f"— {number} —", Style.SONG, 14)
        mark_line(pen, size, mark, size.height - 10 * MM, f"-{number}")

    return draw
