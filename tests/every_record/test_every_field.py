"""Every field of every record type: said once in its definition, and read back as it is shown."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from desktop.model.contents import RECORD_TYPES
from desktop.model.errors import Refusal
from desktop.model.field import Field
from desktop.model.kinds import Kind
from desktop.model.kinds.amounts import Minutes, Number
from desktop.model.kinds.choices import Choice, Code
from desktop.model.kinds.identity import IdNumber
from desktop.model.kinds.records import Link
from desktop.model.kinds.tags import Periods, Tags
from desktop.model.kinds.words import Name, Text
from desktop.model.record import Record
from tests.builders import TODAY
from tests.every_record.values import reads, typed_text

every_record = pytest.mark.parametrize("record", RECORD_TYPES, ids=lambda record: record.__tablename__)
EVERY_FIELD = [(record, spec) for record in RECORD_TYPES for spec in record.fields().values()]


def every_field(*kinds: type[Kind], but: tuple[type[Kind], ...] = (), typed: bool = False) -> pytest.MarkDecorator:
    """The test for each field of these kinds: `opinion.heard_on`."""
    chosen = [
        pytest.param(spec, id=f"{record.__tablename__}.{spec.key}")
        for record, spec in EVERY_FIELD
        if isinstance(spec.kind, kinds or Kind) and not isinstance(spec.kind, but) and (spec.written or not typed)
    ]
    return pytest.mark.parametrize("spec", chosen)


@every_field()
def test_a_field_has_a_chinese_label_and_a_kind(spec: Field) -> None:
    assert re.search("[\u4e00-\u9fff]", spec.label)
    assert isinstance(spec.kind, Kind)


@every_record
def test_no_two_fields_of_a_form_are_called_the_same(record: type[Record]) -> None:
    labels = [spec.label for spec in record.fields().values()]
    assert len(set(labels)) == len(labels)


@every_record
def test_a_former_label_is_no_other_fields_label(record: type[Record]) -> None:
    """Else last year's template would put a column into the wrong field."""
    heads = [head for spec in record.fields().values() for head in (spec.label, *spec.was)]
    assert len(set(heads)) == len(heads)


@every_record
def test_the_fields_of_one_group_stand_together(record: type[Record]) -> None:
    """The form follows the paper form, so a heading comes once."""
    order = [spec.group for spec in record.fields().values() if spec.on_form]
    runs = [group for place, group in enumerate(order) if place == 0 or order[place - 1] != group]
    assert runs == list(record.groups())


@every_record
def test_a_record_type_says_what_it_is(record: type[Record]) -> None:
    assert re.search("[\u4e00-\u9fff]", record.label)
    assert re.match("[\u4e00-\u9fff]", record.__doc__ or ""), "the docstring begins with the office's own term"
    assert record.listed(), "its list would open without a column"
    assert all(name in record.fields() for name in (*record.named_by, *record.keeps))
    assert record.ordered_by.removeprefix("-") in {"", *record.fields()}


@every_record
def test_what_a_record_belongs_to_is_another_record_type(record: type[Record]) -> None:
    """`belongs_to` names a link of the record itself."""
    assert record.belongs_to in {"", *record.links()}


@every_record
def test_a_link_points_to_a_record_type(record: type[Record]) -> None:
    assert set(record.links().values()) <= {one.__tablename__ for one in RECORD_TYPES}


@every_field(but=(Link, Periods))
@given(data=st.data())
def test_what_a_field_shows_is_read_back_as_the_same_value(spec: Field, data: st.DataObject) -> None:
    value = reads(spec.kind, data.draw(typed_text(spec.kind)))
    assume(value is not None)
    spec.kind.check(value)
    assert spec.kind.parse(spec.kind.show(value), TODAY) == value


@every_field(Periods)
@given(data=st.data())
def test_periods_are_read_back_from_the_lines_in_which_they_are_kept(spec: Field, data: st.DataObject) -> None:
    kind = spec.kind
    assert isinstance(kind, Periods)
    value = kind.parse(data.draw(typed_text(kind)), TODAY)
    assert kind.parse(str(value), TODAY) == value
    assert [word for word, _since, _until in kind.terms(value)] == kind.at(value, TODAY)


@every_field(but=(Link,), typed=True)
def test_no_typed_text_becomes_a_value_that_the_field_refuses(spec: Field) -> None:
    for typed in ("#3楼梯间", "~改天再来", "无", "—", "０", "2021-11-24", "\ud800", "‮反转", "是", "1.5", "x" * 3000):
        value = reads(spec.kind, typed)
        spec.kind.check(value)
        if isinstance(value, str):
            value.encode()
            assert "（不显示）" not in spec.kind.show(value), "a typed text is no keyed hash"


@every_field()
def test_a_value_of_the_wrong_sort_is_refused(spec: Field) -> None:
    wrong = "三" if isinstance(spec.kind, Number) else 3.5
    with pytest.raises(Refusal):
        spec.kind.check(wrong)  # type: ignore[arg-type]  # what a stick or a bug may bring


@every_field(Choice, Code)
def test_a_word_that_is_no_option_is_refused(spec: Field) -> None:
    with pytest.raises(Refusal):
        spec.kind.check("查无此词")
    assert spec.kind.hint()


@every_field(Text)
def test_a_text_that_is_too_long_is_refused_with_both_lengths(spec: Field) -> None:
    with pytest.raises(Refusal, match=f"{spec.kind.limit}.*{spec.kind.limit + 1}"):
        spec.kind.check("字" * (spec.kind.limit + 1))
    spec.kind.check("𬭊" * spec.kind.limit)


@every_field(Number)
def test_a_number_beyond_its_bounds_is_refused(spec: Field) -> None:
    spec.kind.check(spec.kind.least)
    spec.kind.check(spec.kind.most)
    for value in (spec.kind.least - 1, spec.kind.most + 1):
        with pytest.raises(Refusal):
            spec.kind.check(value)


@every_field(Name, IdNumber)
def test_what_is_masked_shows_less_than_what_is_kept(spec: Field) -> None:
    kept = "欧阳建国" if isinstance(spec.kind, Name) else "441502196307153758"
    assert spec.kind.mask(kept) != kept
    assert "*" in spec.kind.mask(kept)


@every_field(Tags, but=(Periods,))
def test_a_set_is_kept_in_the_order_of_its_list(spec: Field) -> None:
    backwards = "、".join(reversed(spec.kind.words))
    assert spec.kind.parse(backwards, TODAY) == ",".join(spec.kind.words)


def test_hours_are_kept_in_minutes() -> None:
    assert Minutes().parse("1.5", TODAY) == 90
    assert Minutes().show(100) == "1.67"
