"""Kinds that are a set of words of the office's own list: plain tags, and words that hold for a time."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from desktop.model import days
from desktop.model.errors import Refusal
from desktop.model.kinds import Kind, Value
from desktop.model.kinds.choices import Choice
from desktop.model.language import _


class Tags(Choice):
    """A set of words of the office's own list, stored in the list's order with commas; indexed word by word."""

    def __init__(self, words: str | Sequence[str], width: int = 8) -> None:
        super().__init__(words, width)

    def join(self, chosen: Iterable[str]) -> str | None:
        """The stored form of a set of words."""
        wanted = set(chosen)
        return ",".join(word for word in self.words if word in wanted) or None

    def split(self, value: Value) -> list[str]:
        """The words of a stored set."""
        return str(value).split(",") if value else []

    def read(self, text: str, today: str) -> Value:
        chosen = [Choice.read(self, part, today) for part in re.split(r"[,，、;；/\s]+", text) if part]
        return self.join(str(word) for word in chosen)

    def check(self, value: Value) -> None:
        Kind.check(self, value)
        for word in self.split(value):
            Choice.check(self, word)

    def show(self, value: Value) -> str:
        return "、".join(_(word) for word in self.split(value))

    def terms(self, value: Value) -> list[tuple[str, str, str]]:
        """(word, from, to) for the index of tags; a plain set has no period."""
        return [(word, "", "") for word in self.split(value)]


class Periods(Tags):
    """A set of words each with the time in which it holds: 机关党员 2019-07-01 to now.

    Stored as lines `机关党员 2019-07-01~` or `志愿者 2018-01-01~2020-06-30`, so that it reads in any tool. With `exclusive`
    (the area kind of a place) a new word ends the one before it.
    """

    LINE = re.compile(r"(\S+?)(?: (\d{4}(?:-\d\d(?:-\d\d)?)?)?~(\d{4}-\d\d-\d\d)?)?")

    def __init__(self, words: str | Sequence[str], width: int = 10, *, exclusive: bool = False) -> None:
        super().__init__(words, width)
        self.exclusive = exclusive

    def terms(self, value: Value) -> list[tuple[str, str, str]]:
        found = []
        for line in str(value).split("\n") if value else []:
            part = self.LINE.fullmatch(line)
            if not part:
                raise Refusal(_("看不懂的时段：{line}").format(line=line[:30]))
            found.append((part[1], part[2] or "", part[3] or ""))
        return found

    def split(self, value: Value) -> list[str]:
        """The words that hold without an end."""
        return [word for word, _since, until in self.terms(value) if not until]

    def at(self, value: Value, day: str) -> list[str]:
        """The words that hold on a day."""
        return [word for word, since, until in self.terms(value) if since <= day and (not until or day <= until)]

    def join_terms(self, terms: Iterable[tuple[str, str, str]]) -> str | None:
        """The stored form of words with their periods."""
        order = {word: place for place, word in enumerate(self.words)}
        kept = sorted(set(terms), key=lambda term: (order.get(term[0], 99), term[1], term[2]))
        return "\n".join(f"{word} {since}~{until}" for word, since, until in kept) or None

    def hold(self, value: Value, chosen: Iterable[str], day: str) -> str | None:
        """The set of words that holds from `day` on is `chosen`; what no longer holds gets its last day."""
        wanted = set(chosen)
        kept: list[tuple[str, str, str]] = []
        for word, since, until in self.terms(value):
            if until or word in wanted:
                kept.append((word, since, until))
                wanted -= set() if until else {word}
            elif since < day:
                kept.append((word, since, days.after(day, -1)))
        return self.join_terms(kept + [(word, day, "") for word in wanted])

    def read(self, text: str, today: str) -> Value:
        if "~" in text:
            return self.join_terms(self.terms(text))
        words = Tags.read(self, text, today)
        return self.hold(None, str(words).split(",") if words else [], today)

    def check(self, value: Value) -> None:
        Kind.check(self, value)
        for word, since, until in self.terms(value):
            Choice.check(self, word)
            for day in filter(None, (since, until)):
                if not days.is_partial_day(day):
                    raise Refusal(_("不是日期：{value}").format(value=day))
            if since and until and until < since:
                raise Refusal(_("“{word}”的结束日期早于开始").format(word=word))
        if self.exclusive:
            self._refuse_overlap(value)

    def _refuse_overlap(self, value: Value) -> None:
        """Of an exclusive set no two words hold on one day, else a figure by area would count a place twice."""
        terms = sorted(self.terms(value), key=lambda term: (term[1], term[2] or "9"))
        for (word, _since, until), (then, since, _until) in pairwise(terms):
            if not until or since <= until:
                raise Refusal(_("同一时间只能有一个：{words}").format(words=f"{_(word)}、{_(then)}"))
