"""生僻字: every ideograph that a window can show, sought by its parts, radical and strokes, reading or code point.

A name on a card may hold a character that no input method of the office types. The table ships with the program
(resources/tables/ideographs.txt.gz, made by make_ideographs.py) and is read when somebody first seeks.
"""

import gzip
import re
import unicodedata
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from desktop.model.codes import TABLES
from desktop.model.typed import half_width

MOST = 240
UNNAMED = "…"  # parts that no table names
NO_SIGN = 0xF0000  # from here on: parts that Unicode has not
RADICALS = 214
TONES = {"\u0304": "1", "\u0301": "2", "\u030c": "3", "\u0300": "4"}
# The same part in its places: typed one way, found every way.
ALIKE = (
    "金钅釒", "水氵氺", "火灬", "心忄", "手扌", "人亻", "言讠訁", "糸纟糹", "食饣飠", "艸艹卄", "竹⺮", "犬犭", "示礻", "衣衤", "玉王",
    "肉月", "阜邑阝", "辵辶", "刀刂", "足⻊", "网罒", "爪爫", "牛牜", "門门", "馬马", "魚鱼", "鳥鸟", "車车", "貝贝", "見见", "頁页",
    "風风", "齊齐", "齒齿", "龍龙", "黃黄", "長长", "韋韦", "麥麦", "鹵卤", "黽黾", "飛飞", "龜龟", "卩㔾", "八丷", "尣尢",
)  # fmt: skip
_CODE = re.compile(r"(?:u\+|\\u|0x|&#x|u)?([0-9a-f]{4,6});?")
_PARTS = re.compile(r"([^\x00-\x7f]+)\s*(\d{1,2})?(?:画|劃)?")
_GLUE = re.compile(r"[+＋、，,/\s]+")


@dataclass(frozen=True)
class Ideograph:
    """What is known of one character. `rest`: the strokes beside its radical."""

    sign: str
    radical: int
    rest: int
    strokes: int
    readings: tuple[str, ...]
    parts: str

    @property
    def code(self) -> str:
        """U+2CB4A."""
        return f"U+{ord(self.sign):04X}"


@dataclass
class Table:
    """The sections of the table; the parts are understood when they are first asked for."""

    by_radical: Mapping[tuple[int, int], str]
    by_strokes: Mapping[int, str]
    by_reading: Mapping[str, str]
    common: frozenset[str]
    part_lines: str
    strokes: Mapping[str, int] = field(default_factory=dict)

    def has(self, sign: str) -> bool:
        """A window can show it."""
        return sign in self.strokes


@cache
def table() -> Table:
    """The table that ships with the program."""
    text = gzip.decompress((TABLES / "ideographs.txt.gz").read_bytes()).decode("utf-8")
    sections = dict(part.split("\n", 1) for part in text.removeprefix("# ").split("\n# "))

    def pairs(name: str) -> list[list[str]]:
        return [line.split("\t") for line in sections[name].splitlines()]

    by_radical = {}
    for key, signs in pairs("radical"):
        radical, rest = key.split(".")
        by_radical[int(radical), int(rest)] = signs
    by_strokes = {int(key): signs for key, signs in pairs("strokes")}
    strokes = {sign: count for count, signs in by_strokes.items() for sign in signs}
    common = frozenset(sections["common"].strip())
    return Table(by_radical, by_strokes, dict(pairs("reading")), common, sections["parts"], strokes)


@cache
def parts() -> dict[str, str]:
    """Character → the parts it is drawn with."""
    return {line[0]: line[1:] for line in table().part_lines.splitlines() if line}


@cache
def used_in() -> dict[str, list[str]]:
    """Part → the characters that are drawn with it."""
    found: dict[str, list[str]] = defaultdict(list)
    for sign, inside in parts().items():
        for one in set(inside):
            found[one].append(sign)
    return dict(found)


@cache
def readings() -> dict[str, str]:
    """du and du4 → the characters so read."""
    found: dict[str, list[str]] = defaultdict(list)
    for said, signs in table().by_reading.items():
        plain, tone = toneless(said)
        found[plain].extend(signs)
        found[plain + tone].extend(signs)
    return {key: "".join(dict.fromkeys(signs)) for key, signs in found.items()}


def toneless(reading: str) -> tuple[str, str]:
    """dù → (du, 4); lǜ → (lü, 4); a reading without a tone is the fifth."""
    tone, letters = "5", []
    for sign in unicodedata.normalize("NFD", reading):
        if sign in TONES:
            tone = TONES[sign]
        else:
            letters.append(sign)
    return unicodedata.normalize("NFC", "".join(letters)), tone


@cache
def radicals() -> tuple[tuple[int, str, int], ...]:
    """(number, its signs, strokes) of the 214 radicals; 金 with 钅 beside it."""
    found = []
    for number in range(1, RADICALS + 1):
        sign = unicodedata.normalize("NFKC", chr(0x2F00 + number - 1))
        kin = next((kind for kind in ALIKE if sign in kind), sign)
        others = [one for one in kin if one != sign and 0x4E00 <= ord(one) <= 0x9FFF and one not in "邑阜月王"]
        found.append((number, "".join([sign, *others]), table().strokes.get(sign, 0)))
    return tuple(found)


def radical_of(sign: str) -> int:
    """The number of the radical that this sign is, in any of its forms; 0 when it is none."""
    return next((number for number, signs, _strokes in radicals() if sign in signs), 0)


def describe(sign: str) -> Ideograph:
    """What is known of a character. KeyError for one that is not in the table."""
    known = table()
    radical, rest = next(key for key, signs in known.by_radical.items() if sign in signs) if known.has(sign) else (0, 0)
    said = tuple(reading for reading, signs in known.by_reading.items() if sign in signs)
    return Ideograph(sign, radical, rest, known.strokes[sign], said, shown_parts(sign))


def shown_parts(sign: str) -> str:
    """The parts as they are shown: what Unicode has no sign for is taken apart once more, or left as …"""
    found = []
    for one in parts().get(sign, ""):
        inside = parts().get(one, UNNAMED) if ord(one) >= NO_SIGN else one
        found.append("".join(UNNAMED if ord(part) >= NO_SIGN else part for part in inside))
    return "".join(found).replace(UNNAMED * 2, UNNAMED)


def seek(typed: str, radical: int = 0, rest: int | None = None) -> list[str]:
    """The characters that answer to what was typed (钅杜, 金7, du4, U+2CB4A, 12画) and to a radical with the strokes beside it."""
    word = half_width(typed).strip().lower()
    found = sought(word) if word else None
    if radical:
        of_radical = [signs for (number, strokes), signs in table().by_radical.items() if number == radical and rest in (None, strokes)]
        allowed = set("".join(of_radical))
        found = [sign for sign in found if sign in allowed] if found is not None else by_use(allowed)
    return (found or [])[:MOST]


def sought(word: str) -> list[str]:
    """What was typed, in half width and small letters, as one of the five ways to ask."""
    if said := readings().get(as_read(word)):
        return by_use(said)
    if found := re.fullmatch(r"(\d{1,2})[画劃]?", word):
        return by_use(table().by_strokes.get(int(found[1]), ""))
    if code := _CODE.fullmatch(word):
        number = int(code[1], 16)
        return [chr(number)] if number <= 0x10FFFF and table().has(chr(number)) else []
    if found := _PARTS.fullmatch(_GLUE.sub("", word)):
        return with_parts(found[1].removesuffix("画").removesuffix("部"), int(found[2]) if found[2] else None)
    return []


def as_read(word: str) -> str:
    """du4, lv and zhāng as the readings are known: du4, lü, zhang1."""
    plain, tone = toneless(word.replace("v", "ü").replace("u:", "ü"))
    return plain if tone == "5" else plain + tone


def with_parts(wanted: str, rest: int | None) -> list[str]:
    """The characters drawn with all these parts, however deep they lie; `rest`: the strokes that are left beside them."""
    signs = [sign for sign in wanted if ord(sign) > 0x2E7F]
    if not signs:
        return []
    if len(signs) == 1 and rest is not None and (radical := radical_of(signs[0])):
        return by_use(table().by_radical.get((radical, rest), ""))
    holding = [containing(one) for one in dict.fromkeys(signs)]
    known, asked = table().strokes, sum(table().strokes.get(sign, 0) for sign in signs)
    found = {sign for sign in set.intersection(*holding) if sign in known and (rest is None or known[sign] - asked == rest)}
    exact = {sign for sign in found if same_parts(parts().get(sign, ""), wanted)}
    itself = [sign for sign in signs if len(signs) == 1 and sign in known and rest is None]
    return [*itself, *by_use(exact - set(itself)), *by_use(found - exact - set(itself))]


def containing(part: str) -> set[str]:
    """Every character that this part, or the same in another of its forms, stands in."""
    found: set[str] = set()
    waiting = deque(alike(part))
    while waiting:
        for sign in used_in().get(waiting.popleft(), ()):
            if sign not in found:
                found.add(sign)
                waiting.append(sign)
    return found | set(alike(part))


def alike(part: str) -> str:
    """The part in all its forms."""
    return next((kind for kind in ALIKE if part in kind), part)


def same_parts(inside: str, wanted: str) -> bool:
    """These parts and no other, in whatever form."""
    return Counter(alike(one)[0] for one in inside) == Counter(alike(one)[0] for one in wanted)


def by_use(signs: Iterable[str]) -> list[str]:
    """Those of the 通用规范汉字表 first, then by strokes and code point."""
    known = table()
    return sorted(signs, key=lambda sign: (sign not in known.common, known.strokes.get(sign, 99), sign))
