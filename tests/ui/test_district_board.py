"""The district's page: who has reported, walked by arrows; a stick is read in and a receipt written back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QThreadPool
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop.model.courier import Batch
from desktop.office import district
from desktop.sync.stick import list_stick
from desktop.ui.board import short_names, words_of
from desktop.ui.district import DistrictPage, district_groups, special_pages
from tests.builders import HARBOUR, a_person, an_opinion
from tests.sync.ledgers import Circle, a_circle
from tests.ui.hands import CTRL, Key, at_rest, button, click, press, shown


@pytest.fixture
def circle(tmp_path: Path) -> Iterator[Circle]:
    circle = a_circle(tmp_path)
    yield circle
    QThreadPool.globalInstance().waitForDone()
    circle.close()


@pytest.fixture
def page(open_office, circle: Circle, qtbot: QtBot) -> DistrictPage:
    window = open_office(circle.district, "board", special_pages(), district_groups())
    page = window.current_page()
    assert isinstance(page, DistrictPage)
    at_rest(qtbot, page)
    return page


def standing(page: DistrictPage) -> district.Standing:
    one = page.board.current()
    assert one is not None
    return one


def stick_from(circle: Circle, *desks) -> Path:
    """One stick with the batches of these communities."""
    stick = circle.stick()
    for desk in desks:
        source = circle.sent(desk)
        (stick / source.name).write_bytes(source.read_bytes())
    return stick


def read_in(page: DistrictPage, stick: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_asked: str(stick))
    press(page, Key.Key_I, held=CTRL)
    at_rest(qtbot, page)


def test_every_community_stands_on_the_board_in_the_order_of_its_code(page: DistrictPage) -> None:
    codes = [one.community.code for town in page.seen.towns for one in town.standings]
    assert len(codes) == 99
    assert [town.code for town in page.seen.towns] == sorted(town.code for town in page.seen.towns)
    assert page.status()[-2] == "未报 99"
    assert page.subtitle().startswith("99 个社区和村")


def test_arrows_walk_the_board_and_the_strip_says_where_they_stand(page: DistrictPage) -> None:
    page.board.setFocus()
    first = standing(page)
    press(page, Key.Key_Right)
    assert standing(page) != first
    press(page, Key.Key_Down)
    assert standing(page).community.town == page.seen.towns[1].name
    assert page.strip.accessibleName() == words_of(standing(page)) == page.board.accessibleDescription()
    press(page, Key.Key_Up, Key.Key_Left, Key.Key_Left)
    assert standing(page) == first, "at the edge the arrows stay"


def test_a_stick_is_read_in_and_the_community_moves_on_the_board(
    page: DistrictPage, circle: Circle, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_person(circle.harbour, "陈嘉禾")
    an_opinion(circle.harbour)
    read_in(page, stick_from(circle, circle.harbour, circle.neighbour), qtbot, monkeypatch)
    assert "收下 2 批" in page.bar.text
    assert len(circle.district.rows(Batch, direction="收到")) == 2
    assert page.figures.boxes["reported"].text() == "2 / 99"
    page.board.choose(HARBOUR)
    one = standing(page)
    assert (one.newest, one.unseen) == (1, ())
    assert one.state in (district.FULL, district.GAPS)


def test_the_same_stick_again_changes_nothing_and_says_so(
    page: DistrictPage, circle: Circle, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = stick_from(circle, circle.harbour)
    read_in(page, stick, qtbot, monkeypatch)
    read_in(page, stick, qtbot, monkeypatch)
    assert "早已收过 1 批" in page.bar.text
    assert len(circle.district.rows(Batch, direction="收到")) == 1


def test_a_damaged_file_is_named_and_the_others_are_taken(
    page: DistrictPage, circle: Circle, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = stick_from(circle, circle.harbour, circle.neighbour)
    bad = sorted(stick.iterdir())[0]
    raw = bytearray(bad.read_bytes())
    raw[-20] ^= 1
    bad.write_bytes(bytes(raw))
    read_in(page, stick, qtbot, monkeypatch)
    assert "1 批没有收下" in page.bar.text
    assert bad.name in page.bar.text
    assert len([row for row in circle.district.rows(Batch, direction="收到") if row["verdict"] == "已入库"]) == 1


def test_a_stick_without_batches_says_so(page: DistrictPage, circle: Circle, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    read_in(page, circle.stick(), qtbot, monkeypatch)
    assert page.bar.text == "这支 U 盘上没有批次"


def test_a_missing_number_is_seen_at_its_community(
    page: DistrictPage, circle: Circle, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_person(circle.harbour, "陈嘉禾")
    circle.sent(circle.harbour)  # on a stick that is somewhere
    a_person(circle.harbour, "仇思远")
    read_in(page, stick_from(circle, circle.harbour), qtbot, monkeypatch)
    page.board.choose(HARBOUR)
    assert standing(page).state == district.MISSING
    assert "缺第 1 批" in words_of(standing(page))
    assert page.figures.notes["reported"].text() == "缺批 1 个社区"


def test_enter_opens_the_batches_of_the_community(
    page: DistrictPage, circle: Circle, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_in(page, stick_from(circle, circle.harbour, circle.neighbour), qtbot, monkeypatch)
    page.board.choose(HARBOUR)
    page.board.setFocus()
    press(page, Key.Key_Return)
    window = page.window()
    assert window.current_key == "table:batch"
    assert window.current_page().view.rows.rowCount() == 1


def test_a_receipt_is_written_for_whoever_has_sent_something(
    page: DistrictPage, circle: Circle, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.board.choose(HARBOUR)
    assert not page.strip.receipt.isEnabled(), "nothing came, nothing is answered"
    read_in(page, stick_from(circle, circle.harbour), qtbot, monkeypatch)
    page.board.choose(HARBOUR)
    stick = circle.stick()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_asked: str(stick))
    click(page.strip, "写回执到 U 盘")
    at_rest(qtbot, page)
    assert "可以拔出" in page.bar.text
    assert [one.kind for one in list_stick(stick)] == ["down"]


def test_another_month_is_looked_at_from_the_head(page: DistrictPage, circle: Circle, qtbot: QtBot) -> None:
    click(page.window(), "上月")
    at_rest(qtbot, page)
    assert page.seen.month == "2021-10"
    assert "2021年10月31日" in page.subtitle()


def test_eighteen_cells_stand_in_one_line_and_nothing_scrolls_on_a_small_screen(page: DistrictPage, qtbot: QtBot) -> None:
    qtbot.wait(50)
    for nth, town in enumerate(page.seen.towns):
        boxes = [page.board._cell(nth, place) for place in range(len(town.standings))]
        assert {box.top() for box in boxes} == {boxes[0].top()}, town.name
        assert boxes[-1].right() <= page.board.width()
    assert page.board.visibleRegion().boundingRect().height() == page.board.height()
    assert button(page.strip, "写回执到 U 盘").isVisible()


def test_two_places_of_one_name_are_told_apart(page: DistrictPage) -> None:
    dongchong = next(town for town in page.seen.towns if town.name == "东涌镇")
    names = short_names(dongchong)
    assert len(set(names)) == len(names)
    assert {"东涌", "东涌村"} <= set(names)
    assert all(len(name) >= 2 for town in page.seen.towns for name in short_names(town))


def test_with_large_letters_the_board_goes_on_in_more_lines(page: DistrictPage, look, qtbot: QtBot) -> None:
    look.set_size(18)
    qtbot.wait(100)
    assert page.window().width() == 1366
    last = len(page.seen.towns) - 1
    box = page.board._cell(last, len(page.seen.towns[last].standings) - 1)
    assert box.bottom() <= page.board.height()
    assert page.board_card.y() < page.figures.y(), "first who is missing, then how much"


def test_a_number_of_the_district_opens_the_rows_of_every_community(
    page: DistrictPage, circle: Circle, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    an_opinion(circle.harbour, "路灯不亮")
    an_opinion(circle.neighbour, "井盖响")
    read_in(page, stick_from(circle, circle.harbour, circle.neighbour), qtbot, monkeypatch)
    qtbot.waitUntil(lambda: page.figures.boxes["6"].text() == "2")
    click(page.figures.boxes["6"])
    table = page.window().current_page()
    assert page.window().current_key == "table:opinion"
    assert sorted(shown(table.view, "title")) == ["井盖响", "路灯不亮"]
    assert [action.key for action in table.header_actions()] == ["export", "print"], "what communities keep is changed there"
    press(table, Key.Key_Return)
    assert table.both.is_open
    assert sorted(shown(table.view, "community")) == ["新林社区", "滨海社区"]
    assert table.drawer.row["title"] in ("井盖响", "路灯不亮")
    assert table.small.actions() == []
    press(table, Key.Key_F2)
    press(table, Key.Key_F9)
    assert page.window().current_key == "table:opinion"
