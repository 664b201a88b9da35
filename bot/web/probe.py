"""`python -m bot.web.probe`: the health check of the container image, which asks the Vigie beside it for /healthz."""

import sys
from http.client import HTTPConnection, HTTPException

from bot.config import SettingsFault, load_settings
from bot.config.shape import Bind

# Whoever listens on all addresses is asked by the machine's own.
_OWN = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 (nothing listens here)
TIMEOUT_S = 4.0


def fault(bind: Bind) -> str | None:
    """Return why the Vigie that listens on `bind` is not well, in one line, or None if it is."""
    if not bind.port:
        return "VIGIE_WEB_BIND: port 0 takes any free port, which cannot be asked; expected one such as 0.0.0.0:8080"
    line = HTTPConnection(_OWN.get(bind.host, bind.host), bind.port, timeout=TIMEOUT_S)
    try:
        line.request("GET", "/healthz")
        status = line.getresponse().status
    except (OSError, HTTPException) as error:
        return f"no answer on {bind}: {type(error).__name__}"
    finally:
        line.close()
    return None if status == 200 else f"answer {status} on {bind}"


def main() -> int:
    """Return 0 if Vigie answers where the settings say, else 1, with the reason on standard error."""
    try:
        found = fault(load_settings().web_bind)
    except SettingsFault as refused:
        found = str(refused)
    if found is not None:
        sys.stderr.write(f"{found}\n")
    return int(found is not None)


if __name__ == "__main__":
    sys.exit(main())
