"""Guessing passwords gets slower: failed tries are kept on the disk and each makes the next one wait longer.

The wait is counted in elapsed seconds that the caller passes in. A clock set back never locks anybody out for
longer than the wait itself. Whoever copies the folder can throw this file away; what protects the copy is the price
of Argon2 and a good password.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktop.model.errors import Refusal
from desktop.model.language import _
from desktop.store.disk import said, write_whole
from desktop.store.key import Keyring, WrongPassword, WrongRecoveryKey

TRIES = "keyring.tries.json"
FREE_TRIES = 4
FIRST_WAIT, LONGEST_WAIT = 15, 15 * 60
RECOVERY = "*recovery*"


class WaitFirst(Refusal):
    """Too many wrong passwords; `seconds` until the next try."""

    def __init__(self, name: str, seconds: int) -> None:
        what = _("口令错得太多，请等 {n} 秒再试").format(n=seconds)
        super().__init__(what, record=name, todo=_("想一想；忘了口令可用恢复密钥"))
        self.seconds = seconds


@dataclass(frozen=True)
class Failures:
    count: int = 0
    last: float = 0.0

    def wait(self, now: float) -> float:
        """Seconds still to wait at `now`."""
        if self.count < FREE_TRIES:
            return 0.0
        penalty = min(FIRST_WAIT * 2.0 ** min(self.count - FREE_TRIES, 10), LONGEST_WAIT)
        return max(0.0, self.last + penalty - now)


def sign_in(folder: Path, name: str, password: str, *, now: float) -> bytes:
    """The raw key of the ledger in `folder`; a failed try is on the disk before anyone hears of it."""
    return _try(folder, name.strip(), now, lambda: Keyring.load(folder).unlock(name, password))


def sign_in_with_recovery(folder: Path, text: str, *, now: float) -> bytes:
    """The raw key, for whoever holds the paper. Mistyping costs no try: the check characters answer without any key."""
    return _try(folder, RECOVERY, now, lambda: Keyring.load(folder).unlock_with_recovery(text))


def _try(folder: Path, name: str, now: float, unlock: Callable[[], bytes]) -> bytes:
    tries = _read(folder)
    failures = tries.get(name, Failures())
    if now < failures.last:  # the clock went back: count the wait from here
        failures = Failures(failures.count, now)
        _write(folder, {**tries, name: failures})
    if (wait := failures.wait(now)) > 0:
        raise WaitFirst("" if name == RECOVERY else name, int(wait) + 1)
    try:
        raw_key = unlock()
    except (WrongPassword, WrongRecoveryKey):
        _write(folder, {**tries, name: Failures(failures.count + 1, now)})
        raise
    if name in tries:
        _write(folder, {each: kept for each, kept in tries.items() if each != name})
    return raw_key


def _read(folder: Path) -> dict[str, Failures]:
    """What is remembered; a damaged file must not keep the office out, so it counts as none."""
    path = folder / TRIES
    if not path.exists():
        return {}
    with said(path):
        content = path.read_bytes()
    try:
        return {str(name): Failures(int(count), float(last)) for name, (count, last) in json.loads(content).items()}
    except (ValueError, TypeError, AttributeError):
        return {}


def _write(folder: Path, tries: dict[str, Failures]) -> None:
    plain = {name: [failures.count, failures.last] for name, failures in tries.items()}
    write_whole(folder / TRIES, json.dumps(plain, ensure_ascii=False).encode())
