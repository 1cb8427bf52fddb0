"""Every page of the program at every letter size and both window sizes: no word is cut, nothing lies outside or over another.

The same journeys as `make screens`; colours do not move anything, so one theme is enough here (their contrast: test_kit_look.py).
"""

from collections.abc import Iterator
from contextlib import closing

import pytest
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.demo.screens_ledgers import Ground, lay_ground
from desktop.demo.screens_pages import JOURNEYS, WINDOWS, Journey, Screen, fit, quiet
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.cards import Scrolled
from desktop.ui.kit.text import ElidedLabel, Label
from desktop.ui.look import STANDARD, STEPS, Look
from tests.ui.fitting import misfits

# Slow: seven ledgers are written (some 10 s), then 40 pages are laid out anew eight times each (about a second a page).
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    """The ledgers that all the pages show."""
    laid = lay_ground(tmp_path_factory.mktemp("screens"))
    yield laid
    laid.close()


def _found(screen: Screen, here: Look) -> Iterator[str]:
    for points in STEPS:
        here.set_size(points)
        for room in WINDOWS:
            fit(screen, room)
            place = f"{screen.key} {room[0]} {points:g} pt"
            size = screen.window.size().toTuple()
            if size[0] > room[0] or size[1] > room[1] or (screen.drawn is None and size != room):
                yield f"{place}: the window grew to {size}"
            yield from (f"{place}: {words}" for words in misfits(screen.window))
    here.set_size(STANDARD)
    quiet(screen.window)


@pytest.mark.parametrize("journey", [journey for _key, journey in JOURNEYS], ids=[key for key, _journey in JOURNEYS])
def test_no_word_is_cut_and_nothing_lies_outside_or_over_another(ground: Ground, look: Look, journey: Journey) -> None:
    with closing(journey(ground)) as screens:  # also when a page breaks, its window goes
        found = [words for screen in screens for words in _found(screen, look)]
    assert not found, "\n".join(found)
