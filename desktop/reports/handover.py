"""移交登记表: the slip that goes with a stick. Two offices sign it; no resident is named on it."""

from desktop.model.digest import hash_groups
from desktop.office.facts import Align
from desktop.office.facts.handover import BatchFacts
from desktop.reports.boxes import Choices, Opinion, QrBox, Stack, Words, centred, label
from desktop.reports.fonts import FontBook, Style, shipped
from desktop.reports.form import Form, FormRow, form, head, row
from desktop.reports.pen import MM
from desktop.reports.sheet import Paper, bind, page_foot

COPY_NAMES = ("第一份　移交单位存", "第二份　接收单位存")
CHECKS = ("载体外观完好", "已查杀病毒", "文件可读", "前两组摘要相符")


def hand_over_sheet(facts: BatchFacts, book: FontBook | None = None) -> Paper:
    """数据移交登记表 of one batch, in its copies."""
    book = book or shipped()
    notes = COPY_NAMES if facts.copies == len(COPY_NAMES) else tuple(f"第{at + 1}份" for at in range(facts.copies))
    return bind(book, f"数据移交登记表 第{facts.number}批", facts.office, [form(_sheet(facts, note), book) for note in notes])


def _sheet(facts: BatchFacts, note: str) -> Form:
    value, office = Words, facts.office
    return Form(
        "数据移交登记表",
        (29, 29, 29, 29, 29, 29),
        (
            row(label("移交单位"), (value(office.place), 2), label("社区代码"), (value(office.code), 2)),
            row(label("接收单位"), (value(facts.to), 5)),
            row(label("批　　次"), (value(f"第 {facts.number} 批"), 2), label("所属期间"), (value(facts.period), 2)),
            row(label("文 件 名"), (value(facts.file_name), 5)),
            row(label("文件大小"), (value(facts.size), 2), label("载　　体"), (value(facts.carrier), 2)),
            row(label("制作时间"), (value(facts.made_at), 2), label("制 作 人"), (value(facts.made_by), 2)),
            row(label("包含范围"), (value(facts.carries_since), 5)),
            head(*[label("种　类"), label("条　数")] * 3, least=8 * MM, side=""),
            *_count_rows(facts),
            row(label("合　　计"), (Words(f"{facts.total} 条"), 5)),
            row(label("文件摘要\n（SHA-256）"), (_digest(facts), 3), (QrBox(facts.header_line, "扫码核对文件头", 34 * MM), 2)),
            row(label("接收检查"), (Choices(CHECKS), 5), least=11 * MM),
            row(
                (Opinion("移交单位", ("移交人签名：", "（盖章）")), 3),
                (Opinion("接收单位", ("接收人签名：", "（盖章）")), 3),
                least=44 * MM,
                grow=1,
            ),
        ),
        left=f"编号：{facts.serial}",
        right=note,
        notes=("说明：文件已加密签名，本表不含居民信息。导入前请录入前两组摘要，确认是这一份文件；入库情况以回执为准。",),
        foot=page_foot(facts.mark),
    )


def _count_rows(facts: BatchFacts) -> list[FormRow]:
    """Kinds and their counts, three pairs a row."""
    if not facts.counts:
        return [row((centred("本批无记录（零报告）"), 6))]
    rows = []
    for at in range(0, len(facts.counts), 3):
        three = [*facts.counts[at : at + 3], ("", ""), ("", "")][:3]
        cells = [cell for kind, count in three for cell in (centred(kind, 10), Words(count, size=10, align=Align.RIGHT))]
        rows.append(row(*cells, least=7.5 * MM))
    return rows


def _digest(facts: BatchFacts) -> Stack:
    groups = hash_groups(facts.sha256)
    half = len(groups) // 2
    shown = "　".join(groups[:half]) + "\n" + "　".join(groups[half:])
    return Stack(
        (
            Words(shown, Style.HEI, 13, Align.CENTRE),
            Words("八组，每组四位数字和一位校验码", size=8.5, align=Align.CENTRE),
            Words(f"{facts.sha256[:32]}\n{facts.sha256[32:]}", size=8.5, align=Align.CENTRE),
        )
    )
