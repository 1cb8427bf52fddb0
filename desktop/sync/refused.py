"""Why a file from the stick is not taken: one class a reason, told apart by type and by a code that never changes.

The code goes into the audit line and into the receipt; the sentence is for the clerk. `detail` is for the
diagnosis page: it may quote the file, so it is never shown as a label and never sent back.
"""

import errno
from typing import TYPE_CHECKING, ClassVar

from desktop.model.errors import Refusal, Trouble
from desktop.model.language import _

if TYPE_CHECKING:
    from desktop.sync.batch import Header


class BatchRefused(Refusal):
    """批次未收下: nothing was changed; the file on the stick is as it was."""

    code: ClassVar[str] = ""

    def __init__(self, detail: str = "", *, record: str = "") -> None:
        self.detail = detail
        self.header: Header | None = None  # once the signature is proved
        what, todo = self.words()
        super().__init__(what, record=record, todo=todo)

    def words(self) -> tuple[str, str]:
        """What happened, and what to do."""
        raise NotImplementedError


class NotABatch(BatchRefused):
    """The first line is not ours."""

    code = "not-a-batch"

    def words(self) -> tuple[str, str]:
        return _("这不是连心的文件"), _("请在U盘的“连心”文件夹里选扩展名为 .lxb 的文件")


class BadShape(BatchRefused):
    """It is signed or sealed well, but what is inside is not written as the format says."""

    code = "bad-shape"

    def words(self) -> tuple[str, str]:
        return _("文件内容不合格式，未收下"), _("请对方升级程序后重新制作一批；再次出现请保存诊断信息")


class BadSignature(BatchRefused):
    """The signature does not fit the header."""

    code = "bad-signature"

    def words(self) -> tuple[str, str]:
        return _("签名不对，文件被改动或不是本单位所发"), _("请对方重新拷贝；仍不对就核对移交登记表，不要收下")


class UnknownSender(BatchRefused):
    """Signed by a key that nobody enrolled."""

    code = "unknown-sender"

    def words(self) -> tuple[str, str]:
        return _("发件的电脑还没有登记"), _("请先收下它的入网申请，核对指纹")


class WrongSender(BatchRefused):
    """Signed well, with the key of another office."""

    code = "wrong-sender"

    def words(self) -> tuple[str, str]:
        return _("签名属于另一个单位，文件冒用了单位代码"), _("不要收下，告诉区里的管理员")


class RevokedSender(BatchRefused):
    """Signed by a key whose last batch is behind us."""

    code = "revoked-sender"

    def words(self) -> tuple[str, str]:
        return _("发件电脑的密钥已注销，这一批在注销之后或从未收过"), _("请对方用新密钥重新制作；内容都会在新的一批里")


class NotOurs(BatchRefused):
    """Addressed to somebody else."""

    code = "not-ours"

    def words(self) -> tuple[str, str]:
        return _("这一批不是发给本单位的"), _("请核对U盘和移交登记表上的收件单位")


class TooNew(BatchRefused):
    """Written by a later program. The file is kept: it is taken after the update."""

    code = "too-new"

    def words(self) -> tuple[str, str]:
        return _("对方的程序比这里新"), _("请先升级，文件已留好，升级后再收")


class TooOld(BatchRefused):
    """Written by a program more than two releases behind."""

    code = "too-old"

    def words(self) -> tuple[str, str]:
        return _("对方的程序太旧，这里已读不出"), _("请对方升级后重新制作一批")


class Truncated(BatchRefused):
    """Shorter than the header says."""

    code = "truncated"

    def words(self) -> tuple[str, str]:
        return _("文件不完整，没有拷贝完"), _("请对方重新拷贝，看到“可以拔出”再拔U盘")


class Damaged(BatchRefused):
    """As long as it should be, and not the bytes that were signed."""

    code = "damaged"

    def words(self) -> tuple[str, str]:
        return _("文件损坏，与签名时的内容不符"), _("请对方重新拷贝同一批，必要时换一个U盘")


class TooLarge(BatchRefused):
    """Over a limit of the format."""

    code = "too-large"

    def words(self) -> tuple[str, str]:
        return _("文件超过了允许的大小"), _("请对方减少附件，分几批制作")


class CannotOpen(BatchRefused):
    """None of our identities opens it."""

    code = "cannot-open"

    def words(self) -> tuple[str, str]:
        return _("这里的密钥打不开这一批"), _("请对方按最新的入网通知重新制作")


class AlreadyReceived(BatchRefused):
    """The same bytes again: nothing to do but to write the receipt once more."""

    code = "already-received"

    def words(self) -> tuple[str, str]:
        return _("这一批已收过"), _("不用再收；回执会再写一份")


class NumberReused(BatchRefused):
    """A number we know, with other bytes: two files claim to be one batch."""

    code = "number-reused"

    def words(self) -> tuple[str, str]:
        return _("同一批号收到过另一份不同的文件"), _("文件已另存，请与对方核对移交登记表上的摘要")


def trouble_with(error: OSError, name: str) -> Trouble:
    """What the disk or the stick did, in a sentence. Several systems say the same thing by different numbers."""
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            what, todo = _("空间不够，没有写成"), _("请删去已有回执的旧批次，或换一个U盘")
        case errno.EFBIG:
            what, todo = _("文件太大，这个U盘的格式放不下"), _("请换一个 exFAT 格式的U盘，或分几批制作")
        case errno.EROFS | errno.EACCES | errno.EPERM:
            what, todo = _("U盘是只读的，写不进去"), _("请拨开写保护开关，或换一个U盘")
        case errno.ENODEV | errno.ENXIO | errno.ENOENT | errno.ESTALE:
            what, todo = _("U盘不见了或被拔出"), _("请插好U盘再试一次；本机里的记录没有变")
        case _other:
            what, todo = _("读写失败"), _("请换一个U盘再试；本机里的记录没有变")
    return Trouble(what, record=name, todo=todo)
