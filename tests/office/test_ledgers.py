"""A ledger's beginning, who may open it, and that somebody always can."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop.model.codes import office_name
from desktop.model.errors import NotAllowed, Refusal
from desktop.model.keeping import User
from desktop.model.person import Person
from desktop.model.place import Place
from desktop.model.roles import Role
from desktop.office import records
from desktop.office.desk import Desk
from desktop.office.ledgers import (
    add_user,
    change_password,
    found_office,
    open_desk,
    reset_with_recovery,
    set_active,
    set_role,
    sign_in,
)
from desktop.store.key import WrongPassword
from desktop.store.troubles import LedgerExists
from tests.builders import CHEAP, HARBOUR, LOGIN, PASSWORD, MovableClock, a_desk, a_person, audited

NOW = MovableClock()
RIGHT = {"community": HARBOUR, "admin": "周敏", "login": LOGIN, "password": PASSWORD, "now": NOW, "cost": CHEAP}


@pytest.fixture
def founded(tmp_path: Path) -> Iterator[tuple[Desk, str]]:
    desk, recovery = found_office(tmp_path / "账本", post="书记", **RIGHT)  # type: ignore[arg-type]
    yield desk, recovery
    desk.books.ledger.close()


@pytest.fixture
def reopened(founded: tuple[Desk, str]) -> Iterator[Callable[..., Desk]]:
    """The ledger is closed, and somebody else opens it; closed again at the end."""
    open_desks: list[Desk] = []

    def again(login: str = LOGIN, password: str = PASSWORD) -> Desk:
        for desk in [founded[0], *open_desks]:
            desk.books.ledger.close()
        open_desks.append(sign_in(founded[0].books.ledger.folder, login, password, now=NOW))
        return open_desks[-1]

    yield again
    for desk in open_desks:
        desk.books.ledger.close()


def me(desk: Desk) -> str:
    return desk.who.id


def test_a_new_office_has_its_admin_its_community_and_nothing_else(founded: tuple[Desk, str]) -> None:
    desk, recovery = founded
    assert (desk.community, desk.books.tier, desk.books.fact("name"), desk.books.fact("above")) == (HARBOUR, "社区", "滨海社区", "凤山街道")
    assert desk.books.fact("nothing") is None
    (user,) = desk.rows(User)
    assert (user["name"], user["login"], user["role"], user["active"]) == ("周敏", LOGIN, "管理", 1)
    assert [(row["name"], row["kind"]) for row in desk.rows(Place)] == [("滨海社区", "社区")]
    assert desk.rows(Person) == []
    assert len(recovery) > 20
    assert audited(desk) == [("ledger.found", True)]


@pytest.mark.parametrize(
    ("code", "name"),
    [("441502003007", ("滨海社区", "凤山街道")), ("441502003000", ("凤山街道", "城区")), ("000000000000", ("000000000000", ""))],
)
def test_an_office_is_called_by_its_code(code: str, name: tuple[str, str]) -> None:
    assert office_name(code) == name


@pytest.mark.parametrize("wrong", [{"community": "4415"}, {"community": "44150200300x"}, {"password": "abc1234"}, {"password": "aaaaaaaa"},
                                   {"password": "zhoumin1", "login": "zhoumin1"}])  # fmt: skip
def test_an_office_without_a_code_or_a_real_password_is_not_founded(wrong: dict[str, str], tmp_path: Path) -> None:
    with pytest.raises(Refusal):
        found_office(tmp_path / "账本", **{**RIGHT, **wrong})  # type: ignore[arg-type]
    assert not (tmp_path / "账本").exists()


def test_an_office_is_not_founded_over_another(founded: tuple[Desk, str]) -> None:
    folder = founded[0].books.ledger.folder
    founded[0].books.ledger.close()
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(LedgerExists):
        found_office(folder, community=HARBOUR, admin="别人", login="bieren", password=PASSWORD, now=NOW, cost=CHEAP)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_signing_in_is_written_down_with_the_day(reopened: Callable[..., Desk]) -> None:
    desk = reopened()
    assert audited(desk)[-1] == ("ledger.sign_in", True)
    assert desk.get(User, me(desk))["last_seen_on"] == "2021-11-24"


def test_a_wrong_password_opens_nothing(reopened: Callable[..., Desk]) -> None:
    with pytest.raises(WrongPassword):
        reopened(password="abc12346")
    assert reopened().who.name == "周敏"


def test_a_new_colleague_signs_in_with_the_role_that_was_given(founded: tuple[Desk, str], reopened: Callable[..., Desk]) -> None:
    add_user(founded[0], name="林小雨", login="linxy", password="hunter2-hai", role=Role.CLERK, post="社工")
    desk = reopened("linxy", "hunter2-hai")
    assert (desk.who.name, desk.who.role) == ("林小雨", Role.CLERK)
    with pytest.raises(NotAllowed):
        add_user(desk, name="丙", login="bing", password="hunter2-hai", role=Role.ADMIN)


def test_a_sign_in_name_belongs_to_one_person(founded: tuple[Desk, str], reopened: Callable[..., Desk]) -> None:
    with pytest.raises(Refusal):
        add_user(founded[0], name="冒名", login=LOGIN, password="hunter2-hai", role=Role.CLERK)
    assert reopened().who.name == "周敏"


def test_a_weak_password_gives_nobody_access(founded: tuple[Desk, str]) -> None:
    with pytest.raises(Refusal, match="至少 8 位"):
        add_user(founded[0], name="林小雨", login="linxy", password="short", role=Role.CLERK)
    assert len(founded[0].rows(User)) == 1


def test_who_was_switched_off_signs_in_no_more(founded: tuple[Desk, str], reopened: Callable[..., Desk]) -> None:
    user = add_user(founded[0], name="林小雨", login="linxy", password="hunter2-hai", role=Role.CLERK)
    set_active(founded[0], user, active=False)
    with pytest.raises(Refusal, match="已停用"):
        reopened("linxy", "hunter2-hai")
    set_active(reopened(), user, active=True)
    assert reopened("linxy", "hunter2-hai").who.name == "林小雨"


def test_the_last_admin_stays(founded: tuple[Desk, str]) -> None:
    desk = founded[0]
    with pytest.raises(Refusal, match="最后一个管理员不能停用") as said:
        set_active(desk, me(desk), active=False)
    assert said.value.record == "周敏"
    with pytest.raises(Refusal, match="最后一个管理员不能改成别的权限"):
        set_role(desk, me(desk), Role.REVIEWER)
    second = add_user(desk, name="林小雨", login="linxy", password="hunter2-hai", role=Role.CLERK)
    set_role(desk, second, Role.ADMIN)
    set_active(desk, me(desk), active=False)
    with pytest.raises(Refusal, match="最后一个管理员"):
        set_role(desk, second, Role.CLERK)
    with pytest.raises(Refusal, match="最后一个管理员"):
        set_active(desk, second, active=False)


def test_an_admin_who_was_switched_off_does_not_count_as_one(founded: tuple[Desk, str]) -> None:
    desk = founded[0]
    second = add_user(desk, name="林小雨", login="linxy", password="hunter2-hai", role=Role.ADMIN)
    set_active(desk, second, active=False)
    with pytest.raises(Refusal, match="最后一个管理员"):
        set_active(desk, me(desk), active=False)


def test_there_is_no_way_round_the_last_admin(founded: tuple[Desk, str]) -> None:
    desk = founded[0]
    for values in ({"role": "录入"}, {"active": 0}, {"login": "other"}):
        with pytest.raises(Refusal, match="由办理步骤填写"):
            records.correct(desk, User, me(desk), **values)
    for deed in (records.end, records.end_many):
        with pytest.raises(Refusal, match="用户不能删除"):
            deed(desk, User, [me(desk)] if deed is records.end_many else me(desk), because="离职")  # type: ignore[arg-type]
    with pytest.raises(Refusal, match="用户不能删除"):
        records.erase(desk, User, me(desk), reason="离职")
    assert desk.get(User, me(desk))["active"] == 1


def test_a_changed_password_replaces_the_old_one(founded: tuple[Desk, str], reopened: Callable[..., Desk]) -> None:
    with pytest.raises(WrongPassword):
        change_password(founded[0], "abc12346", "hunter2-hai")
    change_password(founded[0], PASSWORD, "hunter2-hai")
    assert audited(founded[0])[-1] == ("ledger.change_password", True)
    with pytest.raises(WrongPassword):
        reopened()
    assert reopened(password="hunter2-hai").who.name == "周敏"


def test_a_reader_changes_his_own_password(founded: tuple[Desk, str], reopened: Callable[..., Desk]) -> None:
    add_user(founded[0], name="林小雨", login="linxy", password="hunter2-hai", role=Role.READER)
    change_password(reopened("linxy", "hunter2-hai"), "hunter2-hai", "hunter3-hai")
    assert reopened("linxy", "hunter3-hai").who.role is Role.READER


def test_the_printed_key_opens_the_ledger_with_a_new_password(founded: tuple[Desk, str], reopened: Callable[..., Desk]) -> None:
    desk, recovery = founded
    a_person(desk, "𬭊𪻐")
    desk.books.ledger.close()
    saved = reset_with_recovery(desk.books.ledger.folder, recovery, LOGIN, "hunter2-hai", now=NOW)
    assert [row["name"] for row in saved.rows(Person)] == ["𬭊𪻐"]
    saved.books.ledger.close()
    assert reopened(password="hunter2-hai").who.name == "周敏"


def test_a_user_who_is_in_the_keyring_only_is_not_let_in(tmp_path: Path) -> None:
    desk = a_desk(tmp_path)
    folder, raw_key = desk.books.ledger.folder, desk.books.ledger.raw_key
    desk.books.ledger.close()
    with pytest.raises(Refusal, match="已停用"):
        open_desk(folder, "nobody", raw_key, now=NOW)
    again = open_desk(folder, LOGIN, raw_key, now=NOW)
    assert again.who.role is Role.ADMIN, "a refused sign-in lets the lock go"
    again.books.ledger.close()


def test_a_role_that_was_changed_holds_at_the_next_sign_in(founded: tuple[Desk, str], reopened: Callable[..., Desk]) -> None:
    user = add_user(founded[0], name="林小雨", login="linxy", password="hunter2-hai", role=Role.CLERK)
    set_role(founded[0], user, Role.REVIEWER)
    desk = reopened("linxy", "hunter2-hai")
    assert desk.who.role is Role.REVIEWER
    with pytest.raises(NotAllowed):
        set_role(desk, user, Role.ADMIN)
