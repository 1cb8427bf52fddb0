"""Spreadsheets out: what is asked comes back, text stays text, numbers leave masked unless somebody may take them."""

from pathlib import Path

import openpyxl
import pytest

from desktop.exchange.fates import Fate, words_of
from desktop.exchange.importing import dry_run, propose, run_import
from desktop.exchange.mapping import importable, imported_fields
from desktop.exchange.reading import read
from desktop.exchange.writing import export, export_ledger, write_template
from desktop.model.contents import RECORD_TYPES
from desktop.model.errors import NotAllowed, Refusal, Trouble
from desktop.model.keeping import Attachment
from desktop.model.kinds.records import Link
from desktop.model.person import Person
from desktop.model.record import Record
from desktop.model.roles import Role
from desktop.office import records
from desktop.office.desk import Desk, Who
from desktop.store.page import Listing
from tests.exchange.tables import MAN, TODAY, WOMAN, some, typed, value
from tests.reports.paper_samples import a_list

IMPORTED = [record for record in RECORD_TYPES if importable(record)]


def listing(desk: Desk, record: type[Record] = Person) -> Listing:
    return Listing(record, community=desk.community)


def a_person(desk: Desk, **values: str) -> str:
    return records.add(desk, Person, **{"name": "李素芳", "roles": f"居民 {TODAY}~", **values})


@pytest.mark.parametrize("record", IMPORTED, ids=lambda record: record.__name__)
def test_what_the_template_asks_comes_back_through_the_import(record: type[Record], desk: Desk, tmp_path: Path) -> None:
    for spec in imported_fields(record):
        if isinstance(spec.kind, Link):
            value(desk, spec)
    path = tmp_path / "模板.xlsx"
    write_template(path, record)
    book = openpyxl.load_workbook(path)
    for column, spec in enumerate(imported_fields(record), start=1):
        book.worksheets[0].cell(3, column, typed(desk, spec))
    book.save(path)
    sheet = read(path)[0]
    proposal = propose(sheet, record)
    assert list(proposal.columns.values()) == [spec.key for spec in imported_fields(record)]
    line = dry_run(desk, record, sheet, proposal).lines[-1]
    assert [words_of(line.problems), line.row] == ["", 3]
    assert line.values == {spec.key: value(desk, spec) for spec in imported_fields(record)}


@pytest.mark.parametrize("record", IMPORTED, ids=lambda record: record.__name__)
def test_an_exported_list_read_back_is_the_same(record: type[Record], desk: Desk, tmp_path: Path) -> None:
    some(desk, record)
    keys = [spec.key for spec in imported_fields(record)]
    for name in ("清单.xlsx", "清单.csv"):
        export(desk, listing(desk, record), tmp_path / name, columns=keys, full=True)
        sheet = read(tmp_path / name)[0]
        dry = dry_run(desk, record, sheet, propose(sheet, record))
        assert [line.fate for line in dry.lines] == [Fate.SAME] * len(desk.rows(record))


def test_a_record_that_a_table_cannot_make_has_no_template(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="不能用表格导入"):
        write_template(tmp_path / "附件.xlsx", Attachment)
    assert list(tmp_path.iterdir()) == []


def test_numbers_and_formulas_are_written_as_text(desk: Desk, tmp_path: Path) -> None:
    a_person(desk, id_number=WOMAN, phone="13800138000", post="=1+1", wishes="+8", strengths="@x", room="0012")
    columns = ("name", "id_number", "phone", "post", "wishes", "strengths", "room")
    export(desk, listing(desk), tmp_path / "a.xlsx", columns=columns, full=True)
    row = openpyxl.load_workbook(tmp_path / "a.xlsx").active[3]
    assert [cell.value for cell in row] == ["李素芳", WOMAN, "13800138000", "=1+1", "+8", "@x", "0012"]
    assert {cell.data_type for cell in row} == {"s"}
    assert {cell.number_format for cell in row} == {"@"}


def test_a_list_is_ready_for_the_printer(desk: Desk, tmp_path: Path) -> None:
    a_person(desk)
    export(desk, listing(desk), tmp_path / "a.xlsx", title="居民名册")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    assert sheet["A1"].value == "居民名册"
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("A3", "$2:$2")
    assert (sheet.page_setup.orientation, str(sheet.page_setup.paperSize)) == ("landscape", "9")


def test_the_template_offers_lists_and_keeps_digits_as_text(tmp_path: Path) -> None:
    write_template(tmp_path / "a.xlsx", Person)
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0]
    lists = {str(rule.sqref)[0]: rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert lists["C"] == "选项!$C$1:$C$4"
    assert sheet.column_dimensions["B"].width > 20
    assert sheet.freeze_panes == "B3"
    assert sheet["B1"].number_format == "@"


def test_id_numbers_and_telephones_leave_masked(desk: Desk, tmp_path: Path) -> None:
    a_person(desk, id_number=WOMAN, phone="13800138000")
    for name in ("a.xlsx", "a.csv"):
        export(desk, listing(desk), tmp_path / name)
        sheet = read(tmp_path / name)[0]
        said = [cell for row in sheet.rows for cell in row]
        assert {"李素芳", "441502********9065", "138****8000"} <= set(said)


def test_masked_numbers_never_come_back_as_numbers(desk: Desk, tmp_path: Path) -> None:
    a_person(desk, id_number=WOMAN)
    export(desk, listing(desk), tmp_path / "a.xlsx")
    sheet = read(tmp_path / "a.xlsx")[0]
    assert "遮盖" in words_of(dry_run(desk, Person, sheet, propose(sheet, Person)).lines[0].problems)


def test_a_clerk_may_not_take_out_full_numbers(desk: Desk, tmp_path: Path) -> None:
    a_person(desk, id_number=WOMAN)
    clerk = Desk(desk.books, Who("x", "小陈", "chen", Role.CLERK), desk.clock)
    with pytest.raises(NotAllowed):
        export(clerk, listing(desk), tmp_path / "a.xlsx", full=True)
    assert export(clerk, listing(desk), tmp_path / "a.xlsx") == 1


def test_a_printed_ledger_leaves_as_it_is_and_in_full_only_by_who_may(desk: Desk, tmp_path: Path) -> None:
    ledger = a_list(3, rows=(("𬭊𪻐", "13800006650", "=1+1"), ("陈嘉禾", "", "长" * 300)))
    clerk = Desk(desk.books, Who("x", "小陈", "chen", Role.CLERK), desk.clock)
    with pytest.raises(NotAllowed):
        export_ledger(clerk, ledger, tmp_path / "a.xlsx", full=True)
    assert not (tmp_path / "a.xlsx").exists()
    assert export_ledger(clerk, ledger, tmp_path / "a.xlsx") == 2
    rows = list(openpyxl.load_workbook(tmp_path / "a.xlsx").active.iter_rows(values_only=True))
    assert rows[1:] == [("姓名", "电话", "住址"), ("𬭊𪻐", "13800006650", "=1+1"), ("陈嘉禾", None, "长" * 300)]


def test_every_export_stands_in_the_audit_with_its_columns(desk: Desk, tmp_path: Path) -> None:
    a_person(desk)
    export(desk, listing(desk), tmp_path / "名册.xlsx", columns=("name", "phone"))
    with desk.books.read() as conn:
        deed, what = conn.exec_driver_sql("SELECT deed, what FROM audit ORDER BY seq DESC LIMIT 1").one()
    assert (deed, what) == ("record.export", "导出 人员 1人 号码已遮盖 名册.xlsx 栏：姓名、手机号码")


def test_a_csv_file_starts_no_formula_and_keeps_long_numbers(desk: Desk, tmp_path: Path) -> None:
    a_person(desk, id_number=MAN, sex="1", born="1963-07-15", post='=cmd|" /C calc"!A0')
    export(desk, listing(desk), tmp_path / "a.csv", columns=("name", "id_number", "post"), full=True)
    text = (tmp_path / "a.csv").read_text(encoding="utf-8-sig")
    assert f"\t{MAN}" in text
    assert "'=cmd" in text
    sheet = read(tmp_path / "a.csv")[0]
    assert dry_run(desk, Person, sheet, propose(sheet, Person), fixed={"roles": "居民"}).lines[0].fate is Fate.SAME


def test_an_export_that_fails_leaves_no_file_and_no_line_in_the_audit(desk: Desk, tmp_path: Path) -> None:
    with desk.books.read() as conn:
        before = conn.exec_driver_sql("SELECT count(*) FROM audit").scalar()
    with pytest.raises(Trouble):
        export(desk, listing(desk), tmp_path / "没有" / "a.xlsx")
    with desk.books.read() as conn:
        assert conn.exec_driver_sql("SELECT count(*) FROM audit").scalar() == before


def test_a_long_list_is_read_alike_by_two_other_programs(desk: Desk, tmp_path: Path) -> None:
    rows = [{"name": f"王{chr(0x4E00 + number)}", "roles": f"居民 {TODAY}~", "note": "<&>\n第二行 "} for number in range(1200)]
    with desk.deed("person.add") as work:
        work.add_many(Person, rows)
    assert export(desk, listing(desk), tmp_path / "a.xlsx", columns=("name", "roles", "note")) == 1200
    here = [row[:3] for row in read(tmp_path / "a.xlsx")[0].rows]
    there = [[cell.value for cell in row][:3] for row in openpyxl.load_workbook(tmp_path / "a.xlsx").active.iter_rows()]
    assert here[1:] == there[1:]
    assert len(here) == 1202


def test_an_imported_and_exported_name_is_the_same_code_points(desk: Desk, tmp_path: Path) -> None:
    sheet = read(Path(__file__).parents[1] / "samples" / "roster-made-gb18030.csv")[0]
    run_import(desk, Person, dry_run(desk, Person, sheet, propose(sheet, Person), fixed={"roles": "居民"}))
    export(desk, listing(desk), tmp_path / "a.xlsx", columns=("name",))
    assert {row[0] for row in read(tmp_path / "a.xlsx")[0].rows[2:]} == {"𠮷田·娜", "𬭊𪻐", "㙟明", "区涛勇"}
