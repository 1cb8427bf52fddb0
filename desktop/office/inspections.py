"""Inspections: a checklist run item by item, dangers opened under the item that failed, notices and re-checks (domain 1.16).

Each mark is its own deed: what was marked is on the disk before the next item is read out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from desktop.model.errors import Mistake, Refusal
from desktop.model.inspection import ChecklistItem, ChecklistTemplate, Danger, Finding, Inspection
from desktop.model.kinds import Value
from desktop.model.language import _
from desktop.model.place import Place
from desktop.office.attachments import Enclosed, hang, read_in
from desktop.office.desk import Desk
from desktop.office.finding import number_of_each
from desktop.office.records import advance, step_of
from desktop.store.work import Row, Work

PASS, FAIL, NOT_HERE = "合格", "不合格", "不适用"


@dataclass(frozen=True)
class ItemLine:
    """One item of a run: what is asked, what was marked, and what it was last time."""

    item: str
    number: int
    section: str
    text: str
    mark: str | None
    note: str | None
    finding: str | None
    danger: str | None
    last_mark: str | None
    last_on: str | None


def write_template(desk: Desk, *, name: str, items: list[tuple[str, str, str | None]], **values: Value) -> str:
    """A checklist with its items (section, text, danger kind) in order."""
    with desk.deed("template.write") as work:
        key = work.add(ChecklistTemplate, name=name, in_use=1, **values)
        work.add_many(ChecklistItem, [
            {"template": key, "number": number, "section": section, "text": text, "danger_kind": danger_kind}
            for number, (section, text, danger_kind) in enumerate(items, 1)
        ])  # fmt: skip
        return key


def start_inspection(desk: Desk, *, place: str, template: str, inspectors: str, inspected_on: str | None = None, **values: Value) -> str:
    """A run of a checklist has begun; an unfinished run of the same list at the same place goes on instead of a second one."""
    on = inspected_on or desk.today
    if on > desk.today:
        Inspection.refuse_mistakes([Mistake("inspected_on", _("在今天之后"))])
    with desk.deed("inspection.start") as work:
        for row in work.rows(Inspection, place=place, template=template, state="检查中"):
            return str(row["id"])
        if len([name for name in inspectors.replace("，", "、").split("、") if name.strip()]) < 2:
            Inspection.refuse_mistakes([Mistake("inspectors", _("检查要有两人以上，用顿号隔开"))], _place_name(work, place))
        return work.add(Inspection, place=place, template=template, inspectors=inspectors, inspected_on=on, **values)


def mark_item(desk: Desk, inspection: str, item: str, mark: str, *, note: str | None = None) -> str:
    """The item has this mark; marked again, the newer mark holds and the older stays in history. The finding's id."""
    with desk.deed("inspection.mark") as work:
        return _mark(work, _open_run(work, inspection), item, mark, note)


def mark_rest_of_section(desk: Desk, inspection: str, section: str) -> int:
    """Every item of the section that has no mark yet is 合格; how many."""
    with desk.deed("inspection.mark") as work:
        run = _open_run(work, inspection)
        done = {row["item"] for row in work.rows(Finding, inspection=inspection)}
        rest = [row for row in _items(work, run["template"]) if (row["section"] or "") == section and row["id"] not in done]
        for row in rest:
            _mark(work, run, row["id"], PASS, None)
        return len(rest)


def _mark(work: Work, run: Row, item: str, mark: str, note: str | None) -> str:
    line = work.get(ChecklistItem, item)
    if line["template"] != run["template"]:
        raise Refusal(_("这一项不在这份检查表里"), record=line["text"])
    for row in work.rows(Finding, inspection=run["id"], item=item):
        if mark != FAIL and row["mark"] == FAIL and work.rows(Danger, inspection=run["id"], item=item):
            raise Refusal(_("这一项已经登记了隐患"), record=line["text"], todo=_("先删去隐患，再改结果"))
        work.change(Finding, row["id"], mark=mark, **({"note": note} if note is not None else {}))
        return str(row["id"])
    return work.add(Finding, inspection=run["id"], item=item, number=line["number"], mark=mark, note=note)


def register_danger(
    desk: Desk, *, inspection: str | None = None, item: str | None = None, situation: str, files: Sequence[Path | Enclosed] = (),
    **values: Value,
) -> str:  # fmt: skip
    """A danger is on the books: found in a run (under its item) or by itself; what must be fixed by a day gets one.

    Its pictures come with it: they are all kept, or nothing is.
    """
    read = read_in(files)
    with desk.deed("inspection.danger") as work:
        if inspection is not None:
            run = _open_run(work, inspection)
            values.setdefault("place", run["place"])
            values.setdefault("found_on", run["inspected_on"])
        if item is not None:
            values.setdefault("danger_kind", work.get(ChecklistItem, item)["danger_kind"])
            if inspection is not None:
                _mark(work, run, item, FAIL, None)
        values.setdefault("found_on", work.today)
        values.setdefault("level", "一般")
        values.setdefault("handling", "限期改")
        if values["handling"] == "限期改":
            values.setdefault("due_on", desk.due("danger.fix_days", str(values["found_on"])))
        if values.get("responsible") is None and values.get("place"):
            values["responsible"] = work.get(Place, str(values["place"]))["keeper"]
        key = work.add(Danger, inspection=inspection, item=item, situation=situation, **values)
        hang(work, Danger, key, read)
        return key


def finish_inspection(desk: Desk, inspection: str) -> list[str]:
    """The run is complete: every item has a mark and every failed item a danger; the dangers that now need a notice."""
    with desk.deed("inspection.finish") as work:
        run = _open_run(work, inspection)
        marks = {row["item"]: row["mark"] for row in work.rows(Finding, inspection=inspection)}
        items = _items(work, run["template"])
        left = [row for row in items if row["id"] not in marks]
        if left:
            raise Refusal(_("还有 {count} 项没有结果：{items}").format(
                count=len(left), items="、".join(str(row["number"]) for row in left[:8])
            ), record=_place_name(work, run["place"]), todo=_("按 1、2、3 记结果"))  # fmt: skip
        dangers = work.rows(Danger, inspection=inspection)
        with_danger = {row["item"] for row in dangers}
        bare = [row for row in items if marks[row["id"]] == FAIL and row["id"] not in with_danger]
        if bare:
            raise Refusal(
                _("第 {number} 项不合格，还没写部位和情况").format(number=bare[0]["number"]),
                record=_place_name(work, run["place"]), todo=_("写明隐患，或改结果"),
            )  # fmt: skip
        for row in dangers:
            if row["state"] == "登记" and row["handling"] == "当场改":
                advance(work, Danger, row["id"], "fix_at_once", done_text=row["done_text"] or _("当场改好"))
                work.change(Danger, row["id"], fixed_on=work.today)
            if row["state"] == "登记" and row["handling"] == "上报移交" and row["departments"]:
                advance(work, Danger, row["id"], "refer", departments=row["departments"])
        advance(work, Inspection, inspection, "finish")
        return [row["id"] for row in dangers if row["handling"] == "限期改" and row["state"] == "登记"]


def issue_notice(desk: Desk, danger: str, *, due_on: str | None = None, responsible: str | None = None) -> str:
    """A numbered notice with a time limit (整改通知书) is out; its number, one for all that a run found and that went out that day."""
    with desk.deed("danger.issue_notice") as work:
        row = work.get(Danger, danger)
        due = due_on or row["due_on"] or desk.due("danger.fix_days", work.today)
        if due < row["found_on"]:
            Danger.refuse_mistakes([Mistake("due_on", _("早于发现日期 {day}").format(day=row["found_on"]))], Danger.called(row))
        advance(work, Danger, danger, "issue_notice", due_on=due, responsible=responsible)
        fellows = work.rows(Danger, inspection=row["inspection"], notice_on=work.today) if row["inspection"] else []
        number = row["notice_no"] or next((one["notice_no"] for one in fellows), None) or work.number("XG", work.today)
        work.change(Danger, danger, notice_no=number, notice_on=work.today)
        return str(number)


def recheck_danger(
    desk: Desk, danger: str, *, recheck: str, rechecked_by: str, rechecked_on: str | None = None, done_text: str | None = None,
    due_on: str | None = None,
) -> None:  # fmt: skip
    """Looked at again: fixed and struck off, or not, and then with a new day."""
    on = rechecked_on or desk.today
    with desk.deed("danger.recheck") as work:
        row = work.get(Danger, danger)
        if on > work.today or on < row["found_on"]:
            Danger.refuse_mistakes([Mistake("rechecked_on", _("应在发现日期与今天之间"))], Danger.called(row))
        if recheck == PASS:
            advance(work, Danger, danger, "recheck", recheck=recheck, rechecked_by=rechecked_by, rechecked_on=on, done_text=done_text)
            work.change(Danger, danger, fixed_on=on)
            return
        step = step_of(Danger, "recheck")
        if row["ended_on"] or row["state"] not in step.starts:
            raise Refusal(_("现在是“{state}”，不能“{label}”").format(state=_(row["state"]), label=_(step.label)), record=Danger.called(row))
        if due_on is None or due_on <= on:
            Danger.refuse_mistakes([Mistake("due_on", _("没改好要给新的限期"))], Danger.called(row))
        said = done_text or row["done_text"]
        work.change(Danger, danger, recheck=recheck, rechecked_by=rechecked_by, rechecked_on=on, done_text=said, due_on=due_on)


def move_danger(desk: Desk, danger: str, deed: str, **asked: Value) -> None:
    """One step of a danger's flow, by the name of its move."""
    words = {key: str(value) for key, value in asked.items() if value is not None}
    if deed == "issue_notice":
        issue_notice(desk, danger, **words)
    elif deed == "recheck":
        recheck_danger(desk, danger, **words)
    else:
        with desk.deed(f"danger.{deed}") as work:
            advance(work, Danger, danger, deed, **asked)
            if deed in ("fix_at_once", "reopen"):
                work.change(Danger, danger, fixed_on=work.today if deed == "fix_at_once" else None)


def move_inspection(desk: Desk, inspection: str, deed: str, **asked: Value) -> None:
    """One step of a run's flow, by the name of its move."""
    if deed == "finish":
        finish_inspection(desk, inspection)
        return
    with desk.deed(f"inspection.{deed}") as work:
        advance(work, Inspection, inspection, deed, **asked)


def item_lines(desk: Desk, inspection: str) -> list[ItemLine]:
    """The run item by item, each with its mark, its danger and what it was last time at this place."""
    run = desk.get(Inspection, inspection)
    findings = {row["item"]: row for row in desk.rows(Finding, inspection=inspection)}
    dangers = {row["item"]: row["id"] for row in desk.rows(Danger, inspection=inspection)}
    last = _last_marks(desk, run)
    lines = []
    for row in sorted(desk.rows(ChecklistItem, template=run["template"]), key=lambda row: row["number"]):
        finding = findings.get(row["id"])
        last_mark, last_on = last.get(row["id"], (None, None))
        lines.append(ItemLine(
            row["id"], row["number"], row["section"] or "", row["text"], finding["mark"] if finding else None,
            finding["note"] if finding else None, finding["id"] if finding else None, dangers.get(row["id"]), last_mark, last_on,
        ))  # fmt: skip
    return lines


@dataclass(frozen=True)
class RouteStop:
    """One place of an inspection route, and what the run of that day came to there."""

    place: str
    name: str
    address: str
    inspection: str | None
    state: str  # 未查, 检查中, 已完成
    dangers: int


def route(desk: Desk, inspection: str) -> list[RouteStop]:
    """The places like this one (same kind, same grid) in the order of the route, with the runs of the same list on the same day."""
    run = desk.get(Inspection, inspection)
    here = desk.get(Place, run["place"])
    alike = {"kind": here["kind"], "premises": here["premises"], "within": here["within"]}
    runs = {row["place"]: row for row in desk.rows(Inspection, template=run["template"], inspected_on=run["inspected_on"])
            if row["state"] != "作废"}  # fmt: skip
    runs[here["id"]] = run
    places = {here["id"]: here} | {row["id"]: row for row in desk.rows(Place, **alike)}
    many = number_of_each(desk, Danger, "inspection", [row["id"] for row in runs.values()], ())
    stops = []
    for row in sorted(places.values(), key=_by_route):
        found = runs.get(row["id"])
        dangers = many.get(found["id"], 0) if found else 0
        stops.append(RouteStop(
            row["id"], row["name"], row["address"] or "", found["id"] if found else None, found["state"] if found else "未查", dangers
        ))  # fmt: skip
    return stops


def _by_route(place: Row) -> tuple[bool, int, str]:
    return place["route_no"] is None, place["route_no"] or 0, place["sort_key"] or ""


def run_to_show(desk: Desk) -> str | None:
    """The run that somebody who comes to inspect wants to see: an unfinished one, today's first; else today's last; else none."""
    today = desk.rows(Inspection, inspected_on=desk.today)
    unfinished = list(desk.rows(Inspection, state="检查中"))
    for rows in ([row for row in today if row["state"] == "检查中"], unfinished, [row for row in today if row["state"] != "作废"]):
        if rows:
            return str(rows[-1]["id"])
    return None


def dangers_of(desk: Desk, inspection: str) -> list[Row]:
    """The dangers that were found in a run, in the order of finding."""
    return list(desk.rows(Danger, inspection=inspection))


def _last_marks(desk: Desk, run: Row) -> dict[str, tuple[str, str]]:
    """Item → (mark, day) of the last finished run of the same list at the same place."""
    runs, found = Inspection.table(), Finding.table()
    with desk.books.read() as conn:
        before = conn.execute(
            select(runs.c.id, runs.c.inspected_on).where(
                runs.c.community == desk.community, runs.c.place == run["place"], runs.c.template == run["template"],
                runs.c.state == "已完成", runs.c.id != run["id"], runs.c.inspected_on <= run["inspected_on"],
            ).order_by(runs.c.inspected_on.desc(), runs.c.id.desc()).limit(1)
        ).first()  # fmt: skip
        if before is None:
            return {}
        marks = conn.execute(select(found.c.item, found.c.mark).where(found.c.community == desk.community, found.c.inspection == before.id))
        return {item: (mark, before.inspected_on) for item, mark in marks}


def _open_run(work: Work, inspection: str) -> Row:
    run = work.get(Inspection, inspection)
    if run["state"] != "检查中":
        raise Refusal(_("这次检查{state}，不能再改").format(state=_(run["state"])), record=_place_name(work, run["place"]))
    return run


def _items(work: Work, template: str) -> list[Row]:
    return sorted(work.rows(ChecklistItem, template=template), key=lambda row: int(row["number"]))


def _place_name(work: Work, place: str) -> str:
    return Place.called(work.get(Place, place))
