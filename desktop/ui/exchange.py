"""上报与接收: what goes up on the stick, how far each batch has come, what came back, and who has to put what right.

States move by receipts and by nothing else. A batch is sealed once: when the stick fails, the same bytes are written again.
"""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.model.contents import RECORD_TYPES
from desktop.model.errors import Said
from desktop.model.language import _
from desktop.store.work import Row
from desktop.sync import standing
from desktop.sync.knowledge import Fate
from desktop.ui.exchange_enrol import Enrolling, EnrolView
from desktop.ui.exchange_lists import NEXT, BatchList, ContentsView, LineList, batch_rows
from desktop.ui.exchange_next import NextCard, StepsCard
from desktop.ui.exchange_reading import Reading
from desktop.ui.exchange_seen import NOTHING, Seen, lines_of, look_around
from desktop.ui.exchange_stick import ChosenStick
from desktop.ui.exchange_stick_card import StickCard, stick_lines
from desktop.ui.exchange_underway import GapBar, HandOverForm
from desktop.ui.exchange_writing import Writing
from desktop.ui.keys import PageKey
from desktop.ui.kit.buttons import Action, LinkButton
from desktop.ui.kit.cards import Scrolled
from desktop.ui.latest import Latest
from desktop.ui.look import follow, look
from desktop.ui.officepage import OfficePage
from desktop.ui.session import Session

LEFT_WIDTH = 330


class ExchangePage(OfficePage):
    """The community's side of the exchange."""

    concerns = tuple(record.__tablename__ for record in RECORD_TYPES)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.seen: Seen | None = None
        self.stick = ChosenStick(session.desk, self)
        self._current = ""
        self.reading, self.opening = Latest(self), Latest(self)
        # From the outside in, for each piece that gets its parent later is styled anew with all that it holds; and in the order of Tab.
        self.stack = QStackedWidget(self)
        self._main = Scrolled(parent=self.stack)
        self._all = QWidget(self._main.viewport())
        self._side = QWidget(self._all)
        self.gap = GapBar(self)
        self.stick_card, self.next_card, self.steps = StickCard(self._side), NextCard(self._side), StepsCard(self._side)
        self.batches, self.form, self.lines = BatchList(self._all), HandOverForm(session.desk.today, self._all), LineList(self._all)
        self.contents, self.enrol = ContentsView(self.stack), EnrolView(self.stack)
        self.enrolling = Enrolling(self, self.enrol, self.stick.use)
        self.writing = Writing(self, self.stick, self.form, self._now)
        self.returns = Reading(self, self.stick, self.enrolling, self._now)
        self._assemble()
        self._connect()
        self.set_narrow(look().is_narrow_size)  # before it is first seen: a window that had to grow does not shrink again
        follow(self, self._restyle)

    def _assemble(self) -> None:
        column = self.column()
        self._gap_row = QVBoxLayout()
        self._gap_row.addWidget(self.gap)
        column.addLayout(self._gap_row)
        direction = QBoxLayout.Direction
        self._both, self._right = QBoxLayout(direction.LeftToRight, self._all), QVBoxLayout()
        self._left = QBoxLayout(direction.TopToBottom, self._side)
        for piece in (self.stick_card, self.next_card, self.steps):
            self._left.addWidget(piece)
        self._left.addStretch(1)
        self._left.setContentsMargins(0, 0, 0, 0)
        self._right.addWidget(self.batches, 5)
        self._right.addWidget(self.form)
        self._right.addWidget(self.lines, 4)
        self._both.addWidget(self._side)
        self._both.addLayout(self._right, 1)
        self._main.hold(self._all)
        for page in (self._main, self.contents, self.enrol):
            self.stack.addWidget(page)
        column.addWidget(self.stack, 1)
        self.copy, self.hand = LinkButton(_("重写到 U 盘"), "usb"), LinkButton(_("记交接"), "send")
        self.lost = LinkButton(_("报失"), "puzzle-off")
        for link in (self.copy, self.hand, self.lost):
            self.lines.links.addWidget(link)

    def _connect(self) -> None:
        self.gap.copy_wanted.connect(lambda number: self.writing.copy(self._now().numbered(number)))
        self.gap.lost_wanted.connect(lambda number: self.writing.report_lost(self._now().numbered(number)))
        self.stick.changed.connect(self._show_stick)
        self.stick_card.choose_wanted.connect(lambda: self.stick.choose())
        self.stick_card.look_wanted.connect(lambda: self.stick.look())
        self.stick_card.deed_wanted.connect(self.returns.take_file)
        self.next_card.open_wanted.connect(self._open_contents)
        self.next_card.zero_wanted.connect(lambda: self.go("form:zero_report"))
        self.contents.closed.connect(self._close_contents)
        self.batches.view.current_changed.connect(self._show_batch)
        self.batches.view.opened.connect(lambda key: self._open_contents("") if key == NEXT else self.lines.view.setFocus())
        self.lines.wanted.connect(self._put_right)
        self.lines.choice_wanted.connect(lambda kind, record: self.go("conflicts", kind=kind, id=record))
        self.copy.clicked.connect(lambda: self.writing.copy(self._row()))
        self.hand.clicked.connect(self._begin_hand_over)
        self.lost.clicked.connect(lambda: self.writing.report_lost(self._row()))
        self.writing.written.connect(self._written)
        self.writing.told.connect(self._changed)
        self.returns.heard.connect(self._heard_back)
        self.form.closed.connect(self._close_form)
        self.enrol.welcome_wanted.connect(lambda: self.stick.look(self.returns.find_welcome))
        self.enrolling.enrolled.connect(self.reload)
        for asked in (self.reading, self.opening):
            asked.failed.connect(self.show_error)
        for asked in (self.reading, self.opening, self.stick.looking):
            asked.broke.connect(self._show_bug)
        self.bind_keys(
            (
                PageKey("F9", _("写下一批到 U 盘"), self.writing.write_if_enrolled),
                PageKey("Ctrl+I", _("读入区里的回执"), self.returns.read_receipts),
                PageKey("Ctrl+P", _("打印移交登记表"), self._print_slip),
            )
        )

    # what the shell asks

    def title(self) -> str:
        return _("上报与接收")

    def subtitle(self) -> str:
        return "" if self.narrow else _("“成功”只在区里的回执验过之后才说")

    def header_actions(self) -> Sequence[Action]:
        if self.seen is None or not self.seen.enrolled:
            return []
        number = self.seen.contents.number if self.seen.contents is not None else 1
        to_choose = _("冲突台 {n} 件待选").format(n=self.seen.contested)
        conflicts = [Action("conflicts", to_choose, "git-compare", run=lambda: self.go("conflicts"), keep=4)]
        return [
            *(conflicts if self.seen.contested else []),
            Action("receipt", _("读入回执"), "table-import", shortcut="Ctrl+I", run=self.returns.read_receipts, keep=5),
            Action("slip", _("移交登记表"), "printer", run=self._print_slip, keep=3, enabled=self._slip() is not None,
                   why_not=_("还没有写过批次")),
            Action("write", _("写第 {n} 批到 U 盘").format(n=number), "usb", "primary", "F9", run=self.writing.write, keep=9),
        ]  # fmt: skip

    def status(self) -> Sequence[str]:
        if self.seen is None or self.seen.contents is None:
            return []
        words = [_("未上报 {n} 条").format(n=f"{self.seen.contents.total:,}")]
        taken = [row["number"] for row in self.seen.batches if row["state"] == "已入库"]
        words += [_("最近入库 第 {n} 批").format(n=taken[0])] if taken else []
        return words + ([_("区里缺 {n} 批").format(n=len(self.seen.unseen))] if self.seen.unseen else [])

    def reload(self) -> None:
        desk = self.desk
        self.reading.ask(_("正在清点"), lambda: look_around(desk), self._show)
        self.stick.look()

    def take_focus(self) -> None:
        (self.enrol if self.stack.currentWidget() is self.enrol else self.batches.view).setFocus()

    def set_narrow(self, narrow: bool) -> None:
        super().set_narrow(narrow)
        self.contents.set_narrow(narrow)
        self._restyle()

    # what it shows

    def _show(self, seen: Seen) -> None:
        self.seen = seen
        if not seen.enrolled:
            self.enrol.show_own(seen.fingerprint, may=self.desk.may("keys.enrol"))
            self.stack.setCurrentWidget(self.enrol)
            if not self.desk.may("keys.enrol"):
                self.say("warn", _("入网要由管理员来办：请有“管理”权限的同事登录"))
        else:
            if self.stack.currentWidget() is self.enrol:
                self.stack.setCurrentWidget(self._main)
            self._show_standing(seen)
        self.head_changed.emit()
        self.status_changed.emit()

    def _show_standing(self, seen: Seen) -> None:
        assert seen.contents is not None
        unanswered = [row["number"] for row in seen.batches if row["state"] in ("已制作", "已交接")]
        self.next_card.show_contents(seen.contents, unanswered)
        first = seen.unseen[0] if seen.unseen else 0
        row = seen.numbered(first)
        self.gap.show_gap(seen.unseen, row, kept=row is not None and standing.has_file(self.desk, row))
        answered = next((row["id"] for row in seen.batches if row["state"] == "已入库"), "")
        newest = answered or (seen.batches[0]["id"] if seen.batches else NEXT)
        known = {row["id"] for row in seen.batches}
        self.batches.show_batches(batch_rows(seen.batches, seen.contents, seen.unseen), self._current if self._current in known else newest)
        window: Any = self.window()
        if hasattr(window, "set_count") and "exchange" in window.navigation.rows:
            window.set_count("exchange", "warn", len(seen.unseen))
        self._show_stick()

    def _show_batch(self, key: str) -> None:
        if not key:
            return
        self._current = key
        self._close_form()
        row, desk = self._row(), self.desk
        kept = row is not None and standing.has_file(desk, row)
        self.copy.setVisible(kept)
        self.hand.setVisible(row is not None and row["handed_on"] is None and desk.may("batch.hand_over"))
        self.lost.setVisible(row is not None and row["lost_on"] is None and row["state"] in ("已制作", "已交接"))
        if row is None:
            self.lines.show_lines(_("下一批"), _("还没有写，逐条见左边“逐条看”"), ())
            return
        is_newest = row["id"] == next((one["id"] for one in self._batches() if one["verdict"]), "")
        self.opening.ask(_("正在打开"), lambda: lines_of(desk, row, is_newest=is_newest), lambda lines: self._show_lines(row, lines))

    def _show_lines(self, row: Row, lines: list[standing.LineFate]) -> None:
        note = "" if lines else _("这一批的文件已不在本机")
        self.lines.show_lines(_("第 {n} 批逐条").format(n=row["number"]), note, lines)

    def _open_contents(self, kind: str) -> None:
        if self.seen is not None and self.seen.contents is not None:
            self.contents.show_contents(self.seen.contents, kind)
            self.stack.setCurrentWidget(self.contents)
            self.contents.setFocus()

    def _close_contents(self) -> None:
        self.stack.setCurrentWidget(self._main)
        self.batches.view.setFocus()

    def _show_stick(self) -> None:
        stick, seen = self.stick, self._now()
        if not stick.is_here:
            self.stick_card.show_stick("", "", ())
            return
        sent = {row["sha256"]: row for row in seen.batches if row["sha256"]}
        lines = stick_lines(stick.files, self.desk.community, seen.read, sent, is_enrolled=seen.enrolled)
        self.stick_card.show_stick(_("U 盘 “{name}”").format(name=stick.name), stick.note, lines)

    # deeds

    def _now(self) -> Seen:
        return self.seen or NOTHING

    def _written(self, batch: str) -> None:
        self._current = batch
        self.reload()

    def _heard_back(self) -> None:
        self._current = ""
        self.reload()

    def show_error(self, error: Said) -> None:
        super().show_error(error)
        self.writing.offer_again(error)

    def _begin_hand_over(self) -> None:
        row = self._row()
        if row is not None:
            self.writing.begin_hand_over(row)
            QTimer.singleShot(0, self.form, lambda: self._main.ensureWidgetVisible(self.form))  # once it has its place

    def _changed(self, words: str) -> None:
        self._close_form()
        self.reload()
        self.toast(words)

    def _close_form(self) -> None:
        if self.form.isVisible():
            self.form.hide()
            self.batches.view.setFocus()

    # ways from here

    def _put_right(self, line: standing.LineFate) -> None:
        """The form of the record; the keys stand in the field that came back, with the reason under it."""
        window: Any = self.window()
        page = f"form:{line.kind}"
        mend = {"field": line.field, "why": line.why} if line.fate == Fate.RETURNED else {}
        if not (hasattr(window, "has_page") and window.has_page(page) and window.go(page, id=line.record, **mend)):
            self.say("act", _("这类记录在这里改不了"))

    def _print_slip(self) -> None:
        row = self._slip()
        if row is not None:
            self.go("print", paper="batch", ids=(row["id"],))

    def _slip(self) -> Row | None:
        """The batch whose slip is meant: the current one, or the newest."""
        row = self._row()
        return row if row is not None else next(iter(self._batches()), None)

    def _batches(self) -> Sequence[Row]:
        return self._now().batches

    def _row(self) -> Row | None:
        return self._now().batch(self._current)

    def _restyle(self) -> None:
        """Side by side; one below the other where letters are large, each list then as tall as it needs."""
        here, direction = look(), QBoxLayout.Direction
        self._both.setDirection(direction.BottomToTop if self.narrow else direction.LeftToRight)
        self._left.setDirection(direction.LeftToRight if self.narrow else direction.TopToBottom)
        for card in (self.stick_card, self.next_card):
            self._left.setStretchFactor(card, int(self.narrow))
            self._left.setAlignment(card, Qt.AlignmentFlag.AlignTop if self.narrow else Qt.AlignmentFlag(0))
        self._left.setStretch(self._left.count() - 1, int(not self.narrow))
        self._side.setMinimumWidth(0 if self.narrow else here.u(LEFT_WIDTH))
        self._side.setMaximumWidth(16_777_215 if self.narrow else here.u(LEFT_WIDTH))
        self.steps.setVisible(not self.narrow)
        for list_, rows in ((self.batches.view, 5), (self.lines.view, 4)):
            list_.setMinimumHeight(here.row * (rows + 1))
        self._gap_row.setContentsMargins(here.u(16), 0, here.u(16), here.u(6))
        self._both.setContentsMargins(here.u(16), here.u(4), here.u(16), here.u(8))
        for layout in (self._both, self._left, self._right):
            layout.setSpacing(here.u(10))
