"""What hangs on an opinion: its papers, the pictures of a line in its diary; nothing typed is lost when a file is refused."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from desktop.model.opinion import Handling, Opinion
from desktop.model.roles import Role
from desktop.office import attachments, opinions
from desktop.office.desk import Desk
from desktop.office.moves import move
from desktop.ui.opinions import OpinionPage
from tests.builders import an_opinion, seen_as
from tests.ui.hands import CTRL, Asked, Key, at_rest, choose_in_menu, click, commit_to, has_button, press


@pytest.fixture
def opened(open_office):
    def at(desk: Desk, opinion: str, **arguments: object) -> OpinionPage:
        special = {"record:opinion": OpinionPage, "print": Asked}
        page = open_office(desk, "record:opinion", special, id=opinion, **arguments).current_page()
        assert isinstance(page, OpinionPage)
        return page

    return at


@pytest.fixture
def photos(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / f"现场{nth}.jpg" for nth in range(2)]
    for nth, path in enumerate(paths):
        path.write_bytes(b"\xff\xd8\xff" + bytes([nth]) * 4000)
    return paths


def picks(monkeypatch: pytest.MonkeyPatch, *paths: Path) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_asked: ([str(path) for path in paths], ""))


def drop_on(piece, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    how = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    for event in (QDragEnterEvent(QPoint(5, 5), *how), QDropEvent(QPointF(5, 5), *how)):
        QApplication.sendEvent(piece, event)


def on_lines(desk: Desk, opinion: str) -> dict[str, list[str]]:
    lines = opinions.diary_of(desk, opinion)
    found = attachments.hanging_on(desk, Handling, [line["id"] for line in lines])
    return {line["text"]: found[line["id"]] for line in lines if line["id"] in found}


def test_the_papers_of_an_opinion_open_from_its_head_and_esc_puts_them_away(
    opened, desk: Desk, photos: list[Path], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = an_opinion(desk)
    page = opened(desk, key)
    picks(monkeypatch, *photos)
    click(page.content, "原始记录")
    click(page.files, "附上文件")
    at_rest(qtbot, page)
    assert [one["name"] for one in attachments.attachments_of(desk, Opinion, key)] == ["现场0.jpg", "现场1.jpg"]
    assert has_button(page.content, "原始记录 2")
    press(page, Key.Key_Escape)
    assert page.files.isHidden()
    assert page.isVisible()


def test_who_may_only_read_sees_papers_that_hang_there_and_no_way_to_add(opened, desk: Desk, photos: list[Path]) -> None:
    key = an_opinion(desk)
    reader = seen_as(desk, Role.READER)
    assert not has_button(opened(reader, key), "原始记录")
    attachments.attach(desk, Opinion, key, photos[0])
    page = opened(reader, key)
    click(page.content, "原始记录 1")
    assert not has_button(page.files, "附上文件")


def test_pictures_go_with_the_line_and_open_from_under_it(
    opened, desk: Desk, photos: list[Path], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = an_opinion(desk)
    page = opened(desk, key)
    picks(monkeypatch, *photos)
    page.diary.note.setFocus()
    commit_to("沟槽回填完成")
    click(page.diary, "附现场照片")
    press(page, Key.Key_Return, held=CTRL)
    at_rest(qtbot, page)
    assert on_lines(desk, key) == {"沟槽回填完成": ["现场0.jpg", "现场1.jpg"]}
    assert page.diary.note.value() == ""
    assert page.diary.waiting.files == []
    click(page.diary, "现场照片 2 张")
    assert [one.accessibleName() for one in page.files.files.names.values()] == ["现场0.jpg", "现场1.jpg"]


def test_a_picture_that_is_refused_loses_neither_the_words_nor_the_other_pictures(
    opened, desk: Desk, photos: list[Path], qtbot: QtBot
) -> None:
    key = an_opinion(desk)
    page = opened(desk, key)
    page.diary.note.setFocus()
    commit_to("沟槽回填完成")
    drop_on(page.diary, *photos)
    photos[1].write_bytes(b"")
    press(page, Key.Key_Return, held=CTRL)
    at_rest(qtbot, page)
    assert "现场1.jpg" in page.bar.text
    assert "文件是空的" in page.bar.text
    assert (page.diary.note.value(), page.diary.waiting.files) == ("沟槽回填完成", photos)
    click(page.diary, "不附现场1.jpg")
    click(page.diary, "记下")
    at_rest(qtbot, page)
    assert on_lines(desk, key) == {"沟槽回填完成": ["现场0.jpg"]}


def test_a_picture_is_pasted_into_the_line_and_words_stay_words(opened, desk: Desk, qtbot: QtBot) -> None:
    key = an_opinion(desk)
    page = opened(desk, key)
    page.diary.note.setFocus()
    QApplication.clipboard().setText("road")
    press(page, Key.Key_V, held=CTRL)
    picture = QImage(40, 30, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.darkGreen)
    QApplication.clipboard().setImage(picture)
    press(page, Key.Key_V, held=CTRL)
    press(page, Key.Key_Return, held=CTRL)
    at_rest(qtbot, page)
    assert on_lines(desk, key) == {"road": ["粘贴的图片.png"]}


def test_pictures_that_wait_stay_with_their_opinion(opened, desk: Desk, photos: list[Path]) -> None:
    first, second = an_opinion(desk), an_opinion(desk, "路灯不亮")
    page = opened(desk, first, siblings=(first, second))
    drop_on(page.diary, photos[0])
    press(page, Key.Key_Down, held=Qt.KeyboardModifier.AltModifier)
    assert page.row["id"] == second
    assert page.diary.waiting.files == []
    press(page, Key.Key_Up, held=Qt.KeyboardModifier.AltModifier)
    assert page.diary.waiting.files == [photos[0]]


def test_each_opinion_that_went_into_this_one_is_a_way_to_it(opened, desk: Desk) -> None:
    main, *others = (an_opinion(desk, text) for text in ("积水", "又积水", "还积水"))
    for key in others:
        move(desk, Opinion, key, "merge", same_as=main)
    page = opened(desk, main)
    assert has_button(page.content, "另有 2 条")
    click(page.content.merged.numbers[others[1]])
    assert page.row["id"] == others[1]
    assert page.content.merged.isHidden()


def test_the_ledger_that_is_printed_is_the_list_the_opinion_came_from(opened, desk: Desk, qtbot: QtBot) -> None:
    keys = (an_opinion(desk), an_opinion(desk, "路灯不亮"))
    page = opened(desk, keys[0], siblings=keys)
    press(page, Key.Key_P, held=CTRL)
    choose_in_menu(qtbot, "意见建议台账（本筛选）")
    assert page.window().current_page().arguments == {"paper": "opinion-ledger", "ids": keys}
