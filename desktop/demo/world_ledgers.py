"""Whole ledgers of the invented district: the rehearsal community for a first look and for tests, and all 99 of them.

The founder's password is written here and in the manual, because there is nothing to guard: everybody in these ledgers is invented.
"""

from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from sqlalchemy import insert

from desktop.demo.world import BINHAI, FIRST_DAY, YEAR, CommunityPlan, plan
from desktop.demo.world_fill import YEAR_END, Progress, fill
from desktop.model.keeping import User
from desktop.model.roles import Role
from desktop.office.desk import Desk
from desktop.office.ledgers import add_user, found_office, sign_in
from desktop.store.key import Cost
from desktop.store.tables import meta
from desktop.store.troubles import LEDGER

PASSWORD = "lianxin2021"
REHEARSAL = "演练社区"
REHEARSAL_HOUR = "2021-11-24T09:41:00"
FOUNDER, LOGIN = "黄海澜", "huanghailan"
CLERK = "zhoumin"
# Everybody who may open the rehearsal ledger, the founder aside
USERS = (
    ("周敏", CLERK, Role.CLERK, "社区工作者"),
    ("林若溪", "linruoxi", Role.REVIEWER, "网格员"),
    ("方立言", "fangliyan", Role.READER, "区委组织部"),
)
DISTRICT_LOGIN = "shuji"  # the one user of each of the 99
CHEAP = Cost(8, 1, 1)
OPENED = f"{FIRST_DAY}T08:30:00"


def rehearsal(
    folder: Path, *, at: str = REHEARSAL_HOUR, login: str = CLERK, name: str = REHEARSAL, code: str = BINHAI, seed: int = YEAR,
    cost: Cost | None = None, progress: Progress | None = None,
) -> Desk:  # fmt: skip
    """A new ledger with one community's year up to the hour `at`, open, with the user of this login at its desk.

    The file remembers under `rehearsal` at which hour it stands (`desk.books.fact("rehearsal")`), so that whoever opens it later
    can let the day stand still there.
    """
    desk, _recovery = found_office(
        folder, community=code, name=name, admin=FOUNDER, login=LOGIN, password=PASSWORD, post="社区党委书记", now=lambda: OPENED, cost=cost
    )
    try:
        with desk.books.ledger.write() as conn:
            conn.execute(insert(meta), {"key": "rehearsal", "value": at})
        for user, its_login, role, post in USERS:
            add_user(desk, name=user, login=its_login, password=PASSWORD, role=role, post=post)
        fill(desk, plan(seed).of(code), progress, until=at)
        row = next(row for row in desk.rows(User) if row["login"] == login)
    except BaseException:
        desk.books.ledger.close()
        raise
    desk.who = replace(desk.who, id=row["id"], name=row["name"], login=login, role=Role(row["role"]))
    return desk


def open_rehearsal(folder: Path, progress: Progress | None = None) -> Desk:
    """The rehearsal ledger in this folder, made on first use, with its 管理 at the desk: everything can be tried."""
    if (folder / LEDGER).exists():
        return sign_in(folder, LOGIN, PASSWORD)
    return rehearsal(folder, login=LOGIN, progress=progress)


def community_ledger(folder: Path, one: CommunityPlan, *, until: str = YEAR_END) -> Desk:
    """One of the 99, founded and filled, open; its one user is `shuji`."""
    desk, _recovery = found_office(
        folder, community=one.code, admin=FOUNDER, login=DISTRICT_LOGIN, password=PASSWORD, post="书记", now=lambda: OPENED, cost=CHEAP
    )
    try:
        fill(desk, one, until=until)
    except BaseException:
        desk.books.ledger.close()
        raise
    return desk


def district_ledgers(
    folder: Path, seed: int = YEAR, workers: int = 2, progress: Progress | None = None, *, only: tuple[str, ...] = ()
) -> list[Path]:
    """All 99 ledgers (or those of some codes), each in a folder named by its code, closed; in the order of the codes."""
    chosen = [one for one in plan(seed).communities if not only or one.code in only]
    # The fullest first, so that no process is left alone with one of them at the end.
    waiting = sorted(chosen, key=lambda one: -(one.opinions + one.residents))
    build = partial(_build, folder)
    if workers < 2:
        _count(map(build, waiting), len(waiting), progress)
    else:
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            _count(pool.map(build, waiting), len(waiting), progress)
    return [folder / one.code for one in chosen]


def _build(folder: Path, one: CommunityPlan) -> str:
    community_ledger(folder / one.code, one).books.ledger.close()
    return one.code


def _count(built: Iterable[str], total: int, progress: Progress | None) -> None:
    for done, _code in enumerate(built, 1):
        if progress:
            progress(done, total)
