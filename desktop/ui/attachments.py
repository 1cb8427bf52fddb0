"""附件 of one record in its drawer: what hangs on it, one more by the button or by dropping it here, a copy taken out by its name."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.model.keeping import Attachment
from desktop.model.language import _
from desktop.model.record import Record
from desktop.office import attachments, records
from desktop.store.work import Row
from desktop.ui.kit.buttons import IconButton, LinkButton
from desktop.ui.kit.text import Label, set_tip
from desktop.ui.look import follow, look
from desktop.ui.officepage import OfficePage

LONGEST_NAME = 20  # signs that find room in the drawer


def size_words(size: int) -> str:
    """12 KB, 3.4 MB."""
    return f"{size / 1024 / 1024:.1f} MB" if size >= 1024 * 1024 else f"{max(1, round(size / 1024))} KB"


def in_few(name: str) -> str:
    """A long name without its middle: how it begins and its ending are what tells two scans apart."""
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 9]}…{name[-8:]}"


class AttachmentList(QWidget):
    """The files under one another; a file that is dropped here is attached."""

    wanted = Signal(str)  # the path of a file to be attached
    take_out = Signal(str)  # attachment
    put_away = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._rows: list[QWidget] = []
        self.names: dict[str, LinkButton] = {}
        self.add = LinkButton(_("附上文件"), "paperclip")
        self.add.clicked.connect(self._pick)
        self.hint = Label(_("扫描件、照片、文档，拖到这里也行；留在本社区，不上报"), "caption", "text2", wrap=True)
        self._column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(self.hint)
        self._column.addStretch(1)
        follow(self, self._restyle)

    def show_files(self, rows: Sequence[Row], *, may: bool) -> None:
        """These files; without the right to change anything they can only be read."""
        for old in self._rows:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._rows, self.names = [], {}
        self.setAcceptDrops(may)
        self.add.setVisible(may)
        self.hint.setVisible(may)
        for nth, row in enumerate(rows):
            piece = self._row(row, may=may)
            self._column.insertWidget(nth, piece)
            self._rows.append(piece)

    def _row(self, row: Row, *, may: bool) -> QWidget:
        piece = QWidget()
        line, words = QHBoxLayout(piece), QVBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        whole = row["name"] or _("附件")
        name = LinkButton(in_few(whole), "file-text")
        name.setAccessibleName(whole)
        set_tip(name, whole)
        name.setEnabled(may)
        name.clicked.connect(partial(self.take_out.emit, row["id"]))
        self.names[row["id"]] = name
        words.addWidget(name, 0, Qt.AlignmentFlag.AlignLeft)
        words.addWidget(Label(f"{size_words(row['size'] or 0)} · {row['added_on'] or ''}", "caption", "text2"))
        line.addLayout(words, 1)
        if may:
            away = IconButton(_("移走{name}").format(name=row["name"]), "x", ink="text2")
            away.clicked.connect(partial(self.put_away.emit, row["id"]))
            line.addWidget(away)
        return piece

    def _pick(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(self, _("选要附上的文件"))
        if name:
            self.wanted.emit(name)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        for url in event.mimeData().urls():
            if url.isLocalFile():
                self.wanted.emit(url.toLocalFile())
        event.acceptProposedAction()

    def _restyle(self) -> None:
        here = look()
        self._column.setContentsMargins(here.u(14), here.u(8), here.u(12), here.u(8))
        self._column.setSpacing(here.u(4))


class AttachmentDeeds:
    """What is done with the files of the record that the drawer shows; `shown` reads them again."""

    def __init__(
        self, page: OfficePage, files: AttachmentList, record: type[Record], row: Callable[[], Any], shown: Callable[[], object]
    ) -> None:
        self.page, self.record, self.row, self.shown = page, record, row, shown
        files.wanted.connect(self._attach)
        files.take_out.connect(self._take_out)
        files.put_away.connect(self._put_away)

    def _attach(self, path: str) -> None:
        desk, record, key = self.page.desk, self.record, self.row()["id"]
        self.page.do(_("附上文件"), lambda: attachments.attach(desk, record, key, Path(path)), lambda _r: self.shown())

    def _take_out(self, attachment: str) -> None:
        desk = self.page.desk
        files = {one["id"]: one["name"] for one in attachments.attachments_of(desk, self.record, self.row()["id"])}
        name, _kind = QFileDialog.getSaveFileName(self.page, _("另存附件"), files.get(attachment, ""))
        if name:
            done = _("已另存：{name}")
            self.page.do(
                _("另存附件"), lambda: attachments.save_copy(desk, attachment, Path(name)),
                lambda to: self.page.say("ok", done.format(name=to.name)),
            )  # fmt: skip

    def _put_away(self, attachment: str) -> None:
        desk = self.page.desk

        def back() -> None:
            self.page.do(_("取回"), lambda: records.take_back(desk, Attachment, attachment), lambda _r: self.shown())

        def away(_result: object) -> None:
            self.shown()
            self.page.toast(_("已移走附件"), back)

        self.page.do(_("移走附件"), lambda: records.end(desk, Attachment, attachment, because=records.BY_HAND), away)
