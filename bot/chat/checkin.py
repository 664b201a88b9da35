"""Check-ins in chat."""

from bot.chat import alert, danger
from bot.chat.case import Context, Update
from bot.domain.checkin import AskDetails, parse_details
from bot.services import checkin, dossier, person

DRAFT = "checkin_details"


def rest(update: Update) -> str:
    """Return what was typed after a command."""
    text = update.message.text if update.message is not None and update.message.text else ""
    return text.partition(" ")[2].strip() if " " in text else text.partition("\n")[2].strip()


async def command(update: Update, context: Context) -> None:
    """Take a check-in by command, with place, remark or an earlier time if they are given."""
    case = context.case
    typed = rest(update)
    if await danger.take_up(case, typed, checkin=True):
        return
    details = parse_details(typed, case.sent_at, case.who.timezone) if typed else None
    await checkin.record(case.tx, case.who, sent_at=case.sent_at, details=details, update_id=case.update_id)


async def plain(context: Context, *, tapped: bool = True) -> None:
    """Take a check-in by one tap, or by a message that says nothing else.

    Typed while the reason for closing an alert was asked for, it may have been meant as that: the receipt says so.
    """
    case = context.case
    draft = (await dossier.of(case.tx, case.who)).draft
    asked = draft is not None and draft.kind == alert.DRAFT and not tapped
    await checkin.record(case.tx, case.who, sent_at=case.sent_at, update_id=case.update_id, note_asked=asked)


async def ask_details(update: Update, context: Context) -> None:
    """Ask for place or remark of the check-in just given."""
    case = context.case
    person.ask(case.tx, case.who, DRAFT)
    case.owe(AskDetails())


async def details(context: Context, text: str) -> None:
    """Take the place or remark that was asked for."""
    case = context.case
    await checkin.add_details(case.tx, case.who, parse_details(text, case.sent_at, case.who.timezone))
    person.answered(case.tx, case.who)
