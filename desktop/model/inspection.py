"""Inspections: a checklist run at a place, what was found wrong there, and its way back to right."""

from sqlalchemy.orm import Mapped

from desktop.model.field import field
from desktop.model.flow import Due, Flow, Move
from desktop.model.kinds.amounts import Number
from desktop.model.kinds.choices import Choice, Flag, State
from desktop.model.kinds.records import Link, Serial
from desktop.model.kinds.tags import Tags
from desktop.model.kinds.times import Day
from desktop.model.kinds.words import LongText, Name, Text, Title
from desktop.model.place import PREMISES_KINDS
from desktop.model.record import Record
from desktop.model.roles import REVIEWERS

MARKS = "合格 不合格 不适用"
DANGER_KINDS = "消防车通道 疏散通道 楼道堆物 电动车停放充电 私拉乱接 用电线路 消防设施 燃气 安全管理 其他"
DEPARTMENTS = "消防 城管 科工信 供电 住建 街道"


class ChecklistTemplate(Record):
    """检查表: what is looked at in one kind of premises; a new edition is a new template, old runs keep theirs."""

    label, icon, unit = "检查表", "checklist", "份"

    name: Mapped[str] = field("名称", Title(60), required=True, unique=True, listed=True, searched=True)
    premises: Mapped[str | None] = field("适用场所", Tags(PREMISES_KINDS), listed=True)
    basis: Mapped[str | None] = field("依据", Text(100), listed=True)
    in_use: Mapped[int | None] = field("在用", Flag(), listed=True)


class ChecklistItem(Record):
    """检查项: one line of a checklist."""

    label, icon, unit = "检查项", "list-check", "项"
    named_by = ("text",)
    ordered_by = "number"
    belongs_to = "template"

    template: Mapped[str] = field("检查表", Link("checklist_template"), required=True, listed=True)
    number: Mapped[int] = field("序号", Number(least=1, most=999), required=True, listed=True)
    section: Mapped[str | None] = field("段", Text(30), listed=True)
    text: Mapped[str] = field("检查内容", Text(100), required=True, listed=True)
    danger_kind: Mapped[str | None] = field("隐患类别", Choice(DANGER_KINDS), listed=True)


class Inspection(Record):
    """检查: one run of a checklist on one place by at least two people (domain 1.16; 消防法 art. 32)."""

    label, icon, unit = "检查", "clipboard-check", "次"
    named_by = ("serial", "place")
    ordered_by = "-inspected_on"
    keeps = ("template", "inspectors", "inspected_on")
    begins_today = ("inspected_on",)
    begins_as_last = ("template", "inspectors", "campaign")

    serial: Mapped[str | None] = field("编号", Serial("JC"), listed=True, searched=True, written=False)
    place: Mapped[str] = field("场所", Link("place"), required=True, listed=True)
    template: Mapped[str] = field("检查表", Link("checklist_template"), required=True, listed=True)
    inspected_on: Mapped[str] = field("检查日期", Day(), required=True, listed=True)
    inspectors: Mapped[str] = field("检查人", Text(60), required=True, listed=True, help="至少两人，用顿号隔开")
    campaign: Mapped[str | None] = field("专项行动", Link("campaign"))
    note: Mapped[str | None] = field("备注", LongText(500))
    state: Mapped[str] = field("状态", State("检查中 已完成 作废"), listed=True, written=False, together="state")
    state_on: Mapped[str | None] = field("状态日期", Day(), written=False, together="state")

    flow = Flow(
        "检查中 已完成",
        (
            Move("finish", "完成检查", "检查中", "已完成", icon="clipboard-check"),
            Move("void", "作废", "检查中", "作废", asks=("note",), icon="ban", side=True),
        ),
        sides="作废",
        done="已完成 作废",
        due=(Due("检查中", setting="inspection.finish_days", todo="接着查"),),
    )


class Finding(Record):
    """检查结果: the mark of one item in one inspection; written the moment it is given, so a power cut loses none."""

    label, icon, unit = "检查结果", "check", "项"
    named_by = ("number", "mark")
    ordered_by = "number"
    belongs_to = "inspection"

    inspection: Mapped[str] = field("检查", Link("inspection"), required=True, listed=True)
    item: Mapped[str] = field("检查项", Link("checklist_item"), required=True, listed=True)
    number: Mapped[int] = field("序号", Number(least=1, most=999), required=True, listed=True)
    mark: Mapped[str] = field("结果", Choice(MARKS), required=True, listed=True)
    note: Mapped[str | None] = field("说明", Text(200), listed=True)


class Danger(Record):
    """隐患: found → registered → put right → looked at again → struck off (domain 1.16)."""

    label, icon, unit = "隐患整改", "flame", "处"
    named_by = ("serial", "situation")
    ordered_by = "-serial"
    belongs_to = "inspection"

    serial: Mapped[str | None] = field("编号", Serial("YH"), listed=True, searched=True, written=False)
    place: Mapped[str] = field("场所", Link("place"), required=True, listed=True)
    inspection: Mapped[str | None] = field("检查", Link("inspection"), written=False)
    item: Mapped[str | None] = field("检查项", Link("checklist_item"), written=False)
    situation: Mapped[str] = field("部位和情况", Title(120), required=True, listed=True, searched=True)
    danger_kind: Mapped[str | None] = field("类别", Choice(DANGER_KINDS), listed=True)
    level: Mapped[str] = field("等级", Choice("一般 重大"), required=True, listed=True)
    handling: Mapped[str] = field("处理", Choice("当场改 限期改 上报移交"), required=True, listed=True)
    found_on: Mapped[str] = field("发现日期", Day(), required=True, listed=True)
    due_on: Mapped[str | None] = field("限期", Day(), listed=True)
    responsible: Mapped[str | None] = field("责任人", Name(), listed=True)
    departments: Mapped[str | None] = field("移送部门", Tags(DEPARTMENTS), group="移送")
    notice_no: Mapped[str | None] = field("通知书编号", Serial("XG", at_once=False), listed=True, searched=True, written=False)
    notice_on: Mapped[str | None] = field("送达日期", Day(), written=False)
    done_text: Mapped[str | None] = field("整改情况", LongText(300), written=False)
    rechecked_on: Mapped[str | None] = field("复查日期", Day(), written=False)
    rechecked_by: Mapped[str | None] = field("复查人", Text(60), written=False)
    recheck: Mapped[str | None] = field("复查结论", Choice("合格 不合格"), written=False)
    fixed_on: Mapped[str | None] = field("销号日期", Day(), written=False)
    reopened_because: Mapped[str | None] = field("撤销原因", Text(200), written=False)
    state: Mapped[str] = field("状态", State("登记 整改中 合格销号 上报移交"), listed=True, written=False, together="state")
    state_on: Mapped[str | None] = field("状态日期", Day(), written=False, together="state")

    flow = Flow(
        "登记 整改中 合格销号",
        (
            Move("issue_notice", "出整改通知书", "登记", "整改中", asks=("due_on", "responsible?"), icon="file-text"),
            Move("fix_at_once", "当场改好", "登记", "合格销号", asks=("done_text",), icon="circle-check", side=True),
            Move("recheck", "复查", "整改中 上报移交", "合格销号",
                 asks=("rechecked_on", "rechecked_by", "recheck", "done_text?", "due_on?"), icon="list-check"),
            Move("refer", "上报移交", "登记 整改中", "上报移交", asks=("departments",), icon="share", side=True),
            Move("reopen", "撤销销号", "合格销号", "整改中", asks=("reopened_because", "due_on"), by=REVIEWERS, icon="history",
                 side=True, undoes=True),
        ),
        sides="上报移交",
        done="合格销号",
        due=(
            Due("登记", setting="danger.notice_days", todo="出通知书"),
            Due("整改中 上报移交", field="due_on", todo="去复查"),
        ),
    )  # fmt: skip
