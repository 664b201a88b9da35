"""A real database file for each test, and a clock that stands still until it is moved."""

import shutil
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.clock import MovableClock
from bot.store import schema
from bot.store.engine import Store, Tx, open_store
from bot.store.tables import mission, officer, post

NOW = datetime(2008, 2, 27, 15, 45, tzinfo=UTC)


# What a later version might do: rebuild a table that others refer to.
_LATER = """
import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{before}"


def upgrade() -> None:
    with op.batch_alter_table("officer") as table:
        table.alter_column("service", existing_type=sa.JSON(), nullable=True)
        table.add_column(sa.Column("shoe_size", sa.Integer))
    {then}
"""


def url(database: Path) -> str:
    return f"sqlite+aiosqlite:///{database}"


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(NOW, held=True)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "vigie.db"


@pytest.fixture
async def bare(database: Path, clock: MovableClock) -> AsyncIterator[Store]:
    """The database without any table."""
    store = open_store(url(database), clock.now, busy_timeout=0.2)
    yield store
    await store.close()


@pytest.fixture
async def store(bare: Store) -> Store:
    await schema.create(bare)
    return bare


def write_officer(tx: Tx, code: str, telegram_id: int) -> None:
    """Write an officer of Bamako whose phone is bound to a Telegram id."""
    both = {"en": code, "fr": code}
    tx.write(_MISSION, {"code": "MINUSMA", "name": both})
    tx.write(_POST, {"code": "BKO", "name": both, "timezone": "Africa/Bamako"})
    tx.write(
        _OFFICER,
        {
            "code": code,
            "rank": both,
            "name": code.title(),
            "service": {"en": "RCMP", "fr": "GRC"},
            "mission": "MINUSMA",
            "post": "BKO",
            "role": "officer",
            "language": "fr",
            "telegram_id": telegram_id,
        },
    )


@pytest.fixture
def enrol() -> Callable[[Tx, str, int], None]:
    """Return what writes an officer."""
    return write_officer


_MISSION = mission.insert().prefix_with("OR IGNORE")
_POST = post.insert().prefix_with("OR IGNORE")
_OFFICER = officer.insert()


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str], None]:
    """Make this a later version of Vigie: one that has a migration more."""

    def install(then: str) -> None:
        folder = tmp_path / "migrations"
        shutil.copytree(schema._MIGRATIONS, folder)
        newest = max(path.name.split("_")[0] for path in (folder / "versions").glob("*.py"))
        (folder / "versions" / "9999_later.py").write_text(_LATER.format(before=newest, then=then))
        monkeypatch.setattr(schema, "_MIGRATIONS", folder)

    return install
