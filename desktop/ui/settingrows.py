"""One setting as a row: the editor of its kind, saved the moment it is left, its standard a click away. And the letters and colours."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QLineEdit, QSlider, QVBoxLayout, QWidget

from desktop.model.errors import Refusal
from desktop.model.field import Field
from desktop.model.keeping import SettingLine
from desktop.model.kinds.words import Text
from desktop.model.language import _
from desktop.ui.editors import binding
from desktop.ui.kit.badges import Chip
from desktop.ui.kit.buttons import Button, LinkButton
from desktop.ui.kit.cards import Card
from desktop.ui.kit.flow import FlowLayout
from desktop.ui.kit.text import Label
from desktop.ui.look import LARGEST, SMALLEST, STEPS, follow, look
from desktop.ui.session import Session

SHORT = 30  # characters that fit into half the width
STEP_NAMES = ("标准", "大", "特大", "超大")
THEMES = (("light", "浅色"), ("dark", "深色"), ("contrast", "高对比"))
Save = Callable[[str, str, Callable[[], object]], object]  # key, text, what comes after


class SettingRow(QWidget):
    """A setting of SETTINGS. What cannot be read stays typed, with the reason under it."""

    def __init__(self, line: SettingLine, session: Session, save: Save, *, may: bool) -> None:
        super().__init__()
        self.line, self.session, self._save = line, session, save
        self._held = ""
        spec = Field(line.key, line.label, line.kind, help=line.help)
        self.bound = binding(spec, session)
        self.field = self.bound.field
        self.standard = LinkButton(_("用标准"), small=True)
        self.standard.clicked.connect(lambda: self._store(""))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.field, 1)
        if line.key.endswith(".folder"):
            pick = Button(_("选文件夹…"), "folder")
            pick.clicked.connect(self._pick)
            pick.setEnabled(may)
            row.addWidget(pick, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.standard, 0, Qt.AlignmentFlag.AlignVCenter)
        self.field.set_still(not may)
        self._may = may
        editor: Any = self.field.editor
        if isinstance(editor, QLineEdit):
            editor.editingFinished.connect(self.commit)
        else:
            editor.changed.connect(self.commit)

    @property
    def is_wide(self) -> bool:
        """A line of words, which wants the whole width."""
        return isinstance(self.line.kind, Text) and self.line.kind.limit > SHORT

    def show_value(self, text: str) -> None:
        """What holds now."""
        self._held = text
        try:
            self.bound.show(self.line.kind.parse(text, self.session.desk.today))
        except Refusal:
            self.field.set_value(text)  # an older program allowed it; it is shown, not lost
        words = self.line.standard or _("空")
        self.standard.set_label(_("用标准：{value}").format(value=words))
        self.standard.setVisible(self._may and text != self.line.standard)

    def commit(self, *_value: object) -> None:
        """What stands there is the office's choice, if it can be read."""
        typed = str(self.field.value() or "")
        try:
            value = self.line.kind.parse(typed, self.session.desk.today)
        except Refusal as refusal:
            self.field.show_word(str(refusal), "err")
            return
        text = "" if value is None else str(value)
        if text != self._held:
            self._store(text)

    def _store(self, text: str) -> None:
        def saved() -> None:
            self.show_value(text or self.line.standard)
            self.field.show_word(_("已保存"), "ok")

        self._save(self.line.key, text, saved)

    def _pick(self) -> None:
        path = QFileDialog.getExistingDirectory(self, _(self.line.label), self._held)
        if path:
            self._store(str(Path(path)))


class RowGrid(QWidget):
    """Short values side by side, long ones over the whole width; one column where the letters are large."""

    def __init__(self, rows: list[SettingRow]) -> None:
        super().__init__()
        self._rows = rows
        self._grid = QGridLayout(self)
        follow(self, self._restyle)

    def _restyle(self) -> None:
        here = look()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(here.u(16))
        self._grid.setVerticalSpacing(here.u(6))
        columns = 1 if here.is_narrow_size else 2
        at = 0
        for row in self._rows:
            if row.is_wide and at % columns:
                at += 1
            self._grid.addWidget(row, at // columns, at % columns, 1, columns if row.is_wide else 1)
            at += columns if row.is_wide else 1
        for column in range(2):
            self._grid.setColumnStretch(column, int(column < columns))


class LookCard(Card):
    """字号 as a slider that works while it moves, its four named steps, and the colours."""

    sized = Signal(float)
    themed = Signal(str)

    def __init__(self) -> None:
        super().__init__(_("字号与配色"), "text-size", _("马上生效，只管这台电脑"))
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(round(SMALLEST * 2), round(LARGEST * 2))
        self.slider.setPageStep(2)
        self.slider.setAccessibleName(_("字号"))
        self.shown_size = Label("")
        line = QHBoxLayout()
        line.addWidget(Label(_("小"), "caption", "text2"))
        line.addWidget(self.slider, 1)
        line.addWidget(Label(_("大"), "section"))
        line.addWidget(self.shown_size)
        self.add(line)
        self.steps = {points: Chip(_(name), f"{points:g}") for points, name in zip(STEPS, STEP_NAMES, strict=True)}
        self.themes = {key: Chip(_(name)) for key, name in THEMES}
        for chips in (self.steps, self.themes):
            holder = QWidget()
            flow = FlowLayout(holder)
            for chip in chips.values():
                flow.addWidget(chip)
            self.add(holder)
        self.add(Label(_("连心同行 · 为民办事 · 0123456789 · 𬭊𪻐"), "section"))
        self.slider.valueChanged.connect(self._slid)
        for points, chip in self.steps.items():
            chip.clicked.connect(lambda points=points: self.slider.setValue(round(points * 2)))
        for key, chip in self.themes.items():
            chip.clicked.connect(lambda key=key: self._choose_theme(key))
        follow(self, self._show_now)

    def _slid(self, halves: int) -> None:
        if halves / 2 != look().size:
            look().set_size(halves / 2)
            self.sized.emit(halves / 2)

    def _choose_theme(self, key: str) -> None:
        look().set_theme(key)
        self.themed.emit(key)

    def _show_now(self) -> None:
        here = look()
        self.slider.blockSignals(True)
        self.slider.setValue(round(here.size * 2))
        self.slider.blockSignals(False)
        self.shown_size.setText(_("{points:g} 磅").format(points=here.size))
        for points, chip in self.steps.items():
            chip.set_on(points == here.size)
        for key, chip in self.themes.items():
            chip.set_on(key == here.theme)


class Section(QWidget):
    """A column of cards, as wide as is good to read."""

    def __init__(self, cards: list[QWidget]) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        for card in cards:
            self._column.addWidget(card)
        self._column.addStretch(1)
        follow(self, self._restyle)

    def _restyle(self) -> None:
        here = look()
        self._column.setContentsMargins(here.u(16), here.u(10), here.u(16), here.u(10))
        self._column.setSpacing(here.u(10))
        self.setMaximumWidth(here.u(860))
