"""One community's year written into an open, empty ledger: most of it in one entry a month, the stories through the real deeds.

Rows come in bulk and in the state in which the day `until` finds them; serials are given in the order of the days. A story's
steps stand between them at their own hour, so that its numbers and its diary are those of an office that lived through it.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert as upsert

from desktop.demo.world import BINHAI, FIRST_DAY, LAST_DAY, SHOWN, XINLIN, CommunityPlan
from desktop.demo.world_fire import fire_story
from desktop.demo.world_opinions import opinions_and_projects
from desktop.demo.world_people import settle
from desktop.demo.world_rows import Entry, Pending, Sheaf
from desktop.demo.world_saltworks import saltworks_story
from desktop.demo.world_story import Stage, Step
from desktop.demo.world_streets import streets_story
from desktop.demo.world_work import activities, campaigns, checklist, inspections
from desktop.model import days
from desktop.model.contents import RECORD_TYPES
from desktop.model.place import Place
from desktop.office.desk import Desk
from desktop.store.tables import counter
from desktop.store.work import Work

YEAR_END = f"{LAST_DAY}T18:00:00"
MORNING, EVENING = "T08:40:00", "T17:30:00"

Progress = Callable[[int, int], None]  # (steps done, steps in all)


def fill(desk: Desk, plan: CommunityPlan, progress: Progress | None = None, *, until: str = YEAR_END) -> None:
    """The ledger holds the community's year up to the hour `until`; the desk's clock stands at that hour from now on."""
    root = desk.rows(Place, kind="社区")[0]["id"]
    sheaf = Sheaf(until[:10])
    town = settle(plan, sheaf, root)
    tags = campaigns(sheaf)
    template, items = checklist(sheaf)
    activities(plan, sheaf, town, tags)
    opinions_and_projects(plan, sheaf, town, tags)
    inspections(plan, sheaf, town, template, items)
    stage = Stage(desk, plan, town, sheaf, tags, template, items)
    steps = [step for step in _story(stage) if step.at <= until]
    agenda = sorted([*_evenings(plan, until), *steps], key=lambda step: step.at)
    waiting = sheaf.by_day()
    with _acting(desk, until):
        _open_year(desk, plan, root)
        for done, step in enumerate(agenda, 1):
            desk.clock = step.clock
            due = [entry for entry in waiting if entry.day <= step.at[:10]]
            if due:
                _write(desk, due)
                waiting = waiting[len(due) :]
            step.do()
            if progress:
                progress(done, len(agenda))


def _story(stage: Stage) -> list[Step]:
    if stage.plan.code == BINHAI:
        return [*saltworks_story(stage), *streets_story(stage), *fire_story(stage, "海滨路")]
    return fire_story(stage, "新港路") if stage.plan.code == XINLIN else []


@contextmanager
def _acting(desk: Desk, until: str) -> Iterator[None]:
    """Hours and hands change while the year is lived through; then it is the hour `until`, and whoever sat here sits here."""
    who = desk.who
    try:
        yield
    finally:
        desk.who, desk.clock = who, lambda: until


def _evenings(plan: CommunityPlan, until: str) -> list[Step]:
    """The evenings on which work is entered, and the hour at which the ledger is left.

    A community whose story is told enters each month; the others a whole quarter at its end, because the price of an entry is
    its commit and its statements, and there are 97 of them.
    """
    months = range(1, 13) if plan.code in SHOWN else range(3, 13, 3)
    evenings = [days.month_bounds(f"{FIRST_DAY[:4]}-{month:02d}")[1] + EVENING for month in months]
    at = [FIRST_DAY + EVENING, *(evening for evening in evenings if evening < until), until]
    return [Step(one, _nothing_more) for one in at]


def _nothing_more() -> None:
    """The rows of the day are all that is done on such an evening."""


def _open_year(desk: Desk, plan: CommunityPlan, root: str) -> None:
    """The community itself has its area kind."""
    desk.clock = lambda: FIRST_DAY + MORNING
    with desk.deed("place.correct") as work:
        work.change(Place, root, area_kinds=f"{plan.area} {FIRST_DAY}~", address=f"{plan.town}{plan.name}")


def _write(desk: Desk, entries: Sequence[Entry]) -> None:
    """These rows are in the ledger, in one deed."""
    with desk.deed("record.import") as work:
        work.remark("演练数据")
        given = _numbers(work, entries)
        order = {record: at for at, record in enumerate(RECORD_TYPES)}
        rows = sorted(enumerate(entries), key=lambda one: order[one[1].record])
        for record, some in groupby(rows, key=lambda one: one[1].record):
            work.add_many(record, [
                {key: given[at, key] if isinstance(value, Pending) else value for key, value in entry.values.items()}
                for at, entry in some
            ])  # fmt: skip


def _numbers(work: Work, entries: Sequence[Entry]) -> dict[tuple[int, str], str]:
    """(row, field) → serial. The counter is moved once for a whole month: asking for each number takes longer than the rows."""
    wanted: dict[str, list[tuple[str, int, str]]] = {}
    for at, entry in enumerate(entries):
        for key, value in entry.values.items():
            if isinstance(value, Pending):
                wanted.setdefault(value.series, []).append((value.day, at, key))
    given: dict[tuple[int, str], str] = {}
    year = f"-{FIRST_DAY[:4]}"
    query = select(counter.c.series, counter.c.last).where(
        counter.c.community == work.community, counter.c.series.in_([one + year for one in wanted])
    )
    last = {row.series: row.last for row in work.conn.execute(query)}
    moved = []
    for prefix, places in wanted.items():
        begin = last.get(prefix + year, 0)
        for number, (day, at, key) in enumerate(sorted(places), begin + 1):
            given[at, key] = f"{prefix}-{day[2:4]}{day[5:7]}{day[8:]}-{number:04d}"
        moved.append({"community": work.community, "series": prefix + year, "last": begin + len(places)})
    if moved:
        new = upsert(counter)
        work.conn.execute(new.on_conflict_do_update(index_elements=["community", "series"], set_={"last": new.excluded.last}), moved)
    return given
