"""From a dry run to the ledger: what is taken, what is refused with its cell, what waits for a decision."""

from datetime import date
from pathlib import Path

import pytest

from desktop.exchange.fates import DryRun, Fate, words_of
from desktop.exchange.importing import dry_run, propose, remembered, run_import
from desktop.exchange.reading import Merge, Sheet, read
from desktop.exchange.writing import write_refused
from desktop.model.activity import Campaign
from desktop.model.errors import NotAllowed, Refusal
from desktop.model.organisation import Organisation
from desktop.model.person import Person
from desktop.model.place import Place
from desktop.model.roles import Role
from desktop.office import records
from desktop.office.desk import Desk, Who
from desktop.store import journal
from desktop.store.page import Listing, count
from tests.exchange.tables import MAN, SAMPLES, TODAY, WOMAN, a_sheet, tried

HEAD = ["姓名", "身份证号", "联系电话"]


def the_roster(desk: Desk) -> DryRun:
    sheet = read(SAMPLES / "roster-made.xlsx")[0]
    return dry_run(desk, Person, sheet, propose(sheet, Person), fixed={"roles": "机关党员"})


def why(dry: DryRun) -> str:
    return "；".join(words_of(line.problems) for line in dry.lines)


def test_of_the_made_roster_seven_are_taken_and_rows_8_and_11_refused(desk: Desk) -> None:  # fault 53
    dry = the_roster(desk)
    assert dry.count(Fate.NEW) == 7
    assert [(line.row, line.problems[0].address) for line in dry.of(Fate.REFUSED)] == [(8, "E8"), (11, "E11")]
    assert "后几位已经丢了" in words_of(dry.of(Fate.REFUSED)[0].problems)


def test_the_taken_rows_are_people_with_their_dates_read_three_ways(desk: Desk) -> None:
    done = run_import(desk, Person, the_roster(desk))
    assert (done.added, done.refused) == (7, 2)
    people = {row["name"]: row for row in desk.rows(Person)}
    assert people["黄霞娜"]["born"] == "1963-07-15"  # a date cell
    assert people["施玲刚"]["born"] == "1988-02-01"  # 19880201 as a number
    assert people["解珍静"]["born"] == "1998-07-05"  # 1998.07, completed by the ID number
    assert people["解珍静"]["joined_on"] == "2021-10"
    assert people["解珍静"]["wishes"] == "=1+1"
    assert people["解珍静"]["roles"] == f"机关党员 {TODAY}~"


def test_the_same_file_twice_changes_nothing(desk: Desk) -> None:
    run_import(desk, Person, the_roster(desk))
    again = the_roster(desk)
    assert (again.count(Fate.SAME), again.count(Fate.NEW), again.count(Fate.UPDATE)) == (7, 0, 0)
    with pytest.raises(Refusal, match="没有可导入的行"):
        run_import(desk, Person, again)


def test_a_list_without_numbers_twice_changes_nothing(desk: Desk) -> None:
    rows = (["姓名", "职务"], ["李素芳", "科员"], ["王强", "主任"])
    run_import(desk, Person, tried(desk, Person, *rows, roles="居民"))
    assert tried(desk, Person, *rows, roles="居民").count(Fate.SAME) == 2


def test_refused_rows_can_be_mended_in_their_workbook_and_fed_back(desk: Desk, tmp_path: Path) -> None:
    dry = the_roster(desk)
    run_import(desk, Person, dry)
    assert write_refused(tmp_path / "退回.xlsx", dry) == 2
    sheet = read(tmp_path / "退回.xlsx")[0]
    assert sheet.cell(1, 1) == "退回原因"
    assert "E8" in str(sheet.cell(2, 1))
    number = next(column for column, key in propose(sheet, Person).columns.items() if key == "id_number")
    sheet.rows[1][number - 1], sheet.rows[2][number - 1] = "441502199004080022", "441502198102170027"
    mended = dry_run(desk, Person, sheet, propose(sheet, Person), fixed={"roles": "机关党员"})
    assert [words_of(line.problems) for line in mended.lines if line.fate is Fate.REFUSED] == []
    assert run_import(desk, Person, mended).added == 2


def test_a_blank_cell_keeps_what_stands(desk: Desk) -> None:
    key = records.add(desk, Person, name="李素芳", id_number=WOMAN, phone="13800138000", roles=f"居民 {TODAY}~")
    dry = tried(desk, Person, [*HEAD, "职务"], ["李素芳", WOMAN, None, "科员"])
    assert dry.lines[0].changes == (("sex", None, "2"), ("born", None, "1994-07-18"), ("post", None, "科员"))
    run_import(desk, Person, dry)
    assert desk.get(Person, key)["phone"] == "13800138000"


def test_a_role_of_the_file_is_added_and_ends_none(desk: Desk) -> None:
    key = records.add(desk, Person, name="李素芳", id_number=WOMAN, roles="志愿者 2020-01-01~")
    run_import(desk, Person, tried(desk, Person, HEAD, ["李素芳", WOMAN, "13800138000"], roles="机关党员"))
    assert desk.get(Person, key)["roles"] == f"机关党员 {TODAY}~\n志愿者 2020-01-01~"


def test_a_number_that_another_name_bears_waits_for_a_decision(desk: Desk) -> None:
    key = records.add(desk, Person, name="李素芳", id_number=WOMAN, roles=f"居民 {TODAY}~")
    dry = tried(desk, Person, HEAD, ["李素芬", WOMAN, None], roles="居民")
    assert dry.lines[0].fate is Fate.SUSPECTED
    with pytest.raises(Refusal, match="不能另立"):
        dry.decide(2)
    run_import(desk, Person, dry.decide(2, same_as=key))
    assert desk.get(Person, key)["name"] == "李素芬"


def test_one_name_and_telephone_are_suspected_and_never_a_silent_double(desk: Desk) -> None:  # fault 60
    key = records.add(desk, Person, name="王强", phone="13800138000", roles=f"居民 {TODAY}~")
    dry = tried(desk, Person, [*HEAD, "职务"], ["王强", MAN, "13800138000", "主任"], roles="居民")
    assert [(one.id, one.title) for one in dry.lines[0].alike] == [(key, "王强")]
    with pytest.raises(Refusal, match="没有可导入的行"):
        run_import(desk, Person, dry)
    assert run_import(desk, Person, dry.decide(2, same_as=key)).changed == 1
    assert desk.get(Person, key)["id_number"] == MAN
    assert len(desk.rows(Person)) == 1


def test_a_suspected_row_can_be_somebody_else(desk: Desk) -> None:
    records.add(desk, Person, name="王强", phone="13800138000", roles=f"居民 {TODAY}~")
    dry = tried(desk, Person, HEAD, ["王强", MAN, "13800138000"], roles="居民")
    assert run_import(desk, Person, dry.decide(2)).added == 1


def test_two_people_of_one_name_and_telephone_with_two_numbers_are_two_people(desk: Desk) -> None:
    dry = tried(desk, Person, HEAD, ["王强", MAN, "13800138000"], ["王强", WOMAN, "13800138000"], roles="居民")
    assert [line.fate for line in dry.lines] == [Fate.NEW, Fate.NEW]


def test_a_number_that_stands_twice_in_the_file_is_refused_the_second_time(desk: Desk) -> None:  # fault 60
    dry = tried(desk, Person, HEAD, ["王强", MAN, None], ["王刚", MAN, None], ["王强", MAN, None], roles="居民")
    assert [line.fate for line in dry.lines] == [Fate.NEW, Fate.REFUSED, Fate.SAME]
    assert words_of(dry.lines[1].problems) == "B3 证件号码：与第 2 行相同，别的内容却不同"


@pytest.mark.parametrize("cell", [4.41502199004081e17, 441502199004081024, "4.41502E+17"])
def test_an_id_that_a_spreadsheet_kept_as_a_number_is_refused_with_its_cell(desk: Desk, cell: float | int | str) -> None:  # fault 53
    assert why(tried(desk, Person, HEAD, ["王强", cell, None], roles="居民")).startswith("B2 证件号码：号码被表格软件当成数字")


@pytest.mark.parametrize("cell", [" 441502 19630715 3758 ", "４４１５０２１９６３０７１５３７５８", "'441502196307153758"])
def test_an_id_in_odd_dress_is_the_same_id(desk: Desk, cell: str) -> None:  # fault 54
    assert tried(desk, Person, HEAD, ["王强", cell, None], roles="居民").lines[0].values["id_number"] == MAN


@pytest.mark.parametrize(("cell", "read_as"), [(13800138000.0, "13800138000"), ("13800138000.0", "13800138000"), ("1.38E+10", None)])
def test_a_telephone_as_a_number_is_exact_or_refused(desk: Desk, cell: float | str, read_as: str | None) -> None:  # fault 55
    line = tried(desk, Person, HEAD, ["王强", None, cell], roles="居民").lines[0]
    assert line.values.get("phone") == read_as
    assert (line.fate is Fate.REFUSED) is (read_as is None)


def test_a_room_as_text_keeps_its_zeros_and_as_a_number_is_pointed_out(desk: Desk) -> None:  # fault 56
    dry = tried(desk, Person, ["姓名", "门牌号"], ["王强", "0012"], ["李素芳", 12.0], roles="居民")
    assert [line.values["room"] for line in dry.lines] == ["0012", "12"]
    assert dry.notices == ("楼栋房号有 1 格是数字（B3 等），开头的 0 可能已经丢了，请核对",)


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        (date(1990, 1, 1), "1990-01-01"), ("1990.1.1", "1990-01-01"), ("1990/1/1", "1990-01-01"), (19900101.0, "1990-01-01"),
        ("1990年3月", "1990-03"), (1998.07, "1998-07"), ("1998", "1998"), (43831.0, None), ("农历正月初三", None), (1990.1, None),
        ("3/7/1990", None),
    ],
)  # fmt: skip
def test_a_date_is_read_or_refused_and_never_guessed(desk: Desk, cell: date | float | str, day: str | None) -> None:  # fault 57
    line = tried(desk, Person, ["姓名", "出生日期"], ["王强", cell], roles="居民").lines[0]
    assert (line.values.get("born"), line.fate is Fate.REFUSED) == (day, day is None)


def test_what_the_number_says_against_the_typed_sex_is_a_warning_and_the_typed_stays(desk: Desk) -> None:
    line = tried(desk, Person, ["姓名", "身份证号", "性别"], ["王强", MAN, "女"], roles="居民").lines[0]
    assert (line.fate, line.values["sex"]) == (Fate.NEW, "2")
    assert "证件号码里性别是男，填的是女" in str(line.warnings[0])


def test_what_must_be_there_and_is_not_is_refused_by_name(desk: Desk) -> None:
    assert why(tried(desk, Person, HEAD, [None, MAN, None], roles="居民")) == "A2 姓名：必填"
    assert why(tried(desk, Person, HEAD, ["王强", MAN, None])) == "第 2 行 人员类别：必填"


def test_a_unit_is_found_by_its_name_and_a_missing_one_named(desk: Desk) -> None:
    unit = records.add(desk, Organisation, name="区税务局")
    dry = tried(desk, Person, ["姓名", "工作单位"], ["王强", "区税务局"], ["李素芳", "区民政局"], roles="机关党员")
    assert dry.lines[0].values["employer"] == unit
    assert words_of(dry.lines[1].problems).startswith("B3 所在单位：台账里没有这个单位：区民政局")


def test_missing_units_and_estates_are_made_on_the_way_once_each(desk: Desk) -> None:
    rows = (["姓名", "工作单位", "小区"], ["王强", "区民政局", "碧海湾"], ["李素芳", "区民政局", "碧海湾"])
    dry = tried(desk, Person, *rows, create=True, roles="机关党员")
    assert [name for _kind, _place, name in dry.missing] == ["区民政局", "碧海湾"]
    assert run_import(desk, Person, dry).made == 2
    assert [row["name"] for row in desk.rows(Organisation)] == ["区民政局"]
    assert [row["kind"] for row in desk.rows(Place, name="碧海湾")] == ["小区"]
    assert tried(desk, Person, *rows, roles="机关党员").count(Fate.SAME) == 2


def test_a_name_that_two_records_bear_is_not_guessed(desk: Desk) -> None:
    for kind in ("小区", "网格"):
        records.add(desk, Place, name="碧海湾", kind=kind)
    assert "有 2 个“碧海湾”" in why(tried(desk, Person, ["姓名", "小区"], ["王强", "碧海湾"], roles="居民"))


def test_cells_merged_downwards_count_for_every_row(desk: Desk) -> None:  # fault 59
    records.add(desk, Organisation, name="区税务局")
    sheet = Sheet("名单", False, [["单位", "姓名"], ["区税务局", "王强"], [None, "李素芳"]], (Merge(2, 1, 3, 1),))
    dry = dry_run(desk, Person, sheet, propose(sheet, Person), fixed={"roles": "机关党员"})
    assert dry.lines[0].values["employer"] == dry.lines[1].values["employer"]
    assert any("合并" in notice for notice in dry.notices)


def test_the_error_of_a_formula_is_no_value(desk: Desk) -> None:
    assert "公式的错误" in why(tried(desk, Person, ["姓名", "职务"], ["王强", "#REF!"], roles="居民"))


def test_an_import_stopped_half_way_leaves_nothing(desk: Desk) -> None:
    class Stop(Exception):
        pass

    def stop(done: int, total: int) -> None:
        if done:
            raise Stop

    rows = [[f"王{chr(0x4E00 + number)}", None, None] for number in range(600)]
    dry = tried(desk, Person, HEAD, *rows, roles="居民")
    with pytest.raises(Stop):
        run_import(desk, Person, dry, stop)
    assert desk.rows(Person) == []


def test_a_reader_may_not_import_and_that_is_written_down(desk: Desk) -> None:
    dry = tried(desk, Person, HEAD, ["王强", MAN, None], roles="居民")
    guest = Desk(desk.books, Who("x", "客人", "guest", Role.READER), desk.clock)
    with pytest.raises(NotAllowed):
        run_import(guest, Person, dry)
    assert desk.rows(Person) == []


def test_the_audit_names_the_run_and_what_it_did(desk: Desk) -> None:
    done = run_import(desk, Person, tried(desk, Person, HEAD, ["王强", MAN, None], roles="居民"))
    with desk.books.read() as conn:
        last = conn.exec_driver_sql("SELECT deed, what FROM audit ORDER BY seq DESC LIMIT 1").one()
        assert journal.broken_link(conn) is None
    assert last[0] == "record.import"
    assert f"导入 {done.run}：名单 新增1" in last[1]


def test_the_heads_that_were_chosen_are_remembered_for_the_next_file(desk: Desk) -> None:
    sheet = a_sheet(["姓名", "啥时候入的"], ["王强", "2010年"])
    chosen = propose(sheet, Person, remembered={"啥时候入的": "joined_on"})
    run_import(desk, Person, dry_run(desk, Person, sheet, chosen, fixed={"roles": "居民"}))
    assert propose(sheet, Person, remembered=remembered(desk, Person)).columns[2] == "joined_on"


def test_a_record_with_a_name_of_its_own_is_updated_by_it(desk: Desk) -> None:
    records.add(desk, Campaign, name="一亲三心")
    dry = tried(desk, Campaign, ["名称", "牵头部门"], ["一亲三心", "区委组织部"])
    assert dry.lines[0].changes == (("owner", None, "区委组织部"),)


def test_the_imported_people_are_found_by_search(desk: Desk) -> None:
    run_import(desk, Person, the_roster(desk))
    with desk.books.read() as conn:
        assert count(conn, Listing(Person, text="huangxiana", community=desk.community)) == 1
