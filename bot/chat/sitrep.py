"""Situation reports in chat: read, written into, translated, approved."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.chat.case import Case, Context, Update
from bot.chat.texts.sitrep_translation import ALL
from bot.domain.bilingual import Language
from bot.domain.danger import concerns_writer
from bot.domain.errors import No, RefusalError
from bot.domain.officer import Right
from bot.domain.sitrep import WRITTEN, Begun, Narrative, SitrepKind
from bot.domain.sitrep_message import (
    AskSitrepHeading,
    AskSitrepPeriod,
    SitrepOnItsWay,
    TranslationAside,
    TranslationGoesOn,
)
from bot.domain.sitrep_plan import must_write
from bot.domain.talk import Refused
from bot.services import person, sitrep, sitrep_text, sitrep_translation

DRAFT_TEXT, DRAFT_PERIOD = "sitrep_text", "sitrep_period"
DRAFT_TRANSLATION, DRAFT_MORE = "sitrep_translation", "sitrep_translation_more"
# In the draft of a translation: whether whoever wrote the original spoke of being in danger.
OURS, YES = "ours", "yes"
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
    async with _answerable(case):
        row = await sitrep.must_be(case.tx, case.who, int(await case.asked("sitrep")))
        await sitrep_text.write(case.tx, case.who, row, await case.asked("heading"), text.strip())
        person.answered(case.tx, case.who)
        await sitrep.show(case.tx, case.who, row)


def _language(word: str) -> Language:
    if word not in _LANGUAGES:
        raise RefusalError(No.STALE_BUTTON)
    return _LANGUAGES[word]


def _into(case: Case) -> tuple[Language, str, str]:
    """Return the language of the button, the mark of the passage if it names one, and what it says of that one."""
    into, _, rest = (case.press.word if case.press else "").partition("=")
    mark, _, said = rest.partition("=")
    return _language(into), mark, said


async def translate(update: Update, context: Context) -> None:
    """Show the next narrative that is to be translated; the one on the button was skipped, or is all, or begun anew."""
    case = context.case
    into, mark, said = _into(case)
    if said:
        begun = await sitrep_translation.begun(case.tx, case.who)
        if begun is not None and (begun.sitrep, begun.into, begun.mark) == (case.about, into, mark):
            if said == ALL:
                sitrep_translation.finish(case.tx, case.who, *await sitrep.seen(case.tx, case.who, case.about), begun)
            else:
                sitrep_translation.forget(case.tx, case.who)
        mark = ""
    await _ask_translation(case, case.about, into, mark)


async def _ask_translation(case: Case, which: int, into: Language, after: str = "") -> None:
    # What was begun goes first, wherever it stands: there is room for one.
    if (begun := await sitrep_translation.begun(case.tx, case.who)) is not None:
        try:
            await _go_on(case, begun)
        except RefusalError as refusal:
            case.owe(Refused(refusal.code, refusal.facts))
            sitrep_translation.forget(case.tx, case.who)
        else:
            return
    row, found = await sitrep.seen(case.tx, case.who, which)
    asked = await sitrep_translation.ask(case.tx, case.who, row, found, into, after)
    if asked is None:
        person.answered(case.tx, case.who)
        return
    mark, ours = sitrep_translation.mark_of(asked), _ours(asked)
    person.ask(case.tx, case.who, DRAFT_TRANSLATION, sitrep=str(which), into=into, mark=mark, **{OURS: ours})


def _ours(of: Narrative) -> str:
    return YES if concerns_writer(of.text) else ""


async def _go_on(case: Case, begun: Begun) -> None:
    """Keep what was begun and ask for the rest; raises RefusalError if nobody can have it any more."""
    row, found = await sitrep.seen(case.tx, case.who, begun.sitrep)
    sitrep_translation.begun_of(case.who, row, found, begun)
    sitrep_translation.begin(case.tx, case.who, begun)
    person.ask(case.tx, case.who, DRAFT_MORE, **{OURS: begun.ours})
    case.owe(TranslationGoesOn(row.id, row.number, begun.into, len(begun.text), begun.mark))


async def translated(context: Context, text: str) -> None:
    """Take a translation, and go on with the next; one that may be only begun counts when it is said to be all."""
    case, said = context.case, text.strip()
    async with _answerable(case):
        which, mark = int(await case.asked("sitrep")), await case.asked("mark")
        into = _language(await case.asked("into"))
        row, found = await sitrep.seen(case.tx, case.who, which)
        of = sitrep_translation.wanted(case.who, row, found, into, mark)
        if sitrep_translation.goes_on(of, said):
            await _go_on(case, Begun(which, into, mark, said, _ours(of)))
        else:
            sitrep_translation.translate(case.tx, case.who, row, found, into, mark, said)
            await _ask_translation(case, which, into)


async def added(context: Context, text: str) -> None:
    """Put a text at the end of the translation that was begun."""
    case = context.case
    async with _answerable(case):
        if (begun := await sitrep_translation.begun(case.tx, case.who)) is None:
            raise RefusalError(No.STALE_BUTTON)
        await _go_on(case, sitrep_translation.longer(begun, text.strip()))


async def lay_aside(case: Case) -> bool:
    """Close the question for the rest of a translation and say what becomes of it; return False if none was begun."""
    begun = await sitrep_translation.begun(case.tx, case.who)
    if begun is None or not case.who.may(Right.ACT):
        return False
    row = await sitrep.must_be(case.tx, case.who, begun.sitrep)
    person.answered(case.tx, case.who)
    case.owe(TranslationAside(row.id, row.number, len(begun.text)))
    return True


@asynccontextmanager
async def _answerable(case: Case) -> AsyncIterator[None]:
    """Keep what was typed; what is too long is asked again, anything else can never be answered any more."""
    try:
        yield
    except RefusalError as refusal:
        if refusal.code is No.TOO_LONG:
            raise
        case.owe(Refused(refusal.code, refusal.facts))
        person.answered(case.tx, case.who)


async def confirm(update: Update, context: Context) -> None:
    """Let the reader stand for a machine's draft, and go on with the next."""
    case = context.case
    into, mark, _ = _into(case)
    row, found = await sitrep.seen(case.tx, case.who, case.about)
    sitrep_translation.confirm(case.tx, case.who, row, found, into, mark)
    await _ask_translation(case, case.about, into)


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
