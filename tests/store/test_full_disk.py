"""A full disk, a read-only folder: a sentence, nothing lost, and one can still quit."""

import errno
import os
import shutil
import subprocess
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from desktop.model.errors import Trouble
from desktop.store import ballast, disk
from desktop.store.backup import back_up, list_backups
from desktop.store.disk import CannotWrite, DiskFailed, DiskFull, replace, trouble_of, write_all, write_whole
from desktop.store.file import Ledger
from desktop.store.key import Keyring
from desktop.store.troubles import CommitUnknown
from tests.store.small_office import CHEAP, PASSWORD, RAW_KEY, SECRETARY, filled_folder, new_ledger, opened, people, register

MIB = 1 << 20


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of twelve megabytes."""
    point = tmp_path / "小盘"
    point.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", str(point)], capture_output=True, text=True, check=False)
    if made.returncode:
        pytest.skip(f"no small disk can be mounted here: {made.stderr.strip()}")
    yield point
    subprocess.run(["umount", "-l", str(point)], check=True)


def fill(ledger: Ledger, size: int = 200_000) -> int:
    """Save until the disk is full; how many saves were acknowledged."""
    for number in range(1000):
        try:
            register(ledger, f"居民{number:04d}" + "x" * size)
        except (DiskFull, CommitUnknown) as trouble:
            told = trouble.what
            break
    assert "磁盘已满" in told
    return number


def test_a_full_disk_loses_no_acknowledged_save_and_one_can_quit_and_come_back(small_disk: Path) -> None:
    """# fault 11"""
    folder = small_disk / "账本"
    with new_ledger(folder) as ledger:
        saved = fill(ledger)
        assert saved > 2
        assert len(people(ledger)) == saved
    with opened(folder) as ledger:
        ledger_now = [name[:6] for name in people(ledger)]
    assert ledger_now == [f"居民{number:04d}" for number in range(saved)]


def test_the_ballast_thrown_off_makes_room_to_tidy_up(small_disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """# fault 11"""
    monkeypatch.setattr(ballast, "PLENTY", 5 * MIB)
    folder = small_disk / "账本"
    with new_ledger(folder) as ledger:
        assert (folder / "ledger.ballast").stat().st_size == 4 * MIB
        saved = fill(ledger, 100_000)
        assert not (folder / "ledger.ballast").exists()
        with ledger.write() as connection:
            connection.exec_driver_sql("DELETE FROM person WHERE id = 2")
        register(ledger, "又能保存了")
        ledger.fold()
    assert saved > 3
    with opened(folder) as ledger:
        assert people(ledger)[-1] == "又能保存了"


def test_a_backup_onto_a_full_stick_leaves_nothing_there_and_the_older_one_whole(small_disk: Path, tmp_path: Path) -> None:
    """# fault 12, fault 5"""
    office = filled_folder(tmp_path / "账本", 10)
    moment = datetime(2021, 11, 19, 18, 0)
    with opened(office) as ledger:
        back_up(ledger, small_disk, community="441502003007", reason="下班", now=moment)
        (small_disk / "别的.bin").write_bytes(bytes(shutil.disk_usage(small_disk).free - 20_000))
        with pytest.raises(DiskFull, match="磁盘已满"):
            back_up(ledger, small_disk, community="441502003007", reason="下班", now=moment)
    assert [found.number for found in list_backups(small_disk) if found.head] == [1]
    assert not list(small_disk.glob("*.part"))


def test_a_full_disk_keeps_the_old_password(small_disk: Path) -> None:
    """# fault 8, fault 11"""
    ring, _paper = Keyring.new({SECRETARY: PASSWORD}, RAW_KEY, CHEAP)
    ring.save(small_disk)
    (small_disk / "别的.bin").write_bytes(bytes(shutil.disk_usage(small_disk).free))
    with pytest.raises(DiskFull):
        ring.change_password(SECRETARY, PASSWORD, "新密码").save(small_disk)
    assert Keyring.load(small_disk).unlock(SECRETARY, PASSWORD) == RAW_KEY


def test_no_free_inode_is_a_full_disk(tmp_path: Path) -> None:
    """# fault 16"""
    assert isinstance(trouble_of(OSError(errno.EDQUOT, "quota"), "ledger.db"), DiskFull)
    assert isinstance(trouble_of(OSError(errno.ENOSPC, "inode"), "ledger.db"), DiskFull)
    assert isinstance(trouble_of(OSError(errno.EIO, "disk"), "ledger.db"), DiskFailed)


def test_a_read_only_folder_is_told_at_the_start(small_disk: Path) -> None:
    """# fault 17"""
    folder = small_disk / "账本"
    new_ledger(folder).close()
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with pytest.raises(CannotWrite, match="不允许写入"):
        opened(folder)


def test_a_read_only_file_is_told_at_the_start(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """# fault 18"""
    new_ledger(folder).close()
    monkeypatch.setattr(os, "access", lambda path, how: not (how == os.W_OK and Path(path).name == "ledger.db"))
    with pytest.raises(CannotWrite, match="只读"):
        opened(folder)


def test_a_virus_scanner_that_holds_the_file_for_a_moment_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """# fault 23"""
    source, target, waits, held = tmp_path / "新", tmp_path / "旧", [], [3]
    source.write_text("新")
    target.write_text("旧")
    real = os.replace

    def busy(*paths: Path) -> None:
        if held[0]:
            held[0] -= 1
            raise PermissionError(errno.EACCES, "sharing violation")
        real(*paths)

    monkeypatch.setattr(disk.os, "replace", busy)
    replace(source, target, waits.append)
    assert target.read_text() == "新"
    assert len(waits) == 3
    held[0] = 99
    source.write_text("更新")
    with pytest.raises(PermissionError):
        replace(source, target, waits.append)
    assert sum(waits[3:]) <= 5
    assert target.read_text() == "新"


def test_a_system_that_takes_few_bytes_at_a_time_gets_them_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """# fault 15"""
    real = os.write
    monkeypatch.setattr(disk.os, "write", lambda descriptor, content: real(descriptor, bytes(content[:7])))
    descriptor = os.open(tmp_path / "x", os.O_WRONLY | os.O_CREAT)
    write_all(descriptor, bytes(range(256)))
    os.close(descriptor)
    assert (tmp_path / "x").read_bytes() == bytes(range(256))


@pytest.mark.parametrize("name", ["open", "fsync", "replace"])
def test_a_failing_step_keeps_the_old_file_and_leaves_no_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """# fault 13, fault 12"""
    path = tmp_path / "keyring.json"
    write_whole(path, "旧".encode())

    def failing(*_any: object) -> int:
        raise OSError(errno.EIO, "disk")

    with monkeypatch.context() as patch:
        patch.setattr(disk.os, name, failing)
        with pytest.raises(Trouble, match="磁盘读写出错"):
            write_whole(path, "新".encode())
    assert path.read_text() == "旧"
    assert [each.name for each in tmp_path.iterdir()] == ["keyring.json"]
