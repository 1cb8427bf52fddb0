"""Two communities of one sub-district in November 2021, small enough to count by hand (test_figures.py says what comes out).

Each line that must not be counted stands beside one that must: a day too early, a state too soon, ended, merged, a role that
ran out the day before. Written as a district has it: rows of both communities in one ledger.
"""

from dataclasses import dataclass
from typing import Any

from desktop.model.activity import Activity, Campaign, Service
from desktop.model.checkin import CheckIn
from desktop.model.inspection import Danger, Inspection
from desktop.model.opinion import LivelihoodProject, Opinion, ProjectSource
from desktop.model.organisation import Organisation
from desktop.model.person import Person
from desktop.model.place import Place
from desktop.model.record import Record
from desktop.office.desk import Desk
from desktop.store.work import Work
from tests.builders import HARBOUR, NEIGHBOUR, an_id

CORE, OLD, ESTATES = "城市功能核心区", "老旧小区聚集区", "物业小区聚集区"
CAMPAIGN = "双报到双服务"
MEMBER, UNIT = "在职党员", "单位党组织"


@dataclass
class Quarter:
    """One community while its rows are written."""

    work: Work

    def put(self, record: type[Record], *, ended: bool = False, **values: Any) -> str:
        key = self.work.add(record, **values)
        if ended:
            self.work.end(record, key, on="2021-11-15", because="登记错误")
        return key

    def person(self, name: str, roles: str, **values: Any) -> str:
        return self.put(Person, name=name, roles=roles, **values)

    def reported(self, who: str, whose: str, state: str, day: str | None, **more: Any) -> str:
        field = "person" if who == MEMBER else "employer"
        return self.put(CheckIn, who=who, state=state, reported_on=day, **{field: whose}, **more)

    def unit(self, name: str) -> str:
        return self.put(Organisation, name=name)

    def opinion(self, heard_on: str, state: str, **values: Any) -> str:
        return self.put(Opinion, title="意见", text="意见", channel="电话", heard_on=heard_on, state=state, **values)

    def project(self, state: str, completed_on: str | None, main_source: str, **values: Any) -> str:
        told = {"state": state, "completed_on": completed_on, "main_source": main_source}
        return self.put(LivelihoodProject, name="实事", year=2021, **told, **values)

    def service(self, person: str, activity: str | None, served_on: str, minutes: int, state: str, volunteering: int = 0) -> str:
        return self.put(
            Service, person=person, activity=activity, served_on=served_on, minutes=minutes, state=state, volunteering=volunteering
        )

    def run(self, place: str, inspected_on: str, state: str, **values: Any) -> str:
        return self.put(Inspection, place=place, template=an_id(), inspected_on=inspected_on, inspectors="周、林", state=state, **values)

    def danger(self, found_on: str, state: str, due_on: str, place: str, level: str = "一般") -> str:
        return self.put(
            Danger, found_on=found_on, state=state, due_on=due_on, place=place, level=level, situation="堆物", handling="限期改"
        )


def build(desk: Desk) -> None:
    """Both communities are in the ledger."""
    with desk.books.work(who="lin", deed="batch.merge", at="2021-12-02T09:00:00", community=HARBOUR) as work:
        _harbour(Quarter(work))
    with desk.books.work(who="lin", deed="batch.merge", at="2021-12-02T09:00:00", community=NEIGHBOUR) as work:
        _neighbour(Quarter(work))


def _harbour(here: Quarter) -> None:
    whole = here.work.rows(Place, kind="社区")
    root = whole[0]["id"] if whole else here.put(Place, name="滨海社区", kind="社区")
    here.work.change(Place, root, area_kinds=f"{CORE} 2020-01-01~")
    old = here.put(Place, name="老街", kind="小区", area_kinds=f"{OLD} 2020-01-01~")
    plain = here.put(Place, name="新苑", kind="小区")
    changed = here.put(Place, name="改名苑", kind="小区", area_kinds=f"{ESTATES} 2020-01-01~2021-11-29\n{OLD} 2021-11-30~")
    shop, other_shop = here.put(Place, name="小吃店", kind="场所"), here.put(Place, name="修车铺", kind="场所")
    campaign = here.put(Campaign, name=CAMPAIGN)
    _units(here)
    here_p1, here_p4, here_p5, here_p6, here_p7 = _people(here, old, plain, changed)
    linked = _opinions(here, old, campaign)
    _projects(here, linked, campaign)
    cleaning = here.put(Activity, name="清洁家园", held_on="2021-11-10", place=old, campaign=campaign)
    autumn = here.put(Activity, name="上月", held_on="2021-10-10", campaign=campaign)
    study = here.put(Activity, name="学习", held_on="2021-11-30")
    here.put(Activity, name="录错的", held_on="2021-11-11", ended=True)
    here.service(here_p4, cleaning, "2021-11-10", 90, "已登记", 1)
    here.service(here_p1, cleaning, "2021-11-10", 30, "已确认")
    here.service(here_p5, autumn, "2021-10-10", 600, "已登记", 1)
    here.service(here_p6, study, "2021-11-30", 600, "草稿", 1)
    here.service(here_p6, study, "2021-11-30", 45, "已反馈", 1)
    here.service(here_p7, None, "2021-11-15", 600, "退回", 1)
    here.run(shop, "2021-11-08", "已完成", campaign=campaign)
    here.run(shop, "2021-11-20", "已完成")
    here.run(other_shop, "2021-11-21", "检查中")
    here.run(other_shop, "2021-10-31", "已完成")
    here.danger("2021-11-08", "合格销号", "2021-11-09", shop)
    here.danger("2021-11-20", "整改中", "2021-11-29", shop, "重大")
    here.danger("2021-11-20", "整改中", "2021-11-30", old)
    here.danger("2021-10-01", "上报移交", "2021-10-20", shop)
    here.danger("2021-12-01", "登记", "2021-12-03", shop)


def _units(here: Quarter) -> None:
    here.reported(UNIT, here.unit("甲局"), "已报到", "2021-11-05")
    here.reported(UNIT, here.unit("乙局"), "变更", "2020-12-01")
    here.reported(UNIT, here.unit("丙局"), "待报到", None)
    here.reported(UNIT, here.unit("丁局"), "注销", "2021-11-05")
    here.reported(UNIT, here.unit("戊局"), "已报到", "2021-12-01")
    here.reported(UNIT, here.unit("己局"), "已报到", "2021-11-05", ended=True)


def _people(here: Quarter, old: str, plain: str, changed: str) -> tuple[str, str, str, str, str]:
    p1 = here.person("一", "机关党员 2019-07-01~", estate=old, id_number="#aaaa")
    p2 = here.person("二", "机关党员 2019-07-01~2021-11-29")
    here.person("三", "机关党员 2019-07-01~")
    p4 = here.person("四", "镇街干部 2019-07-01~\n两委干部 2019-07-01~", estate=plain)
    p5 = here.person("五", "镇街干部 2019-07-01~")
    p6 = here.person("六", "两委干部 2021-11-30~")
    p7 = here.person("七", "机关党员 2019-07-01~\n基层干部 2019-07-01~", estate=changed)
    here.person("八", "基层干部 2019-07-01~", ended=True)
    here.person("九", "两委干部 2021-12-01~")
    for who, day in ((p1, "2021-11-02"), (p2, "2021-11-02"), (p7, "2019-08-01")):
        here.reported(MEMBER, who, "已报到", day)
    return p1, p4, p5, p6, p7


def _opinions(here: Quarter, old: str, campaign: str) -> str:
    here.opinion("2021-11-01", "登记", due_on="2021-12-31", place=old, campaign=campaign)
    linked = here.opinion("2021-11-10", "办结", due_on="2021-11-11", campaign=campaign)
    here.opinion("2021-11-30", "反馈")
    here.opinion("2021-11-05", "已合并")
    here.opinion("2021-11-06", "撤回")
    here.opinion("2021-11-07", "不采纳")
    here.opinion("2021-10-31", "办理中", due_on="2021-11-29", campaign=campaign)
    here.opinion("2021-10-01", "办理中", due_on="2021-11-30")
    here.opinion("2021-12-01", "登记", due_on="2021-11-02")
    here.opinion("2021-11-12", "登记", due_on="2021-11-13", ended=True)
    return linked


def _projects(here: Quarter, linked: str, campaign: str) -> None:
    begun = here.project("完成", "2021-11-20", "意见建议", campaign=campaign)
    here.put(ProjectSource, project=begun, opinion=linked)
    here.put(ProjectSource, project=begun, opinion=an_id())
    here.project("销号", "2021-11-01", "会议")
    once = here.project("公示", "2021-11-30", "检查")
    here.put(ProjectSource, project=once, opinion=linked, ended=True)
    here.project("验收", "2021-10-31", "会议")
    here.project("实施", None, "共建协议")
    here.project("完成", "2021-11-20", "会议", ended=True)


def _neighbour(there: Quarter) -> None:
    there.put(Place, name="新林社区", kind="社区")
    campaign = there.put(Campaign, name=CAMPAIGN)
    there.reported(UNIT, there.unit("甲局"), "已报到", "2021-11-30")
    same = there.person("一", "机关党员 2019-07-01~", id_number="#aaaa")  # the same human being as in 滨海
    there.reported(MEMBER, same, "已报到", "2021-11-30")
    there.person("十", "基层干部 2019-07-01~", id_number="#bbbb")
    there.opinion("2021-11-15", "销号", campaign=campaign)
    there.project("完成", "2021-11-30", "上级交办")
