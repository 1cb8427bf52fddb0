"""The papers of inspections, read out of the ledger: the sheet of a checklist, filled or blank, and the notices of dangers."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from desktop.model import days
from desktop.model.inspection import ChecklistItem, ChecklistTemplate, Danger, Finding, Inspection
from desktop.model.place import Place
from desktop.office.desk import Desk
from desktop.office.facts.inspections import DangerFacts, InspectionFacts, ItemLine, NoticeFacts, NoticesFacts
from desktop.office.inspections import item_lines
from desktop.office.papers import by_ids, office, print_mark
from desktop.store.work import Row


def inspection(desk: Desk, key: str) -> InspectionFacts:
    """检查记录表 as it was filled on the screen."""
    run = desk.get(Inspection, key)
    place, template = desk.get(Place, run["place"]), desk.get(ChecklistTemplate, run["template"])
    lines = tuple(
        ItemLine(f"{line.number:02d}", line.section, line.text, line.mark or "", line.note or "") for line in item_lines(desk, key)
    )
    found = desk.rows(Danger, inspection=key)
    bad = sum(1 for row in desk.rows(Finding, inspection=key) if row["mark"] == "不合格")
    sheet = InspectionFacts(
        office(desk), run["serial"] or "", template["name"], template["id"][-6:].upper(), lines, dangers(found),
        day=days.show_day(run["inspected_on"]), inspectors=run["inspectors"] or "", verdict=f"不合格 {bad} 项" if bad else "合格",
        mark=print_mark(desk),
    )  # fmt: skip
    return _at(place, sheet)


def blank_inspection(desk: Desk, template: str, place: str | None = None) -> InspectionFacts:
    """检查记录表 for filling by hand: the same rows with their codes, nothing marked."""
    kept = desk.get(ChecklistTemplate, template)
    items = sorted(desk.rows(ChecklistItem, template=template), key=lambda row: row["number"])
    lines = tuple(ItemLine(f"{row['number']:02d}", row["section"] or "", row["text"]) for row in items)
    sheet = InspectionFacts(office(desk), "", kept["name"], kept["id"][-6:].upper(), lines, blank=True, mark=print_mark(desk))
    return _at(desk.get(Place, place), sheet) if place else sheet


def _at(place: Row, sheet: InspectionFacts) -> InspectionFacts:
    return replace(
        sheet, premises=place["name"], premises_kind=place["premises"] or "", address=place["address"] or "",
        responsible=place["keeper"] or "", phone=Place.fields()["phone"].kind.mask(place["phone"]),
    )  # fmt: skip


def dangers(rows: Iterable[Row]) -> tuple[DangerFacts, ...]:
    """隐患 as a notice and a record sheet show them."""
    return tuple(
        DangerFacts(
            row["serial"] or "", "", row["situation"], row["danger_kind"] or "", row["level"], row["handling"], days.show_day(row["due_on"])
        )
        for row in rows
    )


def notices(desk: Desk, ids: Iterable[str]) -> NoticesFacts:
    """整改通知书 of these dangers, one a number; what went out under the same number stands on it too."""
    made: dict[str, NoticeFacts] = {}
    for row in by_ids(desk, Danger, ids):
        number = row["notice_no"] or row["id"]
        if number not in made:
            fellows = desk.rows(Danger, notice_no=number) if row["notice_no"] else [row]
            made[number] = _notice(desk, row, fellows)
    return NoticesFacts(office(desk), tuple(made.values()))


def _notice(desk: Desk, row: Row, fellows: Sequence[Row]) -> NoticeFacts:
    place = desk.get(Place, row["place"])
    run = desk.get(Inspection, row["inspection"]) if row["inspection"] else None
    made, inspectors = office(desk), (run["inspectors"] if run else "") or desk.who.name
    return NoticeFacts(
        made, made.place + "居民委员会", row["notice_no"] or "", place["name"] or "", days.show_day(row["found_on"]),
        inspectors, dangers(fellows), days.show_day(row["due_on"]),
        days.show_day(row["notice_on"] or desk.today), basis="《中华人民共和国消防法》第三十二条",
        contact=inspectors,  # at the office, whose telephone follows
        phone=desk.setting("office.phone"), address=place["address"] or "", mark=print_mark(desk),
    )  # fmt: skip
