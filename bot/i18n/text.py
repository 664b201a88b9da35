"""Whether one text of a catalogue says what its msgid says, and is written as its language is."""

from collections.abc import Iterable

from bot.i18n import markup, typography
from bot.i18n.language import Lang
from bot.i18n.po import Entry


def faults(lang: Lang, entry: Entry) -> list[str]:
    """Return what is wrong with an entry, each with what is expected; the msgid's own are told once, in English."""
    if not entry.msgid:
        return ["empty msgid; expected: the English text"]
    found = []
    model = entry.msgid if entry.plural is None else entry.plural
    try:
        expected = markup.placeholders(model)
        single = markup.placeholders(entry.msgid)
    except ValueError as error:
        return [f"msgid: {error}"] if lang == "en" else []
    if single - expected or expected - single - {"n"}:
        found.append(f"msgid has {_names(single)}, its plural {_names(expected)}; expected: the same but for {{n}}")
    for form, said in enumerate(entry.texts):
        where = f"msgstr[{form}]" if entry.plural is not None else "msgstr"
        if not said.strip():
            found.append(f"{where} is empty; expected: a text")
            continue
        # The English singular is said of one thing only, so "one officer" may do without its number;
        # the French one is said of none, too.
        may_lack = {"n"} if entry.plural is not None and lang == "en" and form == 0 else set()
        whats = _placeholder_faults(said, expected, may_lack)
        whats += _html_faults(said, model, plain=entry.context is not None)
        whats += _edge_faults(said, model)
        whats += typography.faults(lang, said)
        found += [f"{where}: {what}" for what in whats]
    return found


def same(english: Entry, french: Entry) -> bool:
    """Whether the French says word for word what the English catalogue or the msgid says, and there are words."""
    words = any(sign.isalpha() for said in french.texts for sign in _words(said))
    return words and french.texts in (english.texts, (english.msgid, english.plural)[: len(french.texts)])


def _words(said: str) -> str:
    try:
        names = markup.placeholders(said)
    except ValueError:
        return said
    for name in names:
        said = said.replace(f"{{{name}}}", "")
    return markup.without_tags(said)


def _placeholder_faults(said: str, expected: frozenset[str], may_lack: set[str]) -> list[str]:
    try:
        given = markup.placeholders(said)
    except ValueError as error:
        return [str(error)]
    if given - expected or expected - given - may_lack:
        return [f"placeholders {_names(given)}; expected: {_names(expected)}"]
    return []


def _html_faults(said: str, model: str, *, plain: bool) -> list[str]:
    if plain:
        # Buttons and short words are sent as they are: a tag or an entity would be read as such.
        marked = markup.TAG.search(said) or markup.ENTITY.search(said)
        return [f"HTML {marked[0]}; expected: plain text, as it has a context"] if marked else []
    found = markup.html_faults(said)
    given, expected = markup.tags(said), markup.tags(model)
    if given != expected:
        found.append(f"tags {_list(given.elements())}; expected: {_list(expected.elements())}")
    return found


def _edge_faults(said: str, model: str) -> list[str]:
    if _edges(said) != _edges(model):
        return [f"spaces or line ends {_edges(said)} around it; expected: {_edges(model)} as in the msgid"]
    return []


def _edges(said: str) -> tuple[str, str]:
    return said[: len(said) - len(said.lstrip())], said[len(said.rstrip()) :]


def _names(names: frozenset[str]) -> str:
    return _list(f"{{{name}}}" for name in sorted(names))


def _list(parts: Iterable[str]) -> str:
    return " ".join(parts) or "none"
