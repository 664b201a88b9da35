"""What Vigie says, looked up in the shipped catalogues, so that these tests ask for the meaning and the language."""

from typing import Any

from bot.chat.texts.refusal import REFUSALS
from bot.domain.errors import No
from bot.i18n.catalogue import Catalogues
from bot.i18n.markup import without_tags
from tests.kit import Scene, last_id, texts

CATALOGUES = Catalogues.load()
BOTH = (("willis", "en"), ("lacroix", "fr"))
TONGUES = {"en": "English", "fr": "Français"}


def plain(text: str) -> str:
    """Return a text with its non-breaking spaces made plain."""
    return text.replace("\xa0", " ")


def said(language: str, msgid: str) -> str:
    """Return a text of the catalogue as it stands on the screen."""
    return plain(without_tags(CATALOGUES[language].gettext(msgid)))


def label(language: str, text: str, context: str = "button") -> str:
    """Return the text of a button."""
    return str(CATALOGUES[language].pgettext(context, text))


def line(language: str, code: No) -> str:
    """Return the one clear line of a refusal."""
    return said(language, REFUSALS[code])


def both(msgid: str) -> str:
    """Return a text in both languages, English first."""
    return f"{said('en', msgid)}\n{said('fr', msgid)}"


STRANGER = both("This line is for enrolled personnel only.")


def buttons(message: Any) -> list[list[str]]:
    """Return the texts of the buttons under a message, row by row."""
    return [[one.text for one in row] for row in message.inline]


async def ask(scene: Scene, phone: Any, text: str) -> list[str]:
    """Send a text and return all that the bot answers this phone."""
    mark = last_id(phone)
    await phone.send(text)
    await scene.settle()
    return texts(phone, mark)


async def press(scene: Scene, phone: Any, button: str, message: Any = None) -> list[str]:
    """Press a button and return what the bot then writes to this phone."""
    mark = last_id(phone)
    await phone.press(button, message)
    await scene.settle()
    return texts(phone, mark)


async def forge(scene: Scene, phone: Any, data: str) -> tuple[str, list[str]]:
    """Press with any data on the newest message, as an altered client can; return the pop-up and what is written."""
    mark = last_id(phone)
    phone._query(phone.last, data)
    await scene.settle()
    return plain(phone.popups[-1].text) if phone.popups else "", texts(phone, mark)


async def admit(scene: Scene, code: str, telegram_id: int, language: str) -> Any:
    """Enrol an officer on the phone with this number and return the phone."""
    phone = scene.telegram.phone(telegram_id, first_name=code.title(), language_code=language)
    await phone.start(payload=await scene.invite(code))
    await scene.settle()
    await phone.press(TONGUES[language])
    await scene.settle()
    return phone


RECORD = ("officer", "duty", "checkin", "alert", "absence", "draft", "invite", "audit", "stranger", "agenda")


async def record(scene: Scene) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row that is a fact, and none that is a message: what a refusal must leave as it is."""
    return {table: [tuple(row) for row in await scene.rows(f"select * from {table}")] for table in RECORD}
