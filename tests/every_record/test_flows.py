"""The declared flows are sound: no state without a way in, no question about a field that is not there, no clock that cannot run."""

import re

import pytest

from desktop.model.contents import RECORD_TYPES
from desktop.model.field import Field
from desktop.model.flow import Due, Flow, Move
from desktop.model.keeping import setting_line
from desktop.model.kinds.amounts import Number
from desktop.model.kinds.choices import State
from desktop.model.kinds.times import Day
from desktop.model.kinds.words import Text
from desktop.model.record import Record
from desktop.office.moves import MOVES

FLOWS = [(record, record.flow) for record in RECORD_TYPES if record.flow]
every_flow = pytest.mark.parametrize(("record", "flow"), FLOWS, ids=[record.__tablename__ for record, _flow in FLOWS])
EVERY_MOVE = [(record, move) for record, flow in FLOWS for move in flow.moves]
MOVE_NAMES = [f"{record.__tablename__}.{move.deed}" for record, move in EVERY_MOVE]
every_move = pytest.mark.parametrize(("record", "move"), EVERY_MOVE, ids=MOVE_NAMES)
EVERY_CLOCK = [(record, due) for record, flow in FLOWS for due in flow.due]
CLOCK_NAMES = [f"{record.__tablename__}.{due.state}" for record, due in EVERY_CLOCK]
every_clock = pytest.mark.parametrize(("record", "due"), EVERY_CLOCK, ids=CLOCK_NAMES)


def state_field(record: type[Record]) -> Field:
    return record.fields()["state"]


@every_flow
def test_the_states_of_a_flow_are_the_words_of_its_state_field(record: type[Record], flow: Flow) -> None:
    kind = state_field(record).kind
    assert isinstance(kind, State)
    assert set(kind.words) == set(flow.all_states)
    assert len(set(flow.all_states)) == len(flow.all_states)
    assert not state_field(record).written


@every_flow
def test_a_state_and_its_day_are_one_unit_for_merging(record: type[Record], flow: Flow) -> None:
    assert state_field(record).together == record.fields()["state_on"].together == "state"


@every_move
def test_a_step_that_leads_back_asks_why(record: type[Record], move: Move) -> None:
    reasons = [name for name, must in move.asked.items() if must and isinstance(record.fields()[name].kind, Text)]
    assert reasons or not move.undoes


@every_flow
def test_every_state_can_be_reached(record: type[Record], flow: Flow) -> None:
    reached, grown = {flow.first}, True
    while grown:
        found = reached | {move.to for move in flow.moves if reached & set(move.starts)}
        reached, grown = found, found != reached
    assert reached == set(flow.all_states)


@every_flow
def test_a_record_that_is_not_done_can_go_on(record: type[Record], flow: Flow) -> None:
    for state in flow.all_states:
        ahead = [move for move in flow.moves_from(state) if not move.undoes]
        assert flow.is_done(state) or ahead or flow.due_in(state) is None, state
    assert set(flow.done.split()) <= set(flow.all_states)
    assert flow.done, "some state is the end"


@every_flow
def test_the_main_road_is_offered_before_the_side_exits(record: type[Record], flow: Flow) -> None:
    for here, there in zip(flow.states, flow.states[1:], strict=False):
        offered = flow.moves_from(here)
        assert offered, here
        assert any(move.to == there for move in offered) or flow.is_done(here), (here, there)
        assert not offered[0].undoes


@every_flow
def test_no_two_moves_have_one_name_or_one_button(record: type[Record], flow: Flow) -> None:
    assert len({move.deed for move in flow.moves}) == len(flow.moves)
    assert len({move.label for move in flow.moves}) == len(flow.moves)
    with pytest.raises(KeyError):
        flow.move("fly")


@every_move
def test_a_move_has_words_and_leads_between_states_of_its_flow(record: type[Record], move: Move) -> None:
    assert re.search("[\u4e00-\u9fff]", move.label)
    assert record.flow is not None
    assert {*move.starts, move.to} <= set(record.flow.all_states)
    assert re.fullmatch("[a-z_]+", move.deed)
    assert move.by


@every_move
def test_a_move_asks_for_fields_of_its_record(record: type[Record], move: Move) -> None:
    assert set(move.asked) <= set(record.fields())
    assert not {"state", "state_on"} & set(move.asked)


@every_move
def test_a_way_back_asks_for_something_that_says_why_or_until_when(record: type[Record], move: Move) -> None:
    assert not move.undoes or any(move.asked.values())


@every_clock
def test_a_clock_reads_a_day_of_the_record_or_a_number_of_the_settings(record: type[Record], due: Due) -> None:
    assert bool(due.field) != bool(due.setting)
    if due.field:
        assert isinstance(record.fields()[due.field].kind, Day)
    else:
        kind = setting_line(due.setting).kind
        assert isinstance(kind, Number)
        assert kind.parse(setting_line(due.setting).standard, "2021-11-24")


@every_clock
def test_a_clock_runs_in_states_where_something_is_still_owed(record: type[Record], due: Due) -> None:
    assert record.flow is not None
    assert due.todo
    for state in due.states:
        assert state in record.flow.all_states
        assert not record.flow.is_done(state)
        assert record.flow.due_in(state) is due, "one clock a state"
        assert record.flow.moves_from(state), "a link in due work leads to a move"


def test_a_special_way_to_move_is_for_a_record_that_moves() -> None:
    assert set(MOVES) <= {record for record, _flow in FLOWS}
