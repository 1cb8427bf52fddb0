"""Between a row of a ledger and a line of a batch: what leaves, how it is masked, and what comes in.

One place decides; `preview`, `write_batch` and the merge all ask here. On the disk a masked value is text that begins with
`~`, a keyed hash text that begins with `#` (kinds.py); on the wire the first is an object, so that it cannot pass for a name.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from desktop.model import RECORD_TYPES
from desktop.model.field import Field as Spec
from desktop.model.field import Upward
from desktop.model.kinds import HASH_MARK, MASKED_MARK
from desktop.model.kinds import Value as Plain
from desktop.model.record import Kept, Record
from desktop.store.work import ENDING, stamped_fields
from desktop.sync.batch import Line
from desktop.sync.keys import hmac_id
from desktop.sync.knowledge import Entry, Field, Masked, Value


@dataclass(frozen=True)
class Rule:
    """How one field of a record type leaves."""

    key: str
    how: Upward
    spec: Spec | None  # None for the two words of an ending


@cache
def rules(record: type[Record]) -> tuple[Rule, ...]:
    """The fields that leave upward, in the order of the definition, the ending last."""
    named = [Rule(key, spec.upward, spec) for key, spec in record.fields().items() if spec.upward is not Upward.NEVER]
    return (*named, *(Rule(key, Upward.FULL, None) for key in ENDING))


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
    chosen = rules(record)
    plain = {rule.key: outward(rule, row[rule.key], hmac_key) for rule in chosen}
    stamps = json.loads(row["stamps"]) if row["stamps"] else None
    mixed = {rule.key: _stamp_out(rule, stamps[rule.key], hmac_key) for rule in chosen if rule.key in stamps} if stamps else {}
    return Line(record.__tablename__, row["id"], (row["sitting"], row["tick"]), plain, mixed)


def _stamp_out(rule: Rule, stamp: list[Any], hmac_key: bytes) -> list[Any]:
    if isinstance(stamp[0], str):
        return stamp
    return [(sitting, tick, outward(rule, value, hmac_key)) for sitting, tick, value in stamp]


def fields_of_row(record: type[Record], row: Kept) -> dict[str, Field]:
    """The fields of a kept record with their stamps, as knowledge.py merges them."""
    stamps: dict[str, Any] = json.loads(row["stamps"]) if row["stamps"] else {}
    own = (row["sitting"], row["tick"])
    found: dict[str, Field] = {}
    for key in stamped_fields(record):
        stamp = stamps.get(key)
        if stamp is None:
            found[key] = (Entry(own, unmasked(row[key])),)
        elif isinstance(stamp[0], str):
            found[key] = (Entry((stamp[0], stamp[1]), unmasked(row[key])),)
        else:
            found[key] = tuple(Entry((sitting, tick), unmasked(value)) for sitting, tick, value in stamp)
    return found


def stamps_of(fields: Mapping[str, Field], own: tuple[str, int]) -> str | None:
    """The stamps that differ from the row's own, as they are kept."""
    mixed: dict[str, Any] = {}
    for key, field in fields.items():
        if len(field) > 1:
            mixed[key] = [[*entry.stamp, inward(entry.value)] for entry in field]
        elif field[0].stamp != own:
            mixed[key] = list(field[0].stamp)
    return json.dumps(mixed, ensure_ascii=False, separators=(",", ":")) if mixed else None
