"""A sealed batch is opened whole, by those it is for, or not at all, and every refusal has its own reason."""

import hashlib
import os
import random
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pyrage
import pytest

from desktop.model.errors import Refusal, Trouble
from desktop.sync import envelope
from desktop.sync.batch import Receipt, Revocations, Revoked
from desktop.sync.contents import Attachment, pack
from desktop.sync.envelope import MAGIC, Source
from desktop.sync.keys import DeskKey, still_valid
from desktop.sync.refused import (
    AlreadyReceived,
    BadShape,
    BadSignature,
    BatchRefused,
    CannotOpen,
    Damaged,
    NotABatch,
    NotOurs,
    NumberReused,
    RevokedSender,
    TooLarge,
    TooNew,
    TooOld,
    Truncated,
    UnknownSender,
    WrongSender,
)
from desktop.sync.seal import inspect, open_sealed, seal, seal_to
from tests.sync.offices import (
    DISTRICT,
    ENROLLED,
    HARBOUR,
    NEIGHBOUR,
    SCHEMA,
    SITTING,
    STREET,
    a_batch,
    a_header,
    a_manifest,
    an_attachment,
    an_opinion,
    read_through,
    received,
    signed,
    with_header,
)


def test_the_district_reads_what_the_community_sealed(batch):
    opened = received(batch)
    assert list(opened.lines()) == [an_opinion()]
    assert opened.by == HARBOUR.desk
    assert opened.manifest == a_manifest(lines={"opinion": 1})


def test_street_and_district_open_the_same_file(batch):
    assert read_through(batch, at=STREET) == read_through(batch, at=DISTRICT)


def test_attachments_and_a_receipt_ride_in_the_same_file(on_disk):
    receipt = Receipt(HARBOUR.code, 3, SCHEMA, {SITTING: 47})
    photo = bytes(range(256)) * 999
    opened = received(on_disk(a_batch(attachments=[an_attachment(photo)], receipt=receipt)))
    assert list(opened.lines()) == [an_opinion()]
    assert [(name, bytes(data)) for name, data in opened.attachments()] == [(hashlib.sha256(photo).hexdigest(), photo)]
    assert opened.receipt == receipt


def test_a_batch_without_lines_is_still_a_batch(on_disk):
    assert read_through(on_disk(a_batch(records={}))) == []


def test_nothing_a_resident_said_can_be_read_from_a_stolen_stick(on_disk):  # fault 91
    raw = a_batch([an_opinion(f={"text": "CANARY-楼下路灯"})], attachments=[an_attachment(b"CANARY" * 100)])
    assert b"CANARY" not in raw
    assert "路灯".encode() not in raw


def test_a_second_sealing_is_another_file_so_a_batch_is_sealed_once_and_kept():
    assert a_batch() != a_batch()


def test_the_header_can_be_read_without_any_key(batch):
    header = inspect(batch)
    assert (header.sender, header.number, header.size) == (HARBOUR.code, 46, batch.stat().st_size - _body_at(batch))


@pytest.mark.parametrize("raw", [b"", b"LIANX", b"PK\x03\x04" + bytes(900), "连心".encode() * 50])
def test_a_foreign_file_is_not_a_batch(on_disk, raw):
    with pytest.raises(NotABatch, match="不是连心的文件"):
        read_through(on_disk(raw))


def test_a_file_of_a_later_format_asks_for_the_update(on_disk):
    with pytest.raises(TooNew, match="请先升级"):
        read_through(on_disk(b"LIANXIN 2" + a_batch()[9:]))


def test_a_batch_of_a_later_schema_is_kept_for_after_the_update(on_disk):  # fault 87
    with pytest.raises(TooNew, match="文件已留好") as refused:
        read_through(on_disk(a_batch(header=a_header(schema=SCHEMA + 1))))
    assert refused.value.header.number == 46


@pytest.mark.parametrize("schema", [SCHEMA - 2, SCHEMA - 1, SCHEMA])
def test_the_two_releases_before_ours_are_read(on_disk, schema):  # fault 87
    assert read_through(on_disk(a_batch(header=a_header(schema=schema)))) == [an_opinion()]


def test_a_batch_of_an_age_ago_is_refused(on_disk):  # fault 87
    with pytest.raises(TooOld):
        read_through(on_disk(a_batch(header=a_header(schema=SCHEMA - 3))))


def test_a_desk_that_nobody_enrolled_is_refused_before_anything_is_parsed(on_disk):  # fault 80
    stranger = a_batch(by=type(HARBOUR)(DeskKey.generate(), HARBOUR.desk))
    with pytest.raises(UnknownSender):
        read_through(on_disk(stranger))


def test_a_neighbour_cannot_sign_for_the_community(on_disk):  # fault 80
    with pytest.raises(WrongSender):
        read_through(on_disk(a_batch(by=NEIGHBOUR)))


def test_a_neighbour_cannot_wrap_the_communitys_content_in_his_own_signature(on_disk):  # fault 80
    raw = with_header(a_batch(), {"from": NEIGHBOUR.code, "key": NEIGHBOUR.desk.key}, by=NEIGHBOUR)
    with pytest.raises(WrongSender):
        read_through(on_disk(raw))


def test_a_signature_by_another_key_under_the_communitys_name_is_refused(on_disk):  # fault 80
    with pytest.raises(BadSignature):
        read_through(on_disk(with_header(a_batch(), {}, by=NEIGHBOUR)))


def test_a_batch_for_another_district_is_refused(on_disk):  # fault 88
    with pytest.raises(NotOurs):
        read_through(on_disk(a_batch()), us="441521000000")


def test_a_batch_that_names_us_but_was_sealed_to_others_cannot_be_opened(on_disk):  # fault 88
    out = BytesIO()
    seal(a_header(), pack(a_manifest(), {}), HARBOUR.key, [STREET.recipient], out)
    with pytest.raises(CannotOpen):
        read_through(on_disk(out.getvalue()))


def test_the_same_batch_again_is_known_and_not_opened(batch):  # fault 81
    with pytest.raises(AlreadyReceived, match="已收过"):
        received(batch, seen=lambda header: header.sha256)


def test_the_same_number_with_other_bytes_is_an_alarm(batch):  # fault 82
    with pytest.raises(NumberReused, match="同一批号"):
        received(batch, seen=lambda _header: "0" * 64)


def test_a_damaged_copy_of_a_known_batch_is_damaged_not_known(batch, on_disk):
    raw = bytearray(batch.read_bytes())
    raw[-1] ^= 1
    with pytest.raises(Damaged):
        received(on_disk(bytes(raw)), seen=lambda header: header.sha256)


@pytest.mark.parametrize(("number", "taken"), [(45, False), (46, True), (47, False)])
def test_of_a_revoked_key_only_the_batch_that_the_list_names_counts(on_disk, number, taken):  # fault 89
    raw = a_batch(header=a_header(number=number), manifest=a_manifest(number=number))
    path = on_disk(raw)
    listed = Revocations(1, (Revoked(HARBOUR.desk.key, 46, inspect(path).sha256),))
    if taken:
        assert read_through(path, revoked=lambda header: not still_valid(listed, header)) == [an_opinion()]
    else:
        with pytest.raises(RevokedSender):
            received(path, revoked=lambda header: not still_valid(listed, header))


def test_a_thief_cannot_give_his_batch_the_last_accepted_number(batch):  # fault 89
    listed = Revocations(1, (Revoked(HARBOUR.desk.key, 46, "0" * 64),))
    with pytest.raises(RevokedSender):
        received(batch, revoked=lambda header: not still_valid(listed, header))


@pytest.mark.slow
def test_every_one_bit_change_of_a_small_batch_is_refused(batch):  # fault 90
    assert _flips_taken(batch, range(batch.stat().st_size * 8)) == []


def test_every_cut_of_a_small_batch_is_refused(batch):  # fault 90
    assert _cuts_taken(batch, range(batch.stat().st_size)) == []


def test_a_large_batch_survives_no_flip_and_no_cut(on_disk, dose):  # fault 90
    words = (hashlib.sha256(str(n).encode()).hexdigest() for n in range(4000))
    path = on_disk(a_batch(an_opinion(id=word[:32], f={"text": word}, m={}) for word in words))
    bits, cuts = range(path.stat().st_size * 8), range(path.stat().st_size)
    assert len(cuts) > 150_000
    some = random.Random(46)
    assert _flips_taken(path, bits if dose == "full" else some.sample(bits, 1500)) == []
    assert _cuts_taken(path, cuts if dose == "full" else some.sample(cuts, 300)) == []


def test_a_byte_behind_the_end_is_refused(batch, on_disk):
    with pytest.raises(Damaged):
        read_through(on_disk(batch.read_bytes() + b"\0"))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("number", -1), ("number", 0), ("number", 1.0), ("number", 46.5), ("number", True), ("number", "46"), ("number", 10**9),
        ("size", -1), ("size", 2**63), ("size", 10**30), ("size", 1.5), ("size", False), ("size", None),
        ("plain", -5), ("plain", 2**31 + 1), ("schema", 0), ("schema", 10**6), ("schema", [12]),
        ("sha256", "00"), ("sha256", "A" * 64), ("sha256", "g" * 64), ("from", "44150200300"), ("from", "441502003007\n"),
        ("from", "４４１５０２００３００７"), ("to", []), ("to", ["441502000000"] * 11), ("to", "441502000000"), ("to", [441502000000]),
        ("kind", "UP"), ("kind", "enrol"), ("alg", "ed25519"), ("alg", "none"), ("extra", 1), ("public", "x"),
    ],
)  # fmt: skip
def test_a_header_that_says_something_else_than_its_types_is_refused(batch, on_disk, field, value):  # fault 78
    with pytest.raises(BadShape):
        read_through(on_disk(with_header(batch.read_bytes(), {field: value})))


@pytest.mark.parametrize("number", [b"NaN", b"1e400", b"-0.0", b"4.6e1", b"Infinity", b"046", b"0x2e", b'"\\ud800"'])
def test_a_header_with_a_number_that_is_none_is_refused(batch, on_disk, number):  # fault 79
    line = batch.read_bytes().split(b"\n", 2)[1].replace(b'"number":46', b'"number":' + number)
    with pytest.raises(BadShape):
        read_through(on_disk(with_header(batch.read_bytes(), line)))


def test_a_header_that_says_a_thing_twice_is_refused(batch, on_disk):  # fault 79
    line = batch.read_bytes().split(b"\n", 2)[1].replace(b'"number":46', b'"number":45,"number":46')
    with pytest.raises(BadShape, match="不合格式"):
        read_through(on_disk(with_header(batch.read_bytes(), line)))


def test_a_header_nested_without_end_is_refused(batch, on_disk):  # fault 79
    line = b'{"key":"' + HARBOUR.desk.key.encode() + b'","a":' + b"[" * 1900 + b"]" * 1900 + b"}"
    with pytest.raises(BadShape):
        read_through(on_disk(with_header(batch.read_bytes(), line)))


def test_a_header_spelled_with_spaces_means_the_same(batch, on_disk):
    line = batch.read_bytes().split(b"\n", 2)[1].replace(b",", b", ")
    assert read_through(on_disk(with_header(batch.read_bytes(), line))) == [an_opinion()]


def test_a_header_over_four_kilobytes_is_refused(batch, on_disk):
    line = batch.read_bytes().split(b"\n", 2)[1].replace(b",", b"," + b" " * 4096, 1)
    with pytest.raises(TooLarge):
        read_through(on_disk(with_header(batch.read_bytes(), line)))


def test_two_spellings_of_one_signature_are_not_both_taken(batch, on_disk):
    magic, line, signature, body = batch.read_bytes().split(b"\n", 3)
    assert signature.endswith(b"==")
    alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    other = bytes([alphabet[alphabet.index(signature[-3]) ^ 1]])  # changes bits that decoding drops
    with pytest.raises(BadSignature):
        read_through(on_disk(b"\n".join([magic, line, signature[:-3] + other + b"==", body])))


def test_two_thousand_stanzas_do_not_hold_the_program(on_disk):
    stanza = b"-> X25519 " + b"A" * 43 + b"\n" + b"A" * 43 + b"\n"
    with pytest.raises(BadShape):
        read_through(on_disk(signed(b"age-encryption.org/v1\n" + stanza * 2000 + b"--- " + b"A" * 43 + b"\n")))


def test_a_stick_that_answers_otherwise_the_second_time_is_noticed():
    body = BytesIO()
    seal_to([DISTRICT.recipient], [b"another file for us"], body)
    with pytest.raises(Damaged):
        open_sealed([body.getvalue()], [DISTRICT.key.identity], "0" * 64)


def test_a_stick_pulled_out_while_reading_is_a_trouble(tmp_path):
    with pytest.raises(Trouble, match="被拔出"):
        received(tmp_path / "没有了.lxb")


def test_what_goes_wrong_while_reading_for_age_comes_out_as_itself():
    def pulled_out():
        yield b"age-encryption.org/v1\n"
        raise OSError(5, "pulled out")

    with pytest.raises(OSError, match="pulled out"):
        open_sealed(pulled_out(), [DISTRICT.key.identity], "")


def test_a_batch_needs_somebody_who_can_open_it():
    with pytest.raises(TooLarge):
        seal(a_header(), pack(a_manifest(), {}), HARBOUR.key, [], BytesIO())


def test_a_batch_is_sealed_to_no_more_than_ten():
    many = [DeskKey.generate().recipient for _ in range(11)]
    with pytest.raises(TooLarge):
        seal(a_header(), pack(a_manifest(), {}), HARBOUR.key, many, BytesIO())


def test_a_broken_recipient_key_is_said_before_anything_is_written():
    out = BytesIO()
    with pytest.raises(Refusal, match="公钥不完整"):
        seal(a_header(), pack(a_manifest(), {}), HARBOUR.key, ["age1nobody"], out)
    assert out.getvalue() == b""


def test_an_attachment_that_the_disk_has_changed_stops_the_sealing():
    rotten = Attachment(hashlib.sha256(b"photo").hexdigest(), 5, [b"phot0"])
    with pytest.raises(Trouble, match="附件已损坏"):
        a_batch(attachments=[rotten])


def test_an_attachment_shorter_than_it_was_stops_the_sealing():
    shorter = Attachment(hashlib.sha256(b"phot").hexdigest(), 5, [b"phot"])
    with pytest.raises(Trouble, match="在读取时变了"):
        a_batch(attachments=[shorter])


def test_a_full_disk_while_sealing_is_a_trouble_and_not_a_riddle():
    @dataclass
    class Full:
        def write(self, _portion: bytes) -> int:
            raise OSError(28, "no space")

    with pytest.raises(Trouble, match="空间不够"):
        seal_to([DISTRICT.recipient], [b"lines"], Full())  # type: ignore[arg-type]


def test_a_file_that_age_cannot_write_to_is_not_taken_for_sealed():
    @dataclass
    class Silent:
        def write(self, _portion: bytes) -> None:
            return None

    with pytest.raises(pyrage.EncryptError):
        seal_to([DISTRICT.recipient], [bytes(100_000)], Silent())  # type: ignore[arg-type]


def test_a_batch_over_the_limit_is_not_written(monkeypatch):
    monkeypatch.setattr(envelope, "SEALED_MOST", 1000)
    out = BytesIO()
    with pytest.raises(TooLarge, match="分几批"):
        seal(a_header(), pack(a_manifest(), {}), HARBOUR.key, [DISTRICT.recipient], out)
    assert out.getvalue() == b""


def test_inspecting_checks_the_signature_of_a_key_that_is_known(batch, on_disk):
    raw = with_header(batch.read_bytes(), {}, by=NEIGHBOUR)
    assert inspect(on_disk(raw)).number == 46
    with pytest.raises(BadSignature):
        inspect(on_disk(raw), ENROLLED.get)
    with pytest.raises(WrongSender):
        inspect(on_disk(a_batch(by=NEIGHBOUR)), ENROLLED.get)


def test_inspecting_sees_that_the_copy_was_cut(batch, on_disk):
    with pytest.raises(Truncated, match="没有拷贝完"):
        inspect(on_disk(batch.read_bytes()[:-1]))


def test_every_refusal_has_a_code_and_says_what_to_do():
    kinds = BatchRefused.__subclasses__()
    assert len({kind.code for kind in kinds}) == len(kinds) == 15
    assert all(kind().what and kind().todo for kind in kinds)


def test_portions_come_out_of_the_reader_as_they_went_in():
    source = Source([b"", b"lian", b"", b"xin"])
    assert b"".join(iter(lambda: source.read(3), b"")) == b"lianxin"


def _accepts(path: Path) -> bool:
    try:
        read_through(path)
    except BatchRefused:
        return False
    return True


def _flips_taken(path: Path, bits: Iterable[int]) -> list[int]:
    """The bits that may be changed without anybody noticing."""
    raw, taken = path.read_bytes(), []
    with path.open("r+b", buffering=0) as file:
        for bit in bits:
            os.pwrite(file.fileno(), bytes([raw[bit // 8] ^ 1 << bit % 8]), bit // 8)
            if _accepts(path):
                taken.append(bit)
            os.pwrite(file.fileno(), raw[bit // 8 : bit // 8 + 1], bit // 8)
    assert _accepts(path)
    return taken


def _cuts_taken(path: Path, lengths: Iterable[int]) -> list[int]:
    """The lengths at which the file may end without anybody noticing."""
    whole, taken = path.stat().st_size, []
    for length in sorted(lengths, reverse=True):
        assert length < whole
        os.truncate(path, length)
        if _accepts(path):
            taken.append(length)
    return taken


def _body_at(path: Path) -> int:
    raw = path.read_bytes()
    return raw.index(b"\n", raw.index(b"\n", len(MAGIC)) + 1) + 1
