"""Kinds that are counted and added up: a whole number with its unit, a length of time."""

import re

from sqlalchemy import Integer as SqlInteger

from desktop.model.errors import Refusal
from desktop.model.kinds import Kind, Value
from desktop.model.language import _
from desktop.model.typed import HALF_WIDTH


class Number(Kind):
    """A whole number with its unit."""

    column = SqlInteger()
    align = "right"
    width = 4
    tight = True

    def __init__(self, unit: str = "", least: int = 0, most: int = 999_999_999) -> None:
        self.unit = unit
        self.least = least
        self.most = most

    def read(self, text: str, today: str) -> Value:
        plain = text.translate(HALF_WIDTH).replace(",", "").removesuffix(self.unit).strip().removesuffix(".0")
        if not re.fullmatch(r"-?\d{1,12}", plain):
            raise Refusal(_("应为整数"))
        return int(plain)

    def check(self, value: Value) -> None:
        if value is None:
            return
        if isinstance(value, bool) or not isinstance(value, int):
            raise Refusal(_("应为整数"))
        if not self.least <= value <= self.most:
            raise Refusal(_("应在 {least} 与 {most} 之间").format(least=self.least, most=self.most))

    def cell(self, value: Value) -> str | int | float | None:
        return value

    def tokens(self, value: Value) -> list[str]:
        return []


class Minutes(Number):
    """A length of time, kept in minutes, typed and shown in hours: 1.5 小时."""

    width = 5

    def __init__(self, most_hours: int = 24) -> None:
        super().__init__(unit="小时", most=most_hours * 60)

    def read(self, text: str, today: str) -> Value:
        plain = text.translate(HALF_WIDTH).removesuffix("小时").removesuffix("时").strip()
        if not re.fullmatch(r"\d{1,4}(\.\d{1,2})?", plain):
            raise Refusal(_("应为小时数，如 1.5"))
        return round(float(plain) * 60)

    def check(self, value: Value) -> None:
        if isinstance(value, int) and value > self.most:
            raise Refusal(_("最多 {hours} 小时").format(hours=self.most // 60))
        super().check(value)

    def show(self, value: Value) -> str:
        return "" if value is None else f"{int(value) / 60:.2f}".rstrip("0").rstrip(".")

    def cell(self, value: Value) -> str | int | float | None:
        return None if value is None else round(int(value) / 60, 2)
