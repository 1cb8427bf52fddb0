"""The one file: opened only when it is ours, whole and alone; one writer, any number of short-lived readers.

`open_ledger` looks before it touches: everything it refuses, it refuses without changing a byte. A save is one
`BEGIN IMMEDIATE … COMMIT` on the single writer connection with `synchronous=FULL`, so what was acknowledged
survives a power cut. An error from COMMIT means *unknown*: the connection is replaced and the caller looks again.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Literal

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

from desktop.model.errors import Said
from desktop.model.language import _
from desktop.store import mark
from desktop.store.ballast import lay_ballast, release_ballast
from desktop.store.cipher import APPLICATION_ID, BUSY_MS, DriverConnection, connect, damaged_pages, prepare_reader, prepare_writer
from desktop.store.disk import DiskFull, said, sync_folder
from desktop.store.folder import mounts_here, why_not_here
from desktop.store.lock import FolderLock
from desktop.store.opening import look
from desktop.store.swap import finish_swap
from desktop.store.troubles import (
    LEDGER,
    READONLY,
    BadPlace,
    Busy,
    LedgerExists,
    commit_unknown,
    damaged,
    no_ledger,
    said_by_sqlite,
)

log = logging.getLogger(__name__)
READERS, MORE_READERS = 4, 12

Build = Callable[[Connection], None]


class Ledger:
    """账本: the open file. `write()` and `read()` give SQLAlchemy connections; `close()` leaves one tidy file behind."""

    def __init__(self, folder: Path, raw_key: bytes, version: int, lock: FolderLock, *, busy_ms: int = BUSY_MS) -> None:
        self.folder, self.path, self.version, self.raw_key = folder, folder / LEDGER, version, raw_key
        self.warnings: list[str] = []
        self._lock, self._busy_ms = lock, busy_ms
        self._turn = threading.RLock()
        self._writing = self._marked = self._closed = False
        self._writer = engine_of(self._writer_connection, "BEGIN IMMEDIATE")
        self._readers = engine_of(self._reader_connection, "BEGIN", size=READERS, more=MORE_READERS)

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Everything done to the connection inside is saved when the block ends well, and nothing of it otherwise."""
        with self.still():
            if not self._marked:
                self._mark_sitting()
            with self._transaction() as connection:
                yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One unchanging view of the ledger, while others go on saving. Keep it short: an old view lets the WAL grow."""
        try:
            with self._readers.connect() as connection, connection.begin():
                yield connection
        except DBAPIError as error:
            if _code(error) == READONLY:
                raise  # somebody wrote through a reader: a bug of ours, not the disk
            raise self._told(error) or error from error

    @contextmanager
    def still(self) -> Iterator[None]:
        """Nobody saves while this block runs."""
        with self._turn:
            if self._writing:
                raise RuntimeError("a transaction inside a transaction: one deed is one transaction")
            if self._closed:
                raise RuntimeError("the ledger is closed")
            self._writing = True
            try:
                yield
            finally:
                self._writing = False

    def fold(self) -> None:
        """Everything stands in the main file and nothing in the WAL."""
        with self.still():
            self._checkpoint()

    def check_pages(self) -> None:
        """Every page is what was written, or `Damaged` says how many are not. For after the first paint."""
        with self.still():
            self._checkpoint()  # over a pending WAL SQLCipher raises false alarms
            connection = self._reader_connection()
            try:
                broken = damaged_pages(connection)
            finally:
                connection.close()
        if broken:
            raise damaged(broken)

    def close(self) -> None:
        """The WAL is folded into the file and the lock let go. What cannot be folded in (disk full) stays in the WAL, safe."""
        with self._turn:
            if self._closed:
                return
            self._closed = True
            self._readers.dispose()
            try:
                self._checkpoint()
                if self._marked:
                    mark.Mark(mark.Mark.load(self.folder).tokens).save(self.folder)
            except Said as trouble:
                log.warning("closed with a pending WAL: %s", trouble.what)
            self._writer.dispose()
            self._lock.release()

    def __enter__(self) -> "Ledger":
        return self

    def __exit__(self, *_anything: object) -> None:
        self.close()

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        try:
            connection = self._writer.connect()
        except DBAPIError as error:
            raise self._told(error) or error from error
        try:
            try:
                connection.begin()
                yield connection
            except BaseException as error:
                self._roll_back(connection)
                if isinstance(error, DBAPIError) and (trouble := self._told(error)):
                    raise trouble from error
                raise
            try:
                connection.commit()
            except BaseException as error:
                connection.invalidate()  # whatever cut it short, the next deed must not find itself inside this one
                if not isinstance(error, DBAPIError):
                    raise
                self._told(error)
                raise commit_unknown(error.orig, self.folder) from error
        finally:
            connection.close()

    def _roll_back(self, connection: Connection) -> None:
        try:
            connection.rollback()
        except DBAPIError:
            log.warning("rollback failed; the writer connection is replaced")
            connection.invalidate()

    def _mark_sitting(self) -> None:
        """Before the first save of a sitting: a later crash leaves a WAL that can be told from a stranger's (mark.py)."""
        token = mark.new_token()
        with self.read() as connection:
            before = mark.token_in(connection)
        try:
            mark.Mark((before, token), is_open=True).save(self.folder)
        except DiskFull:
            release_ballast(self.folder)
            raise
        with self._transaction() as connection:
            mark.put_token(connection, token)
        self._marked = True
        if self._checkpoint(how="PASSIVE"):  # else a long report is reading, and both tokens stay good until the next sitting
            mark.Mark((token,), is_open=True).save(self.folder)

    def _checkpoint(self, how: Literal["PASSIVE", "TRUNCATE"] = "TRUNCATE") -> bool:
        """The main file holds everything. TRUNCATE waits for readers, empties the WAL or raises `Busy`; PASSIVE never waits."""
        try:
            with self._writer.connect() as connection:
                driver: DriverConnection = connection.connection.driver_connection
                busy, in_wal, folded = driver.execute(f"PRAGMA wal_checkpoint({how})").fetchone()
        except (DBAPIError, dbapi2.Error) as error:
            raise self._told(error) or error from error
        if busy and how == "TRUNCATE":
            raise Busy(_("账本正被读取，暂时整理不了"), record=LEDGER, todo=_("等报表出完再试"))
        return not busy and in_wal == folded

    def _told(self, error: BaseException) -> Said | None:
        """The sentence for an error; a full disk gets the ballast thrown off, so that there is room to tidy up and leave."""
        trouble = said_by_sqlite(error.orig if isinstance(error, DBAPIError) else error, self.folder)
        if isinstance(trouble, DiskFull):
            release_ballast(self.folder)
        return trouble

    def _writer_connection(self) -> DriverConnection:
        connection = connect(self.path, self.raw_key, busy_ms=self._busy_ms)
        prepare_writer(connection)
        return connection

    def _reader_connection(self) -> DriverConnection:
        connection = connect(self.path, self.raw_key, busy_ms=self._busy_ms)
        prepare_reader(connection)
        return connection


def create_ledger(folder: Path, raw_key: bytes, build: Build, version: int, *, removable_agreed: bool = False) -> Ledger:
    """A new, empty ledger of this schema version stands in `folder` and is open. Half a ledger is never left."""
    _refuse_bad_place(folder, removable_agreed)
    with said(folder):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = FolderLock(folder)
    path = folder / LEDGER
    part = folder / f"{LEDGER}.part"
    try:
        finish_swap(folder)
        if path.exists():
            raise LedgerExists(_("这个文件夹里已经有账本"), record=LEDGER, todo=_("直接打开它，或换一个空文件夹"))
        with said(part):
            part.touch(mode=0o600)
        _build(part, raw_key, build, version)
        with said(path):
            part.rename(path)
            sync_folder(folder)
        lay_ballast(folder)
        return Ledger(folder, raw_key, version, lock)
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        lock.release()
        raise


def open_ledger(
    folder: Path,
    raw_key: bytes,
    *,
    version: int,
    names: frozenset[str] | None = None,
    removable_agreed: bool = False,
    busy_ms: int = BUSY_MS,
) -> Ledger:
    """The ledger in `folder`, if it is whole, of this schema version and holds only objects of these `names` (None: unchecked).

    Raises what `troubles` lists; then nothing in the file has changed and nobody holds the lock.
    """
    _refuse_bad_place(folder, removable_agreed)
    if not folder.is_dir():
        raise no_ledger()
    lock = FolderLock(folder)
    try:
        finish_swap(folder)
        look(folder, raw_key, version=version, names=names)
        mark.refuse_stale_wal(folder, raw_key)
    except BaseException:
        lock.release()
        raise
    ledger = Ledger(folder, raw_key, version, lock, busy_ms=busy_ms)
    try:
        if mark.wal_was_left_behind(folder):
            ledger.warnings.append(_("上次没有正常关闭，而 ledger.db-wal 不见了：最后几次保存可能丢失，请核对"))
        if mark.wal_is_pending(folder):
            with suppress(Busy, DiskFull):  # it can wait: what a crash left in the WAL is read from there
                ledger.fold()
        lay_ballast(folder)
    except BaseException:
        ledger.close()
        raise
    return ledger


def _build(part: Path, raw_key: bytes, build: Build, version: int) -> None:
    """The schema, in one transaction, in a file that has its final pragmas and no WAL yet."""
    engine = engine_of(partial(connect, part, raw_key, "create"), "BEGIN IMMEDIATE")
    try:
        with engine.begin() as connection:
            build(connection)
            connection.exec_driver_sql(mark.DDL)
            connection.exec_driver_sql(f"INSERT INTO {mark.TABLE} VALUES (?)", (mark.new_token(),))
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.exec_driver_sql(f"PRAGMA user_version = {version:d}")
    except DBAPIError as error:
        raise said_by_sqlite(error.orig, part.parent) or error from error
    finally:
        engine.dispose()


def engine_of(creator: Callable[[], DriverConnection], begin: str, *, size: int = 1, more: int = 0) -> Engine:
    """An engine whose transactions start with `begin`; values stay out of error texts, and so out of logs."""
    engine = create_engine(
        "sqlite+pysqlite://",
        module=dbapi2,
        creator=creator,
        poolclass=QueuePool,
        pool_size=size,
        max_overflow=more,
        hide_parameters=True,
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _refuse_bad_place(folder: Path, removable_agreed: bool) -> None:
    where = folder.resolve() if not str(folder).startswith("\\\\") else folder
    if why := why_not_here(where, mounts_here(where), removable_agreed=removable_agreed):
        raise BadPlace(why, record=str(folder), todo=_("换一个本机硬盘上的文件夹"))


def _code(error: DBAPIError) -> int:
    return int(getattr(error.orig, "sqlite_errorcode", 0)) & 0xFF
