"""撤销本次导入: the whole run goes back, except what somebody touched or uses since."""

import pytest

from desktop.exchange.running import run_import, undo_import
from desktop.model.errors import Refusal
from desktop.model.organisation import Organisation
from desktop.model.person import Person
from desktop.office import records
from desktop.office.checkins import check_in_member
from desktop.office.desk import Desk
from tests.exchange.tables import MAN, TODAY, WOMAN, tried

HEAD = ["姓名", "身份证号", "联系电话", "工作单位"]


def imported(desk: Desk, *rows: list[str | None]) -> str:
    return run_import(desk, Person, tried(desk, Person, HEAD, *rows, create=True, roles="机关党员")).run


def test_an_import_undone_leaves_the_ledger_as_it_was(desk: Desk) -> None:
    before = records.add(desk, Person, name="李素芳", id_number=WOMAN, roles=f"居民 {TODAY}~")
    kept = dict(desk.get(Person, before))
    run = imported(desk, ["王强", MAN, None, "区税务局"], ["李素芳", WOMAN, "13800138000", "区税务局"])
    undone = undo_import(desk, run)
    assert (undone.ended, undone.restored, undone.kept) == (2, 1, ())
    assert [row["name"] for row in desk.rows(Person)] == ["李素芳"]
    assert desk.rows(Organisation) == []
    after = dict(desk.get(Person, before))
    assert {key: after[key] for key in Person.fields()} == {key: kept[key] for key in Person.fields()}


def test_who_was_corrected_since_stays_and_is_named(desk: Desk) -> None:
    run = imported(desk, ["王强", MAN, None, None], ["李素芳", WOMAN, None, None])
    records.correct(desk, Person, desk.rows(Person, name="王强")[0]["id"], phone="13800138000")
    undone = undo_import(desk, run)
    assert (undone.ended, undone.kept) == (1, ("王强",))
    assert [row["name"] for row in desk.rows(Person)] == ["王强"]


def test_who_reported_since_stays_with_the_unit_that_was_made_for_him(desk: Desk) -> None:
    run = imported(desk, ["王强", MAN, None, "区税务局"], ["李素芳", WOMAN, None, "区民政局"])
    check_in_member(desk, person=desk.rows(Person, name="王强")[0]["id"], reported_on=TODAY)
    undone = undo_import(desk, run)
    assert set(undone.kept) == {"王强", "区税务局"}
    assert [row["name"] for row in desk.rows(Organisation)] == ["区税务局"]


def test_an_import_can_be_undone_for_seven_days(desk: Desk) -> None:
    run = imported(desk, ["王强", MAN, None, None])
    desk.clock = lambda: "2022-04-01T09:00:00"
    with pytest.raises(Refusal, match="已过 7 天"):
        undo_import(desk, run)
    desk.clock = lambda: "2022-03-31T09:00:00"
    assert undo_import(desk, run).ended == 1


def test_the_undone_file_can_be_imported_again(desk: Desk) -> None:
    undo_import(desk, imported(desk, ["王强", MAN, None, None]))
    imported(desk, ["王强", MAN, None, None])
    assert len(desk.rows(Person)) == 1


def test_a_run_that_never_was_is_refused(desk: Desk) -> None:
    with pytest.raises(Refusal, match="找不到这次导入"):
        undo_import(desk, "0000-x")
