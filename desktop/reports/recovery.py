"""恢复单: the key on paper that opens the ledger on the day on which every password is forgotten. Printed once, locked away.

The only paper that carries a secret: it is made when a ledger is founded or its key is replaced, and never again.
"""

from dataclasses import dataclass

from desktop.office.facts import Align, OfficeFacts
from desktop.reports.boxes import Choices, Words, label
from desktop.reports.fonts import FontBook, Style, shipped
from desktop.reports.form import Form, form, head, row
from desktop.reports.pen import MM
from desktop.reports.sheet import Paper, bind

KEPT = ("一份放单位保险柜，一份交镇街（信封封存）", "不拍照、不传微信、不存电脑", "谁取用、何时取用，记在背面")
USES = ("所有人都忘了口令，或唯一的管理员离岗时，用它重设口令", "换了电脑、从备份恢复而没人记得当时的口令时，用它打开备份")
IN_A_ROW = 4


@dataclass(frozen=True)
class RecoveryFacts:
    """What stands on the paper: whose ledger, the key in its groups, when and by whom it was made."""

    office: OfficeFacts
    key: str
    made_on: str
    made_by: str


def recovery_sheet(facts: RecoveryFacts, book: FontBook | None = None) -> Paper:
    """One A4 sheet."""
    book = book or shipped()
    groups = facts.key.split("-")
    lines = "\n".join("　".join(groups[at : at + IN_A_ROW]) for at in range(0, len(groups), IN_A_ROW))
    numbers = "\n".join(f"第 {at + 1}～{at + IN_A_ROW} 组" for at in range(0, len(groups), IN_A_ROW))
    made = Form(
        "连心账本恢复单",
        (29, 29, 29, 29, 29, 29),
        (
            row(label("单　　位"), (Words(facts.office.place), 2), label("区划代码"), (Words(facts.office.code), 2)),
            row(label("制作日期"), (Words(facts.made_on), 2), label("制 作 人"), (Words(facts.made_by), 2)),
            head((label("恢复密钥（只有数字和大写字母，没有 I、L、O、U）"), 6), least=9 * MM),
            row(label(numbers, 10), (Words(lines, Style.HEI, 18, Align.CENTRE), 5), least=30 * MM),
            row(label("用　　途"), (Words("\n".join(USES)), 5), least=20 * MM),
            row(label("保　　管"), (Choices(KEPT), 5), least=26 * MM),
            row(label("存放地点"), (Words(""), 5), least=12 * MM),
            row(label("封存人签名"), (Words(""), 2), label("监封人签名"), (Words(""), 2), least=16 * MM),
        ),
        left="只印这一次",
        right="内部保管　不得外传",
        notes=("说明：拿到这张纸的人能打开账本。换了新的恢复单，旧的就作废，请当场销毁。这个密钥别处不存，丢了只能换新的。",),
    )
    return bind(book, f"恢复单 {facts.office.community}", facts.office, [form(made, book)])
