"""One snapshot of the ledger as a second file: `VACUUM INTO`, then measured. SQLite leaves an empty file behind
when that fails, and an empty file opens as a valid empty database, so the copy is only believed after it was read
back.
"""

from pathlib import Path

from sqlcipher3 import dbapi2

from desktop.store.cipher import Mode, connect
from desktop.store.disk import PRIVATE, said, sync_file
from desktop.store.troubles import said_by_sqlite


def copy_into(source: Path, target: Path, raw_key: bytes, mode: Mode = "read") -> None:
    """`target` holds what `source` holds, without holes, readable by its owner only, on the disk; or it is not there."""
    try:
        with said(target):
            target.unlink(missing_ok=True)
            target.touch(mode=PRIVATE)
        connection = connect(source, raw_key, mode)
        try:
            connection.execute("VACUUM INTO ?", (str(target.absolute()),))
        finally:
            connection.close()
        with said(target):
            sync_file(target)
    except BaseException as error:
        target.unlink(missing_ok=True)
        if isinstance(error, dbapi2.Error) and (trouble := said_by_sqlite(error, target.parent, name=target.name)):
            raise trouble from error
        raise
