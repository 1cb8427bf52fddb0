"""The workbench: overdue words first, then what came back from the district, then the month so far.

Alt+1…7 start the deeds of the day; in the list arrows and Enter. Every number opens the rows behind it. Everything is read off the GUI
thread; what was known last stands there until the answer comes.
"""

import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.model import days
from desktop.model.contents import record_type
from desktop.model.language import _
from desktop.office import backups, figures
from desktop.office.due import DueLine
from desktop.office.overview import Seen, behind_gap, look_round, month_so_far
from desktop.ui.filtering import open_below
from desktop.ui.icons import icon
from desktop.ui.keys import digit_keys, tab_through
from desktop.ui.kit.badges import BadgeData, Chip
from desktop.ui.kit.buttons import Action, Button, IconButton
from desktop.ui.kit.cards import Card, Scrolled
from desktop.ui.kit.text import Label, PlainMenu
from desktop.ui.look import follow, look
from desktop.ui.officepage import OfficePage
from desktop.ui.session import Session
from desktop.ui.tablemodel import Column, ListPages, Row
from desktop.ui.tableview import ListView
from desktop.ui.workbench_month import MonthFigures
from desktop.ui.workbench_side import SideColumn

DEEDS = (
    ("登记意见", "message-plus", "form:opinion"),
    ("新增人员", "user-plus", "form:person"),
    ("记服务", "heart-plus", "form:activity"),
    ("开始检查", "clipboard-check", "record:inspection"),
    ("报到", "users-group", "form:check_in"),
    ("打印回执", "printer", "print"),
    ("写 U 盘", "usb", "exchange"),
)
DEEDS_NARROW = 4  # the others go behind ⋯ where letters are large
ROW, LEAST_ROWS = 40, 5
LONG_NUMBER = re.compile(r"^[A-Z]{2}-\d{6}-(\d{4,})\b")


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
        self.seen: Seen | None = None
        self._bucket = "all"
        self._lines: dict[str, DueLine] = {}
        scrolled = Scrolled(parent=self)
        inner = QWidget(scrolled.viewport())  # it grows in its place: a column that moves in when it is full is styled twice
        self._body = QVBoxLayout(inner)
        self._body.addLayout(self._make_deeds())
        self._middle = QGridLayout()
        self._make_today(inner)
        self.side, self.month = SideColumn(session, inner), MonthFigures(int(session.desk.today[5:7]), inner)
        self._body.addLayout(self._middle, 1)
        for at, piece in enumerate((self.today, self.side)):
            self._middle.addWidget(piece, 0, at)  # in the order in which Tab comes to them
        self._body.addWidget(self.month)
        scrolled.hold(inner)
        self.column().addWidget(scrolled, 1)
        self.side.exchange_wanted.connect(lambda: self.go("exchange"))
        self.side.backup_wanted.connect(self._back_up)
        self.side.gaps_wanted.connect(self._show_gaps)
        self.month.opened.connect(self._open_figure)
        self.month.all_wanted.connect(lambda: self.go("figures"))
        follow(self, self._restyle)

    # the pieces

    def _make_deeds(self) -> QHBoxLayout:
        self._deeds = QHBoxLayout()
        self._opens: list[Callable[[], object]] = []
        self.deed_buttons: list[Button] = []
        for nth, (label, picture, page) in enumerate(DEEDS, 1):
            run = partial(self.go, page, **({"paper": "slip"} if page == "print" else {}))
            button = Button(_(label), picture, hint=f"Alt+{nth}", ink="brand_text")
            button.clicked.connect(partial(_press, run))
            self._deeds.addWidget(button, 1)
            self.deed_buttons.append(button)
            self._opens.append(run)
        self._more = IconButton(_("更多"), "dots", "secondary", ink="text")
        self._more.clicked.connect(self._open_more)
        self._deeds.addWidget(self._more)
        self.bind_keys(digit_keys([(_(label), run) for (label, *_rest), run in zip(DEEDS, self._opens, strict=True)]))
        return self._deeds

    def _open_more(self) -> None:
        menu = PlainMenu(self)
        for nth, (label, picture, _page) in list(enumerate(DEEDS))[DEEDS_NARROW:]:
            menu.add(_(label), icon(picture), f"Alt+{nth + 1}").triggered.connect(partial(_press, self._opens[nth]))
        open_below(menu, self._more)

    def _make_today(self, inner: QWidget) -> None:
        self.today = Card(_("今天要办"), "list-check", parent=inner)
        self.chips: dict[str, Chip] = {}
        for key, word in (("all", _("全部")), ("late", _("逾期")), ("now", _("今天")), ("soon", _("七天内"))):
            chip = Chip(word, "…", on=key == "all")
            chip.clicked.connect(partial(self._choose, key))
            self.today.add_to_head(chip)
            self.chips[key] = chip
        self.list = ListView(ListPages(columns(), []), ticks=False, height=ROW, parent=self.today)
        self.list.setAccessibleName(_("今天要办"))
        self.list.heads.hide()
        self.take_in_keys(self.list.keys())
        self.list.opened.connect(self._open)
        self.list.link_clicked.connect(lambda record, _column: self._open(record))
        self.today.add_wide(self.list, 1)
        self.nothing = Label(_("今天没有要办的事。登记的意见、隐患、报到到期时会出现在这里。"), ink="text2", wrap=True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nothing.hide()
        self.today.add_wide(self.nothing, 1)

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
        if self.seen is None:
            return [_("正在看账")]
        counts = self.seen.counts
        return [_("共 {n} 项今天要办").format(n=counts.all), _("逾期 {n} 项").format(n=counts.overdue)]

    def take_focus(self) -> None:
        (self.list if self._lines or self.seen is None else self.deed_buttons[0]).setFocus()

    def reload(self) -> None:
        desk = self.desk
        self.ask(_("看账"), lambda: look_round(desk), self._show)

    def _show(self, seen: Seen) -> None:
        self.seen = seen
        self._show_due()
        self.side.show_seen(seen)
        self.month.show_seen(seen)
        tab_through(self.list, (self.side, self.month))
        self.head_changed.emit()
        self.status_changed.emit()

    # today

    def _choose(self, bucket: str) -> None:
        self._bucket = bucket
        for key, chip in self.chips.items():
            chip.set_on(key == bucket)
        self._show_due()

    def _show_due(self) -> None:
        if self.seen is None:
            return
        counts = self.seen.counts
        for key, number in (("all", counts.all), ("late", counts.overdue), ("now", counts.today), ("soon", counts.soon)):
            self.chips[key].set_value(str(number))
        lines = [one for one in self.seen.lines if self._is_in(one)]
        self._lines = {one.record: one for one in lines}
        had, before = self.list.hasFocus() or self.deed_buttons[0].hasFocus(), self.list.current_id()
        self.list.show_pages(ListPages(columns(), [self._row(one) for one in lines]))
        at = next((nth for nth, one in enumerate(lines) if one.record == before), 0)
        if lines:
            self.list.go_to(at)
        if had and not lines:
            self.deed_buttons[0].setFocus()  # before the list goes, or the keys wander out of the page
        self.list.setVisible(bool(lines))
        self.nothing.setVisible(not lines)
        if had:
            self.take_focus()

    def _is_in(self, one: DueLine) -> bool:
        left = one.days_left
        return {"all": True, "late": left < 0, "now": left == 0, "soon": left > 0}[self._bucket]

    def _row(self, one: DueLine) -> Row:
        assert self.seen is not None
        late, now = one.days_left < 0, one.days_left == 0
        badge: BadgeData = ("err", "alert-octagon", "") if late else ("warn", "clock", "") if now else ("act", "calendar", "")
        words = self.session.far(one.due_on) if late or now else days.show_day(one.due_on)[5:]
        due: BadgeData = (badge[0] if late or now else "text2", badge[1], words)
        return {
            "id": one.record, "mark": [badge], "title": _called(one), "where": one.where,
            "due": [due], "who": self.session.name_of(one.who), "todo": _(one.todo),
        }  # fmt: skip

    def _open(self, record: str) -> None:
        one, window = self._lines.get(record), self.window()
        if one is not None:
            has_page: Any = getattr(window, "has_page", lambda _key: False)
            special = f"record:{one.kind}"
            self.go(special if has_page(special) else f"table:{one.kind}", id=record)

    # behind the other numbers

    def _open_figure(self, key: str) -> None:
        kind, chips = figures.behind(key, month_so_far(self.desk))
        self.go(f"table:{kind}", filters=chips)

    def _show_gaps(self) -> None:
        gaps = self.seen.completeness.gaps if self.seen is not None else ()
        if not gaps:
            self.say("ok", _("本月要上报的项都填了"))
            return
        self.go(f"table:{gaps[0].kind}", filters=behind_gap(self.desk, gaps[0].field))

    def _back_up(self) -> None:
        desk = self.desk

        def then(made: Any) -> None:
            self.say("ok", _("已备份并打开核对：{path}").format(path=made.path.name))
            self.reload()

        self.run(_("备份"), lambda report: backups.back_up(desk, reason="手动", progress=report), then)

    # arrangement

    def set_narrow(self, narrow: bool) -> None:
        super().set_narrow(narrow)
        self._restyle()

    def _restyle(self) -> None:
        here, narrow = look(), self.narrow
        self._body.setContentsMargins(here.u(16), here.u(2), here.u(16), here.u(8))
        for layout in (self._body, self._deeds, self._middle):
            layout.setSpacing(here.u(10))
        for nth, button in enumerate(self.deed_buttons):
            button.setVisible(not narrow or nth < DEEDS_NARROW)
        self._more.setVisible(narrow)
        self._middle.addWidget(self.today, 0, 0)
        self._middle.addWidget(self.side, 1 if narrow else 0, 0 if narrow else 1)
        self._middle.setColumnStretch(0, 9)
        self._middle.setColumnStretch(1, 0 if narrow else 5)
        self.list.setMinimumHeight(here.u(ROW) * LEAST_ROWS)
        self.month.set_narrow(narrow)


def _called(one: DueLine) -> str:
    """意见 0298 · 长堤巷路灯不亮: of a number only what tells it from its neighbours, so that the words have room."""
    label, short = _(record_type(one.kind).label), LONG_NUMBER.sub(r"\1 ·", one.title)
    return f"{label} {short}" if short != one.title else f"{label} · {short}"


def _press(run: Callable[[], object], _checked: bool = False) -> None:
    run()
