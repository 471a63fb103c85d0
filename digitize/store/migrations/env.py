"""Alembic runs this; `digitize.store.database.migrate` hands the connection over."""

from alembic import context

from digitize.store.tables import METADATA

connection = context.config.attributes.get("connection")
if connection is None:  # only printing the SQL of the dialect asked for
    context.configure(
        dialect_name=context.config.get_main_option("dialect") or "sqlite", target_metadata=METADATA, literal_binds=True
    )
else:
    context.configure(
        connection=connection, target_metadata=METADATA, render_as_batch=True, transactional_ddl=True, compare_type=True
    )
with context.begin_transaction():
    context.run_migrations()
