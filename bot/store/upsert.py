"""`INSERT … ON CONFLICT`, said alike to SQLite and PostgreSQL: of the two constructs only this one is read by both."""

from sqlalchemy.dialects.postgresql import insert as upsert

__all__ = ["upsert"]
