"""Rare names print, copy back equal, and a character that no font has is told, not swallowed."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.model.errors import Trouble
from desktop.office.desk import Desk
from desktop.office.settings import choose
from desktop.reports.fonts import FONTS, FontBook, Style, can_print_with
from desktop.reports.inspections import rectification_notices
from desktop.reports.pen import Gap
from desktop.reports.plain import plain_list
from desktop.reports.producing import lay_out
from tests.reports.paper_samples import SAMPLES, a_list, pages_of, tool, words_of

NO_FONT_HAS_IT = "\U00031350"
HAN = st.one_of(
    st.characters(min_codepoint=0x4E00, max_codepoint=0x9FEF),
    st.characters(min_codepoint=0x3400, max_codepoint=0x4DB5),
    st.characters(min_codepoint=0x20000, max_codepoint=0x2A6D6),
    st.characters(min_codepoint=0x2B740, max_codepoint=0x2CEA1),
)
NAMES = st.text(st.one_of(HAN, st.sampled_from("·ABCxyz0189")), min_size=1, max_size=12)


def _list_of(names: list[str]):
    return a_list(0, columns=(a_list(0).columns[0],), rows=tuple((name,) for name in names), numbered=False)


@pytest.mark.parametrize("name", ["𬭊𪻐", "王𫖯", "䶮㛃", "田墘街道", "买买提·吐尔逊", "𠮷田"])
def test_a_rare_name_copies_back_as_itself(name: str, tmp_path: Path):
    paper = plain_list(_list_of([name]))
    assert name in words_of(paper.pdf)
    assert paper.missing == ()
    file = tmp_path / "paper.pdf"
    file.write_bytes(paper.pdf)
    assert name in tool("pdftotext", "-layout", file, "-")


@given(names=st.lists(NAMES, min_size=1, max_size=60, unique=True))
@settings(max_examples=15, deadline=None)
def test_all_names_of_a_list_come_back_in_order(names: list[str]):
    paper = plain_list(_list_of(names))
    assert paper.missing == ()
    text = words_of(paper.pdf)
    at = 0
    for name in names:
        at = text.index(name, at) + len(name)


def test_a_character_that_no_font_has_is_a_box_and_is_listed():
    paper = plain_list(_list_of([f"张{NO_FONT_HAS_IT}"]))
    assert paper.missing == (Gap(NO_FONT_HAS_IT, f"张{NO_FONT_HAS_IT}"),)
    assert paper.missing[0].code_point == "U+31350"
    assert "张□" in words_of(paper.pdf)


def test_the_list_of_missing_characters_is_of_this_paper_only():
    plain_list(_list_of([f"张{NO_FONT_HAS_IT}"]))
    assert plain_list(_list_of(["张三"])).missing == ()


def test_an_invisible_character_is_told_and_leaves_no_box():
    paper = plain_list(_list_of(["张\u200b三"]))
    assert [gap.code_point for gap in paper.missing] == ["U+200B"]
    assert "张三" in words_of(paper.pdf)


def test_a_lone_surrogate_does_not_stop_the_print():
    assert "张三" in words_of(plain_list(_list_of(["张\ud800三"])).pdf)


def test_the_office_is_told_that_songti_stands_for_fangsong():
    assert any("仿宋" in note for note in rectification_notices(SAMPLES["notice"]).notes)


def test_a_paper_without_fangsong_does_not_speak_of_it():
    book = FontBook()
    rectification_notices(SAMPLES["notice"], book)
    assert plain_list(a_list(1), book).notes == ()


def test_the_office_s_own_font_is_used_when_it_may_be():
    own = FontBook({Style.FANG: FONTS / "LXGWWenKai-Regular.ttf"})
    paper = rectification_notices(SAMPLES["notice"], own)
    assert paper.notes == ()
    assert b"LXGWWenKai" in paper.pdf


def test_a_fangsong_that_the_office_names_in_its_settings_is_printed_with(desk: Desk):
    assert lay_out(desk, "notice", SAMPLES["notice"]).notes
    choose(desk, "paper.fangsong", str(FONTS / "LXGWWenKai-Regular.ttf"))
    paper = lay_out(desk, "notice", SAMPLES["notice"])
    assert paper.notes == ()
    assert b"LXGWWenKai" in paper.pdf
    choose(desk, "paper.fangsong", "")
    assert lay_out(desk, "notice", SAMPLES["notice"]).notes


def test_a_font_file_that_is_none_is_left_aside(tmp_path: Path):
    broken = tmp_path / "simfang.ttf"
    broken.write_bytes(b"not a font")
    assert not can_print_with(broken)
    assert any("仿宋" in note for note in rectification_notices(SAMPLES["notice"], FontBook({Style.FANG: broken})).notes)


def test_a_missing_shipped_font_is_trouble_with_its_name(tmp_path: Path):
    with pytest.raises(Trouble, match="NotoSerifSC"):
        plain_list(a_list(1), FontBook(folder=tmp_path))


@given(text=st.text(st.one_of(HAN, st.sampled_from("，。（）《》ab 12-\n")), max_size=200), width=st.floats(12, 300))
@settings(max_examples=80, deadline=None)
def test_broken_lines_joined_are_the_text_and_none_is_too_wide(text: str, width: float):
    book = FontBook()
    lines = book.wrap(text, Style.SONG, 10, width)
    assert "".join(lines) == text.replace("\n", "")
    assert all(len(line) <= 1 or book.width(line, Style.SONG, 10) <= width + 0.001 for line in lines)


def test_no_line_begins_with_a_full_stop():
    lines = FontBook().wrap("盐工小区下水道堵塞。" * 30, Style.SONG, 10, 100.0)
    assert len(lines) > 20
    assert not [line for line in lines if line.startswith("。")]


def test_a_line_end_inside_a_cell_is_a_new_line():
    facts = a_list(1)
    paper = plain_list(replace(facts, rows=(("张三", "1", "甲\n乙"),)))
    assert "甲乙" in words_of(paper.pdf)
    assert "甲乙" not in pages_of(paper.pdf)[0]
