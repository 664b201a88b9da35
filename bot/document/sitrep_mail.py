"""The e-mail that brings a situation report: short, in its own language; what it says stands in the documents."""

from zoneinfo import ZoneInfo

from bot.document.sitrep_word import TITLES
from bot.domain.sitrep import Sitrep
from bot.i18n.catalogue import Catalogues
from bot.i18n.voice import Voice


def subject(found: Sitrep, catalogues: Catalogues) -> str:
    """Return the subject: number, title and contingent."""
    voice = _voice(found, catalogues)
    return f"{found.number} - {voice.word(*TITLES[found.kind.value])} - {voice.name(found.contingent)}"


def text(found: Sitrep, catalogues: Catalogues) -> str:
    """Return the body: what is enclosed, its period, marking, and who approved it."""
    voice = _voice(found, catalogues)
    by = found.approved_by
    lines = [
        voice.word("sitrep mail", "Please find enclosed {number}.", number=found.number),
        voice.word(
            "sitrep mail", "Period: {since} to {until}", since=voice.dtg(found.since), until=voice.dtg(found.until)
        ),
        voice.word("sitrep mail", "Marking: {marking}", marking=voice.name(found.marking)),
    ]
    if by is not None:
        who = f"{voice.name(by.rank)} {by.name}"
        lines.append(voice.word("sitrep mail", "Approved by: {who}", who=who))
    lines += ["", voice.word("sitrep mail", "Sent by Vigie, which reads no answers."), ""]
    return "\n".join(lines)


def _voice(found: Sitrep, catalogues: Catalogues) -> Voice:
    return Voice(catalogues[found.language], zone=ZoneInfo(found.zone), now=found.as_of)
