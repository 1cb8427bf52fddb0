"""A page that works on the ledger: it runs one deed at a time off the GUI thread and says in a bar what came of it."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop.model.errors import Said
from desktop.model.language import _
from desktop.ui.kit.bars import MessageBar, ProgressBar, Toast
from desktop.ui.latest import Latest
from desktop.ui.look import follow, look
from desktop.ui.messages import diagnosis, show_bug, show_said
from desktop.ui.page import Page
from desktop.ui.session import Session
from desktop.ui.work import Report, Work


class OfficePage(Page):
    """The base of every page of the office. `concerns` names the record types whose change makes it reload."""

    concerns: tuple[str, ...] = ()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.work, self.reads = Work(self), Latest(self)
        self.bar = MessageBar(parent=self)
        self.progress = ProgressBar(self)
        self.progress.hide()
        self._bug = ""
        self._on_link: Callable[[], object] | None = None
        self._way_back: Toast | None = None
        self.work.refused.connect(self.show_error)
        self.work.troubled.connect(self.show_error)
        self.work.broke.connect(self._show_bug)
        self.work.slow.connect(self._show_slow)
        self.work.progressed.connect(self.progress.show_progress)
        self.work.ended.connect(self.progress.hide)
        self.work.cancelled.connect(lambda: self.say("act", _("已取消，什么都没有改")))
        self.progress.cancelled.connect(self.work.cancel)
        self.reads.failed.connect(self.show_error)
        self.reads.broke.connect(self._show_bug)
        self.bar.acted.connect(self._link)
        session.changed.connect(self._heard)

    @property
    def desk(self) -> Any:
        """The desk of the person who signed in."""
        return self.session.desk

    def column(self) -> QVBoxLayout:
        """The page's column with the message bar on top, where every page says what happened."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._bars = QVBoxLayout()
        for piece in (self.bar, self.progress):
            self._bars.addWidget(piece)
            piece.installEventFilter(self)
        column.addLayout(self._bars)
        follow(self, self._make_room)
        return column

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self._make_room()
        return super().eventFilter(watched, event)

    def _make_room(self) -> None:
        """A gap below a bar that is shown; without one the page begins right under its head, for an empty layout keeps its margins."""
        here, shown = look(), not (self.bar.isHidden() and self.progress.isHidden())
        self._bars.setContentsMargins(here.u(16), 0, here.u(16), here.u(6) if shown else 0)

    def may_go(self) -> bool:
        offers_a_way_back = self._way_back is not None and isValid(self._way_back) and self._way_back.isVisible()
        return super().may_go() and not self.work.is_busy and not self.reads.is_busy and not offers_a_way_back

    def do(self, what: str, call: Callable[[], Any], then: Callable[[Any], object] | None = None) -> bool:
        """Run a deed; then its result, after every page heard of it. False when one runs already."""
        return self.run(what, lambda _report: call(), then)

    def run(self, what: str, call: Callable[[Report], Any], then: Callable[[Any], object] | None = None, *, changes: bool = True) -> bool:
        """The same for a deed that reports how far it is; with `changes=False` for long work that leaves the ledger as it is."""

        def done(result: Any) -> None:
            if changes:
                self.bar.clear()
                self.session.told()
            if then is not None:
                then(result)

        return self.work.start(what, call, done)

    def ask(self, what: str, call: Callable[[], Any], then: Callable[[Any], object]) -> None:
        """Read something off the GUI thread; the page goes on showing what it knows until the answer is here."""
        self.reads.ask(what, call, then)

    def toast(self, words: str, undo: Callable[[], object] | None = None) -> None:
        """Done, for six seconds, with 撤销 when there is a way back."""
        window: Any = self.window()
        if hasattr(window, "toast"):
            shown = window.toast(words, undo)
            self._way_back = shown if undo is not None else None

    def go(self, page: str, **arguments: object) -> None:
        """To another page of the window, if this window has it."""
        window: Any = self.window()
        if not hasattr(window, "has_page") or window.has_page(page):
            window.go(page, **arguments)

    def say(self, tone: str, words: str, action: str = "", then: Callable[[], object] | None = None, *, lead: str = "") -> None:
        """A message that stays until it is solved or closed."""
        self._on_link = then
        self.bar.show_message(tone, words, action, lead=lead)

    def show_error(self, error: Said) -> None:
        """A rule or the outside said no."""
        self._on_link = None
        show_said(self.bar, error)

    def _show_bug(self, error: BaseException) -> None:
        self._bug = diagnosis(error)
        self._on_link = self._copy_bug
        show_bug(self.bar)

    def _copy_bug(self) -> None:
        QApplication.clipboard().setText(self._bug)
        self.say("act", _("诊断已复制，可以粘贴给维护人员；里面没有姓名和号码"))

    def _show_slow(self, what: str) -> None:
        self.progress.begin(what)
        self.progress.show()

    def _link(self) -> None:
        if self._on_link is not None:
            self._on_link()

    def _heard(self, kinds: object) -> None:
        if self.isVisible() and isinstance(kinds, frozenset) and kinds & set(self.concerns):
            self.reload()
            self.head_changed.emit()
            self.status_changed.emit()
