"""The answers by which Telegram says no, in Telegram's own words."""


class Refusal(Exception):  # noqa: N818 (to the server it is an answer, not an error)
    """An answer with `ok: false`; `retry_after` (seconds) goes with code 429."""

    def __init__(self, code: int, description: str, retry_after: int | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after = retry_after

    def as_json(self) -> dict[str, object]:
        """Return the body of the answer."""
        body: dict[str, object] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.retry_after is not None:
            body["parameters"] = {"retry_after": self.retry_after}
        return body


def bad_request(text: str) -> Refusal:
    """Return a 400 that says `Bad Request: text`."""
    return Refusal(400, f"Bad Request: {text}")


def forbidden(text: str) -> Refusal:
    """Return a 403 that says `Forbidden: text`."""
    return Refusal(403, f"Forbidden: {text}")


def conflict(text: str) -> Refusal:
    """Return a 409 that says `Conflict: text`."""
    return Refusal(409, f"Conflict: {text}")


def too_many(retry_after: int) -> Refusal:
    """Return a 429 that asks to wait `retry_after` seconds."""
    return Refusal(429, f"Too Many Requests: retry after {retry_after}", retry_after)
