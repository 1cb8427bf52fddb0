"""成批修改: which field, which value, and the list of who would change from what to what, before one transaction does it."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.model.errors import Refusal
from desktop.model.kinds.tags import Tags
from desktop.model.language import _
from desktop.model.record import Record
from desktop.office import bulk
from desktop.office.bulk import Change, Changed, How, Planned
from desktop.ui.editors import Binding, binding
from desktop.ui.keys import EnterMoves, PageKey
from desktop.ui.kit.badges import BadgeData
from desktop.ui.kit.buttons import Action
from desktop.ui.kit.cards import Card, Scrolled
from desktop.ui.kit.choices import Choice
from desktop.ui.kit.fields import LabelledField
from desktop.ui.look import follow, look
from desktop.ui.officepage import OfficePage
from desktop.ui.session import Session
from desktop.ui.tablemodel import Column, ListPages, Row
from desktop.ui.tableview import ListView

LEAST_ROWS = 5


def word_of(how: How) -> str:
    """What is done with the field, as the list offers it."""
    return {How.SET: _("换成"), How.ADD: _("加上"), How.DROP: _("去掉"), How.CLEAR: _("清空")}[how]


def columns() -> list[Column]:
    """What is said of each record."""
    return [
        Column("title", _("谁、什么"), 200, kind="name", sortable=False),
        Column("fate", _("结果"), 96, kind="badges", sortable=False),
        Column("before", _("现在"), 240, kind="muted", sortable=False, priority=3),
        Column("after", _("改成，或为什么不改"), 300, stretch=True, sortable=False),
    ]


def badge(one: Planned) -> BadgeData:
    """The fate of a record as its badge."""
    if one.why_not:
        return "err", "alert-octagon", _("不改")
    return ("act", "edit", _("修改")) if one.changes else ("wait", "check", _("相同"))


class BulkPage(OfficePage):
    """One field of the ticked records."""

    def __init__(self, session: Session, record: type[Record], parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.record, self.kind = record, record.__tablename__
        self.ids: tuple[str, ...] = ()
        self.planned: list[Planned] = []
        self.change: Change | None = None
        self.bound: Binding | None = None
        self._then: Callable[[Changed], object] | None = None
        self.fields = {spec.key: spec for spec in bulk.changeable(session.desk, record)}
        self.field = Choice([(key, _(spec.label)) for key, spec in self.fields.items()], empty=_("选一项"))
        self.how = Choice([], empty=None)
        self.asked = Card(_("改什么"), "edit", _("号码、姓名和不能重复的，只能逐条改"))
        self.listed = Card(_("谁会改"), "list-check")
        self.list = ListView(ListPages(columns(), []), ticks=False)
        self._assemble()
        self.enter = EnterMoves(self, [self.field, self.how])
        self.enter.save.connect(self.run_it)
        self.field.changed.connect(lambda _key: self._choose_field())
        self.how.changed.connect(lambda _key: self._choose_how())
        self.bind_keys([PageKey("Ctrl+Return", _("照清单改"), self.run_it, ("Ctrl+S",))])

    def _assemble(self) -> None:
        column, body = self.column(), QWidget()
        self._body = QVBoxLayout(body)
        self._row, self._first = QBoxLayout(QBoxLayout.Direction.LeftToRight), QHBoxLayout()
        self._first.addWidget(LabelledField(_("字段"), self.field), 1)
        self._first.addWidget(LabelledField(_("怎样改"), self.how), 1)
        self._place = QVBoxLayout()
        self._row.addLayout(self._first, 2)
        self._row.addLayout(self._place, 3)
        self.asked.add(self._row)
        self.listed.add_wide(self.list, 1)
        self._body.addWidget(self.asked)
        self._body.addWidget(self.listed, 1)
        column.addWidget(Scrolled(body), 1)
        follow(self, self._restyle)

    # what the shell asks

    def title(self) -> str:
        return _("成批修改{what}").format(what=_(self.record.label))

    def subtitle(self) -> str:
        return _("勾选的 {n} {unit}").format(n=len(self.ids), unit=_(self.record.unit))

    def crumbs(self) -> Sequence[str]:
        return [_(self.record.label)]

    def head_note(self) -> str:
        return _("Esc 返回")

    def header_actions(self) -> Sequence[Action]:
        n = self._changing()
        word = _("修改 {n} {unit}").format(n=n, unit=_(self.record.unit))
        return [Action("run", word, "check", "primary", "Ctrl+↵", run=self.run_it, enabled=bool(n), keep=9)]

    def status(self) -> Sequence[str]:
        refused = sum(bool(one.why_not) for one in self.planned)
        same = len(self.planned) - self._changing() - refused
        return [f"{_('修改')} {self._changing()}", f"{_('相同')} {same}", f"{_('不改')} {refused}"] if self.planned else []

    def _changing(self) -> int:
        return sum(one.changes for one in self.planned)

    def arrive(self, **arguments: object) -> None:
        ids, then = arguments.get("ids"), arguments.get("then")
        self.ids = tuple(ids) if isinstance(ids, tuple) else ()
        self._then = then if callable(then) else None
        field = arguments.get("field")
        self.field.set_value(field if isinstance(field, str) else "")
        self._choose_field()

    def reload(self) -> None:
        """The list is made anew with what holds now."""
        self._plan()

    def take_focus(self) -> None:
        (self.bound.field if self.bound is not None else self.field).setFocus()

    # choosing

    def _choose_field(self) -> None:
        spec = self.fields.get(self.field.value())
        self.how.set_options([(how.name, word_of(how)) for how in (bulk.ways(spec) if spec else [])])
        self.how.setCurrentIndex(0)
        self.how.setEnabled(spec is not None)
        if self.bound is not None:
            self.bound.field.hide()
            self.bound.field.deleteLater()
            self.bound = None
        if spec is not None:
            self.bound = binding(spec, self.session, required=False)
            self.bound.field.changed.connect(self._plan)
            self._place.addWidget(self.bound.field)
        self._choose_how()

    def _choose_how(self) -> None:
        order: list[QWidget] = [self.field, self.how]
        if self.bound is not None:
            self.bound.field.setVisible(self.how.value() != How.CLEAR.name)
            order.append(self.bound.field.editor)
        self.enter.set_order(order)
        self._plan()

    def wanted(self) -> Change | None:
        """What was chosen; nothing while something is still open. Raises Refusal when the value cannot be read."""
        if self.bound is None:
            return None
        how, key = How[self.how.value()], self.field.value()
        if how is How.CLEAR:
            return Change(key, how)
        if isinstance(self.bound.kind, Tags):
            words = tuple(self.bound.editor.value())
            return Change(key, how, words=words) if words else None
        value = self.bound.read()
        return Change(key, how, value) if value is not None else None

    def _plan(self) -> None:
        try:
            self.change = self.wanted()
        except Refusal as refusal:
            self.change = None
            assert self.bound is not None
            self.bound.field.show_word(refusal.what, "err")
        if self.change is None:
            self._show([])
            return
        desk, record, ids, change = self.desk, self.record, self.ids, self.change
        self.ask(_("列出会改的"), lambda: (change, bulk.plan(desk, record, ids, change)), lambda made: self._show_planned(*made))

    def _show_planned(self, change: Change, planned: list[Planned]) -> None:
        if change == self.change:
            self._show(planned)

    def _show(self, planned: list[Planned]) -> None:
        self.planned = planned
        order = sorted(planned, key=lambda one: (not one.why_not, not one.changes))  # what is refused is seen first
        rows: list[Row] = [
            {"id": one.id, "title": one.title, "fate": [badge(one)], "before": one.before or "—",
             "after": one.why_not or (one.after or "—" if one.changes else "")} for one in order
        ]  # fmt: skip
        self.list.show_pages(ListPages(columns(), rows))
        self.head_changed.emit()
        self.status_changed.emit()

    # doing

    def run_it(self) -> None:
        """All of the list that changes, in one transaction; then back to where the rows were ticked."""
        if self.change is None or not self._changing() or self.reads.is_busy:
            return
        desk, record, change, planned = self.desk, self.record, self.change, list(self.planned)
        self.do(_("成批修改"), lambda: bulk.change_many(desk, record, change, planned), self._changed)

    def _changed(self, done: Changed) -> None:
        then = self._then
        self.gone.emit()
        if then is not None:
            then(done)

    def show_error(self, error: Any) -> None:
        super().show_error(error)
        self._plan()  # somebody changed one of them: the list shows it as it is now

    def set_narrow(self, narrow: bool) -> None:
        super().set_narrow(narrow)
        self._restyle()

    def _restyle(self) -> None:
        here = look()
        self._body.setContentsMargins(here.u(16), here.u(4), here.u(16), here.u(10))
        self._body.setSpacing(here.u(10))
        self._row.setSpacing(here.u(12))
        self._first.setSpacing(here.u(12))
        way = QBoxLayout.Direction.TopToBottom if self.narrow else QBoxLayout.Direction.LeftToRight
        self._row.setDirection(way)
        self.list.setMinimumHeight(here.row * LEAST_ROWS)
