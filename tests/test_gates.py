"""Rules of the house that no other tool keeps."""

import itertools
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LINES_AT_MOST = 300

_IN_GIT = shutil.which("git") is not None and (ROOT / ".git").exists()


def _text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def _targets(makefile: str) -> set[str]:
    return set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))


def _tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def test_no_module_is_too_long() -> None:
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in (ROOT / "bot").rglob("*.py")
    }
    assert {name: length for name, length in lengths.items() if length > LINES_AT_MOST} == {}


def test_nothing_is_called_by_a_name_that_says_nothing() -> None:
    empty = {"utils", "util", "helpers", "helper", "base", "manager", "common", "misc"}
    assert [str(path) for path in (ROOT / "bot").rglob("*") if path.stem in empty] == []


def test_imports_point_down() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-build.lock", "requirements-dev.lock"])
def test_a_lock_has_hashes_and_no_addresses(name: str) -> None:
    lines = [line for line in _text(name).splitlines() if line and not line.lstrip().startswith("#")]
    pins = [line for line in lines if not line.startswith(" ")]
    assert pins
    assert [line for line in pins if not re.match(r"[a-z0-9.-]+==[^\s]+ (?:; .+ )?\\$", line)] == []
    assert [
        line for line in lines if line.startswith(" ") and not re.match(r"    --hash=sha256:[0-9a-f]{64}", line)
    ] == []
    for pin, after in itertools.pairwise(lines):
        assert pin.startswith(" ") or after.startswith(" "), f"{pin} has no hash"
    for address in ("://", "--index-url", "--extra-index-url", "--find-links", "--trusted-host", " @ "):
        assert address not in _text(name)


def test_a_lock_holds_every_dependency() -> None:
    project = tomllib.loads(_text("pyproject.toml"))["project"]
    wanted = {
        "requirements.lock": project["dependencies"],
        "requirements-build.lock": tomllib.loads(_text("pyproject.toml"))["build-system"]["requires"],
        "requirements-dev.lock": [*project["dependencies"], *project["optional-dependencies"]["dev"]],
    }
    for name, requirements in wanted.items():
        pinned = set(re.findall(r"^([a-z0-9.-]+)==", _text(name), re.MULTILINE))
        names = {re.split(r"[\[<>=~! ;]", one)[0].lower() for one in requirements}
        assert names <= pinned
    pins = [set(re.findall(r"^[a-z0-9.-]+==[^\s]+", _text(name), re.MULTILINE)) for name in wanted]
    assert pins[0] | pins[1] <= pins[2], "the locks disagree"


def test_make_offers_what_the_documents_name() -> None:
    makefile = _text("Makefile")
    assert {"venv", "demo", "test", "check", "lock", "messages", "wheels", "clean"} <= _targets(makefile)
    assert "--require-hashes -r requirements-dev.lock" in makefile
    for step in ("ruff format --check", "ruff check", "mypy", "lint-imports", "bot.i18n check", "-m pytest"):
        assert step in makefile
    assert (
        makefile.index("format\n\t@$(MAKE)") < makefile.index("-directory texts") < makefile.index("-directory test\n")
    )
    for document in ("README.md", "CONTRIBUTING.md"):
        named = set(re.findall(r"(?:^\$ |`)make ([a-z]+)", _text(document), re.MULTILINE))
        assert named <= _targets(makefile), document


def test_ci_calls_the_same_check() -> None:
    assert _text(".ci/run").startswith("#!/usr/bin/env bash\n")
    assert "set -euo pipefail" in _text(".ci/run")
    assert _text(".ci/run").rstrip().endswith("make check")
    assert (ROOT / ".ci/run").stat().st_mode & 0o111


def test_the_image_is_made_of_locked_parts_and_runs_as_nobody() -> None:
    dockerfile = _text("Dockerfile")
    assert dockerfile.count("FROM python:3.11-slim") == 2
    assert dockerfile.count("--require-hashes") == 4
    last = dockerfile[dockerfile.rindex("FROM ") :]
    assert re.findall(r"^USER (.*)", last, re.MULTILINE) == ["vigie"]
    for line in ("VOLUME /data", "VIGIE_DATA_DIR=/data", "VIGIE_WEB_BIND=0.0.0.0:8080", "/healthz"):
        assert line in last
    assert last.rstrip().endswith('ENTRYPOINT ["vigie"]\nCMD ["run"]')
    copied = set(re.findall(r"[\w.-]+", " ".join(re.findall(r"^COPY (?!--from)(.+) \S+$", dockerfile, re.MULTILINE))))
    let_in = {line[1:] for line in _text(".dockerignore").splitlines() if line.startswith("!")}
    assert copied - {"wheel", "s"} | {"wheels"} == let_in
    assert _text(".dockerignore").splitlines()[1] == "*"


@pytest.mark.skipif(not _IN_GIT, reason="not a git clone")
def test_no_file_names_a_private_place() -> None:
    """A path or a host of the machine on which somebody wrote it."""
    private = re.compile(
        "|".join((r"/wor" r"k/", r"site-pac" r"kages", r"/hom" r"e/\w", r"/roo" r"t/", r"index[-_]ur" r"l\s*="))
    )
    found = []
    for path in _tracked():
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError:
            continue
        found += [
            f"{path.relative_to(ROOT)}:{at}: {line[:120]}" for at, line in enumerate(lines, 1) if private.search(line)
        ]
    assert found == []


@pytest.mark.skipif(not _IN_GIT, reason="not a git clone")
def test_no_secret_and_no_data_is_in_git() -> None:
    token = re.compile(r"\b[0-9]{8,10}:AA[A-Za-z0-9_-]{33}\b")
    names = [
        path
        for path in _tracked()
        if path.suffix in {".db", ".mo", ".pot", ".lockb"} or path.name in {".env", "uv.lock"}
    ]
    assert names == []
    assert [path for path in _tracked() if token.search(path.read_bytes().decode("utf-8", "replace"))] == []


def test_the_licence_is_in_the_project() -> None:
    assert tomllib.loads(_text("pyproject.toml"))["project"]["license"] == "MIT"
    assert _text("LICENSE").startswith("MIT License\n\nCopyright (c) 2026 The Vigie contributors")
    assert "## [Unreleased]" in _text("CHANGELOG.md")
