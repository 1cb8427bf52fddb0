"""An older ledger becomes one of today's on a copy; whatever goes wrong, the old one is as it was."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.store import migrate as migrating
from desktop.store.cipher import connect
from desktop.store.file import create_ledger, open_ledger
from desktop.store.migrate import (
    MigrationFailed,
    current_version,
    migrate,
    needs_migration,
    newest_version,
)
from desktop.store.troubles import AlreadyOpen, Damaged, NewerLedger
from tests.store.revisions import TOWNS, WIDER, scripts_in
from tests.store.small_office import RAW_KEY, build, bytes_of, filled_folder, opened, people, register, surroundings


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """Forty households of two, so that a cascade would be seen."""
    folder = tmp_path / "账本"
    with create_ledger(folder, RAW_KEY, build, 1) as ledger, ledger.write() as connection:
        for number in range(40):
            connection.exec_driver_sql("INSERT INTO household VALUES (?, ?)", (number, f"{number}-101"))
            connection.exec_driver_sql("INSERT INTO person (name, household) VALUES (?, ?)", (f"户主{number}", number))
            connection.exec_driver_sql("INSERT INTO person (name, household) VALUES (?, ?)", (f"家属{number}", number))
    return folder


def test_a_rebuilt_parent_table_loses_no_child(office: Path, tmp_path: Path) -> None:
    """# fault 37"""
    scripts = scripts_in(tmp_path, WIDER)
    assert needs_migration(office, RAW_KEY, scripts=scripts)
    done = migrate(office, RAW_KEY, scripts=scripts)
    assert (done.before, done.after, done.kept) == (1, 2, "ledger.before-0002.db")
    assert not needs_migration(office, RAW_KEY, scripts=scripts)
    with open_ledger(office, RAW_KEY, version=2) as ledger, ledger.read() as connection:
        count = "SELECT count(*) FROM person JOIN household ON household.id = person.household WHERE gate LIKE '%-101'"
        assert connection.exec_driver_sql(count).scalar_one() == 80
        assert current_version(ledger) == 2


def test_two_revisions_run_in_order_and_new_rows_are_expected(office: Path, tmp_path: Path) -> None:
    assert migrate(office, RAW_KEY, scripts=scripts_in(tmp_path, WIDER, TOWNS)).after == 3
    with open_ledger(office, RAW_KEY, version=3, names=frozenset({"household", "person", "person_by_name", "town"})) as ledger:
        assert len(people(ledger)) == 80


def test_the_old_file_lies_beside_the_new_one_and_opens(office: Path, tmp_path: Path) -> None:
    kept = migrate(office, RAW_KEY, scripts=scripts_in(tmp_path, WIDER)).kept
    old = tmp_path / "旧"
    old.mkdir()
    shutil.copy(office / kept, old / "ledger.db")
    with opened(old) as ledger:
        assert len(people(ledger)) == 80


def test_what_a_crash_left_in_the_wal_is_migrated_too(office: Path, tmp_path: Path) -> None:
    with opened(office) as ledger:
        register(ledger, "最后一刻")
        crashed = Path(shutil.copytree(office, tmp_path / "crashed"))
    migrate(crashed, RAW_KEY, scripts=scripts_in(tmp_path, WIDER))
    assert not (crashed / "ledger.db-wal").exists()
    with open_ledger(crashed, RAW_KEY, version=2) as ledger:
        assert "最后一刻" in people(ledger)


FAILING = {
    "an error half-way": WIDER + '    op.execute("INSERT INTO nowhere VALUES (1)")\n',
    "a bug in Python": WIDER + "    raise KeyError('person')\n",
    "rows lost": 'def upgrade():\n    op.execute("DELETE FROM person WHERE id = 3")\n',
    "rows made and not promised": "def upgrade():\n    op.execute(\"INSERT INTO household VALUES (900, 'x')\")\n",
    "a table dropped": 'def upgrade():\n    op.execute("DROP TABLE person")\n',
    "a reference broken": 'def upgrade():\n    op.execute("UPDATE person SET household = 999 WHERE id = 1")\n',
    "a promise not kept": WIDER + 'def expected_rows(before):\n    return {"person": 81}\n',
}


@pytest.mark.parametrize("body", FAILING.values(), ids=FAILING.keys())
def test_a_failing_migration_leaves_the_ledger_as_it_was_and_says_so(
    office: Path, tmp_path: Path, body: str, caplog: pytest.LogCaptureFixture
) -> None:
    """# fault 36"""
    before = bytes_of(office)
    with pytest.raises(MigrationFailed, match="原来的账本没有改动") as caught:
        migrate(office, RAW_KEY, scripts=scripts_in(tmp_path, body))
    assert "nowhere" not in caught.value.what
    assert bytes_of(office) == before
    caplog.clear()
    with opened(office) as ledger:
        assert len(people(ledger)) == 80


def test_a_damaged_ledger_is_not_migrated(office: Path, tmp_path: Path) -> None:
    content = bytearray((office / "ledger.db").read_bytes())
    content[2 * 4096 + 50] ^= 1
    (office / "ledger.db").write_bytes(content)
    with pytest.raises(Damaged):
        migrate(office, RAW_KEY, scripts=scripts_in(tmp_path, WIDER))
    assert (office / "ledger.db").read_bytes() == content
    assert not list(office.glob("*.part"))


def test_an_open_and_a_newer_ledger_are_not_migrated(office: Path, tmp_path: Path) -> None:
    """# fault 34"""
    scripts = scripts_in(tmp_path, WIDER)
    with opened(office), pytest.raises(AlreadyOpen):
        migrate(office, RAW_KEY, scripts=scripts)
    connection = connect(office / "ledger.db", RAW_KEY)
    connection.execute("PRAGMA user_version = 7")
    connection.close()
    for deed in (migrate, needs_migration):
        with pytest.raises(NewerLedger, match="第 7 版"):
            deed(office, RAW_KEY, scripts=scripts)


def test_a_ledger_of_today_is_left_alone(office: Path, tmp_path: Path) -> None:
    before = bytes_of(office)
    assert migrate(office, RAW_KEY, scripts=scripts_in(tmp_path)).kept == ""
    assert bytes_of(office) == before


def test_the_newest_version_is_known_without_alembic(tmp_path: Path) -> None:
    scripts = scripts_in(tmp_path, WIDER, TOWNS)
    (scripts / "versions" / "README.txt").touch()
    assert newest_version(scripts) == 3
    assert newest_version(tmp_path) == 0


def test_opening_a_ledger_of_today_imports_no_alembic(tmp_path: Path) -> None:
    folder = filled_folder(tmp_path / "账本", 3)
    code = (
        "import sys; from pathlib import Path; from tests.store.small_office import opened, people; import desktop.store.migrate;"
        f"opened(Path({str(folder)!r})).close(); print('alembic' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=surroundings(), check=True)
    assert run.stdout.strip() == "False"


def test_a_packaged_program_finds_its_migrations_in_its_own_folder(tmp_path: Path) -> None:
    code = f"import sys; sys._MEIPASS = {str(tmp_path)!r}; from desktop.store.migrate import SCRIPTS; print(SCRIPTS)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=surroundings(), check=True)
    assert Path(run.stdout.strip()) == tmp_path / "migrations"


def test_progress_is_told_to_the_end(office: Path, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    migrate(office, RAW_KEY, lambda *step: told.append(step), scripts=scripts_in(tmp_path, WIDER))
    assert [done for _step, done, _of in told] == list(range(migrating.STEPS + 1))
