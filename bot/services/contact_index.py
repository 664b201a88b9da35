"""The directory as it is searched: words to contacts, in memory, with RapidFuzz for what is mistyped.

It says what fits how well and knows nothing of rights: which of these somebody may see, the store decides.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from itertools import islice

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.domain.contact_synonym import IDLE, TITLES
from bot.domain.contact_word import Field
from bot.domain.fold import words

# A query is one line of a phone; more words only make it slower.
TOKENS_MOST = 8
# So many digits at the end of a number name somebody; fewer are part of a call sign, or the whole number, as 17 is.
DIGITS_LEAST = 3
# Words that one typing error may stand for: enough for every family name that is near.
NEAR_MOST = 60
# Words that begin like "ham"; more than so many, and it says nothing yet.
BEGUN_MOST = 4000
# So many are weighed one by one. Where more fit, those of the reader's own post that fit best are.
WEIGHED_MOST = 600
# Sets of visible contacts that are kept: a few roles, and the days on which they asked.
KEPT_MOST = 20
# What a title that is right adds to a score: it settles who is first of two who fit as well.
TITLE = 0.1


class Fit(IntEnum):
    """How well a contact fits, as its worst word does."""

    PART = 0  # not every word was found
    FUZZY = 1
    PREFIX = 2
    WORD = 3
    WHOLE = 4  # the words are the whole name, and nothing else


@dataclass(frozen=True)
class Found:
    """A contact, how it fits, and a finer score within that: the better the field, the higher."""

    code: str
    fit: Fit
    score: float
    post: str | None


@dataclass(frozen=True)
class Card:
    """What is kept of a contact to find it by. `roles`: the bits of those who may see it."""

    code: str
    post: str | None
    words: dict[str, Field]
    digits: tuple[str, ...]
    names: tuple[int, ...] = ()  # how many words its name has, in either language
    roles: int = -1
    until: date | None = None  # the last day on which it is found


@dataclass(frozen=True)
class _Meaning:
    """What a word of the query may mean: words of the directory, or numbers, and how well each fits."""

    words: dict[str, tuple[Fit, float]]
    numbers: frozenset[int]
    exact: set[int]
    every: set[int]


class ContactIndex:
    """Built once for each state of the directory: 20,000 contacts take a fraction of a second."""

    def __init__(self, cards: Iterable[Card]) -> None:
        self._cards = list(cards)
        self._having: dict[str, set[int]] = defaultdict(set)
        self._posted: dict[str | None, set[int]] = defaultdict(set)
        self._digits: list[tuple[str, int]] = []
        for at, card in enumerate(self._cards):
            for word in card.words:
                self._having[word].add(at)
            self._posted[card.post].add(at)
            # Backwards: what is known of a number is its end.
            self._digits.extend((number[::-1], at) for number in card.digits)
        self._vocabulary = sorted(self._having)
        self._of_length: dict[int, list[str]] = defaultdict(list)
        for word in self._vocabulary:
            self._of_length[len(word)].append(word)
        self._digits.sort()
        self._visible: dict[tuple[int, date | None], set[int]] = {}

    def search(self, query: str, role: int = -1, post: str | None = None, today: date | None = None) -> list[Found]:
        """Return whom the query may mean: how they fit, the own post first, then the finer score.

        `role`: the bit of the reader's; `post`: the own one; `today`: who is listed no longer is left out. A word that
        only others have, whom the reader may not see, is none. A query of nothing but titles is taken by its titles.
        """
        visible = self._seen_by(role, today)
        tokens, titles = self._tokens(query, visible)
        if not tokens:
            return []
        meanings = [self._meaning(token, visible) for token in tokens]
        together = visible.intersection(*(one.every for one in meanings))
        if not together and (whole := self._meaning("".join(words(query)), visible)).every:
            # `la crois`: two words for one, and mistyped.
            tokens, titles, meanings, together = ["".join(words(query))], [], [whole], whole.every & visible
        if together:
            beside = [self._meaning(title, visible) for title in titles]
            found = [
                self._weigh(at, tokens, meanings, beside) for at in self._narrowed(together, meanings, visible, post)
            ]
        else:
            some = visible.intersection(set().union(*(one.every for one in meanings)))
            found = [self._weigh_part(at, meanings) for at in islice(sorted(some), WEIGHED_MOST)]
        return sorted(found, key=lambda one: (-one.fit, one.post != post, -one.score, one.code))

    def _seen_by(self, role: int, today: date | None) -> set[int]:
        if (role, today) not in self._visible:
            if len(self._visible) > KEPT_MOST:
                self._visible.clear()
            self._visible[role, today] = {
                at
                for at, card in enumerate(self._cards)
                if card.roles & role and (today is None or card.until is None or card.until >= today)
            }
        return self._visible[role, today]

    def _narrowed(self, found: set[int], meanings: list[_Meaning], visible: set[int], post: str | None) -> set[int]:
        """Return no more than can be weighed: the exact ones, those of the own post, then the first."""
        for closer in (visible.intersection(*(one.exact for one in meanings)), self._posted[post]):
            if len(found) > WEIGHED_MOST and (nearer := found & closer):
                found = nearer
        return set(islice(sorted(found), WEIGHED_MOST)) if len(found) > WEIGHED_MOST else found

    def _tokens(self, query: str, visible: set[int]) -> tuple[list[str], list[str]]:
        """Return the words that must be found, and titles, which need not be right beside a name."""
        every = list(self._merged(words(query)[:TOKENS_MOST], visible))
        told = [one for one in every if one not in IDLE] or every
        names = [one for one in told if one not in TITLES]
        return (names, [one for one in told if one in TITLES]) if names else (told, [])

    def _merged(self, parts: list[str], visible: set[int]) -> Iterator[str]:
        """Yield the words of a query, digits that follow each other as one number, and `la croix` as `lacroix`."""
        at = 0
        while at < len(parts):
            token = parts[at]
            at += 1
            if token.isdecimal():
                while at < len(parts) and parts[at].isdecimal():
                    token += parts[at]
                    at += 1
            elif (
                at < len(parts)
                and self._stands(token + parts[at], visible)
                and not (token not in IDLE and self._stands(token, visible) and self._stands(parts[at], visible))
            ):
                token += parts[at]
                at += 1
            yield token

    def _stands(self, word: str, visible: set[int]) -> bool:
        """Return whether somebody whom the reader may see has this very word."""
        return word in self._having and not self._having[word].isdisjoint(visible)

    def _meaning(self, token: str, visible: set[int]) -> _Meaning:
        """Return what a word may mean; only one that fits nothing as it stands is taken for a mistyped one."""
        fits: dict[str, tuple[Fit, float]] = {}
        numbers = frozenset(self._numbered(token)) & visible
        if self._stands(token, visible):
            fits[token] = (Fit.WORD, 1.0)
        for word in self._begun(token):
            if self._stands(word, visible):
                fits[word] = (Fit.PREFIX, 0.7 + 0.3 * len(token) / len(word))
        if not fits and not numbers:
            fits = {
                word: (Fit.FUZZY, 1 - distance / len(token))
                for word, distance in self._near(token)
                if self._stands(word, visible)
            }
        exact = numbers.union(self._having[token] if token in fits else ())
        return _Meaning(fits, numbers, set(exact), set(numbers).union(*(self._having[word] for word in fits)))

    def _begun(self, token: str) -> Iterator[str]:
        at = bisect_left(self._vocabulary, token)
        for word in self._vocabulary[at : at + BEGUN_MOST]:
            if not word.startswith(token):
                return
            if word != token:
                yield word

    def _numbered(self, token: str) -> Iterator[int]:
        if not token.isdecimal():
            return
        # `00` is how the `+` is dialled, and one zero comes before a number of the country itself.
        for end in dict.fromkeys((token, token.removeprefix("00"), token.removeprefix("0"))):
            turned = end[::-1]
            first = at = bisect_left(self._digits, (turned, -1))
            # A short number is meant whole: two digits are the end of a hundred others.
            short = len(end) < DIGITS_LEAST
            while at < len(self._digits) and self._digits[at][0].startswith(turned):
                if short and self._digits[at][0] != turned:
                    break
                yield self._digits[at][1]
                at += 1
            if at > first:
                return

    def _near(self, token: str) -> Iterator[tuple[str, int]]:
        """Yield words that are a typing error or two away: letters left out, doubled, wrong or turned round."""
        # One letter of three wrong is another word: `onu`, `sat`.
        if len(token) < 4 or token.isdecimal():
            return
        most = 1 if len(token) < 6 else 2 if len(token) < 10 else 3
        found: list[tuple[str, int]] = []
        # Whatever is longer or shorter by more is farther away.
        for length in range(max(3, len(token) - most), len(token) + most + 1):
            some = self._of_length.get(length, [])
            near = process.extract(token, some, scorer=OSA.distance, score_cutoff=most, limit=NEAR_MOST)
            found += [(word, int(distance)) for word, distance, _ in near]
        for word, distance in sorted(found, key=lambda one: one[1])[:NEAR_MOST]:
            if distance < 2 or word[0] == token[0]:
                yield word, distance

    def _best(self, at: int, meaning: _Meaning) -> tuple[Fit, float]:
        if at in meaning.numbers:
            return Fit.WORD, 1.0
        best = (Fit.PART, 0.0)
        for word, field in self._cards[at].words.items():
            if word in meaning.words:
                fit, likeness = meaning.words[word]
                best = max(best, (fit, likeness * field / 100))
        return best

    def _weigh(self, at: int, tokens: list[str], meanings: list[_Meaning], beside: list[_Meaning]) -> Found:
        card, found = self._cards[at], [self._best(at, one) for one in meanings]
        fit = min(each for each, _ in found)
        if (
            fit is Fit.WORD
            and len(tokens) in card.names
            and all(card.words.get(token) is Field.NAME for token in tokens)
        ):
            fit = Fit.WHOLE
        score = sum(each for _, each in found) / len(found)
        score += TITLE * sum(self._best(at, title)[1] for title in beside)
        return Found(card.code, fit, score, card.post)

    def _weigh_part(self, at: int, meanings: list[_Meaning]) -> Found:
        card = self._cards[at]
        return Found(card.code, Fit.PART, sum(self._best(at, one)[1] for one in meanings) / len(meanings), card.post)
