"""Kinds that stand for somebody outside: the ID number of a person, the credit code of a unit, a telephone."""

import re

from desktop.model import masks, names, numbers, phones
from desktop.model.errors import Refusal
from desktop.model.field import Upward
from desktop.model.kinds import Kind, Value, is_hash
from desktop.model.language import _


class IdNumber(Kind):
    """公民身份号码, GB 11643-1999; goes up as a keyed hash, is shown as 441502********0014."""

    masks = True
    upward = Upward.COUNT
    width = 11
    tight = True
    takes_none = True
    sensitive = True

    def read(self, text: str, today: str) -> Value:
        return numbers.read_id_number(text, today).value

    def check(self, value: Value) -> None:
        super().check(value)
        if isinstance(value, str) and not is_hash(value) and len(value) != 18:
            raise Refusal(_("应为18位，现在是{count}位").format(count=len(value)))

    def mask(self, value: Value) -> str:
        return self.show(value) if is_hash(value) else masks.mask_id(self.show(value))

    def tokens(self, value: Value) -> list[str]:
        form = names.normal_form(str(value)) if value is not None and not is_hash(value) else ""  # a typed X is sought as x
        return [form, form[-4:]] if form else []

    def hint(self) -> str:
        return _("18位居民身份号码，单元格设为文本")


class CreditCode(Kind):
    """统一社会信用代码, GB 32100-2015 with amendment 1."""

    width = 11
    tight = True
    takes_none = True

    def read(self, text: str, today: str) -> Value:
        return numbers.read_credit_code(text).value

    def hint(self) -> str:
        return _("18位统一社会信用代码")


class Phone(Kind):
    """A telephone number; never goes up unless the office says so, is shown as 138****8888."""

    masks = True
    upward = Upward.NEVER
    width = 7
    tight = True
    takes_none = True
    sensitive = True

    def read(self, text: str, today: str) -> Value:
        return phones.read_phone(text)

    def mask(self, value: Value) -> str:
        return masks.mask_phone(self.show(value))

    def tokens(self, value: Value) -> list[str]:
        digits = re.sub(r"\D", "", str(value)) if value is not None else ""
        return [digits, digits[-4:]] if len(digits) > 4 else []

    def hint(self) -> str:
        return _("11位手机号，或区号-号码")
