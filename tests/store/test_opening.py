"""What is wrong with a file is said in its own words, and looking at it changes nothing."""

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.model.errors import Said
from desktop.store.cipher import PAGE, connect
from desktop.store.file import open_ledger
from desktop.store.key import Keyring, WrongPassword
from desktop.store.lock import FolderLock
from desktop.store.troubles import (
    Damaged,
    EmptyLedger,
    NewerLedger,
    NoLedger,
    NotALedger,
    OlderLedger,
    OtherApplication,
    Planted,
    StaleWal,
    WrongKey,
)
from tests.store.small_office import (
    OTHER_KEY,
    PASSWORD,
    RAW_KEY,
    SECRETARY,
    bytes_of,
    filled_folder,
    new_ledger,
    opened,
    people,
    register,
)


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled_folder(tmp_path_factory.mktemp("good") / "账本")


@pytest.fixture
def copied(good: Path, tmp_path: Path) -> Path:
    """A folder of one's own to spoil."""
    return Path(shutil.copytree(good, tmp_path / "账本"))


def change(folder: Path, *statements: str) -> None:
    """Somebody with the key and another tool."""
    connection = connect(folder / "ledger.db", RAW_KEY)
    for statement in statements:
        connection.execute(statement)
    connection.close()


def flip(path: Path, at: int, bit: int = 1) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= bit
    path.write_bytes(content)


def test_a_folder_without_a_ledger_says_so(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "没有这个文件夹"):
        with pytest.raises(NoLedger, match="没有账本"):
            opened(folder)


def test_an_empty_file_is_never_taken_for_a_new_ledger(copied: Path) -> None:
    """# fault 30"""
    (copied / "ledger.db").write_bytes(b"")
    with pytest.raises(EmptyLedger, match="0 字节"):
        opened(copied)
    assert (copied / "ledger.db").stat().st_size == 0


def test_a_plain_database_is_no_ledger(copied: Path) -> None:
    """# fault 31"""
    (copied / "ledger.db").unlink()
    plain = sqlite3.connect(copied / "ledger.db")
    plain.execute("CREATE TABLE person (name)")
    plain.close()
    with pytest.raises(NotALedger):
        opened(copied)


@pytest.mark.parametrize("head", [b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\0" * 16])
def test_an_overwritten_head_is_told_from_a_wrong_key_by_the_keyring(copied: Path, head: bytes) -> None:
    """# fault 31"""
    content = (copied / "ledger.db").read_bytes()
    (copied / "ledger.db").write_bytes(head + content[len(head) :])
    with pytest.raises(NotALedger, match="不是连心的账本"):
        opened(copied)


def test_a_key_of_another_ledger_is_a_wrong_key(copied: Path) -> None:
    """# fault 40"""
    with pytest.raises(WrongKey, match="不相配"):
        opened(copied, OTHER_KEY)
    for name in ("keyring.json", "keyring.copy.json"):
        (copied / name).unlink()
    with pytest.raises(WrongKey):
        opened(copied, OTHER_KEY)


def test_a_wrong_password_and_a_damaged_file_are_two_messages(copied: Path) -> None:
    """# fault 40"""
    with pytest.raises(WrongPassword):
        Keyring.load(copied).unlock(SECRETARY, "不是它")
    flip(copied / "ledger.db", 200)
    with pytest.raises(Damaged):
        opened(copied, Keyring.load(copied).unlock(SECRETARY, PASSWORD))


def test_another_program_with_the_same_key_is_refused(copied: Path) -> None:
    """# fault 39"""
    change(copied, "PRAGMA application_id = 77")
    with pytest.raises(OtherApplication):
        opened(copied)


@pytest.mark.parametrize("pending", ["tidy", "with a WAL"])
def test_a_ledger_of_a_newer_program_is_refused_without_touching_it(copied: Path, pending: str) -> None:
    """# fault 34"""
    change(copied, "PRAGMA user_version = 9")
    if pending == "with a WAL":
        writer = connect(copied / "ledger.db", RAW_KEY)
        writer.execute("PRAGMA journal_mode = WAL")
        writer.execute("INSERT INTO household (door) VALUES ('3-101')")
        crashed = Path(shutil.copytree(copied, copied.parent / "crashed"))
        writer.close()
        (crashed / "ledger.db-shm").unlink()
        copied = crashed
    before, stamp = bytes_of(copied), (copied / "ledger.db").stat().st_mtime_ns
    with pytest.raises(NewerLedger, match=r"第 9 版.*第 1 版"):
        opened(copied)
    after = bytes_of(copied)
    for name in ("ledger.db", "ledger.db-wal"):
        assert after.get(name) == before.get(name)
    assert (copied / "ledger.db").stat().st_mtime_ns == stamp


def test_a_ledger_of_an_older_program_asks_to_be_migrated(good: Path) -> None:
    with pytest.raises(OlderLedger, match="先升级"):
        open_ledger(good, RAW_KEY, version=2)


@pytest.mark.parametrize(
    "planted",
    [
        "CREATE TRIGGER spy AFTER INSERT ON person BEGIN DELETE FROM household; END",
        "CREATE VIEW spy AS SELECT * FROM person",
        "CREATE TABLE spy (x)",
        "CREATE INDEX spy ON person (household)",
    ],
)
def test_a_planted_trigger_view_table_or_index_is_refused_by_name(copied: Path, planted: str) -> None:
    """# fault 38"""
    change(copied, planted)
    with pytest.raises(Planted, match="spy"):
        opened(copied)


def test_a_crashs_own_wal_is_recovered(tmp_path: Path) -> None:
    """# fault 1"""
    folder = tmp_path / "账本"
    with new_ledger(folder) as ledger:
        register(ledger, "张三")
        crashed = Path(shutil.copytree(folder, tmp_path / "crashed"))
    with opened(crashed) as ledger:
        assert people(ledger) == ["张三"]
        assert ledger.warnings == []


def test_a_stale_wal_beside_a_copied_back_file_is_refused(tmp_path: Path) -> None:
    """# fault 32"""
    folder = filled_folder(tmp_path / "账本", 20)
    yesterday = (folder / "ledger.db").read_bytes()
    with opened(folder) as ledger:
        register(ledger, "张三")
        crashed = Path(shutil.copytree(folder, tmp_path / "crashed"))
    (crashed / "ledger.db").write_bytes(yesterday)
    (crashed / "ledger.db-shm").unlink()
    with pytest.raises(StaleWal, match="属于另一份账本"):
        opened(crashed)
    assert (crashed / "ledger.db").read_bytes() == yesterday
    (crashed / "ledger.db-wal").rename(crashed / "old-wal")
    with opened(crashed) as ledger:
        assert len(people(ledger)) == 20


def test_a_ledger_carried_off_without_its_wal_opens_with_a_warning(tmp_path: Path) -> None:
    """# fault 33"""
    folder = tmp_path / "账本"
    with new_ledger(folder) as ledger:
        register(ledger, "张三")
        crashed = Path(shutil.copytree(folder, tmp_path / "crashed"))
    (crashed / "ledger.db-wal").unlink()
    with opened(crashed) as ledger:
        assert "可能丢失" in ledger.warnings[0]


def everything_read(folder: Path) -> list[str]:
    """Open, check every page, read every name."""
    with opened(folder) as ledger:
        ledger.check_pages()
        return people(ledger)


@pytest.mark.timeout(3600)
def test_a_flipped_bit_anywhere_is_found(copied: Path, dose: str) -> None:
    """# fault 28"""
    whole = (copied / "ledger.db").read_bytes()
    for at in range(0, len(whole), 29 if dose == "full" else 1013):
        flip(copied / "ledger.db", at, 1 << at % 8)
        with pytest.raises((Damaged, NotALedger)):
            everything_read(copied)
        (copied / "ledger.db").write_bytes(whole)
    assert len(everything_read(copied)) == 300


def test_a_page_that_changed_is_never_read_as_another_name(copied: Path) -> None:
    """# fault 28"""
    whole, names, stopped = (copied / "ledger.db").read_bytes(), everything_read(copied), 0
    for page in range(1, len(whole) // PAGE):
        flip(copied / "ledger.db", page * PAGE + 2000)
        try:
            with opened(copied) as ledger:
                assert people(ledger) == names
        except Damaged:
            stopped += 1
        (copied / "ledger.db").write_bytes(whole)
    assert stopped > 10


def lengths(whole: int, dose: str) -> list[int]:
    step = PAGE if dose == "full" else 3 * PAGE
    return [1, 15, 16, 100, 511, 512, 1024, PAGE - 1, *range(PAGE, whole, step), whole - PAGE, whole - 17, whole - 1]


def test_a_file_cut_off_at_any_page_or_in_the_middle_of_one_is_damaged(copied: Path, dose: str) -> None:
    """# fault 29"""
    whole = (copied / "ledger.db").read_bytes()
    for length in lengths(len(whole), dose):
        (copied / "ledger.db").write_bytes(whole[:length])
        with pytest.raises(Damaged, match="损坏"):
            everything_read(copied)


def test_a_file_with_something_appended_is_damaged(copied: Path) -> None:
    with (copied / "ledger.db").open("ab") as file:
        file.write(b"virus")
    with pytest.raises(Damaged):
        everything_read(copied)


def spoil_with(content: bytes) -> Callable[[Path], object]:
    return lambda folder: (folder / "ledger.db").write_bytes(content)


REFUSED: list[Callable[[Path], object]] = [
    spoil_with(b""),
    spoil_with(b"\xff" * 9000),
    lambda folder: (folder / "ledger.db").unlink(),
    lambda folder: change(folder, "PRAGMA user_version = 9"),
    lambda folder: change(folder, "CREATE VIEW spy AS SELECT 1"),
]


@pytest.mark.parametrize("spoil", REFUSED)
def test_every_refusal_says_what_which_and_what_to_do_and_lets_go_of_the_folder(copied: Path, spoil: Callable[[Path], object]) -> None:
    spoil(copied)
    with pytest.raises(Said) as caught:
        opened(copied)
    assert caught.value.what
    assert caught.value.record == "ledger.db"
    assert caught.value.todo
    assert "sqlite" not in str(caught.value).lower()
    FolderLock(copied).release()


def test_what_a_cut_short_deed_left_behind_is_swept_away(copied: Path) -> None:
    """# fault 5"""
    for name in ("ledger.backup.part", "ledger.migrating.part", "ledger.staged.db", "keyring.json.part", "ledger.backup.part-journal"):
        (copied / name).write_bytes(b"half")
    opened(copied).close()
    left = {path.name for path in copied.iterdir()}
    assert left == {"ledger.db", "ledger.lock", "ledger.mark", "ledger.ballast", "keyring.json", "keyring.copy.json"}
