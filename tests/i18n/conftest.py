"""Small catalogues, written to a folder of their own."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.i18n import po
from bot.i18n.language import LANGUAGES, PLURAL_RULES, Lang

Write = Callable[..., Path]

HEADER = """msgid ""
msgstr ""
"Language: {lang}\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=({rule});\\n"

"""


@pytest.fixture
def header() -> Callable[[Lang], str]:
    """Return the good header of a language."""
    return lambda lang: HEADER.format(lang=lang, rule=PLURAL_RULES[lang])


@pytest.fixture
def write(tmp_path: Path, header: Callable[[Lang], str]) -> Write:
    """Return a function that writes both catalogues, each with a good header unless it is given whole."""

    def to_disk(en: str = "", fr: str = "", *, with_header: bool = True) -> Path:
        for lang, body in zip(LANGUAGES, (en, fr), strict=True):
            path = po.path_of(tmp_path, lang)
            path.parent.mkdir(parents=True, exist_ok=True)
            head = header(lang) if with_header else ""
            path.write_text(head + body, encoding="utf-8")
        return tmp_path

    return to_disk
