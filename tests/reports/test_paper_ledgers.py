"""台账: heads, rows, blanks and signatures of long tables."""

import time
from dataclasses import replace

import pytest

from desktop.office.facts import Column, ListFacts
from desktop.reports.plain import plain_list
from tests.reports.paper_samples import OFFICE, a_list, outside_the_sheet, pages_of, squeezed, words_of


def _rows_on(page: str) -> int:
    return page.count("居民0") + page.count("居民1") + page.count("居民2")


def test_an_empty_list_is_one_page_that_says_so():
    paper = plain_list(a_list(0))
    assert paper.pages == 1
    assert "无记录" in words_of(paper.pdf)
    assert "填表日期" in words_of(paper.pdf)


def test_one_row_is_one_page():
    paper = plain_list(a_list(1))
    assert paper.pages == 1
    assert "居民0001" in words_of(paper.pdf)


def test_two_thousand_rows_are_all_there_and_each_page_has_the_head():
    paper = plain_list(a_list(2000))
    pages = pages_of(paper.pdf)
    text = squeezed("".join(pages))
    assert [at for at in range(1, 2001) if f"居民{at:04d}" not in text] == []
    assert all("居民名单" in page and "姓名" in page and "住址" in page for page in pages)
    assert f"第{paper.pages}页共{paper.pages}页" in squeezed(pages[-1])


@pytest.mark.parametrize("every_page", [False, True])
def test_the_signatures_never_stand_without_a_row(every_page: bool):
    for count in range(1, 46):
        pages = pages_of(plain_list(a_list(count, signs_on_every_page=every_page)).pdf)
        signed = [page for page in pages if "填表日期" in page]
        assert len(signed) == (len(pages) if every_page else 1), count
        assert "填表日期" in pages[-1]
        assert all(_rows_on(page) >= 1 for page in pages), count


def test_blank_rows_never_open_a_page():
    for count in range(15, 25):
        filled = plain_list(a_list(count))
        assert filled.pages == plain_list(a_list(count, fills_with_blank_rows=False)).pages


def test_a_list_need_not_be_signed():
    assert "填表人" not in words_of(plain_list(a_list(1, signs=())).pdf)


def test_a_row_is_not_split_when_it_fits_a_page():
    rows = tuple((f"居民{at:04d}", "1", f"起{at:02d}" + "住址很长" * 60 + f"止{at:02d}") for at in range(1, 15))
    pages = pages_of(plain_list(a_list(0, rows=rows)).pdf)
    assert len(pages) > 1
    for at in range(1, 15):
        assert [f"起{at:02d}" in page for page in pages] == [f"止{at:02d}" in page for page in pages]


def test_a_row_taller_than_a_page_goes_on_and_loses_nothing():
    paper = plain_list(a_list(0, rows=(("张三", "1", "长" * 20_000),)))
    assert paper.pages > 2
    assert words_of(paper.pdf).count("长") == 20_000
    assert outside_the_sheet(paper.pdf) == []


def test_a_note_of_a_hundred_thousand_characters_prints_in_two_seconds():
    started = time.perf_counter()
    paper = plain_list(a_list(0, rows=(("张三", "1", "长" * 100_000),)))
    assert paper.pages > 10
    assert time.perf_counter() - started < 10  # two on an office PC; the machine of the tests is shared


def test_a_phone_is_never_broken():
    rows = tuple(("很长的名字" * 4, "0660-3360000转8001", "住址" * 80) for _ in range(3))
    text = pages_of(plain_list(a_list(0, rows=rows)).pdf)[0]
    assert text.count("0660-3360000转8001") == 3


def test_a_table_that_is_too_wide_says_so_and_clips_nothing():
    columns = tuple(Column(f"列{at:02d}", tight=True) for at in range(30))
    facts = ListFacts("太宽的表", columns, (tuple(f"4415021990010100{at:02d}" for at in range(30)),), OFFICE)
    paper = plain_list(facts)
    assert any("太宽" in note for note in paper.notes)
    assert outside_the_sheet(paper.pdf) == []
    text = words_of(paper.pdf)
    assert text.count("44150") >= 30


def test_a_narrow_list_may_stand_upright():
    upright = plain_list(replace(a_list(40), landscape=False))
    assert upright.pages == 2
    assert outside_the_sheet(upright.pdf) == []


def test_rows_for_the_hand_are_higher():
    assert plain_list(a_list(90, filled_by_hand=True)).pages > plain_list(a_list(90)).pages
