"""What is refused leaves a line in the chain of deeds and nothing else; and what leaves an office names nobody."""

from pathlib import Path

import msgspec
import pytest

from desktop.model.errors import NotAllowed
from desktop.model.roles import Role
from desktop.store.tables import SCHEMA
from desktop.sync import offices, refused
from desktop.sync.batch import Line, Manifest, Receipt
from desktop.sync.contents import pack
from desktop.sync.merging import merge
from desktop.sync.receipts import read_receipt
from desktop.sync.seal import draft, inspect, seal
from tests.builders import DISTRICT, NEIGHBOUR, STREET, a_person, audited, seen_as
from tests.sync.ledgers import Circle, but_the_audit, chain_is_whole, crafted, own_rows, rows_of

LINES = [Line("person", "1" * 32, ("a" * 16, 1), {"name": "李", "roles": "志愿者 2020-01-01~"})]


def refused_with(circle: Circle, batch: Path, reason: type[refused.BatchRefused]) -> None:
    """The district does not take it; only the chain of deeds is longer by one."""
    before, deeds = but_the_audit(circle.district), audited(circle.district)
    with pytest.raises(reason):
        circle.taken(batch)
    assert but_the_audit(circle.district) == before
    assert audited(circle.district) == [*deeds, ("batch.merge", False)]
    assert chain_is_whole(circle.district)


def changed(batch: Path, at: int) -> Path:
    raw = bytearray(batch.read_bytes())
    raw[at] ^= 1
    batch.write_bytes(raw)
    return batch


def test_one_flipped_bit_is_refused(circle: Circle):
    """# fault 90"""
    a_person(circle.harbour)
    refused_with(circle, changed(circle.sent(), -40), refused.Damaged)
    batch = circle.sent()
    refused_with(circle, changed(batch, batch.read_bytes().index(b'"sha256":"') + 12), refused.BadSignature)


def test_a_file_that_was_not_copied_to_its_end_is_refused(circle: Circle):
    """# fault 90"""
    a_person(circle.harbour)
    batch = circle.sent()
    batch.write_bytes(batch.read_bytes()[:-1])
    refused_with(circle, batch, refused.Truncated)


def test_a_batch_for_another_office_is_refused(circle: Circle):
    """# fault 88"""
    refused_with(circle, crafted(circle, LINES, to=[STREET]), refused.NotOurs)


def test_a_batch_of_somebody_unknown_is_refused(circle: Circle):
    """# fault 80"""
    a_person(circle.harbour)
    batch = circle.sent()
    with circle.district.books.ledger.write() as conn:
        conn.exec_driver_sql("DELETE FROM peer")
    refused_with(circle, batch, refused.UnknownSender)


def test_a_batch_under_another_communitys_name_is_refused(circle: Circle):
    """# fault 80"""
    key, batch = offices.own_key(circle.harbour), circle.ground / "x.lxb"
    manifest = Manifest(NEIGHBOUR, (DISTRICT,), 1, knowledge={"a" * 16: 1})
    header = draft("up", sender=NEIGHBOUR, to=[DISTRICT], number=1, schema=SCHEMA)
    with batch.open("wb") as out:
        seal(header, pack(manifest, {"person": LINES}), key, [offices.own_key(circle.district).recipient], out)
    refused_with(circle, batch, refused.WrongSender)


def test_a_batch_of_a_newer_program_is_refused(circle: Circle):
    """# fault 87"""
    refused_with(circle, crafted(circle, LINES, schema=SCHEMA + 1), refused.TooNew)


def test_a_revoked_key_counts_for_the_one_batch_that_the_list_names(circle: Circle):
    """# fault 89"""
    a_person(circle.harbour)
    last, stolen = circle.sent(), circle.sent()
    header = inspect(last)
    offices.revoke(circle.district, header.key, number=1, sha256=header.sha256)
    refused_with(circle, stolen, refused.RevokedSender)
    assert circle.taken(last).verdict == "已入库"
    assert rows_of(circle.district) == own_rows(circle.harbour)


def test_the_list_of_revoked_keys_rides_in_the_receipt(circle: Circle):
    a_person(circle.harbour)
    circle.brought()
    offices.revoke(circle.district, "f" * 16, number=3, sha256="e" * 64)
    circle.heard()
    assert offices.revocations(circle.harbour.books) == offices.revocations(circle.district.books)


def test_a_receipt_is_no_batch_and_a_batch_no_receipt(circle: Circle):
    a_person(circle.harbour)
    batch = circle.sent()
    circle.taken(batch)
    answer = circle.answer()
    before = but_the_audit(circle.harbour)
    with pytest.raises(refused.BatchRefused):
        read_receipt(circle.harbour, batch)
    with pytest.raises(refused.BatchRefused):
        merge(circle.harbour, answer)
    assert but_the_audit(circle.harbour) == before


@pytest.mark.parametrize("wrong", [{"office": NEIGHBOUR}, {"number": 9}])
def test_a_receipt_about_somebody_else_or_under_another_number_is_refused(circle: Circle, wrong: dict[str, object]):
    us = circle.harbour.community
    receipt = msgspec.structs.replace(Receipt(us, 1, SCHEMA), **wrong)
    header = draft("down", sender=DISTRICT, to=[us], number=1, schema=SCHEMA)
    path, members = circle.ground / "r.lxb", pack(Manifest(DISTRICT, (us,), 1), {}, receipt=receipt)
    with path.open("wb") as out:
        seal(header, members, offices.own_key(circle.district), [offices.own_key(circle.harbour).recipient], out)
    before = but_the_audit(circle.harbour)
    with pytest.raises(refused.BadShape):
        read_receipt(circle.harbour, path)
    assert but_the_audit(circle.harbour) == before


def test_who_may_only_read_merges_nothing(circle: Circle):
    a_person(circle.harbour)
    batch = circle.sent()
    before = but_the_audit(circle.district)
    with pytest.raises(NotAllowed):
        merge(seen_as(circle.district, Role.READER), batch)
    assert but_the_audit(circle.district) == before


def test_a_number_far_ahead_does_not_drown_the_receipt(circle: Circle):
    circle.taken(crafted(circle, LINES, number=900_000))
    assert len(circle.heard().unseen) == 200


def test_a_long_file_name_is_no_reason_to_refuse(circle: Circle):
    a_person(circle.harbour)
    batch = circle.sent()
    long = batch.rename(batch.with_name("b" * 240 + ".lxb"))
    assert circle.taken(long).verdict == "已入库"
