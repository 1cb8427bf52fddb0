"""What a batch says, as frozen types with limits, and how a document of it is spelled: encode and decode, nothing else.

Every number, text and list has a type and a limit, checked while it is read and before anything is done with it.
JSON that two readers could understand differently (a key twice, NaN, half a surrogate pair, 1.0 for 1) is refused.
The page with the words and an example is docs/exchange.md.
"""

import json
from collections import Counter
from typing import Annotated, Any, Literal, TypeVar

import msgspec
from msgspec import Meta, Struct

from desktop.sync.knowledge import BIGGEST_NUMBER, Fate, Value
from desktop.sync.refused import BadShape, TooLarge

KIB, MIB, GIB = 2**10, 2**20, 2**30
SEALED_MOST = 512 * MIB
PLAIN_MOST = 2 * GIB
LINES_MOST = 2_000_000
LINE_MOST = 256 * KIB
ATTACHMENT_MOST = 20 * MIB
JSON_MOST = 64 * MIB  # manifest, receipt, trailer, each
HEADER_MOST = 4 * KIB
RECIPIENTS_MOST = 10
SITTINGS_MOST = 20_000
REPLACED_MOST = 1_000

Code = Annotated[str, Meta(pattern=r"^[0-9]{12}\Z")]
KeyId = Annotated[str, Meta(pattern=r"^[0-9a-f]{16}\Z")]
Sha256 = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z")]
Kind = Annotated[str, Meta(min_length=1, max_length=40)]
Name = Annotated[str, Meta(min_length=1, max_length=64)]
RecordId = Annotated[str, Meta(min_length=1, max_length=64)]
Words = Annotated[str, Meta(max_length=200)]
Sitting = Annotated[str, Meta(min_length=16, max_length=16)]
Tick = Annotated[int, Meta(ge=1, le=BIGGEST_NUMBER)]
Count = Annotated[int, Meta(ge=0, le=LINES_MOST)]
Number = Annotated[int, Meta(ge=1, le=999_999)]
Known = Annotated[dict[Sitting, Tick], Meta(max_length=SITTINGS_MOST)]
Counts = Annotated[dict[Kind, Count], Meta(max_length=200)]


class Header(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """首行: the one line that can be read without a key. It names offices and sizes, never a resident."""

    kind: Literal["up", "down", "desk", "enrol", "welcome", "copy"]
    sender: Code = msgspec.field(name="from")
    key: KeyId
    to: Annotated[tuple[Code, ...], Meta(min_length=1, max_length=RECIPIENTS_MOST)]
    number: Number
    schema: Annotated[int, Meta(ge=1, le=99_999)]
    alg: Literal["age1+ed25519", "ed25519"]
    size: Annotated[int, Meta(ge=0, le=SEALED_MOST)]
    sha256: Sha256
    plain: Annotated[int, Meta(ge=0, le=PLAIN_MOST)]
    public: Annotated[str, Meta(max_length=44)] = ""  # the author's public key, only where nobody can know it yet


class Revoked(Struct, frozen=True, forbid_unknown_fields=True):
    """注销: a key, and the last batch of it that counts; never a date, for a thief can set a clock."""

    key: KeyId
    number: Annotated[int, Meta(ge=0, le=999_999)]  # 0: none of its batches was ever taken
    sha256: Annotated[str, Meta(max_length=64)]


class Revocations(Struct, frozen=True, forbid_unknown_fields=True):
    """注销名单: rides in every `down`; the highest serial counts."""

    serial: Annotated[int, Meta(ge=0, le=BIGGEST_NUMBER)] = 0
    keys: Annotated[tuple[Revoked, ...], Meta(max_length=10_000)] = ()


class Manifest(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """清单: who, to whom, how much, and what the sender knew when it was sealed."""

    sender: Code = msgspec.field(name="from")  # again, inside: a foreign signature around our ciphertext is found
    to: Annotated[tuple[Code, ...], Meta(min_length=1, max_length=RECIPIENTS_MOST)]
    number: Number
    knowledge: Known = {}
    since: Known = {}  # the receiver's knowledge by its last receipt: what lies below it was left out
    scope: Words = ""
    period: Words = ""
    made: Words = ""  # wall time, only shown
    program: Words = ""
    lines: Counts = {}
    attachments: Count = 0
    want: Annotated[tuple[tuple[Kind, RecordId], ...], Meta(max_length=LINES_MOST)] = ()  # please send in full again
    tables: Annotated[dict[Name, Words], Meta(max_length=500)] = {}  # code table -> version
    audit: Words = ""  # head of the audit chain
    unanswered: Annotated[tuple[Number, ...], Meta(max_length=10_000)] = ()  # our numbers without a receipt
    quoted: Annotated[int, Meta(ge=0, le=999_999)] = 0  # number of the newest receipt that we have read
    revocations: Revocations | None = None


class Trailer(Struct, frozen=True, forbid_unknown_fields=True):
    """尾: the counts once more, written last, so that a batch without its end is seen."""

    lines: Counts
    attachments: Count


class Line(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """行: the whole travelling state of one record, and which change each field comes from."""

    k: Kind
    id: RecordId
    s: tuple[Sitting, Tick]
    f: dict[Name, Value] = {}
    m: dict[Name, list[str | int | tuple[Sitting, Tick, Value]]] = {}
    r: dict[Name, Annotated[list[tuple[Sitting, Tick]], Meta(min_length=1, max_length=REPLACED_MOST)]] = {}  # seen, not merged, replaced
    erased: Annotated[str, Meta(max_length=40)] = ""  # reason code; the values are gone everywhere


class OpenRecord(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """未结记录: a record that was not simply taken, until it is."""

    kind: Kind
    id: RecordId
    fate: Fate
    field: Annotated[str, Meta(max_length=64)] = ""
    reason: Annotated[str, Meta(max_length=40)] = ""
    losing: Value = None  # what was sent and is not shown

    def __post_init__(self) -> None:
        if self.fate in (Fate.TAKEN, Fate.SAME):
            raise ValueError("a record that was taken is not open")


class BatchVerdict(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """批次结论: what became of one batch; every line of it has one fate, so the fates add up to the lines."""

    number: Number
    sha256: Sha256
    verdict: Literal["已入库", "待前批", "请先升级", "同号不同文"]
    lines: Count = 0
    fates: dict[Fate, Count] = {}

    def __post_init__(self) -> None:
        if sum(self.fates.values()) != self.lines:
            raise ValueError("the fates do not add up to the lines")


class Receipt(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """回执: a state, not an event. A lost receipt is mended by the next; the newest number wins."""

    office: Code  # whose batches it speaks of
    number: Number
    schema: Annotated[int, Meta(ge=1, le=99_999)]  # the newest that the receiver can read
    knowledge: Known = {}
    verdicts: Annotated[tuple[BatchVerdict, ...], Meta(max_length=10_000)] = ()
    open: Annotated[tuple[OpenRecord, ...], Meta(max_length=LINES_MOST)] = ()
    unseen: Annotated[tuple[Number, ...], Meta(max_length=10_000)] = ()


Shape = TypeVar("Shape")

encode = msgspec.json.Encoder().encode  # the spelling: no spaces, fields in the order of the type, no escapes but JSON's own


def decode(raw: bytes, shape: type[Shape], what: str) -> Shape:
    """A small document, strictly typed and spelled in only one way."""
    if len(raw) > JSON_MOST:
        raise TooLarge(what)
    try:
        value = msgspec.json.decode(raw, type=shape)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise BadShape(f"{what}: {error}") from error
    if encode(value) != raw:
        only_one_reading(raw, what)
    return value


def only_one_reading(raw: bytes, what: str) -> None:
    """Typed well but spelled otherwise than we spell. That may be (spaces, escapes), unless a key stands twice."""

    def no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        twice = [key for key, times in Counter(key for key, _ in pairs).items() if times > 1]
        if twice:
            raise BadShape(f"{what}: key twice: {twice[0]}")
        return dict(pairs)

    json.loads(raw, object_pairs_hook=no_key_twice)
