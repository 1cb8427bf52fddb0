"""F1: every page has its page of help; every key that it names does something when it is pressed there."""

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QTimer, QUrl
from PySide6.QtGui import QKeySequence, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.exchange.mapping import importable
from desktop.model.contents import RECORD_TYPES
from desktop.ui.help import TEXTS, HelpPage, help_text, text_file
from desktop.ui.keys import PageKey
from desktop.ui.look import STANDARD, look
from desktop.ui.office import GROUPS, OfficeWindow
from desktop.ui.pages import SPECIAL_PAGES
from tests.ui.hands import Key, commit_to, press
from tests.ui.whole import WholeOffice, whole_office

PICTURE = re.compile(r"!\[[^\]]+\]\(([^)]+)\)")
EVERY_PAGE = [
    *SPECIAL_PAGES, "settings", "board",
    *(f"{sort}:{record.__tablename__}" for record in RECORD_TYPES for sort in ("table", "form", "bulk")),
    *(f"entry:{record.__tablename__}" for record in RECORD_TYPES if importable(record)),
]  # fmt: skip


@pytest.fixture
def office(tmp_path: Path) -> Iterator[WholeOffice]:
    with whole_office(tmp_path) as made:
        yield made


# the texts


@pytest.mark.parametrize("key", EVERY_PAGE)
def test_a_page_says_what_it_is_for_and_its_three_commonest_jobs(key: str) -> None:
    assert text_file(key).is_file(), f"no help for {key}"
    text = help_text(key)
    assert text.startswith("# ")
    assert "{what}" not in text
    assert len(re.findall(r"^\d\. .+$", text, re.MULTILINE)) == 3
    assert len(text) < 700, "a page, not a chapter"
    for picture in PICTURE.findall(text):
        assert (TEXTS / picture).is_file(), f"{key} shows {picture}, which is not there"


def test_the_lists_of_the_navigation_each_have_a_text_of_their_own() -> None:
    own = {f"table-{kind}" for _key, _label, _icon, _short, kinds in GROUPS for kind in kinds}
    assert own <= {path.stem for path in TEXTS.glob("*.md")}


def test_no_text_and_no_picture_belongs_to_a_page_that_is_gone() -> None:
    stems = {key.replace(":", "-") for key in EVERY_PAGE} | {"table", "form", "bulk", "entry"}
    texts = {path.stem: path.read_text(encoding="utf-8") for path in TEXTS.glob("*.md")}
    assert set(texts) <= stems
    shown = {picture for text in texts.values() for picture in PICTURE.findall(text)}
    assert {path.name for path in TEXTS.glob("*.png")} == shown


def test_the_windows_of_both_tiers_hold_no_page_without_help(office: WholeOffice, show) -> None:
    for window in (office.window(), office.district_window()):
        show(window, 1366, 698)
        assert set(window._makers) <= set(EVERY_PAGE)


# F1


def test_f1_speaks_of_the_page_one_is_on_and_escape_goes_back_to_it(office: WholeOffice, show) -> None:
    window = show(office.window(), 1366, 698)
    window.go("table:person")
    press(window, Key.Key_F1)
    page = window.current_page()
    assert isinstance(page, HelpPage)
    said = page.text.toPlainText()
    assert said.startswith("人员")
    assert "Ctrl+N" in said
    assert "Ctrl+K" in said
    press(window, Key.Key_Return)
    assert "连心手册" in page.text.toPlainText(), "Enter opens the whole manual"
    press(window, Key.Key_F1)
    assert page.text.toPlainText() == said
    press(window, Key.Key_Escape)
    assert window.current_key == "table:person"


def test_the_paper_that_the_work_ends_in_is_shown(office: WholeOffice, show) -> None:
    window = show(office.window(), 1366, 698)
    window.go("table:check_in")
    press(window, Key.Key_F1)
    document = window.current_page().text.document()
    picture = document.baseUrl().resolved(QUrl(PICTURE.findall(help_text("table:check_in"))[0]))
    assert document.resource(QTextDocument.ResourceType.ImageResource, picture).width() > 300


def test_looking_at_the_help_asks_nothing_and_loses_nothing_that_is_half_typed(office: WholeOffice, show) -> None:
    window = show(office.window(), 1366, 698)
    window.go("table:person")
    window.go("form:person")
    commit_to("王大锤")
    press(window, Key.Key_F1)
    assert window.current_key == "help"
    press(window, Key.Key_Escape)
    assert window.current_key == "form:person"
    assert window.current_page().bindings["name"].field.value() == "王大锤"


# the keys

BEFORE = {  # what is pressed first, so that the key has something to do
    "Up": "Down", "Home": "End", "PgUp": "PgDown", "Left": "Right", "Alt+Up": "Alt+Down", "Shift+Up": "Down", "Shift+Return": "Return",
    "F8": "Ctrl+Return Return", "Ctrl+C": "Down", "Alt+Right": "Alt+Left",
}  # fmt: skip
BEFORE_THERE = {
    ("record:inspection", "Return"): "2 Escape", ("record:inspection", "F9"): f"{'1 ' * 12}Ctrl+Return", ("settings", "Alt+1"): "Alt+2",
    ("exchange", "Ctrl+P"): "F9",
}  # fmt: skip
PLACES = ["workbench", "table:person", "table:activity", "table:opinion", "form:person", "form:activity", "form:check_in", "record:opinion",
          "record:inspection", "print", "figures", "import", "exchange", "settings"]  # fmt: skip


class Watch:
    """What somebody sees and hears of a window: when this is as it was, nothing happened."""

    def __init__(self, window: OfficeWindow) -> None:
        self.window = window
        self.heard: list[str] = []
        window.foot.connect(self.heard.append)
        window.closing.connect(lambda: self.heard.append("closing"))
        window.search_wanted.connect(lambda: self.heard.append("search"))

    def seen(self) -> tuple[Any, ...]:
        focus, popup, modal = QApplication.focusWidget(), QApplication.activePopupWidget(), QApplication.activeModalWidget()
        picture = self.window.grab().toImage()
        sight = bytes(picture.constBits())
        return (self.window.current_key, id(focus), type(popup), type(modal), look().size, QApplication.clipboard().text(),
                tuple(self.heard), sight)  # fmt: skip

    def settle(self, qtbot: QtBot) -> tuple[Any, ...]:
        """Once nothing moves any more."""
        before = None
        for _nth in range(200):
            qtbot.wait(15)
            now = self.seen()
            page = self.window.current_page()
            busy = getattr(page, "work", None) is not None and (page.work.is_busy or page.reads.is_busy)
            if now == before and not busy:
                return now
            before = now
        raise AssertionError("the window never comes to rest")


def hit(window: OfficeWindow, sequence: str) -> None:
    """One key as it is pressed, to whoever has the focus."""
    pressed = QKeySequence(sequence)[0]
    QTest.keyClick(QApplication.focusWidget() or window, pressed.key(), pressed.keyboardModifiers())


def give_up_questions(seen: list[str]) -> None:
    """A dialog that a key opened is closed again; that it stood there is something that happened."""
    modal = QApplication.activeModalWidget()
    if modal is not None:
        seen.append(type(modal).__name__)
        modal.close()


def back_to(window: OfficeWindow, office: WholeOffice, page: str, watch: Watch, qtbot: QtBot) -> None:
    """The page as somebody comes to it, with nothing open over it."""
    while (popup := QApplication.activePopupWidget()) is not None:
        popup.close()
    window.activateWindow()  # a dialog that was closed leaves nobody active where there is no window manager
    qtbot.waitUntil(window.isActiveWindow)
    look().set_size(STANDARD)
    if window.current_page() is not None:
        window.current_page()._typed = set()  # a form that is half typed would ask
    window.go("workbench" if page != "workbench" else "table:person")
    window.go(page, **office.how_to_open(page))
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    watch.settle(qtbot)


def something_happens(window: OfficeWindow, page: str, key: PageKey, watch: Watch, qtbot: QtBot) -> bool:
    """Whether pressing the key changes anything that is seen, has the focus, or is heard."""
    asked: list[str] = []
    closing = QTimer()
    closing.setInterval(30)
    closing.timeout.connect(partial(give_up_questions, asked))
    closing.start()
    for first in BEFORE_THERE.get((page, key.sequence), BEFORE.get(key.sequence, "")).split():
        hit(window, first)
        watch.settle(qtbot)
    before = watch.settle(qtbot)
    asked.clear()
    hit(window, key.sequence)
    for _nth in range(40):
        if asked or watch.seen() != before:
            closing.stop()
            return True
        qtbot.wait(25)
    closing.stop()
    return False


@pytest.mark.parametrize("page", PLACES)
def test_every_key_that_the_help_names_does_something_there(page: str, office: WholeOffice, show, qtbot: QtBot, monkeypatch) -> None:
    """Slow: each key finds its page as one comes to it, and is watched until the window rests."""
    QApplication.setCursorFlashTime(0)
    window = show(office.window(), 1366, 698)
    window.may_leave = lambda: True
    watch = Watch(window)
    window.go(page, **office.how_to_open(page))
    keys = list(window.current_page().keys())
    assert len({key.sequence for key in keys}) == len(keys), "one key, one meaning"
    dead = []
    for key in keys:
        back_to(window, office, page, watch, qtbot)
        if not something_happens(window, page, key, watch, qtbot):
            dead.append(key.sequence)
    assert dead == []
