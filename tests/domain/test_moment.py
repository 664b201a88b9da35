"""Instants as people type them, in Mali and across the clock changes of Toronto."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.document.report_said import when
from bot.domain.errors import No, RefusalError
from bot.domain.moment import Towards, read
from bot.i18n.catalogue import Catalogues
from bot.i18n.voice import Voice

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)  # 09:30 in Bamako, 04:30 in Toronto


def at(day: int, hour: int, minute: int = 0, month: int = 11, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("now", NOW),
        ("maintenant", NOW),
        ("08:15", at(23, 8, 15)),
        ("8:15", at(23, 8, 15)),
        ("8h15", at(23, 8, 15)),
        ("8 h 15", at(23, 8, 15)),
        ("8 h", at(23, 8)),
        ("0815", at(23, 8, 15)),
        ("815", at(23, 8, 15)),
        ("22:00", at(22, 22)),  # later than now: yesterday's
        ("09:35", at(23, 9, 35)),  # a phone that runs a little ahead
        ("22 14:30", at(22, 14, 30)),
        ("30 14:30", at(30, 14, 30, month=10)),
        ("yesterday 20:04", at(22, 20, 4)),
        ("hier à 20 h 04", at(22, 20, 4)),
        ("aujourd'hui 7 h", at(23, 7)),
        ("aujourd’hui à 7 h", at(23, 7)),
        ("2026-11-20 06:10", at(20, 6, 10)),
        ("2026-11-20T06:10", at(20, 6, 10)),
        ("2026-11-20 à 6 h 10", at(20, 6, 10)),
        ("230752Z NOV 26", at(23, 7, 52)),
        ("230752znov26", at(23, 7, 52)),
        ("230752Z", at(23, 7, 52)),
        ("310752Z", at(31, 7, 52, month=10)),
    ],
)
def test_what_is_typed_in_mali(text: str, expected: datetime) -> None:
    assert read(text, NOW, "Africa/Bamako", Towards.PAST) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("14:30", at(23, 14, 30)),
        ("08:15", at(24, 8, 15)),
        ("tomorrow 8 h", at(24, 8)),
        ("demain à 8 h", at(24, 8)),
        ("5 08:00", at(5, 8, month=12)),
        ("2026-12-05 08:00", at(5, 8, month=12)),
        ("010600Z DEC 26", at(1, 6, month=12)),
    ],
)
def test_what_lies_ahead(text: str, expected: datetime) -> None:
    assert read(text, NOW, "Africa/Bamako", Towards.FUTURE) == expected


def test_a_date_alone_means_the_hour_that_the_question_gives() -> None:
    assert read("2026-12-05", NOW, "Africa/Bamako", Towards.FUTURE, date_alone_hour=8) == at(5, 8, month=12)
    with pytest.raises(RefusalError):
        read("2026-12-05", NOW, "Africa/Bamako", Towards.FUTURE)


def test_local_time_is_that_of_the_post() -> None:
    assert read("04:00", NOW, "America/Toronto", Towards.PAST) == at(23, 9)
    assert read("2026-07-01 08:00", NOW, "America/Toronto", Towards.PAST) == at(1, 12, month=7)
    assert read("231500Z", NOW, "America/Toronto", Towards.PAST) == at(23, 15), "a date-time group is in UTC everywhere"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "25:00",
        "8:61",
        "32 08:00",
        "0 08:00",
        "2026-02-30 08:00",
        "230752Z ABC 26",
        "329999Z",
        "8:5",
        "lundi 10 h",  # it is Monday, half past nine: a week ago, or a slip
        "mardi 23 novembre 8 h",  # a Monday
        "hier à minuit",  # the one before yesterday, or the one after
        "minuit hier",
        "yesterday 12 am",
        "12 pm",
        "12 am",
        "13 am",
        "0 pm",
        "hier soir 9 h du matin",
        "hier matin",
        "hier",
        "lundi",
        "2 10 pm",
        "6 h 22 8 h",
        "today, 20:00 (222000Z NOV 26)",  # the words are those of another day
        "2 h du soir",
        "demi",
        "il y a longtemps",
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(RefusalError) as refused:
        read(text, NOW, "Africa/Bamako", Towards.PAST)
    assert refused.value.code is No.BAD_MOMENT


@given(st.text(max_size=20))
def test_no_text_is_a_fault(text: str) -> None:
    try:
        found = read(text, NOW, "America/Toronto", Towards.PAST)
    except RefusalError:
        return
    assert found.tzinfo is UTC


@given(st.integers(0, 23), st.integers(0, 59), st.sampled_from(["America/Toronto", "Africa/Bamako", "Europe/Brussels"]))
def test_a_time_of_day_is_within_the_day_before_or_after(hour: int, minute: int, zone: str) -> None:
    text = f"{hour:02}:{minute:02}"
    assert timedelta(hours=-25) <= read(text, NOW, zone, Towards.PAST) - NOW <= timedelta(minutes=10)
    assert timedelta() < read(text, NOW, zone, Towards.FUTURE) - NOW <= timedelta(hours=25)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5 décembre 2026 8 h", at(5, 8, month=12)),
        ("le 5 décembre à 8 h 30", at(5, 8, 30, month=12)),
        ("5 December 08:00", at(5, 8, month=12)),
        ("1er janvier 8 h", at(1, 8, month=1, year=2027)),
        ("5 dec 2026", at(5, 9, month=12)),
    ],
)
def test_months_by_name(text: str, expected: datetime) -> None:
    assert read(text, NOW, "Africa/Bamako", Towards.FUTURE, date_alone_hour=9) == expected


@pytest.mark.parametrize("text", ["5 jui 2026 8 h", "5 lundi 8 h", "31 février 2026 8 h"])
def test_no_such_month_or_day(text: str) -> None:
    with pytest.raises(RefusalError):
        read(text, NOW, "Africa/Bamako", Towards.FUTURE)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9 heures", at(23, 9)),
        ("9 heures 30", at(23, 9, 30)),
        ("9 heures 30 minutes", at(23, 9, 30)),
        ("9 h et demie", at(23, 9, 30)),
        ("9 heures et quart", at(23, 9, 15)),
        ("9 heures du matin", at(23, 9)),
        ("9 h 15 du matin", at(23, 9, 15)),
        ("10 heures du soir", at(22, 22)),
        ("2 heures de l'après-midi", at(22, 14)),
        ("14 heures de l’après-midi", at(22, 14)),
        ("9 am", at(23, 9)),
        ("9 a.m.", at(23, 9)),
        ("2:30 pm", at(22, 14, 30)),
        ("2.30 p.m.", at(22, 14, 30)),
        ("230pm", at(22, 14, 30)),
        ("12:30 pm", at(22, 12, 30)),
        ("12:30 am", at(23, 0, 30)),
        ("14:30 pm", at(22, 14, 30)),
        ("9 in the morning", at(23, 9)),
        ("0815 hrs", at(23, 8, 15)),
        ("0815h", at(23, 8, 15)),
        ("midi et demi", at(22, 12, 30)),
        ("minuit et quart", at(23, 0, 15)),
        ("midi 15", at(22, 12, 15)),
        ("12 noon", at(22, 12)),
        ("hier midi", at(22, 12)),
        ("22 h hier", at(22, 22)),
        ("22 h d'hier", at(22, 22)),
        ("10 pm yesterday", at(22, 22)),
        ("20:04, yesterday", at(22, 20, 4)),
        ("22 h hier soir", at(22, 22)),
        ("hier soir 10 h", at(22, 22)),
        ("ce matin à 8 h", at(23, 8)),
        ("8 h ce matin", at(23, 8)),
        ("this morning at 8:00", at(23, 8)),
        ("avant-hier 14 h", at(21, 14)),
        ("il y a deux jours à 14 h", at(21, 14)),
        ("2 days ago at 14:00", at(21, 14)),
        ("lundi 8 h", at(23, 8)),  # today
        ("mardi 14 h", at(17, 14)),
        ("14 h mardi", at(17, 14)),
        ("sunday 2 pm", at(22, 14)),
        ("le dimanche 22 novembre à 14 h", at(22, 14)),
        ("dimanche 22 14 h", at(22, 14)),
        ("22 novembre 14 h", at(22, 14)),
        ("14 h le 22 novembre", at(22, 14)),
        ("14 h le 22", at(22, 14)),
        ("November 22 14:00", at(22, 14)),
        ("November 22, 2026 at 2:00 pm", at(22, 14)),
        ("22 nov 1830", at(22, 18, 30)),
        ("1er fevrier 8 h", at(1, 8, month=2)),
        ("6 h 22 novembre", at(22, 6)),
        ("yesterday, 20:00 (222000Z NOV 26)", at(22, 20)),
    ],
)
def test_how_else_a_time_is_said(text: str, expected: datetime) -> None:
    for said in (text, text.upper(), f"  {text.replace(' ', chr(160))} "):
        assert read(said, NOW, "Africa/Bamako", Towards.PAST) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("demain", at(24, 17)),
        ("tomorrow", at(24, 17)),
        ("après-demain", at(25, 17)),
        ("dans 2 jours", at(25, 17)),
        ("in 3 days", at(26, 17)),
        ("dans une semaine", at(30, 17)),
        ("in two weeks at 8 am", at(7, 8, month=12)),
        ("mardi", at(24, 17)),
        ("dimanche", at(29, 17)),
        ("friday 08:00", at(27, 8)),
        ("8 h demain", at(24, 8)),
        ("demain matin 8 h", at(24, 8)),
        ("today", at(23, 17)),
        ("5 décembre", at(5, 17, month=12)),
    ],
)
def test_days_to_come(text: str, expected: datetime) -> None:
    assert read(text, NOW, "Africa/Bamako", Towards.FUTURE, date_alone_hour=17) == expected


@pytest.mark.parametrize(
    "text", ["lundi", "lundi 14 h", "demain matin", "demain minuit", "dans peu de jours", "23 9:00"]
)
def test_what_may_be_two_days_to_come(text: str) -> None:
    with pytest.raises(RefusalError):
        read(text, NOW, "Africa/Bamako", Towards.FUTURE, date_alone_hour=17)


CATALOGUES = Catalogues.load()
ZONES = ("Africa/Bamako", "America/Toronto", "Europe/Brussels", "Asia/Kathmandu")
languages = st.sampled_from(["en", "fr"])
zones = st.sampled_from(ZONES)
nows = st.datetimes(datetime(2024, 1, 1), datetime(2028, 12, 31)).map(lambda one: one.replace(tzinfo=UTC))


def is_told_apart(instant: datetime, zone: str) -> bool:
    """Whether no clock change makes the local time another instant, too."""
    local = instant.astimezone(ZoneInfo(zone))
    return local.replace(fold=0).astimezone(UTC) == instant and local.replace(fold=1).astimezone(UTC) == instant


@given(nows, st.integers(0, 366 * 24 * 60 - 1), languages, zones)
def test_what_vigie_prints_of_the_past_is_read_as_the_same_minute(
    now: datetime, ago: int, language: str, zone: str
) -> None:
    then = (now - timedelta(minutes=ago)).replace(second=0, microsecond=0)
    voice = Voice(CATALOGUES[language], zone=ZoneInfo(zone), now=now)
    printed = [when(voice, then), voice.dtg(then)]
    if is_told_apart(then, zone):
        printed += [voice.when(then), f"{voice.day(then)}, {voice.time(then)}"]
        printed[-1:] = [] if voice.time(then) == "minuit" else [printed[-1]]
    for text in printed:
        assert read(text, now, zone, Towards.PAST) == then, text


@given(nows, st.integers(1, 300 * 24 * 60), languages, zones)
def test_what_it_prints_of_what_is_to_come_too(now: datetime, ahead: int, language: str, zone: str) -> None:
    then = (now + timedelta(minutes=ahead)).replace(second=0, microsecond=0)
    voice = Voice(CATALOGUES[language], zone=ZoneInfo(zone), now=now)
    printed = [when(voice, then), voice.dtg(then), *([voice.when(then)] if is_told_apart(then, zone) else [])]
    for text in printed:
        assert read(text, now, zone, Towards.FUTURE) == then, text
