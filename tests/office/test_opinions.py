"""Opinions: heard, studied, handed over, closed, answered; their clocks, their diary, what becomes of them."""

import pytest

from desktop.model.errors import NotAllowed, Refusal
from desktop.model.opinion import Handling, LivelihoodProject, Opinion, ProjectSource
from desktop.model.roles import Role
from desktop.office import records
from desktop.office.desk import Desk
from desktop.office.due import due_counts, due_day
from desktop.office.moves import move
from desktop.office.opinions import (
    close_opinion,
    extend_opinion,
    hand_over_opinion,
    link_project,
    note_handling,
    project_from_opinion,
    register_opinion,
    reply_to_opinion,
    shorten,
    steps_of,
    study_opinion,
)
from desktop.office.settings import choose
from tests.builders import an_opinion, an_organisation, everything, moved, seen_as


def opinion(desk: Desk, key: str) -> dict[str, object]:
    return dict(desk.get(Opinion, key))


def diary(desk: Desk, key: str) -> list[tuple[str, str]]:
    return [(row["step"], row["text"]) for row in desk.rows(Handling, opinion=key)]


def in_hand(desk: Desk, **values: object) -> str:
    """An opinion that a unit has in hand."""
    key = an_opinion(desk, **values)  # type: ignore[arg-type]
    study_opinion(desk, key, verdict="采纳")
    hand_over_opinion(desk, key, handling_unit=an_organisation(desk, "区住建局"), handler="王工")
    move(desk, Opinion, key, "take_up")
    return key


def closed(desk: Desk) -> str:
    key = in_hand(desk)
    close_opinion(desk, key, result="已疏通")
    return key


def test_what_is_heard_is_on_the_books_with_its_number_its_day_and_its_first_line(desk: Desk) -> None:
    key = an_opinion(desk, "下水道堵塞。\n一楼进水", heard_on="2021-11-20")
    row = opinion(desk, key)
    assert (row["serial"], row["title"], row["state"], row["due_on"]) == ("YJ-211124-0001", "下水道堵塞", "登记", "2022-01-19")
    assert diary(desk, key) == [("登记", "入户走访")]


def test_an_opinion_cannot_be_heard_tomorrow(desk: Desk) -> None:
    before = everything(desk)
    with pytest.raises(Refusal, match="收集日期 在今天之后"):
        an_opinion(desk, heard_on="2021-11-25")
    assert everything(desk) == before


def test_an_opinion_without_a_word_is_none(desk: Desk) -> None:
    with pytest.raises(Refusal, match="内容 必填"):
        register_opinion(desk, text="", heard_on=desk.today, title="下水道", channel="电话")


def test_the_days_for_closing_are_the_offices_own(desk: Desk) -> None:
    choose(desk, "opinion.close_days", "10")
    assert opinion(desk, an_opinion(desk))["due_on"] == "2021-12-04"


def test_an_opinion_waits_at_most_fifteen_days_for_its_verdict(desk: Desk) -> None:
    """From the day it was heard, however late it was typed in."""
    an_opinion(desk, heard_on="2021-11-20")
    assert due_day(desk, Opinion, "登记", {"heard_on": "2021-11-20"}) == "2021-12-05"
    moved(desk, 11)
    assert (due_counts(desk).today, due_counts(desk).overdue) == (1, 0)
    moved(desk, 1)
    assert (due_counts(desk).today, due_counts(desk).overdue) == (0, 1)


def test_a_studied_opinion_is_handed_over_before_its_day(desk: Desk) -> None:
    key = an_opinion(desk)
    moved(desk, 10)
    study_opinion(desk, key, verdict="部分采纳", verdict_reason="只修下水道")
    assert (opinion(desk, key)["state"], opinion(desk, key)["state_on"]) == ("研判", "2021-12-04")
    moved(desk, 50)
    assert (due_counts(desk).today, due_counts(desk).overdue) == (1, 0)
    assert diary(desk, key)[-1] == ("研判", "部分采纳；只修下水道")


def test_a_unit_gets_a_numbered_order_and_the_day(desk: Desk) -> None:
    key, unit = an_opinion(desk), an_organisation(desk)
    study_opinion(desk, key, verdict="采纳")
    hand_over_opinion(desk, key, handling_unit=unit, handler="王工")
    row = opinion(desk, key)
    assert (row["order_no"], row["due_on"], row["handling_unit"], row["state"]) == ("JB-211124-0001", "2022-01-23", unit, "交办")
    assert diary(desk, key)[-1] == ("交办", "区税务局第一分局；办理期限 2022-01-23；王工")


def test_passed_on_it_keeps_its_order_number_and_needs_the_new_unit(desk: Desk) -> None:
    key = in_hand(desk)
    with pytest.raises(Refusal, match="承办单位 必填"):
        move(desk, Opinion, key, "pass_on")
    move(desk, Opinion, key, "pass_on", handling_unit=an_organisation(desk, "区城管局"))
    assert (opinion(desk, key)["state"], opinion(desk, key)["order_no"]) == ("交办", "JB-211124-0001")


def test_no_step_is_left_out(desk: Desk) -> None:
    key = an_opinion(desk)
    with pytest.raises(Refusal, match="现在是“登记”，不能“交办”"):
        hand_over_opinion(desk, key, handling_unit=an_organisation(desk))
    with pytest.raises(Refusal, match="现在是“登记”，不能“销号”"):
        move(desk, Opinion, key, "strike_off")
    assert opinion(desk, key)["order_no"] is None
    assert len(diary(desk, key)) == 1, "a step that was refused leaves no line"


def test_a_step_writes_only_what_it_asks_for(desk: Desk) -> None:
    key = an_opinion(desk)
    with pytest.raises(Refusal, match="标题 这一步不改这一项"):
        move(desk, Opinion, key, "study", verdict="采纳", title="别的标题")


def test_an_opinion_is_closed_with_what_came_of_it(desk: Desk) -> None:
    key = in_hand(desk, heard_on="2021-11-20")
    with pytest.raises(Refusal, match="办理结果 必填"):
        close_opinion(desk, key, result="")
    with pytest.raises(Refusal, match="办结日期 在今天之后"):
        close_opinion(desk, key, result="已疏通", closed_on="2021-11-25")
    with pytest.raises(Refusal, match="办结日期 早于收集日期 2021-11-20"):
        close_opinion(desk, key, result="已疏通", closed_on="2021-11-19")
    close_opinion(desk, key, result="已疏通", closed_on="2021-11-22")
    assert (opinion(desk, key)["state"], opinion(desk, key)["closed_on"]) == ("办结", "2021-11-22")


def test_what_can_be_settled_at_once_is_closed_without_a_unit(desk: Desk) -> None:
    key = an_opinion(desk)
    move(desk, Opinion, key, "settle_at_once", result="当场清走", closed_on=desk.today)
    assert opinion(desk, key)["state"] == "办结"


def test_the_answer_is_owed_within_seven_days_of_closing(desk: Desk) -> None:
    closed(desk)
    moved(desk, 7)
    assert (due_counts(desk).today, due_counts(desk).overdue) == (1, 0)
    moved(desk, 1)
    assert due_counts(desk).overdue == 1


def test_the_answer_comes_after_the_closing_and_not_tomorrow(desk: Desk) -> None:
    key = in_hand(desk, heard_on="2021-11-20")
    close_opinion(desk, key, result="已疏通", closed_on="2021-11-23")
    with pytest.raises(Refusal, match="反馈日期 早于办结日期 2021-11-23"):
        reply_to_opinion(desk, key, replied_by="电话", replied_on="2021-11-22")
    with pytest.raises(Refusal, match="反馈日期 在今天之后"):
        reply_to_opinion(desk, key, replied_by="电话", replied_on="2021-11-25")
    reply_to_opinion(desk, key, replied_by="电话", satisfied="满意")
    assert (opinion(desk, key)["state"], opinion(desk, key)["satisfied"]) == ("反馈", "满意")
    move(desk, Opinion, key, "strike_off")
    assert opinion(desk, key)["state"] == "销号"
    assert due_counts(desk).all == 0


def test_the_day_is_extended_once_by_at_most_thirty_days_with_the_reason(desk: Desk) -> None:
    key = in_hand(desk)  # due 2022-01-23
    with pytest.raises(Refusal, match="延期理由 必填"):
        move(desk, Opinion, key, "extend", due_on="2022-02-01")
    with pytest.raises(Refusal, match="办理期限 必填"):
        move(desk, Opinion, key, "extend", extended_because="等材料")
    with pytest.raises(Refusal, match="最多延到 2022-02-22"):
        extend_opinion(desk, key, due_on="2022-02-23", extended_because="等材料")
    for no_later in ("2022-01-23", "2022-01-01"):
        with pytest.raises(Refusal, match="办理期限 应晚于原期限 2022-01-23"):
            extend_opinion(desk, key, due_on=no_later, extended_because="等材料")
    extend_opinion(desk, key, due_on="2022-02-22", extended_because="等材料")
    assert (opinion(desk, key)["due_on"], opinion(desk, key)["extended_because"]) == ("2022-02-22", "等材料")
    with pytest.raises(Refusal, match="已经延期过一次"):
        extend_opinion(desk, key, due_on="2022-02-23", extended_because="还要等")


def test_an_opinion_merged_into_another_is_done_and_points_to_it(desk: Desk) -> None:
    main, double = an_opinion(desk, "下水道堵塞"), an_opinion(desk, "污水漫出来")
    move(desk, Opinion, double, "merge", same_as=main)
    assert (opinion(desk, double)["state"], opinion(desk, double)["same_as"]) == ("已合并", main)
    assert diary(desk, double)[-1] == ("并入另一条", "YJ-211124-0001 下水道堵塞")
    moved(desk, 400)
    assert due_counts(desk).overdue == 1


def test_an_opinion_is_not_merged_into_itself_nor_into_a_merged_one_nor_out_of_reach(desk: Desk) -> None:
    main, double, third = an_opinion(desk), an_opinion(desk), an_opinion(desk)
    with pytest.raises(Refusal, match="不能并入自己"):
        move(desk, Opinion, main, "merge", same_as=main)
    move(desk, Opinion, double, "merge", same_as=main)
    with pytest.raises(Refusal, match="已并入别的意见"):
        move(desk, Opinion, third, "merge", same_as=double)
    with pytest.raises(Refusal, match="找不到"):
        move(desk, Opinion, third, "merge", same_as="0" * 32)


def test_an_opinion_is_not_merged_into_one_that_is_gone(desk: Desk) -> None:
    key, withdrawn, deleted = an_opinion(desk), an_opinion(desk), an_opinion(desk)
    move(desk, Opinion, withdrawn, "withdraw", verdict_reason="本人撤回")
    records.end(desk, Opinion, deleted, because="登记错误")
    for gone in (withdrawn, deleted):
        with pytest.raises(Refusal, match="已撤回或删除"):
            move(desk, Opinion, key, "merge", same_as=gone)


def test_an_opinion_into_which_others_were_merged_stays_the_main_one(desk: Desk) -> None:
    main, double, third = an_opinion(desk), an_opinion(desk), an_opinion(desk)
    move(desk, Opinion, double, "merge", same_as=main)
    with pytest.raises(Refusal, match="已有意见并入"):
        move(desk, Opinion, main, "merge", same_as=third)


def test_a_closed_opinion_is_opened_again_by_a_reviewer_with_a_new_day(desk: Desk) -> None:
    key = closed(desk)
    with pytest.raises(NotAllowed):
        move(seen_as(desk, Role.CLERK), Opinion, key, "reopen", due_on="2022-03-01", reopened_because="路灯又不亮")
    with pytest.raises(Refusal, match="办理期限 必填"):
        move(desk, Opinion, key, "reopen", reopened_because="路灯又不亮")
    with pytest.raises(Refusal, match="重开原因 必填"):
        move(desk, Opinion, key, "reopen", due_on="2022-03-01")
    move(desk, Opinion, key, "reopen", due_on="2022-03-01", reopened_because="路灯又不亮")
    assert (opinion(desk, key)["state"], opinion(desk, key)["due_on"]) == ("办理中", "2022-03-01")
    assert diary(desk, key)[-1] == ("重新打开", "办理期限 2022-03-01；路灯又不亮")


def test_a_declined_opinion_says_why(desk: Desk) -> None:
    key = an_opinion(desk)
    with pytest.raises(Refusal, match="研判说明 必填"):
        move(desk, Opinion, key, "decline")
    with pytest.raises(NotAllowed):
        move(seen_as(desk, Role.CLERK), Opinion, key, "decline", verdict_reason="不属社区")
    move(desk, Opinion, key, "decline", verdict_reason="不属社区")
    assert opinion(desk, key)["state"] == "不采纳"


def test_a_line_in_the_diary_moves_nothing_and_is_not_written_for_tomorrow(desk: Desk) -> None:
    key = in_hand(desk)
    note_handling(desk, key, text="约了施工队", done_by="王工", done_on="2021-11-23")
    assert opinion(desk, key)["state"] == "办理中"
    assert diary(desk, key)[-1] == ("办理", "约了施工队")
    with pytest.raises(Refusal, match="日期 在今天之后"):
        note_handling(desk, key, text="明天的事", done_on="2021-11-25")


@pytest.mark.parametrize(
    ("text", "title"),
    [("下水道堵塞。污水漫到一楼", "下水道堵塞"), ("第一行\n第二行", "第一行"), ("一" * 24, "一" * 24), ("一" * 25, "一" * 23 + "…")],
)
def test_a_title_is_the_first_words(text: str, title: str) -> None:
    assert shorten(text) == title


def test_a_project_begins_with_its_opinion_as_the_main_source(desk: Desk) -> None:
    key = in_hand(desk, topic="市政")
    project = project_from_opinion(desk, key, name="改造下水道")
    row = desk.get(LivelihoodProject, project)
    assert (row["name"], row["main_source"], row["year"], row["topic"]) == ("改造下水道", "意见建议", 2021, "市政")
    assert [(link["project"], link["opinion"], link["told"]) for link in desk.rows(ProjectSource)] == [(project, key, 0)]


def test_an_opinion_is_linked_to_a_project_once(desk: Desk) -> None:
    project, other = project_from_opinion(desk, an_opinion(desk)), an_opinion(desk)
    link_project(desk, project=project, opinion=other)
    with pytest.raises(Refusal, match="早已关联"):
        link_project(desk, project=project, opinion=other)
    assert len(desk.rows(ProjectSource, project=project)) == 2


def test_the_steps_of_an_opinion_that_came_from_elsewhere_are_read_from_its_diary(desk: Desk) -> None:
    with desk.deed("opinion.register") as work:
        key = work.add(Opinion, title="路灯", text="路灯不亮", channel="电话", heard_on="2021-10-04", state="办理中")
        work.add(Handling, opinion=key, done_on="2021-10-06", step="研判", done_by="周敏", text="采纳")
        work.add(Handling, opinion=key, done_on="2021-10-09", step="交办", done_by="黄海澜", text="交区住建局")
    assert [(one.state, one.on, one.who) for one in steps_of(desk, key)[1:3]] == [
        ("研判", "2021-10-06", "周敏"), ("交办", "2021-10-09", "黄海澜")
    ]  # fmt: skip
