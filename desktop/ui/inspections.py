"""The run of a checklist at a place: 1 2 3 mark and go on, a danger opens under its item, Ctrl+Enter finishes.

Each mark is its own deed and is shown before it is written, so marking keeps pace with the inspector and a power cut loses
nothing that was written. Deeds run in the order of typing; one that is refused puts the old mark back and says why.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.model import days
from desktop.model.errors import Refusal, Said
from desktop.model.inspection import ChecklistTemplate, Danger, Finding, Inspection
from desktop.model.kinds import Value
from desktop.model.language import _
from desktop.model.place import Place
from desktop.office import inspections, records
from desktop.office.inspections import FAIL, ItemLine, RouteStop
from desktop.store.work import Row
from desktop.ui.inspection_danger import DangerForm, DangerStart, IN_TIME, NoteForm
from desktop.ui.inspection_parts import InOrder, Marks, RunList
from desktop.ui.inspection_side import ROUTE_WIDTH, SIDE_WIDTH, Ending, RouteList, RunHead, SidePanel
from desktop.ui.kit.badges import BadgeData
from desktop.ui.kit.buttons import Action
from desktop.ui.kit.cards import EmptyPage, Scrolled
from desktop.ui.look import follow, look
from desktop.ui.officepage import OfficePage
from desktop.ui.rows import state_badge
from desktop.ui.session import Session

OPEN = "检查中"


class InspectionPage(OfficePage):
    """One run; without one, today's."""

    concerns = ("inspection", "finding", "danger", "place")

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.run_row: Row | None = None
        self._place: Row | None = None
        self._list_name = ""
        self.lines: list[ItemLine] = []
        self.marks = Marks([])
        self._dangers: list[Row] = []
        self._notes: dict[str, str] = {}  # words for items that have no mark yet
        self._form: DangerForm | NoteForm | None = None
        self._finish_wanted = False
        self._stale = False
        self.deeds = InOrder(self)
        self.route, self.items, self.head, self.side = RouteList(), RunList(), RunHead(), SidePanel()
        self._assemble()
        self._connect()
        follow(self, self._restyle)

    def _assemble(self) -> None:
        column = self.column()
        middle, self._run = QWidget(), QWidget()
        inner, self._row = QVBoxLayout(middle), QHBoxLayout(self._run)
        for layout in (inner, self._row):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        inner.addWidget(self.head)
        inner.addWidget(self.items, 1)
        self._middle = middle
        self._side_scrolled = Scrolled(self.side)
        self._row.addWidget(self.route)
        self._row.addWidget(middle, 1)
        self._row.addWidget(self._side_scrolled)
        start = Action("start", _("开始一次检查"), "clipboard-check", "primary", run=lambda: self._go("form:inspection"))
        lists = Action("list", _("看以前的检查"), kind="link", run=lambda: self._go("table:inspection"))
        self.empty = EmptyPage("clipboard-check", _("今天还没有检查"), _("开始后照检查表一项项记，每记一项就存好"), (start, lists))
        self.pages = QStackedWidget()
        self.pages.addWidget(self._run)
        self.pages.addWidget(self.empty)
        column.addWidget(self.pages, 1)

    def _connect(self) -> None:
        self.items.marked.connect(self._mark)
        self.items.note_wanted.connect(self._open_note)
        self.items.danger_wanted.connect(self._open_danger)
        self.items.rest_wanted.connect(self._mark_rest)
        self.items.moved.connect(self._moved)
        self.side.item_wanted.connect(self.items.go_to)
        self.route.chosen.connect(self._visit)
        self.deeds.refused.connect(self._refused)
        self.deeds.broke.connect(self._show_bug)
        self.deeds.emptied.connect(self._all_written)
        keys: dict[str, Callable[[], object]] = {
            "Ctrl+Return": self._finish, "Ctrl+Enter": self._finish, "Ctrl+P": self._print, "F9": self._next,
            "Alt+Up": partial(self._beside, -1), "Alt+Down": partial(self._beside, 1),
        }  # fmt: skip
        for sequence, deed in keys.items():
            shortcut = QShortcut(QKeySequence(sequence), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(deed)

    # what the shell asks

    @property
    def _id(self) -> str:
        return str(self.run_row["id"]) if self.run_row is not None else ""

    @property
    def is_open(self) -> bool:
        """Marks may still be given."""
        return self.run_row is not None and self.run_row["state"] == OPEN

    def title(self) -> str:
        return str(self._place["name"]) if self._place is not None else _("检查")

    def crumbs(self) -> Sequence[str]:
        return [_("检查"), self._list_name] if self.run_row is not None else [_("检查")]

    def badges(self) -> Sequence[BadgeData]:
        if self.run_row is None or self._place is None:
            return ()
        kind = [("wait", "", _(self._place["premises"]))] if self._place["premises"] else []
        return [*kind, *([] if self.is_open else [state_badge(Inspection.flow, self.run_row["state"])])]

    def head_note(self) -> str:
        if self.run_row is None:
            return ""
        return _("{n} 人在场：{names}").format(n=self._inspectors(), names=self.run_row["inspectors"])

    def header_actions(self) -> Sequence[Action]:
        if self.run_row is None:
            return ()
        actions = [Action("print", _("打印记录"), "printer", run=self._print, keep=2)]
        if self.narrow:
            done = sum(1 for stop in self.route.stops if stop.state == "已完成")
            word = _("路线 {done} / {all}").format(done=done, all=len(self.route.stops))
            actions.append(Action("route", word, "map-pin", run=self._toggle_route, keep=3))
        if self.is_open:
            why = self._why_not()
            actions.append(Action("finish", _("完成检查"), "clipboard-check", "primary", "Ctrl+↵", self._finish, not why, 9, why))
        elif self._to_notify():
            actions.append(Action("notices", _("出整改通知书"), "file-text", "primary", "F9", self._issue_notices, keep=9))
        elif (stop := self.route.next_unvisited()) is not None:
            actions.append(Action("next", _("下一家：{name}").format(name=stop.name), "arrow-right", "primary", "F9", self._next, keep=9))
        return actions

    def more_actions(self) -> Sequence[Action]:
        if self.run_row is None:
            return ()
        return [
            Action("dangers", _("隐患整改"), "flame", run=lambda: self._go("table:danger")),
            Action("all", _("全部检查"), "clipboard-check", run=lambda: self._go("table:inspection", id=self._id)),
        ]

    def status(self) -> Sequence[str]:
        if self.run_row is None:
            return ()
        done = len(self.lines) - self.marks.count("")
        return [_("每记一项即存，断电不丢"), _("已记 {done} / {all}").format(done=done, all=len(self.lines))]

    def dirty(self) -> bool:
        return bool(self._notes) or (self._form is not None and self._form.is_touched)

    def arrive(self, **arguments: object) -> None:
        key = arguments.get("id")
        self._show(key if isinstance(key, str) else inspections.run_to_show(self.desk))

    def reload(self) -> None:
        """Nothing that is on its way to the disk is overwritten by what stands there still."""
        if not self.deeds.is_idle:
            self._stale = True
        elif self.run_row is None:
            self._show(inspections.run_to_show(self.desk))
        elif self._form is None or not self._form.is_touched:
            self._read(self._id)

    def take_focus(self) -> None:
        if self.run_row is None:
            self.empty.buttons["start"].setFocus()
        else:
            self.items.setFocus()

    def set_narrow(self, narrow: bool) -> None:
        super().set_narrow(narrow)
        self._restyle()
        self.head_changed.emit()

    def _restyle(self) -> None:
        """Three columns where there is room; else the route waits behind its button and the rest stands under the items."""
        here = look()
        self.route.setFixedWidth(here.u(ROUTE_WIDTH) if not self.narrow else 16_777_215)
        self.route.setVisible(not self.narrow)
        self._middle.show()
        if self.narrow:
            self.route.setMinimumWidth(0)
            self._side_scrolled.hide()
            self._side_scrolled.takeWidget()
            self.items.set_foot(self.side)
            self.side.show()
        elif self._side_scrolled.widget() is None:
            self._side_scrolled.setWidget(self.side)
        self._side_scrolled.setVisible(not self.narrow)
        self._side_scrolled.setFixedWidth(here.u(SIDE_WIDTH))

    def _toggle_route(self) -> None:
        self.route.setVisible(self.route.isHidden())
        self._middle.setVisible(self.route.isHidden())
        (self.items if self.route.isHidden() else self.route).setFocus()

    # one run

    def _show(self, key: str | None) -> None:
        self._close_form()
        self.bar.clear()
        self._notes = {}
        self.run_row = None
        if key is not None:
            self._read(key)
            first = next((line.item for line in self.lines if not self.marks.shown(line.item)), None)
            if self.lines:
                self.items.go_to(first or self.lines[0].item)
        self.pages.setCurrentWidget(self._run if self.run_row is not None else self.empty)
        self.head_changed.emit()
        self.status_changed.emit()

    def _read(self, key: str) -> None:
        try:
            self.run_row = self.desk.get(Inspection, key)
        except Refusal as refusal:
            self.show_error(refusal)
            return
        self._place = self.desk.get(Place, self.run_row["place"])
        self._list_name = str(self.desk.get(ChecklistTemplate, self.run_row["template"])["name"])
        self.lines = inspections.item_lines(self.desk, key)
        self.marks = Marks(self.lines)
        self._dangers = inspections.dangers_of(self.desk, key)
        self.items.show_items(self.lines)
        for line in self.lines:
            self._show_row(line)
        if self.items.current not in self.items.rows and self.lines:
            self.items.go_to(self.lines[0].item)
        self.route.show_stops(inspections.route(self.desk, key), self.run_row["place"], _("今天的路线"))
        self._show_counts()

    def _show_row(self, line: ItemLine) -> None:
        self.items.rows[line.item].show_line(line, self.marks.shown(line.item), self._below(line))

    def _below(self, line: ItemLine) -> str:
        """One small line under an item: its danger, its note; under the current one what it was last time."""
        parts = []
        danger = next((row for row in self._dangers if row["id"] == line.danger), None)
        if danger is not None:
            parts.append(_("隐患 {no} {what}").format(no=str(danger["serial"]).rpartition("-")[2], what=danger["situation"]))
        note = self._notes.get(line.item) or line.note
        if note:
            parts.append(_("说明：{note}").format(note=note))
        if line.item == self.items.current and line.last_mark and line.last_on:
            parts.append(_("上次 {day} {mark}").format(day=days.show_day(line.last_on), mark=_(line.last_mark)))
        return "　".join(parts)

    def _line(self, item: str) -> ItemLine:
        return next(line for line in self.lines if line.item == item)

    def _moved(self, item: str) -> None:
        if self._form is not None:
            self._leave_form()
        for line in self.lines:
            self._show_row(line)
        self._show_counts()

    def _show_counts(self) -> None:
        numbers = {line.item: line.number for line in self.lines}
        self.head.show_marks(self.marks, numbers.get(self.items.current, 0), len(self.lines))
        due = {str(row["due_on"]): days.show_day(row["due_on"][5:]) for row in self._dangers if row["due_on"]}
        words = {day: days.show_day(day).partition("年")[2] for day in due}
        ending = Ending(self._inspectors(), self._dangers, self._why_not(), self.is_open)
        self.side.show_ending(ending, numbers, words)
        self.head_changed.emit()
        self.status_changed.emit()

    def _inspectors(self) -> int:
        names = str(self.run_row["inspectors"]) if self.run_row is not None else ""
        return len([name for name in names.replace("，", "、").split("、") if name.strip()])

    def _why_not(self) -> str:
        """Why the run cannot be finished yet."""
        if left := self.marks.count(""):
            return _("还有 {n} 项没有结果，不能完成").format(n=left)
        bare = self._bare()
        return _("第 {n} 项不合格，还没写部位和情况").format(n=bare.number) if bare is not None else ""

    def _bare(self) -> ItemLine | None:
        """The first failed item without a danger."""
        found = {row["item"] for row in self._dangers}
        return next((line for line in self.lines if self.marks.shown(line.item) == FAIL and line.item not in found), None)

    def _to_notify(self) -> list[str]:
        """The dangers of a finished run that still want a notice."""
        return [row["id"] for row in self._dangers if row["state"] == "登记" and row["handling"] == IN_TIME]
