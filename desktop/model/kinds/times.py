"""Kinds of time: a day, a day known only by its month or year, a birth, a time of day."""

import re

from desktop.model import days
from desktop.model.errors import Refusal
from desktop.model.field import Upward
from desktop.model.kinds import Kind, Value
from desktop.model.language import _
from desktop.model.typed import HALF_WIDTH


class Day(Kind):
    """A day."""

    width = 6
    tight = True
    takes_none = True

    def read(self, text: str, today: str) -> Value:
        return days.read_day(text, today)

    def check(self, value: Value) -> None:
        super().check(value)
        if isinstance(value, str) and not days.is_day(value):
            raise Refusal(_("不是日期：{value}").format(value=value[:20]))

    def tokens(self, value: Value) -> list[str]:
        return []

    def hint(self) -> str:
        return _("如 2021-11-24")


class PartialDay(Day):
    """A day of which perhaps only the month or the year is known: 1990年3月."""

    def read(self, text: str, today: str) -> Value:
        return days.read_partial_day(text, today)

    def check(self, value: Value) -> None:
        Kind.check(self, value)
        if isinstance(value, str) and not days.is_partial_day(value):
            raise Refusal(_("不是日期：{value}").format(value=value[:20]))

    def show(self, value: Value) -> str:
        return days.show_day(value) if isinstance(value, str) and len(value) < 10 else super().show(value)

    def hint(self) -> str:
        return _("如 1990-03-07，只知道年月可填 1990-03")


class Birthday(PartialDay):
    """A date of birth: stays in the community."""

    masks = True
    upward = Upward.NEVER

    def mask(self, value: Value) -> str:
        return self.show(value)[:4] + _("年") if value else ""

    def beside(self, value: Value, today: str) -> str:
        years = days.age_on(value, today) if isinstance(value, str) and value <= today else None
        return _("{n} 岁").format(n=years) if years is not None else ""


class Clock(Kind):
    """A time of day, 09:30."""

    width = 4
    tight = True

    def read(self, text: str, today: str) -> Value:
        found = re.fullmatch(r"(\d{1,2})[:：时点]?(\d{2})?分?", text.translate(HALF_WIDTH))
        if not found or int(found[1]) > 23 or int(found[2] or 0) > 59:
            raise Refusal(_("时间应为 09:30 的样子"))
        return f"{int(found[1]):02d}:{int(found[2] or 0):02d}"

    def check(self, value: Value) -> None:
        super().check(value)
        if isinstance(value, str) and not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value, re.ASCII):
            raise Refusal(_("时间应为 09:30 的样子"))

    def tokens(self, value: Value) -> list[str]:
        return []
