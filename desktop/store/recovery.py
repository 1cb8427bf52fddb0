"""恢复密钥: the key on paper, for the day on which every password is forgotten.

160 random bits as eight groups of five characters: four of content and one check character. The check is a product
in GF(32), seeded with the group's place, so any one wrong character, any two swapped neighbours and any two swapped
groups are seen, and the message names the group. Crockford's alphabet has no I, L, O, U; what a hand writes for 1
and 0 is read as 1 and 0.
"""

import os
import re
import unicodedata

from desktop.model.errors import Refusal
from desktop.model.language import _

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
READ_AS = str.maketrans("OIL", "011")
BETWEEN = re.compile(r"[\s\-‐‑‒–—―−－_.·]+")
GROUPS, CONTENT = 8, 4
SECRET_BYTES = GROUPS * CONTENT * 5 // 8


class RecoveryMistyped(Refusal):
    """The typed recovery key cannot be right; `group` is the place to look at (0: its length)."""

    def __init__(self, what: str, *, group: int, todo: str) -> None:
        super().__init__(what, record=_("恢复密钥"), todo=todo)
        self.group = group


def new_secret() -> bytes:
    return os.urandom(SECRET_BYTES)


def written(secret: bytes) -> str:
    """The secret as it is printed: ABCDE-FGHJK-…"""
    number = int.from_bytes(secret, "big")
    digits = [number >> shift & 31 for shift in range(SECRET_BYTES * 8 - 5, -1, -5)]
    groups = []
    for place in range(GROUPS):
        content = digits[place * CONTENT : (place + 1) * CONTENT]
        groups.append("".join(ALPHABET[digit] for digit in [*content, _check(place, content)]))
    return "-".join(groups)


def read(text: str) -> bytes:
    """The secret that was typed from the paper, or the group in which a character is wrong."""
    number = 0
    for place, group in enumerate(_groups(text)):
        try:
            *content, check = [ALPHABET.index(character) for character in group]
        except ValueError:
            raise _mistyped(place + 1) from None
        if len(content) != CONTENT or _check(place, content) != check:
            raise _mistyped(place + 1)
        for digit in content:
            number = number << 5 | digit
    return number.to_bytes(SECRET_BYTES, "big")


def _groups(text: str) -> list[str]:
    """As typed if the eight groups are visible (so a missing character is named by its group), else cut every five characters."""
    plain = unicodedata.normalize("NFKC", text).upper().translate(READ_AS)
    apart = [group for group in BETWEEN.split(plain) if group]
    if len(apart) == GROUPS:
        return apart
    together = "".join(apart)
    size = CONTENT + 1
    groups = [together[start : start + size] for start in range(0, len(together), size)]
    if len(together) != GROUPS * size:
        what = _("恢复密钥应有 {right} 个字符，输入了 {typed} 个").format(right=GROUPS * size, typed=len(together))
        raise RecoveryMistyped(what, group=0, todo=_("对照打印的恢复密钥，每组 5 个字符，共 8 组，补齐后再试"))
    return groups


def _mistyped(group: int) -> RecoveryMistyped:
    return RecoveryMistyped(_("第 {n} 组有字符输错").format(n=group), group=group, todo=_("对照打印的恢复密钥重输这一组"))


def _check(place: int, content: list[int]) -> int:
    """Horner's rule in GF(32) over x^5 + x^2 + 1: every digit has its own power of x as weight."""
    total = place + 1
    for digit in content:
        total = _times_x(total ^ digit)
    return total


def _times_x(value: int) -> int:
    return (value << 1) ^ (0x25 if value & 16 else 0)
