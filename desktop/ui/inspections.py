"""The run of a checklist at a place: 1 2 3 mark and go on, a danger opens under its item, Ctrl+Enter finishes.

Each mark is its own deed and is shown before it is written, so marking keeps pace with the inspector and a power cut loses
nothing that was written. Deeds run in the order of typing; one that is refused puts the old mark back and says why.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.model.errors import Refusal, Said
from desktop.model.inspection import Inspection
from desktop.model.language import _
from desktop.office import inspections
from desktop.office.inspections import RouteStop
from desktop.ui.attachments import FilesCard
from desktop.ui.inspection_marking import Marking
from desktop.ui.inspection_marks import InOrder
from desktop.ui.inspection_side import people
from desktop.ui.inspection_view import RunView
from desktop.ui.keys import PageKey
from desktop.ui.kit.badges import BadgeData
from desktop.ui.kit.buttons import Action
from desktop.ui.kit.cards import EmptyPage
from desktop.ui.officepage import OfficePage
from desktop.ui.rows import state_badge
from desktop.ui.session import Session


class InspectionPage(OfficePage):
    """One run; without one, today's."""

    concerns = ("inspection", "finding", "danger", "place", "attachment")

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._finish_wanted = self._stale = self._knows = False
        self.deeds = InOrder(self)
        self.view = RunView(session.desk)
        self.marking = Marking(session, self.view, self._add, lambda: FilesCard(self))
        start = Action("start", _("开始一次检查"), "clipboard-check", "primary", run=lambda: self._go("form:inspection"))
        lists = Action("list", _("看以前的检查"), kind="link", run=lambda: self._go("table:inspection"))
        self.empty = EmptyPage("clipboard-check", _("今天还没有检查"), _("开始后照检查表一项项记，每记一项就存好"), (start, lists))
        self.pages = QStackedWidget()
        self.pages.addWidget(self.view)
        self.pages.addWidget(self.empty)
        self.column().addWidget(self.pages, 1)
        self._connect()

    def _connect(self) -> None:
        self.marking.told.connect(lambda words: self.say("act", words) if words else self.bar.clear())
        self.marking.form_changed.connect(self.head_changed)
        self.view.changed.connect(self.head_changed)
        self.view.changed.connect(self.status_changed)
        self.view.route.chosen.connect(self._visit)
        self.deeds.refused.connect(self._refused)
        self.deeds.broke.connect(self._show_bug)
        self.deeds.emptied.connect(self._all_written)
        self.take_in_keys(self.view.items.keys())
        self.bind_keys(
            (
                PageKey("Ctrl+Return", _("完成检查"), self._finish, ("Ctrl+Enter",)),
                PageKey("F9", _("出整改通知书，或到下一家"), self._next),
                PageKey("Ctrl+P", _("打印检查记录"), self._print),
                PageKey("Alt+Up", _("路线上的上一家"), partial(self._beside, -1)),
                PageKey("Alt+Down", _("路线上的下一家"), partial(self._beside, 1)),
            )
        )

    # what the shell asks

    def title(self) -> str:
        return str(self.view.place["name"]) if self.view.place is not None else _("检查")

    def crumbs(self) -> Sequence[str]:
        return [_("检查"), self.view.list_name] if self.view.id and not self.narrow else [_("检查")]

    def badges(self) -> Sequence[BadgeData]:
        run, place = self.view.row, self.view.place
        if run is None or place is None:
            return ()
        kind = [("wait", "", _(place["premises"]))] if place["premises"] else []
        return [*kind, *([] if self.view.is_open else [state_badge(Inspection.flow, run["state"])])]

    def head_note(self) -> str:
        if self.view.row is None:
            return ""
        return _("{people}在场：{names}").format(people=people(self.view.inspectors()), names=self.view.row["inspectors"])

    def header_actions(self) -> Sequence[Action]:
        if not self.view.id:
            return ()
        actions = [Action("print", _("打印记录"), "printer", run=self._print, keep=2)]
        stops = self.view.route.stops
        if self.narrow:
            done = sum(1 for stop in stops if stop.state == "已完成")
            word = _("路线 {done} / {all}").format(done=done, all=len(stops))
            actions.append(Action("route", word, "map-pin", run=self.view.toggle_route, keep=3))
        if self.view.is_open:
            why = self.view.why_not()
            actions.append(Action("finish", _("完成检查"), "clipboard-check", "primary", "Ctrl+↵", self._finish, not why, 9, why))
        elif self.view.to_notify():
            actions.append(Action("next", _("出整改通知书"), "file-text", "primary", "F9", self._next, keep=9))
        elif (stop := self.view.route.next_unvisited()) is not None:
            actions.append(Action("next", _("下一家：{name}").format(name=stop.name), "arrow-right", "primary", "F9", self._next, keep=9))
        return actions

    def more_actions(self) -> Sequence[Action]:
        if not self.view.id:
            return ()
        return [
            Action("dangers", _("隐患整改"), "flame", run=lambda: self._go("table:danger")),
            Action("all", _("全部检查"), "clipboard-check", run=lambda: self._go("table:inspection", id=self.view.id)),
        ]

    def status(self) -> Sequence[str]:
        if not self.view.id:
            return ()
        of = len(self.view.lines)
        return [_("每记一项即存，断电不丢"), _("已记 {done} / {all}").format(done=of - self.view.marks.count(""), all=of)]

    def dirty(self) -> bool:
        return bool(self.view.notes) or (self.marking.form is not None and self.marking.form.is_touched)

    def arrive(self, **arguments: object) -> None:
        key = arguments.get("id")
        self._show(key if isinstance(key, str) else inspections.run_to_show(self.desk))
        self.is_fresh = True

    def reload(self) -> None:
        """Nothing that is on its way to the disk is overwritten by what stands there still."""
        if not self.deeds.is_idle:
            self._stale = True
        elif self.view.id:
            self._read(self.view.id)
        else:
            self._show(inspections.run_to_show(self.desk))

    def take_focus(self) -> None:
        (self.view.items if self.view.id else self.empty.buttons["start"]).setFocus()

    def set_narrow(self, narrow: bool) -> None:
        super().set_narrow(narrow)
        self.view.set_narrow(narrow)
        self.head_changed.emit()

    # one run

    def _show(self, key: str | None) -> None:
        self.marking.close_form()
        self.bar.clear()
        self.view.forget()
        if key is not None:
            self._read(key)
            self.view.go_to_first_open()
        self.pages.setCurrentWidget(self.view if self.view.id else self.empty)
        self.head_changed.emit()
        self.status_changed.emit()

    def _read(self, key: str) -> None:
        try:
            self.view.read(key)
        except Refusal as refusal:
            self.show_error(refusal)

    def _visit(self, stop: RouteStop) -> None:
        """The run of a place on the route; where there was none yet it begins, with the same list and people."""
        run, desk = self.view.row, self.desk
        if stop.inspection is not None:
            self._show(stop.inspection)
            if self.narrow and self.view.items.isHidden():
                self.view.toggle_route()
            self.view.items.setFocus()
        elif run is not None:
            start = {"place": stop.place, "template": run["template"], "inspectors": run["inspectors"], "campaign": run["campaign"]}
            self._add(_("开始检查"), lambda: inspections.start_inspection(desk, **start), self._show)

    def _beside(self, by: int) -> None:
        stop = self.view.route.beside(by)
        if stop is None:
            self.say("act", _("路线上没有更后面的了") if by > 0 else _("路线上没有更前面的了"))
        elif stop.inspection is not None:
            self._visit(stop)
        else:
            self.view.route.point_at(stop)

    # deeds, in order

    def _add(
        self, what: str, call: Callable[[], Any], then: Callable[[Any], object], back: Callable[[], object] | None = None,
        *, known: bool = False,
    ) -> None:  # fmt: skip
        """The deed has its turn; what follows on the screen follows only where the run is still the one in sight.

        `known`: with `then` the page shows all that the deed changed, and need not read the run again.
        """
        key = self.view.id

        def done(result: Any) -> None:
            if self.view.id == key:
                then(result)
                self._knows = known
            self.session.told()
            self._knows = False

        def undone() -> None:
            if back is not None and self.view.id == key:
                back()

        self.deeds.add(what, call, done, undone)

    def _heard(self, kinds: object) -> None:
        if not self._knows:
            super()._heard(kinds)

    def _all_written(self) -> None:
        if self._stale:
            self._stale = False
            self.reload()
        if self._finish_wanted:
            self._finish_wanted = False
            self._finish()

    def _refused(self, error: Said) -> None:
        self.show_error(error)
        self.marking.refused(error)

    # finishing

    def _finish(self) -> None:
        """Ctrl+Enter: first what is open, then what is on its way, then the run is complete or says what it lacks."""
        if self.marking.form is not None and self.marking.form.is_touched:
            self.marking.form.submit()
            return
        if not self.view.is_open or not self.deeds.is_idle:
            self._finish_wanted = self.view.is_open
            return
        if why := self.view.why_not():
            self.say("warn", why)
            bare = self.view.bare()
            if self.view.marks.count("") or bare is None:
                self.view.go_to_first_open()
            else:
                self.view.items.go_to(bare.item)
                self.marking.open_danger(bare.item)
            return
        desk, key = self.desk, self.view.id
        self._add(_("完成检查"), lambda: inspections.finish_inspection(desk, key), self._finished)

    def _finished(self, to_notify: list[str]) -> None:
        self.marking.close_form()
        found = len(self.view.dangers)
        if to_notify:
            words = _("检查完成，{found} 处隐患，其中 {n} 处要出整改通知书").format(found=found, n=len(to_notify))
            self.say("ok", words, _("出整改通知书 F9"), self._issue_notices)
        else:
            self.say("ok", _("检查完成，没有要出的整改通知书"), _("打印记录"), self._print)

    def _next(self) -> None:
        """F9: the notices of a finished run, else the next place of the route."""
        stop = self.view.route.next_unvisited()
        if not self.view.id:
            return
        if self.view.is_open:
            self.say("act", _("这一家还没查完：每项记了结果，按 Ctrl+Enter 完成，再出通知书"))
        elif self.view.to_notify():
            self._issue_notices()
        elif stop is not None:
            self._visit(stop)
        else:
            self.say("ok", _("这条路线走完了，没有要出的通知书"))

    def _issue_notices(self) -> None:
        desk, ids = self.desk, tuple(self.view.to_notify())
        if ids:
            self._add(_("出整改通知书"), lambda: [inspections.issue_notice(desk, key) for key in ids],
                      lambda _numbers: self._go("print", paper="notice", ids=ids))  # fmt: skip

    # other pages

    def _print(self) -> None:
        if self.view.id:
            self._go("print", paper="inspection", ids=(self.view.id,))

    def _go(self, key: str, **arguments: object) -> None:
        window: Any = self.window()
        window.go(key, **arguments)

    def event(self, event: QEvent) -> bool:
        # Esc puts an open form away before it leads back to the list.
        asked = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if asked and self.marking.form is not None:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.marking.form is not None:
            self.marking.give_up()
            return
        super().keyPressEvent(event)
