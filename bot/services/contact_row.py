"""A row of a table of contacts, or a card of an address book, made a contact; or all that is wrong with it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, partial
from hashlib import sha256
from typing import TypeVar

from bot.domain.bilingual import LANGUAGES, Text
from bot.domain.contact import Category, Contact, Hours, Phone, PhoneKind
from bot.domain.fold import fold
from bot.domain.hint import near
from bot.domain.post import Post
from bot.services import contact_column as column
from bot.services import contact_value as value
from bot.services.contact_phone import SHORT_KINDS, region_of
from bot.services.contingent_value import refuse, zone

_T = TypeVar("_T")

# What a row says, by column; a cell that is empty is not there.
Cells = Mapping[str, str]

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
# Between two numbers of a cell; a comma also stands before an extension.
_NUMBERS = re.compile(r"[;|\n]|,(?!\s*(?:ext|poste|p\.|x|#))|\s/\s|/(?=\s*\+)", re.IGNORECASE)
_CALL_SIGNS = re.compile(r"[;|\n]")
_WORDS_OF_CODE = 23


@dataclass(frozen=True)
class Ground:
    """What rows are read by. `home`: the zone of hours of those at no post. `category`, `post`: where none is given.

    `today`: no day after it has been one on which somebody made sure of something.
    """

    posts: Mapping[str, Post]
    home: str
    category: Category | None = None
    post: str | None = None
    today: date | None = None

    @property
    def said(self) -> frozenset[str]:
        """What is said of every row beside its own columns."""
        given = {"category": self.category, "post": self.post}
        return frozenset(name for name, value in given.items() if value is not None)

    def zone(self, post: str | None) -> str:
        """Return the zone of hours where none is given."""
        found = self.posts.get(post or "")
        return found.timezone if found is not None else self.home

    @cached_property
    def called(self) -> Mapping[str, str]:
        """Return the codes of the posts by what they are called, folded."""
        named = ((text, one.code) for one in self.posts.values() for text in (one.name.en, one.name.fr))
        return {fold(text): code for text, code in (*named, *((code, code) for code in self.posts))}

    def region(self, post: str | None) -> str | None:
        """Return the country of a number without a country code: that of the post.

        Of somebody at no post it is that of all posts; if they lie in several, nobody guesses.
        """
        if (found := self.posts.get(post or "")) is not None:
            return region_of(found.timezone)
        return next(iter(self.countries)) if len(self.countries) == 1 else None

    @cached_property
    def countries(self) -> frozenset[str | None]:
        """Return the countries of the posts, whose short numbers are known."""
        return frozenset(region_of(one.timezone) for one in self.posts.values())


@dataclass(frozen=True)
class Made:
    """A contact, or what is wrong: faults with the columns they stand in, none for the row as a whole."""

    contact: Contact | None
    faults: tuple[tuple[str | None, str], ...] = ()
    own_code: bool = True  # whether the row gave its code


def make(cells: Cells, ground: Ground) -> Made:
    """Return the contact of a row."""
    return _Row(cells, ground).make()


class _Row:
    """Reads each cell by itself, so that a fault in one hides none in another."""

    def __init__(self, cells: Cells, ground: Ground) -> None:
        self._cells = cells
        self._ground = ground
        self._faults: list[tuple[str | None, str]] = []

    def make(self) -> Made:
        post = self._read("post", self._post) or self._ground.post
        category = self._read("category", column.category) or self._ground.category
        if category is None and "category" not in self._cells:
            self._faults.append(("category", f"is missing; expected one of {', '.join(Category)}"))
        one = Contact(
            code=self._read("code", _code) or "",
            category=category or Category.MISSION,
            name=self._text("name"),
            rank=self._text("rank"),
            function=self._text("function"),
            organisation=self._text("organisation"),
            post=post,
            place=self._text("place"),
            phones=self._phones(self._ground.region(post)),
            email=self._read("email", value.email),
            languages=self._read("languages", column.languages) or (),
            hours=self._hours(post),
            pace=self._read("pace", column.pace),
            roles=column.roles("") if (roles := self._read("roles", column.roles)) is None else roles,
            valid_until=self._read("valid_until", _day),
            verified_on=self._read("verified_on", self._past),
        )
        if (beyond := self._cells.get(column.BEYOND)) is not None:
            fault = f'"{beyond}" stands beyond the last column; expected a cell with such a sign in it in quotes'
            self._faults.append((None, fault))
        if not self._faults and (why := value.lacking(one)):
            self._faults.append((None, why))
        if self._faults:
            return Made(None, tuple(self._faults))
        return Made(one if one.code else _with_code(one), own_code=bool(one.code))

    def _read(self, name: str, read: Callable[[str], _T], text: str | None = None) -> _T | None:
        said = self._cells.get(name) if text is None else text
        if said is None:
            return None
        try:
            return read(said)
        except ValueError as fault:
            self._faults.append((name, str(fault)))
            return None

    def _text(self, name: str) -> Text | None:
        said = {}
        for key in (name, *(f"{name}_{language}" for language in LANGUAGES)):
            if (one := self._read(key, value.line)) is not None:
                said[key] = one
        once = said.get(name)
        en, fr = (said.get(f"{name}_{language}", once) for language in LANGUAGES)
        en, fr = en or fr, fr or en
        return Text(en, fr) if en is not None and fr is not None else None

    def _phones(self, region: str | None) -> tuple[Phone, ...]:
        found = []
        for kind in PhoneKind:
            read = partial(value.phone, region=region, short_in=self._ground.countries if kind in SHORT_KINDS else ())
            told = self._cells.get(kind.value, "")
            parts = _NUMBERS if kind is not PhoneKind.RADIO else _CALL_SIGNS
            for part in [told] if value.ROUNDED.fullmatch(told) else parts.split(told):
                if not part.strip():
                    continue
                if kind is PhoneKind.RADIO:
                    sign = self._read(kind.value, value.call_sign, part)
                    found += [Phone(kind, sign)] if sign is not None else []
                else:
                    number = self._read(kind.value, read, part)
                    found += [Phone(kind, *number)] if number is not None else []
        return value.in_order(found)

    def _past(self, text: str) -> date:
        found = _day(text)
        # By the clock of the farthest post it may be tomorrow already.
        if self._ground.today is not None and found > self._ground.today + timedelta(days=1):
            raise refuse(text, "a day that has been", f"{self._ground.today.isoformat()} or an earlier one")
        return found

    def _hours(self, post: str | None) -> Hours | None:
        named = self._read("zone", zone)
        return self._read("hours", lambda text: value.hours(text, named or self._ground.zone(post)))

    def _post(self, text: str) -> str:
        found = self._ground.called.get(fold(text))
        if found is not None:
            return found
        codes = list(self._ground.posts)
        raise refuse(text, "a post", f"one of {', '.join(codes)}, or nothing", near(text, codes))


def _code(text: str) -> str:
    if not re.fullmatch(value.CODE, text):
        raise refuse(text, "a code", value.CODE_EXPECTED)
    return text


def _day(text: str) -> date:
    try:
        if _DATE.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise refuse(text, "a date", "YYYY-MM-DD, such as 2027-01-31")


def _with_code(one: Contact) -> Contact:
    """Give a contact a code made of its name or function, organisation and post: the same at each import."""
    told = [fold(text) for text in (one.title.en, one.organisation.en if one.organisation else "", one.post or "")]
    slug = "-".join(re.findall("[a-z0-9]+", told[0]))[:_WORDS_OF_CODE].strip("-")
    number = sha256("\n".join([one.title.en if not told[0] else "", *told]).encode()).hexdigest()[:8]
    return Contact(**{**vars(one), "code": f"{slug}-{number}".strip("-")})
