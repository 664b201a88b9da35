"""What counts as a check-in, what sounds like danger, and what may be added."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.checkin import means_safe, parse_details
from bot.domain.danger import sounds_like_danger
from bot.domain.errors import No, RefusalError

NOW = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "said", ["ok", " OK. ", "Okay!", "safe", "I'm safe", "R.A.S.", "ras", "En sécurité", "en securite ✅"]
)
def test_says_nothing_but_safe(said: str) -> None:
    assert means_safe(said)


@pytest.mark.parametrize(
    "said",
    [
        "ok mais on tire sur nous",
        "not safe",
        "pas en sécurité",
        "ok?? help",
        "ok ok ok",
        "",
        "safe house",
        "je ne suis pas en sécurité",
    ],
)
def test_anything_more_is_not_a_checkin(said: str) -> None:
    assert not means_safe(said)


@pytest.mark.parametrize(
    "said",
    [
        "help", "HELP!!", "shots fired", "we are under fire", "I am hurt", "two wounded", "ambush at km 12",
        "à l'aide", "A L’AIDE", "au secours", "il est blessé", "des tirs", "on nous tire dessus", "coups de feu",
        "explosion au marché", "pris en otage", "enlèvement", "besoin d'aide", "il y a un mort",
        "je ne suis pas en sécurité", "pas en sécurité", "I'm not safe", "not really safe", "isn't safe", "🆘", "aide",
        "on est sous le feu", "feu au camp", "incendie", "fire", "a explosé", "ça explose", "grenade", "obus",
        "on a sauté sur une mine", "attentat", "homme armé", "armed men at the gate", "agressée", "on me menace",
        "poignardée", "violée", "policier abattu", "officer down", "encerclés", "séquestrée", "ils tiraient",
        "retenue à un barrage", "accident", "inconscient", "medevac", "évacuez-moi", "aide-moi", "j'ai peur", "10-33",
        "pouvez-vous m'aider",
    ],
)  # fmt: skip
def test_words_of_danger_in_both_languages(said: str) -> None:
    assert sounds_like_danger(said)


@pytest.mark.parametrize(
    "said",
    [
        "ok",
        "RAS",
        "bonjour",
        "rapport de patrouille",
        "shotgun wedding film tonight?",
        "the meeting is at noon",
        "la voiture de mine grise",
        "that book is mine",
        "un tiroir",
        "retenue",
        "safe and sound",
        "pas encore arrivé",
    ],
)
def test_ordinary_words_are_no_danger(said: str) -> None:
    assert not sounds_like_danger(said)


@pytest.mark.parametrize(
    ("typed", "stated", "place", "remark"),
    [
        ("06:10 Sévaré; tout est calme", "06:10", "Sévaré", "tout est calme"),
        ("6 h 10 Sévaré", "06:10", "Sévaré", None),
        ("6h Sévaré", "06:00", "Sévaré", None),
        ("Sévaré", None, "Sévaré", None),
        ("; seulement une remarque", None, None, "seulement une remarque"),
        ("23:30", "23:30", None, None),
        ("0610 Sévaré", "06:10", "Sévaré", None),
        ("à 6 h 10 Sévaré", "06:10", "Sévaré", None),
        ("6 heures Sévaré", "06:00", "Sévaré", None),
        ("minuit", "00:00", None, None),
        ("RAS", None, None, None),
        ("6 h 10 RAS", "06:10", None, None),
    ],
)
def test_details_as_people_type_them(typed: str, stated: str | None, place: str | None, remark: str | None) -> None:
    found = parse_details(typed, NOW, "Africa/Bamako")
    assert (found.place, found.remark) == (place, remark)
    assert (f"{found.occurred_at:%H:%M}" if found.occurred_at else None) == stated
    assert found.occurred_at is None or found.occurred_at <= NOW


@pytest.mark.parametrize(
    ("typed", "code"), [("25:00 Gao", No.BAD_TIME), ("09:00 Gao", No.FUTURE_TIME), ("Gao;" + "x" * 281, No.TOO_LONG)]
)
def test_bad_details_are_refused_with_their_reason(typed: str, code: No) -> None:
    with pytest.raises(RefusalError) as refused:
        parse_details(typed, NOW, "Africa/Bamako")
    assert refused.value.code is code


@given(st.text(max_size=300))
def test_no_text_breaks_the_reader(typed: str) -> None:
    sounds_like_danger(typed)
    means_safe(typed)
    try:
        parse_details(typed, NOW, "Africa/Bamako")
    except RefusalError:
        return
