"""Rows, history, search words and the chain of deeds are written together, or none of them is.

Each deed is made to fail at its first statement, then at its second, and so on, until it runs to its end (SQLite's own
way of testing, craft §1.9). After every failure the ledger is byte for byte what it was, and the next deed succeeds.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.exc import OperationalError
from sqlcipher3 import dbapi2

from desktop.model.contents import RECORD_TYPES
from desktop.model.errors import Trouble
from desktop.model.kinds.choices import State
from desktop.model.kinds.records import Link
from desktop.model.person import Person
from desktop.model.record import Record
from desktop.office import records
from desktop.office.desk import Desk
from tests.builders import everything, heard, writer_of
from tests.every_record.values import a_record, some_value, whole

Ready = Callable[[Desk, type[Record], str], Callable[[], object]]  # makes everything ready, and gives the deed itself


class Pulled(Exception):
    """Somebody pulled the plug at this statement."""


@contextmanager
def failing_at(engine: Engine, number: int) -> Iterator[None]:
    """The statement of this number, counted from 0, is not done."""
    left = [number]

    def fail(*_told: Any) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise Pulled

    event.listen(engine, "before_cursor_execute", fail)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", fail)


def add(desk: Desk, record: type[Record], _key: str) -> Callable[[], object]:
    values = whole(desk, record)

    def deed() -> None:
        with desk.deed(f"{record.__tablename__}.add") as work:
            work.add(record, **values)

    return deed


def correct(desk: Desk, record: type[Record], key: str) -> Callable[[], object]:
    values = {name: some_value(desk, record, spec) for name, spec in record.fields().items() if not isinstance(spec.kind, Link | State)}

    def deed() -> None:
        with desk.deed(f"{record.__tablename__}.correct") as work:
            work.change(record, key, **values)

    return deed


def end(desk: Desk, record: type[Record], key: str) -> Callable[[], object]:
    return lambda: records.end(desk, record, key, because="登记错误")


def take_back(desk: Desk, record: type[Record], key: str) -> Callable[[], object]:
    end(desk, record, key)()
    return lambda: records.take_back(desk, record, key)


def erase(desk: Desk, record: type[Record], key: str) -> Callable[[], object]:
    return lambda: records.erase(desk, record, key, reason="本人申请，2022-03-01")


DEEDS: list[tuple[type[Record], Ready]] = [
    (record, ready)
    for record in RECORD_TYPES
    for ready in (add, correct, end, take_back, erase)
    if not (record.stays and ready in (end, take_back, erase))
]
every_deed = pytest.mark.parametrize(
    ("record", "ready"), DEEDS, ids=[f"{record.__tablename__}.{ready.__name__}" for record, ready in DEEDS]
)


@every_deed
def test_a_deed_that_fails_anywhere_leaves_nothing_behind(record: type[Record], ready: Ready, desk: Desk) -> None:
    engine, deed = writer_of(desk), ready(desk, record, a_record(desk, record))
    before = everything(desk)
    number = 0
    while True:
        try:
            with failing_at(engine, number):
                deed()
            break
        except Pulled:
            assert everything(desk) == before
            number += 1
    assert number >= 5, "begin, row, journal, knowledge, audit"
    after = everything(desk)
    assert {table for table in after if after[table] != before[table]} >= {record.__tablename__, "journal", "audit", "knowledge"}


@pytest.mark.parametrize("ready", [add, correct, end, erase], ids=lambda ready: ready.__name__)
def test_a_commit_that_fails_leaves_nothing_behind(ready: Ready, desk: Desk) -> None:
    engine, deed = writer_of(desk), ready(desk, Person, a_record(desk, Person))
    before = everything(desk)

    def fail(_conn: Any) -> None:
        raise OperationalError("COMMIT", {}, dbapi2.OperationalError("disk I/O error"))

    event.listen(engine, "commit", fail)
    try:
        with pytest.raises(Trouble):
            deed()
    finally:
        event.remove(engine, "commit", fail)
    assert everything(desk) == before
    deed()
    assert everything(desk) != before


@pytest.mark.parametrize("record", RECORD_TYPES, ids=lambda record: record.__tablename__)
def test_one_entry_is_one_transaction_of_few_statements(record: type[Record], desk: Desk) -> None:
    """A save costs one commit and a number of statements that does not grow with the ledger."""
    values = whole(desk, record)
    with heard(writer_of(desk)) as said, desk.deed(f"{record.__tablename__}.add") as work:
        work.add(record, **values)
    begins = [statement for statement, _values in said if statement.startswith("BEGIN")]
    unique = sum(spec.unique for spec in record.fields().values())
    assert begins == ["BEGIN IMMEDIATE"]
    assert len(said) <= 9 + unique, [statement[:60] for statement, _values in said]
