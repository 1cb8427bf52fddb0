"""What the district's figures mean: each line of domain §8 with its words and the query of its rows.

People are counted distinct, by the keyed hash of the ID number where they came from other communities. A scope is a code: a
community (12 digits), a sub-district (ends in 000) or the district (ends in 000000). How they are counted: figures.py.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import Select, and_, case, func, literal, null, or_, select, union
from sqlalchemy.sql.elements import ColumnElement

from desktop.model.activity import Activity, Service
from desktop.model.checkin import CANCELLED, REPORTED, CheckIn
from desktop.model.inspection import Danger, Inspection
from desktop.model.opinion import LivelihoodProject, Opinion, ProjectSource
from desktop.model.person import Person
from desktop.model.place import Place
from desktop.store.tables import tag

COUNTED_SERVICE = ("已登记", "已确认", "已反馈")
OPEN, CLOSED = ("登记", "研判", "交办", "办理中"), ("办结", "反馈", "销号")
OUT = ("已合并", "撤回")
DONE_PROJECT = ("完成", "验收", "公示", "销号")
FIXED, UNFIXED = "合格销号", ("整改中", "上报移交")


@dataclass(frozen=True)
class Span:
    """The period of a report in one office: from the first to the last day, both counted; the last is the cut-off.

    `as_of` asks what has become by a later day of what the period brought: the closed of last month's opinions, today.
    """

    scope: str
    since: str
    until: str
    as_of: str = ""

    @property
    def cut_off(self) -> str:
        """The day whose states count."""
        return self.as_of or self.until


@dataclass(frozen=True)
class Line:
    """A figure as it is defined: its number in the district's list, its words, and the query of its rows.

    The query gives for each counted row: community, id, key (what is counted distinct), amount, place, campaign.
    """

    key: str
    label: str
    unit: str
    definition: str
    kind: str
    rows: Callable[[Span], Select[Any]]
    summed: bool = False  # the amounts are added up (hours) instead of counting distinct keys
    campaigns: bool = False
    of: str = ""  # the share of another figure, shown as a rate


def within(column: ColumnElement[str], scope: str) -> ColumnElement[bool]:
    """The rows of a scope, by the leading column of every index."""
    if scope.endswith("000000"):
        return column.between(scope[:6] + "000000", scope[:6] + "999999")
    if scope.endswith("000"):
        return column.between(scope[:9] + "000", scope[:9] + "999")
    return column == scope


def person_key() -> ColumnElement[str]:
    """What makes two rows one human being: the hash of the ID number, else the row itself."""
    table = Person.table()
    return case((table.c.id_number.is_not(None), table.c.id_number), else_=table.c.community + ":" + table.c.id)


def _shape(table: Any, *, key: Any = None, amount: Any = None, place: Any = None, campaign: Any = None) -> Select[Any]:
    return select(
        table.c.community.label("community"), table.c.id.label("id"),
        (key if key is not None else table.c.community + table.c.id).label("key"),
        (amount if amount is not None else literal(1)).label("amount"),
        (place if place is not None else null()).label("place"),
        (campaign if campaign is not None else null()).label("campaign"),
    )  # fmt: skip


def stood_reported(day: str) -> ColumnElement[bool]:
    """Reported by that day and not cancelled before its end; what was cancelled later stood there still."""
    table = CheckIn.table()
    later = and_(table.c.state == CANCELLED, table.c.state_on > day)
    return and_(table.c.reported_on <= day, or_(table.c.state.in_(REPORTED), later), table.c.ended_on.is_(None))


def _units(span: Span, *, new: bool = False, owed: bool = False) -> Select[Any]:
    table = CheckIn.table()
    stands = stood_reported(span.until)
    if owed:
        stands = or_(stands, and_(table.c.state == "待报到", table.c.ended_on.is_(None)))
    more = (table.c.reported_on >= span.since,) if new else ()
    return _shape(table, key=table.c.community + func.coalesce(table.c.employer, table.c.id)).where(
        within(table.c.community, span.scope), table.c.who == "单位党组织", stands, *more
    )


def _holders(span: Span, roles: tuple[str, ...]) -> Select[Any]:
    """People who hold one of these roles on the cut-off day."""
    table = Person.table()
    return _shape(table, key=person_key(), place=table.c.estate).where(
        within(table.c.community, span.scope), table.c.ended_on.is_(None), _holds(span, roles)
    )


def _holds(span: Span, roles: tuple[str, ...]) -> ColumnElement[bool]:
    table = Person.table()
    return (
        select(literal(1))
        .where(
            tag.c.community == table.c.community, tag.c.kind == "person", tag.c.field == "roles", tag.c.word.in_(roles),
            tag.c.record == table.c.id, tag.c.since <= span.until, or_(tag.c.until == "", tag.c.until >= span.until),
        )
        .exists()
    )  # fmt: skip


def _members_reported(span: Span) -> Select[Any]:
    table, report = Person.table(), CheckIn.table()
    return _holders(span, ("机关党员",)).where(
        select(literal(1)).where(
            report.c.community == table.c.community, report.c.person == table.c.id, stood_reported(span.until)
        ).exists()
    )  # fmt: skip


def _served(span: Span, roles: tuple[str, ...]) -> Select[Any]:
    """Holders of a role who served at least once in the period, with the campaign of what they did."""
    table, service, activity = Person.table(), Service.table(), Activity.table()
    joined = (
        table.join(service, and_(service.c.community == table.c.community, service.c.person == table.c.id))
        .outerjoin(activity, and_(activity.c.community == service.c.community, activity.c.id == service.c.activity))
    )  # fmt: skip
    return _shape(table, key=person_key(), place=table.c.estate, campaign=activity.c.campaign).select_from(joined).where(
        within(table.c.community, span.scope), table.c.ended_on.is_(None), _holds(span, roles),
        service.c.state.in_(COUNTED_SERVICE), service.c.ended_on.is_(None), service.c.served_on.between(span.since, span.until),
    )  # fmt: skip


def _front_line(span: Span) -> Select[Any]:
    """Rows 2 to 5 together, each human being once."""
    parts = union(
        _members_reported(span), _served(span, ("镇街干部",)), _holders(span, ("两委干部",)), _holders(span, ("基层干部",))
    ).subquery()  # fmt: skip
    return select(parts)


def _opinions(span: Span, *more: ColumnElement[bool]) -> Select[Any]:
    table = Opinion.table()
    return _shape(table, place=table.c.place, campaign=table.c.campaign).where(
        within(table.c.community, span.scope), table.c.ended_on.is_(None), table.c.heard_on.between(span.since, span.until), *more
    )


def _overdue_opinions(span: Span) -> Select[Any]:
    table = Opinion.table()
    left_later = and_(table.c.state.not_in(OPEN), func.coalesce(table.c.closed_on, table.c.state_on) > span.until)
    return _shape(table, place=table.c.place, campaign=table.c.campaign).where(
        within(table.c.community, span.scope), table.c.ended_on.is_(None), table.c.due_on < span.until,
        or_(table.c.state.in_(OPEN), left_later), table.c.heard_on <= span.until,
    )  # fmt: skip


def _projects(span: Span, *more: ColumnElement[bool]) -> Select[Any]:
    table = LivelihoodProject.table()
    return _shape(table, place=table.c.place, campaign=table.c.campaign).where(
        within(table.c.community, span.scope), table.c.ended_on.is_(None), table.c.state.in_(DONE_PROJECT),
        table.c.completed_on.between(span.since, span.until), *more,
    )  # fmt: skip


def _from_source(source: str, span: Span) -> Select[Any]:
    return _projects(span, LivelihoodProject.table().c.main_source == source)


def _has_opinion() -> ColumnElement[bool]:
    table, link = LivelihoodProject.table(), ProjectSource.table()
    return select(literal(1)).where(link.c.community == table.c.community, link.c.project == table.c.id, link.c.ended_on.is_(None)).exists()


def _activities(span: Span) -> Select[Any]:
    table = Activity.table()
    return _shape(table, place=table.c.place, campaign=table.c.campaign).where(
        within(table.c.community, span.scope), table.c.ended_on.is_(None), table.c.held_on.between(span.since, span.until)
    )


def _services(span: Span, *more: ColumnElement[bool], hours: bool = False) -> Select[Any]:
    table, activity = Service.table(), Activity.table()
    joined = table.outerjoin(activity, and_(activity.c.community == table.c.community, activity.c.id == table.c.activity))
    shaped = _shape(table, amount=table.c.minutes if hours else None, place=activity.c.place, campaign=activity.c.campaign)
    return shaped.select_from(joined).where(
        within(table.c.community, span.scope), table.c.ended_on.is_(None), table.c.state.in_(COUNTED_SERVICE),
        table.c.served_on.between(span.since, span.until), *more,
    )  # fmt: skip


def _inspected(span: Span) -> Select[Any]:
    """Places with a finished run in the period, with the campaign of the run."""
    table, run = Place.table(), Inspection.table()
    joined = table.join(run, and_(run.c.community == table.c.community, run.c.place == table.c.id))
    return _shape(table, place=table.c.id, campaign=run.c.campaign).select_from(joined).where(
        within(table.c.community, span.scope), table.c.ended_on.is_(None), run.c.ended_on.is_(None), run.c.state == "已完成",
        run.c.inspected_on.between(span.since, span.until),
    )  # fmt: skip


def _dangers(span: Span, *more: ColumnElement[bool]) -> Select[Any]:
    table = Danger.table()
    return _shape(table, place=table.c.place).where(
        within(table.c.community, span.scope), table.c.ended_on.is_(None), table.c.found_on.between(span.since, span.until), *more
    )


def _overdue_dangers(span: Span) -> Select[Any]:
    table = Danger.table()
    return _shape(table, place=table.c.place).where(
        within(table.c.community, span.scope), table.c.ended_on.is_(None), table.c.due_on < span.until,
        or_(table.c.state.in_(UNFIXED), and_(table.c.state == FIXED, table.c.fixed_on > span.until)), table.c.found_on <= span.until,
    )  # fmt: skip


_o, _d, _s = Opinion.table().c, Danger.table().c, Service.table().c

LINES: tuple[Line, ...] = (
    Line("1", "报到单位党组织", "家", "截止日在册（已报到、变更）的单位党组织，按单位去重", "check_in",
         _units),
    Line("1.new", "其中本期新报到", "家", "报到日期在本期内", "check_in", partial(_units, new=True)),
    Line("1.owed", "应报到单位党组织", "家", "在册与待报到合计", "check_in", partial(_units, owed=True)),
    Line("2", "机关党员", "人", "截止日具有机关党员身份并已报到的人，去重", "person", _members_reported),
    Line("3", "镇街干部", "人", "截止日具有镇街干部身份、本期至少服务一次的人，去重", "person",
         lambda span: _served(span, ("镇街干部",)), campaigns=True),
    Line("4", "“两委”干部", "人", "截止日具有两委干部身份的人，去重", "person", lambda span: _holders(span, ("两委干部",))),
    Line("5", "基层干部", "人", "截止日具有基层干部身份的人，去重", "person", lambda span: _holders(span, ("基层干部",))),
    Line("2-5", "四类人员去重合计", "人", "以上四类合并，同一人只计一次", "person", _front_line),
    Line("6", "意见建议收集", "条", "收集日期在本期内，不含并入他条和撤回的", "opinion",
         lambda span: _opinions(span, _o.state.not_in(OUT)), campaigns=True),
    Line("6.merged", "另有重复并入", "条", "收集日期在本期内，已并入他条", "opinion",
         lambda span: _opinions(span, _o.state == "已合并")),
    Line("7", "意见建议办结", "条", "本期收集的意见中截止日已办结、反馈或销号的", "opinion",
         lambda span: _opinions(span, _o.state.in_(CLOSED), func.coalesce(_o.closed_on, _o.heard_on) <= span.cut_off),
         campaigns=True, of="6"),
    Line("7.overdue", "意见建议逾期", "条", "截止日已过办理期限仍未办结", "opinion", _overdue_opinions),
    Line("8", "民生实事完成", "件", "完成日期在本期内，状态为完成、验收、公示或销号", "livelihood_project", _projects, campaigns=True),
    Line("8.opinion", "其中有来源意见", "件", "至少关联一条意见建议", "livelihood_project",
         lambda span: _projects(span, _has_opinion()), of="8"),
    Line("8.none", "其中无来源意见", "件", "没有关联意见建议，来自会议、检查、协议或上级交办", "livelihood_project",
         lambda span: _projects(span, ~_has_opinion()), of="8"),
    *(
        Line(f"8.{source}", f"主要来源：{source}", "件", "按主要来源分，各项相加等于完成总数", "livelihood_project",
             partial(_from_source, source), of="8")
        for source in ("意见建议", "会议", "检查", "共建协议", "上级交办")
    ),
    Line("14", "服务活动", "场", "活动日期在本期内", "activity", _activities, campaigns=True),
    Line("14.times", "服务人次", "人次", "本期服务记录（已登记、已确认、已反馈），一人一次计一", "service", _services, campaigns=True),
    Line("14.minutes", "服务时长", "小时", "本期服务记录时长合计", "service",
         lambda span: _services(span, hours=True), summed=True, campaigns=True),
    Line("14.volunteer", "其中志愿服务时长", "小时", "只计“计入志愿服务”的记录", "service",
         lambda span: _services(span, _s.volunteering == 1, hours=True), summed=True, campaigns=True, of="14.minutes"),
    Line("25", "检查场所", "处", "本期完成检查的场所，去重", "place", _inspected, campaigns=True),
    Line("25.found", "发现隐患", "处", "发现日期在本期内", "danger", _dangers),
    Line("25.fixed", "其中已整改", "处", "本期发现的隐患中截止日已合格销号的", "danger",
         lambda span: _dangers(span, _d.state == FIXED, func.coalesce(_d.fixed_on, _d.found_on) <= span.cut_off), of="25.found"),
    Line("25.major", "其中重大隐患", "处", "等级为重大", "danger", lambda span: _dangers(span, _d.level == "重大"), of="25.found"),
    Line("25.overdue", "逾期未改隐患", "处", "截止日已过限期仍未合格", "danger", _overdue_dangers),
)  # fmt: skip


def line(key: str) -> Line:
    """The definition of a figure; KeyError when there is none."""
    for one in LINES:
        if one.key == key:
            return one
    raise KeyError(key)
