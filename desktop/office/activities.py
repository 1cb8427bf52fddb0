"""Services: one entry for a whole afternoon and all who came; hours, volunteering, and nobody in two places at once."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import func, select

from desktop.model.activity import Activity, Service
from desktop.model.errors import Refusal
from desktop.model.kinds import Value
from desktop.model.kinds.tags import Periods
from desktop.model.language import _
from desktop.model.person import Person
from desktop.office.desk import Desk
from desktop.office.records import advance
from desktop.store.page import titles
from desktop.store.work import Work

OUT = ("退回", "作废")
MOST_AT_ONCE = 300  # people that one entry takes in by their role


@dataclass(frozen=True)
class Recorded:
    """What was written: the activity, a service for each who came, and whom the office should look at twice."""

    activity: str
    services: tuple[str, ...]
    warnings: tuple[str, ...]


def record_activity(
    desk: Desk, *, people: list[str], minutes: int, volunteering: bool, draft: bool = False, content: str | None = None, **activity: Value
) -> Recorded:
    """One entry for many participants: an activity and a service for each person, all or none.

    Raises Refusal for a day in the future, nobody at all, or the same person twice. Somebody who is booked elsewhere at the
    same hour is not refused (people do come late) but named in the warnings.
    """
    held_on = activity.get("held_on")
    if isinstance(held_on, str) and held_on > desk.today:
        raise Refusal(_("活动日期在今天之后"), record=str(activity.get("name", "")), todo=_("改正日期，或等活动办完再登记"))
    _refuse_crowd(people, str(activity.get("name", "")))
    with desk.deed("activity.record") as work:
        key = work.add(Activity, **activity)
        warnings = double_bookings(work, people, key)
        services = _services(work, key, people, minutes, volunteering, draft, content)
        return Recorded(key, tuple(services), tuple(warnings))


def add_participants(desk: Desk, *, activity: str, people: list[str], minutes: int, volunteering: bool) -> Recorded:
    """Others who came to an activity that stands already; whoever is down for it is refused by name."""
    _refuse_crowd(people, "")
    with desk.deed("activity.record") as work:
        there = {row["person"] for row in work.rows(Service, activity=activity) if row["state"] not in OUT}
        for person in people:
            if person in there:
                raise Refusal(_("已经在这次活动里"), record=Person.called(work.get(Person, person)), todo=_("不用再加"))
        warnings = double_bookings(work, people, activity)
        services = _services(work, activity, people, minutes, volunteering, False, None)
        return Recorded(activity, tuple(services), tuple(warnings))


def _refuse_crowd(people: list[str], name: str) -> None:
    if not people:
        raise Refusal(_("还没有人"), record=name, todo=_("选上来参加的人"))
    if len(set(people)) != len(people):
        raise Refusal(_("同一个人填了两次"), record=name, todo=_("去掉重复的人"))


def _services(
    work: Work, activity: str, people: list[str], minutes: int, volunteering: bool, draft: bool, content: str | None
) -> list[str]:
    held_on = work.get(Activity, activity)["held_on"]
    line = {
        "served_on": held_on, "activity": activity, "minutes": minutes, "volunteering": int(volunteering), "content": content,
        "state": "草稿" if draft else "已登记", "state_on": work.today,
    }  # fmt: skip
    return work.add_many(Service, [{**line, "person": person} for person in people])


def double_bookings(work: Work, people: list[str], activity: str) -> list[str]:
    """Who of these has another service on that day at an hour that overlaps (or at no stated hour)."""
    this = work.get(Activity, activity)
    service, other = Service.table(), Activity.table()
    query = (
        select(service.c.person, other.c.name, other.c.starts_at, other.c.ends_at)
        .join(other, (other.c.community == service.c.community) & (other.c.id == service.c.activity))
        .where(
            service.c.community == work.community, service.c.served_on == this["held_on"], service.c.activity != activity,
            service.c.state.not_in(OUT), service.c.ended_on.is_(None), service.c.person.in_(people),
        )
    )  # fmt: skip
    clashes = [
        (person, name)
        for person, name, start, end in work.conn.execute(query)
        if not (start and end and this["starts_at"] and this["ends_at"]) or (start < this["ends_at"] and this["starts_at"] < end)
    ]
    names = titles(work.conn, work.community, "person", [person for person, _name in clashes])
    return [_("{who} 同一天还登记了“{other}”").format(who=names.get(person, ""), other=name) for person, name in clashes]


def confirm_services(desk: Desk, services: list[str]) -> int:
    """The community confirms these services, all or none; how many."""
    with desk.deed("service.confirm") as work:
        for key in services:
            advance(work, Service, key, "confirm")
        return len(services)


def again(desk: Desk, activity: str, *, held_on: str) -> tuple[dict[str, Value], list[str]]:
    """再来一次: the values of an activity for another day, and the people who came last time."""
    row = desk.get(Activity, activity)
    values = {key: row[key] for key in Activity.fields() if key not in ("held_on", "outcome", "served")}
    people = [service["person"] for service in desk.rows(Service, activity=activity) if service["state"] not in OUT]
    return {**values, "held_on": held_on}, people


def last_activity(desk: Desk) -> str | None:
    """The activity that was recorded last."""
    table = Activity.table()
    query = select(table.c.id).where(table.c.community == desk.community, table.c.ended_on.is_(None)).order_by(table.c.id.desc()).limit(1)
    with desk.books.read() as conn:
        return conn.execute(query).scalar_one_or_none()


def usual_service(desk: Desk, activity: str) -> tuple[int, int] | None:
    """Minutes and whether it was volunteering, as most who came to an activity have it; nothing when nobody came."""
    rows = [(row["minutes"], row["volunteering"]) for row in desk.rows(Service, activity=activity) if row["state"] not in OUT]
    return Counter(rows).most_common(1)[0][0] if rows else None


def people_in_role(desk: Desk, role: str) -> list[str]:
    """Everybody who has a role today, in the order of the names. Raises Refusal when they are more than one entry should hold."""
    table, kind = Person.table(), Person.fields()["roles"].kind
    assert isinstance(kind, Periods)
    where = (table.c.community == desk.community, table.c.ended_on.is_(None), table.c.roles.contains(role, autoescape=True))
    with desk.books.read() as conn:
        rows = conn.execute(select(table.c.id, table.c.roles).where(*where).order_by(table.c.sort_key, table.c.id)).all()
    found = [key for key, roles in rows if role in kind.at(roles, desk.today)]
    if len(found) > MOST_AT_ONCE:
        raise Refusal(_("{role}有 {n} 人，一次加不了这么多").format(role=_(role), n=len(found)), todo=_("按单位加，或一个个加"))
    return found


def minutes_of(desk: Desk, person: str, *, since: str, until: str, volunteering_only: bool = False) -> int:
    """The minutes that one person served in a period; drafts and voided ones do not count."""
    table = Service.table()
    where = [
        table.c.community == desk.community, table.c.person == person, table.c.served_on.between(since, until),
        table.c.state.not_in((*OUT, "草稿")), table.c.ended_on.is_(None),
    ]  # fmt: skip
    if volunteering_only:
        where.append(table.c.volunteering == 1)
    with desk.books.read() as conn:
        return int(conn.execute(select(func.coalesce(func.sum(table.c.minutes), 0)).where(*where)).scalar_one())
