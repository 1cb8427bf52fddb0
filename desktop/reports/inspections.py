"""检查与整治: the sheet that goes out and comes back, and the notice that follows a danger."""

from desktop.office.facts.inspections import DangerFacts, InspectionFacts, NoticeFacts, NoticesFacts
from desktop.reports.boxes import Choices, Opinion, Words, centred, label
from desktop.reports.fonts import FontBook, shipped
from desktop.reports.form import Form, FormRow, form, head, row
from desktop.reports.official import gap, letter, paragraph, serial, signature, title
from desktop.reports.pen import MM
from desktop.reports.sheet import Paper, Run, bind, page_foot

RESULTS = ("合格", "不合格", "不适用")
EMPTY_DANGERS = 4


def inspection_sheet(facts: InspectionFacts, book: FontBook | None = None) -> Paper:
    """检查记录表, blank for the hand or filled from the ledger; the row codes let a filled sheet be typed in without hunting."""
    book, value = book or shipped(), Words
    named = f"{facts.checklist}检查记录表"
    made = Form(
        named,
        (13, 20, 34, 19, 20, 13, 18, 37),
        (
            row((label("场所名称"), 2), (value(facts.premises), 2), (label("场所类型"), 2), (value(facts.premises_kind), 2)),
            row((label("地　　址"), 2), (value(facts.address), 6)),
            row((label("责 任 人"), 2), (value(facts.responsible), 2), (label("联系电话"), 2), (value(facts.phone), 2)),
            row((label("检查日期"), 2), (value(facts.day), 2), (label("检 查 人"), 2), (value(facts.inspectors), 2)),
            head(label("行码"), (label("检查项目及要点"), 3), (label("检查结果"), 3), label("部位及说明"), least=9 * MM),
            *_item_rows(facts),
            head(
                label("编号", 9.5),
                label("部　位"),
                (label("隐患情况"), 2),
                label("等　级"),
                (label("处理方式"), 2),
                label("整改期限"),
                least=9 * MM,
            ),
            *_danger_rows(facts),
            row((label("检查意见"), 2), (Words(facts.verdict, on_top=True), 6), least=16 * MM, grow=1),
            row(
                (label("检查人签名"), 2),
                (Opinion("", ("（两人以上）",), seal=False), 2),
                (label("场所负责人\n签　　名"), 2),
                (Opinion("", ("签名：",), seal=False), 2),
                least=20 * MM,
            ),
        ),
        left=f"编号：{facts.serial}",
        right=f"检查单位：{facts.office.place}",
        notes=("说明：逐项在方框内打“√”；不合格的写明部位和情况。现场整改的也要登记。本表由检查人和场所负责人当场签名。",),
        code=facts.code,
        foot=page_foot(facts.mark),
    )
    return bind(book, f"{named} {facts.serial}", facts.office, [form(made, book)])


def _item_rows(facts: InspectionFacts) -> list[FormRow]:
    return [
        row(
            centred(item.row, 9.5),
            (Words(f"{item.what}：{item.asks}" if item.asks else item.what, size=9.5), 3),
            (Choices(RESULTS, frozenset({item.result}), 9.5), 3),
            Words(item.note, size=9.5),
            least=9.5 * MM if facts.blank else 8.5 * MM,
        )
        for item in facts.items
    ]


def _danger_rows(facts: InspectionFacts) -> list[FormRow]:
    if facts.blank:
        return [_danger_row(DangerFacts("", "", ""), 10 * MM) for _ in range(EMPTY_DANGERS)]
    if not facts.dangers:
        return [row((centred("未发现隐患"), 8))]
    return [_danger_row(danger, 9 * MM) for danger in facts.dangers]


def _danger_row(danger: DangerFacts, least: float) -> FormRow:
    small = 9.5
    what = f"【{danger.kind}】{danger.what}" if danger.kind else danger.what
    return row(
        centred(danger.serial.rpartition("-")[2], small),
        Words(danger.part, size=small),
        (Words(what, size=small), 2),
        centred(danger.grade, small),
        (Words(danger.handling, size=small), 2),
        centred(danger.due_on, small),
        least=least,
    )


COPY_NAMES = ("第一份　社区存档", "第二份　送达被检查单位")


def rectification_notices(facts: NoticesFacts, book: FontBook | None = None) -> Paper:
    """整改通知书: of each its copies, and one 送达回证 that comes back signed."""
    book = book or shipped()
    runs = [run for notice in facts.notices for run in _notice(notice, book)]
    return bind(book, f"安全隐患整改通知书 {' '.join(notice.serial for notice in facts.notices)}".strip(), facts.office, runs)


def _notice(facts: NoticeFacts, book: FontBook) -> list[Run]:
    lines = [
        *title("安全隐患整改通知书", book),
        *serial(facts.serial),
        *gap(0.6),
        *paragraph(f"{facts.to}：", book, indent=False, binds=True),
        *paragraph(f"{facts.inspected_on}，{facts.inspectors}对你单位（场所）进行检查，发现存在下列安全隐患：", book),
    ]
    for number, danger in enumerate(facts.dangers, start=1):
        grade = f"（{danger.grade}）" if danger.grade else ""
        limit = f"整改期限：{danger.due_on}。" if danger.due_on and danger.due_on != facts.due_on else ""
        part = f"{danger.part}：" if danger.part else ""
        lines += paragraph(f"{number}. {part}{danger.what.rstrip('。')}{grade}。{limit}", book)
    basis = f"根据{facts.basis}，" if facts.basis else ""
    lines += paragraph(
        f"{basis}请你单位（场所）于{facts.due_on}前完成整改，并将整改情况书面告知我单位；届时我单位将进行复查。"
        "整改期间应当采取措施保证安全；逾期不改的，将依法报告有关主管部门处理。",
        book,
    )
    told = (("联系人", facts.contact), ("联系电话", facts.phone), ("地址", facts.office.address))
    if said := [f"{what}：{words}" for what, words in told if words]:
        lines += paragraph("　　".join(said), book)
    lines += signature(facts.issuer, facts.made_on, book)
    notes = COPY_NAMES if facts.copies == len(COPY_NAMES) else tuple(f"第{at + 1}份" for at in range(facts.copies))
    return [*(letter(lines, facts.mark, note) for note in notes), _receipt(facts, book)]


def _receipt(facts: NoticeFacts, book: FontBook) -> Run:
    """送达回证: that the notice arrived, or how it was left when nobody would sign."""
    ways = ("直接送达", "留置送达", "邮寄送达", "转交送达")
    made = Form(
        "送达回证",
        (36, 50, 36, 52),
        (
            row(label("送达文书"), (Words("安全隐患整改通知书"), 3), least=12 * MM),
            row(label("文书编号"), (Words(facts.serial), 3), least=12 * MM),
            row(label("受送达人"), (Words(facts.to), 3), least=14 * MM),
            row(label("送达地点"), (Words(facts.address), 3), least=14 * MM),
            row(label("送达方式"), (Choices(ways), 3), least=12 * MM),
            row(label("受送达人签收"), (Opinion("", ("签名（盖章）：",)), 3), least=42 * MM, grow=1),
            row(label("代收人及\n代收理由"), (Opinion("", ("代收人签名：",), seal=False), 3), least=28 * MM),
            row(label("拒收事由"), (Opinion("", ("见证人签名：",), seal=False), 3), least=28 * MM),
            row(label("送达人"), (Opinion("", ("签名（两人）：",), seal=False), 3), least=26 * MM),
            row(label("备　　注"), (Words(""), 3), least=16 * MM, grow=0.5),
        ),
        left=f"编号：{facts.serial}",
        right=f"送达单位：{facts.issuer}",
        notes=("说明：本回证由送达人带回，与通知书第一份一并存档。",),
        foot=page_foot(facts.mark),
    )
    return form(made, book)
