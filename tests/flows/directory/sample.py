"""A directory for the flows: a few contacts of Mali, written as a load writes them."""

import re
from typing import Any

from bot.domain.bilingual import Text
from bot.domain.contact import Category, Contact, Phone, PhoneKind
from bot.services import contact
from tests.kit import ROSTER, Scene, last_id, texts

# The contingent file of the demo without its contacts.
BARE = re.sub(r"\[\[contacts\]\]\n(?:(?!\[\[).*\n?)*", "", ROSTER.read_text(encoding="utf-8"))

HOSPITAL = Contact(
    "mpt-hopital",
    Category.MEDICAL,
    function=Text("Regional hospital", "Hôpital régional"),
    post="MPT",
    phones=(Phone(PhoneKind.DESK, "+22321420123"),),
)
RADIO_ROOM = Contact(
    "mpt-radio",
    Category.MISSION,
    function=Text("Radio room", "Salle radio"),
    post="MPT",
    phones=(Phone(PhoneKind.MOBILE, "+22376001122"), Phone(PhoneKind.RADIO, "Mopti Base")),
)
EMBASSY = Contact(
    "embassy",
    Category.EMBASSY,
    function=Text("Embassy of Canada", "Ambassade du Canada"),
    phones=(Phone(PhoneKind.DESK, "+22344981212"),),
)
POLICE = Contact(
    "bko-police",
    Category.EMERGENCY,
    function=Text("Police of Bamako", "Police de Bamako"),
    post="BKO",
    phones=(Phone(PhoneKind.MOBILE, "17"), Phone(PhoneKind.DESK, "+22320225555")),
)
EVERY = (HOSPITAL, RADIO_ROOM, EMBASSY, POLICE)


async def lay_down(scene: Scene, *contacts: Contact, source: str = "import") -> None:
    """Write contacts."""
    async with scene.app.begin() as tx:
        for one in contacts:
            await contact.keep(tx, one, source)


async def new_texts(scene: Scene, phone: Any, since: int) -> str:
    """Return all that the bot wrote to a phone after message id `since`, as one text."""
    return "\n".join(texts(phone, since))


def marks(scene: Scene, *codes: str) -> dict[str, int]:
    """Return the id of the newest message on each phone."""
    return {code: last_id(scene.phone(code)) for code in codes}
