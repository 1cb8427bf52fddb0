"""Text tables in the encodings of Chinese offices: every character comes back, what fits none is asked."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from desktop.exchange.cells import guarded, unguarded
from desktop.exchange.delimited import UnclearEncoding, decode, modern, table
from desktop.exchange.reading import read
from desktop.model.codes import table_rows
from tests.exchange.tables import SAMPLES

# Everything but surrogates and the private-use codes that an old edition lent to characters since moved.
CHARACTERS = st.characters(exclude_categories=["Cs", "Co", "Cc"])
TEXTS = st.text(CHARACTERS, min_size=1)


def test_rare_characters_and_line_breaks_of_a_gb18030_list_come_back() -> None:
    rows = read(SAMPLES / "roster-made-gb18030.csv")[0].rows
    assert [row[0] for row in rows[1:4]] == ["𠮷田·娜", "𬭊𪻐", "㙟明"]
    assert rows[1][4] == "€20"
    assert rows[3][4] == "一行\n两行"


@given(TEXTS)
def test_what_was_saved_as_gb18030_reads_as_it_was(text: str) -> None:
    content = text.encode("gb18030")
    try:
        content.decode("utf-8")
        looks_like_utf_8 = True
    except UnicodeDecodeError:
        looks_like_utf_8 = False
    assume(not looks_like_utf_8 or text.isascii())
    assume(not content.startswith((b"\xff\xfe", b"\xfe\xff")))
    assert decode(content) == text


@given(TEXTS)
def test_what_was_saved_as_utf_8_reads_as_it_was_with_and_without_its_mark(text: str) -> None:
    assume(not text.startswith("\ufeff"))
    assert decode(text.encode("utf-8")) == decode(text.encode("utf-8-sig")) == text


@pytest.mark.parametrize("name", ["utf-16-le", "utf-16-be"])
def test_unicode_text_out_of_excel_is_read_by_its_mark(name: str) -> None:
    assert decode("\ufeff姓名\t电话".encode(name)) == "姓名\t电话"


@pytest.mark.parametrize("row", table_rows("gb18030-corrections.csv"), ids=lambda row: row["bytes"])
def test_a_code_that_the_newer_edition_moved_is_the_character_it_stands_for(row: dict[str, str]) -> None:
    assert decode("姓名".encode("gb18030") + bytes.fromhex(row["bytes"])) == "姓名" + row["char"]


def test_a_lone_byte_80_is_the_euro_sign_of_chinese_windows() -> None:
    assert decode("补贴".encode("gbk") + b"\x80" + b"20") == "补贴€20"


def test_a_trailing_byte_80_is_no_euro_sign() -> None:
    assert decode(b"\x81\x80" + "姓名".encode("gbk")) == "亐姓名"


def test_what_fits_no_encoding_is_asked_with_previews() -> None:
    with pytest.raises(UnclearEncoding) as refused:
        decode(b"\xff\xff\xa1")
    assert set(refused.value.previews) == {"gb18030", "big5", "utf-8"}


def test_the_encoding_that_the_clerk_chose_is_used(tmp_path: Path) -> None:
    (tmp_path / "名單.csv").write_bytes("姓名,電話\n陳大文,".encode("big5") + b"\xff")
    with pytest.raises(UnclearEncoding):
        read(tmp_path / "名單.csv")
    assert read(tmp_path / "名單.csv", encoding="big5")[0].rows[1][0] == "陳大文"


def test_tabs_part_the_cells_of_a_pasted_table() -> None:
    assert table("姓名\t电话\n李素芳\t13800138000\n", "粘贴.txt") == [["姓名", "电话"], ["李素芳", "13800138000"]]


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40))
def test_a_guarded_cell_of_a_csv_file_comes_back_as_it_was(text: str) -> None:
    assume(not text.startswith(("\t", "'")))
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(("=", "+", "-", "@"))


@given(st.lists(st.text(CHARACTERS, min_size=1), min_size=1, max_size=5))
def test_cells_with_commas_and_quotes_come_back(cells: list[str]) -> None:
    out = io.StringIO(newline="")
    csv.writer(out).writerow(["甲,乙", *cells])
    assume("\t" not in out.getvalue() and out.getvalue().split("\n", 1)[0].count(",") >= out.getvalue().count(";"))
    assume(len((out.getvalue()).splitlines()) == 1)
    assert table(out.getvalue(), "a.csv")[0][1:] == cells


def test_private_use_codes_of_nobody_stay() -> None:
    assert modern("\ue000") == "\ue000"
