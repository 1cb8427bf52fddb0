"""Every page of the program, opened the way it is met: for the pictures of `lianxin screens` and for the test that all fits.

A journey is a window (or a few) and yields a `Screen` for each page that it shows; what the caller does with it (letters, colours, size)
happens while the journey waits. Nothing is saved on the way.
"""

from collections.abc import Callable, Generator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt, QThreadPool
from PySide6.QtWidgets import QWidget

from desktop.demo.screens_ledgers import Ground
from desktop.demo.tour_hand import commit, fill_form, press, rest, until
from desktop.demo.world import BINHAI
from desktop.demo.world_ledgers import CHEAP, PASSWORD
from desktop.model.inspection import Inspection
from desktop.model.opinion import Opinion
from desktop.office.desk import Desk
from desktop.office.opening import found
from desktop.ui.alreadyopen import AlreadyOpenWindow
from desktop.ui.district import district_groups, special_pages
from desktop.ui.firstrun import HEIGHT, WIDTH, FirstRun
from desktop.ui.gallery import Gallery
from desktop.ui.latest import Latest
from desktop.ui.lock import lock
from desktop.ui.login import HEIGHT as LOGIN_HEIGHT
from desktop.ui.login import WIDTH as LOGIN_WIDTH
from desktop.ui.login import LoginWindow
from desktop.ui.look import look
from desktop.ui.office import OfficeWindow
from desktop.ui.pages import SPECIAL_PAGES
from desktop.ui.palette import HEIGHT as PALETTE_HEIGHT
from desktop.ui.palette import WIDTH as PALETTE_WIDTH
from desktop.ui.session import Session
from desktop.ui.settings import SettingsPage
from desktop.ui.shell import Shell
from desktop.ui.thispc import ALL, Ledger, Person, ThisPc
from desktop.ui.work import Work

SMALL, LARGE = (1366, 698), (1920, 1010)  # what a maximised window has on the two screens that offices own
WINDOWS = (SMALL, LARGE)
ROSTER = Path(__file__).resolve().parents[2] / "resources" / "samples" / "roster-made.xlsx"


@dataclass(frozen=True)
class Screen:
    """One page in sight. `drawn` is the size its window was drawn for at standard letters; nothing means: as large as the screen."""

    key: str
    title: str
    window: QWidget
    drawn: tuple[int, int] | None = None
    faces: tuple["Face", ...] = ()  # what the window can turn to without being opened anew, as the tabs of the settings


@dataclass(frozen=True)
class Face:
    """One of several pages of a window that stands already; `show` turns to it."""

    key: str
    title: str
    show: Callable[[], object]


Journey = Callable[[Ground], Generator[Screen, None, None]]


def each_face(screen: Screen) -> Generator[Screen, None, None]:
    """The page, or one after another all that its window turns to; letters need to grow only once for all of them."""
    if not screen.faces:
        yield screen
    for face in screen.faces:
        face.show()
        yield replace(screen, key=face.key, title=face.title, faces=())


def fit(screen: Screen, room: tuple[int, int]) -> None:
    """The window has the size that it has on a screen with this room, and has come to rest."""
    size = QSize(*room)
    if screen.drawn is not None:
        size = QSize(look().u(screen.drawn[0]), look().u(screen.drawn[1])).boundedTo(size)
    rest(0.01)  # the layout knows the letters of now: a window is never smaller than the layout of before
    screen.window.resize(size)
    quiet(screen.window)


def quiet(window: QWidget, seconds: float = 0.015) -> None:
    """Nothing in this window is being read or worked on any more."""

    def idle() -> bool:
        busy: list[Any] = [*window.findChildren(Work), *window.findChildren(Latest)]
        return not any(one.is_busy for one in busy)

    rest(seconds)
    until(idle, f"{window.windowTitle()} to come to rest")
    rest(seconds)


# the office's window


def _office(desk: Desk, special: dict[str, Any] | None = None, groups: Any = None) -> OfficeWindow:
    window = OfficeWindow(Session(desk), {**SPECIAL_PAGES, **(special or {})}, groups)
    window.resize(*SMALL)
    window.show()
    window.activateWindow()
    return window


def _shut(window: QWidget) -> None:
    """Away with it, without a question about what was typed."""
    QThreadPool.globalInstance().waitForDone()
    if isinstance(window, Shell):
        window.may_leave = lambda: True  # type: ignore[method-assign]
    window.blockSignals(True)  # its closing ends no program
    window.hide()
    window.deleteLater()
    rest()


def _page(key: str, title: str, page: str, *, who: str = "clerk", prepare: Callable[[OfficeWindow, Any], object] | None = None,
          given: Callable[[Ground], dict[str, Any]] | None = None, special: bool = False) -> Journey:  # fmt: skip
    """A page of an office in a window of its own."""

    def journey(ground: Ground) -> Generator[Screen, None, None]:
        desk = getattr(ground, who)
        window = _office(desk, special_pages() if special else None, district_groups() if special else None)
        try:
            window.go(page, **(given(ground) if given is not None else {}))
            quiet(window)
            if prepare is not None:
                prepare(window, window.current_page())
                quiet(window)
            yield Screen(key, title, window)
        finally:
            _shut(window)

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


def _settings(ground: Ground) -> Generator[Screen, None, None]:
    def page(session: Session) -> SettingsPage:
        return SettingsPage(session, ThisPc(ground.folder / "pc.json"))

    window = _office(ground.secretary, {"settings": page})
    try:
        window.go("settings")
        shown: Any = window.current_page()
        tabs = shown.tabs.tabs.items()
        faces = tuple(Face(f"settings-{key}", f"设置 · {tab.text()}", partial(_open_tab, shown, key)) for key, tab in tabs)
        yield Screen("settings", "设置", window, faces=faces)
    finally:
        _shut(window)


def _open_tab(page: Any, key: str) -> None:
    page.tabs.open(key)
    page.tabs.tabs[key].setFocus()


def _gallery(ground: Ground) -> Generator[Screen, None, None]:
    window = _office(ground.clerk)
    try:
        window.add_page("gallery", Gallery)
        window.go("gallery")
        yield Screen("gallery", "组件", window)
    finally:
        _shut(window)


def _palette(ground: Ground) -> Generator[Screen, None, None]:
    window = _office(ground.clerk)
    try:
        window.go("workbench")
        quiet(window)
        palette: Any = window.open_palette()
        commit(palette.search.focusWidget() or palette.search, "chen")
        rest(0.3)  # it looks when the typing stops
        yield Screen("palette", "找人、找事、找表 Ctrl+K", palette, (PALETTE_WIDTH, PALETTE_HEIGHT))
    finally:
        _shut(window)


def _lock(ground: Ground) -> Generator[Screen, None, None]:
    window = _office(ground.clerk)
    try:
        window.go("workbench")
        quiet(window)
        lock(window, [], ground.clerk)
        yield Screen("lock", "锁屏", window)
    finally:
        _shut(window)


# the windows before


def _login(ground: Ground) -> Generator[Screen, None, None]:
    people = [Person("zhoumin", "周敏", "社区工作者", "2021-11-24 08:31"), Person("linruoxi", "林若溪", "网格员", "2021-11-23 17:50")]
    known = Ledger(str(ground.clerk.books.ledger.folder), "凤山街道 · 滨海社区", names=ALL, people=people)
    window = LoginWindow(Path(known.folder), known)
    drawn = (LOGIN_WIDTH, LOGIN_HEIGHT)
    try:
        window.show()
        commit(window.sign_in.password.editor, PASSWORD)
        yield Screen("login", "登录", window, drawn, faces=(
            Face("login", "登录", window.show_sign_in), Face("login-forgotten", "忘了口令", partial(window.show_forgotten, "zhoumin")),
            Face("login-restore", "从备份恢复", window.show_restore),
        ))  # fmt: skip
    finally:
        _shut(window)


def _already_open(ground: Ground) -> Generator[Screen, None, None]:
    window = AlreadyOpenWindow(ground.clerk.books.ledger.folder)
    try:
        window.show()
        yield Screen("already-open", "已经开着", window, (440, 280))
    finally:
        _shut(window)


def _first_run(ground: Ground) -> Generator[Screen, None, None]:
    drawn = (WIDTH, HEIGHT)
    folder = ground.folder / f"新账本{len(list(ground.folder.iterdir()))}"
    window = FirstRun(rehearse=lambda _report: None, first=folder, found=partial(found, cost=CHEAP, now=ground.clock))
    opened: list[Desk] = []
    window.founded.connect(lambda _folder: opened.append(window._desk))
    try:
        window.show()
        yield Screen("first", "第一次使用", window, drawn, faces=(
            Face("first-1-ways", "第一次使用：从哪里开始", partial(_to_the_ways, window)),
            Face("first-2-office", "第一次使用：是哪个社区", partial(_found_here, window)),
            Face("first-3-place", "第一次使用：数据放在哪", window.go_on),
            Face("first-4-admin", "第一次使用：管理员与口令", partial(_name_the_admin, window)),
        ))  # fmt: skip
        window.go_on()
        until(lambda: bool(opened), "the ledger to be founded")
        quiet(window)
        yield Screen("first-5-sheet", "第一次使用：恢复单", window, drawn)
        window.sheet.sheet.typed.set_value(window.sheet.sheet.key)
        commit(window.sheet.sheet.typed.editor, " ")
        window.go_on()
        yield Screen("first-6-done", "第一次使用：账本建好了", window, drawn)
    finally:
        for desk in opened:
            desk.books.ledger.close()
        _shut(window)


def _to_the_ways(window: FirstRun) -> None:
    while window.at:
        window.go_back()


def _found_here(window: FirstRun) -> None:
    window.take_way("community")
    window.office.picker.set_value(BINHAI, "滨海社区")


def _name_the_admin(window: FirstRun) -> None:
    window.go_on()
    admin: Any = window.admin
    for field, value in ((admin.name, "周敏"), (admin.post, "社区工作者"), (admin.password, PASSWORD), (admin.again, PASSWORD)):
        field.editor.setFocus()
        field.editor.clear()
        commit(field.editor, value)


JOURNEYS: tuple[tuple[str, Journey], ...] = (
    ("workbench", _page("workbench", "工作台", "workbench")),
    ("people", _page("people", "人员，带抽屉", "table:person", prepare=_to_second_row)),
    ("people-ticked", _page("people-ticked", "人员，勾选三人", "table:person", prepare=_tick_three)),
    ("person", _page("person", "登记一个人", "form:person", prepare=_half_typed)),
    ("organisations", _page("organisations", "单位", "table:organisation")),
    ("check-ins", _page("check-ins", "双报到", "table:check_in")),
    ("activity", _page("activity", "记一次活动", "form:activity")),
    ("opinions", _page("opinions", "意见建议", "table:opinion", prepare=_to_second_row)),
    ("opinion", _page("opinion", "一条意见", "record:opinion", given=_in_hand)),
    ("opinion-form", _page("opinion-form", "登记一条意见", "form:opinion")),
    ("inspections", _page("inspections", "检查", "table:inspection", who="fire")),
    ("inspection", _page("inspection", "查到一半", "record:inspection", who="fire", given=_half_done)),
    ("danger", _page("danger", "记下一处隐患", "record:inspection", who="fire", given=_half_done, prepare=_danger)),
    ("print", _page("print", "报表与打印", "print", given=lambda _ground: {"paper": "roster"}, prepare=_starred)),
    ("exchange", _page("exchange", "上报与接收", "exchange", who="secretary")),
    ("figures", _page("figures", "指标", "figures", prepare=_whole_year)),
    ("import", _page("import", "从电子表格导入", "import", given=lambda _ground: {"kind": "person", "path": ROSTER}, prepare=_roster)),
    ("help", _page("help", "帮助", "help")),
    ("settings", _settings),
    ("palette", _palette),
    ("lock", _lock),
    ("login", _login),
    ("already-open", _already_open),
    ("first-run", _first_run),
    ("district", _page("district", "区：全区一览", "board", who="district", prepare=_chosen, special=True)),
    ("district-batches", _page("district-batches", "区：收到的批次", "table:batch", who="district", special=True)),
    ("district-figures", _page("district-figures", "区：指标", "figures", who="district", prepare=_whole_year, special=True)),
    ("gallery", _gallery),
)
