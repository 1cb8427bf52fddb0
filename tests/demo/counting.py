"""The figures of a ledger counted row by row, as somebody would with the lists spread out on a table."""

from collections.abc import Iterable

from desktop.model.activity import Activity, Service
from desktop.model.checkin import CheckIn
from desktop.model.inspection import Danger, Inspection
from desktop.model.opinion import LivelihoodProject, Opinion, ProjectSource
from desktop.model.person import FRONT_LINE_ROLES, Person
from desktop.office.desk import Desk

LAST = "2021-12-31"
DONE = ("完成", "验收", "公示", "销号")


def front_line(desk: Desk) -> dict[str, set[str]]:
    """Role → the ID numbers of those who went to the front line in it."""
    reported = {row["person"] for row in desk.rows(CheckIn, who="在职党员") if row["state"] == "已报到"}
    served = {row["person"] for row in desk.rows(Service)}
    found: dict[str, set[str]] = {role: set() for role in FRONT_LINE_ROLES}
    for row in desk.rows(Person):
        for role in Person.fields()["roles"].kind.at(row["roles"], LAST):
            if role == "机关党员" and row["id"] not in reported:
                continue
            if role == "镇街干部" and row["id"] not in served:
                continue
            if role in found:
                found[role].add(row["id_number"])
    return found


def count_by_hand(desk: Desk) -> dict[str, int]:
    """The district's list, number by number."""
    people = front_line(desk)
    opinions, dangers = desk.rows(Opinion), desk.rows(Danger)
    projects = [row for row in desk.rows(LivelihoodProject) if row["state"] in DONE and row["completed_on"] <= LAST]
    linked = {row["project"] for row in desk.rows(ProjectSource)}
    return {
        **{key: len(people[role]) for key, role in zip("2345", FRONT_LINE_ROLES, strict=True)},
        "sum": sum(map(len, people.values())),
        "2-5": len(set().union(*people.values())),
        "1": sum(row["who"] == "单位党组织" and row["state"] == "已报到" for row in desk.rows(CheckIn)),
        "6": sum(row["state"] != "已合并" for row in opinions),
        "6.merged": sum(row["state"] == "已合并" for row in opinions),
        "7": sum(row["state"] in ("办结", "反馈", "销号") for row in opinions),
        "7.overdue": sum(row["state"] in ("登记", "研判", "交办", "办理中") and row["due_on"] < LAST for row in opinions),
        "8": len(projects),
        "8.opinion": sum(row["id"] in linked for row in projects),
        "8.none": sum(row["id"] not in linked for row in projects),
        **{f"8.{source}": sum(row["main_source"] == source for row in projects) for source in _sources()},
        "14": len(desk.rows(Activity)),
        "14.times": len(desk.rows(Service)),
        "25": len({row["place"] for row in desk.rows(Inspection) if row["state"] == "已完成"}),
        "25.found": len(dangers),
        "25.fixed": sum(row["state"] == "合格销号" for row in dangers),
        "25.overdue": sum(row["state"] == "整改中" and row["due_on"] < LAST for row in dangers),
    }


def _sources() -> Iterable[str]:
    return ("意见建议", "会议", "检查", "共建协议", "上级交办")
