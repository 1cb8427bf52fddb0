"""What a screen reader is told: every widget that can have the keys has a name and a role, Tab goes as one reads, lists give their cells.

The tree is asked in the program itself (QAccessible), which is what the bridges of both systems read from.
"""

from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QAbstractScrollArea, QScrollBar, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui import spoken
from desktop.ui.board import Board
from desktop.ui.inspection_parts import RunList
from desktop.ui.preview import PageView
from desktop.ui.shell import Shell
from desktop.ui.tableview import ListView
from tests.builders import moved
from tests.ui.hands import Key, press
from tests.ui.whole import WholeOffice, whole_office

PLACES = ["workbench", "table:person", "table:activity", "table:check_in", "table:opinion", "form:person", "form:activity", "form:check_in",
          "form:opinion", "form:inspection", "record:opinion", "record:inspection", "print", "figures", "import", "exchange", "settings",
          "help"]  # fmt: skip
NO_ROLE = {QAccessible.Role.NoRole, QAccessible.Role.Client, QAccessible.Role.Window}
LINE = 12  # pixels by which two things may stand apart and still be read as one line


@pytest.fixture
def office(tmp_path: Path) -> Iterator[WholeOffice]:
    with whole_office(tmp_path) as made:
        yield made


def opened(office: WholeOffice, show: Any, page: str, qtbot: QtBot) -> Shell:
    window = show(office.district_window() if page == "board" else office.window(), 1366, 698)
    window.go(page, **office.how_to_open(page))
    current = window.current_page()
    if hasattr(current, "work"):
        qtbot.waitUntil(lambda: not current.work.is_busy and not current.reads.is_busy, timeout=10_000)
    if page == "exchange":
        qtbot.waitUntil(lambda: current.seen is not None and bool(current.batches.view.rows.rowCount()))
    qtbot.wait(60)
    return window


def takes_keys(window: QWidget) -> list[QWidget]:
    """Whatever Tab stops at, as it is in sight."""
    found = []
    for one in window.findChildren(QWidget):
        stops = one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isVisible() and one.isEnabled() and one.focusProxy() is None
        if stops and not isinstance(one, QScrollBar):
            found.append(one)
    return found


def said(one: QWidget) -> tuple[str, Any]:
    """Name and role as a screen reader hears them."""
    spoken = QAccessible.queryAccessibleInterface(one)
    return (spoken.text(QAccessible.Text.Name).strip(), spoken.role()) if spoken is not None else ("", None)


def chain(window: QWidget) -> list[QWidget]:
    """The widgets of the page in the order in which Tab reaches them."""
    start = one = window
    order = []
    while True:
        one = one.nextInFocusChain()
        if one is start or len(order) > 5_000:
            return order
        order.append(one)


@pytest.mark.parametrize("page", [*PLACES, "board"])
def test_whatever_takes_the_keys_has_a_name_and_a_role(page: str, office: WholeOffice, show, qtbot: QtBot) -> None:
    window = opened(office, show, page, qtbot)
    nameless = []
    for one in takes_keys(window):
        name, role = said(one)
        if not name or role is None or role in NO_ROLE:
            nameless.append(f"{type(one).__name__} “{name}” {role} in {type(one.parentWidget()).__name__}")
    assert not nameless, nameless


@pytest.mark.parametrize("page", [*PLACES, "board"])
def test_tab_goes_as_the_page_is_read(page: str, office: WholeOffice, show, qtbot: QtBot) -> None:
    """Within one column of a page the next stop is never above the one before it."""
    window = opened(office, show, page, qtbot)
    stops = set(takes_keys(window.current_page()))
    order = [one for one in chain(window) if one in stops]
    assert set(order) == stops, "Tab reaches all of them"
    backwards = []
    for before, after in pairwise(order):
        if before.parentWidget() is after.parentWidget() or _column(before) is _column(after) is not None:
            first, then = before.mapTo(window, QPoint()), after.mapTo(window, QPoint())
            beside = then.x() >= first.x() + before.width()  # the next column begins at its top
            if (then.y() < first.y() - LINE and not beside) or (abs(then.y() - first.y()) <= LINE and then.x() < first.x()):
                backwards.append(f"{said(before)[0]} → {said(after)[0]}")
    assert not backwards, backwards


def _column(one: QWidget) -> QWidget | None:
    """The piece of the page that is read from top to bottom: what scrolls together."""
    above = one.parentWidget()
    while above is not None and not isinstance(above, QAbstractScrollArea):
        above = above.parentWidget()
    return above


def cells_of(view: ListView, most: int = 400) -> list[tuple[Any, str]]:
    """Role and text of the table's children, as a screen reader walks them."""
    table = QAccessible.queryAccessibleInterface(view)
    found = []
    for at in range(min(most, table.childCount())):
        one = table.child(at)
        if one is not None:
            found.append((one.role(), one.text(QAccessible.Text.Name)))
    return found


@pytest.mark.parametrize("page", ["workbench", "table:person", "table:opinion", "figures", "exchange"])
def test_a_list_gives_its_cells_and_its_heads(page: str, office: WholeOffice, show, qtbot: QtBot) -> None:
    if page == "workbench":
        moved(office.community, 20)  # the opinion that nobody studied is overdue
    window = opened(office, show, page, qtbot)
    lists = [one for one in window.current_page().findChildren(ListView) if one.isVisible() and one.rows.rowCount()]
    assert lists
    for view in lists:
        assert said(view)[1] == QAccessible.Role.Table
        told = cells_of(view)
        cells = [text for role, text in told if role == QAccessible.Role.Cell]
        shown = [at for at in range(1, view.rows.columnCount()) if not view.isColumnHidden(at)]
        first = [str(view.rows.index(0, at).data()) for at in shown]
        assert set(first) <= set(cells)
        if not view.heads.isHidden():
            heads = [text for role, text in told if role == QAccessible.Role.ColumnHeader]
            assert {column.label for at, column in enumerate(view.rows.shown_columns, 1) if at in shown} <= set(heads)


def test_the_tick_of_a_row_is_said(office: WholeOffice, show, qtbot: QtBot) -> None:
    window = opened(office, show, "table:person", qtbot)
    view = window.current_page().view
    assert "已选" not in {text for _role, text in cells_of(view)}
    press(window, Key.Key_Space)
    assert "已选" in {text for _role, text in cells_of(view)}


# what we paint ourselves


PAINTED = {
    "board": (Board, QAccessible.Role.List, QAccessible.Role.ListItem, Key.Key_Right),
    "record:inspection": (RunList, QAccessible.Role.List, QAccessible.Role.ListItem, Key.Key_Down),
    "print": (PageView, QAccessible.Role.Document, QAccessible.Role.Graphic, Key.Key_End),
}


@pytest.fixture
def painted(office: WholeOffice, show, qtbot: QtBot) -> Callable[[str], Any]:
    """Opens the page and gives its painted widget with the keys on it."""

    def at(page: str) -> Any:
        window = opened(office, show, page, qtbot)
        found = window.current_page().findChild(PAINTED[page][0])
        found.setFocus()
        qtbot.waitUntil(lambda: found.hasFocus() and found.spoken_count() > 1, timeout=10_000)  # a paper is drawn aside
        return found

    return at


class Listening:
    """QAccessible as it is while a screen reader runs (which none does under the offscreen platform), with an ear at what it is told."""

    def __init__(self, listen: Callable[[QAccessibleEvent], None]) -> None:
        self.updateAccessibility = listen
        self.isActive = lambda: True

    def __getattr__(self, name: str) -> Any:
        return getattr(QAccessible, name)


def items_of(widget: QWidget) -> list[Any]:
    whole = QAccessible.queryAccessibleInterface(widget)
    return [whole.child(nth) for nth in range(whole.childCount())]


@pytest.mark.parametrize("page", PAINTED)
def test_what_is_painted_has_its_role_and_gives_its_items(page: str, painted) -> None:
    _kind, role, of_items, _key = PAINTED[page]
    widget = painted(page)
    name, told = said(widget)
    assert (bool(name), told) == (True, role)
    items = [one for one in items_of(widget) if one.role() == of_items]
    assert len(items) == widget.spoken_count() > 0
    words = [one.text(QAccessible.Text.Name) for one in items]
    assert all(words)
    assert len(set(words)) == len(words), "one tells them apart"
    whole = QAccessible.queryAccessibleInterface(widget)
    for nth, one in enumerate(items):
        assert one.parent().object() is widget
        assert whole.indexOfChild(one) == nth
    now = items[widget.spoken_now()]
    assert whole.rect().intersects(now.rect()), "it can be found on the screen"
    assert whole.childAt(now.rect().center().x(), now.rect().center().y()).text(QAccessible.Text.Name) == now.text(QAccessible.Text.Name)


@pytest.mark.parametrize("page", PAINTED)
def test_the_item_that_the_keys_come_to_is_the_one_that_is_read(page: str, painted, monkeypatch: pytest.MonkeyPatch) -> None:
    widget, key = painted(page), PAINTED[page][3]
    heard: list[str] = []

    def listen(event: QAccessibleEvent) -> None:
        if event.type() == QAccessible.Event.Focus:
            heard.append(event.accessibleInterface().text(QAccessible.Text.Name))

    monkeypatch.setattr(spoken, "QAccessible", Listening(listen))
    whole = QAccessible.queryAccessibleInterface(widget)
    before = whole.focusChild().text(QAccessible.Text.Name)
    press(widget, key)
    now = whole.focusChild()
    assert now.text(QAccessible.Text.Name) == widget.accessibleDescription() != before
    assert now.state().focused
    assert [one.state().selected for one in items_of(widget)[: widget.spoken_count()]].count(True) == 1
    assert heard[-1:] == [now.text(QAccessible.Text.Name)]


def test_a_form_between_painted_items_is_among_them(painted) -> None:
    run = painted("record:inspection")
    press(run, Key.Key_2)
    inside = [one.object() for one in items_of(run)[run.spoken_count() :]]
    assert run.window().current_page().marking.form in inside
