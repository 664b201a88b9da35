"""What can be pressed and typed at any time: the reply keyboard and the menu of commands."""

from dataclasses import dataclass
from functools import cache

from bot.chat.keyboard import Menu
from bot.domain.bilingual import LANGUAGES, Language
from bot.domain.fold import fold
from bot.domain.officer import RIGHTS, Right, Role
from bot.i18n.catalogue import Catalogue, Catalogues
from bot.i18n.mark import W_
from bot.i18n.voice import Voice

SAFE = W_("menu", "✅ I am safe")
SOS = W_("menu", "🆘 SOS")
ASSIST = W_("menu", "🤝 I need assistance")
STATUS = W_("menu", "📋 Status")
ALERTS = W_("menu", "🔔 Alerts")
REPORT = W_("menu", "📝 Report")
CONTACTS = W_("menu", "📇 Contacts")
HELP = W_("menu", "/help")

_INTENTS = {
    "checkin": SAFE,
    "sos": SOS,
    "assist": ASSIST,
    "status": STATUS,
    "alerts": ALERTS,
    "report": REPORT,
    "contact": CONTACTS,
}
# The row of those who answer for others.
_COMMAND = ((Right.STATUS, STATUS), (Right.ACT, ALERTS))


@dataclass(frozen=True)
class Command:
    """A command by both its names; `right` nothing: everybody who is enrolled."""

    en: str
    fr: str
    what: tuple[str, str]
    right: Right | None = None
    to_strangers: bool = False

    def __getitem__(self, language: Language) -> str:
        return self.en if language == "en" else self.fr


COMMANDS = (
    Command("checkin", "pointage", W_("command", "Check in: I am safe"), Right.CHECK_IN),
    Command("sos", "sos", W_("command", "In danger: tell everyone"), Right.CHECK_IN),
    Command("assist", "assistance", W_("command", "Ask for assistance"), Right.CHECK_IN),
    Command("report", "rapport", W_("command", "Write or read a report"), Right.CHECK_IN),
    Command("contact", "repertoire", W_("command", "Whom to call, and the number"), Right.CHECK_IN),
    Command("leave", "conge", W_("command", "Leave, sickness, travel"), Right.LEAVE),
    Command("status", "etat", W_("command", "Who has answered, who has not"), Right.STATUS),
    Command("alerts", "alertes", W_("command", "Open alerts"), Right.ACT),
    Command("sitrep", "sitrep", W_("command", "Situation reports"), Right.STATUS),
    Command("roster", "effectif", W_("command", "People and their phones"), Right.ROSTER),
    Command("invite", "invitation", W_("command", "Invite somebody"), Right.ROSTER),
    Command("me", "moi", W_("command", "What Vigie holds about me")),
    Command("language", "langue", W_("command", "English or French")),
    Command("privacy", "confidentialite", W_("command", "What is kept, who sees it"), to_strangers=True),
    Command("cancel", "annuler", W_("command", "Close an open question")),
    Command("help", "aide", W_("command", "How to use Vigie")),
    Command("start", "start", W_("command", "Begin"), to_strangers=True),
)


def commands_of(role: Role | None) -> tuple[Command, ...]:
    """Return the commands of a role; without one, what a stranger may type."""
    if role is None:
        return tuple(one for one in COMMANDS if one.to_strangers)
    return tuple(one for one in COMMANDS if one.right is None or one.right in RIGHTS[role])


@cache
def _shipped() -> Catalogues:
    return Catalogues.load()


def commands(role: Role | None, language: Language, catalogues: Catalogues | None = None) -> list[tuple[str, str]]:
    """Return the menu of commands of a role: each one's name in the language, without slash, and what it is for."""
    catalogue = (catalogues or _shipped())[language]
    return [(one[language], catalogue.pgettext(*one.what)) for one in commands_of(role)]


def main_menu(voice: Voice, role: Role | None) -> Menu:
    """Return the reply keyboard of a role. Check-in and SOS come first, where the thumb is used to finding them."""
    rows: list[tuple[str, ...]] = []
    may = RIGHTS[role] if role is not None else frozenset()
    if Right.CHECK_IN in may:
        rows += [(voice.word(*SAFE),), (voice.word(*SOS), voice.word(*ASSIST))]
        rows.append((voice.word(*REPORT), voice.word(*CONTACTS)))
    if others := tuple(voice.word(*label) for right, label in _COMMAND if right in may):
        rows.append(others)
    return Menu(tuple(rows) or ((voice.word(*HELP),),))


def sos_first(voice: Voice, role: Role | None) -> Menu:
    """Return the reply keyboard for a moment of danger: SOS on top, as wide as the screen; nothing is taken away."""
    whole = main_menu(voice, role)
    sos = voice.word(*SOS)
    rest = tuple(left for row in whole.rows if (left := tuple(text for text in row if text != sos)))
    return Menu(((sos,), *rest))


def intent(text: str, catalogues: Catalogues) -> str | None:
    """Return which button of the main menu a text is, in either language, or nothing.

    A phone may change a sign or the spaces, and people type what they read: only the words count.
    """
    return _by_words(catalogues).get(fold(text))


def _by_words(catalogues: Catalogues) -> dict[str, str]:
    every: list[Catalogue] = [catalogues[language] for language in LANGUAGES]
    return {fold(one.pgettext(*label)): what for what, label in _INTENTS.items() for one in every}
