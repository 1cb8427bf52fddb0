"""The stick (U盘): a file gets its name there only when it is whole, and "可以拔出" is said only after it was read back.

Folder 连心/ → `.part` → fsync → rename → fsync of the folder → read through a fresh handle and compared. A stick that is
full, read-only, pulled out or lies about its size ends in a `Trouble`, and no half file stays under a real name.
Files that are on the stick already are never changed.
"""

import hashlib
import os
import re
import stat
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from desktop.model.errors import Refusal, Trouble
from desktop.model.language import _
from desktop.sync.batch import Header
from desktop.sync.envelope import chunks, measure
from desktop.sync.refused import BatchRefused, trouble_with
from desktop.sync.seal import BatchKind, Trusted, inspect

FOLDER = "连心"
SUFFIX = ".lxb"  # one ending for all of them: what a file is stands in its header, and in its name for people
SHOWN_MOST = 2_000
_SAID = {"up": "", "down": "回执-", "desk": "互通-", "enrol": "入网申请-", "welcome": "入网通知-", "copy": "副本-"}


def file_name(kind: BatchKind, office: str, number: int, day: str) -> str:
    """连心-滨海社区-第046批-20211119.lxb; one from above names its addressee: 连心-回执-滨海社区-第012批-20211125.lxb."""
    plain = re.sub(r'[\x00-\x1f<>:"/\\|?*.\s]', "", office)[:40]
    return f"连心-{_SAID[kind]}{plain}-第{number:03d}批-{day.replace('-', '')}{SUFFIX}"


@dataclass(frozen=True)
class StickFile:
    """One file found on a stick. `kind` is the header's, or 其他; `note` says what is wrong or unknown about it."""

    kind: str
    path: Path
    header: Header | None = None
    note: str = ""


def write_to_stick(stick: Path, name: str, source: Path | bytes) -> Path:
    """The file lies whole in the stick's 连心 folder, read back and equal. Writing the same bytes again is no harm."""
    folder = stick / FOLDER
    try:
        if not stick.is_dir():
            raise FileNotFoundError(2, "no stick", str(stick))
        if not folder.is_dir():
            folder.mkdir()
            _settle(stick)
    except OSError as error:
        raise trouble_with(error, name) from error
    return place(folder, name, source)


def place(folder: Path, name: str, source: Path | bytes) -> Path:
    """The same for any folder: this is also how a sealed batch gets into the office's own."""
    target, part = folder / name, folder / f"{name}.part"
    size, wanted = _measured(source)
    try:
        if target.exists():
            return _already_there(target, wanted)
        part.unlink(missing_ok=True)  # left by a power cut; it never had a real name
        try:
            _write(part, source)
            os.rename(part, target)
            _settle(folder)
        finally:
            with suppress(OSError):  # the stick may be gone, which the error on its way out says
                part.unlink(missing_ok=True)
        if _read_back(target) != (size, wanted):
            _withdraw(target)
            raise Trouble(_("写入后读回的内容不一样，U盘不可靠"), record=name, todo=_("请换一个U盘；这个U盘可能是虚标容量的"))
    except OSError as error:
        raise trouble_with(error, name) from error
    return target


def list_stick(stick: Path, trusted: Trusted | None = None) -> list[StickFile]:
    """Everything in the stick's root and its 连心 folder, newest number first; only our own files are opened."""
    try:
        found = list(_entries(stick))
        if (stick / FOLDER).is_dir():
            found += _entries(stick / FOLDER)
    except OSError as error:
        raise trouble_with(error, stick.name) from error
    files = [_look_at(path, trusted) for path in found[:SHOWN_MOST]]
    return sorted(files, key=lambda file: (file.header is None, -(file.header.number if file.header else 0), file.path.name))


def _entries(folder: Path) -> Iterator[Path]:
    """Plain files only: no link is followed, no pipe is opened."""
    for path in sorted(folder.iterdir()):
        if stat.S_ISREG(path.lstat().st_mode):
            yield path


def _look_at(path: Path, trusted: Trusted | None) -> StickFile:
    if path.name.endswith(f"{SUFFIX}.part"):
        return StickFile("其他", path, note=_("没有写完的文件，可以删除"))
    if path.suffix != SUFFIX:
        return StickFile("其他", path)
    try:
        header = inspect(path, trusted)
    except (BatchRefused, Trouble) as refusal:
        return StickFile("其他", path, note=str(refusal))
    known = trusted is None or trusted(header.key) is not None
    return StickFile(header.kind, path, header, "" if known else _("发件的电脑还没有登记"))


def _already_there(target: Path, wanted: str) -> Path:
    if _read_back(target)[1] == wanted:
        return target
    raise Refusal(_("U盘上已有同名而内容不同的文件"), record=target.name, todo=_("请核对是不是另一批；旧文件没有被改动，把它移走后再写"))


def _measured(source: Path | bytes) -> tuple[int, str]:
    if isinstance(source, bytes):
        return len(source), hashlib.sha256(source).hexdigest()
    try:
        with source.open("rb") as file:
            return measure(file)
    except OSError as error:
        raise Trouble(_("要写到U盘的文件在本机读不出"), record=source.name, todo=_("请重新制作这一批")) from error


def _write(part: Path, source: Path | bytes) -> None:
    """Every byte has been handed to the device."""
    with part.open("xb") as out, BytesIO(source) if isinstance(source, bytes) else source.open("rb") as file:
        for chunk in chunks(file):
            out.write(chunk)
        out.flush()
        os.fsync(out.fileno())


def _settle(folder: Path) -> None:
    """The new name has been handed to the device, too. Windows has no such call; its rename is written through."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _read_back(target: Path) -> tuple[int, str]:
    """Length and hash through a fresh handle; where the system allows, from the device and not from its memory."""
    with target.open("rb") as file:
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        return measure(file)


def _withdraw(target: Path) -> None:
    """What could not be read back must not lie there under a real name."""
    with suppress(OSError):
        target.unlink()
