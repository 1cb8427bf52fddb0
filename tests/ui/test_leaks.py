"""Pages are opened again and again all day: nothing may be left behind by an opening, neither a widget nor an object nor memory.

A page is made once and shown many times; what grows is what an opening adds and nobody takes away: buttons of the head, rows of a
drawer, connections, menus. A small dose in every run, ten thousand openings of every page with `--dose=full`.
"""

import gc
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QThreadPool
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.model.contents import record_type
from desktop.office.desk import Desk
from desktop.ui.district import district_groups, special_pages
from desktop.ui.gallery import Gallery
from desktop.ui.look import Look
from desktop.ui.office import OfficeWindow
from desktop.ui.pages import SPECIAL_PAGES
from desktop.ui.session import Session
from tests.sync.ledgers import a_circle
from tests.ui.test_monkey import Faults, a_small_office, faults, resident, the_window

__all__ = ["faults"]  # the fixture, by its name

WARM = 6  # openings after which caches are full and every part of the page has been made
SMALL, FULL = 15, 10_000
SPARE = 4  # Qt lets go of some things one turn later
MOST = 4_096  # bytes that the process may grow by one opening: a page of memory, where the allocator keeps what it once had
PAGES = (
    "workbench", "table:person", "table:opinion", "form:person", "form:activity", "record:opinion", "record:inspection", "print",
    "figures", "import", "exchange", "settings", "conflicts", "entry:person", "bulk:person", "drawer:opinion", "form:check_in", "board",
    "gallery",
)  # fmt: skip
EMPTY = ("form:activity", "form:check_in")  # forms of their own, which open for a new one
ANEW = ("table:person", "form:person", "entry:person", "record:inspection", "exchange")
MADE_ANEW = 3  # times
KEPT_BY_PYSIDE = {"_Whole"}  # the bare side, in Python, of what a screen reader asked for: PySide counts one reference too many


@pytest.fixture
def office(qtbot: QtBot, look: Look, desk: Desk, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[OfficeWindow]:
    """A window as it stands open all day; the board is that of a district."""
    callspec = getattr(request.node, "callspec", None)
    circle = a_circle(tmp_path) if callspec is not None and callspec.params["key"] == "board" else None
    if circle is None:
        a_small_office(desk)
        window = the_window(desk, tmp_path)
    else:
        window = OfficeWindow(Session(circle.district), {**SPECIAL_PAGES, **special_pages()}, district_groups())
    window.add_page("gallery", Gallery)
    window.may_leave = lambda: True  # type: ignore[method-assign]
    qtbot.addWidget(window)
    window.resize(1366, 698)
    window.show()
    yield window
    QThreadPool.globalInstance().waitForDone()
    if circle is not None:
        circle.close()


def turn() -> None:
    """What is under way answers, what is to go goes."""
    QThreadPool.globalInstance().waitForDone()
    for _nth in range(3):
        QApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def openings(office: OfficeWindow, key: str) -> Callable[[], None]:
    """Opens the page, each time for another record where it shows one, with another page between."""
    desk = office.session.desk
    what, _colon, kind = key.partition(":")
    found = [row["id"] for row in desk.rows(record_type(kind))[:3]] if what in ("table", "form", "record", "drawer") and kind else []
    ids = cycle(found) if found and key not in EMPTY else None

    def open_it() -> None:
        office.go("help")
        if what == "drawer":
            office.go(f"table:{kind}")
            turn()
            for pressed in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Escape):
                QTest.keyClick(QApplication.focusWidget() or office, pressed)
                turn()
        elif ids is not None:
            office.go(key, id=next(ids))
        elif what == "bulk":
            office.go(key, ids=tuple(row["id"] for row in desk.rows(record_type(kind))[:3]), then=print)
        else:
            office.go(key)
        turn()

    return open_it


def living(office: OfficeWindow) -> tuple[int, Counter[str]]:
    """QObjects in the window and beside it, and the objects of our own classes by their names."""
    turn()
    gc.collect()
    turn()
    top = [one for one in QApplication.topLevelWidgets() if one is not office and one.metaObject().className() != "QTipLabel"]
    qobjects = len(office.findChildren(QObject)) + len(top) + sum(len(one.findChildren(QObject)) for one in top)
    ours = Counter(type(one).__name__ for one in gc.get_objects() if str(type(one).__module__).startswith("desktop."))
    return qobjects, ours


# Slow: thousands of pages are shown.
@pytest.mark.slow
@pytest.mark.timeout(0)
@pytest.mark.parametrize("key", PAGES)
def test_opening_a_page_again_leaves_nothing_behind(office: OfficeWindow, faults: Faults, dose: str, key: str) -> None:
    again = FULL if dose == "full" else SMALL
    open_it = openings(office, key)
    for _nth in range(WARM):
        open_it()
    widgets, ours = living(office)
    held = resident() if sys.platform == "linux" else 0
    for _nth in range(again):
        open_it()
    widgets_now, ours_now = living(office)
    grown = {name: count - ours[name] for name, count in ours_now.items() if count > ours[name] + SPARE}
    assert widgets_now <= widgets + SPARE, f"{widgets_now - widgets} QObjects more after {again} openings; of ours: {grown}"
    assert not grown, f"more of our objects after {again} openings: {grown}"
    if sys.platform == "linux" and dose == "full":
        assert (resident() - held) / again < MOST
    assert not faults.found, faults.found[0]


def ours_in_python() -> Counter[str]:
    """The objects of our own classes that Python holds, whether Qt still has its side of them or not."""
    turn()
    gc.collect()
    return Counter(type(one).__name__ for one in gc.get_objects() if str(type(one).__module__).startswith("desktop."))


# Slow: hundreds of pages are made.
@pytest.mark.slow
@pytest.mark.parametrize("key", ANEW)
def test_a_page_that_is_let_go_and_made_anew_leaves_nothing_behind(office: OfficeWindow, faults: Faults, key: str) -> None:
    open_it = openings(office, key)

    def make_anew() -> None:
        open_it()
        office.go("workbench")
        turn()
        office._let_hidden_go()  # as before every new look
        assert key not in office._pages

    for _nth in range(2):
        make_anew()
    before = ours_in_python()
    for _nth in range(MADE_ANEW):
        make_anew()
    grown = {name: count - before[name] for name, count in ours_in_python().items() if count >= before[name] + MADE_ANEW}
    assert set(grown) <= KEPT_BY_PYSIDE, f"of ours more after {MADE_ANEW} new pages: {grown}"
    assert not faults.found, faults.found[0]


def test_a_widget_that_nobody_takes_away_would_be_noticed(office: OfficeWindow) -> None:
    widgets, _ours = living(office)
    kept = [QWidget(office) for _nth in range(SPARE + 1)]
    assert living(office)[0] > widgets + SPARE
    for one in kept:
        one.deleteLater()
