"""What the office chose, and what somebody has half typed."""

from pathlib import Path

import pytest

import desktop
from desktop.model.errors import NotAllowed, Refusal
from desktop.model.keeping import SETTINGS, setting_line
from desktop.model.roles import Role
from desktop.office.desk import Desk
from desktop.office.settings import choose, chosen, drafts, drop_draft, keep_draft
from tests.builders import audited, everything, moved, seen_as


def test_what_nobody_chose_holds_as_it_is_written(desk: Desk) -> None:
    assert chosen(desk) == {line.key: line.standard for line in SETTINGS}
    assert desk.number("opinion.close_days") == 60
    assert desk.due("opinion.close_days", "2021-11-24") == "2022-01-23"


@pytest.mark.parametrize("line", SETTINGS, ids=lambda line: line.key)
def test_the_standard_of_every_setting_can_be_chosen(line, desk: Desk) -> None:
    choose(desk, line.key, line.standard)
    assert desk.setting(line.key) == line.standard
    assert chosen(desk)[line.key] == line.standard


def test_what_was_chosen_holds_until_it_is_emptied(desk: Desk) -> None:
    choose(desk, "opinion.close_days", "４５ 天")
    assert desk.number("opinion.close_days") == 45
    choose(desk, "opinion.close_days", "30")
    assert desk.number("opinion.close_days") == 30
    choose(desk, "opinion.close_days", "")
    assert desk.number("opinion.close_days") == 60
    assert audited(desk)[-3:] == [("setting.choose", True)] * 3


@pytest.mark.parametrize("typed", ["0", "366", "六十", "-1"])
def test_what_is_no_number_of_days_is_refused(typed: str, desk: Desk) -> None:
    with pytest.raises(Refusal):
        choose(desk, "opinion.close_days", typed)
    assert desk.number("opinion.close_days") == 60


@pytest.mark.parametrize("key", ["backup.folder", "paper.fangsong"])
def test_a_place_on_the_computer_is_written_whole(key: str, desk: Desk) -> None:
    for bare in ("备份", "2022-02-30", "../备份", "备份/今天"):
        with pytest.raises(Refusal, match="完整的位置"):
            choose(desk, key, bare)
    for whole in ("D:\\连心备份", "\\\\服务器\\共享", "/media/备份"):
        choose(desk, key, whole)
        assert desk.setting(key) == whole


def test_every_setting_is_asked_for_somewhere() -> None:
    files = [one for one in Path(desktop.__file__).parent.rglob("*.py") if one.name != "keeping.py"]
    source = "".join(one.read_text(encoding="utf-8") for one in files)
    idle = [line.key for line in SETTINGS if f'"{line.key}"' not in source]
    assert not idle, "a setting that nothing asks for promises what is not done"


def test_a_setting_that_does_not_exist_is_a_bug(desk: Desk) -> None:
    for deed in (lambda: choose(desk, "opinion.colour", "1"), lambda: desk.setting("opinion.colour"), lambda: setting_line("")):
        with pytest.raises(KeyError):
            deed()


def test_no_two_settings_have_one_name() -> None:
    assert len({line.key for line in SETTINGS}) == len({(line.group, line.label) for line in SETTINGS}) == len(SETTINGS)


def test_a_reader_chooses_nothing(desk: Desk) -> None:
    with pytest.raises(NotAllowed):
        choose(seen_as(desk, Role.READER), "screen.theme", "深色")


def test_what_is_half_typed_is_there_again(desk: Desk) -> None:
    keep_draft(desk, "opinion/new", kind="opinion", record="", values={"text": "下水道堵", "served": 3, "topic": None})
    keep_draft(desk, "opinion/new", kind="opinion", record="", values={"text": "下水道堵塞", "topic": None})
    (one,) = drafts(desk)
    assert (one.page, one.kind, one.record, one.values) == ("opinion/new", "opinion", "", {"text": "下水道堵塞", "topic": None})
    assert one.at == "2021-11-24T09:41:00"


def test_drafts_come_the_newest_first_and_belong_to_one_person(desk: Desk) -> None:
    colleague = seen_as(desk, Role.CLERK)
    keep_draft(desk, "a", kind="person", record="", values={})
    keep_draft(colleague, "a", kind="person", record="", values={"name": "别人的"})
    moved(desk, 1)
    keep_draft(desk, "b", kind="person", record="", values={})
    assert [draft.page for draft in drafts(desk)] == ["b", "a"]
    drop_draft(desk, "a")
    assert [draft.page for draft in drafts(desk)] == ["b"]
    assert [draft.values for draft in drafts(colleague)] == [{"name": "别人的"}]


def test_a_draft_is_no_change_of_any_record(desk: Desk) -> None:
    before = everything(desk)
    keep_draft(desk, "opinion/new", kind="opinion", record="", values={"text": "下水道"})
    after = everything(desk)
    assert {table for table in after if after[table] != before[table]} == {"draft"}
    drop_draft(desk, "opinion/new")
    assert everything(desk) == before


def test_a_reader_leaves_no_draft(desk: Desk) -> None:
    with pytest.raises(NotAllowed):
        keep_draft(seen_as(desk, Role.READER), "opinion/new", kind="opinion", record="", values={})
    assert audited(desk)[-1] == ("draft.keep", False)
