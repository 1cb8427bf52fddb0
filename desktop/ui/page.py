"""What a page of the window is, and the head above it.

A page says its title, its deeds, what stands in the status bar and whether something is unsaved; the shell shows it.
"""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from desktop.model.language import _
from desktop.ui.icons import IconMark
from desktop.ui.keys import PageKey, bind
from desktop.ui.kit.badges import Badge, BadgeData
from desktop.ui.kit.buttons import Action, ActionBar, Button, IconButton
from desktop.ui.kit.text import ElidedLabel, Label
from desktop.ui.look import follow, look

LEAST_HEAD, LEAST_WORDS = 360, 48  # the head beside the widest navigation; three or four characters and …
UNSAVED: BadgeData = ("warn", "edit", "有未保存的修改")


class Page(QWidget):
    """One page. Heirs give title and content; whoever wants the head or the status renewed emits `head_changed`."""

    head_changed = Signal()
    status_changed = Signal()
    gone = Signal()  # back to where one came from

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.narrow = False
        self._keys: list[PageKey] = []
        self.is_fresh = False  # `arrive` has read everything this moment; the window need not ask for it again

    def title(self) -> str:
        """The name over the page."""
        return ""

    def subtitle(self) -> str:
        """A grey word beside the title."""
        return ""

    def crumbs(self) -> Sequence[str]:
        """Where the page hangs; with crumbs there is a way back."""
        return ()

    def badges(self) -> Sequence[BadgeData]:
        """The state of what the page shows."""
        return ()

    def header_actions(self) -> Sequence[Action]:
        """The deeds at the right of the head, the primary one last."""
        return ()

    def more_actions(self) -> Sequence[Action]:
        """The deeds that always stand behind ⋯."""
        return ()

    def head_note(self) -> str:
        """One small word before the deeds."""
        return ""

    def status(self) -> Sequence[str]:
        """The counts at the left of the status bar."""
        return ()

    def dirty(self) -> bool:
        """Something typed is not saved."""
        return False

    def may_go(self) -> bool:
        """Out of sight, nothing is lost with it: it can be made anew when it is wanted again."""
        return not self.dirty()

    def reload(self) -> None:
        """The page is shown again, or something it shows has changed."""

    def arrive(self, **arguments: object) -> None:
        """The page is opened for something: a record, a filter."""

    def take_focus(self) -> None:
        """Where the keys go when the page is opened; a page with a list gives them to it."""
        self.setFocus()

    def set_narrow(self, narrow: bool) -> None:
        """The window is narrow or the letters large."""
        self.narrow = narrow

    # its keys: F1 lists what is said here and nothing else

    def bind_keys(self, keys: Iterable[PageKey]) -> None:
        """The page has these keys from now on."""
        mine = list(keys)
        bind(self, mine)
        self._keys += mine

    def take_in_keys(self, keys: Iterable[PageKey]) -> None:
        """Keys of a piece of the page, which the piece answers itself."""
        self._keys += keys

    def keys(self) -> Sequence[PageKey]:
        """Every key of the page, as F1 lists them."""
        return self._keys


class PageHeader(QFrame):
    """Back and crumbs, title, subtitle, badges; the deeds at the right."""

    back = Signal()
    crumb_clicked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pageHeader")
        self._row = QHBoxLayout(self)
        self._back = IconButton(_("返回 Esc"), "arrow-left", ink="text")
        self._back.clicked.connect(self.back)
        self._row.addWidget(self._back)
        self._trail = QHBoxLayout()
        self._row.addLayout(self._trail)
        self._title, self._subtitle = ElidedLabel("", "title"), ElidedLabel("", ink="text2")
        self._row.addWidget(self._title)
        self._row.addWidget(self._subtitle)
        self._badges: list[QWidget] = []
        self._crumbs: list[QWidget] = []
        self._around: tuple[list[str], list[BadgeData]] = [], []
        self._row.addStretch(1)
        self._note = Label("", "caption", "text2")
        self._row.addWidget(self._note)
        self.deeds = ActionBar()
        self.deeds.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)  # words give way, never half a button
        self._row.addWidget(self.deeds)
        follow(self, self._restyle)

    def show_page(self, page: Page) -> None:
        """The head of this page."""
        self._title.setMinimumWidth(0)  # a label with a least width never hints at less again
        self._title.setText(page.title())
        self._subtitle.setText(page.subtitle())
        self._subtitle.setVisible(bool(page.subtitle()))
        self._note.setText(page.head_note())
        self._back.setVisible(bool(page.crumbs()))
        shown = [*page.badges(), *([(UNSAVED[0], UNSAVED[1], _(UNSAVED[2]))] if page.dirty() else [])]
        self._show_around(list(page.crumbs()), shown)
        self.deeds.set_actions(page.header_actions(), page.more_actions())
        self._fit()

    def _show_around(self, crumbs: list[str], badges: list[BadgeData]) -> None:
        """Crumbs and badges; the head is shown anew at every word typed, and mostly with the same."""
        if (crumbs, badges) == self._around:
            return
        self._around = crumbs, badges
        for old in (*self._badges, *self._crumbs):
            old.hide()
            old.deleteLater()
        self._crumbs = []
        for at, crumb in enumerate(crumbs):
            link = Button(f"{crumb} /", kind="ghost", flat=True)
            link.setAccessibleName(crumb)
            link.clicked.connect(lambda _checked=False, at=at: self.crumb_clicked.emit(at))
            self._trail.addWidget(link)
            self._crumbs.append(link)
        self._badges = [Badge(word, tone, picture) for tone, picture, word in badges]
        for at, badge in enumerate(self._badges):
            self._row.insertWidget(4 + at, badge)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()  # a piece has another size: its letters grew after ours, or its words are others
        return super().event(event)

    def minimumSizeHint(self) -> QSize:
        # What is shown now is what fitted into the width of before; a window that may not be narrower than that stays as wide as it was.
        return QSize(look().u(LEAST_HEAD), super().minimumSizeHint().height())

    def _fit(self) -> None:
        """First the deeds that fit beside title and state; the subtitle gives way before a deed does."""
        room = self.width() - self._row.contentsMargins().left() * 2 - self._row.spacing() * 4
        fixed = [*self._badges, *self._crumbs, *([self._back] if not self._back.isHidden() else [])]
        room -= sum(piece.sizeHint().width() + self._row.spacing() for piece in fixed)
        title = min(self._title.fontMetrics().horizontalAdvance(self._title.text()) + 2, self.width() // 3)
        room -= title
        note = self._note.sizeHint().width() if self._note.text() else 0
        self._note.setVisible(bool(note) and room - note > self.deeds.needed())
        self.deeds.fit(room)
        # The title is whole before the words beside it have any room; what the last button needs is taken from it.
        over = max(0, self.deeds.sizeHint().width() - room)
        self._title.setMinimumWidth(max(min(title, look().u(LEAST_WORDS)), title - over))
        left = room - self.deeds.sizeHint().width() - (note if self._note.isVisibleTo(self) else 0)
        self._subtitle.setVisible(bool(self._subtitle.text()) and left > look().u(LEAST_WORDS))

    def _restyle(self) -> None:
        here = look()
        self._row.setContentsMargins(here.u(16), here.u(4), here.u(16), here.u(4))
        self._row.setSpacing(here.u(8))
        self._trail.setSpacing(0)
        self.setMinimumHeight(max(here.u(52), here.field + here.u(16)))
        self._fit()


class StatusBar(QFrame):
    """Left: the counts of the page. Right: saved, backup, where the ledger lies; on a narrow window only saved."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusBar")
        self._row = QHBoxLayout(self)
        self._left = ElidedLabel("", "caption", "text2")
        self._row.addWidget(self._left, 1)
        self._right: list[QWidget] = []
        self._facts: list[tuple[str, str, str]] = []
        self._narrow = False
        follow(self, self._restyle)

    def show_counts(self, words: Sequence[str]) -> None:
        """What the page counts."""
        self._left.setText("　".join(words))

    def show_facts(self, facts: Sequence[tuple[str, str, str]]) -> None:
        """Icon (or none), its tone, word; the first is the one kept on a narrow window."""
        if list(facts) != self._facts:
            self._facts = list(facts)
            self._show()

    def set_narrow(self, narrow: bool) -> None:
        """Only the counts and whether all is saved."""
        self._narrow = narrow
        self._show()

    def _show(self) -> None:
        for old in self._right:
            self._row.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._right = []
        for picture, tone, words in self._facts[:1] if self._narrow else self._facts:
            group = QWidget()
            piece = QHBoxLayout(group)
            piece.setContentsMargins(0, 0, 0, 0)
            piece.setSpacing(look().u(6))
            if picture:
                piece.addWidget(IconMark(picture, tone, 14))
            piece.addWidget(Label(words, "caption", "text2"))
            self._right.append(group)
            self._row.addWidget(group, 0, Qt.AlignmentFlag.AlignVCenter)

    def _restyle(self) -> None:
        here = look()
        self._row.setContentsMargins(here.u(16), 0, here.u(16), 0)
        self._row.setSpacing(here.u(16))
        self.setFixedHeight(max(here.u(26), self._left.sizeHint().height() + here.u(4)))
        self._show()
