"""The words of the program. Chinese is the source language: a label is written in Chinese where it is used.

`_()` gives the word in the language chosen for the screen; printed papers are Chinese and never pass through it.
A label that is defined before the language is known (a field, a state) is marked by being written in `field()`,
`Move()` and their like, which the catalogue's extractor knows, and is translated by `_()` when it is shown.
"""

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

CATALOGUES = Path(__file__).resolve().parents[2] / "resources" / "locale"

_catalogue: gettext.NullTranslations = gettext.NullTranslations()
_on_paper: ContextVar[bool] = ContextVar("on_paper", default=False)


def use_language(code: str) -> None:
    """From now on words come out in `code` ("zh" or "en"); an unknown language stays Chinese."""
    global _catalogue
    if code == "zh":
        _catalogue = gettext.NullTranslations()
    else:
        _catalogue = gettext.translation("lianxin", CATALOGUES, languages=[code], fallback=True)


@contextmanager
def in_chinese() -> Iterator[None]:
    """Inside, words stay Chinese: a kind shows 女 for a paper whatever the screen speaks. Holds in its own thread only."""
    before = _on_paper.set(True)
    try:
        yield
    finally:
        _on_paper.reset(before)


def _(chinese: str) -> str:
    """The word on the screen for a Chinese source word."""
    return _catalogue.gettext(chinese) if chinese and not _on_paper.get() else chinese
