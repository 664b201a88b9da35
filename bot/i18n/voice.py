"""One reader's voice: the catalogue's words and the formats of one language, one time zone and one instant."""

import datetime as dt
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from html import escape
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.i18n import formats
from bot.i18n.catalogue import Catalogue
from bot.i18n.language import Lang
from bot.i18n.tongue import called

Fact = str | int | float
"""What a placeholder takes: a text, or a number (which is written as the language does)."""


class Html(str):
    """Text that is HTML already: put into a sentence as it is, where any other text is escaped."""

    __slots__ = ()


class Bilingual(Protocol):
    """Anything that has a name in both languages."""

    @property
    def en(self) -> str:
        """The English name."""
        ...

    @property
    def fr(self) -> str:
        """The French name."""
        ...


class Voice:
    """Says things to one reader.

    Args:
        cat: the catalogue of the reader's language.
        zone: the zone in which times are told, usually that of the post.
        now: the aware instant that `today` and `tomorrow` are relative to.
    """

    def __init__(self, cat: Catalogue, *, zone: ZoneInfo, now: datetime) -> None:
        self._cat = cat
        self._zone = zone
        self._now = now

    @property
    def lang(self) -> Lang:
        """The reader's language."""
        return self._cat.lang

    def say(self, text: str, /, **facts: Fact) -> Html:
        """Return the sentence `text` (an English msgid) in the reader's language, its facts escaped for HTML."""
        return Html(self._cat.gettext(text).format_map(self._escaped(facts)))

    def count(self, one: str, many: str, n: int, /, **facts: Fact) -> Html:
        """Return the form that `n` asks for; `{n}` is written with the language's thousands separator."""
        return Html(self._cat.ngettext(one, many, n).format_map(self._escaped({"n": n, **facts})))

    def word(self, context: str, text: str, /, **facts: Fact) -> str:
        """Return a short word or button of `context` as plain text: nothing is escaped."""
        plain = {name: self._plain(value) for name, value in facts.items()}
        return self._cat.pgettext(context, text).format_map(plain)

    def name(self, of: Bilingual) -> str:
        """Return the name in the reader's language."""
        return of.en if self.lang == "en" else of.fr

    def tongue(self, code: str) -> str:
        """Return what a language (ISO 639) is called: `French`, `français`."""
        return called(code, self.lang)

    def number(self, value: float) -> str:
        """Return a number with the language's separators."""
        return formats.number(self.lang, value)

    def time(self, at: datetime) -> str:
        """Return the local time: `07:52`; `7 h 52`, `8 h`, `minuit`, `midi`."""
        return formats.clock_time(self.lang, self._local(at).time())

    def clock(self, at: dt.time) -> str:
        """Return a time of day as it stands, whatever the zone: `08:00`; `8 h`."""
        return formats.clock_time(self.lang, at)

    def date(self, at: datetime | dt.date) -> str:
        """Return the local day and month, with the year when it is not this one: `23 November`; `1er novembre`.

        A plain date is taken as it is.
        """
        return formats.calendar_date(self.lang, self._day_of(at), self._today)

    def day(self, at: datetime | dt.date) -> str:
        """Return `today`, `tomorrow`, `yesterday` or the weekday and date, as said in a sentence (`le lundi …`)."""
        return formats.day(self.lang, self._day_of(at), self._today)

    def when(self, at: datetime) -> str:
        """Return day and time: `today, 20:00`; `demain à 8 h`, `le 23 novembre à 8 h`."""
        return formats.when(self.lang, self._local(at), self._today)

    def at(self, at: datetime) -> str:
        """Return the time alone when it is today's, else day and time.

        The French day brings its own `à`: word the sentence so that none stands before the placeholder.
        """
        return self.time(at) if self._day_of(at) == self._today else self.when(at)

    def moment(self, at: datetime) -> str:
        """Return a time with its preposition: `at 07:52`, `yesterday at 20:04`; `à 7 h 52`, `hier à 20 h 04`."""
        return formats.moment(self.lang, self._local(at), self._today)

    def duration(self, length: timedelta) -> str:
        """Return a length of time: `45 s`, `32 min`, `2 h 5 min`, `3 jours`; its sign is dropped."""
        return formats.duration(self.lang, length)

    def every(self, length: timedelta) -> str:
        """Return how often: `every hour`, `every 2 h`; `toutes les heures`, `tous les 2 jours`."""
        return formats.every(self.lang, length)

    def weekdays(self, days: Sequence[int]) -> str:
        """Return on which weekdays (Monday is 0): `every day`, `on Monday and Friday`; `chaque jour`, `le lundi …`."""
        return formats.weekdays(self.lang, days)

    def dtg(self, at: datetime) -> str:
        """Return the date-time group, in UTC and the same in both languages: `230752Z NOV 26`."""
        return formats.dtg(self._local(at))

    def items(self, parts: Sequence[str]) -> str:
        """Return `A, B and C`; when a part is Html, the whole is, and the others are escaped."""
        if any(isinstance(part, Html) for part in parts):
            return Html(formats.items(self.lang, [html(part) for part in parts]))
        return formats.items(self.lang, parts)

    def join(self, *parts: str | None, sep: str = "\n") -> Html:
        """Return the parts one after the other; None is left out, text that is not Html is escaped."""
        return Html(html(sep).join(html(part) for part in parts if part is not None))

    @property
    def _today(self) -> dt.date:
        return self._local(self._now).date()

    def _local(self, at: datetime) -> datetime:
        if at.tzinfo is None:
            raise ValueError(f"{at!r} has no zone: times are told from aware values only")
        return at.astimezone(self._zone)

    def _day_of(self, at: datetime | dt.date) -> dt.date:
        return self._local(at).date() if isinstance(at, datetime) else at

    def _plain(self, value: Fact) -> str:
        return value if isinstance(value, str) else self.number(value)

    def _escaped(self, facts: Mapping[str, Fact]) -> dict[str, str]:
        return {name: html(self._plain(value)) for name, value in facts.items()}


def html(text: str) -> Html:
    """Return `text` escaped for HTML, unless it is Html already.

    The apostrophe stays: French is full of them and our attributes are in double quotes.
    """
    if isinstance(text, Html):
        return text
    return Html(escape(text, quote=False).replace('"', "&quot;"))
