"""新林社区, 消防: twelve premises of one street in an afternoon, item by item; dangers, notices, re-checks (story 2).

At 09:41 on 24 November four premises are done and 好又鲜副食店 stands at item 13, whose last mark was a failure.
"""

from collections.abc import Callable

from desktop.demo.names import name_of, phone
from desktop.demo.words import SMALL_PREMISES
from desktop.demo.world_story import Stage, Step
from desktop.model.place import Place
from desktop.office.inspections import (
    FAIL,
    NOT_HERE,
    PASS,
    finish_inspection,
    issue_notice,
    mark_item,
    mark_rest_of_section,
    recheck_danger,
    register_danger,
    start_inspection,
)
from desktop.office.records import add

ROUTE = (
    ("顺和五金", 12), ("阿明理发", 14), ("滨海药房", 16), ("小雨托管", 20), ("好又鲜副食店", 22), ("老街粿条", 24), ("海燕布艺", 26),
    ("信达维修", 30), ("新港旅馆", 33), ("惠民超市", 35), ("福临小吃", 38), ("百顺茶行", 41),
)  # fmt: skip
GROCER = "好又鲜副食店"
INSPECTORS = "林若溪、施明哲"
SECTIONS = tuple(dict.fromkeys(section for section, _text, _kind in SMALL_PREMISES))
# Where something else was wrong that day: item, what, who looks after it, until when
FOUND = {
    "滨海药房": (8, "后间灭火器过期1具", "2021-12-08"),
    "新港旅馆": (10, "二楼安全出口上锁", "2021-12-01"),
    "福临小吃": (14, "燃气软管老化，无泄漏报警", "2021-12-04"),
}


def fire_story(stage: Stage, street: str) -> list[Step]:
    """The route with all that belongs to it; its records are remembered as `place:`, `run:` and `danger:` with a name."""
    steps = [Step("2021-03-02T09:10:00", lambda: _premises(stage, street))]
    steps += _autumn(stage)
    at = _minutes("2021-11-24", 8, 30)
    before, behind = [name for name, _number in ROUTE[:4]], [name for name, _number in ROUTE[5:]]
    for name in before:
        steps.append(Step(at(), _whole_run(stage, name)))
    steps += [Step(at(), lambda: _grocer_till_12(stage))]
    at = _minutes("2021-11-24", 10, 5)
    steps.append(Step(at(), lambda: _grocer_rest(stage)))
    for name in behind:
        steps.append(Step(at(), _whole_run(stage, name)))
    for name, day in (("滨海药房", "2021-12-02"), ("新港旅馆", "2021-11-30"), ("福临小吃", "2021-12-03"), (GROCER, "2021-12-01")):
        steps.append(Step(f"{day}T10:20:00", _recheck(stage, name)))
    return steps


def _minutes(day: str, hour: int, minute: int) -> Callable[[], str]:
    """A clock that goes on by a quarter of an hour at each asking."""
    passed = [hour * 60 + minute - 15]

    def tick() -> str:
        passed[0] += 15
        return f"{day}T{passed[0] // 60:02d}:{passed[0] % 60:02d}:00"

    return tick


def _premises(stage: Stage, street: str) -> None:
    dice, desk = stage.plan.chance("route"), stage.sit("林若溪")
    for number, (name, door) in enumerate(ROUTE, 1):
        keeper = "余海珍" if name == GROCER else name_of(dice, man=dice.random() < 0.6, year=dice.randint(1965, 1995))
        stage.made[f"place:{name}"] = add(
            desk, Place, name=name, kind="场所", within=stage.town.grids[-1], premises="九小场所", address=f"{street}{door}号",
            keeper=keeper, phone=phone(dice), route_no=number,
        )  # fmt: skip


def _autumn(stage: Stage) -> list[Step]:
    """The run of 15 September at the grocer's: item 13 failed, and was right on the 20th."""

    def run() -> None:
        desk, key = stage.sit("林若溪"), _start(stage, GROCER)
        stage.made["danger:September"] = register_danger(
            desk, inspection=key, item=stage.items[12], situation="店内停放电动自行车1辆并充电", due_on="2021-09-22"
        )
        _finish(stage, key)
        issue_notice(desk, stage.made["danger:September"])

    def again() -> None:
        desk, danger = stage.sit("林若溪"), stage.made["danger:September"]
        recheck_danger(desk, danger, recheck=PASS, rechecked_by=INSPECTORS, done_text="已移到室外充电棚")

    return [Step("2021-09-15T15:10:00", run), Step("2021-09-20T09:30:00", again)]


def _start(stage: Stage, name: str) -> str:
    key = start_inspection(stage.sit("林若溪"), place=stage.made[f"place:{name}"], template=stage.template, inspectors=INSPECTORS)
    stage.made[f"run:{name}"] = key
    return key


def _finish(stage: Stage, key: str) -> None:
    """What has no mark yet is right, section by section, and the run is done."""
    for section in SECTIONS:
        mark_rest_of_section(stage.desk, key, section)
    finish_inspection(stage.desk, key)


def _whole_run(stage: Stage, name: str) -> Callable[[], None]:
    def run() -> None:
        key = _start(stage, name)
        if name in FOUND:
            number, situation, due_on = FOUND[name]
            stage.made[f"danger:{name}"] = register_danger(
                stage.desk, inspection=key, item=stage.items[number - 1], situation=situation, due_on=due_on
            )
        _finish(stage, key)
        if name in FOUND:
            issue_notice(stage.desk, stage.made[f"danger:{name}"])

    return run


def _grocer_till_12(stage: Stage) -> None:
    """Nine right, two wrong, one that does not apply; six items are left."""
    desk, key, items = stage.sit("林若溪"), _start(stage, GROCER), stage.items
    for number in (1, 2, 3, 4, 5, 6, 7):
        mark_item(desk, key, items[number - 1], PASS)
    stage.made["danger:extinguisher"] = register_danger(
        desk, inspection=key, item=items[7], situation="灭火器过期2具", handling="当场改", done_text="已换新2具"
    )
    for number, mark in ((9, PASS), (10, PASS), (11, NOT_HERE)):
        mark_item(desk, key, items[number - 1], mark)
    mark_item(desk, key, items[11], FAIL)
    stage.made[f"danger:{GROCER}"] = register_danger(
        desk, inspection=key, item=items[11], situation="后仓冷柜插座私拉线路2处，无漏保", due_on="2021-12-01", departments="科工信,供电"
    )


def _grocer_rest(stage: Stage) -> None:
    stage.sit("林若溪")
    _finish(stage, stage.made[f"run:{GROCER}"])
    issue_notice(stage.desk, stage.made[f"danger:{GROCER}"])


def _recheck(stage: Stage, name: str) -> Callable[[], None]:
    def again() -> None:
        recheck_danger(stage.sit("林若溪"), stage.made[f"danger:{name}"], recheck=PASS, rechecked_by=INSPECTORS, done_text="已整改到位")

    return again
