"""Where files that are to hang on a record come from: picked, dropped, pasted; and those that wait until a form is kept."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMimeData, Signal
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from desktop.model.language import _
from desktop.office.attachments import PICTURES, Enclosed
from desktop.ui.kit.buttons import LinkButton
from desktop.ui.kit.flow import FlowLayout
from desktop.ui.kit.text import Label, set_tip
from desktop.ui.look import follow, look

File = Path | Enclosed
LONGEST_NAME = 16  # signs of a name that waits beside others


def pick(over: QWidget, title: str) -> list[File]:
    """The files that are picked; none when somebody thinks better of it."""
    names, _kind = QFileDialog.getOpenFileNames(over, title)
    return [Path(name) for name in names]


def pick_pictures(over: QWidget) -> list[File]:
    """The same, with pictures first."""
    kinds = " ".join(f"*{ending}" for ending in sorted(PICTURES))
    names, _kind = QFileDialog.getOpenFileNames(over, _("选现场照片"), "", f"{_('照片')} ({kinds});;{_('所有文件')} (*)")
    return [Path(name) for name in names]


def dropped(mime: QMimeData) -> list[File]:
    """The files of this computer that are dropped here."""
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]


def pasted() -> list[File]:
    """The files on the clipboard, or the picture there."""
    mime = QApplication.clipboard().mimeData()
    files = dropped(mime)
    picture = QApplication.clipboard().image() if mime.hasImage() and not files else None
    if picture is None or picture.isNull():
        return files
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub knows no device here
    return [Enclosed(_("粘贴的图片") + ".png", bytes(buffer.data().data()))]


def pasted_instead_of_words() -> list[File]:
    """What a paste into a line of text brings when the clipboard holds no words of its own."""
    mime = QApplication.clipboard().mimeData()
    return pasted() if mime.hasUrls() or (mime.hasImage() and not mime.hasText()) else []


def nothing_to_paste() -> str:
    """Why a paste brought nothing."""
    return _("剪贴板里没有图片：先截图或复制照片，再按 Ctrl+V")


def named(files: Sequence[str]) -> str:
    """How many hang there, by what they are: 现场照片 3 张, or 附件 3 份 when not all are pictures."""
    pictures = all(Path(name).suffix.lower() in PICTURES for name in files)
    return (_("现场照片 {n} 张") if pictures else _("附件 {n} 份")).format(n=len(files))


class Waiting(QWidget):
    """Files that go with what is being typed: each by its name, a press takes it back out; none takes no room."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.files: list[File] = []
        self._pieces: list[QWidget] = []
        self._flow = FlowLayout(self)
        self.hide()
        follow(self, self._restyle)

    def add(self, files: Sequence[File]) -> None:
        """These wait as well; one that waits already is not doubled."""
        self.show_files([*self.files, *(one for one in dict.fromkeys(files) if one not in self.files)])

    def show_files(self, files: Sequence[File]) -> None:
        """These wait and no others."""
        if list(files) == self.files:
            return
        self.files = list(files)
        for piece in self._pieces:
            self._flow.removeWidget(piece)
            piece.hide()
            piece.deleteLater()
        self._pieces = [Label(_("一起记下 {n} 份：").format(n=len(self.files)), "caption", "text2")] if self.files else []
        for file in self.files:
            name = file.name if len(file.name) <= LONGEST_NAME else f"{file.name[: LONGEST_NAME - 8]}…{file.name[-7:]}"
            out = LinkButton(name, "x", small=True)
            out.setAccessibleName(_("不附{name}").format(name=file.name))
            set_tip(out, _("不附{name}").format(name=file.name))
            out.clicked.connect(partial(self._take_out, file))
            self._pieces.append(out)
        for piece in self._pieces:
            self._flow.addWidget(piece)
            piece.show()
        self.setVisible(bool(self.files))
        self.updateGeometry()
        self.changed.emit()

    def _take_out(self, file: File, *_checked: object) -> None:
        self.show_files([one for one in self.files if one != file])

    def _restyle(self) -> None:
        self._flow.setSpacing(look().u(4))
