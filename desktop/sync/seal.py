"""Sealing and opening: nothing in a file from a stick is used before it is proved, and the order is always the same.

magic → header of at most 4 KiB → signature by an enrolled key → strict types, the key's own office, not revoked,
addressed to us → length and SHA-256 of the rest → a schema we read → is the number known? → age opens → tar →
manifest and trailer agree with the header → lines (`Contents.lines`). Whatever does not pass raises a `BatchRefused`
with its own reason and leaves the file as it was; from the signature on the refusal has the `header`.

Plain content is held in memory and never written to a disk. The sealed body is read twice and its hash is taken
both times, so a stick that answers differently the second time is noticed.
"""

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO, Literal

import msgspec
import pyrage

from desktop.sync.batch import KIB, MIB, RECIPIENTS_MOST, Header
from desktop.sync.contents import Contents, outline
from desktop.sync.envelope import (
    Sink,
    Source,
    check_length,
    chunks,
    header_in,
    key_named_in,
    measure,
    opened,
    outer_lines,
    write_signed,
)
from desktop.sync.keys import DeskKey, Enrolled, read_recipient, verifies
from desktop.sync.refused import (
    AlreadyReceived,
    BadShape,
    BadSignature,
    BatchRefused,
    CannotOpen,
    Damaged,
    NotOurs,
    NumberReused,
    RevokedSender,
    TooLarge,
    TooNew,
    TooOld,
    UnknownSender,
    WrongSender,
    trouble_with,
)
from desktop.sync.ustar import Member, read_tar, write_tar

SEALED: Literal["age1+ed25519"] = "age1+ed25519"
AGE_HEADER_MOST = 4 * KIB  # age tries every stanza before it can know that its header is genuine
RELEASES_BACK = 2
IN_MEMORY = 16 * MIB

BatchKind = Literal["up", "down", "desk", "enrol", "welcome", "copy"]
Trusted = Callable[[str], Enrolled | None]


def draft(kind: BatchKind, *, sender: str, to: Sequence[str], number: int, schema: int, public: str = "") -> Header:
    """A header before its file exists; sealing completes it."""
    return Header(kind, sender, "", tuple(to), number, schema, SEALED, 0, "", 0, public)


def seal(header: Header, members: Iterable[Member], key: DeskKey, recipients: Iterable[str], out: IO[bytes]) -> Header:
    """The sealed batch in `out`, and its completed header. A batch is sealed once and kept: sealing draws a fresh key."""
    plain = 0

    def counted() -> Iterator[Member]:
        nonlocal plain
        for member in members:
            plain += member.plain
            yield member

    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as body:  # only ever holds what age has sealed
        seal_to(recipients, write_tar(counted()), body)
        return write_signed(msgspec.structs.replace(header, plain=plain), body, key, out)


def seal_to(recipients: Iterable[str], portions: Iterable[bytes], out: IO[bytes]) -> None:
    """One age file that each of the recipients opens."""
    to = [read_recipient(recipient) for recipient in dict.fromkeys(recipients)]
    if not 1 <= len(to) <= RECIPIENTS_MOST:
        raise TooLarge(f"{len(to)} recipients")
    source, sink = Source(portions), Sink(out)
    try:
        pyrage.encrypt_io(source, sink, to)
    except pyrage.EncryptError:
        if not (source.failed or sink.failed):
            raise
    failed = source.failed or sink.failed  # asked in any case: age drops what fails while it flushes
    if isinstance(failed, OSError):
        raise trouble_with(failed, "") from failed
    if failed:
        raise failed


def open_sealed(portions: Iterable[bytes], identities: Sequence[pyrage.x25519.Identity], sha256: str) -> memoryview:
    """The plain bytes. They count only if what age was given has the signed hash, too."""
    source, plain = Source(portions), BytesIO()
    try:
        pyrage.decrypt_io(source, plain, list(identities))
    except pyrage.DecryptError as error:
        raise source.failed or CannotOpen(str(error)) from error
    if source.digest.hexdigest() != sha256:
        raise Damaged("read twice, and not the same")
    return plain.getbuffer()


def inspect(path: Path, trusted: Trusted | None = None) -> Header:
    """The header of a file on the stick, its signature checked if the key is known. Nothing sealed is opened."""
    with opened(path) as file:
        signed, signature = outer_lines(file)
        sender = trusted(key_named_in(signed)) if trusted else None
        if sender and not verifies(sender.public, signature, signed):
            raise BadSignature
        header = header_in(signed)
        if sender and sender.code != header.sender:
            raise WrongSender(f"{sender.code} signs as {header.sender}", record=header.sender)
        check_length(file, header)
    return header


@dataclass(frozen=True)
class Unsealed(Contents):
    """拆封后的批次: contents whose author is proved."""

    by: Enrolled


def never(_header: Header) -> bool:
    """No key is revoked."""
    return False


def nothing(_header: Header) -> str | None:
    """No number is known."""
    return None


def unseal(
    path: Path,
    identities: Sequence[pyrage.x25519.Identity],
    trusted: Trusted,
    us: str,
    *,
    schema: int,
    revoked: Callable[[Header], bool] = never,
    seen: Callable[[Header], str | None] = nothing,
) -> Unsealed:
    """The batch, opened. `seen` gives the hash under which we know this sender's number; `schema` is our newest."""
    with opened(path) as file:
        signed, signature = outer_lines(file)
        key = key_named_in(signed)
        sender = trusted(key)
        if sender is None:
            raise UnknownSender(key)
        if not verifies(sender.public, signature, signed):
            raise BadSignature
        header = header_in(signed)
        with refusals_naming(header):
            _check_address(header, sender, us)
            if revoked(header):
                raise RevokedSender(header.key)
            start = file.tell()
            check_length(file, header)
            if measure(file)[1] != header.sha256:
                raise Damaged
            _check_schema(header, schema)
            _check_number(header, seen(header))
            file.seek(start)
            _check_age_header(file.read(AGE_HEADER_MOST))
            file.seek(start)
            tar = open_sealed(chunks(file), identities, header.sha256)
            found = outline(header, read_tar(tar))
    return Unsealed(found.header, found.manifest, found.receipt, found.parts, sender)


@contextmanager
def refusals_naming(header: Header) -> Iterator[None]:
    """Every refusal in here says which batch it is about, so that the audit and a receipt can name it."""
    try:
        yield
    except BatchRefused as refusal:
        refusal.header = header
        refusal.record = refusal.record or f"{header.sender} {header.number}"
        raise


def _check_address(header: Header, sender: Enrolled, us: str) -> None:
    """A sealed batch, from the office whose key signed it, to us."""
    if header.kind in ("enrol", "welcome") or header.alg != SEALED or header.public:
        raise BadShape(f"{header.kind} is not opened here")
    if sender.code != header.sender:
        raise WrongSender(f"{sender.code} signs as {header.sender}", record=header.sender)
    if us not in header.to:
        raise NotOurs(f"to {', '.join(header.to)}", record=", ".join(header.to))


def _check_schema(header: Header, newest: int) -> None:
    if header.schema > newest:
        raise TooNew(f"{header.schema} > {newest}")
    if header.schema < newest - RELEASES_BACK:
        raise TooOld(f"{header.schema} < {newest - RELEASES_BACK}")


def _check_number(header: Header, known: str | None) -> None:
    if known == header.sha256:
        raise AlreadyReceived
    if known is not None:
        raise NumberReused(f"{known} and {header.sha256}")


def _check_age_header(start: bytes) -> None:
    end = start.find(b"\n--- ")
    if end < 0 or b"\n" not in start[end + 1 :]:
        raise BadShape("an age header over 4 KiB")
