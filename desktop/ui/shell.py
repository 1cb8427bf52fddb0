"""The window: navigation at the left, head, page, status bar. It knows pages by key and makes each when first wanted."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from desktop.model.language import _
from desktop.ui.icons import logo_icon
from desktop.ui.keys import PageKey
from desktop.ui.kit.bars import Toast
from desktop.ui.kit.cards import ask
from desktop.ui.look import STANDARD, STEPS, follow, look
from desktop.ui.navigation import NavGroup, Navigation, NavItem
from desktop.ui.page import Page, PageHeader, StatusBar

NARROW_UNDER = 1200
BESIDE = frozenset({"help"})  # looked at and left again: what is half typed stays on its page meanwhile, so nobody is asked about it

__all__ = ["NavGroup", "NavItem", "Page", "Shell"]


class Shell(QMainWindow):
    """One window; pages come and go inside it, and nothing typed is lost on the way."""

    went = Signal(str)
    search_wanted = Signal()
    foot = Signal(str)  # settings, help, size, lock
    closing = Signal()

    def __init__(self, groups: Sequence[NavGroup], place: str = "", user: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowIcon(logo_icon())
        self._place = place
        self._makers: dict[str, Callable[[], Page]] = {}
        self._pages: dict[str, Page] = {}
        self._trail: list[tuple[str, dict[str, object]]] = []
        self._narrow: bool | None = None
        self.navigation = Navigation(groups, place, user)
        self.header, self.stack, self.status_bar = PageHeader(), QStackedWidget(), StatusBar()
        self._assemble()
        self.navigation.chosen.connect(self.go)
        self.navigation.search_wanted.connect(self.search_wanted)
        self.navigation.foot.connect(self._foot)
        self.header.back.connect(self.back)
        self.header.crumb_clicked.connect(lambda _at: self.back())
        self._bind_keys()
        look().changing.connect(self._let_hidden_go)
        look().settled.connect(self._arrange)
        follow(self, self._restyle)

    def _assemble(self) -> None:
        ground, right = QFrame(), QFrame()
        ground.setObjectName("page")
        right.setObjectName("page")
        row, column = QHBoxLayout(ground), QVBoxLayout(right)
        for layout in (row, column):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.stack, 1)
        column.addWidget(self.status_bar)
        row.addWidget(self.navigation)
        row.addWidget(right, 1)
        self.setCentralWidget(ground)

    def _bind_keys(self) -> None:
        for key in self.keys():
            for sequence in (key.sequence, *key.also) if key.deed is not None else ():
                QShortcut(QKeySequence(sequence), self).activated.connect(key.deed)

    def keys(self) -> list[PageKey]:
        """The keys that mean the same on every page."""
        return [
            PageKey("F1", _("这一页怎么用"), lambda: self.foot.emit("help")),
            PageKey("Ctrl+K", _("找人、找事、找表"), self.search_wanted.emit),
            PageKey("Escape", _("返回")),  # no shortcut: see keyPressEvent
            PageKey("F5", _("再看一遍账"), self.reload),
            PageKey("Ctrl++", _("字大一号"), lambda: look().step(1), ("Ctrl+=",)),
            PageKey("Ctrl+-", _("字小一号"), lambda: look().step(-1)),
            PageKey("Ctrl+0", _("字回到标准"), lambda: look().set_size(STANDARD)),
            PageKey("Ctrl+L", _("锁上"), lambda: self.foot.emit("lock")),
            PageKey("Ctrl+Q", _("退出"), self.close),
        ]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # No shortcut: Esc belongs to an open list, a search or the drawer first, and comes here only when nobody took it.
        if event.key() == Qt.Key.Key_Escape:
            self.back()
            return
        super().keyPressEvent(event)

    # pages

    def add_page(self, key: str, factory: Callable[[], Page]) -> None:
        """`factory` makes the page when somebody first goes there."""
        self._makers[key] = factory

    @property
    def current_key(self) -> str:
        """Where we are."""
        return self._trail[-1][0] if self._trail else ""

    def current_page(self) -> Page | None:
        """The page in sight."""
        return self._pages.get(self.current_key)

    def page(self, key: str) -> Page:
        """The page of a key, made now if it was not yet."""
        if key not in self._pages:
            page = self._makers[key]()
            page.head_changed.connect(self._show_head)
            page.status_changed.connect(self._show_status)
            page.gone.connect(self.back)
            self._pages[key] = page
            self.stack.addWidget(page)
        return self._pages[key]

    def go(self, key: str, **arguments: object) -> bool:
        """To another page; asks first when something typed is not saved. False when the user stays."""
        if key not in BESIDE and not self.may_leave():
            return False
        if key in (known for known, _given in self._trail):
            while self._trail[-1][0] != key:
                self._trail.pop()
            self._trail.pop()
        elif key in self.navigation.rows and not arguments:  # what is opened for something leads back to where that was
            self._trail.clear()
        self._trail.append((key, arguments))
        self._arrive(key, arguments)
        return True

    def back(self) -> bool:
        """To where we came from."""
        if len(self._trail) < 2:
            return False
        here = self._trail[-1]
        if not (self.current_key in BESIDE or self.may_leave()):
            return False
        if self._trail[-1] is not here:
            return False  # while the question stood, what was being saved came to its end and led on by itself
        self._trail.pop()
        key, _arguments = self._trail[-1]
        self._arrive(key, None)
        return True

    def may_leave(self) -> bool:
        """Nothing unsaved, or the user gives it up knowingly."""
        looked_from = len(self._trail) > 1 and self.current_key in BESIDE
        page = self._pages.get(self._trail[-2][0]) if looked_from else self.current_page()
        if page is None or not page.dirty():
            return True
        follows = _("离开后这一页上没保存的内容会作为草稿留着。")
        return ask(self, _("有未保存的修改，要离开吗？"), follows, _("离开"), refuse=_("留下"))

    def _arrive(self, key: str, arguments: dict[str, object] | None) -> None:
        page = self.page(key)
        self.stack.setCurrentWidget(page)
        page.set_narrow(bool(self._narrow))
        if arguments is not None:
            page.arrive(**arguments)
        if not page.is_fresh:
            page.reload()
        page.is_fresh = False
        home = key if key in self.navigation.rows else f"table:{key.partition(':')[2]}"  # a form and a record stand under their list
        if home in self.navigation.rows:
            self.navigation.set_current(home)
        self._show_head()
        self._show_status()
        page.take_focus()
        self.went.emit(key)

    def reload(self) -> None:
        """F5: the page asks again."""
        page = self.current_page()
        if page is not None:
            page.reload()
            self._show_head()
            self._show_status()

    # words around the page

    def toast(self, words: str, undo: Callable[[], object] | None = None) -> Toast:
        """Done, with 撤销 when there is a way back."""
        return Toast(self, words, undo)

    def set_count(self, key: str, tone: str, count: int) -> None:
        """What waits behind a group or page of the navigation."""
        self.navigation.set_count(key, tone, count)

    def show_facts(self, facts: Sequence[tuple[str, str, str]]) -> None:
        """Saved, backup, ledger at the right of the status bar: icon, tone, word."""
        self.status_bar.show_facts(facts)

    def _show_head(self) -> None:
        page = self.current_page()
        if page is not None:
            self.header.show_page(page)
            star = " *" if page.dirty() else ""
            self.setWindowTitle(f"{page.title()}{star} - {_('连心')} · {self._place}")

    def _show_status(self) -> None:
        page = self.current_page()
        if page is not None:
            self.status_bar.show_counts(page.status())

    def _foot(self, key: str) -> None:
        if key == "size":
            # The button goes round the named steps; Ctrl++ goes beyond them.
            look().set_size(next((step for step in STEPS if step > look().size), STEPS[0]))
            return
        self.foot.emit(key)

    # width and letters

    def is_narrow(self) -> bool:
        """The arrangement for narrow windows and large letters."""
        return look().is_narrow_size or self.width() < NARROW_UNDER

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _restyle(self) -> None:
        """Narrow before the large letters ask for room; wide only when nothing has its large lengths any more: a window that had to
        grow does not shrink again."""
        if self.is_narrow() or self._narrow is None:
            self._arrange()

    def _arrange(self) -> None:
        narrow = self.is_narrow()
        if narrow != self._narrow:
            self._narrow = narrow
            self.navigation.set_rail(narrow)
            self.status_bar.set_narrow(narrow)
            for page in self._pages.values():  # also those out of sight: the widest of all decides how small the window may be
                page.set_narrow(narrow)

    def _let_hidden_go(self) -> None:
        """A new look costs time for every widget alive: the pages that nobody looks at and that hold nothing are let go before it."""
        held = {key for key, _given in self._trail}
        for key in [key for key, page in self._pages.items() if key not in held and page.may_go()]:
            page = self._pages.pop(key)
            self.stack.removeWidget(page)
            page.deleteLater()
            QCoreApplication.sendPostedEvents(page, QEvent.Type.DeferredDelete.value)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.may_leave():
            self.closing.emit()
            event.accept()
        else:
            event.ignore()
