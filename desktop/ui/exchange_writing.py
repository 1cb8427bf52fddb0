"""What goes up: the next batch onto the stick, a batch once more, who took it along, and a stick that nobody finds any more.

A batch is sealed once: when the stick fails, the same bytes are written again.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop.model.courier import Batch
from desktop.model.errors import Said, Trouble
from desktop.model.language import _
from desktop.store.work import Row
from desktop.sync import sending
from desktop.sync.sending import Sent
from desktop.ui.exchange_seen import Seen
from desktop.ui.exchange_stick import ChosenStick
from desktop.ui.exchange_underway import HandOverForm
from desktop.ui.kit.cards import ask
from desktop.ui.officepage import OfficePage
from desktop.ui.work import Report


class Writing(QObject):
    """What the page does with batches, on its behalf."""

    written = Signal(str)  # the batch that lies on the stick now
    told = Signal(str)  # a batch's fate was written down, in words

    def __init__(self, page: OfficePage, stick: ChosenStick, form: HandOverForm, seen: Callable[[], Seen]) -> None:
        super().__init__(page)
        self._page, self._stick, self._form, self._seen = page, stick, form, seen
        self._sealed = ""  # a batch that was sealed and is on no stick yet
        self._handed = ""  # the batch that the form asks about
        form.given.connect(self._hand_over)

    def write_if_enrolled(self) -> None:
        """F9: what the primary button does, once there is something to seal it with."""
        if self._seen().enrolled:
            self.write()

    def write(self) -> None:
        """The next batch is sealed and lies on the stick."""
        self._stick.use(self._write)

    def _write(self, stick: Path) -> None:
        desk = self._page.desk

        def deed(report: Report) -> Sent:
            report(_("正在加密封好"), 0, 2)
            self._sealed = sending.seal_batch(desk)  # from here on it is on the books: nothing may break off before the copy was tried
            return sending.copy_to_stick(desk, self._sealed, stick)

        self._page.run(_("写下一批到 U 盘"), deed, self._written)

    def copy(self, row: Row | None) -> None:
        """A batch that lies on this computer is on the stick once more."""
        if row is not None:
            page, desk, batch = self._page, self._page.desk, row["id"]
            self._stick.use(lambda stick: page.do(_("重写到 U 盘"), lambda: sending.copy_to_stick(desk, batch, stick), self._written))

    def _written(self, sent: Sent) -> None:
        self._sealed = ""
        self.written.emit(sent.batch)
        words = _("已写到 U 盘 “{stick}”，已读回核对，可以拔出").format(stick=self._stick.name)
        slip = partial(self._page.go, "print", paper="batch", ids=(sent.batch,))
        self._page.say("ok", words, _("打印移交登记表"), slip, lead=_("第 {n} 批：").format(n=sent.number))

    def offer_again(self, error: Said) -> None:
        """When the stick failed after the batch was sealed: the same batch may be written once more."""
        if not self._sealed or not isinstance(error, Trouble):
            return
        page, desk, batch = self._page, self._page.desk, self._sealed
        page.reload()
        words = f"{error.what}。{error.todo}" if error.todo else error.what
        again = _("这一批已封好留在本机，再写的是同一份。")
        page.say("warn", f"{words}。{again}", _("再写一次"), lambda: self.copy(desk.get(Batch, batch)))

    def begin_hand_over(self, row: Row) -> None:
        """Who took this batch along, and when, is asked."""
        self._handed = row["id"]
        self._form.begin(row["number"])

    def _hand_over(self, who: str, on: str) -> None:
        desk, batch = self._page.desk, self._handed
        self._page.do(
            _("记交接"), lambda: sending.hand_over(desk, batch, to=who, on=on), lambda _r: self.told.emit(_("已记下交接"))
        )  # fmt: skip

    def report_lost(self, row: Row | None) -> None:
        """The stick with this batch is written off, after a question."""
        if row is None:
            return
        page, desk, batch = self._page, self._page.desk, row["id"]
        follows = _("没有钥匙谁也打不开；内容已经在后面的批次里，不用重报。")
        if ask(page, _("第 {n} 批那支 U 盘找不到了？").format(n=row["number"]), follows, _("报失")):
            page.do(_("报失"), lambda: sending.report_lost(desk, batch, on=desk.today), lambda _r: self.told.emit(_("已报失")))
