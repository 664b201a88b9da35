"""Texts about the draft as a whole, and what can be done with reports: go on, begin, lay aside, throw away, read."""

from collections.abc import Sequence

from bot.chat.keyboard import Button, Inline, Press, Verb
from bot.chat.texts.menu import main_menu
from bot.chat.texts.reader import Reader, Rendered
from bot.document.report_word import FORM_NAMES
from bot.domain.report_form import FLASH, OFFERED
from bot.domain.report_menu import AskDiscard, ReportDiscarded, ReportMenu, ReportPaused
from bot.i18n.voice import Html, Voice


def menu(message: ReportMenu, voice: Voice, reader: Reader) -> Rendered:
    """Offer what can be done with reports: the draft first, so that nobody begins twice; a flash at any moment."""
    rows: list[tuple[Button, ...]] = []
    if message.draft is not None and message.draft_form is not None:
        rows.append((go_on(voice, message.draft),))
        rows.append((_begin(voice, FLASH.code),))
        discard = Press(Verb.REPORT_MOVE, str(message.draft), "discard")
        rows.append((Button(voice.word("button", "🗑 Discard the draft"), discard),))
    else:
        silent = voice.word("button", "🟢 Nothing happened: report it")
        rows.append((Button(silent, Press(Verb.REPORT_BEGIN, "", "silent")),))
        rows += [(_begin(voice, form),) for form in OFFERED]
    if message.mine:
        rows.append((Button(voice.word("button", "📁 My reports"), Press(Verb.REPORT_LIST, "0", "mine")),))
    if message.reviews:
        label = voice.word("button", "📥 New reports: {n}", n=message.waiting)
        rows.append((Button(label, Press(Verb.REPORT_LIST, "0", "inbox")),))
    draft = message.draft_form
    return Rendered(
        voice.join(
            voice.say("<b>Reports</b>"),
            voice.say("You are writing one: {form}.", form=voice.word(*FORM_NAMES[draft]))
            if draft is not None
            else voice.say("Which report do you wish to write?"),
            voice.say("Laid aside: {forms}.", forms=_names(voice, message.aside)) if message.aside else None,
        ),
        Inline(tuple(rows)),
    )


def _begin(voice: Voice, form: str) -> Button:
    return Button(voice.word(*FORM_NAMES[form]), Press(Verb.REPORT_BEGIN, "", form))


def _names(voice: Voice, forms: Sequence[str]) -> str:
    return voice.items([voice.word(*FORM_NAMES[form]) for form in forms])


def go_on(voice: Voice, draft: int) -> Button:
    """Return the button with which a draft is taken up again."""
    return Button(voice.word("button", "▶️ Go on with the draft"), Press(Verb.REPORT_MOVE, str(draft), "resume"))


def waiting(voice: Voice, form: str) -> Html:
    """Say that a draft which was laid aside is the next to go on with."""
    return voice.say("Your draft waits: {form}.", form=voice.word(*FORM_NAMES[form]))


def laid_aside(voice: Voice, form: str) -> Html:
    """Say what was laid aside just now: it is not lost."""
    name = voice.word(*FORM_NAMES[form])
    return voice.say("💾 Laid aside: {form}. It is offered again after this report.", form=name)


def paused(message: ReportPaused, voice: Voice, reader: Reader) -> Rendered:
    """Say that the draft waits, and how to go on."""
    return Rendered(
        voice.join(
            voice.say("💾 Kept: {form}. Nothing has been sent.", form=voice.word(*FORM_NAMES[message.form])),
            voice.say("To go on: /report"),
        ),
        main_menu(voice, reader.role),
    )


def ask_discard(message: AskDiscard, voice: Voice, reader: Reader) -> Rendered:
    """Ask once more before a draft is thrown away."""
    yes = Button(voice.word("button", "Yes, discard it"), Press(Verb.REPORT_MOVE, str(message.draft), "discard_yes"))
    keep = Button(voice.word("button", "No, keep it"), Press(Verb.REPORT_MOVE, str(message.draft), "resume"))
    return Rendered(
        voice.say(
            "Discard this draft ({form})? It cannot be brought back.", form=voice.word(*FORM_NAMES[message.form])
        ),
        Inline(((keep,), (yes,))),
    )


def discarded(message: ReportDiscarded, voice: Voice, reader: Reader) -> Rendered:
    """Say that the draft is gone, and offer the one that was laid aside for it."""
    if message.waits is None:
        return Rendered(voice.say("The draft is discarded. To begin anew: /report"), main_menu(voice, reader.role))
    draft, form = message.waits
    return Rendered(
        voice.join(voice.say("The draft is discarded."), waiting(voice, form)), Inline(((go_on(voice, draft),),))
    )
