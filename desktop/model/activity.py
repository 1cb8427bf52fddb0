"""Services and activities: one entry for an afternoon, a line for each who came."""

from sqlalchemy.orm import Mapped

from desktop.model.field import Upward, field
from desktop.model.flow import Flow, Move
from desktop.model.kinds.amounts import Minutes, Number
from desktop.model.kinds.choices import Choice, Flag, State
from desktop.model.kinds.records import Link
from desktop.model.kinds.tags import Tags
from desktop.model.kinds.times import Clock, Day
from desktop.model.kinds.words import LongText, Text, Title
from desktop.model.record import Record
from desktop.model.roles import REVIEWERS

FIVE_JOINTS = "队伍联建 资源联合 文明联创 公益联办 治安联防"
ACTIVITY_KINDS = "志愿服务 义诊 法律援助 宣传 走访 环境整治 治安巡逻 文体 学习 其他"


class Campaign(Record):
    """活动品牌: 双报到双服务, 一亲三心 and their like: a tag with dates on whatever is done under it (domain 1.2)."""

    label, icon, unit = "专项行动", "star", "项"

    name: Mapped[str] = field("名称", Title(60), required=True, unique=True, listed=True, searched=True)
    starts_on: Mapped[str | None] = field("开始日期", Day(), listed=True)
    ends_on: Mapped[str | None] = field("结束日期", Day(), listed=True)
    owner: Mapped[str | None] = field("牵头部门", Text(60), listed=True)
    note: Mapped[str | None] = field("说明", LongText(500))


class Activity(Record):
    """活动: what was done on one day at one place; its tags serve 双报到, 五联 and 一月一主题 at once (domain 1.7, 1.17)."""

    label, icon, unit = "活动", "calendar", "场"
    ordered_by = "-held_on"
    keeps = ("campaign", "activity_kind", "place")
    begins_today = ("held_on",)

    name: Mapped[str] = field("活动名称", Title(80), required=True, listed=True, searched=True)
    held_on: Mapped[str] = field("日期", Day(), required=True, listed=True)
    starts_at: Mapped[str | None] = field("开始时间", Clock(), listed=True)
    ends_at: Mapped[str | None] = field("结束时间", Clock())
    place: Mapped[str | None] = field("地点", Link("place"), listed=True)
    activity_kind: Mapped[str | None] = field("类别", Choice(ACTIVITY_KINDS), listed=True)
    campaign: Mapped[str | None] = field("专项行动", Link("campaign"), listed=True, group="标签")
    joints: Mapped[str | None] = field("五联", Tags(FIVE_JOINTS), listed=True, group="标签")
    host: Mapped[str | None] = field("主办单位", Text(80), group="标签")
    helpers: Mapped[str | None] = field("协办单位", Text(200), group="标签")
    served: Mapped[int | None] = field("服务群众", Number("人次", most=100_000), listed=True, group="内容与成效")
    content: Mapped[str | None] = field("内容", LongText(1000), searched=False, group="内容与成效")
    outcome: Mapped[str | None] = field("成效", LongText(500), group="内容与成效")


class Service(Record):
    """服务记录: one person's part in an activity (domain 1.1, 1.4).

    Serving by duty is not volunteering: 计入志愿服务 is asked, and only such hours stand on a certificate (志愿服务条例).
    """

    label, icon, unit = "服务记录", "heart-handshake", "人次"
    named_by = ("person", "served_on")
    ordered_by = "-served_on"
    belongs_to = "activity"

    served_on: Mapped[str] = field("服务日期", Day(), required=True, listed=True)
    person: Mapped[str] = field("服务人员", Link("person"), required=True, listed=True)
    activity: Mapped[str | None] = field("活动", Link("activity"), listed=True)
    minutes: Mapped[int] = field("时长（小时）", Minutes(), required=True, listed=True, was=("服务时长", "时长"))
    volunteering: Mapped[int] = field("计入志愿服务", Flag(), required=True, listed=True)
    content: Mapped[str | None] = field("服务内容", Text(200), listed=True, group="内容与评价")
    rating: Mapped[str | None] = field("群众评价", Choice("满意 基本满意 不满意"), group="内容与评价")
    note: Mapped[str | None] = field("备注", Text(200), group="内容与评价", upward=Upward.NEVER)
    state: Mapped[str] = field("状态", State("草稿 已登记 已确认 已反馈 退回 作废"), listed=True, written=False, together="state")
    state_on: Mapped[str | None] = field("状态日期", Day(), written=False, together="state")
    reason: Mapped[str | None] = field("原因", Text(200), written=False)

    flow = Flow(
        "草稿 已登记 已确认 已反馈",
        (
            Move("register", "登记", "草稿 退回", "已登记", icon="device-floppy"),
            Move("confirm", "社区确认", "已登记", "已确认", by=REVIEWERS, icon="circle-check"),
            Move("feed_back", "反馈单位", "已确认", "已反馈", icon="send"),
            Move("send_back", "退回", "已登记", "退回", asks=("reason",), by=REVIEWERS, icon="arrow-left", side=True),
            Move("void", "作废", "草稿 已登记 已确认 退回", "作废", asks=("reason",), icon="ban", side=True),
        ),
        sides="退回 作废",
        done="已反馈 作废",
    )
