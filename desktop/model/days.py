"""Days of the office as ISO text: "2021-11-24", "1990-03" or "1990" where only that much is known, so they sort as they stand.

What somebody typed is read only when it can mean one day; the rest is refused, never guessed. No rule looks at the clock:
today comes as an argument. Working days follow the State Council's notices, with the office's own days on top.
"""

import re
from calendar import isleap, monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from desktop.model.errors import Refusal
from desktop.model.language import _
from desktop.model.typed import tidy

_EARLIEST, _LATEST = 1800, 2199
_WEEKDAYS = "一二三四五六日"
_NEAR = {"今天": 0, "今日": 0, "昨天": -1, "昨日": -1, "前天": -2, "明天": 1, "后天": 2}

_YEAR_MONTH_DAY = re.compile(r"(\d{4})(?:([-./])(\d{1,2})\2(\d{1,2})|年(\d{1,2})月(\d{1,2})[日号]?)", re.ASCII)
_STORED = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_EIGHT = re.compile(r"(\d{4})(\d\d)(\d\d)", re.ASCII)
_MONTH_DAY = re.compile(r"(\d{1,2})(?:[-/](\d{1,2})|月(\d{1,2})[日号]?)", re.ASCII)
_YEAR_MONTH = re.compile(r"(\d{4})(?:[-/.](\d{1,2})|年(\d{1,2})月份?)", re.ASCII)
_YEAR = re.compile(r"(\d{4})年?", re.ASCII)
_MIDNIGHT = re.compile(r"[ T]0{1,2}:00(?::00(?:\.0+)?)?$")


def read_day(text: str, today: str) -> str:
    """The one day that the text can mean: 20211124, 1990年3月7日, 昨天, 3-7 of this year; else a Refusal."""
    if is_day(text) and _EARLIEST <= int(text[:4]) <= _LATEST:
        return text
    typed = _plain(text)
    if typed in _NEAR:
        return after(today, _NEAR[typed])
    if found := _YEAR_MONTH_DAY.fullmatch(typed):
        return _day(int(found[1]), int(found[3] or found[5]), int(found[4] or found[6]))
    if found := _EIGHT.fullmatch(typed):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _MONTH_DAY.fullmatch(typed):
        return _day(int(today[:4]), int(found[1]), int(found[2] or found[3]))
    if _YEAR_MONTH.fullmatch(typed) or _YEAR.fullmatch(typed):
        raise Refusal(_("缺日：{typed}").format(typed=text.strip()), todo=_("写到日，如 2021-11-24"))
    raise _unreadable(typed)


def read_partial_day(text: str, today: str) -> str:
    """A day, a month (1990年3月, 1990-03, 1998.07) or a year, as precise as it was written; else a Refusal."""
    typed = _plain(text)
    if found := _YEAR.fullmatch(typed):
        return f"{_year(int(found[1])):04}"
    if found := _YEAR_MONTH.fullmatch(typed):
        if typed.endswith(".1"):  # a spreadsheet makes 1990.1 of 1990.10
            raise Refusal(
                _("{typed} 可能是1月，也可能是10月").format(typed=typed),
                todo=_("写成 {year}-01 或 {year}-10").format(year=found[1]),
            )
        year, month = _year(int(found[1])), int(found[2] or found[3])
        if not 1 <= month <= 12:
            raise Refusal(_("没有{month}月").format(month=month))
        return f"{year:04}-{month:02}"
    return read_day(text, today)


@lru_cache(maxsize=4096)  # birthdays and joinings come again and again
def is_day(text: str) -> bool:
    """The text is a whole day in its stored form."""
    return bool(_STORED.fullmatch(text)) and _exists(int(text[:4]), int(text[5:7]), int(text[8:]))


def is_partial_day(text: str) -> bool:
    """The text is a day, a month or a year in its stored form."""
    if re.fullmatch(r"\d{4}(-\d\d)?", text, re.ASCII):
        return _exists(int(text[:4]), int(text[5:] or 1), 1)
    return is_day(text)


def show_day(day: str | None) -> str:
    """The day in Chinese as GB/T 9704 prints it, without leading zeros: 2022年3月8日, 1990年3月, 1990年."""
    parts = zip((day or "").split("-"), "年月日", strict=False)
    return "".join(f"{int(number)}{unit}" for number, unit in parts if number)


def after(day: str, n: int) -> str:
    """The day `n` days after; before, when `n` is negative."""
    return (date.fromisoformat(day) + timedelta(days=n)).isoformat()


def between(first: str, second: str) -> int:
    """Days from the first to the second; negative when the second is earlier."""
    return (date.fromisoformat(second) - date.fromisoformat(first)).days


def age_on(born: str, day: str) -> int | None:
    """Full years (周岁) on a day; None where a birth known only to the month or year leaves two answers.

    Who was born on 29 February has the birthday on the 28th of a common year: 民法典 art. 202, the month's last day.
    """
    oldest, youngest = _age(_first_day(born), day), _age(_last_day(born), day)
    return oldest if oldest == youngest else None


def month_of(day: str) -> str:
    """The month a day lies in: "2021-11"."""
    return day[:7]


def month_bounds(month: str) -> tuple[str, str]:
    """First and last day of a month, or of the month that a day lies in."""
    return f"{month[:7]}-01", _last_day(month[:7])


def quarter_bounds(month: str) -> tuple[str, str]:
    """First and last day of the quarter that a month or a day lies in."""
    year, first = month[:4], (int(month[5:7]) - 1) // 3 * 3 + 1
    return f"{year}-{first:02}-01", _last_day(f"{year}-{first + 2:02}")


def periods(today: str) -> dict[str, tuple[str, str]]:
    """The periods that an office asks for, by their first and last day."""
    month = month_bounds(today)
    return {
        "today": (today, today), "month": month, "last_month": month_bounds(after(month[0], -1)), "quarter": quarter_bounds(today),
        "year": (f"{today[:4]}-01-01", f"{today[:4]}-12-31"),
    }  # fmt: skip


def weekday_words(day: str) -> str:
    """星期一 to 星期日."""
    return f"星期{_WEEKDAYS[date.fromisoformat(day).weekday()]}"


@dataclass(frozen=True)
class Calendar:
    """工作日历: the official notices, and on top of them the days that the office typed in.

    `years` are the years whose notice the office has typed in whole, because the program is older than the notice.
    """

    holidays: frozenset[str] = frozenset()
    workdays: frozenset[str] = frozenset()
    years: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        if both := self.holidays & self.workdays:
            raise Refusal(_("{day}不能既休息又上班").format(day=show_day(min(both))))

    def known(self, year: int) -> bool:
        """The notice of the year is known; if not, days go by weekends and the screen says 按周末推算."""
        return year in self.years or _official(date(year, 1, 1)) is not None


def is_workday(day: str, office_calendar: Calendar) -> bool:
    """The office works on this day: its own days first, then the notice, then the weekend."""
    if day in office_calendar.holidays or day in office_calendar.workdays:
        return day in office_calendar.workdays
    whole = date.fromisoformat(day)
    official = _official(whole)
    return whole.weekday() < 5 if official is None else official


def workdays_after(day: str, n: int, calendar: Calendar) -> str:
    """The n-th working day after a day, which itself does not count; `n` is at least 1."""
    if n < 1:
        raise ValueError("n counts working days after the day, from 1")
    while n:
        day = after(day, 1)
        n -= is_workday(day, calendar)
    return day


def _official(day: date) -> bool | None:
    """What the notice of the State Council says of a day; None for a year that the package does not know."""
    import chinese_calendar  # only deeds with a time limit need it

    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return None


def _plain(text: str) -> str:
    """Half width, midnight of a date cell cut off, no spaces."""
    return re.sub(r"\s", "", _MIDNIGHT.sub("", tidy(text)))


def _day(year: int, month: int, day: int) -> str:
    if not 1 <= month <= 12:
        raise Refusal(_("没有{month}月").format(month=month))
    if not _exists(_year(year), month, day):
        raise Refusal(_("{year}年{month}月没有{day}日").format(year=year, month=month, day=day))
    return f"{year:04}-{month:02}-{day:02}"


def _year(year: int) -> int:
    if not _EARLIEST <= year <= _LATEST:
        raise Refusal(_("年份不对：{year}").format(year=year))
    return year


def _exists(year: int, month: int, day: int) -> bool:
    return year >= 1 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def _first_day(day: str) -> str:
    """The first day of a year or a month; a whole day is its own first."""
    return day + "0000-01-01"[len(day) :]


def _last_day(day: str) -> str:
    """The last day of a year or a month; a whole day is its own last."""
    if len(day) == 4:
        return f"{day}-12-31"
    return f"{day}-{monthrange(int(day[:4]), int(day[5:7]))[1]:02}" if len(day) == 7 else day


def _age(born: str, day: str) -> int:
    birthday = born[5:]
    if birthday == "02-29" and not isleap(int(day[:4])):
        birthday = "02-28"
    return int(day[:4]) - int(born[:4]) - (day[5:] < birthday)


def _unreadable(typed: str) -> Refusal:
    """Why a text is no day, as far as it shows."""
    if re.fullmatch(r"\d{5}(\.\d+)?", typed, re.ASCII):
        why = _("{typed} 是表格软件的日期序号")
    elif re.fullmatch(r"\d{6}", typed, re.ASCII):
        why = _("{typed} 看不出年月日")
    elif re.fullmatch(r"\d{1,2}[-./年]\d{1,2}[-./月]\d{1,4}[日号]?", typed, re.ASCII):
        why = _("{typed} 的年份不是四位，或者不在最前面")
    elif "农历" in typed or "阴历" in typed or "初" in typed:
        why = _("{typed} 是农历")
    else:
        why = _("看不懂的日期：{typed}")
    return Refusal(why.format(typed=typed[:30]), todo=_("写成 2021-11-24 的样子"))
