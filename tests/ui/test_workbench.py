"""The workbench: what is late stands first, every number opens exactly the rows it counted, and reading never holds the hand up."""

import time

import pytest
from PySide6.QtCore import QElapsedTimer, QPoint, QTimer
from pytestqt.qtbot import QtBot

from desktop.model.opinion import Opinion
from desktop.model.place import Place
from desktop.office import inspections, opinions, overview
from desktop.office.backups import last_backup
from desktop.office.desk import Desk
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.figures import Notice
from desktop.ui.workbench import WorkbenchPage
from tests.builders import a_person, a_place, an_activity, an_opinion
from tests.ui.hands import ALT, Key, at_rest, choose_in_menu, click, press, shown


@pytest.fixture
def busy(desk: Desk) -> Desk:
    """An office with something late, something due and a month behind it."""
    an_opinion(desk, "路灯不亮", heard_on="2021-09-04", place=a_place(desk, "滨海花园"))
    an_opinion(desk, "要加减速带", heard_on=desk.today)
    merged = an_opinion(desk, "还是那盏路灯", heard_on=desk.today)
    opinions.move_opinion(desk, merged, "merge", same_as=desk.rows(Opinion)[1]["id"])
    an_activity(desk, [a_person(desk, "陈嘉禾"), a_person(desk, "仇思远")], held_on=desk.today)
    an_activity(desk, [a_person(desk, "刘龑")], held_on="2021-10-02")
    inspections.register_danger(desk, situation="楼道堆放电动车", place=desk.rows(Place)[0]["id"])
    return desk


@pytest.fixture
def page(open_office, busy: Desk, qtbot: QtBot) -> WorkbenchPage:
    window = open_office(busy, "workbench")
    page = window.current_page()
    assert isinstance(page, WorkbenchPage)
    at_rest(qtbot, page)
    return page


def test_what_is_late_stands_first_with_its_days_and_what_to_do(page: WorkbenchPage) -> None:
    assert shown(page.list, "due")[0].startswith("逾期 ")
    assert "路灯不亮" in shown(page.list, "title")[0]
    assert shown(page.list, "title")[0].startswith("意见建议 0001 ·")
    assert shown(page.list, "where")[0].startswith("滨海花园")
    assert shown(page.list, "who")[0] == "周敏", "by name, not by login"
    assert shown(page.list, "todo")[0] == "去研判"


@pytest.mark.parametrize("bucket", ["all", "late", "now", "soon"])
def test_a_chip_shows_as_many_rows_as_it_counts(page: WorkbenchPage, bucket: str) -> None:
    click(page.chips[bucket])
    assert page.list.rows.rowCount() == int(page.chips[bucket].value)
    assert page.chips[bucket].on


@pytest.mark.parametrize("key", ["6", "8", "14.times", "25.found"])
def test_a_figure_opens_exactly_the_rows_that_it_counted(page: WorkbenchPage, busy: Desk, key: str) -> None:
    said = page.seen.series[key][-1].value
    click(page.month.cards[key])
    table = page.window().current_page()
    assert table.view.rows.rowCount() == said
    if key != "8":
        assert said > 0, "this world has some"


def test_the_gaps_of_the_month_open_the_rows_that_lack_the_field(page: WorkbenchPage, busy: Desk) -> None:
    gap = page.seen.completeness.gaps[0]
    click(page.side.safe, "看差项")
    table = page.window().current_page()
    assert page.window().current_key == f"table:{gap.kind}"
    assert table.view.rows.rowCount() == gap.count


def test_enter_and_the_link_open_the_thing_itself(page: WorkbenchPage, busy: Desk) -> None:
    window = page.window()
    press(page, Key.Key_Return)
    assert window.current_key == "record:opinion"
    assert window.current_page().row["id"] == page.list.current_id()
    press(window, Key.Key_Escape)
    assert window.current_key == "workbench"


def test_alt_and_a_digit_begin_the_deeds_of_the_day(page: WorkbenchPage) -> None:
    window = page.window()
    for digit, key in ((Key.Key_1, "form:opinion"), (Key.Key_2, "form:person"), (Key.Key_3, "form:activity"), (Key.Key_5, "form:check_in")):
        press(window, digit, held=ALT)
        assert window.current_key == key
        window.back()


def test_something_done_elsewhere_arrives_without_asking(page: WorkbenchPage, busy: Desk, qtbot: QtBot) -> None:
    before = int(page.chips["all"].value)
    an_opinion(busy, "井盖响", heard_on="2021-11-10")
    page.session.told()
    qtbot.waitUntil(lambda: int(page.chips["all"].value) == before + 1)


def test_a_backup_is_made_from_here_and_said(page: WorkbenchPage, busy: Desk, qtbot: QtBot) -> None:
    assert any("还没有备份" in one.accessibleName() for one in page.side.findChildren(Notice))
    click(page.side.safe, "立即备份")
    qtbot.waitUntil(lambda: "已备份并打开核对" in page.bar.text, timeout=20_000)
    at_rest(qtbot, page)
    assert last_backup(busy) is not None
    assert any("最近备份" in one.accessibleName() for one in page.side.findChildren(Notice))


def test_a_quiet_day_says_so(open_office, desk: Desk, qtbot: QtBot) -> None:
    page = open_office(desk, "workbench").current_page()
    at_rest(qtbot, page)
    assert page.nothing.isVisible()
    assert not page.list.isVisible()
    assert page.chips["all"].value == "0"


def test_five_due_rows_and_four_figures_stand_on_a_small_screen_without_scrolling(open_office, desk: Desk, qtbot: QtBot) -> None:
    for nth in range(6):
        an_opinion(desk, f"第 {nth} 件", heard_on="2021-09-04")
    page = open_office(desk, "workbench").current_page()
    at_rest(qtbot, page)
    qtbot.wait(30)
    rows = page.list.viewport().height() // page.list.row_height()
    assert rows >= 5
    assert all(not card.visibleRegion().isEmpty() and card.visibleRegion().boundingRect().height() == card.height()
               for card in page.month.cards.values())  # fmt: skip


def test_with_large_letters_the_list_comes_first_and_the_rest_below(page: WorkbenchPage, look, qtbot: QtBot) -> None:
    look.set_size(18)
    qtbot.wait(50)
    assert page.window().width() == 1366
    assert page.side.y() > page.today.y()
    assert page.list.viewport().height() >= 5 * page.list.row_height()
    click(page._more)
    choose_in_menu(qtbot, "报到")
    assert page.window().current_key == "form:check_in"


def test_the_hand_is_never_held_up_while_the_ledger_is_read(page: WorkbenchPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reading takes half a second here; the screen must answer all the while and show what it knew."""
    quick = overview.look_round

    def slow(desk: Desk) -> overview.Seen:
        time.sleep(0.5)
        return quick(desk)

    monkeypatch.setattr("desktop.ui.workbench.look_round", slow)
    gaps: list[int] = []
    watch, beat = QElapsedTimer(), QTimer()
    watch.start()
    beat.timeout.connect(lambda: gaps.append(watch.restart()))
    beat.start(5)
    before = page.chips["all"].value
    page.reload()
    assert page.chips["all"].value == before
    qtbot.wait(400)
    beat.stop()
    assert page.reads.is_busy
    assert max(gaps) < 250
    at_rest(qtbot, page)


def test_the_navigation_shows_under_which_list_a_form_and_a_record_stand(page: WorkbenchPage) -> None:
    window = page.window()
    press(page, Key.Key_Return)
    assert window.current_key == "record:opinion"
    assert window.navigation.rows["table:opinion"].current
    window.go("form:person")
    assert window.navigation.rows["table:person"].current
    assert not window.navigation.rows["table:opinion"].current


def test_a_message_makes_room_below_itself_and_gives_it_back(page: WorkbenchPage, qtbot: QtBot) -> None:
    deed = next(button for button in page.findChildren(Button) if button.text().strip().startswith("登记意见"))

    def top() -> int:
        return deed.mapTo(page, QPoint(0, 0)).y()

    before = top()
    page.say("act", "这是演练社区")
    qtbot.waitUntil(lambda: top() > before)
    assert top() > page.bar.geometry().bottom() + 1, "the bar does not stick to the deeds"
    page.bar.clear()
    qtbot.waitUntil(lambda: top() == before)
