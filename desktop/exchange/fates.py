"""What a dry run says: the fate of every row, with the cells and the reasons, and the decisions that a clerk may take on it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from desktop.exchange.links import Missing
from desktop.exchange.mapping import Proposal
from desktop.exchange.reading import Sheet
from desktop.model.errors import Refusal
from desktop.model.kinds import Value
from desktop.model.kinds.tags import Periods
from desktop.model.language import _
from desktop.model.record import Kept, Record

Progress = Callable[[int, int], None]  # done, of how many; raises to stop, and nothing was changed
EACH = 500


class Fate(StrEnum):
    """What becomes of a row. The word is what is shown."""

    NEW = "新增"
    UPDATE = "更新"
    SAME = "相同"
    SUSPECTED = "疑似"
    REFUSED = "退回"


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a cell is refused or should be looked at: E8, 证件号码, 校验码不对."""

    address: str
    field: str
    why: str
    todo: str = ""

    def __str__(self) -> str:
        head = " ".join(part for part in (self.address, self.field) if part)
        return f"{head}：{self.why}" if head else self.why


@dataclass(frozen=True, slots=True)
class Alike:
    """What a suspected row may be: a record of the ledger, or (without id) another row of the file."""

    id: str
    title: str
    row: Kept


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the file and what would become of it."""

    row: int
    fate: Fate
    title: str
    values: dict[str, Value]
    key: str = ""  # the record it is about
    version: int = 0
    changes: tuple[tuple[str, Value, Value], ...] = ()  # field, old, new
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    alike: tuple[Alike, ...] = ()
    missing: tuple[tuple[str, Missing], ...] = ()  # link field and what has to be made for it


@dataclass(frozen=True)
class DryRun:
    """What an import would do, row by row; nothing is changed yet."""

    record: type[Record]
    sheet: Sheet
    proposal: Proposal
    fixed: dict[str, Value]
    lines: tuple[Line, ...]
    missing: tuple[Missing, ...]
    notices: tuple[str, ...]
    today: str

    def count(self, fate: Fate) -> int:
        """How many rows have this fate."""
        return sum(line.fate is fate for line in self.lines)

    def of(self, *fates: Fate) -> list[Line]:
        """The rows with one of these fates."""
        return [line for line in self.lines if line.fate in fates]

    def decide(self, row: int, same_as: str = "") -> "DryRun":
        """The clerk has decided about a suspected row: it is that record, or (without id) a new one."""
        lines = tuple(decided(self, line, same_as) if line.row == row else line for line in self.lines)
        return replace(self, lines=lines)


def changes_between(record: type[Record], there: Kept, values: Mapping[str, Value], today: str) -> tuple[tuple[str, Value, Value], ...]:
    """(field, old, new) for what a line really changes; a word of a period is added to those that hold, none is ended."""
    found = []
    for key, value in values.items():
        if value is None:
            continue
        old: Value = there[key]
        new: Value = value
        kind = record.fields()[key].kind
        if isinstance(kind, Periods) and old is not None:
            words = kind.split(value) if kind.exclusive else [*kind.split(old), *kind.split(value)]
            new = kind.hold(old, words, today)
        if new != old:
            found.append((key, old, new))
    return tuple(found)


def decided(dry: DryRun, line: Line, same_as: str) -> Line:
    """A suspected line after the decision."""
    if line.fate is not Fate.SUSPECTED:
        raise Refusal(_("这一行不用选"), record=line.title)
    if not same_as:
        if line.key:
            raise Refusal(_("号码与这条记录相同，不能另立一条"), record=line.title, todo=_("核对号码，或选“就是这一条”"))
        return replace(line, fate=Fate.NEW)
    row = next((one.row for one in line.alike if one.id == same_as), None)
    if row is None:
        raise Refusal(_("找不到所选的记录"), record=line.title)
    changes = changes_between(dry.record, row, line.values, dry.today)
    fate = Fate.UPDATE if changes or line.missing else Fate.SAME
    return replace(line, fate=fate, key=str(row["id"]), version=int(row["version"]), changes=changes)


def words_of(problems: Iterable[Problem]) -> str:
    """All reasons in one cell: what is wrong, and what to do."""
    return "；".join(f"{problem}（{problem.todo}）" if problem.todo else str(problem) for problem in problems)
