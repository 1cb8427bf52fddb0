"""One process per ledger: a lock the operating system lets go of when its holder dies, so a crash never blocks the
next start.
"""

import os
import sys
from pathlib import Path

from desktop.model.language import _
from desktop.store.disk import PRIVATE, said, write_all
from desktop.store.troubles import LEDGER, AlreadyOpen

LOCK = "ledger.lock"
FAR_BYTE = 1 << 30  # Windows locks bytes, and a locked byte cannot be read: lock one that holds nothing


class FolderLock:
    """The ledger of this folder is ours until `release`, or until this process ends in whatever way."""

    def __init__(self, folder: Path) -> None:
        """The lock is taken and says who holds it, or `AlreadyOpen` is raised."""
        path = folder / LOCK
        with said(path):
            self._file = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), PRIVATE)
            try:
                _take(self._file)
            except OSError as error:
                holder = os.read(self._file, 20).decode("ascii", "replace").strip()
                os.close(self._file)
                todo = _("切换到已经打开的窗口（进程号 {pid}）；找不到时先结束那个进程").format(pid=holder or "?")
                raise AlreadyOpen(_("账本已经在另一个窗口打开"), record=LEDGER, todo=todo) from error
            try:
                os.ftruncate(self._file, 0)
                write_all(self._file, f"{os.getpid()}\n".encode())
            except OSError:
                os.close(self._file)
                raise

    def release(self) -> None:
        """Somebody else may open the ledger. The lock file stays: deleting it would let two processes hold two locks."""
        os.close(self._file)

    def __enter__(self) -> "FolderLock":
        return self

    def __exit__(self, *_anything: object) -> None:
        self.release()


if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> None:
        os.lseek(descriptor, FAR_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        finally:
            os.lseek(descriptor, 0, os.SEEK_SET)

else:
    import fcntl

    def _take(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
