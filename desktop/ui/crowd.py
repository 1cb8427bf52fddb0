"""Several people in one entry: each a chip with the name on it, taken off by Delete or its cross."""

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.ui.kit.badges import Chip
from desktop.ui.kit.flow import FlowLayout
from desktop.ui.look import follow, look


class Crowd(QWidget):
    """Who is in it, in the order of adding; nobody twice. `changed` tells that the hand took somebody off."""

    changed = Signal()

    def __init__(self, called: Callable[[str], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._called = called
        self.people: dict[str, str] = {}  # id → name
        self.chips: dict[str, Chip] = {}
        self._flow = FlowLayout(self)
        follow(self, self._restyle)

    def add(self, keys: Iterable[str]) -> None:
        """These too."""
        for key in keys:
            if key not in self.people:
                self.people[key] = self._called(key)
        self._show()

    def show_only(self, keys: Iterable[str]) -> None:
        """These and nobody else."""
        self.people = {}
        self.add(keys)

    def _remove(self, key: str) -> None:
        self.people.pop(key, None)
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        for key in [key for key in self.chips if key not in self.people]:
            chip = self.chips.pop(key)
            if chip.hasFocus():
                chip.focusNextChild()  # the keys stay among the chips
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        for key, name in self.people.items():
            if key not in self.chips:
                chip = Chip(name, removable=True)
                chip.removed.connect(partial(self._remove, key))
                self._flow.addWidget(chip)
                self.chips[key] = chip

    def _restyle(self) -> None:
        self._flow.setSpacing(look().u(6))
