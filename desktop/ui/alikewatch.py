"""Watches what is typed into a form for somebody who is in the ledger already; it proposes, a person decides."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from desktop.model.kinds import Value
from desktop.model.language import _
from desktop.office import entering
from desktop.ui.alike import AlikeCard, Comparison
from desktop.ui.kit.cards import answer_of

if TYPE_CHECKING:
    from desktop.ui.form import RecordForm

AFTER = 250  # milliseconds after the last change: a namesake is sought when the hand rests


class AlikeWatch(QObject):
    """Seeks who is alike, and remembers for this entry who was said to be somebody else."""

    def __init__(self, form: "RecordForm", card: AlikeCard) -> None:
        super().__init__(form)
        self._form, self._card = form, card
        self._others: set[tuple[str, tuple[Value, ...]]] = set()  # who is another, with what was typed when that was said
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(AFTER)
        self._soon.timeout.connect(self._seek)
        card.compare.connect(self._compare)
        card.not_same.connect(self._not_same)

    def begin(self) -> None:
        """Another record is typed; nothing is known of it."""
        self._soon.stop()
        self._others.clear()
        self._card.show_found([])

    def look_soon(self) -> None:
        """Something changed that may make two records look like one."""
        self._soon.start()

    def _seek(self) -> None:
        form = self._form
        values, _wrong = form.values()
        desk, record, but = form.desk, form.record, form.row["id"] if form.row is not None else ""
        form.ask(_("找相近的"), lambda: entering.alike(desk, record, values, but=but), self._show)

    def _show(self, found: Sequence[entering.Alike]) -> None:
        typed = self._identity()
        self._card.show_found([one for one in found if (one.id, typed) not in self._others])

    def _identity(self) -> tuple[Value, ...]:
        values, _wrong = self._form.values()
        return tuple(values.get(key) for key in entering.IDENTIFYING)

    def _not_same(self, key: str) -> None:
        """This one is somebody else, as long as what identifies him is typed as it is now."""
        self._others.add((key, self._identity()))
        self._seek()

    def _compare(self, key: str) -> None:
        """Both beside each other; nothing that was typed is lost."""
        form = self._form
        values, _wrong = form.values()
        beside = Comparison(form.window(), form.session, form.record, values, form.desk.get(form.record, key))
        answer = answer_of(beside)
        if answer == Comparison.OPEN:
            form.go(f"table:{form.kind}", id=key)
        elif answer == Comparison.NOT_SAME:
            self._not_same(key)
