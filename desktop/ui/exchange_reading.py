"""What comes back: receipts, from the stick or picked, and the 入网通知 that opens the exchange."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop.model.language import _
from desktop.sync.receipts import Heard, read_receipt
from desktop.ui.exchange_enrol import Enrolling
from desktop.ui.exchange_seen import Seen
from desktop.ui.exchange_stick import ChosenStick
from desktop.ui.officepage import OfficePage
from desktop.ui.work import Report


class Reading(QObject):
    """What the page does with files from the district, on its behalf."""

    heard = Signal()  # receipts were read

    def __init__(self, page: OfficePage, stick: ChosenStick, enrolling: Enrolling, seen: Callable[[], Seen]) -> None:
        super().__init__(page)
        self._page, self._stick, self._enrolling, self._seen = page, stick, enrolling, seen

    def read_receipts(self) -> None:
        """The receipts on the stick that were not read yet, or one that is picked."""
        if self._seen().enrolled:
            self._stick.look(self._read_new)  # it was perhaps plugged in just now

    def _read_new(self) -> None:
        read = self._seen().read
        new = [file for file in self._stick.files if file.kind == "down" and file.header is not None and file.header.sha256 not in read]
        if new:
            self._read([str(file.path) for file in reversed(new)])
        else:
            self._stick.pick(_("读入回执"), lambda name: self._read([name]))

    def _read(self, paths: Sequence[str]) -> None:
        desk = self._page.desk

        def deed(report: Report) -> list[Heard]:
            heard = []
            for nth, path in enumerate(paths):
                report(_("正在读 {name}").format(name=Path(path).name), nth, len(paths))
                heard.append(read_receipt(desk, Path(path)))
            return heard

        self._page.run(_("读入回执"), deed, self._heard_back)

    def _heard_back(self, heard: list[Heard]) -> None:
        newest = max(heard, key=lambda one: one.number)
        self.heard.emit()
        if all(one.already for one in heard):
            self._page.say("act", _("第 {n} 号回执已经读过，没有变化").format(n=newest.number))
            return
        moved = {number: state for one in heard for number, state in one.moved.items()}
        words = [_("第 {n} 批{state}").format(n=number, state=_(state)) for number, state in sorted(moved.items())]
        words += [_("{n} 条要处理").format(n=len(newest.open))] if newest.open else [_("没有要处理的")]
        self._page.say("warn" if newest.open else "ok", "，".join(words), lead=_("第 {n} 号回执：").format(n=newest.number))

    def take_file(self, deed: str, path: str) -> None:
        """A file of the stick was pressed: a receipt is read, an 入网通知 asks for the district's fingerprint."""
        if deed == "read":
            self._read([path])
        elif self._seen().enrolled:
            self._page.say("act", _("已经入网，不用再读入网通知"))
        else:
            self._enrolling.ask_fingerprint(path)

    def find_welcome(self) -> None:
        """The 入网通知 on the stick, or one that is picked."""
        there = [file for file in self._stick.files if file.kind == "welcome" and file.header is not None]
        if there:
            self._enrolling.ask_fingerprint(str(there[0].path))
        else:
            self._stick.pick(_("读入入网通知"), self._enrolling.ask_fingerprint)
