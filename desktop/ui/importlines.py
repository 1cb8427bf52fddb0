"""The rows of an import one by one: what would become of each, and why."""

from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.exchange.importing import DryRun, Fate
from desktop.model.language import _
from desktop.model.record import Record
from desktop.ui.kit.badges import BadgeData, Chip
from desktop.ui.kit.cards import Card
from desktop.ui.look import follow, look
from desktop.ui.tablemodel import Column, ListPages, Row
from desktop.ui.tableview import ListView

TONES: dict[Fate, tuple[str, str]] = {
    Fate.NEW: ("ok", "plus"), Fate.UPDATE: ("act", "edit"), Fate.SAME: ("wait", "check"), Fate.REFUSED: ("err", "alert-octagon"),
    Fate.SUSPECTED: ("warn", "alert-triangle"),
}  # fmt: skip
LEAST_ROWS = 8


def columns() -> list[Column]:
    """What is said of each row."""
    return [
        Column("row", _("行"), 52, "right", kind="number", sortable=False),
        Column("fate", _("结果"), 96, kind="badges", sortable=False),
        Column("title", _("谁、什么"), 160, kind="name", sortable=False),
        Column("why", _("说明"), 420, stretch=True, sortable=False),
    ]


class ImportLines(Card):
    """The rows under chips that count them by their fate."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("逐行结果"), "list-check", parent=parent)
        self._dry: DryRun | None = None
        self._record: type[Record] | None = None
        self._fate: Fate | None = None
        self.chips: dict[Fate | None, Chip] = {}
        for fate in (None, *Fate):
            chip = Chip(_(fate.value) if fate else _("全部"), "0", on=fate is None)
            chip.clicked.connect(partial(self.choose, fate))
            self.add_to_head(chip)
            self.chips[fate] = chip
        self.list = ListView(ListPages(columns(), []), ticks=False)
        self.add_wide(self.list, 1)
        follow(self, self._fit_list)

    def show_dry(self, record: type[Record], dry: DryRun) -> None:
        """What this dry run, or this import, says of each row."""
        self._record, self._dry = record, dry
        for fate, chip in self.chips.items():
            chip.set_value(str(len(dry.lines) if fate is None else dry.count(fate)))
        self._show_lines()

    def choose(self, fate: Fate | None) -> None:
        """Only the rows of this fate."""
        self._fate = fate
        for key, chip in self.chips.items():
            chip.set_on(key is fate)
        self._show_lines()

    def _show_lines(self) -> None:
        if self._dry is None or self._record is None:
            return
        record, fields = self._record, self._record.fields()
        rows: list[Row] = []
        for line in self._dry.lines:
            if self._fate is not None and line.fate is not self._fate:
                continue
            tone, picture = TONES[line.fate]
            badge: BadgeData = (tone, picture, _(line.fate.value))
            said = [str(problem) for problem in (*line.problems, *line.warnings)]
            for key, old, new in line.changes:
                said.append(f"{_(fields[key].label)} {fields[key].mask(old)} → {fields[key].mask(new)}")
            said += [_("可能与“{title}”重复").format(title=one.title) for one in line.alike]
            title = line.title or _(record.label)
            rows.append({"id": str(line.row), "row": str(line.row), "fate": [badge], "title": title, "why": "；".join(said)})
        self.list.show_pages(ListPages(columns(), rows))

    def _fit_list(self) -> None:
        self.list.setMinimumHeight(look().row * LEAST_ROWS)
