"""Where settings are written: the environment, the file `.env`, and files that hold a secret each."""

import re
from collections.abc import Mapping
from pathlib import Path

from pydantic_settings import BaseSettings, DotEnvSettingsSource, EnvSettingsSource

PREFIX = "VIGIE_"

# Kubernetes sets these by itself for a Service that is called "vigie".
_SERVICE_LINK = re.compile(r"VIGIE_(SERVICE_(HOST|PORT(_.*)?)|PORT(_[0-9].*)?)")


def gather(env: Mapping[str, str] | None, env_file: Path | str | None, faults: list[str]) -> dict[str, str]:
    """Return all variables that are ours and not empty; a variable of the environment hides its twin in the file.

    `faults` takes what cannot be read; `env` stands for the environment in tests.
    """
    source = env if env is not None else EnvSettingsSource(BaseSettings, case_sensitive=True).env_vars
    given = _ours(source)
    if env_file is None:
        return given
    try:
        in_file = _ours(DotEnvSettingsSource(BaseSettings, env_file=env_file, case_sensitive=True).env_vars)
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "is not UTF-8 text"
        faults.append(f"{env_file}: cannot be read: {why}")
        return given
    taken = {name.removesuffix("_FILE") for name in given}
    return given | {name: value for name, value in in_file.items() if name.removesuffix("_FILE") not in taken}


def _ours(source: Mapping[str, str | None]) -> dict[str, str]:
    return {
        name: value.strip()
        for name, value in source.items()
        if name.upper().startswith(PREFIX) and value and value.strip() and not _SERVICE_LINK.fullmatch(name)
    }


def content(name: str, path: str, faults: list[str]) -> str | None:
    """Return the secret that the file at `path` holds; `name` is the setting that is told if it cannot be read."""
    try:
        inside = Path(path).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "is not UTF-8 text"
        faults.append(f'{name}: the file "{path}" cannot be read: {why}; expected a file such as /run/secrets/token')
        return None
    if not inside:
        faults.append(f'{name}: the file "{path}" is empty; expected the secret on its only line')
        return None
    return inside
