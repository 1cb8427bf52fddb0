"""Guessing passwords gets slower, and a wrong clock locks nobody out."""

from pathlib import Path

import pytest

from desktop.store.key import Keyring, WrongPassword, WrongRecoveryKey
from desktop.store.recovery import RecoveryMistyped
from desktop.store.tries import FREE_TRIES, LONGEST_WAIT, TRIES, WaitFirst, sign_in, sign_in_with_recovery
from tests.store.small_office import CHEAP, OTHER_KEY, PASSWORD, RAW_KEY, SECRETARY

YEAR = 365 * 86400.0
NOON = 50 * YEAR


@pytest.fixture
def office(tmp_path: Path) -> Path:
    Keyring.new({SECRETARY: PASSWORD, "李干事": "另一个密码"}, RAW_KEY, CHEAP)[0].save(tmp_path)
    return tmp_path


def fail(office: Path, times: int, now: float = NOON) -> float:
    """So many wrong passwords, each as soon as it is allowed; the moment after the last one."""
    for _turn in range(times):
        try:
            sign_in(office, SECRETARY, "猜的", now=now)
        except WaitFirst as wait:
            now += wait.seconds
            with pytest.raises(WrongPassword):
                sign_in(office, SECRETARY, "猜的", now=now)
        except WrongPassword:
            pass
    return now


def test_a_few_slips_cost_nothing(office: Path) -> None:
    """# fault 107"""
    fail(office, FREE_TRIES - 1)
    assert sign_in(office, SECRETARY, PASSWORD, now=NOON) == RAW_KEY


def test_the_wait_grows_with_each_failure_and_stops_growing(office: Path) -> None:
    """# fault 107"""
    now, waits = fail(office, FREE_TRIES), []
    for _turn in range(9):
        with pytest.raises(WaitFirst, match="秒再试") as wait:
            sign_in(office, SECRETARY, "猜的", now=now)
        waits.append(wait.value.seconds)
        now = fail(office, 1, now)
    assert waits == sorted(waits)
    assert waits[0] < waits[2] < waits[-1] <= LONGEST_WAIT + 1


def test_the_right_password_waits_too_and_then_wipes_the_slate(office: Path) -> None:
    """# fault 107"""
    now = fail(office, FREE_TRIES)
    with pytest.raises(WaitFirst):
        sign_in(office, SECRETARY, PASSWORD, now=now)
    assert sign_in(office, SECRETARY, PASSWORD, now=now + LONGEST_WAIT) == RAW_KEY
    fail(office, FREE_TRIES - 1, now)
    assert sign_in(office, SECRETARY, PASSWORD, now=now) == RAW_KEY


def test_one_persons_failures_do_not_keep_another_out(office: Path) -> None:
    fail(office, FREE_TRIES + 2)
    assert sign_in(office, "李干事", "另一个密码", now=NOON) == RAW_KEY


def test_a_clock_set_back_a_year_locks_nobody_out(office: Path) -> None:
    """# fault 44"""
    now = fail(office, 20) - YEAR
    with pytest.raises(WaitFirst):
        sign_in(office, SECRETARY, PASSWORD, now=now)
    assert sign_in(office, SECRETARY, PASSWORD, now=now + LONGEST_WAIT) == RAW_KEY


def test_a_damaged_memory_of_failures_keeps_nobody_out(office: Path) -> None:
    fail(office, FREE_TRIES)
    (office / TRIES).write_bytes(b"[1]")
    assert sign_in(office, SECRETARY, PASSWORD, now=NOON) == RAW_KEY


def test_the_paper_is_guessed_slowly_too_but_a_typing_slip_costs_nothing(office: Path) -> None:
    """# fault 107"""
    wrong = Keyring.new({SECRETARY: PASSWORD}, OTHER_KEY, CHEAP)[1]
    for _turn in range(FREE_TRIES):
        with pytest.raises(RecoveryMistyped):
            sign_in_with_recovery(office, "0000", now=NOON)
    for _turn in range(FREE_TRIES):
        with pytest.raises(WrongRecoveryKey):
            sign_in_with_recovery(office, wrong, now=NOON)
    with pytest.raises(WaitFirst):
        sign_in_with_recovery(office, wrong, now=NOON)
