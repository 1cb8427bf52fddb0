"""Printing by clicks and keys: what is seen is what is saved is what is printed, and nothing leaves unnoticed."""

import sys
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.model.person import Person
from desktop.model.roles import Role
from desktop.office.checkins import check_in_member, move_checkin
from desktop.office.desk import Desk
from desktop.store.page import Filter, Listing
from desktop.ui.kit.badges import Badge, Chip
from desktop.ui.look import Look
from desktop.ui.office import OfficeWindow
from desktop.ui.pdfpages import Pdf
from desktop.ui.printers import as_pictures
from desktop.ui.printing import PrintPage
from desktop.ui.printlist import GROUP, KEY
from desktop.ui.printorder import Order, dated
from desktop.ui.printwish import Wish, month_due, period
from desktop.ui.session import Session
from tests.builders import TODAY, a_person, an_opinion, an_organisation, audited, moved, people, seen_as

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


@pytest.mark.parametrize(
    ("order", "name"),
    [
        (Order("month", wish=Wish(since="2021-10-01", until="2021-10-31")), "2021-10"),
        (Order("month", wish=Wish(since=f"{TODAY[:7]}-01", until=TODAY)), TODAY[:7]),
        (Order("opinion-ledger", wish=Wish(since="2021-10-01", until="2021-12-31")), "2021-10-01_2021-12-31"),
        (Order("roster", wish=Wish(as_of="2021-06-30")), "2021-06-30"),
        (Order("slip"), TODAY),
    ],
)
def test_a_file_is_named_by_the_time_that_it_tells_of(order: Order, name: str) -> None:
    assert dated(order, TODAY) == name


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
    assert page.how.no_printer.isVisible()


def test_the_printer_gets_the_very_bytes_that_are_seen(desk: Desk, opened: Open, qtbot: QtBot, fake_cups: Path) -> None:
    page = opened(desk, paper="roster", ids=tuple(people(desk, 2)))
    assert page.how.printer.value() == "HP_1020"
    page.how.copies.setFocus()
    page.how.copies.selectAll()
    qtbot.keyClicks(page.how.copies, "3")
    page.how.both.click()
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


def line_of(page: PrintPage, role: int, value: str) -> QPoint:
    """The middle of a line of the list: a group's head or a form."""
    items = page.papers.list
    item = next(item for item in items.lines() if item.data(role) == value)
    return items.visualItemRect(item).center()


def forms_in_sight(page: PrintPage) -> list[str]:
    """The forms that are not folded away."""
    return [str(item.data(KEY)) for item in page.papers.list.lines() if item.data(KEY) and not item.isHidden()]


def saves_as(qtbot: QtBot, page: PrintPage, target: Path) -> None:
    """The dialog that is open gets this name."""
    qtbot.waitUntil(lambda: any(one.isVisible() for one in page.findChildren(QFileDialog)))
    line = next(one for one in page.findChildren(QFileDialog) if one.isVisible()).findChild(QLineEdit)
    line.setText(str(target))
    qtbot.keyClick(line, Qt.Key.Key_Return)
    settle(qtbot, page)


def height_of(page: PrintPage, word: str) -> float:
    """How far above the lower edge the word begins on the last page of the paper."""
    assert page.made is not None
    pdf = pypdfium2.PdfDocument(page.made.paper.pdf)
    words = pdf[len(pdf) - 1].get_textpage()
    at = words.get_text_range().index(word)
    bottom = words.get_charbox(at)[1]
    pdf.close()
    return bottom


def test_a_click_on_a_group_folds_it_and_a_search_finds_what_is_folded(desk: Desk, opened: Open, qtbot: QtBot) -> None:
    page = opened(desk, paper="month")
    qtbot.mouseClick(page.papers.list.viewport(), LEFT, pos=line_of(page, GROUP, "双报到"))
    assert "roster" not in forms_in_sight(page)
    assert "opinion-ledger" in forms_in_sight(page)
    qtbot.keyClick(page, Qt.Key.Key_F3)
    qtbot.keyClicks(page.papers.search, "hmc")
    assert forms_in_sight(page) == ["roster"]


def test_the_arrow_left_folds_the_group_and_right_unfolds_it(desk: Desk, opened: Open, qtbot: QtBot) -> None:
    page = opened(desk, paper="roster")
    page.papers.setFocus()
    qtbot.keyClick(page.papers.list, Qt.Key.Key_Left)
    assert "roster" not in forms_in_sight(page)
    assert "已折叠" in page.papers.list.currentItem().data(Qt.ItemDataRole.AccessibleTextRole)
    qtbot.keyClick(page.papers.list, Qt.Key.Key_Right)
    assert "roster" in forms_in_sight(page)
    assert page.order.key == "roster", "folding is no choice"


def test_a_star_stays_with_the_person_who_gave_it(desk: Desk, opened: Open, qtbot: QtBot) -> None:
    page = opened(desk, paper="month")
    items = page.papers.list
    at_star = QPoint(items.viewport().width() - 16, line_of(page, KEY, "slip").y())
    qtbot.mouseClick(items.viewport(), LEFT, pos=at_star)
    qtbot.keyClick(page.preview.view, Qt.Key.Key_B, CTRL)
    assert page.order.key == "month", "a star is no choice"
    qtbot.waitUntil(lambda: not page.favourites.is_busy)
    assert opened(desk, paper="month").papers.list.stars == {"slip", "month"}
    assert opened(seen_as(desk, Role.CLERK), paper="month").papers.list.stars == set()


@pytest.mark.parametrize(("today", "due"), [("2021-11-24", "11月30日"), ("2021-12-03", "12月3日"), ("2022-02-04", "2月28日")])
def test_the_month_report_says_when_its_month_is_closed(today: str, due: str) -> None:
    assert month_due(today, 3) == due


def test_the_workbook_has_the_rows_of_the_paper(desk: Desk, opened: Open, qtbot: QtBot, tmp_path: Path) -> None:
    unit = an_organisation(desk, "区税务局")
    page = opened(desk, paper="roster", ids=(a_person(desk, "陈嘉禾", phone=PHONE, employer=unit), a_person(desk, "仇思远")))
    page.header_actions()[1].run()
    saves_as(qtbot, page, tmp_path / "花名册.xlsx")
    rows = [list(row) for row in openpyxl.load_workbook(tmp_path / "花名册.xlsx").active.iter_rows(values_only=True)]
    assert rows[0][0] == "在职党员到社区报到花名册"
    assert rows[1] == [column.label for column in page.made.rows.columns]
    assert [tuple(cell or "" for cell in row) for row in rows[2:]] == list(page.made.rows.rows)
    assert rows[2][6] == "138****3001"
    assert audited(desk)[-1] == ("record.export", True)
    assert page.bar.text == "已存为 花名册.xlsx"


def test_only_rows_become_a_workbook_and_only_for_who_may_take_them_out(desk: Desk, opened: Open) -> None:
    person = a_person(desk)
    assert actions(opened(desk, paper="registration", ids=(person,))) == ["pdf"]
    assert actions(opened(desk, paper="roster", ids=(person,))) == ["pdf", "export"]
    assert actions(opened(seen_as(desk, Role.READER), paper="roster", ids=(person,))) == ["pdf"]


def test_a_roster_as_of_a_day_has_who_stood_reported_then(desk: Desk, opened: Open, qtbot: QtBot) -> None:
    stayed, left, late = (a_person(desk, name) for name in ("陈嘉禾", "仇思远", "林若溪"))
    check_in_member(desk, person=stayed, reported_on="2021-11-01")
    gone = check_in_member(desk, person=left, reported_on="2021-11-01")
    check_in_member(desk, person=late, reported_on="2021-11-24")
    move_checkin(desk, gone, "cancel", cancelled_because="调离")
    page = opened(desk, paper="roster")
    assert page.panel.range.currentText() == "全部 2 人"
    assert [row[0] for row in page.made.rows.rows] == ["陈嘉禾", "林若溪"]
    page.panel.as_of.setFocus()
    page.panel.as_of.selectAll()
    qtbot.keyClicks(page.panel.as_of, "2021-11-20")
    qtbot.keyClick(page.panel.as_of, Qt.Key.Key_Return)
    settle(qtbot, page)
    assert [row[0] for row in page.made.rows.rows] == ["陈嘉禾", "仇思远"]
    assert "截至2021年11月20日" in text_of(page).replace("\r\n", "")


def test_the_rows_go_by_what_was_chosen(desk: Desk, opened: Open, qtbot: QtBot) -> None:
    first, second = a_person(desk, "周一"), a_person(desk, "陈嘉禾")
    check_in_member(desk, person=first, reported_on="2021-11-01")
    check_in_member(desk, person=second, reported_on="2021-11-20")
    page = opened(desk, paper="roster")
    assert [row[0] for row in page.made.rows.rows] == ["陈嘉禾", "周一"]
    page.panel.order.setFocus()
    qtbot.keyClick(page.panel.order, Qt.Key.Key_Down)
    settle(qtbot, page)
    assert page.panel.order.currentText() == "按报到日期"
    assert [row[0] for row in page.made.rows.rows] == ["周一", "陈嘉禾"]


def test_a_list_is_sorted_anew_on_paper(desk: Desk, opened: Open, qtbot: QtBot) -> None:
    a_person(desk, "仇思远", phone="13800000001")
    a_person(desk, "陈嘉禾", phone="13900000002")
    page = opened(desk, paper="list", listing=Listing(Person, community=desk.community, order="-name"))
    orders = [page.panel.order.itemText(at) for at in range(page.panel.order.count())]
    assert "按手机号码" in orders
    assert "按所在单位" not in orders, "a link goes by nothing that is read"


def test_the_last_page_is_filled_with_empty_rows_unless_that_is_not_wanted(desk: Desk, opened: Open, qtbot: QtBot) -> None:
    page = opened(desk, paper="roster", ids=tuple(people(desk, 25)))
    pages, words, foot = page.made.paper.pages, text_of(page), height_of(page, "填表人")
    qtbot.mouseClick(page.panel.blank_rows, LEFT)
    settle(qtbot, page)
    assert page.made.paper.pages == pages == 2
    assert text_of(page) == words
    assert height_of(page, "填表人") > foot + 100, "the sign line follows the last person"


def test_the_slips_of_the_same_people_are_printed_along(desk: Desk, opened: Open, qtbot: QtBot, fake_cups: Path) -> None:
    reported, absent = a_person(desk, "陈嘉禾"), a_person(desk, "仇思远")
    check_in_member(desk, person=reported, reported_on=desk.today)
    page = opened(desk, paper="roster", ids=(reported, absent))
    assert page.along.isVisible()
    assert not page.along.wanted, "nobody prints 86 sheets without having asked for them"
    (fake_cups / "lp").write_text(f"#!/bin/sh\ncat > {fake_cups}/paper$(ls {fake_cups} | grep -c paper)\n")
    qtbot.mouseClick(page.along.tick, LEFT)
    qtbot.keyClick(page.preview.view, Qt.Key.Key_P, CTRL)
    settle(qtbot, page)
    qtbot.waitUntil(lambda: (fake_cups / "paper1").exists() and not page.work.is_busy)
    assert (fake_cups / "paper0").read_bytes() == page.made.paper.pdf
    assert (fake_cups / "paper1").read_bytes() == page.along.made.paper.pdf
    assert page.along.sheets.accessibleName() == "1 张"
    assert [deed for deed, _ok in audited(desk)][-2:] == ["paper.print", "paper.print"]


def test_what_goes_along_is_saved_beside_the_paper_and_overwrites_nothing(desk: Desk, opened: Open, qtbot: QtBot, tmp_path: Path) -> None:
    person = a_person(desk, "陈嘉禾")
    check_in_member(desk, person=person, reported_on=desk.today)
    (tmp_path / "册 报到回执.pdf").write_text("somebody's own")
    page = opened(desk, paper="roster")
    qtbot.mouseClick(page.along.tick, LEFT)
    qtbot.waitUntil(lambda: page.along.made is not None)
    qtbot.keyClick(page.preview.view, Qt.Key.Key_E, CTRL)
    saves_as(qtbot, page, tmp_path / "册.pdf")
    assert (tmp_path / "册.pdf").read_bytes() == page.made.paper.pdf
    assert (tmp_path / "册 报到回执 (2).pdf").read_bytes() == page.along.made.paper.pdf
    assert (tmp_path / "册 报到回执.pdf").read_text() == "somebody's own"


def test_people_without_a_slip_are_said_and_the_roster_goes_out_alone(desk: Desk, opened: Open, qtbot: QtBot, fake_cups: Path) -> None:
    page = opened(desk, paper="roster", ids=(a_person(desk),))
    qtbot.mouseClick(page.along.tick, LEFT)
    settle(qtbot, page)
    qtbot.waitUntil(lambda: page.along.word.isVisible())
    qtbot.keyClick(page.preview.view, Qt.Key.Key_P, CTRL)
    settle(qtbot, page)
    assert [deed for deed, _ok in audited(desk)].count("paper.print") == 1


def test_the_page_says_when_the_form_left_last(desk: Desk, opened: Open, qtbot: QtBot, fake_cups: Path) -> None:
    page = opened(desk, paper="roster", ids=tuple(people(desk, 3)))
    assert page.status() == ["报到花名册 共 1 页"]
    qtbot.keyClick(page.preview.view, Qt.Key.Key_P, CTRL)
    qtbot.waitUntil(lambda: page.status() == ["报到花名册 共 1 页", "上次 11月24日打印 3 人"])
    moved(desk, 60)
    page = opened(desk, paper="roster")
    qtbot.waitUntil(lambda: page.status()[1] == "上次 2021年11月24日打印 3 人")
    page = opened(desk, paper="month")
    settle(qtbot, page)
    assert page.status()[1:] == []


def test_the_window_keeps_its_size_while_letters_grow_and_shrink(opened: Open, desk: Desk, look: Look) -> None:
    window = opened(desk, paper="roster").window()
    for points in (18, 10.5, 14, 10.5, 18, 12):
        look.set_size(points)
        QApplication.processEvents()
        assert (window.width(), window.height()) == (1366, 698), f"at {points} pt"


def test_a_long_name_of_a_picked_record_gives_way_to_the_panel(opened: Open, desk: Desk) -> None:
    opinion = an_opinion(desk, title="三栋二楼到四楼的楼道灯坏了一个多月没有人来修理")
    page = opened(desk, paper="hand-over", ids=(opinion,))
    [chip] = page.panel.findChildren(Chip)
    assert "三栋二楼" in chip.toolTip()
    assert chip.mapTo(page.panel, chip.rect().topRight()).x() < page.panel.width() <= page.side.scrolled.viewport().width()
