"""The raw key and its wrappings: whoever opens the ledger opens one of these first.

The ledger is encrypted with 256 random bits. Each user's password (Argon2id), the printed recovery key and, after
enrolment, the district's escrow key wrap those same bits, so a password changes without touching the ledger. The
file says of itself whether it is whole (SHA-256), and each password has a verifier, so a wrong password and a
damaged file are two messages. Two copies lie side by side. Removing a user takes away his wrapping, not a copy of
the file that he made before.
"""

import hashlib
import hmac
import json
import unicodedata
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from os import urandom
from pathlib import Path
from typing import Any

from desktop.model.errors import Refusal, Trouble
from desktop.model.language import _
from desktop.store import recovery
from desktop.store.cipher import KEY_BYTES
from desktop.store.disk import said, write_whole

KEYRING, KEYRING_COPY = "keyring.json", "keyring.copy.json"
FORMAT = 1
LARGEST = 1 << 20


class KeyringMissing(Trouble):
    """Neither copy of the keyring is there."""


class KeyringDamaged(Trouble):
    """A copy of the keyring is there, and none is whole."""


class WrongPassword(Refusal):
    """The name and the password do not go together."""


class WrongRecoveryKey(Refusal):
    """Well typed, but it is the recovery key of another ledger or an older, replaced one."""


@dataclass(frozen=True)
class Cost:
    """What one guess costs: Argon2id's memory in KiB, rounds and lanes."""

    memory: int = 64 * 1024
    rounds: int = 3
    lanes: int = 4

    def within_reason(self) -> bool:
        """A forged file must not make the sign-in eat the machine."""
        return 8 <= self.memory <= 1 << 20 and 1 <= self.rounds <= 20 and 1 <= self.lanes <= 16


@dataclass(frozen=True)
class Wrapping:
    """The raw key under one password."""

    salt: bytes
    cost: Cost
    verifier: bytes
    sealed: bytes

    def to_plain(self) -> dict[str, Any]:
        binary = {"salt": self.salt, "verifier": self.verifier, "sealed": self.sealed}
        return {**{name: _text(content) for name, content in binary.items()}, "cost": vars(self.cost)}

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> "Wrapping":
        return cls(_bytes(plain["salt"]), Cost(**plain["cost"]), _bytes(plain["verifier"]), _bytes(plain["sealed"]))


@dataclass(frozen=True)
class Keyring:
    """Who can open the ledger. Immutable: a change gives a new keyring, and `save` puts it on the disk."""

    ledger: str  # says which raw key this is without telling it
    users: Mapping[str, Wrapping]
    recovery: bytes
    escrow: Mapping[str, bytes] = field(default_factory=dict)
    cost: Cost = Cost()
    serial: int = 1

    @classmethod
    def new(cls, users: Mapping[str, str], raw_key: bytes, cost: Cost | None = None) -> tuple["Keyring", str]:
        """A keyring for these names and passwords, and the recovery key to print. It is shown once and stored nowhere."""
        if not users:
            raise Refusal(_("至少要有一个用户"), todo=_("先填姓名和口令"))
        ring = cls(ledger=key_mark(raw_key), users={}, recovery=b"", cost=cost or Cost())
        for name, password in users.items():
            ring = ring.add_user(name, password, raw_key)
        return ring.replace_recovery(raw_key)

    def names(self) -> list[str]:
        return list(self.users)

    def unlock(self, name: str, password: str) -> bytes:
        """The raw key, or `WrongPassword`. An unknown name gets the same answer as a wrong password."""
        wrapping = self.users.get(_name(name))
        if wrapping is None:
            raise _wrong_password(name)
        key, verifier = _stretch(password, wrapping.salt, wrapping.cost)
        if not hmac.compare_digest(verifier, wrapping.verifier):
            raise _wrong_password(name)
        return self._opened(key, wrapping.sealed, f"user|{_name(name)}")

    def unlock_with_recovery(self, text: str) -> bytes:
        """The raw key, for whoever holds the paper."""
        key = _recovery_wrapper(recovery.read(text))
        try:
            return self._opened(key, self.recovery, "recovery")
        except KeyringDamaged as error:
            todo = _("检查是否拿错了纸，或恢复密钥已经换过新的")
            raise WrongRecoveryKey(_("这不是这份账本现在的恢复密钥"), record=_("恢复密钥"), todo=todo) from error

    def unlock_with_escrow(self, identity: str) -> bytes:
        """The raw key, for the district that holds the secret half ("AGE-SECRET-KEY-…") of an escrow key."""
        from pyrage import DecryptError, decrypt, x25519

        for sealed in self.escrow.values():
            try:
                return bytes(decrypt(sealed, [x25519.Identity.from_str(identity)]))
            except DecryptError:
                continue  # sealed to another tier
        raise WrongRecoveryKey(_("区里的托管密钥打不开这份账本"), todo=_("核对是哪一级的托管密钥"))

    def add_user(self, name: str, password: str, raw_key: bytes) -> "Keyring":
        """The person opens the ledger with this password from the next `save` on."""
        name = _name(name)
        self._fits(raw_key)
        if not name or not password:
            raise Refusal(_("登录名和口令不能为空"), record=name, todo=_("填好再试"))
        if name in self.users:
            raise Refusal(_("已经有这个登录名"), record=name, todo=_("换一个登录名"))
        return self._changed(users={**self.users, name: self._wrapped(name, password, raw_key)})

    def remove_user(self, name: str) -> "Keyring":
        """The password of this person opens nothing any more."""
        name = _name(name)
        if name not in self.users:
            raise Refusal(_("没有这个登录名"), record=name, todo=_("核对登录名"))
        if len(self.users) == 1:
            raise Refusal(_("这是最后一个能打开账本的用户"), record=name, todo=_("先添加另一个用户"))
        return self._changed(users={each: wrapping for each, wrapping in self.users.items() if each != name})

    def change_password(self, name: str, old: str, new: str) -> "Keyring":
        raw_key = self.unlock(name, old)
        if not new:
            raise Refusal(_("新口令不能为空"), record=_name(name), todo=_("填好再试"))
        return self._changed(users={**self.users, _name(name): self._wrapped(_name(name), new, raw_key)})

    def reset_password(self, name: str, new: str, raw_key: bytes) -> "Keyring":
        """For a forgotten password: somebody who has opened the ledger otherwise gives a new one."""
        self._fits(raw_key)
        if _name(name) not in self.users:
            raise Refusal(_("没有这个登录名"), record=_name(name), todo=_("核对登录名"))
        kept = {each: wrapping for each, wrapping in self.users.items() if each != _name(name)}
        return replace(self, users=kept).add_user(name, new, raw_key)

    def replace_recovery(self, raw_key: bytes) -> tuple["Keyring", str]:
        """A new recovery key to print; the old paper opens nothing any more."""
        self._fits(raw_key)
        secret = recovery.new_secret()
        sealed = self._sealed(_recovery_wrapper(secret), raw_key, "recovery")
        return self._changed(recovery=sealed), recovery.written(secret)

    def add_escrow(self, recipient: str, raw_key: bytes) -> "Keyring":
        """The tier that holds the secret half of `recipient` ("age1…") can open the ledger."""
        from pyrage import RecipientError, encrypt, x25519

        self._fits(raw_key)
        try:
            sealed = bytes(encrypt(raw_key, [x25519.Recipient.from_str(recipient)]))
        except RecipientError as error:
            raise Refusal(_("托管公钥不对"), record=recipient[:20], todo=_("重新导入区里发来的公钥文件")) from error
        return self._changed(escrow={**self.escrow, recipient: sealed})

    def fits(self, raw_key: bytes) -> bool:
        """This keyring guards this raw key."""
        return hmac.compare_digest(self.ledger, key_mark(raw_key))

    def save(self, folder: Path) -> None:
        """Both copies are this keyring; after a power cut at any moment at least one is, or both are the old one."""
        write_whole(folder / KEYRING, self.to_bytes())
        write_whole(folder / KEYRING_COPY, self.to_bytes())

    @classmethod
    def load(cls, folder: Path) -> "Keyring":
        """The newest whole copy. A missing, damaged or older copy beside it is not touched: `save` mends it."""
        whole, seen = [], False
        for name in (KEYRING, KEYRING_COPY):
            path = folder / name
            if path.exists():
                seen = True
                with said(path):
                    content = path.read_bytes()[:LARGEST]
                try:
                    whole.append(cls.from_bytes(content))
                except KeyringDamaged:
                    continue  # the other copy may be whole
        if whole:
            return max(whole, key=lambda ring: ring.serial)
        if seen:
            raise damaged_keyring()
        raise KeyringMissing(_("找不到 keyring.json"), record=KEYRING, todo=_("从备份恢复，备份里带有钥匙文件"))

    def to_bytes(self) -> bytes:
        body = {
            "format": FORMAT, "serial": self.serial, "ledger": self.ledger, "cost": vars(self.cost),
            "recovery": _text(self.recovery),
            "users": {name: wrapping.to_plain() for name, wrapping in self.users.items()},
            "escrow": {recipient: _text(sealed) for recipient, sealed in self.escrow.items()},
        }  # fmt: skip
        return json.dumps({"keyring": body, "sha256": _sum(body)}, ensure_ascii=False, indent=1).encode()

    @classmethod
    def from_bytes(cls, content: bytes) -> "Keyring":
        """The keyring in a file, or `KeyringDamaged` if a single bit of its meaning differs from what was written."""
        try:
            outer = json.loads(content)
            body = outer["keyring"]
            if outer["sha256"] != _sum(body):
                raise damaged_keyring()
            if body["format"] != FORMAT:
                raise Refusal(_("钥匙文件是更新版本的连心写的"), record=KEYRING, todo=_("安装新版连心后再打开"))
            return cls(
                ledger=body["ledger"], serial=body["serial"], recovery=_bytes(body["recovery"]), cost=Cost(**body["cost"]),
                users={name: Wrapping.from_plain(each) for name, each in body["users"].items()},
                escrow={recipient: _bytes(sealed) for recipient, sealed in body["escrow"].items()},
            )  # fmt: skip
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise damaged_keyring() from error

    def _changed(self, **parts: Any) -> "Keyring":
        return replace(self, serial=self.serial + 1, **parts)

    def _fits(self, raw_key: bytes) -> None:
        if not self.fits(raw_key):
            raise ValueError("this raw key belongs to another keyring")

    def _wrapped(self, name: str, password: str, raw_key: bytes) -> Wrapping:
        salt = urandom(16)
        key, verifier = _stretch(password, salt, self.cost)
        return Wrapping(salt, self.cost, verifier, self._sealed(key, raw_key, f"user|{name}"))

    def _sealed(self, key: bytes, raw_key: bytes, whose: str) -> bytes:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        nonce = urandom(12)
        return nonce + AESGCM(key).encrypt(nonce, raw_key, self._context(whose))

    def _opened(self, key: bytes, sealed: bytes, whose: str) -> bytes:
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        try:
            raw_key = AESGCM(key).decrypt(sealed[:12], sealed[12:], self._context(whose))
        except (InvalidTag, ValueError) as error:
            raise damaged_keyring() from error
        if not self.fits(raw_key):
            raise damaged_keyring()
        return raw_key

    def _context(self, whose: str) -> bytes:
        """Bound into every seal, so that one person's wrapping cannot be pasted under another's name."""
        return f"lianxin keyring {FORMAT}|{self.ledger}|{whose}".encode()


def key_mark(raw_key: bytes) -> str:
    """Says which ledger a raw key is for, and nothing else about it."""
    return hmac.new(raw_key, b"lianxin: which ledger is this", "sha256").hexdigest()[:32]


def damaged_keyring() -> KeyringDamaged:
    todo = _("从备份恢复，备份里带有钥匙文件；口令本身没有错")
    return KeyringDamaged(_("钥匙文件 keyring.json 损坏"), record=KEYRING, todo=todo)


def _wrong_password(name: str) -> WrongPassword:
    return WrongPassword(_("登录名或口令不对"), record=name, todo=_("看看大写锁定和输入法；忘了口令可用恢复密钥"))


def _name(name: str) -> str:
    return unicodedata.normalize("NFKC", name).strip()


def _stretch(password: str, salt: bytes, cost: Cost) -> tuple[bytes, bytes]:
    """Wrapping key and verifier. Full-width letters of an input method count as the plain ones."""
    from argon2.low_level import Type, hash_secret_raw

    if not cost.within_reason():
        raise damaged_keyring()
    secret = unicodedata.normalize("NFKC", password).encode()
    long = hash_secret_raw(secret, salt, cost.rounds, cost.memory, cost.lanes, 2 * KEY_BYTES, Type.ID)
    return long[:KEY_BYTES], hashlib.sha256(long[KEY_BYTES:]).digest()


def _recovery_wrapper(secret: bytes) -> bytes:
    """The paper holds 160 random bits: nothing to stretch."""
    return hmac.new(secret, b"lianxin: recovery key wraps the raw key", "sha256").digest()


def _sum(body: Any) -> str:
    return hashlib.sha256(json.dumps(body, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _text(content: bytes) -> str:
    return b64encode(content).decode()


def _bytes(text: str) -> bytes:
    return b64decode(text, validate=True)
