"""A sample of every message about situation reports."""

from dataclasses import replace

from bot.domain import sitrep_mail as mails
from bot.domain import sitrep_message as sitreps
from bot.domain.bilingual import Text
from bot.domain.message import Message
from bot.domain.piece import cut
from bot.domain.sitrep import WRITTEN, SitrepKind, SitrepState
from bot.services.sitrep_translation import PIECE
from tests.chat.report_sample import AT, ID, LONG, WHO

LINE = sitreps.SitrepLine(
    ID,
    "MLI-SITREP-2026-007",
    SitrepKind.DAILY,
    SitrepState.DRAFT,
    AT.replace(hour=0, minute=0),
    AT.replace(day=24, hour=0, minute=0),
    "Africa/Bamako",
)
WEEK = replace(LINE, kind=SitrepKind.WEEKLY, number="MLI-WEEKLY-2026-003", since=AT.replace(day=17, hour=0, minute=0))
SHIFT = replace(LINE, kind=SitrepKind.SPECIAL, until=AT)
DONE = replace(LINE, state=SitrepState.APPROVED)
FIGURES = tuple(
    (code, number)
    for number, code in enumerate(
        ("strength", "overdue", "reports", "incidents", "reached", "due", "on_time", "late", "missed"), start=999
    )
)
WORDS = tuple((heading, LONG) for heading in WRITTEN[SitrepKind.WEEKLY])
CARD = sitreps.SitrepCard(
    LINE,
    "en",
    FIGURES,
    WORDS[:3],
    (("en", 12), ("fr", 999)),
    1,
    2,
    may_write=True,
    may_translate=True,
    may_approve=True,
)
FIELD = sitreps.PassageSource("MLI-2026-0042", Text("Mopti", "Mopti"), "observations")
TURN = sitreps.PassageSource("MLI-2026-0042", Text("Headquarters", "État-major"), "summary", 7)
HEADING = sitreps.PassageSource(WEEK.number, sitrep=WEEK.kind, heading="ahead", author=WHO)
PART = cut(LONG, PIECE)[0]

EVERY: list[Message] = [
    sitreps.SitrepMenu((), writes=False),
    sitreps.SitrepMenu((LINE, WEEK, SHIFT, DONE), writes=True),
    sitreps.SitrepReady(LINE),
    CARD,
    replace(CARD, line=WEEK, written=WORDS, late=3, changed=1, language="fr", untranslated=(("fr", 1),)),
    sitreps.SitrepCard(DONE, "fr", FIGURES, (), (), 0, 0, approved_by=WHO, approved_at=AT),
    sitreps.AskSitrepHeading(LINE, WRITTEN[SitrepKind.DAILY]),
    sitreps.AskSitrepHeading(WEEK, WRITTEN[SitrepKind.WEEKLY]),
    sitreps.AskSitrepText(LINE.number, LINE.kind, "assessment", None),
    sitreps.AskSitrepText(WEEK.number, WEEK.kind, "ahead", LONG[:4000]),
    sitreps.AskSitrepPeriod(),
    sitreps.SitrepPassage(FIELD, PART, "fr", 1, 2),
    sitreps.SitrepPassage(TURN, "All quiet", "en", 1, 1),
    sitreps.SitrepPassage(HEADING, PART, "en", 2, 2, machine=True),
    sitreps.AskTranslation(ID, LINE.number, "a1b2c3d4e5f6", "en", 3, drafted=True),
    sitreps.AskTranslation(ID, LINE.number, "a1b2c3d4e5f6", "fr", 1, long=True),
    sitreps.TranslationGoesOn(ID, LINE.number, "fr", 1),
    sitreps.TranslationGoesOn(ID, LINE.number, "en", 4096),
    sitreps.TranslationsDone(ID, LINE.number, "en"),
    sitreps.TranslationsDone(ID, LINE.number, "fr", (("en", 1),)),
    sitreps.TranslationsDone(ID, LINE.number, "en", (("fr", 12),)),
    sitreps.AskApproval(LINE, "en", (("en", 2), ("fr", 1)), 1, ("assessment", "comments", "ahead"), "a1b2c3d4"),
    sitreps.AskApproval(LINE, "fr", (("en", 2),), 0, (), "a1b2c3d4"),
    sitreps.AskApproval(LINE, "en", (("fr", 2),), 0, (), "a1b2c3d4"),
    sitreps.AskApproval(WEEK, "en", (), 0, (), "a1b2c3d4"),
    sitreps.SitrepApproved(LINE.number, 1, 0),
    sitreps.SitrepApproved(LINE.number, 3, 2),
    sitreps.SitrepApproved(LINE.number, 3, 0, 1),
    sitreps.SitrepApproved(LINE.number, 3, 0, 2),
    sitreps.SitrepOnItsWay(LINE.number),
    sitreps.SitrepDocument(LINE.number, "0" * 64, "MLI-SITREP-2026-007-en.pdf", draft=True),
    sitreps.SitrepDocument(LINE.number, "0" * 64, "MLI-SITREP-2026-007-fr.docx", draft=False, approved_by=WHO),
    sitreps.MailRefused(LINE.number, "550 no such mailbox <x@example.org>", ("x@example.org", "y@example.org")),
    sitreps.MailRefused(LINE.number, "535 wrong password"),
    *(
        mails.MailWaits(LINE.number, trouble, "452 full <x@example.org>", ("x@example.org",))
        for trouble in mails.MailTrouble
    ),
    mails.MailGone(LINE.number, ("x@example.org", "y@example.org")),
]
