"""From a password to a desk: a ledger of an older schema is brought up to date on the way, with the old file kept."""

import time
from collections.abc import Callable
from pathlib import Path

from desktop.office.desk import Desk, clock
from desktop.office.ledgers import open_desk
from desktop.store import tries
from desktop.store.troubles import OlderLedger

Progress = Callable[[str, int, int], None]


def open_with_password(
    folder: Path, login: str, password: str, progress: Progress, *, now: Callable[[], str] = clock
) -> Desk:
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
