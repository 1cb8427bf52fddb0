"""Pictures of an inspection: P puts them on the danger of the item or on the run; they are counted and looked at where they hang."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from desktop.model.inspection import ChecklistItem, Danger, Inspection
from desktop.office import attachments, inspections
from desktop.office.desk import Desk
from desktop.ui.inspection_danger import DangerForm
from desktop.ui.inspections import InspectionPage
from tests.builders import an_inspection
from tests.ui.hands import Asked, Key, at_rest, button, click, commit_to, has_button, press


@pytest.fixture
def opened(open_office):
    def at(desk: Desk, run: str) -> InspectionPage:
        special = {"record:inspection": InspectionPage, "print": Asked, "form:inspection": Asked}
        page = open_office(desk, "record:inspection", special, id=run).current_page()
        assert isinstance(page, InspectionPage)
        return page

    return at


@pytest.fixture
def photo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The picture that is picked whenever somebody is asked for one."""
    path = tmp_path / "后门.jpg"
    path.write_bytes(b"\xff\xd8\xff" * 4000)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_asked: ([str(path)], ""))
    return path


def written(qtbot: QtBot, page: InspectionPage) -> None:
    qtbot.waitUntil(lambda: page.deeds.is_idle)
    at_rest(qtbot, page)


def with_danger(desk: Desk, **values: str) -> tuple[str, str]:
    run = an_inspection(desk)
    item = desk.rows(ChecklistItem)[0]["id"]
    return run, inspections.register_danger(desk, inspection=run, item=item, situation="后门堵死", **values)


def test_p_adds_a_picture_to_the_danger_of_the_item_and_it_is_counted(opened, desk: Desk, photo: Path, qtbot: QtBot) -> None:
    run, danger = with_danger(desk, handling="当场改", done_text="已换新")
    page = opened(desk, run)
    press(page, Key.Key_Home, Key.Key_P)
    written(qtbot, page)
    assert attachments.hanging_on(desk, Danger, [danger]) == {danger: ["后门.jpg"]}
    assert "照片 1 张附在了这一项的隐患上" in page.bar.text
    assert "照片 1" in page.view.items.rows[page.view.items.current].below
    click(page.view.side, "照片 1")
    assert has_button(page.view.items, "后门.jpg")
    press(page, Key.Key_Escape)
    assert page.marking.form is None
    assert page.view.items.hasFocus()


def test_p_on_an_item_without_a_danger_adds_it_to_the_run(opened, desk: Desk, photo: Path, qtbot: QtBot) -> None:
    run = an_inspection(desk)
    page = opened(desk, run)
    press(page, Key.Key_P)
    written(qtbot, page)
    assert attachments.hanging_on(desk, Inspection, [run]) == {run: ["后门.jpg"]}
    click(page.view.side, "本次检查的照片 1")
    assert has_button(page.view.items, "后门.jpg")


def test_pictures_that_are_chosen_with_a_danger_are_kept_with_it(opened, desk: Desk, photo: Path, qtbot: QtBot) -> None:
    run = an_inspection(desk)
    page = opened(desk, run)
    press(page, Key.Key_2)
    commit_to("后门堵死")
    click(page.marking.form, "照片（可不拍）")
    press(page, Key.Key_Return)
    written(qtbot, page)
    danger = desk.rows(Danger, inspection=run)[0]
    assert danger["situation"] == "后门堵死"
    assert attachments.hanging_on(desk, Danger, [danger["id"]]) == {danger["id"]: ["后门.jpg"]}


def test_a_picture_that_is_refused_brings_the_form_back_with_all_that_was_typed(opened, desk: Desk, photo: Path, qtbot: QtBot) -> None:
    run = an_inspection(desk)
    page = opened(desk, run)
    press(page, Key.Key_2)
    commit_to("后门堵死")
    click(page.marking.form, "照片（可不拍）")
    photo.write_bytes(b"")
    press(page, Key.Key_Return)
    written(qtbot, page)
    assert "文件是空的" in page.bar.text
    form = page.marking.form
    assert isinstance(form, DangerForm)
    assert (form.bindings["situation"].field.value(), form.waiting.files) == ("后门堵死", [photo])
    assert desk.rows(Danger) == []
    click(form, "不附后门.jpg")
    click(form, "记下隐患")
    written(qtbot, page)
    assert len(desk.rows(Danger)) == 1


def test_a_picture_that_hangs_there_already_is_refused_and_the_run_goes_on(opened, desk: Desk, photo: Path, qtbot: QtBot) -> None:
    run, danger = with_danger(desk)
    attachments.attach(desk, Danger, danger, photo)
    page = opened(desk, run)
    press(page, Key.Key_Home, Key.Key_P)
    written(qtbot, page)
    assert "早已附上" in page.bar.text
    press(page, Key.Key_Down, Key.Key_1)
    written(qtbot, page)
    assert page.view.marks.count("合格") == 1


def test_the_pictures_of_a_danger_open_under_its_form_and_keep_what_is_typed(opened, desk: Desk, photo: Path, qtbot: QtBot) -> None:
    run, danger = with_danger(desk)
    attachments.attach(desk, Danger, danger, photo)
    page = opened(desk, run)
    press(page, Key.Key_Home, Key.Key_Return)
    QApplication.focusWidget().selectAll()
    commit_to("后门上锁")
    form = page.marking.form
    assert isinstance(form, DangerForm)
    click(form, "照片 1")
    click(button(form, "移走后门.jpg"))
    written(qtbot, page)
    assert form.bindings["situation"].field.value() == "后门上锁"
    assert has_button(form, "照片（可不拍）")
    assert attachments.attachments_of(desk, Danger, danger) == []


def test_a_finished_run_still_shows_its_pictures(opened, desk: Desk, photo: Path, qtbot: QtBot) -> None:
    run, danger = with_danger(desk)
    attachments.attach(desk, Danger, danger, photo)
    for section in {item["section"] or "" for item in desk.rows(ChecklistItem)}:
        inspections.mark_rest_of_section(desk, run, section)
    inspections.finish_inspection(desk, run)
    page = opened(desk, run)
    click(page.view.side, "照片 1")
    assert has_button(page.view.items, "后门.jpg")


def test_a_danger_fixed_in_time_may_be_referred_as_well(opened, desk: Desk, qtbot: QtBot) -> None:
    run = an_inspection(desk)
    page = opened(desk, run)
    press(page, Key.Key_2)
    commit_to("私拉线路")
    form = page.marking.form
    assert isinstance(form, DangerForm)
    click(form, "移送")
    press(page, Key.Key_Space)
    assert has_button(form, "移送：消防")
    click(form, "记下隐患")
    written(qtbot, page)
    row = desk.rows(Danger)[0]
    assert (row["handling"], row["departments"], row["state"]) == ("限期改", "消防", "登记")


def test_the_days_until_the_limit_are_said_and_follow_it(opened, desk: Desk, qtbot: QtBot) -> None:
    page = opened(desk, an_inspection(desk))
    press(page, Key.Key_2)
    until = page.marking.form.bindings["due_on"].field
    assert until.note == "15 天"
    until.setFocus()
    QApplication.focusWidget().selectAll()
    for digit in "20211201":
        press(page, Key(ord(digit)))
    press(page, Key.Key_Tab)
    assert until.note == "7 天"
