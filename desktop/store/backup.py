"""备份与恢复. A backup that was never read back is a hope: each one is measured against the ledger and read back from
its medium before it gets its name. A restore is one deed with the old file kept; how many backups to keep is
counted, never reckoned by date, because clocks are wrong.
"""

import json
import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlcipher3 import dbapi2

from desktop.model.errors import Trouble
from desktop.model.language import _
from desktop.store.cipher import connect
from desktop.store.copying import copy_into
from desktop.store.disk import PART, replace, said, same_disk, sha256_of, write_whole
from desktop.store.file import Ledger
from desktop.store.key import Keyring, KeyringDamaged, KeyringMissing
from desktop.store.lock import FolderLock
from desktop.store.measure import Contents, Progress, measure, measure_copy, silent
from desktop.store.package import BackupBroken, Head, broken, check_sums, pack, read_head, unpack
from desktop.store.swap import STAGED, STAGED_KEYRING, finish_swap, swap_in
from desktop.store.troubles import newer_ledger, said_by_sqlite

STEM, ENDING = "连心备份", ".lxbk"
NAME = re.compile(rf"{STEM}-(?P<community>[0-9A-Za-z]+)-(?P<day>\d{{8}})-(?P<time>\d{{6}})-(?P<number>\d+){re.escape(ENDING)}")
COPY = f"ledger.backup{PART}"
STEPS = 5


class BackupDiffers(Trouble):
    """The copy does not hold what the ledger held; it was thrown away."""


@dataclass(frozen=True)
class BackupMade:
    """备份: verified, read back, named."""

    path: Path
    number: int
    rows: int
    size: int
    sha256: str
    on_the_same_disk: bool


@dataclass(frozen=True)
class BackupFound:
    """One backup in a folder, newest number first; a broken head makes `head` None."""

    path: Path
    community: str
    number: int
    head: Head | None


@dataclass(frozen=True)
class Restored:
    """The ledger is the backup's; `aside` names the file that it was before ("" if there was none)."""

    head: Head
    aside: str
    keyring_came_along: bool


def back_up(
    ledger: Ledger,
    folder: Path,
    *,
    community: str,
    reason: str,
    now: datetime,
    keep: int | None = None,
    progress: Progress = silent,
) -> BackupMade:
    """A new backup lies in `folder`, whole; or nothing new lies there. With `keep`, older ones than the newest so many go.

    The copy is made and measured beside the ledger, so a slow stick is written once, in one run.
    """
    with said(folder):
        folder.mkdir(parents=True, exist_ok=True)
    copy = ledger.folder / COPY
    try:
        progress(_("复制账本"), 0, STEPS)
        contents = _copy_and_compare(ledger, copy, progress)
        progress(_("写到备份位置"), 3, STEPS)
        number = 1 + max((found.number for found in list_backups(folder, community)), default=0)
        head = Head(
            community=community, number=number, made_at=now.isoformat(timespec="seconds"), reason=reason, contents=contents,
            size=copy.stat().st_size, sha256=sha256_of(copy), keyring=json.loads(Keyring.load(ledger.folder).to_bytes()),
        )  # fmt: skip
        target = folder / f"{STEM}-{community}-{now:%Y%m%d-%H%M%S}-{number}{ENDING}"
        pack(head, copy, target)
    finally:
        copy.unlink(missing_ok=True)
    if keep is not None:
        progress(_("整理旧备份"), 4, STEPS)
        prune(folder, community, keep)
    progress(_("备份完成"), STEPS, STEPS)
    rows = sum(contents.rows.values())
    return BackupMade(target, number, rows, head.size, head.sha256, same_disk(ledger.folder, folder))


def _copy_and_compare(ledger: Ledger, copy: Path, progress: Progress) -> Contents:
    """The copy is measured equal to the snapshot it was taken from. Saving waits only for the copying, not for the measuring."""
    try:
        with closing(connect(ledger.path, ledger.raw_key, "read")) as source:
            with ledger.still():
                source.execute("BEGIN")
                source.execute("SELECT count(*) FROM sqlite_schema").fetchone()  # from here on this is the snapshot
                copy_into(ledger.path, copy, ledger.raw_key)
            progress(_("核对副本"), 1, STEPS)
            with ThreadPoolExecutor(1) as second:  # both sides at once: deciphering needs no interpreter lock
                contents_of_copy = second.submit(measure_copy, copy, ledger.raw_key)
                wanted = measure(source, ledger.raw_key)
            progress(_("与账本比对"), 2, STEPS)
            contents = contents_of_copy.result()
            if wanted != contents:
                raise BackupDiffers(_("副本与账本不一致，已丢弃"), record=copy.name, todo=_("再备份一次；仍不行请检查磁盘"))
            return contents
    except dbapi2.Error as error:
        raise said_by_sqlite(error, ledger.folder) or error from error


def list_backups(folder: Path, community: str | None = None) -> list[BackupFound]:
    """The backups in `folder` by falling number, those with a broken head too. Half-written ones do not count."""
    found = []
    with said(folder):
        for path in folder.iterdir() if folder.is_dir() else []:
            name = NAME.fullmatch(path.name)
            if name and community in (None, name["community"]):
                found.append(BackupFound(path, name["community"], int(name["number"]), _head_or_none(path)))
    return sorted(found, key=lambda each: (each.number, each.path.name), reverse=True)


def prune(folder: Path, community: str, keep: int) -> list[Path]:
    """The newest `keep` backups that are whole stay, and every broken one for somebody to look at. Returns what went."""
    good, gone = 0, []
    for found in list_backups(folder, community):
        if good < keep:
            good += _is_whole(found.path)
        elif found.head is not None:
            with said(found.path):
                found.path.unlink()
            gone.append(found.path)
    return gone


def verify_backup(path: Path, raw_key: bytes | None = None, *, scratch: Path | None = None) -> Head:
    """Every bit is as written; with the key also: every page is genuine, every table measures as it did. Else `BackupBroken`."""
    if raw_key is None:
        return check_sums(path)
    copy = (scratch or path.parent) / f"ledger.verify{PART}"
    try:
        head = unpack(path, copy)
        _compare(path, head, measure_copy(copy, raw_key))
    finally:
        copy.unlink(missing_ok=True)
    return head


def keyring_in(path: Path) -> Keyring:
    """Who can open this backup: for a new PC, where no keyring lies yet."""
    return read_head(path).keys()


def restore(path: Path, folder: Path, raw_key: bytes, *, version: int, progress: Progress = silent) -> Restored:
    """The ledger in `folder` is the one in the backup, verified first; the former one is kept aside with its WAL.

    A backup of an older schema is restored as it is and migrated at the next opening; one newer than `version` is refused.
    The keyring that lies there stays if it guards the same key (its passwords are newer), else the backup's comes along.
    """
    with said(folder):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with FolderLock(folder):
        finish_swap(folder)
        part = folder / f"{STAGED}{PART}"
        try:
            progress(_("读出备份"), 0, 3)
            head = unpack(path, part)
            progress(_("核对内容"), 1, 3)
            _compare(path, head, measure_copy(part, raw_key))
            if head.contents.version > version:
                raise newer_ledger(head.contents.version, version)
            with said(part):
                replace(part, folder / STAGED)
        finally:
            part.unlink(missing_ok=True)
        comes_along = not _keyring_fits(folder, raw_key)
        if comes_along:
            write_whole(folder / STAGED_KEYRING, head.keys().to_bytes())
        progress(_("换上恢复的账本"), 2, 3)
        aside = swap_in(folder, "ledger.before-restore.db")
        Keyring.load(folder).save(folder)
    progress(_("恢复完成"), 3, 3)
    return Restored(head, aside, comes_along)


def _compare(path: Path, head: Head, contents: Contents) -> None:
    if contents != head.contents:
        raise broken(path)


def _keyring_fits(folder: Path, raw_key: bytes) -> bool:
    try:
        return Keyring.load(folder).fits(raw_key)
    except (KeyringMissing, KeyringDamaged):
        return False


def _head_or_none(path: Path) -> Head | None:
    try:
        return read_head(path)
    except BackupBroken:
        return None


def _is_whole(path: Path) -> bool:
    try:
        check_sums(path)
    except BackupBroken:
        return False
    return True
