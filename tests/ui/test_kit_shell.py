"""The window: going, coming back, unsaved words, the rail for large letters, and bars that speak."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from desktop.ui.kit.bars import MessageBar, ProgressBar, Toast
from desktop.ui.kit.buttons import Action, ActionBar, Button
from desktop.ui.kit.cards import EmptyPage, Question, ask
from desktop.ui.kit.charts import BarChart, LineChart, PairChart, StackedBar
from desktop.ui.kit.drawer import Drawer, ListWithDrawer
from desktop.ui.kit.facts import Fact, Facts, Happening, Timeline
from desktop.ui.kit.figures import FigureCard, Notice
from desktop.ui.kit.lines import LineEdit
from desktop.ui.kit.marks import Mark, SegmentedMark
from desktop.ui.kit.picker import ReferencePicker
from desktop.ui.kit.stepper import NextStepStrip, Step, Stepper
from desktop.ui.look import Look
from desktop.ui.page import PageHeader
from desktop.ui.shell import NavGroup, NavItem, Page, Shell

GROUPS = [
    NavGroup("workbench", "工作台", "layout-dashboard", short="工作台"),
    NavGroup("people", "人员与单位", "users", (NavItem("person", "人员"), NavItem("unit", "单位")), "人员"),
    NavGroup("opinions", "意见与实事", "message-report", (NavItem("opinion", "意见建议"),), "意见"),
]


class Paper(Page):
    """A page with a field; what is typed is unsaved."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name, self.given, self.loaded = name, {}, 0
        self.field = LineEdit()
        QVBoxLayout(self).addWidget(self.field)
        self.field.changed.connect(lambda _text: self.head_changed.emit())
        self.done: list[str] = []

    def title(self) -> str:
        return self._name

    def header_actions(self) -> list[Action]:
        return [
            Action("import", "从旧表导入人员", "table-import"),
            Action("export", "导出成电子表格", "table-export"),
            Action("print", "打印", "printer", run=lambda: self.done.append("print")),
            Action("add", "新增人员", "user-plus", "primary", run=lambda: self.done.append("add")),
        ]

    def more_actions(self) -> list[Action]:
        return [Action("merge", "查重", run=lambda: self.done.append("merge"))]

    def status(self) -> list[str]:
        return ["共 3 人", "已选 1 人"]

    def dirty(self) -> bool:
        return bool(self.field.value())

    def reload(self) -> None:
        self.loaded += 1

    def arrive(self, **arguments: object) -> None:
        self.given = arguments


@pytest.fixture
def shell(show) -> Iterator[Shell]:
    window = Shell(GROUPS, "凤山街道 · 滨海社区", "周敏（社区工作者）")
    for key, name in (("workbench", "工作台"), ("person", "人员"), ("unit", "单位"), ("opinion", "意见建议"), ("form", "新增人员")):
        window.add_page(key, lambda name=name: Paper(name))
    window.go("workbench")
    show(window, 1366, 698)
    yield window
    for paper in window.findChildren(Paper):
        paper.field.set_value("")  # else the closing window would ask, and wait for ever


def _answer(word: str) -> None:
    """Presses the button of the question that is about to come up."""

    def press() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, Question)
        (dialog.card.yes if word == "yes" else dialog.card.no).click()

    QTimer.singleShot(50, press)


def test_a_group_opens_its_first_page_and_only_one_group_is_open(shell: Shell, qtbot: QtBot) -> None:
    rows = shell.navigation.rows
    qtbot.mouseClick(rows["people"], Qt.MouseButton.LeftButton)
    assert shell.current_key == "person"
    assert rows["unit"].isVisible()
    qtbot.mouseClick(rows["opinions"], Qt.MouseButton.LeftButton)
    assert shell.current_key == "opinion"
    assert not rows["unit"].isVisible()


def test_the_navigation_works_by_keys(shell: Shell, qtbot: QtBot) -> None:
    shell.navigation.rows["people"].setFocus()
    qtbot.keyClick(shell.navigation.rows["people"], Qt.Key.Key_Return)
    assert shell.current_key == "person"
    shell.navigation.rows["people"].setFocus()
    qtbot.keyClick(shell.navigation.rows["people"], Qt.Key.Key_Down)
    assert shell.navigation.rows["person"].hasFocus()


def test_a_page_is_made_when_first_wanted_and_told_what_for(shell: Shell) -> None:
    assert shell.page("workbench").loaded == 1
    shell.go("form", record="p1")
    page = shell.current_page()
    assert page.given == {"record": "p1"}
    assert shell.windowTitle().startswith("新增人员 - ")
    shell.back()
    assert shell.current_key == "workbench"
    assert shell.page("workbench").loaded == 2


def test_leaving_with_unsaved_words_asks_and_staying_keeps_them(shell: Shell, qtbot: QtBot) -> None:
    shell.go("form")
    page = shell.current_page()
    qtbot.keyClicks(page.field, "chen")
    assert shell.windowTitle().startswith("新增人员 * - ")
    _answer("no")
    assert not shell.go("person")
    assert (shell.current_key, page.field.value()) == ("form", "chen")
    shell.activateWindow()
    _answer("no")
    qtbot.keyClick(page.field, Qt.Key.Key_Escape)
    qtbot.wait(100)
    assert shell.current_key == "form"
    _answer("yes")
    assert shell.go("person")


def test_escape_goes_back_when_nothing_is_unsaved(shell: Shell, qtbot: QtBot) -> None:
    shell.go("form")
    qtbot.keyClick(shell.current_page().field, Qt.Key.Key_Escape)
    assert shell.current_key == "workbench"


def test_escape_belongs_to_an_open_list_before_it_leads_back(shell: Shell, qtbot: QtBot) -> None:
    shell.go("form")
    page = shell.current_page()
    picker = ReferencePicker(lambda _text: [("u1", "区自然资源局", "")])
    page.layout().addWidget(picker)
    picker.setFocus()
    qtbot.keyClick(picker, Qt.Key.Key_Down)
    qtbot.keyClick(picker, Qt.Key.Key_Escape)
    assert shell.current_key == "form"
    assert picker.found is None
    qtbot.keyClick(picker, Qt.Key.Key_Escape)
    assert shell.current_key == "workbench"


def test_large_letters_turn_the_navigation_into_a_rail_with_words(shell: Shell, look: Look, qtbot: QtBot) -> None:
    shell.show_facts([("device-floppy", "ok", "已保存 09:41"), ("", "", "库 D:")])
    assert shell.navigation.width() == 208
    look.set_size(18)
    qtbot.wait(30)
    assert shell.navigation.width() == look.u(60)
    assert shell.current_page().narrow
    assert not shell.navigation.rows["unit"].isVisible()
    qtbot.mouseClick(shell.navigation.rows["people"], Qt.MouseButton.LeftButton)
    assert shell.current_key == "person"
    assert shell.header.deeds.button("add").isVisible(), "the primary deed never goes into the menu"
    assert shell.minimumSizeHint().width() <= 1366


def test_a_narrow_window_gets_the_rail_too(shell: Shell, qtbot: QtBot) -> None:
    shell.resize(1100, 698)
    qtbot.waitUntil(lambda: shell.navigation.width() == 60)
    shell.resize(1366, 698)
    qtbot.waitUntil(lambda: shell.navigation.width() == 208)


@pytest.mark.parametrize("size", [10.5, 12, 14, 18])
def test_the_window_fits_the_smallest_screen_at_every_step(shell: Shell, look: Look, size: float) -> None:
    look.set_size(size)
    assert shell.minimumSizeHint().width() <= 1366
    assert shell.minimumSizeHint().height() <= 698


def test_what_waits_is_counted_and_said(shell: Shell) -> None:
    shell.set_count("opinions", "err", 3)
    assert shell.navigation.rows["opinions"].accessibleName() == "意见与实事 逾期 3"
    shell.set_count("opinions", "err", 0)
    assert shell.navigation.rows["opinions"].accessibleName() == "意见与实事"


def test_ctrl_k_f1_and_f5(shell: Shell, qtbot: QtBot) -> None:
    wanted: list[str] = []
    shell.search_wanted.connect(lambda: wanted.append("search"))
    shell.foot.connect(wanted.append)
    qtbot.keyClick(shell, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(shell, Qt.Key.Key_F1)
    before = shell.current_page().loaded
    qtbot.keyClick(shell, Qt.Key.Key_F5)
    assert wanted == ["search", "help"]
    assert shell.current_page().loaded == before + 1


def test_the_deeds_that_do_not_fit_stand_in_the_menu_and_still_work(show, qtbot: QtBot) -> None:
    page, bar = Paper("人员"), ActionBar()
    qtbot.addWidget(page)
    bar.set_actions(page.header_actions(), page.more_actions())
    show(bar)
    bar.fit(300)
    assert not bar.button("import").isVisible()
    assert bar.button("add").isVisible()
    entries = {entry.text(): entry for entry in bar.menu().actions() if entry.text()}
    assert set(entries) == {"从旧表导入人员", "导出成电子表格", "查重"}
    entries["查重"].trigger()
    qtbot.mouseClick(bar.button("add"), Qt.MouseButton.LeftButton)
    assert page.done == ["merge", "add"]


def test_a_deed_that_is_not_possible_now_says_why_and_is_not_done(show) -> None:
    bar, done = ActionBar(), []
    bar.set_actions([Action("finish", "完成检查", run=lambda: done.append(1), enabled=False, why_not="还有 6 项没有结果")])
    show(bar)
    assert "还有 6 项没有结果" in bar.button("finish").toolTip()
    bar.choose("finish")
    assert done == []
    bar.set_enabled("finish", True)
    bar.choose("finish")
    assert done == [1]


def test_enter_presses_the_button_it_stands_on(show, qtbot: QtBot) -> None:
    button, pressed = show(Button("保存")), []
    button.clicked.connect(lambda: pressed.append(1))
    qtbot.keyClick(button, Qt.Key.Key_Return)
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert pressed == [1, 1]


def test_a_message_stays_until_it_is_closed_and_its_link_acts(show, qtbot: QtBot) -> None:
    bar = MessageBar("warn", "7 天没备份了", "立即备份", closable=True)
    show(bar, 600, 40)
    acted: list[int] = []
    bar.acted.connect(lambda: acted.append(1))
    qtbot.mouseClick(bar.link, Qt.MouseButton.LeftButton)
    assert acted == [1]
    assert bar.isVisible()
    bar.clear()
    assert not bar.isVisible()


def test_a_toast_can_be_taken_back_and_goes_by_itself(shell: Shell, qtbot: QtBot) -> None:
    undone: list[str] = []
    toast = shell.toast("已存：陈嘉禾", lambda: undone.append("陈嘉禾"))
    assert shell.rect().contains(toast.geometry())
    qtbot.mouseClick(toast.undo, Qt.MouseButton.LeftButton)
    assert undone == ["陈嘉禾"]
    assert not toast.isVisible()
    first, second = shell.toast("研判已办"), shell.toast("交办已办")
    assert (first.isVisible(), second.isVisible()) == (False, True), "two would lie over each other"
    short = Toast(shell, "已存", seconds=0.05)
    qtbot.waitSignal(short.destroyed, timeout=2_000).wait()


def test_progress_says_what_how_much_and_how_long_and_can_be_given_up(show, qtbot: QtBot) -> None:
    bar = show(ProgressBar(), 600, 40)
    given_up: list[int] = []
    bar.cancelled.connect(lambda: given_up.append(1))
    bar.begin("正在写 U 盘")
    bar.show_progress("正在写 U 盘", 0.62, 7.4)
    assert bar.accessibleName() == "正在写 U 盘 62% 还要 8 秒"
    qtbot.mouseClick(bar.cancel, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(bar.cancel, Qt.MouseButton.LeftButton)
    assert given_up == [1]


def test_enter_on_a_dangerous_question_does_nothing_bad(show, qtbot: QtBot) -> None:
    window = show(QWidget(), 300, 200)

    def press() -> None:
        dialog = QApplication.activeModalWidget()
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)

    QTimer.singleShot(50, press)
    assert not ask(window, "删除这条服务记录？", "删后 30 天内可找回", "删除这条记录", danger=True)


def test_escape_answers_no(show, qtbot: QtBot) -> None:
    window = show(QWidget(), 300, 200)
    QTimer.singleShot(50, lambda: qtbot.keyClick(QApplication.activeModalWidget(), Qt.Key.Key_Escape))
    assert not ask(window, "要合并吗？", "合并后不能分开", "合并")
    asked = Question(window, "要合并吗？", "合并后不能分开", "合并")
    QTimer.singleShot(50, asked.card.yes.click)
    assert asked.exec() == QDialog.DialogCode.Accepted


def test_an_empty_page_offers_ways_on(show, qtbot: QtBot) -> None:
    ways = [Action("add", "登记第一条", "plus", "primary"), Action("import", "从 Excel 导入"), Action("template", "下载模板", kind="link")]
    page = show(EmptyPage("message-plus", "还没有意见建议", "入户收到的记在这里", ways), 600, 400)
    chosen: list[str] = []
    page.chosen.connect(chosen.append)
    for button in page.buttons.values():
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert chosen == ["add", "import", "template"]


def test_the_stepper_says_where_a_matter_stands(show) -> None:
    steps = [Step("登记", "10-04"), Step("研判"), Step("办理中", "第 51 天"), Step("办结")]
    stepper = show(Stepper(steps, 2), 500, 80)
    assert stepper.accessibleName() == "第 3 步，共 4 步：办理中"
    stepper.show_steps(steps, 4)
    assert stepper.accessibleName() == "第 4 步，共 4 步：全部完成"


def test_the_strip_offers_the_next_deed_first(show, qtbot: QtBot) -> None:
    strip = NextStepStrip()
    strip.show_due("期限 12月3日，还有 9 天", 0.85)
    strip.show_step("办结", "填结果和日期", [Action("close", "填办结", "check", "primary", "F9"), Action("extend", "延期")])
    show(strip, 1100, 60)
    chosen: list[str] = []
    strip.chosen.connect(chosen.append)
    qtbot.mouseClick(strip.deeds.button("close"), Qt.MouseButton.LeftButton)
    assert chosen == ["close"]
    assert strip.deeds.button("close").x() < strip.deeds.button("extend").x()


def test_one_two_three_mark_a_result_and_the_mouse_does_too(show, qtbot: QtBot) -> None:
    marks = [Mark("yes", "合格", "check", "ok"), Mark("no", "不合格", "x", "err"), Mark("none", "不适用", "minus", "wait")]
    mark = show(SegmentedMark(marks, "疏散通道"), 300, 40)
    chosen: list[str] = []
    mark.chosen.connect(chosen.append)
    mark.setFocus()
    assert mark.accessibleName() == "疏散通道 还没有结果"
    qtbot.keyClick(mark, Qt.Key.Key_2)
    qtbot.keyClick(mark, Qt.Key.Key_3, Qt.KeyboardModifier.KeypadModifier)
    qtbot.keyClick(mark, Qt.Key.Key_4)
    qtbot.mouseClick(mark, Qt.MouseButton.LeftButton, pos=QPoint(20, 15))
    assert chosen == ["no", "none", "yes"]
    assert mark.accessibleName() == "疏散通道 合格"


def test_the_drawer_stands_beside_the_list_or_in_its_place(show, qtbot: QtBot) -> None:
    listing, drawer = QWidget(), Drawer()
    both = show(ListWithDrawer(listing, drawer), 1000, 500)
    both.open_drawer()
    assert (listing.isVisible(), drawer.isVisible(), drawer.width()) == (True, True, 326)
    both.set_narrow(True)
    assert (listing.isVisible(), drawer.isVisible()) == (False, True)
    qtbot.keyClick(drawer, Qt.Key.Key_Escape)
    assert (listing.isVisible(), drawer.isVisible()) == (True, False)


def test_the_tabs_of_the_drawer_show_their_pages(show, qtbot: QtBot) -> None:
    drawer, first, second = Drawer(), QWidget(), QWidget()
    drawer.add_tab("facts", "概况", first)
    drawer.add_tab("history", "历史 14", second)
    show(drawer, 330, 500)
    told: list[str] = []
    drawer.tab_changed.connect(told.append)
    qtbot.mouseClick(drawer.tabs.tabs["history"], Qt.MouseButton.LeftButton)
    assert second.isVisible()
    assert not first.isVisible()
    assert told == ["history"]


def test_a_masked_fact_is_asked_for_by_its_eye(show, qtbot: QtBot) -> None:
    facts = Facts([Fact("手机", "138****6650", "phone", True), Fact("网格", "第 3 网格")])
    show(facts, 300, 100)
    asked: list[str] = []
    facts.reveal_asked.connect(asked.append)
    eye = next(button for button in facts.findChildren(Button) if button.accessibleName() == "显示手机")
    qtbot.mouseClick(eye, Qt.MouseButton.LeftButton)
    assert asked == ["phone"]
    facts.values["phone"].setText("13810216650")
    assert facts.values["phone"].text() == "13810216650"


def test_the_history_says_from_what_to_what(show) -> None:
    timeline = show(Timeline(), 300, 300)
    timeline.show_happenings([("今天", [Happening("改 手机", "09:14", ("周敏",), before="138****1021", after="138****6650")])])
    names = [piece.accessibleName() for piece in timeline.findChildren(QWidget)]
    assert "由138****1021改为138****6650" in names


def test_a_figure_is_a_way_into_its_list(show, qtbot: QtBot) -> None:
    card = FigureCard("message-report", "意见 收集 / 办结", BarChart([("10", 5), ("11", 7)]))
    card.show_figure("64 / 58", "条", "逾期 3", ("ok", "circle-check", "比上月 +9"))
    show(card, 220, 150)
    opened: list[int] = []
    card.clicked.connect(lambda: opened.append(1))
    qtbot.mouseClick(card, Qt.MouseButton.LeftButton, pos=QPoint(10, 10))
    qtbot.keyClick(card, Qt.Key.Key_Return)
    assert opened == [1, 1]
    assert card.accessibleName() == "意见 收集 / 办结 64 / 58 条 比上月 +9 逾期 3"


def test_a_notice_offers_its_deed(show, qtbot: QtBot) -> None:
    notice = show(Notice("alert-triangle", "warn", "第 46 批：3 条被退回", "证件号码校验不对 2", "去改正"), 400, 50)
    acted: list[int] = []
    notice.acted.connect(lambda: acted.append(1))
    qtbot.mouseClick(notice.link, Qt.MouseButton.LeftButton)
    assert acted == [1]


def test_charts_without_values_are_empty_and_with_values_say_them(show, look: Look) -> None:
    for chart in (BarChart([]), PairChart([]), LineChart([]), StackedBar([]), BarChart([("1", 0)]), LineChart([0]), StackedBar([(1, 0)])):
        show(chart, 200, 60)
        assert not chart.grab().isNull()
    assert PairChart([("11", 64, 58)], words="收集 64，办结 58").accessibleName() == "收集 64，办结 58"


def test_a_wide_window_with_many_deeds_can_be_made_narrow_again(show, look: Look) -> None:
    bar = ActionBar()
    bar.set_actions([Action(str(nth), f"一个很长的按钮 {nth}") for nth in range(6)])
    show(bar, bar.needed())
    assert bar.minimumSizeHint().width() < bar.needed() / 2


def test_the_same_deeds_keep_their_buttons_and_the_keys(show, look: Look) -> None:
    bar = ActionBar()
    actions = [Action("save", "保存"), Action("new", "新增")]
    bar.set_actions(actions)
    show(bar)
    bar.button("save").setFocus()
    bar.set_actions(list(actions))
    assert bar.button("save").hasFocus()


def test_the_words_beside_a_short_title_stand_beside_it_after_a_long_one(shell: Shell) -> None:
    header = shell.findChild(PageHeader)
    for title in ("小区与网格和场所阵地", "人员"):
        page = shell.current_page()
        page.title = lambda title=title: title  # type: ignore[method-assign]
        page.subtitle = lambda: "在册 676 人"  # type: ignore[method-assign]
        header.show_page(page)
        QApplication.processEvents()
    gap = header._subtitle.x() - header._title.x() - header._title.fontMetrics().horizontalAdvance("人员")
    assert 0 < gap < 24


def test_larger_letters_let_hidden_pages_go_but_nothing_that_was_typed(shell: Shell, look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    for key in ("person", "unit", "form"):
        shell.go(key)
    typed = shell.page("form")
    typed.field.set_value("陈嘉禾")
    monkeypatch.setattr(shell, "may_leave", lambda: True)  # the question is another test's business
    shell.go("opinion")
    before = shell.page("person")
    look.set_size(14)
    assert not isValid(before), "nobody looks at it, and it holds nothing"
    assert shell.page("form") is typed
    assert typed.field.value() == "陈嘉禾"
    shell.go("person")
    assert shell.current_page().title() == "人员"
