"""Reading, not typing: a record's facts as name and value, and what happened to it as a line through time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.model.language import _
from desktop.ui.icons import IconMark
from desktop.ui.kit.buttons import IconButton, LinkButton
from desktop.ui.kit.text import Label
from desktop.ui.look import follow, look


@dataclass(frozen=True)
class Fact:
    """A name and its value; a masked value can be asked for by its key."""

    label: str
    value: str
    key: str = ""
    masked: bool = False


class Facts(QWidget):
    """Facts in one or two columns; an eye beside what is masked asks for it (and somebody logs it)."""

    reveal_asked = Signal(str)

    def __init__(self, facts: Sequence[Fact] = (), columns: int = 1, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns = columns
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._lines: list[_Line] = []
        self.values: dict[str, Label] = {}
        follow(self, self._restyle)
        self.show_facts(facts)

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """These facts replace the ones shown. The lines stay and only say something else: new widgets for every record would
        be felt when one goes from row to row."""
        while len(self._lines) < len(facts):
            self._lines.append(self._new_line(len(self._lines)))
        eyed = {at // self._columns for at, fact in enumerate(facts) if fact.masked}
        for at, (line, fact) in enumerate(zip(self._lines, facts, strict=False)):
            line.show_fact(fact)
            # A masked value is one line beside its eye, and so is its neighbour; a long one begins where its name does.
            level = at // self._columns in eyed
            self._grid.setAlignment(line.name, Qt.AlignmentFlag.AlignVCenter if level else Qt.AlignmentFlag.AlignTop)
        for line in self._lines[len(facts) :]:
            line.hide()
        self.values = {fact.key: line.value for line, fact in zip(self._lines, facts, strict=False) if fact.key}

    def _new_line(self, at: int) -> "_Line":
        row, column = divmod(at, self._columns)
        line = _Line(self, lambda eye: self._grid.addWidget(eye, row, column * 3 + 2))
        self._grid.addWidget(line.name, row, column * 3)
        self._grid.addWidget(line.value, row, column * 3 + 1)
        return line

    def _restyle(self) -> None:
        here = look()
        self._grid.setHorizontalSpacing(here.u(12))
        self._grid.setVerticalSpacing(here.u(4))
        for column in range(self._columns):
            self._grid.setColumnMinimumWidth(column * 3, here.u(54))
            self._grid.setColumnStretch(column * 3 + 1, 1)


class _Line:
    """The widgets of one fact."""

    def __init__(self, facts: Facts, place: Callable[[QWidget], object]) -> None:
        self._facts, self._place = facts, place
        self._key = ""
        self._put_away = False
        self._eye: IconButton | None = None  # few facts are ever masked
        self.name, self.value = Label("", "caption", "text2", parent=facts), Label(wrap=True, parent=facts)
        self.value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def show_fact(self, fact: Fact) -> None:
        self._key = fact.key
        self.name.setText(fact.label)
        self.value.setText(fact.value)
        self.value.setAccessibleName(f"{fact.label} {fact.value}")
        if self._put_away:  # a new line is shown by its layout, together with all others
            self._put_away = False
            self.name.show()
            self.value.show()
        self._show_eye(fact.label if fact.masked else "")

    def hide(self) -> None:
        self._put_away = True
        self.name.hide()
        self.value.hide()
        self._show_eye("")

    def _show_eye(self, label: str) -> None:
        if label and self._eye is None:
            self._eye = IconButton("", "eye", ink="act", parent=self._facts)
            self._eye.clicked.connect(self._ask)
            self._place(self._eye)
        if self._eye is not None:
            above = self._facts.parentWidget()
            if not label and self._eye.hasFocus() and above is not None:
                above.setFocus()  # the keys stay on the page; Qt would give them to whatever comes next
            self._eye.set_name(_("显示{label}").format(label=label))
            self._eye.setVisible(bool(label))

    def _ask(self) -> None:
        self._facts.reveal_asked.emit(self._key)


@dataclass(frozen=True)
class Happening:
    """One thing that happened: who and what, when, and how the value changed."""

    title: str
    when: str = ""
    lines: tuple[str, ...] = ()
    icon: str = "edit"
    tone: str = "act"
    before: str = ""
    after: str = ""
    link: str = ""
    picture: str = ""  # the icon before the link
    key: str = ""
    body: str = ""  # what somebody wrote; its title is then the writer and stands bold


class Timeline(QWidget):
    """Happenings from the newest down, under the headings of their days."""

    link_opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addStretch(1)
        self._pieces: list[QWidget] = []
        follow(self, self._restyle)

    def show_happenings(self, days: Sequence[tuple[str, Sequence[Happening]]]) -> None:
        """Days with their happenings; a day without a name has no heading."""
        for piece in self._pieces:
            self._column.removeWidget(piece)
            piece.hide()
            piece.deleteLater()
        self._pieces = []
        for day, happenings in days:
            if day:
                heading = Label(day, "caption", "text2")
                heading.set_bold(True)
                self._pieces.append(heading)
            for at, happening in enumerate(happenings):
                entry = _Entry(happening, last=at == len(happenings) - 1)
                entry.link_opened.connect(self.link_opened)
                self._pieces.append(entry)
        for at, piece in enumerate(self._pieces):
            self._column.insertWidget(at, piece)

    def _restyle(self) -> None:
        self._column.setSpacing(look().u(4))


class _Entry(QWidget):
    link_opened = Signal(str)

    def __init__(self, happening: Happening, *, last: bool) -> None:
        super().__init__()
        self._last = last
        self._row, self._words = QHBoxLayout(self), QVBoxLayout()
        self._mark = IconMark(happening.icon, happening.tone, 16)
        self._row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        head = QHBoxLayout()
        title = Label(happening.title, wrap=True)
        title.set_bold(bool(happening.body))
        head.addWidget(title, 1)
        head.addWidget(Label(happening.when, "caption", "text2"), 0, Qt.AlignmentFlag.AlignTop)
        self._words.addLayout(head)
        if happening.before or happening.after:
            self._words.addWidget(Change(happening.before, happening.after))
        if happening.body:
            self._words.addWidget(Label(happening.body, wrap=True))
        for line in happening.lines:
            self._words.addWidget(Label(line, "caption", "text2", wrap=True))
        if happening.link:
            link = LinkButton(happening.link, happening.picture, small=True)
            link.clicked.connect(lambda: self.link_opened.emit(happening.key))
            self._words.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        self._row.addLayout(self._words, 1)
        self.setAccessibleName(" ".join((happening.when, happening.title, happening.body, *happening.lines)))
        follow(self, self._restyle)

    def _restyle(self) -> None:
        here = look()
        self._row.setContentsMargins(0, here.u(2), 0, here.u(6))
        self._row.setSpacing(here.u(10))
        self._words.setSpacing(here.u(1))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._last:
            return
        here, painter = look(), QPainter(self)
        painter.setPen(QPen(here.colour("line"), 1 + 0.5 * here.tokens.border))
        middle = self._mark.x() + self._mark.width() // 2
        painter.drawLine(middle, self._mark.geometry().bottom() + here.u(4), middle, self.height())
        painter.end()


class Change(QWidget):
    """The old value struck out, an arrow, the new one bold; said to the ear as 由 … 改为 …."""

    def __init__(self, before: str, after: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.before, self.after = before, after
        self.setAccessibleName(_("由{before}改为{after}").format(before=before or _("空"), after=after or _("空")))
        follow(self, self.updateGeometry)

    def sizeHint(self) -> QSize:
        here = look()
        letters = QFontMetrics(here.font("caption", bold=True))
        return QSize(letters.horizontalAdvance(f"{self.before} → {self.after}") + here.u(4), letters.height() + here.u(2))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().u(60), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        here, painter = look(), QPainter(self)
        left = 0
        for text, bold, struck in ((self.before, False, True), ("→" if self.before else "", False, False), (self.after, True, False)):
            font = here.font("caption", bold=bold)
            font.setStrikeOut(struck)
            painter.setFont(font)
            painter.setPen(here.colour("text" if bold else "text2"))
            words = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, max(0, self.width() - left))
            painter.drawText(left, 0, self.width() - left, self.height(), int(Qt.AlignmentFlag.AlignVCenter), words)
            left += painter.fontMetrics().horizontalAdvance(words) + (here.u(4) if text else 0)
        painter.end()
