"""Everything that can be wrong with the one file, each with its own name and its own sentence.

SQLite's words never reach a clerk: `said_by_sqlite` turns its error codes into these. They are told apart by code,
never by text. A broken rule of the schema (IntegrityError) or wrong SQL is a bug of ours, is not translated, and
opens the diagnosis page.
"""

from pathlib import Path

from desktop.model.errors import Refusal, Said, Trouble
from desktop.model.language import _
from desktop.store.disk import DiskFull, cannot_write, disk_failed, disk_full, free_bytes

LEDGER = "ledger.db"

BUSY, LOCKED, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, NOTADB = 5, 6, 8, 10, 11, 13, 14, 26
NO_ROOM = 1 << 20  # below this an I/O error is a full disk in disguise: the shared memory file could not grow


class NoLedger(Refusal):
    """还没有账本: the folder holds none."""


class LedgerExists(Refusal):
    """A new ledger would stand where one stands already."""


class EmptyLedger(Trouble):
    """The file is there and has no byte. It is never taken for a new ledger."""


class NotALedger(Trouble):
    """Another program's file, or the first page was overwritten."""


class WrongKey(Refusal):
    """The key is good for another ledger."""


class Damaged(Trouble):
    """Some pages are not what was written: a flipped bit, a missing tail."""


class OtherApplication(Refusal):
    """An encrypted database of the same key, yet not of this program."""


class NewerLedger(Refusal):
    """Written by a later version of this program; nothing in it was touched."""


class OlderLedger(Refusal):
    """Must be migrated first."""


class Planted(Refusal):
    """Tables, views or triggers stand in the file that this program did not make."""


class StaleWal(Trouble):
    """The `-wal` beside the ledger belongs to another copy of it; mixing the two would scramble both."""


class AlreadyOpen(Refusal):
    """Another window of this program holds the ledger."""


class BadPlace(Refusal):
    """A ledger must not lie on a network share, in a synced folder or on a stick."""


class Busy(Trouble):
    """Another program holds the file."""


class CommitUnknown(Trouble):
    """The disk failed in the middle of a COMMIT: saved or not, only reading again can tell."""


def no_ledger() -> NoLedger:
    return NoLedger(_("这个文件夹里没有账本"), record=LEDGER, todo=_("选对文件夹，或从备份恢复，或新建账本"))


def empty_ledger() -> EmptyLedger:
    return EmptyLedger(_("账本文件是空的（0 字节），不是新账本"), record=LEDGER, todo=_("用最近的备份恢复"))


def not_a_ledger() -> NotALedger:
    return NotALedger(_("这不是连心的账本，或者文件开头被别的程序改写了"), record=LEDGER, todo=_("用最近的备份恢复"))


def wrong_key() -> WrongKey:
    return WrongKey(_("密钥与这份账本不相配"), record=LEDGER, todo=_("检查账本和 keyring.json 是否来自同一份备份"))


def damaged(pages: int = 0) -> Damaged:
    what = _("账本有 {n} 页损坏").format(n=pages) if pages else _("账本文件损坏或不完整")
    return Damaged(what, record=LEDGER, todo=_("先不要再保存；用最近的备份恢复，损坏的文件原样留着"))


def other_application() -> OtherApplication:
    return OtherApplication(_("这是别的程序的加密文件"), record=LEDGER, todo=_("选对文件夹，或从备份恢复"))


def newer_ledger(has: int, knows: int) -> NewerLedger:
    what = _("账本是更新版本的连心写的（第 {has} 版，本程序只认到第 {knows} 版），没有改动任何内容")
    return NewerLedger(what.format(has=has, knows=knows), record=LEDGER, todo=_("安装新版连心后再打开"))


def older_ledger(has: int, needs: int) -> OlderLedger:
    what = _("账本是旧版本写的（第 {has} 版，需要第 {needs} 版）").format(has=has, needs=needs)
    return OlderLedger(what, record=LEDGER, todo=_("先升级账本"))


def planted(names: list[str]) -> Planted:
    what = _("账本里有不是连心建立的内容：{names}").format(names="、".join(names[:5]))
    return Planted(what, record=LEDGER, todo=_("不要继续使用，用可靠的备份恢复，并请技术人员查明来历"))


def stale_wal() -> StaleWal:
    todo = _("用备份恢复；或把这个 -wal 移到一边后再打开")
    return StaleWal(_("账本旁边的 ledger.db-wal 属于另一份账本"), record=LEDGER, todo=todo)


def said_by_sqlite(error: BaseException | None, folder: Path, *, name: str = LEDGER) -> Said | None:
    """The sentence for an SQLite error that the outside world caused; None for a bug of ours."""
    code = getattr(error, "sqlite_errorcode", None)
    if not isinstance(code, int):
        return None
    code &= 0xFF
    if code == FULL or (code in (IOERR, CANTOPEN) and free_bytes(folder) < NO_ROOM):
        return disk_full(name)
    if code in (BUSY, LOCKED):
        return Busy(_("账本正被别的程序占用，没有保存"), record=name, todo=_("关掉别的程序（备份软件、杀毒软件）再试一次"))
    if code in (CORRUPT, NOTADB):
        return damaged()
    if code in (READONLY, CANTOPEN):
        return cannot_write(name)
    return disk_failed(name) if code == IOERR else None


def commit_unknown(error: BaseException | None, folder: Path) -> CommitUnknown:
    """Never retry blindly: look first whether the record is there."""
    full = isinstance(said_by_sqlite(error, folder), DiskFull)
    what = _("磁盘已满，这一次是否已存上还不能确定") if full else _("磁盘出错，这一次是否已存上还不能确定")
    return CommitUnknown(what, record=LEDGER, todo=_("重新打开这条记录看一眼，没有再录一遍"))
