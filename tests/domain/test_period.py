"""Periods in every way that people write them: what is read is what was meant, or it is asked again."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chat.texts.refusal import REFUSALS
from bot.document.report_said import said
from bot.domain.errors import No, RefusalError
from bot.domain.form import locate
from bot.domain.moment import Towards, read
from bot.domain.period import BEFORE_ITS_END, PAST_MAX, period
from bot.domain.report_form import DAILY
from bot.i18n.voice import Voice
from tests.domain.test_moment import CATALOGUES, is_told_apart, languages, nows, zones

NOW = datetime(2026, 11, 23, 17, 45, tzinfo=UTC)  # a Monday
PERIOD = locate(DAILY, "period")


def reading(text: str, now: datetime = NOW, zone: str = "Africa/Bamako") -> tuple[datetime, datetime] | None:
    """Return what is read; nothing if it is asked again."""
    try:
        found = period(text, now, zone)
    except RefusalError as refusal:
        assert refusal.code is No.BAD_PERIOD
        return None
    return datetime.fromisoformat(found["from"]), datetime.fromisoformat(found["to"])


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("de 22h hier à 6h", at(22, 22), at(23, 6)),
        ("de 22 h hier à 6 h aujourd'hui", at(22, 22), at(23, 6)),
        ("22h hier - 6h", at(22, 22), at(23, 6)),
        ("from 10 pm yesterday to 6 am", at(22, 22), at(23, 6)),
        ("10 pm to 6 am", at(22, 22), at(23, 6)),
        ("6 h à 18 h hier", at(22, 6), at(22, 18)),
        ("6h 18h hier", at(22, 6), at(22, 18)),
        ("6h hier 18h", at(22, 6), at(22, 18)),
        ("de 6 h à 18 h, hier", at(22, 6), at(22, 18)),
        ("from 6 am to 6 pm yesterday", at(22, 6), at(22, 18)),
        ("06:00 to 6 pm", at(23, 6), at(23, 18)),
        ("hier de 9 heures du matin à 5 heures du soir", at(22, 9), at(22, 17)),
        ("de 22 h hier soir à 6 h ce matin", at(22, 22), at(23, 6)),
        ("22 h jusqu'à 6 h", at(22, 22), at(23, 6)),
        ("0600 hrs to 1800 hrs", at(23, 6), at(23, 18)),
        ("6 heures 18 heures", at(23, 6), at(23, 18)),
        ("6 heures à midi et demi", at(23, 6), at(23, 12, 30)),
        ("6h a 18h", at(23, 6), at(23, 18)),
        ("22 h à hier 6 h", at(21, 22), at(22, 6)),
        ("lundi 6 h à 17 h", at(23, 6), at(23, 17)),
        ("vendredi 22 h à samedi 6 h", at(20, 22), at(21, 6)),
        ("from Friday 22:00 to Saturday 06:00", at(20, 22), at(21, 6)),
        ("le vendredi 20 novembre de 6 h à 18 h", at(20, 6), at(20, 18)),
        ("22 h le 20 novembre au 21 novembre 6 h", at(20, 22), at(21, 6)),
        ("November 20 06:00 - November 20 18:00", at(20, 6), at(20, 18)),
        ("23 06:00 - 23 19:00", at(23, 6), at(23, 19)),  # a little before its end
        ("hier", at(22, 0), at(23, 0)),
        ("Yesterday", at(22, 0), at(23, 0)),
        ("avant-hier", at(21, 0), at(22, 0)),
        ("aujourd’hui", at(23, 0), NOW),
        ("today", at(23, 0), NOW),
        ("vendredi", at(20, 0), at(21, 0)),
        ("20 novembre", at(20, 0), at(21, 0)),
        ("2026-11-20", at(20, 0), at(21, 0)),
        ("6 h à maintenant", at(23, 6), NOW),
    ],
)
def test_ways_of_writing(text: str, since: datetime, until: datetime) -> None:
    assert reading(text) == (since, until)


@pytest.mark.parametrize(
    "text",
    [
        "de 22 h à 6 h hier",  # begun yesterday, or over by then
        "from 10 pm to 6 am yesterday",
        "22h hier 6h",  # yesterday at ten at night, or at six in the morning
        "18 h à 18 h hier",
        "9:00 to 11:00 pm",  # from the morning on, or in the evening both
        "2 h à 4 h de l'après-midi",
        "9 pm to 11:00",
        "hier soir de 8 h à 11 h",
        "23 18:00 - 23 06:00",  # was read as a month
        "23 06:00 - 23 21:00",  # today, or a month ago
        "lundi",  # it is Monday
        "lundi 18 h à lundi 6 h",
        "lundi 22 h à 6 h",
        "demain",
        "tomorrow",
        "dans 2 jours",
        "hier minuit à 6 h",  # which of two
        "hier matin",
        "22",
        "hier 18 h à hier 18 h",
        "22 nov 2015",  # a slip of the year, or a quarter past eight
        "du 20 au 22 novembre",
        "9 to 5",
        "hier aujourd'hui",
    ],
)
def test_what_may_be_meant_otherwise_is_asked_again(text: str) -> None:
    assert reading(text) is None


def clocks(hour: int, minute: int) -> list[str]:
    """Return the ways in which a time of day is written, in both languages; each says which of twenty-four hours."""
    late, twelve = ("pm", "soir") if hour >= 12 else ("am", "matin"), hour % 12 or 12
    found = [f"{hour}:{minute:02}", f"{hour:02}:{minute:02}", f"{hour:02}{minute:02}", f"{hour:02}{minute:02} hrs"]
    found += [f"{hour}h{minute:02}", f"{hour} h {minute:02}", f"{hour} heures {minute:02}"]
    found += [f"{twelve}:{minute:02} {late[0]}", f"{twelve}:{minute:02} {late[0][0]}.m."]
    if minute == 0:
        found += [f"{hour}h", f"{hour} h", f"{hour} heures", f"{twelve} {late[0]}", f"{twelve}{late[0]}"]
        found += {0: ["minuit", "midnight"], 12: ["midi", "noon"]}.get(hour, [])
    if minute == 30:
        found += [f"{hour} h et demie"]
    if hour in range(1, 12) or hour in range(17, 24):
        found.append(f"{twelve} heures {minute:02} du {late[1]}")
    return found


WEEKDAYS = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
}
RELATIVE = {
    "en": {0: "today", 1: "yesterday", 2: "the day before yesterday"},
    "fr": {0: "aujourd'hui", 1: "hier", 2: "avant-hier"},
}


def days(day: datetime, today: datetime, language: str) -> list[str]:
    """Return the ways in which a day that is not far back is written."""
    voice = Voice(CATALOGUES[language], zone=ZoneInfo("UTC"), now=today)
    back = (today.date() - day.date()).days
    found = [f"{day:%Y-%m-%d}", voice.date(day), WEEKDAYS[language][day.weekday()]]
    return found + ([RELATIVE[language][back]] if back in RELATIVE[language] else [])


BEFORE_CLOCK = {"en": [" ", " at ", ", "], "fr": [" ", " à ", ", "]}
BEFORE_DAY = {"en": [" ", " on ", ", "], "fr": [" ", " le ", ", ", " d'"]}
LEADING = {"en": ["", "from "], "fr": ["", "de ", "du ", "d'"]}
BETWEEN = {
    "en": [" to ", " - ", " – ", "/", " until ", " "],
    "fr": [" à ", " - ", "-", " au ", " jusqu'à ", " ; ", " "],
}
# Where the day stands at either end. `other`: at the end, that of the start, said for both.
HOWS = [("before", "before"), ("before", "after"), ("after", "before"), ("after", "after")]
HOWS_WITHIN_A_DAY = [("before", ""), ("after", ""), ("", "after"), ("", "before"), ("", "other")]


@st.composite
def written(draw: st.DrawFn) -> tuple[str, datetime, datetime, datetime]:
    """Return a period as somebody writes it, what they mean by it, and when they do."""
    now = draw(st.datetimes(datetime(2026, 1, 2), datetime(2026, 12, 30))).replace(tzinfo=UTC)
    language = draw(st.sampled_from(["en", "fr"]))
    since = now.replace(hour=0, minute=0, second=0, microsecond=0)
    since += timedelta(minutes=15 * draw(st.integers(-3 * 96, 95)))
    until = since + timedelta(minutes=15 * draw(st.integers(1, 120)))
    if until > now:
        since, until = (one - timedelta(days=3) for one in (since, until))
    within_a_day = until - since <= timedelta(days=1)
    hows = HOWS + (HOWS_WITHIN_A_DAY if within_a_day else [])
    # Times alone are those of the last such period that has begun, and ends in two hours at the latest.
    next_day = timedelta(days=1)
    if within_a_day and (until + next_day > now + BEFORE_ITS_END or since + next_day > now):
        hows = [*hows, ("", "")]
    left, right = draw(st.sampled_from(hows))
    lead, between = draw(st.sampled_from(LEADING[language])), draw(st.sampled_from(BETWEEN[language]))
    # Nobody who parts the ends with a space alone puts more than that within them: `22h hier à 6h` has its `à` there.
    spaces = slice(1) if between == " " else slice(None)

    def end(at: datetime, how: str) -> str:
        clock = draw(st.sampled_from(clocks(at.hour, at.minute)))
        day = draw(st.sampled_from(days(since if how == "other" else at, now, language)))
        if how == "before":
            return f"{day}{draw(st.sampled_from(BEFORE_CLOCK[language][spaces]))}{clock}"
        return f"{clock}{draw(st.sampled_from(BEFORE_DAY[language][spaces]))}{day}" if how else clock

    return lead + end(since, left) + between + end(until, right), since, until, now


@settings(max_examples=300)
@given(written())
def test_a_period_is_read_as_it_was_meant_or_asked_again(case: tuple[str, datetime, datetime, datetime]) -> None:
    text, since, until, now = case
    assert reading(text, now, "UTC") in (None, (since, until))


@given(st.data(), nows, st.integers(0, 30 * 24 * 60), st.integers(1, 31 * 24 * 60), languages, zones)
def test_a_period_that_vigie_prints_is_read_as_the_same(
    data: st.DataObject, now: datetime, ago: int, length: int, language: str, zone: str
) -> None:
    until = (now - timedelta(minutes=ago)).replace(second=0, microsecond=0)
    since = until - timedelta(minutes=length)
    voice = Voice(CATALOGUES[language], zone=ZoneInfo(zone), now=now)
    printed = said(voice, PERIOD, {"from": since.isoformat(), "to": until.isoformat()}, 100)
    assert reading(printed, now, zone) == (since, until), printed
    if is_told_apart(since, zone) and is_told_apart(until, zone):
        plain = re.sub(r" \([^)]*\)", "", printed)
        assert reading(plain, now, zone) == (since, until), plain


@given(st.text(alphabet="0123456789 hàahierlund-/:,;pmto", max_size=24), nows, zones)
def test_what_is_read_is_a_period_that_can_be(text: str, now: datetime, zone: str) -> None:
    found = reading(text, now, zone)
    if found is not None:
        assert found[0] < found[1] <= now + timedelta(hours=2)
        assert now - PAST_MAX - timedelta(days=31) < found[0] or "-" in text, "only a date with its year is older"


@pytest.mark.parametrize("text", ["6 h ", "6-", "a ", "22 novembre ", "6 h hier "])
def test_a_long_text_is_refused_before_all_of_it_is_tried(text: str) -> None:
    assert reading(text * 1000) is None


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("code", [No.BAD_PERIOD, No.BAD_MOMENT, No.LIES_BEHIND, No.LIES_AHEAD, No.BAD_DATE])
def test_the_examples_of_the_refusals_are_read(language: str, code: No) -> None:
    examples = re.findall("<code>(.*?)</code>", CATALOGUES[language].gettext(REFUSALS[code]))
    assert examples
    for text in examples:
        if code is No.BAD_PERIOD:
            assert reading(text, NOW + timedelta(days=1)) is not None, text
        else:
            read(text, NOW, "Africa/Bamako", Towards.FUTURE)
