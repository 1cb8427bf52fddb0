"""How a desk becomes known, and how it learns the keys above it: the `enrol` and the `welcome` file.

A desk asks with an `enrol` file that its own key signs; the district types the fingerprint from the desk's printed
sheet. The district answers with a `welcome` file, sealed to the desk; the desk's clerk types the district's
fingerprint from the district's sheet. After that nobody has to trust a stick again. A new key of a known desk is
enrolled by the old key's signature; a lost one goes the paper way again.
"""

from io import BytesIO
from pathlib import Path
from typing import IO, Annotated

import msgspec
from msgspec import Meta, Struct

from desktop.sync.batch import Code, Header, KeyId, Revocations, decode, encode
from desktop.sync.envelope import read_introduction, write_signed
from desktop.sync.keys import DeskKey, Enrolled, compare_fingerprint, from_base64, to_base64, verifies
from desktop.sync.refused import CannotOpen, NotOurs, WrongSender
from desktop.sync.seal import draft, open_sealed, seal_to


class Enrolment(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """入网申请: public keys, office and desk; `old` and `handed_over` when a known desk changes its key."""

    desk: Enrolled
    old: Annotated[str, Meta(max_length=16)] = ""
    handed_over: Annotated[str, Meta(max_length=88)] = ""  # the old key's signature over `desk`


class Welcome(Struct, frozen=True, forbid_unknown_fields=True):
    """入网通知: the desks of the tiers above, the key that counts people, and the keys that no longer count."""

    desks: Annotated[tuple[Enrolled, ...], Meta(min_length=1, max_length=100)]
    hmac_key: Annotated[str, Meta(min_length=44, max_length=44)]
    accepted: KeyId  # the desk that is welcomed
    revocations: Revocations = Revocations()


def write_enrolment(
    desk: Enrolled, key: DeskKey, out: IO[bytes], *, to: Code, number: int, schema: int, old: DeskKey | None = None
) -> Header:
    """The request in `out`, signed by the key that it makes known, and by the old one if there is one."""
    handed_over = to_base64(old.signing.sign(encode(desk))) if old else ""
    body = encode(Enrolment(desk, old.key if old else "", handed_over))
    header = draft("enrol", sender=desk.code, to=[to], number=number, schema=schema, public=desk.sign)
    header = msgspec.structs.replace(header, alg="ed25519", plain=len(body))
    return write_signed(header, BytesIO(body), key, out)


def read_enrolment(path: Path) -> Enrolment:
    """The request, whole and signed by itself. Accept it with `compare_fingerprint` or `continues`, never without."""
    header, public, body = read_introduction(path, "enrol")
    enrolment = decode(body, Enrolment, "enrolment")
    if enrolment.desk.public != public or enrolment.desk.code != header.sender:
        raise WrongSender("the request names another key or office", record=header.sender)
    return enrolment


def continues(enrolment: Enrolment, known: Enrolled) -> bool:
    """The desk that we know under its old key has signed for this new one; no paper is needed."""
    same_desk = (known.code, known.desk, known.tier) == (enrolment.desk.code, enrolment.desk.desk, enrolment.desk.tier)
    if not same_desk or enrolment.old != known.key or not enrolment.handed_over:
        return False
    return verifies(known.public, from_base64(enrolment.handed_over, 64), encode(enrolment.desk))


def write_welcome(
    welcome: Welcome, district: Enrolled, key: DeskKey, guest: Enrolled, out: IO[bytes], *, number: int, schema: int
) -> Header:
    """The answer in `out`, sealed to the desk that asked."""
    body, sealed = encode(welcome), BytesIO()
    seal_to([guest.recipient], [body], sealed)
    header = draft("welcome", sender=district.code, to=[guest.code], number=number, schema=schema, public=district.sign)
    return write_signed(msgspec.structs.replace(header, plain=len(body)), sealed, key, out)


def read_welcome(path: Path, key: DeskKey, us: str, typed: str) -> Welcome:
    """The answer, once the district's fingerprint has been typed from its printed sheet."""
    header, public, body = read_introduction(path, "welcome")
    compare_fingerprint(typed, public)
    if us not in header.to:
        raise NotOurs(f"to {', '.join(header.to)}", record=", ".join(header.to))
    welcome = decode(bytes(open_sealed([body], [key.identity], header.sha256)), Welcome, "welcome")
    if welcome.accepted != key.key:
        raise CannotOpen(f"it welcomes {welcome.accepted}")
    author = [desk for desk in welcome.desks if desk.public == public]
    if not author or author[0].code != header.sender:
        raise WrongSender("the author is not among the desks that he names", record=header.sender)
    return welcome
