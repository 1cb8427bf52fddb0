"""What a picture of a page is taken of: a window in which one page is in sight, at a size, at rest."""

from collections.abc import Callable, Generator
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QSize, QThreadPool
from PySide6.QtWidgets import QWidget

from desktop.demo.screens_ledgers import Ground
from desktop.demo.tour_hand import rest, until
from desktop.ui.latest import Latest
from desktop.ui.look import look
from desktop.ui.shell import Shell
from desktop.ui.work import Work

SMALL, LARGE = (1366, 698), (1920, 1010)  # what a maximised window has on the two screens that offices own
WINDOWS = (SMALL, LARGE)


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


def shut(window: QWidget) -> None:
    """Away with it, without a question about what was typed."""
    QThreadPool.globalInstance().waitForDone()
    if isinstance(window, Shell):
        window.may_leave = lambda: True  # type: ignore[method-assign]  # nobody is there to answer its question
    window.blockSignals(True)  # its closing ends no program
    window.hide()
    window.deleteLater()
    rest()
