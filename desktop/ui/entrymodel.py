"""The rows of 批量录入: what was typed, cell by cell, and what the import's rules say of each row. The last row is always empty."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, Signal

from desktop.exchange.fates import Fate, Line, words_of
from desktop.model.field import Field
from desktop.model.language import _
from desktop.model.record import Record
from desktop.ui.tablemodel import Index

RESULT = 0  # the first column: what would become of the row
BREAK = "↵"  # a line break inside a cell, as one line shows it


@dataclass(eq=False)
class Entry:
    """One row: its texts, what is said of it, and whether somebody looked and said it is a new one."""

    cells: list[str]
    line: Line | None = None
    as_new: bool = False

    @property
    def is_blank(self) -> bool:
        """Nothing was typed."""
        return not any(cell.strip() for cell in self.cells)


@dataclass
class Saying:
    """A row's fate in words."""

    tone: str = ""
    picture: str = ""
    words: str = ""
    wrong: frozenset[str] = field(default_factory=frozenset)  # labels of the cells that are wrong


def saying(record: type[Record], entry: Entry) -> Saying:
    """What stands in the first column of a row."""
    line = entry.line
    if line is None or entry.is_blank:
        return Saying()
    fields = record.fields()
    if line.fate is Fate.REFUSED:
        why = "；".join(f"{one.field} {one.why}".strip() + (f"（{one.todo}）" if one.todo else "") for one in line.problems)
        return Saying("err", "alert-octagon", why, frozenset(one.field for one in line.problems))
    if line.fate is Fate.SUSPECTED:
        titles = "、".join(one.title for one in line.alike)
        word = _("号码与“{title}”相同，姓名不同") if line.key else _("可能与“{title}”重复")
        return Saying("warn", "alert-triangle", word.format(title=titles))
    if line.fate is Fate.SAME:
        return Saying("wait", "check", _("已有，内容相同"))
    if line.fate is Fate.UPDATE:
        said = [f"{_(fields[key].label)} {fields[key].mask(old) or '—'} → {fields[key].mask(new)}" for key, old, new in line.changes]
        return Saying("act", "edit", _("更新 {title}：{changes}").format(title=line.title, changes="；".join(said)))
    made = "、".join(what[2] for _key, what in line.missing)
    warned = words_of(line.warnings)
    words = "；".join(part for part in (_("可以存"), _("新建 {names}").format(names=made) if made else "", warned) if part)
    return Saying("warn" if warned else "ok", "alert-triangle" if warned else "circle-check", words)


class EntryModel(QAbstractTableModel):
    """The rows, with an empty one at the end that becomes the next when something is typed into it."""

    typed = Signal()

    def __init__(self, record: type[Record], fields: Sequence[Field]) -> None:
        super().__init__()
        self.record, self.fields = record, list(fields)
        self.keys = [spec.key for spec in fields]
        self.entries: list[Entry] = [self._blank()]

    def _blank(self) -> Entry:
        return Entry([""] * len(self.fields))

    def filled(self) -> list[Entry]:
        """The rows in which something stands."""
        return [entry for entry in self.entries if not entry.is_blank]

    def text(self, row: int, column: int) -> str:
        """What stands in a cell; columns count from the first field."""
        return self.entries[row].cells[column]

    def set_text(self, row: int, column: int, text: str) -> None:
        """The cell says this now; what was said of its row is old."""
        entry = self.entries[row]
        if entry.cells[column] == text:
            return
        entry.cells[column], entry.as_new = text, False
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(self.fields)))
        if row == len(self.entries) - 1 and not entry.is_blank:
            self.add([])
        self.typed.emit()

    def add(self, rows: Sequence[Sequence[str]], *, first: bool = False) -> None:
        """More rows before the empty one, or before all; without any, one more empty row at the end."""
        made = [Entry(list(row)) for row in rows] or [self._blank()]
        at = 0 if first else len(self.entries) - 1 if rows else len(self.entries)
        self.beginInsertRows(QModelIndex(), at, at + len(made) - 1)
        self.entries[at:at] = made
        self.endInsertRows()
        if rows:
            self.typed.emit()

    def remove(self, row: int) -> Entry | None:
        """The row is gone; the empty last one stays."""
        if row >= len(self.entries) - 1:
            return None
        self.beginRemoveRows(QModelIndex(), row, row)
        entry = self.entries.pop(row)
        self.endRemoveRows()
        self.typed.emit()
        return entry

    def put_back(self, row: int, entry: Entry) -> None:
        """A row that was removed stands where it stood."""
        at = min(row, len(self.entries) - 1)
        self.beginInsertRows(QModelIndex(), at, at)
        self.entries.insert(at, entry)
        self.endInsertRows()
        self.typed.emit()

    def keep_only(self, left: Sequence[Entry]) -> None:
        """These rows and the empty one; the others are on the books."""
        self.beginResetModel()
        self.entries = [*left, self._blank()]
        self.endResetModel()

    def say(self, entries: Sequence[Entry], lines: Sequence[Line]) -> None:
        """What the rules say of these rows, which were judged in this order."""
        by_row = {line.row: line for line in lines}
        for number, entry in enumerate(entries, start=1):
            entry.line = by_row.get(number)
        self.dataChanged.emit(self.index(0, 0), self.index(len(self.entries) - 1, len(self.fields)))

    # what Qt asks

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.entries)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.fields) + 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) or index.row() >= len(self.entries):
            return None
        entry = self.entries[index.row()]
        if index.column() == RESULT:
            return saying(self.record, entry).words
        return entry.cells[index.column() - 1].replace("\n", BREAK)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            return str(section + 1)
        if section == RESULT:
            return _("行　 结果")
        spec = self.fields[section - 1]
        return _(spec.label) + (" *" if spec.required else "")
