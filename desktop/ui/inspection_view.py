"""One run as it stands: route, items, counts and what finishing will do, read from the ledger and laid out for the window.

It decides nothing and changes nothing; the page beside it runs the deeds.
"""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.model import days
from desktop.model.inspection import ChecklistTemplate, Danger, Inspection
from desktop.model.language import _
from desktop.model.place import Place
from desktop.office import inspections
from desktop.office.attachments import hanging_on
from desktop.office.desk import Desk
from desktop.office.inspections import FAIL, ItemLine
from desktop.store.work import Row
from desktop.ui.inspection_danger import IN_TIME
from desktop.ui.inspection_marks import Marks
from desktop.ui.inspection_parts import RunList
from desktop.ui.inspection_route import ROUTE_WIDTH, RouteList
from desktop.ui.inspection_side import SIDE_WIDTH, Ending, RunHead, SidePanel
from desktop.ui.kit.cards import Scrolled
from desktop.ui.look import follow, look

OPEN = "检查中"
WIDEST = 16_777_215  # Qt's own bound: as wide as it likes


class RunView(QWidget):
    """The three columns of a run."""

    changed = Signal()  # counts, state: head and status want to be renewed
    item_left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.row: Row | None = None
        self.place: Row | None = None
        self.list_name = ""
        self.lines: list[ItemLine] = []
        self.marks = Marks([])
        self.dangers: list[Row] = []
        self.photos: dict[str, list[str]] = {}  # what hangs on the dangers and on the run, by their ids
        self.notes: dict[str, str] = {}  # words for items that have no mark yet
        self._narrow = False
        self._at = ""
        self.route, self.items, self.head, self.side = RouteList(), RunList(), RunHead(), SidePanel()
        self._middle, self._side_scrolled = QWidget(), Scrolled(self.side)
        row, inner = QHBoxLayout(self), QVBoxLayout(self._middle)
        for layout in (row, inner):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        inner.addWidget(self.head)
        inner.addWidget(self.items, 1)
        row.addWidget(self.route)
        row.addWidget(self._middle, 1)
        row.addWidget(self._side_scrolled)
        self.items.moved.connect(self._moved)
        self.side.item_wanted.connect(self.items.go_to)
        follow(self, self._restyle)

    @property
    def id(self) -> str:
        """The run that is shown; nothing when there is none."""
        return str(self.row["id"]) if self.row is not None else ""

    @property
    def is_open(self) -> bool:
        """Marks may still be given."""
        return self.row is not None and self.row["state"] == OPEN

    def forget(self) -> None:
        """No run is shown."""
        self.row = self.place = None
        self.lines, self.dangers, self.photos, self.notes = [], [], {}, {}
        self.marks = Marks([])

    def read(self, key: str) -> None:
        """The run as the ledger has it. Refusal when there is none."""
        desk = self._desk
        self.row = row = desk.get(Inspection, key)
        self.place = desk.get(Place, row["place"])
        self.list_name = str(desk.get(ChecklistTemplate, row["template"])["name"])
        self.lines = inspections.item_lines(desk, key)
        self.marks = Marks(self.lines)
        self.dangers = inspections.dangers_of(desk, key)
        self.photos = hanging_on(desk, Danger, [one["id"] for one in self.dangers]) | hanging_on(desk, Inspection, [key])
        self.items.show_items(self.lines)
        for line in self.lines:
            self.show_row(line.item)
        self.route.show_stops(inspections.route(desk, key), row["place"])
        self.show_counts()

    def go_to_first_open(self) -> None:
        """The keys stand on the first item without a mark."""
        first = next((line.item for line in self.lines if not self.marks.shown(line.item)), "")
        if self.lines:
            self.items.go_to(first or self.lines[0].item)

    def line(self, item: str) -> ItemLine:
        """The line of an item."""
        return next(line for line in self.lines if line.item == item)

    def take_mark(self, item: str, mark: str, note: str | None, finding: str) -> None:
        """What the ledger now has for an item, without reading the whole run."""
        for at, line in enumerate(self.lines):
            if line.item == item:
                self.lines[at] = replace(line, mark=mark, note=line.note if note is None else note, finding=finding)

    def danger_of(self, item: str) -> Row | None:
        """The danger that stands under an item."""
        return next((row for row in self.dangers if row["item"] == item), None)

    def photo_count(self, key: str) -> int:
        """How many files hang on a danger of this run, or on the run."""
        return len(self.photos.get(key, ()))

    def show_row(self, item: str) -> None:
        """The item with its mark and the line under it."""
        line = next((line for line in self.lines if line.item == item), None)
        if line is not None and item in self.items.rows:
            self.items.rows[item].show_line(line, self.marks.shown(item), self._below(line))

    def _below(self, line: ItemLine) -> str:
        """An item's danger and its note; under the current one also what it was last time."""
        parts = []
        danger = self.danger_of(line.item)
        if danger is not None:
            parts.append(_("隐患 {no} {what}").format(no=str(danger["serial"]).rpartition("-")[2], what=danger["situation"]))
            if many := self.photo_count(danger["id"]):
                parts.append(_("照片 {n}").format(n=many))
        note = self.notes.get(line.item) or line.note
        if note:
            parts.append(_("说明：{note}").format(note=note))
        if line.item == self.items.current and line.last_mark and line.last_on:
            parts.append(_("上次 {day} {mark}").format(day=self.day(line.last_on), mark=_(line.last_mark)))
        return "　".join(parts)

    def day(self, day: str) -> str:
        """A day as it is said here: 12月1日 within this year."""
        words = days.show_day(day)
        return words.partition("年")[2] if day[:4] == self._desk.today[:4] else words

    def _moved(self, item: str) -> None:
        before, self._at = self._at, item
        if before != item:
            self.show_row(before)
            self.item_left.emit()
        self.show_row(item)
        self._show_head()

    def show_counts(self) -> None:
        """Counts and ending by the marks that are shown."""
        self._show_head()
        named = {str(row["due_on"]): self.day(row["due_on"]) for row in self.dangers if row["due_on"]}
        photos = {key: len(names) for key, names in self.photos.items()}
        ending = Ending(self.id, self.inspectors(), tuple(self.dangers), photos, self.why_not(), self.is_open)
        self.side.show_ending(ending, {line.item: line.number for line in self.lines}, named)
        self.changed.emit()

    def _show_head(self) -> None:
        number = next((line.number for line in self.lines if line.item == self.items.current), 0)
        self.head.show_marks(self.marks, number, len(self.lines))

    def inspectors(self) -> int:
        """How many look at it."""
        names = str(self.row["inspectors"]) if self.row is not None else ""
        return len([name for name in names.replace("，", "、").split("、") if name.strip()])

    def why_not(self) -> str:
        """Why the run cannot be finished yet; nothing when it can."""
        if left := self.marks.count(""):
            return _("还有 {n} 项没有结果，不能完成").format(n=left)
        bare = self.bare()
        return _("第 {n} 项不合格，还没写部位和情况").format(n=bare.number) if bare is not None else ""

    def bare(self) -> ItemLine | None:
        """The first failed item without a danger."""
        return next((line for line in self.lines if self.marks.shown(line.item) == FAIL and self.danger_of(line.item) is None), None)

    def to_notify(self) -> list[str]:
        """The dangers that still want a notice."""
        return [row["id"] for row in self.dangers if row["state"] == "登记" and row["handling"] == IN_TIME]

    # room

    def set_narrow(self, narrow: bool) -> None:
        """The window is narrow or the letters large."""
        self._narrow = narrow
        self._restyle()

    def toggle_route(self) -> None:
        """On a narrow window: the route in place of the items, or back."""
        self.route.setVisible(self.route.isHidden())
        self._middle.setVisible(self.route.isHidden())
        (self.items if self.route.isHidden() else self.route).setFocus()

    def _restyle(self) -> None:
        """Three columns where there is room; else the route waits behind its button and the rest stands under the items."""
        here = look()
        self._middle.show()
        self.route.setVisible(not self._narrow)
        self.route.setMinimumWidth(0 if self._narrow else here.u(ROUTE_WIDTH))
        self.route.setMaximumWidth(WIDEST if self._narrow else here.u(ROUTE_WIDTH))
        self._side_scrolled.setVisible(not self._narrow)
        self._side_scrolled.setFixedWidth(here.u(SIDE_WIDTH))
        if self._narrow and self._side_scrolled.widget() is not None:
            self._side_scrolled.takeWidget()
            self.items.set_foot(self.side)
            self.side.show()
        elif not self._narrow and self._side_scrolled.widget() is None:
            self._side_scrolled.setWidget(self.side)
