"""Between a row of a ledger and a line of a batch: what leaves, how it is masked, and what comes in.

One place decides; `preview`, `write_batch` and the merge all ask here. On the disk a masked value is text that begins with
`~`, a keyed hash text that begins with `#` (`model.kinds`); on the wire the first is an object, so that it cannot pass for a name.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from desktop.model.contents import RECORD_TYPES
from desktop.model.field import Field as Spec
from desktop.model.field import Upward
from desktop.model.kinds import HASH_MARK, MASKED_MARK
from desktop.model.kinds import Value as Plain
from desktop.model.record import Kept, Record
from desktop.store.stamps import ENDING, REPLACED, stamped_fields
from desktop.sync.batch import Line
from desktop.sync.keys import hmac_id
from desktop.sync.knowledge import Entry, Field, Masked, Stamp, Value


@dataclass(frozen=True)
class Rule:
    """How one field of a record type leaves."""

    key: str
    how: Upward
    spec: Spec | None  # None for the two words of an ending
    place: int  # among those that leave


@cache
def rules(record: type[Record]) -> tuple[Rule, ...]:
    """The fields that leave upward, in the order of the definition, the ending last."""
    leaving = [(key, spec.upward, spec) for key, spec in record.fields().items() if spec.upward is not Upward.NEVER]
    ending = [(key, Upward.FULL, None) for key in ENDING]
    return tuple(Rule(key, how, spec, place) for place, (key, how, spec) in enumerate([*leaving, *ending]))


@cache
def plain_keys(record: type[Record]) -> tuple[str, ...]:
    """The names of the fields that leave."""
    return tuple(rule.key for rule in rules(record))


@cache
def veiled(record: type[Record]) -> tuple[Rule, ...]:
    """The fields that do not leave as they stand."""
    return tuple(rule for rule in rules(record) if rule.how is not Upward.FULL)


@cache
def unheard(record: type[Record]) -> frozenset[str]:
    """The fields that no line from below says anything about: an empty one is not known to be empty."""
    return frozenset(key for key, spec in record.fields().items() if spec.upward is Upward.NEVER)


def travelling_types() -> list[type[Record]]:
    """The record types that leave at all."""
    return [record for record in RECORD_TYPES if record.travels]


def scope() -> str:
    """The name of the present rules; when one changes, everything is sent once more."""
    said = [(record.__tablename__, [(rule.key, rule.how.value) for rule in rules(record)]) for record in travelling_types()]
    return "up-" + hashlib.sha256(json.dumps(said).encode()).hexdigest()[:12]


def outward(rule: Rule, value: Plain, hmac_key: bytes) -> Value:
    """A value as it leaves."""
    if value is None or rule.spec is None or rule.how is Upward.FULL:
        return value
    text = str(value)
    if rule.how is Upward.COUNT:
        return text if text.startswith(HASH_MARK) else HASH_MARK + hmac_id(hmac_key, text)
    return Masked(text[1:] if text.startswith(MASKED_MARK) else rule.spec.kind.mask(value))


def inward(value: Value) -> Plain:
    """A value as it is kept here."""
    return MASKED_MARK + value.text if isinstance(value, Masked) else value


def unmasked(value: Plain) -> Value:
    """A value as the merge compares it."""
    return Masked(value[1:]) if isinstance(value, str) and value.startswith(MASKED_MARK) else value


def line_of_row(record: type[Record], row: Kept, hmac_key: bytes) -> Line:
    """The whole travelling state of one record."""
    return line_of_values(record, [row[name] for name in line_columns(record)], hmac_key)


@cache
def line_columns(record: type[Record]) -> tuple[str, ...]:
    """What of a row a line is made from: the fields that leave, then id and stamps."""
    return (*plain_keys(record), "id", "sitting", "tick", "stamps")


def line_of_values(record: type[Record], values: Sequence[Any], hmac_key: bytes) -> Line:
    """The same, from the values of these columns in their order."""
    plain: dict[str, Value] = dict(zip(plain_keys(record), values))  # noqa: B905 - the last four are no fields
    key, sitting, tick, stamps = values[-4:]
    for rule in veiled(record):
        if (value := values[rule.place]) is not None:
            plain[rule.key] = outward(rule, value, hmac_key)
    mixed: dict[str, list[Any]] = {}
    replaced: dict[str, list[Stamp]] = {}
    if stamps:
        kept = json.loads(stamps)
        if REPLACED in kept:
            replaced = {name: list(changes) for name, changes in replaced_of(stamps).items() if name in plain}
        mixed = {rule.key: _stamp_out(rule, kept[rule.key], hmac_key) for rule in rules(record) if rule.key in kept}
    return Line(record.__tablename__, key, (sitting, tick), plain, mixed, replaced)


def _stamp_out(rule: Rule, stamp: list[Any], hmac_key: bytes) -> list[Any]:
    if isinstance(stamp[0], str):
        return stamp
    return [(sitting, tick, outward(rule, value, hmac_key)) for sitting, tick, value in stamp]


def fields_of_row(record: type[Record], row: Kept) -> dict[str, Field]:
    """The fields of a kept record with their stamps, as knowledge.py merges them; what no line ever said is left out."""
    stamps: dict[str, Any] = json.loads(row["stamps"]) if row["stamps"] else {}
    own, never = [row["sitting"], row["tick"]], unheard(record)
    found = {key: field_of(stamps.get(key, own), row[key]) for key in stamped_fields(record) if row[key] is not None or key not in never}
    return {**found, **strange_fields(row["extra"])}


def replaced_of(stamps: str | None) -> dict[str, tuple[Stamp, ...]]:
    """Field → the changes that it has seen and replaced though this ledger's knowledge does not cover them."""
    kept: dict[str, Any] = json.loads(stamps).get(REPLACED, {}) if stamps else {}
    return {name: tuple((change[0], change[1]) for change in changes) for name, changes in kept.items()}


def field_of(stamp: Sequence[Any], value: Plain) -> Field:
    """One field out of its kept stamp, which lists the values where they are in conflict."""
    if isinstance(stamp[0], str):
        return (Entry((stamp[0], stamp[1]), unmasked(value)),)
    return tuple(Entry((sitting, tick), unmasked(other)) for sitting, tick, other in stamp)


def stamp_of(field: Field) -> list[Any]:
    """The stamp of one field as it is kept."""
    return list(field[0].stamp) if len(field) == 1 else entries_of(field)


def entries_of(field: Field) -> list[Any]:
    """Every value of a field with its stamp, as it is kept."""
    return [[*entry.stamp, inward(entry.value)] for entry in field]


def strange_fields(extra: str | None) -> dict[str, Field]:
    """The fields of a record that this program does not know yet; a later one will."""
    kept: dict[str, Any] = json.loads(extra) if extra else {}
    return {name: field_of(entries, None) for name, entries in kept.items()}


def as_json(value: Mapping[str, Any]) -> str | None:
    """A mapping as a column keeps it; nothing for an empty one."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) if value else None
