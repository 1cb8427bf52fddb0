"""Which record of the ledger a line of a spreadsheet is about, and which it may be about.

Sure are only the fields that no two records share (an ID number, a unit's name). Otherwise a line that says nothing but what a
record holds already is the same; one that shares what people are told apart by is suspected and waits for somebody's decision.
"""

from collections.abc import Iterable, Mapping, Sequence

from desktop.model.kinds import Value
from desktop.model.kinds.tags import Periods
from desktop.model.person import Person
from desktop.model.record import Kept, Record
from desktop.office.desk import Desk
from desktop.store.doubles import unique_fields

# Which fields together make two entries suspicious. Everything else is told apart by what names it and its day.
SUSPICIOUS: dict[type[Record], tuple[tuple[str, ...], ...]] = {Person: (("name", "phone"), ("name", "born"))}

Anchor = tuple[tuple[str, ...], tuple[Value, ...]]  # field names and their values


def told_apart_by(record: type[Record]) -> tuple[tuple[str, ...], ...]:
    """The combinations of imported fields that make two entries suspicious when they agree."""
    day = record.ordered_by.removeprefix("-")
    default = ((*record.named_by, *([day] if day and day not in record.named_by else [])),)
    fields = record.fields()
    known = (tuple(key for key in keys if fields[key].imported) for keys in SUSPICIOUS.get(record, default))
    return tuple(keys for keys in known if keys)


class Twins:
    """The records that are there already, by what tells them apart; for a file, its lines as they are read."""

    def __init__(self, record: type[Record]) -> None:
        self.record = record
        self._unique = unique_fields(record)
        self._anchors = told_apart_by(record)
        self._partly = record not in SUSPICIOUS  # a report is named by a person or by a unit, never by both
        self._named = tuple(key for key in record.named_by if record.fields()[key].imported)
        self._by_unique: dict[tuple[str, Value], Kept] = {}
        self._by_anchor: dict[Anchor, list[Kept]] = {}
        self._by_name: dict[tuple[Value, ...], list[Kept]] = {}

    @classmethod
    def of(cls, desk: Desk, record: type[Record]) -> "Twins":
        """The living records of this office."""
        twins = cls(record)
        for row in desk.rows(record):
            twins.learn(row)
        return twins

    def anchors(self, row: Kept) -> Iterable[Anchor]:
        """The combinations of a row by which another row is suspected to be the same."""
        for keys in self._anchors:
            values = tuple([row.get(key) for key in keys])
            if None not in values or (self._partly and any(values)):
                yield keys, values

    def learn(self, row: Kept) -> None:
        """From now on this row is there too."""
        for key in self._unique:
            if row.get(key) is not None:
                self._by_unique[key, row[key]] = row
        for anchor in self.anchors(row):
            self._by_anchor.setdefault(anchor, []).append(row)
        self._by_name.setdefault(tuple(row.get(key) for key in self._named), []).append(row)

    def sure(self, values: Mapping[str, Value]) -> list[Kept]:
        """The rows that share a field which no two records share; more than one when the line mixes two records."""
        found = [self._by_unique.get((key, values[key])) for key in self._unique if values.get(key) is not None]
        return list({id(row): row for row in found if row is not None}.values())

    def whole(self, values: Mapping[str, Value]) -> Kept | None:
        """A row that holds everything this line says, where no field could have told them apart."""
        near = self._by_name.get(tuple(values.get(key) for key in self._named), [])
        for row in near:
            if all(self.holds(key, row.get(key), value) for key, value in values.items() if value is not None):
                return row
        return None

    def suspected(self, values: Mapping[str, Value]) -> Sequence[Kept]:
        """Rows that may be the same, the first of each kind of suspicion."""
        found: dict[int, Kept] = {}
        for anchor in self.anchors(values):
            for row in self._by_anchor.get(anchor, [])[:3]:
                if not self.tells_apart(row, values):
                    found.setdefault(id(row), row)
        return list(found.values())

    def tells_apart(self, row: Kept, values: Mapping[str, Value]) -> bool:
        """Both have an ID number and the numbers differ: two people of one name and telephone."""
        return any(None not in (row.get(key), values.get(key)) and row[key] != values[key] for key in self._unique)

    def holds(self, key: str, old: Value, new: Value) -> bool:
        """The old value says already what the new one says; for periods, the same words hold."""
        if old == new:
            return True
        kind = self.record.fields()[key].kind
        return isinstance(kind, Periods) and set(kind.split(new)) <= set(kind.split(old))
