"""附件 of one record: what hangs on it, more by the button, by dropping or by pasting, a copy taken out by its name.

The list stands in the drawer of a record, and in a card of its own where a page counts what hangs on something.
"""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.model.keeping import Attachment
from desktop.model.language import _
from desktop.model.record import Record
from desktop.office import attachments, records
from desktop.store.work import Row
from desktop.ui.enclosing import dropped, nothing_to_paste, pasted, pick
from desktop.ui.kit.buttons import IconButton, LinkButton
from desktop.ui.kit.cards import ButtonFlow, Card
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
    """The files under one another; what is dropped or pasted here is attached. In a drawer it keeps the drawer's edges."""

    wanted = Signal(object)  # the files to be attached
    take_out = Signal(str)  # attachment
    put_away = Signal(str)
    told = Signal(str)  # why nothing can be pasted

    def __init__(self, parent: QWidget | None = None, *, edges: bool = True) -> None:
        super().__init__(parent)
        self._edges = edges
        self._column = QVBoxLayout(self)
        self._rows: list[QWidget] = []
        self._may = False
        self.names: dict[str, LinkButton] = {}
        self.add, self.paste = LinkButton(_("附上文件"), "paperclip"), LinkButton(_("粘贴图片"), "photo-plus", "Ctrl+V")
        self.add.clicked.connect(self._pick)
        self.paste.clicked.connect(self._paste)
        self.ways = ButtonFlow((self.add, self.paste))
        self.hint = Label(_("扫描件、照片、文档，拖到这里也行；留在本社区，不上报"), "caption", "text2", wrap=True)
        self._column.addWidget(self.ways)
        self._column.addWidget(self.hint)
        self._column.addStretch(1)
        follow(self, self._restyle)

    def show_files(self, rows: Sequence[Row], *, may: bool) -> None:
        """These files; without the right to change anything they can only be read."""
        for old in self._rows:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._rows, self.names, self._may = [], {}, may
        self.setAcceptDrops(may)
        self.ways.setVisible(may)
        self.hint.setVisible(may)
        for nth, row in enumerate(rows):
            piece = self._row(row, may=may)
            self._column.insertWidget(nth, piece)
            self._rows.append(piece)

    def take_focus(self) -> None:
        """The keys stand on the first file, or on the way to add one."""
        (next(iter(self.names.values()), self.add)).setFocus()

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
        files = pick(self, _("选要附上的文件"))
        if files:
            self.wanted.emit(files)

    def _paste(self) -> None:
        files = pasted()
        if files:
            self.wanted.emit(files)
        else:
            self.told.emit(nothing_to_paste())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._may and event.matches(QKeySequence.StandardKey.Paste):
            self._paste()
            return
        super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.wanted.emit(dropped(event.mimeData()))
        event.acceptProposedAction()

    def _restyle(self) -> None:
        here = look()
        edges = (here.u(14), here.u(8), here.u(12), here.u(8)) if self._edges else (0, 0, 0, 0)
        self._column.setContentsMargins(*edges)
        self._column.setSpacing(here.u(4))


class AttachmentDeeds:
    """What is done with the files of the record that is shown; `shown` reads them again."""

    def __init__(
        self, page: OfficePage, files: AttachmentList, of: Callable[[], tuple[type[Record], str]], shown: Callable[[], object]
    ) -> None:
        self.page, self.of, self.shown = page, of, shown
        files.wanted.connect(self._attach)
        files.take_out.connect(self._take_out)
        files.put_away.connect(self._put_away)
        files.told.connect(lambda words: page.say("act", words))

    def _attach(self, files: Sequence[Path | attachments.Enclosed]) -> None:
        desk, (record, key) = self.page.desk, self.of()
        self.page.do(_("附上文件"), lambda: attachments.attach_all(desk, record, key, files), lambda _r: self.shown())

    def _take_out(self, attachment: str) -> None:
        desk, (record, key) = self.page.desk, self.of()
        files = {one["id"]: one["name"] for one in attachments.attachments_of(desk, record, key)}
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


class FilesCard(Card):
    """What hangs on one record, opened where the page counts it; its cross or the page's Esc puts it away."""

    closed = Signal()

    def __init__(self, page: OfficePage) -> None:
        super().__init__(_("附件"), "paperclip")
        self._page = page
        self._of: tuple[type[Record], str] = (Attachment, "")
        self.files = AttachmentList(edges=False)
        self.shut = IconButton(_("收起附件"), "x")
        self.shut.clicked.connect(self.close_files)
        self.add_to_head(self.shut)
        self.add(self.files)
        self.deeds = AttachmentDeeds(page, self.files, lambda: self._of, self.show_again)
        self.hide()

    def open(self, record: type[Record], key: str, title: str, note: str = "") -> None:
        """The files of this record, with the keys among them; once more opened, it is put away."""
        if self.is_open and self._of == (record, key):
            self.close_files()
            return
        self._of = (record, key)
        self.set_title(title, note)
        self.show()
        self.show_again()
        self.files.take_focus()

    @property
    def is_open(self) -> bool:
        """Files are shown."""
        return not self.isHidden()

    def show_again(self) -> None:
        """The files as they hang there now."""
        if self.is_open:
            desk, (record, key) = self._page.desk, self._of
            rows = attachments.attachments_of(desk, record, key)
            self.files.show_files(rows, may=desk.may("attachment.attach") and not desk.is_above)

    def close_files(self) -> None:
        """Nothing of it is shown any more."""
        if self.is_open:
            self.hide()
            self.closed.emit()
