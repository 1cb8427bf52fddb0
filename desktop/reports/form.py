"""表、卡、单: forms of labelled boxes, as an office types and signs them.

A form is rows of cells on common columns. A cell measures itself, draws itself and can be cut where a page ends; the form
decides only where rows go. Rows that `grow` take what is left of the last page, so that a sheet is filled as a typist would
fill it. The head row of a part comes back on each page the part reaches; a vertical label stands beside its rows on each.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from desktop.model.language import _
from desktop.office.facts import Align
from desktop.reports.boxes import BODY, LEADING, Content, Words
from desktop.reports.fonts import FontBook, Style
from desktop.reports.pen import A4, HAIR, MM, Draw, Pen, Size
from desktop.reports.sheet import SIGN_HEIGHT, Foot, Run, sign_line

LEFT, RIGHT, TOP, BOTTOM = 20 * MM, 18 * MM, 18 * MM, 17 * MM
TITLE_SIZE = 20.0
CODE = 17 * MM
MOST_NOTE_LINES = 4


@dataclass(frozen=True)
class Box:
    """A cell that spans some columns."""

    content: Content
    span: int = 1


@dataclass(frozen=True)
class FormRow:
    """One row. `side` is the vertical label that it shares with its neighbours; it takes the first column."""

    boxes: tuple[Box, ...]
    least: float = 9 * MM
    side: str = ""
    grow: float = 0.0
    head: bool = False
    height: float = 0.0


@dataclass(frozen=True)
class Form:
    """A whole form. `columns` are widths in proportion; they fill the page's width."""

    title: str
    columns: tuple[float, ...]
    rows: tuple[FormRow, ...]
    left: str = ""
    right: str = ""
    notes: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    code: str = ""
    size: Size = A4
    foot: Foot | None = None
    xs: tuple[float, ...] = field(default=(), repr=False)

    @property
    def table_top(self) -> float:
        return TOP + 10 * MM + (7 * MM if self.left or self.right else 3 * MM)


def row(*boxes: Content | tuple[Content, int], least: float = 9 * MM, side: str = "", grow: float = 0.0) -> FormRow:
    """A row from contents; `(content, n)` spans n columns."""
    made = tuple(Box(*box) if isinstance(box, tuple) else Box(box) for box in boxes)
    return FormRow(made, least, side, grow)


def head(*boxes: Content | tuple[Content, int], least: float = 8 * MM, side: str = "") -> FormRow:
    """The head of the rows after it; it returns on each page that they reach, until the next head or full-width row."""
    return replace(row(*boxes, least=least, side=side), head=True)


def form(made: Form, book: FontBook) -> Run:
    """The pages of one form."""
    room = made.size.width - LEFT - RIGHT
    xs = [LEFT]
    for share in made.columns:
        xs.append(xs[-1] + room * share / sum(made.columns))
    made = replace(made, xs=tuple(xs))
    pages = _paginate(made, book)
    draws: list[Draw] = [partial(_draw, made, page, at == 0, at == len(pages) - 1) for at, page in enumerate(pages)]
    return Run(draws, made.size, made.foot)


def _spans(made: Form, row: FormRow) -> Iterator[tuple[Content, float, float]]:
    """Each cell with its left edge and width."""
    at = 1 if row.side else 0
    for box in row.boxes:
        yield box.content, made.xs[at], made.xs[at + box.span] - made.xs[at]
        at += box.span


def _measured(made: Form, book: FontBook, row: FormRow) -> FormRow:
    tallest = max((content.height(book, width) for content, _left, width in _spans(made, row)), default=0.0)
    return replace(row, height=max(row.least, tallest))


def _tail_height(made: Form, book: FontBook) -> float:
    """What follows the table on its last page: notes and the sign line."""
    notes = sum(len(lines) for lines in _note_lines(made, book)) * 9 * LEADING
    return (notes + 3 * MM if made.notes else 0.0) + (SIGN_HEIGHT if made.signs else 0.0)


def _note_lines(made: Form, book: FontBook) -> list[list[str]]:
    """The small print under the table, each note in a few lines at most."""
    return [book.wrap(note, Style.SONG, 9, made.xs[-1] - made.xs[0])[:MOST_NOTE_LINES] for note in made.notes]


def _paginate(made: Form, book: FontBook) -> list[list[FormRow]]:
    full = made.size.height - BOTTOM - made.table_top
    tail = _tail_height(made, book)
    pages: list[list[FormRow]] = [[]]
    used, repeated = 0.0, None
    waiting = [_measured(made, book, one) for one in reversed(made.rows)]
    while waiting:
        one = waiting.pop()
        if one.head:
            repeated = one
        elif repeated and len(one.boxes) != len(repeated.boxes):
            repeated = None
        room = full - (0.0 if waiting else tail)
        above = repeated.height if repeated and not one.head else 0.0
        if one.height > room - above and (one.height > full - above or (not waiting and one.height > full - tail - above)):
            first, rest = _cut(made, book, one, max(room - used, 0.0) if room - used > 40 * MM else room - above)
            if rest is not None:
                waiting.append(rest)
                one = first
                room = full
        if used + one.height > room + 0.01 and pages[-1]:
            carried = _carried(pages[-1], one, is_last=not waiting)
            pages.append([])
            used = 0.0
            for again in carried or ([repeated] if repeated and not one.head else []):
                pages[-1].append(again)
                used += again.height
        pages[-1].append(one)
        used += one.height
    _grow(pages[-1], full - tail - used)
    return [page for page in pages if page]


def _carried(page: list[FormRow], one: FormRow, *, is_last: bool) -> list[FormRow]:
    """Rows that go to the new page with `one`: a head never stays alone at a foot, a last row is never alone on a page."""
    if len(page) > 1 and not one.head and (page[-1].head or (is_last and page[-1].height < 60 * MM)):
        return [page.pop()]
    return []


def _cut(made: Form, book: FontBook, one: FormRow, height: float) -> tuple[FormRow, FormRow | None]:
    """A row taller than a page, parted at `height`, its label on both parts; nothing is left when no cell can be cut."""
    firsts, rests = [], []
    is_parted = False
    for box, (content, _left, width) in zip(one.boxes, _spans(made, one), strict=True):
        first, rest = content, content if _is_label(content) else Words("")
        if content.height(book, width) > height:
            first, rest = content.cut(book, width, height)
            is_parted = is_parted or rest != Words("")
        firsts.append(replace(box, content=first))
        rests.append(replace(box, content=rest))
    first_row = _measured(made, book, replace(one, boxes=tuple(firsts), least=0.0))
    if not is_parted or first_row.height > height + 0.01:
        return one, None
    return first_row, _measured(made, book, replace(one, boxes=tuple(rests), least=9 * MM))


def _is_label(content: Content) -> bool:
    return isinstance(content, Words) and content.style is Style.HEI


def _grow(rows: list[FormRow], spare: float) -> None:
    shares = sum(row.grow for row in rows)
    if spare > 0 and shares:
        rows[:] = [replace(row, height=row.height + spare * row.grow / shares) for row in rows]


def _draw(made: Form, rows: Sequence[FormRow], is_first: bool, is_last: bool, pen: Pen) -> None:
    left, right, top = made.xs[0], made.xs[-1], made.table_top
    title = made.title if is_first else f"{made.title}（续）"
    room = right - left
    beside = 2 * (CODE + 2 * MM) if made.code else 0.0
    pen.fit((left + right) / 2, TOP + 7 * MM, title, Style.TITLE, TITLE_SIZE, Align.CENTRE, room=room - beside)
    pen.fit(left, top - 2 * MM, made.left, Style.SONG, BODY, room=room / 2)
    pen.fit(right, top - 2 * MM, made.right, Style.SONG, BODY, Align.RIGHT, room=room / 2 - 4 * MM)
    if made.code:  # on each page, so that loose sheets filled by hand find their record
        pen.qr(right - CODE, top - 8 * MM - CODE, CODE, made.code)
    y = top
    lines: list[tuple[float, float, float, float]] = []
    for at, one in enumerate(rows):
        for content, x, width in _spans(made, one):
            content.draw(pen, x, y, width, one.height)
            if x > left:
                lines.append((x, y, x, y + one.height))
        shares_side = bool(one.side) and at > 0 and rows[at - 1].side == one.side
        if at:
            lines.append((made.xs[1] if shares_side else left, y, right, y))
        if one.side and not shares_side:
            height = _side_height(rows[at:])
            pen.upright((left + made.xs[1]) / 2, y + 2, height - 4, one.side, Style.HEI, BODY)
        y += one.height
    pen.lines(lines, HAIR)
    pen.frame(left, top, right - left, y - top)
    if is_last:
        _draw_tail(made, pen, y)


def _side_height(rows: Sequence[FormRow]) -> float:
    height = 0.0
    for one in rows:
        if one.side != rows[0].side:
            break
        height += one.height
    return height


def _draw_tail(made: Form, pen: Pen, y: float) -> None:
    left, right = made.xs[0], made.xs[-1]
    if made.signs:
        sign_line(pen, left, y, right - left, made.signs)
        y += SIGN_HEIGHT
    y += 2 * MM
    for note, lines in zip(made.notes, _note_lines(made, pen.book), strict=True):
        if len("".join(lines)) < len(note):
            pen.remarks.add(_("“{words}…”太长，已截短").format(words=note[:12]))
        for line in lines:
            y += 9 * LEADING
            pen.text(left, y, line, Style.SONG, 9)
