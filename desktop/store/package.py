"""备份文件 `.lxbk`: a readable head and, behind it, the encrypted ledger and nothing else.

    LIANXIN-BACKUP 1
    {"community": …, "number": …, "rows": {…}, "size": …, "sha256": …, "keyring": {…}}
    <SHA-256 of the line above>
    <the SQLCipher file, `size` bytes>

The keyring travels inside, so one file and one password (or the paper) open it on another PC. It can be opened
without this program: `tail -n +4 x.lxbk > ledger.db`. A changed bit anywhere is found by one of the two sums.
"""

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from desktop.model.errors import Trouble
from desktop.model.language import _
from desktop.store.disk import PART, PRIVATE, blocks, forget_cache, replace, said, sha256_of, write_all
from desktop.store.key import Keyring
from desktop.store.measure import Contents

MAGIC = b"LIANXIN-BACKUP 1\n"
LONGEST_HEAD = 4 << 20


class BackupBroken(Trouble):
    """This backup is not what was written; an older one has to serve."""


def broken(path: Path) -> BackupBroken:
    return BackupBroken(_("备份文件损坏或不完整"), record=path.name, todo=_("换一份较早的备份；并检查存放备份的盘"))


@dataclass(frozen=True)
class Head:
    """What a backup says of itself before its key is known."""

    community: str
    number: int
    made_at: str
    reason: str
    contents: Contents
    size: int
    sha256: str
    keyring: Mapping[str, Any]
    start: int = 0  # where the ledger begins; not written

    def to_bytes(self) -> bytes:
        body = {name: value for name, value in asdict(self).items() if name != "start"}
        line = json.dumps(body, ensure_ascii=False).encode() + b"\n"
        return MAGIC + line + hashlib.sha256(line).hexdigest().encode() + b"\n"

    def keys(self) -> Keyring:
        """The keyring as it was on the day of the backup."""
        return Keyring.from_bytes(json.dumps(self.keyring).encode())


def read_head(path: Path) -> Head:
    """The head, if it is whole and the file has the length it promises; else `BackupBroken`."""
    with said(path), path.open("rb") as file:
        magic, line, told = file.readline(len(MAGIC)), file.readline(LONGEST_HEAD), file.readline(66)
        start, length = file.tell(), os.fstat(file.fileno()).st_size
    if magic != MAGIC or told != hashlib.sha256(line).hexdigest().encode() + b"\n":
        raise broken(path)
    try:
        body = json.loads(line)
        head = Head(**{**body, "contents": Contents(**body["contents"])}, start=start)
    except (ValueError, KeyError, TypeError) as error:
        raise broken(path) from error
    if start + head.size != length:
        raise broken(path)
    return head


def check_sums(path: Path) -> Head:
    """Every bit of the file is as it was written; needs no key."""
    head = read_head(path)
    with said(path):
        if sha256_of(path, head.start) != head.sha256:
            raise broken(path)
    return head


def pack(head: Head, ledger: Path, target: Path) -> None:
    """`target` is the whole backup, read back from the medium; or it is not there."""
    part = target.with_name(target.name + PART)
    with said(target):
        try:
            part.unlink(missing_ok=True)
            descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), PRIVATE)
            try:
                write_all(descriptor, head.to_bytes())
                for block in blocks(ledger):
                    write_all(descriptor, block)
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
            forget_cache(part)
            check_sums(part)
            replace(part, target)
        finally:
            part.unlink(missing_ok=True)


def unpack(path: Path, target: Path) -> Head:
    """The ledger inside stands at `target`, bit for bit and synced; or `BackupBroken`, and `target` is not there."""
    head = read_head(path)
    digest = hashlib.sha256()
    try:
        with said(path):
            target.unlink(missing_ok=True)
            descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), PRIVATE)
            try:
                for block in blocks(path, head.start):
                    digest.update(block)
                    write_all(descriptor, block)
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
        if digest.hexdigest() != head.sha256:
            raise broken(path)
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    return head
