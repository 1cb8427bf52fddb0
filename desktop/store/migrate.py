"""A ledger of an older schema becomes one of today's: on a copy, measured before and after, swapped in at the end.

Alembic is imported only when there is something to do. It works inside one explicit transaction with foreign keys
off: batch mode drops and rebuilds tables, and with them on, ON DELETE CASCADE would empty the children.
`user_version` is the one record of the schema's number; Alembic's own table exists only while a migration runs.
"""

import logging
import re
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection
from sqlcipher3 import dbapi2

from desktop.model.errors import Said, Trouble
from desktop.model.language import _
from desktop.store.cipher import connect
from desktop.store.copying import copy_into
from desktop.store.disk import PART, replace, said, sync_file
from desktop.store.file import Ledger, engine_of
from desktop.store.lock import FolderLock
from desktop.store.mark import looking, refuse_stale_wal
from desktop.store.measure import Progress, count_rows, measure_copy, silent
from desktop.store.opening import version_of
from desktop.store.swap import STAGED, finish_swap, swap_in
from desktop.store.troubles import LEDGER, damaged, newer_ledger, said_by_sqlite

if TYPE_CHECKING:
    from alembic.config import Config

log = logging.getLogger(__name__)
SCRIPTS = Path(getattr(sys, "_MEIPASS", Path(__file__).resolve().parents[2])) / "migrations"
REVISION_FILE = re.compile(r"(\d{4})(_.*)?\.py")
ALEMBIC_TABLE = "alembic_version"
STEPS = 4

Rows = dict[str, int]


class MigrationFailed(Trouble):
    """The copy was thrown away; the ledger is as it was."""


@dataclass(frozen=True)
class Migrated:
    """From which schema version to which, and where the old file is kept ("" if nothing had to be done)."""

    before: int
    after: int
    kept: str


def current_version(ledger: Ledger) -> int:
    """The schema version that the open file says it has."""
    with ledger.read() as connection:
        return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


def newest_version(scripts: Path = SCRIPTS) -> int:
    """The number of the last revision file ("0002_add_phone.py" is 2), found without Alembic; 0 if there is none."""
    versions = scripts / "versions"
    names = [REVISION_FILE.fullmatch(path.name) for path in versions.iterdir()] if versions.is_dir() else []
    return max((int(name[1]) for name in names if name), default=0)


def needs_migration(folder: Path, raw_key: bytes, *, scripts: Path = SCRIPTS) -> bool:
    """The ledger in `folder` is of an older schema. A newer one is refused."""
    has, newest = version_of(folder, raw_key), newest_version(scripts)
    if has > newest:
        raise newer_ledger(has, newest)
    return has < newest


def migrate(folder: Path, raw_key: bytes, progress: Progress = silent, *, scripts: Path = SCRIPTS) -> Migrated:
    """The ledger in `folder` (closed) is of the newest schema and the old file lies beside it; or it is as it was."""
    with FolderLock(folder):
        finish_swap(folder)
        newest, has = newest_version(scripts), version_of(folder, raw_key)
        refuse_stale_wal(folder, raw_key)
        if has > newest:
            raise newer_ledger(has, newest)
        if has == newest:
            return Migrated(has, has, "")
        part = folder / f"ledger.migrating{PART}"
        try:
            progress(_("复制账本"), 0, STEPS)
            _copy(folder / LEDGER, part, raw_key)
            progress(_("升级副本"), 1, STEPS)
            _upgrade(part, raw_key, has, newest, scripts)
            progress(_("核对副本"), 2, STEPS)
            _check(part, raw_key, newest)
            progress(_("换上新账本"), 3, STEPS)
            with said(part):
                sync_file(part)
                replace(part, folder / STAGED)
        finally:
            part.unlink(missing_ok=True)
        kept = swap_in(folder, f"ledger.before-{newest:04d}.db")
    progress(_("升级完成"), STEPS, STEPS)
    return Migrated(has, newest, kept)


def _copy(source: Path, part: Path, raw_key: bytes) -> None:
    """The copy holds as many rows as the ledger, table by table, and every page of it is genuine."""
    mode = looking(source.parent)
    copy_into(source, part, raw_key, mode)
    with closing(connect(source, raw_key, mode)) as connection:
        rows = count_rows(connection)
    if measure_copy(part, raw_key).rows != rows:
        raise damaged()


def _upgrade(part: Path, raw_key: bytes, has: int, newest: int, scripts: Path) -> None:
    """All revisions after `has` have run on the copy, no row was lost, no reference dangles; else `MigrationFailed`."""
    engine = engine_of(lambda: connect(part, raw_key), "BEGIN IMMEDIATE")
    try:
        with engine.begin() as connection:
            before = _rows(connection)
            expected = _run_revisions(connection, has, before, scripts)
            _compare_rows(expected, _rows(connection))
            if dangling := connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall():
                raise _failed(_("有 {n} 处引用断开").format(n=len(dangling)))
            connection.exec_driver_sql(f"PRAGMA user_version = {newest:d}")
    except Said:
        raise
    except Exception as error:  # whatever a revision raises, the clerk hears that nothing was changed
        log.exception("migration from %d failed", has)
        cause = said_by_sqlite(getattr(error, "orig", None), part.parent)
        raise _failed(cause.what if cause else type(error).__name__) from error
    finally:
        engine.dispose()


def _run_revisions(connection: Connection, has: int, before: Rows, scripts: Path) -> Rows:
    """Alembic has run; returned are the row counts that its revisions promise. A revision that adds, drops or moves rows says so:
    `def expected_rows(before: dict[str, int]) -> dict[str, int]` in its file gives the new count of each table that changes.
    """
    from alembic import command
    from alembic.script import ScriptDirectory

    config = _config(connection, scripts)
    connection.exec_driver_sql(f"CREATE TABLE {ALEMBIC_TABLE} (version_num TEXT NOT NULL PRIMARY KEY) STRICT")
    if has:
        connection.exec_driver_sql(f"INSERT INTO {ALEMBIC_TABLE} VALUES (?)", (f"{has:04d}",))
    revisions = list(ScriptDirectory.from_config(config).iterate_revisions("head", f"{has:04d}" if has else "base"))
    command.upgrade(config, "head")
    connection.exec_driver_sql(f"DROP TABLE {ALEMBIC_TABLE}")
    expected = dict(before)
    for revision in reversed(revisions):
        promise: Callable[[Rows], Rows] | None = getattr(revision.module, "expected_rows", None)
        if promise:
            expected.update(promise(dict(expected)))
    return expected


def _config(connection: Connection, scripts: Path) -> "Config":
    """Settings for Alembic, which would read a % in the path as the start of a variable."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _compare_rows(expected: Rows, after: Rows) -> None:
    wrong = [name for name in sorted({*expected, *after}) if expected.get(name, 0) != after.get(name, 0)]
    if wrong:
        numbers = "、".join(f"{name} {expected.get(name, 0)}→{after.get(name, 0)}" for name in wrong[:5])
        raise _failed(_("记录数对不上：{numbers}").format(numbers=numbers))


def _rows(connection: Connection) -> Rows:
    return count_rows(connection.connection.driver_connection)


def _check(part: Path, raw_key: bytes, newest: int) -> None:
    """The migrated copy is whole as pages, as a database and by its number."""
    try:
        with closing(connect(part, raw_key)) as connection:
            if connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                raise _failed(_("升级后的副本没有通过完整性检查"))
        if measure_copy(part, raw_key).version != newest:
            raise _failed(_("升级后的版本号不对"))
    except dbapi2.Error as error:
        raise said_by_sqlite(error, part.parent) or error from error


def _failed(why: str) -> MigrationFailed:
    what = _("账本升级没有成功（{why}），原来的账本没有改动").format(why=why)
    return MigrationFailed(what, record=LEDGER, todo=_("先用旧版本继续工作，把诊断包交给技术人员"))
