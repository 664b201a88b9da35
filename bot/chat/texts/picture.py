"""The commander's picture as one message."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from babel.dates import get_timezone_location

from bot.chat.keyboard import Button, Inline, Press, Verb
from bot.chat.texts.line import not_known
from bot.chat.texts.person import capital, named
from bot.chat.texts.reader import Reader, Rendered
from bot.domain.absence import AbsenceKind
from bot.domain.picture import PostCount, Row, State, Status
from bot.i18n.mark import N_
from bot.i18n.voice import Html, Voice

# With the names of one page this stays far under Telegram's 4,096 characters.
POSTS_SHOWN = 30

_SIGNS = {
    State.DISTRESS: "🆘",
    State.ASSISTANCE: "🔴",
    State.OVERDUE: "🔴",
    State.NOT_ENROLLED: "⚪",
    State.AWAITED: "🟡",
    State.ANSWERED: "🟢",
}
# As on the buttons with which the absence was asked for.
_AWAY_SIGNS = {
    AbsenceKind.LEAVE: "🏖",
    AbsenceKind.SICK: "🤒",
    AbsenceKind.DUTY_TRAVEL: "🚙",
    AbsenceKind.OFF_MISSION: "✈️",
}
_COUNTED = {
    State.DISTRESS: N_("{n} in distress"),
    State.OVERDUE: N_("{n} overdue"),
    State.NOT_ENROLLED: N_("{n} not enrolled"),
    State.AWAITED: N_("{n} awaited"),
}
_NOBODY = {
    State.DISTRESS: N_("<b>{who}</b>, {post}: distress for {length}, nobody has it."),
    State.ASSISTANCE: N_("<b>{who}</b>, {post}: needs assistance for {length}, nobody has it."),
    State.OVERDUE: N_("<b>{who}</b>, {post}: overdue {length}, nobody has it."),
}
_OWNED = {
    State.DISTRESS: N_("<b>{who}</b>, {post}: distress for {length}, {owner} has it."),
    State.ASSISTANCE: N_("<b>{who}</b>, {post}: needs assistance for {length}, {owner} has it."),
    State.OVERDUE: N_("<b>{who}</b>, {post}: overdue {length}, {owner} has it."),
}
_AWAY = {
    AbsenceKind.LEAVE: N_("<b>{who}</b>, {post}: leave until {until}."),
    AbsenceKind.SICK: N_("<b>{who}</b>, {post}: sick until {until}."),
    AbsenceKind.DUTY_TRAVEL: N_("<b>{who}</b>, {post}: duty travel until {until}."),
    AbsenceKind.OFF_MISSION: N_("<b>{who}</b>, {post}: off mission until {until}."),
}


def status(message: Status, voice: Voice, reader: Reader) -> Rendered:
    """Say at a glance who has answered and who has not; by name only those who need somebody."""
    text = voice.join(
        _title(message, voice, reader),
        not_known(message.known_until, voice),
        "",
        voice.say(
            "<b>Strength {strength}</b>: {counts}.",
            strength=sum(n for _, n in message.counts),
            counts=", ".join(_count(voice, state, n) for state, n in message.counts) or "0",
        ),
        _posts(message.posts, voice),
        voice.say(
            "Last 24 hours: {on_time} on time, {late} late, {missed} missed.",
            on_time=message.on_time,
            late=message.late,
            missed=message.missed,
        )
        if message.digest
        else None,
        "",
        *(_row(row, message, voice) for row in message.rows),
        voice.say("Nobody needs your attention.") if not message.rows and message.known_until is None else None,
        voice.say("More names: /status") if message.digest and message.pages > 1 else None,
        voice.say("Open alerts: /alerts")
        if message.digest and any(row.state in _NOBODY for row in message.rows)
        else None,
    )
    return Rendered(text, None if message.digest else _keyboard(message, voice))


def _title(message: Status, voice: Voice, reader: Reader) -> Html:
    zone = city(voice, reader)
    facts = {"name": voice.name(message.name), "date": voice.date(message.as_of), "time": voice.time(message.as_of)}
    if message.digest:
        return voice.say("📋 <b>{name}: daily digest</b>, {date}, {time} ({zone} time)", zone=zone, **facts)
    return voice.say("📋 <b>{name}</b>, {date}, {time} ({zone} time)", zone=zone, **facts)


def city(voice: Voice, reader: Reader) -> str:
    """Return the city that the reader's time zone is named after, in their language."""
    return get_timezone_location(ZoneInfo(reader.timezone), locale=voice.lang, return_city=True)


def _count(voice: Voice, state: State, n: int) -> Html:
    match state:
        case State.ASSISTANCE:
            return voice.count("{n} needs assistance", "{n} need assistance", n)
        case State.ABSENT:
            return voice.count("{n} away", "{n} away", n)
        case State.ANSWERED:
            return voice.count("{n} answered", "{n} answered", n)
    return voice.say(_COUNTED[state], n=n)


def _posts(posts: tuple[PostCount, ...], voice: Voice) -> Html | None:
    """Return how many answered at each post; of very many posts, those where somebody has not."""
    if not posts:
        return None
    shown = posts
    if len(posts) > POSTS_SHOWN:
        shown = tuple(one for one in posts if one.answered < one.strength)[:POSTS_SHOWN]
    said = [
        voice.say("{post} {n} of {strength}", post=voice.name(one.name), n=one.answered, strength=one.strength)
        for one in shown
    ]
    left = len(posts) - len(shown)
    more = [voice.count("{n} other post", "{n} other posts", left)] if left else []
    return voice.say("Answered: {posts}", posts=voice.join(*said, *more, sep=" · "))


def _row(row: Row, message: Status, voice: Voice) -> Html:
    flag = voice.say("📵 Cannot be reached here.") if row.unreachable else None
    # As on the alert itself: orange once somebody has it, or once it is only to be verified.
    in_hand = row.state in _NOBODY and row.state is not State.DISTRESS and (row.owner is not None or row.to_verify)
    return voice.join("🟠" if in_hand else _sign(row), _said(row, message, voice), flag, sep=" ")


def _sign(row: Row) -> str:
    if row.state is State.ABSENT:
        return _AWAY_SIGNS[row.absence] if row.absence is not None else "⚪"
    return "⚪" if row.unseen_since is not None else _SIGNS[row.state]


def _said(row: Row, message: Status, voice: Voice) -> Html:
    who, post = capital(named(voice, row.person)), voice.name(row.person.post)
    known = {"who": who, "post": post}
    length = voice.duration(message.as_of - row.since) if row.since is not None else voice.duration(timedelta(0))
    if row.to_verify:
        return voice.say("<b>{who}</b>, {post}: overdue, but has answered; verify by voice.", **known)
    if row.unconfirmed:
        return voice.say("<b>{who}</b>, {post}: SOS pressed {length} ago, about to go out.", length=length, **known)
    if row.state in _NOBODY:
        if row.owner is None:
            return voice.say(_NOBODY[row.state], length=length, **known)
        return voice.say(_OWNED[row.state], length=length, owner=named(voice, row.owner, article=True), **known)
    return _quiet(row, voice, known)


def _quiet(row: Row, voice: Voice, known: dict[str, str]) -> Html:
    """Return the line of an officer without an open alert."""
    if row.state is State.NOT_ENROLLED:
        return voice.say("<b>{who}</b>, {post}: not enrolled.", **known)
    if row.state is State.ABSENT and row.until is not None and row.absence is not None:
        return voice.say(_AWAY[row.absence], until=voice.date(row.until), **known)
    if row.state is State.ABSENT:
        return voice.say("<b>{who}</b>, {post}: absent.", **known)
    return _waited_for(row, voice, known)


def _waited_for(row: Row, voice: Voice, known: dict[str, str]) -> Html:
    """Return the line of an officer who is there, answered or not."""
    if row.unseen_since is not None:
        by = named(voice, row.unseen_by, article=True) if row.unseen_by is not None else "-"
        at = voice.moment(row.unseen_since)
        return voice.say("<b>{who}</b>, {post}: not verified; alert closed {at} by {by}.", at=at, by=by, **known)
    if row.since is None:
        return voice.say("<b>{who}</b>, {post}: no answer yet.", **known)
    at = voice.moment(row.since)
    if row.state is State.ANSWERED:
        return voice.say("<b>{who}</b>, {post}: answered {at}.", at=at, **known)
    return voice.say("<b>{who}</b>, {post}: due {at}, not in yet.", at=at, **known)


def _keyboard(message: Status, voice: Voice) -> Inline:
    again = Button(voice.word("button", "🔄 Refresh"), Press(Verb.STATUS, str(message.page)))
    turn = pages(voice, Verb.STATUS, message.page, message.pages)
    return Inline((turn, (again,)) if turn else ((again,),))


def pages(voice: Voice, verb: Verb, page: int, count: int, word: str = "") -> tuple[Button, ...]:
    """Return the buttons that turn the page: first, previous, next, last; none where they lead nowhere."""
    turns = []
    if page > 1:
        turns.append(Button(voice.word("button", "‹‹ {n}", n=1), Press(verb, "0", word)))
    if page > 0:
        turns.append(Button(voice.word("button", "‹ {n}", n=page), Press(verb, str(page - 1), word)))
    if page < count - 1:
        turns.append(Button(voice.word("button", "{n} ›", n=page + 2), Press(verb, str(page + 1), word)))
    if page < count - 2:
        turns.append(Button(voice.word("button", "{n} ››", n=count), Press(verb, str(count - 1), word)))
    return tuple(turns)
