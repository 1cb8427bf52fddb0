"""成批修改: one field of many records gets another value, listed before it is done, kept in one transaction, undone as one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import select

from desktop.model.errors import Refusal
from desktop.model.field import Field
from desktop.model.kinds import Value
from desktop.model.kinds.records import Link
from desktop.model.kinds.tags import Periods, Tags
from desktop.model.language import _
from desktop.model.record import Record
from desktop.office.desk import Desk
from desktop.office.undoing import changes_of, put_back
from desktop.store.page import link_titles, titles
from desktop.store.work import Row

AT_ONCE = 500


class How(StrEnum):
    """What is done with the field."""

    SET = "set"
    ADD = "add"
    DROP = "drop"
    CLEAR = "clear"


@dataclass(frozen=True)
class Change:
    """One field and what it is to say; for a set of words their list."""

    field: str
    how: How
    value: Value = None
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Planned:
    """What would become of one record: its words before and after, or why it stays as it is."""

    id: str
    title: str
    version: int = 0
    old: Value = None
    new: Value = None
    before: str = ""
    after: str = ""
    why_not: str = ""

    @property
    def changes(self) -> bool:
        """The record would be another one."""
        return not self.why_not and self.old != self.new


@dataclass(frozen=True)
class Changed:
    """What was done; `run` names it for 撤销."""

    run: str
    count: int


@dataclass(frozen=True)
class TakenBack:
    """What undoing did; `kept` are the titles of those that somebody changed since."""

    restored: int
    kept: tuple[str, ...]


def changeable(desk: Desk, record: type[Record]) -> list[Field]:
    """The fields that many records may be given at once: typed, seen by all, and not what tells one record from another."""
    specs = [spec for specs in record.groups().values() for spec in specs]
    return [spec for spec in specs if not (spec.unique or spec.sensitive or spec.key in record.named_by) and desk.sees(spec)]


def ways(spec: Field) -> list[How]:
    """What may be done with a field: a set of words takes words one by one, what must be filled is not emptied."""
    found = [How.SET]
    if isinstance(spec.kind, Tags) and not (isinstance(spec.kind, Periods) and spec.kind.exclusive):
        found = [How.ADD, How.DROP, How.SET]
    return found if spec.required else [*found, How.CLEAR]


def plan(desk: Desk, record: type[Record], keys: Sequence[str], change: Change) -> list[Planned]:
    """What would become of each of these records, in their order; nothing is changed yet."""
    spec = allowed(desk, record, change)
    table = record.table()
    found: dict[str, Row] = {}
    with desk.books.read() as conn:
        for begin in range(0, len(keys), AT_ONCE):
            where = (table.c.community == desk.community, table.c.id.in_(keys[begin : begin + AT_ONCE]))
            found |= {row["id"]: row for row in conn.execute(select(table).where(*where)).mappings()}
        called = titles(conn, desk.community, record.__tablename__, list(found))
        rows = [_planned(desk, record, spec, change, row, called.get(key, "")) for key, row in found.items()]
        ends = [{**dict.fromkeys(record.links()), spec.key: value} for one in rows for value in (one.old, one.new)]
        linked = link_titles(conn, desk.community, record, ends, only=(spec.key,)) if spec.key in record.links() else {}
    by_id = {one.id: one for one in rows}
    gone = _("找不到这条记录，可能已被清除")
    return [_worded(spec, by_id[key], linked) if key in by_id else Planned(key, key[:8], why_not=gone) for key in keys]


def allowed(desk: Desk, record: type[Record], change: Change) -> Field:
    """The field, if it may be changed for many in this way."""
    spec = next((one for one in changeable(desk, record) if one.key == change.field), None)
    if spec is None or change.how not in ways(spec):
        raise Refusal(_("这一项不能成批修改"), record=_(record.label), todo=_("逐条修改"))
    if change.how is How.SET and change.value is None and not change.words:
        raise Refusal(_("还没填新的内容"), record=_(spec.label), todo=_("填好再看清单；要去掉内容就选“清空”"))
    return spec


def _planned(desk: Desk, record: type[Record], spec: Field, change: Change, row: Row, title: str) -> Planned:
    old: Value = row[spec.key]
    if row["ended_on"]:
        return Planned(row["id"], title, row["version"], old, old, why_not=_("已在回收站"))
    new = value_after(spec, old, change, desk.today)
    if new is None and spec.required:
        return Planned(row["id"], title, row["version"], old, new, why_not=_("必填，不能去掉最后一个"))
    mistakes = [one for one in record.mistakes({**row, spec.key: new}) if one.field == spec.key] if new != old else []
    return Planned(row["id"], title, row["version"], old, new, why_not=mistakes[0].why if mistakes else "")


def value_after(spec: Field, old: Value, change: Change, today: str) -> Value:
    """What the field would say."""
    if change.how is How.CLEAR:
        return spec.kind.hold(old, (), today) if isinstance(spec.kind, Periods) else None
    if not isinstance(spec.kind, Tags):
        return change.value
    now = spec.kind.split(old)
    words = {
        How.ADD: [*now, *change.words],
        How.DROP: [word for word in now if word not in change.words],
        How.SET: list(change.words),
    }[change.how]
    if isinstance(spec.kind, Periods):
        after = spec.kind.hold(old, words, today)
        return after if spec.kind.split(after) or not spec.required else None
    return spec.kind.join(words)


def _worded(spec: Field, one: Planned, linked: Mapping[str, str]) -> Planned:
    def words(value: Value) -> str:
        return linked.get(str(value), "") if isinstance(spec.kind, Link) and value else spec.mask(value)

    return Planned(one.id, one.title, one.version, one.old, one.new, words(one.old), words(one.new), one.why_not)


def change_many(desk: Desk, record: type[Record], change: Change, planned: Sequence[Planned]) -> Changed:
    """The records of the list that change have the new values, or none has; Refusal when one was changed since it was listed."""
    allowed(desk, record, change)
    changing = [one for one in planned if one.changes]
    if not changing:
        raise Refusal(_("没有要改的"), record=_(record.label), todo=_("换一项，或填别的内容"))
    with desk.deed(f"{record.__tablename__}.correct") as work:
        for one in changing:
            values: dict[str, Any] = {change.field: one.new}
            work.change(record, one.id, one.version, **values)
        sitting, tick = work.stamp
        run = f"{sitting}-{tick}"
        work.remark(f"成批修改 {run}：{record.fields()[change.field].label} {len(changing)}{record.unit}")
    return Changed(run, len(changing))


def take_back_change(desk: Desk, record: type[Record], run: str) -> TakenBack:
    """Every record that the change touched and nobody since is as it was before it."""
    sitting, _dash, tick = run.rpartition("-")
    deed = f"{record.__tablename__}.correct"
    with desk.deed(f"{record.__tablename__}.revert") as work:
        events = changes_of(work, sitting, int(tick) if tick.isdigit() else 0, deed)
        if not events:
            raise Refusal(_("找不到这次修改"), record=run)
        restored, kept = put_back(work, events, sitting, int(tick))
        work.remark(f"撤销成批修改 {run}：退回{restored} 未动{len(kept)}")
    return TakenBack(restored, tuple(kept))
