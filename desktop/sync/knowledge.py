"""Which change of a field knew which: the whole causality of the exchange, pure, without a clock and without a disk.

A change carries a stamp `(sitting, tick)`. A ledger's knowledge says, for every sitting, the highest tick it has
merged. With the knowledge of both sides a field is merged without asking when anybody wrote it: a value goes only
when the other side had seen its stamp and holds something in its place. The order of batches, their repetition and
the wall clock cannot matter (docs/exchange.md, "How a field is merged").

A ledger that was restored may decide about a value that it never merged: the receipt told it. Its knowledge must not cover
that stamp, for it would claim everything else of that sitting; so the one field says which stamps it has seen and replaced.

Fields that only make sense together (`together=` in the definition) are always changed under one stamp, so merging
each of them by itself keeps them in step; only *choosing* must be done for all of them at once.
"""

from collections.abc import Collection, Container, Mapping
from enum import StrEnum
from typing import Annotated, NamedTuple

import msgspec

Stamp = tuple[str, int]
Knowledge = dict[str, int]  # sitting -> highest tick merged

BIGGEST_NUMBER = 2**53 - 1  # what every JSON reader keeps exact


class Masked(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """遮盖值: 李*芳. An object on the wire, never a string, so that it cannot pass for a name when it comes home."""

    text: str = msgspec.field(name="~")


Whole = Annotated[int, msgspec.Meta(ge=-BIGGEST_NUMBER, le=BIGGEST_NUMBER)]
Value = str | Whole | Masked | None


class Fate(StrEnum):
    """去向: what became of a line at the receiver; every line has exactly one."""

    TAKEN = "已入库"
    SAME = "相同"
    WAITING = "待补"  # a record it refers to is missing
    RETURNED = "退回"  # it breaks a rule of the receiver; the correction is the next batch
    UNDECIDED = "待定"  # a conflict; somebody must choose


class Entry(NamedTuple):
    """One value that stands, and the change that wrote it."""

    stamp: Stamp
    value: Value


Field = tuple[Entry, ...]  # one entry; several when two sides wrote without knowing of each other; sorted by stamp


class Outcome(NamedTuple):
    """What a field is after a merge, and what became of the incoming value."""

    field: Field
    fate: Fate


def one(stamp: Stamp, value: Value) -> Field:
    """A field as a change leaves it. Choosing between values in conflict is such a change: it replaces them all."""
    return (Entry(stamp, value),)


def knows(knowledge: Mapping[str, int], stamp: Stamp) -> bool:
    """The change with this stamp has been merged, whether its value still stands or was replaced."""
    return knowledge.get(stamp[0], 0) >= stamp[1]


def join(left: Mapping[str, int], right: Mapping[str, int]) -> Knowledge:
    """What two ledgers know together."""
    joined = dict(left)
    for sitting, tick in right.items():
        if joined.get(sitting, 0) < tick:
            joined[sitting] = tick
    return joined


def covers(knowledge: Mapping[str, int], other: Mapping[str, int]) -> bool:
    """Everything in `other` is known. A batch whose `since` we do not cover is held: it left out what we lack."""
    return all(knowledge.get(sitting, 0) >= tick for sitting, tick in other.items())


def values(field: Field) -> list[Value]:
    """The different values that stand, each once; more than one is a conflict."""
    return list(dict.fromkeys(entry.value for entry in field))


def in_conflict(field: Field) -> bool:
    """Somebody must choose."""
    first = field[0].value
    return any(entry.value != first for entry in field)


def shown(field: Field, main_desk: Container[str]) -> Value:
    """The value to show until somebody chooses: the main desk's (by its sittings), else the one with the lowest stamp."""
    return next((entry.value for entry in field if entry.stamp[0] in main_desk), field[0].value)


def merge_field(
    ours: Field | None,
    theirs: Field,
    we_know: Mapping[str, int],
    they_know: Mapping[str, int],
    we_replaced: Collection[Stamp] = (),
    they_replaced: Collection[Stamp] = (),
) -> Outcome:
    """The field after the other side's state of it has been heard (docs/exchange.md has the table row by row).

    `they_know` is the knowledge stated in the batch; `we_know` is ours *before* this batch. What either side has seen of this
    one field beyond its knowledge and replaced by deciding is `we_replaced` and `they_replaced`.
    """
    if ours is None:  # also when we know the stamp: the field has only now been opened to us
        return Outcome(theirs, Fate.UNDECIDED if in_conflict(theirs) else Fate.TAKEN)
    here = {entry.stamp: entry for entry in ours}
    there = {entry.stamp: entry for entry in theirs}
    kept = {stamp: entry for stamp, entry in here.items() if stamp in there or not (knows(they_know, stamp) or stamp in they_replaced)}
    for stamp, entry in there.items():
        if stamp in kept:
            kept[stamp] = _fuller(kept[stamp], entry)
        elif not (knows(we_know, stamp) or stamp in we_replaced):
            kept[stamp] = entry
    if not kept:  # each claims to have replaced the other's value; no honest history does that, and nothing may vanish
        kept = here | there
    field = tuple(sorted(kept.values(), key=_stamp))
    if in_conflict(field):
        return Outcome(field, Fate.UNDECIDED)
    return Outcome(field, Fate.TAKEN if any(stamp not in kept for stamp in here) else Fate.SAME)


def still_needed(replaced: Collection[Stamp], knowledge: Mapping[str, int]) -> tuple[Stamp, ...]:
    """Of the stamps that a field has seen and replaced those that the ledger's knowledge does not cover, in order."""
    return tuple(sorted(stamp for stamp in set(replaced) if not knows(knowledge, stamp)))


def _fuller(left: Entry, right: Entry) -> Entry:
    """One change seen from two sides: a plain value stands for its mask. The rest only makes the choice orderless."""
    return max(left, right, key=_plainness)


def _plainness(entry: Entry) -> tuple[bool, str, str]:
    value = entry.value
    if isinstance(value, Masked):
        return False, "", value.text
    return True, type(value).__name__, str(value)


def _stamp(entry: Entry) -> Stamp:
    return entry.stamp
