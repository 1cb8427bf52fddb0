"""Kinds that lead to a record: the number that the office gave it, and the link from another one."""

import re
from typing import TYPE_CHECKING

from desktop.model.errors import Refusal
from desktop.model.kinds import Kind, Value
from desktop.model.language import _

if TYPE_CHECKING:
    from desktop.model.record import Record


class Serial(Kind):
    """A number given by the office, never typed and never used twice: YJ-211004-0317.

    `at_once`: given when the record is made; otherwise a deed gives it (the slip when somebody reports).
    """

    width = 8

    def __init__(self, prefix: str, *, at_once: bool = True) -> None:
        self.prefix = prefix
        self.at_once = at_once

    def tokens(self, value: Value) -> list[str]:
        text = str(value).lower() if value is not None else ""
        return [text, text.rsplit("-", 1)[-1]] if text else []


class Link(Kind):
    """Another record, by its id; shown by that record's own title."""

    width = 8

    def __init__(self, to: "type[Record] | str") -> None:
        self.to = to if isinstance(to, str) else to.__tablename__

    def check(self, value: Value) -> None:
        super().check(value)
        if isinstance(value, str) and not re.fullmatch(r"[0-9a-f]{32}", value):
            raise Refusal(_("不是记录的编号：{value}").format(value=value[:40]))

    def tokens(self, value: Value) -> list[str]:
        return []
