"""Every message in both languages: complete, within Telegram's limits, and written as each language is."""

import re

import pytest

from bot.chat import texts
from bot.chat.keyboard import Button, CopyButton, Inline, Menu, Press, Verb
from bot.chat.routing import COMMANDS
from bot.chat.texts import Reader
from bot.chat.texts.menu import commands_of
from bot.chat.texts.person import named, phone, role_name
from bot.chat.texts.reader import voice_of
from bot.chat.texts.refusal import REFUSALS
from bot.domain.bilingual import LANGUAGES, Language
from bot.domain.contact_message import ContactView, InlineAnswer
from bot.domain.errors import No
from bot.domain.invite import Greeting
from bot.domain.message import MESSAGES, Message
from bot.domain.officer import Role
from bot.domain.talk import Answer, Done, Help, LanguageChoice, Refused
from bot.i18n import markup, typography
from bot.i18n.catalogue import Catalogues
from bot.store.codec import facts_of, message_from
from tests.chat import sample

# What the letter writes without `render`: menus of commands, pins, and the answer to a button or an inline query.
ELSEWHERE = {"command_menu", "default_menu", "answer", "inline_answer", "pin"}
# The same for every reader: both languages at once, or the language of the closed phone.
ONE_FOR_ALL = {"greeting", "stranger", "code_refused", "language_choice", "phone_closed"}
# Facts that people typed, and that are neither language's.
TYPED = re.compile(r"Roy .*?\{x\}|Joint .*?vu|https://\S+")
MESSAGE_MAX, CAPTION_MAX = 4096, 1024
BUTTON_MAX, DATA_MAX = 32, 56  # of the 64 bytes of callback data the seal takes 8
COPY_MAX, VCARD_MAX = 256, 2048  # characters, bytes


@pytest.fixture(scope="module")
def catalogues() -> Catalogues:
    return Catalogues.load()


def reader(
    language: Language, role: Role | None = Role.COMMANDER, zone: str = "Africa/Bamako", code: str = "x"
) -> Reader:
    return Reader(language, zone, role, "f", sample.at(9), code)


READERS = [
    reader(language, role, zone, code)
    for language in LANGUAGES
    for role, zone, code in (
        (Role.COMMANDER, "Africa/Bamako", "belanger"),
        (Role.OFFICER, "America/Toronto", "willis"),
        (Role.LEAD, "Europe/Brussels", "hamelin"),
        (None, "UTC", "nobody"),
    )
]


def test_every_kind_has_a_sample():
    assert {one.kind for one in sample.EVERY} == MESSAGES.keys() - ELSEWHERE


@pytest.mark.parametrize("message", sample.EVERY, ids=lambda one: one.kind)
def test_every_message_in_every_language(message: Message, catalogues: Catalogues):
    for who in READERS:
        rendered = texts.render(message, who, catalogues)
        text = str(rendered.text)
        assert 0 < len(text) <= MESSAGE_MAX
        assert markup.html_faults(text) == []
        plain = TYPED.sub("x", text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
        assert not re.search(r"[{}]|\bNone\b|\n\n\n", plain)
        assert text == text.strip()
        if message.kind not in ONE_FOR_ALL:
            assert [fault for line in plain.splitlines() for fault in typography.faults(who.language, line)] == []


@pytest.mark.parametrize("message", sample.EVERY, ids=lambda one: one.kind)
def test_every_button(message: Message, catalogues: Catalogues):
    for who in READERS:
        match texts.render(message, who, catalogues).keyboard:
            case Inline(rows=rows):
                for button in (one for row in rows for one in row):
                    assert 0 < len(button.text) <= BUTTON_MAX
                    if isinstance(button, CopyButton):
                        assert 0 < len(button.copies) <= COPY_MAX
                    else:
                        assert len(data(button.press).encode()) <= DATA_MAX
                    assert typography.faults(who.language, TYPED.sub("x", button.text)) == []
            case Menu(rows=rows):
                assert all(0 < len(text) <= 24 for row in rows for text in row)


def test_what_goes_with_a_file_or_a_map_fits_there(catalogues: Catalogues):
    for message in sample.EVERY:
        for who in READERS:
            rendered = texts.render(message, who, catalogues)
            assert (rendered.file is not None) == message.brings_file, message.kind
            if rendered.file is not None:
                gone = texts.without_file(rendered, who, catalogues)
                assert gone.file is None
                assert len(rendered.text) < len(gone.text) <= CAPTION_MAX
            if rendered.spot is not None:
                assert "<b>" not in rendered.text, "the title of a map has no markup"
                assert rendered.spot.address
            if rendered.contact is not None:
                assert rendered.contact.number
                assert rendered.contact.first_name
                assert len(rendered.contact.vcard.encode()) <= VCARD_MAX


def data(press: Press) -> str:
    assert "|" not in press.about + press.word
    return "|".join((press.verb.value, press.about, press.word))


def test_french_is_not_english(catalogues: Catalogues):
    for message in sample.EVERY:
        said = {texts.render(message, reader(language), catalogues).text for language in LANGUAGES}
        assert len(said) == (1 if message.kind in ONE_FOR_ALL else 2), message


@pytest.mark.parametrize("message", sample.EVERY, ids=lambda one: one.kind)
def test_what_comes_back_from_the_outbox_reads_the_same(message: Message, catalogues: Catalogues):
    again = message_from(message.kind, facts_of(message))
    who = reader("fr")
    assert texts.render(again, who, catalogues) == texts.render(message, who, catalogues)


@pytest.mark.parametrize("message", [Greeting(sample.CONTINGENT), LanguageChoice()], ids=lambda one: one.kind)
def test_both_languages_are_offered_as_equals(message: Message, catalogues: Catalogues):
    for who in READERS:
        rendered = texts.render(message, who, catalogues)
        assert "Choose your language." in rendered.text
        assert "Choisissez votre langue." in rendered.text
        assert isinstance(rendered.keyboard, Inline)
        ((english, french),) = rendered.keyboard.rows
        assert isinstance(english, Button)
        assert isinstance(french, Button)
        word = "first" if isinstance(message, Greeting) else ""
        assert (english.text, english.press) == ("English", Press(Verb.LANGUAGE, "en", word))
        assert (french.text, french.press) == ("Français", Press(Verb.LANGUAGE, "fr", word))


@pytest.mark.parametrize("role", Role)
def test_help_names_every_command_of_the_role_in_both_languages(role: Role, catalogues: Catalogues):
    for language in LANGUAGES:
        text = texts.render(Help(role), reader(language, role), catalogues).text
        named_ = set(re.findall(r"/([a-z]+)", re.sub(r"<[^>]*>", "", text)))
        assert named_ == {name for one in commands_of(role) for name in (one.en, one.fr)}


def test_the_commands_are_those_that_are_routed():
    ours = {name for one in commands_of(Role.COMMANDER) for name in (one.en, one.fr)}
    assert ours == {"start", *(name for names in COMMANDS for name in names)}


def test_the_menu_of_commands(catalogues: Catalogues):
    assert [name for name, _ in texts.commands(None, "en")] == ["privacy", "start"]
    assert [name for name, _ in texts.commands(Role.OFFICER, "fr", catalogues)][:4] == [
        "pointage",
        "sos",
        "assistance",
        "rapport",
    ]
    for role in (None, *Role):
        for language in LANGUAGES:
            every = texts.commands(role, language, catalogues)
            assert all(re.fullmatch(r"[a-z]{1,32}", name) and 0 < len(what) <= 40 for name, what in every)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_button_of_the_menu_is_understood_in_either_language(language: Language, catalogues: Catalogues):
    rows = texts.main_menu(voice_of(reader(language), catalogues, language), Role.COMMANDER).rows
    meant = [texts.intent(text, catalogues) for row in rows for text in row]
    assert meant == ["checkin", "sos", "assist", "report", "contact", "status", "alerts"]
    assert [texts.intent(f"  {text[1:]}\ufe0f ", catalogues) for row in rows for text in row] == meant


def test_what_is_no_button_is_none(catalogues: Catalogues):
    assert [texts.intent(text, catalogues) for text in ("", "✅", "I am safe now", "bonjour", "/help")] == [None] * 5


@pytest.mark.parametrize(
    ("role", "rows"),
    [(Role.OFFICER, [1, 2, 2]), (Role.LEAD, [1, 2, 2, 2]), (Role.LIAISON, [1]), (Role.ADMIN, [1]), (None, [1])],
)
def test_the_menu_of_each_role(role: Role | None, rows: list[int], catalogues: Catalogues):
    menu = texts.main_menu(voice_of(reader("en"), catalogues, "en"), role)
    assert [len(row) for row in menu.rows] == rows


def test_every_refusal_has_its_sentence():
    assert REFUSALS.keys() == set(No)


def test_a_refusal_reads_its_facts_from_the_outbox(catalogues: Catalogues):
    message = Refused(No.ALREADY_TAKEN, {"owner": sample.BELANGER, "at": sample.at(8, 34)})
    again = message_from("refused", facts_of(message))
    assert texts.render(again, reader("en"), catalogues).text.startswith(
        "Sgt Anne Bélanger has been on it since 08:34."
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_answer_to_a_button_is_short_and_plain(language: Language, catalogues: Catalogues):
    who = reader(language)
    assert texts.answer(Answer("1"), who, catalogues) == ""
    for done in Done:
        assert 0 < len(texts.answer(Answer("1", done=done), who, catalogues)) <= 40
    for code in No:
        for facts in ({}, sample.REFUSALS.get(code, {})):
            text = texts.answer(Answer("1", refused=code, facts=facts), who, catalogues)
            assert 0 < len(text) <= 200
            assert "<" not in text
            assert not text.endswith("…")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_listed_inline_fits_there(language: Language, catalogues: Catalogues):
    who = reader(language)
    message = InlineAnswer("1", tuple(ContactView(one) for one in sample.CONTACTS))
    again = message_from(message.kind, facts_of(message))
    assert again == message
    listed = texts.articles(message, who, catalogues)
    assert len({one.id for one in listed}) == len(sample.CONTACTS)
    for one in listed:
        assert 0 < len(one.id.encode()) <= 64
        assert 0 < len(one.title) <= 100
        assert 0 < len(one.text) <= MESSAGE_MAX
        assert markup.html_faults(str(one.text)) == []
        for button in (button for row in one.buttons for button in row):
            assert 0 < len(button.text) <= BUTTON_MAX
            assert 0 < len(button.copies) <= COPY_MAX


def test_people(catalogues: Catalogues):
    english, french = (voice_of(reader(language), catalogues, language) for language in LANGUAGES)
    assert named(english, sample.LACROIX, article=True) == "Cpl Guy LaCroix"
    assert named(french, sample.LACROIX) == "cap. Guy LaCroix"
    assert named(french, sample.LACROIX, article=True) == "le cap. Guy LaCroix"
    assert named(french, sample.WILLIS, article=True) == "la cap. Kelly Willis"
    assert named(french, sample.INSP, article=True).startswith("l'insp. Roy")
    assert named(french, sample.DENIGER, article=True) == "cap. Kim Deniger"
    assert [role_name(french, Role.COMMANDER, gender) for gender in ("f", "m", None)] == [
        "Commandante",
        "Commandant",
        "Commandement",
    ]


@pytest.mark.parametrize(
    ("given", "en", "fr"),
    [
        ("+1 613 555 0142", "+1 613 555 0142", "+1 613 555-0142"),
        ("+16135550142", "+1 613 555 0142", "+1 613 555-0142"),
        ("+22320224498", "+223 20 22 44 98", "+223 20 22 44 98"),
        ("radio 7", "radio 7", "radio 7"),
        ("+1 2", "+1 2", "+1 2"),
    ],
)
def test_telephone_numbers(given: str, en: str, fr: str, catalogues: Catalogues):
    said = [phone(voice_of(reader(language), catalogues, language), given) for language in LANGUAGES]
    assert said == [en, fr]
