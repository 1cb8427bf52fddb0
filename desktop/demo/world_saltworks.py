"""滨海社区, 盐工小区: thirty-odd suggestions become three works of 微治理, from the first hearing to the answer (story 1)."""

from collections.abc import Callable
from dataclasses import dataclass

from desktop.demo.words import FIRE, HOUSING
from desktop.demo.world_opinions import CLOSE_DAYS
from desktop.demo.world_rows import Pending, reached
from desktop.demo.world_story import Stage, Step
from desktop.model import days
from desktop.model.kinds import Value
from desktop.model.opinion import Handling, LivelihoodProject, Opinion
from desktop.office import records
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
EXTENDED, TOGETHER = "2021-12-02", "与管网改造同步施工，已告知提出人。"
MATCHED = "政府改造计划与群众需要相合。"
RESULT = "随“{}”一并解决，已验收。"


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
        "3栋前路面坑洼积水", "南门下水道堵塞", "5栋雨水井盖松动", "1栋至4栋人行道破损", "东侧空地希望划停车位", "2栋门前台阶缺扶手",
        "缺少老人休息座椅", "6栋污水管渗漏", "车棚顶漏雨", "南门缺无障碍坡道", "化粪池需要清掏", "4栋后排水沟无盖板",
    )),
    Works("盐工小区消防通道与三线整治", "消防微整治", FIRE, "2021-12-10", (
        "3栋电力飞线杂乱", "2栋通信线垂到窗口", "5栋有线电视线脱落", "电动车乱停堵楼道", "缺少集中充电点", "1栋灭火器过期",
        "消防通道被私家车占用", "4栋楼道堆放旧家具", "6栋应急灯不亮", "消防栓缺水带", "瓶装气存放不规范",
    )),
    Works("盐工小区口袋公园与围墙更新", "景观微更新", HOUSING, "2021-12-28", (
        "围墙破旧掉灰", "花坛荒废", "中庭缺少绿化", "宣传栏生锈", "希望保留老盐场记忆", "健身角地面不平", "榕树根拱坏地砖",
        "晾晒架不够用", "夜间照明昏暗", "希望有儿童活动角", "单元门头褪色",
    )),
)  # fmt: skip
LIVED, *ENTERED = WORKS
MAIN = "3栋前路面坑洼积水"
SAME = ("3栋门口积水滑倒", "3栋路面坑多", "下雨3栋出不了门", "3栋前路希望垫平")


def saltworks_story(stage: Stage) -> list[Step]:
    """All threads of the story; records are remembered by their titles.

    The first of the three works is lived through suggestion by suggestion; those of the other two are entered as they stand.
    """
    _entered(stage)
    return [*_collected(stage), *_handled(stage), *_answered(stage)]


def _collected(stage: Stage) -> list[Step]:
    """From 4 to 20 October: who goes from door to door writes down what is said."""
    steps = [
        Step(f"2021-10-{4 + at:02d}T16:20:00", stage.keep(asked, _hear(stage, LIVED.topic, asked))) for at, asked in enumerate(LIVED.asked)
    ]
    for number, asked in enumerate(SAME):
        steps.append(Step(f"2021-10-{6 + 3 * number:02d}T15:40:00", stage.keep(asked, _hear(stage, LIVED.topic, asked))))
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
    steps = [Step("2021-10-21T09:00:00", lambda: _handed(stage))]
    for number, works in enumerate(WORKS):
        steps.append(Step(f"2021-10-22T10:{number:02d}:00", _planned(stage, works)))
    notes = (
        ("2021-11-08", "协商会第2次：31户代表到会，同意先通南门一侧，施工期车停东侧空地。", "黄海澜"),
        ("2021-11-22", "管网沟槽回填完成，周四起铺面层，预计5天。", "区住房和城乡建设局 蔡文远"),
    )
    for day, text, by in notes:
        steps.append(Step(f"{day}T17:00:00", _note(stage, MAIN, text, by)))
    steps.append(Step("2021-11-22T17:05:00", lambda: _go_on(stage)))
    return steps


def _handed(stage: Stage) -> None:
    for asked in LIVED.asked:
        key = stage.made[asked]
        study_opinion(stage.sit("周敏"), key, verdict="采纳", verdict_reason=MATCHED)
        hand_over_opinion(stage.sit("黄海澜"), key, handling_unit=stage.town.units[LIVED.unit], handler="蔡文远")
        move_opinion(stage.desk, key, "take_up")


def _entered(stage: Stage) -> None:
    """The suggestions of the other two works, in the state in which the day finds them, with their diaries."""
    sheaf, town = stage.sheaf, stage.town
    for works in ENTERED:
        told = days.after(works.completed, 2)
        for at, asked in enumerate(works.asked):
            heard = f"2021-10-{5 + at:02d}"
            if heard > sheaf.until:
                continue
            steps = [("登记", heard), ("办理中", "2021-10-21"), ("办结", works.completed), ("销号", told)]
            state, since = reached(steps, sheaf.until)
            due = days.after(heard, CLOSE_DAYS)
            values: dict[str, Value | Pending] = {
                "title": f"盐工小区{asked}", "text": f"盐工小区{asked}，请社区想办法。", "heard_on": heard, "channel": "入户走访",
                "topic": works.topic, "campaign": stage.campaigns["双报到双服务"], "place": town.estates["盐工小区"],
                    "heard_by": town.known["郑雨桐"],
                "due_on": due, "state": state, "state_on": since, "serial": Pending("YJ", heard),
            }  # fmt: skip
            if due < works.completed and sheaf.until >= EXTENDED:
                values |= {"due_on": "2021-12-31", "extended_because": TOGETHER}
            if state != "登记":
                values |= {"verdict": "采纳", "verdict_reason": MATCHED, "handling_unit": town.units[works.unit],
                           "order_no": Pending("JB", "2021-10-21")}  # fmt: skip
            if state in ("办结", "销号"):
                values |= {"result": RESULT.format(works.name), "closed_on": works.completed}
            if state == "销号":
                values |= {"replied_on": told, "replied_by": "当面", "satisfied": "满意"}
            stage.made[asked] = key = sheaf.put(Opinion, heard, **values)
            diary = (("登记", heard, "入户走访", "郑雨桐"), ("研判", "2021-10-21", MATCHED, "周敏"),
                     ("交办", "2021-10-21", f"交{works.unit}办理。", "黄海澜"),
                     ("填办结", works.completed, RESULT.format(works.name), "周敏"), ("填反馈", told, "已当面答复。", "周敏"))  # fmt: skip
            for word, day, text, by in diary:
                if day <= sheaf.until:
                    sheaf.put(Handling, day, opinion=key, done_on=day, step=word, done_by=by, text=text)


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


def _go_on(stage: Stage) -> None:
    for works, progress in zip(WORKS, (64, 71, 35), strict=True):
        records.correct(stage.sit("周敏"), LivelihoodProject, stage.made[works.name], progress=progress)


def _answered(stage: Stage) -> list[Step]:
    """Built, accepted, posted; each who had asked hears the answer."""
    steps = [Step(f"{EXTENDED}T09:00:00", lambda: _extended(stage))]
    steps += [Step(f"{works.completed}T15:00:00", _completed(stage, works)) for works in WORKS]
    return [*steps, Step(f"{days.after(LIVED.completed, 2)}T10:00:00", lambda: _told(stage))]


def _extended(stage: Stage) -> None:
    """What is not done before its day gets the one later day that is allowed, and the reason is told."""
    for asked in LIVED.asked:
        row = stage.desk.get(Opinion, stage.made[asked])
        if row["due_on"] < LIVED.completed:
            extend_opinion(stage.sit("黄海澜"), row["id"], due_on="2021-12-31", extended_because=TOGETHER)


def _completed(stage: Stage, works: Works) -> Callable[[], None]:
    def step() -> None:
        desk, project = stage.sit("黄海澜"), stage.made[works.name]
        records.move(desk, LivelihoodProject, project, "complete", completed_on=works.completed, households=186)
        records.correct(desk, LivelihoodProject, project, progress=100)
        records.move(desk, LivelihoodProject, project, "accept", opinion_of_check="住户代表与区住建局、区发改局现场验收合格。")
        records.move(desk, LivelihoodProject, project, "post", posted_on=works.completed)
        for asked in works.asked if works is LIVED else ():
            close_opinion(stage.sit("周敏"), stage.made[asked], result=RESULT.format(works.name))

    return step


def _told(stage: Stage) -> None:
    for number, asked in enumerate(LIVED.asked):
        satisfied = "基本满意" if number % 6 == 5 else "满意"
        reply_to_opinion(stage.sit("周敏"), stage.made[asked], replied_by="当面", satisfied=satisfied)
        move_opinion(stage.sit("黄海澜"), stage.made[asked], "strike_off")
