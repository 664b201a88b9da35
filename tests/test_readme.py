"""What the README promises is so."""

import re
from pathlib import Path

import typer

from bot.cli import app
from bot.config import Settings

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")


def test_every_setting_stands_in_the_table_with_its_meaning_and_none_that_does_not_exist() -> None:
    rows = dict(re.findall(r"^\| `VIGIE_(\w+)` \| .+? \| (.+) \|$", README, re.MULTILINE))
    assert rows == {name.upper(): field.description for name, field in Settings.model_fields.items()}


def test_every_command_of_the_shell_stands_in_the_table() -> None:
    told = set(re.findall(r"^\| `vigie (\w+)", README, re.MULTILINE))
    assert told == set(typer.main.get_command(app()).commands)  # type: ignore[attr-defined]


def test_every_command_of_the_chat_stands_in_the_table_by_both_names() -> None:
    from bot.chat.routing import COMMANDS

    named = set(re.findall(r"/(\w+)", README.split("### Commands of the chat")[1].split("One tap")[0]))
    assert named == {name for names in COMMANDS for name in names} | {"start"}


def test_the_test_command_is_the_one_that_ci_runs() -> None:
    makefile = (Path(__file__).parents[1] / "Makefile").read_text(encoding="utf-8")
    assert "`make test`" in README
    assert "-m pytest" in makefile
