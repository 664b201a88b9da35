"""Contacts of the contingent file in the directory: added, changed, taken out, and never at the cost of others."""

from dataclasses import replace
from datetime import date

from bot.domain.bilingual import Text
from bot.domain.contact import Category, Contact, Phone, PhoneKind
from bot.domain.officer import Role
from bot.store import contact as contacts
from bot.store.tables import contact as table
from tests.services.contingent import TEXT, House, edited, file, without

IMPORTED = Contact("clinic", Category.MEDICAL, function=Text("Clinic", "Clinique"), post="BKO", email="c@example.org")


async def directory(house: House) -> dict[str, Contact]:
    async with house.store.read() as tx:
        return {one.code: one for one in await contacts.every(tx)}


async def version(house: House) -> str:
    async with house.store.read() as tx:
        return await contacts.version(tx)


async def put(house: House, one: Contact, source: str = "import") -> None:
    async with house.store.begin() as tx:
        contacts.put(tx, one, source, {})


async def test_the_directory_holds_what_the_file_says(house: House) -> None:
    changes = await house.load()
    assert changes.of("contact").added == [one.code for one in file(TEXT).contacts]
    assert await directory(house) == {one.code: one for one in file(TEXT).contacts}
    row = await house.row(table, "duty-bko")
    assert row["words"]["bamako"], "it is found by the name of its post"
    assert {one["source"] for one in await house.rows(table)} == {"file"}


async def test_a_change_is_told_by_its_keys_and_what_is_gone_is_taken_out(house: House) -> None:
    await house.load()
    before = await version(house)
    text = edited(('phones = [{ number = "+223 70 00 02 31" }]', 'phones = [{ number = "+223 70 00 02 32" }]'))
    changes = await house.load(without("peer", text))
    assert changes.of("contact").changed == {"diallo-a": ("phones",)}
    assert changes.of("contact").missing == ["peer"]
    assert changes.any
    found = await directory(house)
    assert "peer" not in found
    assert found["diallo-a"].phones == (Phone(PhoneKind.MOBILE, "+22370000232"),)
    assert await version(house) != before
    assert not (await house.load(without("peer", text))).any
    back = await house.load(text)
    assert back.of("contact").added == ["peer"]
    assert "peer" in await directory(house)


async def test_a_dry_run_takes_nothing_out(house: House) -> None:
    await house.load()
    dry = await house.load(without("peer"), dry_run=True)
    assert dry.of("contact").missing == ["peer"]
    assert "peer" in await directory(house)


async def test_imported_contacts_are_left_alone_unless_the_file_has_their_code(house: House) -> None:
    await house.load()
    await put(house, IMPORTED)
    assert not (await house.load()).any
    table_of = '\n[[contacts]]\ncode = "clinic"\ncategory = "medical"\nname = "Awa"\nemail = "awa@example.org"\n'
    changes = await house.load(TEXT + table_of)
    assert set(changes.of("contact").changed["clinic"]) == {"name", "function", "post", "email", "source"}
    await put(house, IMPORTED)
    assert (await directory(house))["clinic"].name == Text.once("Awa"), "no import writes over the file"


async def test_who_confirmed_a_contact_later_than_the_file_has_the_last_word(house: House) -> None:
    await house.load()
    async with house.store.begin() as tx:
        contacts.verify(tx, "duty-bko", "bradshaw", date(2026, 11, 20))
    assert not (await house.load()).any
    await house.load(edited(("+223 70 00 01 01", "+223 70 00 01 09")))
    row = await house.row(table, "duty-bko")
    assert (row["verified_on"], row["verified_by"]) == (date(2026, 11, 20), "bradshaw")
    await house.load(edited(("verified_on = 2026-11-02", "verified_on = 2026-11-25")))
    row = await house.row(table, "duty-bko")
    assert (row["verified_on"], row["verified_by"]) == (date(2026, 11, 25), None), "somebody else's word"


async def test_a_post_of_another_name_is_found_by_it(house: House) -> None:
    await house.load()
    await put(house, replace(IMPORTED, post="MPT"))
    changes = await house.load(edited(('name = "Mopti"', 'name = "Gao"')))
    assert not changes.of("contact").changed
    for code in ("duty-mpt", "clinic"):
        row = await house.row(table, code)
        assert "gao" in row["words"]
        assert "mopti" not in row["words"] or code == "duty-mpt", "whose call sign it is"
    assert (await house.row(table, "clinic"))["source"] == "import"


async def test_a_changed_roster_makes_the_index_anew(house: House) -> None:
    await house.load()
    before = await version(house)
    await house.load(edited(('name = "Kim Deniger"', 'name = "Kim Denyger"')))
    assert await version(house) != before


async def correct(house: House, code: str, number: str) -> None:
    one = replace((await directory(house))[code], phones=(Phone(PhoneKind.MOBILE, number),))
    async with house.store.begin() as tx:
        contacts.correct(tx, one, {}, "bradshaw", date(2026, 11, 20))


async def test_a_contact_corrected_in_chat_is_still_one_of_the_file(house: House) -> None:
    await house.load()
    await correct(house, "peer", "+22370000999")
    peer = (await directory(house))["peer"]
    await put(house, replace(peer, roles=tuple(Role), phones=(Phone(PhoneKind.MOBILE, "+22370000111"),)))
    assert (await directory(house))["peer"] == peer, "no import widens who sees it, or brings a number back"
    changes = await house.load()
    assert changes.corrected == ["peer"]
    assert (await directory(house))["peer"].phones == peer.phones
    assert not (await house.load()).any
    assert (await house.load(without("peer"))).of("contact").missing == ["peer"]
    assert "peer" not in await directory(house)
    await house.load()
    assert (await directory(house))["peer"].phones == peer.phones, "the wrong number does not come back with it"
    row = await house.row(table, "peer")
    assert row["source"] == "file"
    assert row["corrected_at"] is not None
