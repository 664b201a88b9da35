"""When a contact answers, read as people write it in either language, and written so that it is read again."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.contact import Hours
from bot.domain.contact_hours import parse, spell

ALL = tuple(range(7))
ZONE = "Africa/Bamako"


@pytest.mark.parametrize(
    ("said", "days", "since", "until"),
    [
        ("24/7", ALL, time(0), time(0)),
        ("24 h/24, 7 j/7", ALL, time(0), time(0)),
        ("mon-fri 08:00-17:00", (0, 1, 2, 3, 4), time(8), time(17)),
        ("Lun-Ven 8 h-16 h 30", (0, 1, 2, 3, 4), time(8), time(16, 30)),
        ("lundi – jeudi 8h00 – 16h30", (0, 1, 2, 3), time(8), time(16, 30)),
        ("daily 20:00-06:00", ALL, time(20), time(6)),
        ("tous les jours 20 h à 6 h", ALL, time(20), time(6)),
        ("mon,wed,sat-sun 00:00-24:00", (0, 2, 5, 6), time(0), time(0)),
        ("du lundi au vendredi, de 8 h à 16 h 30", (0, 1, 2, 3, 4), time(8), time(16, 30)),
        ("Monday to Friday from 08:00 to 17:00", (0, 1, 2, 3, 4), time(8), time(17)),
        ("le lundi et le jeudi, de midi à minuit", (0, 3), time(12), time(0)),
        ("Mondays and Thursdays, from noon until 18:00", (0, 3), time(12), time(18)),
        ("samedis, dimanches 9 h-12 h", (5, 6), time(9), time(12)),
        ("mon - fri 08:00-17:00", (0, 1, 2, 3, 4), time(8), time(17)),
        ("mon to fri 8:00 – 17:00", (0, 1, 2, 3, 4), time(8), time(17)),
        ("Monday – Friday, 8:00—17:00", (0, 1, 2, 3, 4), time(8), time(17)),
        ("mon-fri 8am-5pm", (0, 1, 2, 3, 4), time(8), time(17)),
        ("mon-fri 8:30 a.m. to 12 p.m.", (0, 1, 2, 3, 4), time(8, 30), time(12)),
        ("every day from 12 am to 12 noon", ALL, time(0), time(12)),
        ("weekdays 8:00-17:00", (0, 1, 2, 3, 4), time(8), time(17)),
        ("en semaine de 8 h à 17 h", (0, 1, 2, 3, 4), time(8), time(17)),
        ("fin de semaine 9 h-12 h", (5, 6), time(9), time(12)),
        ("lundi a vendredi 8h a 17h", (0, 1, 2, 3, 4), time(8), time(17)),
        ("lundi-vendredi 8 heures à 17 heures", (0, 1, 2, 3, 4), time(8), time(17)),
        ("les jours de semaine 8h-17h", (0, 1, 2, 3, 4), time(8), time(17)),
        ("tlj 8h-17h", ALL, time(8), time(17)),
        ("week-end 9h-12h", (5, 6), time(9), time(12)),
        ("H24", ALL, time(0), time(0)),
        ("24 heures sur 24", ALL, time(0), time(0)),
        ("always", ALL, time(0), time(0)),
        ("toujours", ALL, time(0), time(0)),
        ("24 h", ALL, time(0), time(0)),
        ("7j/7", ALL, time(0), time(0)),
        ("jour et nuit", ALL, time(0), time(0)),
        ("Day and night", ALL, time(0), time(0)),
        ("Round the clock, from Monday to Friday", (0, 1, 2, 3, 4), time(0), time(0)),
        ("24 h sur 24, le samedi et le dimanche", (5, 6), time(0), time(0)),
        ("sat-mon 9:00-12:00", (0, 5, 6), time(9), time(12)),
    ],
)
def test_hours_are_read_as_people_write_them(said: str, days: tuple[int, ...], since: time, until: time) -> None:
    assert parse(said, ZONE) == Hours(days, since, until, ZONE)


@pytest.mark.parametrize(
    "said",
    [
        "",
        "sometimes",
        "08:00-17:00",
        "mon-fri",
        "mon-fri 25:00-26:00",
        "mon-fry 08:00-17:00",
        "mon--fri 8:00-9:00",
        "mon-fri 13pm-14pm",
        "mon-fri 0am-5pm",
        "lun-ven 8h-12h, 13h-17h",
        "lun " + " " * 4000 + "x",
        "mon-fri 9-5",
    ],
)
def test_what_is_unclear_is_not_guessed(said: str) -> None:
    with pytest.raises(ValueError):
        parse(said, ZONE)


clocks = st.builds(time, st.integers(0, 23), st.integers(0, 59))
weeks = st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days)))


@given(st.builds(Hours, weeks, clocks, clocks, st.just(ZONE)))
def test_what_is_written_is_read_again(hours: Hours) -> None:
    assert parse(spell(hours), ZONE) == hours
