"""A record that may not be shown yet: kept with its stamps, named in the receipt, and shown the moment nothing speaks against it."""

from collections.abc import Mapping
from itertools import permutations
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.model.checkin import CheckIn
from desktop.model.contents import RECORD_TYPES
from desktop.model.organisation import Organisation
from desktop.model.person import Person
from desktop.office import records
from desktop.sync.batch import Line, OpenRecord
from desktop.sync.knowledge import Fate, Masked, Value
from desktop.sync.merging import waiting_lines
from desktop.sync.refused import BadShape
from tests.builders import HARBOUR, a_person, everything
from tests.sync.ledgers import Circle, a_circle, but_the_audit, crafted, own_rows, rows_of

SITTING, OTHER, LATER = "a" * 16, "b" * 16, "c" * 16
LI, ZHANG, WANG = "1" * 32, "2" * 32, "3" * 32
REPORT = "4" * 32


def a_line(record: str = LI, tick: int = 1, *, sitting: str = SITTING, m: Mapping[str, list] | None = None, **fields: Value) -> Line:
    """A person as a community sends one."""
    values: dict[str, Value] = {"name": Masked("李*芳"), "roles": "志愿者 2020-01-01~", "id_number": None}
    return Line("person", record, (sitting, tick), {**values, "ended_on": None, "ended_because": None, **fields}, dict(m or {}))


def a_report(person: str, tick: int = 1, record: str = REPORT) -> Line:
    fields: dict[str, Value] = {"who": "在职党员", "person": person, "state": "待报到", "state_on": "2021-11-24"}
    return Line("check_in", record, (SITTING, tick), fields)


def still_open(circle: Circle) -> list[tuple[str, str, str, str]]:
    return [(one.id, str(one.fate), one.field, one.reason) for one in waiting_lines(circle.district, HARBOUR)]


def test_a_record_waits_for_what_it_refers_to_and_is_shown_when_that_comes(circle: Circle):
    merged = circle.taken(crafted(circle, [a_report(LI)]))
    assert merged.fates == {"待补": 1}
    assert still_open(circle) == [(REPORT, "待补", "person", "reference")]
    assert rows_of(circle.district) == {}
    circle.taken(crafted(circle, [a_line(LI, 2)]))
    assert circle.kept(CheckIn)[REPORT]["person"] == LI
    assert still_open(circle) == []
    assert everything(circle.district)["held"] == []


def test_a_record_that_lacks_something_required_is_returned_and_its_correction_clears_it(circle: Circle):
    merged = circle.taken(crafted(circle, [a_line(roles=None)]))
    assert merged.fates == {"退回": 1}
    assert still_open(circle) == [(LI, "退回", "roles", "required")]
    circle.taken(crafted(circle, [a_line(tick=2, m={"name": [SITTING, 1]})]))
    assert circle.kept(Person)[LI]["roles"] == "志愿者 2020-01-01~"
    assert still_open(circle) == []


def test_what_never_travels_is_not_missed(circle: Circle):
    """An attachment of another program, a phone that stays at home: required here, and not said."""
    a_person(circle.harbour, phone="13800138000")
    assert set(circle.brought().fates) == {"已入库"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("roles", "大王 2020-01-01~"), ("roles", "志愿者 2020-13-01~"), ("joined_on", "昨天"), ("sex", "7"), ("employer", "城管"),
        ("post", "长" * 61), ("post", 7), ("post", Masked("主*")), ("joined_on", Masked("19*")), ("employer", Masked("某*")),
        ("name", "名" * 51), ("id_number", "44150219630715"), ("ended_on", 7),
    ],
)  # fmt: skip
def test_a_value_that_its_kind_cannot_hold_is_returned(circle: Circle, field: str, value: Value):
    assert circle.taken(crafted(circle, [a_line(**{field: value})])).fates == {"退回": 1}
    assert still_open(circle) == [(LI, "退回", field, "value")]
    assert circle.kept(Person) == {}


def test_a_number_is_never_masked(circle: Circle):
    lines = [Line("place", LI, (SITTING, 1), {"name": "碧桂园", "kind": "小区", "route_no": Masked("1*")})]
    assert circle.taken(crafted(circle, lines)).fates == {"退回": 1}


def test_an_id_that_is_none_is_returned(circle: Circle):
    assert circle.taken(crafted(circle, [a_line("李小芳")])).fates == {"退回": 1}
    assert still_open(circle) == [("李小芳", "退回", "id", "value")]


@pytest.mark.parametrize("order", list(permutations(range(2))))
def test_of_two_with_one_id_number_the_greater_id_is_returned_in_either_order(circle: Circle, order: tuple[int, ...]):
    """# fault 85"""
    batches = [crafted(circle, [a_line(key, tick, id_number="#" + "e" * 64)]) for tick, key in ((1, LI), (2, ZHANG))]
    for nth in order:
        circle.taken(batches[nth])
    assert list(circle.kept(Person)) == [LI]
    assert still_open(circle) == [(ZHANG, "退回", "id_number", "double")]


def test_an_ended_record_makes_room_for_the_other(circle: Circle):
    circle.taken(crafted(circle, [a_line(key, id_number="#" + "e" * 64) for key in (LI, ZHANG)]))
    circle.taken(crafted(circle, [a_line(LI, 2, id_number="#" + "e" * 64, ended_on="2021-11-24")]))
    assert sorted(circle.kept(Person)) == [LI, ZHANG]
    assert still_open(circle) == []


ORDERS = list(permutations(range(3)))


@pytest.mark.parametrize("order", ORDERS)
def test_what_refers_to_a_returned_record_waits_with_it_in_every_order(tmp_path: Path, order: tuple[int, ...]):
    """A report of 张三, who turns out to be 李芳 again: it leaves the list with him, whichever stick came first."""
    circle = a_circle(tmp_path)
    lines = (a_line(LI, 1, id_number="#" + "e" * 64), a_line(ZHANG, 2, id_number="#" + "e" * 64), a_report(ZHANG, 3))
    batches = [crafted(circle, [line]) for line in lines]
    for nth in order:
        circle.taken(batches[nth])
    assert list(rows_of(circle.district)) == [("person", LI)]
    assert sorted(still_open(circle)) == [(ZHANG, "退回", "id_number", "double"), (REPORT, "待补", "person", "reference")]
    circle.close()


@pytest.mark.parametrize("order", ORDERS)
def test_one_unit_too_many_by_name_and_one_by_code_end_the_same_in_every_order(tmp_path: Path, order: tuple[int, ...]):
    circle = a_circle(tmp_path)
    units = ((LI, "税务局", "91441502MA0000010X"), (ZHANG, "税务局", "91441502MA00000295"), (WANG, "电业局", "91441502MA00000295"))
    fields = [(key, {"name": name, "credit_code": code}) for key, name, code in units]
    batches = [crafted(circle, [Line("organisation", key, (SITTING, tick), said)]) for tick, (key, said) in enumerate(fields, 1)]
    for nth in order:
        circle.taken(batches[nth])
    assert sorted(circle.kept(Organisation)) == [LI, WANG]
    assert still_open(circle) == [(ZHANG, "退回", "name", "double")]
    circle.close()


def test_a_held_record_merges_with_its_stamps(circle: Circle):
    """The older of two lines comes last and changes nothing in what waits."""
    newer = crafted(circle, [a_line(tick=2, roles=None, post="书记", m={"name": [SITTING, 1]})])
    older = crafted(circle, [a_line(roles=None, post="主任")])
    circle.taken(newer)
    circle.taken(older)
    circle.taken(crafted(circle, [a_line(tick=3, post="书记", m={"name": [SITTING, 1], "post": [SITTING, 2]})]))
    assert circle.kept(Person)[LI]["post"] == "书记"


def test_an_erased_record_leaves_what_is_held(circle: Circle):
    circle.taken(crafted(circle, [a_line(roles=None, post="主任")]))
    circle.taken(crafted(circle, [Line("person", LI, (SITTING, 2), erased="已依法清除")]))
    circle.taken(crafted(circle, [a_line(tick=1)]))
    assert rows_of(circle.district) == {}
    assert still_open(circle) == []
    assert "主任" not in str(but_the_audit(circle.district))


def test_a_kind_that_only_a_newer_program_knows_is_kept_and_merged(circle: Circle):
    def stall(tick: int, **fields: Value) -> Line:
        return Line("night_stall", LI, (SITTING, tick), dict(fields), {"name": [SITTING, 1]} if tick > 1 else {})

    first, second = crafted(circle, [stall(1, name="陈记", goods="燃气")]), crafted(circle, [stall(2, name="陈记", goods="用电")])
    assert circle.taken(second).fates == {"待补": 1}
    circle.taken(first)
    (row,) = everything(circle.district)["held"]
    assert msgspec.json.decode(row[-1], type=Line).f == {"name": "陈记", "goods": "用电"}
    assert still_open(circle) == [(LI, "待补", "", "unknown-kind")]
    circle.taken(crafted(circle, [Line("night_stall", LI, (SITTING, 3), erased="已依法清除")]))
    circle.taken(crafted(circle, [stall(1, name="陈记")]))
    assert everything(circle.district)["held"] == []
    assert still_open(circle) == []


@pytest.mark.parametrize("kind", [record.__tablename__ for record in RECORD_TYPES if not record.travels])
def test_what_never_travels_is_not_taken_from_anybody(circle: Circle, kind: str):
    before = everything(circle.district)[kind]
    others = 0 if kind != "batch" else 1  # the batch itself stands in the book
    circle.taken(crafted(circle, [Line(kind, LI, (SITTING, 1), {"name": "林小雨", "login": "lin", "role": "管理", "active": 1})]))
    assert len(everything(circle.district)[kind]) == len(before) + others
    assert still_open(circle) == [(LI, "待补", "", "unknown-kind")]


def test_a_field_that_only_a_newer_program_knows_is_kept_with_its_stamp(circle: Circle):
    circle.taken(crafted(circle, [a_line(nickname="阿芳")]))
    circle.taken(crafted(circle, [a_line(tick=2, nickname="芳姐", m={"name": [SITTING, 1]})]))
    circle.taken(crafted(circle, [a_line(tick=1, nickname="阿芳")]))
    assert circle.kept(Person)[LI]["extra"] == f'{{"nickname":[["{SITTING}",2,"芳姐"]]}}'


def test_an_unknown_field_goes_along_when_its_record_is_held(circle: Circle):
    circle.taken(crafted(circle, [a_line(nickname="阿芳")]))
    circle.taken(crafted(circle, [a_line(tick=2, roles=None, nickname="阿芳", m={"nickname": [SITTING, 1]})]))
    assert circle.kept(Person) == {}
    circle.taken(crafted(circle, [a_line(tick=3, nickname="阿芳", m={"nickname": [SITTING, 1]})]))
    assert circle.kept(Person)[LI]["extra"] == f'{{"nickname":[["{SITTING}",1,"阿芳"]]}}'


@pytest.mark.parametrize("column", ["community", "id", "version", "created_by", "sitting", "tick", "stamps", "extra", "sort_key"])
def test_no_field_of_a_line_reaches_the_columns_that_keep_the_record(circle: Circle, column: str):
    circle.taken(crafted(circle, [a_line()]))
    line = a_line(tick=2, post="书记")
    circle.taken(crafted(circle, [msgspec.structs.replace(line, f={**line.f, column: "441502003011"})]))
    row = circle.kept(Person)[LI]
    assert (row["community"], row["post"], row["extra"]) == (HARBOUR, "书记", f'{{"{column}":[["{SITTING}",2,"441502003011"]]}}')


def test_a_field_that_was_not_said_is_not_empty(circle: Circle):
    """A program two releases back does not know the field; what is here stays."""
    circle.taken(crafted(circle, [a_line(post="书记")]))
    circle.taken(crafted(circle, [a_line(tick=2, branch="第一支部")]))
    assert (circle.kept(Person)[LI]["post"], circle.kept(Person)[LI]["branch"]) == ("书记", "第一支部")


def test_a_field_that_a_rule_opens_comes_with_its_old_stamp_and_is_no_conflict(circle: Circle):
    circle.taken(crafted(circle, [a_line()]))
    circle.taken(crafted(circle, [a_line(tick=2, post="书记", m={"name": [SITTING, 1], "roles": [SITTING, 1]})]))
    opened = a_line(tick=2, post="书记", phone="13800138000", m={"name": [SITTING, 1], "roles": [SITTING, 1], "phone": [SITTING, 1]})
    assert circle.taken(crafted(circle, [opened])).fates == {"已入库": 1}
    assert circle.kept(Person)[LI]["phone"] == "13800138000"


def test_two_changes_that_agree_are_one_value_and_no_conflict(circle: Circle):
    circle.taken(crafted(circle, [a_line(post="书记")], knowledge={SITTING: 1}))
    merged = circle.taken(crafted(circle, [a_line(sitting=OTHER, post="书记")], knowledge={OTHER: 1}))
    assert merged.fates == {"相同": 1}
    both = [[SITTING, 1, "书记"], [OTHER, 1, "书记"]]
    again = a_line(tick=2, sitting=LATER, post="书记", m={"post": [tuple(part) for part in both]})
    circle.taken(crafted(circle, [msgspec.structs.replace(again, id=ZHANG)], knowledge={SITTING: 1, OTHER: 1, LATER: 2}))
    assert still_open(circle) == []


def test_two_fields_in_conflict_are_one_open_record(circle: Circle):
    circle.taken(crafted(circle, [a_line(post="书记", branch="一")], knowledge={SITTING: 1}))
    merged = circle.taken(crafted(circle, [a_line(sitting=OTHER, post="主任", branch="二")], knowledge={OTHER: 1}))
    assert merged.fates == {"待定": 1}
    assert waiting_lines(circle.district, HARBOUR) == [OpenRecord("person", LI, Fate.UNDECIDED, "post", "conflict", "主任")]
    assert circle.heard().open == tuple(waiting_lines(circle.district, HARBOUR))


def test_a_masked_value_that_loses_stays_masked_in_the_receipt(circle: Circle):
    circle.taken(crafted(circle, [a_line()], knowledge={SITTING: 1}))
    circle.taken(crafted(circle, [a_line(sitting=OTHER, name=Masked("李*"))], knowledge={OTHER: 1}))
    assert circle.heard().open == (OpenRecord("person", LI, Fate.UNDECIDED, "name", "conflict", Masked("李*")),)


def test_a_record_in_conflict_stays_open_when_only_its_neighbour_is_looked_at(circle: Circle):
    same = "#" + "e" * 64
    circle.taken(crafted(circle, [a_line(post="书记", id_number=same)], knowledge={SITTING: 1}))
    circle.taken(crafted(circle, [a_line(sitting=OTHER, post="主任", id_number=same)], knowledge={OTHER: 1}))
    circle.taken(crafted(circle, [a_line(ZHANG, 2, id_number=same)]))
    assert [(key, fate) for key, fate, _field, _reason in still_open(circle)] == [(LI, "待定"), (ZHANG, "退回")]


def test_a_record_twice_in_one_batch_is_no_batch(circle: Circle):
    with pytest.raises(BadShape):
        circle.taken(crafted(circle, [a_line(), a_line(tick=2)]))


def test_one_bad_row_among_many_costs_nobody_else(circle: Circle):
    """# fault 86"""
    for nth in range(30):
        a_person(circle.harbour, f"居民{nth}")
    broken = a_person(circle.harbour, "张三")
    with circle.harbour.books.ledger.write() as conn:
        conn.exec_driver_sql("UPDATE person SET roles = '大王' WHERE id = ?", (broken,))
    merged = circle.brought()
    assert merged.fates == {"已入库": 31, "退回": 1}
    assert circle.heard().open == (OpenRecord("person", broken, Fate.RETURNED, "roles", "value"),)
    with circle.harbour.books.ledger.write() as conn:
        conn.exec_driver_sql("UPDATE person SET roles = '居民 2020-01-01~' WHERE id = ?", (broken,))
    records.correct(circle.harbour, Person, broken, roles="志愿者 2021-01-01~")
    circle.brought()
    assert circle.heard().open == ()
    assert rows_of(circle.district) == own_rows(circle.harbour)


NEARLY = ["~", "#", "~李", "#a", "2021-02-30", "志愿者 ~2021-01-01", "机关党员 2021~2020-01-01", "\x00", "~" * 60, LI]
ANYTHING = st.one_of(
    st.none(), st.integers(-(2**53) + 1, 2**53 - 1), st.text(max_size=40), st.text(max_size=9).map(Masked), st.sampled_from(NEARLY)
)
FIELDS = [(record.__tablename__, name) for record in RECORD_TYPES if record.travels for name in (*record.fields(), "ended_on", "x y")]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(FIELDS), ANYTHING, min_size=1, max_size=8), st.integers(1, 3))
def test_no_value_that_a_line_can_hold_makes_a_merge_fall_over(circle: Circle, said: dict[tuple[str, str], Value], tick: int):
    """# fault 85: whatever a broken program sends is either shown or held, and counted."""
    kinds: dict[str, dict[str, Value]] = {}
    for (kind, name), value in said.items():
        kinds.setdefault(kind, {})[name] = value
    lines = [Line(kind, LI, (SITTING, tick), fields) for kind, fields in kinds.items()]
    assert circle.taken(crafted(circle, lines)).lines == len(lines)
