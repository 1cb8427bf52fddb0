"""A move of a flow on the screen: the fields that it asks for, filled with what is likely, and the button that makes it.

What a move asks, who may make it and where it leads stands in the model; this card only types it.
"""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.model.errors import Refusal
from desktop.model.flow import Move
from desktop.model.kinds import Value
from desktop.model.kinds.times import Day
from desktop.model.language import _
from desktop.model.record import Kept, Record
from desktop.office.desk import Desk
from desktop.ui.editors import Binding, binding
from desktop.ui.keys import EnterMoves
from desktop.ui.kit.buttons import Action, Button
from desktop.ui.kit.cards import Card
from desktop.ui.session import Session


def moves_for(desk: Desk, record: type[Record], state: str | None) -> list[Move]:
    """The moves that the person here may make from a state, the main road first."""
    if record.flow is None:
        return []
    return [move for move in record.flow.moves_from(state) if desk.may(f"{record.__tablename__}.{move.deed}")]


def move_actions(desk: Desk, record: type[Record], state: str | None) -> list[Action]:
    """The same as buttons: the first on the main road is primary and answers to F9."""
    actions = []
    for nth, move in enumerate(moves_for(desk, record, state)):
        primary = nth == 0 and not move.side
        actions.append(Action(move.deed, _(move.label), move.icon, "primary" if primary else "secondary", "F9" if primary else ""))
    return actions


class MoveCard(Card):
    """Asks what a move needs. Emits `wanted(values)`; whoever shows it runs the deed and takes the card away."""

    wanted = Signal(object)
    given_up = Signal()

    def __init__(
        self, session: Session, record: type[Record], row: Kept, move: Move, defaults: Mapping[str, Value] | None = None,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(_(move.label), move.icon, tone="act", parent=parent)
        self.move_made = move
        self._row: dict[str, Any] = dict(row)
        self.bindings: dict[str, Binding] = {}
        for name, must in move.asked.items():
            bound = binding(record.fields()[name], session, required=must)
            bound.show(self._likely(session, bound, name, defaults or {}))
            self.bindings[name] = bound
            self.add(bound.field)
        self.ok, self.no = Button(_("确定"), "check", "primary", "Ctrl+↵"), Button(_("取消"), shortcut="Esc")
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.no)
        foot.addWidget(self.ok)
        self.add(foot)
        self.ok.clicked.connect(self.submit)
        self.no.clicked.connect(self.given_up)
        self.enter = EnterMoves(self, [bound.field.editor for bound in self.bindings.values()])
        self.enter.save.connect(self.submit)

    def _likely(self, session: Session, bound: Binding, name: str, defaults: Mapping[str, Value]) -> Value:
        if defaults.get(name) is not None:
            return defaults[name]
        if self._row.get(name) is not None:
            kept: Value = self._row[name]
            return kept
        return session.desk.today if isinstance(bound.kind, Day) and name != "due_on" else None

    def take_focus(self) -> None:
        """The first field has the keys; a move that asks nothing has its button."""
        first = next(iter(self.bindings.values()), None)
        (first.field if first else self.ok).setFocus()

    def submit(self) -> None:
        """Read everything; the first field that cannot be read has the keys and says why."""
        values: dict[str, Value] = {}
        for name, bound in self.bindings.items():
            if bound.field.check():
                bound.field.setFocus()
                return
            try:
                values[name] = bound.read(self._row.get(name))
            except Refusal as refusal:
                bound.field.show_word(refusal.what, "err")
                bound.field.setFocus()
                return
        self.wanted.emit(values)

    def show_mistakes(self, refusal: Refusal) -> None:
        """The deed refused: each mistake stands under its field."""
        for mistake in refusal.mistakes:
            if mistake.field in self.bindings:
                self.bindings[mistake.field].field.show_word(mistake.why, "err")
