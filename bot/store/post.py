"""The contingent, missions, posts and watches, as rows."""

from dataclasses import dataclass
from datetime import time, timedelta
from typing import Any

from sqlalchemy import Row, select

from bot.domain.post import Contingent, Mission, Post
from bot.domain.watch import Watch
from bot.store.codec import ladder_from, sitrep_from, text_from
from bot.store.engine import Tx
from bot.store.tables import contingent, mission, post, watch

_CONTINGENT = select(contingent)
_POSTS = select(post).order_by(post.c.code)
_MISSIONS = select(mission).order_by(mission.c.code)
_WATCHES = select(watch).where(watch.c.retired.is_(False)).order_by(watch.c.code)


@dataclass(frozen=True)
class Plan:
    """Everything that `load` laid down but the roster; read once a transaction."""

    contingent: Contingent
    posts: tuple[Post, ...]
    missions: tuple[Mission, ...]
    watches: tuple[Watch, ...]

    def post(self, code: str) -> Post:
        """Return the post with this code."""
        return next(one for one in self.posts if one.code == code)

    def watches_of(self, code: str) -> list[Watch]:
        """Return the watches kept at a post."""
        return [one for one in self.watches if code in one.posts]


def _watch(row: Row[Any]) -> Watch:
    return Watch(
        code=row.code,
        posts=tuple(row.posts),
        times=tuple(time.fromisoformat(one) for one in row.times),
        days=tuple(row.days),
        every=timedelta(seconds=row.every_s) if row.every_s else None,
        opens_before=timedelta(seconds=row.opens_before_s),
        remind_before=timedelta(seconds=row.remind_before_s),
        grace=timedelta(seconds=row.grace_s),
    )


async def plan(tx: Tx) -> Plan | None:
    """Return what was loaded, or nothing on an empty database; kept for the transaction."""
    if "plan" not in tx.cache:
        rows = await tx.read(_CONTINGENT)
        if not rows:
            return None
        row = rows[0]
        tx.cache["plan"] = Plan(
            Contingent(
                code=row.code,
                name=text_from(row.name),
                home_timezone=row.home_timezone,
                report_language=row.report_language,
                digest_at=time.fromisoformat(row.digest_at),
                ladder=ladder_from(row.ladder),
                duty_phone=row.duty_phone,
                sitrep=sitrep_from(row.sitrep),
            ),
            tuple(
                Post(
                    one.code,
                    text_from(one.name),
                    one.timezone,
                    (one.latitude, one.longitude) if one.latitude is not None else None,
                    tuple((one.channels or {}).items()),
                )
                for one in await tx.read(_POSTS)
            ),
            tuple(Mission(one.code, text_from(one.name)) for one in await tx.read(_MISSIONS)),
            tuple(map(_watch, await tx.read(_WATCHES))),
        )
    found: Plan = tx.cache["plan"]
    return found


async def must_plan(tx: Tx) -> Plan:
    """Return what was loaded; raises LookupError on an empty database."""
    found = await plan(tx)
    if found is None:
        raise LookupError("no contingent has been loaded")
    return found
