"""What a hand, a spreadsheet or a copied page put into a cell, made plain before a rule reads it.

The rules of this floor read one width and see no invisible marks. Only full-width ASCII is folded here: NFKC would
also turn a Roman numeral Ⅹ into X and so repair a number that nobody has looked at.
"""

import unicodedata

HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_HYPHENS = "-‐‑‒–—―−﹣"
_ONE_HYPHEN = dict.fromkeys(map(ord, _HYPHENS), "-")
_APOSTROPHES = "'‘’`´"
_NOTHING = frozenset({"", "无", "暂无", "没有", "未办", "未知", "不详", "空", "/", *_HYPHENS, "--", "——"})


def half_width(text: str) -> str:
    """Full-width letters, digits, signs and the wide space are half width; everything else is as typed."""
    return text if text.isascii() else text.translate(HALF_WIDTH)


def without_invisible(text: str) -> str:
    """Direction marks, zero-width characters and controls are gone; tabs and line breaks have become spaces."""
    if text.isprintable():  # nearly every cell: nothing invisible, no blank but the plain one
        return text
    return "".join(" " if sign.isspace() else sign for sign in text if sign.isspace() or not _is_invisible(sign))


def tidy(text: str) -> str:
    """Half width, nothing invisible, one kind of hyphen, no apostrophe that kept a spreadsheet from counting."""
    if text.isascii() and text.isalnum():  # a number as it should be
        return text
    plain = half_width(without_invisible(text)).strip().lstrip(_APOSTROPHES)
    return plain.translate(_ONE_HYPHEN).strip()


def compact(text: str) -> str:
    """Tidy, without the spaces and hyphens that people put between groups."""
    return "".join(tidy(text).replace("-", "").split())


def says_nothing(text: str) -> bool:
    """An empty cell, or one of the words that offices write into one (无, 暂无, —)."""
    return tidy(text) in _NOTHING


def _is_invisible(sign: str) -> bool:
    return unicodedata.category(sign) in {"Cc", "Cf"}
