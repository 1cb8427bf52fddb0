"""What the form of any record type calls: the deed that enters it, the one that corrects it, what is filled in, who is alike.

The contents page of entry: a record type without a line here is added by its definition alone (`records.add`).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from desktop.model.checkin import CANCELLED, CheckIn
from desktop.model.errors import Mistake, Refusal
from desktop.model.inspection import Inspection
from desktop.model.kinds import Value
from desktop.model.language import _
from desktop.model.opinion import Opinion
from desktop.model.person import Person
from desktop.model.record import Record
from desktop.office import people, records
from desktop.office.checkins import enter_check_in
from desktop.office.desk import Desk
from desktop.office.inspections import start_inspection
from desktop.office.opinions import enter_opinion, shorten
from desktop.office.people import TAIL
from desktop.store.page import link_titles
from desktop.store.work import Row, Work

IDENTIFYING = ("name", "id_number", "born", "phone")  # what makes two records look like one; when it changes they are compared anew


@dataclass(frozen=True)
class Filled:
    """What is known without asking: values, a word under a field, and which words are doubts."""

    values: dict[str, Value] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    doubtful: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Alike:
    """A record that may be the same one: its name, what else tells who that is, and what is the same and what is not."""

    id: str
    title: str
    about: str
    lines: tuple[str, ...]
    why: str


def beginning(desk: Desk, record: type[Record]) -> dict[str, Value]:
    """What a new record of this type has before anybody types: today's day, and what was the same last time."""
    begun: dict[str, Value] = dict.fromkeys(record.begins_today, desk.today)
    last = last_entered(desk, record) if record.begins_as_last else None
    return begun | ({key: last[key] for key in record.begins_as_last} if last is not None else {})


def complete(record: type[Record], values: Mapping[str, Value], today: str) -> Filled:
    """What the values already say about other fields."""
    if record is Opinion and values.get("text"):
        return Filled({"title": shorten(str(values["text"]))})
    if record is not Person or not values.get("id_number"):
        return Filled()
    try:
        done, warnings = people.complete(values, today)
    except Refusal as refusal:
        return Filled(words={"id_number": refusal.what}, doubtful=frozenset({"id_number"}))
    filled = {key: done[key] for key in ("sex", "born")}
    if warnings:
        return Filled(filled, {"id_number": "；".join(warnings)}, frozenset({"id_number"}))
    return Filled(filled, {"id_number": _("校验正确，已填好性别和出生日期")})


def alike(desk: Desk, record: type[Record], values: Mapping[str, Value], *, but: str = "") -> list[Alike]:
    """Living records that may be the same one."""
    if record is not Person or not values.get("name"):
        return []
    found = people.alike(desk, {**values, "id": but})
    with desk.books.read() as conn:
        names = link_titles(conn, desk.community, Person, found, only=("employer", "estate"))
    return [_alike(desk, values, row, names) for row in found]


def _alike(desk: Desk, values: Mapping[str, Value], row: Row, names: Mapping[str, str]) -> Alike:
    def shown(key: str) -> str:
        spec = Person.fields()[key]
        return spec.mask(row[key]) if spec.sensitive else spec.kind.show(row[key])

    where = " · ".join(names[row[key]] for key in ("employer", "estate") if row[key] in names)
    lines = (shown("id_number") or shown("phone"), where, _report_of(desk, row["id"]))
    about = " · ".join(filter(None, (shown("sex").removesuffix("性"), shown("born"))))
    return Alike(row["id"], Person.called(row), about, tuple(filter(None, lines)), _why(values, row))


def _report_of(desk: Desk, person: str) -> str:
    """When that person last reported here, and when that ended."""
    reports = [row for row in desk.rows(CheckIn, person=person) if row["reported_on"]]
    if not reports:
        return ""
    last = max(reports, key=lambda row: str(row["reported_on"]))
    words = _("{day} 报到").format(day=last["reported_on"][:7])
    if last["state"] != CANCELLED:
        return words
    ended = _("，{day} 注销").format(day=(last["state_on"] or "")[:7])
    return words + ended + (f"（{_(last['cancelled_because'])}）" if last["cancelled_because"] else "")


def _why(values: Mapping[str, Value], row: Row) -> str:
    """同名同生日，证件号码末 4 位不同."""
    words = {"name": _("同名"), "born": _("同生日"), "phone": _("同手机"), "id_number": _("同证件号码")}
    same = "".join(word for key, word in words.items() if values.get(key) is not None and values[key] == row[key])
    typed, kept = str(values.get("id_number") or ""), str(row["id_number"] or "")
    if not typed or not kept or typed == kept:
        return same
    near = typed[:-TAIL] == kept[:-TAIL]
    return "，".join(filter(None, (same, _("证件号码末 4 位不同") if near else _("证件号码不同"))))


def _check_in(work: Work, _desk: Desk, values: dict[str, Any]) -> str:
    return enter_check_in(work, **values)


def _hear(work: Work, desk: Desk, values: dict[str, Any]) -> str:
    return enter_opinion(work, desk, **values)


# Record types whose entry does more than write a row; forms and imports both come through here.
IN_DEEDS: dict[type[Record], tuple[str, Callable[[Work, Desk, dict[str, Any]], str]]] = {
    CheckIn: ("checkin.check_in", _check_in),
    Opinion: ("opinion.register", _hear),
}


def _enter_inspection(desk: Desk, values: dict[str, Any]) -> str:
    return start_inspection(desk, **{key: value for key, value in values.items() if value is not None})


def enter(desk: Desk, record: type[Record], values: Mapping[str, Value]) -> str:
    """The record is on the books by the deed that its type wants; its id."""
    must = [key for key, spec in record.fields().items() if spec.required and spec.on_form]
    missing = [Mistake(key, _("必填")) for key in must if values.get(key) is None]
    record.refuse_mistakes(missing)
    if record is Inspection:
        return _enter_inspection(desk, dict(values))
    if record in IN_DEEDS:
        deed, add = IN_DEEDS[record]
        with desk.deed(deed) as work:
            return add(work, desk, dict(values))
    done = people.complete(values, desk.today)[0] if record is Person else values
    return records.add(desk, record, **done)


def enter_many(work: Work, desk: Desk, record: type[Record], many: Sequence[Mapping[str, Value]]) -> list[str]:
    """Many records inside one deed, each as its type wants it: the rows of an import."""
    if record in IN_DEEDS:
        return [IN_DEEDS[record][1](work, desk, dict(values)) for values in many]
    return work.add_many(record, many)


def may_enter_many(desk: Desk, record: type[Record]) -> bool:
    """Whether the person here may bring in many records of this type at once, in the community that keeps them."""
    return desk.may_on(record, "add") and desk.may("record.import")


def correct(desk: Desk, record: type[Record], key: str, version: int, values: Mapping[str, Value]) -> str:
    """The record has these values; Refusal when somebody changed it since it was opened."""
    records.correct(desk, record, key, version, **values)
    return key


def last_entered(desk: Desk, record: type[Record]) -> Row | None:
    """The record of this type that was entered last."""
    table = record.table()
    query = select(table).where(table.c.community == desk.community, table.c.ended_on.is_(None))
    with desk.books.read() as conn:
        return conn.execute(query.order_by(table.c.id.desc()).limit(1)).mappings().first()
