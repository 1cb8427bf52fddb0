"""How an office hears its people: an opinion, what was done about it, and the livelihood project that may come of it."""

from sqlalchemy.orm import Mapped

from desktop.model.field import Upward, field
from desktop.model.flow import Due, Flow, Move
from desktop.model.kinds.amounts import Number
from desktop.model.kinds.choices import Choice, Flag, State
from desktop.model.kinds.identity import Phone
from desktop.model.kinds.records import Link, Serial
from desktop.model.kinds.times import Day
from desktop.model.kinds.words import LongText, Name, Text, Title
from desktop.model.record import Record
from desktop.model.roles import REVIEWERS, WRITERS

CHANNELS = "入户走访 服务窗口 电话 热线 居民信箱 微信群 协商会 联席会 检查发现 上级转办 其他"
TOPICS = "市政 环境 交通 消防 治安 物业 空间微提升 消防微整治 景观微更新 民生保障 文体 其他"
PROJECT_SOURCES = "意见建议 会议 检查 共建协议 上级交办"


class Opinion(Record):
    """意见建议: what a resident asks for, from the first hearing to the day the answer is read back to him.

    Clocks: 信访工作条例 arts. 22 and 34 (15 days to route, 60 to close, one extension of at most 30 with the reason told),
    taken as settings; a community is no 信访 body. Who spoke never leaves the community.
    """

    label, icon = "意见建议", "message-report"
    named_by = ("serial", "title")
    ordered_by = "-serial"
    keeps = ("channel", "campaign", "heard_on", "place")
    begins_today = ("heard_on",)

    serial: Mapped[str | None] = field("编号", Serial("YJ"), listed=True, searched=True, written=False)
    title: Mapped[str] = field("标题", Title(60), required=True, listed=True, searched=True, group="内容")
    text: Mapped[str] = field("内容", LongText(2000), required=True, group="内容")
    proposal: Mapped[str | None] = field("建议办法", LongText(500), group="内容")
    heard_on: Mapped[str] = field("收集日期", Day(), required=True, listed=True, group="内容")
    channel: Mapped[str] = field("渠道", Choice(CHANNELS), required=True, listed=True, group="内容")
    topic: Mapped[str | None] = field("类别", Choice(TOPICS), listed=True, group="内容")
    campaign: Mapped[str | None] = field("专项行动", Link("campaign"), group="内容", was=("来源活动",))
    place: Mapped[str | None] = field("所在小区", Link("place"), listed=True, group="内容")
    heard_by: Mapped[str | None] = field("收集人", Link("person"), group="内容")
    said_by: Mapped[str | None] = field("提出人", Name(), group="提出人（可匿名）", searched=True, upward=Upward.NEVER, seen_by=WRITERS)
    said_where: Mapped[str | None] = field("楼栋", Text(60), group="提出人（可匿名）", upward=Upward.NEVER)
    phone: Mapped[str | None] = field("联系电话", Phone(), searched=True, group="提出人（可匿名）")
    verdict: Mapped[str | None] = field("研判结论", Choice("采纳 部分采纳 不采纳 转办"), written=False)
    verdict_reason: Mapped[str | None] = field("研判说明", LongText(300), written=False)
    handling_unit: Mapped[str | None] = field("承办单位", Link("organisation"), listed=True, written=False)
    handler: Mapped[str | None] = field("承办人", Text(40), written=False)
    order_no: Mapped[str | None] = field("交办单号", Serial("JB", at_once=False), searched=True, written=False)
    due_on: Mapped[str | None] = field("办理期限", Day(), listed=True, written=False)
    extended_because: Mapped[str | None] = field("延期理由", Text(200), written=False)
    result: Mapped[str | None] = field("办理结果", LongText(1000), written=False)
    closed_on: Mapped[str | None] = field("办结日期", Day(), written=False)
    replied_on: Mapped[str | None] = field("反馈日期", Day(), written=False)
    replied_by: Mapped[str | None] = field("反馈方式", Choice("当面 电话 书面 微信 张贴"), written=False)
    satisfied: Mapped[str | None] = field("满意度", Choice("满意 基本满意 不满意"), written=False)
    reopened_because: Mapped[str | None] = field("重开原因", Text(200), written=False)
    same_as: Mapped[str | None] = field("并入", Link("opinion"), written=False)
    state: Mapped[str] = field(
        "状态", State("登记 研判 交办 办理中 办结 反馈 销号 不采纳 已合并 撤回"), listed=True, written=False, together="state"
    )
    state_on: Mapped[str | None] = field("状态日期", Day(), written=False, together="state")

    flow = Flow(
        "登记 研判 交办 办理中 办结 反馈 销号",
        (
            Move("study", "研判", "登记", "研判", asks=("verdict", "verdict_reason?"), icon="list-check"),
            Move("hand_over", "交办", "研判", "交办", asks=("handling_unit", "handler?", "due_on"), icon="send"),
            Move("take_up", "开始办理", "交办", "办理中", icon="player-play"),
            Move("settle_at_once", "当场解决", "登记 研判", "办结", asks=("result", "closed_on"), icon="circle-check", side=True),
            Move("close", "填办结", "办理中 交办", "办结", asks=("result", "closed_on"), icon="check"),
            Move("reply", "填反馈", "办结", "反馈", asks=("replied_on", "replied_by", "satisfied?"), icon="message-report"),
            Move("strike_off", "销号", "反馈", "销号", by=REVIEWERS, icon="circle-check"),
            Move("extend", "延期", "交办 办理中", "办理中", asks=("due_on", "extended_because"), icon="calendar", side=True),
            Move("pass_on", "转办", "交办 办理中", "交办", asks=("handling_unit", "handler?"), icon="rotate", side=True),
            Move("decline", "不采纳", "登记 研判", "不采纳", asks=("verdict_reason",), by=REVIEWERS, icon="ban", side=True),
            Move("merge", "并入另一条", "登记 研判 交办 办理中", "已合并", asks=("same_as",), icon="git-compare", side=True),
            Move("withdraw", "撤回", "登记 研判", "撤回", asks=("verdict_reason",), icon="arrow-left", side=True),
            Move("reopen", "重新打开", "办结 反馈 销号 不采纳", "办理中", asks=("reopened_because", "due_on"), by=REVIEWERS, icon="history",
                 side=True, undoes=True),
        ),
        sides="不采纳 已合并 撤回",
        done="销号 不采纳 已合并 撤回",
        due=(
            Due("登记", setting="opinion.study_days", since="heard_on", todo="去研判"),
            Due("研判", field="due_on", todo="去交办"),
            Due("交办 办理中", field="due_on", todo="填办结"),
            Due("办结", setting="opinion.reply_days", since="closed_on", todo="去回访"),
        ),
    )  # fmt: skip


class Handling(Record):
    """办理经过: one entry in the diary of an opinion: who did what on which day."""

    label, icon = "办理经过", "history"
    named_by = ("done_on", "text")
    ordered_by = "-done_on"
    belongs_to = "opinion"

    opinion: Mapped[str] = field("意见建议", Link("opinion"), required=True)
    done_on: Mapped[str] = field("日期", Day(), required=True, listed=True)
    step: Mapped[str] = field("事项", Text(20), required=True, listed=True)
    done_by: Mapped[str | None] = field("经办", Text(40), listed=True)
    text: Mapped[str] = field("经过", LongText(1000), required=True, listed=True)


class LivelihoodProject(Record):
    """民生实事: something that is really done for the people; it has none, one or many opinions behind it (domain 1.3).

    `main_source` is exclusive, so that 来源构成 adds up; the opinions themselves are linked one by one.
    """

    label, icon, unit = "民生实事", "home-heart", "件"
    named_by = ("serial", "name")
    ordered_by = "-serial"
    keeps = ("year", "main_source")

    serial: Mapped[str | None] = field("编号", Serial("SS"), listed=True, searched=True, written=False)
    name: Mapped[str] = field("名称", Title(80), required=True, listed=True, searched=True)
    topic: Mapped[str | None] = field("类别", Choice(TOPICS), listed=True)
    year: Mapped[int] = field("年度", Number("年", 1990, 2100), required=True, listed=True)
    main_source: Mapped[str] = field("主要来源", Choice(PROJECT_SOURCES), required=True, listed=True)
    place: Mapped[str | None] = field("所在小区", Link("place"), listed=True)
    campaign: Mapped[str | None] = field("专项行动", Link("campaign"), was=("来源活动",))
    lead: Mapped[str | None] = field("牵头单位", Link("organisation"), listed=True, group="实施")
    partners: Mapped[str | None] = field("配合单位", Text(100), group="实施")
    keeper: Mapped[str | None] = field("社区责任人", Text(40), group="实施")
    funds: Mapped[str | None] = field("资金来源", Text(60), group="实施")
    starts_on: Mapped[str | None] = field("计划开工", Day(), group="实施")
    ends_on: Mapped[str | None] = field("计划完成", Day(), listed=True, group="实施")
    progress: Mapped[int | None] = field("进度", Number("%", most=100), group="实施")
    households: Mapped[int | None] = field("受益户数", Number("户", most=1_000_000), group="实施")
    completed_on: Mapped[str | None] = field("完成日期", Day(), listed=True, written=False)
    opinion_of_check: Mapped[str | None] = field("验收意见", LongText(300), written=False)
    posted_on: Mapped[str | None] = field("公示日期", Day(), written=False)
    state: Mapped[str] = field("状态", State("谋划 立项 实施 完成 验收 公示 销号"), listed=True, written=False, together="state")
    state_on: Mapped[str | None] = field("状态日期", Day(), written=False, together="state")

    flow = Flow(
        "谋划 立项 实施 完成 验收 公示 销号",
        (
            Move("approve", "立项", "谋划", "立项", by=REVIEWERS, icon="file-text"),
            Move("build", "开始实施", "立项", "实施", asks=("lead?", "starts_on?", "ends_on"), icon="player-play"),
            Move("complete", "填完成", "实施", "完成", asks=("completed_on", "households?"), icon="check"),
            Move("accept", "验收", "完成", "验收", asks=("opinion_of_check",), by=REVIEWERS, icon="list-check"),
            Move("post", "公示", "验收", "公示", asks=("posted_on",), icon="file-text"),
            Move("strike_off", "销号", "公示", "销号", by=REVIEWERS, icon="circle-check"),
        ),
        done="销号",
        due=(Due("立项 实施", field="ends_on", todo="填完成"),),
    )


class ProjectSource(Record):
    """实事来源: one of the n:m links between opinions and livelihood projects."""

    label, icon = "实事来源", "link"
    named_by = ("project", "opinion")
    belongs_to = "project"

    project: Mapped[str] = field("民生实事", Link("livelihood_project"), required=True, listed=True)
    opinion: Mapped[str] = field("意见建议", Link("opinion"), required=True, listed=True)
    told: Mapped[int | None] = field("已答复提出人", Flag(), listed=True)
