"""What a sheet is taken for: its head, its columns, and the rows that are no data, each said."""

from desktop.exchange.mapping import choose_sheet, propose
from desktop.exchange.reading import Merge, Sheet, read
from desktop.model.person import Person
from desktop.model.place import Place
from tests.exchange.tables import MAN, SAMPLES, WOMAN, a_sheet


def why(sheet: Sheet, row: int) -> str:
    return next((skipped.why for skipped in propose(sheet, Person).skipped if skipped.row == row), "")


def test_titles_blanks_totals_and_instructions_of_a_roster_are_told_from_its_people() -> None:  # fault 59
    proposal = propose(read(SAMPLES / "roster-made.xlsx")[0], Person)
    assert proposal.head_row == 3
    assert [skipped.row for skipped in proposal.skipped] == [1, 2, 9, 14, 15]
    assert [skipped.why[:3] for skipped in proposal.skipped] == ["表头上", "表头上", "空行", "合计行", "表格下"]
    assert proposal.ignored == {1: "序号"}


def test_the_heads_of_a_roster_find_their_fields_under_other_names() -> None:
    proposal = propose(read(SAMPLES / "roster-made.xlsx")[0], Person)
    assert list(proposal.columns.values()) == ["name", "sex", "born", "id_number", "joined_on", "phone", "wishes"]


def test_the_row_of_explanations_of_another_system_is_no_person() -> None:
    sheets = read(SAMPLES / "grid-person-import.xlsx")
    proposal = propose(sheets[choose_sheet(sheets, Person)], Person)
    assert [(skipped.row, skipped.why) for skipped in proposal.skipped] == [(2, "表头下面的填写说明")]
    assert proposal.columns[3] == "id_number"
    assert proposal.columns[7] == "estate"


def test_the_building_template_of_another_system_finds_what_a_place_keeps() -> None:
    proposal = propose(read(SAMPLES / "grid-building-import.xlsx")[0], Place)
    assert {"name", "kind", "address", "households"} <= set(proposal.columns.values())


def test_the_example_that_the_instructions_speak_of_is_not_taken_for_data() -> None:
    proposal = propose(read(SAMPLES / "instructions-above-head.xls")[0], Person)
    assert proposal.head_row == 2
    assert [(skipped.row, skipped.why) for skipped in proposal.skipped][1:] == [(3, "说明里提到的示例行")]


def test_a_star_and_brackets_in_a_head_do_not_hide_the_field() -> None:
    proposal = propose(a_sheet(["姓 名*", "身份证号（18位）", "联系电话："]), Person)
    assert proposal.columns == {1: "name", 2: "id_number", 3: "phone"}


def test_a_column_without_a_head_is_known_by_its_numbers() -> None:
    proposal = propose(a_sheet(["姓名", None, None], ["甲", MAN, "13800138000"], ["乙", WOMAN, "13800138001"]), Person)
    assert proposal.columns == {1: "name", 2: "id_number", 3: "phone"}


def test_of_two_columns_for_one_field_the_first_is_used_and_the_other_named() -> None:
    proposal = propose(a_sheet(["姓名", "联系电话", "手机"]), Person)
    assert proposal.columns == {1: "name", 2: "phone"}
    assert proposal.ignored == {3: "手机"}
    assert proposal.notices == ("手机 有两列，只用前一列",)


def test_a_head_merged_over_two_rows_counts_in_the_lower_one() -> None:
    rows = [["姓名", "联系方式", None], [None, "手机", "住址"], ["李素芳", "13800138000", "1栋"]]
    proposal = propose(Sheet("名单", False, [list(row) for row in rows], (Merge(1, 1, 2, 1), Merge(1, 2, 1, 3))), Person)
    assert proposal.head_row == 2
    assert proposal.columns == {1: "name", 2: "phone", 3: "room"}


def test_what_this_office_chose_before_is_remembered() -> None:
    assert propose(a_sheet(["姓名", "啥时候入的"]), Person, remembered={"啥时候入的": "joined_on"}).columns[2] == "joined_on"


def test_a_head_printed_again_on_the_next_page_is_no_person() -> None:
    sheet = a_sheet(["姓名", "性别"], ["李素芳", "女"], ["姓名", "性别"], ["王强", "男"])
    assert why(sheet, 3) == "重复的表头"
    assert why(sheet, 4) == ""


def test_rows_that_hold_only_a_running_number_are_left_out() -> None:
    assert why(a_sheet(["序号", "姓名"], [1.0, "李素芳"], [2.0, None]), 3) == "没有可导入的内容"


def test_a_date_with_slashes_is_no_explanation() -> None:
    assert why(a_sheet(["姓名", "出生日期", "入党时间"], ["李素芳", "1990/3/7", "2010/1/1"]), 2) == ""
