"""What lies inside the seal: members of the tar on the way out, and on the way in the outline, lines and attachments.

The outline (manifest, trailer, which members) is checked as a whole before the first line is read. Lines and
attachments are checked as they pass, so a batch counts only when its lines have been read to the end.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import msgspec

from desktop.model.errors import Trouble
from desktop.model.language import _
from desktop.sync.batch import (
    ATTACHMENT_MOST,
    LINES_MOST,
    Header,
    Line,
    Manifest,
    Receipt,
    Trailer,
    decode,
    encode,
)
from desktop.sync.lines import pack_lines, unpack_lines
from desktop.sync.refused import BadShape, TooLarge, WrongSender
from desktop.sync.ustar import ATTACHMENT, RECORDS, Member, Part


@dataclass(frozen=True)
class Attachment:
    """附件: one content-addressed file, read only when its turn comes."""

    sha256: str
    size: int
    chunks: Iterable[bytes]


def pack(
    manifest: Manifest,
    records: Mapping[str, Iterable[Line]],
    attachments: Iterable[Attachment] = (),
    receipt: Receipt | None = None,
) -> Iterator[Member]:
    """The members of a batch, kinds in the order given. Lines are counted here, so the manifest says what there is."""
    packed = {kind: pack_lines(lines) for kind, lines in records.items()}
    files = list(attachments)
    lines = {kind: count for kind, (_data, count, _plain) in packed.items()}
    if sum(lines.values()) > LINES_MOST:
        raise TooLarge("lines")
    yield _document("manifest.json", encode(msgspec.structs.replace(manifest, lines=lines, attachments=len(files))))
    if receipt is not None:
        yield _document("receipt.json", encode(receipt))
    for kind, (data, _count, plain) in packed.items():
        yield Member(f"records/{kind}.jsonl.zst", len(data), [data], plain)
    for file in files:
        if file.size > ATTACHMENT_MOST:
            raise TooLarge(f"attachment of {file.size}", record=file.sha256)
        yield Member(f"attachments/{file.sha256}", file.size, _unchanged(file), file.size)
    yield _document("trailer.json", encode(Trailer(lines, len(files))))


@dataclass(frozen=True)
class Contents:
    """批次内容: what was found inside a seal."""

    header: Header
    manifest: Manifest
    receipt: Receipt | None
    parts: tuple[Part, ...]

    def lines(self) -> Iterator[Line]:
        """Every line, kind by kind, in the sender's order; what is wrong is raised at the latest after the last."""
        spent = sum(len(part.data) for part in self.parts if not RECORDS.fullmatch(part.name))
        for part in self.parts:
            if named := RECORDS.fullmatch(part.name):
                kind, left = named[1], self.header.plain - spent
                count = self.manifest.lines[kind]
                spent += yield from unpack_lines(part.data, kind, count=count, most=left, known=self.manifest.knowledge)
        if spent != self.header.plain:
            raise BadShape(f"unpacks to {spent}, {self.header.plain} announced")

    def attachments(self) -> Iterator[tuple[str, memoryview]]:
        """Every attachment with its hash, which it has."""
        for part in self.parts:
            if named := ATTACHMENT.fullmatch(part.name):
                if hashlib.sha256(part.data).hexdigest() != named[1]:
                    raise BadShape(f"an attachment that is not {named[1]}")
                yield named[1], part.data


def outline(header: Header, parts: list[Part]) -> Contents:
    """The contents, once manifest, trailer, header and the members that are there fit each other."""
    named = {part.name: bytes(part.data) for part in parts if part.name.endswith(".json")}
    if "manifest.json" not in named or "trailer.json" not in named:
        raise BadShape("no manifest or no trailer")
    manifest = decode(named["manifest.json"], Manifest, "manifest")
    trailer = decode(named["trailer.json"], Trailer, "trailer")
    if (manifest.sender, manifest.to, manifest.number) != (header.sender, header.to, header.number):
        raise WrongSender("a signature around another's content", record=header.sender)
    kinds = {found[1] for part in parts if (found := RECORDS.fullmatch(part.name))}
    files = sum(ATTACHMENT.fullmatch(part.name) is not None for part in parts)
    if (trailer.lines, trailer.attachments) != (manifest.lines, manifest.attachments):
        raise BadShape("manifest and trailer count differently")
    if kinds != set(manifest.lines) or files != manifest.attachments:
        raise BadShape("members that the manifest does not count")
    if sum(manifest.lines.values()) > LINES_MOST:
        raise TooLarge("lines")
    receipt = decode(named["receipt.json"], Receipt, "receipt") if "receipt.json" in named else None
    return Contents(header, manifest, receipt, tuple(parts))


def _document(name: str, raw: bytes) -> Member:
    return Member(name, len(raw), [raw], len(raw))


def _unchanged(file: Attachment) -> Iterator[bytes]:
    """The attachment's bytes; one that the disk has changed since it was stored would cost the receiver the batch."""
    digest = hashlib.sha256()
    for chunk in file.chunks:
        digest.update(chunk)
        yield chunk
    if digest.hexdigest() != file.sha256:
        raise Trouble(_("附件已损坏"), record=file.sha256[:12], todo=_("请从备份恢复这个附件，或在记录里换掉它"))
