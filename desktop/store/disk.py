"""What reaches the disk reaches it whole: temporary file, fsync, rename, fsync of the folder.

Everything in the ledger's folder that is not the ledger itself is written through here, so that a power cut leaves
the old file or the new one. A failure comes out as `Trouble` with a sentence; a half-written `.part` is never left
behind.
"""

import errno
import hashlib
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from desktop.model.errors import Trouble
from desktop.model.language import _

PART = ".part"
PRIVATE = 0o600
BLOCK = 1 << 20
RENAME_TRIES, RENAME_PAUSE = 10, 0.5
FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}
FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}


class DiskFull(Trouble):
    """磁盘已满: nothing of what was being written is kept."""


class DiskFailed(Trouble):
    """The disk or stick did not take, or did not give back, what it should."""


class CannotWrite(Trouble):
    """The folder or the file is read-only for this user."""


def disk_full(name: str) -> DiskFull:
    return DiskFull(_("磁盘已满，没有保存"), record=name, todo=_("清理磁盘（删掉不用的大文件）后再试"))


def cannot_write(name: str) -> CannotWrite:
    return CannotWrite(_("这个位置不允许写入"), record=name, todo=_("去掉“只读”属性，或换一个自己有写权限的文件夹"))


def disk_failed(name: str) -> DiskFailed:
    return DiskFailed(_("磁盘读写出错"), record=name, todo=_("检查磁盘或 U 盘是否插好；先做一份备份到别的盘，再请技术人员检查"))


@contextmanager
def said(path: Path) -> Iterator[None]:
    """Inside, an `OSError` about `path` comes out as a sentence."""
    try:
        yield
    except OSError as error:
        raise trouble_of(error, path.name) from error


def trouble_of(error: OSError, name: str) -> Trouble:
    """The sentence for what the operating system said."""
    if error.errno in FULL:
        return disk_full(name)
    if error.errno in FORBIDDEN:
        return cannot_write(name)
    if isinstance(error, FileNotFoundError):
        return DiskFailed(_("找不到这个文件或文件夹"), record=name, todo=_("检查 U 盘是否插好，文件是否被移走或改名"))
    return disk_failed(name)


def write_all(descriptor: int, content: bytes) -> None:
    """All of `content` is written, however few bytes the system takes at a time."""
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def write_whole(path: Path, content: bytes) -> None:
    """`path` holds `content`, readable by its owner only; or it holds what it held before, and `Trouble` is raised."""
    part = path.with_name(path.name + PART)
    with said(path):
        try:
            part.unlink(missing_ok=True)
            descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), PRIVATE)
            try:
                write_all(descriptor, content)
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
            replace(part, path)
        except OSError:
            with suppress(OSError):  # the first error is the one to tell
                part.unlink(missing_ok=True)
            raise


def replace(source: Path, target: Path, pause: Callable[[float], None] = time.sleep) -> None:
    """`target` is what `source` was, on the disk. A virus scanner that holds the file on Windows is waited for, 5 s at most."""
    for left in reversed(range(RENAME_TRIES)):
        try:
            os.replace(source, target)
            break
        except PermissionError:
            if not left:
                raise
            pause(RENAME_PAUSE)
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """The names in `folder` survive a power cut. Windows has no such call, and NTFS journals names by itself."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_file(path: Path) -> None:
    """The content of `path` survives a power cut."""
    descriptor = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def forget_cache(path: Path) -> None:
    """The next reading of `path` comes from the medium where the system can be asked for that, not from memory."""
    if sys.platform == "linux":
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
        finally:
            os.close(descriptor)


def blocks(path: Path, start: int = 0) -> Iterator[bytes]:
    """The bytes of `path` from `start` on, a megabyte at a time."""
    with path.open("rb") as file:
        file.seek(start)
        while block := file.read(BLOCK):
            yield block


def sha256_of(path: Path, start: int = 0) -> str:
    digest = hashlib.sha256()
    for block in blocks(path, start):
        digest.update(block)
    return digest.hexdigest()


def same_disk(one: Path, other: Path) -> bool:
    """Both folders stand on one file system, so one broken disk takes both. Partitions of one disk look different here."""
    with said(other):
        return one.stat().st_dev == other.stat().st_dev


def free_bytes(folder: Path) -> int:
    return shutil.disk_usage(folder).free
