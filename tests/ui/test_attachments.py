"""附件 in the drawer: picked or dropped, taken out by its name, put away and taken back."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from desktop.model.opinion import Opinion
from desktop.model.roles import Role
from desktop.office import attachments
from desktop.office.desk import Desk
from desktop.ui.table import RecordTable
from tests.builders import an_opinion, an_organisation, seen_as
from tests.ui.hands import CTRL, Key, at_rest, button, click, press


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    path = tmp_path / "签名照片.jpg"
    path.write_bytes(b"\xff\xd8\xff" * 4000)
    return path


@pytest.fixture
def page(open_office, desk: Desk) -> RecordTable:
    an_organisation(desk, "区税务局")
    page = open_office(desk, "table:organisation").current_page()
    press(page, Key.Key_Return)
    click(page.drawer.tabs.tabs["files"])
    return page


def names(page: RecordTable) -> list[str]:
    return [one.accessibleName() for one in page.drawer.files.names.values()]


def test_a_file_is_picked_taken_out_put_away_and_taken_back(
    page: RecordTable, scan: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_asked: ([str(scan)], ""))
    click(page.drawer, "附上文件")
    at_rest(qtbot, page)
    assert names(page) == ["签名照片.jpg"]
    assert page.drawer.tabs.tabs["files"].text().strip() == "附件 1"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(tmp_path / "出来.jpg"), ""))
    click(next(iter(page.drawer.files.names.values())))
    at_rest(qtbot, page)
    assert (tmp_path / "出来.jpg").read_bytes() == scan.read_bytes()
    assert "已另存：出来.jpg" in page.bar.text
    click(page.drawer, "移走签名照片.jpg")
    at_rest(qtbot, page)
    assert names(page) == []
    click(button(page.window(), "撤销"))
    at_rest(qtbot, page)
    assert names(page) == ["签名照片.jpg"]


def test_what_is_dropped_hangs_there_all_of_it(page: RecordTable, scan: Path, tmp_path: Path, qtbot: QtBot) -> None:
    other = tmp_path / "反面.jpg"
    other.write_bytes(b"\xff\xd8\xfe" * 4000)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in (scan, other)])
    how = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(page.drawer.files, QDragEnterEvent(QPoint(5, 5), *how))
    QApplication.sendEvent(page.drawer.files, QDropEvent(QPointF(5, 5), *how))
    at_rest(qtbot, page)
    assert names(page) == ["签名照片.jpg", "反面.jpg"]


def test_a_picture_is_pasted_and_words_are_not(page: RecordTable, qtbot: QtBot) -> None:
    QApplication.clipboard().setText("一段字")
    click(page.drawer, "粘贴图片")
    assert "剪贴板里没有图片" in page.bar.text
    picture = QImage(40, 30, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.darkGreen)
    QApplication.clipboard().setImage(picture)
    page.drawer.files.add.setFocus()
    press(page, Key.Key_V, held=CTRL)
    at_rest(qtbot, page)
    assert names(page) == ["粘贴的图片.png"]


def test_the_same_again_is_refused_in_words(page: RecordTable, desk: Desk, scan: Path, qtbot: QtBot) -> None:
    for _turn in range(2):
        page.drawer.files.wanted.emit([scan])
        at_rest(qtbot, page)
    assert "同一个文件早已附上" in page.bar.text


def test_who_may_only_read_sees_the_names_and_no_button(open_office, desk: Desk, scan: Path) -> None:
    key = an_opinion(desk)
    attachments.attach(desk, Opinion, key, scan)
    page = open_office(seen_as(desk, Role.READER), "table:opinion", {}).current_page()
    press(page, Key.Key_Return)
    click(page.drawer.tabs.tabs["files"])
    assert names(page) == ["签名照片.jpg"]
    assert not page.drawer.files.add.isVisible()
