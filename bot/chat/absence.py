"""Absences in chat: a form of three questions, and the confirmation."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.chat.case import Case, Context, Update
from bot.domain.absence import AbsenceKind, AskReturn, AskStart
from bot.domain.errors import No, RefusalError
from bot.domain.moment import Towards, read
from bot.services import absence, person

DRAFT_START, DRAFT_RETURN = "absence_start", "absence_return"
BACK_AT = 8  # o'clock at the post: when a return chosen by days falls due


def _morning(case: Case, days: int) -> datetime:
    local = case.tx.now.astimezone(ZoneInfo(case.who.timezone)) + timedelta(days=days)
    return local.replace(hour=BACK_AT, minute=0, second=0, microsecond=0).astimezone(UTC)


def _typed(case: Case, text: str) -> datetime:
    """Read a local date and time of the post as people type it; a date alone means 8 o'clock."""
    try:
        return read(text, case.sent_at, case.who.timezone, Towards.FUTURE, date_alone_hour=BACK_AT)
    except RefusalError:
        raise RefusalError(No.BAD_DATE) from None


async def command(update: Update, context: Context) -> None:
    """Show the absence that stands, or begin the form."""
    await absence.open_form(context.case.tx, context.case.who)


async def kind(update: Update, context: Context) -> None:
    """Take the kind, ask for the start."""
    case = context.case
    _ask_start(case, case.word(AbsenceKind))


def _ask_start(case: Case, what: AbsenceKind) -> None:
    person.ask(case.tx, case.who, DRAFT_START, absence=what.value)
    case.owe(AskStart(what))


def _ask_return(case: Case, what: str, starts_at: datetime) -> None:
    person.ask(case.tx, case.who, DRAFT_RETURN, absence=what, starts_at=starts_at.isoformat())
    case.owe(AskReturn(AbsenceKind(what), starts_at))


async def start(update: Update, context: Context) -> None:
    """Take the start by its button."""
    case = context.case
    word = case.press.word if case.press else ""
    starts_at = case.tx.now if word == "now" else _morning(case, 1)
    _ask_return(case, await case.asked("absence"), starts_at)


async def start_typed(context: Context, text: str) -> None:
    """Take the start as typed."""
    case = context.case
    starts_at = _typed(case, text)
    if starts_at < case.tx.now - timedelta(days=1):
        raise RefusalError(No.OLD_TIME)
    _ask_return(case, await case.asked("absence"), starts_at)


async def back(update: Update, context: Context) -> None:
    """Take the return by its button: so many days after the start, in the morning."""
    case = context.case
    starts_at = datetime.fromisoformat(await case.asked("starts_at"))
    days = int((case.press.word if case.press else "1d").removesuffix("d"))
    local = (starts_at.astimezone(ZoneInfo(case.who.timezone)) + timedelta(days=days)).replace(
        hour=BACK_AT, minute=0, second=0, microsecond=0
    )
    await _ask(case, starts_at, local.astimezone(UTC))


async def back_typed(context: Context, text: str) -> None:
    """Take the return as typed."""
    case = context.case
    ends_at = _typed(case, text)
    await _ask(case, datetime.fromisoformat(await case.asked("starts_at")), ends_at)


async def _ask(case: Case, starts_at: datetime, ends_at: datetime) -> None:
    what = AbsenceKind(await case.asked("absence"))
    person.answered(case.tx, case.who)
    await absence.ask(case.tx, case.who, what, starts_at, ends_at)


async def confirm(update: Update, context: Context) -> None:
    """Confirm an absence that somebody asked for."""
    await absence.confirm(context.case.tx, context.case.who, context.case.about)


async def refuse(update: Update, context: Context) -> None:
    """Refuse an absence."""
    await absence.refuse(context.case.tx, context.case.who, context.case.about)


async def end(update: Update, context: Context) -> None:
    """Come back early, or withdraw the request."""
    await absence.end(context.case.tx, context.case.who, context.case.about)
