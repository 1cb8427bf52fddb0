"""Every page of the program, opened the way it is met: for the pictures of `lianxin screens` and for the test that all fits.

A journey is a window (or a few) and yields a `Screen` for each page that it shows; what the caller does with it (letters, colours, size)
happens while the journey waits. Nothing is saved on the way.
"""

from collections.abc import Callable, Generator
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.demo.screens_frame import SMALL, Face, Journey, Screen, quiet, shut
from desktop.demo.screens_front import already_open, first_run, login
from desktop.demo.screens_ledgers import Ground
from desktop.demo.tour_hand import commit, fill, fill_form, press, rest, until
from desktop.demo.world import BINHAI
from desktop.model.inspection import Inspection
from desktop.model.opinion import Opinion
from desktop.model.person import Person
from desktop.office.desk import Desk
from desktop.ui.district import district_groups, special_pages
from desktop.ui.entry import EntryPage
from desktop.ui.gallery import Gallery
from desktop.ui.kit.rarecharacters import RareCharacters, open_over
from desktop.ui.lock import lock
from desktop.ui.office import OfficeWindow
from desktop.ui.pages import SPECIAL_PAGES
from desktop.ui.palette import HEIGHT as PALETTE_HEIGHT
from desktop.ui.palette import WIDTH as PALETTE_WIDTH
from desktop.ui.session import Session
from desktop.ui.settings import SettingsPage
from desktop.ui.thispc import ThisPc

ROSTER = Path(__file__).resolve().parents[2] / "resources" / "samples" / "roster-made.xlsx"
BLOCK = (  # as it comes from a sheet: a head, a number that lacks its last digit, a character that few fonts have
    "姓名\t身份证号\t人员类别\t电话\t工作单位\t备注\r\n"
    "李建国\t441502196307153758\t居民\t13800138000\t区税务局\t\r\n"
    "王𬭊\t44150219630715375\t志愿者\t13800138001\t区税务局\t周末有空\r\n"
    "林若溪\t\t志愿者、居民\t13900139000\t\t\r\n"
)


def open_office(desk: Desk, special: dict[str, Any] | None = None, groups: Any = None) -> OfficeWindow:
    window = OfficeWindow(Session(desk), {**SPECIAL_PAGES, **(special or {})}, groups)
    window.resize(*SMALL)
    window.show()
    window.activateWindow()
    return window


def office_page(key: str, title: str, page: str, *, who: str = "clerk", prepare: Callable[[OfficeWindow, Any], object] | None = None,
          given: Callable[[Ground], dict[str, Any]] | None = None, special: bool = False) -> Journey:  # fmt: skip
    """A page of an office in a window of its own."""

    def journey(ground: Ground) -> Generator[Screen, None, None]:
        desk = getattr(ground, who)
        window = open_office(desk, special_pages() if special else None, district_groups() if special else None)
        try:
            window.go(page, **(given(ground) if given is not None else {}))
            quiet(window)
            if prepare is not None:
                prepare(window, window.current_page())
                quiet(window)
            yield Screen(key, title, window)
        finally:
            shut(window)

    return journey


def _to_second_row(_window: OfficeWindow, page: Any) -> None:
    page.view.setFocus()
    page.view.go_to(1)


def _tick_three(_window: OfficeWindow, page: Any) -> None:
    for row in range(3):
        page.view.rows.toggle(row)


def _starred(_window: OfficeWindow, page: Any) -> None:
    """The roster as picture 06 has it: forms that are printed all the time, and the slips of the same people with it."""
    for key in ("registration", "slip", "roster", "opinion-ledger"):
        page.papers.star(key)
    page.along.tick.click()


def _half_typed(_window: OfficeWindow, page: Any) -> None:
    """A form as picture 03 has it: an ID number that fills the rest, and a telephone number one digit short."""
    fill_form(page, {"name": "陈嘉禾", "id_number": "440308199901101512", "phone": "1380013800"})
    press(page.bindings["phone"].field.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def _people_of_a_sheet(_ground: Ground) -> dict[str, Any]:
    return {"kind": "person", "path": ROSTER}


def _roster(_window: OfficeWindow, page: Any) -> None:
    until(lambda: page.dry is not None and not page.work.is_busy, "the dry run")


def _danger(window: OfficeWindow, page: Any) -> None:
    """The current item is found bad: the danger opens under it."""
    page.view.items.setFocus()
    press(window.focusWidget() or page, Qt.Key.Key_2)


def _in_hand(ground: Ground) -> dict[str, Any]:
    return {"id": next(row for row in ground.clerk.rows(Opinion) if row["state"] == "办理中")["id"]}


def _half_done(ground: Ground) -> dict[str, Any]:
    return {"id": next(row for row in ground.fire.rows(Inspection) if row["state"] == "检查中")["id"]}


def _whole_year(_window: OfficeWindow, page: Any) -> None:
    until(lambda: page.seen is not None, "the figures")


def _chosen(_window: OfficeWindow, page: Any) -> None:
    until(lambda: page.seen is not None, "the board")
    page.board.choose(BINHAI)


def _pasted(_window: OfficeWindow, page: EntryPage) -> None:
    """批量录入 with a block from a sheet, looked at before anything is kept."""
    QApplication.clipboard().setText(BLOCK)
    press(page.grid.cell, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    until(lambda: page.paste.dry is not None and not page.reads.is_busy, "the block to be looked at")


def _typed_rows(_window: OfficeWindow, page: EntryPage) -> None:
    commit(page.grid.cell, "陈嘉禾")
    until(lambda: page.judging.is_settled and not page.reads.is_busy, "the row to be judged")


def _another_post(_window: OfficeWindow, page: Any) -> None:
    """成批修改 as it stands before it is done: before → after of everybody."""
    fill(page.bound.field.editor, "网格联络员")
    until(lambda: bool(page.planned) and not page.reads.is_busy, "what will change")


def _some_people(ground: Ground) -> dict[str, Any]:
    return {"ids": tuple(row["id"] for row in ground.clerk.rows(Person)[:12]), "field": "post"}


def _one_side(_window: OfficeWindow, page: Any) -> None:
    """Of the first of two fields a side is chosen."""
    until(lambda: page.sheet() is not None, "the first record")
    press(page, Qt.Key.Key_2)


def _rare(ground: Ground) -> Generator[Screen, None, None]:
    window = open_office(ground.clerk)
    try:
        window.go("form:person")
        page: Any = window.current_page()
        open_over(page.bindings["name"].field.editor)
        picker = window.findChild(RareCharacters)
        assert picker is not None
        commit(picker.search, "钅杜")
        rest(0.3)  # it looks when the typing stops
        yield Screen("rare-characters", "生僻字", picker, (picker.width(), picker.height()))
        picker.reject()
    finally:
        shut(window)


def _settings(ground: Ground) -> Generator[Screen, None, None]:
    def page(session: Session) -> SettingsPage:
        return SettingsPage(session, ThisPc(ground.folder / "pc.json"))

    window = open_office(ground.secretary, {"settings": page})
    try:
        window.go("settings")
        shown: Any = window.current_page()
        tabs = shown.tabs.tabs.items()
        faces = tuple(Face(f"settings-{key}", f"设置 · {tab.text()}", partial(_open_tab, shown, key)) for key, tab in tabs)
        yield Screen("settings", "设置", window, faces=faces)
    finally:
        shut(window)


def _open_tab(page: Any, key: str) -> None:
    page.tabs.open(key)
    page.tabs.tabs[key].setFocus()


def _gallery(ground: Ground) -> Generator[Screen, None, None]:
    window = open_office(ground.clerk)
    try:
        window.add_page("gallery", Gallery)
        window.go("gallery")
        yield Screen("gallery", "组件", window)
    finally:
        shut(window)


def _palette(ground: Ground) -> Generator[Screen, None, None]:
    window = open_office(ground.clerk)
    try:
        window.go("workbench")
        quiet(window)
        palette: Any = window.open_palette()
        commit(palette.search.focusWidget() or palette.search, "chen")
        rest(0.3)  # it looks when the typing stops
        yield Screen("palette", "找人、找事、找表 Ctrl+K", palette, (PALETTE_WIDTH, PALETTE_HEIGHT))
    finally:
        shut(window)


def _lock(ground: Ground) -> Generator[Screen, None, None]:
    window = open_office(ground.clerk)
    try:
        window.go("workbench")
        quiet(window)
        lock(window, [], ground.clerk)
        yield Screen("lock", "锁屏", window)
    finally:
        shut(window)


JOURNEYS: tuple[tuple[str, Journey], ...] = (
    ("workbench", office_page("workbench", "工作台", "workbench")),
    ("people", office_page("people", "人员，带抽屉", "table:person", prepare=_to_second_row)),
    ("people-ticked", office_page("people-ticked", "人员，勾选三人", "table:person", prepare=_tick_three)),
    ("person", office_page("person", "登记一个人", "form:person", prepare=_half_typed)),
    ("organisations", office_page("organisations", "单位", "table:organisation")),
    ("check-ins", office_page("check-ins", "双报到", "table:check_in")),
    ("activity", office_page("activity", "记一次活动", "form:activity")),
    ("opinions", office_page("opinions", "意见建议", "table:opinion", prepare=_to_second_row)),
    ("opinion", office_page("opinion", "一条意见", "record:opinion", given=_in_hand)),
    ("opinion-form", office_page("opinion-form", "登记一条意见", "form:opinion")),
    ("inspections", office_page("inspections", "检查", "table:inspection", who="fire")),
    ("inspection", office_page("inspection", "查到一半", "record:inspection", who="fire", given=_half_done)),
    ("danger", office_page("danger", "记下一处隐患", "record:inspection", who="fire", given=_half_done, prepare=_danger)),
    ("print", office_page("print", "报表与打印", "print", given=lambda _ground: {"paper": "roster"}, prepare=_starred)),
    ("exchange", office_page("exchange", "上报与接收", "exchange", who="secretary")),
    ("figures", office_page("figures", "指标", "figures", prepare=_whole_year)),
    (
        "import",
        office_page("import", "从电子表格导入", "import", given=lambda _ground: {"kind": "person", "path": ROSTER}, prepare=_roster),
    ),
    ("help", office_page("help", "帮助", "help")),
    ("entry-pasted", office_page("entry-pasted", "批量录入，贴进来一块", "entry:person", prepare=_pasted)),
    ("entry", office_page("entry", "批量录入", "entry:person", prepare=_typed_rows)),
    ("bulk", office_page("bulk", "成批修改", "bulk:person", given=_some_people, prepare=_another_post)),
    ("conflicts", office_page("conflicts", "冲突台", "conflicts", who="torn", prepare=_one_side)),
    ("dangers", office_page("dangers", "隐患", "table:danger", who="fire", prepare=_to_second_row)),
    ("places", office_page("places", "小区与网格", "table:place", prepare=_to_second_row)),
    ("rare-characters", _rare),
    ("settings", _settings),
    ("palette", _palette),
    ("lock", _lock),
    ("login", login),
    ("already-open", already_open),
    ("first-run", first_run),
    ("district", office_page("district", "区：全区一览", "board", who="district", prepare=_chosen, special=True)),
    ("district-batches", office_page("district-batches", "区：收到的批次", "table:batch", who="district", special=True)),
    ("district-figures", office_page("district-figures", "区：指标", "figures", who="district", prepare=_whole_year, special=True)),
    ("gallery", _gallery),
)
