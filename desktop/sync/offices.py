"""The offices we exchange with, as this ledger keeps them: our own key, whom we trust, and how they came to be trusted.

A key counts only after its fingerprint was typed from the printed sheet. `keys.py` and `enrolment.py` know the formats; this
page is the deeds.
"""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Literal, cast

import msgspec
from sqlalchemy import Connection, delete, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from desktop.model.errors import Refusal
from desktop.model.language import _
from desktop.office.desk import Desk
from desktop.store.tables import SCHEMA, meta, peer
from desktop.store.work import Books
from desktop.sync.batch import Header, Revocations, Revoked, encode
from desktop.sync.enrolment import Welcome, read_enrolment, read_welcome, write_enrolment, write_welcome
from desktop.sync.keys import DeskKey, Enrolled, compare_fingerprint, from_base64, new_hmac_key, newer_list, still_valid, to_base64
from desktop.sync.stick import file_name, write_to_stick

Tier = Literal["社区", "镇街", "区"]
KEY, HMAC, REVOKED = "desk.key", "district.hmac", "district.revoked"


def remember(conn: Connection, key: str, value: str) -> None:
    """Keep a fact about this ledger, inside a deed."""
    new = upsert(meta).values(key=key, value=value)
    conn.execute(new.on_conflict_do_update(index_elements=["key"], set_={"value": value}))


def own_key(desk: Desk) -> DeskKey:
    """This desk's key pair; made at the first need by somebody who may."""
    kept = desk.books.fact(KEY)
    if kept is not None:
        return DeskKey.from_text(kept)
    made = DeskKey.generate()
    with desk.deed("keys.enrol") as work:
        remember(work.conn, KEY, made.to_text())
        work.remark(made.key)
    return made


def our_card(desk: Desk) -> Enrolled:
    """Our public half, as others keep it."""
    name = desk.books.fact("name") or desk.community
    return own_key(desk).enrolled(code=desk.community, name=name, tier=cast(Tier, desk.books.tier), desk=1)


def peers(books: Books) -> list[Enrolled]:
    """Every desk that was accepted."""
    with books.read() as conn:
        cards = conn.execute(select(peer.c.card).order_by(peer.c.office, peer.c.key)).scalars().all()
    return [msgspec.json.decode(card, type=Enrolled) for card in cards]


def above(books: Books) -> list[Enrolled]:
    """The desks of the tiers above, to whom a batch is sealed."""
    return [card for card in peers(books) if card.tier != "社区" and card.code != books.community]


def trusted(books: Books) -> Callable[[str], Enrolled | None]:
    """Key id → the desk that was accepted under it."""
    known = {card.key: card for card in peers(books)}
    return known.get


def revocations(books: Books) -> Revocations:
    """The list of keys that no longer count."""
    kept = books.fact(REVOKED)
    return msgspec.json.decode(kept, type=Revocations) if kept else Revocations()


def is_revoked(books: Books) -> Callable[[Header], bool]:
    """Whether a header's key counted when it was signed, by number and hash."""
    kept = revocations(books)
    return lambda header: not still_valid(kept, header)


def hmac_key(books: Books) -> bytes | None:
    """The district's key by which people are counted; None before the welcome."""
    kept = books.fact(HMAC)
    return from_base64(kept, 32) if kept else None


def request_enrolment(desk: Desk, stick: Path, *, to: str) -> Path:
    """The request lies on the stick; its fingerprint goes along on paper (`our_card(desk).fingerprint`)."""
    card, out = our_card(desk), BytesIO()
    write_enrolment(card, own_key(desk), out, to=to, number=1, schema=SCHEMA)
    path = write_to_stick(stick, file_name("enrol", card.name, 1, desk.today), out.getvalue())
    with desk.deed("keys.enrol") as work:
        work.remark(f"enrol {card.key}")
    return path


def accept_enrolment(desk: Desk, request: Path, typed: str, stick: Path) -> tuple[Enrolled, Path]:
    """The desk behind a request is trusted, for its fingerprint was typed from paper; our welcome lies on the stick.

    Raises Refusal when the fingerprint is another one.
    """
    guest = read_enrolment(request).desk
    compare_fingerprint(typed, guest.public)
    trust(desk, guest)
    return guest, welcome(desk, guest, stick)


def trust(desk: Desk, guest: Enrolled) -> None:
    """Keep a desk's public half."""
    with desk.deed("keys.trust") as work:
        _keep(work.conn, guest, desk.today)
        work.remark(f"{guest.code} {guest.name} {guest.key}")


def welcome(desk: Desk, guest: Enrolled, stick: Path) -> Path:
    """The answer to a desk that is trusted: our public half, the counting key, the revoked keys; sealed to that desk."""
    key, card = hmac_key(desk.books), our_card(desk)
    if key is None:
        if desk.books.tier != "区":
            raise Refusal(_("本单位还没有区里的入网通知"), todo=_("先由区里登记本单位"))
        key = new_hmac_key()
        with desk.deed("keys.enrol") as work:
            remember(work.conn, HMAC, to_base64(key))
    desks = (card, *(one for one in above(desk.books) if one.code != guest.code))
    out = BytesIO()
    said = Welcome(desks, to_base64(key), guest.key, revocations(desk.books))
    write_welcome(said, card, own_key(desk), guest, out, number=1, schema=SCHEMA)
    return write_to_stick(stick, file_name("welcome", guest.name, 1, desk.today), out.getvalue())


def accept_welcome(desk: Desk, path: Path, typed: str) -> list[Enrolled]:
    """The tiers above are trusted, for the district's fingerprint was typed from paper; we can seal from now on."""
    said = read_welcome(path, own_key(desk), desk.community, typed)
    with desk.deed("keys.trust") as work:
        for card in said.desks:
            _keep(work.conn, card, desk.today)
            work.remark(f"{card.code} {card.name} {card.key}")
        remember(work.conn, HMAC, said.hmac_key)
        remember(work.conn, REVOKED, encode(newer_list(revocations(desk.books), said.revocations)).decode())
    return list(said.desks)


def revoke(desk: Desk, key: str, *, number: int, sha256: str) -> None:
    """From now on nothing by this key counts but the one batch named; the list grows by one and rides in every receipt."""
    kept = revocations(desk.books)
    if any(one.key == key for one in kept.keys):
        raise Refusal(_("这把密钥早已注销"), record=key)
    grown = Revocations(kept.serial + 1, (*kept.keys, Revoked(key, number, sha256)))
    with desk.deed("keys.revoke") as work:
        remember(work.conn, REVOKED, encode(grown).decode())
        work.remark(key)


def _keep(conn: Connection, card: Enrolled, today: str) -> None:
    conn.execute(delete(peer).where(peer.c.office == card.code, peer.c.key == card.key))
    conn.execute(insert(peer), {"office": card.code, "key": card.key, "card": encode(card).decode(), "trusted_on": today})
