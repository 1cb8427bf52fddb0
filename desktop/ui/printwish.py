"""The right side of the print page: what goes on the paper, and how it comes out.

It only asks; what a form can be asked for is said by `printorder`, and the page makes the paper.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.model import days
from desktop.model.language import _
from desktop.reports import PAPERS
from desktop.ui.kit.badges import Chip
from desktop.ui.kit.buttons import CheckBox
from desktop.ui.kit.choices import Choice
from desktop.ui.kit.dates import DateEdit
from desktop.ui.kit.flow import FlowLayout
from desktop.ui.kit.lines import LineEdit
from desktop.ui.kit.picker import Found, ReferencePicker
from desktop.ui.kit.text import Label, Rule
from desktop.ui.look import follow, look

PERIODS = ("month", "last_month", "quarter", "year", "own")
MOST_COPIES = 99


def first_preset(today: str, closing_day: int) -> str:
    """The month that is reported about now: until the closing day that is the one before."""
    return "last_month" if int(today[8:10]) <= closing_day else "month"


def period(preset: str, today: str) -> tuple[str, str]:
    """The first and the last day of a preset, never beyond today."""
    month = today[:7]
    if preset == "last_month":
        return days.month_bounds(days.after(f"{month}-01", -1)[:7])
    since = {"quarter": days.quarter_bounds(month)[0], "year": f"{today[:4]}-01-01"}.get(preset, f"{month}-01")
    return since, today


@dataclass(frozen=True)
class Asks:
    """What a form can be asked for: which rows to choose among, records to pick, a period, masks."""

    ranges: tuple[tuple[str, str], ...] = ()
    pick: str = ""  # the label of the picker; empty when nothing is picked
    search: Callable[[str], Sequence[Found]] | None = None
    tables: tuple[tuple[str, str], ...] = ()
    has_period: bool = False
    masks: bool = False


@dataclass(frozen=True)
class Wish:
    """What was asked for at the right side."""

    range: str = "all"
    table: str = ""
    since: str = ""
    until: str = ""
    preset: str = "month"
    masked: bool = True


class WishPanel(QWidget):
    """印哪些 and 怎么印."""

    changed = Signal()
    paper_chosen = Signal(str)
    picked = Signal(str)
    dropped = Signal(str)

    def __init__(self, today: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.wish = Wish()
        self._today = today
        self.paper = Choice([(paper.key, _(paper.title)) for paper in PAPERS], empty=None)
        self.range, self.table = Choice((), empty=None), Choice((), empty=None)
        self.pick = ReferencePicker(self._look_up)
        names = (_("本月"), _("上月"), _("本季"), _("今年"), _("自己定"))
        self.preset = Choice(list(zip(PERIODS, names, strict=True)), empty=None)
        self.since, self.until = (DateEdit(lambda typed: days.read_day(typed, today), str, today) for _nth in range(2))
        self.masked = CheckBox(_("遮蔽证件和电话"))
        self.printer = Choice((), empty=None)
        self.no_printer = Label(_("本机没有装打印机：存为 PDF，拿到有打印机的电脑上印"), "caption", "text2", wrap=True)
        self.tray, self.both = Label(""), CheckBox(_("双面"))
        self.copies = LineEdit(2)
        self._search: Callable[[str], Sequence[Found]] | None = None
        self._lines: dict[str, QWidget] = {}
        self._column = QVBoxLayout(self)
        self._assemble()
        self._connect()
        follow(self, self._restyle)

    def _assemble(self) -> None:
        self._column.addWidget(self._line("paper", _("表"), self.paper))
        self._column.addWidget(Label(_("印哪些"), "section"))
        self.chips = QWidget()
        self._flow = FlowLayout(self.chips)
        self._column.addWidget(self._line("table", _("哪张表"), self.table))
        self._column.addWidget(self._line("range", _("范围"), self.range))
        self._column.addWidget(self.pick)
        self._column.addWidget(self.chips)
        self._column.addWidget(self._line("preset", _("期间"), self.preset))
        self._column.addWidget(self._line("since", _("起"), self.since))
        self._column.addWidget(self._line("until", _("截止"), self.until))
        self._column.addWidget(self.masked)
        self._trace = Label(_("去掉遮蔽要有权限，每次都留痕"), "caption", "text2", wrap=True)
        self._column.addWidget(self._trace)
        self._column.addWidget(Rule())
        self._column.addWidget(Label(_("怎么印"), "section"))
        self._column.addWidget(self._line("printer", _("打印机"), self.printer))
        self._column.addWidget(self.no_printer)
        self._column.addWidget(self._line("size", _("纸张"), self.tray))
        self._column.addWidget(self._line("copies", _("份数"), self.copies))
        self._column.addWidget(self.both)
        self._column.addStretch(1)
        self.copies.set_value("1")

    def _line(self, key: str, label: str, piece: QWidget) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        name = Label(label, "caption", "text2")
        name.setBuddy(piece)
        piece.setAccessibleName(label)
        row.addWidget(name)
        row.addWidget(piece, 1)
        self._lines[key] = line
        return line

    def _connect(self) -> None:
        self.paper.changed.connect(self.paper_chosen)
        self.range.changed.connect(lambda key: self._change(range=key))
        self.table.changed.connect(lambda key: self._change(table=key))
        self.preset.changed.connect(self._choose_preset)
        self.since.changed.connect(lambda day: self._change_day(since=day))
        self.until.changed.connect(lambda day: self._change_day(until=day))
        self.masked.clicked.connect(lambda on: self._change(masked=on))
        self.pick.chosen.connect(self._picked)

    # what it shows

    def show_asks(self, asks: Asks, wish: Wish, *, paper: str) -> None:
        """The questions of a form with the answers so far; nobody is told."""
        self.wish, self._search = wish, asks.search
        self.paper.set_value(paper)
        self.range.set_options(asks.ranges)
        self.range.set_value(wish.range)
        self.table.set_options(asks.tables)
        self.table.set_value(wish.table)
        self._lines["range"].setVisible(len(asks.ranges) > 1 or bool(asks.ranges and not asks.pick))
        self._lines["table"].setVisible(bool(asks.tables))
        self.pick.setVisible(bool(asks.pick))
        self.pick.setAccessibleName(asks.pick)
        self.pick.setPlaceholderText(asks.pick)
        for key in ("preset", "since", "until"):
            self._lines[key].setVisible(asks.has_period)
        self._show_days()
        self.masked.setChecked(wish.masked)
        self.masked.setVisible(asks.masks)
        self._trace.setVisible(asks.masks)

    def show_picked(self, records: Sequence[tuple[str, str]]) -> None:
        """The records that were picked, each to be taken off again."""
        while self._flow.count():
            item = self._flow.takeAt(0)
            old = item.widget() if item is not None else None
            if old is not None:
                old.hide()
                old.deleteLater()
        for key, word in records:
            chip = Chip(word, removable=True)
            chip.removed.connect(lambda key=key: self.dropped.emit(key))
            self._flow.addWidget(chip)
            chip.show()
        self.chips.setVisible(bool(records))
        self.chips.updateGeometry()

    def show_printers(self, names: Sequence[str]) -> None:
        """The printers of this machine; without one a sentence stands there."""
        self.printer.set_options([(name, name) for name in names])
        if not self.printer.value() and names:
            self.printer.set_value(names[0])
        for piece in (self._lines["printer"], self._lines["copies"], self.both):
            piece.setVisible(bool(names))
        self.no_printer.setVisible(not names)

    def show_size(self, words: str) -> None:
        """The paper in the tray that is wanted."""
        self.tray.setText(words)
        self._lines["size"].setVisible(bool(words))

    def how_many(self) -> int:
        """Copies; what is no number is one."""
        typed = self.copies.value()
        return min(max(int(typed), 1), MOST_COPIES) if typed.isdigit() else 1

    def set_narrow(self, narrow: bool) -> None:
        """Without the list of forms beside it, the form is chosen here."""
        self._lines["paper"].setVisible(narrow)

    # what is typed

    def _change(self, **to: object) -> None:
        self.wish = replace(self.wish, **to)  # type: ignore[arg-type]  # each by its own name, a few lines above
        self.changed.emit()

    def _choose_preset(self, preset: str) -> None:
        if preset == "own":
            self.wish = replace(self.wish, preset="own")
            self.since.setFocus()
            return
        since, until = period(preset, self._today)
        self.wish = replace(self.wish, preset=preset, since=since, until=until)
        self._show_days()
        self.changed.emit()

    def _change_day(self, **to: str) -> None:
        if all(days.is_day(day) for day in to.values()):
            self.preset.set_value("own")
            self._change(preset="own", **to)

    def _show_days(self) -> None:
        self.preset.set_value(self.wish.preset)
        self.since.set_value(self.wish.since)
        self.until.set_value(self.wish.until)

    def _look_up(self, typed: str) -> Sequence[Found]:
        return self._search(typed) if self._search is not None else []

    def _picked(self, record: str) -> None:
        self.pick.set_value("")
        self.picked.emit(record)

    def _restyle(self) -> None:
        here = look()
        self._column.setContentsMargins(here.u(12), here.u(10), here.u(12), here.u(10))
        self._column.setSpacing(here.u(6))
        self._flow.setSpacing(here.u(4))
        widest = max(QFontMetrics(here.font("caption")).horizontalAdvance(word) for word in (_("打印机"), _("哪张表")))
        for line in self._lines.values():
            layout = line.layout()
            first = layout.itemAt(0) if layout is not None else None
            name = first.widget() if first is not None else None
            if layout is not None and name is not None:
                layout.setSpacing(here.u(8))
                name.setFixedWidth(widest + here.u(4))
