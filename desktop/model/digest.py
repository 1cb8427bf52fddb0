"""摘要数字: a batch's hash as digits that a hand types from paper: eight groups of four with a check digit each.

The slip prints them, the receiver scans or types the first two before a stick is read in: the right file, not only a valid one.
"""

import re
import unicodedata

# Damm's table: any one wrong digit and any two neighbours swapped change the check digit.
_DAMM = (
    "0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
    "3674209581", "5869720134", "8945362017", "9438617205", "2581436790",
)  # fmt: skip


def hash_groups(sha256: str) -> list[str]:
    """摘要数字: a batch's hash as eight groups of four digits with a check digit each, for the hand-over slip."""
    digits = f"{int(sha256, 16) % 10**32:032d}"
    groups = [digits[at : at + 4] for at in range(0, 32, 4)]
    return [f"{group}-{_check_digit(group, place)}" for place, group in enumerate(groups)]


def check_group(typed: str, place: int) -> bool:
    """Typed without a slip, and at its own place (0 to 7); says nothing about which file it belongs to."""
    digits = only_digits(typed)
    return are_digits(digits, 5) and _check_digit(digits[:4], place) == digits[4]


def only_digits(typed: str) -> str:
    """The digits of what was typed: spaces and dashes go, full width becomes plain; anything else stays and will not fit."""
    return re.sub(r"[\s\-–—]", "", unicodedata.normalize("NFKC", typed))


def are_digits(typed: str, length: int) -> bool:
    """So many plain digits and nothing else."""
    return len(typed) == length and typed.isascii() and typed.isdigit()


def _check_digit(digits: str, place: int) -> str:
    """Damm's digit, begun at the group's place, so that a group typed in another's place is noticed too."""
    row = place
    for digit in digits:
        row = int(_DAMM[row][int(digit)])
    return str(row)
