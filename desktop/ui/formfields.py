"""The fields of a form: a card for each group of the paper form, an editor for each field, and what they hold now.

Two columns where there is room, one where letters are large; long texts and long rows of ticks take the whole width.
"""

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktop.model.errors import Refusal
from desktop.model.kinds import Value
from desktop.model.language import _
from desktop.model.record import Kept, Record
from desktop.ui.editors import Binding, binding
from desktop.ui.keys import keys_of
from desktop.ui.kit.cards import Card
from desktop.ui.look import follow, look
from desktop.ui.session import Session


class FormFields(QWidget):
    """The groups of a record type, one under the other; `changed` names the field that the hand touched."""

    changed = Signal(str)

    def __init__(self, session: Session, record: type[Record], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session, self.record = session, record
        self.bindings: dict[str, Binding] = {}
        self._grids: list[QGridLayout] = []
        self._cards: dict[str, Card] = {}
        self.body = QVBoxLayout(self)
        for group, specs in record.groups().items():
            # From the outside in: each piece that gets its parent later is styled anew with all that it holds.
            card, grid = Card(_(group), parent=self), QGridLayout()
            for spec in specs:
                if not session.desk.sees(spec):
                    continue  # what somebody may not see he cannot correct either
                bound = binding(spec, session, parent=card)
                bound.field.changed.connect(partial(self.changed.emit, spec.key))
                self.bindings[spec.key] = bound
            card.add(grid)
            self._grids.append(grid)
            self._cards[group] = card
            self.body.addWidget(card)
        self.body.addStretch(1)
        follow(self, self._restyle)

    # what stands there

    def show_notes(self, *, is_new: bool) -> None:
        """Beside each heading what the definition says of it, and while records follow each other what the next one keeps."""
        for group, card in self._cards.items():
            kept = [_(spec.label) for spec in self.record.groups()[group] if spec.key in self.record.keeps]
            keeps = _("保存并新增时保留{fields}").format(fields="、".join(kept)) if kept and is_new else ""
            note = self.record.notes.get(group, "")
            card.set_title(_(group), "；".join(filter(None, (_(note) if note else "", keeps))))

    def show_values(self, values: Mapping[str, Any]) -> None:
        """Every field shows its value, or nothing; nobody is told."""
        for key, bound in self.bindings.items():
            bound.show(values.get(key))

    def show_typed(self, key: str, value: Any) -> None:
        """As it stood in the editor, whole or half: what a draft kept."""
        bound = self.bindings[key]
        if isinstance(value, list):
            bound.field.set_value(value)
            return
        try:
            bound.show(value if bound.is_chosen else bound.kind.parse(str(value), self.session.desk.today))
        except Refusal:
            bound.field.set_value(str(value))

    def values(self, before: Kept | None) -> tuple[dict[str, Value], dict[str, str]]:
        """What stands in the form, and why some fields cannot be read."""
        read: dict[str, Value] = {}
        wrong: dict[str, str] = {}
        for key, bound in self.bindings.items():
            why = bound.field.as_editor.mistake()
            try:
                read[key] = bound.read(before[key] if before is not None else None)
            except Refusal as refusal:
                why = why or refusal.what
            if why:
                wrong[key] = why
        return read, wrong

    # what is wrong with it

    def show_wrong(self, wrong: Mapping[str, str]) -> str:
        """Each mistake stands under its field; the key of the first."""
        for key, bound in self.bindings.items():
            bound.field.show_word(wrong.get(key, ""), "err" if key in wrong else "")
        return next(key for key in self.bindings if key in wrong)

    def next_wrong(self) -> str:
        """The field after the one with the keys that cannot stay; nothing when all can."""
        order = list(self.bindings)
        wrong = [key for key in order if self.bindings[key].field.tone == "err"]
        here = order.index(self.here()) if self.here() else -1
        return next((key for key in wrong if order.index(key) > here), wrong[0] if wrong else "")

    def here(self) -> str:
        """The field that has the keys, or nothing."""
        return next((key for key, bound in self.bindings.items() if _has_keys(bound.field.editor)), "")

    def _restyle(self) -> None:
        here = look()
        self.body.setContentsMargins(here.u(16), here.u(4), here.u(10), here.u(10))
        self.body.setSpacing(here.u(10))
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


def _has_keys(editor: QWidget) -> bool:
    holder = editor.focusWidget()
    return keys_of(editor).hasFocus() or (holder is not None and holder.hasFocus())
