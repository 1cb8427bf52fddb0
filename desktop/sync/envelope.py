"""The outside of every file of the exchange: magic, one line of header, one line of signature, the body.

    LIANXIN 1
    {"kind":"up","from":"441502003007",…,"size":1834112,"sha256":"…"}
    base64 of the Ed25519 signature over the two lines above, their line ends included
    <body>

What is read here is not trusted by being read: `seal.py` says in which order it is proved.
"""

import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Protocol

import msgspec

from desktop.sync.batch import HEADER_MOST, MIB, PLAIN_MOST, SEALED_MOST, Header, decode, encode
from desktop.sync.keys import DeskKey, from_base64, key_id, to_base64, verifies
from desktop.sync.refused import BadShape, BadSignature, Damaged, NotABatch, TooLarge, TooNew, Truncated, trouble_with

MAGIC = b"LIANXIN 1\n"
SIGNATURE_LINE = 89
INTRODUCTION_MOST = MIB


class Readable(Protocol):
    """Anything with bytes in it."""

    def read(self, size: int = ..., /) -> bytes: ...


class _Peek(msgspec.Struct):
    """What must be read before the signature can be checked, and nothing else."""

    key: str


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """The file for reading; a stick that goes away meanwhile is a Trouble."""
    try:
        with path.open("rb") as file:
            yield file
    except OSError as error:
        raise trouble_with(error, path.name) from error


def write_signed(header: Header, body: IO[bytes], key: DeskKey, out: IO[bytes]) -> Header:
    """The file in `out`, and its header with size, hash and key filled in."""
    body.seek(0)
    size, sha256 = measure(body)
    if size > SEALED_MOST or header.plain > PLAIN_MOST:
        raise TooLarge(f"{size} sealed, {header.plain} plain")
    header = msgspec.structs.replace(header, key=key.key, size=size, sha256=sha256)
    line = encode(header) + b"\n"
    decode(line[:-1], Header, "header")  # never write what nobody would read
    out.write(MAGIC + line + to_base64(key.signing.sign(MAGIC + line)).encode("ascii") + b"\n")
    body.seek(0)
    for chunk in chunks(body):
        out.write(chunk)
    return header


def outer_lines(file: IO[bytes]) -> tuple[bytes, bytes]:
    """The two signed lines, and the signature; the file stands at its body."""
    magic = file.read(len(MAGIC))
    if magic != MAGIC:
        raise TooNew(str(magic)) if magic.startswith(b"LIANXIN ") else NotABatch(str(magic))
    line = file.readline(HEADER_MOST + 1)
    if len(line) > HEADER_MOST:
        raise TooLarge("header")
    signature = file.read(SIGNATURE_LINE)
    if not line.endswith(b"\n") or len(signature) < SIGNATURE_LINE:
        raise Truncated("within the first three lines")
    try:
        if signature[-1:] != b"\n":
            raise BadSignature("a signature of another length")
        return MAGIC + line, from_base64(signature[:-1].decode("ascii"), 64)
    except (BadShape, UnicodeDecodeError) as error:
        raise BadSignature(str(error)) from error


def key_named_in(signed: bytes) -> str:
    """The id of the key that claims to have signed."""
    try:
        return msgspec.json.decode(signed[len(MAGIC) : -1], type=_Peek).key
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise BadShape(f"header: {error}") from error


def header_in(signed: bytes) -> Header:
    """The header, strictly typed. Its shape belongs to the magic: `schema` changes only what lies inside."""
    return decode(signed[len(MAGIC) : -1], Header, "header")


def check_length(file: IO[bytes], header: Header) -> None:
    """What follows is as long as the header says."""
    there = os.fstat(file.fileno()).st_size - file.tell()
    if there < header.size:
        raise Truncated(f"{there} of {header.size}")
    if there > header.size:
        raise Damaged(f"{there - header.size} bytes too many")


def read_introduction(path: Path, kind: str) -> tuple[Header, bytes, bytes]:
    """Header, author's public key and body of a file whose author introduces himself.

    It is whole and signed by that key. Whose key it is, only the printed fingerprint can tell.
    """
    with opened(path) as file:
        signed, signature = outer_lines(file)
        header = header_in(signed)
        if header.kind != kind:
            raise NotABatch(f"{header.kind} is no {kind}")
        public = from_base64(header.public, 32)
        if key_id(public) != header.key or not verifies(public, signature, signed):
            raise BadSignature
        if header.size > INTRODUCTION_MOST:
            raise TooLarge(f"a body of {header.size}")
        check_length(file, header)
        body = file.read()
    if hashlib.sha256(body).hexdigest() != header.sha256:
        raise Damaged
    return header, public, body


def chunks(file: Readable) -> Iterator[bytes]:
    """The rest of a file in portions."""
    return iter(lambda: file.read(MIB), b"")


def measure(file: Readable) -> tuple[int, str]:
    """Length and SHA-256 of the rest of a file."""
    digest, size = hashlib.sha256(), 0
    for chunk in chunks(file):
        digest.update(chunk)
        size += len(chunk)
    return size, digest.hexdigest()


class Source:
    """Portions of bytes as a file for age, which would swallow what went wrong in them: `failed` keeps it."""

    def __init__(self, portions: Iterable[bytes]) -> None:
        self._portions = iter(portions)
        self._rest = memoryview(b"")
        self.digest = hashlib.sha256()
        self.failed: Exception | None = None

    def read(self, size: int) -> bytes:
        """At most `size` bytes; none at the end."""
        try:
            while not self._rest:
                self._rest = memoryview(next(self._portions))
                self.digest.update(self._rest)
        except StopIteration:
            return b""
        except Exception as error:
            self.failed = error
            raise
        part, self._rest = self._rest[:size], self._rest[size:]
        return bytes(part)


class Sink:
    """A file for age to write into; `failed` keeps what went wrong."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.failed: Exception | None = None

    def write(self, portion: bytes) -> int:
        """All of it."""
        try:
            return self._file.write(portion)
        except Exception as error:
            self.failed = error
            raise

    def flush(self) -> None:
        """Nothing is held back here."""
