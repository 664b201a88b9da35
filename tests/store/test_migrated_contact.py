"""Contacts of the version before: what each was called is said in both languages, also in what was owed."""

import json
from typing import Any

from alembic import command
from sqlalchemy import Connection, text

from bot.domain.bilingual import Text
from bot.domain.contact_care_message import EmergencyCard
from bot.domain.own_entry import AskOwnField, OwnField
from bot.services import own_entry
from bot.store import contact as contacts
from bot.store import draft as drafts
from bot.store import schema
from bot.store.codec import message_from
from bot.store.engine import Store
from tests.store.test_schema import _people

NURSE = {
    "code": "nurse", "category": "medical", "name": "Awa Touré", "rank": None, "function": None, "organisation": None,
    "post": "BKO", "place": None, "phones": [{"kind": "mobile", "number": "+22370000101", "extension": None}],
    "email": None, "languages": ["fr"], "hours": None, "pace": None, "roles": ["officer"], "valid_until": None,
    "verified_on": None, "officer": None,
}  # fmt: skip
VIEW = {"contact": NURSE, "post": {"en": "Bamako", "fr": "Bamako"}, "zone": "Africa/Bamako", "on_duty": None}
CARD = {"post": {"en": "Bamako", "fr": "Bamako"}, "urgent": [VIEW], "on": "2026-11-23"}


def _owe(conn: Connection, number: int, kind: str, facts: dict[str, Any]) -> None:
    conn.exec_driver_sql(
        "INSERT INTO outbox (id, officer, kind, facts, priority, owed_at, not_before, state)"
        " VALUES (?, 'willis', ?, ?, 1, 0, 0, 'owed')",
        (number, kind, json.dumps(facts)),
    )


async def test_a_name_given_once_is_used_in_both_languages(bare: Store) -> None:
    def before(conn: Connection) -> None:
        config = schema._config()
        config.attributes["connection"] = conn
        command.upgrade(config, "0008")
        _people(conn)
        for code, name in (("nurse", "Awa Touré"), ("clinic", None)):
            conn.exec_driver_sql(
                "INSERT INTO contact (code, source, category, name, rank, function, phones, languages, roles, words,"
                " changed_at) VALUES (?, 'import', 'medical', ?, 'null', 'null', '[]', '[]', 1, '{}', 1)",
                (code, name),
            )
        _owe(conn, 1, "emergency_card", CARD)
        _owe(conn, 2, "ask_own_function", {"function": None})
        conn.exec_driver_sql("INSERT INTO draft (officer, kind, data, at) VALUES ('willis', 'own_function', '{}', 1)")

    async with bare.engine.connect() as conn, conn.begin():
        await conn.run_sync(before)
    await schema.migrate(bare)
    async with bare.read() as tx:
        assert {one.code: one.name for one in await contacts.every(tx)} == {
            "nurse": Text.once("Awa Touré"),
            "clinic": None,
        }
        owed, asked = await tx.read(text("SELECT kind, facts FROM outbox ORDER BY id"))
        (draft,) = (await drafts.of(tx, ["willis"])).values()
    assert message_from(asked.kind, asked.facts) == AskOwnField(OwnField.FUNCTION)
    assert (draft.kind, draft.data) == (own_entry.DRAFT_FIELD, {"of": "function"})
    message = message_from(owed.kind, owed.facts)
    assert isinstance(message, EmergencyCard)
    assert message.urgent[0].contact.name == Text.once("Awa Touré")
