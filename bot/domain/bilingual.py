"""Words that are data: names and ranks given in both languages."""

from dataclasses import dataclass
from typing import Literal

Language = Literal["en", "fr"]
LANGUAGES: tuple[Language, ...] = ("en", "fr")


def beginning_with(language: Language) -> tuple[Language, ...]:
    """Return both languages, this one first."""
    return (language, *(one for one in LANGUAGES if one != language))


@dataclass(frozen=True)
class Text:
    """A name in English and in French; a name given once is used in both."""

    en: str
    fr: str

    @classmethod
    def once(cls, said: str) -> "Text":
        """Return a name that is the same in both languages."""
        return cls(said, said)

    def __getitem__(self, language: Language) -> str:
        return self.en if language == "en" else self.fr
