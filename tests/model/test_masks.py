"""Masks: what a list on the wall may show, whatever stands in the record."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.model.masks import mask_address, mask_id, mask_name, mask_phone

ANYTHING = st.text(max_size=40) | st.text("0123456789X*-转 ", max_size=24)
EVERY_MASK = pytest.mark.parametrize("mask", [mask_name, mask_id, mask_phone, mask_address])


@EVERY_MASK
@given(text=ANYTHING)
def test_a_masked_text_is_never_longer_and_masks_to_itself(mask, text):
    assert len(mask(text)) <= len(text)
    assert mask(mask(text)) == mask(text)


@pytest.mark.parametrize(
    ("name", "masked"),
    [("", ""), ("张", "*"), ("张三", "张*"), ("李小芳", "李*芳"), ("𬭊𪻐", "𬭊*"), ("王𠮷𪻐", "王*𪻐"),
     ("买买提·吐尔逊", "买*****逊"),
     ("李葛\U000e0100", "李*"), ("李小葛\U000e0100", "李*葛\U000e0100")],
)  # fmt: skip
def test_of_a_name_the_first_and_the_last_character_are_shown(name, masked):
    assert mask_name(name) == masked


@given(st.text(st.characters(categories=["Lo", "Ll"]), min_size=1, max_size=50))
def test_of_a_name_at_most_two_characters_are_shown(name):
    shown = sum(sign != "*" for sign in mask_name(name))
    assert shown == min(2, len(name) - 1)


def test_of_an_id_number_six_and_four_are_shown():
    assert mask_id("441502199003070014") == "441502********0014"
    assert mask_id("11010519491231002X") == "110105********002X"


@given(st.text("0123456789X", min_size=1, max_size=30))
def test_of_any_number_on_a_card_two_fifths_are_hidden_at_least(number):
    masked = mask_id(number)
    assert masked.count("*") * 5 >= len(number) * 2
    assert len(masked) == len(number)
    assert all(sign in ("*", own) for sign, own in zip(masked, number, strict=True))


def test_the_birthday_is_never_shown_by_the_mask_of_an_id_number():
    assert "0307" not in mask_id("441502199003070014")
    assert "900307" not in mask_id("441502900307001")


@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        ("13800138888", "138****8888"),
        ("0660-3366888", "0660-****888"),
        ("010-65529988", "010-*****988"),
        ("0660-3366888转8003", "0660-****888转****"),
        ("3366888", "****888"),
        ("3366888转80", "****888转**"),
        ("4008008888", "*******888"),
        ("12345", "*****"),
        ("02033668888", "********888"),
        ("123456-7", "******-*"),
    ],
)
def test_of_a_phone_the_middle_is_hidden(phone, masked):
    assert mask_phone(phone) == masked


@given(st.text("0123456789", min_size=7, max_size=20))
def test_of_seven_digits_and_more_four_at_least_are_hidden(digits):
    assert mask_phone(digits).count("*") >= 4


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        ("凤山街道金玉湾小区3栋2单元501室", "凤山街道金玉湾小区3栋***"),
        ("凤山街道通航路8号金玉湾小区12号楼5单元", "凤山街道通航路8号金玉湾小区12号楼***"),
        ("盐工小区A座501", "盐工小区A座***"),
        ("盐工小区十二幢", "盐工小区十二幢"),
        ("盐工小区3-2-501", "盐工小区***"),
        ("田墘街道盐町村12号", "田墘街道盐町村***"),
        ("通航路12号金玉湾小区501室", "通航路***"),
        ("盐町村三巷五号", "盐町村三巷**"),
        ("张三家", "***"),
        ("", ""),
    ],
)
def test_of_an_address_nothing_behind_the_building_is_shown(address, masked):
    assert mask_address(address) == masked


@given(st.sampled_from(["盐工小区3栋", "金玉湾小区12号楼", "银湖湾花园B座"]), st.text("0123456789单元室号-", min_size=1, max_size=12))
def test_no_unit_and_no_room_is_ever_shown(building, room):
    assert mask_address(building + room).rstrip("*") == building
