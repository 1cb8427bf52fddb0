"""The workbench: overdue words first, then what came back from the district, then the month so far.

Alt+1…7 start the deeds of the day; in the list arrows and Enter. Every number opens the rows behind it.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.model import days
from desktop.model.contents import record_type
from desktop.model.language import _
from desktop.office import backups, overview
from desktop.office.completeness import of_one
from desktop.office.due import DueLine, due_counts, due_work
from desktop.office.figure_lines import Span, line
from desktop.office.figures import value
from desktop.store.page import Filter
from desktop.ui.keys import alt_digits
from desktop.ui.kit.badges import BadgeData, Chip
from desktop.ui.kit.buttons import Action, Button, LinkButton
from desktop.ui.kit.cards import Card, Scrolled
from desktop.ui.kit.charts import BarChart, LineChart, PairChart
from desktop.ui.kit.figures import FigureCard, Notice
from desktop.ui.kit.text import Label
from desktop.ui.look import follow, look
from desktop.ui.officepage import OfficePage
from desktop.ui.session import Session
from desktop.ui.tablemodel import Column, ListPages, Row
from desktop.ui.tableview import ListView

DEEDS = (
    ("登记意见", "message-plus", "form:opinion"),
    ("新增人员", "user-plus", "form:person"),
    ("记服务", "heart-plus", "form:activity"),
    ("开始检查", "clipboard-check", "record:inspection"),
    ("报到", "users-group", "form:check_in"),
    ("打印回执", "printer", "print"),
    ("写 U 盘", "usb", "exchange"),
)


def columns() -> list[Column]:
    """What the list of today says of each thing."""
    return [
        Column("mark", "", 28, kind="icon"),
        Column("title", _("事项"), 270, stretch=True),
        Column("where", _("哪里"), 128, kind="caption", priority=3),
        Column("due", _("期限"), 100, kind="due"),
        Column("who", _("经办"), 64, kind="caption", priority=4),
        Column("todo", _("去办"), 90, kind="link", align="right"),
    ]


class WorkbenchPage(OfficePage):
    """Where a day begins."""

    concerns = ("opinion", "danger", "inspection", "check_in", "service", "activity", "livelihood_project", "batch", "receipt")

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._bucket = "all"
        self._lines: dict[str, DueLine] = {}
        inner = QWidget()
        self._body = QVBoxLayout(inner)
        self._body.addLayout(self._make_deeds())
        self._middle = QGridLayout()
        self._make_today()
        self._side = QWidget()
        self._right = QVBoxLayout(self._side)
        self._right.setContentsMargins(0, 0, 0, 0)
        self.back_card = Card(_("区里回来的"), "inbox", gap=3)
        self.safe_card = Card(_("备份与上报"), "shield-lock", gap=3)
        self._right.addWidget(self.back_card, 4)
        self._right.addWidget(self.safe_card, 3)
        self._body.addLayout(self._middle, 1)
        self._make_month()
        column = self.column()
        column.addWidget(Scrolled(inner), 1)
        self._notices: list[QWidget] = []
        follow(self, self._restyle)

    # the pieces

    def _make_deeds(self) -> QHBoxLayout:
        self._deeds = QHBoxLayout()
        opens: list[Callable[[], object]] = []
        self.deed_buttons: list[Button] = []
        for nth, (label, icon, page) in enumerate(DEEDS, 1):
            run = partial(self._go, page, **({"paper": "slip"} if page == "print" else {}))
            button = Button(_(label), icon, hint=f"Alt+{nth}", ink="brand_text")
            button.clicked.connect(lambda _checked=False, run=run: run())
            self._deeds.addWidget(button, 1)
            self.deed_buttons.append(button)
            opens.append(run)
        alt_digits(self, opens)
        return self._deeds

    def _make_today(self) -> None:
        self.today = Card(_("今天要办"), "list-check")
        self.chips: dict[str, Chip] = {}
        for key, word in (("all", _("全部")), ("late", _("逾期")), ("now", _("今天")), ("soon", _("七天内"))):
            chip = Chip(word, "0", on=key == "all")
            chip.clicked.connect(partial(self._choose, key))
            self.today.add_to_head(chip)
            self.chips[key] = chip
        self.list = ListView(ListPages(columns(), []), ticks=False, height=40)
        self.list.heads.hide()
        self.list.opened.connect(self._open)
        self.list.link_clicked.connect(lambda record, _column: self._open(record))
        self.today.add_wide(self.list, 1)
        self.nothing = Label(_("今天没有要办的事。登记的意见、隐患、报到到期时会出现在这里。"), ink="text2", wrap=True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.today.add_wide(self.nothing)

    def _make_month(self) -> None:
        head = QHBoxLayout()
        month = int(self.session.desk.today[5:7])
        head.addWidget(Label(_("{month} 月到今天").format(month=month), "section"))
        head.addWidget(Label(_("与本月 1 日起算的口径一致，点数字看名单"), "caption", "text2"))
        head.addStretch(1)
        every = LinkButton(_("全部指标"), "chart-bar")
        every.clicked.connect(lambda: self._go("print", paper="month"))
        head.addWidget(every)
        self._body.addLayout(head)
        self._figures = QGridLayout()
        self._charts: dict[str, Any] = {
            "6": PairChart([]), "8": BarChart([], 3), "14.times": BarChart([], 5), "25.found": LineChart([]),
        }  # fmt: skip
        names = {
            "6": ("message-report", _("意见 收集 / 办结")), "8": ("home-heart", _("民生实事 完成")),
            "14.times": ("heart-handshake", _("服务 人次")), "25.found": ("clipboard-check", _("隐患 整改率")),
        }  # fmt: skip
        self.cards: dict[str, FigureCard] = {}
        for key, (icon, name) in names.items():
            card = FigureCard(icon, name, self._charts[key])
            card.clicked.connect(partial(self._open_figure, key))
            self.cards[key] = card
        self._body.addLayout(self._figures)

    # what the shell asks

    def title(self) -> str:
        return _("工作台")

    def subtitle(self) -> str:
        return f"{days.show_day(self.desk.today)} {days.weekday_words(self.desk.today)}"

    def header_actions(self) -> Sequence[Action]:
        return [
            Action("size", _("大字"), "text-size", "ghost", run=lambda: look().step(1)),
            Action("reload", _("刷新"), "refresh", "ghost", run=self.reload),
        ]

    def status(self) -> Sequence[str]:
        counts = due_counts(self.desk)
        return [_("共 {n} 项今天要办").format(n=counts.all), _("逾期 {n} 项").format(n=counts.overdue)]

    def take_focus(self) -> None:
        self.list.setFocus()

    def reload(self) -> None:
        self._show_due()
        self._show_returned()
        self._show_safe()
        self._show_figures()

    # today

    def _choose(self, bucket: str) -> None:
        self._bucket = bucket
        for key, chip in self.chips.items():
            chip.set_on(key == bucket)
        self._show_due()

    def _show_due(self) -> None:
        counts = due_counts(self.desk)
        for key, number in (("all", counts.all), ("late", counts.overdue), ("now", counts.today), ("soon", counts.soon)):
            self.chips[key].set_value(str(number))
        lines = [one for one in due_work(self.desk) if self._is_in(one)]
        self._lines = {one.record: one for one in lines}
        self.list.show_pages(ListPages(columns(), [self._row(one) for one in lines]))
        self.list.setVisible(bool(lines))
        self.nothing.setVisible(not lines)
        self.status_changed.emit()

    def _is_in(self, one: DueLine) -> bool:
        left = one.days_left
        return {"all": True, "late": left < 0, "now": left == 0, "soon": left > 0}[self._bucket]

    def _row(self, one: DueLine) -> Row:
        label = _(record_type(one.kind).label)
        late, now = one.days_left < 0, one.days_left == 0
        badge: BadgeData = ("err", "alert-octagon", "") if late else ("warn", "clock", "") if now else ("act", "calendar", "")
        words = self.session.far(one.due_on) if late or now else days.show_day(one.due_on)[5:]
        due: BadgeData = (badge[0] if late or now else "text2", badge[1], words)
        return {
            "id": one.record, "mark": [badge], "title": f"{label} {one.title}", "where": one.where, "due": [due], "who": one.who,
            "todo": _(one.todo),
        }  # fmt: skip

    def _open(self, record: str) -> None:
        one = self._lines.get(record)
        if one is not None:
            window: Any = self.window()
            special = f"record:{one.kind}"
            if window.has_page(special):
                window.go(special, id=record)
            else:
                window.go(f"table:{one.kind}", id=record)

    # at the right

    def _show_returned(self) -> None:
        facts = overview.returned(self.desk)
        self._clear(self.back_card)
        again = partial(self._go, "exchange")
        words = {"退回": _("{n} 条被退回"), "待定": _("{n} 件待定，等人选"), "待补": _("{n} 条待补")}
        for fate, said in words.items():
            many = facts.open.get(fate, 0)
            if many:
                below = _("第 {n} 批 · {day} 回执").format(n=facts.batch or "", day=self.session.day_words(facts.receipt_on))
                self._notice(self.back_card, "alert-triangle", "warn", said.format(n=many), below, _("去改正"), again)
        for number in facts.unseen[:2]:
            said = _("区里未见第 {n} 批").format(n=number)
            self._notice(self.back_card, "alert-triangle", "warn", said, _("内容已由后面的批次带上"), _("重写"), again)
        if facts.batch is not None:
            said = _("第 {n} 批：{many} 条已入库").format(n=facts.batch, many=facts.taken)
            below = _("回执 {day}").format(day=self.session.day_words(facts.receipt_on))
            self._notice(self.back_card, "circle-check", "ok", said, below, _("看逐条"), again)
        else:
            below = _("写第一批交到区里，回执随下一支 U 盘回来")
            self._notice(self.back_card, "circle-dashed", "wait", _("还没有回执"), below, _("写 U 盘"), again)

    def _show_safe(self) -> None:
        self._clear(self.safe_card)
        last, up = backups.last_backup(self.desk), overview.upload(self.desk)
        if last is None:
            below = _("备份写好会自动打开核对")
            self._notice(self.safe_card, "alert-triangle", "warn", _("还没有备份"), below, _("立即备份"), self._back_up)
        else:
            said = _("最近备份 {day} {time}").format(day=backups.age_in_words(last.made_at, self.desk.today), time=last.made_at[11:16])
            below = _("已打开核对：{rows} 行 · {folder}").format(rows=f"{last.rows:,}", folder=last.folder)
            self._notice(self.safe_card, "circle-check", "ok", said, below, _("立即备份"), self._back_up)
        last_words = _("还没写过 U 盘")
        if up.number:
            last_words = _("最近写盘 {day} 第 {n} 批").format(day=self.session.day_words(up.made_on), n=up.number)
        self._notice(
            self.safe_card, "usb", "text2", last_words, _("此后新增或改动 {n} 条未上报").format(n=up.waiting), _("写新批"),
            partial(self._go, "exchange"),
        )  # fmt: skip
        self._show_report()

    def _show_report(self) -> None:
        since, until = days.month_bounds(self.desk.today[:7])
        whole = of_one(self.desk, since, until)
        left = days.between(self.desk.today, until)
        month = int(self.desk.today[5:7])
        said = _("{month} 月月报 {day}前，还有 {left} 天").format(month=month, day=days.show_day(until)[5:], left=left)
        gaps = sum(gap.count for gap in whole.gaps)
        below = _("完整度 {share}%：差 {gaps} 项").format(share=int(whole.share * 100), gaps=gaps)
        tone = "warn" if left <= 3 else "text2"
        self._notice(self.safe_card, "calendar", tone, said, below, _("看差项"), partial(self._show_gaps, whole.gaps))

    def _show_gaps(self, gaps: Sequence[Any]) -> None:
        if not gaps:
            self.say("ok", _("本月要上报的项都填了"))
            return
        first = gaps[0]
        self._go(f"table:{first.kind}", filters=(Filter(first.field, "empty"),))

    def _back_up(self) -> None:
        desk = self.desk

        def then(made: Any) -> None:
            self.say("ok", _("已备份并打开核对：{path}").format(path=made.path.name))
            self._show_safe()

        self.run(_("备份"), lambda report: backups.back_up(desk, reason=_("手工"), progress=report), then)

    def _notice(
        self, card: Card, icon: str, tone: str, title: str, below: str, deed: str, run: Callable[[], object]
    ) -> None:
        notice = Notice(icon, tone, title, below, deed)
        notice.acted.connect(lambda: run())
        card.add(notice)
        self._notices.append(notice)

    def _clear(self, card: Card) -> None:
        while card.body.count():
            item = card.body.takeAt(0)
            piece = item.widget() if item else None
            if piece is not None:
                piece.hide()
                piece.deleteLater()

    # the month

    def _span(self) -> Span:
        today = self.desk.today
        return Span(self.desk.community, today[:8] + "01", today)

    def _show_figures(self) -> None:
        span = self._span()
        months = [one.month[5:].lstrip("0") for one in overview.series(self.desk, "6")]
        heard, closed = overview.series(self.desk, "6"), overview.series(self.desk, "7")
        self._charts["6"].show_values(
            [(name, a.value, b.value) for name, a, b in zip(months, heard, closed, strict=True)], words=self._said("6", heard)
        )
        late = value(self.desk, "7.overdue", span)
        badge: BadgeData | None = ("err", "alert-octagon", _("逾期 {n}").format(n=late)) if late else None
        self.cards["6"].show_figure(f"{heard[-1].value} / {closed[-1].value}", _("条"), _("灰 收集　蓝 办结"), badge)
        self._show_projects(span, months)
        self._show_services(span, months)
        self._show_dangers(span, months)

    def _show_projects(self, span: Span, months: list[str]) -> None:
        done = overview.series(self.desk, "8")
        self._charts["8"].show_values([(n, one.value) for n, one in zip(months, done, strict=True)], 3, self._said("8", done))
        year = value(self.desk, "8", Span(span.scope, f"{span.until[:4]}-01-01", span.until))
        with_opinion = value(self.desk, "8.opinion", span)
        badge: BadgeData = ("wait", "", _("有来源意见 {n}").format(n=with_opinion))
        self.cards["8"].show_figure(str(done[-1].value), _("件"), _("本年 {n} 件").format(n=year), badge)

    def _show_services(self, span: Span, months: list[str]) -> None:
        times = overview.series(self.desk, "14.times")
        self._charts["14.times"].show_values([(n, one.value) for n, one in zip(months, times, strict=True)], 5, self._said("14.times", times))
        hours = value(self.desk, "14.minutes", span)
        volunteer = value(self.desk, "14.volunteer", span)
        badge: BadgeData = ("wait", "", _("时长 {n} 时").format(n=hours))
        self.cards["14.times"].show_figure(str(times[-1].value), _("人次"), _("其中志愿服务 {n} 小时").format(n=volunteer), badge)

    def _show_dangers(self, span: Span, months: list[str]) -> None:
        found, fixed = overview.series(self.desk, "25.found"), overview.series(self.desk, "25.fixed")
        rates = [round(100 * b.value / a.value) if a.value else 100 for a, b in zip(found, fixed, strict=True)]
        words = "，".join(_("{month} 月 {rate}%").format(month=name, rate=rate) for name, rate in zip(months, rates, strict=True))
        self._charts["25.found"].show_values([float(rate) for rate in rates], words=words)
        late = value(self.desk, "25.overdue", span)
        badge: BadgeData | None = ("err", "alert-octagon", _("逾期 {n}").format(n=late)) if late else None
        note = _("本月发现 {a}，已改 {b}").format(a=found[-1].value, b=fixed[-1].value)
        self.cards["25.found"].show_figure(str(rates[-1]) if found[-1].value else "—", "%", note, badge)

    def _said(self, key: str, values: Sequence[overview.MonthValue]) -> str:
        one = line(key)
        return _(one.label) + "：" + "，".join(f"{item.month[5:]} {item.value}" for item in values)

    def _open_figure(self, key: str) -> None:
        span = self._span()
        days_of = {"6": "heard_on", "8": "completed_on", "14.times": "served_on", "25.found": "found_on"}
        self._go(f"table:{line(key).kind}", filters=(Filter(days_of[key], "between", (span.since, span.until)),))

    def _go(self, page: str, **arguments: object) -> None:
        window: Any = self.window()
        if window.has_page(page):
            window.go(page, **arguments)

    # arrangement

    def set_narrow(self, narrow: bool) -> None:
        super().set_narrow(narrow)
        self._restyle()

    def _restyle(self) -> None:
        here = look()
        self._body.setContentsMargins(here.u(16), here.u(2), here.u(16), here.u(8))
        for layout in (self._body, self._deeds, self._middle, self._right, self._figures):
            layout.setSpacing(here.u(10))
        wide = not here.is_narrow_size
        for nth, button in enumerate(self.deed_buttons):
            button.setVisible(wide or nth < 4)
        self._middle.addWidget(self.today, 0, 0)
        self._middle.addWidget(self._side, 0 if wide else 1, 1 if wide else 0)
        self._middle.setColumnStretch(0, 9)
        self._middle.setColumnStretch(1, 5 if wide else 0)
        self.list.setMinimumHeight(here.u(40) * 5)
        for nth, card in enumerate(self.cards.values()):
            self._figures.addWidget(card, nth // (4 if wide else 2), nth % (4 if wide else 2))

