"""How the paper comes out: the printer, the sheet, how many, on one side or both."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.model.language import _
from desktop.ui.kit.choices import Choice
from desktop.ui.kit.lines import LineEdit
from desktop.ui.kit.text import ElidedLabel, Label, Rule
from desktop.ui.kit.ticks import CheckBox
from desktop.ui.look import follow, look
from desktop.ui.printers import prints_both_sides
from desktop.ui.printlines import Lines

MOST_COPIES = 99


@dataclass(frozen=True)
class How:
    """What was chosen for a form the last time."""

    printer: str
    copies: str
    both_sides: bool


class HowPanel(QWidget):
    """怎么印."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.printer = Choice((), empty=None)
        self.no_printer = Label(_("本机没有装打印机：存为 PDF，拿到有打印机的电脑上印"), "caption", "text2", wrap=True)
        self.tray, self.both = Label(""), CheckBox(_("双面"))
        self.copies = LineEdit(2)
        self.copies.set_value("1")
        self._unable = ElidedLabel(_("本机不支持自动双面"), "caption", "text2")
        self._unable.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        sheet, self._sheet_row, self._unit = QWidget(), QHBoxLayout(), Label(_("份"), "caption", "text2")
        self._sheet_row.setContentsMargins(0, 0, 0, 0)
        sheet.setLayout(self._sheet_row)
        self.copies.setAccessibleName(_("份数"))
        self._sheet_row.addWidget(self.tray, 1)
        self._sheet_row.addWidget(self.copies)
        self._sheet_row.addWidget(self._unit)
        self._sides, sides = QWidget(), QHBoxLayout()
        sides.setContentsMargins(0, 0, 0, 0)
        self._sides.setLayout(sides)
        sides.addWidget(self.both)
        sides.addWidget(self._unable, 1)
        self._lines = Lines()
        self._column = QVBoxLayout(self)
        for piece in (
            Rule(), Label(_("怎么印"), "section"), self._lines.line("printer", _("打印机"), self.printer), self.no_printer,
            self._lines.line("size", _("纸张"), sheet), self._sides,
        ):  # fmt: skip
            self._column.addWidget(piece)
        self.printer.changed.connect(lambda _name: self.show_able())
        follow(self, self._restyle)

    def show_printers(self, names: Sequence[str]) -> None:
        """The printers of this machine; without one a sentence stands there."""
        self.printer.set_options([(name, name) for name in names])
        if not self.printer.value() and names:
            self.printer.set_value(names[0])
        for piece in (self._lines["printer"], self.copies, self._unit, self._sides):
            piece.setVisible(bool(names))
        self.no_printer.setVisible(not names)

    def show_size(self, words: str) -> None:
        """The paper in the tray that is wanted."""
        self.tray.setText(words)
        self._lines.show("size", bool(words))

    def how_many(self) -> int:
        """Copies; what is no number is one."""
        typed = self.copies.value()
        return min(max(int(typed), 1), MOST_COPIES) if typed.isdigit() else 1

    def now(self) -> How:
        """What is chosen."""
        return How(self.printer.value(), self.copies.value(), self.both.isChecked())

    def recall(self, how: How | None) -> None:
        """What was chosen the last time, as far as there was one."""
        if how is not None:
            self.printer.set_value(how.printer)
            self.copies.set_value(how.copies)
            self.both.setChecked(how.both_sides)
        self.show_able()

    def show_able(self) -> None:
        """Both sides can be wished of a printer that turns the sheet."""
        name = self.printer.value()
        able = bool(name) and prints_both_sides(name)
        self.both.setEnabled(able)
        self.both.setChecked(self.both.isChecked() and able)
        self._unable.setVisible(not able)

    def _restyle(self) -> None:
        here = look()
        self._column.setContentsMargins(here.u(12), 0, here.u(12), here.u(4))
        self._column.setSpacing(here.u(6))
        self._sheet_row.setSpacing(here.u(6))
        self.copies.setFixedWidth(here.u(56))
        self._lines.measure()
