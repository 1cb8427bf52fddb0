"""附件: a scan or photo that hangs on a record. It lies in the ledger, stays in the community, and is never opened by us.

Nothing asks for one (减负, domain 1.17): it is there for the paper that somebody signed.
"""

from pathlib import Path

from desktop.model.errors import Refusal
from desktop.model.keeping import Attachment
from desktop.model.language import _
from desktop.model.record import Record
from desktop.office.desk import Desk
from desktop.store import blobs, disk
from desktop.store.work import Row, Work

LARGEST = 20 * 1024 * 1024
# What Windows would run by a double click: a paper is none of these.
ENDINGS = "exe com bat cmd scr pif msi js jse vbs vbe wsf ps1 hta lnk"
PROGRAMS = frozenset(f".{one}" for one in ENDINGS.split(" "))


def takes_files(record: type[Record]) -> bool:
    """Whether files may hang on records of this type."""
    return record.travels and record is not Attachment


def attach(desk: Desk, record: type[Record], key: str, path: Path, *, said: str | None = None) -> str:
    """A copy of the file is in the ledger and hangs on the record; the id of the attachment.

    Raises Refusal for an empty or too large file, for a program, and for what hangs there already; Trouble when it cannot be read.
    """
    if path.suffix.lower() in PROGRAMS:
        raise Refusal(_("这是程序，不是文件资料"), record=path.name, todo=_("附扫描件、照片或文档"))
    with disk.said(path):
        size = path.stat().st_size
        content = path.read_bytes() if size <= LARGEST else b""
    if size > LARGEST:
        what = _("文件 {size} MB，超过 20 MB").format(size=round(size / 1024 / 1024))
        raise Refusal(what, record=path.name, todo=_("扫描时选小一点的分辨率"))
    if not content:
        raise Refusal(_("文件是空的"), record=path.name, todo=_("看看是不是没有拷完"))
    with desk.deed("attachment.attach") as work:
        row = work.get(record, key)
        name = blobs.keep(work.conn, content)
        if any(one["sha256"] == name for one in work.rows(Attachment, of_kind=record.__tablename__, of_record=key)):
            raise Refusal(_("同一个文件早已附上"), record=record.called(row))
        return work.add(
            Attachment, name=path.name[-120:], of_kind=record.__tablename__, of_record=key, sha256=name, size=len(content),
            added_on=work.today, said=said,
        )  # fmt: skip


def attachments_of(desk: Desk, record: type[Record], key: str) -> list[Row]:
    """What hangs on a record, in the order of adding."""
    return list(desk.rows(Attachment, of_kind=record.__tablename__, of_record=key))


def save_copy(desk: Desk, attachment: str, to: Path) -> Path:
    """A copy of the file lies at `to`, for other programs; who took it out is written down."""
    with desk.deed("attachment.take_out") as work:
        row = work.get(Attachment, attachment)
        content = blobs.content_of(work.conn, row["sha256"])
        if content is None:
            raise Refusal(_("这份附件的内容不在账本里"), record=row["name"], todo=_("从备份恢复，或重新附上"))
        work.remark(f"{row['of_kind']}:{row['of_record']} {row['name']}")
    disk.write_whole(to, content)
    return to


def erase_files(work: Work, record: type[Record], key: str, reason: str) -> None:
    """Inside the deed that erases a record: what hung on it is gone with it."""
    for row in work.rows(Attachment, also_ended=True, of_kind=record.__tablename__, of_record=key):
        work.erase(Attachment, row["id"], reason=reason)
        blobs.sweep(work.conn, row["sha256"])
