"""What each language writes: the tables are Canadian usage, with `_` for the non-breaking space."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest

from bot.i18n import formats


def nb(text: str) -> str:
    return text.replace("_", formats.NBSP)


@pytest.mark.parametrize(
    ("at", "en", "fr"),
    [
        (time(7, 52), "07:52", "7_h_52"),
        (time(8, 0), "08:00", "8_h"),
        (time(14, 5), "14:05", "14_h_05"),
        (time(0, 0), "00:00", "minuit"),
        (time(0, 30), "00:30", "0_h_30"),
        (time(12, 0), "12:00", "midi"),
        (time(12, 1), "12:01", "12_h_01"),
        (time(23, 59, 59), "23:59", "23_h_59"),
    ],
)
def test_clock_time(at: time, en: str, fr: str):
    assert formats.clock_time("en", at) == en
    assert formats.clock_time("fr", at) == nb(fr)


@pytest.mark.parametrize(
    ("on", "en", "fr"),
    [
        (date(2026, 11, 23), "23 November", "23 novembre"),
        (date(2026, 11, 1), "1 November", "1er novembre"),
        (date(2026, 2, 28), "28 February", "28 février"),
        (date(2027, 8, 1), "1 August 2027", "1er août 2027"),
        (date(2025, 12, 31), "31 December 2025", "31 décembre 2025"),
    ],
)
def test_calendar_date(on: date, en: str, fr: str):
    today = date(2026, 11, 23)
    assert formats.calendar_date("en", on, today) == en
    assert formats.calendar_date("fr", on, today) == fr


@pytest.mark.parametrize(
    ("on", "en", "fr"),
    [
        (date(2026, 12, 30), "yesterday", "hier"),
        (date(2026, 12, 31), "today", "aujourd'hui"),
        (date(2027, 1, 1), "tomorrow", "demain"),
        (date(2027, 1, 2), "Saturday 2 January 2027", "le samedi 2 janvier 2027"),
        (date(2026, 12, 1), "Tuesday 1 December", "le mardi 1er décembre"),
    ],
)
def test_day(on: date, en: str, fr: str):
    today = date(2026, 12, 31)
    assert formats.day("en", on, today) == en
    assert formats.day("fr", on, today) == fr


@pytest.mark.parametrize(
    ("at", "en", "fr"),
    [
        (datetime(2026, 11, 23, 7, 52, tzinfo=UTC), "at 07:52", "à 7_h_52"),
        (datetime(2026, 11, 23, 0, 0, tzinfo=UTC), "at 00:00", "à minuit"),
        (datetime(2026, 11, 22, 20, 4, tzinfo=UTC), "yesterday at 20:04", "hier à 20_h_04"),
        (datetime(2026, 11, 24, 8, 0, tzinfo=UTC), "tomorrow at 08:00", "demain à 8_h"),
        (datetime(2026, 12, 1, 12, 0, tzinfo=UTC), "on 1 December at 12:00", "le 1er décembre à midi"),
        (datetime(2026, 11, 24, 0, 0, tzinfo=UTC), "tomorrow at 00:00", "demain à 0_h"),
        (datetime(2027, 1, 2, 8, 5, tzinfo=UTC), "on 2 January 2027 at 08:05", "le 2 janvier 2027 à 8_h_05"),
    ],
)
def test_moment(at: datetime, en: str, fr: str):
    today = date(2026, 11, 23)
    assert formats.moment("en", at, today) == en
    assert formats.moment("fr", at, today) == nb(fr)


@pytest.mark.parametrize(
    ("length", "en", "fr"),
    [
        (timedelta(minutes=1), "every minute", "toutes les minutes"),
        (timedelta(minutes=2), "every 2_min", "toutes les 2_min"),
        (timedelta(hours=1), "every hour", "toutes les heures"),
        (timedelta(minutes=90), "every 1_h_30_min", "toutes les 1_h_30_min"),
        (timedelta(hours=12), "every 12_h", "toutes les 12_h"),
        (timedelta(days=1), "every day", "tous les jours"),
        (timedelta(days=2), "every 2_days", "tous les 2_jours"),
    ],
)
def test_every(length: timedelta, en: str, fr: str):
    assert formats.every("en", length) == nb(en)
    assert formats.every("fr", length) == nb(fr)


@pytest.mark.parametrize(
    ("at", "en", "fr"),
    [
        (datetime(2026, 11, 23, 20, 0, tzinfo=UTC), "today, 20:00", "aujourd'hui à 20_h"),
        (datetime(2026, 11, 24, 8, 0, tzinfo=UTC), "tomorrow, 08:00", "demain à 8_h"),
        (datetime(2026, 11, 22, 20, 4, tzinfo=UTC), "yesterday, 20:04", "hier à 20_h_04"),
        (datetime(2026, 12, 1, 0, 0, tzinfo=UTC), "1 December, 00:00", "le 1er décembre à 0_h"),
        (datetime(2026, 11, 24, 0, 0, tzinfo=UTC), "tomorrow, 00:00", "demain à 0_h"),
    ],
)
def test_when(at: datetime, en: str, fr: str):
    assert formats.when("en", at, date(2026, 11, 23)) == en
    assert formats.when("fr", at, date(2026, 11, 23)) == nb(fr)


@pytest.mark.parametrize(
    ("length", "en", "fr"),
    [
        (timedelta(), "0_s", "0_s"),
        (timedelta(seconds=45), "45_s", "45_s"),
        (timedelta(seconds=59.7), "1_min", "1_min"),
        (timedelta(seconds=90), "1_min_30_s", "1_min_30_s"),
        (timedelta(minutes=4, seconds=59.6), "5_min", "5_min"),
        (timedelta(minutes=14, seconds=57), "15_min", "15_min"),
        (timedelta(minutes=-32), "32_min", "32_min"),
        (timedelta(minutes=59, seconds=40), "1_h", "1_h"),
        (timedelta(hours=2, minutes=5), "2_h_5_min", "2_h_5_min"),
        (timedelta(hours=23, minutes=59, seconds=45), "1_day", "1_jour"),
        (timedelta(hours=36), "1_day_12_h", "1_jour_12_h"),
        (timedelta(hours=72), "3_days", "3_jours"),
        (timedelta(days=1200), "1,200_days", "1_200_jours"),
    ],
)
def test_duration(length: timedelta, en: str, fr: str):
    assert formats.duration("en", length) == nb(en)
    assert formats.duration("fr", length) == nb(fr)


@pytest.mark.parametrize(
    ("value", "en", "fr"),
    [(0, "0", "0"), (999, "999", "999"), (4000, "4,000", "4_000"), (1234567.5, "1,234,567.5", "1_234_567,5")],
)
def test_number(value: float, en: str, fr: str):
    assert formats.number("en", value) == en
    assert formats.number("fr", value) == nb(fr)


def test_dtg_is_told_in_utc():
    toronto_evening = datetime(2026, 11, 23, 2, 52, tzinfo=timezone(timedelta(hours=-5)))
    assert formats.dtg(toronto_evening) == "230752Z NOV 26"
    assert formats.dtg(datetime(2008, 2, 27, 15, 45, tzinfo=UTC)) == "271545Z FEB 08"


@pytest.mark.parametrize(
    ("parts", "en", "fr"),
    [([], "", ""), (["A"], "A", "A"), (["A", "B"], "A and B", "A et B"), (["A", "B", "C"], "A, B and C", "A, B et C")],
)
def test_items(parts: list[str], en: str, fr: str):
    assert formats.items("en", parts) == en
    assert formats.items("fr", parts) == fr


@pytest.mark.parametrize(
    ("days", "english", "french"),
    [
        (range(7), "every day", "chaque jour"),
        (range(5), "from Monday to Friday", "du lundi au vendredi"),
        ((4, 5, 6), "from Friday to Sunday", "du vendredi au dimanche"),
        ((5, 6), "on Saturday and Sunday", "le samedi et le dimanche"),
        ((0, 2, 4), "on Monday, Wednesday and Friday", "le lundi, le mercredi et le vendredi"),
        ((3,), "on Thursday", "le jeudi"),
    ],
)
def test_weekdays_that_follow_each_other_are_said_as_such(days: Sequence[int], english: str, french: str) -> None:
    assert formats.weekdays("en", days) == english
    assert formats.weekdays("fr", days) == french
