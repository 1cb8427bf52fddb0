"""Telephone numbers: one written form for the many ways in which people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.model.errors import Refusal
from desktop.model.phones import read_phone


@pytest.mark.parametrize(
    "typed",
    [
        "13800138000", "138 0013 8000", "138-0013-8000", "+86 13800138000", "8613800138000", "0086-138-0013-8000", "013800138000",
        "１３８００１３８０００", "13800138000.0", "'13800138000", "\u202d13800138000\u202c",
    ],
)  # fmt: skip
def test_a_mobile_is_eleven_digits_however_it_was_written(typed):
    assert read_phone(typed) == "13800138000"


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("06603366888", "0660-3366888"),
        ("(0660) 3366888", "0660-3366888"),
        ("（0660）3366888", "0660-3366888"),
        ("+86 660 3366888", "0660-3366888"),
        ("0086 0660 3366888", "0660-3366888"),
        ("010-6552-9988", "010-65529988"),
        ("02033668888", "020-33668888"),
        ("0755-83366888", "0755-83366888"),
        ("3366888", "3366888"),
        ("0660-3366888转 8003", "0660-3366888转8003"),
        ("0660-3366888 分机：8003", "0660-3366888转8003"),
        ("0660-3366888 ext. 8003", "0660-3366888转8003"),
        ("0660-3366888-8003", "0660-3366888转8003"),
        ("3366888-12", "3366888转12"),
        ("400-800-8888", "4008008888"),
        ("12345", "12345"),
        ("110", "110"),
        ("660123", "660123"),
    ],
)
def test_a_fixed_number_shows_its_area_and_its_extension(typed, written):
    assert read_phone(typed) == written


@pytest.mark.parametrize("typed", ["", " ", "无", "-"])
def test_an_empty_cell_is_no_number(typed):
    assert read_phone(typed) is None


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("1.38E+10", "后几位已经丢了"),
        ("1.3800138e10", "后几位已经丢了"),
        ("138****8888", "遮盖"),
        ("1380013800", "手机号应为11位，现在是10位"),
        ("138001380001", "手机号应为11位，现在是12位"),
        ("12800138000", "手机号第2位应为3至9，现在是2"),
        ("13800138000/13900139000", "一格里有2个号码"),
        ("13800138000\n13900139000", "一格里有2个号码"),
        ("13800138000、0660-3366888", "一格里有2个号码"),
        ("+852 9123 4567", "不是大陆的号码"),
        ("13800138000转1", "手机号后面不会有分机号"),
        ("O3800138000", "不是数字的符号"),
        ("13800138000.5", "不是数字的符号"),
        ("010-3366888", "不像电话号码：共10位数字"),
        ("336688", "不像电话号码：共6位数字"),
    ],
)
def test_a_refused_number_says_what_is_wrong(typed, reason):
    with pytest.raises(Refusal, match=reason):
        read_phone(typed)


@given(st.text("0123456789-+ ()转.xX*#/ｅE分机８", max_size=24))
def test_a_stored_number_is_read_as_itself(text):
    try:
        written = read_phone(text)
    except Refusal:
        return
    assert written is None or read_phone(written) == written


@given(st.integers(3, 9), st.integers(0, 999_999_999))
def test_every_mobile_is_taken_whole(second, rest):
    assert read_phone(f"1{second}{rest:09}") == f"1{second}{rest:09}"
