"""生僻字: a character that no input method types, sought by its parts, radical, reading or code point, and put in at the cursor.

The field gets it as it gets words from an input method, so that its own undo takes it back and whoever listens is told.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QFont, QFontMetrics, QInputMethodEvent, QKeyEvent, QRawFont
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QListView, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop.model import ideographs
from desktop.model.language import _
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.choices import Choice
from desktop.ui.kit.fields import LabelledField
from desktop.ui.kit.lines import LineEdit, LongEdit, SearchEdit
from desktop.ui.kit.text import Label
from desktop.ui.look import follow, look

KEPT = 24  # recently used ones
DELAY = 120  # milliseconds after the last committed character
CELL, LARGE = 46, 132
LOW = 6  # on a low window the large character takes no more than this part of its height
LINE = 1.48  # a line of our fonts, by the size of its characters
WIDTH, HEIGHT = 760, 520


@dataclass
class Recent:
    """The characters put in lately, the newest first; `keep` is told of every new one."""

    signs: list[str] = field(default_factory=list)
    keep: Callable[[Sequence[str]], object] | None = None

    def add(self, sign: str) -> None:
        """This one was used."""
        self.signs = [sign, *(one for one in self.signs if one != sign)][:KEPT]
        if self.keep is not None:
            self.keep(self.signs)


def recent() -> Recent:
    """What the running application remembers."""
    app = QApplication.instance()
    assert app is not None
    kept = app.property("recentSigns")
    if not isinstance(kept, Recent):
        kept = Recent()
        app.setProperty("recentSigns", kept)
    return kept


def remember(signs: Sequence[str], keep: Callable[[Sequence[str]], object] | None) -> None:
    """From now on these are the recent ones, and `keep` hears of new ones."""
    kept = recent()
    kept.signs, kept.keep = list(signs)[:KEPT], keep


def forget(keep: Callable[[Sequence[str]], object]) -> None:
    """Who kept them is gone, and what he used goes with him."""
    if recent().keep == keep:
        remember("", None)


def font_of(sign: str, families: Sequence[str]) -> str:
    """The first of these families that has the character; nothing when none has."""
    for family in families:
        if QRawFont.fromFont(QFont(family)).supportsCharacter(ord(sign)):
            return family
    return ""


def put_in(target: QWidget, sign: str) -> None:
    """The character stands at the cursor, as an input method would have put it there."""
    done = QInputMethodEvent("", [])
    done.setCommitString(sign)
    QApplication.sendEvent(target, done)


class RareCharacters(QDialog):
    """Seek, look at it large, Enter puts it in."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setWindowTitle(_("生僻字"))
        self._window = window
        self.target: LineEdit | LongEdit | None = None
        self.search = SearchEdit(_("部件 钅杜，拼音 du4，编码 U+2CB4A，笔画 12画"))
        self.radical = Choice([(str(number), self._radical_words(number)) for number, _s, _n in ideographs.radicals()], empty=_("不限"))
        self.rest = LineEdit(2)
        self.grid = SignGrid()
        self.words = Label("", "caption", "text2", wrap=True)
        self.large, self.facts = Label(), Label("", "body", "text2", wrap=True)
        self.insert = Button(_("填入"), "check", "primary", "↵")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY)
        self._timer.timeout.connect(self.look_up)
        self._assemble()
        for one in (self.search, self.rest):
            one.changed.connect(lambda _text: self._timer.start())
            one.installEventFilter(self)
        self.radical.changed.connect(lambda _key: self.look_up())
        self.grid.currentItemChanged.connect(lambda *_items: self._show_current())
        self.grid.itemDoubleClicked.connect(lambda _item: self.take())
        self.grid.installEventFilter(self)
        self.insert.clicked.connect(self.take)
        follow(self, self._restyle)

    def open_for(self, target: LineEdit | LongEdit) -> None:
        """Empty, over the window of this field; what is taken goes into it."""
        self.target = target
        for one in (self.search, self.rest):
            one.set_value("")
        self.radical.set_value("")
        self.look_up()
        self.open()
        self.search.setFocus()

    def _assemble(self) -> None:
        column, top, middle, right = QVBoxLayout(self), QHBoxLayout(), QHBoxLayout(), QVBoxLayout()
        self._column, self._middle = column, middle
        top.addWidget(LabelledField(_("怎样的字"), self.search), 5)
        top.addWidget(LabelledField(_("部首"), self.radical), 2)
        top.addWidget(LabelledField(_("余下笔画"), self.rest), 1)
        self.large.setAlignment(Qt.AlignmentFlag.AlignCenter)
        right.addWidget(self.large)
        right.addWidget(self.facts, 1, Qt.AlignmentFlag.AlignTop)
        right.addWidget(self.insert)
        middle.addWidget(self.grid, 1)
        middle.addLayout(right)
        column.addLayout(top)
        column.addWidget(self.words)
        column.addLayout(middle, 1)
        column.addWidget(Label(_("↓ 进字表，方向键选，Enter 填入光标处，Esc 关上"), "caption", "text2"))

    def _restyle(self) -> None:
        here, window = look(), self._window.size()
        large = min(here.u(LARGE), window.height() // LOW)
        self.large.setStyleSheet(f"font-size: {large}px;")  # the application's own sheet would win over a font
        self.large.setFixedSize(large + here.u(48), round(large * LINE))
        self.grid.restyle()
        pad = here.u(14)
        self._column.setContentsMargins(pad, pad, pad, pad)
        self._column.setSpacing(here.u(8))
        self._middle.setSpacing(here.u(14))
        self.resize(min(here.u(WIDTH), max(window.width(), 400)), min(here.u(HEIGHT), max(window.height(), 300)))

    @staticmethod
    def _radical_words(number: int) -> str:
        _number, signs, strokes = ideographs.radicals()[number - 1]
        return _("{signs}　{n} 画").format(signs=" ".join(signs), n=strokes)

    # seeking

    def look_up(self) -> None:
        """What answers to what was typed; the recent ones when nothing was."""
        self._timer.stop()
        typed, radical = self.search.value(), int(self.radical.value() or 0)
        rest = int(self.rest.value()) if self.rest.value().isdecimal() else None
        if typed or radical:
            signs = ideographs.seek(typed, radical, rest)
            words = _("找到 {n} 个，通用规范字在前").format(n=len(signs)) if signs else _("没有找到：换个部件、拼音或编码再试")
            if len(signs) == ideographs.MOST:
                words = _("前 {n} 个，再加一个部件或笔画会更准").format(n=len(signs))
        else:
            signs = recent().signs
            words = _("最近用过的") if signs else _("认得的部件连着写，如 钅杜；认得部首就选部首，再填余下几画")
        self.words.setText(words)
        self.grid.show_signs(signs)
        self._show_current()

    def _show_current(self) -> None:
        sign = self.grid.current()
        self.large.setText(sign)
        self.insert.setEnabled(bool(sign))
        if not sign:
            self.facts.setText("")
            return
        one = ideographs.describe(sign)
        lines = [one.code, _("拼音 {said}").format(said="、".join(one.readings) or _("没有记载"))]
        if one.radical:
            signs = ideographs.radicals()[one.radical - 1][1]
            lines.append(_("部首 {sign} + {rest} 画，共 {all} 画").format(sign=signs[0], rest=one.rest, all=one.strokes))
        lines.append(_("部件 {parts}").format(parts=" ".join(one.parts)))
        lines.append(_("字体 {font}").format(font=font_of(sign, look().families)))
        self.facts.setText("\n".join(lines))
        self.large.setAccessibleName(f"{sign} {one.code}")

    # keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if self._timer.isActive():
                    self.look_up()
                self.take()
                return True
            if event.key() == Qt.Key.Key_Down and watched is not self.grid:
                self.grid.setFocus()
                return True
            if event.key() == Qt.Key.Key_Up and watched is self.grid and self.grid.is_in_first_row():
                self.search.setFocus()
                return True
        return super().eventFilter(watched, event)

    def take(self) -> None:
        """The character that is marked goes into the field."""
        sign = self.grid.current()
        if not sign or self.target is None:
            return
        recent().add(sign)
        self.accept()
        self.target.setFocus()
        put_in(self.target, sign)


class SignGrid(QListWidget):
    """Characters in rows, each large enough to tell 己 from 已."""

    def __init__(self) -> None:
        super().__init__()
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setAccessibleName(_("找到的字"))

    def restyle(self) -> None:
        """At the letter size of now."""
        here = look()
        self.setStyleSheet(f"QListWidget {{ font-size: {here.u(26)}px; }} QListWidget::item {{ padding: 0px; }}")
        self.setGridSize(QSize(here.u(CELL), here.u(CELL)))

    def show_signs(self, signs: Sequence[str]) -> None:
        """These characters, the first marked."""
        self.clear()
        side = max(look().u(CELL) - 4, QFontMetrics(self.font()).height())
        for sign in signs:
            item = QListWidgetItem(sign)
            item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
            item.setSizeHint(QSize(side, side))
            self.addItem(item)
        self.setCurrentRow(0 if signs else -1)

    def current(self) -> str:
        """The character that is marked, or nothing."""
        item = self.currentItem()
        return item.text() if item is not None else ""

    def is_in_first_row(self) -> bool:
        """Up leads out of the grid."""
        item, first = self.currentItem(), self.item(0)
        return item is None or self.visualItemRect(item).top() <= self.visualItemRect(first).top()


def open_over(target: LineEdit | LongEdit) -> None:
    """The picker over the window of this field; each window has one, made when somebody first asks."""
    window = target.window()
    picker = next((one for one in window.children() if isinstance(one, RareCharacters)), None)
    (picker or RareCharacters(window)).open_for(target)
