"""Kinds: what a value *is*. A kind knows how it is stored, typed, checked, shown, masked, sought and written to Excel.

Nobody asks `if kind == "phone"`; the kind is asked: `Person.fields()["phone"].kind.parse(typed, today)`.
Values are plain: text, whole number or None, exactly as they stand on the disk, in the journal and in a batch line.
A text that begins with `~` is a masked value that came from another office, one that begins with `#` a keyed hash.

Here stands what they all share; each kind stands with its like: `words`, `identity`, `times`, `amounts`, `choices`, `tags`, `records`.
"""

from sqlalchemy import Text as SqlText
from sqlalchemy.types import TypeEngine

from desktop.model import names
from desktop.model.errors import Refusal
from desktop.model.field import Upward
from desktop.model.language import _
from desktop.model.typed import says_nothing

Value = str | int | None

MASKED_MARK = "~"
HASH_MARK = "#"
WIDE = {MASKED_MARK: "～", HASH_MARK: "＃"}


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
