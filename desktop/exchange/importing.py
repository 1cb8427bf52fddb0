"""A spreadsheet into the ledger: a dry run that says of every row what would happen, then one transaction.

A blank cell keeps what stands. Nothing is repaired and nothing is guessed: what a field's kind cannot read is refused with its
cell and its reason, what may be a double is put before the clerk. The same file twice changes nothing.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from desktop.exchange.cells import ERRORS, cell_text
from desktop.exchange.fates import EACH, Alike, Line, Problem, Progress, changes_between
from desktop.exchange.fates import DryRun as DryRun
from desktop.exchange.fates import Fate as Fate
from desktop.exchange.links import LinkBook, Missing, book_of, missing_as
from desktop.exchange.mapping import Proposal
from desktop.exchange.mapping import propose as propose  # the four steps of an import stand together on this page
from desktop.exchange.reading import Sheet, address
from desktop.exchange.running import remembered as remembered
from desktop.exchange.running import run_import as run_import
from desktop.exchange.running import undo_import as undo_import
from desktop.exchange.twins import Twins
from desktop.model.errors import Refusal
from desktop.model.kinds import Kind, Value
from desktop.model.kinds.records import Link
from desktop.model.kinds.words import Name, Text
from desktop.model.language import _
from desktop.model.names import normal_form
from desktop.model.person import Person
from desktop.model.record import Kept, Record
from desktop.office import people
from desktop.office.desk import Desk
from desktop.store.doubles import unique_fields

Complete = Callable[[Mapping[str, Value], str], tuple[dict[str, Value], tuple[str, ...]]]

COMPLETE: dict[type[Record], Complete] = {Person: people.complete}  # record types whose fields say things about each other
LINE_NO = "line no"  # under which a row of the file remembers its number; no field has a space in its name


def dry_run(
    desk: Desk, record: type[Record], sheet: Sheet, proposal: Proposal, *,
    fixed: Mapping[str, str] | None = None, create: bool = False, progress: Progress | None = None, there: Twins | None = None,
) -> DryRun:  # fmt: skip
    """What would become of every row. `fixed`: typed values that hold for the whole file where a row says nothing itself;
    `create`: units and places that the ledger lacks are made on the way; `there`: the records of the ledger, if they were read just now.
    """
    refuse_bad_mapping(record, proposal)
    said = {key: record.fields()[key].kind.parse(text, desk.today) for key, text in (fixed or {}).items()}
    judge = Judge(desk, record, sheet, proposal, said, create, there)
    rows = judge.rows()
    lines = []
    for number, row in enumerate(rows):
        if progress is not None and number % EACH == 0:
            progress(number, len(rows))
        lines.append(judge.line(row))
    missing = tuple(dict.fromkeys(what for line in lines for _field, what in line.missing))
    return DryRun(record, sheet, proposal, said, tuple(lines), missing, judge.notices(), desk.today)


def refuse_bad_mapping(record: type[Record], proposal: Proposal) -> None:
    """A field is filled by one column, and only by one that a spreadsheet may fill."""
    keys = list(proposal.columns.values())
    for key in keys:
        if key not in record.fields() or not record.fields()[key].imported:
            raise Refusal(_("这一栏不能导入：{key}").format(key=key))
        if keys.count(key) > 1:
            raise Refusal(_("有两列对应同一栏：{label}").format(label=_(record.fields()[key].label)), todo=_("只留一列"))
    if not keys:
        raise Refusal(_("没有一列对得上"), todo=_("在表头上面选好表头行，再逐列选对应的栏"))


class Judge:
    """Reads the rows of one sheet in order and says the fate of each."""

    def __init__(
        self, desk: Desk, record: type[Record], sheet: Sheet, proposal: Proposal, fixed: dict[str, Value], create: bool,
        there: Twins | None = None,
    ) -> None:  # fmt: skip
        self.record, self.sheet, self.proposal, self.fixed, self.create = record, sheet, proposal, fixed, create
        self.today = desk.today
        self.fields = record.fields()
        self.column_of = {key: column for column, key in proposal.columns.items()}
        self.ledger = there or Twins.of(desk, record)
        self.file = Twins(record)
        books: dict[str, LinkBook] = {}
        self.links = {key: book_of(desk, record, key, books) for key in record.links() if key in self.column_of}
        self.under = {
            (row, merge.left): (merge.top, merge.left)
            for merge in sheet.merged if merge.left == merge.right and merge.top > proposal.head_row
            for row in range(merge.top + 1, min(merge.bottom, len(sheet.rows)) + 1)
        }  # fmt: skip
        self._read: dict[str, dict[str, Value | Refusal | Missing]] = {key: {} for key in self.column_of}
        self._numbers: dict[str, list[str]] = {}

    def rows(self) -> list[int]:
        """The rows that are data, by their numbers."""
        left_out = {skipped.row for skipped in self.proposal.skipped}
        return [row for row in range(self.proposal.head_row + 1, len(self.sheet.rows) + 1) if row not in left_out]

    def line(self, row: int) -> Line:
        """What one row says and what becomes of it."""
        values, problems, missing = dict(self.fixed), [], []
        for column, key in self.proposal.columns.items():
            text = self.text(row, column, key)
            if not text:
                continue
            found = self.read(key, text)
            if isinstance(found, Refusal):
                problems.append(self.problem(row, key, found.what, found.todo))
            elif isinstance(found, tuple):
                missing.append((key, found))
            elif found is not None:
                values[key] = found
        return self.judged(row, values, problems, missing)

    def text(self, row: int, column: int, key: str) -> str:
        """What stands in a cell, or in the merged cell that covers it."""
        cells = self.sheet.rows[row - 1]
        cell = cells[column - 1] if column <= len(cells) else None
        if self.under and (row, column) in self.under:
            cell = self.sheet.cell(*self.under[row, column])
        if cell is None:
            return ""
        if type(cell) is float and cell_is_plain(self.fields[key].kind):
            self._numbers.setdefault(key, []).append(address(row, column))
        return cell_text(cell).strip()

    def read(self, key: str, text: str) -> "Value | Refusal | Missing":
        """A cell by its field's own kind; the same text is read once a column."""
        known = self._read[key]
        if text not in known:
            try:
                known[text] = self.read_new(key, text)
            except Refusal as refusal:
                known[text] = refusal
        return known[text]

    def read_new(self, key: str, text: str) -> "Value | Missing":
        if text in ERRORS:
            raise Refusal(_("单元格里是公式的错误：{text}").format(text=text))
        kind = self.fields[key].kind
        if not isinstance(kind, Link):
            return kind.parse(text, self.today)
        found = self.links[key].find(text)
        if found is not None:
            return found
        made = missing_as(key, kind, " ".join(text.split()))
        label = _(self.links[key].record.label)
        if made is None:
            raise Refusal(_("台账里没有这个{label}：{name}").format(label=label, name=text[:30]), todo=_("先登记，再导入"))
        if not self.create:
            raise Refusal(_("台账里没有这个{label}：{name}").format(label=label, name=text[:30]), todo=_("勾选“缺的一并新建”，或改正名称"))
        record = self.links[key].record
        record.fields()[record.named_by[0]].kind.parse(made[2], self.today)
        return made

    def judged(self, row: int, values: dict[str, Value], problems: list[Problem], missing: list[tuple[str, Missing]]) -> Line:
        """The line with its fate."""
        sure = self.ledger.sure(values)
        if len(sure) > 1:
            problems.append(self.problem(row, "", _("这一行的号码分属台账里的两条记录")))
        there = sure[0] if sure else self.ledger.whole(values) if not missing else None
        values, warnings = self.completed(row, {**values}, there, problems)
        build = partial(
            Line, row, title=self.title(row, values), values=values, warnings=tuple(warnings), missing=tuple(missing),
            key=str(there["id"]) if there else "", version=int(there["version"]) if there else 0,
            changes=changes_between(self.record, there, values, self.today) if there else (),
        )  # fmt: skip
        given = {**values, **dict.fromkeys((key for key, _what in missing), "")}
        if not there:
            problems += [self.problem(row, key, _("必填")) for key, spec in self.fields.items() if spec.required and given.get(key) is None]
        again = self.again_in_file(row, values, problems) if not problems else None
        alike = self.suspects(values, there) if not (problems or again) else ()
        if problems:
            return build(fate=Fate.REFUSED, problems=tuple(problems))
        self.file.learn({**values, LINE_NO: row})
        if again:
            return build(fate=Fate.SAME)
        if alike:
            return build(fate=Fate.SUSPECTED, alike=alike)
        line = build(fate=Fate.UPDATE if there else Fate.NEW)
        return replace(line, fate=Fate.SAME) if there and not line.changes and not missing else line

    def completed(
        self, row: int, values: dict[str, Value], there: Kept | None, problems: list[Problem]
    ) -> tuple[dict[str, Value], list[Problem]]:
        """What the values say about each other (an ID number about sex and birth), with what should be looked at."""
        warnings = []
        name = self.record.named_by[0]
        if there and values.get(name) and there[name] not in (None, values[name]):
            said = _("台账里是“{title}”").format(title=self.title(0, there))
            warnings.append(self.problem(row, name, said))
        if self.record in COMPLETE and not problems:
            before = {key: there[key] for key in self.fields} if there else {}
            done, words = COMPLETE[self.record]({**before, **values}, self.today)
            warnings += [self.problem(row, "", word) for word in words]
            values = {key: value for key, value in done.items() if key in values or before.get(key) != value}
        return values, warnings

    def again_in_file(self, row: int, values: dict[str, Value], problems: list[Problem]) -> bool:
        """An earlier row says the same; one that shares a number with it but says otherwise is a problem."""
        whole = self.file.whole(values)
        if whole is not None:
            return True
        for other in self.file.sure(values):
            keys = [key for key in unique_fields(self.record) if values.get(key) is not None and other.get(key) == values[key]]
            problems.append(self.problem(row, keys[0], _("与第 {row} 行相同，别的内容却不同").format(row=other[LINE_NO])))
        return False

    def suspects(self, values: dict[str, Value], there: Kept | None) -> tuple[Alike, ...]:
        """Records and earlier rows that may be the same; a record of the same number that bears another name is only suspected."""
        name = self.record.named_by[0]
        if there is not None:
            other_name = values.get(name) and there[name] and normal_form(str(values[name])) != normal_form(str(there[name]))
            return (Alike(there["id"], self.title(0, there), there),) if other_name and not isinstance(self.fields[name].kind, Link) else ()
        ledger = [Alike(row["id"], self.title(0, row), row) for row in self.ledger.suspected(values)]
        file = [(row[LINE_NO], row) for row in self.file.suspected(values)]
        words = _("本表第 {row} 行 {title}")
        return (*ledger, *(Alike("", words.format(row=line, title=self.title(line, row)), row) for line, row in file))

    def title(self, row: int, values: Kept) -> str:
        """A row in a few words: links by what stands in their cells."""
        parts = []
        for key in self.record.named_by:
            if isinstance(self.fields[key].kind, Link):
                parts.append(self.text(row, self.column_of[key], key) if row and key in self.column_of else "")
            else:
                parts.append(self.fields[key].kind.show(values.get(key)))
        return " ".join(part for part in parts if part) or _(self.record.label)

    def problem(self, row: int, key: str, why: str, todo: str = "") -> Problem:
        """A sentence about a cell; about the row where the field has no column."""
        column = self.column_of.get(key)
        where = address(row, column) if column else _("第 {row} 行").format(row=row)
        return Problem(where, _(self.fields[key].label) if key else "", why, todo)

    def notices(self) -> tuple[str, ...]:
        """What the clerk should know about whole columns."""
        said = list(self.proposal.notices)
        for key, places in self._numbers.items():
            words = _("{label}有 {count} 格是数字（{first} 等），开头的 0 可能已经丢了，请核对")
            said.append(words.format(label=_(self.fields[key].label), count=len(places), first=places[0]))
        return tuple(said)


def cell_is_plain(kind: Kind) -> bool:
    """A kind that keeps text as it stands, so that a number in the cell may have lost its leading zeros."""
    return isinstance(kind, Text) and not isinstance(kind, Name)
