"""Files that offices really send: sound, odd, locked, lying and hostile ones."""

import io
import subprocess
import sys
import time
import zipfile
from datetime import date
from pathlib import Path

import pytest

from desktop.exchange.looking import Look, look
from desktop.exchange.reading import NeedsPassword, Stopped, address, read
from desktop.exchange.writing import write_template
from desktop.model.errors import Refusal, Trouble
from desktop.model.person import Person
from tests.exchange.tables import SAMPLES, a_workbook


def test_a_date_of_the_1904_system_is_the_day_that_was_typed() -> None:  # fault 58
    assert read(SAMPLES / "date-1904.xlsx")[0].cell(1, 1) == date(2021, 1, 1)


def test_a_length_of_time_comes_as_hours_and_minutes() -> None:
    assert read(SAMPLES / "date-1904.xlsx")[0].cell(3, 1) == "255:10:10"


def test_merged_cells_of_an_old_workbook_are_told() -> None:  # fault 59
    sheet = read(SAMPLES / "merged-cells.xls")[0]
    assert [(merge.top, merge.left, merge.bottom, merge.right) for merge in sheet.merged] == [(1, 1, 1, 2), (2, 1, 4, 1), (2, 2, 4, 4)]


def test_a_hidden_sheet_is_told_as_hidden(tmp_path: Path) -> None:
    write_template(tmp_path / "人员.xlsx", Person)
    assert [(sheet.name, sheet.hidden) for sheet in read(tmp_path / "人员.xlsx")] == [("人员", False), ("选项", True)]


def test_a_formula_as_text_stays_text() -> None:
    assert read(SAMPLES / "roster-made.xlsx")[0].cell(6, 8) == "=1+1"


@pytest.mark.parametrize("name", ["password-protected.xlsx", "xor-encryption.xls"])
def test_a_locked_file_asks_for_its_password_and_is_not_called_damaged(name: str) -> None:  # fault 52
    with pytest.raises(NeedsPassword, match="打开密码"):
        read(SAMPLES / name)


@pytest.mark.parametrize("name", ["password-protected.xlsx", "xor-encryption.xls"])
def test_a_wrong_password_is_said_to_be_wrong(name: str) -> None:
    with pytest.raises(NeedsPassword, match="密码不对"):
        read(SAMPLES / name, password="错的")


@pytest.mark.parametrize(("name", "password", "rows"), [("password-protected.xlsx", "123", 0), ("xor-encryption.xls", "abc", 3)])
def test_the_right_password_opens_the_file(name: str, password: str, rows: int) -> None:
    assert len(read(SAMPLES / name, password=password)[0].rows) == rows


def test_a_web_page_called_xls_is_called_a_web_page() -> None:  # fault 51
    with pytest.raises(Refusal, match="网页"):
        read(SAMPLES / "html-made.xls")


def test_a_file_that_makes_the_reader_panic_costs_only_the_child() -> None:
    with pytest.raises(Refusal, match="不一定坏"):
        read(SAMPLES / "simple.xlsb")


def test_a_workbook_with_macros_is_refused_whatever_it_is_called(tmp_path: Path) -> None:  # fault 51
    path = a_workbook(tmp_path / "名单.xlsx", ["姓名"])
    with zipfile.ZipFile(path, "a") as packed:
        packed.writestr("xl/vbaProject.bin", b"\0")
    with pytest.raises(Refusal, match="宏"):
        read(path)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "空的"), (b"%PDF-1.7", "不是表格"), (b"\x89PNG\r\n\x1a\n", "不是表格"), (b"a\0b,c", "不是表格"),
        (b"<?xml version='1.0'?><Workbook/>", "XML"),
    ],
)  # fmt: skip
def test_other_files_are_refused_by_what_they_are(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "名单.xlsx").write_bytes(content)
    with pytest.raises(Refusal, match=said):
        read(tmp_path / "名单.xlsx")


def test_a_letter_is_no_spreadsheet(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "通知.xlsx", "w") as packed:
        packed.writestr("word/document.xml", "<w/>")
    with pytest.raises(Refusal, match="文字或演示文稿"):
        read(tmp_path / "通知.xlsx")


@pytest.mark.parametrize("keep", [0.1, 0.5, 0.9])
def test_half_a_workbook_is_called_damaged(tmp_path: Path, keep: float) -> None:
    content = (SAMPLES / "roster-made.xlsx").read_bytes()
    (tmp_path / "半.xlsx").write_bytes(content[: int(len(content) * keep)])
    with pytest.raises(Refusal, match="损坏"):
        read(tmp_path / "半.xlsx")


def test_a_missing_file_is_a_trouble_of_the_disk(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="找不到"):
        read(tmp_path / "没有.xlsx")


def test_reading_stops_when_the_clerk_says_so() -> None:
    with pytest.raises(Stopped):
        read(SAMPLES / "roster-made.xlsx", stop=lambda: True)


def test_cells_are_named_as_the_clerk_sees_them() -> None:
    assert [address(8, 5), address(1, 26), address(2, 27), address(3, 703)] == ["E8", "Z1", "AA2", "AAA3"]


def a_bomb(path: Path) -> Path:
    """400 MB of zeros that pack into 400 kB."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        packed.writestr("xl/workbook.xml", "<workbook/>")
        with packed.open("xl/worksheets/sheet1.xml", "w") as part:
            for _megabyte in range(400):
                part.write(bytes(1 << 20))
    return path


@pytest.mark.skipif(sys.platform != "linux", reason="the limit on memory is Linux's")
def test_a_zip_bomb_is_refused_within_a_second_and_100_megabytes(tmp_path: Path) -> None:  # fault 48
    path = a_bomb(tmp_path / "bomb.xlsx")
    looked = (
        "import resource, sys, time; resource.setrlimit(resource.RLIMIT_AS, (100 << 20, 100 << 20)); "
        "from desktop.exchange.looking import look; begin = time.monotonic(); "
        "print(look(open(sys.argv[1], 'rb')), time.monotonic() - begin < 1)"
    )
    root = Path(__file__).parents[2]
    said = subprocess.run([sys.executable, "-c", looked, str(path)], capture_output=True, text=True, cwd=root, check=True)
    assert said.stdout.split() == ["too_big", "True"]
    with pytest.raises(Refusal, match="太大"):
        read(path)


def test_a_zip_with_a_million_names_is_refused_before_they_are_read() -> None:
    end = b"PK\x05\x06" + bytes(4) + b"\xff\xff\xff\xff" + (64 << 20).to_bytes(4, "little") + bytes(6)
    assert look(io.BytesIO(b"PK\x03\x04" + bytes(100) + end)) is Look.TOO_BIG


def an_xlsx_with(path: Path, sheet_xml: str) -> Path:
    """A sound workbook whose sheet is replaced."""
    sound_path = a_workbook(path.with_name("sound.xlsx"), ["姓名"])
    with zipfile.ZipFile(sound_path) as sound, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in sound.namelist():
            packed.writestr(name, sheet_xml if name == "xl/worksheets/sheet1.xml" else sound.read(name))
    return path


SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>'


def test_two_cells_a_sheet_apart_do_not_fill_the_memory(tmp_path: Path) -> None:  # fault 49
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    begin = time.monotonic()
    with pytest.raises(Refusal, match="太大"):
        read(an_xlsx_with(tmp_path / "wide.xlsx", SHEET.format(rows=rows)))
    assert time.monotonic() - begin < 10


def test_entities_are_not_expanded_and_no_file_is_fetched(tmp_path: Path) -> None:  # fault 50
    secret = tmp_path / "secret.txt"
    secret.write_text("机密", encoding="utf-8")
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    head = f'<!DOCTYPE x [<!ENTITY l0 "lol">{lol}<!ENTITY file SYSTEM "file://{secret}">]>'
    rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>&l11;&file;</t></is></c></row>'
    path = an_xlsx_with(tmp_path / "x.xlsx", head + SHEET.format(rows=rows))
    try:
        cells = [cell for sheet in read(path) for row in sheet.rows for cell in row]
    except Refusal:
        cells = []
    assert not any("机密" in str(cell) or len(str(cell)) > 100 for cell in cells)
