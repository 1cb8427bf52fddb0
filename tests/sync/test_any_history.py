"""Any history of real ledgers: batches lost, doubled and out of order, files that went back in time, told or not.

Once all sticks have arrived, the district shows of a community what that community has, field by field, as the rules of
travelling turn it. A community that went back untold may have forgotten something that the district knows; then the district
shows that, or both values with a question, and never less.
"""

import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, rule, run_state_machine_as_test
from sqlalchemy import select

from desktop.model.checkin import CheckIn
from desktop.model.contents import record_type
from desktop.model.errors import Refusal
from desktop.model.person import Person
from desktop.office import checkins, records
from desktop.office.desk import Desk
from desktop.store.journal import knowledge_of
from desktop.store.tables import held, tombstone
from desktop.sync.asking import Contested, Question, contested_records
from desktop.sync.deciding import Choice, Side, decide
from desktop.sync.knowledge import Fate, knows
from desktop.sync.merging import merge, waiting_lines
from desktop.sync.receipts import read_receipt
from desktop.sync.refused import NumberReused
from desktop.sync.sending import preview
from desktop.sync.travel import replaced_of
from tests.builders import HARBOUR, NEIGHBOUR, TODAY
from tests.every_record.values import id_number
from tests.sync.ledgers import a_circle, backed_up, chain_is_whole, content, own_rows, restored, rows_of

NUMBERS = [id_number("441502", "19630715", turn) for turn in (1, 2)]
COMMUNITIES = st.sampled_from([HARBOUR, HARBOUR, NEIGHBOUR])
POSTS, BRANCHES = st.sampled_from(["主任", "书记", "委员", None]), st.sampled_from(["第一支部", "第二支部", None])
Key = tuple[str, str]


def a_choice(question: Question, side: Side, post: str | None) -> Choice:
    """Theirs where it can be taken, a third value where it is about the post, else ours."""
    if side is Side.THIRD and question.names == ("post",):
        return Choice(side, typed={"post": post})
    if side is Side.THEIRS and not question.claims[-1].lacking:
        return Choice(side, question.claims[-1].stamp)
    return Choice(Side.OURS)


class AnyHistory(RuleBasedStateMachine):
    """Two communities and their district."""

    people = Bundle("people")
    batches = Bundle("batches")
    receipts = Bundle("receipts")

    @initialize()
    def begin(self) -> None:
        self.ground = Path(tempfile.mkdtemp(prefix="history-"))
        self.circle = a_circle(self.ground)
        self.desks = {HARBOUR: self.circle.harbour, NEIGHBOUR: self.circle.neighbour}
        self.went_back: set[str] = set()
        self.erased: set[Key] = set()
        self.backups: dict[str, Path] = {}
        for code in self.desks:
            self.back_up(code)
        self.back_up_the_district()

    # what clerks do

    @rule(target=people, code=COMMUNITIES, name=st.sampled_from(["李小芳", "张三"]), number=st.sampled_from([*NUMBERS, None, None]))
    def add(self, code: str, name: str, number: str | None) -> Key:
        try:
            return code, records.add(self.desks[code], Person, name=name, roles="志愿者 2020-01-01~", id_number=number)
        except Refusal:
            return code, records.add(self.desks[code], Person, name=name, roles="居民 2020-01-01~")

    @rule(person=people, post=POSTS, branch=BRANCHES)
    def edit(self, person: Key, post: str | None, branch: str | None) -> None:
        code, key = person
        self.tried(records.correct, self.desks[code], Person, key, post=post, branch=branch)

    @rule(person=people, note=st.sampled_from(["低保户", None]))
    def edit_what_stays_at_home(self, person: Key, note: str | None) -> None:
        code, key = person
        self.tried(records.correct, self.desks[code], Person, key, note=note)

    @rule(person=people)
    def check_in(self, person: Key) -> None:
        code, key = person
        self.tried(checkins.check_in_member, self.desks[code], person=key, reported_on=TODAY)

    @rule(person=people, back=st.booleans())
    def end(self, person: Key, back: bool) -> None:
        code, key = person
        if back:
            self.tried(records.take_back, self.desks[code], Person, key)
        else:
            self.tried(records.end, self.desks[code], Person, key, because="搬走")

    @rule(person=people)
    def erase(self, person: Key) -> None:
        code, key = person
        if self.tried(records.erase, self.desks[code], Person, key, reason="本人申请"):
            self.erased.add(person)

    @rule(person=people, first=POSTS, second=POSTS, hears=st.booleans())
    def forget(self, person: Key, first: str | None, second: str | None, hears: bool) -> None:
        """A change goes up, a restore forgets it, and it is made otherwise: what hardly ever comes about by single steps."""
        code, key = person
        self.back_up(code)
        self.tried(records.correct, self.desks[code], Person, key, post=first)
        self.read(self.seal(code))
        self.restore_untold(code, True)
        self.tried(records.correct, self.desks[code], Person, key, post=second)
        self.read(self.seal(code))
        if hears:
            self.circle.heard(self.desks[code])

    @rule(code=COMMUNITIES, turn=st.integers(0, 3), side=st.sampled_from(list(Side)), post=POSTS)
    def decide(self, code: str, turn: int, side: Side, post: str | None) -> None:
        """Somebody sits down at the conflict desk, whether the newest receipt is read or not."""
        asked = contested_records(self.desks[code])
        if asked:
            self.choose(code, asked[turn % len(asked)], side, post)

    def choose(self, code: str, one: Contested, side: Side, post: str | None = None) -> None:
        choices = [a_choice(question, side, post) for question in one.questions]
        if self.tried(decide, self.desks[code], one, choices):
            assert one.record not in [left.record for left in contested_records(self.desks[code])]

    # sticks

    @rule(target=batches, code=COMMUNITIES)
    def seal_one(self, code: str) -> Path | None:
        return self.seal(code)

    def seal(self, code: str) -> Path | None:
        try:
            return self.circle.sent(self.desks[code])
        except Refusal:
            return None

    @rule(batch=batches)
    def read_one(self, batch: Path | None) -> None:
        """Now, later, twice or never."""
        self.read(batch)

    def read(self, batch: Path | None) -> None:
        if batch is not None:
            self.take(batch)

    @rule(batch=consumes(batches))
    def lose(self, batch: Path | None) -> None:
        """The stick is gone."""

    @rule(target=receipts, code=COMMUNITIES)
    def answer(self, code: str) -> tuple[str, Path]:
        return code, self.circle.answer(self.desks[code])

    @rule(receipt=receipts)
    def hear(self, receipt: tuple[str, Path]) -> None:
        code, path = receipt
        read_receipt(self.desks[code], path)

    # files that go back in time

    @rule(code=COMMUNITIES)
    def back_up_one(self, code: str) -> None:
        self.back_up(code)

    def back_up(self, code: str) -> None:
        self.backups[code] = self.ground / f"b{len(list(self.ground.iterdir()))}"
        self.desks[code] = backed_up(self.desks[code], self.backups[code])

    @rule()
    def back_up_the_district(self) -> None:
        self.backups["区"] = self.ground / f"b{len(list(self.ground.iterdir()))}"
        self.circle.district = backed_up(self.circle.district, self.backups["区"])

    @rule(code=COMMUNITIES, with_files=st.booleans())
    def restore_one(self, code: str, with_files: bool) -> None:
        self.restore_untold(code, with_files)

    def restore_untold(self, code: str, with_files: bool) -> None:
        self.desks[code] = restored(self.desks[code], self.backups[code], with_files=with_files)
        self.went_back.add(code)

    @rule(with_files=st.booleans())
    def restore_the_district(self, with_files: bool) -> None:
        self.circle.district = restored(self.circle.district, self.backups["区"], with_files=with_files)

    # what must be true

    def tried(self, deed: Any, *told: Any, **values: Any) -> bool:
        """The office's own rules may say no."""
        try:
            deed(*told, **values)
        except Refusal:
            return False
        return True

    def take(self, batch: Path) -> None:
        manifest, lines = content(batch, self.circle.district)
        try:
            merged = merge(self.circle.district, batch)
        except NumberReused:
            assert manifest.sender in self.went_back
            return
        assert merged.lines == (len(lines) if merged.verdict == "已入库" and not merged.already else 0)
        with self.circle.district.books.read() as conn:
            gone = {(row.community, row.record) for row in conn.execute(select(tombstone)) if row.kind == "person"}
            waiting = {(row.community, row.record) for row in conn.execute(select(held))}
        assert not gone & {(code, key) for code in self.desks for _kind, key in rows_of(self.circle.district, code)}
        assert not gone & waiting

    def teardown(self) -> None:
        if not hasattr(self, "circle"):
            return
        try:
            for code in self.desks:
                self.settle(code)
            for desk in (*self.desks.values(), self.circle.district):
                assert chain_is_whole(desk)
        finally:
            for desk in (*self.desks.values(), self.circle.district):
                desk.books.ledger.close()
            shutil.rmtree(self.ground)

    def settle(self, code: str) -> None:
        """Everything arrives and every question is decided: then nothing is open but what a rule keeps out."""
        records.add(self.desks[code], Person, name="王五", roles="居民 2020-01-01~")  # so a batch quotes our receipt
        self.arrive(code)
        for _round in range(3):  # a decision can let a record out of `held`, and only then its other conflicts are told
            asked = contested_records(self.desks[code])
            for one in asked:
                self.choose(code, one, Side.OURS)
            self.arrive(code)
            if not asked:
                break
        assert [one.id for one in waiting_lines(self.circle.district, code) if one.fate is Fate.UNDECIDED] == []
        assert contested_records(self.desks[code]) == []

    def arrive(self, code: str) -> None:
        """Everything arrives: a batch, its receipt, until there is nothing left to say; three rounds suffice for any history."""
        desk = self.desks[code]
        for _round in range(4):
            if not preview(desk).lines:
                break
            self.take(self.circle.sent(desk))
            self.circle.heard(desk)
        assert preview(desk).lines == ()
        there, here = rows_of(self.circle.district, code), own_rows(desk)
        if code not in self.went_back:
            assert there == here
            return
        for key, row in here.items():
            self.nothing_less(desk, code, key, row, there.get(key))

    def nothing_less(self, desk: Desk, code: str, key: Key, row: dict[str, Any], there: dict[str, Any] | None) -> None:
        """What a community that went back has is shown, in question, replaced by what it forgot, held, or was erased."""
        kind, record = key
        if there is None:
            with self.circle.district.books.read() as conn:
                waits = conn.execute(select(held.c.record).where(held.c.community == code, held.c.record == record)).first()
                gone = conn.execute(select(tombstone.c.record).where(tombstone.c.community == code, tombstone.c.record == record)).first()
            assert waits or gone
            return
        kept = self.circle.kept(record_type(kind), code)[record]
        stamps = json.loads(kept["stamps"] or "{}")
        with desk.books.read() as conn:
            ours = knowledge_of(conn, code)
        replaced = replaced_of(desk.get(record_type(kind), record)["stamps"])
        for name, value in row.items():
            stamp = stamps.get(name, [kept["sitting"], kept["tick"]])
            standing = [stamp] if isinstance(stamp[0], str) else stamp
            if there[name] == value or value in [entry[2] for entry in standing if len(entry) == 3]:
                continue
            for sitting, tick, *_value in standing:  # changes that this community forgot, and that nobody decided against
                assert not knows(ours, (sitting, tick)), (name, value, there[name])
                assert (sitting, tick) not in replaced.get(name, ())


@pytest.mark.slow
@pytest.mark.timeout(7200)
def test_any_history_ends_with_what_the_community_has(dose: str):
    """# fault 81, fault 83, fault 84, fault 85"""
    much = {"max_examples": 400, "stateful_step_count": 60} if dose == "full" else {"max_examples": 12, "stateful_step_count": 25}
    phases = [Phase.generate] if dose == "small" else [Phase.generate, Phase.shrink]  # shrinking takes minutes
    run_state_machine_as_test(AnyHistory, settings=settings(**much, deadline=None, phases=phases, suppress_health_check=list(HealthCheck)))


STEPS = ("part", "part", "part", "decide", "decide", "decide", "change", "send", "deliver", "late", "hear", "restore", "restore above")


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_any_history_of_one_field_ends_when_it_is_decided(dose: str):
    """One person, one post, every step about it: here conflicts, decisions, forgotten decisions and late sticks are the rule."""

    @settings(max_examples=300 if dose == "full" else 10, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(st.lists(st.tuples(st.sampled_from(STEPS), POSTS, st.sampled_from(list(Side)), st.integers(0, 9)), min_size=6, max_size=16))
    def play(steps: list[tuple[str, str | None, Side, int]]) -> None:
        machine = AnyHistory()
        machine.begin()
        try:
            person, sticks = machine.add(HARBOUR, "李小芳", None), [machine.seal(HARBOUR)]
            for what, post, side, turn in steps:
                one_step(machine, person, sticks, what, post, side, turn)
        finally:
            machine.teardown()

    play()


def one_step(machine: AnyHistory, person: Key, sticks: list[Path | None], what: str, post: str | None, side: Side, turn: int) -> None:
    if what == "change":
        machine.edit(person, post, None)
    elif what == "send":
        sticks.append(machine.seal(HARBOUR))
        machine.read(sticks[-1])
    elif what == "deliver":
        sticks.append(machine.seal(HARBOUR))
    elif what == "late":
        machine.read(sticks[turn % len(sticks)])
    elif what == "hear":
        machine.hear(machine.answer(HARBOUR))
    elif what == "part":
        machine.forget(person, post, ("主任", "书记", "委员")[turn % 3], turn > 4)
    elif what == "restore":
        machine.restore_untold(HARBOUR, with_files=turn > 2)
    elif what == "decide":
        machine.hear(machine.answer(HARBOUR))
        machine.decide(HARBOUR, turn, side, post)
    else:
        machine.restore_the_district(with_files=turn > 2)
        machine.back_up_the_district()


def test_the_reports_of_the_machine_are_records_that_refer_to_others():
    """The histories would prove little if nothing in them could wait for anything."""
    assert "person" in CheckIn.links()
