"""Where a ledger may lie. A network share breaks SQLite's locks, a sync client copies the file in the middle of a
save, a stick gets pulled out: the first two are refused, the third only goes with somebody's word.
"""

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath, PureWindowsPath

from desktop.model.language import _

NETWORK = {
    "nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "smb3fs", "ncpfs", "afs", "9p", "ceph", "glusterfs", "lustre", "davfs",
    "vboxsf", "vmhgfs", "fuse.sshfs", "fuse.davfs", "fuse.davfs2", "fuse.rclone", "fuse.glusterfs", "fuse.gvfsd-fuse",
    "fuse.smbnetfs", "fuse.vmhgfs-fuse", "fuse.s3fs", "fuse.ceph",
}  # fmt: skip
SYNCED = (
    "onedrive", "dropbox", "google drive", "googledrive", "icloud", "坚果云", "nutstore", "百度网盘", "百度云同步",
    "baidunetdisk", "baidusyncdisk", "wps云", "wpsdrive", "wps 云", "阿里云盘", "aliyundrive", "腾讯微云", "微云同步", "weiyun",
    "天翼云", "夸克网盘", "115网盘", "seafile", "nextcloud", "owncloud", "syncthing", "resilio", "群晖", "synologydrive",
    "synology drive",
)  # fmt: skip
OCTAL = re.compile(r"\\([0-7]{3})")


@dataclass(frozen=True)
class Mount:
    """One mounted file system, or one drive of Windows."""

    point: str
    kind: str
    removable: bool = False


def parse_mountinfo(text: str, removable: frozenset[str] = frozenset()) -> list[Mount]:
    """The mounts of Linux's /proc/self/mountinfo; `removable` names the devices ("8:17") that can be pulled out."""
    mounts = []
    for line in text.splitlines():
        before, dash, after = line.partition(" - ")
        fields = before.split(" ")
        if dash and len(fields) >= 5:
            point = OCTAL.sub(lambda code: chr(int(code[1], 8)), fields[4])  # only space, tab, newline, backslash are escaped
            mounts.append(Mount(point, after.split(" ")[0], fields[2] in removable))
    return mounts


def why_not_here(path: PurePath | str, mounts: Sequence[Mount], *, removable_agreed: bool = False) -> str | None:
    """The reason why a ledger must not lie at `path` (absolute, links resolved), or None."""
    text = str(path)
    if text.startswith(("\\\\", "//")) and not text.startswith("\\\\?\\"):
        return _("这是网络共享文件夹，多台电脑同时写会毁坏账本；请放在本机硬盘上")
    for part in PureWindowsPath(text).parts:
        if any(part.lower().startswith(name) for name in SYNCED):
            return _("“{name}”会被网盘同步，同步到一半的账本会损坏；请换一个不同步的文件夹").format(name=part)
    mount = _mount_of(text, mounts)
    if mount is None:
        return None
    if mount.kind in NETWORK:
        return _("这是网络位置（{kind}），账本会损坏；请放在本机硬盘上").format(kind=mount.kind)
    if mount.removable and not removable_agreed:
        return _("这是 U 盘或移动硬盘，拔出时账本会损坏；请放在本机硬盘上，U 盘只放备份和上报文件")
    return None


def _mount_of(path: str, mounts: Sequence[Mount]) -> Mount | None:
    """The mount that holds `path`: the longest point; among equals the last one, which lies on top."""
    found: Mount | None = None
    for mount in mounts:
        point = mount.point.rstrip("/\\")
        inside = path == point or path.startswith((point + "/", point + "\\")) or not point
        if inside and (found is None or len(point) >= len(found.point.rstrip("/\\"))):
            found = mount
    return found


if sys.platform == "win32":
    import ctypes

    REMOVABLE_DRIVE, REMOTE_DRIVE = 2, 4

    def mounts_here(path: Path) -> list[Mount]:
        """The drive that holds `path`; a drive letter mapped to a share says that it is remote."""
        drive = path.drive + "\\"
        kind = ctypes.windll.kernel32.GetDriveTypeW(drive)
        return [Mount(path.drive, "smb" if kind == REMOTE_DRIVE else "drive", kind == REMOVABLE_DRIVE)]

else:

    def mounts_here(path: Path) -> list[Mount]:
        """Every mount of this machine; empty where the system does not tell."""
        table = Path("/proc/self/mountinfo")
        return parse_mountinfo(table.read_text("utf-8", "surrogateescape"), _removable_devices()) if table.exists() else []

    def _removable_devices() -> frozenset[str]:
        """Device numbers of removable disks and of their partitions."""
        devices: set[str] = set()
        for flag in Path("/sys/block").glob("*/removable"):
            if flag.read_text().strip() == "1":
                devices.update(number.read_text().strip() for number in [flag.parent / "dev", *flag.parent.glob("*/dev")])
        return frozenset(devices)
