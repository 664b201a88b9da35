"""The directory: who is meant by a few letters, who may see it, and who answers now."""

from collections.abc import Collection, Iterable, Sequence

from bot.domain.bilingual import Text
from bot.domain.contact import BITS, OFFICER, READERS, Category, Contact, PhoneKind, Source, contact_of
from bot.domain.contact_care import answers_for
from bot.domain.contact_message import SHOWN, ContactAnswer, ContactCard, ContactList, ContactMenu, ContactView
from bot.domain.contact_rank import Candidate, listed, on_duty, ranked
from bot.domain.contact_word import RULES, Field, digits, digits_of, words_of
from bot.domain.errors import No, RefusalError
from bot.domain.fold import words
from bot.domain.officer import Officer, Right
from bot.domain.page import turned
from bot.services.contact_index import Card, ContactIndex, Fit, Found
from bot.store import absence as absences
from bot.store import agenda
from bot.store import contact as contacts
from bot.store import contact_doubt as doubts
from bot.store import officer as officers
from bot.store import post as posts
from bot.store.engine import Tx

# What is looked at of whom a query may mean; the eighth page is read by nobody.
CANDIDATES_MOST = 60
QUERY_MAX = 80
# Emergency numbers of a post: more nobody reads in need.
URGENT_MOST = 20
# So many are written in some hundredths of a second; the others come at the next tick.
RENEWED_AT_ONCE = 500
_KEPT, _RULES = "contact_index", "directory_rules"


def must_look_up(reader: Officer) -> None:
    """Raise RefusalError NOT_ALLOWED unless the role reads the directory."""
    if not reader.may(Right.CHECK_IN):
        raise RefusalError(No.NOT_ALLOWED)


async def search(tx: Tx, reader: Officer, query: str) -> tuple[list[ContactView], bool]:
    """Return whom a query may mean and the reader may see, the best first, and whether they fit in part only.

    Raises RefusalError NOT_ALLOWED.
    """
    must_look_up(reader)
    index = await _index(tx)
    found = index.search(query[:QUERY_MAX], BITS[reader.role], reader.post, reader.today(tx.now))[:CANDIDATES_MOST]
    by_code = {one.code: one for one in found}
    views = {one.contact.code: one for one in await _views(tx, reader, by_code)}
    order = ranked([_candidate(one, by_code[code]) for code, one in views.items()], reader.post)
    return [views[one.contact.code] for one in order], bool(found) and found[0].fit is Fit.PART


def _candidate(view: ContactView, found: Found) -> Candidate:
    return Candidate(view.contact, view.on_duty, int(found.fit), found.score)


async def answer(tx: Tx, reader: Officer, query: str, page: int = 0) -> ContactAnswer | ContactCard:
    """Return the answer to a query: the card of the one whom it can only mean, else a handful to choose from."""
    found, partly = await search(tx, reader, query)
    if len(found) == 1 and not partly:
        return _card(reader, found[0])
    shown = turned(page, len(found), SHOWN)
    urgent = () if found else await _urgent(tx, reader)
    return ContactAnswer(query[:QUERY_MAX], tuple(found[shown.rows]), shown.at, shown.of, partly=partly, urgent=urgent)


async def menu(tx: Tx, reader: Officer, *, waiting: bool = False) -> ContactMenu:
    """Return the emergency numbers of the reader's post, then the categories; raises RefusalError NOT_ALLOWED.

    `waiting`: another question waits for what is typed next.
    """
    must_look_up(reader)
    there = {Category.CONTINGENT} | await contacts.categories(tx, reader.role, reader.today(tx.now))
    categories = tuple(one for one in Category if one in there)
    return ContactMenu(reader.post_name, await _urgent(tx, reader), categories, waiting)


async def of_category(tx: Tx, reader: Officer, category: Category, page: int = 0) -> ContactList:
    """Return a page of the contacts of a category; raises RefusalError NOT_ALLOWED."""
    must_look_up(reader)
    # The contingent itself stands on the roster; other contacts of its category come after it.
    people = await _people(tx, reader) if category is Category.CONTINGENT else []
    today = reader.today(tx.now)
    _, others = await contacts.of_category(tx, category, reader.role, today, reader.post, 0, 0)
    there = turned(page, len(people) + others, SHOWN)
    shown = people[there.rows]
    skipped, room = max(0, there.first - len(people)), SHOWN - len(shown)
    rest, _ = await contacts.of_category(tx, category, reader.role, today, reader.post, room, skipped)
    return ContactList(category, tuple(await views_of(tx, [*shown, *rest])), there.at, there.of)


async def _people(tx: Tx, reader: Officer) -> list[Contact]:
    extras = await contacts.every_extra(tx)
    found = [Candidate(contact_of(one, extras.get(one.code))) for one in await _members(tx)]
    return [one.contact for one in listed(found, reader.post)]


async def card(tx: Tx, reader: Officer, code: str) -> ContactCard:
    """Return all about one contact; raises RefusalError NOT_ALLOWED or NO_SUCH_CONTACT, also where it is not theirs."""
    return _card(reader, await view(tx, reader, code))


async def view(tx: Tx, reader: Officer, code: str) -> ContactView:
    """Return a contact as the reader sees it; raises RefusalError NOT_ALLOWED or NO_SUCH_CONTACT."""
    must_look_up(reader)
    found = await _views(tx, reader, [code])
    if not found:
        raise RefusalError(No.NO_SUCH_CONTACT)
    return found[0]


def _card(reader: Officer, found: ContactView) -> ContactCard:
    return ContactCard(found, may_verify=answers_for(reader, found.contact))


async def urgent_of(tx: Tx, reader: Officer) -> tuple[ContactView, ...]:
    """Return whom to call at the reader's post when life or limb is at stake, in the order of the plan.

    What belongs to no post is there for all of them, after those of the post.
    """
    found = await contacts.urgent(tx, reader.role, reader.today(tx.now), reader.post, URGENT_MOST)
    return tuple(await views_of(tx, found))


async def _urgent(tx: Tx, reader: Officer) -> tuple[ContactView, ...]:
    return (await urgent_of(tx, reader))[:SHOWN]


async def _members(tx: Tx) -> list[Officer]:
    """Return the members of the contingent who are on tour: who has gone home is called by nobody."""
    return [one for one in await officers.every(tx) if one.on_tour(tx.now)]


async def _views(tx: Tx, reader: Officer, codes: Collection[str]) -> list[ContactView]:
    """Return those of these contacts that the reader may see."""
    own = {code.removeprefix(OFFICER) for code in codes if code.startswith(OFFICER)}
    others = [code for code in codes if not code.startswith(OFFICER)]
    found = list((await contacts.seen(tx, others, reader.role, reader.today(tx.now))).values())
    if reader.role in READERS and own:
        extras = await contacts.extras(tx, own)
        people = [one for one in (await officers.by_code(tx, own)).values() if one.on_tour(tx.now)]
        found += [contact_of(one, extras.get(one.code)) for one in people]
    return await views_of(tx, found)


async def views_of(tx: Tx, found: Sequence[Contact]) -> list[ContactView]:
    """Return these contacts, which somebody may see, with what is known of them now."""
    away = await absences.away_now(tx)
    doubted = await doubts.open_of(tx, [one.code for one in found])
    there = {one.code: one for one in (await posts.must_plan(tx)).posts}
    shown = []
    for one in found:
        post = there.get(one.post or "")
        absent = one.officer is not None and one.officer in away
        zone = post.timezone if post is not None else one.hours.zone if one.hours is not None else None
        shown.append(
            ContactView(
                one,
                post.name if post is not None else None,
                zone,
                on_duty(one, tx.now, away=absent),
                away=absent,
                doubted=one.code in doubted,
            )
        )
    return shown


async def _index(tx: Tx) -> ContactIndex:
    """Return the index of the directory as it is, made anew only if something in it has changed."""
    version = await contacts.version(tx)
    kept: tuple[str, ContactIndex] | None = tx.kept.get(_KEPT)
    if kept is None or kept[0] != version:
        kept = (version, ContactIndex(await _cards(tx)))
        tx.kept[_KEPT] = kept
    return kept[1]


async def _cards(tx: Tx) -> Iterable[Card]:
    found = [
        Card(
            row.code,
            row.post,
            row.words,
            tuple(digits(number) for kind, number, _ in row.phones if kind != PhoneKind.RADIO),
            _lengths(row.name.values() if row.name is not None else ()),
            row.roles,
            row.valid_until,
        )
        for row in await contacts.light(tx)
    ]
    extras, names = await contacts.every_extra(tx), await post_names(tx)
    bits = sum(BITS[role] for role in READERS)
    for officer in await officers.every(tx):
        one = contact_of(officer, extras.get(officer.code))
        found.append(
            Card(
                one.code,
                one.post,
                words_of(one, names.get(one.post or "")),
                tuple(digits_of(one)),
                _lengths([officer.name]),
                bits,
                officer.tour_until,
            )
        )
    return found


def _lengths(names: Iterable[str]) -> tuple[int, ...]:
    return tuple({len(words(name)) for name in names})


async def post_names(tx: Tx) -> dict[str, Text]:
    """Return the names of the posts by code."""
    return {one.code: one.name for one in (await posts.must_plan(tx)).posts}


async def renew_words(tx: Tx) -> None:
    """Write anew, some at a time, what contacts are found by, where an older version wrote it by other rules."""
    rules, _, after = (await agenda.get_fact(tx, _RULES) or "").partition(" ")
    if rules == RULES and not after:
        return
    some = await contacts.after(tx, after if rules == RULES else "", RENEWED_AT_ONCE)
    names = await post_names(tx) if some else {}
    contacts.reword(tx, [(one.code, words_of(one, names.get(one.post or ""))) for one in some])
    if len(some) == RENEWED_AT_ONCE:
        agenda.put_fact(tx, _RULES, f"{RULES} {some[-1].code}")
    else:
        agenda.put_fact(tx, _RULES, RULES)
        contacts.changed(tx)  # now, and not at each tick: each time the index is made anew


async def keep(tx: Tx, one: Contact, source: Source) -> None:
    """Write a contact with the words that it is found by."""
    found: dict[str, Field] = words_of(one, (await post_names(tx)).get(one.post or ""))
    contacts.put(tx, one, source, found)
