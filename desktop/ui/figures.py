"""指标: every figure of a month or of the year so far, what it means and what it is made of; Enter opens the rows it counted.

A community sees its own, a sub-district or district the sum of those below it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.model import days
from desktop.model.language import _
from desktop.office import figures
from desktop.office.figure_lines import Span
from desktop.office.figures import Figure
from desktop.ui.keys import PageKey
from desktop.ui.kit.buttons import Action
from desktop.ui.kit.cards import Card
from desktop.ui.kit.text import Label
from desktop.ui.look import follow, look
from desktop.ui.officepage import OfficePage
from desktop.ui.session import Session
from desktop.ui.tablemodel import Column, ListPages, Row
from desktop.ui.tableview import ListView


@dataclass(frozen=True)
class Counts:
    """The figures of a period, and the numbers of the one before it."""

    span: Span
    figures: tuple[Figure, ...]
    before: dict[str, int]


def columns(before: str) -> list[Column]:
    """What is said of each figure."""
    return [
        Column("label", _("指标"), 200, kind="name", sortable=False),
        Column("value", _("本期"), 76, "right", kind="number", sortable=False),
        Column("unit", _("单位"), 52, kind="caption", priority=4, sortable=False),
        Column("rate", _("占比"), 64, "right", kind="number", priority=3, sortable=False),
        Column("before", before, 76, "right", kind="number", priority=2, sortable=False),
        Column("definition", _("口径"), 360, kind="muted", priority=5, sortable=False, stretch=True),
    ]


class FiguresPage(OfficePage):
    """The list of figures over the parts of the chosen one."""

    concerns = ("person", "check_in", "opinion", "livelihood_project", "activity", "service", "inspection", "danger", "place")

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.month, self.whole_year = session.desk.today[:7], False
        self.seen: Counts | None = None
        self.list = ListView(ListPages(columns(""), []), ticks=False)
        self.list.setAccessibleName(_("指标"))
        self.list.opened.connect(self._open)
        self.list.current_changed.connect(self._show_parts)
        self.parts = Card(_("构成"), "chart-bar", gap=2)
        self.by_area, self.by_campaign = Label("", wrap=True), Label("", wrap=True)
        self.definition = Label("", "caption", "text2", wrap=True)
        for words in (self.by_area, self.by_campaign, self.definition):
            self.parts.add(words)
        column = self.column()
        column.addWidget(self.list, 1)
        self._foot = QVBoxLayout()
        self._foot.addWidget(self.parts)
        column.addLayout(self._foot)
        self.take_in_keys(self.list.keys())
        self.bind_keys(
            (
                PageKey("Alt+Left", _("往前一月或一年"), partial(self._step, -1)),
                PageKey("Alt+Right", _("往后一月或一年"), partial(self._step, 1)),
                PageKey("Ctrl+P", _("打印月报"), self._print),
            )
        )
        follow(self, self._restyle)

    def title(self) -> str:
        return _("指标")

    def subtitle(self) -> str:
        span = self.span()
        return _("{since} 至 {until}").format(since=days.show_day(span.since), until=days.show_day(span.until))

    def header_actions(self) -> Sequence[Action]:
        whole = _("看本月") if self.whole_year else _("看全年")
        return [
            Action("before", _("上年") if self.whole_year else _("上月"), "chevron-left", "ghost", run=partial(self._step, -1)),
            Action("after", _("下年") if self.whole_year else _("下月"), "chevron-right", "ghost", run=partial(self._step, 1)),
            Action("year", whole, "calendar", run=self._switch, keep=2),
            Action("print", _("打印月报"), "printer", run=self._print, keep=3),
        ]

    def _print(self) -> None:
        span = self.span()
        self.go("print", paper="month", since=span.since, until=span.until)

    def status(self) -> Sequence[str]:
        return [_("Enter 看名单"), _("截止日以后的改动不算在内")]

    def take_focus(self) -> None:
        self.list.setFocus()

    def arrive(self, **arguments: object) -> None:
        self.month, self.whole_year = self.desk.today[:7], False

    def span(self) -> Span:
        """The period that is shown; it never reaches beyond today."""
        return self._span(self.month)

    def _span(self, month: str) -> Span:
        since, until = (f"{month[:4]}-01-01", f"{month[:4]}-12-31") if self.whole_year else days.month_bounds(month)
        return Span(self.desk.community, since, max(since, min(until, self.desk.today)))

    def _stepped(self, step: int) -> str:
        if self.whole_year:
            return f"{int(self.month[:4]) + step:04d}{self.month[4:]}"
        first, last = days.month_bounds(self.month)
        return days.after(first, -1)[:7] if step < 0 else days.after(last, 1)[:7]

    def _step(self, step: int) -> None:
        later = self._stepped(step)
        if self._span(later).since <= self.desk.today:
            self.month = later
            self.reload()

    def _switch(self) -> None:
        self.whole_year = not self.whole_year
        if self.month > self.desk.today[:7]:
            self.month = self.desk.today[:7]
        self.reload()

    def reload(self) -> None:
        desk, span, before = self.desk, self.span(), self._span(self._stepped(-1))

        def read() -> Counts:
            earlier = figures.count(desk, before, parts=False)
            return Counts(span, tuple(figures.count(desk, span)), {one.key: one.value for one in earlier})

        self.ask(_("看指标"), read, self._show)

    def _show(self, seen: Counts) -> None:
        self.seen = seen
        current = self.list.current_id()
        before = _("上年") if self.whole_year else _("上月")
        self.list.show_pages(ListPages(columns(before), [self._row(seen, one) for one in seen.figures]))
        self.list.go_to(next((nth for nth, one in enumerate(seen.figures) if one.key == current), 0))
        self.head_changed.emit()
        self.status_changed.emit()

    def _row(self, seen: Counts, one: Figure) -> Row:
        return {
            "id": one.key, "label": _(one.label), "value": f"{one.value:,}", "unit": _(one.unit),
            "rate": f"{one.rate:.0%}" if one.rate is not None else "", "before": f"{seen.before[one.key]:,}",
            "definition": _(one.definition),
        }  # fmt: skip

    def _show_parts(self, key: str) -> None:
        one = next((one for one in self.seen.figures if one.key == key), None) if self.seen is not None else None
        if one is None:
            return
        self.parts.set_title(_("{figure}的构成").format(figure=_(one.label)))
        self.by_area.setText(_("按区域：{parts}").format(parts=_parts(one.by_area)))
        self.by_campaign.setText(_("按专项行动：{parts}").format(parts=_parts(one.by_campaign)))
        self.by_campaign.setVisible(bool(one.by_campaign))
        self.definition.setText(self._defined(one))
        self.definition.setVisible(self.narrow or one.key == "2-5")  # else it stands in the list

    def _defined(self, one: Figure) -> str:
        assert self.seen is not None
        if one.key != "2-5":
            return _(one.definition)
        return _("{definition}；四类直接相加是 {sum}").format(
            definition=_(one.definition), sum=f"{figures.front_line_sum(list(self.seen.figures)):,}"
        )

    def _open(self, key: str) -> None:
        if self.seen is not None:
            kind, chips = figures.behind(key, self.seen.span)
            self.go(f"table:{kind}", filters=chips)

    def set_narrow(self, narrow: bool) -> None:
        super().set_narrow(narrow)
        self._show_parts(self.list.current_id())

    def _restyle(self) -> None:
        here = look()
        self._foot.setContentsMargins(here.u(16), here.u(8), here.u(16), here.u(8))


def _parts(parts: dict[str, int]) -> str:
    return "　".join(f"{_(word)} {number:,}" for word, number in parts.items() if number) or _("都是 0")
