"""What the sheet lacks and every row needs: the required fields that no column goes to, filled in once for the whole file."""

from collections.abc import Collection

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.exchange.mapping import imported_fields
from desktop.model.language import _
from desktop.model.record import Record
from desktop.ui.editors import Binding, binding
from desktop.ui.kit.cards import Card
from desktop.ui.session import Session


class ImportFixed(Card):
    """One field for each; `changed` when something is filled in otherwise."""

    changed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("整份表都填"), "edit", note=_("表里没有的必填项，在这里填一次"), parent=parent)
        self._session = session
        self.bound: dict[str, Binding] = {}

    def show_missing(self, record: type[Record], mapped: Collection[str]) -> None:
        """The required fields besides these; without any the card is not there."""
        self.bound = {}
        for spec in imported_fields(record):
            if spec.required and spec.key not in mapped:
                bound = binding(spec, self._session)
                bound.field.changed.connect(self.changed)
                self.bound[spec.key] = bound
                self.add(bound.field)
        self.setVisible(bool(self.bound))

    def values(self) -> dict[str, str]:
        """What is said once for the whole file."""
        said = {}
        for key, bound in self.bound.items():
            value = bound.field.value()
            words = "、".join(value) if isinstance(value, list) else str(value)
            if words:
                said[key] = words
        return said

    def clear(self) -> None:
        """No sheet."""
        for bound in self.bound.values():
            bound.field.hide()
            bound.field.deleteLater()
        self.bound = {}
