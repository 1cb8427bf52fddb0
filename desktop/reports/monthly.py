"""月报: the month's figures, each with what it counts, and where they come from. It counts nothing itself.

The pictures are drawn by the pen and not by reportlab.graphics, which writes the name of a font into each page that is not
embedded and that no word of ours uses.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from desktop.office.facts import Align, Column, ListFacts
from desktop.office.facts.monthly import FigureLine, MonthFacts
from desktop.reports.fonts import FontBook, Style, shipped
from desktop.reports.ledger import BOTTOM, LEFT, RIGHT, TOP, Table, table
from desktop.reports.pen import A4, MIDDLE, MM, Draw, Pen, Remarks
from desktop.reports.sheet import Paper, Run, bind, page_foot

Parts = tuple[tuple[str, str], ...]

FIGURES = (
    Column("序号", 12, Align.CENTRE, tight=True),
    Column("指　　标", 38),
    Column("数　值", 20, Align.RIGHT, tight=True),
    Column("单位", 14, Align.CENTRE, tight=True),
    Column("口　　径", 80),
)
SIGNS = ("填表人", "审核人", "负责人（签名）", "单位（盖章）")
MADE_OF: tuple[tuple[str, Callable[[FigureLine], Parts]], ...] = (
    ("按区域类型", lambda figure: figure.by_area),
    ("按来源活动", lambda figure: figure.by_campaign),
)

CHART_GAP, CHART_HEAD, BAR_STEP, BAR = 8 * MM, 9 * MM, 6.2 * MM, 3.6 * MM
NAME_ROOM, VALUE_ROOM = 33 * MM, 12 * MM
BAR_GREY = 0.35  # office printers are black and white


@dataclass(frozen=True)
class Chart:
    """One small picture: (name, printed value, length) of each bar."""

    label: str
    bars: tuple[tuple[str, str, float], ...]


Placed = tuple[float, float, Chart]


def month_report(facts: MonthFacts, book: FontBook | None = None) -> Paper:
    """The figures, their parts by area kind and by campaign, pictures of both, and corrections when there are any."""
    book, remarks = book or shipped(), Remarks()
    named = f"{facts.office.community}党建工作月报"
    pages = table(_figures(facts, named), book, remarks).pages
    for what, of in MADE_OF:
        if any(map(of, facts.figures)):
            title = f"{named}（{what}）"
            pages += _with_charts(table(_parts(facts, title, of), book, remarks), title, _charts(facts.figures, of))
    if facts.corrections:
        pages += table(_corrections(facts, named), book, remarks).pages
    return bind(book, f"{named} {facts.month}", facts.office, [Run(pages, A4, page_foot(facts.mark))], remarks)


def _list(
    facts: MonthFacts, title: str, columns: tuple[Column, ...], rows: tuple[tuple[str, ...], ...], signs: tuple[str, ...] = ()
) -> ListFacts:
    return ListFacts(
        title,
        columns,
        rows,
        facts.office,
        left=f"单位：{facts.office.place}　　月份：{facts.month}",
        right=f"数据截至：{facts.cut_off}　{facts.standing}",
        signs=signs,
        fills_with_blank_rows=False,
        landscape=False,
        numbered=False,
    )


def _figures(facts: MonthFacts, title: str) -> ListFacts:
    rows = tuple((one.number, one.label, one.value, one.unit, one.definition) for one in facts.figures)
    return _list(facts, title, FIGURES, rows, SIGNS)


def _parts(facts: MonthFacts, title: str, of: Callable[[FigureLine], Parts]) -> ListFacts:
    """One row a figure, one column a part; a figure that is not parted this way does not stand here."""
    names = tuple(dict.fromkeys(name for figure in facts.figures for name, _ in of(figure)))
    rows = []
    for figure in facts.figures:
        parts = dict(of(figure))
        if parts:
            rows.append((figure.number, figure.label, *(parts.get(name, "") for name in names), figure.value))
    columns = (
        Column("序号", 12, Align.CENTRE, tight=True),
        Column("指　　标", 34),
        *(Column(name, 20, Align.RIGHT) for name in names),
        Column("合　计", 18, Align.RIGHT, tight=True),
    )
    return _list(facts, title, columns, tuple(rows))


def _corrections(facts: MonthFacts, named: str) -> ListFacts:
    rows = tuple((str(number), line) for number, line in enumerate(facts.corrections, start=1))
    return _list(facts, f"{named}（更正表）", (Column("序号", 12, Align.CENTRE, tight=True), Column("更正事项", 150)), rows)


def _charts(figures: Sequence[FigureLine], of: Callable[[FigureLine], Parts]) -> list[Chart]:
    """A picture for each figure whose parts are numbers."""
    drawn = []
    for figure in figures:
        bars = tuple((name, value, _amount(value)) for name, value in of(figure))
        if any(amount for _, _, amount in bars):
            drawn.append(Chart(f"{figure.label}（{figure.unit}）", bars))
    return drawn


def _amount(value: str) -> float:
    """The number in a printed value; a dash or a word has no bar."""
    digits = value.replace(",", "").rstrip("%％")
    return float(digits) if digits.replace(".", "", 1).isdecimal() else 0.0


def _with_charts(made: Table, title: str, charts: Sequence[Chart]) -> list[Draw]:
    """The table's pages, with the pictures two abreast under it and on as many more pages as they need."""
    width = (A4.width - LEFT - RIGHT - CHART_GAP) / 2
    placed: list[list[Placed]] = [[]]
    y = made.end + CHART_GAP
    for pair in (charts[at : at + 2] for at in range(0, len(charts), 2)):
        height = CHART_HEAD + max(len(chart.bars) for chart in pair) * BAR_STEP + CHART_GAP / 2
        if y + height > A4.height - BOTTOM and placed != [[]]:
            placed.append([])
            y = TOP + 16 * MM
        placed[-1] += [(LEFT + side * (width + CHART_GAP), y, chart) for side, chart in enumerate(pair)]
        y += height
    last = made.pages[-1]
    more: list[Draw] = [partial(_chart_page, f"{title}（图）", page, width) for page in placed[1:]]
    return [*made.pages[:-1], partial(_under, last, placed[0], width), *more]


def _under(table_page: Draw, placed: Sequence[Placed], width: float, pen: Pen) -> None:
    table_page(pen)
    for x, y, chart in placed:
        _chart(pen, x, y, width, chart)


def _chart_page(title: str, placed: Sequence[Placed], width: float, pen: Pen) -> None:
    room = A4.width - LEFT - RIGHT
    pen.fit(LEFT + room / 2, TOP + 6.5 * MM, title, Style.TITLE, 19, Align.CENTRE, room=room)
    for x, y, chart in placed:
        _chart(pen, x, y, width, chart)


def _chart(pen: Pen, x: float, y: float, width: float, chart: Chart) -> None:
    """Lying bars: names at the left, values behind the bars. Words go through the pen, so that a rare name falls back."""
    pen.fit(x, y + 4 * MM, chart.label, Style.HEI, 10, room=width)
    room = width - NAME_ROOM - VALUE_ROOM
    most = max(amount for _, _, amount in chart.bars)
    left, top = x + NAME_ROOM, y + CHART_HEAD - 2 * MM
    for at, (name, value, amount) in enumerate(chart.bars):
        long = room * amount / most
        middle = top + (at + 0.5) * BAR_STEP
        pen.fill(left, middle - BAR / 2, long, BAR, BAR_GREY)
        base = middle + MIDDLE * 9
        pen.fit(left - 1.5 * MM, base, name, Style.SONG, 9, Align.RIGHT, room=NAME_ROOM - 2 * MM)
        pen.fit(left + long + 1.2 * MM, base, value, Style.SONG, 9, room=width - NAME_ROOM - long)
    pen.lines([(left, top, left, top + len(chart.bars) * BAR_STEP)], 0.7)
