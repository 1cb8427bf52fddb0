"""The look keeps its promises: contrast by WCAG, sizes by the table, nothing cut off at any letter size."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QFontInfo, QTextLayout
from PySide6.QtWidgets import QAbstractScrollArea, QCheckBox, QLabel, QPushButton, QScrollBar, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.gallery import Gallery
from desktop.ui.gallery_look import ICON_NAMES
from desktop.ui.icons import drawing, icon
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.choices import Choice
from desktop.ui.kit.dates import DateEdit
from desktop.ui.kit.lines import LineEdit
from desktop.ui.kit.text import ElidedLabel, Label
from desktop.ui.look import STEPS, Look
from desktop.ui.tokens import GROUNDS, THEMES, Tokens, ratio

# look.md, section 2: the lowest ratio of each ink on the five grounds and its own soft one.
LOWEST = {
    "text": (13.5, 10.0, 16.6),
    "text2": (6.6, 6.2, 16.6),
    "text3": (4.7, 4.8, 13.0),
    "brand_text": (7.0, 5.6, 9.7),
    "act": (5.9, 5.9, 8.6),
    "err": (5.1, 5.9, 7.9),
    "warn": (5.3, 7.2, 8.5),
    "ok": (5.4, 6.5, 7.9),
    "wait": (6.6, 6.2, 13.0),
}
SOFT = {"brand_text": "brand_soft"} | {tone: f"{tone}_soft" for tone in ("act", "err", "warn", "ok", "wait")}


def themes() -> list[tuple[int, str, Tokens]]:
    return [(nth, name, tokens) for nth, (name, tokens) in enumerate(THEMES.items())]


@pytest.mark.parametrize(("nth", "theme", "tokens"), themes())
@pytest.mark.parametrize("ink", LOWEST)
def test_every_ink_is_readable_on_every_ground(ink: str, nth: int, theme: str, tokens: Tokens) -> None:
    grounds = [*GROUNDS, *([SOFT[ink]] if ink in SOFT else [])]
    lowest = min(ratio(tokens.colour(ink), tokens.colour(ground)) for ground in grounds)
    assert lowest >= 4.5
    assert lowest == pytest.approx(LOWEST[ink][nth], abs=0.3)


@pytest.mark.parametrize(("nth", "theme", "tokens"), themes())
def test_words_on_solid_buttons_are_readable(nth: int, theme: str, tokens: Tokens) -> None:
    assert ratio(tokens.on_brand, tokens.brand) >= (8.3, 6.3, 12.3)[nth] - 0.05
    assert ratio(tokens.on_brand, tokens.brand_hover) >= 4.5
    assert ratio(tokens.on_act, tokens.act) >= 5.9


@pytest.mark.parametrize(("nth", "theme", "tokens"), themes())
def test_borders_of_controls_can_be_seen(nth: int, theme: str, tokens: Tokens) -> None:
    assert min(ratio(tokens.line2, ground) for ground in (tokens.window, tokens.surface, tokens.sunken)) >= 3.0


def test_black_on_white_has_the_contrast_of_the_standard() -> None:
    assert ratio("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert ratio("#777777", "#777777") == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("size", "caption", "section", "title", "figure", "row", "field"),
    [
        (10.5, 9, 12, 15.5, 20, 29, 32),
        (12, 10.5, 13.5, 18, 23, 34, 36),
        (14, 12, 16, 20.5, 26.5, 39, 42),
        (18, 15.5, 20.5, 26.5, 34, 50, 53),
    ],
)
def test_letters_and_heights_grow_by_the_table(
    look: Look, size: float, caption: float, section: float, title: float, figure: float, row: int, field: int
) -> None:
    look.set_size(size)
    assert [look.points(role) for role in ("caption", "section", "title", "figure")] == [caption, section, title, figure]
    assert look.row == row
    assert look.field == field


@pytest.mark.parametrize("size", STEPS)
def test_fields_and_buttons_stand_level(show, look: Look, size: float) -> None:
    look.set_size(size)
    box, pieces = QWidget(), [Button("保存", "device-floppy", "primary"), LineEdit(), Choice([("1", "男")]), DateEdit(str, str)]
    column = QVBoxLayout(box)
    for piece in pieces:
        column.addWidget(piece)
    show(box)
    assert {piece.height() for piece in pieces} == {look.field}
    pieces[1].setFocus()
    assert pieces[1].sizeHint().height() == look.field, "the thicker ring of the focus must not move the form"


def test_a_label_already_on_the_screen_grows_with_the_letters(show, look: Look) -> None:
    label = show(Label("陈嘉禾", "title"))
    before = label.sizeHint().height()
    look.set_size(18)
    assert label.sizeHint().height() > before * 1.5


def test_the_shipped_letters_are_the_ones_on_the_screen(look: Look) -> None:
    assert QFontInfo(look.font()).family() == "Noto Sans SC"
    assert QFontInfo(look.wordmark(18)).family() == "Noto Serif SC"


@pytest.mark.parametrize("character", list("陈𬭊𪻐㛃龔𠅤𱁬"))
def test_a_rare_character_of_a_name_has_its_glyph_on_the_screen(look: Look, character: str) -> None:
    line = QTextLayout(character, look.font())
    line.beginLayout()
    line.createLine()
    line.endLayout()
    glyphs = [glyph for run in line.glyphRuns() for glyph in run.glyphIndexes()]
    assert glyphs, character
    assert 0 not in glyphs, "glyph 0 is the empty box"


def test_ctrl_plus_goes_through_the_named_steps_and_beyond(look: Look) -> None:
    seen = []
    for _press in range(4):
        look.step(1)
        seen.append(look.size)
    assert seen == [12, 14, 18, 20]
    look.step(-1)
    assert look.size == 18


def _cut_off(page: QWidget) -> list[str]:
    """What is shown with less room than its words need."""
    short = []
    for piece in page.findChildren(QWidget):
        if not piece.isVisible() or isinstance(piece, QScrollBar):
            continue
        around = piece.parentWidget()
        scrolls = around is None or isinstance(around.parentWidget(), QAbstractScrollArea)
        if not scrolls and not around.rect().contains(piece.geometry()):
            short.append(f"{piece.metaObject().className()} {piece.geometry()} sticks out of {around.rect()}")
        if isinstance(piece, QLabel) and piece.wordWrap():
            if piece.height() < piece.heightForWidth(piece.width()):
                short.append(piece.text())
        elif isinstance(piece, QLabel | QPushButton | QCheckBox):
            shrinks = isinstance(piece, QPushButton | ElidedLabel)
            needed: QSize = piece.minimumSizeHint() if shrinks else piece.sizeHint()
            if piece.width() < needed.width() or piece.height() < needed.height():
                short.append(f"{piece.metaObject().className()} {piece.text()} {piece.size()} < {needed}")
    return short


@pytest.mark.parametrize("theme", THEMES)
def test_nothing_in_the_gallery_is_cut_off_while_the_letters_grow(show, qtbot: QtBot, look: Look, theme: str) -> None:
    look.set_theme(theme)
    page = show(Gallery(), 1366, 698)
    for size in STEPS:
        look.set_size(size)
        qtbot.wait(30)
        assert _cut_off(page) == []


def test_a_new_theme_repaints_the_icons_that_are_already_made(look: Look) -> None:
    pencil = icon("edit", "text")
    light = pencil.pixmap(QSize(18, 18)).toImage()
    look.set_theme("dark")
    dark = pencil.pixmap(QSize(18, 18)).toImage()
    assert light != dark
    brightest = max(dark.pixelColor(x, y).lightness() for x in range(18) for y in range(18) if dark.pixelColor(x, y).alpha() > 200)
    assert brightest > 180


def test_an_icon_has_the_colour_of_its_role(look: Look) -> None:
    inks = {}
    for role in ("err", "ok", "act"):
        picture = icon("alert-octagon", role).pixmap(QSize(64, 64)).toImage()
        solid = [picture.pixelColor(x, y).name() for x in range(64) for y in range(64) if picture.pixelColor(x, y).alpha() == 255]
        inks[role] = max(set(solid), key=solid.count)
    assert inks == {role: look.colour(role).name() for role in inks}


@pytest.mark.parametrize(("scale", "pixels"), [(1.0, 18), (1.25, 23), (1.5, 27), (2.0, 36)])
def test_icons_are_drawn_at_the_pixels_of_the_screen(look: Look, scale: float, pixels: int) -> None:
    picture = icon("printer").pixmap(QSize(18, 18), scale)
    assert picture.width() in (pixels, pixels - 1)


def test_every_icon_of_the_gallery_is_shipped(look: Look) -> None:
    assert [name for name in ICON_NAMES if "<svg" not in drawing(name)] == []
    assert len(ICON_NAMES) >= 55


def test_an_icon_that_is_not_shipped_is_a_mistake_of_the_page(look: Look) -> None:
    with pytest.raises(LookupError, match="no-such-icon"):
        icon("no-such-icon")
