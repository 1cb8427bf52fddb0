"""Rows into a table by the driver itself: the layer above looks at every value of every row, and a person alone has twenty rows.

Only for plain values; SQLAlchemy still tells the errors and owns the transaction.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Table


def add_rows(conn: Connection, table: Table, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """These rows are in the table, their values in the order of `columns`; nothing for none."""
    if rows:
        conn.exec_driver_sql(_insert(table, tuple(columns)), list(rows))


@lru_cache(maxsize=256)
def _insert(table: Table, columns: tuple[str, ...]) -> str:
    names = ", ".join(f'"{table.c[name].name}"' for name in columns)
    return f'INSERT INTO "{table.name}" ({names}) VALUES ({", ".join("?" * len(columns))})'
