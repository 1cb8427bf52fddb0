"""双报到: a unit or a member reports to the community, gets a slip, changes, leaves, comes back (domain 1.1)."""

from dataclasses import dataclass

from sqlalchemy import select

from desktop.model.checkin import REPORTED, CheckIn
from desktop.model.errors import Mistake, Refusal
from desktop.model.kinds import Value
from desktop.model.kinds.tags import Periods
from desktop.model.language import _
from desktop.model.organisation import Organisation
from desktop.model.person import Person
from desktop.office.desk import Desk
from desktop.office.records import advance
from desktop.store.work import Row, Work

LIVE = ("待报到", *REPORTED)
MEMBER, UNIT = "在职党员", "单位党组织"
PARTY_ROLE = "机关党员"  # who reports with his unit


def expect_member(desk: Desk, *, person: str, **values: Value) -> str:
    """A member is on the list of those who should report; its id."""
    with desk.deed("checkin.check_in") as work:
        return _open(work, MEMBER, person, None, **values)


def check_in_member(desk: Desk, *, person: str, reported_on: str, employer: str | None = None, **values: Value) -> str:
    """The member stands reported, with a numbered slip. Raises Refusal when he stands reported already."""
    with desk.deed("checkin.check_in") as work:
        return _report(work, _waiting(work, person=person) or _open(work, MEMBER, person, employer, **values), reported_on, values)


def check_in_unit(desk: Desk, *, employer: str, reported_on: str, **values: Value) -> str:
    """The unit's party organisation stands reported, with a numbered slip. Raises Refusal when it stands reported already."""
    with desk.deed("checkin.check_in") as work:
        return _report(work, _waiting(work, employer=employer) or _open(work, UNIT, None, employer, **values), reported_on, values)


def check_in_many(desk: Desk, *, people: list[str], employer: str | None, reported_on: str) -> list[str]:
    """Twenty members of one unit report in one entry, all or none."""
    with desk.deed("checkin.check_in") as work:
        return [_report(work, _waiting(work, person=one) or _open(work, MEMBER, one, employer), reported_on, {}) for one in people]


def stands_reported(desk: Desk, *, person: str = "", unit: str = "") -> bool:
    """This member, or this unit's party organisation, stands reported now."""
    rows = desk.rows(CheckIn, person=person) if person else desk.rows(CheckIn, who=UNIT, employer=unit)
    return any(row["state"] in REPORTED for row in rows)


@dataclass(frozen=True)
class UnitReported:
    """What was written: the unit's own report, unless it stood already, and one for each member."""

    unit: str | None
    members: tuple[str, ...]
    newcomers: int


def not_yet(desk: Desk, unit: str) -> list[str]:
    """The party members of a unit who do not stand reported, in the order of their names."""
    table, role = Person.table(), Person.fields()["roles"].kind
    assert isinstance(role, Periods)
    where = (table.c.community == desk.community, table.c.employer == unit, table.c.ended_on.is_(None))
    with desk.books.read() as conn:
        there = list(conn.execute(select(table.c.id, table.c.roles).where(*where).order_by(table.c.sort_key, table.c.id)))
        reports = CheckIn.table()
        standing = (reports.c.community == desk.community, reports.c.state.in_(REPORTED), reports.c.ended_on.is_(None))
        done = set(conn.execute(select(reports.c.person).where(*standing)).scalars())
    return [key for key, roles in there if key not in done and PARTY_ROLE in role.at(roles, desk.today)]


def check_in_unit_with_members(
    desk: Desk, *, employer: str, people: list[str], newcomers: list[dict[str, Value]], reported_on: str, **values: Value
) -> UnitReported:
    """A unit and those of its members who came with it report in one entry, all or none.

    Newcomers are put on the books first, as party members of the unit; one whom the ledger knows by his ID number, or by his name
    in this unit, is taken for who he is. A unit that stands reported already is left as it stands: its members may come later.
    Raises Refusal when nobody is left to report, or somebody stands reported.
    """
    if newcomers:
        desk.require("person.add")
    with desk.deed("checkin.check_in") as work:
        known = [_known_or_new(work, employer, one) for one in newcomers]
        members = list(dict.fromkeys([*people, *(key for key, _new in known)]))
        stands = any(row["state"] in REPORTED for row in _live(work, None, employer))
        unit = None if stands and members else _report(
            work, _waiting(work, employer=employer) or _open(work, UNIT, None, employer, **values), reported_on, values
        )  # fmt: skip
        reports = [_report(work, _waiting(work, person=one) or _open(work, MEMBER, one, employer), reported_on, {}) for one in members]
        return UnitReported(unit, tuple(reports), sum(new for _key, new in known))


def _known_or_new(work: Work, employer: str, values: dict[str, Value]) -> tuple[str, bool]:
    number = values.get("id_number")
    found = work.rows(Person, id_number=number) if number else []
    found = found or work.rows(Person, name=values["name"], employer=employer)
    for row in found:
        if row["ended_on"] is None:
            return str(row["id"]), False
    return work.add(Person, **values, employer=employer, roles=f"{PARTY_ROLE} {work.today}~"), True


def enter_check_in(work: Work, *, who: str, **values: Value) -> str:
    """One report inside a deed, as a form or a row of an import gives it: without a day it is owed, with one it is made."""
    whose = "person" if who == MEMBER else "employer"
    must = [whose] if who == MEMBER else [whose, "reported_on"]
    CheckIn.refuse_mistakes([Mistake(key, _("必填")) for key in must if not values.get(key)])
    named = {key: str(values[key]) if values.get(key) else None for key in ("person", "employer", "reported_on")}
    rest = {key: value for key, value in values.items() if key not in named}
    person, employer = (named["person"], named["employer"]) if who == MEMBER else (None, named["employer"])
    waiting = _waiting(work, person=person) if person else _waiting(work, employer=employer)
    key = waiting or _open(work, who, person, employer, **rest)
    return _report(work, key, named["reported_on"], rest) if named["reported_on"] else key


def move_checkin(desk: Desk, key: str, deed: str, **asked: Value) -> None:
    """One step of the flow of a report; a day in the future is refused, 撤销注销 only when nobody reported again since."""
    with desk.deed(f"check_in.{deed}") as work:
        row = work.get(CheckIn, key)
        for name in ("reported_on", "slip_returned_on"):
            _refuse_future(work, asked.get(name))
        if deed == "resume":
            _refuse_second(work, row["person"], row["employer"] if row["who"] == UNIT else None, but=key)
        if deed == "move" and row["who"] == UNIT and asked.get("employer"):
            _refuse_second(work, None, str(asked["employer"]), but=key)
        if deed == "report":
            asked.setdefault("reported_on", work.today)
            if row["slip_no"] is None:
                work.change(CheckIn, key, slip_no=work.number("HZ", work.today))
        advance(work, CheckIn, key, deed, **asked)


def _open(work: Work, who: str, person: str | None, employer: str | None, /, **values: Value) -> str:
    _refuse_second(work, person, employer if who == UNIT else None)
    if person is not None and employer is None:
        employer = work.get(Person, person)["employer"]
    kept = {key: value for key, value in values.items() if key in CheckIn.fields()}
    return work.add(CheckIn, who=who, person=person, employer=employer, **kept)


def _report(work: Work, key: str, reported_on: str, values: dict[str, Value]) -> str:
    _refuse_future(work, reported_on)
    slip_no = work.get(CheckIn, key)["slip_no"] or work.number("HZ", work.today)
    told = {name: value for name, value in values.items() if name in CheckIn.fields() and value is not None}
    work.change(CheckIn, key, **{**told, "slip_no": slip_no})
    advance(work, CheckIn, key, "report", reported_on=reported_on, branch_duty=values.get("branch_duty"))
    return key


def _waiting(work: Work, *, person: str | None = None, employer: str | None = None) -> str | None:
    """The report that is still owed by somebody."""
    for row in _live(work, person, employer):
        if row["state"] == "待报到":
            return str(row["id"])
    return None


def _live(work: Work, person: str | None, employer: str | None) -> list[Row]:
    table = CheckIn.table()
    whose = table.c.person == person if person else (table.c.employer == employer) & (table.c.who == UNIT)
    where = (table.c.community == work.community, whose, table.c.state.in_(LIVE), table.c.ended_on.is_(None))
    return list(work.conn.execute(select(table).where(*where)).mappings().all())


def _refuse_second(work: Work, person: str | None, employer: str | None, but: str = "") -> None:
    for row in _live(work, person, employer):
        if row["id"] == but:
            continue
        name = Person.called(work.get(Person, person)) if person else Organisation.called(work.get(Organisation, str(employer)))
        raise Refusal(
            _("{day} 已经报到，不能重复报到").format(day=row["reported_on"]) if row["reported_on"] else _("已在应报到名单里"),
            record=name,
            todo=_("要换单位或住址，用“变更”；要重新报到，先注销原来的"),
        )


def _refuse_future(work: Work, day: Value) -> None:
    if isinstance(day, str) and day > work.today:
        raise Refusal(_("日期在今天之后：{day}").format(day=day), todo=_("改正日期"))
