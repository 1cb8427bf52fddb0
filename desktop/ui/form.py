"""The full-page form of any record type: groups in the order of the paper form, errors under the fields, nothing typed is lost.

Enter goes on, Ctrl+Enter saves, Ctrl+Shift+Enter saves and begins the next with what the definition keeps. Drafts are written
every few seconds into the encrypted ledger. An ID number fills sex and birth; somebody alike is shown before he is entered twice.
"""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.model.errors import Refusal
from desktop.model.kinds import Value
from desktop.model.language import _
from desktop.model.record import Record
from desktop.office import entering, settings
from desktop.store.work import Row
from desktop.ui.editors import Binding, binding
from desktop.ui.formside import FormSide
from desktop.ui.keys import EnterMoves
from desktop.ui.kit.badges import BadgeData
from desktop.ui.kit.buttons import Action
from desktop.ui.kit.cards import Card, Scrolled
from desktop.ui.look import follow, look
from desktop.ui.officepage import OfficePage
from desktop.ui.session import Session

DRAFT_EVERY = 5_000  # milliseconds


class RecordForm(OfficePage):
    """One record, typed."""

    def __init__(self, session: Session, record: type[Record], parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.record = record
        self.kind = record.__tablename__
        self.row: Row | None = None
        self.bindings: dict[str, Binding] = {}
        self._cards: dict[str, Card] = {}
        self._grids: list[QGridLayout] = []
        self._typed: set[str] = set()  # fields touched by hand; what is filled in for the clerk never overwrites them
        self._kept: dict[str, Value] = {}
        self._drafted: dict[str, Any] = {}
        self.side = FormSide(session, record)
        self._assemble()
        self._timer = QTimer(self)
        self._timer.setInterval(DRAFT_EVERY)
        self._timer.timeout.connect(self.keep_draft)
        follow(self, self._restyle)
        self.enter = EnterMoves(self, [bound.field.editor for bound in self.bindings.values()])
        self.enter.save.connect(self.save)
        self.enter.save_and_new.connect(self.save_and_new)
        self._bind_keys()

    def _assemble(self) -> None:
        column = self.column()
        inner = QWidget()
        self._body = QVBoxLayout(inner)
        for group, specs in self.record.groups().items():
            card = Card(_(group))
            grid = QGridLayout()
            for spec in specs:
                bound = binding(spec, self.session)
                bound.field.changed.connect(partial(self._changed, spec.key))
                self.bindings[spec.key] = bound
            card.add(grid)
            self._grids.append(grid)
            self._cards[group] = card
            self._body.addWidget(card)
        self._body.addStretch(1)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        self.scrolled = Scrolled(inner)
        row.addWidget(self.scrolled, 1)
        row.addWidget(self.side)
        column.addLayout(row, 1)
        self.side.opened.connect(lambda key: self._go(f"table:{self.kind}", id=key))

    def _bind_keys(self) -> None:
        keys = {"F8": self.next_mistake, "Ctrl+Return": self.save, "Ctrl+S": self.save, "Ctrl+Shift+Return": self.save_and_new,
                "Ctrl+D": self.copy_last}  # fmt: skip
        for sequence, deed in keys.items():
            shortcut = QShortcut(QKeySequence(sequence), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(deed)

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
        fields = list(self.bindings)
        here = next((nth for nth, key in enumerate(fields, 1) if self.bindings[key].field.editor.hasFocus()), 1)
        return [_("第 {n} 项，共 {all} 项").format(n=here, all=len(fields)), _("草稿每 5 秒自动留存")]

    def dirty(self) -> bool:
        return bool(self._typed)

    def arrive(self, **arguments: object) -> None:
        key = arguments.get("id")
        self.row = self.desk.get(self.record, key) if isinstance(key, str) else None
        given = arguments.get("values")
        start: dict[str, Value] = dict(given) if isinstance(given, dict) else {}
        self._fill({**self._kept, **start} if self.row is None else dict(self.row))
        self._offer_draft()
        self._timer.start()

    def reload(self) -> None:
        """A half-typed form is never overwritten by what happens elsewhere."""

    def take_focus(self) -> None:
        next(iter(self.bindings.values())).field.setFocus()

    # values

    def _fill(self, values: dict[str, Any]) -> None:
        for key, bound in self.bindings.items():
            bound.show(values.get(key))
        self._typed = set()
        self._drafted = {}
        self.bar.clear()
        self.side.show_progress(self.bindings, self.row)
        self.side.show_alike([])
        self.head_changed.emit()

    def values(self) -> tuple[dict[str, Value], dict[str, str]]:
        """What stands in the form, and why some fields cannot be read."""
        read: dict[str, Value] = {}
        wrong: dict[str, str] = {}
        for key, bound in self.bindings.items():
            why = bound.field.as_editor.mistake()
            try:
                read[key] = bound.read(self.row[key] if self.row is not None else None)
            except Refusal as refusal:
                why = why or refusal.what
            if why:
                wrong[key] = why
        return read, wrong

    def _changed(self, key: str) -> None:
        first = not self._typed
        self._typed.add(key)
        values, wrong = self.values()
        self._say_word(key, wrong)
        self._complete(key, values, wrong)
        self.side.show_progress(self.bindings, self.row)
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
        but = self.row["id"] if self.row is not None else ""
        self.side.show_alike(entering.alike(self.desk, self.record, {**values, **filled.values}, but=but))

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
        desk, record, row = self.desk, self.record, self.row
        if row is None:
            self.do(_("保存"), lambda: entering.enter(desk, record, values), then)
        else:
            changed = {key: value for key, value in values.items() if key in self._typed or value != row[key]}
            self.do(_("保存"), lambda: entering.correct(desk, record, row["id"], row["version"], changed), then)

    def _show_wrong(self, wrong: dict[str, str]) -> None:
        for key, bound in self.bindings.items():
            bound.field.show_word(wrong.get(key, ""), "err" if key in wrong else "")
        first = next(key for key in self.bindings if key in wrong)
        label = _(self.record.fields()[first].label)
        lead = _("有 {n} 处要改才能保存：{label} ").format(n=len(wrong), label=label)
        self.say("err", wrong[first], _("跳到这里 F8"), self.next_mistake, lead=lead)
        self._to(first)

    def show_error(self, error: Any) -> None:
        super().show_error(error)
        wrong = {mistake.field: mistake.why for mistake in error.mistakes if mistake.field in self.bindings}
        if wrong:
            self._show_wrong(wrong)

    def next_mistake(self) -> None:
        """F8: the next field that cannot stay."""
        keys = [key for key, bound in self.bindings.items() if bound.field.tone == "err"]
        if not keys:
            return
        order = list(self.bindings)
        here = next((order.index(key) for key in order if self.bindings[key].field.editor.hasFocus()), -1)
        self._to(next((key for key in keys if order.index(key) > here), keys[0]))

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
        self._fill(dict(self._kept))
        self.take_focus()

    def _done(self, result: Any) -> None:
        self._typed = set()
        self._timer.stop()
        settings.drop_draft(self.desk, self._draft_page())
        window: Any = self.window()
        title = self.session.title_of(self.kind, str(result)) if isinstance(result, str) else ""
        if hasattr(window, "toast"):
            window.toast(_("已存：{title}").format(title=title or _(self.record.label)))

    def copy_last(self) -> None:
        """Ctrl+D: the field has what it had in the last record that was entered."""
        key = next((key for key, bound in self.bindings.items() if bound.field.editor.hasFocus()), None)
        last = entering.last_entered(self.desk, self.record)
        if key is not None and last is not None:
            self.bindings[key].show(last[key])
            self._changed(key)

    # drafts

    def _draft_page(self) -> str:
        return f"form:{self.kind}:{self.row['id'] if self.row is not None else ''}"

    def keep_draft(self) -> None:
        """What is half typed is on the disk, encrypted with everything else."""
        if not self._typed or self.work.is_busy:
            return
        typed: dict[str, Any] = {key: bound.field.value() for key, bound in self.bindings.items() if key in self._typed}
        if typed != self._drafted:
            key = self.row["id"] if self.row is not None else ""
            settings.keep_draft(self.desk, self._draft_page(), kind=self.kind, record=key, values=typed)
            self._drafted = typed

    def _offer_draft(self) -> None:
        page = self._draft_page()
        draft = next((one for one in settings.drafts(self.desk) if one.page == page), None)
        if draft is not None:
            words = _("{time} 有一份没保存的草稿").format(time=draft.at[5:16].replace("T", " "))
            self.say("act", words, _("接着填"), lambda: self._take_draft(draft.values))

    def _take_draft(self, typed: dict[str, Any]) -> None:
        for key, value in typed.items():
            if key in self.bindings:
                bound = self.bindings[key]
                if isinstance(value, list):
                    bound.field.set_value(value)
                else:
                    try:
                        bound.show(bound.kind.parse(str(value), self.desk.today) if not bound.is_chosen else value)
                    except Refusal:
                        bound.field.set_value(str(value))
                self._typed.add(key)
        self.bar.clear()
        self.head_changed.emit()

    def set_narrow(self, narrow: bool) -> None:
        super().set_narrow(narrow)
        self.side.setVisible(not narrow)
        self._restyle()

    def _go(self, page: str, **arguments: object) -> None:
        window: Any = self.window()
        window.go(page, **arguments)

    def _restyle(self) -> None:
        """Two columns where there is room, one where letters are large; long texts take the whole width."""
        here = look()
        self._body.setContentsMargins(here.u(16), here.u(4), here.u(10), here.u(10))
        self._body.setSpacing(here.u(10))
        columns = 1 if here.is_narrow_size else 2
        for grid, specs in zip(self._grids, self.record.groups().values(), strict=True):
            grid.setHorizontalSpacing(here.u(16))
            grid.setVerticalSpacing(here.u(8))
            row = column = 0
            for spec in specs:
                bound = self.bindings[spec.key]
                wide = bound.wide or columns == 1
                if wide and column:
                    row, column = row + 1, 0
                grid.addWidget(bound.field, row, column, 1, columns if wide else 1)
                column = 0 if wide else (column + 1) % columns
                row += int(column == 0)
            for nth in range(2):
                grid.setColumnStretch(nth, 1 if nth < columns else 0)
