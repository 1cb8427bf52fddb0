"""A roster comes in: seven rows are taken, two are refused with reasons, and the whole import can be taken back."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from desktop.exchange.importing import Fate
from desktop.exchange.reading import read
from desktop.model.person import Person
from desktop.office.desk import Desk
from desktop.ui.importing import ImportPage
from tests.ui.hands import CTRL, Key, at_rest, button, click, has_button, press, shown

ROSTER = Path(__file__).parents[1] / "samples" / "roster-made.xlsx"


@pytest.fixture
def page(open_office, desk: Desk, qtbot: QtBot) -> ImportPage:
    window = open_office(desk, "table:person")
    window.go("import", kind="person", path=ROSTER)
    page = window.current_page()
    assert isinstance(page, ImportPage)
    looked_at(qtbot, page)
    return page


def looked_at(qtbot: QtBot, page: ImportPage) -> None:
    qtbot.waitUntil(lambda: page.dry is not None and not page.work.is_busy, timeout=20_000)


def say_once_that_all_are_residents(page: ImportPage, qtbot: QtBot) -> None:
    click(page.fixed.bound["roles"].field.editor.boxes["居民"])
    qtbot.waitUntil(lambda: page.dry.count(Fate.NEW) == 7 and not page.work.is_busy, timeout=20_000)


def test_the_columns_are_understood_and_what_is_missing_is_asked_once(page: ImportPage, qtbot: QtBot) -> None:
    assert set(page.mapping.chosen().values()) == {"name", "sex", "born", "id_number", "joined_on", "phone", "wishes"}
    assert page.fixed.isVisible()
    assert page.dry.count(Fate.NEW) == 0, "without their category nobody can be taken"
    say_once_that_all_are_residents(page, qtbot)
    assert [chip.accessibleName() for chip in page.result.chips.values()][:2] == ["全部 9", "新增 7"]
    assert page.result.chips[Fate.REFUSED].accessibleName() == "退回 2"


def test_a_chip_shows_only_its_rows_with_the_cell_and_the_reason(page: ImportPage, qtbot: QtBot) -> None:
    say_once_that_all_are_residents(page, qtbot)
    click(page.result.chips[Fate.REFUSED])
    assert shown(page.result.list, "row") == ["8", "11"]
    assert shown(page.result.list, "why")[0].startswith("E8 证件号码：")


def test_nothing_is_kept_before_the_deed_and_everything_after_it(page: ImportPage, desk: Desk, qtbot: QtBot) -> None:
    say_once_that_all_are_residents(page, qtbot)
    assert desk.rows(Person) == []
    assert page.window().session.saved_at == "", "looking at rows is no saving"
    press(page, Key.Key_Return, held=CTRL)
    qtbot.waitUntil(lambda: page.done is not None, timeout=20_000)
    assert len(desk.rows(Person)) == 7
    assert "新增 7，更新 0，退回 2" in page.bar.text
    assert {row["roles"] for row in desk.rows(Person)} == {f"居民 {desk.today}~"}
    click(page.bar, "看名单")
    assert page.window().current_page().view.rows.rowCount() == 7


def test_the_whole_import_is_taken_back(page: ImportPage, desk: Desk, qtbot: QtBot) -> None:
    say_once_that_all_are_residents(page, qtbot)
    click(page.window(), "导入 7 行")
    qtbot.waitUntil(lambda: page.done is not None, timeout=20_000)
    click(page.window(), "撤销本次导入")
    qtbot.waitUntil(lambda: desk.rows(Person) == [], timeout=20_000)
    at_rest(qtbot, page)
    assert "已撤销：移入回收站 7 条" in page.bar.text


def test_a_column_that_stays_behind_is_read_no_more(page: ImportPage, desk: Desk, qtbot: QtBot) -> None:
    say_once_that_all_are_residents(page, qtbot)
    column = next(column for column, field in page.mapping.chosen().items() if field == "phone")
    choice = page.mapping.choices[column]
    choice.setFocus()
    press(page, Key.Key_Home)
    qtbot.waitUntil(lambda: not page.work.is_busy and not page._is_stale, timeout=20_000)
    assert choice.value() == ""
    press(page, Key.Key_Return, held=CTRL)
    qtbot.waitUntil(lambda: page.done is not None, timeout=20_000)
    assert {row["phone"] for row in desk.rows(Person)} == {None}


def test_two_choices_in_a_row_are_both_looked_at(page: ImportPage, qtbot: QtBot) -> None:
    boxes = page.fixed.bound["roles"].field.editor.boxes
    click(boxes["居民"])
    click(boxes["志愿者"])
    qtbot.waitUntil(lambda: page.dry.count(Fate.NEW) == 7 and not page.work.is_busy and not page._is_stale, timeout=20_000)
    assert page.dry.of(Fate.NEW)[0].values["roles"].count("~") == 2


def test_the_refused_rows_are_saved_with_their_reasons(
    page: ImportPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    say_once_that_all_are_residents(page, qtbot)
    file = tmp_path / "退回.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(file), ""))
    click(page.window(), "退回的行存成表")
    at_rest(qtbot, page)
    assert "已存 2 行" in page.bar.text
    assert "校验码" in str(read(file)[0].rows)


def test_a_file_may_be_dropped_on_the_page(open_office, desk: Desk, qtbot: QtBot) -> None:
    window = open_office(desk, "table:person")
    window.go("import", kind="person")
    page = window.current_page()
    assert page.empty.isVisible()
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile(str(ROSTER))])
    how = (Qt.DropAction.CopyAction, files, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(page, QDragEnterEvent(QPoint(50, 50), *how))
    QApplication.sendEvent(page, QDropEvent(QPointF(50, 50), *how))
    looked_at(qtbot, page)
    assert len(page.dry.lines) == 9


def test_a_file_that_is_no_table_is_refused_in_words(open_office, desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    picture = tmp_path / "照片.xlsx"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    window = open_office(desk, "table:person")
    window.go("import", kind="person", path=picture)
    page = window.current_page()
    qtbot.waitUntil(lambda: page.bar.text != "" and not page.work.is_busy, timeout=20_000)
    assert "照片.xlsx" in page.bar.text
    assert not has_button(window, "导入 0 行")


def test_the_template_asks_for_a_place_and_has_the_heads(
    open_office, desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "人员.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(file), ""))
    window = open_office(desk, "table:person")
    window.go("import", kind="person")
    page = window.current_page()
    click(page, "下载模板")
    at_rest(qtbot, page)
    assert read(file)[0].rows[0][0] == "姓名*"


def test_with_large_letters_the_page_stays_in_its_window(page: ImportPage, look, qtbot: QtBot) -> None:
    look.set_size(18)
    qtbot.wait(30)
    assert page.window().width() == 1366
    assert button(page.window(), "换文件").isVisible()
    assert page.fixed.y() > page.mapping.y(), "one under the other"
