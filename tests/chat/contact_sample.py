"""A sample of every message of the directory."""

from dataclasses import replace
from datetime import date, time

from bot.domain import contact_message as contacts
from bot.domain.bilingual import Text
from bot.domain.contact import Category, Contact, Hours, Pace, Phone, PhoneKind
from bot.domain.contact_message import ContactView
from bot.domain.message import Message

MOPTI = Text("Mopti", "Mopti")
HOSPITAL = Contact(
    code="hospital-mpt",
    category=Category.MEDICAL,
    function=Text("Level 1 hospital", "Hôpital de niveau 1"),
    organisation=Text("MINUSMA medical service", "Service médical de la MINUSMA"),
    post="MPT",
    place=Text("Camp", "Camp"),
    phones=(Phone(PhoneKind.MOBILE, "+22370000220"), Phone(PhoneKind.DESK, "+22321000220", "44")),
    email="hospital@example.org",
    languages=("fr", "en"),
    hours=Hours(tuple(range(7)), time(0), time(0), "Africa/Bamako"),
    pace=Pace.PRIMARY,
    verified_on=date(2026, 11, 2),
)
RADIO = Contact(
    code="radio-mpt",
    category=Category.EMERGENCY,
    function=Text("Radio room", "Salle radio"),
    phones=(Phone(PhoneKind.SATELLITE, "+870776000202"), Phone(PhoneKind.RADIO, "Mike zero")),
    hours=Hours((5, 6), time(0), time(0), "Africa/Bamako"),
)
LONG = Contact(
    code="officer:" + "x" * 32,
    category=Category.CONTINGENT,
    name=Text.once("Marie-Ève & Fils de la Très-Longue-Famille-Au-Nom-Sans-Fin"),
    rank=Text("Supt", "surint."),
    organisation=Text("RCMP", "GRC"),
    phones=tuple(Phone(PhoneKind.MOBILE, f"+1613555010{n}") for n in range(5)),
    hours=Hours((0, 1, 2, 3, 4), time(8), time(16, 30), "America/Toronto"),
)
VIEW = ContactView(HOSPITAL, MOPTI, "Africa/Bamako", on_duty=True)
SHUT = ContactView(RADIO, None, "America/Toronto", on_duty=False, doubted=True)
AWAY = ContactView(LONG, MOPTI, "Africa/Bamako", on_duty=False, away=True)

EVERY: list[Message] = [
    contacts.ContactMenu(MOPTI, (), ()),
    contacts.ContactMenu(MOPTI, (VIEW, SHUT), tuple(Category)),
    contacts.ContactAnswer("zzz & co", (), 0, 1),
    contacts.ContactAnswer("zzz", (), 0, 1, urgent=(VIEW, SHUT)),
    contacts.ContactAnswer("é" * 80, (VIEW, SHUT, AWAY, AWAY, AWAY), 2, 9),
    contacts.ContactAnswer("mopti police", (VIEW,), 0, 1, partly=True),
    contacts.ContactList(Category.MEDICAL, (), 0, 1),
    *(contacts.ContactList(one, (VIEW, SHUT, AWAY), 1, 3) for one in Category),
    *(contacts.ContactCard(one) for one in (VIEW, SHUT, AWAY, ContactView(replace(RADIO, phones=RADIO.phones[1:])))),
    *(contacts.ContactShared(one.contact) for one in (VIEW, SHUT, AWAY)),
]
