"""Links as Telegram's server reads them: the address that it keeps, and why it refuses one.

Source: `LinkManager::check_link_impl` and `parse_url` of tdlib, on which the Bot API server is built.
"""

import re
from ipaddress import IPv6Address

OWN = re.compile(r"(tg|tonsite|ton):(?://)?(.*)", re.IGNORECASE | re.DOTALL)
PARTS = re.compile(r"(?:(?P<scheme>[^:/?#@\[\]]*)://)?(?P<place>[^/?#]*)(?P<rest>.*)", re.DOTALL)
ALLOWED = re.compile(r"(?:[\w.!$,~*'();&+=\u0080-\U0010ffff-]|%[0-9A-Fa-f]{2})*")
OWN_HOST = re.compile(r"[A-Za-z0-9_-]*")
UNSEEN = re.compile(r"[\x00-\x20]")
HIGHEST_PORT = 65535


class WrongLinkError(ValueError):
    """Telegram does not take this link; the text is its reason."""


def checked_link(url: str) -> str:
    """Return the address as Telegram keeps it; raises `WrongLinkError` for one that it does not take."""
    own = OWN.fullmatch(url)
    parts = PARTS.fullmatch(own[2] if own else url)
    assert parts is not None
    scheme = "http" if parts["scheme"] is None else parts["scheme"].lower()
    if scheme not in ("http", "https"):
        raise WrongLinkError("Unsupported URL protocol")
    before, port = _port(parts["place"])
    user, _, host = before.rpartition("@")
    host = host.lower()
    ip6 = _check_host(user, host)
    path = UNSEEN.sub(lambda found: f"%{ord(found[0]):02X}", parts["rest"].rstrip(" \t\r\n\v\0"))
    path = path if path.startswith("/") else f"/{path}"
    if own:
        name = own[1].lower()
        if parts["scheme"] is not None or user or port or ip6:
            raise WrongLinkError(f"Wrong {'tg' if name == 'tg' else 'ton'} URL")
        if not OWN_HOST.fullmatch(host.replace(".", "") if name == "tonsite" else host):
            raise WrongLinkError("Unallowed characters in URL host")
        return f"{name}://{host}{path.removeprefix('/') if path.startswith('/?') else path}"
    if "." not in host and not ip6:
        raise WrongLinkError("Wrong HTTP URL")
    return f"{scheme}://{user + '@' if user else ''}{host}{f':{port}' if port else ''}{path}"


def _port(place: str) -> tuple[str, int]:
    """Return what stands before the port, and the port, 0 if none is given."""
    at = max(place.rfind(sign) for sign in ":]@")
    if at < 1 or place[at] != ":":
        return place, 0
    digits = place[at + 1 :].lstrip("0")
    if not re.fullmatch(r"[0-9]{1,5}", digits) or int(digits) > HIGHEST_PORT:
        raise WrongLinkError("Wrong port number specified in the URL")
    return place[:at], int(digits)


def _check_host(user: str, host: str) -> bool:
    """Tell whether the host is an IPv6 address; raises `WrongLinkError` if it is no host at all."""
    if not host:
        raise WrongLinkError("URL host is empty")
    if host == ".":
        raise WrongLinkError("Host is invalid")
    if host.startswith("[") and host.endswith("]"):
        try:
            IPv6Address(host[1:-1])
        except ValueError:
            raise WrongLinkError("Wrong IPv6 address specified in the URL") from None
        return True
    for part, name in ((host, "host"), (user.replace(":", ""), "userinfo")):
        if not ALLOWED.fullmatch(part):
            raise WrongLinkError(f"Disallowed character in URL {name}")
    return False
