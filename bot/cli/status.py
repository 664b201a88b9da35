"""The command status: the commander's picture, for people and for programs."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from bot.cli.database import on_store
from bot.cli.fault import refuse
from bot.cli.output import put, tell
from bot.domain.picture import Picture, Row
from bot.services import picture
from bot.store import post as posts
from bot.store.engine import Store
from bot.store.post import Plan


def status(as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False) -> None:
    """Show every officer in exactly one state.

    The sum of the states is the strength.
    """

    async def work(store: Store) -> tuple[Picture, Plan | None]:
        async with store.read() as tx:
            return await picture.picture(tx), await posts.plan(tx)

    try:
        found, plan = on_store(work)
    except LookupError:
        plan = None
    if plan is None:
        refuse("status: no contingent has been loaded; expected `vigie load FILE.toml` first")
    if as_json:
        put((json.dumps(as_plain(found, plan), ensure_ascii=False, indent=2) + "\n").encode())
    else:
        tell(_text(found))


def _iso(at: datetime | None) -> str | None:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ") if at is not None else None


def as_plain(found: Picture, plan: Plan) -> dict[str, Any]:
    """Return the picture as JSON values; instants are ISO 8601 in UTC. The keys are a contract: they only grow."""
    manned = {row.post for row in found.rows}
    # The picture counts the posts of the plan, in its order, where there is anybody.
    codes = [post.code for post in plan.posts if post.code in manned]
    return {
        "contingent": {"code": plan.contingent.code, "en": found.name.en, "fr": found.name.fr},
        "as_of": _iso(found.as_of),
        "not_known_since": _iso(found.known_until),
        "strength": found.strength,
        "counts": {state.value: count for state, count in found.counts},
        "posts": [
            {"code": code, "name": post.name.en, "answered": post.answered, "strength": post.strength}
            for code, post in zip(codes, found.posts, strict=True)
        ],
        "officers": [
            {
                "code": row.person.code,
                "rank": row.person.rank.en,
                "name": row.person.name,
                "post": row.post,
                "state": row.state.value,
                "since": _iso(row.since),
                "until": _iso(row.until),
                "owner": row.owner.code if row.owner else None,
                "absence": row.absence.value if row.absence else None,
                "to_verify": row.to_verify,
                "unconfirmed": row.unconfirmed,
                "unreachable": row.unreachable,
                "last_checkin": _iso(row.last_checkin),
            }
            for row in found.rows
        ],
    }


def _short(at: datetime | None, now: datetime) -> str:
    """Return `23 Nov 08:00Z`, which fits a narrow screen, or the date alone where the year is another."""
    if at is None:
        return ""
    return f"{at.day} {at:%b %H:%M}Z" if at.year == now.year else f"{at.day} {at:%b %Y}"


def _state(row: Row) -> str:
    notes = [row.state.value.replace("_", " ")]
    notes += ["verify by voice"] if row.to_verify else []
    notes += ["UNREACHABLE"] if row.unreachable else []
    notes += [f"owner {row.owner.name}"] if row.owner else []
    return ", ".join(notes)


def _text(found: Picture) -> str:
    counts = ", ".join(f"{state.value.replace('_', ' ')} {count}" for state, count in found.counts)
    lines = [f"{found.name.en}, {_iso(found.as_of)}. Strength {found.strength}: {counts}."]
    if found.known_until is not None:
        lines.append(f"Telegram is out of reach: not known since {_iso(found.known_until)}.")
    console = Console()
    with console.capture() as written:
        console.print(_table(found))
    lines += [line.rstrip() for line in written.get().splitlines()]
    return "\n".join(lines)


def _table(found: Picture) -> Table:
    cells = [
        (
            f"{row.person.rank.en} {row.person.name}",
            row.person.post.en,
            _state(row),
            _short(row.since, found.as_of) or _short(row.until, found.as_of),
            _short(row.last_checkin, found.as_of),
        )
        for row in found.rows
    ]
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False)
    for at, name in enumerate(("officer", "post", "state", "since/until", "last check-in")):
        # A line may end between two words, never inside a name; an instant stays whole.
        instant = at >= 3
        table.add_column(name, no_wrap=instant, min_width=None if instant else _longest([one[at] for one in cells]))
    for one in cells:
        table.add_row(*one)
    return table


def _longest(texts: Sequence[str]) -> int:
    return max((len(word) for text in texts for word in text.split()), default=1)
