"""What a resident is called is what is shown: no HTML, no swallowed &, no lost reference."""

import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QLabel, QWidget

from desktop.ui.gallery import Gallery
from desktop.ui.kit.badges import Badge, Chip
from desktop.ui.kit.bars import MessageBar, Toast
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.cards import Question
from desktop.ui.kit.choices import Choice
from desktop.ui.kit.drawer import Drawer
from desktop.ui.kit.facts import Fact, Facts, Happening, Timeline
from desktop.ui.kit.fields import LabelledField
from desktop.ui.kit.lines import LineEdit
from desktop.ui.kit.text import ElidedLabel, Label, PlainMenu, set_tip
from desktop.ui.kit.ticks import CheckBox
from desktop.ui.look import Look

NASTY = ["<b>陈嘉禾</b>", "<img src='file:///etc/passwd'>", "张&李", "a<br>b", "<script>1</script>", "&lt;", "𬭊𪻐"]


def _plain(piece: QWidget) -> bool:
    labels = [piece, *piece.findChildren(QLabel)] if isinstance(piece, QLabel) else piece.findChildren(QLabel)
    return all(label.textFormat() == Qt.TextFormat.PlainText for label in labels)


@pytest.mark.parametrize("name", NASTY)
def test_a_name_with_markup_is_shown_as_it_is_written(show, name: str) -> None:
    window = show(QWidget(), 600, 400)
    drawer, facts, timeline, bar = Drawer(window), Facts(parent=window), Timeline(window), MessageBar("err", name, name, parent=window)
    drawer.set_head(name, name, [("ok", "circle-check", name)])
    drawer.add_tab("a", name, QWidget())
    drawer.set_foot(name, name)
    facts.show_facts([Fact(name, name, "k", True)])
    timeline.show_happenings([(name, [Happening(name, name, (name,), before=name, after=name, link=name)])])
    field = LabelledField(name, LineEdit(), hint=name, link=name, note=name, parent=window)
    toast, question = Toast(window, name, lambda: None), Question(window, name, name, name)
    for piece in (drawer, facts, timeline, bar, field, toast, question, Label(name, parent=window)):
        assert _plain(piece)
    assert facts.values["k"].text() == name
    assert bar.text == name
    question.close()


@pytest.mark.parametrize("name", NASTY)
def test_an_ampersand_on_a_button_or_in_a_menu_is_no_shortcut(show, name: str) -> None:
    button, box, menu = show(Button(name)), CheckBox(name), PlainMenu()
    entry = menu.add(name)
    assert button.text().replace("&&", "&") == name
    assert button.accessibleName() == name
    assert box.accessibleName() == name
    assert entry.text().replace("&&", "&") == name
    assert button.shortcut().isEmpty()


@pytest.mark.parametrize("name", NASTY)
def test_a_tooltip_shows_a_name_as_it_is_written(show, name: str) -> None:
    label = show(Label("x"))
    set_tip(label, name)
    page = QTextDocument()
    page.setHtml(label.toolTip())
    assert page.toPlainText() == name
    assert label.toolTip().count("<") == 2, "our own span and nothing else"


def test_every_label_of_the_kit_is_plain_text(show) -> None:
    assert _plain(show(Gallery(), 1366, 698))


def test_a_long_name_ends_in_dots_and_is_whole_in_the_tooltip(show, look: Look) -> None:
    name = "新港街道滨海社区党群服务中心二楼会议室" * 3
    label = show(ElidedLabel(name), 120, 30)
    assert label.shown_text().endswith("…")
    assert name in label.toolTip()
    assert label.accessibleName() == name
    label.resize(3000, 30)
    assert label.shown_text() == name


@pytest.mark.parametrize("word", ["已报到", "<b>x</b>"])
def test_badges_and_chips_say_themselves_to_the_ear(show, word: str) -> None:
    assert show(Badge(word, "ok", "circle-check")).accessibleName() == word
    assert show(Chip("类别", word)).accessibleName() == f"类别 {word}"


def test_ten_thousand_texts_cost_no_reference_to_none(show) -> None:
    """PySide6 6.12 lost one at each call and died; the pinned version must not."""
    label, edit, choice, badge = show(Label("")), LineEdit(), Choice([("1", "男"), ("2", "女")]), Badge("")
    before = sys.getrefcount(None)
    for nth in range(10_000):
        label.setText(str(nth))
        edit.set_value(str(nth))
        choice.set_value("2")
        badge.show_badge(("ok", "", str(nth)))
    assert abs(sys.getrefcount(None) - before) < 1_000
