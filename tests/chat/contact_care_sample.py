"""Samples of what is said of whether contacts are right, of one's own entry and of next of kin."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

from bot.domain import contact_care_message as care
from bot.domain import next_of_kin as kins
from bot.domain import own_entry as entries
from bot.domain.bilingual import Text
from bot.domain.contact import Category, Contact, Hours, Phone, PhoneKind
from bot.domain.contact_message import ContactCard, ContactView
from bot.domain.message import Message
from bot.domain.officer import Person

CPL = Text("Cpl", "cap.")
BAMAKO, MOPTI = Text("Bamako", "Bamako"), Text("Mopti", "Mopti")
WILLIS = Person("willis", CPL, "Kelly Willis", "f", BAMAKO, "MINUSMA", "+16135550142")
DENIGER = Person("deniger", CPL, "Kim Deniger", None, MOPTI, "EUCAP", None)
PHONES = (
    Phone(PhoneKind.DESK, "+22321420123", "1234567"),
    Phone(PhoneKind.SATELLITE, "+8816315555555"),
    Phone(PhoneKind.RADIO, "Mopti 1"),
    Phone(PhoneKind.MOBILE, "17"),
)
HOSPITAL = Contact(
    "mpt-hopital",
    Category.MEDICAL,
    function=Text("Regional hospital, emergency ward", "Hôpital régional, urgences"),
    post="MPT",
    place=Text("Sévaré", "Sévaré"),
    phones=PHONES,
    languages=("en", "fr"),
    hours=Hours((0, 1), time(8), time(17), "Africa/Bamako"),
    verified_on=date(2026, 10, 1),
)
VIEW = ContactView(HOSPITAL, MOPTI, "Africa/Bamako", on_duty=True)
ONE = ContactView(replace(HOSPITAL, phones=PHONES[:1]), MOPTI, "Africa/Bamako", doubted=True)
MEMBER = ContactView(
    Contact(
        "officer:belanger", Category.CONTINGENT, Text.once("Anne Bélanger"), CPL, phones=PHONES[:2], officer="belanger"
    ),
    MOPTI,
)
ODD = ContactView(Contact("x" * 44, Category.SECURITY, Text.once("Roy <Ada> & {x}"), phones=PHONES))
KIN = kins.NextOfKin("Roy <Ada> & {x}", "Joint vu", "+16135550142", None, datetime(2026, 11, 2, 9, tzinfo=UTC))
VIEWS = (VIEW, ONE, MEMBER, ODD)

EVERY: list[Message] = [
    *(ContactCard(view, may_verify=may) for view in VIEWS for may in (True, False)),
    ContactCard(ContactView(replace(HOSPITAL, phones=())), may_verify=True),
    *(care.ContactDoubted(WILLIS, view, may_correct=may) for view in VIEWS for may in (True, False)),
    care.OwnNumberDoubted(MEMBER),
    care.ContactUnheard(VIEW),
    *(care.ContactSettled(view, DENIGER, corrected=so) for view in VIEWS for so in (True, False)),
    care.ContactSettled(MEMBER, None, corrected=True),
    *(care.AskWhichNumber(view) for view in VIEWS),
    *(care.AskNewNumber(VIEW, one, "+223 20 21 23 45", may_drop=so) for one in PHONES for so in (True, False)),
    care.ContactRound("MPT", MOPTI, (VIEW, ONE, VIEW, ONE, VIEW), "abcdef", 12),
    care.ContactRound("", None, (ODD,), "abcdef", 1, reminder=True),
    care.ContactRound("MPT", MOPTI, (), "abcdef", 0),
    care.EmergencyCard(MOPTI, (VIEW, ONE, ODD), date(2026, 11, 23)),
    care.EmergencyCard(MOPTI, (), date(2026, 11, 23)),
    entries.OwnNumbers("+16135550142", PHONES),
    entries.OwnNumbers(None, ()),
    entries.OwnNumbers(None, (PHONES[0],) * entries.NUMBERS_MOST),
    *(entries.AskOwnNumber(kind, "+223 20 21 23 45") for kind in PhoneKind),
    *(entries.OwnLanguages(chosen) for chosen in (("en",), ("fr",), ("en", "fr"), ("fr", "bm", "ar", "xx"))),
    *(entries.AskOwnField(each) for each in entries.OwnField),
    *(kins.AskKin(step, "+1 506-234-5678") for step in kins.KinStep),
    kins.OwnKin(None),
    kins.OwnKin(KIN),
    kins.KinShown(WILLIS, KIN),
    kins.KinShown(DENIGER, replace(KIN, extension="12", changed_at=None)),
]  # fmt: skip
