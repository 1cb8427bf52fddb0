"""An import becomes true in one transaction, and can be undone as a whole for seven days.

A run is named by the stamp of its changes, so that the journal itself knows what belonged to it.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from desktop.exchange.fates import EACH, DryRun, Fate, Line, Progress
from desktop.exchange.links import Missing, make_missing
from desktop.exchange.mapping import heads_of
from desktop.model import days
from desktop.model.contents import RECORD_TYPES, record_type
from desktop.model.errors import Refusal
from desktop.model.keeping import Setting
from desktop.model.kinds import Value
from desktop.model.language import _
from desktop.model.record import Record
from desktop.office import records
from desktop.office.desk import Desk
from desktop.office.entering import enter_many
from desktop.office.undoing import changes_of, living, put_back
from desktop.store.work import WHOLE, Work

DEED = "record.import"
UNDO_DAYS = 7


@dataclass(frozen=True)
class ImportDone:
    """What an import did; `run` names it for 撤销本次导入."""

    run: str
    added: int
    changed: int
    same: int
    refused: int
    undecided: int
    made: int  # units and places that were missing


@dataclass(frozen=True)
class Undone:
    """What undoing did; `kept` are the titles of what was changed or used since, and stays."""

    ended: int
    restored: int
    kept: tuple[str, ...]


def run_import(desk: Desk, record: type[Record], dry_run: DryRun, progress: Progress | None = None) -> ImportDone:
    """Everything that the dry run accepted is on the books, or nothing is. Raises what `progress` raises to stop."""
    adding, changing = dry_run.of(Fate.NEW), dry_run.of(Fate.UPDATE)
    if not adding and not changing:
        raise Refusal(_("没有可导入的行"), record=dry_run.sheet.name, todo=_("先看退回的原因"))
    desk.require(f"{record.__tablename__}.add")
    with desk.deed(DEED) as work:
        made = make_missing(work, [what for line in adding + changing for _field, what in line.missing])
        total = len(adding) + len(changing)
        for begin in range(0, len(adding), EACH):
            tell(progress, begin, total)
            enter_many(work, desk, record, [values_of(line, made) for line in adding[begin : begin + EACH]])
        for number, line in enumerate(changing, start=len(adding)):
            if number % EACH == 0:
                tell(progress, number, total)
            new = {field: value for field, _old, value in line.changes}
            work.change(record, line.key, line.version, **new, **{field: made[what] for field, what in line.missing})
        remember(work, record, dry_run)
        sitting, tick = work.stamp
        run = f"{sitting}-{tick}"
        done = ImportDone(
            run, len(adding), len(changing), dry_run.count(Fate.SAME), dry_run.count(Fate.REFUSED), dry_run.count(Fate.SUSPECTED), len(made)
        )
        words = "导入 {run}：{sheet} 新增{added} 更新{changed} 相同{same} 退回{refused} 未定{undecided}"
        work.remark(words.format(sheet=dry_run.sheet.name, **vars(done)))
        tell(progress, total, total)
    return done


def tell(progress: Progress | None, done: int, total: int) -> None:
    """Say how far it is; whoever listens may raise to stop."""
    if progress is not None:
        progress(done, total)


def values_of(line: Line, made: Mapping[Missing, str]) -> dict[str, Value]:
    """The values of a new record, its links to what was made just now among them."""
    return {**line.values, **{field: made[what] for field, what in line.missing}}


def remembered(desk: Desk, record: type[Record]) -> dict[str, str]:
    """Head → field key, as this office chose in earlier imports."""
    for row in desk.rows(Setting, key=setting_key(record)):
        kept = json.loads(str(row["value"] or "{}"))
        return {head: key for head, key in kept.items() if key in record.fields()}
    return {}


def remember(work: Work, record: type[Record], dry_run: DryRun) -> None:
    """The heads of this file and the fields they were given, for next time."""
    proposal = dry_run.proposal
    heads = heads_of(dry_run.sheet, proposal.head_row) if proposal.head_row else {}
    chosen = {heads[column]: key for column, key in proposal.columns.items() if column in heads}
    for row in work.rows(Setting, key=setting_key(record)):
        kept = json.loads(str(row["value"] or "{}"))
        work.change(Setting, row["id"], value=fitting({**{head: key for head, key in kept.items() if head not in chosen}, **chosen}))
        return
    if chosen:
        work.add(Setting, key=setting_key(record), value=fitting(chosen))


def fitting(chosen: Mapping[str, str]) -> str:
    """As JSON, the newest heads first to stay where a setting has no room for all."""
    items = list(chosen.items())
    while len(text := json.dumps(dict(items), ensure_ascii=False, separators=(",", ":"))) > 4000:
        items.pop(0)
    return text


def setting_key(record: type[Record]) -> str:
    """Under which setting the heads of a record type are remembered."""
    return f"import.{record.__tablename__}"


def undo_import(desk: Desk, run: str, progress: Progress | None = None) -> Undone:
    """What the run added is in the bin and what it changed is as before, except what was touched or is used since."""
    sitting, _dash, tick = run.rpartition("-")
    with desk.deed("record.undo_import") as work:
        events = changes_of(work, sitting, int(tick) if tick.isdigit() else 0, DEED)
        if not events:
            raise Refusal(_("找不到这次导入"), record=run)
        if days.between(events[0]["at"][:10], desk.today) > UNDO_DAYS:
            raise Refusal(_("导入已过 {days} 天，不能整批撤销").format(days=UNDO_DAYS), todo=_("逐条改正，或移入回收站"))
        restored, later = put_back(work, [event for event in events if event["field"] != WHOLE], sitting, int(tick))
        added = {(event["kind"], event["record"]) for event in events if event["field"] == WHOLE}
        ours = {key: row for key, row in living(work, added).items() if (row["sitting"], row["tick"]) == (sitting, int(tick))}
        free = unused(work, set(ours))
        for number, (kind, key) in enumerate(sorted(free)):
            tell(progress if number % EACH == 0 else None, number, len(free))
            work.end(record_type(kind), key, on=desk.today, because=records.UNDONE)
        kept = [record_type(kind).called(row) for (kind, key), row in living(work, added - free).items()]
        work.remark(f"撤销导入 {run}：移入回收站{len(free)} 退回改动{restored} 未动{len(kept) + len(later)}")
    return Undone(len(free), restored, tuple(kept + later))


def unused(work: Work, ours: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Those that no record points to, except one that goes as well."""
    pointing = list(pointers(work, ours))
    free = set(ours)
    while True:
        held = {pointed for one, pointed in pointing if one not in free and pointed in free}
        if not held:
            return free
        free -= held


def pointers(work: Work, ours: set[tuple[str, str]]) -> Iterable[tuple[tuple[str, str], tuple[str, str]]]:
    """(who points, to whom) for every link of a living record to one of ours."""
    for record in RECORD_TYPES:
        table = record.table()
        for field, kind in record.links().items():
            ids = sorted(key for one, key in ours if one == kind)
            for begin in range(0, len(ids), EACH):
                where = (table.c.community == work.community, table.c[field].in_(ids[begin : begin + EACH]), table.c.ended_on.is_(None))
                for pointer, pointed in work.conn.execute(select(table.c.id, table.c[field]).where(*where)):
                    yield (record.__tablename__, pointer), (kind, pointed)
