"""The hours that a card shows can be typed as they stand there."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.texts.contact_said import hours
from bot.domain.contact import Hours
from bot.domain.contact_hours import parse
from bot.i18n.catalogue import Catalogues
from bot.i18n.voice import Voice

ZONE = "Africa/Bamako"
CATALOGUES = Catalogues.load()
clocks = st.builds(time, st.integers(0, 23), st.integers(0, 59))
weeks = st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days)))


@pytest.mark.parametrize("language", ["en", "fr"])
@given(days=weeks, since=clocks, until=clocks)
def test_what_a_card_says_is_read_again(language: str, days: tuple[int, ...], since: time, until: time) -> None:
    said = Hours(days, time(0) if since == until else since, time(0) if since == until else until, ZONE)
    voice = Voice(CATALOGUES[language], zone=ZoneInfo(ZONE), now=datetime(2026, 11, 23, tzinfo=UTC))
    assert parse(hours(said, voice).removeprefix("🕗 "), ZONE) == said
