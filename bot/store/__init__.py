"""Remembers. SQLAlchemy Core over SQLite by default; one file a noun."""
