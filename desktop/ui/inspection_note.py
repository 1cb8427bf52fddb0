"""What else opens under an item: a word about it, or the files that hang on the run or its danger. Esc puts it away."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.model.language import _
from desktop.ui.attachments import FilesCard
from desktop.ui.keys import EnterMoves
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.lines import LineEdit
from desktop.ui.look import follow, look


class NoteForm(QWidget):
    """说明 of an item, in a line."""

    kept = Signal(str)
    given_up = Signal()

    def __init__(self, note: str) -> None:
        super().__init__()
        self._row = QHBoxLayout(self)
        self.editor = LineEdit(200, _("写说明，↵ 记下，Esc 不写"))
        self.editor.setAccessibleName(_("说明"))
        self.editor.set_value(note)
        self.ok, self.no = Button(_("记下"), kind="act", shortcut="↵"), Button(_("不写"), shortcut="Esc")
        self._row.addWidget(self.editor, 1)
        self._row.addWidget(self.no)
        self._row.addWidget(self.ok)
        self.ok.clicked.connect(self.submit)
        self.no.clicked.connect(self.given_up)
        self._enter = EnterMoves(self, [self.editor])
        self._enter.save.connect(self.submit)
        self._before = note
        follow(self, self._restyle)

    @property
    def is_touched(self) -> bool:
        """Something is typed that is not kept."""
        return self.editor.value() != self._before

    def take_focus(self) -> None:
        """The keys go into the line."""
        self.editor.setFocus()

    def submit(self) -> None:
        """What is typed is wanted, unless it is too long."""
        if not self.editor.mistake():
            self.kept.emit(self.editor.value())

    def _restyle(self) -> None:
        here = look()
        self._row.setContentsMargins(here.u(46), here.u(6), here.u(14), here.u(6))
        self._row.setSpacing(here.u(8))


class FilesForm(QWidget):
    """The files that hang on a danger of the run, or on the run, where no danger is being written."""

    given_up = Signal()
    is_touched = False  # what is added here is kept at once

    def __init__(self, card: FilesCard) -> None:
        super().__init__()
        self.card = card
        self._column = QVBoxLayout(self)
        self._column.addWidget(card)
        card.closed.connect(self.given_up)
        follow(self, self._restyle)

    def take_focus(self) -> None:
        """The keys stand on the first file."""
        self.card.files.take_focus()

    def submit(self) -> None:
        """Nothing waits here."""

    def _restyle(self) -> None:
        here = look()
        self._column.setContentsMargins(here.u(46), here.u(6), here.u(14), here.u(6))
