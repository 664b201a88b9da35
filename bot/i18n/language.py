"""The plural rule of each of the two languages, equals."""

from typing import Final

from bot.domain.bilingual import LANGUAGES
from bot.domain.bilingual import Language as Lang

__all__ = ["LANGUAGES", "PLURAL_COUNT", "PLURAL_RULES", "Lang", "language", "plural_form"]

# As written in a Plural-Forms header. Zero is plural in English ("0 alerts"), singular in French ("0 alerte").
PLURAL_RULES: Final[dict[Lang, str]] = {"en": "n != 1", "fr": "n > 1"}

PLURAL_COUNT: Final = 2


def language(code: str) -> Lang:
    """Return `code` as one of the two languages; raises KeyError for any other."""
    for lang in LANGUAGES:
        if lang == code:
            return lang
    raise KeyError(code)


def plural_form(lang: Lang, n: int) -> int:
    """Return which form `n` takes: 0 for the singular, 1 for the plural."""
    return int(n != 1) if lang == "en" else int(abs(n) > 1)
