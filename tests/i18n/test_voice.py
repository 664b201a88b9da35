"""One reader's voice: escaping, zones, and the words of each language."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.i18n.catalogue import Catalogue
from bot.i18n.po import Entry
from bot.i18n.voice import Html, Voice

NB = "\u00a0"
NOW = datetime(2026, 11, 23, 7, 52, tzinfo=UTC)
BAMAKO = ZoneInfo("Africa/Bamako")
TORONTO = ZoneInfo("America/Toronto")
BRUSSELS = ZoneInfo("Europe/Brussels")


def entry(msgid: str, *texts: str, context: str | None = None, plural: str | None = None) -> Entry:
    return Entry(1, context, msgid, plural, texts, fuzzy=False, notes=())


FRENCH = Catalogue(
    "fr",
    (
        entry("Received at {time} ({post}).", "Reçu à {time} ({post})."),
        entry("{n} officer", "{n} membre", "{n} membres", plural="{n} officers"),
        entry("Report", "Rapport", context="button"),
        entry("Report", "Signaler", context="verb"),
        entry("Step {n}", "Palier {n}", context="button"),
    ),
)


def french(zone: ZoneInfo = BAMAKO, now: datetime = NOW) -> Voice:
    return Voice(FRENCH, zone=zone, now=now)


def english(zone: ZoneInfo = BAMAKO, now: datetime = NOW) -> Voice:
    return Voice(Catalogue("en"), zone=zone, now=now)


def test_say_finds_the_text_and_escapes_its_facts():
    said = french().say("Received at {time} ({post}).", time="7 h", post="<b>&\"'</b>")
    assert said == "Reçu à 7 h (&lt;b&gt;&amp;&quot;'&lt;/b&gt;)."
    assert isinstance(said, Html)


def test_html_is_put_in_as_it_is_and_only_once_escaped():
    inner = english().say("<b>{name}</b>", name="R&D")
    assert english().say("{who} answered.", who=inner) == "<b>R&amp;D</b> answered."


def test_a_fact_that_looks_like_a_placeholder_stays_text():
    assert english().say("{a} {b}", a="{b}", b="{0.__class__}") == "{b} {0.__class__}"


def test_right_to_left_and_emoji_survive():
    names = "محمد \u200fעברית\u200e 👩🏽\u200d✈️ 🇨🇦 \u2067x\u2069"
    assert english().say("{name}!", name=names) == f"{names}!"
    assert english().word("button", "{name}", name=names) == names


def test_facts_named_as_our_own_arguments_are_facts():
    assert english().say("{self} {text}", self="a", text="b") == "a b"
    assert english().word("c", "{context}", context="x") == "x"


def test_numbers_are_written_as_the_language_does():
    assert english().say("{n} of {of}", n=3, of=4000) == "3 of 4,000"
    assert french().say("{n} / {of}", n=3, of=4000) == f"3 / 4{NB}000"


@pytest.mark.parametrize(("n", "en", "fr"), [(0, "0 officers", "0 membre"), (1, "1 officer", "1 membre")])
def test_count_of_few(n: int, en: str, fr: str):
    assert english().count("{n} officer", "{n} officers", n) == en
    assert french().count("{n} officer", "{n} officers", n) == fr


def test_count_of_many_and_with_facts():
    assert french().count("{n} officer", "{n} officers", 4000) == f"4{NB}000 membres"
    assert english().count("{n} at {post}", "{n} at {post}", 2, post="<Mopti>") == "2 at &lt;Mopti&gt;"


def test_words_go_by_context_and_are_plain():
    assert french().word("button", "Report") == "Rapport"
    assert french().word("verb", "Report") == "Signaler"
    assert french().word("button", "Step {n}", n=2) == "Palier 2"
    assert english().word("button", "{who}", who="A & <B>") == "A & <B>"


def test_an_unknown_text_is_said_in_english():
    assert french().say("New {thing}", thing="x") == "New x"
    assert french().count("{n} new", "{n} news", 1) == "1 new"
    assert french().word("other", "Report") == "Report"


def test_name():
    @dataclass(frozen=True)
    class Rank:
        en: str
        fr: str

    assert english().name(Rank("Cpl", "cap.")) == "Cpl"
    assert french().name(Rank("Cpl", "cap.")) == "cap."


def test_times_are_those_of_the_zone():
    assert english(TORONTO).time(NOW) == "02:52"
    assert french(TORONTO).time(NOW) == f"2{NB}h{NB}52"
    assert french(BRUSSELS).time(NOW) == f"8{NB}h{NB}52"
    assert french().dtg(NOW) == english(TORONTO).dtg(NOW) == "230752Z NOV 26"


def test_the_day_is_that_of_the_zone():
    late = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
    assert english(TORONTO, late).at(NOW) == "02:52"
    assert english(BAMAKO, late).at(NOW) == "yesterday, 07:52"
    assert french(BAMAKO, late).at(NOW) == f"hier à 7{NB}h{NB}52"
    assert french(BAMAKO, late).day(NOW) == "hier"
    assert french(TORONTO, late).day(NOW) == "aujourd'hui"


def test_a_moment_brings_its_own_preposition():
    late = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
    assert english(TORONTO, late).moment(NOW) == "at 02:52"
    assert english(BAMAKO, late).moment(NOW) == "yesterday at 07:52"
    assert french(BAMAKO, late).moment(NOW) == f"hier à 7{NB}h{NB}52"


def test_midnight_and_noon_are_local():
    assert french(TORONTO).time(datetime(2026, 11, 23, 5, 0, tzinfo=UTC)) == "minuit"
    assert french(BAMAKO).time(datetime(2026, 11, 23, 12, 0, tzinfo=UTC)) == "midi"
    assert english(BAMAKO).time(datetime(2026, 11, 23, 0, 0, tzinfo=UTC)) == "00:00"


@pytest.mark.parametrize(
    ("zone", "at", "en"),
    [
        (TORONTO, datetime(2026, 3, 8, 6, 59, tzinfo=UTC), "01:59"),  # spring forward: 02:00 to 02:59 does not exist
        (TORONTO, datetime(2026, 3, 8, 7, 0, tzinfo=UTC), "03:00"),
        (TORONTO, datetime(2026, 11, 1, 5, 30, tzinfo=UTC), "01:30"),  # and in the fall 01:30 comes twice
        (TORONTO, datetime(2026, 11, 1, 6, 30, tzinfo=UTC), "01:30"),
        (BRUSSELS, datetime(2026, 3, 29, 0, 59, tzinfo=UTC), "01:59"),
        (BRUSSELS, datetime(2026, 3, 29, 1, 0, tzinfo=UTC), "03:00"),
        (BRUSSELS, datetime(2026, 10, 25, 1, 0, tzinfo=UTC), "02:00"),
        (BAMAKO, datetime(2026, 3, 29, 1, 0, tzinfo=UTC), "01:00"),
    ],
)
def test_daylight_saving(zone: ZoneInfo, at: datetime, en: str):
    assert english(zone).time(at) == en


def test_tomorrow_is_tomorrow_on_a_day_of_25_hours():
    now = datetime(2026, 11, 1, 4, 0, tzinfo=UTC)  # midnight in Toronto, the day the clocks go back
    assert english(TORONTO, now).when(now + timedelta(hours=24)) == "today, 23:00"
    assert english(TORONTO, now).when(now + timedelta(hours=25)) == "tomorrow, 00:00"


def test_dates_take_instants_and_plain_dates():
    assert french().date(NOW) == "23 novembre"
    assert french().date(date(2027, 11, 1)) == "1er novembre 2027"
    assert french().day(date(2026, 11, 24)) == "demain"
    assert french().duration(timedelta(days=3)) == f"3{NB}jours"


def test_naive_times_are_refused():
    with pytest.raises(ValueError, match="no zone"):
        english().time(NOW.replace(tzinfo=None))
    with pytest.raises(ValueError, match="no zone"):
        english().dtg(NOW.replace(tzinfo=None))


def test_items_and_join_keep_html_and_escape_the_rest():
    assert french().items(["A", "B & C"]) == "A et B & C"
    assert english().items([Html("<b>A</b>"), "B & C"]) == "<b>A</b> and B &amp; C"
    assert english().join("A & B", None, "", Html("<b>C</b>")) == "A &amp; B\n\n<b>C</b>"
    assert english().join("A", "B", sep=" > ") == "A &gt; B"
