"""The ledgers behind the pictures of every page: one community's year, a half-done inspection, a district that a few communities report to.

Built once for all pages. The story of the sticks is picture 07's: the third batch came before the second, so the district misses one.
"""

from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from shutil import copy2, copytree

from desktop.demo.world import BINHAI, XINLIN, plan
from desktop.demo.world_ledgers import CHEAP, DISTRICT_LOGIN, LOGIN, PASSWORD, community_ledger, rehearsal
from desktop.model.codes import DISTRICT
from desktop.model.courier import Batch
from desktop.model.keeping import User
from desktop.model.person import Person
from desktop.model.roles import Role
from desktop.office import backups, records
from desktop.office.desk import Desk
from desktop.office.ledgers import found_office, open_desk
from desktop.office.settings import choose
from desktop.store.work import Row
from desktop.sync import offices, standing
from desktop.sync.merging import merge
from desktop.sync.receipts import read_receipt, write_receipt
from desktop.sync.sending import hand_over, write_batch
from desktop.sync.stick import list_stick

DAYS = ("2021-11-03", "2021-11-10", "2021-11-17", "2021-11-24")
LATE = "2021-11-24T09:41:00"
NEIGHBOURS = ("441502102216", "441502102203", "441502103202", "441502007204")  # the smallest of their streets
A_WEEK = 41  # people whose post is corrected between two batches
POSTS = (("副股长", "股长"), ("科员", "一级科员"), ("网格员", "网格长"))  # what the copy says, and what had gone up before
SILENT = NEIGHBOURS[-1]  # is enrolled and has not sent anything yet


@dataclass
class Clock:
    """One clock for all the offices of the pictures."""

    hour: str = LATE

    def __call__(self) -> str:
        return self.hour


@dataclass
class Ground:
    """What the pages are shown from; `close` lets every ledger go."""

    folder: Path
    clerk: Desk
    secretary: Desk  # the same ledger with its 管理 at it
    fire: Desk
    torn: Desk = field(init=False)  # a neighbour whose computer was set back to an older copy: two values stand against each other
    district: Desk
    clock: Clock
    others: list[Desk] = field(default_factory=list)

    @property
    def stick(self) -> Path:
        """The stick that goes between community and district."""
        return self.folder / "U盘"

    def close(self) -> None:
        """Every ledger is closed."""
        for desk in (self.clerk, self.fire, self.torn, self.district, *self.others):
            desk.books.ledger.close()


def lay_ground(folder: Path) -> Ground:
    """The ledgers of all pages, in this folder."""
    clock = Clock()
    clerk = rehearsal(folder / "滨海社区", cost=CHEAP)
    fire = rehearsal(folder / "新林社区", code=XINLIN, cost=CHEAP)
    district, _paper = found_office(
        folder / "城区", community=DISTRICT, tier="区", admin="方立言", login="fang", password=PASSWORD, now=clock, cost=CHEAP
    )
    row = next(row for row in clerk.rows(User) if row["login"] == LOGIN)
    secretary = Desk(clerk.books, replace(clerk.who, id=row["id"], name=row["name"], login=LOGIN, role=Role(row["role"])), clock)
    ground = Ground(folder, clerk, secretary, fire, district, clock)
    for desk in (clerk, fire):
        desk.clock = clock
    ground.stick.mkdir()
    _send_month(ground)
    for code in NEIGHBOURS:
        _report_once(ground, code)
    ground.torn = _torn(ground, ground.others.pop(1))
    choose(secretary, "backup.folder", str((folder / "备份").absolute()))
    backups.back_up(secretary, reason="退出")
    standing.remember_stick(clerk, ground.stick)
    return ground


def _send_month(ground: Ground) -> None:
    """Four batches of 滨海社区, week by week: the second never came, the fourth is on its way."""
    community, district, stick = ground.secretary, ground.district, ground.stick
    ground.clock.hour = f"{DAYS[0]}T09:20:00"
    _enrol(ground, community, stick)
    people = iter([row["id"] for row in community.rows(Person)])
    for day in DAYS:
        ground.clock.hour = f"{day}T16:20:00" if day != DAYS[-1] else LATE
        records.correct_many(community, Person, list(islice(people, A_WEEK)), post=f"网格联络员（{day[5:]}）")
        batch = write_batch(community, stick)
        if day == DAYS[-1]:
            return
        hand_over(community, community.rows(Batch, number=batch.number)[0]["id"], to="方立言", on=day)
        if day != DAYS[1]:
            merge(district, batch.path)
            read_receipt(community, write_receipt(district, BINHAI, stick))


def _report_once(ground: Ground, code: str) -> None:
    """A neighbour enrols and, unless it is the silent one, its year so far is merged."""
    desk = community_ledger(ground.folder / code, plan().of(code), until=LATE)
    desk.clock = ground.clock
    ground.others.append(desk)
    stick = ground.folder / f"U盘{code}"
    stick.mkdir()
    _enrol(ground, desk, stick)
    if code != SILENT:
        merge(ground.district, write_batch(desk, stick).path)


def _torn(ground: Ground, desk: Desk) -> Desk:
    """A few records change and go up; then the folder is as it was before, changes otherwise and goes up as well."""
    stick, folder, key = ground.folder / f"U盘{desk.community}", desk.books.ledger.folder, desk.books.ledger.raw_key
    read_receipt(desk, write_receipt(ground.district, desk.community, stick))
    desk.books.ledger.close()
    copytree(folder, ground.folder / "旧拷贝")
    desk = open_desk(folder, DISTRICT_LOGIN, key, now=ground.clock)
    for row, (_ours, theirs) in zip(_workers(desk), POSTS, strict=True):
        records.correct(desk, Person, row["id"], post=theirs, branch="第二支部")
    merge(ground.district, write_batch(desk, stick).path)
    desk.books.ledger.close()
    for piece in (ground.folder / "旧拷贝").iterdir():
        if piece.is_file():
            copy2(piece, folder / piece.name)  # the sealed batches of the folder stay
    desk = open_desk(folder, DISTRICT_LOGIN, key, now=ground.clock)
    for row, (ours, _theirs) in zip(_workers(desk), POSTS, strict=True):
        records.correct(desk, Person, row["id"], post=ours, branch="第一支部")
    merge(ground.district, write_batch(desk, stick).path)
    read_receipt(desk, write_receipt(ground.district, desk.community, stick))
    return desk


def _workers(desk: Desk) -> list[Row]:
    return [row for row in desk.rows(Person) if row["employer"]][: len(POSTS)]


def _enrol(ground: Ground, desk: Desk, stick: Path) -> None:
    """Both offices know each other by the fingerprints on their sheets."""
    offices.request_enrolment(desk, stick, to=DISTRICT)
    request = next(one.path for one in list_stick(stick) if one.kind == "enrol")
    _guest, welcome = offices.accept_enrolment(ground.district, request, offices.our_card(desk).fingerprint, stick)
    offices.accept_welcome(desk, welcome, offices.our_card(ground.district).fingerprint)
