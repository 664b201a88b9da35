"""Where settings are written: the environment, the file `.env`, and files that hold a secret each."""

import re
from collections.abc import Collection, Mapping
from io import StringIO
from pathlib import Path

from dotenv import dotenv_values
from dotenv.parser import parse_stream
from pydantic_settings import BaseSettings, EnvSettingsSource

PREFIX = "VIGIE_"

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")

# Kubernetes sets these by itself for a Service that is called "vigie".
_SERVICE_LINK = re.compile(r"VIGIE_(SERVICE_(HOST|PORT(_.*)?)|PORT(_[0-9].*)?)")


def gather(
    env: Mapping[str, str] | None,
    env_file: Path | str | None,
    known: Collection[str],
    faults: list[str],
    hints: list[str],
) -> dict[str, str]:
    """Return all variables that are ours and not empty; a variable of the environment hides its twin in the file.

    `faults` takes what cannot be read, `hints` what in the file has a name of those `known` but for the prefix: that
    may be another program's. `env` stands for the environment in tests.
    """
    source = env if env is not None else EnvSettingsSource(BaseSettings, case_sensitive=True).env_vars
    given = _ours(source)
    if env_file is None:
        return given
    try:
        bare: dict[str, str] = {}
        in_file = _ours(_parsed(Path(env_file).expanduser(), known, faults, bare))
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "is not UTF-8 text"
        faults.append(f"{env_file}: cannot be read: {why}")
        return given
    taken = {name.removesuffix("_FILE") for name in given}
    given |= {name: value for name, value in in_file.items() if name.removesuffix("_FILE") not in taken}
    set_so = {name.removesuffix("_FILE") for name in given}
    hints += [line for meant, line in bare.items() if meant.removesuffix("_FILE") not in set_so]
    return given


def _parsed(file: Path, known: Collection[str], faults: list[str], bare: dict[str, str]) -> dict[str, str | None]:
    """Return what the lines of a `.env` file set; one that sets nothing was meant to, and is a fault.

    `bare` takes a line for each setting that is given without its prefix.
    """
    if not file.is_file():
        return {}
    sound = []
    for one in parse_stream(StringIO(file.read_text("utf-8-sig"))):
        # The parser counts empty lines before a fault as part of it.
        text = one.original.string
        line = one.original.line + text[: len(text) - len(text.lstrip())].count("\n")
        if one.error:
            faults.append(f"{file}:{line}: cannot be read; expected NAME=value, with quotes in pairs")
        elif one.key is not None and one.value is None and not _NAME.fullmatch(one.key):
            # Not repeated: a token without its name looks like this.
            faults.append(f"{file}:{line}: sets nothing; expected NAME=value")
        elif one.key is not None and one.value is None and one.key.upper().startswith(PREFIX):
            faults.append(f"{file}:{line}: {one.key}: has no value; expected {one.key}=value")
        else:
            sound.append(text)
            meant = f"{PREFIX}{one.key.upper()}" if one.key is not None and one.value else ""
            if meant in known:
                bare[meant] = f"{file}:{line}: {one.key} is not read; did you mean {meant}?"
    return dotenv_values(stream=StringIO("".join(sound)))


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
