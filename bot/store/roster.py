"""What `load` lays down, as rows: read whole, compared by the service, written in sets where they differ."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, bindparam, insert, select, update

from bot.domain.officer import Officer
from bot.domain.post import Contingent, Mission, Post
from bot.domain.watch import Watch
from bot.store.codec import ladder_to, sitrep_to, text_to
from bot.store.engine import Tx
from bot.store.tables import contingent, mission, officer, post, watch

Values = dict[str, Any]

_TABLES: dict[str, Table] = {
    "contingent": contingent,
    "mission": mission,
    "post": post,
    "watch": watch,
    "officer": officer,
}
# What of an officer's row comes from the file; the rest belongs to the officer's phone and to the sweep.
OFFICER_COLUMNS = (
    "rank",
    "name",
    "service",
    "mission",
    "post",
    "role",
    "language",
    "gender",
    "phone",
    "tour_from",
    "tour_until",
    "unit",
    "call_sign",
)
_WRITTEN = {
    kind: [c.name for c in table.columns if c.name != "code" and (kind != "officer" or c.name in OFFICER_COLUMNS)]
    for kind, table in _TABLES.items()
}
_INSERT = {kind: insert(table) for kind, table in _TABLES.items()}
_UPDATE = {
    kind: update(table)
    .where(table.c.code == bindparam("which"))
    .values({name: bindparam(f"new_{name}") for name in _WRITTEN[kind]})
    for kind, table in _TABLES.items()
}
_SELECT = {kind: select(table).order_by(table.c.code) for kind, table in _TABLES.items()}
_LOADED = update(contingent).values(loaded_at=bindparam("at"))


@dataclass(frozen=True)
class Loaded:
    """The rows as they are, by kind and code; a retired watch is there with `retired` set."""

    rows: Mapping[str, Mapping[str, Values]]

    def of(self, kind: str) -> Mapping[str, Values]:
        """Return the rows of one kind by code."""
        return self.rows[kind]


async def read(tx: Tx) -> Loaded:
    """Return all that an earlier load laid down, as column values."""
    return Loaded({kind: {r.code: dict(r._mapping) for r in await tx.read(_SELECT[kind])} for kind in _TABLES})


def add(tx: Tx, kind: str, code: str, values: Values) -> None:
    """Write a new row of this kind."""
    tx.write(_INSERT[kind], {"code": code, **values})
    tx.cache.clear()


def change(tx: Tx, kind: str, code: str, values: Values) -> None:
    """Write what the file says over a row; what the file does not hold stays as it is."""
    tx.write(_UPDATE[kind], {"which": code, **{f"new_{name}": values[name] for name in _WRITTEN[kind]}})
    tx.cache.clear()


def loaded_now(tx: Tx) -> None:
    """Keep when the file last changed something."""
    tx.write(_LOADED, {"at": tx.now})


def contingent_values(one: Contingent) -> Values:
    """Return the columns of the contingent but `loaded_at`."""
    return {
        "name": text_to(one.name),
        "home_timezone": one.home_timezone,
        "report_language": one.report_language,
        "digest_at": f"{one.digest_at:%H:%M}",
        "duty_phone": one.duty_phone,
        "ladder": ladder_to(one.ladder),
        "sitrep": sitrep_to(one.sitrep),
    }


def mission_values(one: Mission) -> Values:
    """Return the columns of a mission."""
    return {"name": text_to(one.name)}


def post_values(one: Post) -> Values:
    """Return the columns of a post."""
    latitude, longitude = one.location or (None, None)
    return {
        "name": text_to(one.name),
        "timezone": one.timezone,
        "latitude": latitude,
        "longitude": longitude,
        "channels": dict(one.channels) or None,
    }


def watch_values(one: Watch) -> Values:
    """Return the columns of a watch that is kept."""
    return {
        "posts": list(one.posts),
        "times": [f"{at:%H:%M}" for at in one.times],
        "days": list(one.days),
        "every_s": int(one.every.total_seconds()) if one.every is not None else None,
        "opens_before_s": int(one.opens_before.total_seconds()),
        "remind_before_s": int(one.remind_before.total_seconds()),
        "grace_s": int(one.grace.total_seconds()),
        "retired": False,
    }


def officer_values(one: Officer) -> Values:
    """Return the columns of an officer that come from the file."""
    return {
        "rank": text_to(one.rank),
        "name": one.name,
        "service": text_to(one.service),
        "mission": one.mission,
        "post": one.post,
        "role": one.role.value,
        "language": one.language,
        "gender": one.gender,
        "phone": one.phone,
        "tour_from": one.tour_from,
        "tour_until": one.tour_until,
        "unit": text_to(one.unit) if one.unit is not None else None,
        "call_sign": one.call_sign,
    }
