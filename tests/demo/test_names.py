"""Nobody in the district is real, and everybody's papers are in order."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from desktop.demo.names import MOBILES, credit_code, human, id_with_tail, name_of, phone
from desktop.demo.words import BUREAUS
from desktop.demo.world import PEOPLE_APART
from desktop.model.names import read_name
from desktop.model.numbers import read_credit_code, read_id_number

everybody = st.integers(0, 99 * PEOPLE_APART - 1)


@given(everybody)
def test_an_id_number_passes_the_rule_and_says_the_birthday_and_the_sex(g):
    who = human(2021, g)
    read = read_id_number(who.id_number, "2021-11-24")
    assert (read.value, read.born, read.sex, read.warnings) == (who.id_number, who.born, who.sex, ())


def test_no_two_people_share_an_id_number():
    numbers = {human(2021, g).id_number for place in range(99) for g in range(place * PEOPLE_APART, place * PEOPLE_APART + 120)}
    assert len(numbers) == 99 * 120


def test_everybody_comes_from_the_district():
    assert {human(2021, g).id_number[:6] for g in range(200)} == {"441502"}


@given(everybody)
def test_a_human_being_is_the_same_in_every_ledger(g):
    assert human(2021, g) == human(2021, g)


@given(everybody)
def test_a_name_is_kept_as_it_stands(g):
    name = human(2021, g).name
    assert read_name(name) == name


def test_some_names_cannot_be_written_in_an_old_code():
    dice = Random("names")
    names = {name_of(dice, man=man, year=1990) for man in (True, False) for _ in range(3000)}
    assert any("𬭊𪻐" in name for name in names)
    assert any("·" in name for name in names)


def test_a_known_person_has_the_number_of_the_pictures():
    number, born = id_with_tail("9013", 1979)
    assert number.endswith("9013")
    assert read_id_number(number, "2021-11-24").born == born


def test_every_unit_has_a_credit_code_in_order():
    for name, kind, *_party in BUREAUS:
        read = read_credit_code(credit_code(name, kind))
        assert (read.value, read.warnings) == (credit_code(name, kind), ())


def test_no_two_units_share_a_credit_code():
    assert len({credit_code(name, kind) for name, kind, *_party in BUREAUS}) == len(BUREAUS)


def test_a_phone_is_a_mobile_number_of_eleven_digits():
    number = phone(Random("phone"))
    assert number[:3] in MOBILES
    assert len(number) == 11
