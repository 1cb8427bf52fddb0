"""Every page of the program at every letter size and both window sizes: no word is cut, nothing lies outside or over another.

The same journeys as `make screens`; colours do not move anything, so one theme is enough here (their contrast: test_kit_look.py).
"""

from collections.abc import Iterator
from contextlib import closing

import pytest
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.demo.screens_frame import WINDOWS, Journey, Screen, each_face, fit, quiet
from desktop.demo.screens_ledgers import Ground, lay_ground
from desktop.demo.screens_pages import JOURNEYS
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
        for face in each_face(screen):
            for room in WINDOWS:
                fit(face, room)
                place = f"{face.key} {room[0]} {points:g} pt"
                size = face.window.size().toTuple()
                if size[0] > room[0] or size[1] > room[1] or (face.drawn is None and size != room):
                    yield f"{place}: the window grew to {size}"
                yield from (f"{place}: {words}" for words in misfits(face.window))
    here.set_size(STANDARD)
    quiet(screen.window)


@pytest.mark.parametrize("journey", [journey for _key, journey in JOURNEYS], ids=[key for key, _journey in JOURNEYS])
def test_no_word_is_cut_and_nothing_lies_outside_or_over_another(ground: Ground, look: Look, journey: Journey) -> None:
    with closing(journey(ground)) as screens:  # also when a page breaks, its window goes
        found = [words for screen in screens for words in _found(screen, look)]
    assert not found, "\n".join(found)


def _spoilt() -> tuple[QWidget, dict[str, QWidget]]:
    """A window in which everything is wrong that can be wrong."""
    window = QWidget()
    pieces: dict[str, QWidget] = {
        "label": Label("办理期限", parent=window), "wrapped": Label("照居民身份证填，" * 2, wrap=True, parent=window),
        "button": Button("保存并新增", parent=window), "outside": Button("写盘", parent=window),
        "below": Label("甲", parent=window), "above": Label("乙", parent=window),
    }  # fmt: skip
    for nth, (name, piece) in enumerate(pieces.items()):
        piece.setGeometry(10, 10 + nth * 60, 200, 50)
        window.resize(400, 400)
        piece.setObjectName(name)
    return window, pieces


def test_the_measuring_finds_what_is_cut_outside_or_covered(show, look: Look) -> None:
    window, pieces = _spoilt()
    show(window, 400, 400)
    assert misfits(window) == []
    pieces["label"].resize(20, 50)
    pieces["wrapped"].resize(120, 20)
    pieces["button"].resize(40, 50)
    pieces["outside"].move(300, 190)
    pieces["above"].move(pieces["below"].pos())
    found = "\n".join(misfits(window))
    for said in ("办理期限", "照居民身份证填", "保存并新增", "'写盘' in nothing) at", "lie over each other by"):
        assert said in found
    assert len(misfits(window)) == 6  # what is outside is also outside the window


def test_a_page_that_must_be_pushed_sideways_is_found(show, look: Look) -> None:
    window, inner = QWidget(), QWidget()
    QHBoxLayout(inner).addWidget(Label("很长的一行" * 40))
    QHBoxLayout(window).addWidget(Scrolled(inner))
    show(window, 400, 200)
    assert any("sideways" in words for words in misfits(window))


def test_a_name_that_ends_in_dots_must_say_the_rest_somewhere(show, look: Look) -> None:
    window = QWidget()
    name = ElidedLabel("汕尾市城区住房和城乡建设局直属机关党委", parent=window)
    name.setGeometry(10, 10, 90, 30)
    show(window, 300, 100)
    assert misfits(window) == []
    name.setToolTip("")
    assert any("says the rest nowhere" in words for words in misfits(window))
