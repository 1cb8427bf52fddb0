"""The stamps of a row's fields: which sitting changed each last, and what a decision has seen and replaced, so that merging can tell.

A row whose fields all share its own stamp keeps none of them apart.
"""

import json
from collections.abc import Collection, Mapping
from functools import cache
from typing import Any

from desktop.model.kinds import Value
from desktop.model.record import Kept, Record

REPLACED = "~"  # in `stamps`, beside the fields: changes that a field has seen and replaced though our knowledge does not cover them
ENDING = ("ended_on", "ended_because")  # one unit for merging, though no clerk fills them


@cache
def stamped_fields(record: type[Record]) -> tuple[str, ...]:
    """Every field that has a stamp of its own."""
    return (*record.fields(), *ENDING)


def stamps_after(record: type[Record], row: Kept, new: Mapping[str, Value], stamp: tuple[str, int]) -> str | None:
    """The stamps of the fields that this change did not touch, as JSON; None when all share the row's stamp."""
    before: dict[str, Any] = json.loads(row["stamps"]) if row["stamps"] else {}
    touched = {name for name in new if name in stamped_fields(record)} | _companions(record, new)
    mixed = {}
    for name in stamped_fields(record):
        if name in touched:
            continue
        old = before.get(name, [row["sitting"], row["tick"]])
        if old != list(stamp):
            mixed[name] = old
    if REPLACED in before:  # a later change has seen what the decision saw
        mixed[REPLACED] = before[REPLACED]
    return json.dumps(mixed, separators=(",", ":")) if mixed else None


def and_replaced(stamps: str | None, replaced: Mapping[str, Collection[tuple[str, int]]]) -> str | None:
    """The same stamps; these fields have now seen and replaced these changes, too."""
    kept: dict[str, Any] = json.loads(stamps) if stamps else {}
    seen: dict[str, list[Any]] = kept.get(REPLACED, {})
    for name, changes in replaced.items():
        if changes:
            seen[name] = sorted({*map(tuple, seen.get(name, [])), *changes})
    if seen:
        kept[REPLACED] = seen
    return json.dumps(kept, separators=(",", ":")) if kept else None


def _companions(record: type[Record], new: Mapping[str, Value]) -> set[str]:
    """The fields that only make sense with a changed one take its stamp too."""
    fields = record.fields()
    units = {fields[name].together for name in new if name in fields and fields[name].together}
    found = {key for key, spec in fields.items() if spec.together in units and spec.together}
    return found | (set(ENDING) if set(new) & set(ENDING) else set())
