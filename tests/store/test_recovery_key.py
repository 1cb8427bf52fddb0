"""恢复密钥: what is typed from the paper is either the key or a named group."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.store.recovery import ALPHABET, GROUPS, SECRET_BYTES, RecoveryMistyped, read, written

secrets = st.binary(min_size=SECRET_BYTES, max_size=SECRET_BYTES)
places = st.integers(0, GROUPS - 1)
LOOKALIKES = {"0": "oO", "1": "iIlL"}


@given(secrets)
def test_what_is_printed_reads_back(secret: bytes) -> None:
    assert read(written(secret)) == secret


@given(secrets, places, st.integers(0, 4), st.sampled_from(ALPHABET))
def test_any_single_wrong_character_is_caught_and_its_group_named(secret: bytes, place: int, at: int, wrong: str) -> None:
    """# fault 42"""
    groups = written(secret).split("-")
    if groups[place][at] == wrong:
        return
    groups[place] = groups[place][:at] + wrong + groups[place][at + 1 :]
    with pytest.raises(RecoveryMistyped, match=f"第 {place + 1} 组") as caught:
        read("-".join(groups))
    assert caught.value.group == place + 1


@given(secrets, places, st.integers(0, 3))
def test_two_swapped_neighbours_are_caught(secret: bytes, place: int, at: int) -> None:
    """# fault 42"""
    groups = written(secret).split("-")
    group = groups[place]
    if group[at] == group[at + 1]:
        return
    groups[place] = group[:at] + group[at + 1] + group[at] + group[at + 2 :]
    with pytest.raises(RecoveryMistyped):
        read("-".join(groups))


@given(secrets, places, places)
def test_two_swapped_groups_are_caught(secret: bytes, one: int, other: int) -> None:
    """# fault 42"""
    groups = written(secret).split("-")
    if one == other:
        return
    groups[one], groups[other] = groups[other], groups[one]
    with pytest.raises(RecoveryMistyped):
        read("-".join(groups))


@given(secrets, st.data())
def test_a_hand_may_write_o_for_zero_and_type_spaces_small_letters_and_full_width(secret: bytes, data: st.DataObject) -> None:
    """# fault 42"""
    typed = "".join(data.draw(st.sampled_from(LOOKALIKES.get(letter, "") + letter)) for letter in written(secret))
    typed = data.draw(st.sampled_from([typed, typed.lower(), typed.replace("-", " "), typed.replace("-", ""), " " + typed + "\n"]))
    full_width = "".join(chr(ord(letter) + 0xFEE0) if letter.isalnum() else letter for letter in typed)
    assert read(typed) == read(full_width) == secret


def test_a_missing_character_is_named_by_its_group_when_the_groups_are_typed_apart() -> None:
    groups = written(bytes(range(SECRET_BYTES))).split("-")
    groups[2] = groups[2][:-1]
    with pytest.raises(RecoveryMistyped, match="第 3 组"):
        read(" ".join(groups))


def test_a_key_typed_without_gaps_and_too_short_says_how_many_characters_are_missing() -> None:
    with pytest.raises(RecoveryMistyped, match="应有 40 个字符，输入了 39 个"):
        read(written(bytes(SECRET_BYTES)).replace("-", "")[:-1])


@pytest.mark.parametrize("typed", ["", "u" * 40, "恢复" * 20, "-" * 8, "0" * 40])
def test_what_is_no_key_at_all_is_refused(typed: str) -> None:
    with pytest.raises(RecoveryMistyped):
        read(typed)
