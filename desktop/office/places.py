"""Where a new ledger may lie on this computer: the folders that offer themselves, how much room they have, and why some will not do."""

import os
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.model.language import _
from desktop.store.folder import NETWORK, Mount, mounts_here, why_not_here

LEDGERS, BACKUPS = "连心数据", "连心备份"
LEAST_FREE = 2 << 30  # a year of an office with photos is 0.6 GB, and a backup needs the same again
SHOWN = 6
DISKS = ("/media/", "/run/media/", "/mnt/", "/data")


@dataclass(frozen=True)
class Candidate:
    """One folder that could hold the ledger."""

    folder: Path
    free: int
    total: int
    note: str
    why_not: str = ""  # a reason that forbids it
    doubt: str = ""  # a reason that only warns

    @property
    def is_good(self) -> bool:
        """Nothing speaks against it."""
        return not self.why_not and not self.doubt


def look_at(folder: Path, note: str = "", *, mounts: Sequence[Mount] | None = None) -> Candidate:
    """This folder as a candidate; it need not be there yet."""
    where = folder if str(folder).startswith("\\\\") else folder.absolute()
    around = mounts_here(where) if mounts is None else mounts
    if far := why_not_here(where, [one for one in around if one.kind in NETWORK]):
        return Candidate(folder, 0, 0, note, far)  # never asked for its room: a share that is away does not answer
    why_not = why_not_here(where.resolve(), around) or _why_no_use(where)
    free, total = _room(where)
    doubt = ""
    if not why_not and free < LEAST_FREE:
        doubt = _("空间不多，先清理磁盘更稳妥")
    return Candidate(folder, free, total, note, why_not, doubt)


def candidates(first: Path | None = None) -> list[Candidate]:
    """The folders that offer themselves, the best first; those that will not do come last, with their reason."""
    found: list[Candidate] = [] if first is None else [look_at(first, _("启动时指定的位置"))]
    for root, note, shaky in _roots():
        one = look_at(root / LEDGERS, note)
        if shaky and one.is_good:
            one = Candidate(one.folder, one.free, one.total, one.note, doubt=_("重装系统时这块盘会清空，备份要放别处"))
        if all(one.folder != other.folder for other in found):
            found.append(one)
    return sorted(found, key=lambda one: (bool(one.why_not), one.folder != first, bool(one.doubt)))[:SHOWN]


def backup_beside(ledger: Path) -> Path:
    """Where backups go unless the office says otherwise: another disk if there is one, else beside the ledger."""
    for root, _note, _shaky in _roots():
        one = look_at(root / BACKUPS)
        if one.is_good and not on_the_same_disk(ledger, one.folder):
            return one.folder
    return ledger.parent / BACKUPS


def on_the_same_disk(one: Path, other: Path) -> bool:
    """One broken disk would take both; folders that are not there yet are judged by where they will be."""
    return _there(one).stat().st_dev == _there(other).stat().st_dev


def _there(folder: Path) -> Path:
    """The folder, or the nearest one above it that exists."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return folder


def _room(folder: Path) -> tuple[int, int]:
    usage = shutil.disk_usage(_there(folder))
    return usage.free, usage.total


def _why_no_use(folder: Path) -> str:
    if (folder / "ledger.db").exists():
        return _("这里已经有一本账；要用它就选“打开已有的账本”")
    if not os.access(_there(folder), os.W_OK):
        return _("这个位置不允许写入")
    return ""


def _roots() -> list[tuple[Path, str, bool]]:
    """(folder, what it is, whether reinstalling the system empties it)."""
    if sys.platform == "win32":
        drives = [Path(f"{letter}:\\") for letter in "DEFGHC"]
        system = os.environ.get("SYSTEMDRIVE", "C:")
        return [
            (drive, _("系统盘") if drive.drive == system else _("本机硬盘"), drive.drive == system) for drive in drives if drive.exists()
        ]
    home = Path.home()
    roots = [(home, _("本机硬盘 · 自己的文件夹"), False)]
    for mount in mounts_here(home):
        if mount.point.startswith(DISKS):
            share, pulled = mount.kind in NETWORK, mount.removable
            if share or Path(mount.point).is_dir():
                roots.append((Path(mount.point), _("共享文件夹") if share else _("U 盘") if pulled else _("另一块硬盘"), False))
    return roots
