"""The papers of 双报到, read out of the ledger: registration, slips, the roster, and who stands on it."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from desktop.model import days
from desktop.model.checkin import CheckIn
from desktop.model.organisation import Organisation
from desktop.model.person import Person
from desktop.office.desk import Desk
from desktop.office.facts.checkins import MemberFacts, RegistrationFacts, RosterFacts, SlipFacts, SlipsFacts, UnitCheckInFacts, UnitFacts
from desktop.office.figure_lines import stood_reported
from desktop.office.papers import LAST, by_ids, office, print_mark, reader
from desktop.store.work import Row


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
