"""Keys, and the digits by which people compare them; how a desk becomes known, and stops being known."""

import hashlib
from io import BytesIO

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.model.digest import check_group, hash_groups, only_digits
from desktop.model.errors import Refusal
from desktop.sync.batch import Revocations, Revoked, decode, encode
from desktop.sync.enrolment import Enrolment, Welcome, continues, read_enrolment, read_welcome, write_enrolment, write_welcome
from desktop.sync.envelope import write_signed
from desktop.sync.keys import (
    DeskKey,
    Enrolled,
    compare_fingerprint,
    compare_slip,
    fingerprint,
    from_base64,
    hmac_id,
    new_hmac_key,
    newer_list,
    read_identity,
    recipients_of,
    still_valid,
    to_base64,
    verifies,
)
from desktop.sync.refused import BadShape, BadSignature, BatchRefused, CannotOpen, Damaged, NotABatch, NotOurs, TooLarge, WrongSender
from desktop.sync.seal import draft, seal_to
from tests.sync.offices import DISTRICT, HARBOUR, NEIGHBOUR, SCHEMA, STREET, Office, a_batch, a_header, an_office

NEW_IDENTITY = "AGE-SECRET-KEY-178TPP78C3YP67PCUXZANCPYWLLF82ZYHVJWK5FNY6MANTJAYUCFS6TKVCU"
SHA256 = hashlib.sha256(b"batch 46").hexdigest()


def test_a_key_comes_back_from_the_ledger_as_it_was():
    key = DeskKey.generate()
    again = DeskKey.from_text(key.to_text())
    assert (again.key, again.recipient) == (key.key, key.recipient)
    assert again.to_text() == key.to_text()


def test_a_key_in_a_log_line_shows_nothing():
    key = DeskKey.generate()
    assert repr(key) == "DeskKey()"
    assert "SECRET" not in f"{key}"


def test_two_desks_have_different_keys():
    assert DeskKey.generate().key != DeskKey.generate().key


def test_a_recovery_sheet_may_be_typed_in_small_letters():
    assert str(read_identity(f"  {NEW_IDENTITY.lower()}\n")) == NEW_IDENTITY


def test_a_recovery_key_with_a_slip_is_refused():
    with pytest.raises(Refusal, match="密钥不完整"):
        read_identity(NEW_IDENTITY.replace("178", "187"))


@pytest.mark.parametrize("raw", [b"", bytes(31), bytes(33)])
def test_a_key_of_another_length_is_refused(raw):
    with pytest.raises(BadShape):
        from_base64(to_base64(raw), 32)


@given(st.binary(min_size=32, max_size=32), st.integers(0, 43), st.integers(0, 7))
def test_no_two_texts_mean_one_key(raw, at, bit):
    text = bytearray(to_base64(raw).encode())
    text[at] ^= 1 << bit
    try:
        assert from_base64(text.decode("latin-1"), 32) != raw
    except BadShape:
        return


@pytest.mark.parametrize("public", [bytes(32), b"\xff" * 32, b"short"])
def test_a_key_that_is_none_verifies_nothing(public):
    assert not verifies(public, bytes(64), b"")


# Fingerprints


def test_a_fingerprint_is_eight_groups_of_five_digits():
    groups = fingerprint(HARBOUR.desk.public).split(" ")
    assert [len(group) for group in groups] == [5] * 8
    assert all(group.isdigit() for group in groups)
    assert HARBOUR.desk.fingerprint == fingerprint(HARBOUR.key.public)


@pytest.mark.parametrize(
    "write", [str, lambda typed: typed.replace(" ", ""), lambda typed: typed.replace(" ", " - "), lambda typed: f"\t{typed}\n"]
)
def test_a_fingerprint_may_be_typed_with_or_without_its_spaces(write):
    compare_fingerprint(write(HARBOUR.desk.fingerprint), HARBOUR.desk.public)


def test_a_fingerprint_may_be_typed_in_full_width():
    wide = HARBOUR.desk.fingerprint.translate({ord(str(n)): chr(0xFF10 + n) for n in range(10)} | {ord(" "): "　"})
    compare_fingerprint(wide, HARBOUR.desk.public)


@given(st.integers(0, 39), st.integers(1, 9))
def test_one_wrong_digit_in_a_fingerprint_is_named_by_its_group(at, off):
    digits = list(only_digits(HARBOUR.desk.fingerprint))
    digits[at] = str((int(digits[at]) + off) % 10)
    with pytest.raises(Refusal, match=f"第 {at // 5 + 1} 组不符"):
        compare_fingerprint("".join(digits), HARBOUR.desk.public)


@pytest.mark.parametrize("typed", ["", "12345", "12345 " * 7, "12345 " * 9, "是" * 40, "O" * 40, "²" * 40])
def test_what_is_no_fingerprint_is_not_compared(typed):
    with pytest.raises(Refusal):
        compare_fingerprint(typed, HARBOUR.desk.public)


# The slip


def test_the_slip_has_eight_groups_with_their_check_digits():
    groups = hash_groups(SHA256)
    assert [len(only_digits(group)) for group in groups] == [5] * 8
    assert all(check_group(group, place) for place, group in enumerate(groups))


@given(st.integers(0, 9999), st.integers(0, 7), st.integers(0, 4), st.integers(1, 9))
def test_a_wrong_digit_in_a_group_is_noticed(number, place, at, off):
    group = only_digits(hash_groups(f"{number * 10 ** (28 - 4 * place):064x}")[place])
    assert check_group(group, place)
    typed = group[:at] + str((int(group[at]) + off) % 10) + group[at + 1 :]
    assert not check_group(typed, place)


@given(st.integers(0, 9999), st.integers(0, 7), st.integers(0, 3))
def test_neighbouring_digits_in_the_wrong_order_are_noticed(number, place, at):
    group = only_digits(hash_groups(f"{number * 10 ** (28 - 4 * place):064x}")[place])
    typed = group[:at] + group[at + 1] + group[at] + group[at + 2 :]
    assert check_group(typed, place) == (typed == group)


@given(st.integers(0, 9999), st.integers(0, 7), st.integers(0, 7))
def test_a_group_typed_in_the_place_of_another_is_noticed(number, place, other):
    group = hash_groups(f"{number * 10 ** (28 - 4 * place):064x}")[place]
    assert check_group(group, other) == (place == other)


def test_two_groups_are_enough_to_know_the_file():
    compare_slip(" ".join(hash_groups(SHA256)[:2]), SHA256)
    compare_slip("".join(hash_groups(SHA256)), SHA256)


def test_a_slip_of_the_batch_before_is_not_taken_for_this_one():
    before = hashlib.sha256(b"batch 45").hexdigest()
    with pytest.raises(Refusal, match="不是移交登记表上的那一批"):
        compare_slip(" ".join(hash_groups(before)[:2]), SHA256)


def test_a_typing_slip_is_told_from_a_wrong_file():
    first, second = hash_groups(SHA256)[:2]
    with pytest.raises(Refusal, match="第 2 组数字输错了"):
        compare_slip(f"{first} {second[:-1]}{(int(second[-1]) + 1) % 10}", SHA256)


@pytest.mark.parametrize("typed", ["", "1234", "12345", "12345 6789", "abcde fghij", "12345 " * 9, "¹2345 12345", "٣2345 12345"])
def test_what_is_no_group_is_not_compared(typed):
    with pytest.raises(Refusal):
        compare_slip(typed, SHA256)


# Revocation, and counting people


def test_a_key_that_is_not_on_the_list_is_valid():
    assert still_valid(Revocations(1, (Revoked(NEIGHBOUR.desk.key, 3, SHA256),)), a_header(key=HARBOUR.desk.key))


def test_a_key_that_never_sent_a_batch_is_revoked_whole():
    listed = Revocations(1, (Revoked(HARBOUR.desk.key, 0, ""),))
    assert not still_valid(listed, a_header(key=HARBOUR.desk.key, number=1))


def test_the_list_with_the_higher_serial_counts():
    old, new = Revocations(1), Revocations(2, (Revoked(HARBOUR.desk.key, 46, SHA256),))
    assert newer_list(old, new) == newer_list(new, old) == new


def test_a_list_cannot_take_a_revoked_key_back():
    old = Revocations(1, (Revoked(HARBOUR.desk.key, 46, SHA256),))
    with pytest.raises(Refusal, match="少了已注销的密钥"):
        newer_list(old, Revocations(2))


def test_a_person_counts_once_however_the_number_is_written():
    key = new_hmac_key()
    assert hmac_id(key, "44150219900307123x ") == hmac_id(key, "44150219900307123X")
    assert hmac_id(key, "441502199003071238") != hmac_id(new_hmac_key(), "441502199003071238")


def test_a_batch_is_sealed_to_each_once():
    assert recipients_of([STREET.desk, DISTRICT.desk, STREET.desk]) == [STREET.recipient, DISTRICT.recipient]


# Enrolment


@pytest.fixture
def new_desk() -> Office:
    """滨海社区 with a new key."""
    return an_office(HARBOUR.code, "滨海社区", "社区", NEW_IDENTITY, seed="2022")


def an_enrolment(on_disk, office: Office, *, by: Office | None = None, old: DeskKey | None = None):
    out = BytesIO()
    write_enrolment(office.desk, (by or office).key, out, to=DISTRICT.code, number=1, schema=SCHEMA, old=old)
    return on_disk(out.getvalue())


def test_the_district_learns_a_desk_from_its_request_and_its_sheet(on_disk):
    request = read_enrolment(an_enrolment(on_disk, HARBOUR))
    assert request == Enrolment(HARBOUR.desk)
    compare_fingerprint(HARBOUR.desk.fingerprint, request.desk.public)


def test_the_sheet_of_another_desk_does_not_fit_a_request(on_disk):
    request = read_enrolment(an_enrolment(on_disk, HARBOUR))
    with pytest.raises(Refusal, match="不要登记"):
        compare_fingerprint(NEIGHBOUR.desk.fingerprint, request.desk.public)


def test_a_request_that_its_own_key_did_not_sign_is_refused(on_disk):
    with pytest.raises(BadSignature):
        read_enrolment(an_enrolment(on_disk, HARBOUR, by=NEIGHBOUR))


def test_a_one_bit_change_of_a_request_is_refused_wherever_it_is(on_disk):
    raw = an_enrolment(on_disk, HARBOUR).read_bytes()
    for bit in range(0, len(raw) * 8, 13):
        changed = bytearray(raw)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(BatchRefused):
            read_enrolment(on_disk(bytes(changed)))


def test_a_request_for_another_office_than_its_header_says_is_refused(on_disk):
    out, body = BytesIO(), encode(Enrolment(HARBOUR.desk))
    header = draft("enrol", sender=NEIGHBOUR.code, to=[DISTRICT.code], number=1, schema=SCHEMA, public=HARBOUR.desk.sign)
    write_signed(header, BytesIO(body), HARBOUR.key, out)
    with pytest.raises(WrongSender):
        read_enrolment(on_disk(out.getvalue()))


def test_a_request_is_never_megabytes_long(on_disk):
    out = BytesIO()
    header = draft("enrol", sender=HARBOUR.code, to=[DISTRICT.code], number=1, schema=SCHEMA, public=HARBOUR.desk.sign)
    write_signed(header, BytesIO(bytes(2**20 + 1)), HARBOUR.key, out)
    with pytest.raises(TooLarge):
        read_enrolment(on_disk(out.getvalue()))


def test_a_request_damaged_on_the_stick_is_told_from_a_forged_one(on_disk):
    raw = bytearray(an_enrolment(on_disk, HARBOUR).read_bytes())
    raw[-5] ^= 1
    with pytest.raises(Damaged):
        read_enrolment(on_disk(bytes(raw)))


def test_a_batch_is_no_request(on_disk):
    with pytest.raises(NotABatch):
        read_enrolment(on_disk(a_batch()))


def test_a_known_desk_changes_its_key_without_paper(on_disk, new_desk):
    request = read_enrolment(an_enrolment(on_disk, new_desk, old=HARBOUR.key))
    assert continues(request, HARBOUR.desk)


def test_a_new_key_that_the_old_one_did_not_sign_goes_the_paper_way(on_disk, new_desk):
    assert not continues(read_enrolment(an_enrolment(on_disk, new_desk)), HARBOUR.desk)
    assert not continues(read_enrolment(an_enrolment(on_disk, new_desk, old=NEIGHBOUR.key)), HARBOUR.desk)


def test_the_old_keys_signature_cannot_be_moved_to_a_third_key(on_disk, new_desk):
    request = read_enrolment(an_enrolment(on_disk, new_desk, old=HARBOUR.key))
    assert not continues(msgspec.structs.replace(request, desk=NEIGHBOUR.desk), HARBOUR.desk)
    other = msgspec.structs.replace(request.desk, recipient=NEIGHBOUR.recipient)
    assert not continues(msgspec.structs.replace(request, desk=other), HARBOUR.desk)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("code", "44150200300"),
        ("name", ""),
        ("tier", "省"),
        ("desk", 0),
        ("desk", True),
        ("sign", "x"),
        ("recipient", "age1x"),
        ("recipient", "ssh-ed25519 x"),
    ],
)
def test_a_desk_described_wrongly_is_refused(field, value):
    raw = encode(msgspec.to_builtins(HARBOUR.desk) | {field: value})
    with pytest.raises(BadShape):
        decode(raw, Enrolled, "desk")


# Welcome


def a_welcome(
    on_disk, *, by: Office = DISTRICT, to: Office = HARBOUR, accepted: str = HARBOUR.desk.key, desks=(STREET.desk, DISTRICT.desk)
):
    out = BytesIO()
    welcome = Welcome(tuple(desks), to_base64(bytes(32)), accepted, Revocations(7))
    write_welcome(welcome, by.desk, by.key, to.desk, out, number=1, schema=SCHEMA)
    return on_disk(out.getvalue())


def test_the_desk_learns_the_tiers_above_by_typing_the_districts_fingerprint(on_disk):
    welcome = read_welcome(a_welcome(on_disk), HARBOUR.key, HARBOUR.code, DISTRICT.desk.fingerprint)
    assert welcome.desks == (STREET.desk, DISTRICT.desk)
    assert welcome.revocations.serial == 7


def test_the_key_that_counts_people_is_not_readable_on_the_stick(on_disk):
    assert to_base64(bytes(32)).encode() not in a_welcome(on_disk).read_bytes()


def test_a_welcome_from_somebody_else_does_not_fit_the_districts_sheet(on_disk):
    forged = a_welcome(on_disk, by=NEIGHBOUR, desks=[NEIGHBOUR.desk])
    with pytest.raises(Refusal, match="指纹第"):
        read_welcome(forged, HARBOUR.key, HARBOUR.code, DISTRICT.desk.fingerprint)


def test_a_welcome_for_a_neighbour_is_not_ours(on_disk):
    path = a_welcome(on_disk, to=NEIGHBOUR)
    with pytest.raises(NotOurs):
        read_welcome(path, HARBOUR.key, HARBOUR.code, DISTRICT.desk.fingerprint)
    with pytest.raises(CannotOpen):
        read_welcome(path, HARBOUR.key, NEIGHBOUR.code, DISTRICT.desk.fingerprint)


def test_a_welcome_for_the_offices_former_key_is_refused(on_disk):
    with pytest.raises(CannotOpen):
        read_welcome(a_welcome(on_disk, accepted=NEIGHBOUR.desk.key), HARBOUR.key, HARBOUR.code, DISTRICT.desk.fingerprint)


def test_the_author_of_a_welcome_must_be_among_the_desks_he_names(on_disk):
    with pytest.raises(WrongSender):
        read_welcome(a_welcome(on_disk, desks=[STREET.desk]), HARBOUR.key, HARBOUR.code, DISTRICT.desk.fingerprint)


def test_any_bytes_sealed_as_a_welcome_are_refused(on_disk):
    sealed, out = BytesIO(), BytesIO()
    seal_to([HARBOUR.recipient], [b'{"desks":[]}'], sealed)
    header = draft("welcome", sender=DISTRICT.code, to=[HARBOUR.code], number=1, schema=SCHEMA, public=DISTRICT.desk.sign)
    write_signed(header, sealed, DISTRICT.key, out)
    with pytest.raises(BadShape):
        read_welcome(on_disk(out.getvalue()), HARBOUR.key, HARBOUR.code, DISTRICT.desk.fingerprint)
