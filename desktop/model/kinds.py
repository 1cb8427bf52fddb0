"""Kinds: what a value *is*. A kind knows how it is stored, typed, checked, shown, masked, sought and written to Excel.

Nobody asks `if kind == "phone"`; the kind is asked: `Person.fields()["phone"].kind.parse(typed, today)`.
Values are plain: text, whole number or None, exactly as they stand on the disk, in the journal and in a batch line.
A text that begins with `~` is a masked value that came from another office, one that begins with `#` a keyed hash.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from sqlalchemy import Integer as SqlInteger
from sqlalchemy import Text as SqlText
from sqlalchemy.types import TypeEngine

from desktop.model import days, masks, names, numbers, phones
from desktop.model.codes import CodeTable
from desktop.model.errors import Refusal
from desktop.model.field import Upward
from desktop.model.language import _
from desktop.model.typed import HALF_WIDTH, says_nothing

if TYPE_CHECKING:
    from desktop.model.record import Record

Value = str | int | None

MASKED_MARK = "~"
HASH_MARK = "#"
WIDE = {MASKED_MARK: "～", HASH_MARK: "＃"}
BIDI_AND_CONTROLS = re.compile("[\u0000-\u0008\u000b-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ud800-\udfff]")


def is_masked(value: Value) -> bool:
    """The value came masked from another office: 李*芳 may be shown, never taken for the name."""
    return isinstance(value, str) and value.startswith(MASKED_MARK)


def is_hash(value: Value) -> bool:
    """The value is a keyed hash: good for counting, not for reading."""
    return isinstance(value, str) and value.startswith(HASH_MARK)


def unmarked(text: str) -> str:
    """Typed text that begins like a masked or hashed value (#3楼梯间) takes the wide sign, and so stays what was typed."""
    return WIDE.get(text[:1], text[:1]) + text[1:]


class Kind:
    """The base: a line of text."""

    column: TypeEngine[str] | TypeEngine[int] = SqlText()
    upward = Upward.FULL
    align = "left"
    width = 8  # in Chinese characters, as the table opens
    takes_none = False  # 无 and — mean that there is none (an ID number), not the word itself
    tight = False  # never wrapped on paper: numbers, days, phones
    masks = False  # has a mask of its own: 李*芳
    sensitive = False  # masked on the screen until an eye is clicked, and that is logged

    def parse(self, typed: str, today: str) -> Value:
        """What the typed text means; None for nothing. Raises Refusal when it cannot be read."""
        text = typed.strip()
        if not text or (self.takes_none and says_nothing(text)):
            return None
        value = self.read(text, today)
        self.check(value)
        return None if value == "" else value  # nothing but invisible signs

    def read(self, text: str, today: str) -> Value:
        """Text that is not empty into a value; `parse` checks it."""
        return text

    def check(self, value: Value) -> None:
        """Refuse a value that this kind cannot hold, however it came."""
        if value is not None and not isinstance(value, str):
            raise Refusal(_("应为文字"))

    def show(self, value: Value) -> str:
        """The value in words, for screen, paper and file."""
        if value is None:
            return ""
        text = str(value)
        if is_masked(value):
            return text[1:]
        return _("（不显示）") if is_hash(value) else text

    def mask(self, value: Value) -> str:
        """The value in words for somebody who need not know it all."""
        return self.show(value)

    def cell(self, value: Value) -> str | int | float | None:
        """The value for a spreadsheet cell: text unless it is meant for sums."""
        return self.show(value) or None

    def tokens(self, value: Value) -> list[str]:
        """The words that find it."""
        text = names.normal_form(self.show(value)) if value is not None else ""
        return [text] if text else []

    def beside(self, value: Value, today: str) -> str:
        """A word that the value has beside itself while nobody types: the age beside a birth. Nothing for most."""
        return ""

    def hint(self) -> str:
        """One line under the head of the Excel template and in the help of the form."""
        return ""


class Text(Kind):
    """A line of text of at most `limit` code points."""

    def __init__(self, limit: int = 100, width: int = 8) -> None:
        self.limit = limit
        self.width = width

    def read(self, text: str, today: str) -> Value:
        return unmarked(" ".join(BIDI_AND_CONTROLS.sub("", text).split()))

    def check(self, value: Value) -> None:
        super().check(value)
        if isinstance(value, str) and len(value) > self.limit:
            raise Refusal(_("最多 {limit} 字，现在 {count} 字").format(limit=self.limit, count=len(value)))

    def hint(self) -> str:
        return _("最多 {limit} 字").format(limit=self.limit)


class LongText(Text):
    """Several lines; an editor that takes Enter as a new line."""

    def __init__(self, limit: int = 2000, width: int = 16) -> None:
        super().__init__(limit, width)

    def read(self, text: str, today: str) -> Value:
        lines = (BIDI_AND_CONTROLS.sub("", line).rstrip() for line in text.replace("\r\n", "\n").split("\n"))
        return unmarked("\n".join(lines).strip())


class Name(Text):
    """A person's name: any character of GB 18030, up to 50 code points, interpunct U+00B7; found by pinyin too."""

    masks = True
    upward = Upward.MASKED

    def __init__(self) -> None:
        super().__init__(limit=50, width=5)

    def read(self, text: str, today: str) -> Value:
        value = names.read_name(text)
        if value.startswith((MASKED_MARK, HASH_MARK)):
            raise Refusal(_("姓名不能以 ~ 或 # 开头"))
        return value

    def mask(self, value: Value) -> str:
        return masks.mask_name(self.show(value))

    def tokens(self, value: Value) -> list[str]:
        if value is None or is_masked(value):
            return []
        form = names.normal_form(str(value))
        given = [form[2:]] if len(form) > 3 else []  # 建国 of 欧阳建国
        return names.search_tokens(str(value)) + given


class Title(Text):
    """The name of a unit, a place, an activity: found by its words, pinyin and initials, also without the 区 or 市 in front."""

    def __init__(self, limit: int = 100, width: int = 12) -> None:
        super().__init__(limit, width)

    def tokens(self, value: Value) -> list[str]:
        if value is None:
            return []
        rest = names.pinyin_of(str(value)[1:])
        return [*names.search_tokens(str(value)), *(word for word in (rest.full, rest.initials) if word)]


class Address(Text):
    """An address down to the room; masked to estate and building."""

    masks = True
    upward = Upward.NEVER

    def mask(self, value: Value) -> str:
        return masks.mask_address(self.show(value))


class IdNumber(Kind):
    """公民身份号码, GB 11643-1999; goes up as a keyed hash, is shown as 441502********0014."""

    masks = True
    upward = Upward.COUNT
    width = 11
    tight = True
    takes_none = True
    sensitive = True

    def read(self, text: str, today: str) -> Value:
        return numbers.read_id_number(text, today).value

    def check(self, value: Value) -> None:
        super().check(value)
        if isinstance(value, str) and not is_hash(value) and len(value) != 18:
            raise Refusal(_("应为18位，现在是{count}位").format(count=len(value)))

    def mask(self, value: Value) -> str:
        return self.show(value) if is_hash(value) else masks.mask_id(self.show(value))

    def tokens(self, value: Value) -> list[str]:
        form = names.normal_form(str(value)) if value is not None and not is_hash(value) else ""  # a typed X is sought as x
        return [form, form[-4:]] if form else []

    def hint(self) -> str:
        return _("18位居民身份号码，单元格设为文本")


class CreditCode(Kind):
    """统一社会信用代码, GB 32100-2015 with amendment 1."""

    width = 11
    tight = True
    takes_none = True

    def read(self, text: str, today: str) -> Value:
        return numbers.read_credit_code(text).value

    def hint(self) -> str:
        return _("18位统一社会信用代码")


class Phone(Kind):
    """A telephone number; never goes up unless the office says so, is shown as 138****8888."""

    masks = True
    upward = Upward.NEVER
    width = 7
    tight = True
    takes_none = True
    sensitive = True

    def read(self, text: str, today: str) -> Value:
        return phones.read_phone(text)

    def mask(self, value: Value) -> str:
        return masks.mask_phone(self.show(value))

    def tokens(self, value: Value) -> list[str]:
        digits = re.sub(r"\D", "", str(value)) if value is not None else ""
        return [digits, digits[-4:]] if len(digits) > 4 else []

    def hint(self) -> str:
        return _("11位手机号，或区号-号码")


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


class State(Choice):
    """Where a record stands in its flow; only the flow's moves change it."""

    def __init__(self, words: str | Sequence[str]) -> None:
        super().__init__(words, width=5)


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
