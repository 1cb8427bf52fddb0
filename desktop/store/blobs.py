"""Attached files inside the ledger, each once by the hash of its content, encrypted with everything else."""

import hashlib

from sqlalchemy import Connection, delete, exists, select
from sqlalchemy.dialects.sqlite import insert

from desktop.model.keeping import Attachment
from desktop.store.tables import blob


def keep(conn: Connection, content: bytes) -> str:
    """The content is here; its SHA-256 in hexadecimal, which names it. What is here already is not written again."""
    name = hashlib.sha256(content).hexdigest()
    conn.execute(insert(blob).values(sha256=name, content=content).on_conflict_do_nothing())
    return name


def content_of(conn: Connection, sha256: str) -> bytes | None:
    """The content of that hash; None when it is not here or is not what its name says."""
    found = conn.execute(select(blob.c.content).where(blob.c.sha256 == sha256)).scalar()
    return found if isinstance(found, bytes) and hashlib.sha256(found).hexdigest() == sha256 else None


def sweep(conn: Connection, sha256: str) -> None:
    """The content is gone when no attachment of any record names it any more."""
    named = Attachment.table()
    conn.execute(delete(blob).where(blob.c.sha256 == sha256, ~exists().where(named.c.sha256 == sha256)))
