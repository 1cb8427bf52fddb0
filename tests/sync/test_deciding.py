"""Values that two histories of one ledger wrote apart: what a correction does to them, and how a decision ends the question."""

import json
from pathlib import Path

import pytest

from desktop.model.checkin import CheckIn
from desktop.model.errors import NotAllowed, Refusal
from desktop.model.person import Person
from desktop.model.roles import Role
from desktop.office import checkins, decisions, records
from desktop.office.desk import Desk, Who
from desktop.office.selections import Selection
from desktop.reports.producing import produce
from desktop.store.journal import history
from desktop.store.work import DECIDED
from desktop.sync import asking
from desktop.sync.asking import Contested
from desktop.sync.contested import contested_lines
from desktop.sync.deciding import Choice, Side, decide
from desktop.sync.knowledge import Fate
from desktop.sync.merging import waiting_lines
from desktop.sync.receipts import fate_of, read_receipt
from desktop.sync.standing import open_lines
from tests.builders import DISTRICT, HARBOUR, TODAY, a_person
from tests.sync.ledgers import Circle, backed_up, chain_is_whole, content, own_rows, restored, rows_of

OURS = Choice(Side.OURS)


def parted(circle: Circle, backup: Path, **changes: tuple[str | None, str | None]) -> str:
    """A person of whom the district holds what a restore made the community forget, and what it wrote after it."""
    key = a_person(circle.harbour)
    circle.brought()
    circle.heard()
    circle.harbour = backed_up(circle.harbour, backup)
    records.correct(circle.harbour, Person, key, **{name: theirs for name, (theirs, _ours) in changes.items()})
    circle.brought()
    circle.harbour = restored(circle.harbour, backup)
    records.correct(circle.harbour, Person, key, **{name: ours for name, (_theirs, ours) in changes.items()})
    assert circle.brought().fates["待定"] == 1
    circle.heard()
    return key


@pytest.fixture
def person(circle: Circle, tmp_path: Path) -> str:
    """The district holds 主任, which this community forgot, and its 书记."""
    return parted(circle, tmp_path / "备份", post=("主任", "书记"))


def asked(desk: Desk) -> Contested:
    (one,) = asking.contested_records(desk)
    return one


def theirs(question: asking.Question) -> Choice:
    return Choice(Side.THEIRS, question.claims[0].stamp)


def open_at(circle: Circle) -> list[tuple[str, str]]:
    return [(one.id, one.field) for one in waiting_lines(circle.district, HARBOUR)]


# Why a decision is needed


def test_a_mere_correction_does_not_end_the_question(circle: Circle, person: str):
    """The community never merged the stamp of 主任, so its next change is again one that did not know it."""
    records.correct(circle.harbour, Person, person, post="委员")
    assert circle.brought().fates["待定"] == 1
    assert open_at(circle) == [(person, "post")]
    assert {circle.kept(Person)[person]["post"], waiting_lines(circle.district, HARBOUR)[0].losing} == {"主任", "委员"}


# What is asked


def test_the_question_names_both_values_and_what_stood_before(circle: Circle, person: str):
    one = asked(circle.harbour)
    (question,) = one.questions
    (claim,) = question.claims
    assert (one.kind, one.record, question.names) == ("person", person, ("post",))
    assert (question.ours, claim.values, question.base) == ({"post": "书记"}, {"post": "主任"}, {"post": None})
    assert (question.who, question.at[:10], question.base_on) == ("zhoumin", TODAY, TODAY)
    assert (claim.lacking, claim.batch, claim.batch_on) == ((), 2, TODAY)


def test_the_base_is_what_stood_before_both_even_after_several_changes_of_ours(circle: Circle, tmp_path: Path):
    key = a_person(circle.harbour, post="科员")
    circle.harbour = backed_up(circle.harbour, tmp_path / "备份")
    records.correct(circle.harbour, Person, key, post="主任")
    circle.brought()
    circle.harbour = restored(circle.harbour, tmp_path / "备份")
    records.correct(circle.harbour, Person, key, post="委员")
    records.correct(circle.harbour, Person, key, post="书记")
    circle.brought()
    circle.heard()
    (question,) = asked(circle.harbour).questions
    assert (question.ours["post"], question.base["post"]) == ("书记", "科员")


def test_when_the_file_of_the_batch_is_gone_the_base_is_what_the_last_change_found(circle: Circle, tmp_path: Path):
    key = a_person(circle.harbour, post="科员")
    circle.harbour = backed_up(circle.harbour, tmp_path / "备份")
    records.correct(circle.harbour, Person, key, post="主任")
    circle.brought()
    circle.harbour = restored(circle.harbour, tmp_path / "备份", with_files=False)
    circle.heard()
    records.correct(circle.harbour, Person, key, post="书记")
    circle.brought()
    circle.heard()
    (question,) = asked(circle.harbour).questions
    assert (question.base["post"], question.claims[0].batch) == ("科员", 0)


def test_a_district_without_conflicts_tells_nothing(circle: Circle):
    a_person(circle.harbour)
    circle.brought()
    assert content(circle.answer(), circle.harbour)[1] == []
    circle.heard()
    assert asking.contested_records(circle.harbour) == []


def test_the_receipt_tells_the_contested_fields_and_no_others(circle: Circle, person: str):
    (line,) = content(circle.answer(), circle.harbour)[1]
    assert (line.k, line.id, list(line.f)) == ("person", person, ["post"])
    assert {entry[2] for entry in line.m["post"]} == {"主任", "书记"}


def test_two_fields_that_parted_are_two_questions(circle: Circle, tmp_path: Path):
    parted(circle, tmp_path / "备份", post=("主任", "书记"), branch=("第一支部", "第二支部"))
    assert [question.names for question in asked(circle.harbour).questions] == [("post",), ("branch",)]


# What a decision does


@pytest.mark.parametrize(
    ("choice", "value", "side"),
    [("ours", "书记", "ours"), ("theirs", "主任", "theirs"), ("third", "委员", "third"), ("empty", None, "third")],
)
def test_a_decision_ends_the_question_on_both_sides(circle: Circle, person: str, choice: str, value: str | None, side: str):
    one = asked(circle.harbour)
    chosen = {
        "ours": OURS, "theirs": theirs(one.questions[0]), "third": Choice(Side.THIRD, typed={"post": "委员"}),
        "empty": Choice(Side.THIRD, typed={"post": None}),
    }[choice]  # fmt: skip
    decide(circle.harbour, one, [chosen], reason="问过本人")
    assert circle.harbour.get(Person, person)["post"] == value
    assert asking.contested_records(circle.harbour) == []
    assert [line.fate for line in open_lines(circle.harbour)] == ["已改，待报"]
    assert circle.brought().fates == {"已入库": 1}
    assert open_at(circle) == []
    assert circle.heard().open == ()
    assert open_lines(circle.harbour) == []
    assert rows_of(circle.district) == own_rows(circle.harbour)
    (made,) = decisions.recent(circle.harbour)
    assert (made.fields[0].ours, made.fields[0].others, made.fields[0].chosen) == ("书记", ("主任",), value)
    assert (made.fields[0].side, made.reason, made.who) == (side, "问过本人", "zhoumin")
    assert chain_is_whole(circle.harbour)


def test_both_values_stay_in_the_history_of_the_record(circle: Circle, person: str):
    decide(circle.harbour, asked(circle.harbour), [OURS])
    with circle.harbour.books.read() as conn:
        events = history(conn, HARBOUR, person)
    newest = [(one.field, one.old, one.new) for one in events[:3]]
    assert newest == [("", None, DECIDED), ("post", "主任", "书记"), ("post", "书记", "书记")]


def test_a_later_correction_still_has_seen_what_the_decision_saw(circle: Circle, person: str):
    """The batch with the decision never arrives; the correction after it ends the question all the same."""
    decide(circle.harbour, asked(circle.harbour), [OURS])
    circle.sent()
    records.correct(circle.harbour, Person, person, post="委员")
    records.correct(circle.harbour, Person, person, branch="第一支部")
    assert circle.brought().fates == {"已入库": 1}
    assert circle.kept(Person)[person]["post"] == "委员"
    assert open_at(circle) == []


def test_a_decision_twice_late_or_behind_another_batch_changes_nothing(circle: Circle, person: str):
    decide(circle.harbour, asked(circle.harbour), [OURS])
    first = circle.sent()
    records.correct(circle.harbour, Person, person, post="委员")
    second = circle.sent()
    for batch in (second, first, second, first):
        circle.taken(batch)
    assert circle.kept(Person)[person]["post"] == "委员"
    assert open_at(circle) == []


def test_a_receipt_written_before_the_decision_arrived_asks_nothing_again(circle: Circle, person: str):
    old = circle.answer()
    decide(circle.harbour, asked(circle.harbour), [OURS])
    read_receipt(circle.harbour, old)
    assert asking.contested_records(circle.harbour) == []


def test_a_decision_that_comes_before_the_value_it_replaces_keeps_it_away(circle: Circle, tmp_path: Path, person: str):
    """The district went back to before it had 主任: the decision arrives first, the old stick after it."""
    key = a_person(circle.harbour, "张三", post="科员")
    circle.brought()
    circle.heard()
    circle.district = backed_up(circle.district, tmp_path / "区")
    circle.harbour = backed_up(circle.harbour, tmp_path / "二")
    records.correct(circle.harbour, Person, key, post="主任")
    forgotten = circle.sent()
    circle.taken(forgotten)
    circle.harbour = restored(circle.harbour, tmp_path / "二")
    records.correct(circle.harbour, Person, key, post="书记")
    circle.brought()
    circle.heard()
    one = next(one for one in asking.contested_records(circle.harbour) if one.record == key)
    decide(circle.harbour, one, [OURS])
    circle.district = restored(circle.district, tmp_path / "区")
    circle.heard()
    circle.brought()
    assert (key, "post") not in open_at(circle)
    assert "~" in json.loads(circle.kept(Person)[key]["stamps"])
    circle.taken(forgotten)
    assert (key, "post") not in open_at(circle)
    assert circle.kept(Person)[key]["post"] == "书记"


def test_the_first_decision_can_itself_be_forgotten_and_asked_again(circle: Circle, tmp_path: Path, person: str):
    circle.harbour = backed_up(circle.harbour, tmp_path / "三")
    decide(circle.harbour, asked(circle.harbour), [OURS])
    circle.brought()
    circle.harbour = restored(circle.harbour, tmp_path / "三")
    records.correct(circle.harbour, Person, person, post="委员")
    circle.brought()
    circle.heard()
    (question,) = asked(circle.harbour).questions
    assert (question.ours["post"], [claim.values["post"] for claim in question.claims]) == ("委员", ["书记"])
    decide(circle.harbour, asked(circle.harbour), [theirs(question)])
    circle.brought()
    assert open_at(circle) == []
    assert circle.kept(Person)[person]["post"] == "书记"


def test_three_histories_are_one_question_with_two_other_values(circle: Circle, tmp_path: Path, person: str):
    circle.harbour = restored(circle.harbour, tmp_path / "备份")
    records.correct(circle.harbour, Person, person, post="委员")
    circle.brought()
    circle.heard()
    (question,) = asked(circle.harbour).questions
    assert sorted(str(claim.values["post"]) for claim in question.claims) == ["主任", "书记"]
    decide(circle.harbour, asked(circle.harbour), [Choice(Side.THEIRS, question.claims[1].stamp)])
    circle.brought()
    assert open_at(circle) == []
    assert circle.kept(Person)[person]["post"] == question.claims[1].values["post"]


def test_a_conflict_in_one_community_is_nothing_to_its_neighbour(circle: Circle, person: str):
    a_person(circle.neighbour)
    circle.brought(circle.neighbour)
    circle.heard(circle.neighbour)
    assert asking.contested_records(circle.neighbour) == []


# What cannot be taken as it stands


def test_a_masked_value_must_be_typed(circle: Circle, tmp_path: Path):
    """The district sees names only under their mask; it can say that they differ and no more."""
    key = parted(circle, tmp_path / "备份", name=("李大芳", "王小芳"))
    one = asked(circle.harbour)
    question = one.questions[0]
    assert (question.claims[0].values["name"], question.claims[0].lacking) == ("~李*芳", ("name",))
    with pytest.raises(Refusal, match="遮盖"):
        decide(circle.harbour, one, [theirs(question)])
    decide(circle.harbour, one, [Choice(Side.THIRD, typed={"name": "李大芳"})])
    assert circle.brought().fates == {"已入库": 1}
    assert circle.kept(Person)[key]["name"] == "~李*芳"
    assert open_at(circle) == []


def test_names_under_one_mask_are_no_question(circle: Circle, tmp_path: Path):
    key = a_person(circle.harbour)
    circle.brought()
    circle.harbour = backed_up(circle.harbour, tmp_path / "备份")
    records.correct(circle.harbour, Person, key, name="李大芳")
    circle.brought()
    circle.harbour = restored(circle.harbour, tmp_path / "备份")
    records.correct(circle.harbour, Person, key, name="李中芳")
    circle.brought()
    circle.heard()
    assert asking.contested_records(circle.harbour) == []


def test_a_state_goes_with_its_day(circle: Circle, tmp_path: Path):
    person = a_person(circle.harbour)
    key = checkins.check_in_member(circle.harbour, person=person, reported_on=TODAY)
    circle.brought()
    circle.heard()
    circle.harbour = backed_up(circle.harbour, tmp_path / "备份")
    records.end(circle.harbour, CheckIn, key, because="搬走")
    circle.brought()
    circle.harbour = restored(circle.harbour, tmp_path / "备份")
    records.end(circle.harbour, CheckIn, key, because="登记错了")
    circle.brought()
    circle.heard()
    (question,) = asked(circle.harbour).questions
    assert question.names == ("ended_on", "ended_because")
    decide(circle.harbour, asked(circle.harbour), [theirs(question)])
    assert circle.harbour.get(CheckIn, key)["ended_because"] == "搬走"
    circle.brought()
    assert open_at(circle) == []


# What is refused


def test_a_question_that_changed_since_it_was_read_is_not_decided(circle: Circle, person: str):
    one = asked(circle.harbour)
    records.correct(circle.harbour, Person, person, post="委员")
    with pytest.raises(Refusal, match="又变了"):
        decide(circle.harbour, one, [OURS])
    assert circle.harbour.get(Person, person)["post"] == "委员"
    assert asked(circle.harbour).questions[0].ours == {"post": "委员"}


def test_a_decision_is_made_once(circle: Circle, person: str):
    one = asked(circle.harbour)
    decide(circle.harbour, one, [OURS])
    with pytest.raises(Refusal, match="又变了"):
        decide(circle.harbour, one, [theirs(one.questions[0])])
    assert len(decisions.recent(circle.harbour)) == 1


def test_a_third_value_keeps_the_rules_of_its_field(circle: Circle, tmp_path: Path):
    parted(circle, tmp_path / "备份", name=("李大芳", "王小芳"))
    one = asked(circle.harbour)
    for typed in ({}, {"name": None}, {"name": "长" * 5000}):
        with pytest.raises(Refusal):
            decide(circle.harbour, one, [Choice(Side.THIRD, typed=typed)])
    assert asked(circle.harbour) == one


def test_who_may_only_look_decides_nothing(circle: Circle, person: str):
    looker = Desk(circle.harbour.books, Who("x", "来客", "guest", Role.READER), circle.harbour.clock)
    with pytest.raises(NotAllowed):
        decide(looker, asked(circle.harbour), [OURS])
    assert circle.harbour.get(Person, person)["post"] == "书记"


def test_an_erased_record_is_no_question_any_more(circle: Circle, person: str):
    decide(circle.harbour, asked(circle.harbour), [OURS], reason="张三说的")
    records.erase(circle.harbour, Person, person, reason="本人申请")
    assert asking.contested_records(circle.harbour) == []
    assert [one.reason for one in decisions.recent(circle.harbour)] == []


def test_what_the_district_tells_is_what_it_holds(circle: Circle, person: str):
    with circle.district.books.read() as conn:
        lines = contested_lines(conn, HARBOUR)
    assert [line.id for line in lines["person"]] == [person]
    with circle.harbour.books.read() as conn:
        assert fate_of(conn, HARBOUR, DISTRICT, [circle.harbour.get(Person, person)]) == {person: str(Fate.UNDECIDED)}


# On paper


def test_a_decision_is_printed_with_all_three_values(circle: Circle, tmp_path: Path):
    parted(circle, tmp_path / "备份", post=("主任", "书记"), phone=("13800006650", "13900001111"))
    one = asked(circle.harbour)
    choices = [Choice(Side.THIRD, typed={"post": "委员"}) if question.names == ("post",) else OURS for question in one.questions]
    decide(circle.harbour, one, choices, reason="本人来电")
    made = decisions.slip(circle.harbour, [])
    assert (made.record, made.kind, made.reason, made.by) == ("陈家和", "人员", "本人来电", "周敏")
    first = next(line for line in made.lines if line.field == "职务")
    assert (first.ours, first.theirs, first.chosen, first.side) == ("书记", "主任", "委员", "另填")
    assert not any("13900001111" in line.ours for line in made.lines)
    assert produce(circle.harbour, "decision", Selection((decisions.recent(circle.harbour)[0].id,))).pages == 1


def test_without_a_decision_there_is_no_slip(circle: Circle):
    with pytest.raises(Refusal, match="还没有在冲突台定过"):
        produce(circle.harbour, "decision", Selection())
