"""Kinds that are words: a line, several lines, the name of a person, the title of a thing, an address."""

import re
from pathlib import PurePosixPath, PureWindowsPath

from desktop.model import masks, names
from desktop.model.errors import Refusal
from desktop.model.field import Upward
from desktop.model.kinds import HASH_MARK, MASKED_MARK, Kind, Value, is_masked, unmarked
from desktop.model.language import _

BIDI_AND_CONTROLS = re.compile("[\u0000-\u0008\u000b-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ud800-\udfff]")


class Text(Kind):
    """A line of text of at most `limit` code points."""

    def __init__(self, limit: int = 100, width: int = 8) -> None:
        self.limit = limit
        self.width = width

    def read(self, text: str, today: str) -> Value:
        return unmarked(" ".join(BIDI_AND_CONTROLS.sub("", text).split()))

    def check(self, value: Value) -> None:
        super().check(value)
        if isinstance(value, str) and len(value) > self.limit:
            raise Refusal(_("最多 {limit} 字，现在 {count} 字").format(limit=self.limit, count=len(value)))

    def hint(self) -> str:
        return _("最多 {limit} 字").format(limit=self.limit)


class DiskPath(Text):
    """Where something lies on this computer: a whole path, of Windows or of Linux. A bare name would mean another place at every start."""

    def check(self, value: Value) -> None:
        super().check(value)
        if isinstance(value, str) and not (PurePosixPath(value).is_absolute() or PureWindowsPath(value).is_absolute()):
            raise Refusal(_("要写完整的位置，如 D:\\连心备份"))


class LongText(Text):
    """Several lines; an editor that takes Enter as a new line."""

    def __init__(self, limit: int = 2000, width: int = 16) -> None:
        super().__init__(limit, width)

    def read(self, text: str, today: str) -> Value:
        lines = (BIDI_AND_CONTROLS.sub("", line).rstrip() for line in text.replace("\r\n", "\n").split("\n"))
        return unmarked("\n".join(lines).strip())


class Name(Text):
    """A person's name: any character of GB 18030, up to 50 code points, interpunct U+00B7; found by pinyin too."""

    masks = True
    upward = Upward.MASKED

    def __init__(self) -> None:
        super().__init__(limit=50, width=5)

    def read(self, text: str, today: str) -> Value:
        value = names.read_name(text)
        if value.startswith((MASKED_MARK, HASH_MARK)):
            raise Refusal(_("姓名不能以 ~ 或 # 开头"))
        return value

    def mask(self, value: Value) -> str:
        return masks.mask_name(self.show(value))

    def tokens(self, value: Value) -> list[str]:
        if value is None or is_masked(value):
            return []
        form = names.normal_form(str(value))
        given = [form[2:]] if len(form) > 3 else []  # 建国 of 欧阳建国
        return names.search_tokens(str(value)) + given


class Title(Text):
    """The name of a unit, a place, an activity: found by its words, pinyin and initials, also without the 区 or 市 in front."""

    def __init__(self, limit: int = 100, width: int = 12) -> None:
        super().__init__(limit, width)

    def tokens(self, value: Value) -> list[str]:
        if value is None:
            return []
        rest = names.pinyin_of(str(value)[1:])
        return [*names.search_tokens(str(value)), *(word for word in (rest.full, rest.initials) if word)]


class Address(Text):
    """An address down to the room; masked to estate and building."""

    masks = True
    upward = Upward.NEVER

    def mask(self, value: Value) -> str:
        return masks.mask_address(self.show(value))
