"""Kinds that are chosen and not typed: yes or no, a code of a national table, a word of the office's own list, where a flow stands."""

from collections.abc import Sequence

from sqlalchemy import Integer as SqlInteger

from desktop.model.codes import CodeTable, office_name, offices
from desktop.model.errors import Refusal
from desktop.model.kinds import Kind, Value
from desktop.model.language import _

CODE_LENGTH = 12  # 统计用区划代码


class Flag(Kind):
    """Yes or no."""

    column = SqlInteger()
    width = 3
    YES = frozenset({"是", "1", "y", "yes", "√", "有", "true"})
    NO = frozenset({"否", "0", "n", "no", "×", "无", "false"})

    def read(self, text: str, today: str) -> Value:
        word = text.lower()
        if word in self.YES:
            return 1
        if word in self.NO:
            return 0
        raise Refusal(_("应为“是”或“否”"))

    def check(self, value: Value) -> None:
        if value is not None and (isinstance(value, bool) or value not in (0, 1)):
            raise Refusal(_("应为“是”或“否”"))

    def show(self, value: Value) -> str:
        return "" if value is None else _("是") if value else _("否")

    def tokens(self, value: Value) -> list[str]:
        return []

    def hint(self) -> str:
        return _("是 或 否")


class Code(Kind):
    """A code of a national table; stored by its number, typed and shown by its word."""

    width = 4

    def __init__(self, table: CodeTable, width: int = 4) -> None:
        self.table = table
        self.width = width

    def options(self) -> list[tuple[str, str]]:
        """(stored, shown) in the table's order."""
        return [(code, _(word)) for code, word in self.table.codes.items()]

    def read(self, text: str, today: str) -> Value:
        return self.table.find(text)

    def check(self, value: Value) -> None:
        super().check(value)
        if isinstance(value, str) and value not in self.table.codes:
            raise Refusal(_("“{value}”不在{table}里").format(value=value[:20], table=self.table.name))

    def show(self, value: Value) -> str:
        return _(self.table.word(str(value))) if value is not None else ""

    def tokens(self, value: Value) -> list[str]:
        return []

    def hint(self) -> str:
        words = [word for _code, word in self.options()]
        return "、".join(words[:8]) + ("…" if len(words) > 8 else "")


class OfficeCode(Kind):
    """The twelve-digit code of an office, ours or another one; stored as the code, shown by its name."""

    width = 8

    def read(self, text: str, today: str) -> Value:
        return next((code for code, (name, _above) in offices().items() if name == text), text)

    def check(self, value: Value) -> None:
        super().check(value)
        if isinstance(value, str) and not (len(value) == CODE_LENGTH and value.isascii() and value.isdigit()):
            raise Refusal(_("不认识这个单位：写它的名称或 12 位区划代码"))

    def show(self, value: Value) -> str:
        return office_name(str(value))[0] if value is not None else ""

    def tokens(self, value: Value) -> list[str]:
        return []

    def hint(self) -> str:
        return _("名称或 12 位区划代码")


class Choice(Kind):
    """One word of the office's own list; the word itself is what is stored."""

    def __init__(self, words: str | Sequence[str], width: int = 5) -> None:
        self.words = tuple(words.split() if isinstance(words, str) else words)
        self.width = width

    def options(self) -> list[tuple[str, str]]:
        """(stored, shown) in the list's order."""
        return [(word, _(word)) for word in self.words]

    def read(self, text: str, today: str) -> Value:
        for word in self.words:
            if text in (word, _(word)):
                return word
        raise Refusal(_("“{typed}”不在可选的词里：{words}").format(typed=text[:20], words="、".join(map(_, self.words))))

    def check(self, value: Value) -> None:
        super().check(value)
        if isinstance(value, str) and value not in self.words:
            raise Refusal(_("“{value}”不在可选的词里").format(value=value[:20]))

    def show(self, value: Value) -> str:
        return _(str(value)) if value is not None else ""

    def tokens(self, value: Value) -> list[str]:
        return []

    def hint(self) -> str:
        return "、".join(map(_, self.words))


class State(Choice):
    """Where a record stands in its flow; only the flow's moves change it."""

    def __init__(self, words: str | Sequence[str]) -> None:
        super().__init__(words, width=5)
