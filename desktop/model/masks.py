"""What a reader sees who need not know it all: 张*, 441502********0014, 138****8888, the address down to the building.

Every mask hides at least what its docstring says, never makes a text longer, and leaves an already masked text as it is, so
that a list may pass through two hands. A mask looks only at the shape: a value that is wrong is hidden all the same.
"""

import re
import unicodedata

STAR = "*"

_MOBILE = re.compile(r"1[\d*]{10}")
_BUILDING = re.compile(r"[0-9A-Za-z０-９一二三四五六七八九十百甲乙丙丁东南西北]+(?:号楼|栋|幢|座)")
_PLACE = re.compile(r".*(?:小区|花园|社区|公寓|宿舍|大厦|家园|广场|街道|苑|城|湾|村|镇|乡|区|县|市|省|路|街|巷)")
_LONGEST_TAIL = 3


def mask_name(name: str) -> str:
    """First and last character stay: 李*芳, 张*; of one character nothing stays, because it would be the whole name.

    A variation selector or combining mark belongs to the character before it.
    """
    signs = _signs(name)
    if len(signs) <= 1:
        return STAR * len(signs)
    last = signs[-1] if len(signs) > 2 else STAR
    return signs[0] + STAR * (len(signs) - 2) + last


def mask_id(number: str) -> str:
    """Six and four of eighteen stay: 441502********0014; of a shorter number a third in front and a quarter behind."""
    front, behind = min(6, len(number) // 3), min(4, len(number) // 4)
    return number[:front] + STAR * (len(number) - front - behind) + number[len(number) - behind :]


def mask_phone(number: str) -> str:
    """138****8888 of a mobile; of others the area code and the last three digits: 0660-****888转****."""
    if _MOBILE.fullmatch(number):
        return f"{number[:3]}{STAR * 4}{number[7:]}"
    written, turn, extension = number.partition("转")
    area, hyphen, local = written.rpartition("-")
    if len(area) > 4:
        area = STAR * len(area)
    shown = 3 if len(local) >= 7 else 0
    return area + hyphen + STAR * (len(local) - shown) + local[len(local) - shown :] + turn + STAR * len(extension)


def mask_address(address: str) -> str:
    """The address down to the building (小区, 栋); without one to the last place named before a number, else nothing."""
    if found := _BUILDING.search(address):
        kept = address[: found.end()]
    else:
        place = _PLACE.match(re.split(r"[\d*]", address, maxsplit=1)[0])
        kept = place[0] if place else ""
    return kept + STAR * min(_LONGEST_TAIL, len(address) - len(kept))


def _signs(text: str) -> list[str]:
    """The characters as they are seen: a mark stays with what it marks."""
    signs: list[str] = []
    for sign in text:
        if signs and unicodedata.category(sign).startswith("M"):
            signs[-1] += sign
        else:
            signs.append(sign)
    return signs
