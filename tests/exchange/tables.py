"""What these tests lay on the desk: a ledger, a table, a workbook, a value for every kind."""

from collections.abc import Sequence
from pathlib import Path

from xlsxwriter import Workbook

from desktop.exchange.fates import DryRun
from desktop.exchange.importing import dry_run, propose
from desktop.exchange.reading import Cell, Sheet
from desktop.model.contents import record_type
from desktop.model.field import Field
from desktop.model.kinds import Value
from desktop.model.kinds.amounts import Minutes, Number
from desktop.model.kinds.choices import Choice, Code, Flag
from desktop.model.kinds.identity import CreditCode, IdNumber, Phone
from desktop.model.kinds.records import Link
from desktop.model.kinds.tags import Tags
from desktop.model.kinds.times import Clock, Day
from desktop.model.kinds.words import Address, Name
from desktop.model.place import Place
from desktop.model.record import Record
from desktop.office import records
from desktop.office.desk import Desk
from desktop.office.ledgers import found_office
from desktop.store.key import Cost
from desktop.store.page import titles

SAMPLES = Path(__file__).parents[1] / "samples"
TODAY = "2022-03-24"
MAN = "441502196307153758"  # born 1963-07-15
WOMAN = "441502199407189065"  # born 1994-07-18


def a_desk(folder: Path) -> Desk:
    desk, _recovery = found_office(
        folder, community="441502003007", admin="周敏", login="zhoumin", password="abc12345",
        now=lambda: f"{TODAY}T09:41:00", cost=Cost(8, 1, 1),
    )  # fmt: skip
    return desk


def a_sheet(*rows: Sequence[Cell], name: str = "名单") -> Sheet:
    return Sheet(name, False, [list(row) for row in rows])


def tried(desk: Desk, record: type[Record], *rows: Sequence[Cell], create: bool = False, **fixed: str) -> DryRun:
    """The dry run of a table whose first row is its head."""
    sheet = a_sheet(*rows)
    return dry_run(desk, record, sheet, propose(sheet, record), fixed=fixed, create=create)


def a_workbook(path: Path, *rows: Sequence[object]) -> Path:
    with Workbook(str(path), {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return path


def typed(desk: Desk, spec: Field) -> str:
    """Something a clerk could type into a cell of this field."""
    kind = spec.kind
    if isinstance(kind, Link):
        return title_of_some(desk, record_type(kind.to))
    if isinstance(kind, Tags):
        return "、".join(kind.words[: 1 if getattr(kind, "exclusive", False) else 2])
    if isinstance(kind, Choice | Code):
        return kind.options()[0][1]
    if isinstance(kind, Minutes):
        return "1.5"
    if isinstance(kind, Number):
        return str(max(kind.least, 1))
    for known, text in (
        (Name, "李素芳"), (IdNumber, MAN), (CreditCode, "91350100M000100Y43"), (Phone, "13800138000"),
        (Clock, "09:30"), (Day, "2021-11-20"), (Flag, "是"), (Address, "海滨路1号"),
    ):  # fmt: skip
        if isinstance(kind, known):
            return text
    return f"{spec.label}甲"


def value(desk: Desk, spec: Field) -> Value:
    """The same as it is stored."""
    return some(desk, record_type(spec.kind.to)) if isinstance(spec.kind, Link) else spec.kind.parse(typed(desk, spec), TODAY)


def some(desk: Desk, record: type[Record]) -> str:
    """A record of this type that is there, made when there is none; its id."""
    for row in desk.rows(record):
        if record is not Place or row["name"] != "滨海社区":  # the office itself stands there from the beginning
            return str(row["id"])
    return records.add(desk, record, **{key: value(desk, spec) for key, spec in record.fields().items() if spec.required})


def title_of_some(desk: Desk, record: type[Record]) -> str:
    key = some(desk, record)
    with desk.books.read() as conn:
        return titles(conn, desk.community, record.__tablename__, [key])[key]
