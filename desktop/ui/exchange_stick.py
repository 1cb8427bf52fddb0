"""The stick at this machine: which folder it is, what lies on it, and the question for it when none is chosen."""

import shutil
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.model.errors import Said
from desktop.model.language import _
from desktop.office.desk import Desk
from desktop.sync import offices, standing
from desktop.sync.stick import FOLDER, StickFile, list_stick
from desktop.ui.exchange_words import size_words
from desktop.ui.latest import Latest


class ChosenStick(QObject):
    """The folder that stands for the stick; it is remembered, and looked at away from the screen."""

    changed = Signal()

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page
        self.folder: Path | None = standing.known_stick(desk)
        self.files: tuple[StickFile, ...] = ()
        self.note = ""  # free room, or why it cannot be read
        self._then: Callable[[], object] | None = None
        self.looking = Latest(self)
        self.looking.failed.connect(self._failed)

    @property
    def is_here(self) -> bool:
        """It is plugged in."""
        return self.folder is not None and self.folder.is_dir()

    @property
    def name(self) -> str:
        """How the machine calls it."""
        return (self.folder.name or str(self.folder)) if self.folder is not None else ""

    def use(self, then: Callable[[Path], object]) -> None:
        """`then` with the stick that is chosen, or with one that is chosen now."""
        if self.folder is not None and self.folder.is_dir():
            then(self.folder)
        else:
            self.choose(then)

    def choose(self, then: Callable[[Path], object] | None = None) -> None:
        """Asks for the folder."""
        dialog = QFileDialog(self._page, _("选 U 盘"), str(self.folder or Path.home()))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self._chosen(Path(name), then))
        dialog.open()

    def pick(self, title: str, then: Callable[[str], object]) -> None:
        """Asks for one of our files, on the stick if there is one."""
        start = self.folder / FOLDER if self.folder is not None and (self.folder / FOLDER).is_dir() else self.folder or Path.home()
        dialog = QFileDialog(self._page, title, str(start), _("连心文件 (*.lxb)"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(then)
        dialog.open()

    def look(self, then: Callable[[], object] | None = None) -> None:
        """What lies on it now, and then `then`, whether it could be read or not."""
        folder, books = self.folder, self._desk.books
        self._then = then or self._then  # a later look must not lose what waits for an earlier one
        if folder is None or not folder.is_dir():
            self._show((), "")
        else:
            trusted = offices.trusted(books)
            self.looking.ask(_("正在看 U 盘"), lambda: (list_stick(folder, trusted), shutil.disk_usage(folder).free), self._seen)

    def _chosen(self, folder: Path, then: Callable[[Path], object] | None) -> None:
        self.folder = folder.parent if folder.name == FOLDER else folder
        standing.remember_stick(self._desk, self.folder)
        self.look()
        if then is not None:
            then(self.folder)

    def _seen(self, found: tuple[list[StickFile], int]) -> None:
        self._show(tuple(found[0]), _("可用 {size} · 只读写“连心”文件夹").format(size=size_words(found[1])))

    def _failed(self, error: Said) -> None:
        self._show((), f"{error.what}。{error.todo}")

    def _show(self, files: tuple[StickFile, ...], note: str) -> None:
        self.files, self.note = files, note
        self.changed.emit()
        then, self._then = self._then, None
        if then is not None:
            then()
