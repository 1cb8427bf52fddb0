"""The single papers: what each must carry to be signed, posted or scanned."""

from dataclasses import replace
from pathlib import Path

import pytest

from desktop.model.digest import hash_groups
from desktop.office.facts.activities import ServiceLine
from desktop.office.facts.inspections import ItemLine
from desktop.office.facts.opinions import HandlingFacts
from desktop.reports.activities import service_card
from desktop.reports.checkins import check_in_slips, registration_form, roster
from desktop.reports.handover import hand_over_sheet
from desktop.reports.inspections import inspection_sheet, rectification_notices
from desktop.reports.monthly import month_report
from desktop.reports.opinions import hand_over_slip, reply_slip
from desktop.reports.sheet import Paper
from tests.reports.paper_samples import (
    DANGER,
    FIGURE,
    ITEMS,
    MEMBER,
    SAMPLES,
    SHA256,
    SLIP,
    outside_the_sheet,
    pages_of,
    squeezed,
    tool,
    words_of,
)


def _codes(paper: Paper, folder: Path) -> list[str]:
    """What a scanner reads from the paper at 300 dpi."""
    file = folder / "paper.pdf"
    file.write_bytes(paper.pdf)
    tool("pdftoppm", "-r", "300", "-gray", "-png", file, folder / "page")
    return [line for page in sorted(folder.glob("page*.png")) for line in tool("zbarimg", "-q", "--raw", page).splitlines()]


def test_each_member_has_a_sheet_that_counts_by_itself():
    two = replace(SAMPLES["registration"], members=(MEMBER, replace(MEMBER, name="陈嘉禾")))
    pages = pages_of(registration_form(two).pdf)
    assert len(pages) == 2
    assert all("第1页共1页" in squeezed(page) for page in pages)


def test_a_wish_that_the_office_does_not_list_is_printed_too():
    facts = replace(SAMPLES["registration"], members=(replace(MEMBER, wishes=("义务理发",)),))
    assert "义务理发" in words_of(registration_form(facts).pdf)


def test_the_member_is_told_why_his_facts_are_kept():
    assert "告知" in words_of(registration_form(SAMPLES["registration"]).pdf)


@pytest.mark.parametrize(("copies", "pages"), [(2, 5), (1, 3)])
def test_two_slips_share_a_sheet(copies: int, pages: int):
    facts = replace(SAMPLES["slip"], slips=(SLIP,) * 5, copies=copies)
    assert check_in_slips(facts).pages == pages


def test_both_copies_of_a_slip_say_whose_they_are():
    text = words_of(check_in_slips(SAMPLES["slip"]).pdf)
    assert "第一联社区留存" in text
    assert "第二联交所在单位党组织" in text


def test_what_never_changes_on_slips_is_in_the_file_once():
    many = replace(SAMPLES["slip"], slips=tuple(replace(SLIP, code=f"LX1 {at}") for at in range(20)))
    assert check_in_slips(many).pdf.count(b"/Subtype /Form") == 1


def test_a_slip_too_long_for_its_place_is_cut_and_told():
    paper = check_in_slips(replace(SAMPLES["slip"], slips=(replace(SLIP, claimed="普法、" * 7000),)))
    assert any("HZ-211124-0086" in note for note in paper.notes)
    assert paper.pages == 1
    assert outside_the_sheet(paper.pdf) == []


def test_a_scanner_reads_every_slip(tmp_path: Path):
    slips = tuple(replace(SLIP, code=f"LX1 HZ-211124-{at:04d} 441502003007") for at in range(4))
    codes = _codes(check_in_slips(replace(SAMPLES["slip"], slips=slips, copies=1)), tmp_path)
    assert sorted(codes) == [slip.code for slip in slips]


def test_a_scanner_reads_chinese(tmp_path: Path):
    slip = replace(SLIP, code="滨海社区 回执 𬭊𪻐")
    assert _codes(check_in_slips(replace(SAMPLES["slip"], slips=(slip,), copies=1)), tmp_path) == [slip.code]


def test_the_roster_is_signed_on_every_page():
    pages = pages_of(roster(replace(SAMPLES["roster"], members=(MEMBER,) * 50)).pdf)
    assert len(pages) > 2
    assert all("填表日期" in page for page in pages)


def test_the_card_of_a_busy_member_repeats_its_head():
    lines = tuple(ServiceLine(f"2021-10-{at % 28 + 1:02d}", f"服务第{at:03d}次", hours="1.0") for at in range(80))
    pages = pages_of(service_card(replace(SAMPLES["service-card"], lines=lines)).pdf)
    assert len(pages) > 2
    assert all("服务日期" in page for page in pages[:-1])
    assert [at for at in range(80) if f"服务第{at:03d}次" not in "".join(pages)] == []
    assert "（续）" in pages[1]


def test_a_card_without_services_says_so():
    assert "本期无服务记录" in words_of(service_card(replace(SAMPLES["service-card"], lines=())).pdf)


@pytest.mark.parametrize(
    ("render", "key"), [(hand_over_slip, "hand-over"), (reply_slip, "reply")], ids=["hand-over", "reply"]
)  # fmt: skip
def test_an_opinion_of_twenty_thousand_characters_is_printed_whole(render, key: str):
    facts = replace(SAMPLES[key], opinion=replace(SAMPLES[key].opinion, text="长" * 20_000))
    paper = render(facts)
    assert words_of(paper.pdf).count("长") == 20_000
    assert outside_the_sheet(paper.pdf) == []
    assert "（盖章）" in pages_of(paper.pdf)[-1]


def test_the_reply_tells_every_step():
    steps = tuple(HandlingFacts(f"2021-10-{at:02d}", "周敏", f"第{at:02d}步") for at in range(1, 29))
    text = words_of(reply_slip(replace(SAMPLES["reply"], opinion=replace(SAMPLES["reply"].opinion, handlings=steps))).pdf)
    assert [at for at in range(1, 29) if f"第{at:02d}步" not in text] == []


def test_a_blank_sheet_carries_its_serial_its_row_codes_and_its_code(tmp_path: Path):
    items = tuple(ItemLine(f"A{at:02d}", f"检查项目{at}") for at in range(1, 40))
    paper = inspection_sheet(replace(SAMPLES["inspection"], blank=True, items=items, dangers=()))
    pages = pages_of(paper.pdf)
    assert all("XC-211118-0007" in page for page in pages)
    assert all("行码" in page for page in pages if "A3" in page)
    assert _codes(paper, tmp_path) == ["LX1 XC-211118-0007"] * paper.pages


def test_a_clean_inspection_says_that_no_danger_was_found():
    clean = replace(SAMPLES["inspection"], dangers=(), items=ITEMS[1:])
    assert "未发现隐患" in words_of(inspection_sheet(clean).pdf)


def test_the_notice_comes_in_two_copies_with_one_receipt():
    pages = pages_of(rectification_notices(SAMPLES["notice"]).pdf)
    assert ["安全隐患整改通知书" in page for page in pages] == [True, True, True]
    assert ["送达回证" in page for page in pages] == [False, False, True]
    assert "社区存档" in pages[0]
    assert "送达被检查单位" in pages[1]
    assert all("地址：滨海路1号" in page for page in pages[:2]), "where the office that checks can be found"


def test_a_long_notice_numbers_its_pages_and_is_not_signed_on_an_empty_one():
    for count in range(8, 24):
        (one,) = SAMPLES["notice"].notices
        long = replace(one, dangers=tuple(replace(DANGER, part=f"部位{at:02d}") for at in range(count)), copies=1)
        facts = replace(SAMPLES["notice"], notices=(long,))
        pages = pages_of(rectification_notices(facts).pdf)[:-1]
        assert all(f"—{number}—" in squeezed(page) for number, page in enumerate(pages, start=1))
        signed = squeezed(pages[-1])
        assert "滨海社区居民委员会" in signed
        assert "部位" in signed or "逾期不改" in signed or "完成整改" in signed or "处理" in signed or "地址" in signed, count


def test_each_figure_of_the_month_stands_with_what_it_counts():
    text = words_of(month_report(SAMPLES["month"]).pdf)
    assert FIGURE.label in text
    assert FIGURE.definition in text
    assert "已冻结" in text
    assert "更正表" in text
    assert "城市功能核心区" in text
    assert "一亲三心" in text


def test_a_month_without_parts_is_one_page():
    bare = replace(SAMPLES["month"], figures=(replace(FIGURE, by_area=(), by_campaign=()),), corrections=())
    assert month_report(bare).pages == 1


def test_many_figures_and_their_pictures_flow_over_pages():
    figures = tuple(replace(FIGURE, number=str(at), label=f"指标{at:02d}") for at in range(1, 26))
    paper = month_report(replace(SAMPLES["month"], figures=figures))
    pages = pages_of(paper.pdf)
    assert outside_the_sheet(paper.pdf) == []
    assert sum(page.count("指标25") for page in pages) == 5  # the figures, two tables of parts, two pictures


def test_a_figure_that_is_a_word_has_no_picture_and_no_harm():
    odd = replace(FIGURE, by_area=(("城市功能核心区", "—"), ("物业小区聚集区", "暂无")), by_campaign=())
    assert "暂无" in words_of(month_report(replace(SAMPLES["month"], figures=(odd,))).pdf)


def test_the_hand_over_sheet_says_the_file_and_its_hash_on_both_copies(tmp_path: Path):
    facts = SAMPLES["batch"]
    paper = hand_over_sheet(facts)
    pages = [squeezed(page) for page in pages_of(paper.pdf)]
    assert len(pages) == 2
    for page in pages:
        assert "移交人签名" in page
        assert "接收人签名" in page
        assert [group for group in hash_groups(SHA256) if group not in page] == []
        assert [part for pair in facts.counts for part in pair if part not in page] == []
    assert _codes(paper, tmp_path) == [facts.header_line] * 2


def test_a_batch_without_records_says_zero_report():
    assert "零报告" in words_of(hand_over_sheet(replace(SAMPLES["batch"], counts=(), total="0")).pdf)
