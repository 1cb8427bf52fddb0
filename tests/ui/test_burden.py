"""What six common jobs cost a clerk in keys, clicks and fields, from the workbench on, typed through the real window.

docs/burden.md says how much; a job that needs more than the page says fails here, and one that needs less wants the page renewed:

    LIANXIN_WRITE=1 pytest tests/ui/test_burden.py
"""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from desktop.model.activity import Activity, Service
from desktop.model.checkin import CheckIn
from desktop.model.inspection import Inspection
from desktop.model.opinion import Opinion
from desktop.model.person import Person
from desktop.office.desk import Desk
from desktop.sync import standing
from tests.builders import a_checklist, a_person, a_place, an_activity, an_organisation, audited, moved
from tests.ui.burden_hand import Hand
from tests.ui.hands import ALT, CTRL, Key, at_rest
from tests.ui.offices import two_offices

PAGE = Path(__file__).resolve().parents[2] / "docs" / "burden.md"
LINE = re.compile(r"^\| (?P<job>[^|]+?) \| (?P<keys>\d+) \| (?P<clicks>\d+) \| (?P<fields>\d+) \|", re.MULTILINE)
PARTY, HELPERS = "机关党员 2019-07-01~", "志愿者 2019-07-01~"
SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈", "安平和顺康宁福瑞祥泰"
NEWCOMERS = [f"{SURNAMES[nth % 10]}{GIVEN[nth // 10]}{GIVEN[nth % 10]}" for nth in range(20)]

Job = Callable[[Hand, Desk, QtBot], None]


def a_unit_whose_members_are_known(hand: Hand, desk: Desk, qtbot: QtBot) -> None:
    hand.press(Key.Key_5, held=ALT)
    hand.press("d", Key.Key_Return)  # 单位党组织
    hand.pick("qswj")
    hand.press(Key.Key_Return, held=CTRL)
    hand.until(lambda: len(desk.rows(CheckIn, state="已报到")) == 21)


def a_unit_whose_members_are_not_known(hand: Hand, desk: Desk, qtbot: QtBot) -> None:
    hand.press(Key.Key_5, held=ALT)
    hand.press("d", Key.Key_Return)
    hand.pick("qzjj")
    hand.press(Key.Key_Return, Key.Key_Return, Key.Key_Return)  # past the day, which is today's, and 再加一人
    for name in NEWCOMERS:
        hand.say(name)
        hand.press(Key.Key_Return)
    hand.press(Key.Key_Return, held=CTRL)
    hand.until(lambda: len(desk.rows(CheckIn, state="已报到")) == 21)
    assert {row["name"] for row in desk.rows(Person)} >= set(NEWCOMERS)


def thirty_volunteers_by_their_role(hand: Hand, desk: Desk, qtbot: QtBot) -> None:
    hand.press(Key.Key_3, held=ALT)
    hand.say("清洁家园")
    hand.press(Key.Key_Return, Key.Key_Return)
    hand.type("1430")
    hand.press(Key.Key_Return)
    hand.type("1730")
    hand.press(*[Key.Key_Return] * 4)  # place and kind may stay open; the hours are known
    hand.press(Key.Key_Down)  # 计入志愿服务
    hand.press(Key.Key_Return, Key.Key_Return, Key.Key_Return)
    hand.pick("zyz")
    hand.press(Key.Key_Return, held=CTRL)
    hand.until(lambda: len(desk.rows(Service)) == 60)


def the_same_afternoon_again(hand: Hand, desk: Desk, qtbot: QtBot) -> None:
    hand.go("hd")
    hand.at_rest()
    hand.press(Key.Key_D, held=CTRL)
    hand.press(Key.Key_Return, held=CTRL)
    hand.until(lambda: len(desk.rows(Service)) == 60)
    first, again = sorted(desk.rows(Activity), key=lambda row: row["id"])
    assert (again["name"], again["place"], again["held_on"]) == (first["name"], first["place"], desk.today)
    assert {row["minutes"] for row in desk.rows(Service)} == {180}


def an_opinion_from_hearing_to_reply(hand: Hand, desk: Desk, qtbot: QtBot) -> None:
    hand.press(Key.Key_1, held=ALT)
    hand.press(Key.Key_Return)  # the title comes out of the text
    hand.say("盐工小区3栋下水道堵塞。")
    hand.press(Key.Key_Tab, Key.Key_Tab, Key.Key_Return)  # no proposal; heard today
    hand.press(Key.Key_Down)
    hand.press(Key.Key_Return, held=CTRL)
    hand.until(lambda: len(desk.rows(Opinion)) == 1)
    hand.at_rest()
    hand.go("ygxq3")
    for keys in ([Key.Key_Down], None, [], "已疏通管道。", [Key.Key_Return, Key.Key_Down]):
        hand.at_rest()
        hand.press(Key.Key_F9)
        if keys is None:
            hand.pick("qzjj")
        elif isinstance(keys, str):
            hand.say(keys)
        elif keys:
            hand.press(*keys)
        if keys != []:
            hand.press(Key.Key_Return, held=CTRL)
        hand.at_rest()
    (opinion,) = desk.rows(Opinion)
    assert opinion["state"] == "反馈"
    assert opinion["title"] == "盐工小区3栋下水道堵塞"


def a_fire_check_of_twelve_premises(hand: Hand, desk: Desk, qtbot: QtBot) -> None:
    hand.press(Key.Key_4, held=ALT)
    hand.press(Key.Key_Return)
    hand.pick("pm1")
    hand.press(Key.Key_Return)
    hand.pick("jxcs")
    hand.press(Key.Key_Return, Key.Key_Return)
    hand.say("周敏、林小雨")
    hand.press(Key.Key_Return, held=CTRL)
    for nth in range(12):
        page = hand.window.current_page()
        hand.until(lambda nth=nth: len(desk.rows(Inspection)) == nth + 1)
        hand.at_rest()
        hand.until(lambda page=page: hand.window.current_page().view.is_open)
        if nth in (3, 7):
            hand.press("2")
            hand.say("二楼通道堆放货箱")
            hand.press(Key.Key_Return, held=CTRL)
            hand.until(lambda: hand.window.current_page().deeds.is_idle)
        hand.press("g", "g")
        hand.press(Key.Key_Return, held=CTRL)
        hand.until(lambda nth=nth: len(desk.rows(Inspection, state="已完成")) == nth + 1)
        hand.until(lambda: hand.window.current_page().deeds.is_idle)
        if nth in (3, 7):
            hand.press(Key.Key_F9)
            hand.until(lambda: hand.window.current_key == "print")
            hand.at_rest()
            hand.press(Key.Key_Escape)
        if nth < 11:
            hand.press(Key.Key_F9)
    assert len(desk.rows(Inspection, state="已完成")) == 12


def the_report_of_last_month(hand: Hand, desk: Desk, qtbot: QtBot) -> None:
    moved(desk, 8)  # 2 December, when November is reported
    hand.go("yb")
    page = hand.window.current_page()
    hand.until(lambda: page.made is not None and not page.drawing.is_busy)
    assert page.order.wish.since == "2021-11-01"
    assert page.order.wish.until == "2021-11-30"
    hand.press(Key.Key_E, held=CTRL)
    hand.until(lambda: isinstance(QApplication.activeModalWidget(), QFileDialog))
    hand.until(lambda: QApplication.activeModalWidget().isAncestorOf(hand.focus))
    hand.press(Key.Key_Return)
    hand.until(lambda: ("paper.print", True) in audited(desk))


def the_stick(hand: Hand, desk: Desk, qtbot: QtBot) -> None:
    hand.press(Key.Key_7, held=ALT)
    page = hand.window.current_page()
    hand.until(lambda: page.seen is not None)
    hand.press(Key.Key_F9)
    hand.until(lambda: "可以拔出" in page.bar.text)
    assert list((desk.books.ledger.folder.parent.parent / "U盘" / "连心").iterdir())


JOBS: dict[str, Job] = {
    "一个单位和它登记过的 20 名党员报到": a_unit_whose_members_are_known,
    "一个单位和没登记过的 20 名党员报到": a_unit_whose_members_are_not_known,
    "三十名志愿者一个下午": thirty_volunteers_by_their_role,
    "同一场活动再来一次": the_same_afternoon_again,
    "一条意见从听到到答复": an_opinion_from_hearing_to_reply,
    "十二家场所的消防检查，两家要整改": a_fire_check_of_twelve_premises,
    "上个月的月报存成文件": the_report_of_last_month,
    "写一批到记住的 U 盘": the_stick,
}


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """A community that is enrolled, with a unit of twenty, thirty volunteers and twelve premises."""
    monkeypatch.setenv("HOME", str(tmp_path))  # where a paper is saved when nobody chooses another folder
    offices = two_offices(tmp_path)
    offices.enrol()
    standing.remember_stick(offices.community, offices.stick)
    desk = offices.community
    unit = an_organisation(desk, "区税务局")
    an_organisation(desk, "区住建局")
    for nth in range(20):
        a_person(desk, f"税务{nth:02d}", PARTY, employer=unit)
    came = [a_person(desk, f"志愿{nth:02d}", HELPERS) for nth in range(30)]
    an_activity(desk, came, minutes=180, name="清洁家园", place=a_place(desk, "盐工小区"), held_on="2021-11-17")
    for nth in range(1, 13):
        a_place(desk, f"铺面{nth:02d}", "场所", premises="九小场所", keeper="张三", route_no=nth)
    a_checklist(desk, 10)
    yield desk
    offices.district.books.ledger.close()


def told() -> dict[str, tuple[int, int, int]]:
    """What the page says of each job."""
    page = PAGE.read_text(encoding="utf-8") if PAGE.is_file() else ""
    return {one["job"]: (int(one["keys"]), int(one["clicks"]), int(one["fields"])) for one in LINE.finditer(page)}


def write_down(job: str, keys: int, clicks: int, fields: int) -> None:
    """The job's line of the page, in its place."""
    line, page = f"| {job} | {keys} | {clicks} | {fields} |", PAGE.read_text(encoding="utf-8")
    there = re.compile(rf"^\| {re.escape(job)} \| \d+ \| \d+ \| \d+ \|", re.MULTILINE)
    PAGE.write_text(there.sub(line, page) if there.search(page) else page.rstrip("\n") + f"\n{line}\n", encoding="utf-8")


@pytest.mark.parametrize("job", JOBS)
def test_a_job_costs_no_more_than_the_page_says(job: str, desk: Desk, open_office, qtbot: QtBot) -> None:
    window = open_office(desk, "workbench")
    at_rest(qtbot, window.current_page())
    hand = Hand(window, qtbot)
    JOBS[job](hand, desk, qtbot)
    cost = (hand.keys, hand.clicks, hand.fields)
    if os.environ.get("LIANXIN_WRITE"):
        write_down(job, *cost)
    assert cost == told().get(job), "more than docs/burden.md says, or less: then renew the page (LIANXIN_WRITE=1)"


def test_the_page_names_these_jobs_and_no_others() -> None:
    assert list(told()) == list(JOBS)
