"""Next of kin in chat: three questions for the officer, one button for commander and deputy."""

from bot.chat.case import Context, Update
from bot.chat.contact import shown
from bot.domain.next_of_kin import KinStep
from bot.services import dossier, next_of_kin, picture

DRAFT = next_of_kin.DRAFT


async def own(update: Update, context: Context) -> None:
    """Show what the officer has laid down."""
    context.case.owe(await next_of_kin.own(context.case.tx, context.case.who))


async def ask(update: Update, context: Context) -> None:
    """Ask the first question."""
    context.case.owe(await next_of_kin.ask(context.case.tx, context.case.who))


async def answer(context: Context, text: str) -> None:
    """Take an answer, ask the next question."""
    case = context.case
    step = KinStep(await case.asked("step"))
    draft = (await dossier.of(case.tx, case.who)).draft
    known = {name: str(value) for name, value in draft.data.items() if name != "step"} if draft is not None else {}
    case.owe(await next_of_kin.answer(case.tx, case.who, step, known, text))


async def delete(update: Update, context: Context) -> None:
    """Delete it; what the pressed message says goes with it."""
    case = context.case
    await picture.show_in_place(case.tx, case.who, await next_of_kin.delete(case.tx, case.who), shown(update))


async def read(update: Update, context: Context) -> None:
    """Show the next of kin of an officer to commander or deputy."""
    case = context.case
    case.owe(await next_of_kin.read(case.tx, case.who, case.code))
