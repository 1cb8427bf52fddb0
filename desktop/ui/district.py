"""全区一览: who has reported and how completely, and the district's figures, each of which opens its rows.

The district's window is the same shell; a stick is read in here, batch by batch, and receipts are written back.
"""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.model import days
from desktop.model.courier import Batch
from desktop.model.errors import Said
from desktop.model.language import _
from desktop.office import district
from desktop.office.district import Standing
from desktop.office.figure_lines import Span
from desktop.office.figures import Figure, count, front_line_sum
from desktop.store.page import Filter, Listing
from desktop.ui.board import STATES, Board, words_of
from desktop.ui.icons import IconMark
from desktop.ui.kit.buttons import Action, Button
from desktop.ui.kit.cards import Card, Scrolled
from desktop.ui.kit.charts import StackedBar
from desktop.ui.kit.text import ElidedLabel, Label
from desktop.ui.look import follow, look
from desktop.ui.officepage import OfficePage
from desktop.ui.page import Page
from desktop.ui.session import Session
from desktop.ui.shell import NavGroup, NavItem
from desktop.ui.work import Report

SOURCES = (("8.意见建议", 3), ("8.会议", 2), ("8.检查", 4), ("8.共建协议", 5), ("8.上级交办", 1))
FRONT = (("2", "机关党员"), ("3", "镇街干部"), ("4", "两委干部"), ("5", "基层干部"))


def district_groups() -> list[NavGroup]:
    """The navigation of a district or sub-district."""
    incoming = (NavItem("table:batch", _("收到的批次")), NavItem("table:receipt", _("回执")))
    return [
        NavGroup("board", _("全区一览"), "layout-dashboard", short=_("一览")),
        NavGroup("receive", _("接收与核对"), "inbox", incoming, _("接收")),
        NavGroup("print", _("打印"), "printer", short=_("打印")),
    ]


def special_pages() -> dict[str, Callable[[Session], Page]]:
    """The pages that only a district has."""
    return {"board": DistrictPage}


class DistrictPage(OfficePage):
    """Picture 10 of the look."""

    concerns = ("batch", "receipt", "person", "opinion", "livelihood_project")

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.month = session.desk.today[:7]
        self._towns: list[district.Town] = []
        inner = QWidget()
        self._body = QVBoxLayout(inner)
        self._top = QGridLayout()
        self.numbers: dict[str, Label] = {}
        self._cards = self._make_cards()
        self._body.addLayout(self._top)
        self.board_card = Card(_("谁报了、报齐没有"), note=_("格内数字是完整度；按社区码排，不排名次"))
        self._legend = QHBoxLayout()
        for state, (tone, picture) in STATES.items():
            self._legend.addWidget(IconMark(picture, tone, 14))
            self._legend.addWidget(Label(_(state), "caption", "text2"))
        holder = QWidget()
        holder.setLayout(self._legend)
        self.board_card.add_to_head(holder)
        self.board = Board()
        self.board_card.add(self.board)
        self._body.addWidget(self.board_card)
        self._body.addStretch(1)
        self.strip = StandingStrip(self.write_receipt, self._print_reminder)
        column = self.column()
        column.addWidget(Scrolled(inner), 1)
        column.addWidget(self.strip)
        self.board.chosen.connect(self._show_chosen)
        self.board.opened.connect(self._open_community)
        follow(self, self._restyle)

    def _make_cards(self) -> list[Card]:
        front, opinions, projects, reported = (Card(gap=2) for _nth in range(4))
        front.add(self._head("users", _("下沉一线（人）"), "sum"))
        row = QHBoxLayout()
        for key, word in FRONT:
            row.addLayout(self._number(key, _(word)))
        front.add(row)
        opinions.add(self._head("message-report", _("意见建议"), ""))
        opinions.add(self._number("6", "", _("条")))
        projects.add(self._head("home-heart", _("民生实事"), ""))
        self.sources = StackedBar([])
        line = QHBoxLayout()
        line.addLayout(self._number("8", "", _("件")))
        line.addWidget(self.sources, 1)
        projects.add(line)
        reported.add(self._head("building-community", _("收到批次"), ""))
        reported.add(self._number("reported", "", _("个社区")))
        for key, card in (("6.note", opinions), ("8.note", projects), ("reported.note", reported)):
            self.numbers[key] = ElidedLabel("", "caption", "text2")
            card.add(self.numbers[key])
        return [front, opinions, projects, reported]

    def _head(self, picture: str, words: str, key: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(IconMark(picture, "text2", 16))
        row.addWidget(Label(words, ink="text2"), 1)
        if key:
            self.numbers[key] = Label("", "caption")
            self.numbers[key].set_bold(True)
            row.addWidget(self.numbers[key])
        return row

    def _number(self, key: str, below: str, unit: str = "") -> QVBoxLayout:
        column, row = QVBoxLayout(), QHBoxLayout()
        column.setSpacing(0)
        self.numbers[key] = Label("0", "figure")
        row.addWidget(self.numbers[key])
        if unit:
            row.addWidget(Label(unit, "caption", "text2"))
        row.addStretch(1)
        column.addLayout(row)
        if below:
            column.addWidget(Label(below, "caption", "text2"))
        return column

    # what the shell asks

    def title(self) -> str:
        return _("全区一览")

    def subtitle(self) -> str:
        many = sum(len(town.standings) for town in self._towns)
        return _("{n} 个社区和村 · 截止 {day}").format(n=many, day=days.show_day(self._span().until))

    def header_actions(self) -> Sequence[Action]:
        return [
            Action("before", _("上月"), "chevron-left", "ghost", run=partial(self._go_month, -1)),
            Action("after", _("下月"), "chevron-right", "ghost", run=partial(self._go_month, 1)),
            Action("print", _("打印月报"), "printer", run=lambda: self._go("print", paper="month"), keep=3),
            Action("read", _("读入 U 盘"), "usb", "primary", "Ctrl+I", run=self.choose_stick, keep=9),
        ]

    def status(self) -> Sequence[str]:
        counts = district.counts(self._towns)
        return [f"{_(state)} {many}" for state, many in counts.items()] + [_("方向键走格，Enter 看社区")]

    def take_focus(self) -> None:
        self.board.setFocus()

    def reload(self) -> None:
        self._towns = district.board(self.desk, self.month)
        self.board.show_towns(self._towns)
        self._show_figures()
        self.head_changed.emit()
        self.status_changed.emit()

    def _span(self) -> Span:
        """The year up to the end of the chosen month, or up to today."""
        until = min(days.month_bounds(self.month)[1], self.desk.today)
        return Span(self.desk.community, f"{self.month[:4]}-01-01", until)

    def _go_month(self, step: int) -> None:
        first, last = days.month_bounds(self.month)
        self.month = days.after(first, -1)[:7] if step < 0 else days.after(last, 1)[:7]
        self.reload()

    def _show_figures(self) -> None:
        keys = ("2", "3", "4", "5", "2-5", "6", "7", "7.overdue", "8", *(key for key, _colour in SOURCES))
        found = {one.key: one for one in count(self.desk, self._span(), keys, parts=False)}
        for key in ("2", "3", "4", "5", "6", "8"):
            self.numbers[key].setText(str(found[key].value))
        together = front_line_sum(list(found.values()))
        self.numbers["sum"].setText(_("合计 {sum}　去重后 {distinct} 人").format(sum=together, distinct=found["2-5"].value))
        note = _("办结 {closed}　逾期 {late}").format(closed=found["7"].value, late=found["7.overdue"].value)
        self.numbers["6.note"].setText(note)
        self._show_sources(found)
        seen = sum(one.newest is not None for town in self._towns for one in town.standings)
        everybody = sum(len(town.standings) for town in self._towns)
        self.numbers["reported"].setText(f"{seen} / {everybody}")
        late = sum(bool(one.unseen) for town in self._towns for one in town.standings)
        self.numbers["reported.note"].setText(_("缺批 {n} 个社区").format(n=late))

    def _show_sources(self, found: dict[str, Figure]) -> None:
        words = "　".join(f"{key.removeprefix('8.')} {found[key].value}" for key, _colour in SOURCES)
        self.sources.show_parts([(colour, float(found[key].value)) for key, colour in SOURCES], words)
        self.numbers["8.note"].setText(_("来源：{words}").format(words=words))

    # a community

    def _standing(self, code: str) -> Standing | None:
        return next((one for town in self._towns for one in town.standings if one.community.code == code), None)

    def _show_chosen(self, code: str) -> None:
        one = self._standing(code)
        if one is not None:
            self.strip.show_standing(one)

    def _open_community(self, code: str) -> None:
        self._go("table:batch", filters=(Filter("office", "is", (code,)),))

    def _print_reminder(self, code: str) -> None:
        self._go("print", paper="list", listing=Listing(Batch, (Filter("office", "is", (code,)),), community=self.desk.community))

    def _go(self, page: str, **arguments: object) -> None:
        window: Any = self.window()
        if window.has_page(page):
            window.go(page, **arguments)

    # the stick

    def choose_stick(self) -> None:
        """Ask for the stick and read it in."""
        folder = QFileDialog.getExistingDirectory(self, _("选 U 盘"))
        if folder:
            self.read_stick(Path(folder))

    def read_stick(self, stick: Path) -> None:
        """Every batch on the stick is merged, each in its own transaction; what fails is said by name and changes nothing."""
        from desktop.sync.merging import Merged, merge
        from desktop.sync.stick import list_stick

        desk = self.desk

        def read(report: Report) -> tuple[list[Merged], list[str]]:
            batches = [one.path for one in list_stick(stick) if one.kind == "up"]
            done: list[Merged] = []
            failed: list[str] = []
            for nth, path in enumerate(batches):
                report(_("读入 {name}").format(name=path.name), nth, len(batches))
                try:
                    done.append(merge(desk, path))
                except Said as refusal:
                    failed.append(f"{path.name}：{refusal}")
            return done, failed

        self.run(_("读入 U 盘"), read, self._read)

    def _read(self, result: Any) -> None:
        done, failed = result
        new = [one for one in done if not one.already]
        lines = sum(one.lines for one in new)
        words = _("收下 {n} 批 {lines} 条，早已收过 {old} 批").format(n=len(new), lines=lines, old=len(done) - len(new))
        if failed:
            self.say("err", "　".join(failed), lead=_("{n} 批没有收下：").format(n=len(failed)))
        else:
            self.say("ok" if done else "act", words if done else _("这支 U 盘上没有批次"))
        self.reload()

    def write_receipt(self, code: str) -> None:
        """A receipt for the chosen community, to a stick that is asked for."""
        folder = QFileDialog.getExistingDirectory(self, _("选 U 盘"))
        if folder:
            self.write_receipt_to(code, Path(folder))

    def write_receipt_to(self, code: str, stick: Path) -> None:
        """The receipt lies on the stick, read back."""
        from desktop.sync.receipts import write_receipt

        desk = self.desk
        done = _("回执已写好并读回核对，可以拔出：{name}")
        self.do(_("写回执"), lambda: write_receipt(desk, code, stick), lambda path: self.say("ok", done.format(name=path.name)))

    # arrangement

    def _restyle(self) -> None:
        here = look()
        self._body.setContentsMargins(here.u(16), here.u(2), here.u(16), here.u(10))
        for layout in (self._body, self._top):
            layout.setSpacing(here.u(10))
        self._legend.setContentsMargins(0, 0, 0, 0)
        self._legend.setSpacing(here.u(4))
        wide = not here.is_narrow_size
        for nth, card in enumerate(self._cards):
            self._top.addWidget(card, 0 if wide else nth // 2, nth if wide else nth % 2)
        for nth, share in enumerate((38, 19, 34, 19)):
            self._top.setColumnStretch(nth, share if wide or nth < 2 else 0)


class StandingStrip(QWidget):
    """The community that the keys stand on: what is missing, and the two deeds for it."""

    def __init__(self, receipt: Callable[[str], object], remind: Callable[[str], object]) -> None:
        super().__init__()
        self._code = ""
        self._row = QHBoxLayout(self)
        self._mark = IconMark("info-circle", "text2")
        self._name, self._words = Label("", "section"), Label("", ink="text2", wrap=True)
        self._row.addWidget(self._mark)
        self._row.addWidget(self._name)
        self._row.addWidget(self._words, 1)
        remind_button, receipt_button = Button(_("打印批次清单"), "printer"), Button(_("写回执到 U 盘"), "usb")
        remind_button.clicked.connect(lambda: remind(self._code))
        receipt_button.clicked.connect(lambda: receipt(self._code))
        self._row.addWidget(remind_button)
        self._row.addWidget(receipt_button)
        follow(self, self._restyle)

    def show_standing(self, one: Standing) -> None:
        """This community now."""
        self._code = one.community.code
        tone, picture = STATES[one.state]
        self._mark.show_icon(picture, tone)
        self._name.setText(f"{one.community.town} · {one.community.short_name}")
        parts = [_(one.state)]
        if one.newest is not None:
            parts.append(_("到第 {n} 批，{day} 读入").format(n=one.newest, day=one.merged_on or ""))
        if one.unseen:
            parts.append(_("缺第 {n} 批").format(n="、".join(map(str, one.unseen))))
        gaps = "、".join(f"{_(gap.label)} {gap.count}" for gap in one.completeness.gaps[:3])
        parts.append(_("完整度 {share}%").format(share=int(one.share * 100)) + (_("：差 {gaps}").format(gaps=gaps) if gaps else ""))
        self._words.setText("　".join(parts))
        self.setAccessibleName(words_of(one))

    def _restyle(self) -> None:
        here = look()
        self._row.setContentsMargins(here.u(24), here.u(8), here.u(16), here.u(8))
        self._row.setSpacing(here.u(12))
