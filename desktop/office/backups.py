"""Backups as the office makes them: verified before they count, on exit and before every risky deed; restoring is one deed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop.model import days
from desktop.model.errors import Trouble
from desktop.model.language import _
from desktop.office.desk import Desk
from desktop.store import backup
from desktop.store.key import Keyring
from desktop.store.tables import SCHEMA

Progress = Callable[[str, int, int], None]


def silent(_what: str, _done: int, _of: int) -> None:
    """Nobody listens."""


@dataclass(frozen=True)
class LastBackup:
    """What the workbench says about backups."""

    made_at: str
    folder: Path
    number: int
    rows: int


def backup_folder(desk: Desk) -> Path:
    """Where backups go: the office's choice, else beside the ledger."""
    chosen = desk.setting("backup.folder")
    return Path(chosen) if chosen else desk.books.ledger.folder.parent / f"{desk.books.ledger.folder.name}-备份"


def back_up(desk: Desk, *, reason: str, folder: Path | None = None, progress: Progress = silent) -> backup.BackupMade:
    """A verified backup lies in the folder, the oldest beyond `backup.keep` are gone, and the deed is written down."""
    desk.require("ledger.back_up")
    made = backup.back_up(
        desk.books.ledger, folder or backup_folder(desk), community=desk.community, reason=reason,
        now=datetime.fromisoformat(desk.clock()), keep=desk.number("backup.keep"), progress=progress,
    )  # fmt: skip
    with desk.deed("ledger.back_up") as work:
        work.remark(f"{made.path.name} {made.rows} 行 {reason}")
    return made


def last_backup(desk: Desk) -> LastBackup | None:
    """The newest backup that is whole; None when there is none."""
    folder = backup_folder(desk)
    try:
        found = backup.list_backups(folder, desk.community)
    except Trouble:
        return None
    for one in found:
        if one.head is not None:
            return LastBackup(one.head.made_at, folder, one.number, sum(one.head.contents.rows.values()))
    return None


def restore(path: Path, folder: Path, *, login: str = "", password: str = "", recovery: str = "") -> backup.Restored:
    """The ledger in `folder` is the backup's, opened by a password or by the recovery key; the former one is kept aside.

    Works on a new PC, where nothing lies yet: the backup carries its keyring.
    """
    keyring = backup.keyring_in(path)
    raw_key = keyring.unlock_with_recovery(recovery) if recovery else keyring.unlock(login, password)
    return backup.restore(path, folder, raw_key, version=SCHEMA)


def verify(path: Path, *, login: str, password: str) -> int:
    """Every page of a backup is genuine and every table measures as it did; how many rows. Raises Trouble otherwise."""
    raw_key = Keyring.unlock(backup.keyring_in(path), login, password)
    return sum(backup.verify_backup(path, raw_key).contents.rows.values())


def age_in_words(made_at: str, today: str) -> str:
    """今天, 昨天, or the day."""
    gap = days.between(made_at[:10], today)
    return _("今天") if gap == 0 else _("昨天") if gap == 1 else days.show_day(made_at[:10])
