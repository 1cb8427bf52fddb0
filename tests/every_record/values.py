"""What can be typed into a field of each kind, and a valid record of each type, without knowing any of them by name."""

from datetime import date
from functools import cache
from itertools import count
from typing import Any

from hypothesis import strategies as st

from desktop.model.codes import offices
from desktop.model.contents import record_type
from desktop.model.errors import Refusal
from desktop.model.field import Field
from desktop.model.kinds import Kind, Value
from desktop.model.kinds.amounts import Minutes, Number
from desktop.model.kinds.choices import Choice, Code, Flag, OfficeCode
from desktop.model.kinds.identity import CreditCode, IdNumber, Phone
from desktop.model.kinds.records import Link, Serial
from desktop.model.kinds.tags import Periods, Tags
from desktop.model.kinds.times import Clock, Day, PartialDay
from desktop.model.kinds.words import Text
from desktop.model.numbers import read_id_number
from desktop.model.record import Kept, Record
from desktop.office.desk import Desk
from tests.builders import TODAY

_running = count(1)
CHECK_SIGNS = "10X98765432"
CREDIT_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def id_number(place: str, born: str, turn: int) -> str:
    """GB 11643-1999: 17 digits and the check sign over them."""
    body = f"{place}{born}{turn:03d}"
    number = body + CHECK_SIGNS[sum(int(sign) * 2 ** (17 - at) for at, sign in enumerate(body)) % 11]
    return read_id_number(number, TODAY).value


def credit_code(turn: int) -> str:
    """GB 32100-2015: 17 signs and the check sign over them. The number of the unit inside has its own (GB 11714)."""
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    unit = f"MA{turn:06d}"
    rest = 11 - sum(weight * (int(sign) if sign.isdigit() else ord(sign) - 55) for weight, sign in zip(weights, unit, strict=True)) % 11
    body = f"91441502{unit}{'X' if rest == 10 else 0 if rest == 11 else rest}"
    total = sum(CREDIT_SIGNS.index(sign) * pow(3, at, 31) for at, sign in enumerate(body))
    return body + CREDIT_SIGNS[(31 - total % 31) % 31]


def _days() -> st.SearchStrategy[str]:
    return st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)).map(lambda day: day.isoformat())


def typed_text(kind: Kind) -> st.SearchStrategy[str]:
    """Anything that somebody may type into a field of this kind, mostly things that can be read."""
    return st.one_of(_readable(kind), st.text(max_size=30)) if isinstance(kind, Text) else _readable(kind)


def _readable(kind: Kind) -> st.SearchStrategy[str]:
    for known, strategy in (
        (IdNumber, st.builds(id_number, st.sampled_from(["441502", "110101"]), st.sampled_from(["19630715", "20040229"]),
                                   st.integers(1, 999))),
        (CreditCode, st.builds(credit_code, st.integers(1, 999_999))),
        (OfficeCode, st.sampled_from([*offices(), *(name for name, _above in offices().values())])),
        (Phone, st.one_of(st.from_regex(r"\A13[0-9]{9}\Z"), st.from_regex(r"\A0660-3[0-9]{6}\Z"))),
        (PartialDay, st.one_of(_days(), _days().map(lambda day: day[:7]), _days().map(lambda day: day[:4]))),
        (Day, _days()),
        (Clock, st.builds("{:02d}:{:02d}".format, st.integers(0, 23), st.integers(0, 59))),
        (Minutes, st.integers(0, 24 * 60).map(lambda minutes: f"{minutes / 60:.2f}")),
        (Flag, st.sampled_from(["是", "否", "Yes", "0"])),
        (Serial, st.from_regex(r"\A[A-Z]{2}-[0-9]{6}-[0-9]{4}\Z")),
    ):  # fmt: skip
        if isinstance(kind, known):
            return strategy
    if isinstance(kind, Number):
        return st.integers(kind.least, kind.most).map(str)
    if isinstance(kind, Tags):
        most = 1 if isinstance(kind, Periods) and kind.exclusive else 3
        return st.lists(st.sampled_from(kind.words), min_size=1, max_size=most).map("、".join)
    if isinstance(kind, Choice):
        return st.sampled_from(kind.words)
    if isinstance(kind, Code):
        return st.sampled_from([word for _code, word in kind.options()])
    return st.sampled_from(["李*芳", "#3楼梯间", "~改天再来", "下水道 堵塞", "𬭊𪻐", "100% _LIKE_ '", "第一行\n第二行"])


def some_value(desk: Desk, record: type[Record], spec: Field) -> Value:
    """A value of a field that no other record has."""
    kind, turn = spec.kind, next(_running)
    if isinstance(kind, Link):
        return a_record(desk, record_type(kind.to))
    if isinstance(kind, IdNumber):
        return id_number("441502", f"19{63 + turn // 900:02d}0715", turn % 900 + 1)
    if isinstance(kind, CreditCode):
        return credit_code(turn)
    if isinstance(kind, Phone):
        return f"138{turn:08d}"
    if isinstance(kind, Clock):
        return f"{turn % 24:02d}:30"
    if isinstance(kind, Serial):
        return f"ZZ-211124-{turn:04d}"
    if isinstance(kind, Periods):
        return f"{kind.words[turn % len(kind.words)]} 2020-01-01~"
    if isinstance(kind, Choice):
        return kind.words[turn % len(kind.words)]
    if isinstance(kind, OfficeCode):
        return sorted(offices())[turn % len(offices())]
    if isinstance(kind, Code):
        return kind.options()[turn % len(kind.options())][0]
    if isinstance(kind, Day):
        return f"2021-{turn % 12 + 1:02d}-{turn % 28 + 1:02d}"
    if isinstance(kind, Flag):
        return turn % 2
    if isinstance(kind, Number):
        return max(kind.least, turn % (kind.most - kind.least + 1) + kind.least)
    return f"词{turn}"


@cache
def _deep(record: type[Record]) -> frozenset[str]:
    """The links that need not be filled: they may point back to the type itself."""
    return frozenset(key for key, spec in record.fields().items() if isinstance(spec.kind, Link) and not spec.required)


def whole(desk: Desk, record: type[Record], **values: Any) -> dict[str, Value]:
    """A valid value for every field that a clerk or a deed must fill, and for every other one that is no link or flow."""
    left = {"state", "state_on"} | _deep(record)
    filled = {key: some_value(desk, record, spec) for key, spec in record.fields().items() if key not in left and key not in values}
    return {**filled, **values}


def a_record(desk: Desk, record: type[Record], **values: Any) -> str:
    """A living record of the type, each field filled; its id. What only deeds write is written as their deeds would."""
    filled = whole(desk, record, **values)
    with desk.deed(f"{record.__tablename__}.add") as work:
        return work.add(record, **filled)


def a_typed_change(desk: Desk, record: type[Record], row: Kept) -> tuple[str, Value]:
    """A field that a clerk may change, and a value that it has not now."""
    plain = [(key, spec) for key, spec in record.fields().items() if spec.written and not isinstance(spec.kind, Link)]
    key, spec = plain[-1]
    while (value := some_value(desk, record, spec)) == row[key]:
        pass
    return key, value


def reads(kind: Kind, text: str) -> Value:
    """What the kind makes of a typed text; None when it refuses it."""
    try:
        return kind.parse(text, TODAY)
    except Refusal:
        return None
