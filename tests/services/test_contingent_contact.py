"""Contacts in a contingent file: what a table may say, and what is refused with a line that helps."""

from datetime import date, time

import pytest

from bot.domain.bilingual import Text
from bot.domain.contact import READERS, Category, Contact, Hours, Pace, Phone, PhoneKind
from bot.domain.officer import Role
from bot.services.contingent_file import ContingentFile, FileFault, parse
from tests.kit import ROSTER

TEXT = ROSTER.read_text(encoding="utf-8").split("[[contacts]]")[0]


def read(*tables: str) -> ContingentFile:
    return parse(TEXT + "".join(f"\n[[contacts]]\n{table}\n" for table in tables), "mali.toml")


def test_a_whole_contact_is_read_as_it_is_written() -> None:
    file = read(
        """code = "chouinard"
category = "medical"
name = "Élise Chouinard"
rank = { en = "Dr", fr = "Dre" }
function = { en = "Mission doctor", fr = "Médecin de la mission" }
organisation = "MINUSMA"
post = "BKO"
place = { en = "Camp", fr = "Camp" }
phones = [
  { number = "+223 70 00 01 22" },
  { kind = "desk", number = "+223 20 00 01 22", extension = "12" },
  { kind = "radio", number = "Medic one" },
]
email = "elise@example.org"
languages = ["fr", "en"]
hours = "mon-fri 08:00-17:00"
pace = "primary"
roles = ["commander", "lead"]
valid_until = 2027-01-31
verified_on = 2026-11-01"""
    )
    assert file.contacts == (
        Contact(
            code="chouinard",
            category=Category.MEDICAL,
            name=Text.once("Élise Chouinard"),
            rank=Text("Dr", "Dre"),
            function=Text("Mission doctor", "Médecin de la mission"),
            organisation=Text("MINUSMA", "MINUSMA"),
            post="BKO",
            place=Text("Camp", "Camp"),
            phones=(
                Phone(PhoneKind.MOBILE, "+22370000122"),
                Phone(PhoneKind.DESK, "+22320000122", "12"),
                Phone(PhoneKind.RADIO, "Medic one"),
            ),
            email="elise@example.org",
            languages=("fr", "en"),
            hours=Hours((0, 1, 2, 3, 4), time(8), time(17), "Africa/Bamako"),
            pace=Pace.PRIMARY,
            roles=(Role.LEAD, Role.COMMANDER),
            valid_until=date(2027, 1, 31),
            verified_on=date(2026, 11, 1),
        ),
    )


def test_a_small_contact_has_what_most_have() -> None:
    phone = 'phones = [{ number = "+1 613 555 0151" }]'
    (one,) = read(f'code = "duty"\ncategory = "home"\nfunction = "Duty line"\n{phone}\nhours = "24/7"').contacts
    assert (one.roles, one.languages, one.post) == (READERS, (), None)
    assert one.hours is not None
    assert one.hours.zone == "America/Toronto", "without a post, the clock of home"
    (other,) = read(
        f'code = "duty"\ncategory = "home"\nname = "A"\n{phone}\nhours = "24/7"\ntimezone = "America/Halifax"'
    ).contacts
    assert other.hours is not None
    assert other.hours.zone == "America/Halifax"


SOUND = {
    "code": '"duty-bko"', "category": '"emergency"', "function": '"Duty officer"', "post": '"BKO"',
    "phones": '[{ number = "+223 70 00 01 01" }]',
}  # fmt: skip


@pytest.mark.parametrize(
    ("key", "wrong", "said"),
    [
        ("category", '"medicall"', 'one of emergency, medical, mission, security, host_police, contingent, embassy'),
        ("category", '"medicall"', 'did you mean "medical"?'),
        ("category", None, "is missing; expected one of emergency, medical"),
        ("code", '"Duty BKO"', "1 to 32 characters of a-z 0-9 _ -, such as duty-bko"),
        ("post", '"BKK"', 'is not a post of this file; expected one of BKO, MPT; did you mean "BKO"?'),
        ("phones", '"+223 70 00 01 01"', 'is not a list of phones; expected a list such as [{ number ='),
        ("phones", '[{ number = "70 00 01 01" }]', "is not a phone number; expected a number with its country code"),
        ("phones", '[{ kind = "mobil", number = "+223 70 00 01 01" }]', 'did you mean "mobile"?'),
        ("phones", '[{ numbr = "+223 70 00 01 01" }]', 'extension; did you mean "number"?'),
        ("phones", '[{ number = "+223 70 00 01 01", extension = 44 }]', '44 is not an extension; expected 1'),
        ("phones", '[{ kind = "radio", number = "Mike", extension = "4" }]', "is given for a radio; expected none"),
        ("phones", "[]", "cannot be reached; expected a phone, a radio or an e-mail address"),
        ("function", None, "has neither a name nor a function; expected one of them"),
        ("email", '"nobody"', "is not an e-mail address; expected one such as ops@example.org"),
        ("languages", '["frank"]', "is not a language; expected its code or name, such as fr, bm"),
        ("hours", '"sometimes"', 'expected "24/7", "mon-fri 08:00-17:00" or "daily 20:00-06:00"'),
        ("timezone", '"Africa/Bamakoo"', 'did you mean "Africa/Bamako"?'),
        ("pace", '"first"', "expected one of primary, alternate, contingency, emergency"),
        ("roles", "[]", "is not a list of roles; expected at least one of officer, lead"),
        ("roles", '["leed"]', 'did you mean "lead"?'),
        ("valid_until", '"2027-01-31"', "YYYY-MM-DD without quotes"),
        ("telephone", '"+223"', "is not known here; expected only code, category, name"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_in_one_line(key: str, wrong: str | None, said: str) -> None:
    table = {**SOUND, key: wrong}
    with pytest.raises(FileFault) as caught:
        read("\n".join(f"{name} = {value}" for name, value in table.items() if value is not None))
    lines = [one for one in caught.value.faults if said in one]
    assert len(lines) == 1, caught.value.faults
    assert lines[0].startswith("mali.toml:")
    assert ": contacts[0]" in lines[0]


def test_two_contacts_of_one_code_are_refused() -> None:
    table = "\n".join(f"{name} = {value}" for name, value in SOUND.items())
    with pytest.raises(FileFault, match=r'contacts\[1\]\.code: "duty-bko" is given twice'):
        read(table, table)


def test_an_emergency_number_of_the_country_is_kept_as_it_is_dialled() -> None:
    head = 'code = "police"\ncategory = "emergency"\nfunction = "Police"\npost = "BKO"\n'
    (one,) = read(f'{head}phones = [{{ number = "17" }}, {{ kind = "desk", number = "112" }}]').contacts
    assert one.phones == (Phone(PhoneKind.MOBILE, "17"), Phone(PhoneKind.DESK, "112"))
    for wrong in ('number = "1"', 'number = "17", extension = "4"', 'kind = "satellite", number = "17"'):
        with pytest.raises(FileFault):
            read(f"{head}phones = [{{ {wrong} }}]")
