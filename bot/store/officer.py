"""Officers, as rows."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, select, update

from bot.domain.ladder import Responder
from bot.domain.officer import ACTING, RIGHTS, Officer, Right, Role
from bot.store import absence
from bot.store.codec import text_from
from bot.store.engine import Tx
from bot.store.tables import officer, post

_ALL = select(officer, post.c.name.label("post_name"), post.c.timezone).join(post, post.c.code == officer.c.post)
_BY_CODE = _ALL.where(officer.c.code.in_(bindparam("codes", expanding=True)))
_BY_TELEGRAM = _ALL.where(officer.c.telegram_id.in_(bindparam("ids", expanding=True)))
_AT = _ALL.where(officer.c.post.in_(bindparam("posts", expanding=True))).order_by(officer.c.post, officer.c.name)
# Whose tour ended before a day.
ENDED = select(officer.c.code).where(officer.c.tour_until < bindparam("day"))
_ACTING = _ALL.where(officer.c.role.in_([role.value for role in ACTING]))

_BIND = (
    update(officer)
    .where(officer.c.code == bindparam("who"))
    .values(
        telegram_id=bindparam("phone_id"),
        enrolled_at=bindparam("at"),
        chose_language=False,
        unreachable_since=None,
        planned_until=None,
    )
)
_LANGUAGE = (
    update(officer).where(officer.c.code == bindparam("who")).values(language=bindparam("chosen"), chose_language=True)
)
_UNREACHABLE = (
    update(officer).where(
        officer.c.code == bindparam("who"),
        officer.c.telegram_id == bindparam("phone_id"),
        officer.c.unreachable_since.is_(None),
    )
).values(unreachable_since=bindparam("at"))
_REACHABLE = (
    update(officer)
    .where(officer.c.code == bindparam("who"), officer.c.unreachable_since.is_not(None))
    .values(unreachable_since=None)
)
_REPLAN = update(officer).where(officer.c.code == bindparam("who")).values(planned_until=None)
_PLANNED = update(officer).where(officer.c.code == bindparam("who")).values(planned_until=bindparam("until"))
_TO_PLAN = (
    _ALL.add_columns(officer.c.planned_until)
    .where(
        officer.c.telegram_id.is_not(None),
        officer.c.post.in_(bindparam("posts", expanding=True)),
        officer.c.role.in_([role.value for role in Role if Right.CHECK_IN in RIGHTS[role]]),
        (officer.c.planned_until.is_(None)) | (officer.c.planned_until < bindparam("before")),
    )
    .order_by(officer.c.planned_until)
    .limit(bindparam("most"))
)


def from_row(row: Row[Any]) -> Officer:
    """Return the officer of a row that carries the post's name and zone."""
    return Officer(
        code=row.code,
        rank=text_from(row.rank),
        name=row.name,
        service=text_from(row.service),
        mission=row.mission,
        post=row.post,
        post_name=text_from(row.post_name),
        timezone=row.timezone,
        role=Role(row.role),
        language=row.language,
        gender=row.gender,
        phone=row.phone,
        tour_from=row.tour_from,
        tour_until=row.tour_until,
        telegram_id=row.telegram_id,
        enrolled_at=row.enrolled_at,
        unreachable_since=row.unreachable_since,
        unit=text_from(row.unit) if row.unit is not None else None,
        call_sign=row.call_sign,
    )


async def every(tx: Tx) -> list[Officer]:
    """Return the whole roster, by post and name; kept for the transaction."""
    if "roster" not in tx.cache:
        tx.cache["roster"] = [from_row(row) for row in await tx.read(_ALL.order_by(officer.c.post, officer.c.name))]
    people: list[Officer] = tx.cache["roster"]
    return people


async def at(tx: Tx, posts: Collection[str]) -> list[Officer]:
    """Return the officers of these posts, by post and name."""
    return [from_row(row) for row in await tx.read(_AT, {"posts": sorted(posts)})]


async def by_code(tx: Tx, codes: Collection[str]) -> dict[str, Officer]:
    """Return the officers with these codes; those that do not exist are missing."""
    if not codes:
        return {}
    return {row.code: from_row(row) for row in await tx.read(_BY_CODE, {"codes": sorted(codes)})}


async def by_telegram(tx: Tx, ids: Collection[int]) -> dict[int, Officer]:
    """Return the officers enrolled with these Telegram ids, by id."""
    if not ids:
        return {}
    return {row.telegram_id: from_row(row) for row in await tx.read(_BY_TELEGRAM, {"ids": sorted(ids)})}


async def responders(tx: Tx) -> list[Responder]:
    """Return everybody on tour in an acting role and whether they are absent now; kept for the transaction."""
    if "responders" not in tx.cache:
        away = await absence.away_now(tx)
        tx.cache["responders"] = [
            Responder(one, absent=one.code in away)
            for one in map(from_row, await tx.read(_ACTING))
            if one.on_tour(tx.now)
        ]
    people: list[Responder] = tx.cache["responders"]
    return people


def bind_phone(tx: Tx, who: str, telegram_id: int | None) -> None:
    """Bind a phone to an officer, or unbind it; duties are planned anew."""
    tx.write(_BIND, {"who": who, "phone_id": telegram_id, "at": tx.now if telegram_id is not None else None})
    tx.cache.clear()


def set_language(tx: Tx, who: str, language: str) -> None:
    """Keep the language that the officer chose; a later load of the roster does not change it."""
    tx.write(_LANGUAGE, {"who": who, "chosen": language})
    tx.cache.clear()


async def mark_unreachable(tx: Tx, who: str, telegram_id: int) -> bool:
    """Mark that messages no longer reach the officer on this phone; return whether that is new."""
    return await tx.change(_UNREACHABLE, {"who": who, "phone_id": telegram_id, "at": tx.now}) == 1


def mark_reachable(tx: Tx, who: str) -> None:
    """Take the mark away: the officer has written."""
    tx.write(_REACHABLE, {"who": who})
    tx.cache.clear()


def replan(tx: Tx, who: str) -> None:
    """Have the next sweep plan anew what has not opened yet for this officer."""
    tx.write(_REPLAN, {"who": who})


def planned(tx: Tx, who: str, until: datetime) -> None:
    """Keep up to when duties are made for this officer."""
    tx.write(_PLANNED, {"who": who, "until": until})


async def to_plan(tx: Tx, posts: Collection[str], before: datetime, most: int) -> list[tuple[Officer, datetime | None]]:
    """Return enrolled officers of these posts whose duties are made up to before `before`, or not at all."""
    rows: Sequence[Row[Any]] = await tx.read(_TO_PLAN, {"posts": sorted(posts), "before": before, "most": most})
    return [(from_row(row), row.planned_until) for row in rows]
