"""How the columns of a sheet are understood: a choice of field under each head, as it was proposed or remembered."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.exchange.mapping import Proposal, heads_of, imported_fields
from desktop.exchange.reading import Sheet
from desktop.model.language import _
from desktop.model.record import Record
from desktop.ui.kit.cards import Card
from desktop.ui.kit.choices import Choice
from desktop.ui.kit.fields import LabelledField
from desktop.ui.kit.ticks import CheckBox
from desktop.ui.look import follow, look

ACROSS, ACROSS_NARROW = 3, 2  # heads side by side
HEAD_SHOWN = 20  # characters of a head; some sheets write a paragraph there


class ImportColumns(Card):
    """The heads of a sheet with the fields they go to; `changed` when somebody chose otherwise."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("列和字段"), "columns-3", parent=parent)
        self._narrow = False
        self.choices: dict[int, Choice] = {}
        self._heads: list[LabelledField] = []
        holder = QWidget()
        self._grid = QGridLayout(holder)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self.add(holder)
        self.make_missing = CheckBox(_("表里有、账里没有的单位和小区，一并新建"))
        self.make_missing.setChecked(True)
        self.make_missing.clicked.connect(self.changed)
        self.add(self.make_missing)
        follow(self, self._arrange)

    def show_sheet(self, sheet: Sheet, proposal: Proposal, record: type[Record]) -> None:
        """The heads of this sheet, each with the field that was proposed for it."""
        self.clear()
        options = [(spec.key, _(spec.label)) for spec in imported_fields(record)]
        heads = heads_of(sheet, proposal.head_row) if proposal.head_row else {}
        for column, head in sorted(heads.items()):
            choice = Choice(options, empty=_("不导入"))
            choice.set_value(proposal.columns.get(column, ""))
            choice.setAccessibleName(_("“{head}”这一列").format(head=head))
            choice.changed.connect(self.changed)
            self.choices[column] = choice
            self._heads.append(LabelledField(head[:HEAD_SHOWN], choice))
        self._arrange()

    def chosen(self) -> dict[int, str]:
        """Column → field, without those that stay behind."""
        return {column: choice.value() for column, choice in self.choices.items() if choice.value()}

    def clear(self) -> None:
        """No sheet."""
        for head in self._heads:
            self._grid.removeWidget(head)
            head.hide()
            head.deleteLater()
        self.choices, self._heads = {}, []

    def set_narrow(self, narrow: bool) -> None:
        """Fewer side by side."""
        self._narrow = narrow
        self._arrange()

    def _arrange(self) -> None:
        across = ACROSS_NARROW if self._narrow else ACROSS
        self._grid.setSpacing(look().u(8))
        for nth, head in enumerate(self._heads):
            self._grid.addWidget(head, nth // across, nth % across)
        for nth in range(ACROSS):
            self._grid.setColumnStretch(nth, int(nth < across))
