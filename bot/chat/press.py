"""Callback data: opaque, signed, and bound to the one person whose screen shows the button."""

import base64
import hashlib
import hmac

from bot.chat.keyboard import Press, Verb

_MARK = 8  # characters of the signature: 48 bits, guessed at a few tries a second for longer than a tour lasts


class Seal:
    """Signs presses for their reader. The key comes from the bot token: a new bot's buttons are new."""

    def __init__(self, token: str) -> None:
        self._key = hashlib.sha256(b"vigie buttons " + token.encode()).digest()

    def _sign(self, body: str, user: int) -> str:
        digest = hmac.digest(self._key, f"{user}:{body}".encode(), "sha256")
        return base64.urlsafe_b64encode(digest)[:_MARK].decode()

    def data(self, press: Press, user: int) -> str:
        """Return the callback data of a press for the person with Telegram id `user`."""
        body = "|".join((press.verb.value, press.about, press.word))
        return f"{self._sign(body, user)}{body}"

    def read(self, data: str, user: int) -> Press | None:
        """Return the press, or nothing if it was forged, belongs to somebody else or is of another version."""
        mark, body = data[:_MARK], data[_MARK:]
        if not hmac.compare_digest(mark.encode(), self._sign(body, user).encode()):
            return None
        verb, about, word = body.split("|")
        try:
            return Press(Verb(verb), about, word)
        except ValueError:
            return None
