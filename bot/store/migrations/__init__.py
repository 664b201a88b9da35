"""How the tables came to be: one file a change, in order. Run by `bot/store/schema.py`; there is no alembic.ini."""
