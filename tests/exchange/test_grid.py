"""A block from Excel or WPS as rows of the grid: quoting, line breaks, a head that is known, a head that is none."""

import pytest

from desktop.exchange import grid
from desktop.exchange.fates import Fate
from desktop.model.errors import Refusal
from desktop.model.person import Person
from desktop.office.desk import Desk
from tests.builders import a_person

KEYS = ["name", "sex", "roles", "note"]


def read(text: str, at: int = 0) -> list[list[str]]:
    sheet, proposal = grid.understood(grid.pasted(text), Person, KEYS, at)
    return grid.rows_of(sheet, proposal, KEYS)


def test_quotes_and_line_breaks_inside_a_cell_stay_inside_it() -> None:
    assert read('陈嘉禾\t女\t居民\t"第一行\r\n第""二""行"\r\n') == [["陈嘉禾", "女", "居民", '第一行\n第"二"行']]


def test_a_known_head_sorts_the_columns_and_is_no_data() -> None:
    assert read("备注\t姓名\t人员类别\n常住\t陈嘉禾\t居民\n") == [["陈嘉禾", "", "居民", "常住"]]


def test_names_that_look_like_a_head_once_are_data() -> None:
    assert read("小区\t女\n陈嘉禾\t女\n") == [["小区", "女", "", ""], ["陈嘉禾", "女", "", ""]]


def test_what_does_not_fit_beside_the_last_column_is_left_out() -> None:
    assert read("居民\t备注\t多出来的\n", at=2) == [["", "", "居民", "备注"]]


def test_blank_lines_and_sums_are_no_data() -> None:
    assert read("姓名\t人员类别\n陈嘉禾\t居民\n\t\n合计\t1\n") == [["陈嘉禾", "", "居民", ""]]


def test_an_empty_clipboard_is_said() -> None:
    with pytest.raises(Refusal, match="剪贴板里没有表格内容"):
        grid.pasted("\r\n")


def test_rows_are_numbered_as_the_grid_shows_them_and_blank_ones_are_passed_over(desk: Desk) -> None:
    dry = grid.judge(desk, Person, KEYS, [["陈嘉禾", "", "居民", ""], ["", "", "", ""], ["", "女", "", ""]])
    assert [(line.row, line.fate) for line in dry.lines] == [(1, Fate.NEW), (3, Fate.REFUSED)]
    assert {problem.field for problem in dry.lines[1].problems} == {"姓名", "人员类别"}


def test_a_namesake_is_new_only_when_somebody_says_so(desk: Desk) -> None:
    a_person(desk, "陈嘉禾", phone="13810216650")
    keys, row = ["name", "roles", "phone"], ["陈嘉禾", "居民", "13810216650"]
    assert grid.judge(desk, Person, keys, [row]).lines[0].fate is Fate.SUSPECTED
    assert grid.judge(desk, Person, keys, [row], as_new={1}).lines[0].fate is Fate.NEW
