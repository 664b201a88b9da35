"""Whether what the directory says still holds: what a contact says now, and when it is asked about."""

import hashlib
from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.contact import Category, Contact, Phone
from bot.domain.officer import Officer, Right, Role, commanders

# On the first of each month, by the clock of the post.
ROUND_AT = time(9)
# What was confirmed within so many days is not asked about. Far less than a month: what is confirmed a few days after
# one round would else be left out of the next, and asked about every second month.
FRESH = timedelta(days=7)
REMIND_AFTER = timedelta(days=7)
# So many are asked about in one message: it is read before "all of these" is pressed.
PAGE = 5
# Characters of a mark: beside it a button has room for the code of a contact.
_MARK = 6
_CATEGORIES = list(Category)


def number_mark(one: Phone) -> str:
    """Return what stands for a number on a button."""
    return _mark([one.kind.value, one.number, one.extension or ""])


def says(one: Contact) -> str:
    """Return what stands for the numbers of a contact on a button: nobody confirms what has changed since."""
    return _mark([number_mark(each) for each in one.phones])


def page_mark(shown: Sequence[Contact]) -> str:
    """Return what stands for a page of contacts, and for what they say."""
    return _mark([part for one in shown for part in (one.code, says(one))])


def _mark(parts: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:_MARK]


def next_round(after: datetime, zone: str) -> datetime:
    """Return the first instant later than `after` at which it is nine o'clock on the first of a month in `zone`."""
    first = after.astimezone(ZoneInfo(zone)).date().replace(day=1)
    while True:
        at = datetime.combine(first, ROUND_AT, ZoneInfo(zone)).astimezone(after.tzinfo)
        if at > after:
            return at
        first = (first + timedelta(days=32)).replace(day=1)


def to_confirm(found: Collection[Contact], doubted: Collection[str], asked_on: date) -> list[Contact]:
    """Return which of these were not confirmed of late, as of the day of the round, or are in doubt; urgent first."""
    since = asked_on - FRESH
    stale = [one for one in found if one.code in doubted or one.verified_on is None or one.verified_on < since]
    return sorted(stale, key=lambda one: (_CATEGORIES.index(one.category), one.code))


def answers_for(reader: Officer, one: Contact) -> bool:
    """Return whether somebody answers for what the directory says of a contact: the lead of its post, and command.

    A member of the contingent answers for the own entry.
    """
    if one.officer is not None:
        return one.officer == reader.code
    return reader.may(Right.ROSTER) or (reader.may(Right.ACT) and one.post == reader.post)


def may_settle(reader: Officer, one: Contact) -> bool:
    """Return whether somebody may say that the numbers of a contact are right: of a member, lead and command too."""
    if answers_for(reader, one):
        return True
    return reader.may(Right.ROSTER) or (reader.may(Right.ACT) and one.officer is not None and one.post == reader.post)


def settlers(people: Collection[Officer], one: Contact, said_by: str, now: datetime) -> list[Officer]:
    """Return who is told that a number is said to be wrong: the leads of its post, or else commander and deputy.

    Neither who says it nor the member whom it is about, and nobody who may not see the contact.
    """
    able = [
        each
        for each in people
        if each.code not in (said_by, one.officer)
        and each.role in one.roles
        and each.enrolled
        and each.unreachable_since is None
        and each.on_tour(now)
    ]
    return leads_of(able, one.post) or commanders(able, now)


def leads_of(people: Collection[Officer], post: str | None) -> list[Officer]:
    """Return the leads of a post among these people."""
    return [one for one in people if one.role is Role.LEAD and one.post == post]


def asked(people: Collection[Officer], one: Contact, now: datetime) -> list[Officer]:
    """Return who is asked on the first about a contact: the leads of its post, else the commander, else the deputy.

    Nobody is asked about what they may not see: what is hidden from the leads goes to command.
    """
    able = [each for each in people if each.role in one.roles and each.enrolled and each.on_tour(now)]
    command = commanders(able, now)
    return leads_of(able, one.post) or [each for each in command if each.role is Role.COMMANDER] or command
