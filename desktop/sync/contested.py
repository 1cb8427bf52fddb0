"""What two histories of one ledger wrote apart: told down by whoever holds both values, kept where somebody can choose.

A receipt's file carries one line for each record in conflict, with every value that stands in the field and the stamp of each. The
community keeps it beside the fate that the receipt named, office by office; it goes when a newer receipt does not say it again.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec
from sqlalchemy import Connection, select

from desktop.model.contents import record_type
from desktop.model.record import Kept, Record
from desktop.store.stamps import ENDING, stamped_fields
from desktop.store.tables import fate
from desktop.sync import travel
from desktop.sync.batch import Line, encode
from desktop.sync.knowledge import Fate, Field, Value, in_conflict, shown
from desktop.sync.lines import line_of
from desktop.sync.showing import CHUNK, Key, grouped

# One decoder for the union of both would do, but msgspec 0.22 crashes the process over a tuple beside a struct.
_losing = msgspec.json.Decoder(Value)
_told = msgspec.json.Decoder(tuple[Value, Line])


def contested_lines(conn: Connection, office: str) -> dict[str, list[Line]]:
    """Type → a line for each record of this office that is shown with a field in conflict, with the contested fields and no others."""
    undecided = select(fate.c.kind, fate.c.record).where(fate.c.office == office, fate.c.fate == str(Fate.UNDECIDED))
    keys = [(row.kind, row.record) for row in conn.execute(undecided)]
    found: dict[str, list[Line]] = {}
    for kind, ids in grouped(keys).items():
        record = record_type(kind)
        lines = [line for row in _rows(conn, record, office, ids) if (line := _contested_line(record, row)) is not None]
        if lines:
            found[kind] = lines
    return found


def _rows(conn: Connection, record: type[Record], office: str, ids: Sequence[str]) -> Iterator[Kept]:
    table = record.table()
    for start in range(0, len(ids), CHUNK):
        where = (table.c.community == office, table.c.id.in_(ids[start : start + CHUNK]))
        yield from conn.execute(select(table).where(*where).order_by(table.c.id)).mappings()


def _contested_line(record: type[Record], row: Kept) -> Line | None:
    fields = travel.fields_of_row(record, row)
    asked = {name for name in stamped_fields(record) if name in fields and in_conflict(fields[name])}
    told: dict[str, Field] = {name: fields[name] for unit in units(record, asked) for name in unit if name in fields}
    if not told:
        return None
    displayed = {name: shown(field, ()) for name, field in told.items()}
    return line_of(record.__tablename__, str(row["id"]), (row["sitting"], row["tick"]), told, displayed)


def units(record: type[Record], names: Iterable[str]) -> list[tuple[str, ...]]:
    """The fields that are chosen together, in the order of the definition: a state goes with its day, an ending with its reason."""
    fields = record.fields()
    found: dict[tuple[str, ...], None] = {}
    for name in sorted(names, key=stamped_fields(record).index):
        unit = "ended" if name in ENDING else fields[name].together
        members = ENDING if name in ENDING else tuple(key for key, spec in fields.items() if spec.together == unit) if unit else (name,)
        found[members] = None
    return list(found)


def kept_value(losing: Value, line: Line | None) -> str | None:
    """What the table of fates keeps: the losing value; where it was told, with the line that has every contested value."""
    if line is not None:
        return encode((losing, line)).decode()
    return encode(losing).decode() if losing is not None else None


def losing_in(kept: str | None) -> Value:
    """The losing value out of it."""
    if kept and kept.startswith("["):
        return _told.decode(kept)[0]
    return _losing.decode(kept) if kept else None


def line_in(kept: str | None) -> Line | None:
    """The line with every contested value, if the office above told it."""
    return _told.decode(kept)[1] if kept and kept.startswith("[") else None


def told_lines(conn: Connection, offices: Iterable[str]) -> dict[Key, dict[str, Line]]:
    """Record → office above → the line of contested values by its newest receipt."""
    found: dict[Key, dict[str, Line]] = {}
    wanted = (fate.c.office.in_(list(offices)), fate.c.fate == str(Fate.UNDECIDED))
    for row in conn.execute(select(fate).where(*wanted).order_by(fate.c.kind, fate.c.record)):
        if (line := line_in(row.value)) is not None:
            found.setdefault((row.kind, row.record), {})[row.office] = line
    return found


def by_key(lines: Iterable[Line]) -> Mapping[Key, Line]:
    """The lines of a receipt's file, each found by its record."""
    return {(line.k, line.id): line for line in lines}
