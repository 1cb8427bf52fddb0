"""压舱文件: a few megabytes that do nothing but can be thrown off when the disk is full, so that the WAL can be folded
in and the clerk can delete something, quit, and start again.
"""

import logging
import os
from contextlib import suppress
from pathlib import Path

from desktop.model.errors import Trouble
from desktop.store.disk import free_bytes, write_whole

log = logging.getLogger(__name__)
BALLAST = "ledger.ballast"
SIZE = 4 << 20
PLENTY = 64 << 20


def lay_ballast(folder: Path) -> None:
    """The ballast is there again, if the disk has plenty of room. Random bytes, because some disks squeeze zeros to nothing."""
    path = folder / BALLAST
    if path.exists() or free_bytes(folder) < PLENTY:
        return
    try:
        write_whole(path, os.urandom(SIZE))
    except Trouble as trouble:
        log.warning("no ballast: %s", trouble.what)  # a convenience; opening must not fail for it


def release_ballast(folder: Path) -> None:
    """There are four megabytes more on a full disk."""
    with suppress(OSError):  # already full of trouble: this must not add to it
        (folder / BALLAST).unlink(missing_ok=True)
