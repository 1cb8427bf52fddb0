"""Checking in: a unit's party organisation or an in-service member reports to the community (双报到)."""

from sqlalchemy.orm import Mapped

from desktop.model.field import Upward, field
from desktop.model.flow import Due, Flow, Move
from desktop.model.kinds.choices import Choice, State
from desktop.model.kinds.records import Link, Serial
from desktop.model.kinds.times import Day
from desktop.model.kinds.words import LongText, Text
from desktop.model.record import Record
from desktop.model.roles import REVIEWERS

REPORTED, CANCELLED = ("已报到", "变更"), "注销"  # the states in which a report stands, and the one in which it does no more
CANCEL_REASONS = "调离 搬离 退休转入 去世 其他"


class CheckIn(Record):
    """双报到: one report of one unit or one member, from the day it is owed to the day it is cancelled (domain 1.1).

    A cancelled report is never deleted and may be taken up again with a reason; whoever stands reported cannot report again.
    """

    label, icon, unit = "双报到", "clipboard-check", "份"
    named_by = ("who", "person", "employer")
    ordered_by = "-reported_on"
    keeps = ("who", "branch_duty")
    begins_today = ("reported_on",)

    slip_no: Mapped[str | None] = field("回执编号", Serial("HZ", at_once=False), listed=True, searched=True, written=False)
    who: Mapped[str] = field("报到类型", Choice("在职党员 单位党组织"), required=True, listed=True)
    person: Mapped[str | None] = field("报到人", Link("person"), listed=True)
    employer: Mapped[str | None] = field("单位", Link("organisation"), listed=True)
    reported_on: Mapped[str | None] = field("报到日期", Day(), listed=True)
    branch_duty: Mapped[str | None] = field("认领岗位", Text(100), group="服务意愿", listed=True)
    goals: Mapped[str | None] = field("目标任务", LongText(300), group="服务意愿")
    slip_returned_on: Mapped[str | None] = field("回执交还日期", Day(), group="服务意愿", help="单位或本人把盖章回执交回的日期")
    state: Mapped[str] = field("状态", State("待报到 已报到 变更 注销"), listed=True, written=False, together="state")
    state_on: Mapped[str | None] = field("状态日期", Day(), written=False, together="state")
    cancelled_because: Mapped[str | None] = field("注销原因", Choice(CANCEL_REASONS), written=False)
    reason: Mapped[str | None] = field("说明", Text(200), written=False, upward=Upward.NEVER)

    flow = Flow(
        "待报到 已报到",
        (
            Move("report", "报到", "待报到", "已报到", asks=("reported_on", "branch_duty?"), icon="circle-check"),
            Move("move", "变更单位或住址", "已报到 变更", "变更", asks=("employer?", "reason"), icon="edit", side=True),
            Move("return_slip", "回执已交还", "已报到 变更", "已报到", asks=("slip_returned_on",), icon="file-text", side=True),
            Move("cancel", "注销", "待报到 已报到 变更", "注销", asks=("cancelled_because", "reason?"), icon="ban", side=True),
            Move("resume", "撤销注销", "注销", "已报到", asks=("reason",), by=REVIEWERS, icon="history", side=True, undoes=True),
        ),
        sides="变更 注销",
        done="注销",
        due=(Due("待报到", setting="checkin.report_days", todo="去报到"),),
    )
