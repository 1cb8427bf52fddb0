"""Printing by clicks and keys: what is seen is what is saved is what is printed, and nothing leaves unnoticed."""

import sys
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.model.person import Person
from desktop.model.roles import Role
from desktop.office.checkins import check_in_member
from desktop.office.desk import Desk
from desktop.store.page import Filter, Listing
from desktop.ui.kit.badges import Badge
from desktop.ui.office import OfficeWindow
from desktop.ui.pdfpages import Pdf
from desktop.ui.printers import as_pictures
from desktop.ui.printing import PrintPage
from desktop.ui.printlist import KEY
from desktop.ui.printwish import period
from desktop.ui.session import Session
from tests.builders import a_person, audited, people, seen_as

CTRL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton
PHONE = "13822163001"


Open = Callable[..., PrintPage]


@pytest.fixture
def opened(show, qtbot: QtBot) -> Open:
    """The page in its window, opened for something, with its paper made."""

    def open_page(desk: Desk, **arguments: object) -> PrintPage:
        window = OfficeWindow(Session(desk), {"print": PrintPage})
        show(window, 1366, 698)
        window.go("print", **arguments)
        page = window.current_page()
        assert isinstance(page, PrintPage)
        settle(qtbot, page)
        return page

    return open_page


@pytest.fixture
def fake_cups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine whose print service has one printer; what it is given lies in the folder that comes back."""
    if sys.platform != "linux":
        pytest.skip("CUPS prints on Linux")
    folder = tmp_path / "cups"
    folder.mkdir()
    lp = f'#!/bin/sh\nprintf "%s\\n" "$@" > {folder}/told\ncat > {folder}/paper\n'
    lpstat = '#!/bin/sh\nif [ "$1" = "-e" ]; then echo HP_1020; else echo "system default destination: HP_1020"; fi\n'
    for name, script in (("lp", lp), ("lpstat", lpstat)):
        (folder / name).write_text(script)
        (folder / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    return folder


def settle(qtbot: QtBot, page: PrintPage) -> None:
    """Nothing is on its way any more."""
    for _turn in range(3):
        qtbot.waitUntil(lambda: not (page.drawing.is_busy or page.work.is_busy), timeout=15_000)
        QApplication.processEvents()


def text_of(page: PrintPage) -> str:
    """Every word of the paper in sight."""
    assert page.made is not None
    pdf = pypdfium2.PdfDocument(page.made.paper.pdf)
    words = "".join(one.get_textpage().get_text_bounded() for one in pdf)
    pdf.close()
    return words


def ink_of(pdf: Pdf) -> tuple[int, int, int, int]:
    """Where the ink of the first page begins and ends, on a picture 600 wide."""
    image = pdf.image(0, 600, grey=True)
    dark = [(x, y) for y in range(image.height()) for x, value in enumerate(bytes(image.constScanLine(y))[:600]) if value < 160]
    across, down = zip(*dark, strict=True)
    return min(across), min(down), max(across), max(down)


def actions(page: PrintPage) -> list[str]:
    """The deeds in the head."""
    return [action.key for action in page.header_actions()]


def shown_papers(page: PrintPage) -> list[str]:
    """The forms that the search left."""
    items = page.papers.list
    return [str(items.item(at).data(KEY)) for at in range(items.count()) if items.item(at).data(KEY)]


def test_a_form_is_found_by_the_initials_of_its_pinyin(desk: Desk, opened: Open, qtbot: QtBot) -> None:
    page = opened(desk, paper="month")
    qtbot.keyClick(page, Qt.Key.Key_F3)
    qtbot.keyClicks(page.papers.search, "bdhz")
    assert shown_papers(page) == ["slip"]
    qtbot.keyClick(page.papers.search, Qt.Key.Key_Return)
    assert page.order.key == "slip"


def test_the_arrows_go_from_form_to_form(desk: Desk, opened: Open, qtbot: QtBot) -> None:
    page = opened(desk, paper="registration")
    page.papers.setFocus()
    qtbot.keyClick(page.papers.list, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: page.order.key == "unit-check-in")
    assert page.middle.currentIndex() == 1, "no unit is chosen yet"


def test_a_form_without_a_record_says_so_and_takes_one_by_a_few_letters(desk: Desk, opened: Open, qtbot: QtBot) -> None:
    a_person(desk, "陈嘉禾", phone=PHONE)
    page = opened(desk, paper="registration")
    assert page.made is None
    assert page.panel.pick.hasFocus(), "the keys wait where the person is chosen"
    qtbot.keyClicks(page.panel.pick, "cjh")
    qtbot.waitUntil(lambda: page.panel.pick.found is not None)
    qtbot.keyClick(page.panel.pick, Qt.Key.Key_Return)
    settle(qtbot, page)
    assert "陈嘉禾" in text_of(page)


def test_page_down_goes_through_the_paper(desk: Desk, opened: Open, qtbot: QtBot) -> None:
    page = opened(desk, paper="registration", ids=tuple(people(desk, 3)))
    assert page.preview.words.text() == "第 1 页，共 3 页"
    qtbot.keyClick(page.preview.view, Qt.Key.Key_PageDown)
    assert page.preview.words.text() == "第 2 页，共 3 页"
    qtbot.keyClick(page.preview.view, Qt.Key.Key_End)
    qtbot.keyClick(page.preview.view, Qt.Key.Key_PageDown)
    assert page.preview.words.text() == "第 3 页，共 3 页"
    qtbot.keyClick(page.preview.view, Qt.Key.Key_PageUp)
    assert page.preview.view.page == 1


def test_a_click_on_a_small_page_shows_it_large(desk: Desk, opened: Open, qtbot: QtBot) -> None:
    page = opened(desk, paper="registration", ids=tuple(people(desk, 3)))
    small = page.preview.strip.pages
    qtbot.mouseClick(small, LEFT, pos=small.place(2).center())
    assert page.preview.view.page == 2


def test_the_page_grows_and_goes_back_to_the_width(desk: Desk, opened: Open, qtbot: QtBot) -> None:
    page = opened(desk, paper="month")
    before = page.preview.view.share
    qtbot.mouseClick(page.preview.larger, LEFT)
    assert page.preview.view.share > before
    qtbot.mouseClick(page.preview.width_button, LEFT)
    assert page.preview.view.share == pytest.approx(before)


def test_what_is_saved_is_what_is_seen_and_is_written_down(desk: Desk, opened: Open, qtbot: QtBot, tmp_path: Path) -> None:
    page = opened(desk, paper="roster", ids=tuple(people(desk, 2)))
    target = tmp_path / "花名册.pdf"
    qtbot.keyClick(page.preview.view, Qt.Key.Key_E, CTRL)
    qtbot.waitUntil(lambda: bool(page.findChildren(QFileDialog)))
    line = page.findChildren(QFileDialog)[-1].findChild(QLineEdit)
    line.setText(str(target))
    qtbot.keyClick(line, Qt.Key.Key_Return)
    settle(qtbot, page)
    assert target.read_bytes() == page.made.paper.pdf
    assert ("paper.print", True) in audited(desk)
    assert "已存为 花名册.pdf" in page.bar.text


def test_a_machine_without_a_printer_saves_a_file_instead(desk: Desk, opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    page = opened(desk, paper="month")
    assert actions(page) == ["pdf"]
    assert page.panel.no_printer.isVisible()


def test_the_printer_gets_the_very_bytes_that_are_seen(desk: Desk, opened: Open, qtbot: QtBot, fake_cups: Path) -> None:
    page = opened(desk, paper="roster", ids=tuple(people(desk, 2)))
    assert page.panel.printer.value() == "HP_1020"
    page.panel.copies.setFocus()
    page.panel.copies.selectAll()
    qtbot.keyClicks(page.panel.copies, "3")
    page.panel.both.click()
    qtbot.keyClick(page.preview.view, Qt.Key.Key_P, CTRL)
    settle(qtbot, page)
    assert (fake_cups / "paper").read_bytes() == page.made.paper.pdf
    told = (fake_cups / "told").read_text().split("\n")
    for option in ("HP_1020", "3", "media=A4", "sides=two-sided-short-edge", "print-scaling=none"):
        assert option in told
    assert audited(desk)[-1] == ("paper.print", True)


def test_a_printer_that_refuses_is_said_and_nothing_is_written_down(desk: Desk, opened: Open, qtbot: QtBot, fake_cups: Path) -> None:
    (fake_cups / "lp").write_text('#!/bin/sh\ncat > /dev/null\necho "lp: no paper" >&2\nexit 1\n')
    page = opened(desk, paper="month")
    qtbot.keyClick(page.preview.view, Qt.Key.Key_P, CTRL)
    settle(qtbot, page)
    assert "no paper" in page.bar.text
    assert ("paper.print", True) not in audited(desk)


def test_where_there_is_no_cups_each_page_is_printed_as_a_whole_sheet(desk: Desk, opened: Open, tmp_path: Path) -> None:
    page = opened(desk, paper="roster", ids=tuple(people(desk, 30)))
    printer, target, said = QPrinter(), tmp_path / "printed.pdf", []
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(target))
    as_pictures(page.made.paper.pdf, printer, lambda what, done, total: said.append((done, total)))
    before, after = Pdf(page.made.paper.pdf), Pdf(target.read_bytes())
    for seen, printed in zip(before.sizes, after.sizes, strict=True):
        assert printed == pytest.approx(seen, abs=1)
    assert said == [(nth, before.pages) for nth in range(before.pages)]
    assert ink_of(after) == pytest.approx(ink_of(before), abs=2), "it stands where it stood, not scaled or shifted"
    before.close()
    after.close()


def test_full_numbers_come_out_only_for_somebody_who_may_and_each_time_is_written_down(desk: Desk, opened: Open, qtbot: QtBot) -> None:
    page = opened(desk, paper="roster", ids=(a_person(desk, "陈嘉禾", phone=PHONE),))
    assert PHONE not in text_of(page)
    qtbot.mouseClick(page.panel.masked, LEFT)
    settle(qtbot, page)
    assert PHONE in text_of(page)
    assert ("paper.print_unmasked", True) in audited(desk)


def test_a_clerk_who_takes_off_the_mask_is_refused_and_that_is_written_down(desk: Desk, opened: Open, qtbot: QtBot) -> None:
    person = a_person(desk, "陈嘉禾", phone=PHONE)
    page = opened(seen_as(desk, Role.CLERK), paper="roster", ids=(person,))
    qtbot.mouseClick(page.panel.masked, LEFT)
    settle(qtbot, page)
    assert page.panel.masked.isChecked()
    assert PHONE not in text_of(page)
    assert "不能做这件事" in page.bar.text
    assert ("paper.print_unmasked", False) in audited(desk)


def test_a_list_prints_what_its_filter_found(desk: Desk, opened: Open, qtbot: QtBot) -> None:
    a_person(desk, "陈嘉禾", sex="2")
    a_person(desk, "仇思远", sex="1")
    listing = Listing(Person, (Filter("sex", "is", ("2",)),), community=desk.community)
    page = opened(desk, paper="list", listing=listing)
    assert page.panel.range.currentText() == "当前筛选 1 人"
    assert "陈嘉禾" in text_of(page)
    assert "仇思远" not in text_of(page)
    page.panel.range.setFocus()
    qtbot.keyClick(page.panel.range, Qt.Key.Key_Down)
    settle(qtbot, page)
    assert "仇思远" in text_of(page)


def test_a_character_that_no_font_has_is_named_and_not_dropped(desk: Desk, opened: Open) -> None:
    page = opened(desk, paper="roster", ids=(a_person(desk, "陈嘉禾", post="\U00031350"),))
    assert "U+31350" in page.bar.text
    assert "缺 1 个字" in [mark.accessibleName() for mark in page.preview.findChildren(Badge)]


def test_members_who_have_not_reported_get_no_receipt(desk: Desk, opened: Open, qtbot: QtBot) -> None:
    absent, came = a_person(desk, "仇思远"), a_person(desk, "陈嘉禾")
    check_in_member(desk, person=came, reported_on=desk.today)
    page = opened(desk, paper="slip", ids=(absent,))
    assert page.made is None
    page = opened(desk, paper="slip", ids=(absent, came))
    assert page.made.paper.pages == 1


def test_the_last_order_wins_when_options_change_faster_than_paper_is_made(desk: Desk, opened: Open, qtbot: QtBot) -> None:
    page = opened(desk, paper="month")
    for preset in ("last_month", "quarter", "year"):
        page.panel.preset.setFocus()
        qtbot.keyClick(page.panel.preset, Qt.Key.Key_Down)
        assert page.order.wish.preset == preset
    settle(qtbot, page)
    assert page.made.order.wish.since == "2021-01-01"


@pytest.mark.parametrize(
    ("preset", "today", "since", "until"),
    [
        ("month", "2021-11-24", "2021-11-01", "2021-11-24"),
        ("last_month", "2021-03-01", "2021-02-01", "2021-02-28"),
        ("last_month", "2022-01-31", "2021-12-01", "2021-12-31"),
        ("quarter", "2021-11-24", "2021-10-01", "2021-11-24"),
        ("year", "2021-11-24", "2021-01-01", "2021-11-24"),
    ],
)
def test_a_period_begins_where_the_office_begins_it(preset: str, today: str, since: str, until: str) -> None:
    assert period(preset, today) == (since, until)
