"""The windows before a ledger is open: signing in, the first run, and a ledger that is open already."""

from collections.abc import Generator
from functools import partial
from pathlib import Path
from typing import Any

from desktop.demo.screens_frame import Face, Screen, quiet, shut
from desktop.demo.screens_ledgers import Ground
from desktop.demo.tour_hand import commit, until
from desktop.demo.world import BINHAI
from desktop.demo.world_ledgers import CHEAP, PASSWORD
from desktop.office.desk import Desk
from desktop.office.opening import found
from desktop.ui.alreadyopen import AlreadyOpenWindow
from desktop.ui.firstrun import HEIGHT, WIDTH, FirstRun
from desktop.ui.login import HEIGHT as LOGIN_HEIGHT
from desktop.ui.login import WIDTH as LOGIN_WIDTH
from desktop.ui.login import LoginWindow
from desktop.ui.thispc import ALL, Ledger, Person


def login(ground: Ground) -> Generator[Screen, None, None]:
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
        shut(window)


def already_open(ground: Ground) -> Generator[Screen, None, None]:
    window = AlreadyOpenWindow(ground.clerk.books.ledger.folder)
    try:
        window.show()
        yield Screen("already-open", "已经开着", window, (440, 280))
    finally:
        shut(window)


def first_run(ground: Ground) -> Generator[Screen, None, None]:
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
        shut(window)


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
