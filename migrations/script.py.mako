"""${message}

Revision ${up_revision}, after ${down_revision | comma,n}.
"""

import sqlalchemy as sa
from alembic import op
${imports if imports else ""}
revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None

# A revision that adds, drops or moves rows promises the new counts; others leave this out.
# def expected_rows(before: dict[str, int]) -> dict[str, int]:
#     return {"table": before["table"] + 1}


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    raise NotImplementedError("the old file is kept beside the new one; there is no way back but that")
