"""Offices with fixed keys and small batches between them; a test writes only what matters to it."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import msgspec
import pyrage
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desktop.sync.batch import Header, Line, Manifest, Receipt, encode
from desktop.sync.contents import Attachment, pack
from desktop.sync.envelope import MAGIC, write_signed
from desktop.sync.keys import DeskKey, Enrolled, to_base64
from desktop.sync.knowledge import Masked
from desktop.sync.seal import Unsealed, draft, seal, seal_to, unseal
from desktop.sync.ustar import Member

SCHEMA = 12
SITTING, EARLIER = "9f3ac07be21d4455", "a17700c2d4e8f011"
OPINION = "0192f0c1-7a11-7c3e-9d55-0a1b2c3d4e5f"


@dataclass(frozen=True)
class Office:
    """A desk with its key, as itself and as others know it."""

    key: DeskKey
    desk: Enrolled

    @property
    def code(self) -> str:
        return self.desk.code

    @property
    def recipient(self) -> str:
        return self.desk.recipient


def an_office(code: str, name: str, tier: Any, identity: str, *, desk: int = 1, seed: str = "") -> Office:
    """Ed25519 seeds are hashes of the names; the identities were made once by age-keygen. They guard nothing."""
    signing = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(f"{name}{desk}{seed}".encode()).digest())
    key = DeskKey(signing, pyrage.x25519.Identity.from_str(identity))
    return Office(key, key.enrolled(code=code, name=name, tier=tier, desk=desk))


HARBOUR = an_office("441502003007", "滨海社区", "社区", "AGE-SECRET-KEY-1F4Z2EAXFZS0L4UY2NZQCZSHD2WQ408NW8LM7S9JHSQEZL7730JKQQ05LFG")
STREET = an_office("441502003000", "凤山街道", "镇街", "AGE-SECRET-KEY-178TPP78C3YP67PCUXZANCPYWLLF82ZYHVJWK5FNY6MANTJAYUCFS6TKVCU")
DISTRICT = an_office("441502000000", "城区", "区", "AGE-SECRET-KEY-1XXRVKY230SSSHG8CYPHHCWYQ4KEEE79XM499KY3HWQ2ZS22FACTQJU37YP")
NEIGHBOUR = an_office("441502003011", "新林社区", "社区", "AGE-SECRET-KEY-1ANP4MLZF3AQ8ADPQS0R8US0RULWA6VWS7C8LUVEE80A6W5EE67NQKKARWQ")
ENROLLED = {office.desk.key: office.desk for office in (HARBOUR, STREET, DISTRICT, NEIGHBOUR)}


def an_opinion(**changed: Any) -> Line:
    """A line as 滨海社区 sends it: one field older than the rest, the resident's name masked."""
    line = Line(
        "opinion",
        OPINION,
        (SITTING, 47),
        {"heard_on": "2021-10-04", "text": "楼下路灯不亮", "said_by": Masked("李*芳"), "heard_by": None, "households": 12},
        {"text": [EARLIER, 9]},
    )
    return msgspec.structs.replace(line, **changed)


def a_manifest(**changed: Any) -> Manifest:
    manifest = Manifest(
        HARBOUR.code,
        (STREET.code, DISTRICT.code),
        46,
        knowledge={SITTING: 47, EARLIER: 9},
        since={EARLIER: 3},
        scope="up-1",
        period="2021-11",
        made="2021-11-19 16:20",
    )
    return msgspec.structs.replace(manifest, **changed)


def a_header(**changed: Any) -> Header:
    header = draft("up", sender=HARBOUR.code, to=[STREET.code, DISTRICT.code], number=46, schema=SCHEMA)
    return msgspec.structs.replace(header, **changed)


def a_batch(
    lines: Iterable[Line] | None = None,
    *,
    by: Office = HARBOUR,
    header: Header | None = None,
    manifest: Manifest | None = None,
    members: Iterable[Member] | None = None,
    attachments: Iterable[Attachment] = (),
    receipt: Receipt | None = None,
    records: Mapping[str, Iterable[Line]] | None = None,
) -> bytes:
    """The bytes of a batch that is right in every respect that the test does not change."""
    if records is None:
        records = {"opinion": [an_opinion()] if lines is None else lines}
    if members is None:
        members = pack(manifest or a_manifest(), records, attachments, receipt)
    out = BytesIO()
    seal(header or a_header(), members, by.key, [STREET.recipient, DISTRICT.recipient], out)
    return out.getvalue()


def an_attachment(content: bytes) -> Attachment:
    return Attachment(hashlib.sha256(content).hexdigest(), len(content), [content])


def around(tar: bytes, *, plain: int = 0) -> bytes:
    """Any bytes, sealed and signed as if they were the tar of a batch: what only the sender's own program can do."""
    body = BytesIO()
    seal_to([DISTRICT.recipient], [tar], body)
    return signed(body.getvalue(), plain=plain)


def signed(body: bytes, **changed: Any) -> bytes:
    """Any bytes as the body of a batch with a good signature."""
    out = BytesIO()
    write_signed(a_header(**changed), BytesIO(body), HARBOUR.key, out)
    return out.getvalue()


def with_header(raw: bytes, fields: Mapping[str, Any] | bytes, *, by: Office = HARBOUR) -> bytes:
    """The same batch under another header line, signed anew; `fields` change it, or are the line itself."""
    _magic, line, _signature, body = raw.split(b"\n", 3)
    if not isinstance(fields, bytes):
        fields = encode(msgspec.json.decode(line) | dict(fields))
    head = MAGIC + fields + b"\n"
    return head + to_base64(by.key.signing.sign(head)).encode() + b"\n" + body


def received(path: Path, *, at: Office = DISTRICT, **how: Any) -> Unsealed:
    """What the receiver's program does with a file from the stick, up to the lines."""
    us = how.pop("us", at.code)
    return unseal(path, [at.key.identity], ENROLLED.get, us, **({"schema": SCHEMA} | how))


def read_through(path: Path, **how: Any) -> list[Line]:
    """Everything of the batch, to the last attachment."""
    batch = received(path, **how)
    lines = list(batch.lines())
    list(batch.attachments())
    return lines
