"""附件: a scan or photo that hangs on a record. It lies in the ledger, stays in the community, and is never opened by us.

Nothing asks for one (减负, domain 1.17): it is there for the paper that somebody signed.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

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
PICTURES = frozenset((".jpg", ".jpeg", ".png", ".heic", ".bmp", ".webp", ".gif"))


def takes_files(record: type[Record]) -> bool:
    """Whether files may hang on records of this type."""
    return record.travels and record is not Attachment


@dataclass(frozen=True)
class Enclosed:
    """A file that has been read and may hang on a record; a pasted picture has never been anything else."""

    name: str
    content: bytes


def read_in(files: Iterable[Path | Enclosed]) -> list[Enclosed]:
    """The files with their contents, before any transaction: a slow stick must not hold the ledger.

    Raises Refusal for an empty or too large file and for a program; Trouble when one cannot be read.
    """
    return [_checked(one) if isinstance(one, Enclosed) else _read(one) for one in files]


def _read(path: Path) -> Enclosed:
    with disk.said(path):
        size = path.stat().st_size
        content = path.read_bytes() if size <= LARGEST else b""
    return _checked(Enclosed(path.name, content), size)


def _checked(one: Enclosed, size: int | None = None) -> Enclosed:
    size = len(one.content) if size is None else size
    if Path(one.name).suffix.lower() in PROGRAMS:
        raise Refusal(_("这是程序，不是文件资料"), record=one.name, todo=_("附扫描件、照片或文档"))
    if size > LARGEST:
        what = _("文件 {size} MB，超过 20 MB").format(size=round(size / 1024 / 1024))
        raise Refusal(what, record=one.name, todo=_("扫描时选小一点的分辨率"))
    if not one.content:
        raise Refusal(_("文件是空的"), record=one.name, todo=_("看看是不是没有拷完"))
    return one


def attach(desk: Desk, record: type[Record], key: str, file: Path | Enclosed, *, said: str | None = None) -> str:
    """A copy of the file is in the ledger and hangs on the record; the id of the attachment.

    Raises what `read_in` raises, and Refusal for what hangs there already.
    """
    return attach_all(desk, record, key, [file], said=said)[0]


def attach_all(
    desk: Desk, record: type[Record], key: str, files: Sequence[Path | Enclosed], *, said: str | None = None
) -> list[str]:  # fmt: skip
    """The same for several files at once: all of them hang on the record, or none."""
    read = read_in(files)
    with desk.deed("attachment.attach") as work:
        return hang(work, record, key, read, said=said)


def hang(work: Work, record: type[Record], key: str, files: Sequence[Enclosed], *, said: str | None = None) -> list[str]:
    """The same inside a deed, for files that come with what is written down there."""
    row = work.get(record, key)
    there = {one["sha256"] for one in work.rows(Attachment, of_kind=record.__tablename__, of_record=key)}
    made = []
    for file in files:
        name = blobs.keep(work.conn, file.content)
        if name in there:
            raise Refusal(_("{file}：同一个文件早已附上").format(file=file.name), record=record.called(row), todo=_("附另一个，或不附它"))
        there.add(name)
        made.append(work.add(
            Attachment, name=file.name[-120:], of_kind=record.__tablename__, of_record=key, sha256=name, size=len(file.content),
            added_on=work.today, said=said,
        ))  # fmt: skip
    return made


def attachments_of(desk: Desk, record: type[Record], key: str) -> list[Row]:
    """What hangs on a record, in the order of adding."""
    return list(desk.rows(Attachment, of_kind=record.__tablename__, of_record=key))


def hanging_on(desk: Desk, record: type[Record], keys: Sequence[str]) -> dict[str, list[str]]:
    """Record → the names of what hangs on it, for many records at once; what has none is not there."""
    table = Attachment.table()
    found: dict[str, list[str]] = defaultdict(list)
    with desk.books.read() as conn:
        query = select(table.c.of_record, table.c.name).where(
            table.c.community == desk.community, table.c.of_kind == record.__tablename__, table.c.of_record.in_(keys),
            table.c.ended_on.is_(None),
        ).order_by(table.c.id)  # fmt: skip
        for key, name in conn.execute(query):
            found[key].append(name or "")
    return dict(found)


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
