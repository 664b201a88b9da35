"""What the demo keeps to itself, and what it makes of a day that it sleeps through."""

from datetime import timedelta

from pydantic import SecretStr

from bot.config import shape
from bot.demo.show import Show
from tests.kit import texts, until


async def test_nobody_can_guess_the_token_of_a_demo() -> None:
    shows = [Show() for _ in range(3)]
    tokens = {show.telegram.token for show in shows}
    for show in shows:
        await show.stop()
    assert len(tokens) == 3
    for token in tokens:
        assert shape.token(SecretStr(token)).get_secret_value() == token
        assert len(token) > 40


async def test_a_day_is_slept_through_and_leaves_phones_that_can_be_read() -> None:
    show = Show()
    try:
        await show.start()
        phones = [show.telegram.phone(1001 + number) for number in range(5)]
        (boss,) = [one for one in phones if one.label.endswith("commander")]
        marks = [one.messages[-1].id for one in phones]
        morning = show.clock.now()
        show.clock.move(timedelta(days=1))
        await until(lambda: any("MLI-SITREP-" in one for one in texts(boss, marks[phones.index(boss)])))
        assert show.app is not None
        app = show.app
        await until(lambda: app.courier.idle and app.errands.idle)
        assert timedelta(days=1) <= show.clock.now() - morning < timedelta(days=1, minutes=5)
        for phone, mark in zip(phones, marks, strict=True):
            assert len(texts(phone, mark)) < 12, "an hourly check-in would have been missed two dozen times by each"
        told = texts(boss, marks[phones.index(boss)])
        assert any("Last 24 hours" in one for one in told)
        for name in ("Deniger", "LaCroix", "Hamelin", "Willis"):
            alerts = [one for one in told if one.startswith("🔴 OVERDUE") and name in one.splitlines()[0]]
            assert len(alerts) <= 1
            assert all("this alert goes out late because of us" in one for one in alerts)
    finally:
        await show.stop()
