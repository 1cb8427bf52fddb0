"""Who opens the ledger, and what a damaged keyring says instead of "wrong password"."""

import json
import stat
from pathlib import Path

import pyrage
import pytest

from desktop.model.errors import Refusal
from desktop.store import disk
from desktop.store.key import (
    KEYRING,
    KEYRING_COPY,
    Keyring,
    KeyringDamaged,
    KeyringMissing,
    WrongPassword,
    WrongRecoveryKey,
)
from tests.store.small_office import CHEAP, OTHER_KEY, PASSWORD, RAW_KEY, SECRETARY


@pytest.fixture
def ring() -> Keyring:
    return Keyring.new({SECRETARY: PASSWORD, "李干事": "另一个密码"}, RAW_KEY, CHEAP)[0]


def test_each_user_opens_the_same_ledger_with_his_own_password(ring: Keyring) -> None:
    assert ring.unlock(SECRETARY, PASSWORD) == ring.unlock(" 李干事 ", "另一个密码") == RAW_KEY
    assert ring.names() == [SECRETARY, "李干事"]


@pytest.mark.parametrize(("name", "password"), [(SECRETARY, "另一个密码"), (SECRETARY, ""), ("没有这个人", PASSWORD)])
def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(ring: Keyring, name: str, password: str) -> None:
    """# fault 40"""
    with pytest.raises(WrongPassword, match="登录名或口令不对"):
        ring.unlock(name, password)


def test_full_width_letters_of_an_input_method_count_as_plain_ones() -> None:
    ring, _paper = Keyring.new({"ｗａｎｇ": "ａｂｃ１２３"}, RAW_KEY, CHEAP)
    assert ring.unlock("wang", "abc123") == RAW_KEY


def test_the_cost_of_a_guess_is_64_mib_by_default_and_travels_with_the_wrapping() -> None:
    ring, _paper = Keyring.new({SECRETARY: PASSWORD}, RAW_KEY)
    kept = json.loads(ring.to_bytes())["keyring"]["users"][SECRETARY]["cost"]
    assert kept == {"memory": 65536, "rounds": 3, "lanes": 4}
    assert Keyring.from_bytes(ring.to_bytes()).unlock(SECRETARY, PASSWORD) == RAW_KEY


def test_a_changed_password_replaces_the_old_one(ring: Keyring) -> None:
    ring = ring.change_password(SECRETARY, PASSWORD, "新密码")
    assert ring.unlock(SECRETARY, "新密码") == RAW_KEY
    with pytest.raises(WrongPassword):
        ring.unlock(SECRETARY, PASSWORD)


def test_a_password_changes_only_for_who_knows_the_old_one(ring: Keyring) -> None:
    with pytest.raises(WrongPassword):
        ring.change_password(SECRETARY, "猜的", "新密码")


def test_a_forgotten_password_is_reset_by_somebody_who_has_the_key(ring: Keyring) -> None:
    ring = ring.reset_password("李干事", "重设的", RAW_KEY)
    assert ring.unlock("李干事", "重设的") == RAW_KEY


def test_a_removed_user_opens_nothing_and_the_last_one_stays(ring: Keyring) -> None:
    ring = ring.remove_user("李干事")
    with pytest.raises(WrongPassword):
        ring.unlock("李干事", "另一个密码")
    with pytest.raises(Refusal, match="最后一个"):
        ring.remove_user(SECRETARY)


def test_a_name_is_given_once_and_a_password_is_never_empty(ring: Keyring) -> None:
    with pytest.raises(Refusal, match="已经有这个登录名"):
        ring.add_user(SECRETARY, "密码", RAW_KEY)
    with pytest.raises(Refusal, match="不能为空"):
        ring.add_user("新人", "", RAW_KEY)
    with pytest.raises(Refusal, match="不能为空"):
        ring.change_password(SECRETARY, PASSWORD, "")
    with pytest.raises(Refusal, match="至少"):
        Keyring.new({}, RAW_KEY, CHEAP)


@pytest.mark.parametrize("deed", ["remove", "reset"])
def test_an_unknown_user_is_neither_removed_nor_given_a_password(ring: Keyring, deed: str) -> None:
    with pytest.raises(Refusal, match="没有这个登录名"):
        ring.remove_user("生人") if deed == "remove" else ring.reset_password("生人", "密码", RAW_KEY)


def test_a_key_of_another_ledger_is_never_wrapped(ring: Keyring) -> None:
    with pytest.raises(ValueError, match="another keyring"):
        ring.add_user("新人", "密码", OTHER_KEY)


def test_the_paper_opens_the_ledger_until_a_new_paper_is_printed() -> None:
    """# fault 41"""
    ring, paper = Keyring.new({SECRETARY: PASSWORD}, RAW_KEY, CHEAP)
    assert ring.unlock_with_recovery(paper.lower()) == RAW_KEY
    ring, newer = ring.replace_recovery(RAW_KEY)
    assert ring.unlock_with_recovery(newer) == RAW_KEY
    with pytest.raises(WrongRecoveryKey, match="不是这份账本"):
        ring.unlock_with_recovery(paper)


def test_the_district_opens_the_ledger_with_its_escrow_key(ring: Keyring) -> None:
    district, stranger = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
    ring = ring.add_escrow(str(district.to_public()), RAW_KEY)
    ring = Keyring.from_bytes(ring.to_bytes())
    assert ring.unlock_with_escrow(str(district)) == RAW_KEY
    with pytest.raises(WrongRecoveryKey):
        ring.unlock_with_escrow(str(stranger))


def test_an_escrow_key_that_is_none_is_refused(ring: Keyring) -> None:
    with pytest.raises(Refusal, match="托管公钥"):
        ring.add_escrow("age1xyz", RAW_KEY)


def test_one_persons_wrapping_pasted_under_another_name_opens_nothing(ring: Keyring) -> None:
    forged = Keyring(ring.ledger, {SECRETARY: ring.users["李干事"]}, ring.recovery)
    with pytest.raises(KeyringDamaged):
        forged.unlock(SECRETARY, "另一个密码")


def test_a_forged_cost_cannot_eat_the_machine(ring: Keyring) -> None:
    plain = json.loads(ring.to_bytes())["keyring"]["users"][SECRETARY]
    greedy = type(ring.users[SECRETARY]).from_plain({**plain, "cost": {"memory": 1 << 30, "rounds": 3, "lanes": 4}})
    with pytest.raises(KeyringDamaged):
        Keyring(ring.ledger, {SECRETARY: greedy}, ring.recovery).unlock(SECRETARY, PASSWORD)


def test_both_copies_are_for_the_owners_eyes_only(ring: Keyring, tmp_path: Path) -> None:
    ring.save(tmp_path)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert modes == {KEYRING: 0o600, KEYRING_COPY: 0o600}


@pytest.mark.parametrize("lost", [KEYRING, KEYRING_COPY])
@pytest.mark.parametrize("how", ["deleted", "damaged", "emptied"])
def test_one_lost_copy_of_the_keyring_is_no_loss(ring: Keyring, tmp_path: Path, lost: str, how: str) -> None:
    """# fault 41"""
    ring.save(tmp_path)
    path = tmp_path / lost
    {"deleted": path.unlink, "damaged": lambda: path.write_bytes(path.read_bytes()[:-40]), "emptied": lambda: path.write_bytes(b"")}[how]()
    assert Keyring.load(tmp_path).unlock(SECRETARY, PASSWORD) == RAW_KEY


def test_no_copy_and_two_damaged_copies_are_two_messages(ring: Keyring, tmp_path: Path) -> None:
    """# fault 40, fault 41"""
    with pytest.raises(KeyringMissing, match="找不到"):
        Keyring.load(tmp_path)
    for name in (KEYRING, KEYRING_COPY):
        (tmp_path / name).write_bytes(b"{}")
    with pytest.raises(KeyringDamaged, match="损坏"):
        Keyring.load(tmp_path)


def test_a_flipped_bit_anywhere_is_damage_and_never_a_wrong_password(ring: Keyring, dose: str) -> None:
    """# fault 40"""
    content = ring.to_bytes()
    meaning = json.loads(content)
    for at in range(0, len(content) * 8, 1 if dose == "full" else 41):
        flipped = bytearray(content)
        flipped[at // 8] ^= 1 << at % 8
        try:
            read = Keyring.from_bytes(bytes(flipped))
        except KeyringDamaged:
            continue
        assert json.loads(read.to_bytes()) == meaning  # only white space between the words may differ


def test_a_keyring_of_a_later_program_says_so(ring: Keyring) -> None:
    from desktop.store import key

    body = json.loads(ring.to_bytes())["keyring"] | {"format": 2}
    with pytest.raises(Refusal, match="更新版本"):
        Keyring.from_bytes(json.dumps({"keyring": body, "sha256": key._sum(body)}).encode())


def test_a_power_cut_at_any_step_of_a_password_change_leaves_the_old_or_the_new_one(
    ring: Keyring, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """# fault 8"""
    changed = ring.change_password(SECRETARY, PASSWORD, "新密码")
    outcomes = set()
    for cut in range(40):
        ring.save(tmp_path)
        for path in tmp_path.glob("*.part"):
            path.unlink()
        with monkeypatch.context() as patch:
            finished = _save_until(cut, changed, tmp_path, patch)
        found = Keyring.load(tmp_path)
        outcomes.add(found.serial)
        assert found.unlock(SECRETARY, "新密码" if found.serial == changed.serial else PASSWORD) == RAW_KEY
        if finished:
            break
    assert finished
    assert outcomes == {ring.serial, changed.serial}


class PowerCut(BaseException):
    """Nothing after this runs, not even cleaning up."""


def _save_until(cut: int, ring: Keyring, folder: Path, patch: pytest.MonkeyPatch) -> bool:
    """`save`, with the power going at the `cut`-th touch of the disk; the write at that moment is torn in half."""
    import os

    left = [cut]

    def counted(name: str, tear: bool = False):  # type: ignore[no-untyped-def]
        real = getattr(os, name)

        def step(*args: object) -> object:
            if left[0] == 0:
                if tear:
                    real(args[0], args[1][: len(args[1]) // 2])  # type: ignore[index, arg-type]
                raise PowerCut
            left[0] -= 1
            return real(*args)

        patch.setattr(disk.os, name, step)

    for name in ("open", "fsync", "replace"):
        counted(name)
    counted("write", tear=True)
    try:
        ring.save(folder)
    except PowerCut:
        return False
    return True
