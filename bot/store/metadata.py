"""What all tables share: names of constraints, references, indexes of some rows."""

from typing import Any

from sqlalchemy import ForeignKey, Index, MetaData, text

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def ref(target: str, **options: Any) -> ForeignKey:
    """Return a reference to a column, such as `officer.code`."""
    # Checked at commit: a batch writes its rows table by table, not in the order in which they were decided.
    return ForeignKey(target, deferrable=True, initially="DEFERRED", **options)


def index_where(name: str, where: str, *columns: str, unique: bool = False) -> Index:
    """Return an index of the rows for which the SQL condition `where` holds."""
    # Only the rows that still matter are in it: the sweep's and the courier's queries do not grow with the years.
    return Index(name, *columns, unique=unique, sqlite_where=text(where), postgresql_where=text(where))
