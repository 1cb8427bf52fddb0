"""The numbers printed on a card or a certificate: 公民身份号码 (GB 11643) and 统一社会信用代码 (GB 32100).

A number is taken as it stands on the card or refused with the reason; nothing is repaired beyond width, spaces, hyphens and case,
and the right check character is never named, because a clerk would type it. What is odd but possible (an abolished prefix,
a great age) is a warning: the card decides. Telephone numbers are in `phones`.
"""

import re
from dataclasses import dataclass
from functools import cache
from operator import mul

from desktop.model import days
from desktop.model.codes import table_rows
from desktop.model.errors import Refusal
from desktop.model.language import _
from desktop.model.typed import compact, says_nothing

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"

_CREDIT_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_DEPARTMENTS = "123456789AGNY"  # with the amendments of GB 32100; unknown ones are only warned of
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_ORGANISATION_SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"

_LOOKS_RIGHT = re.compile(r"\d{17}[\dX]", re.ASCII)
_MASKS = "*●•■□?＊"
_LIKE_X = "ХΧⅩ×✕╳"  # Cyrillic, Greek, Roman numeral, signs: all printed like X
_LIKE_DIGITS = {"O": "0", "О": "0", "Ο": "0", "D": "0", "I": "1", "L": "1", "Z": "2", "S": "5", "B": "8"}
_COUNTED = re.compile(r"\d(?:\.\d+)?E\+?\d+|\d+\.\d+")

# Numbers have been given out since 1984, to nearly everybody by 1990, with the prefix of that day: a prefix that began
# before then (441502 in 1988) fits any earlier birth.
_GIVEN_TO_ALL_BY = 1990
_GREAT_AGE = 120
_NO_PLACES = ("市辖区", "市区", "县")  # the codes of old lists for "the districts of", used before a city was divided
_PERMITS = {"810000": "香港居民", "820000": "澳门居民", "830000": "台湾居民"}


@dataclass(frozen=True)
class IdNumber:
    """公民身份号码: eighteen characters, and what they say; no value when the cell said that there is none."""

    value: str | None
    born: str | None
    sex: str | None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class CreditCode:
    """统一社会信用代码: eighteen characters; no value when the cell said that there is none."""

    value: str | None
    warnings: tuple[str, ...] = ()


def read_id_number(text: str, today: str) -> IdNumber:
    """The number as it is stored, upper case and half width, with birth and sex; refused when it cannot be one."""
    if says_nothing(text):
        return IdNumber(None, None, None)
    value = compact(text).upper()
    if not _LOOKS_RIGHT.fullmatch(value):
        _refuse_shape(value)
    born = _born(value, today)
    if value[-1] != _id_check(value):
        if value.endswith("000"):
            raise Refusal(_("末三位是000，多半是表格软件把号码当数字存、丢了末位"), todo=_("照身份证重新输入，单元格设为文本"))
        raise Refusal(_("校验码不对，多半有一位抄错了"), todo=_("照身份证逐位核对"))
    return IdNumber(value, born, "1" if int(value[16]) % 2 else "2", _id_warnings(value, born, today))


def _refuse_shape(value: str) -> None:
    """Why these are not seventeen digits and a digit or X."""
    _refuse_lost_or_masked(value)
    for place, sign in enumerate(value, start=1):
        _refuse_id_sign(sign, place, last=place == len(value))
    if len(value) == 15:
        raise Refusal(_("这是15位旧号码，2013年起已停用"), todo=_("按现在的身份证填18位"))
    if len(value) != 18:
        raise Refusal(_("应为18位，现在是{count}位").format(count=len(value)))


def read_credit_code(text: str) -> CreditCode:
    """The code as it is stored, upper case and half width; refused when alphabet, length or last check say no.

    The first two characters are only warned of: amendments added kinds (54 for residents' committees) that older
    validators refuse.
    """
    if says_nothing(text):
        return CreditCode(None)
    value = compact(text).upper()
    _refuse_lost_or_masked(value)
    if re.fullmatch(r"[0-9A-Z]{8}[0-9X]", value):
        raise Refusal(_("这只是9位组织机构代码"), todo=_("填18位统一社会信用代码"))
    if re.fullmatch(r"\d{6}[0-9A-Z]{9}", value):
        raise Refusal(_("这是15位旧注册号"), todo=_("填18位统一社会信用代码"))
    for place, sign in enumerate(value, start=1):
        if sign not in _CREDIT_SIGNS:
            raise Refusal(_("第{place}位是“{sign}”，代码里没有 I O S V Z 和别的符号").format(place=place, sign=sign))
    if len(value) != 18:
        raise Refusal(_("应为18位，现在是{count}位").format(count=len(value)))
    if value[-1] != _credit_check(value):
        raise Refusal(_("校验码不对，多半有一位抄错了"), todo=_("照证书逐位核对"))
    return CreditCode(value, _credit_warnings(value))


def _refuse_lost_or_masked(value: str) -> None:
    if _COUNTED.fullmatch(value):
        raise Refusal(_("号码被表格软件当成数字，后几位已经丢了"), todo=_("照证件重新输入，单元格设为文本"))
    if any(sign in _MASKS for sign in value) or re.search(r"[X×]{2}", value):
        raise Refusal(_("号码被遮盖，不完整"), todo=_("填写完整的号码"))


def _refuse_id_sign(sign: str, place: int, *, last: bool) -> None:
    if sign in "0123456789" or (sign == "X" and last):
        return
    if sign == "X":
        raise Refusal(_("第{place}位是X，X只能是第18位").format(place=place))
    if sign in _LIKE_X:
        raise Refusal(
            _("第{place}位的“{sign}”只是像X（U+{code}）").format(place=place, sign=sign, code=f"{ord(sign):04X}"),
            todo=_("改成键盘上的X"),
        )
    if sign in _LIKE_DIGITS:
        raise Refusal(
            _("第{place}位是字母{sign}，应为数字").format(place=place, sign=sign),
            todo=_("看看是不是{digit}").format(digit=_LIKE_DIGITS[sign]),
        )
    raise Refusal(_("第{place}位是“{sign}”，应为数字").format(place=place, sign=sign))


def _born(value: str, today: str) -> str:
    born = f"{value[6:10]}-{value[10:12]}-{value[12:14]}"
    if not days.is_day(born):
        year, month, day = (int(part) for part in born.split("-"))
        raise Refusal(_("出生日期不存在：{year}年{month}月{day}日").format(year=year, month=month, day=day))
    if born > today:
        raise Refusal(_("出生日期在今天之后：{day}").format(day=days.show_day(born)))
    return born


def _id_check(value: str) -> str:
    """GB 11643-1999 clause 4: ISO 7064 MOD 11-2 over the first seventeen."""
    return _ID_CHECKS[sum(map(mul, map(int, value[:17]), _ID_WEIGHTS)) % 11]


def _id_warnings(value: str, born: str, today: str) -> tuple[str, ...]:
    warnings = _prefix_warnings(value[:6], int(born[:4]))
    age = days.age_on(born, today)
    if age is not None and age > _GREAT_AGE:
        warnings.append(_("按出生日期已{age}岁").format(age=age))
    if value[14:17] == "000":
        warnings.append(_("顺序码是000，号码里一般没有"))
    if value.endswith("000"):
        warnings.append(_("末三位是000，表格软件丢了末位时也是这样，请核对"))
    return tuple(warnings)


def _prefix_warnings(prefix: str, born: int) -> list[str]:
    if prefix in _PERMITS:
        return [_("这是{whose}居住证号码").format(whose=_(_PERMITS[prefix]))]
    periods = _prefixes().get(prefix)
    if periods is None:
        return [_("前6位{prefix}不在区划代码表里").format(prefix=prefix)]
    name = _place_name(prefix)
    first, last = periods[0].first_year, periods[-1].last_year
    if last or periods[-1].name in _NO_PLACES:
        return [_("前6位{prefix}（{name}）是旧区划，现已不用").format(prefix=prefix, name=name)]
    if first > _GIVEN_TO_ALL_BY and first > born:
        return [_("前6位{prefix}（{name}）{year}年才启用，晚于出生年份").format(prefix=prefix, name=name, year=first)]
    return []


@dataclass(frozen=True)
class _Period:
    """The years in which a prefix of GB/T 2260 had this name; 0 where it was so before 1980 or still is."""

    name: str
    first_year: int
    last_year: int


@cache
def _prefixes() -> dict[str, list[_Period]]:
    periods: dict[str, list[_Period]] = {}
    for row in table_rows("id-prefixes.csv"):
        period = _Period(row["name"], int(row["first_year"] or 0), int(row["last_year"] or 0))
        periods.setdefault(row["prefix"], []).append(period)
    return periods


@cache
def _place_name(prefix: str) -> str:
    """省, 市 and 县 of a prefix, each by its last name."""
    above = [_prefixes()[code][-1].name for code in (f"{prefix[:2]}0000", f"{prefix[:4]}00") if code != prefix and code in _prefixes()]
    return "".join(name for name in above if name not in _NO_PLACES) + _prefixes()[prefix][-1].name


def _credit_check(value: str) -> str:
    """GB 32100-2015 clause 4.6: weights are powers of three, modulus 31."""
    total = sum(_CREDIT_SIGNS.index(sign) * pow(3, place, 31) for place, sign in enumerate(value[:17]))
    return _CREDIT_SIGNS[-total % 31]


def _credit_warnings(value: str) -> tuple[str, ...]:
    warnings = []
    if value[0] not in _CREDIT_DEPARTMENTS or not value[1].isdigit():
        warnings.append(_("前两位{kind}不是已知的登记类别").format(kind=value[:2]))
    if not value[2:8].isdigit():
        warnings.append(_("第3至8位应是登记地的区划代码（数字）"))
    organisation = value[8:16]
    total = sum(_ORGANISATION_SIGNS.index(sign) * weight for sign, weight in zip(organisation, _ORGANISATION_WEIGHTS, strict=True))
    if value[16] != "0123456789X0"[11 - total % 11]:  # GB 11714: 10 is written X, 11 is written 0
        warnings.append(_("其中的组织机构代码校验码不对，请核对证书"))
    return tuple(warnings)
