"""Up to when the picture is known: what waits, what was paused, what a wrong clock says."""

from datetime import UTC, datetime, timedelta

from bot.domain.line import ASLEEP, CATCH_UP_LIMIT, Line, Seen, seen, slept

NOW = datetime(2026, 11, 23, 10, 20, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def line(*, up: bool = True, since: timedelta = 60 * MINUTE, drained: timedelta | None = timedelta()) -> Line:
    return Line(up, NOW - since, NOW - drained if drained is not None else None)


def test_what_waits_for_the_desk_is_known_only_up_to_when_it_was_sent() -> None:
    sent = NOW - 130 * MINUTE
    assert seen(NOW, line(since=MINUTE), sent) == Seen(sent, certain=True)


def test_after_two_minutes_of_trying_it_is_judged_all_the_same_and_said() -> None:
    sent = NOW - 130 * MINUTE
    assert seen(NOW, line(since=CATCH_UP_LIMIT), sent) == Seen(sent, certain=True)
    assert seen(NOW, line(since=CATCH_UP_LIMIT + MINUTE), sent) == Seen(NOW, certain=False)


def test_a_pause_is_no_time_in_which_anybody_could_have_caught_up() -> None:
    paused = line(since=300 * MINUTE, drained=120 * MINUTE)
    assert seen(NOW, paused, None) == Seen(NOW, certain=False)
    awake = Line(paused.up, paused.since, paused.drained_at, awake_since=NOW - MINUTE)
    assert seen(NOW, awake, None) == Seen(NOW - 120 * MINUTE, certain=True)


def test_a_clock_put_right_judges_nothing_ahead_of_us() -> None:
    for up in (True, False):
        assert seen(NOW, line(up=up, drained=-95 * MINUTE), None) == Seen(NOW, certain=True)


def test_nothing_is_known_before_the_first_answer() -> None:
    assert seen(NOW, line(since=MINUTE, drained=None), None) == Seen(None, certain=True)


def test_a_look_every_minute_is_awake() -> None:
    assert not slept(NOW - timedelta(seconds=60), NOW)
    assert not slept(NOW + 60 * MINUTE, NOW), "a clock set back is no pause"
    assert slept(NOW - ASLEEP - MINUTE, NOW)
