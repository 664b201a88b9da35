"""What the gate says of the way a text is written; `_` stands for the non-breaking space."""

import pytest

from bot.i18n import typography

FRENCH_GOOD = [
    "Prochain pointage_: aujourd'hui à 20_h.",
    "Quand tout va bien, appuyez sur «_✅ Je suis en sécurité_».",
    "Bonjour! Êtes-vous en sécurité? Oui; non.",
    "À 14_h_30, à 8_h et à 0_h_05",
    "Tableau_: 14:30",
    "Voir https://example.org/a?b=1;c et tg://resolve?x=1 ici",
    '<b>État</b>_: <a href="https://example.org">lien</a>',
    "<b>État_</b>: bon",
    "Écrivez <code>/conge 14h30 ; fin: x</code>",
    "A &amp; B",
    "dans 15 minutes, {n}_%, {n}_min, 45_s, 3_$",
    "{name} s'en occupe depuis {time}.",
    "50_km/h",
    "en 24 heures",
]
FRENCH_BAD = [
    ("Prochain pointage: demain", "before ':'"),
    ("Prochain pointage : demain", "before ':'"),
    ("{post}: demain", "before ':'"),
    ("<b>État</b>: bon", "before ':'"),
    ("État_:bon", "after ':'"),
    ("«Oui_»", "after «"),
    ("« Oui_»", "after «"),
    ("«_Oui »", "before »"),
    ("«_Oui", "unpaired"),
    ('dites "oui"', "quotation marks"),
    ("dites “oui”", "quotation marks"),
    ("Bonjour !", "space before '!'"),
    ("Quoi_?", "space before '?'"),
    ("Oui ; non", "space before ';'"),
    ("à 14h30", "time"),
    ("à 14 h 30", "time"),
    ("à 14_h 30", "time"),
    ("à 14H30", "time"),
    ("à 9h", "time"),
    ("dans {n} h", "time"),
    ("à 14_h_00", "hour alone"),
    ("{n} %", "unit"),
    ("3$", "unit"),
    ("32 min", "unit"),
    ("45 s", "unit"),
    ("aujourd’hui", "apostrophe"),
    ("Voici\u202f: x", "narrow"),
    ("deux  espaces", "two spaces"),
]


@pytest.mark.parametrize("text", FRENCH_GOOD)
def test_good_french(text: str):
    assert typography.faults("fr", text.replace("_", "\u00a0")) == []


@pytest.mark.parametrize(("text", "expected"), FRENCH_BAD)
def test_bad_french(text: str, expected: str):
    found = typography.faults("fr", text.replace("_", "\u00a0"))
    assert any(expected in fault for fault in found), found
    assert all("; expected: " in fault for fault in found)


@pytest.mark.parametrize(
    "text", ['Press "✅ I am safe".', "Closed: yes; no! Why?", "at 14:30 or 14h30", "https://example.org/?a", "32 min"]
)
def test_good_english(text: str):
    assert typography.faults("en", text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hello !", "space before '!'"),
        ("State : good", "space before ':'"),
        ("I’m safe", "apostrophe"),
        ("Press “safe”", "quotation marks"),
        ("Press «safe»", "quotation marks"),
        ("two  spaces", "two spaces"),
    ],
)
def test_bad_english(text: str, expected: str):
    assert any(expected in fault for fault in typography.faults("en", text))
