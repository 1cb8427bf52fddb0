"""The sheet of paper under every form: pages that count together, their feet, and the finished file.

The same facts give the same bytes, so that 核验 can render a paper again and compare; nothing of the clock or of the machine
gets into a file.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from desktop.office.facts import Align, OfficeFacts, PrintMark
from desktop.reports.fonts import FontBook, Style
from desktop.reports.pen import A4, MM, Draw, Gap, Pen, Remarks, Size

rl_config.useA85 = 0  # streams stay binary: base 85 was a third of the time and a quarter of the size of a long ledger


@dataclass(frozen=True)
class Paper:
    """A finished document: the file that is shown, printed and saved, and what its reader must be told."""

    pdf: bytes
    pages: int
    missing: tuple[Gap, ...] = ()
    notes: tuple[str, ...] = ()


Foot = Callable[[Pen, Size, int, int], None]


@dataclass(frozen=True)
class Run:
    """Pages that are numbered together: one form of a member, one ledger, one letter."""

    pages: Sequence[Draw]
    size: Size = A4
    foot: Foot | None = None


def bind(book: FontBook, title: str, office: OfficeFacts, runs: Sequence[Run], remarks: Remarks | None = None) -> Paper:
    """All runs as one file. Bytes depend on the facts and the fonts alone."""
    out = BytesIO()
    canvas = Canvas(out, pageCompression=1, invariant=1, lang="zh-CN", initialFontName=book.chain(Style.SONG).main.name)
    canvas.setTitle(title)
    canvas.setAuthor(office.party_org)
    canvas.setSubject(f"{office.place} {office.code}")
    canvas.setCreator("连心 Lianxin")
    canvas.setProducer("连心 Lianxin")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    remarks = remarks or Remarks()
    pen = Pen(canvas, book, remarks)
    pages = 0
    for run in runs:
        for number, draw in enumerate(run.pages, start=1):
            pen.open_page(run.size)
            draw(pen)
            if run.foot:
                run.foot(pen, run.size, number, len(run.pages))
            pen.close_page()
            pages += 1
    canvas.save()
    notes = (*remarks.all(), *book.notes(pen.styles))
    return Paper(out.getvalue(), pages, tuple(pen.gaps), notes)


def page_foot(mark: PrintMark) -> Foot:
    """第 x 页 共 y 页 in the middle, the code for 核验 at the left, who printed when at the right."""

    def draw(pen: Pen, size: Size, number: int, of: int) -> None:
        y = size.height - 10 * MM
        pen.text(size.width / 2, y, f"第 {number} 页　共 {of} 页", Style.SONG, 9, Align.CENTRE)
        mark_line(pen, size, mark, y, f"-{number}")

    return draw


def mark_line(pen: Pen, size: Size, mark: PrintMark, y: float, page: str = "") -> None:
    """The two grey ends of a foot."""
    if mark.code:
        pen.fit(20 * MM, y, f"核验码 {mark.code}{page}", Style.SONG, 8, grey=0.45, room=size.width / 2 - 40 * MM)
    if mark.by or mark.at:
        printed = f"{' '.join(filter(None, (mark.by, mark.at)))} 打印"
        room = size.width / 2 - 38 * MM
        pen.fit(size.width - 18 * MM, y, printed, Style.SONG, 8, Align.RIGHT, grey=0.45, room=room)


SIGN_HEIGHT = 11 * MM


def sign_line(pen: Pen, x: float, y: float, width: float, signs: Sequence[str], size: float = 10.5) -> None:
    """填表人 … 填表日期: evenly spread under a table whose lower edge is y; a day gets its 年 月 日."""
    step = width / max(len(signs), 1)
    for at, label in enumerate(signs):
        text = f"{label}：　　年　　月　　日" if label.endswith("日期") else f"{label}："
        if label.endswith("日期") and at == len(signs) - 1:
            pen.fit(x + width - 2, y + 7 * MM, text, Style.SONG, size, Align.RIGHT, room=step - 4)
        else:
            pen.fit(x + step * at + 2, y + 7 * MM, text, Style.SONG, size, room=step - 4)
