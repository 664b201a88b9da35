"""What the demo keeps to itself."""

from pydantic import SecretStr

from bot.config import shape
from bot.demo.show import Show


async def test_nobody_can_guess_the_token_of_a_demo() -> None:
    shows = [Show() for _ in range(3)]
    tokens = {show.telegram.token for show in shows}
    for show in shows:
        await show.stop()
    assert len(tokens) == 3
    for token in tokens:
        assert shape.token(SecretStr(token)).get_secret_value() == token
        assert len(token) > 40
