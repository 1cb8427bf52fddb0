"""All pieces of the kit on one page: the page a change of the look is judged by, and the test that nothing is cut off.

Opened from 设置 by whoever maintains the program; it holds invented words only.
"""

from collections.abc import Callable, Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.model.language import _
from desktop.ui.gallery_look import colours, icons, letters
from desktop.ui.icons import IconMark
from desktop.ui.kit.badges import Badge, Chip, MiniSteps
from desktop.ui.kit.bars import MessageBar, ProgressBar, Tinted
from desktop.ui.kit.buttons import Action, Button, IconButton, LinkButton
from desktop.ui.kit.cards import Card, EmptyPage, QuestionCard, Scrolled
from desktop.ui.kit.charts import BarChart, LineChart, PairChart, StackedBar
from desktop.ui.kit.fields import LabelledField
from desktop.ui.kit.flow import FlowLayout
from desktop.ui.kit.lines import LineEdit
from desktop.ui.kit.marks import Mark, SegmentedMark
from desktop.ui.kit.stepper import Step, Stepper
from desktop.ui.kit.text import Label, Rule
from desktop.ui.look import follow, look
from desktop.ui.page import Page
from desktop.ui.tablemodel import Column, ListPages
from desktop.ui.tableview import ListView

RESULTS = (Mark("1", "合格", "check", "ok"), Mark("2", "不合格", "x", "err"), Mark("3", "不适用", "minus", "wait"))


class Gallery(Page):
    """Picture 14 of the look, alive."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        inner = QWidget()
        self._columns = QGridLayout(inner)
        self._stacks = [self._column(makers) for makers in PARTS]
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(Scrolled(inner))
        follow(self, self._restyle)

    def title(self) -> str:
        return _("组件")

    def _column(self, makers: Sequence[Callable[[], QWidget]]) -> QWidget:
        stack = QWidget()
        column = QVBoxLayout(stack)
        column.setContentsMargins(0, 0, 0, 0)
        for make in makers:
            column.addWidget(make())
        column.addStretch(1)
        return stack

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """As many columns beside one another as the letters leave room for."""
        beside = max(1, min(len(self._stacks), self.width() // look().u(420)))
        for at, stack in enumerate(self._stacks):
            self._columns.addWidget(stack, at // beside, at % beside)
        for at in range(len(self._stacks)):
            self._columns.setColumnStretch(at, 1 if at < beside else 0)

    def _restyle(self) -> None:
        here = look()
        pad = here.u(14)
        self._columns.setContentsMargins(pad, here.u(12), pad, here.u(12))
        self._columns.setSpacing(here.u(10))
        for stack in self._stacks:
            layout = stack.layout()
            if layout is not None:
                layout.setSpacing(here.u(8))
        self._arrange()


def stages() -> Card:
    """Where a matter stands."""
    card = Card(_("阶段条"))
    steps = [Step("登记", "10-04"), Step("研判", "采纳"), Step("办理中", "第 51 天"), Step("办结", "12-03"), Step("销号")]
    card.add(Stepper(steps, 2))
    return card


def buttons() -> Card:
    """Every kind of button, and a question."""
    card = Card(_("按钮"))
    off, off_too = Button(_("保存"), kind="primary"), Button(_("不可用"))
    off.setEnabled(False)
    off_too.setEnabled(False)
    for row in (
        (Button(_("保存"), "device-floppy", "primary"), Button(_("保存"), kind="primary"), off),
        (Button(_("打印"), "printer"), Button(_("焦点")), off_too),
        (Button(_("记下"), kind="act"), LinkButton(_("链接动作")), Button(_("幽灵"), "settings", "ghost", flat=True),
         IconButton(_("更多"), "dots", "secondary")),
    ):  # fmt: skip
        line = QHBoxLayout()
        for button in row:
            line.addWidget(button)
        line.addStretch(1)
        card.add(line)
    card.add(Rule())
    card.add(QuestionCard(_("删除这条服务记录？"), _("删后 30 天内可找回；已上报的会随下一批报“作废”。"), _("删除这条记录"),
                          refuse=_("不删"), danger=True))  # fmt: skip
    return card


def fields() -> Card:
    """A field in each of its states."""
    card, grid = Card(_("字段")), QGridLayout()
    made = []
    for at, (value, words, tone) in enumerate((
        ("平常", "", ""), ("必填的", "", ""), ("1381021665", _("应为 11 位，现在是 10 位"), "err"),
        ("441502…0009", _("与 1 人相近，看一眼"), "warn"),
        (_("只读：按小区带出"), "", ""), (_("停用"), "", ""),
    )):  # fmt: skip
        field = LabelledField(_("姓名"), LineEdit(), required=at == 1)
        field.set_value(value)
        field.show_word(words, tone)
        grid.addWidget(field, at // 2, at % 2)
        made.append(field)
    made[4].set_still(True)
    made[5].setEnabled(False)
    card.add(grid)
    return card


def rows() -> Card:
    """Rows of a list: plain, ticked and current, ended."""
    columns = [Column("name", _("表格行"), 180, kind="name", stretch=True), Column("state", _("状态"), 110, kind="badges")]
    pages = ListPages(columns, [
        {"id": "1", "name": "平常", "state": [("ok", "circle-check", "已报到")]},
        {"id": "2", "name": "悬停", "state": [("wait", "circle-dashed", "待报到")]},
        {"id": "3", "name": "选中且当前", "state": [("warn", "clock", "待回执")]},
        {"id": "4", "name": "已注销（灰字加词）", "state": [("wait", "minus", "已注销")], "faded": "1"},
    ])  # fmt: skip
    view = ListView(pages, rows_shown=4)
    view.hovered = 1
    view.rows.toggle(2)
    view.go_to(2)
    card = Card()
    card.add(view)
    return card


def marks() -> Card:
    """Results by number."""
    card = Card(_("记结果"))
    for value in ("1", "2", ""):
        mark = SegmentedMark(RESULTS, _("疏散通道"))
        mark.set_value(value)
        card.add(mark)
    return card


def badges() -> Card:
    """States, filters, batches, progress."""
    card = Card(_("徽标、筛选、进度"))
    states = (("ok", "circle-check", "已入库"), ("err", "alert-octagon", "逾期 4 天"), ("warn", "clock", "今天到期"),
              ("act", "player-play", "办理中"), ("wait", "circle-dashed", "待报到"), ("wait", "", "机关党员"))  # fmt: skip
    batches = ((1, "已制作", "act"), (2, "已交接", "act"), (3, "已接收", "act"), (4, "已入库", "ok"))
    chips = [Chip(_("类别"), "机关党员", removable=True), Chip(_("逾期"), "3"), Chip(_("今天"), "5", on=False)]
    for line in (
        [Badge(word, tone, picture) for tone, picture, word in states],
        chips,
        [MiniSteps(done, word, tone) for done, word, tone in batches],
    ):
        inner = QWidget()
        flow = FlowLayout(inner, 8)
        for piece in line:
            flow.addWidget(piece)
        card.add(inner)
    progress = ProgressBar()
    progress.show_progress(_("正在写 U 盘"), 0.62, 8)
    card.add(progress)
    return card


def messages() -> Card:
    """Bars that stay, and the toast that goes."""
    card = Card(_("提示条"))
    card.add(MessageBar("err", _("有 1 处要改才能保存：手机号码"), _("跳到这里")))
    card.add(MessageBar("warn", _("7 天没备份了，最近 11月17日"), _("立即备份")))
    card.add(MessageBar("ok", _("已导出 86 人到 花名册.xlsx"), _("打开文件夹")))
    card.add(MessageBar("act", _("正在读入回执，可以继续做别的"), _("取消")))
    toast = Tinted("ok", soft=False)
    row = QHBoxLayout(toast)
    row.setContentsMargins(16, 6, 8, 6)
    row.addWidget(IconMark("circle-check", "ok"))
    row.addWidget(Label(_("已存：陈嘉禾")), 1)
    row.addWidget(LinkButton(_("撤销")))
    row.addWidget(IconButton(_("关闭这条提示"), "x"))
    card.add(toast)
    return card


def empty() -> Card:
    """Nothing yet, and three ways on."""
    card = Card(_("空页"))
    card.add(EmptyPage("message-plus", _("还没有意见建议"), _("入户、热线、协商会收到的，都记在这里"), (
        Action("add", _("登记第一条"), "plus", "primary"),
        Action("import", _("从 Excel 导入"), "table-import"),
        Action("template", _("下载模板"), kind="link"),
    )))  # fmt: skip
    return card


def charts() -> Card:
    """The four small charts."""
    card, grid = Card(_("小图")), QGridLayout()
    months = ("6", "7", "8", "9", "10", "11")
    pairs = list(zip(months, (50, 60, 66, 62, 56, 64), (48, 54, 62, 58, 52, 58), strict=True))
    grid.addWidget(PairChart(pairs, 2, _("本月收集 64，办结 58")), 0, 0)
    grid.addWidget(BarChart(list(zip(months, (42, 50, 58, 61, 50, 61), strict=True)), 3, _("本月 61 件")), 0, 1)
    grid.addWidget(LineChart((60, 66, 80, 77, 84, 89), 4, _("整改率 86%")), 1, 0)
    grid.addWidget(StackedBar([(3, 17), (2, 3), ("err", 1)], _("完成 17，进行 3，逾期 1")), 1, 1)
    card.add(grid)
    return card


PARTS: tuple[tuple[Callable[[], QWidget], ...], ...] = (
    (colours, letters, icons, stages),
    (buttons, fields, rows, marks),
    (badges, messages, empty, charts),
)
