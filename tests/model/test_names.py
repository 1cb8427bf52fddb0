"""Names: kept as on the card, found however they are typed, in every plane of Unicode."""

import csv
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.model import names
from desktop.model.errors import Refusal
from desktop.model.kinds.words import Title

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
WRITTEN = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Co"]), min_size=1, max_size=20)


def rows(name):
    with (SAMPLES / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


RARE = [
    row["char"]
    for row in rows("rare-hanzi.csv")
    if row["char"] not in "·•．⺮⼥" and unicodedata.normalize("NFC", row["char"]) == row["char"]
]


@pytest.mark.parametrize("sign", RARE)
def test_a_rare_character_is_kept_sought_and_read(sign):
    name = f"王{sign}"
    assert names.read_name(name) == name
    assert names.name_warnings(name) == ()
    assert {name, sign} <= set(names.search_tokens(name))
    assert names.is_han(sign)


@pytest.mark.parametrize("row", [row for row in rows("rare-hanzi.csv") if row["pypinyin"]], ids=lambda row: row["code_point"])
def test_a_rare_character_that_has_a_reading_is_found_by_it(row):
    assert names.pinyin_of(f"王{row['char']}").full == f"wang{row['pypinyin']}"


def test_the_member_of_the_scenario_is_two_characters_long():
    assert len(names.read_name("𬭊𪻐")) == 2
    assert names.pinyin_of("𬭊𪻐") == names.Reading("ducong", "dc")


@pytest.mark.parametrize("dot", "·‧•・･∙⋅●．.")
def test_every_dot_in_a_chinese_name_is_the_interpunct(dot):
    assert names.read_name(f"买买提{dot}吐尔逊") == "买买提·吐尔逊"
    assert names.read_name(f"买买提 {dot} 吐尔逊") == "买买提·吐尔逊"
    assert names.read_name(f"𬭊{dot}𪻐") == "𬭊·𪻐"


@pytest.mark.parametrize("name", ["J. Smith", "A.李", "李.A", "<b>李</b>", "=HYPERLINK(", "李😀", "葛\U000e0100芳", "Li Fang"])
def test_what_is_no_chinese_name_stays_as_typed(name):
    assert names.read_name(name) == name


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("李　芳", "李芳"),
        (" 李 芳\n", "李芳"),
        ("李\u200b芳\u202e", "李芳"),
        ("\ufeff李芳", "李芳"),
        ("⼥芳", "女芳"),
        ("\uf980布", "吕布".replace("吕", "\u5442")),
        ("Ｔｏｍ", "Tom"),
        ("Jose\u0301", "José"),
    ],
)
def test_padding_and_invisible_marks_are_taken_out(typed, name):
    assert names.read_name(typed) == name


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "是空的"),
        ("\u200b", "是空的"),
        ("李\ufffd", "已经丢失的字"),
        ("??", "已经丢失的字"),
        ("李" + chr(0xD842), "已经丢失的字"),
        ("𠮷" * 51, "最多50个字，现在是51个"),
    ],
)
def test_a_damaged_or_endless_name_is_refused(typed, reason):
    with pytest.raises(Refusal, match=reason):
        names.read_name(typed)


def test_fifty_characters_outside_the_first_plane_are_fifty():
    assert names.read_name("𠮷" * 50) == "𠮷" * 50


@pytest.mark.parametrize(
    ("typed", "warning"),
    [("⼥芳", "部首“⼥”已换成汉字“女”"), ("⺮芳", "“⺮”是部首"), ("张*芳", "遮盖"), ("张＊", "遮盖"), ("李\ue854", "自造的字")],
)
def test_a_doubtful_name_is_stored_and_said_to_be_so(typed, warning):
    assert names.read_name(typed)
    assert warning in "".join(names.name_warnings(typed))


@given(WRITTEN)
def test_a_stored_name_is_read_as_itself(text):
    try:
        name = names.read_name(text)
    except Refusal:
        return
    assert names.read_name(name) == name


@given(st.text(max_size=20))
def test_the_normal_form_of_a_normal_form_is_itself(text):
    form = names.normal_form(text)
    assert names.normal_form(form) == form


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("买买提·吐尔逊", "买买提．吐尔逊"),
        ("买买提·吐尔逊", "买买提吐尔逊"),
        ("李 芳", "李芳"),
        ("ＴＯＭ", "tom"),
        ("⻢⻓江", "马长江"),
        ("⼥芳", "女芳"),
        ("\uf980布", "\u5442布"),
        ("葛\U000e0100芳", "葛芳"),
        ("⺼", "肉"),
        ("José", "jose\u0301"),
    ],
)
def test_names_that_look_alike_compare_alike(one, other):
    assert names.normal_form(one) == names.normal_form(other)


def test_names_that_differ_in_one_stroke_compare_differently():
    assert len({names.normal_form(name) for name in ("吉三", "𠮷三", "呂三", "吕三")}) == 4


@pytest.mark.parametrize("row", rows("surname-readings.csv"), ids=lambda row: row["surname"])
def test_a_surname_is_read_as_a_surname(row):
    surname = row["plain"].replace(" ", "")
    assert names.pinyin_of(row["surname"] + "娜").full == surname + "na"


@pytest.mark.parametrize(
    ("name", "full", "initials"),
    [("陈家和", "chenjiahe", "cjh"), ("单雄信", "shanxiongxin", "sxx"), ("单于娜", "chanyuna", "cyn"),
     ("长孙娜", "zhangsunna", "zsn"), ("吕娜", "lvna", "ln"),
     ("买买提·娜", "maimaitina", "mmtn"), ("Tom 娜", "tomna", "tomn"), ("𠮷娜", "𠮷na", "𠮷n"), ("", "", "")],
)  # fmt: skip
def test_a_name_has_its_pinyin_and_its_initials(name, full, initials):
    reading = names.pinyin_of(name)
    assert (reading.full, reading.initials) == (full, initials)


def test_the_dictionary_reading_of_a_surname_is_kept_beside_it():
    assert {"danna", "dn"} <= set(names.pinyin_of("单娜").alternatives)


def test_the_passport_and_the_plain_spelling_of_ü_are_kept_beside_v():
    assert set(names.pinyin_of("吕娜").alternatives) >= {"lyuna", "luna"}


def test_a_name_is_found_by_itself_its_given_name_and_its_readings():
    assert names.search_tokens("陈家和")[:4] == ["陈家和", "家和", "chenjiahe", "cjh"]
    assert names.search_tokens("") == []


@given(st.text(max_size=60))
def test_every_text_has_few_and_different_words(text):
    tokens = names.search_tokens(text)
    assert len(tokens) == len(set(tokens)) <= 12
    assert all(tokens)


@given(st.lists(st.sampled_from(["重庆", "长安", "行长", "单于", "曾经", "绿", "女", "陈家和", "𠮷", "A3", "·", "第三"]), max_size=5))
def test_read_word_by_word_a_name_has_the_readings_of_the_whole(words):
    from pypinyin import Style, lazy_pinyin

    form = names.normal_form("".join(words))
    whole = lazy_pinyin(form, style=Style.NORMAL, errors=list)
    assert [choices[0] for choices in names._readings(form)][2:] == whole[2:]  # before them may stand a surname


@pytest.mark.parametrize("typed", ["区自然资源局", "自然资源局", "qzrzyj", "zrzyj", "ziranziyuanju"])
def test_a_unit_is_found_without_the_word_in_front_of_its_name(typed: str) -> None:
    assert typed in Title().tokens("区自然资源局")
