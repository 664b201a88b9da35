"""The audit: who did what to whom, when. Codes and instants only, never words that a person wrote."""

from typing import Any

from sqlalchemy import insert

from bot.store.engine import Tx
from bot.store.ids import new_id
from bot.store.tables import audit

_INSERT = insert(audit)

SYSTEM = "vigie"


def note(tx: Tx, actor: str, action: str, subject: str | None = None, **details: Any) -> None:
    """Write one entry; `actor` and `subject` are officer codes, or SYSTEM for Vigie itself."""
    plain = {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in details.items()}
    tx.write(
        _INSERT,
        {
            "id": new_id(tx.now),
            "at": tx.now,
            "actor": actor,
            "action": action,
            "subject": subject,
            "details": plain,
        },
    )
