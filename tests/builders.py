"""Valid things of an office, so that a test writes only what matters to it: `a_person(desk, name="𬭊𪻐")`.

Everything goes through the deeds that the program itself calls, into a real encrypted file. The first office of a run is
founded for good; later ones are copies of its folder, because founding costs more than most tests do.
"""

import atexit
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from desktop.model import days
from desktop.model.activity import Campaign
from desktop.model.organisation import Organisation
from desktop.model.person import Person
from desktop.model.place import Place
from desktop.model.roles import Role
from desktop.office import records
from desktop.office.activities import Recorded, record_activity
from desktop.office.desk import Desk, Who
from desktop.office.inspections import start_inspection, write_template
from desktop.office.ledgers import found_office, open_desk
from desktop.office.opinions import register_opinion
from desktop.store.key import Cost

HARBOUR, NEIGHBOUR, STREET, DISTRICT = "441502003007", "441502003011", "441502003000", "441502000000"
TODAY = "2021-11-24"
LOGIN, PASSWORD = "zhoumin", "abc12345"
CHEAP = Cost(8, 1, 1)


@dataclass
class MovableClock:
    """A clock that a test sets: `desk.clock.go(30)`."""

    day: str = TODAY

    def __call__(self) -> str:
        return f"{self.day}T09:41:00"

    def go(self, days_on: int) -> str:
        """So many days later; the new day."""
        self.day = days.after(self.day, days_on)
        return self.day


@cache
def founded(community: str, tier: str) -> tuple[Path, bytes]:
    """A closed, empty ledger with one 管理, and its key; made once, copied by every desk."""
    ground = Path(tempfile.mkdtemp(prefix="founded-"))
    atexit.register(shutil.rmtree, ground, ignore_errors=True)
    folder = ground / "账本"
    desk, _recovery = found_office(
        folder, community=community, tier=tier, admin="周敏", login=LOGIN, password=PASSWORD, now=MovableClock("2021-01-04"), cost=CHEAP
    )
    raw_key = desk.books.ledger.raw_key
    desk.books.ledger.close()
    return folder, raw_key


def a_desk(folder: Path, *, role: Role = Role.ADMIN, today: str = TODAY, community: str = HARBOUR, tier: str = "社区") -> Desk:
    """An open ledger of its own with 周敏 at it, on a day that the test may move."""
    ground, raw_key = founded(community, tier)
    shutil.copytree(ground, folder / "账本")
    desk = open_desk(folder / "账本", LOGIN, raw_key, now=MovableClock(today))
    return desk if role is Role.ADMIN else seen_as(desk, role)


def seen_as(desk: Desk, role: Role) -> Desk:
    """The same ledger and clock with somebody of another role at it."""
    return Desk(desk.books, Who(desk.who.id, "林小雨", f"lin-{role.name.lower()}", role), desk.clock)


def moved(desk: Desk, days_on: int) -> str:
    """The office's clock stands so many days later; the new day."""
    assert isinstance(desk.clock, MovableClock)
    return desk.clock.go(days_on)


def a_person(desk: Desk, name: str = "陈家和", roles: str = "机关党员 2019-07-01~", **values: Any) -> str:
    return records.add(desk, Person, name=name, roles=roles, **values)


def people(desk: Desk, count: int, **values: Any) -> list[str]:
    """So many people with different names."""
    with desk.deed("person.add") as work:
        return work.add_many(Person, [{"name": f"居民{number:04d}", "roles": "志愿者 2019-07-01~", **values} for number in range(count)])


def an_organisation(desk: Desk, name: str = "区税务局第一分局", **values: Any) -> str:
    return records.add(desk, Organisation, name=name, **{"unit_kind": "机关", **values})


def a_place(desk: Desk, name: str = "碧桂园小区", kind: str = "小区", **values: Any) -> str:
    return records.add(desk, Place, name=name, kind=kind, **values)


def a_campaign(desk: Desk, name: str = "双报到双服务", **values: Any) -> str:
    return records.add(desk, Campaign, name=name, **values)


def an_opinion(desk: Desk, text: str = "3栋下水道堵塞，污水漫到一楼", heard_on: str | None = None, **values: Any) -> str:
    return register_opinion(desk, text=text, heard_on=heard_on or desk.today, **{"channel": "入户走访", **values})


def an_activity(desk: Desk, people: list[str] | None = None, minutes: int = 90, volunteering: bool = True, **values: Any) -> Recorded:
    came = people if people is not None else [a_person(desk)]
    return record_activity(
        desk, people=came, minutes=minutes, volunteering=volunteering, **{"name": "清洁家园", "held_on": desk.today, **values}
    )


def a_checklist(desk: Desk, items: int = 3, name: str = "九小场所消防检查表", **values: Any) -> str:
    lines = [(("通道", "用电")[number % 2], f"第{number + 1}项看什么", "疏散通道") for number in range(items)]
    return write_template(desk, name=name, items=lines, **values)


def an_inspection(desk: Desk, place: str | None = None, template: str | None = None, **values: Any) -> str:
    return start_inspection(
        desk,
        place=place or a_place(desk, "老张小吃店", "场所", keeper="张三"),
        template=template or a_checklist(desk),
        **{"inspectors": "周敏、林小雨", **values},
    )


def an_id() -> str:
    """The id of a record that is in no ledger."""
    return secrets.token_hex(16)


def everything(desk: Desk) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table as it stands on the disk: two of these are equal when nothing at all has changed."""
    with desk.books.read() as conn:
        names = conn.exec_driver_sql("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").scalars().all()
        return {name: [tuple(row) for row in conn.exec_driver_sql(f'SELECT * FROM "{name}"')] for name in names}


def audited(desk: Desk) -> list[tuple[str, bool]]:
    """(deed, whether it was done) of the chain of deeds, the newest last."""
    with desk.books.read() as conn:
        return [(deed, bool(ok)) for deed, ok in conn.exec_driver_sql("SELECT deed, ok FROM audit ORDER BY seq")]


@contextmanager
def heard(engine: Engine) -> Iterator[list[tuple[str, Any]]]:
    """Every statement that this engine is told meanwhile, with its values, as the driver gets them."""
    said: list[tuple[str, Any]] = []

    def hear(_conn: Any, _cursor: Any, statement: str, values: Any, _context: Any, _many: bool) -> None:
        said.append((statement, values))

    event.listen(engine, "before_cursor_execute", hear)
    try:
        yield said
    finally:
        event.remove(engine, "before_cursor_execute", hear)


def writer_of(desk: Desk) -> Engine:
    """The one connection that saves."""
    with desk.books.ledger.write() as conn:
        return conn.engine
