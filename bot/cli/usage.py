"""What is wrong with a command line, in one line that names the words that are taken."""

import re
from typing import Any

import typer

from bot.domain.hint import near

# The parser's own word for a bad command line; the library that it lives in differs between versions of Typer.
UsageError: type[Exception] = typer.BadParameter.__bases__[0]


def line(fault: Any) -> str:
    """Return `vigie status: --jsn is not an option; expected --json, --help; did you mean "--json"?`."""
    ctx = fault.ctx
    where = ctx.command_path if ctx is not None else "vigie"
    said = " ".join(fault.message.split()).rstrip(".")
    if ctx is None:
        return f"{where}: {said}; expected what `{where} COMMAND --help` says"
    commands = getattr(ctx.command, "commands", None)
    if commands is not None and (word := re.match(r"(?:No such|Missing) command(?: '([^']*)')?", said)):
        wrong = f"{word[1]!r} is not a command" if word[1] else "COMMAND is missing"
        return f"{where}: {wrong}; expected one of {', '.join(commands)}{near(word[1] or '', commands)}"
    options = [name for one in ctx.command.get_params(ctx) for name in one.opts if name.startswith("-")]
    kind = type(fault).__name__
    if kind == "NoSuchOption":
        name = fault.option_name
        return f"{where}: {name} is not an option; expected {', '.join(options)}{near(name, options)}"
    if kind == "MissingParameter":
        return f"{where}: {_name(fault.param)} is missing; expected {_meaning(fault.param)}"
    if getattr(fault, "param", None) is not None:
        return f"{where}: {_name(fault.param)}: {said}; expected {_meaning(fault.param)}"
    words = [_name(one) for one in ctx.command.get_params(ctx) if not one.opts[0].startswith("-")]
    return f"{where}: {said}; expected {' '.join([where, *words])}, and of options {', '.join(options)}"


def _name(param: Any) -> str:
    dashed = [name for name in param.opts if name.startswith("-")]
    return str(dashed[-1] if dashed else (param.metavar or param.name).upper())


def _meaning(param: Any) -> str:
    text = str(getattr(param, "help", None) or "a value").rstrip(".")
    return text[:1].lower() + text[1:]
