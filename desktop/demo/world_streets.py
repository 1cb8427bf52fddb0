"""滨海社区 beside its great works: what an ordinary office has open on a Wednesday morning.

At 09:41 on 24 November three things are late, three are due today, some wait for the week (look of the workbench).
"""

from collections.abc import Callable

from desktop.demo.words import CITY, TRAFFIC
from desktop.demo.world_story import Stage, Step
from desktop.model.checkin import CheckIn
from desktop.model.opinion import LivelihoodProject
from desktop.model.place import Place
from desktop.office import records
from desktop.office.checkins import check_in_member, check_in_unit, expect_member
from desktop.office.inspections import PASS, issue_notice, recheck_danger, register_danger
from desktop.office.opinions import (
    close_opinion,
    hand_over_opinion,
    move_opinion,
    register_opinion,
    reply_to_opinion,
    study_opinion,
)

LAMP, BUMP = "长堤巷路灯不亮，老人夜间出行不便", "海韵苑南门缺减速带，上学时段车速快"
PARCEL, BIN = "滨海花园快递柜占道", "盐工小区南门垃圾桶外溢"
GYM = "滨海花园加装健身器材"


def streets_story(stage: Stage) -> list[Step]:
    """Opinions, reports and dangers outside the three works; records are remembered by their titles."""
    return [*_streets(stage), *_reports(stage), *_shop(stage)]


def _streets(stage: Stage) -> list[Step]:
    """Four opinions of other streets: late, due today, to be answered, new; and a project that is a day late."""
    done = stage.keep
    return [
        Step("2021-09-21T10:12:00", done(LAMP, _told_of(stage, LAMP, "长堤巷", "市政"))),
        Step("2021-09-25T09:20:00", done(BUMP, _told_of(stage, BUMP, "海韵苑", "交通"))),
        Step("2021-09-28T09:00:00", lambda: _handed(stage)),
        Step("2021-10-11T09:00:00", done(GYM, lambda: _gym(stage, GYM))),
        Step("2021-11-15T11:00:00", done(PARCEL, _told_of(stage, PARCEL, "滨海花园", "物业"))),
        Step("2021-11-19T16:00:00", lambda: _at_once(stage, PARCEL)),
        Step("2021-11-23T16:45:00", done(BIN, _told_of(stage, BIN, "盐工小区", "环境"))),
        Step("2021-11-24T16:30:00", lambda: _finish(stage, BUMP, "已加装减速带2条、警示牌一块。")),
        Step("2021-11-25T10:00:00", lambda: _answer(stage, PARCEL)),
        Step("2021-11-26T10:00:00", lambda: _pass(stage, BIN, CITY)),
        Step("2021-11-29T15:00:00", lambda: _finish(stage, LAMP, "已更换灯具6盏，检修线路一处。")),
        Step("2021-11-30T15:00:00", lambda: _gym_done(stage, GYM)),
        Step("2021-12-01T15:00:00", lambda: _finish(stage, BIN, "早晚各加运一次，换新桶4个。")),
        Step("2021-12-06T10:00:00", lambda: _answered(stage)),
    ]


def _handed(stage: Stage) -> None:
    _pass(stage, LAMP, CITY)
    _pass(stage, BUMP, TRAFFIC)


def _answered(stage: Stage) -> None:
    for title in (LAMP, BUMP, BIN):
        _answer(stage, title)


def _told_of(stage: Stage, title: str, estate: str, topic: str) -> Callable[[], str]:
    def step() -> str:
        desk = stage.sit("周敏")
        return register_opinion(
            desk, text=f"{title}，请尽快处理。", heard_on=desk.today, title=title, channel="服务窗口", topic=topic,
            place=stage.town.estates[estate], heard_by=stage.town.known["周敏"],
        )  # fmt: skip

    return step


def _pass(stage: Stage, title: str, unit: str) -> None:
    study_opinion(stage.sit("周敏"), stage.made[title], verdict="采纳")
    hand_over_opinion(stage.sit("黄海澜"), stage.made[title], handling_unit=stage.town.units[unit])
    move_opinion(stage.sit("周敏"), stage.made[title], "take_up")


def _at_once(stage: Stage, title: str) -> None:
    desk = stage.sit("周敏")
    move_opinion(desk, stage.made[title], "settle_at_once", result="已与物业协商，快递柜移到门岗旁。", closed_on=desk.today)


def _finish(stage: Stage, title: str, result: str) -> None:
    close_opinion(stage.sit("周敏"), stage.made[title], result=result)


def _answer(stage: Stage, title: str) -> None:
    reply_to_opinion(stage.sit("周敏"), stage.made[title], replied_by="电话", satisfied="满意")
    move_opinion(stage.sit("黄海澜"), stage.made[title], "strike_off")


def _gym(stage: Stage, name: str) -> str:
    desk = stage.sit("黄海澜")
    key = records.add(
        desk, LivelihoodProject, name=name, topic="文体", year=2021, main_source="会议", place=stage.town.estates["滨海花园"], progress=80,
        lead=stage.town.units["区文化广电旅游体育局"], keeper="黄海澜", starts_on="2021-10-18", ends_on="2021-11-23",
    )  # fmt: skip
    records.move(desk, LivelihoodProject, key, "approve")
    records.move(desk, LivelihoodProject, key, "build")
    return key


def _gym_done(stage: Stage, name: str) -> None:
    desk = stage.sit("黄海澜")
    records.move(desk, LivelihoodProject, stage.made[name], "complete", completed_on=desk.today, households=420)


def _reports(stage: Stage) -> list[Step]:
    """双报到: one member checks in, two have until December, one unit's slip is due today."""
    town, unit = stage.town, "区自然资源局"
    waiting = ("彭静怡", "王若岚")
    return [
        Step("2021-03-15T09:30:00", lambda: check_in_member(
            stage.sit("周敏"), person=town.known["陈嘉禾"], reported_on="2021-03-15", branch_duty="政策宣讲岗")),
        Step("2021-10-25T09:00:00", stage.keep(unit, lambda: records.add(
            stage.sit("周敏"), CheckIn, who="单位党组织", employer=town.units[unit]))),
        Step("2021-11-05T09:00:00", lambda: [expect_member(stage.sit("周敏"), person=town.known[one]) for one in waiting]),
        Step("2021-11-24T15:00:00", lambda: check_in_unit(
            stage.sit("周敏"), employer=town.units[unit], reported_on="2021-11-24", branch_duty="政策宣讲岗")),
        Step("2021-12-03T10:00:00", lambda: [
            check_in_member(stage.sit("周敏"), person=town.known[one], reported_on="2021-12-03") for one in waiting]),
    ]  # fmt: skip


def _shop(stage: Stage) -> list[Step]:
    """Two dangers outside the route: one two days late, one to be looked at again today."""
    found = (
        ("海边出租屋", "出租屋", "楼道堆放电动车3辆", "2021-11-07", "2021-11-22"),
        ("海边小卖部", "九小场所", "配电箱旁堆放纸箱", "2021-11-09", "2021-11-24"),
    )
    steps = []
    for name, premises, situation, day, due_on in found:
        steps.append(Step(f"{day}T11:00:00", stage.keep(f"danger:{name}", _found(stage, name, premises, situation, due_on))))
        steps.append(Step("2021-11-26T09:10:00", _again(stage, f"danger:{name}")))
    return steps


def _found(stage: Stage, name: str, premises: str, situation: str, due_on: str) -> Callable[[], str]:
    def step() -> str:
        desk = stage.sit("林若溪")
        place = records.add(desk, Place, name=name, kind="场所", within=stage.town.grids[-1], premises=premises, keeper="林水生")
        kind = "电动车停放充电" if "电动车" in situation else "用电线路"
        danger = register_danger(desk, place=place, situation=situation, danger_kind=kind, due_on=due_on)
        issue_notice(desk, danger)
        return danger

    return step


def _again(stage: Stage, danger: str) -> Callable[[], None]:
    return lambda: recheck_danger(stage.sit("林若溪"), stage.made[danger], recheck=PASS, rechecked_by="林若溪、仇思远", done_text="已清理")
