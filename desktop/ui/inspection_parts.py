"""The run of a checklist on the screen: its items with their marks under their sections, and the keys that mark them."""

from collections import Counter
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.model.language import _
from desktop.office.inspections import FAIL, NOT_HERE, PASS, ItemLine
from desktop.ui.keys import PageKey, press
from desktop.ui.kit.cards import Scrolled
from desktop.ui.kit.marks import Mark, SegmentedMark
from desktop.ui.kit.text import Label
from desktop.ui.look import follow, look
from desktop.ui.spoken import Spoken, tell_item

RESULTS = (PASS, FAIL, NOT_HERE)
LEAP = 8  # items that PgUp and PgDn go over


def result_marks() -> list[Mark]:
    """The three results with icon and tone."""
    return [Mark(PASS, _("合格"), "check", "ok"), Mark(FAIL, _("不合格"), "x", "err"), Mark(NOT_HERE, _("不适用"), "minus", "wait")]


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

    @property
    def below(self) -> str:
        """The small line under the item."""
        return self._below.text()

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


class RunList(Spoken, Scrolled):
    """All items of a run under their sections; it has the keys: 1 2 3, ↑ ↓, N, P, G, Enter."""

    marked = Signal(str, str)  # item, mark
    note_wanted = Signal(str)
    photo_wanted = Signal(str)
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
        self.setAccessibleName(_("检查项"))
        self.rows: dict[str, ItemRow] = {}
        self._heads: list[SectionHead] = []
        self._under: QWidget | None = None
        self._foot: QWidget | None = None
        self.current = ""
        self._keys = self.keys()

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
                self._column.insertWidget(self._end(), self._heads[-1])
            row = ItemRow(line)
            row.pressed.connect(self.go_to)
            row.marked.connect(self._marked_by_mouse)
            self.rows[line.item] = row
            self._column.insertWidget(self._end(), row)

    # what is read out

    def _row_at(self, nth: int) -> ItemRow:
        return list(self.rows.values())[nth]

    def spoken_count(self) -> int:
        return len(self.rows)

    def spoken_words(self, nth: int) -> str:
        return self._row_at(nth).accessibleName()

    def spoken_place(self, nth: int) -> QRect:
        row = self._row_at(nth)
        return QRect(row.mapTo(self, QPoint()), row.size()) & self.viewport().geometry()

    def spoken_now(self) -> int:
        return list(self.rows).index(self.current) if self.current in self.rows else -1

    def spoken_beside(self) -> list[QWidget]:
        return [piece for piece in (self._under, self._foot) if piece is not None]

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        tell_item(self)

    # what stands in it

    def set_foot(self, piece: QWidget) -> None:
        """A piece at the end of the list, where a narrow window has no room beside it."""
        self._foot = piece
        self._column.insertWidget(self._column.count() - 1, piece)

    def _end(self) -> int:
        """Where the next row goes: before the foot, if the foot is here, and before the stretch."""
        foot = self._column.indexOf(self._foot) if self._foot is not None else -1
        return foot if foot >= 0 else self._column.count() - 1

    def open_under(self, item: str, piece: QWidget) -> None:
        """A form under an item; the one that was open is put away."""
        self.close_under()
        self._under = piece
        self._column.insertWidget(self._column.indexOf(self.rows[item]) + 1, piece)
        piece.show()
        self.bring_form()

    def bring_form(self) -> None:
        """The open form comes into sight, as soon as the list has been laid out with it."""
        QTimer.singleShot(0, self, self._show_under)

    def _show_under(self) -> None:
        """The form whole, and its item above it if there is room for both."""
        if self._under is not None:
            if self.current in self.rows:
                self.ensureWidgetVisible(self.rows[self.current], 0, 0)
            self.ensureWidgetVisible(self._under, 0, look().u(8))

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
        had_keys = self.hasFocus()
        self.setFocus()
        if had_keys:
            tell_item(self)

    def step(self, by: int) -> None:
        """So many items on, held at the ends."""
        keys = list(self.rows)
        if keys:
            at = keys.index(self.current) + by if self.current in self.rows else 0
            self.go_to(keys[min(max(at, 0), len(keys) - 1)])

    def _marked_by_mouse(self, item: str, mark: str) -> None:
        self.go_to(item)
        self.marked.emit(item, mark)

    def keys(self) -> list[PageKey]:
        """What the run does with keys of its own; all of them mean the current item."""
        marks = [PageKey(str(nth), _("记“{mark}”").format(mark=_(mark)), partial(self._mark, mark)) for nth, mark in enumerate(RESULTS, 1)]
        return [
            *marks,
            PageKey("G", _("本段其余全合格"), lambda: self.rest_wanted.emit(self.rows[self.current].line.section)),
            PageKey("N", _("写说明"), lambda: self.note_wanted.emit(self.current)),
            PageKey("P", _("加照片：附在这一项的隐患上，没有隐患的附在这次检查上"), lambda: self.photo_wanted.emit(self.current)),
            PageKey("Return", _("打开这一项的隐患"), lambda: self.danger_wanted.emit(self.current), ("Enter",)),
            PageKey("Down", _("下一项"), partial(self.step, 1)),
            PageKey("Up", _("上一项"), partial(self.step, -1)),
            PageKey("PgDown", _("往下跳一段"), partial(self.step, LEAP)),
            PageKey("PgUp", _("往上跳一段"), partial(self.step, -LEAP)),
            PageKey("End", _("最后一项"), lambda: self.step(len(self.rows))),
            PageKey("Home", _("第一项"), lambda: self.step(-len(self.rows))),
        ]

    def _mark(self, mark: str) -> None:
        self.marked.emit(self.current, mark)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # What a form under an item does not take is not meant for the list.
        if self.current not in self.rows or not self.hasFocus() or not press(self._keys, event):
            event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.current in self.rows:
            self.ensureWidgetVisible(self.rows[self.current], 0, look().u(60))
