"""The month so far on the workbench: four figures with the five months before them; a press opens the rows that were counted."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.model.language import _
from desktop.office.figure_lines import line
from desktop.office.overview import MonthValue, Seen
from desktop.ui.kit.badges import BadgeData
from desktop.ui.kit.buttons import LinkButton
from desktop.ui.kit.charts import BarChart, LineChart, PairChart
from desktop.ui.kit.figures import FigureCard
from desktop.ui.kit.text import ElidedLabel, Label
from desktop.ui.look import follow, look


class MonthFigures(QWidget):
    """A head and the cards."""

    opened = Signal(str)  # the key of a figure
    all_wanted = Signal()

    def __init__(self, month: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._narrow = False
        self._column, head = QVBoxLayout(self), QHBoxLayout()
        self._column.setContentsMargins(0, 0, 0, 0)
        head.addWidget(Label(_("{month} 月到今天").format(month=month), "section"))
        head.addWidget(ElidedLabel(_("与本月 1 日起算的口径一致，点数字看名单"), "caption", "text2"), 1)
        every = LinkButton(_("全部指标"), "chart-bar")
        every.clicked.connect(self.all_wanted)
        head.addWidget(every)
        self._column.addLayout(head)
        self._grid = QGridLayout()
        self._column.addLayout(self._grid)
        self.opinions, self.projects, self.services, self.dangers = PairChart([]), BarChart([], 3), BarChart([], 5), LineChart([])
        self.cards = {
            "6": FigureCard("message-report", _("意见 收集 / 办结"), self.opinions),
            "8": FigureCard("home-heart", _("民生实事 完成"), self.projects),
            "14.times": FigureCard("heart-handshake", _("服务 人次"), self.services),
            "25.found": FigureCard("clipboard-check", _("隐患 整改率"), self.dangers),
        }
        for key, card in self.cards.items():
            card.clicked.connect(partial(self.opened.emit, key))
        follow(self, self._restyle)

    def show_seen(self, seen: Seen) -> None:
        """The figures of now."""
        heard, closed = seen.series["6"], seen.series["7"]
        names = [one.month[5:].lstrip("0") for one in heard]
        pairs = [(name, a.value, b.value) for name, a, b in zip(names, heard, closed, strict=True)]
        self.opinions.show_values(pairs, words=f"{_said('6', heard)}；{_said('7', closed)}")
        badge = _late(seen.values["7.overdue"])
        self.cards["6"].show_figure(f"{heard[-1].value} / {closed[-1].value}", _("条"), _("灰 收集　蓝 办结"), badge)
        done = seen.series["8"]
        self.projects.show_values(_bars(names, done), 3, _said("8", done))
        said: BadgeData = ("wait", "", _("有来源意见 {n}").format(n=seen.values["8.opinion"]))
        self.cards["8"].show_figure(str(done[-1].value), _("件"), _("本年 {n} 件").format(n=seen.projects_of_year), said)
        times = seen.series["14.times"]
        self.services.show_values(_bars(names, times), 5, _said("14.times", times))
        said = ("wait", "", _("时长 {n} 时").format(n=seen.values["14.minutes"]))
        note = _("其中志愿服务 {n} 小时").format(n=seen.values["14.volunteer"])
        self.cards["14.times"].show_figure(str(times[-1].value), _("人次"), note, said)
        self._show_dangers(seen, names)

    def _show_dangers(self, seen: Seen, names: Sequence[str]) -> None:
        found, fixed = seen.series["25.found"], seen.series["25.fixed"]
        rates = [round(100 * b.value / a.value) if a.value else 100 for a, b in zip(found, fixed, strict=True)]
        words = "，".join(_("{month} 月 {rate}%").format(month=name, rate=rate) for name, rate in zip(names, rates, strict=True))
        self.dangers.show_values([float(rate) for rate in rates], words=words)
        figure, unit = (str(rates[-1]), "%") if found[-1].value else (_("无"), _("本月没有发现隐患"))
        note = _("本月发现 {a}，已改 {b}").format(a=found[-1].value, b=fixed[-1].value)
        self.cards["25.found"].show_figure(figure, unit, note, _late(seen.values["25.overdue"]))

    def set_narrow(self, narrow: bool) -> None:
        """Two beside each other instead of four."""
        self._narrow = narrow
        self._restyle()

    def _restyle(self) -> None:
        for layout in (self._column, self._grid):
            layout.setSpacing(look().u(10))
        across = 2 if self._narrow else len(self.cards)
        for nth, card in enumerate(self.cards.values()):
            self._grid.addWidget(card, nth // across, nth % across)
        for nth in range(len(self.cards)):
            self._grid.setColumnStretch(nth, int(nth < across))


def _late(many: int) -> BadgeData | None:
    return ("err", "alert-octagon", _("逾期 {n}").format(n=many)) if many else None


def _bars(names: Sequence[str], values: Sequence[MonthValue]) -> list[tuple[str, float]]:
    return [(name, one.value) for name, one in zip(names, values, strict=True)]


def _said(key: str, values: Sequence[MonthValue]) -> str:
    return _(line(key).label) + "：" + "，".join(f"{one.month[5:]} {one.value}" for one in values)
