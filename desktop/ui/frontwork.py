"""Work done before there is an office page: one deed at a time, its progress with 取消, and one box that says what came of it."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from desktop.model.errors import Said, Trouble
from desktop.model.language import _
from desktop.ui.icons import IconMark
from desktop.ui.kit.bars import BAR_ICONS, ProgressBar, Tinted
from desktop.ui.kit.buttons import LinkButton
from desktop.ui.kit.text import Label
from desktop.ui.look import follow, look
from desktop.ui.messages import diagnosis
from desktop.ui.work import Report, Work


class WordBox(Tinted):
    """What happened and what to do, in as many lines as it takes; with a link when the program can do it."""

    acted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("err", parent=parent)
        self._row, self._column = QHBoxLayout(self), QVBoxLayout()
        self._mark, self._words, self._link = IconMark(BAR_ICONS["err"], "err"), Label("", wrap=True), LinkButton("")
        self._link.clicked.connect(self.acted)
        self._row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        self._column.addWidget(self._words)
        self._column.addWidget(self._link, 0, Qt.AlignmentFlag.AlignLeft)
        self._row.addLayout(self._column, 1)
        self.hide()
        follow(self, self._restyle)

    @property
    def text(self) -> str:
        """What the box says now."""
        return self._words.text() if not self.isHidden() else ""

    @property
    def link(self) -> LinkButton:
        """What can be done about it; hidden when nothing can."""
        return self._link

    def say(self, tone: str, words: str, action: str = "") -> None:
        """These words; none hides the box."""
        self.set_tone(tone)
        self._mark.show_icon(BAR_ICONS[tone], tone)
        self._words.setText(words)
        self._link.set_label(action)
        self._link.setVisible(bool(action))
        self.setAccessibleName(words)
        self.setVisible(bool(words))

    def _restyle(self) -> None:
        here = look()
        self._row.setContentsMargins(here.u(14), here.u(8), here.u(10), here.u(8))
        self._row.setSpacing(here.u(8))
        self._column.setSpacing(here.u(2))


class FrontWork(QWidget):
    """The word box and the progress, over a `Work`."""

    busy = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.work, self.box, self.progress = Work(self), WordBox(), ProgressBar()
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.box)
        self._column.addWidget(self.progress)
        self.progress.hide()
        self._refused: Callable[[Said], bool] | None = None
        self._on_link: Callable[[], object] | None = None
        self.box.acted.connect(lambda: self._on_link() if self._on_link is not None else None)
        self.work.refused.connect(self._said)
        self.work.troubled.connect(self._said)
        self.work.broke.connect(self._broke)
        self.work.slow.connect(self._slow)
        self.work.progressed.connect(self.progress.show_progress)
        self.work.ended.connect(self._ended)
        self.work.cancelled.connect(lambda: self.say("act", _("已取消，什么都没有改")))
        self.progress.cancelled.connect(self.work.cancel)
        follow(self, self._restyle)

    def run(self, what: str, call: Callable[[Report], Any], then: Callable[[Any], object],
            refused: Callable[[Said], bool] | None = None) -> bool:  # fmt: skip
        """`call` elsewhere, `then` here. `refused` may answer a refusal itself (True); else the box says it."""
        if not self.work.start(what, call, then):
            return False
        self._refused = refused
        self.say("act", "")
        self.busy.emit(True)
        return True

    def say(self, tone: str, words: str, action: str = "", then: Callable[[], object] | None = None) -> None:
        """The box says this; empty words hide it."""
        self._on_link = then
        self.box.say(tone, words, action)

    def _said(self, error: Said) -> None:
        if self._refused is None or not self._refused(error):
            self.say("warn" if isinstance(error, Trouble) else "err", str(error))

    def _broke(self, error: BaseException) -> None:
        text = diagnosis(error)
        self.say("err", _("程序出错，这一步没有做成，已存的内容没有变"), _("复制诊断"), lambda: QApplication.clipboard().setText(text))

    def _slow(self, what: str) -> None:
        self.progress.begin(what)
        self.progress.show()

    def _ended(self) -> None:
        self.progress.hide()
        self.busy.emit(False)

    def _restyle(self) -> None:
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(look().u(6))
