"""记服务: the form of an activity with all who came: one entry for thirty people.

People are added one by one by name, by unit, or as last time; the hours are typed once for all. Saving writes the activity and a
service for each person in one deed; whoever is booked elsewhere that day is named, not refused.
"""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from desktop.model import names
from desktop.model.activity import Activity, Service
from desktop.model.errors import Refusal
from desktop.model.kinds import Value
from desktop.model.language import _
from desktop.model.person import ROLES, Person
from desktop.office.activities import Recorded, again, last_activity, people_in_role, record_activity, usual_service
from desktop.store.page import Filter, Listing, every
from desktop.ui.crowd import Crowd
from desktop.ui.editors import Binding, binding
from desktop.ui.form import RecordForm
from desktop.ui.keys import keys_of
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.cards import Card
from desktop.ui.kit.fields import LabelledField
from desktop.ui.kit.picker import Found, ReferencePicker
from desktop.ui.kit.text import Label
from desktop.ui.session import Session

PEOPLE = "people"  # in the draft, beside the fields


class ActivityForm(RecordForm):
    """An activity and everybody who came."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, Activity, parent)
        self.crowd = Crowd(lambda key: session.title_of("person", key))
        self.crowd.changed.connect(self._crowd_touched)
        self.came = Card(_("参加人员"), "users", note=_("一次登记，每人一条服务记录"))
        self.picker = ReferencePicker(session.search_for("person"), _("输入姓名、拼音，Enter 加一人"))
        self.picker.chosen.connect(self._picked)
        self.unit = ReferencePicker(session.search_for("organisation"), _("选单位，加它的全部人员"))
        self.unit.chosen.connect(self._add_unit)
        self.role = ReferencePicker(_roles, _("选类别，加这一类的人"))
        self.role.chosen.connect(self._add_role)
        last = Button(_("照上次名单"), "history", shortcut="Ctrl+D")
        last.clicked.connect(self._add_last)
        self.minutes = self._service_field("minutes")
        self.volunteering = self._service_field("volunteering")
        self.count = Label("", "caption", "text2")
        self._assemble_came(last)
        self.enter.set_order(self._order())
        self._last_button_in_order(last)

    def _order(self) -> list[QWidget]:
        """As the page stands: what it was, who came, then the rest."""
        first = [spec.key for spec in next(iter(self.record.groups().values()))]
        editors = {key: bound.field.editor for key, bound in self.bindings.items()}
        came = [self.minutes.field.editor, self.volunteering.field.editor, self.picker, self.unit, self.role]
        return [*(editors[key] for key in first), *came, *(editor for key, editor in editors.items() if key not in first)]

    def _last_button_in_order(self, last: Button) -> None:
        """Tab comes to the button after the pickers beside which it stands."""
        order = self._order()
        QWidget.setTabOrder(self.role, last)
        QWidget.setTabOrder(last, keys_of(order[order.index(self.role) + 1]))

    def _service_field(self, key: str) -> Binding:
        bound = binding(Service.fields()[key], self.session, required=True)
        bound.field.changed.connect(partial(self._touched, key))
        return bound

    def _touched(self, key: str) -> None:
        self._typed.add(key)
        self.head_changed.emit()

    def _assemble_came(self, last: Button) -> None:
        row = QHBoxLayout()
        row.addWidget(self.minutes.field, 1)
        row.addWidget(self.volunteering.field, 1)
        self.came.add(row)
        add = QHBoxLayout()
        add.addWidget(LabelledField(_("加人"), self.picker), 2)
        add.addWidget(LabelledField(_("按单位加"), self.unit), 2)
        add.addWidget(LabelledField(_("按类别加"), self.role), 1)
        add.addWidget(last, 0, Qt.AlignmentFlag.AlignBottom)
        self.came.add(add)
        self.came.add(self.crowd)
        self.came.add_to_head(self.count)
        self.fields.body.insertWidget(1, self.came)
        self._show_count()

    def arrive(self, **arguments: object) -> None:
        super().arrive(**arguments)
        self._forget_people()
        self.came.setVisible(self.row is None)
        self.minutes.show(None)
        self.volunteering.show(None)
        source = arguments.get("again")
        if isinstance(source, str):
            values, people = again(self.desk, source, held_on=self.desk.today)
            self._fill(dict(values))
            self._add_people(people)
            self._as_served(source)
        chosen, unit = arguments.get("people"), arguments.get("unit")
        self.crowd.add(chosen if isinstance(chosen, tuple) else self._people_of(unit) if isinstance(unit, str) else ())
        self._show_count()

    # people

    @property
    def people(self) -> dict[str, str]:
        """Who came: id → name."""
        return self.crowd.people

    def _picked(self, key: str) -> None:
        if key:
            self._add_people([key])
            self.picker.set_value("", "")
            self.picker.setFocus()

    def _add_unit(self, unit: str) -> None:
        if not unit:
            return
        self._add_people(self._people_of(unit))
        self.unit.set_value("", "")

    def _people_of(self, unit: str) -> list[str]:
        listing = Listing(Person, (Filter("employer", "is", (unit,)),), community=self.desk.community)
        with self.desk.books.read() as conn:
            return [row["id"] for row in every(conn, listing)]

    def _add_role(self, role: str) -> None:
        if role:
            self.role.set_value("", "")
            try:  # at once: who saves in the same breath must not save without them
                self._add_people(people_in_role(self.desk, role))
            except Refusal as refusal:
                self.show_error(refusal)

    def _add_last(self) -> None:
        """Whoever came last time, for as long as last time; what stands there already is left."""
        last = last_activity(self.desk)
        if last is None:
            self.say("act", _("还没有上一次活动"))
            return
        self._add_people(again(self.desk, last, held_on=self.desk.today)[1])
        self._as_served(last)

    def _as_served(self, activity: str) -> None:
        usual = usual_service(self.desk, activity)
        for bound, value in zip((self.minutes, self.volunteering), usual or (), strict=False):
            if not bound.field.value():
                bound.show(value)
                self._touched(bound.spec.key)

    def _add_people(self, keys: Sequence[str]) -> None:
        self.crowd.add(keys)
        if keys:
            self._typed.add(PEOPLE)
        self._show_count()

    def _crowd_touched(self) -> None:
        self._typed.add(PEOPLE)
        self._show_count()

    def _forget_people(self) -> None:
        self.crowd.show_only(())
        self._show_count()

    def _show_count(self) -> None:
        self.count.setText(_("{n} 人").format(n=len(self.people)))

    def copy_last(self) -> None:
        """Ctrl+D among the people brings those of last time; elsewhere it copies the field."""
        if self.came.isAncestorOf(QApplication.focusWidget() or self):
            self._add_last()
        else:
            super().copy_last()

    def _changed(self, key: str) -> None:
        """From when to when says for how long."""
        super()._changed(key)
        if key in ("starts_at", "ends_at") and "minutes" not in self._typed:
            start, end = (self._clock(name) for name in ("starts_at", "ends_at"))
            if start is not None and end is not None and end > start:
                self.minutes.show(end - start)

    def _clock(self, key: str) -> int | None:
        """The minute of the day that stands there; nothing while it is half typed."""
        try:
            hour, _colon, minute = str(self.bindings[key].read() or "").partition(":")
        except Refusal:
            return None
        return int(hour) * 60 + int(minute) if hour else None

    # drafts

    def typed_values(self) -> dict[str, Any]:
        typed = super().typed_values()
        for bound in (self.minutes, self.volunteering):
            if bound.spec.key in self._typed:
                typed[bound.spec.key] = bound.field.value()
        chosen = PEOPLE in self._typed or (typed and self.people)  # who was chosen before the form opened is nothing typed yet
        return {**typed, PEOPLE: list(self.people)} if chosen else typed

    def _take_draft(self, typed: dict[str, Any]) -> None:
        super()._take_draft(typed)
        for bound in (self.minutes, self.volunteering):
            if bound.spec.key in typed:
                bound.field.set_value(str(typed[bound.spec.key]))
                self._typed.add(bound.spec.key)
        self._add_people(typed.get(PEOPLE, []))

    # saving

    def _save(self, then: Any) -> None:
        if self.row is not None or not self.people:
            super()._save(then)
            return
        values, wrong = self.values()
        wrong |= {mistake.field: mistake.why for mistake in Activity.mistakes(values) if mistake.field in self.bindings}
        if wrong:
            self._show_wrong(wrong)
            return
        minutes, volunteering = self._read(self.minutes), self._read(self.volunteering)
        if minutes is None or volunteering is None:
            return
        desk, people = self.desk, list(self.people)
        about: dict[str, Any] = dict(values)
        over = self.drafts.drop()

        def saved() -> Recorded:
            recorded = record_activity(desk, people=people, minutes=int(minutes), volunteering=bool(volunteering), **about)
            over()
            return recorded

        self.do(_("保存"), saved, lambda recorded: self._recorded(recorded, then))

    def _read(self, bound: Binding) -> Value:
        if bound.field.check():
            bound.field.setFocus()
            return None
        try:
            return bound.read()
        except Refusal as refusal:
            bound.field.show_word(refusal.what, "err")
            bound.field.setFocus()
            return None

    def _recorded(self, recorded: Recorded, then: Any) -> None:
        self._forget_people()
        then(recorded.activity)
        window: Any = self.window()
        page = window.current_page() if hasattr(window, "current_page") else self
        if recorded.warnings and hasattr(page, "say"):
            page.say("warn", "；".join(recorded.warnings), lead=_("已登记，请看一眼："))


def _roles(typed: str) -> list[Found]:
    """The roles that a few letters find, all of them for none."""
    word = names.normal_form(typed)
    return [(role, _(role), "") for role in ROLES.split() if any(word in token for token in names.search_tokens(_(role)))]
