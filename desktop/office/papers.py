"""What a paper shows, read out of the ledger: each function turns records into the frozen facts of one printed form.

Masking is decided here, once: a paper prints the words that it is given. Full ID numbers and phones come out only when the
deed `paper.print_unmasked` was allowed and written down.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import select

from desktop.model import days
from desktop.model.activity import Service
from desktop.model.checkin import CheckIn
from desktop.model.contents import record_type
from desktop.model.courier import Batch
from desktop.model.inspection import ChecklistItem, ChecklistTemplate, Danger, Finding, Inspection
from desktop.model.kinds.records import Link
from desktop.model.language import in_chinese
from desktop.model.opinion import Handling, Opinion
from desktop.model.organisation import Organisation
from desktop.model.person import Person
from desktop.model.place import Place
from desktop.model.record import Record
from desktop.office import figures
from desktop.office.desk import Desk
from desktop.office.facts import Align, Column, ListFacts, OfficeFacts, PrintMark
from desktop.office.facts.activities import ServiceCardFacts, ServiceLine
from desktop.office.facts.checkins import MemberFacts, RegistrationFacts, RosterFacts, SlipFacts, SlipsFacts, UnitCheckInFacts, UnitFacts
from desktop.office.facts.handover import BatchFacts
from desktop.office.facts.inspections import DangerFacts, InspectionFacts, ItemLine, NoticeFacts, NoticesFacts
from desktop.office.facts.monthly import FigureLine, MonthFacts
from desktop.office.facts.opinions import HandlingFacts, HandOverFacts, OpinionFacts, OpinionLedgerFacts, ReplyFacts
from desktop.office.figure_lines import COUNTED_SERVICE, Span, stood_reported
from desktop.office.inspections import item_lines
from desktop.office.ledgers import office_name
from desktop.store.page import Listing, every, link_titles
from desktop.store.work import Row

LAST = "\U0010ffff"  # behind every word: who lacks what a list goes by stands at its end


@dataclass(frozen=True)
class Reader:
    """The rows of a paper with everything they point to, and whether the paper may show all."""

    desk: Desk
    masked: bool
    names: Mapping[str, str] = field(default_factory=dict)

    def show(self, record: type[Record], row: Row, key: str) -> str:
        """One field in the words of the paper; days with their Chinese units, numbers masked unless allowed."""
        spec, value = record.fields()[key], row[key]
        if isinstance(spec.kind, Link):
            return self.names.get(value, "") if value else ""
        with in_chinese():
            return spec.mask(value) if spec.sensitive and (self.masked or not self.desk.sees(spec)) else spec.kind.show(value)


def office(desk: Desk) -> OfficeFacts:
    """Whose paper this is."""
    name, above = desk.books.fact("name") or "", desk.books.fact("above") or ""
    party = desk.setting("office.party_name") or f"{name}党委"
    return OfficeFacts(name, above, party, desk.community, desk.setting("office.phone"))


def print_mark(desk: Desk, code: str = "") -> PrintMark:
    """The foot of each page: when, by whom."""
    return PrintMark(code, desk.clock()[:16].replace("T", " "), desk.who.name)


def reader(desk: Desk, record: type[Record], rows: Sequence[Row], *, masked: bool) -> Reader:
    """The names behind the links of these rows, read once."""
    with desk.books.read() as conn:
        return Reader(desk, masked, link_titles(conn, desk.community, record, rows))


def by_ids(desk: Desk, record: type[Record], ids: Iterable[str]) -> list[Row]:
    """These records in the order asked for; ids of other offices are left out."""
    table = record.table()
    wanted = list(dict.fromkeys(ids))
    found: dict[str, Row] = {}
    with desk.books.read() as conn:
        for start in range(0, len(wanted), 500):
            query = select(table).where(table.c.community == desk.community, table.c.id.in_(wanted[start : start + 500]))
            found |= {row["id"]: row for row in conn.execute(query).mappings()}
    return [found[key] for key in wanted if key in found]


def members(desk: Desk, people: Iterable[str], *, masked: bool = True) -> tuple[MemberFacts, ...]:
    """In-service members with what their forms show, each with his latest report."""
    rows = by_ids(desk, Person, people)
    read = reader(desk, Person, rows, masked=masked)
    reports = _reports_of(desk, [row["id"] for row in rows])

    def shown(row: Row, key: str) -> str:
        return read.show(Person, row, key)

    made = []
    for row in rows:
        report = reports.get(row["id"])
        home = " ".join(part for part in (shown(row, "estate"), row["room"] or "") if part)
        made.append(MemberFacts(
            name=shown(row, "name"), sex=shown(row, "sex").removesuffix("性"), nation=shown(row, "nation"),
            born=days.show_day(row["born"]), id_number=shown(row, "id_number"), education=shown(row, "education"),
            joined_party_on=days.show_day(row["joined_on"]), phone=shown(row, "phone"), unit=shown(row, "employer"),
            post=row["post"] or "", branch=row["branch"] or "", home=home, grid=shown(row, "grid"),
            strengths=row["strengths"] or "", wishes=tuple((row["wishes"] or "").replace("，", "、").split("、")) if row["wishes"] else (),
            checked_in_on=days.show_day(report["reported_on"]) if report else "", serial=(report["slip_no"] or "") if report else "",
        ))  # fmt: skip
    return tuple(made)


def _reports_of(desk: Desk, people: Sequence[str]) -> dict[str, Row]:
    """Person → the newest report that was really made."""
    table, found = CheckIn.table(), {}
    with desk.books.read() as conn:
        for start in range(0, len(people), 500):
            where = (
                table.c.community == desk.community, table.c.person.in_(people[start : start + 500]),
                table.c.reported_on.is_not(None), table.c.ended_on.is_(None),
            )  # fmt: skip
            for row in conn.execute(select(table).where(*where).order_by(table.c.reported_on)).mappings():
                found[row["person"]] = row
    return found


def registration(desk: Desk, people: Iterable[str], *, masked: bool = True) -> RegistrationFacts:
    """在职党员社区报到登记表, a sheet each."""
    choices = ("组织建设", "法律咨询", "助困扶残", "社区治理", "健康医疗", "文化体育", "治安巡逻", "其他")
    return RegistrationFacts(office(desk), members(desk, people, masked=masked), choices, print_mark(desk))


def has_slip(desk: Desk, person: str) -> bool:
    """There is a report of this person of which a slip can be printed."""
    return bool(_reports_of(desk, [person]))


def slips(desk: Desk, people: Iterable[str]) -> SlipsFacts:
    """报到回执 in the order of the people: only those who have reported get one."""
    rows = {row["id"]: row for row in by_ids(desk, Person, people)}
    reports = _reports_of(desk, list(rows))
    read = reader(desk, Person, list(rows.values()), masked=True)
    today = days.show_day(desk.today)
    made = []
    for key, row in rows.items():
        report = reports.get(key)
        if report is None:
            continue
        to = row["branch"] or read.show(Person, row, "employer") or "所在党组织"
        code = f"LX1|{desk.community}|{report['slip_no']}|{report['reported_on']}"
        made.append(SlipFacts(
            serial=report["slip_no"] or "", to=to, name=row["name"], checked_in_on=days.show_day(report["reported_on"]),
            made_on=today, code=code, claimed=report["branch_duty"] or "",
        ))  # fmt: skip
    return SlipsFacts(office(desk), tuple(made), mark=print_mark(desk))


def reported_by(desk: Desk, until: str) -> list[str]:
    """Everybody who stood reported at the end of that day, by the rule of the figures."""
    table = CheckIn.table()
    where = (table.c.community == desk.community, table.c.person.is_not(None), stood_reported(until))
    with desk.books.read() as conn:
        return list(conn.execute(select(table.c.person).where(*where).distinct()).scalars())


def on_roster(desk: Desk, people: Iterable[str], order: str = "") -> list[str]:
    """These people in the order of the roster: by pinyin, or by `reported_on`, or by `employer`."""
    rows = sorted(by_ids(desk, Person, people), key=lambda row: row["sort_key"] or "")
    if order == "reported_on":
        reports = _reports_of(desk, [row["id"] for row in rows])
        rows.sort(key=lambda row: reports[row["id"]]["reported_on"] if row["id"] in reports else LAST)
    elif order == "employer":
        at_work = by_ids(desk, Organisation, [row["employer"] for row in rows if row["employer"]])
        units = {row["id"]: row["sort_key"] or "" for row in at_work}
        rows.sort(key=lambda row: units.get(row["employer"], LAST))
    return [row["id"] for row in rows]


def roster(desk: Desk, people: Iterable[str] | None = None, *, until: str = "", order: str = "", masked: bool = True) -> RosterFacts:
    """报到花名册: these people, or everybody who stood reported on the day `until`, today unless said."""
    until = until or desk.today
    made = members(desk, on_roster(desk, reported_by(desk, until) if people is None else people, order), masked=masked)
    as_of = days.show_day(until) if people is None and until != desk.today else ""
    return RosterFacts(office(desk), made, days.show_day(desk.today), print_mark(desk), as_of)


def unit_check_in(desk: Desk, units: Iterable[str]) -> UnitCheckInFacts:
    """机关党组织到社区报到单, one sheet a unit, with its report when it was made."""
    rows = by_ids(desk, Organisation, units)
    reports = {row["employer"]: row for row in desk.rows(CheckIn, who="单位党组织") if row["reported_on"]}
    show = Organisation.fields()["phone"].kind.show
    made = []
    for row in rows:
        report = reports.get(row["id"])
        made.append(UnitFacts(
            row["name"] or "", row["credit_code"] or "", row["party_name"] or "", row["party_kind"] or "", "",
            row["secretary"] or "", row["contact"] or "", show(row["phone"]), row["address"] or "", row["offers"] or "",
            days.show_day(report["reported_on"]) if report else "", (report["slip_no"] or "") if report else "",
        ))  # fmt: skip
    return UnitCheckInFacts(office(desk), tuple(made), print_mark(desk))


def service_card(desk: Desk, person: str, *, since: str, until: str, masked: bool = True) -> ServiceCardFacts:
    """党员服务记录卡 of one member in a period; drafts and voided services are not on it."""
    rows = [row for row in desk.rows(Service, person=person) if row["state"] in COUNTED_SERVICE and since <= row["served_on"] <= until]
    rows.sort(key=lambda row: row["served_on"])
    read = reader(desk, Service, rows, masked=masked)
    lines = tuple(
        ServiceLine(
            day=days.show_day(row["served_on"]), what=row["content"] or read.show(Service, row, "activity") or "服务",
            hours=read.show(Service, row, "minutes"), volunteer="是" if row["volunteering"] else "否",
            judged=row["rating"] or "", confirmed_by=desk.books.fact("name") or "" if row["state"] != "已登记" else "",
        )
        for row in rows
    )  # fmt: skip
    show = Service.fields()["minutes"].kind.show
    whole = members(desk, [person], masked=masked)
    return ServiceCardFacts(
        office(desk), whole[0], f"{days.show_day(since)}至{days.show_day(until)}", lines, str(len(rows)),
        show(sum(row["minutes"] for row in rows)), show(sum(row["minutes"] for row in rows if row["volunteering"])) or "0",
        mark=print_mark(desk),
    )  # fmt: skip


def opinions(desk: Desk, ids: Iterable[str]) -> tuple[OpinionFacts, ...]:
    """Opinions with all that their papers show; who spoke is masked on paper that leaves the office."""
    rows = by_ids(desk, Opinion, ids)
    read = reader(desk, Opinion, rows, masked=True)
    made = []
    for row in rows:
        diary = sorted(desk.rows(Handling, opinion=row["id"]), key=lambda one: (one["done_on"], one["id"]))
        made.append(OpinionFacts(
            serial=row["serial"] or "", heard_on=days.show_day(row["heard_on"]), text=row["text"], channel=row["channel"] or "",
            source=read.show(Opinion, row, "campaign"), kind=row["topic"] or "", place=read.show(Opinion, row, "place"),
            said_by=read.show(Opinion, row, "said_by"), proposal=row["proposal"] or "",
            verdict=row["verdict"] or "", unit=read.show(Opinion, row, "handling_unit"), handler=row["handler"] or "",
            due_on=days.show_day(row["due_on"]), extension=row["extended_because"] or "", state=row["state"],
            closed_on=days.show_day(row["closed_on"]), result=row["result"] or "", replied_on=days.show_day(row["replied_on"]),
            reply_way=row["replied_by"] or "", satisfaction=row["satisfied"] or "",
            handlings=tuple(HandlingFacts(days.show_day(one["done_on"]), one["done_by"] or "", one["text"]) for one in diary),
        ))  # fmt: skip
    return tuple(made)


def opinion_ledger(desk: Desk, *, since: str, until: str, ids: Iterable[str] | None = None, order: str = "") -> OpinionLedgerFacts:
    """意见建议台账 of a period, or of these opinions: by their numbers, or by another field."""
    if ids is None:
        table = Opinion.table()
        with desk.books.read() as conn:
            query = select(table.c.id).where(
                table.c.community == desk.community, table.c.heard_on.between(since, until), table.c.ended_on.is_(None)
            )
            ids = list(conn.execute(query).scalars())
    rows = sorted(by_ids(desk, Opinion, ids), key=lambda row: (row[order or "serial"] or LAST, row["id"]))
    period = f"{days.show_day(since)}至{days.show_day(until)}"
    made = opinions(desk, [row["id"] for row in rows])
    return OpinionLedgerFacts(office(desk), made, period, days.show_day(desk.today), print_mark(desk))


def hand_over(desk: Desk, opinion: str) -> HandOverFacts:
    """交办单: an opinion in somebody's hands."""
    row, made = desk.get(Opinion, opinion), opinions(desk, [opinion])[0]
    handed = next((one.day for one in made.handlings if one.what and one.day), days.show_day(desk.today))
    for one in desk.rows(Handling, opinion=opinion):
        if one["step"] == "交办":
            handed = days.show_day(one["done_on"])
    return HandOverFacts(office(desk), row["order_no"] or "", made, handed, mark=print_mark(desk))


def reply(desk: Desk, opinion: str) -> ReplyFacts:
    """反馈单: what came of an opinion."""
    made = opinions(desk, [opinion])[0]
    return ReplyFacts(office(desk), made.serial, made, days.show_day(desk.today), print_mark(desk))


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
    made = office(desk)
    return NoticeFacts(
        made, made.place + "居民委员会", row["notice_no"] or "", place["name"] or "", days.show_day(row["found_on"]),
        (run["inspectors"] if run else "") or desk.who.name, dangers(fellows), days.show_day(row["due_on"]),
        days.show_day(row["notice_on"] or desk.today), basis="《中华人民共和国消防法》第三十二条", contact=row["responsible"] or "",
        phone=desk.setting("office.phone"), address=place["address"] or "", mark=print_mark(desk),
    )  # fmt: skip


def month(desk: Desk, *, since: str, until: str, scope: str = "") -> MonthFacts:
    """月报: every figure with its definition and parts."""
    counted = figures.count(desk, Span(scope or desk.community, since, until))
    lines = [
        FigureLine(
            one.key if one.key.isdigit() else "", one.label, str(one.value), one.unit, one.definition,
            tuple((word, str(number)) for word, number in one.by_area.items() if number),
            tuple((word, str(number)) for word, number in one.by_campaign.items() if number),
        )
        for one in counted
    ]  # fmt: skip
    total = figures.front_line_sum(counted)
    spot = next(place for place, one in enumerate(counted) if one.key == "2-5")
    lines.insert(spot, FigureLine("", "四类人员相加", str(total), "人次", "上面四类人数直接相加，一人可计多次"))
    said = days.show_day(since[:7]) if since[:7] == until[:7] else f"{days.show_day(since)}至{days.show_day(until)}"
    return MonthFacts(office(desk), said, days.show_day(until), "未冻结", tuple(lines), mark=print_mark(desk))


def batch(desk: Desk, key: str) -> BatchFacts:
    """移交登记表 of a batch: counts and hash, no resident."""
    row = desk.get(Batch, key)
    counts = json.loads(row["counts"] or "{}")
    to, _above = office_name(row["office"])
    header = row["header"] or ""
    return BatchFacts(
        office(desk), f"YJ{row['number']:04d}", f"{to}（{row['office']}）", str(row["number"]),
        f"{days.show_day(row['since_on'])}至{days.show_day(row['until_on'])}", row["file"] or "", f"{(row['size'] or 0) / 1024:.1f} KB",
        row["sha256"] or "", header, tuple((record_type(kind).label, str(count)) for kind, count in counts.items()),
        str(row["lines"] or 0), row["created_at"][:16].replace("T", " "), row["created_by"], mark=print_mark(desk),
    )  # fmt: skip


def plain_list(desk: Desk, listing: Listing, *, masked: bool = True, keys: Sequence[str] = ()) -> ListFacts:
    """Any list as a ledger: the columns of the record definition, or those chosen."""
    record = listing.record
    specs = [record.fields()[key] for key in keys] if keys else record.listed()
    with desk.books.read() as conn:
        rows = list(every(conn, listing))
    read = reader(desk, record, rows, masked=masked)
    columns = tuple(
        Column(spec.label, align=Align.RIGHT if spec.kind.align == "right" else Align.LEFT, tight=spec.kind.tight) for spec in specs
    )
    cells = tuple(tuple(read.show(record, row, spec.key) for spec in specs) for row in rows)
    made = office(desk)
    return ListFacts(
        f"{record.label}一览表", columns, cells, made, print_mark(desk), left=f"单位：{made.place}",
        right=f"制表时间：{days.show_day(desk.today)}　共 {len(rows)} {record.unit}",
    )  # fmt: skip
