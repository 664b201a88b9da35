"""Every button of every report fits the 64 bytes that Telegram takes, with the longest ids and codes there can be."""

from hypothesis import given
from hypothesis import strategies as st

from bot.chat import texts
from bot.chat.keyboard import Inline
from bot.chat.press import Seal
from bot.chat.texts import Reader
from bot.domain import form as forms
from bot.domain.bilingual import Text
from bot.domain.form import TURNS_MAX, YES
from bot.domain.message import Message
from bot.domain.officer import Role
from bot.domain.post import Post
from bot.domain.report import ReportState
from bot.domain.report_form import FORMS
from bot.domain.report_menu import AskDiscard, ReportDiscarded, ReportMenu, ReportPaused
from bot.domain.report_message import (
    AskReport,
    FlashNews,
    Proposal,
    ReportCard,
    ReportList,
    ReportMend,
    ReportNew,
    ReportPreview,
    ReportReceipt,
    ReportReturned,
    ReportRow,
    ReportView,
    ReviewAnswered,
)
from bot.domain.report_part import parts_of
from bot.i18n.catalogue import Catalogues
from tests.chat import sample
from tests.chat.report_sample import AT, WHO, an_answer, filled

CATALOGUES = Catalogues.load()
READER = Reader("en", "UTC", Role.COMMANDER, "f", sample.at(9), "x")
USER = 2**52 - 1
SEAL = Seal("token")
LONGEST = 2**63 - 1
CODES = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-", min_size=1, max_size=16)
VERSION = 999


def every_step(code: str) -> list[forms.Step]:
    """Return every question that a form can ask: all turns, and whatever depends on an answer."""
    form = FORMS[code]
    answers = filled(code) | {f"{one.code}.{turn}.more": YES for one in form.sections for turn in range(TURNS_MAX)}
    answers |= {
        f"{one.code}.{turn}.{q.code}": "x" for one in form.sections for turn in range(TURNS_MAX) for q in one.questions
    }
    return list(forms.steps(form, answers, frozenset()))


def questions(posts: list[Post]) -> list[Message]:
    offered = tuple((one.button_code, Text("x", "x")) for one in posts)
    links = tuple((f"{'M' * 16}-2026-{number}", AT) for number in (10**6 - 1, 42))
    periods = tuple(Proposal(what, AT, AT) for what in ("since_last", "24h", "12h"))
    return [
        AskReport(
            LONGEST, code, step.key, 2, 9, complete=True, answer=answer, posts=offered, proposals=periods, links=links
        )
        for code in FORMS
        for step in every_step(code)
        for answer in (None, an_answer(step))
    ]


def others(which: int = LONGEST) -> list[Message]:
    found: list[Message] = [
        ReportMenu(which, "investigation", 9, 9, True, ("daily",)),
        ReportMenu(None, None, 9, 9, True),
        ReportPaused(which, "daily"),
        ReportDiscarded((which, "daily")),
        AskDiscard(which, "daily"),
        ReportReceipt("N", "flash", VERSION, AT, which, 1, flash=True, waits=(which, "daily")),
        ReportNew(which, "N", "daily", VERSION, WHO),
        ReportReturned(which, "N", "daily", WHO, "x"),
        ReviewAnswered(which, "N", "daily", WHO, "x", "y"),
    ]
    row = ReportRow(which, "A-B-2026-0001", "daily", ReportState.SUBMITTED, WHO, AT, AT, VERSION)
    found += [ReportList((row,), page, 10**6, inbox) for page in (0, 10**6 - 1) for inbox in (False, True)]
    for code in FORMS:
        view = ReportView(
            which, "N", code, VERSION, ReportState.SUBMITTED, WHO, filled(code), (), "en", AT, AT, AT, AT, question="x"
        )
        found += [ReportCard(view, True, True), FlashNews(view)]
        found += [ReportPreview(which, code, filled(code), (), (), (), None)]
        found += [ReportMend(which, code, tuple(step.key for step in every_step(code)))]
        found += parts_of(which, FORMS[code], filled(code), (), "N", VERSION)
    return found


def check(message: Message) -> int:
    """Check the buttons of a message; return how long the longest is."""
    keyboard = texts.render(message, READER, CATALOGUES).keyboard
    presses = [one.press for row in keyboard.rows for one in row] if isinstance(keyboard, Inline) else []
    for press in presses:
        assert SEAL.read(SEAL.data(press, USER), USER) == press
    return max((len(SEAL.data(press, USER).encode()) for press in presses), default=0)


def test_every_button_of_every_question_and_message() -> None:
    posts = [Post(code * 16, Text("x", "x"), "UTC") for code in "ABCDEFGHIJKL"]
    lengths = [check(message) for message in (*questions(posts), *others())]
    assert max(lengths) <= 64
    assert max(lengths) > 55, "the longest is among them"


@given(st.integers(1, LONGEST), st.lists(CODES, min_size=12, max_size=12, unique=True))
def test_whatever_the_posts_are_called(which: int, codes: list[str]) -> None:
    posts = [Post(code, Text("x", "x"), "UTC") for code in codes]
    assert len({one.button_code for one in posts}) == len(posts), "each stands for one post"
    offered = tuple((one.button_code, one.name) for one in posts)
    assert check(AskReport(which, "daily", f"activities.{TURNS_MAX - 1}.place", 2, 9, posts=offered)) <= 64


def test_a_list_shows_year_and_number_also_where_the_contingents_code_has_a_hyphen() -> None:
    row = ReportRow(LONGEST, "CA-MLI-2026-0042", "daily", ReportState.SUBMITTED, WHO, AT, AT, 1)
    for inbox in (True, False):
        keyboard = texts.render(ReportList((row,), 0, 1, inbox), READER, CATALOGUES).keyboard
        assert isinstance(keyboard, Inline)
        assert keyboard.rows[0][0].text.startswith("📨 2026-0042 · ")
