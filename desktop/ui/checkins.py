"""报到: one member, or a unit with everybody who came with it: one entry for twenty people.

The members of the chosen unit who do not stand reported are put down at once; who stayed away is taken off. Those whom the ledger
does not know yet are typed or pasted one a line. Saving writes all of it in one deed.
"""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.model.checkin import CheckIn
from desktop.model.errors import Refusal
from desktop.model.kinds import Value
from desktop.model.language import _
from desktop.office.checkins import UNIT, UnitReported, check_in_unit_with_members, not_yet
from desktop.office.people import read_lines
from desktop.ui.crowd import Crowd
from desktop.ui.form import RecordForm
from desktop.ui.kit.cards import Card
from desktop.ui.kit.fields import LabelledField
from desktop.ui.kit.lines import LongEdit
from desktop.ui.kit.picker import ReferencePicker
from desktop.ui.kit.text import Label
from desktop.ui.session import Session

PEOPLE, NEWCOMERS = "people", "newcomers"  # in the draft, beside the fields
LONGEST = 4_000  # characters of pasted lines


class CheckInForm(RecordForm):
    """A report, and with a unit its members."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, CheckIn, parent)
        self._unit = ""
        self.members = Card(_("一起报到的党员"), "users", note=_("每人一个回执编号；不来的按 Delete 去掉"))
        self.crowd = Crowd(lambda key: session.title_of("person", key))
        self.picker = ReferencePicker(session.search_for("person"), _("输入姓名、拼音，Enter 加一人"))
        self.newcomers = LabelledField(
            _("还没登记的"), LongEdit(LONGEST), hint=_("一行一个：姓名，后面可跟证件号码、手机；可从表格里粘贴。记作这个单位的机关党员")
        )
        self.count = Label("", "caption", "text2")
        self._assemble_members()
        self.crowd.changed.connect(self._crowd_touched)
        self.picker.chosen.connect(self._picked)
        self.newcomers.changed.connect(self._newcomers_typed)
        self.enter.set_order(self._order())

    def _assemble_members(self) -> None:
        self.members.add_to_head(self.count)
        self.members.add(self.crowd)
        row = QHBoxLayout()
        row.addWidget(LabelledField(_("再加一人"), self.picker), 2)
        row.addWidget(self.newcomers, 3)
        self.members.add(row)
        self.fields.body.insertWidget(1, self.members)

    def _order(self) -> list[QWidget]:
        """As the page stands: the report, who came with it, then the rest."""
        first = [spec.key for spec in next(iter(self.record.groups().values()))]
        editors = {key: bound.field.editor for key, bound in self.bindings.items()}
        came = [self.picker, self.newcomers.editor]
        return [*(editors[key] for key in first), *came, *(editor for key, editor in editors.items() if key not in first)]

    def arrive(self, **arguments: object) -> None:
        super().arrive(**arguments)
        self._unit = ""
        self.crowd.show_only(())
        self.newcomers.set_value("")
        self._follow_unit()

    # the unit and its members

    @property
    def is_unit(self) -> bool:
        """A unit reports, with whoever came along; a report that is corrected is one report."""
        return self.row is None and self.bindings["who"].read() == UNIT

    def _changed(self, key: str) -> None:
        super()._changed(key)
        if key in ("who", "employer"):
            self._follow_unit()

    def _follow_unit(self) -> None:
        """Another unit brings other members; one member alone needs no crowd."""
        whole = self.is_unit
        self.members.setVisible(whole)
        self.bindings["person"].field.setEnabled(not whole)
        unit = str(self.bindings["employer"].read() or "") if whole else ""
        if unit != self._unit:
            self._unit = unit
            self.crowd.show_only(not_yet(self.desk, unit) if unit else ())
        self._show_count()

    def _picked(self, key: str) -> None:
        if key:
            self.crowd.add([key])
            self.picker.set_value("", "")
            self._crowd_touched()

    def _crowd_touched(self) -> None:
        self._touch(PEOPLE)

    def _newcomers_typed(self) -> None:
        self._touch(NEWCOMERS)

    def _touch(self, what: str) -> None:
        self._typed.add(what)
        self._show_count()
        self.head_changed.emit()

    def _show_count(self) -> None:
        lines = [line for line in str(self.newcomers.value()).splitlines() if line.strip()]
        self.count.setText(_("{n} 人").format(n=len(self.crowd.people) + len(lines)))

    # drafts

    def typed_values(self) -> dict[str, Any]:
        typed = super().typed_values()
        if {PEOPLE, NEWCOMERS} & self._typed:
            typed |= {PEOPLE: list(self.crowd.people), NEWCOMERS: self.newcomers.value()}
        return typed

    def _take_draft(self, typed: dict[str, Any]) -> None:
        super()._take_draft(typed)
        self._follow_unit()
        if PEOPLE in typed:
            self.crowd.show_only(typed[PEOPLE])
            self.newcomers.set_value(typed[NEWCOMERS])
            self._typed |= {PEOPLE, NEWCOMERS}
        self._show_count()

    # saving

    def _save(self, then: Any) -> None:
        if not self.is_unit:
            super()._save(then if self.row is not None else partial(self._member_reported, then))
            return
        values, wrong = self.values()
        wrong |= {key: _("必填") for key in ("employer", "reported_on") if not values.get(key)}
        if wrong:
            self._show_wrong(wrong)
            return
        desk, people = self.desk, list(self.crowd.people)
        try:
            newcomers = read_lines(str(self.newcomers.value()), desk.today)
        except Refusal as refusal:
            self.newcomers.show_word(f"{refusal.record}：{refusal.what}", "err")
            self.newcomers.setFocus()
            return
        rest: dict[str, Value] = {key: value for key, value in values.items() if key not in ("who", "person", "employer", "reported_on")}
        unit, day, over = str(values["employer"]), str(values["reported_on"]), self.drafts.drop()

        def saved() -> UnitReported:
            reported = check_in_unit_with_members(desk, employer=unit, people=people, newcomers=newcomers, reported_on=day, **rest)
            over()
            return reported

        self.do(_("保存"), saved, lambda reported: self._reported(reported, then))

    def _reported(self, reported: UnitReported, then: Any) -> None:
        self.crowd.show_only(())
        self.newcomers.set_value("")
        self._unit = ""
        slips = (*([reported.unit] if reported.unit else []), *reported.members)
        then(slips[0])
        self._follow_unit()
        self._offer_slips(slips, _("已报到 {n} 份，新登记 {new} 人").format(n=len(slips), new=reported.newcomers))

    def _member_reported(self, then: Any, key: Any) -> None:
        then(key)
        self._offer_slips((str(key),), _("已报到：{title}").format(title=self.session.title_of(self.kind, str(key))))

    def _offer_slips(self, slips: Sequence[str], words: str) -> None:
        """Where the clerk is now: the slips of who has just reported are one press away."""
        window: Any = self.window()
        page = window.current_page() if hasattr(window, "current_page") else self
        if hasattr(page, "say") and self.desk.may("paper.print"):
            page.say("ok", words, _("打印回执"), lambda: page.go("print", paper="slip", ids=tuple(slips)))
