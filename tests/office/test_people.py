"""What an ID number says of its bearer, and who may be the same human being."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.model.errors import Refusal
from desktop.model.person import Person
from desktop.office import records
from desktop.office.desk import Desk
from desktop.office.ledgers import found_office
from desktop.office.people import alike, complete
from desktop.store.key import Cost

TODAY = "2022-03-24"
MAN = "441502196307153758"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Desk]:
    desk, _recovery = found_office(
        tmp_path / "账本", community="441502003007", admin="周敏", login="zhoumin", password="abc12345",
        now=lambda: f"{TODAY}T09:41:00", cost=Cost(8, 1, 1),
    )  # fmt: skip
    yield desk
    desk.books.ledger.close()


def a_person(desk: Desk, **values: str) -> str:
    return records.add(desk, Person, **{"name": "王强", "roles": f"居民 {TODAY}~", **values})


def ids(desk: Desk, **values: str) -> list[str]:
    return [row["id"] for row in alike(desk, values)]


def test_an_id_number_fills_in_sex_and_birth() -> None:
    assert complete({"id_number": MAN}, TODAY) == ({"id_number": MAN, "sex": "1", "born": "1963-07-15"}, ())


def test_a_birth_known_to_the_month_becomes_the_day_of_the_card() -> None:
    assert complete({"id_number": MAN, "born": "1963-07"}, TODAY)[0]["born"] == "1963-07-15"


def test_what_was_typed_stays_and_the_contradiction_is_said() -> None:
    values, warnings = complete({"id_number": MAN, "sex": "2", "born": "1963-07-16"}, TODAY)
    assert (values["sex"], values["born"]) == ("2", "1963-07-16")
    assert warnings == ("证件号码里性别是男，填的是女", "证件号码里出生日期是1963年7月15日，填的是1963年7月16日")


def test_an_abolished_prefix_is_a_warning() -> None:
    assert "旧区划" in complete({"id_number": "362324198001010014"}, TODAY)[1][0]


def test_without_a_number_or_with_only_its_hash_nothing_is_filled_in() -> None:
    assert complete({"name": "王强"}, TODAY) == ({"name": "王强"}, ())
    assert complete({"id_number": "#abc"}, TODAY)[0] == {"id_number": "#abc"}


def test_a_number_with_a_wrong_check_is_refused() -> None:
    with pytest.raises(Refusal, match="校验码"):
        complete({"id_number": MAN[:-1] + "9"}, TODAY)


def test_the_same_number_is_the_same_person_whatever_the_name(office: Desk) -> None:
    assert ids(office, name="李素芳", id_number=MAN) == []
    key = a_person(office, id_number=MAN)
    assert ids(office, name="李素芳", id_number=MAN) == [key]


def test_one_name_with_one_birth_or_one_telephone_may_be_the_same(office: Desk) -> None:
    by_birth, by_phone = a_person(office, born="1963-07-15"), a_person(office, phone="13800138000")
    a_person(office, born="1970-01-01")
    assert set(ids(office, name="王强", born="1963-07-15", phone="13800138000")) == {by_birth, by_phone}


def test_a_name_that_sounds_alike_with_the_same_tail_may_be_the_same(office: Desk) -> None:
    key = a_person(office, name="单小强", id_number=MAN)
    assert ids(office, name="善小强", id_number="440524188001013758") == [key]
    assert ids(office, name="丹小强", id_number="440524188001013758") == []


def test_the_record_itself_and_those_in_the_bin_are_not_named(office: Desk) -> None:
    key, gone = a_person(office, phone="13800138000"), a_person(office, phone="13800138000")
    records.end(office, Person, gone, because="重复")
    assert ids(office, id=key, name="王强", phone="13800138000") == []
