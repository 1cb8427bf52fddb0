"""What narrows a list: the words of its search, its conditions as chips, and the order; each change asks the list anew."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.store.page import Filter, Listing
from desktop.ui.filtering import chip_words, condition_menu, open_below

if TYPE_CHECKING:
    from desktop.ui.table import RecordTable

JOINED = ("is", "tag")  # a second value of one field widens its condition


class Conditions(QObject):
    """The filter row of one list page."""

    def __init__(self, table: "RecordTable") -> None:
        super().__init__(table)
        self.table = table
        row, view = table.filter, table.view
        row.searched.connect(lambda text: table.show_listing(replace(self.listing, text=text)))
        row.condition_wanted.connect(self.ask)
        row.chip_opened.connect(lambda _key: self.ask())
        row.chip_removed.connect(self._drop)
        row.cleared.connect(self.clear)
        row.columns_clicked.connect(lambda: open_below(view.columns.menu(), row.columns))
        view.sort_asked.connect(self._sort)

    @property
    def listing(self) -> Listing:
        """What the list shows now."""
        return self.table.listing

    def show(self) -> None:
        """The chips say what the list shows."""
        chips = []
        for nth, chip in enumerate(self.listing.filters):
            name, value = chip_words(self.table.session, self.table.record, chip)
            chips.append((str(nth), name, value))
        self.table.filter.show_chips(chips)

    def ask(self) -> None:
        """The menu of fields and their values."""
        table = self.table
        open_below(condition_menu(table, table.session, table.record, self._add), table.filter.add)

    def clear(self) -> None:
        """All rows again."""
        self.table.filter.search.set_value("")
        self.table.show_listing(replace(self.listing, filters=(), text=""))
        self.table.to_list()

    def _add(self, chip: Filter) -> None:
        others = tuple(old for old in self.listing.filters if (old.field, old.op) != (chip.field, chip.op))
        same = [old for old in self.listing.filters if (old.field, old.op) == (chip.field, chip.op) and chip.op in JOINED]
        joined = replace(chip, values=tuple(dict.fromkeys((*same[0].values, *chip.values)))) if same else chip
        self.table.show_listing(replace(self.listing, filters=(*others, joined)))

    def _drop(self, key: str) -> None:
        kept = tuple(chip for nth, chip in enumerate(self.listing.filters) if str(nth) != key)
        self.table.show_listing(replace(self.listing, filters=kept))

    def _sort(self, key: str, descending: bool) -> None:
        self.table.show_listing(replace(self.listing, order=f"-{key}" if descending else key))
