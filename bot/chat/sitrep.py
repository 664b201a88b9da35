"""Situation reports in chat: read, written into, translated, approved."""

from collections.abc import Awaitable, Callable

from bot.chat.case import Case, Context, Update
from bot.domain.bilingual import Language
from bot.domain.errors import No, RefusalError
from bot.domain.sitrep import WRITTEN, SitrepKind
from bot.domain.sitrep_message import AskSitrepHeading, AskSitrepPeriod, SitrepOnItsWay
from bot.domain.sitrep_plan import must_write
from bot.domain.talk import Refused
from bot.services import person, sitrep, sitrep_text

DRAFT_TEXT, DRAFT_TRANSLATION, DRAFT_PERIOD = "sitrep_text", "sitrep_translation", "sitrep_period"
_FORMS = ("pdf", "docx")
_LANGUAGES: dict[str, Language] = {"en": "en", "fr": "fr"}


async def menu(update: Update, context: Context) -> None:
    """Show the newest situation reports."""
    await sitrep.menu(context.case.tx, context.case.who)


async def begin(update: Update, context: Context) -> None:
    """Prepare the one of today so far, of the last seven days, or ask for a period."""
    case = context.case
    must_write(case.who)
    kind = case.word(SitrepKind)
    if kind is SitrepKind.SPECIAL:
        person.ask(case.tx, case.who, DRAFT_PERIOD)
        case.owe(AskSitrepPeriod())
        return
    since, until = await sitrep.of_day(case.tx, None, kind)
    row = await sitrep.prepare(case.tx, kind, since, until, case.who.code)
    await sitrep.show(case.tx, case.who, row)


async def period(context: Context, text: str) -> None:
    """Take a typed period and prepare its situation report."""
    case = context.case
    must_write(case.who)
    since, until = await sitrep.typed_period(case.tx, case.who, text)
    row = await sitrep.prepare(case.tx, SitrepKind.SPECIAL, since, until, case.who.code)
    person.answered(case.tx, case.who)
    await sitrep.show(case.tx, case.who, row)


async def card(update: Update, context: Context) -> None:
    """Show a situation report at a glance."""
    case = context.case
    await sitrep.show(case.tx, case.who, await sitrep.must_be(case.tx, case.who, case.about))


async def document(update: Update, context: Context) -> None:
    """Owe the reader a document, in the form and language of the button."""
    case = context.case
    form, _, language = (case.press.word if case.press else "").partition("=")
    if form not in _FORMS or language not in _LANGUAGES:
        raise RefusalError(No.STALE_BUTTON)
    number = await sitrep.ask_document(case.tx, case.who, case.about, form, _LANGUAGES[language])
    case.owe(SitrepOnItsWay(number))


async def write(update: Update, context: Context) -> None:
    """Ask under which heading command wishes to write; with a heading, for the words."""
    case = context.case
    row = await sitrep.must_be(case.tx, case.who, case.about)
    must_write(case.who)
    heading = case.press.word if case.press else ""
    if not heading:
        line = sitrep.line_of(row, await sitrep.zone_of(case.tx))
        case.owe(AskSitrepHeading(line, WRITTEN[row.kind]))
        return
    await sitrep_text.ask(case.tx, case.who, row, heading)
    person.ask(case.tx, case.who, DRAFT_TEXT, sitrep=str(row.id), heading=heading)


async def written(context: Context, text: str) -> None:
    """Take the words under a heading."""
    case = context.case
    row = await sitrep.must_be(case.tx, case.who, int(await case.asked("sitrep")))
    heading = await case.asked("heading")
    if await _kept(case, lambda: sitrep_text.write(case.tx, case.who, row, heading, text.strip())):
        person.answered(case.tx, case.who)
        await sitrep.show(case.tx, case.who, row)


async def translate(update: Update, context: Context) -> None:
    """Show the next narrative that is to be translated; the one on the button was skipped."""
    case = context.case
    await _ask_translation(case, case.about, case.press.word if case.press else "")


async def _ask_translation(case: Case, which: int, after: str) -> None:
    row = await sitrep.must_be(case.tx, case.who, which)
    found = await sitrep.whole(case.tx, row, only=sitrep.scope_of(case.who))
    mark = await sitrep_text.ask_translation(case.tx, case.who, row, found, after or None)
    if mark is None:
        person.answered(case.tx, case.who)
    else:
        person.ask(case.tx, case.who, DRAFT_TRANSLATION, sitrep=str(which), mark=mark)


async def translated(context: Context, text: str) -> None:
    """Take a translation, and go on with the next."""
    case = context.case
    which, mark = int(await case.asked("sitrep")), await case.asked("mark")
    row = await sitrep.must_be(case.tx, case.who, which)
    found = await sitrep.whole(case.tx, row, only=sitrep.scope_of(case.who))
    if await _kept(case, lambda: sitrep_text.translate(case.tx, case.who, row, found, mark, text.strip())):
        await _ask_translation(case, which, "")


async def _kept(case: Case, keep: Callable[[], Awaitable[None]]) -> bool:
    """Keep what was typed; what is too long is asked again, anything else can never be answered any more."""
    try:
        await keep()
    except RefusalError as refusal:
        if refusal.code is No.TOO_LONG:
            raise
        case.owe(Refused(refusal.code, refusal.facts))
        person.answered(case.tx, case.who)
        return False
    return True


async def confirm(update: Update, context: Context) -> None:
    """Let the reader stand for a machine's draft, and go on with the next."""
    case = context.case
    row = await sitrep.must_be(case.tx, case.who, case.about)
    found = await sitrep.whole(case.tx, row, only=sitrep.scope_of(case.who))
    await sitrep_text.confirm(case.tx, case.who, row, found, case.press.word if case.press else "")
    await _ask_translation(case, case.about, "")


async def approve(update: Update, context: Context) -> None:
    """Ask once more; on yes, approve."""
    case = context.case
    if case.press is not None and case.press.word:
        try:
            await sitrep.approve(case.tx, case.who, case.about, case.press.word)
        except RefusalError as refusal:
            if refusal.code is not No.SITREP_CHANGED:
                raise
            case.owe(Refused(refusal.code, refusal.facts))
            await sitrep.ask_approval(case.tx, case.who, case.about)
    else:
        await sitrep.ask_approval(case.tx, case.who, case.about)
