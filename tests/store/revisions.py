"""Revisions that a later version of the program might bring, in a folder whose name has a space, a % and Chinese characters."""

import shutil
from pathlib import Path

from desktop.store.migrate import SCRIPTS

HEAD = """
import sqlalchemy as sa
from alembic import op
revision = {this!r}
down_revision = {before!r}
"""
FIRST = "def upgrade():\n    raise AssertionError('a ledger of version 1 has run this already')\n"
WIDER = """
def upgrade():
    with op.batch_alter_table("household") as batch:
        batch.add_column(sa.Column("floor", sa.Integer))
        batch.alter_column("door", new_column_name="gate")
"""
TOWNS = """
def upgrade():
    op.execute("CREATE TABLE town (id INTEGER PRIMARY KEY, name TEXT) STRICT")
    op.execute("INSERT INTO town (name) VALUES ('凤山街道'), ('城东街道')")

def expected_rows(before):
    return {"town": 2}
"""


def scripts_in(folder: Path, *bodies: str) -> Path:
    """The project's own env.py, and these revisions after the first."""
    scripts = folder / "迁移 50% off"
    (scripts / "versions").mkdir(parents=True)
    for name in ("env.py", "script.py.mako"):
        shutil.copy(SCRIPTS / name, scripts)
    for number, body in enumerate([FIRST, *bodies], start=1):
        before = f"{number - 1:04d}" if number > 1 else None
        text = HEAD.format(this=f"{number:04d}", before=before) + body
        (scripts / "versions" / f"{number:04d}_step.py").write_text(text, "utf-8")
    return scripts
