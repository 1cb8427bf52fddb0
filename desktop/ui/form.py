"""The full-page form of any record type: groups in the order of the paper form, errors under the fields, nothing typed is lost.

Enter goes on, Ctrl+Enter saves, Ctrl+Shift+Enter saves and begins the next with what the definition keeps. What is half typed is
kept as a draft (`drafts.py`). An ID number fills sex and birth; somebody alike is shown before he is entered twice.
"""

from collections.abc import Sequence
from typing import Any

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from desktop.model.errors import Refusal
from desktop.model.kinds import Value
from desktop.model.language import _
from desktop.model.record import Record
from desktop.office import entering, records
from desktop.store.work import Row
from desktop.ui.alikewatch import AlikeWatch
from desktop.ui.drafts import Drafts
from desktop.ui.formfields import FormFields
from desktop.ui.formside import FormSide
from desktop.ui.keys import EnterMoves, PageKey
from desktop.ui.kit.badges import BadgeData
from desktop.ui.kit.buttons import Action
from desktop.ui.kit.cards import Scrolled
from desktop.ui.officepage import OfficePage
from desktop.ui.session import Session


class RecordForm(OfficePage):
    """One record, typed."""

    def __init__(self, session: Session, record: type[Record], parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.record = record
        self.kind = record.__tablename__
        self.row: Row | None = None
        self.scrolled = Scrolled(parent=self)
        self.fields = FormFields(session, record, self.scrolled.viewport())
        self.bindings = self.fields.bindings
        self._typed: set[str] = set()  # fields touched by hand; what is filled in for the clerk never overwrites them
        self._kept: dict[str, Value] = {}
        self._first = next(iter(self.bindings))  # where the keys begin
        self.side = FormSide(session, record, self)
        self.alike = AlikeWatch(self, self.side.alike)
        self.drafts = Drafts(self, session.desk, self.typed_values, self.show_error)
        self._assemble()
        self.enter = EnterMoves(self, [bound.field.editor for bound in self.bindings.values()])
        self.enter.save.connect(self.save)
        self.enter.save_and_new.connect(self.save_and_new)
        self._add_keys()
        QApplication.instance().focusChanged.connect(self._focus_moved)  # type: ignore[union-attr]  # there is one

    def _assemble(self) -> None:
        column = self.column()
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        self.scrolled.hold(self.fields)
        row.addWidget(self.scrolled, 1)
        row.addWidget(self.side)
        column.addLayout(row, 1)
        self.fields.changed.connect(self._changed)
        self.side.print_wanted.connect(lambda paper: self.go("print", paper=paper, ids=(self.row["id"],) if self.row is not None else ()))

    def _add_keys(self) -> None:
        self.take_in_keys(self.enter.keys())
        self.bind_keys(
            (
                PageKey("Ctrl+Return", _("保存"), self.save, ("Ctrl+S",)),
                PageKey("Ctrl+Shift+Return", _("保存并新增"), self.save_and_new),
                PageKey("F8", _("跳到下一处错误"), self.next_mistake),
                PageKey("Ctrl+D", _("这一项照抄上一条"), self.copy_last),
            )
        )

    # what the shell asks

    def title(self) -> str:
        word = _("修改{what}") if self.row is not None else _("新增{what}")
        return word.format(what=_(self.record.label))

    def crumbs(self) -> Sequence[str]:
        return [_(self.record.label)]

    def badges(self) -> Sequence[BadgeData]:
        return ()

    def head_note(self) -> str:
        return _("Esc 返回")

    def header_actions(self) -> Sequence[Action]:
        save = Action("save", _("保存"), "device-floppy", "primary", "Ctrl+↵", run=self.save, keep=9)
        if self.row is not None:
            return [save]
        return [Action("more", _("保存并新增"), "plus", shortcut="Ctrl+Shift+↵", run=self.save_and_new, keep=5), save]

    def status(self) -> Sequence[str]:
        fields, here = list(self.bindings), self.fields.here()
        return [_("第 {n} 项，共 {all} 项").format(n=fields.index(here) + 1 if here else 1, all=len(fields)), _("草稿每 5 秒自动留存")]

    def _focus_moved(self, _old: QWidget | None, _new: QWidget | None) -> None:
        if self.isVisible():
            self.status_changed.emit()
            self._show_progress()

    def dirty(self) -> bool:
        return bool(self._typed)

    def arrive(self, **arguments: object) -> None:
        key = arguments.get("id")
        self.row = records.open_to_correct(self.desk, self.record, key) if isinstance(key, str) else None
        given = arguments.get("values")
        start: dict[str, Value] = dict(given) if isinstance(given, dict) else {}
        begun = entering.beginning(self.desk, self.record) if self.row is None else {}
        self._fill({**begun, **self._kept, **start} if self.row is None else dict(self.row))
        draft = self.drafts.begin(self.kind, self.row["id"] if self.row is not None else "")
        if draft is not None:
            words = _("{time} 有一份没保存的草稿").format(time=draft.at[5:16].replace("T", " "))
            self.say("act", words, _("接着填"), lambda: self._take_draft(draft.values))
        field, why = arguments.get("field"), arguments.get("why")
        self._first = field if isinstance(field, str) and field in self.bindings else next(iter(self.bindings))
        if isinstance(why, str):
            self.bindings[self._first].field.show_word(why, "err")

    def reload(self) -> None:
        """A half-typed form is never overwritten by what happens elsewhere."""

    def take_focus(self) -> None:
        self.bindings[self._first].field.setFocus()

    # values

    def _fill(self, values: dict[str, Any]) -> None:
        self.fields.show_values(values)
        self._typed = set()
        self.bar.clear()
        self.fields.show_notes(is_new=self.row is None)
        self._show_progress()
        self.alike.begin()
        self.head_changed.emit()

    def _show_progress(self) -> None:
        self.side.show_progress(self.bindings, self.row, self.fields.here())

    def values(self) -> tuple[dict[str, Value], dict[str, str]]:
        """What stands in the form, and why some fields cannot be read."""
        return self.fields.values(self.row)

    def _changed(self, key: str) -> None:
        first = not self._typed
        self._typed.add(key)
        values, wrong = self.values()
        self._say_word(key, wrong)
        self._complete(key, values, wrong)
        self._show_progress()
        if first:
            self.head_changed.emit()
        self.status_changed.emit()

    def _say_word(self, key: str, wrong: dict[str, str]) -> None:
        field = self.bindings[key].field
        if key in wrong and not field.editor.hasFocus():
            field.show_word(wrong[key], "err")
        elif key not in wrong and field.tone == "err":
            field.show_word("", "")

    def _complete(self, key: str, values: dict[str, Value], wrong: dict[str, str]) -> None:
        """What is known is not asked: an ID number fills sex and birth; who is alike is shown."""
        if key in wrong:
            return
        filled = entering.complete(self.record, values, self.desk.today)
        for name, value in filled.values.items():
            if name in self.bindings and name not in self._typed and values.get(name) != value:
                self.bindings[name].show(value)
        for name, words in filled.words.items():
            if name in self.bindings:
                self.bindings[name].field.show_word(words, "warn" if name in filled.doubtful else "ok")
        self.alike.look_soon()

    # saving

    def save(self) -> None:
        """Save and go back; with mistakes, the first of them has the keys."""
        self._save(self._saved)

    def save_and_new(self) -> None:
        """Save and begin the next, with what the definition keeps from record to record."""
        if self.row is None:
            self._save(self._saved_and_next)

    def _save(self, then: Any) -> None:
        values, wrong = self.values()
        for mistake in self.record.mistakes(values):
            if mistake.field in self.bindings:
                wrong.setdefault(mistake.field, mistake.why)
        if wrong:
            self._show_wrong(wrong)
            return
        desk, record, row, over = self.desk, self.record, self.row, self.drafts.drop()

        def saved() -> str:
            if row is None:
                key = entering.enter(desk, record, values)
            else:
                changed = {name: value for name, value in values.items() if value != row[name]}
                key = entering.correct(desk, record, row["id"], row["version"], changed)
            over()
            return key

        self.do(_("保存"), saved, then)

    def _show_wrong(self, wrong: dict[str, str]) -> None:
        first = self.fields.show_wrong(wrong)
        label = _(self.record.fields()[first].label)
        lead = _("有 {n} 处要改才能保存：{label} ").format(n=len(wrong), label=label)
        self.say("err", wrong[first], _("跳到这里 F8"), self.next_mistake, lead=lead)
        self._show_progress()
        self._to(first)

    def show_error(self, error: Any) -> None:
        super().show_error(error)
        wrong = {mistake.field: mistake.why for mistake in error.mistakes if mistake.field in self.bindings}
        if wrong:
            self._show_wrong(wrong)
        elif self.row is not None and isinstance(error, Refusal):
            self._offer_theirs(error)

    def _offer_theirs(self, error: Refusal) -> None:
        """Somebody changed the record meanwhile: his values can be taken in under what was typed here."""
        assert self.row is not None
        now = self.desk.get(self.record, self.row["id"])
        if now["version"] != self.row["version"]:
            self.say("warn", str(error), _("看现在的内容，留下我填的"), lambda: self._take_theirs(now))

    def _take_theirs(self, now: Row) -> None:
        self.row = now
        for key, bound in self.bindings.items():
            if key not in self._typed:
                bound.show(now[key])
        self.bar.clear()
        self._show_progress()
        self.take_focus()

    def next_mistake(self) -> None:
        """F8: the next field that cannot stay."""
        key = self.fields.next_wrong()
        if key:
            self._to(key)

    def _to(self, key: str) -> None:
        field = self.bindings[key].field
        field.setFocus()
        self.scrolled.ensureWidgetVisible(field)

    def _saved(self, result: Any) -> None:
        self._done(result)
        self.gone.emit()

    def _saved_and_next(self, result: Any) -> None:
        values, _wrong = self.values()
        self._kept = {key: values.get(key) for key in self.record.keeps if key in self.bindings}
        self._done(result)
        self._fill({**entering.beginning(self.desk, self.record), **self._kept})
        self.drafts.begin(self.kind, "")
        self.take_focus()

    def _done(self, result: Any) -> None:
        self._typed = set()
        self.drafts.end()
        title = self.session.title_of(self.kind, str(result)) if isinstance(result, str) else ""
        self.toast(_("已存：{title}").format(title=title or _(self.record.label)))

    def copy_last(self) -> None:
        """Ctrl+D: the field has what it had in the last record that was entered."""
        key, last = self.fields.here(), entering.last_entered(self.desk, self.record)
        if key and last is not None:
            self.bindings[key].show(last[key])
            self._changed(key)

    # drafts

    def typed_values(self) -> dict[str, Any]:
        """What was typed by hand so far, as the editors have it."""
        return {key: bound.field.value() for key, bound in self.bindings.items() if key in self._typed}

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.drafts.keep()  # the page is left: what it promised to keep is kept now

    def _take_draft(self, typed: dict[str, Any]) -> None:
        for key, value in typed.items():
            if key in self.bindings:
                self.fields.show_typed(key, value)
                self._typed.add(key)
        self.bar.clear()
        self._show_progress()
        self.head_changed.emit()
        self.alike.look_soon()
        self.take_focus()

    def set_narrow(self, narrow: bool) -> None:
        super().set_narrow(narrow)
        self.side.setVisible(not narrow)
