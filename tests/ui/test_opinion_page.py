"""The page of an opinion as a clerk uses it: F9, the fields it asks for, a line in the diary, the next record."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.model.opinion import Handling, LivelihoodProject, Opinion, ProjectSource
from desktop.model.roles import Role
from desktop.office import opinions, records
from desktop.office.desk import Desk
from desktop.office.moves import move
from desktop.ui.kit.buttons import IconButton
from desktop.ui.kit.fields import LabelledField
from desktop.ui.office import OfficeWindow
from desktop.ui.opinion_parts import ProjectInset
from desktop.ui.opinions import OpinionPage
from desktop.ui.session import Session
from tests.builders import an_opinion, an_organisation, audited, moved, seen_as
from tests.ui.hands import Asked, answer_next_question, choose_in_menu, click

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def opened(show, qtbot: QtBot):
    def at(desk: Desk, opinion: str) -> OpinionPage:
        window = OfficeWindow(Session(desk), {"record:opinion": OpinionPage, "print": Asked})
        show(window, 1366, 698)
        window.go("record:opinion", id=opinion)
        page = window.current_page()
        assert isinstance(page, OpinionPage)
        return page

    return at


def done(qtbot: QtBot, page: OpinionPage) -> None:
    qtbot.waitUntil(lambda: not page.work.is_busy)


def keys(qtbot: QtBot, text: str) -> None:
    field = QApplication.focusWidget()
    assert field is not None
    qtbot.keyClicks(field, text)


def press(qtbot: QtBot, page: OpinionPage, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    qtbot.keyClick(QApplication.focusWidget() or page, key, held)


def state(desk: Desk, opinion: str) -> str:
    return str(desk.get(Opinion, opinion)["state"])


def handed_over(desk: Desk) -> str:
    key = an_opinion(desk)
    opinions.study_opinion(desk, key, verdict="采纳")
    opinions.hand_over_opinion(desk, key, handling_unit=an_organisation(desk))
    return key


def test_f9_asks_what_the_next_step_needs_and_ctrl_enter_takes_it(opened, desk: Desk, qtbot: QtBot) -> None:
    key = handed_over(desk)
    page = opened(desk, key)
    press(qtbot, page, Qt.Key.Key_F9)
    done(qtbot, page)
    assert state(desk, key) == "办理中", "开始办理 asks nothing and is done at once"
    press(qtbot, page, Qt.Key.Key_F9)
    keys(qtbot, "road mended")
    press(qtbot, page, Qt.Key.Key_Return, CTRL)
    done(qtbot, page)
    row = desk.get(Opinion, key)
    assert (row["state"], row["result"], row["closed_on"]) == ("办结", "road mended", desk.today)
    assert page.moves.card is None


def test_a_step_that_is_refused_keeps_what_was_typed_and_says_why(opened, desk: Desk, qtbot: QtBot) -> None:
    key = handed_over(desk)
    move(desk, Opinion, key, "take_up")
    page = opened(desk, key)
    press(qtbot, page, Qt.Key.Key_F9)
    keys(qtbot, "road mended")
    press(qtbot, page, Qt.Key.Key_Tab)
    field = QApplication.focusWidget()
    field.selectAll()
    keys(qtbot, "20990101")
    press(qtbot, page, Qt.Key.Key_Return, CTRL)
    done(qtbot, page)
    assert state(desk, key) == "办理中"
    assert page.moves.card is not None
    assert "在今天之后" in page.moves.card.bindings["closed_on"].field.word
    assert page.moves.card.bindings["result"].field.value() == "road mended"


def test_escape_puts_the_card_away_before_it_leads_back(opened, desk: Desk, qtbot: QtBot) -> None:
    page = opened(desk, an_opinion(desk))
    press(qtbot, page, Qt.Key.Key_F9)
    assert page.moves.card is not None
    press(qtbot, page, Qt.Key.Key_Escape)
    assert page.moves.card is None
    assert page.isVisible()


def test_the_stepper_says_when_and_by_whom_and_how_long_it_takes_already(opened, desk: Desk) -> None:
    key = an_opinion(desk)
    moved(desk, 2)
    opinions.study_opinion(desk, key, verdict="采纳")
    moved(desk, 1)
    page = opened(desk, key)
    steps = page.head.stepper.steps
    assert (steps[0].below, steps[1].below, page.head.stepper.now) == ("11-24 周敏", "第 3 天", 1)


def test_a_state_that_was_passed_over_is_said_so(opened, desk: Desk) -> None:
    key = an_opinion(desk)
    move(desk, Opinion, key, "settle_at_once", result="当场疏通", closed_on=desk.today)
    page = opened(desk, key)
    assert [step.below for step in page.head.stepper.steps[1:4]] == ["未经过"] * 3
    assert page.head.stepper.now == 4


def test_reopened_work_shows_the_day_it_came_back(desk: Desk) -> None:
    key = an_opinion(desk)
    move(desk, Opinion, key, "settle_at_once", result="当场疏通", closed_on=desk.today)
    back = moved(desk, 5)
    move(desk, Opinion, key, "reopen", due_on=moved(desk, 0), reopened_because="路灯又不亮")
    facts = {step.state: step for step in opinions.steps_of(desk, key)}
    assert (facts["办理中"].on, facts["办理中"].who, facts["办结"].on) == (back, "周敏", "")


@pytest.mark.parametrize(("deed", "asked", "side"), [
    ("decline", {"verdict_reason": "不属于社区职权"}, "不采纳"), ("withdraw", {"verdict_reason": "本人撤回"}, "撤回"),
])  # fmt: skip
def test_an_opinion_that_left_the_road_says_why(opened, desk: Desk, deed: str, asked: dict[str, str], side: str) -> None:
    key = an_opinion(desk)
    move(desk, Opinion, key, deed, **asked)
    page = opened(desk, key)
    assert [step.name for step in page.head.stepper.steps] == ["登记", side]
    assert page.head.strip.isHidden()
    assert asked["verdict_reason"] in page.head.over.words


def test_a_merged_opinion_leads_to_the_one_it_went_into(opened, desk: Desk, qtbot: QtBot) -> None:
    main, same = an_opinion(desk), an_opinion(desk, "又说下水道")
    move(desk, Opinion, same, "merge", same_as=main)
    page = opened(desk, same)
    qtbot.mouseClick(page.head.over.deeds.button("same_as"), Qt.MouseButton.LeftButton)
    assert page.row["id"] == main
    assert [one.label for one in page.content.merged.numbers.values()] == ["0002"]


def test_the_term_is_said_in_words(opened, desk: Desk) -> None:
    key = an_opinion(desk)
    moved(desk, 19)
    page = opened(desk, key)
    assert page.head.due == "期限 12月9日，已逾期 4 天"


def test_the_eye_shows_who_spoke_and_that_is_written_down(opened, desk: Desk, qtbot: QtBot) -> None:
    page = opened(desk, an_opinion(desk, said_by="李秀芳", phone="13900002107"))
    assert page.content.facts.values["said_by"].text() == "李*芳"
    eye = next(one for one in page.content.facts.findChildren(IconButton) if one.label == "显示提出人")
    qtbot.mouseClick(eye, Qt.MouseButton.LeftButton)
    done(qtbot, page)
    assert page.content.facts.values["said_by"].text() == "李秀芳"
    assert page.content.facts.values["phone"].text() == "139****2107"
    assert ("record.unmask", True) in audited(desk)


def test_what_was_shown_is_masked_again_on_the_next_record(opened, desk: Desk, qtbot: QtBot) -> None:
    first, second = an_opinion(desk, said_by="李秀芳"), an_opinion(desk, said_by="陈家和")
    page = opened(desk, second)
    eye = next(one for one in page.content.facts.findChildren(IconButton) if one.label == "显示提出人")
    qtbot.mouseClick(eye, Qt.MouseButton.LeftButton)
    done(qtbot, page)
    press(qtbot, page, Qt.Key.Key_Down, ALT)
    assert page.row["id"] == first
    assert page.content.facts.values["said_by"].text() == "李*芳"


def test_alt_and_the_arrows_go_through_the_list_it_came_from(opened, desk: Desk, qtbot: QtBot) -> None:
    some = [an_opinion(desk, text) for text in ("一", "二", "三", "四")]
    page = opened(desk, some[2])
    page.window().go("record:opinion", id=some[0], siblings=[some[3], some[0]])
    press(qtbot, page, Qt.Key.Key_Up, ALT)
    assert page.row["id"] == some[3]
    press(qtbot, page, Qt.Key.Key_Up, ALT)
    assert page.row["id"] == some[3]
    assert "已是第一条" in page.bar.text


def test_the_toast_takes_back_the_opinion_that_it_speaks_of(opened, desk: Desk, qtbot: QtBot) -> None:
    first, second = an_opinion(desk), an_opinion(desk, "路灯不亮")
    page = opened(desk, first)
    answer_next_question()
    click(page.window().header.deeds, "更多")
    choose_in_menu(qtbot, "移入回收站")
    done(qtbot, page)
    assert desk.get(Opinion, first)["ended_on"] is not None
    page.window().go("record:opinion", id=second)
    click(page.window(), "撤销")
    done(qtbot, page)
    assert desk.get(Opinion, first)["ended_on"] is None
    assert desk.get(Opinion, second)["ended_on"] is None


def test_without_a_list_the_newest_stand_first(opened, desk: Desk, qtbot: QtBot) -> None:
    some = [an_opinion(desk, text) for text in ("一", "二", "三")]
    page = opened(desk, some[1])
    press(qtbot, page, Qt.Key.Key_Down, ALT)
    assert page.row["id"] == some[0]
    press(qtbot, page, Qt.Key.Key_Up, ALT)
    press(qtbot, page, Qt.Key.Key_Up, ALT)
    assert page.row["id"] == some[2]


def test_ctrl_enter_writes_a_line_of_the_diary(opened, desk: Desk, qtbot: QtBot, commit) -> None:
    key = an_opinion(desk)
    page = opened(desk, key)
    page.diary.note.setFocus()
    commit(page.diary.note, "已联系物业")
    qtbot.keyClick(page.diary.note, Qt.Key.Key_Return, CTRL)
    done(qtbot, page)
    newest = opinions.diary_of(desk, key)[0]
    assert (newest["text"], newest["done_by"], newest["done_on"]) == ("已联系物业", "周敏", desk.today)
    assert page.diary.note.value() == ""
    assert not page.dirty()


def test_a_line_may_be_written_for_an_earlier_day(opened, desk: Desk, qtbot: QtBot, commit) -> None:
    key = an_opinion(desk, heard_on="2021-11-01")
    page = opened(desk, key)
    commit(page.diary.note, "施工队进场")
    qtbot.mouseClick(page.diary.late, Qt.MouseButton.LeftButton)
    keys(qtbot, "20211122")
    press(qtbot, page, Qt.Key.Key_Return)
    commit(QApplication.focusWidget(), "蔡文远")
    press(qtbot, page, Qt.Key.Key_Return)
    done(qtbot, page)
    newest = opinions.diary_of(desk, key)[0]
    assert (newest["done_on"], newest["done_by"], newest["text"]) == ("2021-11-22", "蔡文远", "施工队进场")


def test_a_half_written_line_waits_for_its_opinion(opened, desk: Desk, qtbot: QtBot, commit) -> None:
    first, second = an_opinion(desk), an_opinion(desk, "二")
    page = opened(desk, second)
    commit(page.diary.note, "写了一半")
    press(qtbot, page, Qt.Key.Key_Down, ALT)
    assert (page.row["id"], page.diary.note.value()) == (first, "")
    press(qtbot, page, Qt.Key.Key_Up, ALT)
    assert page.diary.note.value() == "写了一半"
    assert page.dirty()
    qtbot.keyClick(page.diary.note, Qt.Key.Key_A, CTRL)
    qtbot.keyClick(page.diary.note, Qt.Key.Key_Delete)
    assert not page.dirty()


def test_an_opinion_begins_a_livelihood_project_by_its_title(opened, desk: Desk, qtbot: QtBot) -> None:
    key = an_opinion(desk, title="修下水道")
    page = opened(desk, key)
    qtbot.mouseClick(page.projects.begin, Qt.MouseButton.LeftButton)
    press(qtbot, page, Qt.Key.Key_Return)
    done(qtbot, page)
    project = desk.rows(LivelihoodProject)[0]
    assert (project["name"], project["main_source"], project["state"]) == ("修下水道", "意见建议", "谋划")
    qtbot.waitUntil(lambda: any(inset.isVisible() for inset in page.projects.findChildren(ProjectInset)))
    insets = [inset.accessibleName() for inset in page.projects.findChildren(ProjectInset)]
    assert insets == [f"打开民生实事 {project['serial']} 修下水道"]


def test_an_existing_project_is_found_by_a_few_letters_and_linked(opened, desk: Desk, qtbot: QtBot, commit) -> None:
    key = an_opinion(desk)
    project = records.add(desk, LivelihoodProject, name="管网改造", year=2021, main_source="会议")
    page = opened(desk, key)
    qtbot.mouseClick(page.projects.link, Qt.MouseButton.LeftButton)
    commit(QApplication.focusWidget(), "管网")
    qtbot.waitUntil(lambda: page.projects.picker.found is not None)
    press(qtbot, page, Qt.Key.Key_Return)
    press(qtbot, page, Qt.Key.Key_Return)
    done(qtbot, page)
    assert [(row["project"], row["opinion"]) for row in desk.rows(ProjectSource)] == [(project, key)]


def test_the_papers_of_an_opinion_are_asked_for_by_its_id(opened, desk: Desk, qtbot: QtBot) -> None:
    key = handed_over(desk)
    page = opened(desk, key)
    window = page.window()
    qtbot.mouseClick(page.order, Qt.MouseButton.LeftButton)
    assert window.current_page().arguments == {"paper": "hand-over", "ids": (key,)}


def test_somebody_who_only_reads_is_offered_no_deed(opened, desk: Desk) -> None:
    key = an_opinion(desk)
    page = opened(seen_as(desk, Role.READER), key)
    assert page.head.strip.isHidden()
    assert page.diary.note.isHidden()
    assert "edit" not in [action.key for action in page.header_actions()]
    assert desk.rows(Handling, opinion=key), "he reads the diary all the same"


def test_large_letters_leave_the_window_its_width_and_stand_in_one_column(opened, desk: Desk, look, qtbot: QtBot) -> None:
    page = opened(desk, handed_over(desk))
    look.set_size(18)
    page.window().resize(1366, 698)
    qtbot.wait(30)
    assert page.window().width() == 1366
    assert page.diary.x() == page.projects.x()
    assert page.findChild(LabelledField) is None
