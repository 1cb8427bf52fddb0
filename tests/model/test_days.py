"""Days: read only when they can mean one day, shown as paper shows them, counted by the office's calendar."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.model import days
from desktop.model.days import Calendar
from desktop.model.errors import Refusal

TODAY = "2022-03-08"
DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)).map(date.isoformat)
OFFICE = Calendar()


@pytest.mark.parametrize(
    "typed",
    [
        "1990-03-07", "19900307", "1990.3.7", "1990/3/7", "1990/03/07", "1990年3月7日", "1990年03月07号", "１９９０年３月７日",
        " 1990 年 3 月 7 日 ", "1990-03-07 00:00:00", "1990-03-07T00:00:00", "'1990-03-07", "1990－3－7",
    ],
)  # fmt: skip
def test_one_day_is_read_from_every_way_of_writing_it(typed):
    assert days.read_day(typed, TODAY) == "1990-03-07"
    assert days.read_partial_day(typed, TODAY) == "1990-03-07"


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("今天", "2022-03-08"),
        ("昨天", "2022-03-07"),
        ("前天", "2022-03-06"),
        ("3-7", "2022-03-07"),
        ("3月7日", "2022-03-07"),
        ("12/25", "2022-12-25"),
    ],
)
def test_a_day_without_a_year_is_near_today_or_of_this_year(typed, day):
    assert days.read_day(typed, TODAY) == day


@pytest.mark.parametrize(
    ("typed", "known"),
    [("1990年3月", "1990-03"), ("1990年3月份", "1990-03"), ("1990-03", "1990-03"),
     ("1990.3", "1990-03"), ("1998.07", "1998-07"), ("1990.10", "1990-10"),
     ("1990.01", "1990-01"), ("1990-1", "1990-01"), ("1990", "1990"), ("1990年", "1990"), ("3月7日", "2022-03-07")],
)  # fmt: skip
def test_a_day_known_in_part_is_kept_as_precise_as_it_was_written(typed, known):
    assert days.read_partial_day(typed, TODAY) == known


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("2021-02-29", "2021年2月没有29日"),
        ("2-29", "2022年2月没有29日"),
        ("13-1", "没有13月"),
        ("1990年0月1日", "没有0月"),
        ("1990-03", "缺日"),
        ("1990", "缺日"),
        ("0990-03-07", "年份不对"),
        ("3/7/1990", "年份不是四位，或者不在最前面"),
        ("90.3.7", "年份不是四位"),
        ("199003", "看不出年月日"),
        ("44524", "日期序号"),
        ("3.7", "看不懂的日期"),
        ("1990-3/7", "看不懂的日期"),
        ("2021-11-24 13:20:00", "看不懂的日期"),
        ("三月初七", "农历"),
        ("下周", "看不懂的日期：下周"),
        ("", "看不懂的日期"),
    ],
)
def test_what_could_be_another_day_or_none_is_refused(typed, reason):
    with pytest.raises(Refusal, match=reason):
        days.read_day(typed, TODAY)


def test_a_month_that_a_spreadsheet_may_have_cut_is_asked_for():
    with pytest.raises(Refusal, match=r"可能是1月，也可能是10月.*1990-01 或 1990-10"):
        days.read_partial_day("1990.1", TODAY)


@pytest.mark.parametrize(("typed", "reason"), [("1990.13", "没有13月"), ("1790年3月", "年份不对：1790"), ("2500", "年份不对：2500")])
def test_a_part_of_a_day_that_cannot_be_is_refused(typed, reason):
    with pytest.raises(Refusal, match=reason):
        days.read_partial_day(typed, TODAY)


@given(DAYS)
def test_a_shown_day_is_read_as_itself(day):
    assert days.read_day(days.show_day(day), TODAY) == day


@given(DAYS, st.sampled_from([4, 7, 10]))
def test_a_shown_part_of_a_day_is_read_as_itself(day, length):
    known = day[:length]
    assert days.is_partial_day(known)
    assert days.read_partial_day(days.show_day(known), TODAY) == known


@given(st.text(max_size=14) | st.text("0123456789-./年月日 ", max_size=14))
def test_whatever_is_pasted_is_a_day_or_refused(text):
    try:
        day = days.read_day(text, TODAY)
    except Refusal:
        return
    assert days.is_day(day)


@pytest.mark.parametrize(
    ("day", "shown"), [("2022-03-08", "2022年3月8日"), ("1990-03", "1990年3月"), ("1990", "1990年"), ("", ""), (None, "")]
)
def test_paper_shows_days_without_leading_noughts(day, shown):
    assert days.show_day(day) == shown


@pytest.mark.parametrize("text", ["2021-02-29", "2021-2-9", "20210209", "2021-13-01", "0000-01-01", "1990-03", "２０２１-02-09"])
def test_only_the_stored_form_of_a_real_day_is_a_day(text):
    assert not days.is_day(text)


@pytest.mark.parametrize("text", ["1990-13", "0000", "199", "1990-3", "2021-02-30"])
def test_only_the_stored_form_of_a_real_month_is_a_part_of_a_day(text):
    assert not days.is_partial_day(text)


@given(DAYS, st.integers(-9999, 9999))
def test_days_after_and_days_between_are_inverse(day, n):
    assert days.between(day, days.after(day, n)) == n


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        ("1990-03-08", "2022-03-07", 31),
        ("1990-03-08", "2022-03-08", 32),
        ("2000-02-29", "2022-02-27", 21),
        ("2000-02-29", "2022-02-28", 22),
        ("2000-02-29", "2024-02-28", 23),
        ("1990-03", "2022-02-28", 31),
        ("1990-03", "2022-04-01", 32),
        ("1990-02", "2022-02-28", 32),
        ("1990", "2022-12-31", 32),
    ],
)
def test_a_person_is_a_year_older_on_the_birthday(born, day, age):
    assert days.age_on(born, day) == age


@pytest.mark.parametrize(("born", "day"), [("1990-03", "2022-03-15"), ("1990", "2022-06-30")])
def test_an_age_that_hangs_on_an_unknown_day_is_not_told(born, day):
    assert days.age_on(born, day) is None


@given(DAYS, st.integers(0, 40000))
def test_age_never_falls_as_days_pass(born, n):
    day = days.after(born, n)
    assert days.age_on(born, day) <= days.age_on(born, days.after(day, 1)) <= days.age_on(born, day) + 1


def test_months_and_quarters_have_their_bounds():
    assert days.month_of("2024-02-10") == "2024-02"
    assert days.month_bounds("2024-02") == ("2024-02-01", "2024-02-29")
    assert days.month_bounds("2021-11-24") == ("2021-11-01", "2021-11-30")
    assert days.quarter_bounds("2021-11-24") == ("2021-10-01", "2021-12-31")


@given(DAYS)
def test_a_day_lies_in_its_month_and_its_month_in_its_quarter(day):
    first, last = days.month_bounds(day)
    start, end = days.quarter_bounds(day)
    assert start <= first <= day <= last <= end
    assert days.after(last, 1)[8:] == "01"


def test_the_week_begins_on_monday():
    assert [days.weekday_words(f"2022-03-{day:02}") for day in (7, 13)] == ["星期一", "星期日"]


def test_holidays_and_make_up_days_follow_the_notices():
    assert not days.is_workday("2022-10-03", OFFICE)  # Monday of the national holiday
    assert days.is_workday("2022-10-08", OFFICE)  # the Saturday worked for it
    assert days.is_workday("2022-03-08", OFFICE)


def test_the_offices_own_days_come_before_the_notice():
    office = Calendar(holidays=frozenset({"2022-03-08"}), workdays=frozenset({"2022-03-12"}))
    assert not days.is_workday("2022-03-08", office)
    assert days.is_workday("2022-03-12", office)


def test_a_year_without_a_notice_goes_by_weekends_and_says_so():
    assert OFFICE.known(2022)
    assert not OFFICE.known(2199)
    assert days.is_workday("2199-01-02", OFFICE)  # a Wednesday
    assert not days.is_workday("2199-01-05", OFFICE)


def test_a_year_that_the_office_typed_in_is_known():
    assert Calendar(years=frozenset({2199})).known(2199)


def test_a_day_cannot_be_both_free_and_worked():
    with pytest.raises(Refusal, match="2022年3月8日不能既休息又上班"):
        Calendar(holidays=frozenset({"2022-03-08"}), workdays=frozenset({"2022-03-08", "2022-03-12"}))


def test_a_time_limit_over_the_national_holiday_ends_after_it():
    assert days.workdays_after("2022-09-30", 1, OFFICE) == "2022-10-08"


@given(DAYS, st.integers(1, 60))
def test_exactly_n_working_days_lie_between_a_day_and_its_limit(day, n):
    limit = days.workdays_after(day, n, OFFICE)
    worked = [days.is_workday(days.after(day, passed), OFFICE) for passed in range(1, days.between(day, limit) + 1)]
    assert sum(worked) == n
    assert worked[-1]


def test_a_time_limit_of_no_days_is_a_bug_of_ours():
    with pytest.raises(ValueError, match="from 1"):
        days.workdays_after("2022-03-08", 0, OFFICE)
