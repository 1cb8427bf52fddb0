"""One deed, one transaction: rows, journal, search words and audit entry are written together or not at all.

`Books` is an open ledger that knows whose it is; `Work` is what a deed holds while it runs. Nothing here knows a rule of
the office: required, unique, limits and kinds come from the definitions, permissions and clocks from the floor above.
"""

import secrets
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from operator import itemgetter
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from desktop.model import names
from desktop.model.errors import Refusal
from desktop.model.kinds import Value
from desktop.model.kinds.records import Serial
from desktop.model.kinds.words import Name, Title
from desktop.model.language import _
from desktop.model.record import Kept, Record
from desktop.store import journal, search, tables
from desktop.store.bulk import add_rows
from desktop.store.doubles import refuse_double, refuse_double_among, refuse_doubles
from desktop.store.file import Ledger
from desktop.store.journal import Change, Sitting
from desktop.store.stamps import and_replaced, stamps_after
from desktop.store.tables import counter, meta, tombstone

Row = RowMapping

WHOLE = ""  # the journal's field for a record as a whole
DECIDED = "decided"  # what the journal says of a record as a whole when somebody chose between values; its `old` is the reason

NEXT = (
    upsert(counter)
    .on_conflict_do_update(index_elements=["community", "series"], set_={"last": counter.c.last + 1})
    .returning(counter.c.last)
)

_last_id = 0


def new_id() -> str:
    """A UUIDv7 as 32 hex digits: in the order of making, so that pages and files grow at their end."""
    global _last_id
    stamp = time.time_ns() // 1_000_000 << 12
    _last_id = max(stamp, _last_id + 1)
    head = _last_id >> 12 << 16 | 0x7000 | _last_id & 0xFFF
    tail = secrets.randbits(62) | 0x8 << 60
    return f"{head << 64 | tail:032x}"


@cache
def whole_row(record: type[Record]) -> tuple[tuple[str, ...], Callable[[Kept], tuple[Value, ...]]]:
    """Every column of a record type, and what takes their values out of a row."""
    columns = tuple(column.name for column in record.table().columns)
    return columns, itemgetter(*columns)


@cache
def at_once_serials(record: type[Record]) -> dict[str, str]:
    """The fields that get their number the moment the record is made, with the series."""
    kinds = {key: spec.kind for key, spec in record.fields().items()}
    return {key: kind.prefix for key, kind in kinds.items() if isinstance(kind, Serial) and kind.at_once}


def sort_key(record: type[Record], row: Kept) -> str | None:
    """The name by pinyin, the name itself behind it to part equal readings; empty for a record that has no name."""
    kind, value = record.fields()[record.named_by[0]].kind, row.get(record.named_by[0])
    text = kind.show(value) if isinstance(kind, Name | Title) and value is not None else ""
    return f"{names.pinyin_of(text).full} {text}" if text else None


class Books:
    """An open ledger with what every deed needs: whose it is, and the sitting that stamps changes."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.sitting = Sitting()
        with ledger.read() as conn:
            facts = {row.key: row.value for row in conn.execute(select(meta.c.key, meta.c.value))}
        self.community = facts.get("community", "")
        self.tier = facts.get("tier", "社区")

    @contextmanager
    def work(self, *, who: str, deed: str, at: str, community: str = "") -> Iterator["Work"]:
        """The transaction of one deed; whatever is raised inside leaves the ledger as it was."""
        with self.ledger.write() as conn:
            work = Work(conn, self.sitting, community or self.community, who, deed, at)
            yield work
            work.finish()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A short look at the ledger as it is now."""
        with self.ledger.read() as conn:
            yield conn

    def fact(self, key: str) -> str | None:
        """A fact about this file: community, tier, desk keys."""
        with self.read() as conn:
            value = conn.execute(select(meta.c.value).where(meta.c.key == key)).scalar()
        return None if value is None else str(value)


class Work:
    """What a deed holds while it runs: it adds, changes, ends and reads, all inside one transaction."""

    def __init__(self, conn: Connection, sitting: Sitting, community: str, who: str, deed: str, at: str) -> None:
        self.conn = conn
        self.community = community
        self.who = who
        self.deed = deed
        self.at = at
        self.today = at[:10]
        self.remarks: list[str] = []
        self.touched: set[str] = set()
        self._sitting = sitting
        self._tick = 0
        self._changes: list[Change] = []

    @property
    def stamp(self) -> tuple[str, int]:
        """The stamp of every change of this deed."""
        if not self._tick:
            self._tick = self._sitting.next()
        return self._sitting.name, self._tick

    def get(self, record: type[Record], key: str) -> Row:
        """One record by its id; Refusal when there is none."""
        table = record.table()
        row = self.conn.execute(select(table).where(table.c.community == self.community, table.c.id == key)).mappings().first()
        if row is None:
            raise Refusal(_("找不到这条记录，可能已被清除"), record=f"{_(record.label)} {key[:8]}")
        return row

    def rows(self, record: type[Record], /, *, also_ended: bool = False, **equal: Value) -> Sequence[Row]:
        """The living records with these values; if asked, those in the bin too."""
        table = record.table()
        where = [table.c[key] == value for key, value in equal.items()] + ([] if also_ended else [table.c.ended_on.is_(None)])
        query = select(table).where(table.c.community == self.community, *where).order_by(table.c.id)
        return self.conn.execute(query).mappings().all()

    def add(self, record: type[Record], **values: Value) -> str:
        """A new record; its id."""
        return self.add_many(record, [values])[0]

    def add_many(self, record: type[Record], many: Sequence[Mapping[str, Value]]) -> list[str]:
        """New records, each checked by its definition, written in one go; their ids."""
        sitting, tick = self.stamp
        kind, serials = record.__tablename__, at_once_serials(record)
        blank: dict[str, Value] = dict.fromkeys(record.fields())
        begun: dict[str, Value] = {
            "community": self.community, "version": 1, "created_at": self.at, "created_by": self.who, "changed_at": self.at,
            "changed_by": self.who, "ended_on": None, "ended_because": None, "sitting": sitting, "tick": tick, "stamps": None,
            "extra": None,
        }  # fmt: skip
        rows = []
        before: set[tuple[str, Value]] = set()
        for values in many:
            row: dict[str, Value] = {**blank, **values}
            if record.flow and row["state"] is None:
                row.update(state=record.flow.first, state_on=self.today)
            if mistakes := record.mistakes(row):
                record.refuse_mistakes(mistakes, record.called(row))
            refuse_double_among(record, row, before)
            rows.append(row)
        refuse_doubles(self.conn, self.community, record, rows)
        for row in rows:
            for key, series in serials.items():
                row[key] = row[key] or self.number(series, self.today)
            row.update(begun, id=row.get("id") or new_id(), sort_key=sort_key(record, row))
            self._changes.append(Change(kind, str(row["id"]), WHOLE, None, None))
        if rows:
            columns, values_of = whole_row(record)
            add_rows(self.conn, record.table(), columns, [values_of(row) for row in rows])
            search.index_new(self.conn, record, rows)
            self.touched.add(kind)
        return [str(row["id"]) for row in rows]

    def change(self, record: type[Record], key: str, version: int | None = None, /, **values: Value) -> bool:
        """Other values for some fields; False when they were so already. With `version`, only if nobody changed it since."""
        row = self.get(record, key)
        if version is not None and row["version"] != version:
            raise Refusal(_("打开以后别处又改过这条记录"), record=record.called(row), todo=_("按 F5 看新的内容，再改一次"))
        new = {name: value for name, value in values.items() if row[name] != value}
        if not new:
            return False
        after = {**row, **new}
        mistakes = [mistake for mistake in record.mistakes(after) if mistake.field in new]
        record.refuse_mistakes(mistakes, record.called(row))
        refuse_double(self.conn, self.community, record, after, among=new)
        self._write(record, row, new)
        return True

    def decide(
        self, record: type[Record], key: str, values: Mapping[str, Value], replaced: Mapping[str, Mapping[tuple[str, int], Value]],
        reason: str = "",
    ) -> None:  # fmt: skip
        """These fields have these values by decision: a change even where nothing changes, that has seen and replaced these others.

        The journal keeps our value and every other one as replaced by the one chosen, and the reason.
        """
        row = self.get(record, key)
        after = {**row, **values}
        record.refuse_mistakes([mistake for mistake in record.mistakes(after) if mistake.field in values], record.called(row))
        refuse_double(self.conn, self.community, record, after, among=[name for name in values if row[name] != values[name]])
        self._write(record, row, values, replaced)
        kind = record.__tablename__
        self._changes += [Change(kind, key, name, value, values[name]) for name in values for value in replaced.get(name, {}).values()]
        self._changes.append(Change(kind, key, WHOLE, reason or None, DECIDED))

    def end(self, record: type[Record], key: str, *, on: str, because: str) -> None:
        """The record holds no longer from this day; it stays in history and can be taken back."""
        row = self.get(record, key)
        if row["ended_on"]:
            raise Refusal(_("早已移入回收站"), record=record.called(row))
        self._write(record, row, {"ended_on": on, "ended_because": because})

    def take_back(self, record: type[Record], key: str) -> None:
        """An ended record holds again."""
        row = self.get(record, key)
        if not row["ended_on"]:
            raise Refusal(_("不在回收站里"), record=record.called(row))
        refuse_double(self.conn, self.community, record, row)
        self._write(record, row, {"ended_on": None, "ended_because": None})

    def erase(self, record: type[Record], key: str, *, reason: str) -> None:
        """Values leave table, journal and search; a tombstone stays and dominates whatever a stick may bring."""
        self.get(record, key)
        sitting, tick = self.stamp
        table, kind = record.table(), record.__tablename__
        self.conn.execute(delete(table).where(table.c.community == self.community, table.c.id == key))
        search.unindex(self.conn, record, [key], self.community)
        self.conn.execute(
            update(tables.journal)
            .where(tables.journal.c.community == self.community, tables.journal.c.record == key)
            .values(old=None, new=None)
        )
        for table in (tables.held, tables.fate, tables.draft):
            self.conn.execute(delete(table).where(table.c.kind == kind, table.c.record == key))
        self.conn.execute(
            insert(tombstone),
            {"community": self.community, "kind": kind, "record": key, "sitting": sitting, "tick": tick, "reason": reason},
        )
        self._changes.append(Change(kind, key, WHOLE, None, "erased"))
        self.touched.add(kind)

    def number(self, series: str, day: str) -> str:
        """The next serial of a series, never used twice: YJ-211004-0317, counted within the year."""
        year = f"{series}-{day[:4]}"
        last = self.conn.execute(NEXT, {"community": self.community, "series": year, "last": 1}).scalar_one()
        return f"{series}-{day[2:4]}{day[5:7]}{day[8:10]}-{last:04d}"

    def remark(self, text: str) -> None:
        """Words for the audit entry of this deed."""
        self.remarks.append(text)

    def finish(self) -> None:
        """Journal, knowledge and audit: the last things before the commit."""
        if self._changes:
            sitting, tick = self.stamp
            journal.write_changes(
                self.conn, self._changes, community=self.community, sitting=sitting, tick=tick,
                deed=self.deed, who=self.who, at=self.at,
            )  # fmt: skip
            journal.know(self.conn, self.community, sitting, tick)
        named = list(dict.fromkeys(f"{change.kind}:{change.record}" for change in self._changes))
        what = "；".join(self.remarks + named[:5] + ([f"共 {len(named)} 条"] if len(named) > 5 else []))
        journal.write_audit(self.conn, at=self.at, who=self.who, deed=self.deed, what=what)

    def _write(
        self, record: type[Record], row: Row, new: Mapping[str, Value],
        replaced: Mapping[str, Collection[tuple[str, int]]] = MappingProxyType({}),
    ) -> None:  # fmt: skip
        sitting, tick = self.stamp
        after: dict[str, Any] = {**row, **new}
        after.update(
            version=row["version"] + 1, changed_at=self.at, changed_by=self.who, sitting=sitting, tick=tick,
            sort_key=sort_key(record, after) if record.named_by[0] in new else row["sort_key"],
            stamps=and_replaced(stamps_after(record, row, new, (sitting, tick)), replaced),
        )  # fmt: skip
        table = record.table()
        changed = {name: after[name] for name in after if after[name] != row[name]}
        self.conn.execute(update(table).where(table.c.community == self.community, table.c.id == row["id"]).values(changed))
        fields = record.fields()
        if any(name in fields and (fields[name].searched or name in search.tag_kinds(record)) for name in new):
            search.unindex(self.conn, record, [row["id"]], self.community)
            search.index_new(self.conn, record, [after])
        for name, value in new.items():
            self._changes.append(Change(record.__tablename__, row["id"], name, row[name], value))
        self.touched.add(record.__tablename__)
