"""Saving and reading: all or nothing, one writer, unchanging views, and sentences instead of SQLite's words."""

import re
import threading
import time
from pathlib import Path

import apsw
import pytest
from sqlalchemy.exc import DBAPIError, IntegrityError

from desktop.store.cipher import APPLICATION_ID, connect
from desktop.store.file import Ledger, create_ledger
from desktop.store.troubles import AlreadyOpen, Busy, CommitUnknown, Damaged, LedgerExists
from tests.store.small_office import RAW_KEY, build, new_ledger, opened, people, register


def test_what_was_saved_is_there_after_closing_and_opening(folder: Path) -> None:
    with new_ledger(folder) as ledger:
        register(ledger, "张三", "𬭊𪻐")
    with opened(folder) as ledger:
        assert people(ledger) == ["张三", "𬭊𪻐"]


def test_a_deed_that_fails_leaves_nothing(ledger: Ledger) -> None:
    def half_a_deed() -> None:
        with ledger.write() as connection:
            connection.exec_driver_sql("INSERT INTO person (name) VALUES ('张三')")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half_a_deed()
    assert people(ledger) == []


def test_a_broken_rule_of_the_schema_is_a_bug_and_its_text_holds_no_name(ledger: Ledger) -> None:
    register(ledger, "张三")
    with pytest.raises(IntegrityError) as caught:
        register(ledger, "李四", "张三")
    assert "张三" not in str(caught.value)
    assert people(ledger) == ["张三"]


def test_a_transaction_inside_a_transaction_is_refused_and_the_outer_one_is_lost(ledger: Ledger) -> None:
    def deed_in_a_deed() -> None:
        with ledger.write() as connection:
            connection.exec_driver_sql("INSERT INTO person (name) VALUES ('张三')")
            register(ledger, "李四")

    with pytest.raises(RuntimeError, match="one deed"):
        deed_in_a_deed()
    assert people(ledger) == []


def test_a_long_report_sees_one_state_while_others_save(ledger: Ledger) -> None:
    register(ledger, "张三")
    with ledger.read() as view:
        count = "SELECT count(*) FROM person"
        assert view.exec_driver_sql(count).scalar_one() == 1
        register(ledger, "李四")
        assert view.exec_driver_sql(count).scalar_one() == 1
    assert people(ledger) == ["张三", "李四"]


def test_a_reader_cannot_write(ledger: Ledger) -> None:
    with pytest.raises(DBAPIError), ledger.read() as connection:
        connection.exec_driver_sql("INSERT INTO person (name) VALUES ('张三')")
    assert people(ledger) == []


def test_threads_that_save_at_once_take_turns_and_lose_nothing(ledger: Ledger) -> None:
    threads = [
        threading.Thread(target=lambda who=who: [register(ledger, f"{who}-{turn}") for turn in range(20)])  # type: ignore[misc]
        for who in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(people(ledger)) == 120


def test_the_writer_keeps_every_promise_of_the_design(ledger: Ledger) -> None:
    wanted = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "trusted_schema": 0,
        "secure_delete": 1,
        "temp_store": 2,
        "application_id": APPLICATION_ID,
        "user_version": 1,
    }
    with ledger.write() as connection:
        assert {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in wanted} == wanted


def test_a_tidy_close_leaves_one_file_and_no_wal(folder: Path) -> None:
    with new_ledger(folder) as ledger:
        register(ledger, "张三")
    ledger.close()  # twice is harmless
    assert not [path.name for path in folder.iterdir() if path.name.endswith(("-wal", "-shm", ".part"))]
    with pytest.raises(RuntimeError, match="closed"):
        register(ledger, "李四")


def test_no_name_stands_readable_in_any_file(folder: Path) -> None:
    """# fault 92"""
    with new_ledger(folder) as ledger:
        register(ledger, "诸葛翠花")
        assert not [path for path in folder.iterdir() if "诸葛翠花".encode() in path.read_bytes()]


def test_another_implementation_of_the_cipher_reads_the_file(folder: Path) -> None:
    with new_ledger(folder) as ledger:
        register(ledger, "张三", "𬭊𪻐")
    other = apsw.Connection(str(folder / "ledger.db"), flags=apsw.SQLITE_OPEN_READONLY)
    other.pragma("cipher", "sqlcipher")
    other.pragma("legacy", 4)
    other.pragma("key", f"x'{RAW_KEY.hex()}'")
    assert [row[0] for row in other.execute("SELECT name FROM person ORDER BY id")] == ["张三", "𬭊𪻐"]
    other.close()


def test_a_second_window_is_told_who_holds_the_ledger(ledger: Ledger, folder: Path) -> None:
    """# fault 24"""
    with pytest.raises(AlreadyOpen, match=re.escape("已经在另一个窗口打开")) as caught:
        opened(folder)
    assert "进程号" in caught.value.todo


def test_a_new_ledger_never_replaces_one(folder: Path) -> None:
    with new_ledger(folder) as ledger:
        register(ledger, "张三")
    with pytest.raises(LedgerExists):
        new_ledger(folder)
    with opened(folder) as ledger:
        assert people(ledger) == ["张三"]


def test_half_a_schema_leaves_no_ledger(folder: Path) -> None:
    def half(connection):  # type: ignore[no-untyped-def]
        build(connection)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        create_ledger(folder, RAW_KEY, half, 1)
    assert [path.name for path in folder.iterdir()] == ["ledger.lock"]


def test_another_program_that_holds_the_file_makes_a_save_fail_with_a_sentence(folder: Path) -> None:
    """# fault 27"""
    new_ledger(folder).close()
    with opened(folder, busy_ms=50) as ledger:
        register(ledger, "张三")
        other = connect(ledger.path, RAW_KEY)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Busy, match="占用"):
            register(ledger, "李四")
        other.execute("ROLLBACK")
        other.close()
        register(ledger, "王五")
        assert people(ledger) == ["张三", "王五"]


def test_a_commit_that_fails_is_unknown_and_the_next_save_works(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """# fault 14"""
    from sqlcipher3 import dbapi2

    dialect = ledger._writer.dialect

    def failing(connection: object) -> None:
        error = dbapi2.OperationalError("disk I/O error")
        error.sqlite_errorcode = 1034  # SQLITE_IOERR_FSYNC
        raise error

    with monkeypatch.context() as patch:
        register(ledger, "张三")
        patch.setattr(dialect, "do_commit", failing)
        with pytest.raises(CommitUnknown, match="还不能确定"):
            register(ledger, "李四")
    register(ledger, "王五")
    assert people(ledger)[-1] == "王五"


def test_the_whole_file_is_checked_while_the_office_works(ledger: Ledger) -> None:
    """# fault 3"""
    register(ledger, *(f"居民{number}" for number in range(500)))
    ledger.check_pages()
    register(ledger, "张三")
    ledger.check_pages()


def test_a_bit_that_flips_under_an_open_ledger_is_found_by_the_check(folder: Path) -> None:
    """# fault 28"""
    with new_ledger(folder) as ledger:
        register(ledger, *(f"居民{number}" for number in range(500)))
        ledger.fold()
        with ledger.path.open("r+b") as file:
            file.seek(3 * 4096 + 1000)
            byte = file.read(1)[0]
            file.seek(3 * 4096 + 1000)
            file.write(bytes([byte ^ 4]))
        with pytest.raises(Damaged, match="1 页损坏"):
            ledger.check_pages()


def test_a_first_save_does_not_wait_for_a_long_report(folder: Path) -> None:
    with new_ledger(folder) as ledger:
        register(ledger, "张三")
    with opened(folder) as ledger, ledger.read() as view:
        view.exec_driver_sql("SELECT count(*) FROM person").scalar_one()
        started = time.monotonic()
        register(ledger, "李四")
        assert time.monotonic() - started < 3
