"""Names of people: kept character by character as on the card, and found however somebody types them.

A name is counted in code points and may hold any character of GB 18030 level 3, so no range of "Chinese characters" appears
here. What is kept (`read_name`) changes only what is invisible or the same sign in another coding; what is compared
(`normal_form`) folds more, and is never shown.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from desktop.model.codes import table_rows
from desktop.model.errors import Refusal
from desktop.model.language import _
from desktop.model.typed import half_width, without_invisible

LONGEST_NAME = 50
INTERPUNCT = "\u00b7"

_DOTS = "·‧•・･∙⋅●．.・"
_GAP = re.compile(rf"(?<=(.))(?:\s*([{re.escape(_DOTS)}])\s*|\s+)(?=(.))")
_LOST = re.compile("[\ufffd\ud800-\udfff]|^[?？]+$")
_KANGXI = re.compile("[\u2f00-\u2fd5]")
_VARIATION = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_MOST_ALTERNATIVES = 8
_LONGEST_READ_OTHERWISE = 6  # a longer title is read by its phrases; eight alternatives would reach its first signs only
# Compound surnames that neither the surname table nor pypinyin reads as people do.
_COMPOUND = {"长孙": ("zhang", "sun"), "澹台": ("tan", "tai"), "亓官": ("qi", "guan")}


@dataclass(frozen=True)
class Reading:
    """How a name is typed in pinyin: `chenjiahe`, `cjh`, and the other readings its characters have."""

    full: str
    initials: str
    alternatives: tuple[str, ...] = ()


def read_name(text: str) -> str:
    """The name as it is stored: NFC, nothing invisible, interpunct U+00B7, no spaces between Han; refused when damaged."""
    name = unicodedata.normalize("NFC", without_invisible(half_width(text)))
    name = _KANGXI.sub(lambda found: unicodedata.normalize("NFKC", found[0]), name)
    name = _between_han(" ".join(name.split()))
    if not name:
        raise Refusal(_("姓名是空的"))
    if _LOST.search(name):
        raise Refusal(_("姓名里有已经丢失的字"), todo=_("照证件重新输入"))
    if len(name) > LONGEST_NAME:
        raise Refusal(_("姓名最多{limit}个字，现在是{count}个").format(limit=LONGEST_NAME, count=len(name)))
    return name


def name_warnings(text: str) -> tuple[str, ...]:
    """What the clerk should look at once in a name that can be stored."""
    warnings = []
    if found := _KANGXI.search(text):
        plain = unicodedata.normalize("NFKC", found[0])
        warnings.append(_("部首“{sign}”已换成汉字“{plain}”").format(sign=found[0], plain=plain))
    if radicals := [sign for sign in text if sign in _radicals()]:
        warnings.append(_("“{sign}”是部首，不是姓名用字，请照证件核对").format(sign=radicals[0]))
    if "*" in half_width(text):
        warnings.append(_("姓名里有*，多半是遮盖过的名单"))
    if any(unicodedata.category(sign) == "Co" for sign in text):
        warnings.append(_("有旧系统自造的字，换一台电脑会认不出，请照证件核对"))
    return tuple(warnings)


@lru_cache(maxsize=4096)
def normal_form(name: str) -> str:
    """The form in which names are compared and sought: one width and case, no spaces, dots or variants of coding."""
    if name.isascii() and name.isprintable():  # pinyin and numbers, at every keystroke
        return "".join(name.split()).lower()
    plain = _VARIATION.sub("", without_invisible(name))
    plain = "".join(_radicals().get(sign, sign) for sign in unicodedata.normalize("NFKC", plain))
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", plain).casefold())
    plain = _between_han("".join(plain.split())).replace(INTERPUNCT, "")
    return unicodedata.normalize("NFC", plain)


def pinyin_of(name: str) -> Reading:
    """The readings of a name: the surname as a surname (单 shan, 曾 zeng), the rest as in the dictionary.

    A character without a reading (𠮷) stays itself, so that it can still be typed between the others.
    """
    return _reading(normal_form(name))


def search_tokens(name: str) -> list[str]:
    """The words that find a name, best first: itself, without its first character, pinyin, initials, other readings."""
    form = normal_form(name)
    reading = _reading(form)
    words = (form, form[1:], reading.full, reading.initials, *reading.alternatives)
    return [word for word in dict.fromkeys(words) if word]


def is_han(sign: str) -> bool:
    """One Chinese character of any plane, by its Unicode name, 〇 among them."""
    return sign == "〇" or unicodedata.name(sign, "").startswith("CJK ") or "\U00020000" <= sign <= "\U0003ffff"


def _between_han(name: str) -> str:
    """Between two Han any dot is the interpunct U+00B7, and spaces are only padding; elsewhere both stay."""
    return _GAP.sub(_joined, name)


def _joined(gap: re.Match[str]) -> str:
    before, dot, behind = gap[1], gap[2], gap[3]
    if not (is_han(before) and is_han(behind)):
        return gap[0]
    return INTERPUNCT if dot else ""


@lru_cache(maxsize=4096)
def _reading(signs: str) -> Reading:
    """The likely reading, and those in which one character is read another way."""
    if not signs:
        return Reading("", "")
    readings = _readings(signs)
    likely = [choices[0] for choices in readings]
    full, initials = "".join(likely), _initials(likely)
    others: dict[str, None] = {}
    for place, choices in enumerate(readings if len(signs) <= _LONGEST_READ_OTHERWISE else ()):
        for other in choices[1:]:
            changed = [*likely[:place], other, *likely[place + 1 :]]
            others.update((spelled, None) for spelled in ("".join(changed), _initials(changed)) if spelled not in (full, initials))
        if len(others) >= _MOST_ALTERNATIVES:
            break
    return Reading(full, initials, tuple(others)[:_MOST_ALTERNATIVES])


def _initials(syllables: list[str]) -> str:
    return "".join([syllable[:1] for syllable in syllables])


def _readings(signs: str) -> list[tuple[str, ...]]:
    """For each character its readings, the likely one first."""
    from pypinyin.seg.simpleseg import seg  # a third of a second, so only when a name is written or sought

    likely = [syllable for word in seg(signs) for syllable in _syllables(word)]
    likely[: len(_surname(signs))] = _surname(signs)
    return [_choices(sign, first) for sign, first in zip(signs, likely, strict=True)]


@lru_cache(maxsize=16384)
def _syllables(word: str) -> tuple[str, ...]:
    """The reading of one word of the dictionary; what has none stands for itself, sign by sign."""
    from pypinyin import Style, lazy_pinyin

    return tuple(lazy_pinyin(word, style=Style.NORMAL, errors=list))  # type: ignore[arg-type]  # its stub knows only str


@lru_cache(maxsize=16384)
def _choices(sign: str, first: str) -> tuple[str, ...]:
    """Every way to type one character, beginning with its reading here."""
    from pypinyin import Style, pinyin

    known = pinyin(sign, style=Style.NORMAL, heteronym=True)[0]
    return tuple(dict.fromkeys(way for reading in (first, *known) for way in _spellings(reading)))


def _spellings(syllable: str) -> list[str]:
    """ü is typed v, yu (passports) or u: lv, lyu, lu."""
    if not syllable.startswith(("lv", "nv")):
        return [syllable]
    return [syllable, syllable.replace("v", "yu"), syllable.replace("v", "u")]


def _surname(signs: str) -> tuple[str, ...]:
    """The readings of the leading surname where they differ from the dictionary's."""
    return _surnames().get(signs[:2]) or _surnames().get(signs[:1]) or ()


@cache
def _surnames() -> dict[str, tuple[str, ...]]:
    return {row["surname"]: tuple(row["plain"].split()) for row in table_rows("surname-readings.csv")} | _COMPOUND


@cache
def _radicals() -> dict[str, str]:
    """Radical forms (⺼ ⻢ ⻓, as copied out of a PDF) and the character that each stands for."""
    return {row["radical"]: row["ideograph"] for row in table_rows("radicals.csv")}
