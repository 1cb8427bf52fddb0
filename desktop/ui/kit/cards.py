"""White areas on the warm ground: a card with its head, an empty page with ways on, a question that needs an answer."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.model.language import _
from desktop.ui.icons import IconMark
from desktop.ui.kit.buttons import Action, Button, LinkButton
from desktop.ui.kit.flow import FlowLayout
from desktop.ui.kit.text import ElidedLabel, Label, Rule, set_property
from desktop.ui.look import follow, look

DENSE = 6  # a card whose pieces stand closer than this is a list, and drawn tighter


class Card(QFrame):
    """A head (icon, title, note, links at the right) over a body."""

    def __init__(
        self, title: str = "", picture: str = "", note: str = "", *, tone: str = "", gap: int = 8, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._gap = gap
        self.setObjectName("card")
        if tone:
            self.setProperty("tone", tone)
        self._column = QVBoxLayout(self)
        self.head = QHBoxLayout()
        self._mark = IconMark(picture, parent=self) if picture else None
        if self._mark is not None:
            self.head.addWidget(self._mark)
        self._title, self._note = Label(title, "section", parent=self), ElidedLabel(note, "caption", "text2", parent=self)
        self.head.addWidget(self._title)
        self.head.addWidget(self._note, 1)
        self.body = QVBoxLayout()
        self._wide: QWidget | None = None
        if title:
            self._column.addLayout(self.head)
        else:
            for piece in (self._mark, self._title, self._note):
                if piece is not None:
                    piece.hide()
        self._column.addLayout(self.body, 1)
        self.setAccessibleName(title)
        follow(self, self._restyle)

    def set_title(self, title: str, note: str = "") -> None:
        """Another head over the same body."""
        self._title.setText(title)
        self._note.setText(note)
        self.setAccessibleName(title)

    def set_tone(self, tone: str) -> None:
        """A card that wants to be looked at ("warn"), or one like all others ("")."""
        set_property(self, "tone", tone)

    def add(self, piece: QWidget | QLayout, stretch: int = 0) -> None:
        """A piece at the end of the body."""
        if isinstance(piece, QWidget):
            self.body.addWidget(piece, stretch)
        else:
            self.body.addLayout(piece, stretch)

    def add_wide(self, piece: QWidget, stretch: int = 0) -> None:
        """A list that fills the card from edge to edge, below its head."""
        self._wide = piece
        self._column.addWidget(Rule())
        self._column.addWidget(piece, stretch)
        self._column.setStretchFactor(self.body, 0)
        self._restyle()

    def add_to_head(self, piece: QWidget) -> None:
        """A link or badge at the right of the head."""
        self.head.addWidget(piece)

    def _restyle(self) -> None:
        here = look()
        side, top = here.u(14), here.u(10)
        dense = self._gap < DENSE
        if self._wide is None:
            self._column.setContentsMargins(side, here.u(7) if dense else top, side, here.u(8 if dense else 12))
        else:
            edge = here.tokens.border
            self._column.setContentsMargins(edge, edge, edge, here.u(6))
            self.head.setContentsMargins(side, top, here.u(10), top)
        self._column.setSpacing(0 if self._wide is not None else here.u(4 if dense else 8))
        self.head.setSpacing(here.u(8))
        self.body.setSpacing(here.u(self._gap))


class EmptyPage(QWidget):
    """Nothing here yet: an icon, one sentence, and three ways on."""

    chosen = Signal(str)

    def __init__(self, picture: str, title: str, sentence: str, actions: Sequence[Action], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.addStretch(1)
        self._column.addWidget(IconMark(picture, "brand_text", 40), 0, Qt.AlignmentFlag.AlignHCenter)
        for words in (Label(title, "section"), Label(sentence, "caption", "text2", wrap=True)):
            words.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self._column.addWidget(words)
        self._row = QHBoxLayout()
        self._row.addStretch(1)
        self.buttons: dict[str, Button] = {}
        for action in actions:
            button = LinkButton(action.label) if action.kind == "link" else Button(action.label, action.icon, action.kind)
            button.clicked.connect(lambda _checked=False, deed=action: self._choose(deed))
            self.buttons[action.key] = button
            self._row.addWidget(button)
        self._row.addStretch(1)
        self._column.addLayout(self._row)
        self._column.addStretch(1)
        self.setAccessibleName(f"{title}。{sentence}")
        follow(self, self._restyle)

    def _choose(self, action: Action) -> None:
        if action.run is not None:
            action.run()
        self.chosen.emit(action.key)

    def _restyle(self) -> None:
        self._column.setSpacing(look().u(8))
        self._row.setSpacing(look().u(8))


class QuestionCard(QWidget):
    """A question, what follows from it, and buttons that name the deed; the safe one is Esc."""

    answered = Signal(bool)

    def __init__(self, question: str, follows: str, deed: str, *, refuse: str = "", danger: bool = False, picture: str = "",
                 parent: QWidget | None = None) -> None:  # fmt: skip
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._head = QHBoxLayout()
        self._head.addWidget(IconMark("help"))
        title = Label(question, wrap=True)
        title.set_bold(True)
        self._head.addWidget(title, 1)
        self._column.addLayout(self._head)
        self._column.addWidget(Label(follows, "caption", "text2", wrap=True))
        row = QHBoxLayout()
        row.addStretch(1)
        self.no = Button(refuse or _("取消"), shortcut="Esc")
        self.yes = Button(deed, picture or ("trash" if danger else ""), "danger" if danger else "primary")
        row.addWidget(self.no)
        row.addWidget(self.yes)
        self._row = row
        self._column.addLayout(row)
        self.no.clicked.connect(lambda: self.answered.emit(False))
        self.yes.clicked.connect(lambda: self.answered.emit(True))
        self.setAccessibleName(f"{question} {follows}")
        follow(self, self._restyle)

    def _restyle(self) -> None:
        for layout in (self._column, self._head, self._row):
            layout.setSpacing(look().u(8))
        self._column.setContentsMargins(0, 0, 0, 0)


class Question(QDialog):
    """The only modal window: it asks, and the verb on the button names the thing."""

    def __init__(self, over: QWidget, question: str, follows: str, deed: str, *, refuse: str = "", danger: bool = False) -> None:
        super().__init__(over)
        self.setWindowTitle(question)
        column = QVBoxLayout(self)
        self.card = QuestionCard(question, follows, deed, refuse=refuse, danger=danger)
        column.addWidget(self.card)
        pad = look().u(18)
        column.setContentsMargins(pad, pad, pad, pad)
        self.setMinimumWidth(look().u(420))
        self.card.answered.connect(lambda yes: self.accept() if yes else self.reject())
        (self.card.no if danger else self.card.yes).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.reject()
            return
        super().keyPressEvent(event)


def ask(over: QWidget, question: str, follows: str, deed: str, *, refuse: str = "", danger: bool = False) -> bool:
    """Asks and waits for the answer; a dangerous deed is never what Enter does first."""
    return answer_of(Question(over, question, follows, deed, refuse=refuse, danger=danger)) == QDialog.DialogCode.Accepted


def answer_of(dialog: QDialog) -> int:
    """Shows a question, waits for its answer and takes it away again; what was typed in it can be read until then.

    `exec` alone takes the dialog from its parent and gives it to Python. There it stays for good, because its own buttons hold it,
    or goes too early, as soon as a piece that was still to be taken away lets go of it.
    """
    try:
        return dialog.exec()
    finally:
        dialog.deleteLater()


class Scrolled(QScrollArea):
    """A column that scrolls when its letters need more height than the window has.

    `inner` may be given later by `hold`, when it was made with this area's viewport as its parent: a large column that moves
    into the area as a whole is styled twice.
    """

    def __init__(self, inner: QWidget | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what scrolls is no stop of its own: its pieces are, and come into sight
        if inner is not None:
            self.hold(inner)

    def hold(self, inner: QWidget) -> None:
        """The column that scrolls."""
        inner.setObjectName(inner.objectName() or "scrolled")
        self.setWidget(inner)


class ButtonFlow(QWidget):
    """Buttons that go on in a second line when the letters grow."""

    def __init__(self, buttons: Sequence[QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self)
        for button in buttons:
            self._flow.addWidget(button)
        follow(self, self._restyle)

    def _restyle(self) -> None:
        self._flow.setSpacing(look().u(6))
