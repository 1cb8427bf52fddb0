"""What goes on the paper: the upper right of the print page.

It only asks; what a form can be asked for is said by `printorder`, and the page makes the paper.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.model import days
from desktop.model.language import _
from desktop.reports import PAPERS
from desktop.ui.kit.badges import Chip
from desktop.ui.kit.choices import Choice
from desktop.ui.kit.dates import DateEdit
from desktop.ui.kit.flow import FlowLayout
from desktop.ui.kit.picker import Found, ReferencePicker
from desktop.ui.kit.text import ElidedLabel, Label
from desktop.ui.kit.ticks import CheckBox
from desktop.ui.look import follow, look
from desktop.ui.printlines import Lines

PERIODS = ("month", "last_month", "quarter", "year", "own")


def first_preset(today: str, closing_day: int) -> str:
    """The month that is reported about now: until the closing day that is the one before."""
    return "last_month" if int(today[8:10]) <= closing_day else "month"


def month_due(today: str, closing_day: int) -> str:
    """By which day the month that is reported about now is closed: the last day of this one, or the day on which the one before is
    handed in."""
    day = f"{today[:7]}-{closing_day:02}" if first_preset(today, closing_day) == "last_month" else days.month_bounds(today)[1]
    return _("{month}月{day}日").format(month=int(day[5:7]), day=int(day[8:10]))


def period(preset: str, today: str) -> tuple[str, str]:
    """The first and the last day of a preset, never beyond today."""
    month = today[:7]
    if preset == "last_month":
        return days.month_bounds(days.after(f"{month}-01", -1)[:7])
    since = {"quarter": days.quarter_bounds(month)[0], "year": f"{today[:4]}-01-01"}.get(preset, f"{month}-01")
    return since, today


@dataclass(frozen=True)
class Asks:
    """What a form can be asked for: which rows to choose among, records to pick, days, an order of rows, masks."""

    ranges: tuple[tuple[str, str], ...] = ()
    pick: str = ""  # the label of the picker; empty when nothing is picked
    search: Callable[[str], Sequence[Found]] | None = None
    tables: tuple[tuple[str, str], ...] = ()
    orders: tuple[tuple[str, str], ...] = ()
    has_period: bool = False
    has_day: bool = False
    masks: bool = False
    is_ledger: bool = False  # rows of many records: which of them is the first question, and single ones are picked last


@dataclass(frozen=True)
class Wish:
    """What was asked for at the right side."""

    range: str = "all"
    table: str = ""
    since: str = ""
    until: str = ""
    preset: str = "month"
    as_of: str = ""  # the day whose standing a roster shows; today unless chosen
    order: str = ""
    masked: bool = True
    blank_rows: bool = True


class WishPanel(QWidget):
    """印哪些."""

    changed = Signal()
    paper_chosen = Signal(str)
    picked = Signal(str)
    dropped = Signal(str)

    def __init__(self, today: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.wish = Wish()
        self._today = today
        self.paper = Choice([(paper.key, _(paper.title)) for paper in PAPERS], empty=None)
        self.range, self.table, self.order = (Choice((), empty=None) for _nth in range(3))
        self.pick = ReferencePicker(self._look_up)
        names = (_("本月"), _("上月"), _("本季"), _("今年"), _("自己定"))
        self.preset = Choice(list(zip(PERIODS, names, strict=True)), empty=None)
        self.since, self.until, self.as_of = (DateEdit(lambda typed: days.read_day(typed, today), str, today) for _nth in range(3))
        self.masked, self.blank_rows = CheckBox(_("遮蔽证件和电话")), CheckBox(_("末页留空行补满"))
        self._search: Callable[[str], Sequence[Found]] | None = None
        self._lines = Lines()
        self._column = QVBoxLayout(self)
        self._assemble()
        self._connect()
        follow(self, self._restyle)

    def _assemble(self) -> None:
        lines = self._lines
        self._column.addWidget(lines.line("paper", _("表"), self.paper))
        self._column.addWidget(Label(_("印哪些"), "section"))
        self.chips = QWidget()
        self._flow = FlowLayout(self.chips)
        self._column.addWidget(lines.line("table", _("哪张表"), self.table))
        self._column.addWidget(lines.line("range", _("范围"), self.range))
        self._one_by_one, self._picking = QWidget(), QVBoxLayout()
        self._picking.setContentsMargins(0, 0, 0, 0)
        self._one_by_one.setLayout(self._picking)
        self._picking.addWidget(self.pick)
        self._picking.addWidget(self.chips)
        self._column.addWidget(lines.line("preset", _("期间"), self.preset))
        self._column.addWidget(lines.line("since", _("起"), self.since))
        self._column.addWidget(lines.line("until", _("截止"), self.until))
        self._column.addWidget(lines.line("as_of", _("截止"), self.as_of))
        self._column.addWidget(lines.line("order", _("排序"), self.order))
        self._mask_line, masks = QWidget(), QHBoxLayout()
        masks.setContentsMargins(0, 0, 0, 0)
        self._mask_line.setLayout(masks)
        trace = ElidedLabel(_("解除要留痕"), "caption", "text2")
        trace.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        masks.addWidget(self.masked)
        masks.addWidget(trace, 1)
        self._column.addWidget(self._mask_line)
        self._column.addWidget(self.blank_rows)

    def _connect(self) -> None:
        self.paper.changed.connect(self.paper_chosen)
        self.range.changed.connect(lambda key: self._change(range=key))
        self.table.changed.connect(lambda key: self._change(table=key, order=""))
        self.order.changed.connect(lambda key: self._change(order=key))
        self.preset.changed.connect(self._choose_preset)
        self.since.changed.connect(lambda day: self._change_day(since=day))
        self.until.changed.connect(lambda day: self._change_day(until=day))
        self.as_of.changed.connect(self._change_standing)
        self.masked.clicked.connect(lambda on: self._change(masked=on))
        self.blank_rows.clicked.connect(lambda on: self._change(blank_rows=on))
        self.pick.chosen.connect(self._picked)

    # what it shows

    def show_asks(self, asks: Asks, wish: Wish, *, paper: str) -> None:
        """The questions of a form with the answers so far; nobody is told."""
        self.wish, self._search = wish, asks.search
        self.paper.set_value(paper)
        for choice, options, value in (
            (self.range, asks.ranges, wish.range), (self.table, asks.tables, wish.table), (self.order, asks.orders, wish.order),
        ):  # fmt: skip
            choice.set_options(options)
            choice.set_value(value)
        self._lines.show("range", bool(asks.ranges) and (asks.is_ledger or len(asks.ranges) > 1 or not asks.pick))
        self._lines.show("table", bool(asks.tables))
        self._lines.show("order", bool(asks.orders))
        self._place_picking(asks)
        for key in ("preset", "since", "until"):
            self._lines.show(key, asks.has_period)
        self._lines.show("as_of", asks.has_day)
        self._show_days()
        self.masked.setChecked(wish.masked)
        self._mask_line.setVisible(asks.masks)
        self.blank_rows.setChecked(wish.blank_rows)
        self.blank_rows.setVisible(asks.is_ledger)

    def _place_picking(self, asks: Asks) -> None:
        """A form of single records begins with them; on a ledger picking them is the exception and stands last."""
        before = self.blank_rows if asks.is_ledger else self._lines["range"]
        self._column.removeWidget(self._one_by_one)
        self._column.insertWidget(self._column.indexOf(before) + 1, self._one_by_one)
        QWidget.setTabOrder(self.blank_rows if asks.is_ledger else self.range, self.pick)
        self.pick.setVisible(bool(asks.pick))
        self._one_by_one.setVisible(bool(asks.pick))
        self.pick.setAccessibleName(asks.pick)
        self.pick.setPlaceholderText(asks.pick)

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

    def set_narrow(self, narrow: bool) -> None:
        """Without the list of forms beside it, the form is chosen here."""
        self._lines.show("paper", narrow)

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

    def _change_standing(self, day: str) -> None:
        if not day or days.is_day(day):
            self._change(as_of="" if day == self._today else day)

    def _show_days(self) -> None:
        self.preset.set_value(self.wish.preset)
        self.since.set_value(self.wish.since)
        self.until.set_value(self.wish.until)
        self.as_of.set_value(self.wish.as_of or self._today)

    def _look_up(self, typed: str) -> Sequence[Found]:
        return self._search(typed) if self._search is not None else []

    def _picked(self, record: str) -> None:
        self.pick.set_value("")
        self.picked.emit(record)

    def _restyle(self) -> None:
        here = look()
        self._column.setContentsMargins(here.u(12), here.u(10), here.u(12), here.u(4))
        self._column.setSpacing(here.u(6))
        self._picking.setSpacing(here.u(6))
        self._flow.setSpacing(here.u(4))
        self._lines.measure()
