"""A ledger that is made new and one that grew through the migrations are the same."""

import re
import sqlite3
from pathlib import Path

from sqlalchemy import create_engine

from desktop.store.tables import SCHEMA, build, object_names

VERSIONS = Path(__file__).resolve().parents[2] / "migrations" / "versions"


def plain(sql: str) -> str:
    return re.sub(r"\s+", " ", sql).strip()


def schema(connection: sqlite3.Connection) -> dict[str, str]:
    return {name: plain(sql) for name, sql in connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")}


def made_new() -> dict[str, str]:
    engine = create_engine("sqlite://")
    with engine.connect() as conn:
        build(conn)
        found = schema(conn.connection.driver_connection)
    engine.dispose()
    return found


def grown() -> dict[str, str]:
    from alembic.migration import MigrationContext
    from alembic.operations import Operations
    from alembic.script import ScriptDirectory

    engine = create_engine("sqlite://")
    with engine.connect() as conn, Operations.context(MigrationContext.configure(conn)):
        scripts = ScriptDirectory(str(VERSIONS.parent))
        for revision in reversed(list(scripts.walk_revisions())):
            revision.module.upgrade()
        found = schema(conn.connection.driver_connection)
    engine.dispose()
    return found


def test_a_ledger_that_grew_through_the_migrations_is_like_a_new_one():
    assert grown() == made_new()


def test_the_newest_migration_is_the_schema_that_the_program_writes():
    assert max(int(path.name[:4]) for path in VERSIONS.glob("[0-9]*.py")) == SCHEMA


def test_the_program_knows_every_name_that_stands_in_a_ledger():
    assert set(made_new()) <= object_names()
