"""From a password to a desk: a ledger of an older schema is brought up to date on the way, with the old file kept."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktop.office.desk import Desk, clock
from desktop.office.facts import OfficeFacts
from desktop.office.ledgers import found_office, open_desk
from desktop.office.settings import choose
from desktop.store import tries
from desktop.store.key import Cost, Keyring
from desktop.store.troubles import OlderLedger

Progress = Callable[[str, int, int], None]


def now() -> str:
    """The office's clock; LIANXIN_NOW sets another day for rehearsals."""
    return os.environ.get("LIANXIN_NOW") or clock()


@dataclass(frozen=True)
class Founding:
    """What the first start asks before there is a ledger."""

    community: str
    tier: str
    name: str
    folder: Path
    backups: Path
    admin: str
    login: str
    post: str
    password: str


def found(wish: Founding, *, cost: Cost | None = None, now: Callable[[], str] = now) -> tuple[Desk, str]:
    """The ledger stands, knows where its backups go, and is open; with the recovery key to print."""
    desk, recovery = found_office(
        wish.folder, community=wish.community, tier=wish.tier, name=wish.name, admin=wish.admin, login=wish.login,
        password=wish.password, post=wish.post, now=now, cost=cost,
    )  # fmt: skip
    choose(desk, "backup.folder", str(wish.backups.absolute()))
    return desk, recovery


def open_with_password(folder: Path, login: str, password: str, progress: Progress, *, now: Callable[[], str] = now) -> Desk:
    """Somebody sits at the ledger of this folder. Raises WrongPassword, WaitFirst, and what opening and migrating may raise."""
    raw_key = tries.sign_in(folder, login, password, now=time.time())
    try:
        return open_desk(folder, login.strip(), raw_key, now=now)
    except OlderLedger:
        bring_up_to_date(folder, raw_key, progress)
    return open_desk(folder, login.strip(), raw_key, now=now)


def bring_up_to_date(folder: Path, raw_key: bytes, progress: Progress) -> None:
    """The ledger is of today's schema, the old file lies beside it; or it is as it was and Trouble says why."""
    from desktop.store.migrate import migrate

    migrate(folder, raw_key, progress)


def is_same_person(desk: Desk, password: str) -> bool:
    """The password of whoever sits here opens this very ledger. Raises WrongPassword and WaitFirst as signing in does."""
    raw_key = tries.sign_in(desk.books.ledger.folder, desk.who.login, password, now=time.time())
    return raw_key == desk.books.ledger.raw_key


def new_recovery(desk: Desk) -> tuple[Keyring, str]:
    """A keyring with another recovery key, not yet in force, and the key to print. The old paper holds until `keep_recovery`."""
    desk.require("ledger.restore")
    return Keyring.load(desk.books.ledger.folder).replace_recovery(desk.books.ledger.raw_key)


def keep_recovery(desk: Desk, keyring: Keyring) -> None:
    """The new paper is in the cupboard: from now on only it opens the ledger."""
    desk.require("ledger.restore")
    with desk.deed("ledger.change_password") as work:
        work.remark("换了恢复单")
    keyring.save(desk.books.ledger.folder)


def office_facts(desk: Desk) -> OfficeFacts:
    """Whose ledger this is, as a paper says it."""
    name, above = desk.books.fact("name") or "", desk.books.fact("above") or ""
    return OfficeFacts(name, above, desk.setting("office.party_name") or name, desk.community)
