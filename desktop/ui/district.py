"""全区一览: who has reported and how completely, and the district's figures, each of which opens its rows.

The district's window is the same shell; a stick is read in here, batch by batch, and receipts are written back. The board is read off
the GUI thread; what was known last stands there until the answer comes.
"""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from desktop.model import days
from desktop.model.courier import Batch
from desktop.model.errors import Said
from desktop.model.language import _
from desktop.office import district
from desktop.office.district import Seen, Standing
from desktop.office.figures import behind
from desktop.store.page import Filter, Listing
from desktop.ui.board import Board
from desktop.ui.district_parts import DistrictFigures, Legend, StandingStrip
from desktop.ui.keys import PageKey
from desktop.ui.kit.buttons import Action
from desktop.ui.kit.cards import Card, Scrolled
from desktop.ui.look import follow, look
from desktop.ui.officepage import OfficePage
from desktop.ui.page import Page
from desktop.ui.session import Session
from desktop.ui.shell import NavGroup, NavItem
from desktop.ui.work import Report


def district_groups() -> list[NavGroup]:
    """The navigation of a district or sub-district."""
    incoming = (NavItem("table:batch", _("收到的批次")), NavItem("table:receipt", _("回执")))
    return [
        NavGroup("board", _("全区一览"), "layout-dashboard", short=_("一览")),
        NavGroup("figures", _("指标"), "chart-bar", short=_("指标")),
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
        self.seen: Seen | None = None
        inner = QWidget()
        self._body = QVBoxLayout(inner)
        self.figures = DistrictFigures()
        self._body.addWidget(self.figures)
        self.board_card = Card(_("谁报了、报齐没有"), note=_("格内数字是完整度；按社区码排，不排名次"), gap=2)
        self.board_card.add_to_head(Legend())
        self.board = Board()
        self.board_card.add(self.board)
        self._body.addWidget(self.board_card)
        self._body.addStretch(1)
        self.strip = StandingStrip(self.write_receipt, self._print_batches)
        self._foot = QVBoxLayout()
        self._foot.addWidget(self.strip)
        column = self.column()
        column.addWidget(Scrolled(inner), 1)
        column.addLayout(self._foot)
        self.take_in_keys(self.board.keys())
        self.bind_keys(
            (
                PageKey("Ctrl+I", _("读入 U 盘"), self.choose_stick),
                PageKey("F9", _("给这个社区写回执"), self._receipt_here),
                PageKey("Ctrl+P", _("打印月报"), self._print_month),
                PageKey("Alt+Left", _("上月"), partial(self._go_month, -1)),
                PageKey("Alt+Right", _("下月"), partial(self._go_month, 1)),
            )
        )
        self.board.chosen.connect(self._show_chosen)
        self.board.opened.connect(self._open_community)
        self.figures.opened.connect(self._open_figure)
        follow(self, self._restyle)

    # what the shell asks

    def title(self) -> str:
        return _("全区一览")

    def subtitle(self) -> str:
        if self.seen is None:
            return _("正在看账")
        return _("{n} 个社区和村 · 截止 {day}").format(n=self.seen.communities, day=days.show_day(self.seen.span.until))

    def header_actions(self) -> Sequence[Action]:
        return [
            Action("before", _("上月"), "chevron-left", "ghost", run=partial(self._go_month, -1)),
            Action("after", _("下月"), "chevron-right", "ghost", run=partial(self._go_month, 1)),
            Action("print", _("打印月报"), "printer", run=self._print_month, keep=3),
            Action("read", _("读入 U 盘"), "usb", "primary", "Ctrl+I", run=self.choose_stick, keep=9),
        ]

    def _print_month(self) -> None:
        self.go("print", paper="month")

    def status(self) -> Sequence[str]:
        counts = district.counts(self.seen.towns if self.seen is not None else ())
        return [f"{_(state)} {many}" for state, many in counts.items()] + [_("方向键走格，Enter 看社区")]

    def take_focus(self) -> None:
        self.board.setFocus()

    def reload(self) -> None:
        desk, month = self.desk, self.month
        self.ask(_("看账"), lambda: district.look_over(desk, month), self._show)

    def _show(self, seen: Seen) -> None:
        self.seen = seen
        self.board.show_towns(seen.towns)
        self.figures.show_seen(seen)
        self.head_changed.emit()
        self.status_changed.emit()

    def _go_month(self, step: int) -> None:
        first, last = days.month_bounds(self.month)
        self.month = days.after(first, -1)[:7] if step < 0 else days.after(last, 1)[:7]
        self.reload()

    # a community

    def _standing(self, code: str) -> Standing | None:
        towns = self.seen.towns if self.seen is not None else ()
        return next((one for town in towns for one in town.standings if one.community.code == code), None)

    def _show_chosen(self, code: str) -> None:
        one = self._standing(code)
        if one is not None:
            self.strip.show_standing(one)

    def _open_figure(self, key: str) -> None:
        if key == "reported":
            self.go("table:batch")
        elif self.seen is not None:
            kind, chips = behind(key, self.seen.span)
            self.go(f"table:{kind}", filters=chips)

    def _open_community(self, code: str) -> None:
        self.go("table:batch", filters=(Filter("office", "is", (code,)),))

    def _print_batches(self, code: str) -> None:
        self.go("print", paper="list", listing=Listing(Batch, (Filter("office", "is", (code,)),), community=self.desk.community))

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

    def _receipt_here(self) -> None:
        one = self.board.current()
        if one is not None:
            self.write_receipt(one.community.code)

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

    def set_narrow(self, narrow: bool) -> None:
        super().set_narrow(narrow)
        self.figures.set_narrow(narrow)
        self._body.removeWidget(self.board_card)
        self._body.insertWidget(0 if narrow else 1, self.board_card)  # with large letters first who is missing, then how much

    def _restyle(self) -> None:
        here = look()
        self._body.setContentsMargins(here.u(16), here.u(2), here.u(16), here.u(8))
        self._body.setSpacing(here.u(8))
        self._foot.setContentsMargins(here.u(16), 0, here.u(16), here.u(8))
