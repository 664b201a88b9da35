"""Which handler takes which update."""

from typing import Any

from telegram import Bot, Message, Update
from telegram.ext import (
    Application,
    ApplicationHandlerStop,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    ContextTypes,
    InlineQueryHandler,
    MessageHandler,
    TypeHandler,
    filters,
)

from bot.chat import (
    absence,
    accented,
    alert,
    attachment,
    checkin,
    contact,
    contact_care,
    enrol,
    next_of_kin,
    own_entry,
    picture,
    report,
    sitrep,
    sos,
    talk,
    unknown,
)
from bot.chat.case import Context, Room, Vigie
from bot.chat.keyboard import Verb
from bot.domain.contact_message import InlineAnswer
from bot.domain.danger import sounds_like_danger
from bot.domain.errors import No, RefusalError
from bot.domain.talk import Answer, Done
from bot.services import box
from bot.services import enrol as enrol_service

COMMANDS = {
    ("checkin", "pointage"): checkin.command,
    ("sos",): sos.press,
    ("assist", "assistance"): sos.assist,
    ("report", "rapport"): report.menu,
    ("contact", "repertoire"): contact.command,
    ("sitrep",): sitrep.menu,
    ("leave", "conge"): absence.command,
    ("status", "etat"): picture.status,
    ("alerts", "alertes"): alert.listed,
    ("invite", "invitation"): enrol.invite,
    ("roster", "effectif"): picture.roster,
    ("help", "aide"): talk.help_,
    ("language", "langue"): talk.language,
    ("privacy", "confidentialite"): talk.privacy,
    ("me", "moi"): talk.me,
    ("cancel", "annuler"): talk.cancel,
}

PRESSES = {
    Verb.LANGUAGE: talk.choose_language,
    Verb.TAKE: alert.take,
    Verb.SAFE: alert.ask_how,
    Verb.HOW: alert.verified,
    Verb.NEXT: alert.escalate,
    Verb.CLOSE: alert.ask_reason,
    Verb.REASON: alert.reason,
    Verb.DOUBT: alert.doubt,
    Verb.CONFIRM: alert.confirm,
    Verb.ALERTS: alert.listed,
    Verb.SOS_SEND: sos.confirm,
    Verb.SOS_CANCEL: sos.cancel,
    Verb.DETAILS: checkin.ask_details,
    Verb.ABSENCE_KIND: absence.kind,
    Verb.ABSENCE_START: absence.start,
    Verb.ABSENCE_RETURN: absence.back,
    Verb.ABSENCE_CONFIRM: absence.confirm,
    Verb.ABSENCE_REFUSE: absence.refuse,
    Verb.ABSENCE_END: absence.end,
    Verb.STATUS: picture.status_page,
    Verb.ROSTER: picture.roster_page,
    Verb.CARD: picture.card,
    Verb.INVITE: enrol.invite_pressed,
    Verb.REVOKE: picture.ask_revoke,
    Verb.REVOKE_YES: enrol.revoke,
    Verb.CANCEL: talk.cancel,
    Verb.REPORT_MENU: report.menu,
    Verb.REPORT_BEGIN: report.begin,
    Verb.REPORT_ANSWER: report.answer,
    Verb.REPORT_PLACE: report.place,
    Verb.REPORT_TOGGLE: report.toggle,
    Verb.REPORT_MOVE: report.move,
    Verb.REPORT_MEND: report.mend,
    Verb.REPORT_LIST: report.listed,
    Verb.REPORT_CARD: report.card,
    Verb.REPORT_WHOLE: report.whole,
    Verb.REPORT_CORRECT: report.correct,
    Verb.REPORT_ACCEPT: report.accept,
    Verb.REPORT_RETURN: report.ask_back,
    Verb.REPORT_REPLY: report.reply,
    Verb.SITREP_CARD: sitrep.card,
    Verb.SITREP_NEW: sitrep.begin,
    Verb.SITREP_FILE: sitrep.document,
    Verb.SITREP_WRITE: sitrep.write,
    Verb.SITREP_TRANSLATE: sitrep.translate,
    Verb.SITREP_CONFIRM: sitrep.confirm,
    Verb.SITREP_APPROVE: sitrep.approve,
    Verb.ATTACHMENT_LIST: attachment.listed,
    Verb.ATTACHMENT_REMOVE: attachment.remove,
    Verb.ATTACHMENT_GET: attachment.hand_out,
    Verb.CONTACT_FIND: contact.found,
    Verb.CONTACT_LIST: contact.listed,
    Verb.CONTACT_MENU: contact.back,
    Verb.CONTACT_CARD: contact.card,
    Verb.CONTACT_SHARE: contact.share,
    Verb.CONTACT_WRONG: contact_care.wrong,
    Verb.CONTACT_RIGHT: contact_care.right,
    Verb.CONTACT_CORRECT: contact_care.ask_correction,
    Verb.CONTACT_NUMBER: contact_care.ask_number,
    Verb.CONTACT_NUMBER_OFF: contact_care.take_off,
    Verb.ROUND_RIGHT: contact_care.round_one,
    Verb.ROUND_ALL: contact_care.round_all,
    Verb.ROUND_PAGE: contact_care.round_page,
    Verb.OWN_NUMBERS: own_entry.numbers,
    Verb.OWN_NUMBER_ADD: own_entry.ask_number,
    Verb.OWN_NUMBER_OFF: own_entry.drop_number,
    Verb.OWN_LANGUAGES: own_entry.languages,
    Verb.OWN_SPEAK: own_entry.speak,
    Verb.OWN_UNLEARN: own_entry.unlearn,
    Verb.OWN_FIELD: own_entry.ask_field,
    Verb.OWN_FIELD_OFF: own_entry.take_away,
    Verb.OWN_KIN: next_of_kin.own,
    Verb.KIN_ASK: next_of_kin.ask,
    Verb.KIN_DELETE: next_of_kin.delete,
    Verb.KIN_READ: next_of_kin.read,
}

# What the line at the top of the screen says; nothing where a message follows that says it better.
DONE = {
    Verb.LANGUAGE: Done.LANGUAGE,
    Verb.TAKE: Done.TAKEN,
    Verb.HOW: Done.RECORDED,
    Verb.NEXT: Done.CLIMBED,
    Verb.DOUBT: Done.REOPENED,
    Verb.CONFIRM: Done.RECORDED,
    Verb.ABSENCE_CONFIRM: Done.RECORDED,
    Verb.ABSENCE_REFUSE: Done.RECORDED,
    Verb.ABSENCE_END: Done.RECORDED,
    Verb.STATUS: Done.UP_TO_DATE,
    Verb.ALERTS: Done.UP_TO_DATE,
    Verb.ROSTER: Done.UP_TO_DATE,
    Verb.REVOKE_YES: Done.REVOKED,
    Verb.CANCEL: Done.CANCELLED,
    Verb.CONTACT_WRONG: Done.RECORDED,
    Verb.CONTACT_RIGHT: Done.RECORDED,
    Verb.CONTACT_NUMBER_OFF: Done.RECORDED,
    Verb.ROUND_RIGHT: Done.RECORDED,
    Verb.ROUND_ALL: Done.RECORDED,
    Verb.ROUND_PAGE: Done.UP_TO_DATE,
    Verb.OWN_NUMBER_OFF: Done.RECORDED,
    Verb.OWN_SPEAK: Done.RECORDED,
    Verb.OWN_UNLEARN: Done.RECORDED,
    Verb.OWN_FIELD_OFF: Done.RECORDED,
}

_FILES = filters.PHOTO | filters.Document.ALL | filters.VOICE | filters.AUDIO | filters.VIDEO | filters.VIDEO_NOTE


async def door(update: Update, context: Context) -> None:
    """Let only enrolled officers on tour past; anybody else gets one line, and only /start with a code goes on."""
    case = context.case
    message = update.message
    if update.inline_query is not None:
        if case.officer is None or not case.officer.on_tour(case.sent_at):
            # Not a word, no hint: a stranger learns not even that there is a directory.
            case.owe(InlineAnswer(update.inline_query.id))
            raise ApplicationHandlerStop
        return
    if message is not None and _says_nothing(message, context.bot.id):
        raise ApplicationHandlerStop
    if message is not None and message.text and message.text.startswith("/start ") and message.text[7:].strip():
        return
    if case.officer is None:
        if case.query is not None:
            await _at_old_button(update, context)
        elif update.my_chat_member is None:
            await enrol_service.stranger(case.tx, case.sender, danger=sounds_like_danger(_words(update)))
        raise ApplicationHandlerStop
    # When it was sent decides, however late we take it up: the last day's check-in counts after midnight, too.
    if not case.officer.on_tour(case.sent_at):
        if update.my_chat_member is not None:
            if not talk.blocks(update):
                box.reachable(case.tx, case.officer)  # the card that still stands there is then taken down
            raise ApplicationHandlerStop
        raise RefusalError(No.OUT_OF_TOUR, until=case.officer.tour_until)
    if not talk.blocks(update):
        box.reachable(case.tx, case.officer)


async def _at_old_button(update: Update, context: Context) -> None:
    """Tell somebody who is not enrolled, perhaps no longer, that a button does nothing; in need also what to do."""
    case, query = context.case, update.callback_query
    if query is None:
        return
    case.owe(Answer(query.id, refused=No.NOT_ENROLLED))
    press = context.room.seal.read(query.data, case.sender) if query.data else None
    if press is not None and press.verb is Verb.SOS_SEND:
        await enrol_service.stranger(case.tx, case.sender, danger=True)


def _says_nothing(message: Message, ours: int) -> bool:
    """Return whether nobody says anything to us: Telegram's notice of a pin, ours too, or our own words, chosen inline.

    Such words name emergencies, and are no cry for help.
    """
    return message.pinned_message is not None or (message.via_bot is not None and message.via_bot.id == ours)


def _words(update: Update) -> str:
    """Return what somebody who is not enrolled says; /help is a command, and no cry for help."""
    message = update.message
    said = (message.text or message.caption or "") if message is not None else ""
    return said.partition(" ")[2] if said.startswith("/") and not said.startswith("/sos") else said


async def pressed(update: Update, context: Context) -> None:
    """Check a press's seal, carry it out, and answer the button."""
    case, query = context.case, update.callback_query
    press = context.room.seal.read(query.data, case.sender) if query is not None and query.data else None
    if press is None or query is None:
        raise RefusalError(No.STALE_BUTTON)
    case.press = press
    await PRESSES[press.verb](update, context)
    box.owe(case.tx, Answer(query.id, done=DONE.get(press.verb)), case.officer)


async def keep_error(update: object, context: Context) -> None:
    """Keep what a handler raised: `process_update` swallows it, and the desk must undo the savepoint.

    Nothing comes after it: the handlers of the next group would else carry out what the door has refused.
    """
    error = context.error
    context.case.error = error if isinstance(error, Exception) else RuntimeError(str(error))
    raise ApplicationHandlerStop


def build(bot: Bot, room: Room) -> Vigie:
    """Return the application: it routes, and never runs an updater of its own."""
    application: Any = Application.builder().bot(bot).updater(None).context_types(ContextTypes(context=Context)).build()
    application.bot_data["room"] = room
    # An edited message is no new one.
    new = filters.UpdateType.MESSAGE
    # What is forwarded was said by somebody else, or at another time. An invitation is what one may forward to the bot.
    own = new & ~filters.FORWARDED
    application.add_handler(TypeHandler(Update, door), group=-1)
    application.add_handler(CommandHandler("start", enrol.start, filters=new))
    for names, handler in COMMANDS.items():
        application.add_handler(CommandHandler(list(names), handler, filters=own))
    application.add_handler(MessageHandler(own & accented.Filter(COMMANDS), accented.carry_out(COMMANDS)))
    application.add_handler(CallbackQueryHandler(pressed))
    application.add_handler(InlineQueryHandler(contact.inline))
    application.add_handler(ChatMemberHandler(talk.blocked, ChatMemberHandler.MY_CHAT_MEMBER))
    application.add_handler(MessageHandler(own & filters.LOCATION, sos.location))
    application.add_handler(MessageHandler(filters.UpdateType.EDITED_MESSAGE & filters.LOCATION, sos.moved))
    application.add_handler(MessageHandler(own & filters.TEXT & ~filters.COMMAND, talk.text))
    # Forwarded or not: what a colleague took is evidence, too, and the officer vouches for it.
    application.add_handler(MessageHandler(new & _FILES, attachment.received))
    application.add_handler(MessageHandler(filters.ALL, unknown.not_understood))
    application.add_error_handler(keep_error)
    found: Vigie = application
    return found
