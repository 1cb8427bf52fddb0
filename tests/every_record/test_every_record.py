"""Every record type, without naming one: checked by its definition, found, listed, changed, ended, taken back, remembered."""

import importlib
import pkgutil
import re
from collections.abc import Callable

import pytest

import desktop.model
from desktop.model.contents import RECORD_TYPES, record_type
from desktop.model.errors import Refusal
from desktop.model.field import Field
from desktop.model.kinds import Value
from desktop.model.kinds.records import Link
from desktop.model.kinds.tags import Tags
from desktop.model.record import Base, Record
from desktop.office import records
from desktop.office.desk import Desk
from desktop.store import journal, search
from desktop.store.page import Listing, every, link_titles, page, title_of
from tests.builders import audited, heard
from tests.every_record.values import a_record, a_typed_change, some_value, whole


def records_that(claim: Callable[[type[Record]], object] = lambda record: True) -> pytest.MarkDecorator:
    """The test for each record type of which this is so."""
    return pytest.mark.parametrize("record", [one for one in RECORD_TYPES if claim(one)], ids=lambda record: record.__tablename__)


def have_a_field_that(claim: Callable[[Field], object]) -> pytest.MarkDecorator:
    return records_that(lambda record: any(claim(spec) for spec in record.fields().values()))


every_record = records_that()
every_ending_record = records_that(lambda record: not record.stays)
HEX_ID = re.compile(r"[0-9a-f]{8}")


def add(desk: Desk, record: type[Record], values: dict[str, Value]) -> str:
    with desk.deed(f"{record.__tablename__}.add") as work:
        return work.add(record, **values)


def refused(desk: Desk, record: type[Record], values: dict[str, Value]) -> Refusal:
    with pytest.raises(Refusal) as said:
        add(desk, record, values)
    return said.value


def living(desk: Desk, record: type[Record], *, ended: bool = False) -> list[str]:
    with desk.books.read() as conn:
        return [row["id"] for row in every(conn, Listing(record, ended=ended, community=desk.community))]


def test_every_record_type_stands_on_the_contents_page() -> None:
    """A class that is forgotten there has a table and nothing else."""
    defined = set()
    for module in pkgutil.iter_modules(desktop.model.__path__):
        for value in vars(importlib.import_module(f"desktop.model.{module.name}")).values():
            if isinstance(value, type) and issubclass(value, Record) and "__abstract__" not in vars(value):
                defined.add(value)
    assert defined == set(RECORD_TYPES)
    assert len(RECORD_TYPES) == len(set(RECORD_TYPES))


def test_a_kind_of_record_is_found_by_the_name_of_its_table() -> None:
    assert [record_type(record.__tablename__) for record in RECORD_TYPES] == RECORD_TYPES
    with pytest.raises(KeyError):
        record_type("nobody")


@every_record
def test_a_record_comes_back_as_it_was_put(record: type[Record], desk: Desk) -> None:
    values = whole(desk, record)
    row = desk.get(record, add(desk, record, values))
    assert {key: row[key] for key in values} == values
    assert (row["version"], row["ended_on"], row["created_by"], row["changed_at"]) == (1, None, "zhoumin", "2021-11-24T09:41:00")


@have_a_field_that(lambda spec: spec.required)
def test_what_is_required_is_asked_for_by_its_label(record: type[Record], desk: Desk) -> None:
    values = whole(desk, record)
    by_flow = {"state"} if record.flow else set()
    for key, spec in record.fields().items():
        if spec.required and key not in by_flow:
            for nothing in (None, ""):
                said = refused(desk, record, {**values, key: nothing})
                assert [mistake.field for mistake in said.mistakes] == [key]
                assert spec.label in str(said)
                assert "必填" in str(said)


@have_a_field_that(lambda spec: spec.required)
def test_every_missing_field_is_named_at_once(record: type[Record], desk: Desk) -> None:
    required = [key for key, spec in record.fields().items() if spec.required and not (record.flow and key == "state")]
    assert [mistake.field for mistake in refused(desk, record, {}).mistakes] == required


@records_that(lambda record: record.flow)
def test_a_record_begins_in_the_first_state_of_its_flow(record: type[Record], desk: Desk) -> None:
    assert record.flow is not None
    row = desk.get(record, a_record(desk, record))
    assert (row["state"], row["state_on"]) == (record.flow.first, desk.today)


@have_a_field_that(lambda spec: spec.unique)
def test_two_living_records_do_not_share_what_is_unique(record: type[Record], desk: Desk) -> None:
    for key in (key for key, spec in record.fields().items() if spec.unique):
        first = whole(desk, record)
        add(desk, record, first)
        said = refused(desk, record, {**whole(desk, record), key: first[key]})
        assert [mistake.field for mistake in said.mistakes] == [key]
        assert record.called(first) in str(said), "the message names the record that has it"
        other = a_record(desk, record)
        with pytest.raises(Refusal, match="已有同样的记录"), desk.deed(f"{record.__tablename__}.correct") as work:
            work.change(record, other, **{key: first[key]})


@have_a_field_that(lambda spec: spec.unique)
def test_two_records_of_one_entry_do_not_share_what_is_unique(record: type[Record], desk: Desk) -> None:
    for key in (key for key, spec in record.fields().items() if spec.unique):
        first, second = whole(desk, record), whole(desk, record)
        before = living(desk, record)
        with pytest.raises(Refusal, match="另一条相同"), desk.deed(f"{record.__tablename__}.add") as work:
            work.add_many(record, [first, {**second, key: first[key]}])
        assert living(desk, record) == before


@records_that(lambda record: not record.stays and any(spec.unique for spec in record.fields().values()))
def test_an_ended_record_lends_out_what_is_unique_and_does_not_come_back_over_it(record: type[Record], desk: Desk) -> None:
    for key in (key for key, spec in record.fields().items() if spec.unique):
        first = whole(desk, record)
        ended = add(desk, record, first)
        records.end(desk, record, ended, because="登记错误")
        add(desk, record, {**whole(desk, record), key: first[key]})
        with pytest.raises(Refusal, match="已有同样的记录"):
            records.take_back(desk, record, ended)


@have_a_field_that(lambda spec: spec.written and not isinstance(spec.kind, Link))
def test_a_change_is_remembered_with_old_and_new(record: type[Record], desk: Desk) -> None:
    key = a_record(desk, record)
    field, value = a_typed_change(desk, record, desk.get(record, key))
    old = desk.get(record, key)[field]
    assert records.correct(desk, record, key, **{field: value})
    with desk.books.read() as conn:
        newest, *_between, oldest = journal.history(conn, desk.community, key)
    assert (oldest.field, oldest.deed) == ("", f"{record.__tablename__}.add")
    assert (newest.field, newest.old, newest.new, newest.who) == (field, old, value, "zhoumin")
    assert newest.deed == f"{record.__tablename__}.correct"
    records.revert(desk, record, key, newest.seq)
    assert desk.get(record, key)[field] == old


@every_record
def test_the_same_values_again_are_no_change(record: type[Record], desk: Desk) -> None:
    key = a_record(desk, record)
    row = desk.get(record, key)
    typed = {name: row[name] for name, spec in record.fields().items() if spec.written}
    assert records.correct(desk, record, key, **typed) is False
    assert desk.get(record, key) == row


@have_a_field_that(lambda spec: not spec.written)
def test_what_deeds_write_is_never_typed(record: type[Record], desk: Desk) -> None:
    key = a_record(desk, record)
    for name, spec in record.fields().items():
        if not spec.written:
            value = some_value(desk, record, spec) if not isinstance(spec.kind, Link) else key
            with pytest.raises(Refusal, match="由办理步骤填写"):
                records.correct(desk, record, key, **{name: value})
            with pytest.raises(Refusal, match="由办理步骤填写"):
                records.add(desk, record, **{name: value})


@every_ending_record
def test_an_ended_record_lies_in_the_bin_with_its_reason_until_it_is_taken_back(record: type[Record], desk: Desk) -> None:
    key = a_record(desk, record)
    records.end(desk, record, key, because="重复登记")
    row = desk.get(record, key)
    assert (row["ended_on"], row["ended_because"]) == (desk.today, "重复登记")
    assert key not in living(desk, record)
    assert key in living(desk, record, ended=True)
    with pytest.raises(Refusal, match="早已移入回收站"):
        records.end(desk, record, key, because="再删一次")
    records.take_back(desk, record, key)
    assert key in living(desk, record)
    with pytest.raises(Refusal, match="不在回收站"):
        records.take_back(desk, record, key)


@every_record
def test_the_deed_is_in_the_chain_of_deeds(record: type[Record], desk: Desk) -> None:
    a_record(desk, record)
    assert audited(desk)[-1] == (f"{record.__tablename__}.add", True)


@have_a_field_that(lambda spec: spec.searched)
def test_every_word_of_a_searched_field_finds_the_record(record: type[Record], desk: Desk) -> None:
    values = whole(desk, record)
    key = add(desk, record, values)
    for name, spec in record.fields().items():
        for word in spec.kind.tokens(values.get(name)) if spec.searched else []:
            with desk.books.read() as conn:
                found = search.find(conn, desk.community, word, kinds=[record.__tablename__], limit=500)
            assert key in [hit.record for hit in found], f"{name}: {word}"


@have_a_field_that(lambda spec: spec.searched and spec.written)
def test_words_that_are_searched_follow_a_correction(record: type[Record], desk: Desk) -> None:
    key = a_record(desk, record)
    typed = next(name for name, spec in record.fields().items() if spec.searched and spec.written)
    records.correct(desk, record, key, **{typed: some_value(desk, record, record.fields()[typed])})
    with desk.books.read() as conn:
        row = desk.get(record, key)
        kept = {(token, rank) for token, rank in conn.exec_driver_sql("SELECT token, rank FROM search WHERE record = ?", (key,))}
    assert kept == {(entry["token"], entry["rank"]) for entry in search.entries(record, row)}


@have_a_field_that(lambda spec: isinstance(spec.kind, Tags))
def test_the_words_of_a_set_are_indexed_with_their_time(record: type[Record], desk: Desk) -> None:
    values = whole(desk, record)
    key = add(desk, record, values)
    for name, spec in record.fields().items():
        if isinstance(spec.kind, Tags):
            with desk.books.read() as conn:
                kept = conn.exec_driver_sql("SELECT word, since, until FROM tag WHERE record = ? AND field = ?", (key, name))
                assert [tuple(row) for row in kept] == spec.kind.terms(values[name])


@every_record
def test_a_record_is_named_without_its_id(record: type[Record], desk: Desk) -> None:
    """A clerk reads 在职党员 陈家和, never 019a3c…."""
    key = a_record(desk, record)
    row = desk.get(record, key)
    assert not HEX_ID.search(record.called(row))
    with desk.books.read() as conn:
        named = title_of(record, row, link_titles(conn, desk.community, record, [row], only=record.named_by))
    assert named
    assert not HEX_ID.search(named)


@every_record
def test_a_list_may_be_sorted_by_each_of_its_columns(record: type[Record], desk: Desk) -> None:
    for _ in range(3):
        a_record(desk, record)
    for spec in record.listed():
        for order in (spec.key, f"-{spec.key}"):
            listing = Listing(record, order=order, community=desk.community)
            with desk.books.read() as conn:
                rows = list(every(conn, listing, size=2))
            by = listing.sorted_by()
            there = [row[by] for row in rows if row[by] is not None]
            assert there == sorted(there, reverse=order.startswith("-"))
            assert len(rows) == len(living(desk, record))


@every_record
def test_a_list_reads_an_index_and_sorts_nothing(record: type[Record], desk: Desk) -> None:
    """100,000 rows feel like 100 only while no page is sorted by hand."""
    with desk.books.read() as conn:
        for spec in record.listed():
            for order in (spec.key, f"-{spec.key}"):
                with heard(conn.engine) as said:
                    page(conn, Listing(record, order=order, community=desk.community), size=2)
                for statement, values in said:
                    plan = [row[3] for row in conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)]
                    assert not [step for step in plan if "TEMP B-TREE" in step or step.startswith("SCAN")], (statement, plan)


@every_record
def test_every_index_of_a_record_type_is_led_by_the_community(record: type[Record]) -> None:
    table = record.table()
    assert [column.name for column in table.primary_key] == ["community", "id"]
    for index in table.indexes:
        assert next(iter(index.columns)).name == "community", index.name


def test_every_table_is_strict(desk: Desk) -> None:
    with desk.books.read() as conn:
        loose = conn.exec_driver_sql("SELECT name FROM pragma_table_list WHERE schema = 'main' AND NOT strict AND name NOT LIKE 'sqlite%'")
        assert loose.scalars().all() == []
        there = set(conn.exec_driver_sql("SELECT name FROM sqlite_schema WHERE type = 'table'").scalars())
    assert {table.name for table in Base.metadata.sorted_tables} <= there


def test_a_user_is_neither_ended_nor_erased(desk: Desk) -> None:
    for record in RECORD_TYPES:
        if record.stays:
            with pytest.raises(Refusal, match="不能删除"):
                records.end(desk, record, desk.who.id, because="离职")
            with pytest.raises(Refusal, match="不能删除"):
                records.erase(desk, record, desk.who.id, reason="本人申请")
