"""Keys of a desk, and the groups of digits by which people compare them: pure, no file is touched here.

A desk (one installation) has an Ed25519 key that signs and an age X25519 identity that opens. Trust never comes from
a click: somebody types digits from a printed sheet, and the digits are compared here.
"""

import base64
import hashlib
import hmac
import secrets
from binascii import Error as NotBase64
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Annotated, Literal

import msgspec
import pyrage
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from msgspec import Meta, Struct

from desktop.model.digest import are_digits, check_group, hash_groups, only_digits
from desktop.model.errors import Refusal
from desktop.model.language import _
from desktop.sync.batch import Code, Header, Revocations
from desktop.sync.refused import BadShape

TIERS = ("社区", "镇街", "区")
HMAC_KEY_BYTES = 32


class Enrolled(Struct, frozen=True, forbid_unknown_fields=True):
    """已登记的电脑: the public half of a desk, as others keep it."""

    code: Code
    name: Annotated[str, Meta(min_length=1, max_length=60)]
    tier: Literal["社区", "镇街", "区"]
    desk: Annotated[int, Meta(ge=1, le=99)]
    sign: Annotated[str, Meta(min_length=44, max_length=44)]  # base64 of the Ed25519 public key
    recipient: Annotated[str, Meta(pattern=r"^age1[a-z0-9]{58}\Z")]

    @property
    def key(self) -> str:
        """The key id that stands in a header."""
        return key_id(self.public)

    @property
    def public(self) -> bytes:
        """The 32 bytes that verify."""
        return from_base64(self.sign, 32)

    @property
    def fingerprint(self) -> str:
        """The digits on this desk's printed sheet."""
        return fingerprint(self.public)


@dataclass(frozen=True)
class DeskKey:
    """本机密钥: kept in the ledger, never on a stick. Printing it shows nothing."""

    signing: Ed25519PrivateKey = field(repr=False)
    identity: pyrage.x25519.Identity = field(repr=False)

    @classmethod
    def generate(cls) -> "DeskKey":
        """A new pair from the system's randomness."""
        return cls(Ed25519PrivateKey.generate(), pyrage.x25519.Identity.generate())

    @classmethod
    def from_text(cls, kept: str) -> "DeskKey":
        """The pair that `to_text` wrote into the ledger."""
        parts = msgspec.json.decode(kept, type=dict[Literal["sign", "age"], str])
        return cls(Ed25519PrivateKey.from_private_bytes(from_base64(parts["sign"], 32)), read_identity(parts["age"]))

    def to_text(self) -> str:
        """Both secrets; for the encrypted ledger and nothing else."""
        secret = {"sign": to_base64(self.signing.private_bytes_raw()), "age": str(self.identity)}
        return msgspec.json.encode(secret).decode()

    @property
    def public(self) -> bytes:
        """The 32 bytes by which others verify."""
        return self.signing.public_key().public_bytes_raw()

    @property
    def key(self) -> str:
        """The key id that stands in our headers."""
        return key_id(self.public)

    @property
    def recipient(self) -> str:
        """The age recipient to which others seal."""
        return str(self.identity.to_public())

    def enrolled(self, *, code: str, name: str, tier: Literal["社区", "镇街", "区"], desk: int) -> Enrolled:
        """Our public half with the office it belongs to."""
        return Enrolled(code, name, tier, desk, to_base64(self.public), self.recipient)


def read_identity(text: str) -> pyrage.x25519.Identity:
    """An age identity as it is kept, or as a recovery sheet prints it."""
    try:
        return pyrage.x25519.Identity.from_str(text.strip().upper())
    except pyrage.IdentityError as error:
        raise Refusal(_("密钥不完整"), todo=_("请照打印的恢复页重新输入")) from error


def read_recipient(text: str) -> pyrage.x25519.Recipient:
    """Somebody to seal to."""
    try:
        return pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError as error:
        raise Refusal(_("收件单位的公钥不完整"), todo=_("请重新读入它的入网申请")) from error


def key_id(public: bytes) -> str:
    """How a header names a key: the first 16 hexadecimal digits of its SHA-256."""
    return hashlib.sha256(public).hexdigest()[:16]


def verifies(public: bytes, signature: bytes, message: bytes) -> bool:
    """The owner of this key signed exactly this."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except Exception:  # noqa: BLE001 - InvalidSignature, or a key that is no point: either way it does not verify
        return False
    return True


def to_base64(raw: bytes) -> str:
    """Plain base64 with padding."""
    return base64.b64encode(raw).decode("ascii")


def from_base64(text: str, length: int) -> bytes:
    """Exactly this many bytes. Unused bits must be zero: base64 would otherwise let several texts mean one key."""
    try:
        raw = base64.b64decode(text, validate=True)
    except (NotBase64, ValueError) as error:
        raise BadShape("not base64") from error
    if len(raw) != length or to_base64(raw) != text:
        raise BadShape("base64 with something left over")
    return raw


# Digits that people compare


def fingerprint(public: bytes) -> str:
    """指纹: 8 groups of 5 digits. The key signs the request that names the age recipient, so it stands for both."""
    digits = f"{int.from_bytes(hashlib.sha256(b'lianxin fingerprint 1' + public).digest(), 'big') % 10**40:040d}"
    return " ".join(digits[at : at + 5] for at in range(0, 40, 5))


def compare_fingerprint(typed: str, public: bytes) -> None:
    """What somebody typed from the printed sheet is this key's fingerprint."""
    digits = only_digits(typed)
    if not are_digits(digits, 40):
        raise Refusal(_("指纹应是 8 组、每组 5 位数字"), todo=_("请照打印页重新输入"))
    expected = only_digits(fingerprint(public))
    if not hmac.compare_digest(digits, expected):
        wrong = next(group for group in range(8) if digits[group * 5 : group * 5 + 5] != expected[group * 5 : group * 5 + 5])
        raise Refusal(
            _("指纹第 {n} 组不符").format(n=wrong + 1),
            todo=_("先检查有没有输错；没有输错就不要登记，打电话核对这份入网申请是谁制作的"),
        )


def compare_slip(typed: str, sha256: str) -> None:
    """The first two groups on the slip belong to this file: the right one, not only a valid one."""
    digits = only_digits(typed)
    if len(digits) < 10 or len(digits) % 5:
        raise Refusal(_("请输入移交登记表上摘要的前两组，每组 5 位"), todo=_("带上短横后的校验位"))
    typed_groups = [digits[at : at + 5] for at in range(0, len(digits), 5)]
    for place, group in enumerate(typed_groups):
        if place > 7 or not check_group(group, place):
            raise Refusal(_("第 {n} 组数字输错了").format(n=place + 1), todo=_("请照移交登记表重新输入"))
    if [only_digits(group) for group in hash_groups(sha256)][: len(typed_groups)] != typed_groups:
        raise Refusal(_("U盘上的文件不是移交登记表上的那一批"), todo=_("请核对批号；登记表与文件要同一次制作"))


# Keys that no longer count, and the key that counts people


def still_valid(revocations: Revocations, header: Header) -> bool:
    """From a revoked key only the one batch counts that the list names by number *and* hash.

    Earlier batches that were merged stay. An earlier number that never came is not taken any more: its content is in
    the named batch, and whoever stole the key could write that number today.
    """
    for revoked in revocations.keys:
        if revoked.key == header.key:
            return (header.number, header.sha256) == (revoked.number, revoked.sha256)
    return True


def newer_list(kept: Revocations, heard: Revocations) -> Revocations:
    """The list with the higher serial. A later list may add keys, never take one back."""
    if heard.serial <= kept.serial:
        return kept
    missing = {revoked.key for revoked in kept.keys} - {revoked.key for revoked in heard.keys}
    if missing:
        raise Refusal(_("新的注销名单少了已注销的密钥"), record=", ".join(sorted(missing)), todo=_("名单没有更换，请告诉区里的管理员"))
    return heard


def new_hmac_key() -> bytes:
    """The district's key for counting people; made once."""
    return secrets.token_bytes(HMAC_KEY_BYTES)


def hmac_id(district_key: bytes, number: str) -> str:
    """身份证号的记号: counts a person once across communities. Whoever has the key can try every number: guard it so."""
    counted = _keyed(district_key).copy()  # a third of the price of a new one for each number
    counted.update(number.strip().upper().encode())
    return counted.hexdigest()


@lru_cache(maxsize=2)
def _keyed(district_key: bytes) -> hmac.HMAC:
    return hmac.new(district_key, digestmod="sha256")


def recipients_of(offices: Iterable[Enrolled]) -> list[str]:
    """To whom a batch is sealed, each once."""
    return list(dict.fromkeys(office.recipient for office in offices))
