"""服务与活动: what a member did, as his unit is told at the quarter's end."""

from desktop.office.facts import Align
from desktop.office.facts.activities import ServiceCardFacts
from desktop.reports.boxes import Opinion, Words, centred, label
from desktop.reports.fonts import FontBook, shipped
from desktop.reports.form import Form, form, head, row
from desktop.reports.pen import MM
from desktop.reports.sheet import Paper, bind, page_foot

LINES = 12  # a card looks full, and a late service can be written in by hand


def service_card(facts: ServiceCardFacts, book: FontBook | None = None) -> Paper:
    """党员服务记录卡: who, each service, the sum, and the community's word to the unit."""
    book, member, value = book or shipped(), facts.member, Words
    lines = [
        row(
            centred(str(number), 10),
            centred(line.day, 10),
            (Words(line.what, size=10), 2),
            Words(line.where, size=10),
            Words(line.hours, size=10, align=Align.RIGHT),
            centred(line.volunteer, 10),
            centred(line.judged, 10),
            centred(line.confirmed_by, 10),
        )
        for number, line in enumerate(facts.lines, start=1)
    ]
    if not lines:
        lines = [row((centred("本期无服务记录"), 9))]
    blanks = [row(*[value("")] * 2, (value(""), 2), *[value("")] * 5) for _ in range(LINES - len(lines) if facts.lines else 0)]
    total = f"合计　服务 {facts.times} 次，时长 {facts.hours} 小时，其中计入志愿服务 {facts.volunteer_hours} 小时"
    made = Form(
        "党员服务记录卡",
        (12, 26, 21, 28, 30, 14, 15, 18, 20),
        (
            row(
                (label("姓　　名"), 2),
                value(member.name),
                label("性　　别"),
                value(member.sex),
                (label("联系电话"), 2),
                (value(member.phone), 2),
            ),
            row((label("工作单位"), 2), (value(member.unit), 3), (label("所在党支部"), 2), (value(member.branch), 2)),
            row((label("报到日期"), 2), (value(member.checked_in_on), 3), (label("所属网格"), 2), (value(member.grid), 2)),
            head(
                label("序号", 10),
                label("服务日期", 10),
                (label("服务内容", 10), 2),
                label("地　点", 10),
                label("时长", 10),
                label("计入\n志愿", 10),
                label("群众\n评价", 10),
                label("确认人", 10),
                least=11 * MM,
            ),
            *lines,
            *blanks,
            row((Words(total), 9), least=10 * MM),
            row(
                (label("社区党组织意见"), 2),
                (Opinion(facts.opinion, ("社区党组织负责人：", "（盖章）")), 7),
                least=44 * MM,
                grow=1,
            ),
        ),
        left=f"社区：{facts.office.place}",
        right=f"期间：{facts.period}",
        notes=("说明：本卡由社区据实登记，每季度末反馈所在单位党组织；“计入志愿”为“是”的，方可列入志愿服务记录证明。",),
        foot=page_foot(facts.mark),
    )
    return bind(book, "党员服务记录卡", facts.office, [form(made, book)])
