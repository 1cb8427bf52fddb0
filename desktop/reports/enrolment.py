"""指纹页: the paper on which a desk's key goes to the other office, to be typed there and not clicked.

It names an office and a machine's public key, no resident. Both sides print one: the community's goes with its 入网申请, the
district's comes back with the 入网通知.
"""

from dataclasses import dataclass

from desktop.office.facts import Align, OfficeFacts, PrintMark
from desktop.reports.boxes import Opinion, Words, label
from desktop.reports.fonts import FontBook, Style, shipped
from desktop.reports.form import Form, form, row
from desktop.reports.pen import MM
from desktop.reports.sheet import Paper, bind, page_foot


@dataclass(frozen=True)
class FingerprintFacts:
    """Whose key it is, for whom the paper is made, and the eight groups of five digits."""

    office: OfficeFacts
    to: str
    fingerprint: str
    made_on: str
    mark: PrintMark


def fingerprint_sheet(facts: FingerprintFacts, book: FontBook | None = None) -> Paper:
    """One sheet: the digits large enough to be read out over the telephone, and two signatures."""
    book = book or shipped()
    return bind(book, f"入网指纹页 {facts.office.community}", facts.office, [form(_sheet(facts), book)])


def _sheet(facts: FingerprintFacts) -> Form:
    groups = facts.fingerprint.split()
    half = len(groups) // 2
    digits = "　".join(groups[:half]) + "\n" + "　".join(groups[half:])
    return Form(
        "入网指纹页",
        (29, 29, 29, 29, 29, 29),
        (
            row(label("单　　位"), (Words(facts.office.place), 2), label("单位代码"), (Words(facts.office.code), 2)),
            row(label("交　　给"), (Words(facts.to), 2), label("制作日期"), (Words(facts.made_on), 2)),
            row(label("本机指纹"), (Words(digits, Style.HEI, 20, Align.CENTRE), 5), least=34 * MM),
            row(
                (Opinion("制作单位", ("制作人签名：", "（盖章）")), 3),
                (Opinion("核对单位", ("已照此页录入，核对人签名：", "（盖章）")), 3),
                least=44 * MM,
            ),
        ),
        right="本页不含居民信息",
        notes=(
            "说明：八组数字由核对人照本页录入，不要照 U 盘上的文件念。对得上，才能收下这台电脑的文件。",
            "数字对不上，先看有没有录错；没有录错就不要登记，打电话问清楚这份文件是谁做的。",
        ),
        foot=page_foot(facts.mark),
    )
