"""The catalogues of both languages, read once at start, through the gate."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Self

from bot.i18n import gate, po
from bot.i18n.language import LANGUAGES, Lang, language, plural_form


class CatalogueFault(Exception):  # noqa: N818 - a fault, as everywhere in this package
    """The catalogues are not fit to speak with; `faults` has one line for each reason."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


class Catalogue:
    """The texts of one language.

    A msgid that it does not have comes back as it is, in English: a text in the wrong language is a nuisance,
    no text is a silence. The tests see to it that code and catalogues have the same msgids.
    """

    def __init__(self, lang: Lang, entries: tuple[po.Entry, ...] = ()) -> None:
        """Take the texts of `entries`, which have been through the gate."""
        self.lang: Lang = lang
        self._texts = {entry.key: entry.texts for entry in entries}

    def gettext(self, msgid: str) -> str:
        """Return the text of `msgid`, its placeholders untouched."""
        return self._texts.get((None, msgid), (msgid,))[0]

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        """Return the form of the text that the language uses for `n`."""
        return self._texts.get((None, singular), (singular, plural))[plural_form(self.lang, n)]

    def pgettext(self, context: str, msgid: str) -> str:
        """Return the text of `msgid` as used in `context`."""
        return self._texts.get((context, msgid), (msgid,))[0]

    def __len__(self) -> int:
        return len(self._texts)


class Catalogues(Mapping[str, Catalogue]):
    """Both catalogues by language; exactly `en` and `fr`."""

    def __init__(self, catalogues: Mapping[Lang, Catalogue]) -> None:
        self._catalogues = dict(catalogues)

    @classmethod
    def load(cls, folder: Path | None = None) -> Self:
        """Read the catalogues of `folder` (by default those that came with the program).

        Raises CatalogueFault with every fault at once.
        """
        checked = gate.check(folder or default_folder())
        if checked.faults:
            raise CatalogueFault(checked.faults)
        return cls({lang: Catalogue(lang, checked.entries[lang]) for lang in LANGUAGES})

    def __getitem__(self, lang: str) -> Catalogue:
        return self._catalogues[language(lang)]

    def __iter__(self) -> Iterator[str]:
        return iter(self._catalogues)

    def __len__(self) -> int:
        return len(self._catalogues)


def default_folder() -> Path:
    """Return the catalogues' folder: inside the package in a wheel, beside it in the repository."""
    package = Path(__file__).parents[1]
    packed = package / "locales"
    return packed if packed.is_dir() else package.parent / "locales"
