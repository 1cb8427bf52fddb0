"""How Alembic runs here: only inside `desktop.store.migrate`, on a copy, in the transaction that is already open.

There is no alembic.ini: an encrypted ledger cannot be reached by an address.
"""

from alembic import context

connection = context.config.attributes.get("connection")
if connection is None:
    raise RuntimeError("migrations run through desktop.store.migrate, which brings the open connection")

context.configure(
    connection=connection,
    target_metadata=context.config.attributes.get("metadata"),
    render_as_batch=True,  # SQLite rebuilds a table to change a column
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
