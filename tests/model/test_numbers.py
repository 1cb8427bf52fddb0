"""公民身份号码 and 统一社会信用代码: what the office may write down, and what it is told when it may not."""

import csv
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.model.errors import Refusal
from desktop.model.numbers import CreditCode, IdNumber, read_credit_code, read_id_number

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
TODAY = "2022-03-08"
GB_EXAMPLE = "11010519491231002X"
WEIGHTS = [2**place % 11 for place in range(17, 0, -1)]


def samples(name):
    with (SAMPLES / name).open(encoding="utf-8", newline="") as lines:
        return [pytest.param(row, id=f"{row['written']}: {row['why']}") for row in csv.DictReader(lines)]


def with_check(seventeen):
    """The number completed by the definition of ISO 7064: with its check the weighted sum is 1 modulo 11."""
    rest = sum(int(digit) * weight for digit, weight in zip(seventeen, WEIGHTS, strict=True))
    return seventeen + next(sign for value, sign in enumerate("0123456789X") if (rest + value) % 11 == 1)


def fate(read, *given_to):
    try:
        value = read(*given_to).value
    except Refusal:
        return "refuse"
    return "ok" if value else "empty"


@pytest.mark.parametrize("row", samples("id-numbers.csv"))
def test_every_way_of_writing_an_id_number_has_the_fate_it_should(row):
    assert fate(read_id_number, row["written"], TODAY) == row["expected"]


@pytest.mark.parametrize("row", samples("credit-codes.csv"))
def test_every_way_of_writing_a_credit_code_has_the_fate_it_should(row):
    assert fate(read_credit_code, row["written"]) == row["expected"]


def test_the_example_of_the_standard_tells_birth_and_sex():
    assert read_id_number(GB_EXAMPLE, TODAY) == IdNumber(GB_EXAMPLE, "1949-12-31", "2")


def test_a_man_has_an_odd_order_number():
    assert read_id_number("440308199901101512", TODAY).sex == "1"


@pytest.mark.parametrize(
    "typed",
    [
        "11010519491231002x",
        "１１０１０５１９４９１２３１００２Ｘ",
        " 110105 19491231 002X ",
        "'11010519491231002X",
        "\u202d11010519491231002X\u202c",
    ],
)
def test_width_case_spaces_and_marks_do_not_change_the_number(typed):
    assert read_id_number(typed, TODAY).value == GB_EXAMPLE


@pytest.mark.parametrize("typed", ["", "  ", "无", "暂无", "—", "/"])
def test_a_cell_that_says_there_is_no_number_is_not_an_error(typed):
    assert read_id_number(typed, TODAY) == IdNumber(None, None, None)
    assert read_credit_code(typed) == CreditCode(None)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("1101051949123100X", "应为18位，现在是17位"),
        ("610104620927690", "15位旧号码"),
        ("11010519491231002Х", "第18位的“Х”只是像X（U\\+0425）"),
        ("11010519491231002Ⅹ", "U\\+2169"),
        ("O10105194912310022", "第1位是字母O，应为数字.*看看是不是0"),
        ("1101051949l2310022", "第11位是字母L，应为数字.*看看是不是1"),
        ("X1010519491231002X", "第1位是X，X只能是第18位"),
        ("11010519491231丁02X", "第15位是“丁”，应为数字"),
        ("441502********0017", "遮盖"),
        ("441502XXXXXXXX0017", "遮盖"),
        ("4.41502E+17", "后几位已经丢了"),
        ("441502199003070000.0", "后几位已经丢了"),
        ("441502199003070000", "末三位是000"),
        ("440308199902301512", "出生日期不存在：1999年2月30日"),
        ("441502209901010012", "出生日期在今天之后：2099年1月1日"),
        ("440308199901101513", "校验码不对"),
    ],
)
def test_a_refused_id_number_says_precisely_what_is_wrong(typed, reason):
    with pytest.raises(Refusal, match=reason):
        read_id_number(typed, TODAY)


def test_the_right_check_character_is_never_told():
    with pytest.raises(Refusal) as refused:
        read_id_number("110105194912310021", TODAY)
    assert "X" not in str(refused.value)


def test_somebody_born_today_has_a_number_and_somebody_born_tomorrow_has_none():
    assert read_id_number(with_check("44150220220308001"), TODAY).born == TODAY
    with pytest.raises(Refusal, match="在今天之后"):
        read_id_number(with_check("44150220220309001"), TODAY)


@pytest.mark.parametrize(
    ("number", "warning"),
    [
        ("440524188001010014", "按出生日期已142岁"),
        ("999999198001010011", "前6位999999不在区划代码表里"),
        ("522101198001010019", "前6位522101（贵州省遵义地区遵义市）是旧区划"),
        ("44040119580101000X", "前6位440401（广东省珠海市市辖区）是旧区划"),
        ("500154199301135886", "前6位500154（重庆市开州区）2016年才启用，晚于出生年份"),
        ("810000199408230021", "香港居民居住证"),
        ("830000199201300022", "台湾居民居住证"),
    ],
)
def test_what_is_odd_but_possible_is_only_a_warning(number, warning):
    assert warning in "".join(read_id_number(number, TODAY).warnings)


def test_an_order_number_of_nought_is_warned_of():
    assert any("顺序码" in warning for warning in read_id_number("411082198901010002", TODAY).warnings)


def test_a_right_number_that_ends_like_a_rounded_one_is_warned_of():
    number = next(
        number for order in range(100, 1000, 100) for day in range(10, 29)
        if (number := with_check(f"441502199003{day}{order}"[:16] + "0")).endswith("000")
    )  # fmt: skip
    assert any("末三位是000" in warning for warning in read_id_number(number, TODAY).warnings)


def test_people_born_before_the_district_was_made_are_not_warned_of():
    """441502 began in 1988, while numbers were still being given out to everybody."""
    assert read_id_number(with_check("44150219630715375"), TODAY).warnings == ()


@given(
    prefix=st.integers(110000, 659999),
    born=st.dates(min_value=date(1900, 1, 1), max_value=date(2022, 3, 8)),
    order=st.integers(1, 999),
)
def test_every_number_made_by_the_rule_of_the_standard_is_taken(prefix, born, order):
    number = with_check(f"{prefix}{born:%Y%m%d}{order:03}")
    read = read_id_number(number, TODAY)
    assert (read.value, read.born, read.sex) == (number, born.isoformat(), "1" if order % 2 else "2")


@given(place=st.integers(0, 16), digit=st.sampled_from("0123456789"))
def test_one_wrong_digit_is_always_noticed(place, digit):
    wrong = GB_EXAMPLE[:place] + digit + GB_EXAMPLE[place + 1 :]
    assert fate(read_id_number, wrong, TODAY) == ("ok" if wrong == GB_EXAMPLE else "refuse")


@given(st.integers(0, 15))
def test_two_digits_that_changed_places_are_always_noticed(place):
    swapped = GB_EXAMPLE[:place] + GB_EXAMPLE[place + 1] + GB_EXAMPLE[place] + GB_EXAMPLE[place + 2 :]
    assert fate(read_id_number, swapped, TODAY) == ("ok" if swapped == GB_EXAMPLE else "refuse")


@given(st.text(max_size=25))
def test_whatever_is_pasted_is_read_or_refused(text):
    assert fate(read_id_number, text, TODAY) in ("ok", "refuse", "empty")
    assert fate(read_credit_code, text) in ("ok", "refuse", "empty")


def test_a_credit_code_is_stored_in_capitals_without_hyphens():
    assert read_credit_code("９１３５０１００-m000100y-4-3") == CreditCode("91350100M000100Y43")


def test_the_code_of_a_residents_committee_passes_without_a_word():
    assert read_credit_code("54441502MF00000562").warnings == ()


def test_a_wrong_organisation_code_inside_is_warned_of():
    assert "组织机构代码校验码不对" in "".join(read_credit_code(credit_code("91441502MF1234568")).warnings)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("91441502MF12345I77", "第16位是“I”"),
        ("9144150", "应为18位，现在是7位"),
        ("MF123456-X", "9位组织机构代码"),
        ("441502MF1234567", "15位旧注册号"),
        ("N2441502MF00000640", "校验码不对"),
        ("9.1350100000000E+17", "后几位已经丢了"),
        ("91350100********43", "遮盖"),
    ],
)
def test_a_refused_credit_code_says_precisely_what_is_wrong(typed, reason):
    with pytest.raises(Refusal, match=reason):
        read_credit_code(typed)


def credit_code(seventeen):
    """The code completed by the definition: the weighted sum with its check is 0 modulo 31."""
    signs = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    total = sum(signs.index(sign) * 3**place for place, sign in enumerate(seventeen))
    return seventeen + next(sign for value, sign in enumerate(signs) if (total + value) % 31 == 0)


def test_an_unknown_kind_of_register_is_only_warned_of():
    assert "前两位D1" in "".join(read_credit_code(credit_code("D1441502MF0000056")).warnings)


def test_letters_where_the_district_stands_are_warned_of():
    assert "第3至8位" in "".join(read_credit_code(credit_code("9144150AMF0000056")).warnings)
