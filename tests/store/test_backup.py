"""备份与恢复: a backup is believed after it was read back, and a restore never leaves the office without a ledger."""

import shutil
from datetime import datetime
from pathlib import Path

import pytest

from desktop.model.errors import Trouble
from desktop.store import backup, package, swap
from desktop.store.backup import BackupDiffers, back_up, keyring_in, list_backups, prune, restore, same_disk, verify_backup
from desktop.store.disk import DiskFailed
from desktop.store.key import Keyring, KeyringMissing
from desktop.store.measure import Contents
from desktop.store.package import BackupBroken
from desktop.store.troubles import AlreadyOpen, NewerLedger
from tests.store.small_office import (
    CHEAP,
    OTHER_KEY,
    PASSWORD,
    RAW_KEY,
    SECRETARY,
    VERSION,
    bytes_of,
    filled_folder,
    opened,
    people,
    register,
)

COMMUNITY = "441502003007"
NIGHT = datetime(2021, 11, 19, 18, 30, 5)


@pytest.fixture
def office(tmp_path: Path) -> Path:
    return filled_folder(tmp_path / "账本", 60)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    return tmp_path / "U盘 备份"


def a_backup(office: Path, stick: Path, now: datetime = NIGHT, keep: int | None = None) -> Path:
    with opened(office) as ledger:
        return back_up(ledger, stick, community=COMMUNITY, reason="下班", now=now, keep=keep).path


def test_a_backup_has_its_name_its_counts_and_leaves_nothing_else_behind(office: Path, stick: Path) -> None:
    with opened(office) as ledger:
        made = back_up(ledger, stick, community=COMMUNITY, reason="下班", now=NIGHT)
    assert made.path.name == "连心备份-441502003007-20211119-183005-1.lxbk"
    assert made.rows == 61  # sixty people and the mark
    assert made.on_the_same_disk
    assert [path.name for path in stick.iterdir()] == [made.path.name]
    assert not list(office.glob("*.part"))
    assert verify_backup(made.path, RAW_KEY).contents.rows == {"file_mark": 1, "household": 0, "person": 60}


def test_a_backup_is_taken_while_people_work_and_holds_the_moment_it_began(office: Path, stick: Path) -> None:
    with opened(office) as ledger:

        def somebody_saves(_step: str, done: int, _of: int) -> None:
            if done == 2:
                register(ledger, "迟到的人")

        made = back_up(ledger, stick, community=COMMUNITY, reason="中午", now=NIGHT, progress=somebody_saves)
        assert len(people(ledger)) == 61
    assert verify_backup(made.path, RAW_KEY).contents.rows["person"] == 60


def test_a_backup_opens_on_a_new_pc_with_a_password_and_nothing_lost(office: Path, stick: Path, tmp_path: Path) -> None:
    """# fault 114"""
    path, new_pc = a_backup(office, stick), tmp_path / "新电脑" / "连心"
    raw_key = keyring_in(path).unlock(SECRETARY, PASSWORD)
    restored = restore(path, new_pc, raw_key, version=VERSION)
    assert restored.aside == ""
    assert restored.keyring_came_along
    with opened(new_pc, Keyring.load(new_pc).unlock(SECRETARY, PASSWORD)) as ledger, opened(office) as old:
        assert people(ledger) == people(old)


def test_a_backup_opens_on_a_new_pc_with_the_paper_alone(office: Path, stick: Path, tmp_path: Path) -> None:
    """# fault 114, fault 41"""
    ring, paper = Keyring.load(office).replace_recovery(RAW_KEY)
    ring.save(office)
    path = a_backup(office, stick)
    shutil.rmtree(office)
    restore(path, tmp_path / "新", keyring_in(path).unlock_with_recovery(paper), version=VERSION)
    assert Keyring.load(tmp_path / "新").unlock_with_recovery(paper) == RAW_KEY
    assert len(_names(tmp_path / "新")) == 60


def _names(folder: Path) -> list[str]:
    with opened(folder) as ledger:
        return people(ledger)


def test_a_restore_keeps_the_former_file_with_its_wal_aside(office: Path, stick: Path, tmp_path: Path) -> None:
    """# fault 32"""
    path = a_backup(office, stick)
    with opened(office) as ledger:
        register(ledger, "只在旧账本里")
        crashed = Path(shutil.copytree(office, tmp_path / "crashed"))
    restored = restore(path, crashed, RAW_KEY, version=VERSION)
    assert not list(crashed.glob("ledger.db-*"))
    assert len(_names(crashed)) == 60
    aside = tmp_path / "aside"
    aside.mkdir()
    for ending in ("", "-wal"):
        shutil.copy(crashed / f"{restored.aside}{ending}", aside / f"ledger.db{ending}")
    assert "只在旧账本里" in _names(aside)


def test_two_restores_keep_two_former_files(office: Path, stick: Path) -> None:
    path = a_backup(office, stick)
    kept = {restore(path, office, RAW_KEY, version=VERSION).aside for _turn in range(3)}
    assert kept == {"ledger.before-restore.db", "ledger.before-restore-2.db", "ledger.before-restore-3.db"}
    assert all((office / name).exists() for name in kept)


def test_newer_passwords_survive_the_restore_of_an_older_backup(office: Path, stick: Path) -> None:
    path = a_backup(office, stick)
    Keyring.load(office).change_password(SECRETARY, PASSWORD, "新密码").save(office)
    assert not restore(path, office, RAW_KEY, version=VERSION).keyring_came_along
    assert Keyring.load(office).unlock(SECRETARY, "新密码") == RAW_KEY


def test_a_keyring_of_another_ledger_is_kept_aside(office: Path, stick: Path) -> None:
    path = a_backup(office, stick)
    Keyring.new({"别人": "密码"}, OTHER_KEY, CHEAP)[0].save(office)
    assert restore(path, office, RAW_KEY, version=VERSION).keyring_came_along
    assert Keyring.load(office).unlock(SECRETARY, PASSWORD) == RAW_KEY
    assert Keyring.from_bytes((office / "keyring.before.json").read_bytes()).names() == ["别人"]


def test_an_open_ledger_is_not_restored_over(office: Path, stick: Path) -> None:
    path = a_backup(office, stick)
    with opened(office), pytest.raises(AlreadyOpen):
        restore(path, office, RAW_KEY, version=VERSION)


def test_a_backup_of_a_newer_program_is_not_restored(office: Path, stick: Path) -> None:
    """# fault 34"""
    path = a_backup(office, stick)
    before = bytes_of(office)
    with pytest.raises(NewerLedger):
        restore(path, office, RAW_KEY, version=0)
    assert bytes_of(office).keys() == before.keys()
    assert bytes_of(office)["ledger.db"] == before["ledger.db"]


def test_one_flipped_bit_anywhere_fails_the_backup_and_the_older_one_is_kept(office: Path, stick: Path, dose: str) -> None:
    """# fault 117"""
    older, newer = a_backup(office, stick), a_backup(office, stick)
    whole = newer.read_bytes()
    for at in range(0, len(whole), 11 if dose == "full" else 307):
        newer.write_bytes(whole[:at] + bytes([whole[at] ^ 1 << at % 8]) + whole[at + 1 :])
        with pytest.raises(BackupBroken, match="损坏"):
            verify_backup(newer)
    assert prune(stick, COMMUNITY, keep=1) == []
    assert verify_backup(older)


def test_a_backup_cut_short_or_empty_is_broken(office: Path, stick: Path) -> None:
    """# fault 12"""
    path = a_backup(office, stick)
    whole = path.read_bytes()
    for length in (0, 10, 17, 400, len(whole) - 4096, len(whole) - 1):
        path.write_bytes(whole[:length])
        with pytest.raises(BackupBroken):
            verify_backup(path)
        with pytest.raises(BackupBroken):
            restore(path, office, RAW_KEY, version=VERSION)
    assert len(_names(office)) == 60


def test_a_broken_backup_is_listed_as_broken(office: Path, stick: Path) -> None:
    a_backup(office, stick)
    a_backup(office, stick).write_bytes(b"")
    (stick / "别的文件.txt").touch()
    assert [(found.number, found.head is None) for found in list_backups(stick)] == [(2, True), (1, False)]
    assert list_backups(stick, "110101001001") == list_backups(stick / "没有") == []


def test_the_newest_backups_stay_whatever_the_clock_says(office: Path, stick: Path) -> None:
    """# fault 45, fault 44"""
    for year in (2021, 2026, 2020, 1999, 2021):
        a_backup(office, stick, NIGHT.replace(year=year), keep=3)
    assert [found.number for found in list_backups(stick)] == [5, 4, 3]


def test_another_communitys_backups_on_the_same_stick_are_left_alone(office: Path, stick: Path) -> None:
    a_backup(office, stick)
    with opened(office) as ledger:
        back_up(ledger, stick, community="441502003011", reason="下班", now=NIGHT, keep=1)
    assert len(list_backups(stick)) == 2


def test_a_ledger_without_its_keyring_is_not_backed_up(office: Path, stick: Path) -> None:
    for path in office.glob("keyring*"):
        path.unlink()
    with pytest.raises(KeyringMissing):
        a_backup(office, stick)
    assert list(stick.iterdir()) == list(office.glob("*.part")) == []


def test_a_copy_that_differs_from_the_ledger_is_thrown_away(office: Path, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """# fault 12"""
    monkeypatch.setattr(backup, "measure", lambda *_any: Contents(1, {}, {}))
    with pytest.raises(BackupDiffers):
        a_backup(office, stick)
    assert list(stick.iterdir()) == list(office.glob("*.part")) == []


def test_a_stick_that_gives_back_other_bytes_than_it_took_is_found_out(office: Path, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """# fault 21"""

    def lying(path: Path) -> None:
        content = path.read_bytes()
        path.write_bytes(content[:-4096] + bytes(4096))

    monkeypatch.setattr(package, "forget_cache", lying)
    with pytest.raises(BackupBroken):
        a_backup(office, stick)
    assert list(stick.iterdir()) == []


def test_a_cancelled_backup_leaves_nothing(office: Path, stick: Path) -> None:
    class Cancelled(Exception):
        pass

    def cancel(_step: str, done: int, _of: int) -> None:
        if done == 2:
            raise Cancelled

    with opened(office) as ledger, pytest.raises(Cancelled):
        back_up(ledger, stick, community=COMMUNITY, reason="下班", now=NIGHT, progress=cancel)
    assert list(stick.iterdir()) == list(office.glob("*.part")) == []


def test_a_stick_that_was_pulled_out_is_a_trouble_and_not_a_traceback(office: Path) -> None:
    """# fault 20"""
    with pytest.raises(Trouble):
        a_backup(office, Path("/proc/没有这个盘"))
    with pytest.raises(DiskFailed, match="找不到"):
        verify_backup(Path("/没有/备份.lxbk"))


def test_two_folders_of_one_disk_are_told(office: Path, stick: Path) -> None:
    stick.mkdir()
    assert same_disk(office, stick)
    assert not same_disk(office, Path("/proc"))


class PowerCut(BaseException):
    """Nothing after this runs."""


def test_a_power_cut_at_any_step_of_a_restore_leaves_the_old_ledger_or_the_restored_one(
    office: Path, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """# fault 9"""
    path = a_backup(office, stick)
    with opened(office) as ledger:
        register(ledger, "只在旧账本里")
    outcomes = []
    for cut in range(60):
        folder = Path(shutil.copytree(office, tmp_path / f"断电{cut}"))
        with monkeypatch.context() as patch:
            finished = _restore_until(cut, path, folder, patch)
        names = _names(folder)
        assert len(names) in (60, 61)
        outcomes.append(len(names))
        shutil.rmtree(folder)
        if finished:
            break
    assert finished
    assert outcomes[0] == 61
    assert outcomes[-1] == 60
    assert outcomes == sorted(outcomes, reverse=True)  # once chosen, it stays chosen


def _restore_until(cut: int, path: Path, folder: Path, patch: pytest.MonkeyPatch) -> bool:
    left = [cut]

    def step_by_step(owner: object, name: str) -> None:
        real = getattr(owner, name)

        def step(*args: object, **more: object) -> object:
            if left[0] == 0:
                raise PowerCut
            left[0] -= 1
            return real(*args, **more)

        patch.setattr(owner, name, step)

    for owner, name in ((backup, "unpack"), (backup, "measure_copy"), (swap, "write_whole"), (swap, "replace"), (swap, "sync_folder"),
                        (backup, "replace"), (Path, "unlink")):  # fmt: skip
        step_by_step(owner, name)
    try:
        restore(path, folder, RAW_KEY, version=VERSION)
    except PowerCut:
        return False
    return True


def test_a_forged_plan_cannot_move_other_files(office: Path) -> None:
    (office / "ledger.swap.json").write_text('{"aside": "../../x.db", "keyring_aside": "keyring.before.json"}')
    before = (office / "ledger.db").read_bytes()
    with pytest.raises(Trouble):
        opened(office)
    assert (office / "ledger.db").read_bytes() == before
