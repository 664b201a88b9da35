"""Contact cards as phones export them, and as phones take them up."""

from dataclasses import replace
from datetime import date, time

import pytest
import vobject
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.domain.bilingual import Text
from bot.domain.contact import Category, Contact, Hours, Phone, PhoneKind
from bot.services import contact_table
from bot.services.contact_import import Import, judge
from tests.services.test_contact_import import GROUND, written

READING = replace(GROUND, category=Category.HOST_POLICE, post="MPT")

IPHONE = """BEGIN:VCARD
VERSION:3.0
PRODID:-//Apple Inc.//iPhone OS 17.5//EN
N:Traoré;Moussa;;Cpt;
FN:Cpt Moussa Traoré
ORG:Police nationale du Mali;Commissariat;
TITLE:Commissaire\\, Mopti
EMAIL;type=INTERNET;type=WORK;type=pref:moussa@example.org
TEL;type=CELL;type=VOICE;type=pref:+223 70 00 03 01
item1.TEL:+881 6 3151 0301
item1.X-ABLabel:Thuraya
TEL;type=WORK;type=FAX:+223 20 00 03 99
item2.TEL;type=WORK:20 00 03 01,44
PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQAASABIAAD/4QBMRXhpZgAATU0AKgAAAAg
 AAYdpAAQAAAABAAAAGgAAAAAAA6ABAAMAAAABAAEAAKACAAQAAAABAAAA
END:VCARD
BEGIN:VCARD
VERSION:3.0
N:;;;;
FN:Gendarmerie de Sévaré
ORG:Gendarmerie de Sévaré;
TEL;type=MAIN;type=pref:+223 21 42 01 18
X-ABShowAs:COMPANY
END:VCARD
"""
ANDROID = """BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=54=72=61=6F=72=C3=A9;=41=C3=AF=73=73=61=74=61;;;
FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=41=C3=AF=73=73=61=74=61=20=54=72=61=6F=72=C3=
=A9
TEL;CELL;PREF:+22370000302
TEL;WORK:20000302
EMAIL;WORK:aissata@example.org
ORG;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=50=6F=6C=69=63=65=20=6D=61=6C=69=65=6E=6E=65
X-ANDROID-CUSTOM:vnd.android.cursor.item/nickname;x;1;;;;;;;;;;;;;
PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQSkZJRgABAQAAAQABAAD/4gIoSUNDX1BST0ZJTEUAAQ
 EAAAIYAAAAAAIQAABtbnRyUkdCIFhZWiAAAAAAAAAAAAAAAABhY3NwAAAAAAAAAAAAAAAAAAAAAAA

END:VCARD
BEGIN:VCARD
VERSION:2.1
N:;Boubacar;;;
FN:Boubacar
TEL;HOME:0022370000303
END:VCARD
"""
FOUR = """BEGIN:VCARD
VERSION:4.0
KIND:individual
FN:Dr. Awa Maïga
N:Maïga;Awa;;Dr.;
TEL;VALUE=uri;TYPE="cell,voice":tel:+223-70-00-03-03
TEL;VALUE=uri;TYPE=work:tel:+223-20-00-03-03;ext=7
LANG;PREF=1:fr
CATEGORIES:médical,amis
UID:urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1
END:VCARD
BEGIN:VCARD
VERSION:4.0
KIND:org
FN:Clinique Pasteur
TEL;VALUE=uri:tel:+223-20-29-10-10
END:VCARD
"""


def found(text: str, *, end: str = "\r\n", encoding: str = "utf-8") -> list[Contact]:
    done = read(text.replace("\n", end).encode(encoding))
    assert done.faults == []
    return [replace(one, code="") for _, one in done.sound]


def read(content: bytes) -> Import:
    return judge(content, READING)


@pytest.mark.parametrize(("end", "encoding"), [("\r\n", "utf-8"), ("\n", "utf-8-sig"), ("\r\n", "utf-16")])
def test_what_an_iphone_exports_is_read(end: str, encoding: str) -> None:
    person, office = found(IPHONE, end=end, encoding=encoding)
    assert person == Contact(
        code="",
        category=Category.HOST_POLICE,
        name=Text.once("Moussa Traoré"),
        rank=Text("Cpt", "Cpt"),
        function=Text("Commissaire, Mopti", "Commissaire, Mopti"),
        organisation=Text("Police nationale du Mali, Commissariat", "Police nationale du Mali, Commissariat"),
        post="MPT",
        phones=(
            Phone(PhoneKind.MOBILE, "+22370000301"),
            Phone(PhoneKind.SATELLITE, "+881631510301"),
            Phone(PhoneKind.DESK, "+22320000301", "44"),
        ),
        email="moussa@example.org",
    ), "and nobody is reached over a fax"
    assert (office.name, office.function) == (None, Text("Gendarmerie de Sévaré", "Gendarmerie de Sévaré"))
    assert office.phones == (Phone(PhoneKind.DESK, "+22321420118"),)


@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_what_an_android_phone_exports_is_read(end: str) -> None:
    aissata, boubacar = found(ANDROID, end=end)
    assert aissata.name == Text.once("Aïssata Traoré")
    assert aissata.organisation == Text("Police malienne", "Police malienne")
    assert aissata.phones == (Phone(PhoneKind.MOBILE, "+22370000302"), Phone(PhoneKind.DESK, "+22320000302"))
    assert aissata.email == "aissata@example.org"
    assert (boubacar.name, boubacar.phones) == (Text.once("Boubacar"), (Phone(PhoneKind.DESK, "+22370000303"),))


def test_cards_of_version_four_are_read() -> None:
    awa, clinic = found(FOUR)
    assert (awa.category, awa.name, awa.rank, awa.languages) == (
        Category.MEDICAL, Text.once("Awa Maïga"), Text("Dr.", "Dr."), ("fr",),
    )  # fmt: skip
    assert awa.phones == (Phone(PhoneKind.MOBILE, "+22370000303"), Phone(PhoneKind.DESK, "+22320000303", "7"))
    assert (clinic.name, clinic.function) == (None, Text("Clinique Pasteur", "Clinique Pasteur"))


def test_a_card_has_the_same_code_at_each_import() -> None:
    codes = [[one.code for _, one in read(IPHONE.encode()).sound] for _ in range(2)]
    assert codes[0] == codes[1]
    assert len(set(codes[0])) == 2


def test_what_is_wrong_with_a_card_is_told_with_its_number_and_property() -> None:
    done = judge(IPHONE.replace("+223 70 00 03 01", "1").encode(), replace(READING, category=None))
    assert [fault.split(";")[0] for fault in done.faults] == [
        "card 1, CATEGORIES: is missing",
        'card 1, TEL: "1" is not a phone number',
        "card 2, CATEGORIES: is missing",
    ]
    assert read(IPHONE.rpartition("END:VCARD")[0].encode()).faults == [
        "ends in the middle of a card; expected END:VCARD"
    ]
    broken = read(b"BEGIN:VCARD\r\nVERSION:3.0\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=FF\r\nEND:VCARD\r\n")
    assert len(broken.faults) == 1
    assert broken.faults[0].startswith("card 1: cannot be read")


def test_what_vigie_exports_is_a_card_that_others_read() -> None:
    one = Contact(
        code="diallo-a",
        category=Category.SECURITY,
        name=Text.once("Aminata Diallo"),
        rank=Text("Capt", "capt."),
        function=Text("Field security officer; north, all of it and what lies beyond", "Agente de sécurité"),
        organisation=Text("UNDSS", "UNDSS"),
        post="MPT",
        phones=(Phone(PhoneKind.MOBILE, "+22370000231"), Phone(PhoneKind.DESK, "+22320000231", "44")),
        email="a@example.org",
        languages=("fr", "en"),
        hours=Hours((0, 1), time(8), time(17), "Africa/Bamako"),
        verified_on=date(2026, 11, 2),
    )
    content = written(contact_table.card_file, [one])
    assert max(map(len, content.split(b"\r\n"))) <= 75
    card = vobject.readOne(content.decode())
    assert card.fn.value == "Capt Aminata Diallo"
    assert (card.n.value.family, card.n.value.given, card.n.value.prefix) == ("Diallo", "Aminata", "Capt")
    assert card.title.value == "Field security officer; north, all of it and what lies beyond"
    assert [tel.params["TYPE"] for tel in card.tel_list] == [["CELL", "VOICE"], ["WORK", "VOICE"]]
    assert b"TEL;TYPE=WORK,VOICE;X-VIGIE-KIND=desk:+22320000231,44" in content, (
        "a phone dials the extension after a pause"
    )
    assert [again for _, again in judge(content, GROUND).sound] == [one]


_pieces = st.sampled_from(
    [
        *'\r\n \t:;,="\\.',
        *[
            "BEGIN:VCARD\r\n",
            "END:VCARD\r\n",
            "VERSION:2.1\r\n",
            "VERSION:4.0\r\n",
            "BEGIN:X\r\n",
            "BEGIN:VEVENT\r\n",
            "=\r\n",
        ],
        *[
            "N:",
            "FN:",
            "TEL",
            "X;",
            "ORG:",
            "LANG:",
            "item1.",
            "X-ABLabel:",
            "X-VIGIE-HOURS:",
            "UID:",
            "CATEGORIES:",
            "BDAY:",
            "REV:",
            "ADR:",
            "GEO:",
        ],
        *[
            "ENCODING=QUOTED-PRINTABLE",
            "CHARSET=",
            "utf-8",
            "TYPE=",
            "=C3=A9",
            "é",
            "+22370000101",
            "tel:",
            "DTSTART:",
            "KIND:",
            "EMAIL:",
            "BASE64",
        ],
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(_pieces, max_size=25).map("".join), st.integers(0, 600), st.integers(0, 40))
@example("N:a\r\nFN:b\r\nTEL:", 0, 0)
@example("EMAIL:ENCODING=QUOTED-PRINTABLE=\r\nBEGIN:VCARD\r\n", 0, 0)
def test_no_card_is_so_broken_that_reading_it_breaks(pieces: str, at: int, cut: int) -> None:
    text = IPHONE + ANDROID + FOUR
    for content in (
        f"BEGIN:VCARD\r\n{pieces}\r\nEND:VCARD\r\n",
        text[: at * 4] + pieces + text[at * 4 + cut :],
    ):
        done = read(content.encode())
        assert done.sound or done.faults or done.rows == 0
        assert not [fault for fault in done.faults if "\n" in fault]
