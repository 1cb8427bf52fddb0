"""A ledger lies on the PC's own disk, and the refusal says why not elsewhere."""

from pathlib import Path, PureWindowsPath

import pytest

from desktop.store import file
from desktop.store.file import create_ledger
from desktop.store.folder import Mount, mounts_here, parse_mountinfo, why_not_here
from desktop.store.troubles import BadPlace
from tests.store.small_office import RAW_KEY, build, opened

MOUNTINFO = """\
22 1 8:2 / / rw,relatime shared:1 - ext4 /dev/sda2 rw
40 22 0:45 / /mnt/社区\\040共享 rw,relatime - cifs //server/share rw
41 22 8:17 / /media/王/U盘 rw,nosuid - vfat /dev/sdb1 rw
42 22 0:50 / /home/王/远程 rw - fuse.sshfs user@host: rw
43 40 8:3 / /mnt/社区\\040共享/本机 rw - ext4 /dev/sda3 rw
broken line
"""
MOUNTS = parse_mountinfo(MOUNTINFO, frozenset({"8:17"}))


def test_the_table_of_mounts_is_read_with_its_escapes() -> None:
    assert MOUNTS[1] == Mount("/mnt/社区 共享", "cifs")
    assert MOUNTS[2] == Mount("/media/王/U盘", "vfat", removable=True)
    assert len(MOUNTS) == 5


@pytest.mark.parametrize("path", ["/home/王/连心", "/", "/mnt/社区 共享者/账本", "/mnt/社区 共享/本机/账本", "D:\\连心"])
def test_the_pcs_own_disk_is_fine(path: str) -> None:
    assert why_not_here(path, MOUNTS) is None


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("/mnt/社区 共享/账本", "网络位置（cifs）"),
        ("/home/王/远程", "网络位置（fuse.sshfs）"),
        ("\\\\server\\share\\连心", "网络共享"),
        ("//server/share/连心", "网络共享"),
        ("/media/王/U盘/账本", "U 盘"),
        ("/home/王/坚果云/账本", "坚果云"),
        ("C:\\Users\\王\\OneDrive - 社区\\账本", "OneDrive - 社区"),
        ("/home/wang/Dropbox/x", "Dropbox"),
        ("D:\\百度网盘同步\\账本", "百度网盘同步"),
        ("E:\\WPS云盘\\账本", "WPS云盘"),
    ],
)
def test_a_share_a_synced_folder_and_a_stick_are_refused_with_the_reason(path: str, why: str) -> None:
    """# fault 19"""
    assert why in str(why_not_here(path, MOUNTS))


def test_a_drive_letter_that_is_a_share_and_one_that_is_a_stick_are_told_apart() -> None:
    """# fault 19"""
    drives = [Mount("Z:", "smb"), Mount("F:", "drive", removable=True), Mount("D:", "drive")]
    assert "网络位置" in str(why_not_here(PureWindowsPath("Z:\\连心"), drives))
    assert "U 盘" in str(why_not_here(PureWindowsPath("F:\\连心"), drives))
    assert why_not_here(PureWindowsPath("D:\\连心"), drives) is None


def test_a_stick_goes_with_somebodys_word_and_a_share_never() -> None:
    """# fault 19"""
    assert why_not_here("/media/王/U盘/账本", MOUNTS, removable_agreed=True) is None
    assert why_not_here("/home/王/远程", MOUNTS, removable_agreed=True)


def test_this_machine_tells_its_mounts(tmp_path: Path) -> None:
    assert why_not_here(tmp_path.resolve(), mounts_here(tmp_path)) is None


def test_no_ledger_is_made_or_opened_in_a_bad_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """# fault 19"""
    monkeypatch.setattr(file, "mounts_here", lambda _path: [Mount("/", "nfs4")])
    with pytest.raises(BadPlace, match="nfs4"):
        create_ledger(tmp_path / "账本", RAW_KEY, build, 1)
    with pytest.raises(BadPlace):
        opened(tmp_path)
    assert list(tmp_path.iterdir()) == []
