"""The tar inside a batch: a strict corner of ustar that any `tar` reads, and that we read without trusting it.

The standard library follows links, pax and GNU headers and has hung on hostile input. Here a member is a plain file
with a known name; its header is made again from name and size and must be equal byte for byte, so a link, a device,
an absolute path, an owner, a date or a second header of any kind cannot occur.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from desktop.model.errors import Trouble
from desktop.model.language import _
from desktop.sync.batch import ATTACHMENT_MOST, JSON_MOST, SEALED_MOST
from desktop.sync.refused import BadShape, TooLarge

BLOCK = 512
MEMBERS_MOST = 100_000
RECORDS = re.compile(r"records/([a-z][a-z0-9_]{0,39})\.jsonl\.zst")
ATTACHMENT = re.compile(r"attachments/([0-9a-f]{64})")
# In this order and no other: a reader knows what it is told before the lines come.
ORDER = (re.compile(r"manifest\.json"), re.compile(r"receipt\.json"), RECORDS, ATTACHMENT, re.compile(r"trailer\.json"))
LIMITS = (JSON_MOST, JSON_MOST, SEALED_MOST, ATTACHMENT_MOST, JSON_MOST)


@dataclass(frozen=True)
class Member:
    """One file of the tar on its way out; `plain` is its length when unpacked."""

    name: str
    size: int
    chunks: Iterable[bytes]
    plain: int


class Part(NamedTuple):
    """One file of the tar as it was read; a view, not a copy."""

    name: str
    data: memoryview


def write_tar(members: Iterable[Member]) -> Iterator[bytes]:
    """The tar in portions."""
    for member in members:
        yield _head(member.name, member.size)
        written = 0
        for chunk in member.chunks:
            written += len(chunk)
            yield chunk
        if written != member.size:
            raise Trouble(_("附件在读取时变了"), record=member.name, todo=_("请重新制作这一批"))
        yield bytes(-written % BLOCK)
    yield bytes(2 * BLOCK)


def read_tar(tar: memoryview) -> list[Part]:
    """Every member, once the whole is known to be well formed; nothing is unpacked yet."""
    parts: list[Part] = []
    at, reached, names = 0, 0, set[str]()
    while True:
        head = bytes(tar[at : at + BLOCK])
        if not any(head):
            break
        name, size = _told(head)
        rank = _rank(name)
        if rank < reached or name in names or len(parts) >= MEMBERS_MOST:
            raise BadShape(f"member out of order or twice: {name}")
        if size > LIMITS[rank]:
            raise TooLarge(name)
        end = at + BLOCK + size
        filled = end + -size % BLOCK
        if filled > len(tar) or any(tar[end:filled]):
            raise BadShape(f"member cut off: {name}")
        parts.append(Part(name, tar[at + BLOCK : end]))
        names.add(name)
        at, reached = filled, rank
    if len(tar) != at + 2 * BLOCK or any(tar[at:]):
        raise BadShape("the tar does not end where it should")
    return parts


def _head(name: str, size: int) -> bytes:
    """The only header that a member of this name and size can have."""
    before = b"".join((name.encode("ascii").ljust(100, b"\0"), b"0000644\0", b"0000000\0" * 2, b"%011o\0" % size, b"0" * 11, b"\0"))
    after = b"".join((b"0", bytes(100), b"ustar\0", b"00", bytes(247)))
    return b"".join((before, b"%06o\0 " % (sum(before) + 8 * ord(" ") + sum(after)), after))


def _told(head: bytes) -> tuple[str, int]:
    try:
        name = head[:100].rstrip(b"\0").decode("ascii")
        size = int(head[124:135], 8)
        same = _head(name, size) == head
    except ValueError as error:
        raise BadShape("unreadable tar header") from error
    if not same:
        raise BadShape(f"tar header with more to say: {name!r}")
    return name, size


def _rank(name: str) -> int:
    for rank, known in enumerate(ORDER):
        if known.fullmatch(name):
            return rank
    raise BadShape(f"unknown member: {name!r}")
