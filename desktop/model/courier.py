"""What goes to and fro on the stick: batches, receipts, and the statement that nothing happened."""

from sqlalchemy.orm import Mapped

from desktop.model.field import field
from desktop.model.kinds.amounts import Number
from desktop.model.kinds.choices import Choice, Flag, OfficeCode, State
from desktop.model.kinds.times import Day
from desktop.model.kinds.words import Text
from desktop.model.record import Record

FATES = "已入库 相同 待补 退回 待定"
BATCH_STATES = "已制作 已交接 已接收 已入库 由后批代替 未收下"


class Batch(Record):
    """批次: one sealed file from one office to another; its state moves only by a receipt (docs/exchange.md)."""

    label, icon, unit = "批次", "usb", "批"
    named_by = ("number",)
    ordered_by = "-number"
    travels = False

    direction: Mapped[str] = field("方向", Choice("发出 收到"), required=True, listed=True, written=False)
    office: Mapped[str] = field("对方", OfficeCode(), required=True, listed=True, written=False)
    number: Mapped[int] = field("批号", Number(least=1), required=True, listed=True, written=False)
    since_on: Mapped[str | None] = field("期间自", Day(), listed=True, written=False)
    until_on: Mapped[str | None] = field("期间至", Day(), listed=True, written=False)
    lines: Mapped[int | None] = field("条数", Number("条"), listed=True, written=False)
    counts: Mapped[str | None] = field("各类条数", Text(2000), written=False)
    size: Mapped[int | None] = field("大小", Number("字节", most=2**31), written=False)
    sha256: Mapped[str | None] = field("摘要", Text(64), written=False)
    header: Mapped[str | None] = field("首行", Text(4096), written=False)
    file: Mapped[str | None] = field("文件", Text(200), listed=True, written=False)
    scope: Mapped[str | None] = field("上报范围", Text(40), written=False)
    verdict: Mapped[str | None] = field("对方结论", Text(20), written=False)
    knowledge: Mapped[str | None] = field("写入时所知", Text(1_000_000), written=False)
    made_on: Mapped[str | None] = field("制作日期", Day(), listed=True, written=False)
    handed_on: Mapped[str | None] = field("交接日期", Day(), listed=True, written=False)
    handed_to: Mapped[str | None] = field("接收人", Text(40), written=False)
    lost_on: Mapped[str | None] = field("报失日期", Day(), written=False)
    merged_on: Mapped[str | None] = field("入库日期", Day(), listed=True, written=False)
    taken: Mapped[int | None] = field("已入库", Number("条"), written=False)
    same: Mapped[int | None] = field("相同", Number("条"), written=False)
    waiting: Mapped[int | None] = field("待补", Number("条"), written=False)
    refused: Mapped[int | None] = field("退回", Number("条"), written=False)
    contested: Mapped[int | None] = field("待定", Number("条"), written=False)
    state: Mapped[str] = field("走到哪一步", State(BATCH_STATES), listed=True, written=False, together="state")
    state_on: Mapped[str | None] = field("状态日期", Day(), written=False, together="state")


class Receipt(Record):
    """回执: what the receiver knows, and the fate of each record that was not simply taken; the newest number wins."""

    label, icon, unit = "回执", "inbox", "份"
    named_by = ("number",)
    ordered_by = "-number"
    travels = False

    direction: Mapped[str] = field("方向", Choice("发出 收到"), required=True, listed=True, written=False)
    office: Mapped[str] = field("对方", OfficeCode(), required=True, listed=True, written=False)
    number: Mapped[int] = field("编号", Number(least=1), required=True, listed=True, written=False)
    dated_on: Mapped[str | None] = field("日期", Day(), listed=True, written=False)
    file: Mapped[str | None] = field("文件", Text(200), listed=True, written=False)
    sha256: Mapped[str | None] = field("摘要", Text(64), written=False)
    unseen: Mapped[str | None] = field("未见批号", Text(2000), listed=True, written=False)


class ZeroReport(Record):
    """零报告: "nothing happened" said as such, so that it, "no batch" and "batch lost" stay three things."""

    label, icon, unit = "零报告", "circle-dashed", "份"
    named_by = ("month", "about")
    ordered_by = "-month"

    month: Mapped[str] = field("月份", Text(7), required=True, listed=True, help="如 2021-11")
    about: Mapped[str] = field("事项", Text(40), required=True, listed=True)
    reported_on: Mapped[str | None] = field("报告日期", Day(), listed=True)
    confirmed: Mapped[int | None] = field("已核对", Flag(), listed=True)
