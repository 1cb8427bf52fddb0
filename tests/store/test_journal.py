"""Stamps, knowledge, history and the chain of deeds."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from desktop.model.opinion import LivelihoodProject
from desktop.model.person import Person
from desktop.office import records
from desktop.office.desk import Desk
from desktop.store import journal
from desktop.store.stamps import ENDING, stamped_fields
from desktop.store.work import Work
from tests.builders import NEIGHBOUR, a_person


def stamps_of(desk: Desk, key: str) -> dict[str, tuple[str, int]]:
    """Field → the stamp that the row says it has."""
    row = desk.get(LivelihoodProject, key)
    mixed = json.loads(row["stamps"]) if row["stamps"] else {}
    return {name: tuple(mixed.get(name, (row["sitting"], row["tick"]))) for name in stamped_fields(LivelihoodProject)}


STATE = ("state", "state_on")
CHANGES = st.lists(
    st.one_of(
        st.fixed_dictionaries({}, optional={
            "name": st.sampled_from("甲乙"), "progress": st.one_of(st.none(), st.integers(0, 2)), "funds": st.sampled_from(["自筹", None]),
            "year": st.integers(2020, 2021), "state": st.sampled_from(["谋划", "立项"]),
        }),
        st.just("end"),
        st.just("reopen the file"),
    ),
    max_size=12,
)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(changes=CHANGES)
def test_each_field_has_the_stamp_of_its_last_change(one_desk: Desk, changes: list[dict[str, object] | str]) -> None:
    """The model: a dictionary of field → stamp, where a state takes its day along and an ending its reason."""
    desk, stamp = one_desk, ("", 0)

    def deed(act: str, **values: object) -> bool:
        nonlocal stamp
        with desk.deed(f"livelihood_project.{act}") as work:
            changed = _do(work, act, key, values)
            stamp = work.stamp
        return changed

    with desk.deed("livelihood_project.add") as work:
        key, stamp = work.add(LivelihoodProject, name="甲", year=2021, main_source="会议"), work.stamp
    model = dict.fromkeys(stamped_fields(LivelihoodProject), stamp)
    values: dict[str, object] = {"name": "甲", "year": 2021, "state": "谋划", "progress": None, "funds": None}
    ended = False
    for change in changes:
        if change == "reopen the file":
            desk.books.sitting = journal.Sitting()
        elif isinstance(change, str):
            deed("take_back" if ended else "end")
            ended = not ended
            model |= dict.fromkeys(ENDING, stamp)
        elif deed("correct", **change):
            touched = {name for name, value in change.items() if values[name] != value}
            values |= change
            model |= dict.fromkeys(touched | (set(STATE) if "state" in touched else set()), stamp)
        assert stamps_of(desk, key) == model


def _do(work: Work, act: str, key: str, values: dict[str, object]) -> bool:
    if act == "end":
        work.end(LivelihoodProject, key, on=work.today, because="登记错误")
    elif act == "take_back":
        work.take_back(LivelihoodProject, key)
    else:
        return work.change(LivelihoodProject, key, **values)  # type: ignore[arg-type]
    return True


def test_a_sitting_is_named_at_its_first_change_and_ticks_once_a_deed(desk: Desk) -> None:
    sitting = journal.Sitting()
    assert sitting.name == ""
    assert (sitting.next(), sitting.next()) == (1, 2)
    assert len(sitting.name) == 16
    with desk.deed("person.add") as work:
        first = work.stamp
        work.add_many(Person, [{"name": name, "roles": "居民 2020-01-01~"} for name in "甲乙"])
        assert work.stamp == first
    a_person(desk, "丙")
    assert {(row["name"], row["tick"] - first[1]) for row in desk.rows(Person)} == {("甲", 0), ("乙", 0), ("丙", 1)}


def test_knowledge_covers_the_newest_stamp_of_every_community(desk: Desk) -> None:
    a_person(desk)
    with desk.books.work(who="lin", deed="person.add", at="2021-11-24T09:00:00", community=NEIGHBOUR) as work:
        work.add(Person, name="乙", roles="居民 2020-01-01~")
        theirs = work.stamp
    with desk.books.read() as conn:
        assert journal.knowledge_of(conn, NEIGHBOUR) == {theirs[0]: theirs[1]}
        assert journal.knowledge_of(conn, desk.community)[theirs[0]] == theirs[1] - 1


def test_knowledge_never_goes_back(desk: Desk) -> None:
    with desk.books.ledger.write() as conn:
        for tick in (3, 7, 5):
            journal.know(conn, NEIGHBOUR, "a" * 16, tick)
        assert journal.knowledge_of(conn, NEIGHBOUR) == {"a" * 16: 7}


def test_history_tells_the_newest_first_and_stops_at_its_limit(desk: Desk) -> None:
    key = a_person(desk, post="科员")
    for post in ("副科长", "科长", None):
        records.correct(desk, Person, key, post=post)
    with desk.books.read() as conn:
        events = journal.history(conn, desk.community, key)
        assert [(event.old, event.new) for event in events] == [("科长", None), ("副科长", "科长"), ("科员", "副科长"), (None, None)]
        assert journal.history(conn, desk.community, key, limit=2) == events[:2]
        assert journal.history(conn, NEIGHBOUR, key) == []


@given(value=st.one_of(st.none(), st.integers(), st.text(alphabet=st.characters(codec="utf-8"))))
def test_a_value_comes_back_out_of_the_journal(value: str | int | None) -> None:
    assert journal.from_json(journal.as_json(value)) == value


def test_a_value_that_is_no_plain_one_is_shown_as_nothing() -> None:
    assert journal.from_json('{"masked": "李*芳"}') is None


# The chain of deeds


def tamper(desk: Desk, *statements: str) -> int | None:
    """Somebody with the key has done this to the chain; the first entry at which it shows."""
    for name in "甲乙丙":
        a_person(desk, name)
    with desk.books.ledger.write() as conn:
        assert journal.broken_link(conn) is None
        for statement in statements:
            conn.exec_driver_sql(statement)
        return journal.broken_link(conn)


def last(conn: Connection) -> int:
    return int(conn.exec_driver_sql("SELECT max(seq) FROM audit").scalar_one())


def test_a_whole_chain_is_whole(desk: Desk) -> None:
    assert tamper(desk) is None


@pytest.mark.parametrize("column", ["at", "who", "deed", "what", "ok", "before", "hash"])
def test_an_entry_that_was_changed_shows(column: str, desk: Desk) -> None:
    value = "0" if column == "ok" else "'2022'"
    assert tamper(desk, f'UPDATE audit SET "{column}" = {value} WHERE seq = 3') == 3


def test_an_entry_that_was_taken_out_shows_at_the_next(desk: Desk) -> None:
    assert tamper(desk, "DELETE FROM audit WHERE seq = 3") == 4


def test_a_gap_that_was_closed_up_shows(desk: Desk) -> None:
    assert tamper(desk, "DELETE FROM audit WHERE seq = 3", "UPDATE audit SET seq = 3 WHERE seq = 4") == 3


def test_a_head_that_was_cut_off_shows(desk: Desk) -> None:
    assert tamper(desk, "DELETE FROM audit WHERE seq <= 2") == 3


def test_two_entries_that_changed_places_show(desk: Desk) -> None:
    moves = (("-1", "3"), ("3", "4"), ("4", "-1"))
    assert tamper(desk, *(f"UPDATE audit SET seq = {there} WHERE seq = {here}" for there, here in moves)) == 3


def test_a_tail_that_was_cut_off_shows_by_the_head_that_a_batch_carried_away(desk: Desk) -> None:
    a_person(desk)
    with desk.books.ledger.write() as conn:
        carried = journal.audit_head(conn)
        conn.exec_driver_sql("DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)")
        assert journal.broken_link(conn) is None
        assert conn.exec_driver_sql("SELECT count(*) FROM audit WHERE hash = ?", (carried,)).scalar_one() == 0


def test_the_first_entry_follows_nothing(desk: Desk) -> None:
    with desk.books.ledger.write() as conn:
        conn.exec_driver_sql("DELETE FROM audit")
        assert journal.audit_head(conn) == journal.GENESIS
        head = journal.write_audit(conn, at="2021-11-24T09:00:00", who="周敏", deed="person.add", what="甲")
        assert (journal.audit_head(conn), journal.broken_link(conn)) == (head, None)
