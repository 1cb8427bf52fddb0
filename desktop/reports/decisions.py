"""冲突决定单: what two histories said of one record, what was chosen, why, and who answers for it."""

from desktop.office.facts.decisions import DecisionFacts
from desktop.reports.boxes import Opinion, Words, centred, label
from desktop.reports.fonts import FontBook, shipped
from desktop.reports.form import Form, form, head, row
from desktop.reports.pen import MM
from desktop.reports.sheet import Paper, bind, page_foot


def decision_slip(facts: DecisionFacts, book: FontBook | None = None) -> Paper:
    """One decision on one sheet: each field with both values and the one that holds."""
    book = book or shipped()
    fields = [
        row(label(one.field), centred(one.ours), centred(one.theirs), label(one.chosen), centred(one.side), least=13 * MM)
        for one in facts.lines
    ]
    made = Form(
        "数据冲突决定单",
        (28, 40, 40, 40, 30),
        (
            row(label("记　　录"), (Words(facts.record), 2), label("类　　别"), Words(facts.kind)),
            head(label("项　　目"), label("本社区的"), label("对方的"), label("定　　为"), label("选　　择")),
            *fields,
            row(label("依　　据"), (Words(facts.reason or "未填", on_top=True), 4), least=24 * MM, grow=1),
            row(label("决 定 人"), Words(facts.by), label("决定时间"), (Words(facts.at), 2)),
            row(label("社区审核意见"), (Opinion("", ("社区党组织负责人：", "（盖章）")), 4), least=40 * MM, grow=0.5),
        ),
        left=f"编号：{facts.number}",
        right=f"单位：{facts.office.place}",
        notes=("说明：同一项两边各报了一个值，由本社区选定一个，随下一批上报；未选的值留在历史里，可以查到。",),
        foot=page_foot(facts.mark),
    )
    return bind(book, f"数据冲突决定单 {facts.number}", facts.office, [form(made, book)])
