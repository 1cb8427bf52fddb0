"""One editor for each kind of value: how a field of the definition is typed, and how what was typed becomes a value.

`binding(spec, session)` is the only place where a kind meets a widget; forms, moves and filters all ask here.
"""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from desktop.model.contents import record_type
from desktop.model.errors import Refusal
from desktop.model.field import Field
from desktop.model.kinds import Kind, Value
from desktop.model.kinds.choices import Choice as ChoiceKind
from desktop.model.kinds.choices import Code, Flag
from desktop.model.kinds.records import Link
from desktop.model.kinds.tags import Periods, Tags
from desktop.model.kinds.times import Day, PartialDay
from desktop.model.kinds.words import LongText, Name, Text
from desktop.model.language import _
from desktop.ui.kit.choices import Choice, MultiCheck
from desktop.ui.kit.dates import DateEdit
from desktop.ui.kit.fields import Editor, LabelledField
from desktop.ui.kit.lines import RARE_KEYS, LineEdit, LongEdit, pick_rare
from desktop.ui.kit.picker import ReferencePicker
from desktop.ui.session import Session

FIRST_TAGS = 10  # ticks that stand there without 更多
BESIDE = 4  # ticks that find room in one of two columns


class Binding:
    """A field on the screen: its editor with its words, and the way to and from a value. The base types one line."""

    wide = False
    is_chosen = False  # the editor's own value is the stored one, not words to be read

    def __init__(self, spec: Field, session: Session, *, required: bool | None = None, parent: QWidget | None = None) -> None:
        self.spec, self.session = spec, session
        must = spec.required if required is None else required
        note = _("可多选") if isinstance(spec.kind, Tags) else ""
        rare = f"{_('生僻字')} {RARE_KEYS}" if isinstance(spec.kind, Name) else ""
        self.field = LabelledField(_(spec.label), self.make(), required=must, hint=_(spec.help), note=note, link=rare, parent=parent)
        if rare:
            self.field.link_clicked.connect(self._pick_rare)

    @property
    def kind(self) -> Kind:
        """What the field's values are."""
        return self.spec.kind

    def make(self) -> QWidget:
        """The editor."""
        limit = self.kind.limit if isinstance(self.kind, Text) else 0
        line = LineEdit(limit)
        line.editingFinished.connect(self._show_as_read)
        return line

    def _show_as_read(self) -> None:
        """On leaving the field stands what would be kept: 14:30 for 1430, half-width digits for full-width ones."""
        try:
            value = self.read()
        except Refusal:
            return  # the form says what is wrong with it
        if value is not None and self.kind.show(value) != self.editor.value():
            self.show(value)

    def _pick_rare(self) -> None:
        editor = self.field.editor
        assert isinstance(editor, LineEdit)
        pick_rare(editor)

    @property
    def editor(self) -> Editor:
        """The editor by what it can do."""
        return self.field.as_editor

    def show(self, value: Value) -> None:
        """The field shows this value; nobody is told."""
        self.field.set_value(self.kind.show(value))

    def read(self, before: Value = None) -> Value:
        """What stands there as a value. Raises Refusal when it cannot be read."""
        return self.kind.parse(str(self.editor.value() or ""), self.session.desk.today)


class LongBinding(Binding):
    """Several lines."""

    wide = True

    def make(self) -> QWidget:
        return LongEdit(self.kind.limit if isinstance(self.kind, Text) else 0)


class DayBinding(Binding):
    """A day, or a part of one."""

    def make(self) -> QWidget:
        kind, today = self.kind, self.session.desk.today
        return DateEdit(
            lambda typed: str(kind.parse(typed, today) or ""), kind.show, today, beside=lambda day: kind.beside(day, today)
        )  # fmt: skip

    def show(self, value: Value) -> None:
        self.field.set_value(str(value or ""))


class ChoiceBinding(Binding):
    """One of a list."""

    is_chosen = True

    def make(self) -> QWidget:
        assert isinstance(self.kind, ChoiceKind | Code)
        return Choice(self.kind.options())

    def show(self, value: Value) -> None:
        self.field.set_value(str(value or ""))

    def read(self, before: Value = None) -> Value:
        return str(self.editor.value()) or None


class FlagBinding(Binding):
    """Yes or no."""

    is_chosen = True

    def make(self) -> QWidget:
        return Choice([("1", _("是")), ("0", _("否"))])

    def show(self, value: Value) -> None:
        self.field.set_value("" if value is None else str(value))

    def read(self, before: Value = None) -> Value:
        chosen = str(self.editor.value())
        return int(chosen) if chosen else None


class TagsBinding(Binding):
    """Several of a list."""

    @property
    def wide(self) -> bool:  # type: ignore[override]  # a short list of ticks needs no line of its own
        assert isinstance(self.kind, Tags)
        return len(self.kind.options()) > BESIDE

    def make(self) -> QWidget:
        assert isinstance(self.kind, Tags)
        return MultiCheck(self.kind.options(), FIRST_TAGS)

    def show(self, value: Value) -> None:
        assert isinstance(self.kind, Tags)
        self.field.set_value(self.kind.split(value))

    def read(self, before: Value = None) -> Value:
        assert isinstance(self.kind, Tags)
        chosen: Sequence[str] = self.editor.value()
        if isinstance(self.kind, Periods):
            return self.kind.hold(before, chosen, self.session.desk.today)
        return self.kind.join(chosen)


class LinkBinding(Binding):
    """Another record."""

    is_chosen = True

    def make(self) -> QWidget:
        assert isinstance(self.kind, Link)
        words = _("输入{what}的名称或拼音").format(what=_(record_type(self.kind.to).label))
        return ReferencePicker(self.session.search_for(self.kind.to), words)

    def show(self, value: Value) -> None:
        assert isinstance(self.kind, Link)
        editor = self.field.editor
        assert isinstance(editor, ReferencePicker)
        editor.set_value(str(value or ""), self.session.title_of(self.kind.to, str(value) if value else None))
        self.field.show_word("", "")

    def read(self, before: Value = None) -> Value:
        return str(self.editor.value()) or None


BINDINGS: tuple[tuple[type[Kind], type[Binding]], ...] = (
    (Tags, TagsBinding),
    (ChoiceKind, ChoiceBinding),
    (Code, ChoiceBinding),
    (Flag, FlagBinding),
    (Link, LinkBinding),
    (PartialDay, DayBinding),
    (Day, DayBinding),
    (LongText, LongBinding),
)


def binding(spec: Field, session: Session, *, required: bool | None = None, parent: QWidget | None = None) -> Binding:
    """The editor of a field, by its kind; a kind without one of its own is typed in a line."""
    made = next((one for kind, one in BINDINGS if isinstance(spec.kind, kind)), Binding)
    return made(spec, session, required=required, parent=parent)
