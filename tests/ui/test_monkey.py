"""A monkey is let loose in the window of an office; whatever it does, nothing breaks, nothing is lost, nothing stays open.

A small dose in every run; `make monkey` takes a million events. Either is divided among several monkeys, each with a seed and an office
of its own, so that all cores have work. What fails is replayed with `--seed` and `--steps`, both of which the failure names together
with the last steps; after a crash of Qt itself they lie in lianxin-monkey-<seed>.log of the temporary folder.
"""

import gc
import os
import sys
import tempfile
import threading
import traceback
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QSize, QThreadPool, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from desktop.model.contents import RECORD_TYPES
from desktop.office.desk import Desk
from desktop.store.journal import broken_link
from desktop.ui.kit.rarecharacters import RareCharacters
from desktop.ui.lock import LockOverlay, lock
from desktop.ui.look import STEPS, Look
from desktop.ui.office import OfficeWindow
from desktop.ui.pages import SPECIAL_PAGES
from desktop.ui.session import Session
from desktop.ui.settings import SettingsPage
from desktop.ui.thispc import ThisPc
from tests.builders import (
    PASSWORD,
    a_campaign,
    a_person,
    a_place,
    an_activity,
    an_inspection,
    an_opinion,
    an_organisation,
    people,
)  # fmt: skip
from tests.ui.monkey import Monkey

MONKEYS = 4
SMALL, FULL = 1_200, 1_000_000 // MONKEYS  # events of one of them
SCREEN = QSize(1366, 698)  # an office PC without its task bar and title
WARM = 400  # steps after which what is made once has been made
SPARE = 80  # QObjects around the pages that may be there or not: the deeds of the head, a toast, what goes a turn later
WARM_FULLY = 20_000  # events after which fonts, pictures and the code of every page are in memory
MOST = 1_500  # bytes that the process may grow by one event from then on
# The last is QTest's own: a key that closes the list of a choice is taken by nobody.
HARMLESS = ("This plugin does not support", "QFont::setPointSizeF", "Keyboard event not accepted")


class Faults:
    """What went wrong without anybody being told: errors that nobody caught, and what Qt complains of."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def caught(self, kind: type[BaseException], error: BaseException | None, trace: object) -> None:
        self.found.append("".join(traceback.format_exception(kind, error, trace)))  # type: ignore[arg-type]

    def said(self, kind: QtMsgType, _where: object, words: str) -> None:
        if kind is not QtMsgType.QtDebugMsg and kind is not QtMsgType.QtInfoMsg and not words.startswith(HARMLESS):
            self.found.append(f"Qt: {words}")


@pytest.fixture
def faults(monkeypatch: pytest.MonkeyPatch) -> Iterator[Faults]:
    seen = Faults()
    monkeypatch.setattr(sys, "excepthook", seen.caught)
    monkeypatch.setattr(sys, "unraisablehook", lambda found: seen.caught(found.exc_type, found.exc_value, found.exc_traceback))
    monkeypatch.setattr(threading, "excepthook", lambda found: seen.caught(found.exc_type, found.exc_value, found.exc_traceback))
    before = qInstallMessageHandler(seen.said)
    yield seen
    qInstallMessageHandler(before)


@pytest.fixture
def nothing_opens(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is there to choose a file; the folder that would be shown is not."""
    for name in ("getOpenFileName", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, name, staticmethod(lambda *_a, **_k: ("", "")))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", staticmethod(lambda *_a, **_k: ([], "")))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", staticmethod(lambda *_a, **_k: ""))
    monkeypatch.setattr(QFileDialog, "open", lambda dialog, *_a: dialog.deleteLater())
    monkeypatch.setattr(QDesktopServices, "openUrl", staticmethod(lambda _url: True))


def a_small_office(desk: Desk) -> None:
    """A bit of everything that a community keeps."""
    some = [a_person(desk, "𬭊𪻐"), a_person(desk, "陈家和", phone="13800138000"), *people(desk, 30)]
    an_organisation(desk)
    a_place(desk)
    a_campaign(desk)
    for nth in range(6):
        an_opinion(desk, f"第{nth}栋下水道堵塞", said_by="李秀芳")
    an_activity(desk, some[:5])
    an_inspection(desk)


def counted(desk: Desk) -> dict[str, int]:
    """Rows of every record table, those in the bin included."""
    with desk.books.read() as conn:
        return {one.__tablename__: conn.exec_driver_sql(f'SELECT count(*) FROM "{one.__tablename__}"').scalar_one() for one in RECORD_TYPES}


class Watchful:
    """Looks at the office after each step of the monkey."""

    def __init__(self, desk: Desk, faults: Faults) -> None:
        self.desk, self.faults, self.before = desk, faults, counted(desk)
        self.around, self.grown_from = 0, (0, 0)

    def __call__(self, monkey: Monkey) -> None:
        assert not self.faults.found, self.faults.found[0]
        for key, page in monkey.window._pages.items():
            assert not getattr(page, "_bug", ""), f"{key} shows a diagnosis:\n{page._bug}"  # type: ignore[attr-defined]
        if monkey.done % 25 == 0 and look_size() <= STEPS[-1]:  # beyond 超大 a window may want a larger screen
            least = monkey.window.minimumSizeHint()
            fits = least.width() <= SCREEN.width() and least.height() <= SCREEN.height()
            pages = {key: page.minimumSizeHint().toTuple() for key, page in monkey.window._pages.items()}
            parts = {"navigation": monkey.window.navigation, "head": monkey.window.header, "status": monkey.window.status_bar}
            around = {name: part.minimumSizeHint().toTuple() for name, part in parts.items()}
            assert fits, f"the window wants {least.width()}×{least.height()} at {look_size()} pt: {pages}, {around}"
        if monkey.done % 100 == 0:
            now = counted(self.desk)
            lost = {kind: (self.before[kind], count) for kind, count in now.items() if count < self.before[kind]}
            assert not lost, f"records went away: {lost}"
            self.before = now
            self._has_not_grown(monkey)

    def _has_not_grown(self, monkey: Monkey) -> None:
        """What stands around the pages is neither more nor less after a thousand of them, and memory levels off."""
        if monkey.done >= WARM and QApplication.activePopupWidget() is None and QApplication.activeModalWidget() is None:
            now = around(monkey.window)
            self.around = self.around or now.total()
            assert now.total() <= self.around + SPARE, f"{now.total() - self.around} QObjects more around the pages: {now.most_common(9)}"
        if sys.platform == "linux" and monkey.events >= WARM_FULLY:
            since, held = self.grown_from
            self.grown_from = self.grown_from if since else (monkey.events, resident())
            if since and monkey.events > 2 * WARM_FULLY:
                grown = (resident() - held) / (monkey.events - since)
                assert grown < MOST, f"{grown:.0f} bytes more with every event"


def around(window: OfficeWindow) -> Counter[str]:
    """The QObjects that live, by their kind: all but the pages with what is in them, which come and go."""
    once = window.findChildren(RareCharacters) + window.findChildren(LockOverlay)  # there when it is wanted, and never a second one
    pages = [one for page in (*window._pages.values(), *once) for one in (page, *page.findChildren(QObject))]
    tops = [one for one in QApplication.topLevelWidgets() if one.parent() is None]
    every = [one for top in tops for one in (top, *top.findChildren(QObject))]
    return Counter(one.metaObject().className() for one in every) - Counter(one.metaObject().className() for one in pages)


def resident() -> int:
    """Bytes of this process in memory."""
    with open("/proc/self/statm", encoding="ascii") as told:
        return int(told.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def look_size() -> float:
    here = QApplication.instance().property("look")
    return float(here.size)


def the_window(desk: Desk, ground: Path) -> OfficeWindow:
    """Everything that the program puts into the window of an office, with its lock."""
    special = {**SPECIAL_PAGES, "settings": lambda session: SettingsPage(session, ThisPc(ground / "pc.json"))}
    session = Session(desk)
    window = OfficeWindow(session, special)
    session.setParent(window)

    def foot(key: str) -> None:
        if key == "lock" and window.findChild(LockOverlay) is None:
            lock(window, [window.stack.widget(at) for at in range(window.stack.count())], desk)
        elif window.has_page(key):
            window.go(key)

    window.foot.connect(foot)
    return window


# Slow: hundreds of steps, each with a page, a question or a change of look to be painted.
@pytest.mark.slow
@pytest.mark.timeout(0)
@pytest.mark.parametrize("nth", range(MONKEYS))
def test_a_monkey_breaks_nothing(
    qtbot: QtBot, look: Look, desk: Desk, tmp_path: Path, faults: Faults, nothing_opens: None, dose: str, nth: int,
    request: pytest.FixtureRequest,
) -> None:  # fmt: skip
    seed, steps = request.config.getoption("--seed") + nth, request.config.getoption("--steps")
    if steps and nth:
        pytest.skip("one monkey is replayed")
    a_small_office(desk)
    window = the_window(desk, tmp_path)
    qtbot.addWidget(window)
    window.resize(SCREEN)
    window.show()
    window.go("workbench")
    trace = Path(tempfile.gettempdir()) / f"lianxin-monkey-{seed}.log"  # outlives a crash of the process
    watchful = Watchful(desk, faults)
    monkey = Monkey(window, seed, PASSWORD, watchful, trace, events=FULL if dose == "full" else SMALL, steps=steps)
    try:
        monkey.run()
    except Exception as error:  # noqa: BLE001 - whatever it was is told together with the way to see it again
        last = "\n  ".join(monkey.log)
        again = f"(again: --seed {seed} --steps {monkey.done})"
        pytest.fail(f"seed {seed}, step {monkey.done}: {error}\nthe last steps:\n  {last}\n{again}", pytrace=False)
    finally:
        window.may_leave = lambda: True  # type: ignore[method-assign]
    QThreadPool.globalInstance().waitForDone()
    QApplication.processEvents()
    assert QApplication.activeModalWidget() is None
    desk.books.ledger.check_pages()
    with desk.books.read() as conn:
        assert broken_link(conn) is None
    window.close()
    gc.collect()
    assert not faults.found, faults.found[0]
