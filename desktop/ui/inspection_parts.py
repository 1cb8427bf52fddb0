"""The run of a checklist on the screen: its items with their marks, the keys that mark them, and marks that are never lost.

A mark is shown the moment it is given and its deed runs behind it, one after another in the order of typing (`InOrder`);
`Marks` knows what is shown, what is on the disk, and what comes back when a deed is refused. It asks the office nothing.
"""

from collections import Counter, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.model.errors import Said
from desktop.model.language import _
from desktop.office.inspections import FAIL, NOT_HERE, PASS, ItemLine
from desktop.ui.kit.cards import Scrolled
from desktop.ui.kit.marks import Mark, SegmentedMark
from desktop.ui.kit.text import Label
from desktop.ui.look import follow, look
from desktop.ui.work import Work

RESULTS = (PASS, FAIL, NOT_HERE)
LEAP = 8  # items that PgUp and PgDn go over


def result_marks() -> list[Mark]:
    """The three results with icon and tone."""
    return [Mark(PASS, _("合格"), "check", "ok"), Mark(FAIL, _("不合格"), "x", "err"), Mark(NOT_HERE, _("不适用"), "minus", "wait")]


@dataclass(frozen=True)
class Job:
    """A deed that waits for its turn: what runs, what follows, and what is undone on the screen when it is refused."""

    what: str
    call: Callable[[], Any]
    then: Callable[[Any], object]
    back: Callable[[], object]


class InOrder(QObject):
    """Deeds one after another in the order they were asked for; none is dropped because one runs already."""

    refused = Signal(object)
    broke = Signal(object)
    emptied = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._waiting: deque[Job] = deque()
        self._running: Job | None = None
        self._work = Work(self)
        self._work.refused.connect(self._said)
        self._work.troubled.connect(self._said)
        self._work.broke.connect(self._bug)

    @property
    def is_idle(self) -> bool:
        """Nothing runs and nothing waits."""
        return self._running is None and not self._waiting

    def add(self, what: str, call: Callable[[], Any], then: Callable[[Any], object], back: Callable[[], object]) -> None:
        """The deed has its turn after all that were asked for before it."""
        self._waiting.append(Job(what, call, then, back))
        self._next()

    def _next(self) -> None:
        if self._running is None and self._waiting:
            self._running = job = self._waiting.popleft()
            self._work.start(job.what, lambda _report: job.call(), self._done)

    def _done(self, result: Any) -> None:
        self._leave().then(result)
        self._go_on()

    def _said(self, error: Said) -> None:
        self._leave().back()
        self.refused.emit(error)
        self._go_on()

    def _bug(self, error: BaseException) -> None:
        self._leave().back()
        self.broke.emit(error)
        self._go_on()

    def _leave(self) -> Job:
        job, self._running = self._running, None
        assert job is not None
        return job

    def _go_on(self) -> None:
        self._next()
        if self.is_idle:
            self.emptied.emit()


class Marks:
    """The marks of one run: what is on the disk, and over it what was given and is on its way there."""

    def __init__(self, lines: Sequence[ItemLine]) -> None:
        self._saved = {line.item: line.mark for line in lines}
        self._given: dict[str, str] = {}
        self._on_the_way: Counter[str] = Counter()

    def shown(self, item: str) -> str:
        """The mark that stands on the screen; nothing when there is none."""
        return self._given.get(item) or self._saved.get(item) or ""

    def give(self, item: str, mark: str) -> None:
        """The clerk has marked it; the deed is on its way."""
        self._given[item] = mark
        self._on_the_way[item] += 1

    def keep(self, item: str, mark: str) -> None:
        """The deed is done: this mark is on the disk."""
        self._saved[item] = mark
        self._arrive(item)

    def refuse(self, item: str) -> None:
        """The deed came to nothing: what is on the disk stands again, unless a later mark is on its way."""
        self._arrive(item)

    def _arrive(self, item: str) -> None:
        self._on_the_way[item] -= 1
        if self._on_the_way[item] <= 0:
            self._given.pop(item, None)

    def count(self, mark: str) -> int:
        """How many items show this mark; "" for those without."""
        return sum(1 for item in self._saved if self.shown(item) == mark)


class SectionHead(QWidget):
    """The name of a section of the checklist on the sunken ground."""

    def __init__(self, name: str, items: int) -> None:
        super().__init__()
        self._row = QHBoxLayout(self)
        title = Label(name or _("检查项"), "caption")
        title.set_bold(True)
        self._row.addWidget(title, 1)
        self._row.addWidget(Label(_("{n} 项").format(n=items), "caption", "text2"))
        follow(self, self._restyle)

    def _restyle(self) -> None:
        here = look()
        self._row.setContentsMargins(here.u(16), here.u(4), here.u(16), here.u(4))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), look().colour("sunken"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, look().colour("line"))
        painter.end()


class ItemRow(QFrame):
    """One item: its number, what is asked, its mark; when it is the current one also what it was last time."""

    pressed = Signal(str)
    marked = Signal(str, str)

    def __init__(self, line: ItemLine) -> None:
        super().__init__()
        self.line, self.is_current = line, False
        self._column, self._row, self._words = QVBoxLayout(self), QHBoxLayout(), QVBoxLayout()
        self._number = Label(str(line.number), ink="text2")
        self._number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._text, self._below = Label(line.text, wrap=True), Label("", "caption", "text2", wrap=True)
        self.mark = SegmentedMark(result_marks(), line.text)
        self.mark.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the list has the keys, so that 1 2 3 and the arrows never part
        self.mark.chosen.connect(lambda mark: self.marked.emit(self.line.item, mark))
        self._words.addWidget(self._text)
        self._words.addWidget(self._below)
        self._row.addWidget(self._number, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addLayout(self._words, 1)
        self._row.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignVCenter)
        self._column.addLayout(self._row)
        follow(self, self._restyle)

    def show_line(self, line: ItemLine, mark: str, below: str) -> None:
        """The item with its mark and one small line under it."""
        self.line = line
        self.mark.set_value(mark)
        self._below.setText(below)
        self._below.setVisible(bool(below))
        self.setAccessibleName(_("第 {n} 项 {text} {mark} {below}").format(n=line.number, text=line.text, mark=mark, below=below).strip())

    def set_current(self, current: bool) -> None:
        """The keys now mean this item, or no more."""
        self.is_current = current
        self._text.set_bold(current)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.pressed.emit(self.line.item)

    def _restyle(self) -> None:
        here = look()
        self._column.setContentsMargins(here.u(8), here.u(5), here.u(14), here.u(5))
        self._row.setSpacing(here.u(12))
        self._words.setSpacing(0)
        self._number.setFixedWidth(here.u(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        here, painter = look(), QPainter(self)
        painter.fillRect(self.rect(), here.colour("act_soft" if self.is_current else "surface"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, here.colour("line"))
        if self.is_current:
            painter.fillRect(0, 0, here.u(3), self.height(), here.colour("act"))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(here.colour("act"), here.tokens.focus))
            painter.drawRoundedRect(self.mark.geometry().adjusted(-2, -2, 2, 2), here.u(4), here.u(4))
        painter.end()


class RunList(Scrolled):
    """All items of a run under their sections; it has the keys: 1 2 3, ↑ ↓, N, G, Enter."""

    marked = Signal(str, str)  # item, mark
    note_wanted = Signal(str)
    danger_wanted = Signal(str)
    rest_wanted = Signal(str)  # section
    moved = Signal(str)

    def __init__(self) -> None:
        self._inner = QWidget()
        super().__init__(self._inner)
        self._column = QVBoxLayout(self._inner)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.rows: dict[str, ItemRow] = {}
        self._heads: list[SectionHead] = []
        self._under: QWidget | None = None
        self.current = ""

    def show_items(self, lines: Sequence[ItemLine]) -> None:
        """The rows of another checklist; those of the same one stay."""
        if list(self.rows) == [line.item for line in lines]:
            return
        for old in (*self._heads, *self.rows.values()):
            old.hide()
            old.deleteLater()
        self._heads, self.rows, self.current = [], {}, ""
        sections = Counter(line.section for line in lines)
        section: str | None = None
        for line in lines:
            if line.section != section:
                section = line.section
                self._heads.append(SectionHead(section, sections[section]))
                self._column.insertWidget(self._column.count() - 1, self._heads[-1])
            row = ItemRow(line)
            row.pressed.connect(self.go_to)
            row.marked.connect(self._marked_by_mouse)
            self.rows[line.item] = row
            self._column.insertWidget(self._column.count() - 1, row)

    def set_foot(self, piece: QWidget) -> None:
        """A piece at the end of the list, where a narrow window has no room beside it."""
        self._column.insertWidget(self._column.count() - 1, piece)

    def open_under(self, item: str, piece: QWidget) -> None:
        """A form under an item; the one that was open is put away."""
        self.close_under()
        self._under = piece
        self._column.insertWidget(self._column.indexOf(self.rows[item]) + 1, piece)
        piece.show()
        self._inner.layout().activate()  # type: ignore[union-attr]  # so that what is brought into sight has its place
        self.ensureWidgetVisible(piece, 0, look().u(20))

    def close_under(self) -> None:
        """No form is open."""
        if self._under is not None:
            self._under.hide()
            self._column.removeWidget(self._under)
            self._under.deleteLater()
            self._under = None

    def go_to(self, item: str) -> None:
        """This item is the current one; the list has the keys."""
        if item in self.rows:
            if self.current in self.rows:
                self.rows[self.current].set_current(False)
            self.current = item
            self.rows[item].set_current(True)
            self.ensureWidgetVisible(self.rows[item], 0, look().u(60))
            self.moved.emit(item)
        self.setFocus()

    def step(self, by: int) -> None:
        """So many items on, held at the ends."""
        keys = list(self.rows)
        if keys:
            at = keys.index(self.current) + by if self.current in self.rows else 0
            self.go_to(keys[min(max(at, 0), len(keys) - 1)])

    def _marked_by_mouse(self, item: str, mark: str) -> None:
        self.go_to(item)
        self.marked.emit(item, mark)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -LEAP, Qt.Key.Key_PageDown: LEAP,
                 Qt.Key.Key_Home: -len(self.rows), Qt.Key.Key_End: len(self.rows)}  # fmt: skip
        row = self.rows.get(self.current)
        if held or row is None or not self.hasFocus():
            event.ignore()  # what a form under an item does not take is not meant for the list
        elif key in steps:
            self.step(steps[key])
        elif 0 <= (nth := key - Qt.Key.Key_1) < len(RESULTS):
            self.marked.emit(self.current, RESULTS[nth])
        elif key == Qt.Key.Key_N:
            self.note_wanted.emit(self.current)
        elif key == Qt.Key.Key_G:
            self.rest_wanted.emit(row.line.section)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.danger_wanted.emit(self.current)
        else:
            event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.current in self.rows:
            self.ensureWidgetVisible(self.rows[self.current], 0, look().u(60))
