"""台账: long tables. Measured first, then drawn with one text object and one grid a page.

Rules (printing rules 5-8 of the office): the head on every page; a row is split only when it is taller than a page; the sign
line stays with the last row; blank rows fill the last page but never open one; numbers, days and phones are not wrapped; an
address goes down to 8 pt before it wraps. A table that is too wide says so and wraps everything: nothing is clipped.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from desktop.model.language import _
from desktop.office.facts import Align, Column, ListFacts
from desktop.reports.fonts import Chain, FontBook, Style
from desktop.reports.pen import A4, A4_WIDE, MIDDLE, MM, SMALLEST, Draw, Pen, Remarks, Size
from desktop.reports.sheet import SIGN_HEIGHT, Run, page_foot, sign_line

LEFT, RIGHT, TOP, BOTTOM = 20 * MM, 18 * MM, 15 * MM, 17 * MM
TITLE_SIZE, HEAD_SIZE = 19.0, 10.0
SIZES = (10.0, 9.5, 9.0, 8.5, 8.0)
WHEN_WRAPPED = 9.5  # where rows must wrap anyway, a little smaller type saves lines
PAD = 1.3 * MM
SNUG = 0.9 * MM  # above and below wrapped lines
LEADING = 1.3
ROW, ROW_BY_HAND = 7.5 * MM, 9.5 * MM
NARROWEST = 11 * MM
WIDEST_WISH = 85 * MM
MOST_HEAD_LINES = 5
NOTHING = "无记录"


@dataclass(frozen=True)
class Cell:
    """One measured cell: the lines, their type size, and where the first begins."""

    lines: Sequence[str]
    size: float


@dataclass(frozen=True)
class TableRow:
    cells: Sequence[Cell]
    height: float


@dataclass(frozen=True)
class Plan:
    """A table with its columns settled."""

    facts: ListFacts
    paper: Size
    columns: tuple[Column, ...]
    xs: tuple[float, ...]
    size: float
    row: float
    heads: tuple[tuple[str, ...], ...]
    head_height: float

    @property
    def table_top(self) -> float:
        under_title = 6.5 * MM if self.facts.left or self.facts.right else 2 * MM
        return TOP + 9 * MM + under_title

    @property
    def body_top(self) -> float:
        return self.table_top + self.head_height

    @property
    def body_height(self) -> float:
        """What rows may fill on a page without a sign line."""
        return self.paper.height - BOTTOM - self.body_top


@dataclass(frozen=True)
class Table:
    """The drawn pages of one list, and where the table ends on the last of them."""

    pages: list[Draw]
    paper: Size
    end: float


def ledger(facts: ListFacts, book: FontBook, remarks: Remarks) -> Run:
    """The list as pages that count by themselves."""
    made = table(facts, book, remarks)
    return Run(made.pages, made.paper, page_foot(facts.mark))


def table(facts: ListFacts, book: FontBook, remarks: Remarks) -> Table:
    """The pages of one list; an empty list is one page that says 无记录."""
    if facts.numbered:
        facts = replace(
            facts,
            columns=(Column("序号", 10, Align.CENTRE, tight=True), *facts.columns),
            rows=tuple((str(number), *row) for number, row in enumerate(facts.rows, start=1)),
        )
    chain = book.chain(Style.SONG)
    widths = [[chain.em(text) for text in row] for row in facts.rows]
    plan = _plan(facts, book, widths, remarks)
    rows = _rows(plan, book, widths)
    pages = _paginate(plan, rows)
    draws: list[Draw] = [partial(_draw, plan, page, is_last=at == len(pages) - 1) for at, page in enumerate(pages)]
    return Table(draws, plan.paper, plan.body_top + (sum(one.height for one in pages[-1]) or plan.row))


def _plan(facts: ListFacts, book: FontBook, widths: list[list[float]], remarks: Remarks) -> Plan:
    paper = A4_WIDE if facts.landscape else A4
    room = paper.width - LEFT - RIGHT
    columns = facts.columns
    longest = [max((row[at] for row in widths), default=0.0) for at in range(len(columns))]
    size, shares = _fit(columns, longest, room, book)
    if not shares:
        remarks.add(_("表太宽，已把证号、日期等也折行；可改用 A3 或减少列"))
        columns = tuple(replace(column, tight=False) for column in columns)
        wishes = [max(column.width * MM, NARROWEST / 2) for column in columns]
        shares = [room * wish / sum(wishes) for wish in wishes]
    xs = [LEFT]
    for share in shares:
        xs.append(xs[-1] + share)
    heads = tuple(_head_lines(column.label, share - PAD, book, remarks) for column, share in zip(columns, shares, strict=True))
    head_height = max(8.5 * MM, max(map(len, heads)) * HEAD_SIZE * LEADING + 2 * PAD)
    row = ROW_BY_HAND if facts.filled_by_hand else ROW
    return Plan(facts, paper, columns, tuple(xs), size, row, heads, head_height)


def _head_lines(label: str, room: float, book: FontBook, remarks: Remarks) -> tuple[str, ...]:
    """A column's name, in lines of like length: 城市功能 核心区, not 城市功能核心 区."""
    lines = book.wrap(label, Style.HEI, HEAD_SIZE, room)
    if len(lines) > 1:
        even = book.width(label, Style.HEI, HEAD_SIZE) / len(lines) + HEAD_SIZE * 0.6
        lines = book.wrap(label, Style.HEI, HEAD_SIZE, min(even, room))
    if len(lines) > MOST_HEAD_LINES:
        remarks.add(_("列名“{words}…”太长，已截短").format(words=label[:12]))
        lines = [*lines[: MOST_HEAD_LINES - 1], f"{lines[MOST_HEAD_LINES - 1][:-1]}…"]
    return tuple(lines)


def _fit(columns: Sequence[Column], longest: Sequence[float], room: float, book: FontBook) -> tuple[float, list[float]]:
    """The largest type size, down to 9 pt, at which nothing is wrapped; else the largest that leaves tight columns whole."""
    for size in (size for size in SIZES if size >= 9):
        shares = _shares(columns, longest, size, room, book)
        if shares and all(share >= em * size + 2 * PAD - 0.01 for share, em in zip(shares, longest, strict=True)):
            return size, shares
    for size in (size for size in SIZES if size <= WHEN_WRAPPED):
        shares = _shares(columns, longest, size, room, book)
        if shares:
            return size, shares
    return SMALLEST, []


def _shares(columns: Sequence[Column], longest: Sequence[float], size: float, room: float, book: FontBook) -> list[float]:
    """Column widths that fill the page at this type size, or none: tight columns whole, the others by what they hold."""
    least, wish = [], []
    for column, em in zip(columns, longest, strict=True):
        hint, content = column.width * MM, em * size + 2 * PAD
        if column.tight:
            narrow = max(hint, content, book.width(column.label[:2], Style.HEI, HEAD_SIZE) + PAD)
            least.append(narrow)
            wish.append(narrow)
        else:
            narrow = max(NARROWEST, min(hint * 0.7, content))
            least.append(narrow)
            wish.append(max(narrow, min(content, WIDEST_WISH)))
    if sum(least) > room:
        return []
    spare, asked = room - sum(least), sum(wish) - sum(least)
    if asked >= spare:
        return _rationed(least, wish, spare)
    loose = [0.0 if column.tight else max(high, column.width * MM) for column, high in zip(columns, wish, strict=True)]
    weights = loose if any(loose) else wish
    return [high + (spare - asked) * weight / sum(weights) for high, weight in zip(wish, weights, strict=True)]


def _rationed(least: Sequence[float], wish: Sequence[float], spare: float) -> list[float]:
    """Too little room: columns that ask for little get it whole, the long ones share what is left."""
    given = list(least)
    order = sorted(range(len(wish)), key=lambda at: wish[at] - least[at])
    for rank, at in enumerate(order):
        share = min(wish[at] - least[at], spare / (len(order) - rank))
        given[at] += share
        spare -= share
    return given


def _rows(plan: Plan, book: FontBook, widths: list[list[float]]) -> list[TableRow]:
    """Each row as cells of lines; only what does not fit its column is wrapped."""
    size, rows = plan.size, []
    inner = [right - left - 2 * PAD for left, right in zip(plan.xs, plan.xs[1:], strict=False)]
    rooms = [room + 0.01 for room in inner]  # a tight column is as wide as its longest text, give or take a rounding
    for texts, ems in zip(plan.facts.rows, widths, strict=True):
        cells, most = [], plan.row
        for column, text, em, room in zip(plan.columns, texts, ems, rooms, strict=True):
            if em * size <= room and "\n" not in text:
                cells.append(Cell((text,), size))
                continue
            used = size
            if column.shrinks:
                used = next((small for small in SIZES if small <= size and em * small <= room), SMALLEST)
            lines = book.wrap(text, Style.SONG, used, room)
            cells.append(Cell(lines, used))
            most = max(most, len(lines) * used * LEADING + 2 * SNUG)
        rows.append(TableRow(cells, most))
    return rows


def _paginate(plan: Plan, rows: Sequence[TableRow]) -> list[list[TableRow]]:
    """Rows by page. The last page keeps room for the sign line, and at least one row above it."""
    sign = SIGN_HEIGHT if plan.facts.signs else 0.0
    tall = plan.body_height - sign
    usual = tall if plan.facts.signs_on_every_page else plan.body_height
    pages: list[list[TableRow]] = [[]]
    used = 0.0
    for row in (piece for whole in rows for piece in _pieces(whole, tall)):
        if used + row.height > usual and pages[-1]:
            pages.append([])
            used = 0.0
        pages[-1].append(row)
        used += row.height
    if used > tall and len(pages[-1]) > 1:
        pages.append([pages[-1].pop()])
    return pages


def _pieces(row: TableRow, tall: float) -> list[TableRow]:
    """The row itself, or page-high parts of one that is taller than a page."""
    if row.height <= tall:
        return [row]
    step = max(cell.size for cell in row.cells) * LEADING
    most = int((tall - 2 * SNUG) / step)
    pieces = []
    for at in range(0, max(len(cell.lines) for cell in row.cells), most):
        cells = [Cell(cell.lines[at : at + most], cell.size) for cell in row.cells]
        pieces.append(TableRow(cells, max(len(cell.lines) for cell in cells) * step + 2 * SNUG))
    return pieces


def _draw(plan: Plan, rows: Sequence[TableRow], pen: Pen, *, is_last: bool) -> None:
    facts, left, right = plan.facts, plan.xs[0], plan.xs[-1]
    signed = bool(facts.signs) and (is_last or facts.signs_on_every_page)
    room = right - left
    pen.fit((left + right) / 2, TOP + 6.5 * MM, facts.title, Style.TITLE, TITLE_SIZE, Align.CENTRE, room=room)
    wide = min(pen.book.width(facts.right, Style.SONG, 10.5), room / 2)
    pen.fit(left, plan.table_top - 1.8 * MM, facts.left, Style.SONG, 10.5, room=room - wide - 4 * MM)
    pen.fit(right, plan.table_top - 1.8 * MM, facts.right, Style.SONG, 10.5, Align.RIGHT, room=room / 2)
    pen.fill(left, plan.table_top, right - left, plan.head_height, 0.95)
    for lines, x, next_x in zip(plan.heads, plan.xs, plan.xs[1:], strict=False):
        y = plan.table_top + plan.head_height / 2 - (len(lines) - 1) * HEAD_SIZE * LEADING / 2 + MIDDLE * HEAD_SIZE
        for line in lines:
            pen.text((x + next_x) / 2, y, line, Style.HEI, HEAD_SIZE, Align.CENTRE)
            y += HEAD_SIZE * LEADING

    chain = pen.book.chain(Style.SONG)
    ys = [plan.table_top, plan.body_top]
    for row in rows:
        _draw_row(plan, row, ys[-1], pen, chain)
        ys.append(ys[-1] + row.height)
    last_y = plan.body_top + plan.body_height - (SIGN_HEIGHT if signed else 0.0)
    if not plan.facts.rows:
        ys.append(ys[-1] + plan.row)
        pen.text((left + right) / 2, _middle(ys[-2], plan.row, plan.size), NOTHING, Style.SONG, plan.size, Align.CENTRE)
        pen.frame(left, ys[0], right - left, ys[-1] - ys[0])
        pen.lines([(left, ys[1], right, ys[1]), *((x, ys[0], x, ys[1]) for x in plan.xs)])
    else:
        while is_last and facts.fills_with_blank_rows and ys[-1] + plan.row <= last_y + 0.01:
            ys.append(ys[-1] + plan.row)
        pen.grid(plan.xs, ys)
    if signed:
        sign_line(pen, left, ys[-1], right - left, facts.signs)


def _middle(top: float, height: float, size: float) -> float:
    return top + height / 2 + MIDDLE * size


def _draw_row(plan: Plan, row: TableRow, top: float, pen: Pen, chain: Chain) -> None:
    for column, cell, x, next_x in zip(plan.columns, row.cells, plan.xs, plan.xs[1:], strict=False):
        size = cell.size
        y = _middle(top, row.height, size) - (len(cell.lines) - 1) * size * LEADING / 2
        align = Align.LEFT if len(cell.lines) > 1 else column.align
        for line in cell.lines:
            if align is Align.LEFT:
                at = x + PAD
            elif align is Align.RIGHT:
                at = next_x - PAD - chain.em(line) * size
            else:
                at = (x + next_x - chain.em(line) * size) / 2
            if line:
                pen.put(at, y, line, chain, size)
            y += size * LEADING
