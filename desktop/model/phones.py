"""Telephone numbers of the mainland, mobile and fixed, in one written form: 13800138000, 0660-3366888, 0660-3366888转8003.

A number that came out of a spreadsheet as 13800138000.0 is still exact and is taken; 1.38E+10 has lost digits and is not.
"""

import re

from desktop.model.errors import Refusal
from desktop.model.language import _
from desktop.model.typed import says_nothing, tidy

_PLAIN_MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)
_EXTENSION = re.compile(r"(.*?)(?:转接?|分机号?|#|EXT\.?|X):?(\d{1,6})", re.ASCII)
_HYPHENATED = re.compile(r"(\(?0\d{2,3}\)?[- ]?\d{7,8}|[2-9]\d{6,7})-(\d{1,6})", re.ASCII)
_SEVERAL = re.compile(r"[/、;,|或和]|(?<=\d{11}) (?=\d{7})", re.ASCII)
_COUNTED = re.compile(r"\d(?:\.\d+)?E\+?\d+", re.ASCII)


def read_phone(text: str) -> str | None:
    """The number in its one written form, None for an empty cell; refused when it is no number of the mainland."""
    if _PLAIN_MOBILE.fullmatch(text):  # nearly every number there is
        return text
    if says_nothing(text):
        return None
    typed = " ".join(tidy(text).upper().split()).removesuffix(".0")
    _refuse_lost_or_masked(typed)
    number, extension = _split_extension(typed)
    digits = _at_home(re.sub(r"[- ()]", "", number))
    if not re.fullmatch(r"\d+", digits, re.ASCII):
        raise Refusal(_("电话里有不是数字的符号：{typed}").format(typed=text.strip()[:30]))
    mobile = _mobile(digits)
    if mobile and extension:
        raise Refusal(_("手机号后面不会有分机号"))
    written = mobile or _service(digits) or _fixed(digits)
    return f"{written}转{extension}" if extension else written


def _refuse_lost_or_masked(typed: str) -> None:
    if _COUNTED.fullmatch(typed):
        raise Refusal(_("号码被表格软件当成数字，后几位已经丢了"), todo=_("重新输入，单元格设为文本"))
    if "*" in typed or "XX" in typed:
        raise Refusal(_("号码被遮盖，不完整"), todo=_("填写完整的号码"))
    numbers = [part for part in _SEVERAL.split(typed) if sum(sign.isdigit() for sign in part) >= 7]
    if len(numbers) > 1:
        raise Refusal(_("一格里有{count}个号码").format(count=len(numbers)), todo=_("一格只填一个"))


def _split_extension(typed: str) -> tuple[str, str]:
    """The number and its extension; 0660-3366888-8003 has one too, 010-6552-9988 and 138-0013-8000 have none."""
    found = _EXTENSION.fullmatch(typed.replace(" ", "")) or _HYPHENATED.fullmatch(typed)
    return (found[1], found[2]) if found else (typed, "")


def _at_home(digits: str) -> str:
    """The digits as they are dialled inside the country: without +86, an area code with its 0."""
    if found := re.fullmatch(r"86(1[3-9]\d{9})", digits, re.ASCII):
        return found[1]
    if found := re.fullmatch(r"(?:\+|00)86(\d+)", digits, re.ASCII):
        written_as_at_home = re.fullmatch(r"0\d+|1\d{10}|[48]00\d{7}", found[1], re.ASCII)
        return found[1] if written_as_at_home else f"0{found[1]}"
    if re.match(r"\+|00", digits):
        raise Refusal(_("不是大陆的号码"), todo=_("境外号码写在备注里"))
    return digits


def _mobile(digits: str) -> str | None:
    if re.fullmatch(r"01[3-9]\d{9}", digits, re.ASCII):
        digits = digits[1:]  # an old trunk 0 before a mobile; no area code begins 013 to 019
    if not re.fullmatch(r"1\d{10}", digits, re.ASCII):
        if re.fullmatch(r"1[3-9]\d{7,11}", digits, re.ASCII):
            raise Refusal(_("手机号应为11位，现在是{count}位").format(count=len(digits)))
        return None
    if digits[1] in "012":
        raise Refusal(_("手机号第2位应为3至9，现在是{digit}").format(digit=digits[1]))
    return digits


def _service(digits: str) -> str | None:
    """400 and 800 numbers, public ones (110, 12345, 95588) and the short ones of a company net (6…) stand as they are."""
    found = re.fullmatch(r"[48]00\d{7}|1\d\d|1[02]\d{3}|9[56]\d{3,4}|6\d{2,5}", digits, re.ASCII)
    return digits if found else None


def _fixed(digits: str) -> str:
    if re.fullmatch(r"[2-9]\d{6,7}", digits, re.ASCII):
        return digits
    found = re.fullmatch(r"(010|02\d)([2-9]\d{7})|(0[3-9]\d{2})([2-9]\d{6,7})", digits, re.ASCII)
    if not found:
        raise Refusal(_("不像电话号码：共{count}位数字").format(count=len(digits)), todo=_("填11位手机号，或区号-号码，如 0660-3366888"))
    return f"{found[1] or found[3]}-{found[2] or found[4]}"
