"""意见建议: the ledger, the slip that puts one into somebody's hands, and the answer read back to who said it."""

from desktop.office.facts import Align, Column, ListFacts
from desktop.office.facts.opinions import HandOverFacts, OpinionFacts, OpinionLedgerFacts, ReplyFacts
from desktop.reports.boxes import Choices, Opinion, Words, centred, label
from desktop.reports.fonts import FontBook, shipped
from desktop.reports.form import Form, FormRow, form, head, row
from desktop.reports.pen import MM
from desktop.reports.plain import plain_list
from desktop.reports.sheet import Paper, bind, page_foot

LEDGER = (
    Column("编号", 22, Align.CENTRE, tight=True),
    Column("收集日期", 21, Align.CENTRE, tight=True),
    Column("渠道", 16, Align.CENTRE),
    Column("来源", 18, Align.CENTRE),
    Column("小区", 20, Align.CENTRE),
    Column("意见建议内容", 62),
    Column("承办单位", 24),
    Column("办理期限", 21, Align.CENTRE, tight=True),
    Column("状态", 14, Align.CENTRE, tight=True),
    Column("办结日期", 21, Align.CENTRE, tight=True),
    Column("满意度", 15, Align.CENTRE, tight=True),
)
SATISFACTION = ("满意", "基本满意", "不满意")


def opinion_rows(facts: OpinionLedgerFacts) -> ListFacts:
    """意见建议台账 line by line."""
    rows = tuple(
        (o.serial, o.heard_on, o.channel, o.source, o.place, o.text, o.unit, o.due_on, o.state, o.closed_on, o.satisfaction)
        for o in facts.opinions
    )
    return ListFacts(
        f"{facts.office.community}意见建议台账",
        LEDGER,
        rows,
        facts.office,
        facts.mark,
        left=f"单位：{facts.office.place}　　期间：{facts.period}",
        right=f"制表时间：{facts.made_on}",
    )


def opinion_ledger(facts: OpinionLedgerFacts, book: FontBook | None = None) -> Paper:
    """意见建议台账."""
    return plain_list(opinion_rows(facts), book)


def _what_was_said(opinion: OpinionFacts) -> tuple[FormRow, ...]:
    """The rows that both slips begin with."""
    value = Words
    return (
        row(label("意见编号"), value(opinion.serial), label("收集日期"), value(opinion.heard_on)),
        row(label("收集渠道"), value(opinion.channel), label("来源活动"), value(opinion.source)),
        row(label("类　　别"), value(opinion.kind), label("所在小区"), value(opinion.place)),
    )


def hand_over_slip(facts: HandOverFacts, book: FontBook | None = None) -> Paper:
    """交办单: what is asked, of whom, by when; signed by the office, then by who takes it."""
    book, opinion, value = book or shipped(), facts.opinion, Words
    made = Form(
        "意见建议交办单",
        (30, 57, 30, 57),
        (
            *_what_was_said(opinion),
            row(label("意见建议内容"), (Words(opinion.text, on_top=True), 3), least=30 * MM, grow=1),
            row(label("建议办法"), (value(opinion.proposal), 3), least=14 * MM),
            row(label("研判结论"), (value(opinion.verdict), 3)),
            row(label("承办单位"), value(opinion.unit), label("承 办 人"), value(opinion.handler)),
            row(label("交办日期"), value(facts.handed_on), label("办理期限"), value(opinion.due_on)),
            row(label("办理要求"), (value(facts.requirement), 3), least=14 * MM),
            row(label("社区交办意见"), (Opinion("", ("社区党组织负责人：", "（盖章）")), 3), least=40 * MM),
            row(label("承办单位签收"), (Opinion("", ("签收人：",), seal=False), 3), least=20 * MM),
            row(label("办理结果"), (Opinion("", ("承办人：", "承办单位（盖章）")), 3), least=46 * MM, grow=1),
        ),
        left=f"编号：{facts.serial}",
        right=f"交办单位：{facts.office.place}",
        notes=("说明：本单一式两份，社区、承办单位各存一份；请按期填写办理结果送回社区，确需延期的，期满前说明理由。",),
        foot=page_foot(facts.mark),
    )
    return bind(book, f"意见建议交办单 {facts.serial}", facts.office, [form(made, book)])


def reply_slip(facts: ReplyFacts, book: FontBook | None = None) -> Paper:
    """反馈单: what was done, step by step, and what the person says to it."""
    book, opinion, value = book or shipped(), facts.opinion, Words
    steps = [row(centred(one.day), centred(one.who), (value(one.what), 2)) for one in opinion.handlings]
    if not steps:
        steps = [row((centred("无办理经过记录"), 4))]
    made = Form(
        "意见建议办理反馈单",
        (30, 57, 30, 57),
        (
            *_what_was_said(opinion),
            row(label("提 出 人"), value(opinion.said_by), label("办结日期"), value(opinion.closed_on)),
            row(label("意见建议内容"), (Words(opinion.text, on_top=True), 3), least=26 * MM, grow=1),
            head(label("办理日期"), label("承办单位（人）"), (label("办理经过"), 2)),
            *steps,
            row(label("办理结果"), (Words(opinion.result, on_top=True), 3), least=26 * MM, grow=1),
            row(label("办理期限"), value(opinion.due_on), label("延期及理由"), value(opinion.extension)),
            row(label("反馈方式"), value(opinion.reply_way), label("反馈日期"), value(opinion.replied_on)),
            row(label("反 馈 人"), value(opinion.replied_by), label("承办单位"), value(opinion.unit)),
            row(label("满 意 度"), (Choices(SATISFACTION, frozenset({opinion.satisfaction})), 3), least=11 * MM),
            row(label("提出人意见"), (Opinion("", ("签名：",), seal=False), 3), least=24 * MM, grow=0.5),
            row(label("社区审核意见"), (Opinion("", ("社区党组织负责人：", "（盖章）")), 3), least=40 * MM, grow=0.5),
        ),
        left=f"编号：{facts.serial}",
        right=f"填表日期：{facts.made_on}",
        foot=page_foot(facts.mark),
    )
    return bind(book, f"意见建议办理反馈单 {facts.serial}", facts.office, [form(made, book)])
