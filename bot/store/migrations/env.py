"""What Alembic runs: the migrations, on the connection and in the transaction that `bot/store/schema.py` opened."""

from alembic import context

from bot.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    # SQLite alters few things in place: a later migration changes a table by copying it.
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
