"""Which row is the head, which column is which field, and which rows are no data: proposed, shown, and never taken silently.

A head is known by a field's label, its former labels, and the words other offices use for the same thing; a column without a
known head by what stands in it. Rows are numbered and columns too as the clerk sees them, from 1.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from desktop.exchange.cells import cell_text
from desktop.exchange.reading import Cell, Sheet
from desktop.model import names
from desktop.model.errors import Refusal
from desktop.model.field import Field
from desktop.model.kinds.identity import CreditCode, IdNumber, Phone
from desktop.model.language import _
from desktop.model.record import Record

REASON_HEAD = "退回原因"

# What other offices call the same thing. Only words that mean one thing in every such list.
SYNONYMS: dict[str, tuple[str, ...]] = {
    "姓名": ("名字", "党员姓名", "人员姓名", "居民姓名"),
    "证件号码": ("居民身份证号码", "居民身份证号", "身份证件号码", "证件号"),
    "手机号码": ("手机号", "联系手机", "移动电话", "电话号码"),
    "出生日期": ("出生年月日", "生日"),
    "所在单位": ("单位名称", "所属单位", "现工作单位"),
    "所在党支部": ("所属党支部", "所在支部", "党组织"),
    "意向岗位": ("服务意愿", "意愿", "志愿服务意向", "认领岗位"),
    "小区": ("居住小区", "现住小区/建筑", "小区名称"),
    "楼栋房号": ("门牌地址", "房号", "门牌号"),
    "网格": ("所属网格",),
    "名称": ("小区/建筑名称", "场所名称", "网格名称"),
    "单位名称": ("单位全称", "机构名称"),
    "地址": ("详细地址", "单位地址"),
    "联系电话": ("电话", "手机号码", "手机", "联系方式"),
    "类型": ("类别",),
}

_NOT_A_HEAD = re.compile(r"[*＊:：\s]|[（(](必填|选填|可选|必|选)[）)]")
_EXPLAINS = re.compile(
    r"^(必填|选填|可选|可不填|不填|如[:：]?|例如|格式|说明|最多|填写)|\d\s*[=＝]\s*[是否]|^\d+位|YYYY|^[^\d/]{1,8}(/[^\d/]{1,8})+$"
)
_EXAMPLE = re.compile(r"示例|样例|范例|举例")
_IS_EXAMPLE = re.compile(r"^[（(]?(示例|样例|范例|举例|例)[：:）)]*$|^例[:：]")
_TOTAL = re.compile(r"^(合\s*计|总\s*计|小\s*计|共\s*计|总数|累计)")
_REMARK = re.compile(
    r"^(填表|填报|说明|注[:：意]|备注[:：]|审核人?[:：]?|制表|负责人[:：]|单位负责人|单位[（(]盖章|联系人[:：]|Tips)",
    re.IGNORECASE,
)
_HEADS_WITHIN = 40  # rows among which the head is sought
_SAMPLE = 60
_SURE = 0.8


@dataclass(frozen=True)
class Skipped:
    """A row that is not imported, and why."""

    row: int
    why: str


@dataclass(frozen=True)
class Proposal:
    """How a sheet is to be read: the head row (0: none), column → field key, and what is left out."""

    head_row: int
    columns: dict[int, str]
    skipped: tuple[Skipped, ...] = ()
    ignored: dict[int, str] = field(default_factory=dict)  # column → its head, which no field answers to
    notices: tuple[str, ...] = ()


def propose(sheet: Sheet, record: type[Record], *, remembered: Mapping[str, str] | None = None, head_row: int | None = None) -> Proposal:
    """The likely reading of a sheet. `remembered`: head → field key as this office chose before; `head_row`: as the clerk chose now."""
    known = known_heads(record) | {plain_head(head): key for head, key in (remembered or {}).items()}
    row = head_row if head_row is not None else guess_head(sheet, known)
    heads = heads_of(sheet, row) if row else {}
    columns: dict[int, str] = {}
    notices = []
    for column, head in heads.items():
        key = next((known[form] for form in forms_of(head) if form in known), None)
        if key is None:
            continue
        if key in columns.values():
            notices.append(_("{head} 有两列，只用前一列").format(head=head))
            continue
        columns[column] = key
    columns |= by_content(sheet, record, row, columns, heads)
    ignored = {column: head for column, head in heads.items() if column not in columns and plain_head(head) != REASON_HEAD}
    if any(merge.bottom > merge.top and merge.top > row for merge in sheet.merged):
        notices.append(_("有上下合并的单元格，合并的各行都按合并格里的内容读"))
    return Proposal(row, columns, tuple(skipped_rows(sheet, record, row, columns)), ignored, tuple(notices))


def choose_sheet(sheets: Sequence[Sheet], record: type[Record]) -> int:
    """The sheet that most likely holds the list: visible, with the most known heads."""
    known = known_heads(record)

    def worth(sheet: Sheet) -> tuple[bool, int, int]:
        row = guess_head(sheet, known)
        return not sheet.hidden, known_in(heads_of(sheet, row), known) if row else 0, min(len(sheet.rows), 2)

    return max(range(len(sheets)), key=lambda place: (worth(sheets[place]), -place))


def imported_fields(record: type[Record]) -> list[Field]:
    """The fields that a spreadsheet may bring, in the order of the definition."""
    return [spec for spec in record.fields().values() if spec.imported]


def importable(record: type[Record]) -> bool:
    """Whether rows of a spreadsheet alone can make this record: it travels, and all it must have can be typed."""
    return record.travels and bool(imported_fields(record)) and all(spec.imported for spec in record.fields().values() if spec.required)


@cache
def known_heads(record: type[Record]) -> dict[str, str]:
    """Plain head → field key: labels before former labels before what others say."""
    fields = imported_fields(record)
    known: dict[str, str] = {}
    for words in (
        [(spec.label, spec.key) for spec in fields],
        [(_(spec.label), spec.key) for spec in fields],
        [(word, spec.key) for spec in fields for word in spec.was],
        [(word, spec.key) for spec in fields for word in SYNONYMS.get(spec.label, ())],
    ):
        for word, key in words:
            known.setdefault(plain_head(word), key)
    return known


def plain_head(head: str) -> str:
    """A head as it is compared: without the star of 必填, colons and spaces."""
    return names.normal_form(_NOT_A_HEAD.sub("", head))


def forms_of(head: str) -> list[str]:
    """A head as it stands, then without what is in brackets at its end."""
    return list(dict.fromkeys((plain_head(head), plain_head(re.sub(r"[（(][^（()）]*[)）]$", "", head.strip())))))


def guess_head(sheet: Sheet, known: Mapping[str, str]) -> int:
    """The row that names the most fields; 0 when none names any."""
    best, row = 0, 0
    for number in range(1, min(len(sheet.rows), _HEADS_WITHIN) + 1):
        count = known_in(heads_of(sheet, number), known)
        if count > best:
            best, row = count, number
    return row


def known_in(heads: Mapping[int, str], known: Mapping[str, str]) -> int:
    """How many fields these heads name."""
    return len({known[form] for head in heads.values() for form in forms_of(head) if form in known})


def heads_of(sheet: Sheet, row: int) -> dict[int, str]:
    """Column → head; a head merged downwards into the row counts there too."""
    heads = {column: text for column, cell in enumerate(sheet.rows[row - 1], start=1) if (text := cell_text(cell).strip())}
    for merge in sheet.merged:
        if merge.top < row <= merge.bottom and merge.left == merge.right and merge.left not in heads:
            text = cell_text(sheet.cell(merge.top, merge.left)).strip()
            if text:
                heads[merge.left] = text
    return dict(sorted(heads.items()))


def by_content(sheet: Sheet, record: type[Record], head_row: int, columns: Mapping[int, str], heads: Mapping[int, str]) -> dict[int, str]:
    """Columns without a head whose cells are nearly all ID numbers, telephone numbers or credit codes."""
    numbers = [
        spec for spec in imported_fields(record)
        if isinstance(spec.kind, IdNumber | CreditCode | Phone) and spec.key not in columns.values()
    ]  # fmt: skip
    body = sheet.rows[head_row : head_row + _SAMPLE]
    width = max(map(len, body), default=0)
    found: dict[int, str] = {}
    for column in range(1, width + 1):
        if column in columns or column in heads:
            continue
        texts = [cell_text(row[column - 1]) for row in body if len(row) >= column and row[column - 1] is not None]
        for spec in numbers:
            if len(texts) >= 2 and spec.key not in found.values() and share_read(spec, texts) >= _SURE:
                found[column] = spec.key
                break
    return found


def share_read(spec: Field, texts: Iterable[str]) -> float:
    """How much of a column a field's kind can read."""
    good = total = 0
    for text in texts:
        total += 1
        try:
            good += spec.kind.parse(text, "2199-12-31") is not None
        except Refusal:
            good += 0
    return good / total


def skipped_rows(sheet: Sheet, record: type[Record], head_row: int, columns: Mapping[int, str]) -> Iterable[Skipped]:
    """The rows that are no data: titles, the head, explanations, examples, blanks, totals, remarks, heads again."""
    example_said = False
    for number in range(1, head_row):
        texts = filled(sheet.rows[number - 1])
        example_said = example_said or any(_EXAMPLE.search(text) for text in texts)
        if texts:
            yield Skipped(number, _("表头上面的标题：{text}").format(text=texts[0].split("\n", 1)[0][:20]))
    head = [plain_head(text) for text in filled(sheet.rows[head_row - 1])] if head_row else []
    for number in range(head_row + 1, len(sheet.rows) + 1):
        why = why_skipped(sheet.rows[number - 1], head, columns, first=number == head_row + 1, example_said=example_said)
        if why:
            yield Skipped(number, why)


def why_skipped(row: Sequence[Cell], head: list[str], columns: Mapping[int, str], *, first: bool, example_said: bool) -> str:
    """Why a row below the head is no data; "" when it is."""
    texts = filled(row)
    if not texts:
        return _("空行")
    if first and head and sum(bool(_EXPLAINS.search(text)) for text in texts) * 3 >= len(texts):
        return _("表头下面的填写说明")
    if first and example_said:
        return _("说明里提到的示例行")
    if _IS_EXAMPLE.match(texts[0]):
        return _("示例行")
    if any(_TOTAL.match(text) for text in texts[:2]):
        return _("合计行")
    if head and len(texts) == len(head) > 1 and plain_head(texts[0]) == head[0] and [plain_head(text) for text in texts] == head:
        return _("重复的表头")
    if len(texts) <= 3 and _REMARK.match(texts[0]):
        return _("表格下面的说明：{text}").format(text=texts[0][:20])
    if not any(column <= len(row) and cell_text(row[column - 1]).strip() for column in columns):
        return _("没有可导入的内容")
    return ""


def filled(row: Sequence[Cell]) -> list[str]:
    """The texts of a row that are there."""
    return [text for cell in row if cell is not None and (text := cell_text(cell).strip())]
