"""Words that may mean danger, wherever they stand: in a text, a caption, a correction, after a command."""

from bot.chat.case import Case
from bot.domain.alert import AlertKind
from bot.domain.checkin import DangerOffer
from bot.domain.danger import concerns_writer, cries_for_help, sounds_like_danger
from bot.domain.officer import Right
from bot.services import dossier, person, sos


async def take_up(case: Case, said: str, *, kept: bool = False, checkin: bool = False) -> bool:
    """Take up words of danger; return False, having done nothing, if there are none.

    Who waits for help has them passed on, unless they are `kept` as an answer already; whoever has not pressed SOS is
    offered it at once. `checkin`: they came with a check-in, which is then not recorded.
    """
    if not sounds_like_danger(said):
        return False
    file = await dossier.of(case.tx, case.who)
    helped = {one.kind for one in file.alerts} - {AlertKind.OVERDUE}
    if not kept:
        await sos.detail(case.tx, case.who, text=said)
    if AlertKind.DISTRESS not in helped or checkin:
        may_sos = case.who.may(Right.CHECK_IN) and AlertKind.DISTRESS not in helped
        case.owe(DangerOffer(await person.duty_phone(case.tx), checkin, may_sos, open=bool(helped)))
    return True


async def tells_of_others(case: Case, said: str, *, ours: bool = False) -> bool:
    """Return whether words that are kept as part of a report tell of others' danger, so that no SOS is offered.

    Never of somebody who waits for help. `ours`: they translate words of somebody in need, who is not this one.
    """
    if {one.kind for one in (await dossier.of(case.tx, case.who)).alerts} - {AlertKind.OVERDUE}:
        return False
    return not (cries_for_help(said) if ours else concerns_writer(said))
