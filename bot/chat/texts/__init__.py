"""Words and buttons for every message that Vigie owes, in the reader's language, made when it is sent."""

from collections.abc import Callable
from typing import Any

from bot.chat.texts import (
    absence,
    alert,
    attachment,
    checkin,
    contact,
    contact_care,
    duty,
    invite,
    line,
    own_entry,
    picture,
    report,
    report_menu,
    report_read,
    report_review,
    roster,
    sitrep,
    sitrep_ask,
    sitrep_mail,
    sitrep_translation,
    sos,
    talk,
)
from bot.chat.texts.menu import commands, intent, main_menu
from bot.chat.texts.reader import Article, Reader, Rendered, voice_of
from bot.chat.texts.refusal import refusal
from bot.document.report_word import typed_code
from bot.domain import absence as away
from bot.domain import alert_message as alerts
from bot.domain import attachment_message as attachments
from bot.domain import checkin as checkins
from bot.domain import contact_care_message as cares
from bot.domain import contact_message as contacts
from bot.domain import invite as invites
from bot.domain import next_of_kin as kins
from bot.domain import own_entry as entries
from bot.domain import picture as pictures
from bot.domain import report_menu as report_menus
from bot.domain import report_message as reports
from bot.domain import sitrep_mail as mails
from bot.domain import sitrep_message as sitreps
from bot.domain import talk as talks
from bot.domain.bilingual import LANGUAGES
from bot.domain.contact_message import InlineAnswer
from bot.domain.duty import Missed, Reminder
from bot.domain.invite import PhoneClosed
from bot.domain.message import Message
from bot.domain.report_part import ReportPart
from bot.domain.talk import Answer
from bot.i18n.catalogue import Catalogues
from bot.i18n.voice import Voice

__all__ = [
    "Article", "Reader", "Rendered", "answer", "articles", "commands", "intent", "main_menu", "refusal", "render",
    "typed_code", "without_file",
]  # fmt: skip

# Each function takes the one message that it is listed for.
_IN_ONE: dict[type[Message], Callable[[Any, Voice, Reader], Rendered]] = {
    checkins.Receipt: checkin.receipt,
    checkins.AskDetails: checkin.ask_details,
    checkins.DetailsAdded: checkin.details_added,
    checkins.NotACheckin: checkin.not_a_checkin,
    checkins.DangerOffer: checkin.danger_offer,
    Reminder: duty.reminder,
    Missed: duty.missed,
    alerts.AlertStep: alert.step,
    alerts.DistressStep: alert.step,
    alerts.AlertNews: alert.news,
    alerts.AlertList: alert.listed,
    alerts.AskHow: alert.ask_how,
    alerts.AnsweredAfter: alert.answered_after,
    alerts.AskReason: alert.ask_reason,
    alerts.AskNote: alert.ask_note,
    alerts.Unreachable: alert.unreachable,
    alerts.SosArmed: sos.armed,
    alerts.SosSent: sos.sent,
    alerts.SosCancelled: sos.cancelled,
    alerts.AssistanceSent: sos.assistance,
    alerts.HelpIsComing: sos.help_is_coming,
    alerts.AlertOver: sos.over,
    alerts.DetailNoted: sos.detail_noted,
    alerts.LineDown: line.down,
    alerts.LineBack: line.back,
    away.AskKind: absence.ask_kind,
    away.AskStart: absence.ask_start,
    away.AskReturn: absence.ask_return,
    away.AbsenceAsked: absence.asked,
    away.AbsenceRequest: absence.request,
    away.AbsenceDecided: absence.decided,
    away.AbsenceCard: absence.card,
    away.AbsenceEnded: absence.ended,
    invites.Welcome: invite.welcome,
    invites.InviteMisused: invite.misused,
    invites.InviteMade: invite.made,
    invites.PhoneClosed: invite.phone_closed,
    invites.PhoneChanged: invite.phone_changed,
    pictures.Status: picture.status,
    pictures.Roster: roster.roster,
    pictures.RosterCard: roster.card,
    report_menus.ReportMenu: report_menu.menu,
    report_menus.ReportPaused: report_menu.paused,
    report_menus.ReportDiscarded: report_menu.discarded,
    report_menus.AskDiscard: report_menu.ask_discard,
    reports.AskReport: report.ask,
    reports.ReportPreview: report.preview,
    reports.ReportMend: report.mend,
    reports.AskCorrection: report.ask_correction,
    reports.ReportReceipt: report_read.receipt,
    reports.ReportCard: report_read.card,
    ReportPart: report_read.part,
    reports.ReportNew: report_read.new,
    reports.FlashNews: report_read.flash,
    reports.ReportList: report_read.listed,
    sitreps.SitrepMenu: sitrep.menu,
    sitreps.SitrepReady: sitrep.ready,
    sitreps.SitrepCard: sitrep.card,
    sitreps.AskSitrepHeading: sitrep_ask.ask_heading,
    sitreps.AskSitrepText: sitrep_ask.ask_text,
    sitreps.AskSitrepPeriod: sitrep_ask.ask_period,
    sitreps.SitrepPassage: sitrep_translation.passage,
    sitreps.AskTranslation: sitrep_translation.ask_translation,
    sitreps.TranslationGoesOn: sitrep_translation.translation_goes_on,
    sitreps.TranslationAside: sitrep_translation.translation_aside,
    sitreps.TranslationsDone: sitrep_translation.translations_done,
    sitreps.AskApproval: sitrep.ask_approval,
    sitreps.SitrepApproved: sitrep.approved,
    sitreps.SitrepOnItsWay: sitrep.on_its_way,
    sitreps.SitrepDocument: sitrep.document,
    sitreps.MailRefused: sitrep.mail_refused,
    mails.MailWaits: sitrep_mail.waits,
    mails.MailGone: sitrep_mail.gone,
    attachments.Attached: attachment.attached,
    attachments.AttachmentList: attachment.listed,
    attachments.AttachmentFailed: attachment.failed,
    attachments.AttachmentFile: attachment.file,
    attachments.AttachmentPlace: attachment.place,
    contacts.ContactShared: contact.shared,
    contacts.ContactMenu: contact.menu,
    contacts.ContactAnswer: contact.answer,
    contacts.ContactList: contact.listed,
    contacts.ContactCard: contact.card,
    cares.ContactDoubted: contact_care.doubted,
    cares.OwnNumberDoubted: contact_care.own_doubted,
    cares.ContactUnheard: contact_care.unheard,
    cares.ContactSettled: contact_care.settled,
    cares.AskWhichNumber: contact_care.ask_which,
    cares.AskNewNumber: contact_care.ask_new,
    cares.ContactRound: contact_care.round_,
    cares.EmergencyCard: contact_care.emergency_card,
    entries.OwnNumbers: own_entry.numbers,
    entries.AskOwnNumber: own_entry.ask_number,
    entries.OwnLanguages: own_entry.languages,
    entries.AskOwnField: own_entry.ask_field,
    kins.AskKin: own_entry.ask_kin,
    kins.OwnKin: own_entry.own_kin,
    kins.KinShown: own_entry.kin_shown,
    reports.AskReviewQuestion: report_review.ask_question,
    reports.ReportReturned: report_review.returned,
    reports.AskReviewAnswer: report_review.ask_answer,
    reports.ReviewAnswered: report_review.answered,
    reports.ReportAccepted: report_review.accepted,
    reports.ReviewRecorded: report_review.recorded,
    talks.Help: talk.help_,
    talks.Privacy: talk.privacy,
    talks.Me: talk.me,
    talks.Refused: talk.refused,
    talks.Cancelled: talk.cancelled,
    talks.Sorry: talk.sorry,
}
_IN_BOTH: dict[type[Message], Callable[[Any, Voice, Voice], Rendered]] = {
    invites.Greeting: invite.greeting,
    invites.Stranger: invite.stranger,
    invites.CodeRefused: invite.code_refused,
    talks.LanguageChoice: talk.language_choice,
}


def render(message: Message, reader: Reader, catalogues: Catalogues) -> Rendered:
    """Return the words and buttons of a message for its reader; raises KeyError for a kind that is no text."""
    in_both = _IN_BOTH.get(type(message))
    if in_both is not None:
        return in_both(message, voice_of(reader, catalogues, "en"), voice_of(reader, catalogues, "fr"))
    # A phone that is closed has no officer any more whose language could be looked up.
    language = message.language if isinstance(message, PhoneClosed) else reader.language
    return _IN_ONE[type(message)](message, voice_of(reader, catalogues, language), reader)


def without_file(rendered: Rendered, reader: Reader, catalogues: Catalogues) -> Rendered:
    """Return the words of a message whose file cannot be read any more, and that it cannot."""
    return attachment.gone(rendered, voice_of(reader, catalogues, reader.language))


def answer(message: Answer, reader: Reader, catalogues: Catalogues) -> str:
    """Return the plain line, of at most 200 characters, that answers a pressed button."""
    if reader.code is None:
        return talk.answer_in_both(message, *(voice_of(reader, catalogues, one) for one in LANGUAGES))
    return talk.answer_text(message, voice_of(reader, catalogues, reader.language))


def articles(message: InlineAnswer, reader: Reader, catalogues: Catalogues) -> list[Article]:
    """Return what is listed for somebody who types in a chat."""
    voice = voice_of(reader, catalogues, reader.language)
    return [contact.article(one, voice, reader) for one in message.results]
