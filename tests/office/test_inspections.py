"""Inspections: item by item, dangers under what failed, notices, and looking again."""

import pytest

from desktop.model.errors import NotAllowed, Refusal
from desktop.model.inspection import ChecklistItem, ChecklistTemplate, Danger, Finding, Inspection
from desktop.model.place import Place
from desktop.model.roles import Role
from desktop.office import records, selections
from desktop.office.desk import Desk
from desktop.office.due import due_counts
from desktop.office.inspections import (
    finish_inspection,
    issue_notice,
    item_lines,
    mark_item,
    mark_rest_of_section,
    recheck_danger,
    register_danger,
    start_inspection,
    write_template,
)
from desktop.office.moves import move
from desktop.office.settings import choose
from desktop.store import journal
from tests.builders import a_checklist, a_place, an_inspection, audited, everything, moved, seen_as


def items(desk: Desk, run: str) -> list[str]:
    return [line.item for line in item_lines(desk, run)]


def danger(desk: Desk, key: str) -> dict[str, object]:
    return dict(desk.get(Danger, key))


def a_danger(desk: Desk, **values: object) -> str:
    """A danger found outside a run."""
    return register_danger(desk, situation="楼道堆物", place=a_place(desk, "甲栋", "楼栋", keeper="张三"), **values)  # type: ignore[arg-type]


def a_noticed_danger(desk: Desk) -> str:
    key = a_danger(desk)
    issue_notice(desk, key)
    return key


def test_a_checklist_keeps_its_items_in_order(desk: Desk) -> None:
    template = write_template(desk, name="消防", items=[("通道", "疏散通道畅通", "疏散通道"), ("用电", "无私拉乱接", None)])
    rows = desk.rows(ChecklistItem, template=template)
    assert [(row["number"], row["section"], row["danger_kind"]) for row in rows] == [(1, "通道", "疏散通道"), (2, "用电", None)]
    assert desk.get(ChecklistTemplate, template)["in_use"] == 1
    with pytest.raises(NotAllowed):
        a_checklist(seen_as(desk, Role.CLERK), name="另一份")


def test_two_people_at_least_go_to_inspect(desk: Desk) -> None:
    for alone in ("周敏", "周敏、", "周敏，"):
        with pytest.raises(Refusal, match="两人以上"):
            an_inspection(desk, place=a_place(desk, alone), template=a_checklist(desk, name=alone), inspectors=alone)
    assert desk.rows(Inspection) == []


def test_nobody_inspects_tomorrow(desk: Desk) -> None:
    with pytest.raises(Refusal, match="检查日期 在今天之后"):
        an_inspection(desk, inspected_on="2021-11-25")


def test_an_unfinished_run_goes_on_instead_of_a_second_one(desk: Desk) -> None:
    place, template = a_place(desk, "甲"), a_checklist(desk)
    run = an_inspection(desk, place, template)
    moved(desk, 1)
    assert an_inspection(desk, place, template) == run
    assert an_inspection(desk, a_place(desk, "乙"), template) != run
    move(desk, Inspection, run, "void", note="去错了地方")
    assert an_inspection(desk, place, template) != run


def test_each_mark_is_on_the_disk_before_the_next_is_read_out(desk: Desk) -> None:
    run = an_inspection(desk)
    before = len(audited(desk))
    for item, mark in zip(items(desk, run), ("合格", "不适用", "合格"), strict=True):
        mark_item(desk, run, item, mark)
    assert [line.mark for line in item_lines(desk, run)] == ["合格", "不适用", "合格"]
    assert audited(desk)[before:] == [("inspection.mark", True)] * 3


def test_marked_again_the_newer_mark_holds_and_the_older_stays_in_history(desk: Desk) -> None:
    run = an_inspection(desk)
    item = items(desk, run)[0]
    finding = mark_item(desk, run, item, "合格", note="有灭火器")
    assert mark_item(desk, run, item, "不合格") == finding
    (row,) = desk.rows(Finding, inspection=run)
    assert (row["mark"], row["note"]) == ("不合格", "有灭火器")
    with desk.books.read() as conn:
        assert journal.history(conn, desk.community, finding)[0].old == "合格"


def test_a_mark_is_one_of_three_words_and_for_an_item_of_this_list(desk: Desk) -> None:
    run = an_inspection(desk)
    with pytest.raises(Refusal, match="不在可选的词里"):
        mark_item(desk, run, items(desk, run)[0], "马马虎虎")
    other = desk.rows(ChecklistItem, template=a_checklist(desk, name="另一份"))[0]["id"]
    with pytest.raises(Refusal, match="不在这份检查表里"):
        mark_item(desk, run, other, "合格")


def test_the_rest_of_a_section_is_marked_in_one_go(desk: Desk) -> None:
    run = an_inspection(desk, template=a_checklist(desk, items=5))
    first = items(desk, run)[0]
    mark_item(desk, run, first, "不适用")
    assert mark_rest_of_section(desk, run, "通道") == 2
    assert [line.mark for line in item_lines(desk, run)] == ["不适用", None, "合格", None, "合格"]
    assert mark_rest_of_section(desk, run, "通道") == 0


def test_a_run_with_missing_items_is_not_finished(desk: Desk) -> None:
    run = an_inspection(desk)
    mark_item(desk, run, items(desk, run)[1], "合格")
    with pytest.raises(Refusal, match="还有 2 项没有结果：1、3") as said:
        finish_inspection(desk, run)
    assert said.value.record == "老张小吃店"
    assert desk.get(Inspection, run)["state"] == "检查中"


def test_a_run_with_a_failed_item_and_no_danger_is_not_finished(desk: Desk) -> None:
    run = an_inspection(desk)
    for item, mark in zip(items(desk, run), ("合格", "不合格", "合格"), strict=True):
        mark_item(desk, run, item, mark)
    with pytest.raises(Refusal, match="第 2 项不合格，还没写部位和情况"):
        finish_inspection(desk, run)


def test_a_danger_under_an_item_fails_it_and_knows_its_place_kind_day_and_keeper(desk: Desk) -> None:
    run = an_inspection(desk)
    item = items(desk, run)[1]
    key = register_danger(desk, inspection=run, item=item, situation="后门堆满纸箱")
    row = danger(desk, key)
    assert (row["danger_kind"], row["responsible"], row["found_on"], row["due_on"]) == ("疏散通道", "张三", "2021-11-24", "2021-12-09")
    assert (row["level"], row["handling"], row["state"], row["serial"]) == ("一般", "限期改", "登记", "YH-211124-0001")
    assert desk.get(Place, str(row["place"]))["name"] == "老张小吃店"
    assert [line.mark for line in item_lines(desk, run)] == [None, "不合格", None]
    assert item_lines(desk, run)[1].danger == key
    with pytest.raises(Refusal, match="已经登记了隐患"):
        mark_item(desk, run, item, "合格")


def test_a_finished_run_mends_what_was_mended_on_the_spot_and_names_what_needs_a_notice(desk: Desk) -> None:
    run = an_inspection(desk)
    first, second, third = items(desk, run)
    at_once = register_danger(desk, inspection=run, item=first, situation="纸箱", handling="当场改")
    later = register_danger(desk, inspection=run, item=second, situation="私拉电线")
    with pytest.raises(Refusal, match="还有 1 项"):
        finish_inspection(desk, run)
    assert danger(desk, at_once)["state"] == "登记", "a run that is refused changes nothing"
    mark_item(desk, run, third, "合格")
    assert finish_inspection(desk, run) == [later]
    assert (danger(desk, at_once)["state"], danger(desk, at_once)["fixed_on"]) == ("合格销号", desk.today)
    assert danger(desk, later)["state"] == "登记"
    assert desk.get(Inspection, run)["state"] == "已完成"


def test_a_finished_run_is_not_marked_any_more(desk: Desk) -> None:
    run = an_inspection(desk)
    mark_rest_of_section(desk, run, "通道")
    mark_rest_of_section(desk, run, "用电")
    move(desk, Inspection, run, "finish")
    for deed in (
        lambda: mark_item(desk, run, items(desk, run)[0], "不合格"),
        lambda: mark_rest_of_section(desk, run, "通道"),
        lambda: register_danger(desk, inspection=run, situation="补登"),
        lambda: finish_inspection(desk, run),
    ):
        with pytest.raises(Refusal, match="这次检查已完成，不能再改"):
            deed()


def test_the_last_run_at_the_same_place_stands_beside_the_items(desk: Desk) -> None:
    place, template = a_place(desk, "甲"), a_checklist(desk)
    run = an_inspection(desk, place, template)
    for item in items(desk, run):
        mark_item(desk, run, item, "合格")
    finish_inspection(desk, run)
    elsewhere = an_inspection(desk, a_place(desk, "乙"), template)
    assert [line.last_mark for line in item_lines(desk, elsewhere)] == [None] * 3
    moved(desk, 30)
    later = an_inspection(desk, place, template)
    assert [(line.last_mark, line.last_on) for line in item_lines(desk, later)] == [("合格", "2021-11-24")] * 3


def test_a_notice_has_a_number_and_a_day(desk: Desk) -> None:
    key = a_danger(desk, due_on="2021-12-01")
    assert issue_notice(desk, key, responsible="李四") == "XG-211124-0001"
    row = danger(desk, key)
    assert (row["state"], row["due_on"], row["notice_on"], row["responsible"]) == ("整改中", "2021-12-01", desk.today, "李四")
    with pytest.raises(Refusal, match="现在是“整改中”，不能“出整改通知书”"):
        issue_notice(desk, key)


def test_what_one_run_found_stands_on_one_notice(desk: Desk) -> None:
    run = an_inspection(desk)
    first, second, third = items(desk, run)
    wires = register_danger(desk, inspection=run, item=first, situation="私拉电线")
    boxes = register_danger(desk, inspection=run, item=second, situation="纸箱堵门", due_on="2021-11-30")
    mark_item(desk, run, third, "合格")
    assert finish_inspection(desk, run) == [wires, boxes]
    numbers = [issue_notice(desk, key) for key in (wires, boxes)]
    assert numbers == ["XG-211124-0001"] * 2
    alone = a_noticed_danger(desk)
    papers = selections.gather(desk, "notice", selections.Selection((wires, boxes, alone)))
    assert [[one.what for one in notice.dangers] for notice in papers.notices] == [["私拉电线", "纸箱堵门"], ["楼道堆物"]]
    assert [notice.serial for notice in papers.notices] == ["XG-211124-0001", "XG-211124-0002"]


def test_what_the_office_cannot_mend_goes_to_the_departments_with_the_end_of_the_run(desk: Desk) -> None:
    run = an_inspection(desk)
    first, second, third = items(desk, run)
    gas = register_danger(desk, inspection=run, item=first, situation="燃气管道锈蚀", handling="上报移交", departments="住建")
    unsaid = register_danger(desk, inspection=run, item=second, situation="无证油库", handling="上报移交")
    mark_item(desk, run, third, "合格")
    assert finish_inspection(desk, run) == []
    assert danger(desk, gas)["state"] == "上报移交"
    assert danger(desk, unsaid)["state"] == "登记", "to whom is still to be said"


def test_a_notice_does_not_end_before_the_danger_was_found(desk: Desk) -> None:
    key = a_danger(desk)
    with pytest.raises(Refusal, match="限期 早于发现日期 2021-11-24"):
        issue_notice(desk, key, due_on="2021-11-23")


def test_a_danger_that_was_put_right_is_struck_off_on_the_day_of_the_recheck(desk: Desk) -> None:
    key = a_noticed_danger(desk)
    moved(desk, 10)
    recheck_danger(desk, key, recheck="合格", rechecked_by="周敏、林小雨", rechecked_on="2021-12-03", done_text="已清走")
    row = danger(desk, key)
    assert (row["state"], row["fixed_on"], row["done_text"]) == ("合格销号", "2021-12-03", "已清走")


def test_a_danger_that_was_not_put_right_gets_a_new_day_and_stays_open(desk: Desk) -> None:
    key = a_noticed_danger(desk)
    moved(desk, 15)
    for no_day in (None, "2021-12-09"):
        with pytest.raises(Refusal, match="没改好要给新的限期"):
            recheck_danger(desk, key, recheck="不合格", rechecked_by="周敏", due_on=no_day)
    recheck_danger(desk, key, recheck="不合格", rechecked_by="周敏", due_on="2021-12-16")
    row = danger(desk, key)
    assert (row["state"], row["due_on"], row["recheck"], row["fixed_on"]) == ("整改中", "2021-12-16", "不合格", None)
    moved(desk, 7)
    assert due_counts(desk).today == 1
    recheck_danger(desk, key, recheck="合格", rechecked_by="周敏")
    assert danger(desk, key)["state"] == "合格销号"


def test_a_recheck_lies_between_the_finding_and_today(desk: Desk) -> None:
    key = a_noticed_danger(desk)
    for day in ("2021-11-23", "2021-11-25"):
        with pytest.raises(Refusal, match="应在发现日期与今天之间"):
            recheck_danger(desk, key, recheck="合格", rechecked_by="周敏", rechecked_on=day)


@pytest.mark.parametrize("verdict", ["合格", "不合格"])
def test_only_a_danger_that_is_being_put_right_is_rechecked(verdict: str, desk: Desk) -> None:
    key = a_danger(desk)
    with pytest.raises(Refusal, match="现在是“登记”，不能“复查”"):
        recheck_danger(desk, key, recheck=verdict, rechecked_by="周敏", due_on="2021-12-30")
    move(desk, Danger, key, "fix_at_once", done_text="搬走了")
    before = everything(desk)
    with pytest.raises(Refusal, match="现在是“合格销号”，不能“复查”"):
        recheck_danger(desk, key, recheck=verdict, rechecked_by="周敏", due_on="2021-12-30")
    assert everything(desk) == before


def test_the_buttons_go_the_same_way_as_the_forms(desk: Desk) -> None:
    key = a_danger(desk)
    move(desk, Danger, key, "issue_notice", due_on="2021-12-01")
    assert danger(desk, key)["notice_no"] == "XG-211124-0001"
    move(desk, Danger, key, "refer", departments="消防,城管")
    moved(desk, 3)
    move(desk, Danger, key, "recheck", recheck="合格", rechecked_by="周敏", rechecked_on=desk.today)
    assert danger(desk, key)["fixed_on"] == "2021-11-27"


def test_a_struck_off_danger_is_taken_up_again_by_a_reviewer_with_a_new_day(desk: Desk) -> None:
    key = a_danger(desk)
    move(desk, Danger, key, "fix_at_once", done_text="搬走了")
    with pytest.raises(NotAllowed):
        move(seen_as(desk, Role.CLERK), Danger, key, "reopen", due_on="2021-12-20", reopened_because="又堆上了")
    move(desk, Danger, key, "reopen", due_on="2021-12-20", reopened_because="又堆上了")
    assert (danger(desk, key)["state"], danger(desk, key)["fixed_on"]) == ("整改中", None)


def test_an_ended_danger_moves_no_more(desk: Desk) -> None:
    key = a_danger(desk)
    records.end(desk, Danger, key, because="登记错误")
    with pytest.raises(Refusal, match="已在回收站"):
        issue_notice(desk, key)


def test_a_run_starts_with_the_day_it_was_made(desk: Desk) -> None:
    run = start_inspection(desk, place=a_place(desk), template=a_checklist(desk), inspectors="周敏、林小雨", inspected_on="2021-11-20")
    row = desk.get(Inspection, run)
    assert (row["inspected_on"], row["serial"], row["state"]) == ("2021-11-20", "JC-211124-0001", "检查中")


def test_whoever_gets_a_notice_can_ask_the_office_that_sent_it(desk: Desk) -> None:
    choose(desk, "office.phone", "0660-3300000")
    choose(desk, "office.address", "滨海路1号")
    found = a_danger(desk)
    (notice,) = selections.gather(desk, "notice", selections.Selection((found,))).notices
    assert (notice.contact, notice.phone, notice.office.address) == ("周敏", "0660-3300000", "滨海路1号"), "not whom it is addressed to"
