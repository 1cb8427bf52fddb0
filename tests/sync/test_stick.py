"""A file on the stick is whole and read back, or it is not there; and what lies there already is left alone."""

import errno
import os
import resource
from pathlib import Path

import pytest

from desktop.model.errors import Refusal, Trouble
from desktop.sync import stick
from desktop.sync.stick import FOLDER, StickFile, file_name, list_stick, place, write_to_stick
from tests.sync.offices import ENROLLED, HARBOUR, NEIGHBOUR, a_batch, a_header, a_manifest

NAME = "连心-滨海社区-第046批-20211119.lxb"


@pytest.fixture
def usb(tmp_path: Path) -> Path:
    """An empty stick."""
    root = tmp_path / "U盘"
    root.mkdir()
    return root


def test_a_batch_is_named_so_that_people_know_it():
    assert file_name("up", "滨海社区", 46, "2021-11-19") == NAME
    assert file_name("down", "滨海社区", 12, "2021-11-25") == "连心-回执-滨海社区-第012批-20211125.lxb"


@pytest.mark.parametrize("office", ["滨海/社区", "..\\滨海社区", "滨海社区:stream", " 滨海社区. ", "滨海社区\x00\n"])
def test_no_office_name_leads_out_of_the_folder(office):  # fault 75
    assert file_name("up", office, 46, "2021-11-19").replace("stream", "") == NAME


def test_a_batch_lies_in_the_folder_and_nothing_beside_it(usb):
    path = write_to_stick(usb, NAME, b"sealed")
    assert path == usb / FOLDER / NAME
    assert path.read_bytes() == b"sealed"
    assert [file.name for file in path.parent.iterdir()] == [NAME]


def test_a_kept_batch_is_copied_byte_for_byte(usb, batch):
    assert write_to_stick(usb, NAME, batch).read_bytes() == batch.read_bytes()


def test_writing_the_same_batch_again_touches_nothing(usb):
    path = write_to_stick(usb, NAME, b"sealed")
    os.utime(path, (1, 1))
    assert write_to_stick(usb, NAME, b"sealed") == path
    assert path.stat().st_mtime == 1


def test_another_file_of_the_same_name_is_kept_and_the_writing_refused(usb):
    path = write_to_stick(usb, NAME, b"sealed")
    with pytest.raises(Refusal, match="同名而内容不同"):
        write_to_stick(usb, NAME, b"SEALED")
    assert path.read_bytes() == b"sealed"


def test_half_a_file_of_an_earlier_power_cut_is_replaced(usb):  # fault 6
    folder = usb / FOLDER
    folder.mkdir()
    (folder / f"{NAME}.part").write_bytes(b"sea")
    assert write_to_stick(usb, NAME, b"sealed").read_bytes() == b"sealed"
    assert [file.name for file in folder.iterdir()] == [NAME]


@pytest.mark.parametrize("call", ["fsync", "rename"])
@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.ENOSPC, "空间不够"),
        (errno.EROFS, "只读"),
        (errno.EACCES, "只读"),
        (errno.ENODEV, "被拔出"),
        (errno.EFBIG, "exFAT"),
        (errno.EIO, "读写失败"),
    ],
)
def test_a_stick_that_fails_leaves_no_file_and_says_what_to_do(usb, monkeypatch, call, number, sentence):  # faults 20, 22
    def fail(*_what: object) -> None:
        raise OSError(number, os.strerror(number))

    (usb / FOLDER).mkdir()
    monkeypatch.setattr(os, call, fail)
    with pytest.raises(Trouble, match=sentence) as trouble:
        write_to_stick(usb, NAME, b"sealed")
    assert trouble.value.record == NAME
    assert trouble.value.todo
    assert list((usb / FOLDER).iterdir()) == []


def test_a_file_that_breaks_off_in_the_middle_is_gone_again(usb, batch):  # fault 22
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    try:
        with pytest.raises(Trouble, match="放不下"):
            write_to_stick(usb, NAME, batch)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert list((usb / FOLDER).iterdir()) == []


def test_a_link_in_the_place_of_the_part_is_replaced_and_not_followed(usb, tmp_path):  # fault 76
    (usb / FOLDER).mkdir()
    (usb / FOLDER / f"{NAME}.part").symlink_to(tmp_path / "elsewhere")
    assert not write_to_stick(usb, NAME, b"sealed").is_symlink()
    assert not (tmp_path / "elsewhere").exists()


def test_a_stick_that_was_pulled_out_is_said_so(usb):  # fault 20
    usb.rmdir()
    with pytest.raises(Trouble, match="被拔出"):
        write_to_stick(usb, NAME, b"sealed")


@pytest.mark.parametrize("forgets", [lambda raw: raw[:-1], lambda raw: bytes(len(raw)), lambda _raw: b""])
def test_a_stick_that_lies_about_its_size_is_found_out(usb, monkeypatch, forgets):  # fault 21
    settle = stick._settle

    def settle_and_forget(folder: Path) -> None:
        settle(folder)
        for file in folder.glob("*.lxb"):
            file.write_bytes(forgets(file.read_bytes()))

    monkeypatch.setattr(stick, "_settle", settle_and_forget)
    with pytest.raises(Trouble, match="U盘不可靠"):
        write_to_stick(usb, NAME, b"sealed")
    assert list((usb / FOLDER).iterdir()) == []


def test_a_batch_missing_on_this_machine_is_not_blamed_on_the_stick(usb, tmp_path):
    with pytest.raises(Trouble, match="在本机读不出"):
        write_to_stick(usb, NAME, tmp_path / "没有")


def test_everything_was_handed_to_the_device_before_the_file_had_its_name(usb, monkeypatch):  # fault 6
    seen: list[str] = []
    fsync, rename = os.fsync, os.rename
    monkeypatch.setattr(os, "fsync", lambda handle: (seen.append("fsync"), fsync(handle)))
    monkeypatch.setattr(os, "rename", lambda old, new: (seen.append("rename"), rename(old, new)))
    place(usb, NAME, b"sealed")
    assert seen == ["fsync", "rename", "fsync"]


# What lies on a stick


def test_a_stick_shows_its_batches_newest_first(usb):
    for number in (45, 46):
        raw = a_batch(header=a_header(number=number), manifest=a_manifest(number=number))
        write_to_stick(usb, file_name("up", "滨海社区", number, "2021-11-19"), raw)
    assert [(file.kind, file.header.number, file.note) for file in list_stick(usb, ENROLLED.get)] == [("up", 46, ""), ("up", 45, "")]


def test_a_batch_in_the_sticks_root_is_found_too(usb, batch):
    (usb / "重命名.lxb").write_bytes(batch.read_bytes())
    assert [file.header.sender for file in list_stick(usb)] == [HARBOUR.code]


def test_what_is_wrong_with_a_file_stands_beside_it(usb, batch):
    (usb / "一半.lxb").write_bytes(batch.read_bytes()[:-1])
    (usb / "冒名.lxb").write_bytes(a_batch(by=NEIGHBOUR))
    (usb / "没写完.lxb.part").write_bytes(b"")
    notes = {file.path.name: file.note for file in list_stick(usb, ENROLLED.get)}
    assert "没有拷贝完" in notes["一半.lxb"]
    assert "冒用" in notes["冒名.lxb"]
    assert "没有写完" in notes["没写完.lxb.part"]


def test_a_desk_that_is_not_enrolled_is_shown_as_such(usb, batch):
    (usb / NAME).write_bytes(batch.read_bytes())
    [file] = list_stick(usb, lambda _key: None)
    assert file.header
    assert "还没有登记" in file.note


def test_other_files_are_listed_and_never_opened(usb):
    (usb / "照片.jpg").write_bytes(b"LIANXIN 1\n")
    (usb / "照片.jpg").chmod(0)
    assert list_stick(usb) == [StickFile("其他", usb / "照片.jpg")]


def test_links_and_pipes_on_a_stick_are_not_followed(usb, batch):  # fault 76
    (usb / "链接.lxb").symlink_to(batch)
    os.mkfifo(usb / "管道.lxb")
    assert list_stick(usb) == []


def test_a_stick_that_is_gone_cannot_be_listed(usb):  # fault 20
    usb.rmdir()
    with pytest.raises(Trouble, match="被拔出"):
        list_stick(usb)
