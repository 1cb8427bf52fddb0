"""Marking a run: what 1 2 3, G, N, P and Enter do, each as a deed in its turn and seen at once.

The forms that open under an item live here too. A deed that is refused puts the old mark back, or opens its form again
with what was typed; the page says why.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from desktop.model.errors import Refusal, Said
from desktop.model.inspection import ChecklistItem, Danger, Finding, Inspection
from desktop.model.kinds import Value
from desktop.model.language import _
from desktop.model.place import Place
from desktop.model.record import Record
from desktop.office import attachments, inspections, records
from desktop.office.inspections import FAIL, PASS
from desktop.ui.attachments import FilesCard
from desktop.ui.enclosing import File, pick_pictures
from desktop.ui.inspection_danger import DangerForm, DangerStart
from desktop.ui.inspection_note import FilesForm, NoteForm
from desktop.ui.inspection_view import RunView
from desktop.ui.session import Session


class Add(Protocol):
    """How the page takes a deed: what it is called, what runs, what follows, what is undone when it is refused; whether what follows
    shows all that it changed."""

    def __call__(
        self, what: str, call: Callable[[], Any], then: Callable[[Any], object], back: Callable[[], object] | None = None,
        *, known: bool = False,
    ) -> None: ...  # fmt: skip


class Marking(QObject):
    """The hand that marks; `view` shows, `add` runs the deeds in their order."""

    told = Signal(str)  # a word for the bar; empty when the bar is to be cleared
    form_changed = Signal()

    def __init__(self, session: Session, view: RunView, add: Add, card: Callable[[], FilesCard]) -> None:
        super().__init__(view)
        self.session, self.view = session, view
        self._add, self._card = add, card
        self.form: DangerForm | NoteForm | FilesForm | None = None
        view.items.photo_wanted.connect(self.add_photos)
        view.side.files_wanted.connect(self.open_files)
        view.changed.connect(self._count_photos)
        view.items.marked.connect(self.mark)
        view.items.note_wanted.connect(self.open_note)
        view.items.danger_wanted.connect(self.open_danger)
        view.items.rest_wanted.connect(self.mark_rest)
        view.item_left.connect(self.leave_form)

    def refused(self, error: Said) -> None:
        """Why the form that is open came to nothing."""
        if isinstance(self.form, DangerForm) and isinstance(error, Refusal):
            self.form.show_mistakes(error)

    def _may_mark(self) -> bool:
        if self.view.is_open:
            return True
        self.told.emit(_("这次检查已完成，不能再改；要改去“隐患整改”"))
        return False

    def mark(self, item: str, mark: str) -> None:
        """The mark is shown now and written behind; 不合格 opens its danger, the others go on to the next item."""
        view, desk, key = self.view, self.session.desk, self.view.id
        if not self._may_mark():
            view.show_row(item)
            return
        self.told.emit("")
        note = view.notes.pop(item, None)
        marks = view.marks
        marks.give(item, mark)
        self._add(
            _("记结果"), lambda: inspections.mark_item(desk, key, item, mark, note=note),
            lambda finding: self._kept(item, mark, note, str(finding)), lambda: self._arrived(item, partial(marks.refuse, item)),
            known=True,
        )  # fmt: skip
        view.show_row(item)
        view.show_counts()
        if mark == FAIL:
            self.open_danger(item)
        else:
            view.items.step(1)

    def _kept(self, item: str, mark: str, note: str | None, finding: str) -> None:
        """The mark is on the disk; the run has nothing else that is new."""
        self.view.take_mark(item, mark, note, finding)
        self._arrived(item, partial(self.view.marks.keep, item, mark))

    def _arrived(self, item: str, settle: Callable[[], None]) -> None:
        settle()
        self.view.show_row(item)
        self.view.show_counts()

    def mark_rest(self, section: str) -> None:
        """G: every item of the section without a mark is 合格."""
        view, desk, key, marks = self.view, self.session.desk, self.view.id, self.view.marks
        rest = [line.item for line in view.lines if line.section == section and not marks.shown(line.item)]
        if not self._may_mark() or not rest:
            return
        for item in rest:
            marks.give(item, PASS)
            view.show_row(item)

        def settle(one: Callable[[str], None]) -> None:
            for item in rest:
                self._arrived(item, partial(one, item))

        self._add(
            _("本段其余全合格"), lambda: inspections.mark_rest_of_section(desk, key, section),
            lambda _n: settle(lambda item: marks.keep(item, PASS)), lambda: settle(marks.refuse),
        )  # fmt: skip
        view.show_counts()
        if view.marks.count(""):
            view.go_to_first_open()
        else:
            view.items.go_to(rest[-1])
            view.items.step(1)

    def _open(self, item: str, form: DangerForm | NoteForm | FilesForm) -> None:
        self.close_form()
        self.form = form
        form.given_up.connect(self.give_up)
        self.view.items.open_under(item, form)
        form.take_focus()
        self.form_changed.emit()

    def open_danger(self, item: str, typed: Mapping[str, Value] | None = None, files: Sequence[File] = ()) -> None:
        """The danger of a failed item, to be written or looked at; with what was typed and chosen when its deed was refused."""
        view = self.view
        if view.marks.shown(item) != FAIL or view.row is None or view.place is None or not self._may_mark():
            return
        line, row = view.line(item), view.danger_of(item)
        keeper = Place.fields()["keeper"].kind.mask(view.place["keeper"])
        kind = row["danger_kind"] if row is not None else self.session.desk.get(ChecklistItem, line.item)["danger_kind"]
        due = self.session.desk.due("danger.fix_days", view.row["inspected_on"])
        form = DangerForm(self.session, DangerStart(row, kind or "", view.row["inspected_on"], due, keeper, typed or {}))
        form.waiting.show_files(files)
        form.show_photos(view.photo_count(row["id"]) if row is not None else 0)
        form.photos_wanted.connect(partial(self._photos_of_form, item))
        form.kept.connect(partial(self._keep_danger, item))
        form.deleted.connect(partial(self._drop_danger, item))
        form.grew.connect(view.items.bring_form)
        self._open(item, form)

    def _keep_danger(self, item: str, values: dict[str, Value]) -> None:
        """The form goes and the keys go on at once; a deed that is refused opens it again with what was typed."""
        desk, key, row = self.session.desk, self.view.id, self.view.danger_of(item)
        files = list(self.form.waiting.files) if isinstance(self.form, DangerForm) else []

        def call() -> object:
            if row is not None:
                return records.correct(desk, Danger, row["id"], row["version"], **values)
            # mypy cannot see that the form asks `situation` and never calls a value `inspection`, `item` or `files`
            return inspections.register_danger(desk, inspection=key, item=item, files=files, **values)  # type: ignore[arg-type]

        def again() -> None:
            self.view.items.go_to(item)
            self.open_danger(item, values, files)

        self.close_form()
        if self.view.items.current == item:
            self.view.items.step(1)
        self._add(_("记下隐患"), call, lambda _r: None, again)

    def _drop_danger(self, item: str) -> None:
        desk, row = self.session.desk, self.view.danger_of(item)
        if row is not None:
            self._add(_("删去隐患"), lambda: records.end(desk, Danger, row["id"], because=records.WRONG), lambda _r: self.give_up())

    def add_photos(self, item: str) -> None:
        """P: pictures for the danger of the item, written already or just being written; without one, for the run."""
        files = pick_pictures(self.view)
        row, form, key = self.view.danger_of(item), self.form, self.view.id
        if not files or not key:
            return
        if row is None and isinstance(form, DangerForm):
            form.waiting.add(files)
            form.take_focus()
            return
        desk, (record, on) = self.session.desk, (Danger, row["id"]) if row is not None else (Inspection, key)
        told = _("照片 {n} 张附在了这一项的隐患上") if row is not None else _("照片 {n} 张附在了这次检查上")
        self._add(
            _("加照片"), lambda: attachments.attach_all(desk, record, on, files),
            lambda made: self.told.emit(told.format(n=len(made))),
        )  # fmt: skip

    def _photos_of_form(self, item: str) -> None:
        """What hangs on the danger is shown; where nothing hangs yet, pictures are picked."""
        row = self.view.danger_of(item)
        if row is not None and self.view.photo_count(row["id"]):
            self.open_files(row["id"])
        else:
            self.add_photos(item)

    def open_files(self, key: str) -> None:
        """The files of a danger under its form or its item; those of the run under the current item."""
        view, danger = self.view, next((row for row in self.view.dangers if row["id"] == key), None)
        record: type[Record] = Inspection if danger is None else Danger
        title = _("本次检查的照片") if danger is None else _("隐患照片")
        if danger is not None and danger["item"] and danger["item"] != view.items.current:
            view.items.go_to(danger["item"])
        in_form = self.form if isinstance(self.form, DangerForm) and danger is not None else None
        card = in_form.card if in_form is not None and in_form.card is not None else self._card()
        if in_form is None:
            self._open(view.items.current, FilesForm(card))
        elif in_form.card is None:
            in_form.hold(card)
        card.open(record, key, title, danger["situation"] if danger is not None else "")

    def _count_photos(self) -> None:
        row = self.view.danger_of(self.view.items.current)
        if isinstance(self.form, DangerForm) and row is not None:
            self.form.show_photos(self.view.photo_count(row["id"]))

    def open_note(self, item: str, typed: str = "") -> None:
        """N: a word about an item; one without a mark gets it together with the mark."""
        if self._may_mark():
            form = NoteForm(typed or self.view.notes.get(item) or self.view.line(item).note or "")
            form.kept.connect(partial(self._keep_note, item))
            self._open(item, form)

    def _keep_note(self, item: str, text: str) -> None:
        desk, key, mark = self.session.desk, self.view.id, self.view.marks.shown(item)
        finding = self.view.line(item).finding
        self.close_form()
        self.view.items.setFocus()
        if not mark:
            self.view.notes[item] = text
            self.view.show_row(item)
            self.told.emit(_("说明随结果一起存：按 1、2、3 记结果"))
        elif text:
            self._add(
                _("写说明"), lambda: inspections.mark_item(desk, key, item, mark, note=text), lambda _r: None,
                lambda: self.open_note(item, text),
            )  # fmt: skip
        elif finding is not None:
            self._add(_("写说明"), lambda: records.correct(desk, Finding, finding, note=None), lambda _r: None)

    def give_up(self) -> None:
        self.close_form()
        self.view.items.setFocus()

    def leave_form(self) -> None:
        """Another item was clicked: what is typed is kept, an untouched form goes."""
        if self.form is not None and self.form.is_touched:
            self.form.submit()
        else:
            self.close_form()

    def close_form(self) -> None:
        if self.form is not None:
            if self.form.isAncestorOf(QApplication.focusWidget() or self.view):
                self.view.items.setFocus()  # before the form goes, or the keys wander through its buttons
            self.form = None
            self.view.items.close_under()
            self.form_changed.emit()
