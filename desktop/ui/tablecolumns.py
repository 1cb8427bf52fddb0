"""Which columns of a list stand side by side, and how wide each is: by the room there is, by priority, and as the user left them."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QTableView

from desktop.model.language import _
from desktop.ui.kit.text import PlainMenu
from desktop.ui.look import look
from desktop.ui.tablemodel import TICK, Column, TableModel, words_of

WORDS, CELL_SIDE = ("text", "name", "muted"), 9  # kinds of cells that are words, and the room at each side of them
LOOKED_AT = 40  # rows whose words say how wide a column wants to be


class ColumnRoom(QObject):
    """The columns of one list; `lead` is the width before the first of them, where the tick stands if there is one."""

    changed = Signal()

    def __init__(self, view: QTableView, rows: TableModel, *, lead: int) -> None:
        super().__init__(view)
        self._view, self._rows, self._lead = view, rows, lead
        self._chosen: dict[str, bool] = {}  # columns the user showed or hid himself
        self._widths: dict[str, int] = {}
        self._fitting = False

    def arrangement(self) -> dict[str, object]:
        """What the user did to the columns, by their keys, so that a new column disturbs nothing."""
        return {"shown": dict(self._chosen), "widths": dict(self._widths)}

    def restore(self, arrangement: Mapping[str, object]) -> None:
        """The columns as the user left them; keys that are gone are ignored."""
        shown, widths = arrangement.get("shown"), arrangement.get("widths")
        self._chosen = {str(k): bool(v) for k, v in shown.items()} if isinstance(shown, Mapping) else {}
        self._widths = {str(k): int(v) for k, v in widths.items()} if isinstance(widths, Mapping) else {}
        self.fit()

    def menu(self) -> PlainMenu:
        """Which columns are shown, and back to how it was."""
        menu = PlainMenu(self._view)
        for column in self._rows.shown_columns:
            entry = menu.add(column.label)
            entry.setCheckable(True)
            entry.setChecked(self._wants(column))
            entry.setEnabled(column.priority > 1)
            entry.toggled.connect(lambda on, key=column.key: self._choose(key, on))
        menu.add_line()
        menu.add(_("恢复默认")).triggered.connect(self._restore_default)
        return menu

    def _choose(self, key: str, shown: bool) -> None:
        self._chosen[key] = shown
        self.fit()
        self.changed.emit()

    def _restore_default(self) -> None:
        self._chosen, self._widths = {}, {}
        self.fit()
        self.changed.emit()

    def resized_by_hand(self, section: int, _old: int, new: int) -> None:
        """The user drew an edge: this column keeps its width."""
        column = self._rows.column(section)
        if column is None or self._fitting or not new:
            return
        self._widths[column.key] = round(new * 10.5 / look().size)
        self.changed.emit()

    def shown(self) -> list[int]:
        """The sections that are in sight, without the tick."""
        return [at for at in range(1, self._rows.columnCount()) if not self._view.isColumnHidden(at)]

    def _wants(self, column: Column) -> bool:
        return self._chosen.get(column.key, True)

    def _width(self, column: Column) -> int:
        return look().u(self._widths.get(column.key, column.width))

    def fit(self) -> None:
        """The columns that have room, the rest hidden by priority; what is left goes where words are cut, then to the stretching one."""
        if self._fitting or not self._view.isVisible():  # out of sight nobody looks at widths: they are found when the list is shown
            return
        self._fitting = True
        view, columns, lead = self._view, list(self._rows.shown_columns), look().u(self._lead)
        room = view.viewport().width() - lead
        shown = [column for column in columns if self._wants(column)]
        while sum(self._width(column) for column in shown) > room:
            yielding = [c for c in shown if c.priority > 1 and not self._chosen.get(c.key, False)]
            if not yielding:
                break
            shown.remove(max(reversed(yielding), key=lambda column: column.priority))
        spare = max(0, room - sum(self._width(column) for column in shown))
        wide = [c for c in shown if c.stretch] or [c for c in shown if c.kind == "name"] or shown[-1:]
        stretching = wide[0] if wide else None
        lacks = self._lacks(shown) if spare else {}
        spare -= lacks.get(stretching.key, 0) if stretching is not None else 0  # its own words come first
        view.setColumnWidth(TICK, lead)
        given = {}
        for column in shown:
            given[column.key] = 0 if column is stretching else min(max(0, spare), lacks.get(column.key, 0))
            spare -= given[column.key]
        for at, column in enumerate(columns, 1):
            view.setColumnHidden(at, column not in shown)
            more = max(0, spare + lacks.get(column.key, 0)) if column is stretching else given.get(column.key, 0)
            view.setColumnWidth(at, self._width(column) + more)
        self._fitting = False

    def _lacks(self, shown: Sequence[Column]) -> dict[str, int]:
        """How many pixels the longest words of the first rows lack; a width that somebody chose is left as it is."""
        letters, side = self._view.fontMetrics(), look().u(2 * CELL_SIDE)
        first = [row for at in range(min(LOOKED_AT, self._rows.rowCount())) if (row := self._rows.row(at)) is not None]
        found = {}
        for column in shown:
            if column.kind in WORDS and column.key not in self._widths:
                longest = max((letters.horizontalAdvance(words_of(row.get(column.key, ""))) for row in first), default=0)
                found[column.key] = max(0, longest + side - self._width(column))
        return found
