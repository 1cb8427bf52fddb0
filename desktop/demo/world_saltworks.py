"""滨海社区, 盐工小区: thirty-odd suggestions become three works of 微治理, from the first hearing to the answer (scenario.md, story 1).

Beside it runs what an ordinary office has open on a Wednesday morning: on 24 November three things are late, three are due today.
"""

from collections.abc import Callable
from dataclasses import dataclass

from desktop.demo.words import CITY, FIRE, HOUSING, TRAFFIC
from desktop.demo.world_story import Stage, Step
from desktop.model.checkin import CheckIn
from desktop.model.kinds import Value
from desktop.model.opinion import LivelihoodProject, Opinion
from desktop.model.place import Place
from desktop.office import records
from desktop.office.checkins import check_in_member, check_in_unit, expect_member
from desktop.office.inspections import PASS, issue_notice, recheck_danger, register_danger
from desktop.office.opinions import (
    close_opinion,
    extend_opinion,
    hand_over_opinion,
    link_project,
    move_opinion,
    note_handling,
    project_from_opinion,
    register_opinion,
    reply_to_opinion,
    study_opinion,
)

PLANNING = "区发展和改革局"


@dataclass(frozen=True)
class Works:
    """One of the three works: what it is called, its topic, who builds it, when it is done, and what the residents had asked for."""

    name: str
    topic: str
    unit: str
    completed: str
    asked: tuple[str, ...]


WORKS = (
    Works("盐工小区路面与管网改造", "空间微提升", HOUSING, "2021-12-20", (
        "3栋前路面坑洼积水", "南门下水道堵塞", "5栋雨水井盖松动", "1栋至4栋人行道破损", "东侧空地希望划停车位", "2栋门前台阶缺扶手", "缺少老人休息座椅",
        "6栋污水管渗漏", "车棚顶漏雨", "南门缺无障碍坡道", "化粪池需要清掏", "4栋后排水沟无盖板",
    )),
    Works("盐工小区消防通道与三线整治", "消防微整治", FIRE, "2021-12-10", (
        "3栋电力飞线杂乱", "2栋通信线垂到窗口", "5栋有线电视线脱落", "电动车乱停堵楼道", "缺少集中充电点", "1栋灭火器过期", "消防通道被私家车占用",
        "4栋楼道堆放旧家具", "6栋应急灯不亮", "消防栓缺水带", "瓶装气存放不规范",
    )),
    Works("盐工小区口袋公园与围墙更新", "景观微更新", HOUSING, "2021-12-28", (
        "围墙破旧掉灰", "花坛荒废", "中庭缺少绿化", "宣传栏生锈", "希望保留老盐场记忆", "健身角地面不平", "榕树根拱坏地砖", "晾晒架不够用", "夜间照明昏暗",
        "希望有儿童活动角", "单元门头褪色",
    )),
)  # fmt: skip
MAIN = "3栋前路面坑洼积水"
SAME = ("3栋门口积水滑倒", "3栋路面坑多", "下雨3栋出不了门", "3栋前路希望垫平")


def saltworks_story(stage: Stage) -> list[Step]:
    """Both threads of the story; records are remembered by their titles."""
    return [*_collected(stage), *_handled(stage), *_answered(stage), *_streets(stage), *_reports(stage), *_shop(stage)]


def _collected(stage: Stage) -> list[Step]:
    """From 4 to 20 October: who goes from door to door writes down what is said."""
    steps, at = [], 0
    for works in WORKS:
        for asked in works.asked:
            day = 4 if asked == MAIN else 5 + at % 15
            steps.append(Step(f"2021-10-{day:02d}T16:{at:02d}:00", stage.keep(asked, _hear(stage, works.topic, asked))))
            at += 1
    for number, asked in enumerate(SAME):
        steps.append(Step(f"2021-10-{6 + 3 * number:02d}T15:40:00", stage.keep(asked, _hear(stage, WORKS[0].topic, asked))))
        steps.append(Step(f"2021-10-{7 + 3 * number:02d}T09:30:00", _same(stage, asked)))
    return steps


def _hear(stage: Stage, topic: str, asked: str) -> Callable[[], str]:
    text = f"盐工小区{asked}，请社区想办法。"
    more: dict[str, Value] = {}
    if asked == MAIN:
        text = "小区3栋门口到南门约40米路面坑洼，下雨积水没过脚面，老人出行不便，已有两人滑倒。希望先垫平，再结合管网一起修。"
        more = {"said_by": "李慧芳", "said_where": "3栋住户", "phone": "13900002107", "proposal": "先垫平，再结合管网一起修。"}

    def step() -> str:
        desk = stage.sit("周敏")
        return register_opinion(
            desk, text=text, heard_on=desk.today, title=f"盐工小区{asked}", channel="入户走访", topic=topic,
            place=stage.town.estates["盐工小区"], heard_by=stage.town.known["郑雨桐"], campaign=stage.campaigns["双报到双服务"], **more,
        )  # fmt: skip

    return step


def _same(stage: Stage, asked: str) -> Callable[[], None]:
    return lambda: move_opinion(stage.sit("周敏"), stage.made[asked], "merge", same_as=stage.made[MAIN])


def _handled(stage: Stage) -> list[Step]:
    """“政府想干” meets “群众想要”: studied, handed over, bound to a project, talked over."""
    made, steps = stage.made, []
    for number, works in enumerate(WORKS):
        steps.append(Step(f"2021-10-21T09:{number:02d}:00", _handed(stage, works)))
        steps.append(Step(f"2021-10-22T10:{number:02d}:00", _planned(stage, works)))
    notes = (
        ("2021-11-08", "协商会第2次：31户代表到会，同意先通南门一侧，施工期车停东侧空地。", "黄海澜"),
        ("2021-11-22", "管网沟槽回填完成，周四起铺面层，预计5天。", "区住房和城乡建设局 蔡文远"),
    )
    for day, text, by in notes:
        steps.append(Step(f"{day}T17:00:00", _note(stage, MAIN, text, by)))
    steps.append(Step("2021-11-22T17:05:00", lambda: _go_on(stage, made)))
    return steps


def _handed(stage: Stage, works: Works) -> Callable[[], None]:
    def step() -> None:
        for asked in works.asked:
            key = stage.made[asked]
            study_opinion(stage.sit("周敏"), key, verdict="采纳", verdict_reason="政府改造计划与群众需要相合。")
            hand_over_opinion(stage.sit("黄海澜"), key, handling_unit=stage.town.units[works.unit], handler="蔡文远")
            move_opinion(stage.desk, key, "take_up")

    return step


def _planned(stage: Stage, works: Works) -> Callable[[], None]:
    def step() -> None:
        desk, first = stage.sit("黄海澜"), works.asked[0]
        project = project_from_opinion(
            desk, stage.made[first], name=works.name, partners=PLANNING, keeper="黄海澜", funds="老旧小区改造资金", households=186,
            starts_on="2021-10-25", ends_on=works.completed,
        )  # fmt: skip
        stage.made[works.name] = project
        for asked in works.asked[1:]:
            link_project(desk, project=project, opinion=stage.made[asked])
        records.move(desk, LivelihoodProject, project, "approve")
        records.move(desk, LivelihoodProject, project, "build")

    return step


def _note(stage: Stage, asked: str, text: str, by: str) -> Callable[[], str]:
    return lambda: note_handling(stage.sit("周敏"), stage.made[asked], text=text, done_by=by)


def _go_on(stage: Stage, made: dict[str, str]) -> None:
    for works, progress in zip(WORKS, (64, 71, 35), strict=True):
        records.correct(stage.sit("周敏"), LivelihoodProject, made[works.name], progress=progress)


def _answered(stage: Stage) -> list[Step]:
    """Built, accepted, posted; each who had asked hears the answer."""
    steps = [Step("2021-12-02T09:00:00", lambda: _extended(stage))]
    for works in WORKS:
        steps.append(Step(f"{works.completed}T15:00:00", _completed(stage, works)))
        day = f"2021-12-{int(works.completed[8:]) + 2:02d}"
        steps.append(Step(f"{day}T10:00:00", _told(stage, works)))
    return steps


def _extended(stage: Stage) -> None:
    """What is not done before its day gets the one later day that is allowed, and the reason is told."""
    for works in WORKS:
        for asked in works.asked:
            row = stage.desk.get(Opinion, stage.made[asked])
            if row["due_on"] <= works.completed:
                extend_opinion(stage.sit("黄海澜"), row["id"], due_on="2021-12-31", extended_because="与管网改造同步施工，已告知提出人。")


def _completed(stage: Stage, works: Works) -> Callable[[], None]:
    def step() -> None:
        desk, project = stage.sit("黄海澜"), stage.made[works.name]
        records.move(desk, LivelihoodProject, project, "complete", completed_on=works.completed, households=186)
        records.correct(desk, LivelihoodProject, project, progress=100)
        records.move(desk, LivelihoodProject, project, "accept", opinion_of_check="住户代表与区住建局、区发改局现场验收合格。")
        records.move(desk, LivelihoodProject, project, "post", posted_on=works.completed)
        for asked in works.asked:
            close_opinion(stage.sit("周敏"), stage.made[asked], result=f"随“{works.name}”一并解决，已验收。")

    return step


def _told(stage: Stage, works: Works) -> Callable[[], None]:
    def step() -> None:
        for number, asked in enumerate(works.asked):
            satisfied = "基本满意" if number % 6 == 5 else "满意"
            reply_to_opinion(stage.sit("周敏"), stage.made[asked], replied_by="当面", satisfied=satisfied)
            move_opinion(stage.sit("黄海澜"), stage.made[asked], "strike_off")

    return step


def _streets(stage: Stage) -> list[Step]:
    """Four opinions of other streets: late, due today, to be answered, new; and a project that is a day late."""
    lamp, bump, parcel, bin_ = "长堤巷路灯不亮，老人夜间出行不便", "海韵苑南门缺减速带，上学时段车速快", "滨海花园快递柜占道", "盐工小区南门垃圾桶外溢"
    gym = "滨海花园加装健身器材"
    done = stage.keep
    return [
        Step("2021-09-21T10:12:00", done(lamp, _told_of(stage, lamp, "长堤巷", "市政"))),
        Step("2021-09-25T09:20:00", done(bump, _told_of(stage, bump, "海韵苑", "交通"))),
        Step("2021-09-28T09:00:00", lambda: [_pass(stage, lamp, CITY), _pass(stage, bump, TRAFFIC)]),
        Step("2021-10-11T09:00:00", done(gym, lambda: _gym(stage, gym))),
        Step("2021-11-15T11:00:00", done(parcel, _told_of(stage, parcel, "滨海花园", "物业"))),
        Step("2021-11-19T16:00:00", lambda: _at_once(stage, parcel)),
        Step("2021-11-23T16:45:00", done(bin_, _told_of(stage, bin_, "盐工小区", "环境"))),
        Step("2021-11-24T16:30:00", lambda: _finish(stage, bump, "已加装减速带2条、警示牌一块。")),
        Step("2021-11-25T10:00:00", lambda: _answer(stage, parcel)),
        Step("2021-11-26T10:00:00", lambda: _pass(stage, bin_, CITY)),
        Step("2021-11-29T15:00:00", lambda: _finish(stage, lamp, "已更换灯具6盏，检修线路一处。")),
        Step("2021-11-30T15:00:00", lambda: _gym_done(stage, gym)),
        Step("2021-12-01T15:00:00", lambda: _finish(stage, bin_, "早晚各加运一次，换新桶4个。")),
        Step("2021-12-06T10:00:00", lambda: [_answer(stage, one) for one in (lamp, bump, bin_)]),
    ]


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
    found = (("海边出租屋", "出租屋", "楼道堆放电动车3辆", "2021-11-07", "2021-11-22"), ("海边小卖部", "九小场所", "配电箱旁堆放纸箱", "2021-11-09", "2021-11-24"))
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
