"""Who sees which contact: every role with every contact that one role alone may see, in every way there is."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest

from bot.chat.keyboard import Press, Verb
from bot.chat.press import Seal
from bot.domain.bilingual import Text
from bot.domain.contact import READERS, Category, Contact, Phone, PhoneKind
from bot.domain.contact_care import number_mark, says
from bot.domain.errors import No
from bot.domain.officer import Role
from bot.services.contingent_file import parse
from bot.services.load import load
from tests.flows.directory.sample import BARE, lay_down
from tests.flows.test_rights import MORE, ROLES
from tests.flows.words import admit, ask, forge, line, press, said
from tests.kit import Scene, last_id, texts

FIELD = {Role.OFFICER, Role.LEAD, Role.DEPUTY, Role.COMMANDER}
NUMBERS = {role: f"+2237600110{at}" for at, role in enumerate(Role)}


def _of(role: Role, *roles: Role) -> Contact:
    """A contact that these roles alone may see; where nothing else is said, the one that it is named after."""
    return Contact(
        f"only-{role.value}",
        Category.SECURITY,
        function=Text(f"Window {role.value}", f"Guichet {role.value}"),
        post="MPT" if role is Role.LEAD else None,
        phones=(Phone(PhoneKind.DESK, NUMBERS[role]),),
        roles=roles or (role,),
    )


def _shows(text: str, role: Role) -> bool:
    return NUMBERS[role][-2:] in text.replace("\xa0", " ").split("+223 76 00 11 ", 1)[-1][:2] and "+223 76" in text


@pytest.fixture
async def everyone(tmp_path: Any, request: pytest.FixtureRequest) -> AsyncIterator[tuple[Scene, dict[str, Any]]]:
    """Every role with a phone, in the language of the test."""
    scene = await Scene(tmp_path, roster=BARE + MORE).open()
    language = request.getfixturevalue("language")
    phones = {role: await admit(scene, code, 5000 + at, language) for at, (code, role) in enumerate(ROLES.items())}
    await scene.tick()
    yield scene, phones
    await scene.close()


async def _inline(scene: Scene, phone: Any, text: str) -> str:
    """Type a text after the bot's name, in whichever chat, and return all that is listed."""
    await phone.inline(text)
    await scene.settle()
    return "\n".join(one.body.plain for one in phone.asked.articles or ())


def _presses(one: Contact) -> list[Press]:
    mark = number_mark(one.phones[0])
    return [
        Press(Verb.CONTACT_CARD, one.code),
        Press(Verb.CONTACT_WRONG, one.code),
        Press(Verb.CONTACT_RIGHT, one.code, says(one)),
        Press(Verb.CONTACT_CORRECT, one.code),
        Press(Verb.CONTACT_NUMBER, one.code, mark),
        Press(Verb.CONTACT_NUMBER_OFF, one.code, mark),
        Press(Verb.ROUND_RIGHT, one.code, says(one)),
    ]


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_every_role_with_every_contact_of_one_role(everyone: tuple[Scene, dict[str, Any]], language: str) -> None:
    scene, phones = everyone
    seal = Seal(scene.telegram.token)
    await lay_down(scene, *(_of(role) for role in Role))
    word = "Window" if language == "en" else "Guichet"
    for at, reader in enumerate(ROLES.values()):
        phone, me = phones[reader], Role(reader)
        for role in Role:
            sees = me is role and me in FIELD
            found = "\n".join(await ask(scene, phone, f"/contact {word} {role.value}"))
            assert _shows(found, role) is sees, (reader, role)
            assert _shows("\n".join(await ask(scene, phone, f"/contact {NUMBERS[role]}")), role) is sees, (reader, role)
            assert _shows(await _inline(scene, phone, f"{word} {role.value}"), role) is sees, (reader, role)
            if sees:
                continue
            before = await scene.rows("select * from contact"), await scene.rows("select * from contact_doubt")
            refusal = line(language, No.NO_SUCH_CONTACT if me in FIELD else No.NOT_ALLOWED)
            for one in _presses(_of(role)):
                pop, heard = await forge(scene, phone, seal.data(one, 5000 + at))
                assert (pop, heard) == (refusal, []), (reader, role, one)
            assert (
                await scene.rows("select * from contact"),
                await scene.rows("select * from contact_doubt"),
            ) == before
        pop, heard = await forge(scene, phone, seal.data(Press(Verb.CONTACT_LIST, "0", "security"), 5000 + at))
        if me in FIELD:
            listed = phone.last.text.replace("\xa0", " ")  # in its place
            assert [role for role in Role if f"{word} {role.value}" in listed] == [me]
        else:
            assert (pop, heard) == (line(language, No.NOT_ALLOWED), [])
    assert scene.app.desk.failed == 0


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_members_of_the_contingent_are_seen_by_the_field_alone(
    everyone: tuple[Scene, dict[str, Any]], language: str
) -> None:
    scene, phones = everyone
    for reader, phone in phones.items():
        found = "\n".join(await ask(scene, phone, "/contact deniger"))
        assert ("+1 613 555" in found) is (Role(reader) in FIELD), reader


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_who_answers_changes_only_what_is_theirs(everyone: tuple[Scene, dict[str, Any]], language: str) -> None:
    scene, phones = everyone
    seal = Seal(scene.telegram.token)
    here, there, none = (
        replace(_of(role, *READERS), code=f"at-{post}", post=post)
        for role, post in ((Role.LEAD, "MPT"), (Role.OFFICER, "BKO"), (Role.ADMIN, None))
    )
    await lay_down(scene, here, there, none)
    may = {Role.LEAD: {here.code}, Role.DEPUTY: {here.code, there.code, none.code}}
    may[Role.COMMANDER] = may[Role.DEPUTY]
    for at, (code, reader) in enumerate(ROLES.items()):
        for one in (here, there, none):
            for verb, word in ((Verb.CONTACT_RIGHT, says(one)), (Verb.CONTACT_CORRECT, "")):
                pop, heard = await forge(scene, phones[reader], seal.data(Press(verb, one.code, word), 5000 + at))
                if one.code in may.get(Role(reader), set()):
                    assert pop != line(language, No.NOT_ALLOWED), (reader, one.code, verb)
                else:
                    assert (pop, heard) == (line(language, No.NOT_ALLOWED), []), (reader, one.code, verb)
        verified = {row[0] for row in await scene.rows("select code from contact where verified_by = :who", who=code)}
        assert verified == may.get(Role(reader), set()), reader
        asked = await scene.one("select count(*) from draft where officer = :who", who=code)
        assert asked == int(Role(reader) in may), reader


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_what_a_load_changes_of_who_may_see_it_holds_at_once(
    everyone: tuple[Scene, dict[str, Any]], language: str
) -> None:
    scene, phones = everyone
    phone, role = phones["officer"], Role.OFFICER
    await lay_down(scene, _of(role))
    word = "Window" if language == "en" else "Guichet"
    (card,) = await ask(scene, phone, f"/contact {word}")
    assert _shows(card, role)
    shown = phone.last
    await lay_down(scene, _of(role, Role.COMMANDER))
    assert not _shows("\n".join(await ask(scene, phone, f"/contact {word}")), role)
    await press(scene, phone, said(language, "Wrong number") if language == "en" else "Numéro erroné", shown)
    assert phone.popups[-1].text.replace("\xa0", " ") == line(language, No.NO_SUCH_CONTACT)
    assert _shows((await ask(scene, phones["commander"], f"/contact {word}"))[0], role)


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_who_has_gone_home_gets_nothing_at_once(everyone: tuple[Scene, dict[str, Any]], language: str) -> None:
    scene, phones = everyone
    await lay_down(scene, _of(Role.COMMANDER, *READERS))
    phone = phones["officer"]
    word = "Window" if language == "en" else "Guichet"
    await ask(scene, phone, f"/contact {word}")
    shown = phone.last
    over = scene.roster.replace('name = "Stevens Hamelin"', 'name = "Stevens Hamelin"\nuntil = 2026-11-22')
    async with scene.app.begin() as tx:
        await load(tx, parse(over, "mali.toml"))
    await scene.tick()
    for said_ in (f"/contact {word}", "/contact", "/repertoire", word, "/me"):
        heard = await ask(scene, phone, said_)
        assert not _shows("\n".join(heard), Role.COMMANDER), said_
        assert len(heard) == 1
        assert "2026" in heard[0] or "22 nov" in heard[0].lower() or "22 Nov" in heard[0], said_
    assert await _inline(scene, phone, word) == ""
    pops = len(phone.popups)
    await press(scene, phone, "Wrong number" if language == "en" else "Numéro erroné", shown)
    assert len(phone.popups) == pops + 1
    assert await scene.one("select count(*) from contact_doubt") == 0
    # Nobody calls who has gone home, either, and what is owed to the post no longer goes there.
    assert "+1 514 555" not in "\n".join(await ask(scene, phones["lead"], "/contact hamelin"))
    mark = last_id(phone)
    urgent = replace(_of(Role.COMMANDER, *READERS), category=Category.EMERGENCY, post="BKO", code="urgent")
    await lay_down(scene, urgent)
    await scene.tick()
    assert not texts(phone, mark)
