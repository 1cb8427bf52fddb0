"""When something of ours fails: a log that holds no personal word, and a window whose text can be handed on.

The log is written through `messages.diagnosis`: files, lines and types, never what was typed. It turns over at half a
megabyte, so it can be sent whole.
"""

import logging
import sys
import threading
import zipfile
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from desktop import __version__
from desktop.model.language import _
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.lines import LongEdit
from desktop.ui.kit.text import Label
from desktop.ui.look import look
from desktop.ui.messages import diagnosis, without_persons

LOG = "lianxin.log"
LARGEST, KEPT = 512 * 1024, 3


class NoPersons(logging.Formatter):
    """A line of the log: when, where, how bad, and the message with every name and number taken out."""

    def format(self, record: logging.LogRecord) -> str:
        head = f"{self.formatTime(record)} {record.levelname} {record.name}:{record.lineno} {without_persons(record.getMessage())}"
        error = record.exc_info[1] if record.exc_info else None
        return f"{head}\n{diagnosis(error)}" if error is not None else head


def keep_log(folder: Path) -> Path | None:
    """Warnings and worse go into a file of this folder from now on; None when the folder cannot be written."""
    path = folder / LOG
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(path, maxBytes=LARGEST, backupCount=KEPT, encoding="utf-8", delay=True)
    except OSError:
        return None
    handler.setFormatter(NoPersons())
    handler.setLevel(logging.WARNING)
    logging.getLogger().addHandler(handler)
    return path


def log_folder() -> Path:
    """Where programs of this system keep their logs."""
    import platformdirs

    return platformdirs.user_log_path("lianxin", appauthor=False)


class Faults(QObject):
    """What nobody caught, in whatever thread, is logged and shown once; the program goes on."""

    happened = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.happened.connect(self._show, Qt.ConnectionType.QueuedConnection)
        self._window: DiagnosisWindow | None = None

    def watch(self) -> None:
        """From now on."""
        sys.excepthook = self.caught
        threading.excepthook = lambda found: self.caught(found.exc_type, found.exc_value, found.exc_traceback)

    def caught(self, kind: type[BaseException], error: BaseException | None, _trace: TracebackType | None) -> None:
        """One error that came up to the top."""
        if error is None or issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        logging.getLogger("lianxin").error("uncaught", exc_info=error)
        self.happened.emit(diagnosis(error))

    def _show(self, text: str) -> None:
        if self._window is None or not self._window.isVisible():
            self._window = DiagnosisWindow(text, QApplication.activeWindow())
            self._window.show()


class DiagnosisWindow(QDialog):
    """Something of ours failed: what is true now, the text for the engineer, and ways to hand it on."""

    def __init__(self, text: str, over: QWidget | None = None) -> None:
        super().__init__(over)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("程序出错"))
        self.text = text
        here = look()
        column, row = QVBoxLayout(self), QHBoxLayout()
        column.addWidget(Label(_("这一步没有做成，已存的内容没有变"), "section"))
        column.addWidget(Label(_("把下面的诊断交给维护人员。里面只有程序的位置，没有姓名和号码。"), ink="text2", wrap=True))
        shown = LongEdit(lines=12)
        shown.set_value(text)
        shown.set_still(True)
        shown.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        shown.setAccessibleName(_("诊断"))
        column.addWidget(shown)
        self.copy, self.save = Button(_("复制"), "paperclip"), Button(_("存成文件"), "device-floppy")
        self.go_on = Button(_("继续工作"), kind="primary", shortcut="Esc")
        self.copy.clicked.connect(lambda: QApplication.clipboard().setText(self.text))
        self.save.clicked.connect(self._save)
        self.go_on.clicked.connect(self.close)
        row.addWidget(self.copy)
        row.addWidget(self.save)
        row.addStretch(1)
        row.addWidget(self.go_on)
        column.addLayout(row)
        column.setContentsMargins(here.u(18), here.u(18), here.u(18), here.u(18))
        column.setSpacing(here.u(10))
        self.setMinimumWidth(here.u(560))
        self.go_on.setFocus()

    def _save(self) -> None:
        path, _kind = QFileDialog.getSaveFileName(self, _("诊断存成文件"), _("连心诊断.zip"), "*.zip")
        if path:
            write_package(Path(path), self.text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
            return
        super().keyPressEvent(event)


def write_package(path: Path, text: str = "", folder: Path | None = None) -> None:
    """导出诊断包: the versions, one diagnosis, and the logs."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("diagnosis.txt", f"连心 {__version__}\n{text}\n")
        for log in sorted((folder or log_folder()).glob(f"{LOG}*")):
            package.write(log, log.name)
