"""The command sitrep: the situation report of a period, as a document or for programs."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.database import on_store
from bot.cli.fault import refuse
from bot.cli.output import form_of, new_file, put, refuse_existing, tell
from bot.document.sitrep import paper
from bot.document.write import write
from bot.domain.bilingual import Language
from bot.domain.sitrep import Sitrep, SitrepKind
from bot.i18n.catalogue import Catalogues
from bot.services import sitrep as service
from bot.store import period as periods
from bot.store import post as posts
from bot.store import sitrep as sitreps
from bot.store.engine import Store, Tx

FORMATS = ("docx", "pdf", "md", "json")
LANGUAGES = ("en", "fr")
FIRST, LAST = date(2000, 1, 1), date(2100, 1, 1)


@dataclass(frozen=True)
class Asked:
    """What was asked for; without `period` that of the day `on`, or of today so far."""

    kind: SitrepKind
    on: date | None
    period: tuple[datetime, datetime] | None
    post: str | None


def sitrep(
    on: Annotated[
        str | None, typer.Option("--date", help="The reporting day by its local date; today if none.")
    ] = None,
    lang: Annotated[
        str | None, typer.Option(help="en or fr; the contingent's reporting language if none. json has both.")
    ] = None,
    asked_form: Annotated[
        str | None, typer.Option("--format", help="docx, pdf, md or json; by the name of the file, or md, if none.")
    ] = None,
    weekly: Annotated[bool, typer.Option("--weekly", help="The seven days that end with that day.")] = False,
    since: Annotated[str | None, typer.Option(help="Any period instead: from this instant (UTC)…")] = None,
    until: Annotated[str | None, typer.Option(help="… to this one.")] = None,
    post: Annotated[str | None, typer.Option(help="Of this post alone.")] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="The new file to write.")] = None,
) -> None:
    """Write the situation report of a day, a week or any period.

    An approved one is given as it was approved, with its number; any other as the data stands now, marked as a draft.
    Nothing is kept. Without -o, md and json go to standard output.
    """
    faults: list[str] = []
    form = form_of(asked_form, output, FORMATS, "md", faults)
    if lang is not None and lang not in LANGUAGES:
        faults.append(f"--lang: {lang!r} is not a language of Vigie; expected en or fr")
    if form in ("docx", "pdf") and output is None:
        faults.append(f"-o: expected a file for {form}, such as -o sitrep.{form}")
    asked = Asked(
        SitrepKind.WEEKLY if weekly else SitrepKind.DAILY, _day(on, faults), _period(since, until, faults), post
    )
    if asked.period is not None and (on is not None or weekly):
        faults.append("--since: is given together with --date or --weekly; expected one or the other")
    if faults:
        refuse(*faults)
    if output is not None:
        refuse_existing(output, "-o")

    async def work(store: Store) -> tuple[Sitrep, dict[str, object]]:
        async with store.read() as tx:
            found = await _find(tx, asked)
            return found, sitreps.plain(found)

    try:
        found, plain = on_store(work)
    except LookupError as fault:
        refuse(f"sitrep: {fault}")
    if form == "json":
        if lang is not None:
            typer.echo("--lang: json has codes, and names in both languages; left aside", err=True)
        content = (json.dumps(plain, ensure_ascii=False, indent=2) + "\n").encode()
    else:
        language: Language = "fr" if (lang or found.language) == "fr" else "en"
        printed = paper(found, language, Catalogues.load())
        content = write(printed, form, found.approved_at or found.as_of)  # type: ignore[arg-type]
    if output is None:
        put(content)
    else:
        with new_file(output, "-o") as file:
            file.write(content)
        tell(f"{output}: {len(content)} bytes")


async def _find(tx: Tx, asked: Asked) -> Sitrep:
    codes = [one.code for one in (await posts.must_plan(tx)).posts]
    if asked.post is not None and asked.post not in codes:
        raise LookupError(f"no post is called {asked.post!r}; expected one of {', '.join(codes)}")
    kind = asked.kind if asked.period is None else SitrepKind.SPECIAL
    if asked.period is not None:
        since, until = asked.period
    elif asked.on is not None:
        since, until = await service.asked_day(tx, asked.on, kind)
    else:
        since, until = await service.of_day(tx, None, kind)
    if since > tx.now:
        raise LookupError("that period has not begun; expected an earlier one")
    if not await periods.watched(tx, until):
        raise LookupError("nothing is on record of that time: nobody was enrolled yet; expected a later one")
    row = await sitreps.of_period(tx, kind, since, until)
    if row is not None:
        return await service.whole(tx, row, only=asked.post)
    return await service.view(tx, kind, since, until, only=asked.post)


def _day(text: str | None, faults: list[str]) -> date | None:
    if text is None:
        return None
    try:
        found = date.fromisoformat(text)
    except ValueError:
        faults.append(f"--date: {text!r} is not a date; expected one such as 2026-11-23")
        return None
    # No calendar holds the days around the first and the last of these.
    if not FIRST <= found <= LAST:
        faults.append(f"--date: {text!r} is not a date of this age; expected one such as 2026-11-23")
        return None
    return found


def _period(since: str | None, until: str | None, faults: list[str]) -> tuple[datetime, datetime] | None:
    if since is None and until is None:
        return None
    found = []
    for option, text in (("--since", since), ("--until", until)):
        try:
            at = datetime.fromisoformat(text or "")
            found.append((at if at.tzinfo is not None else at.replace(tzinfo=UTC)).astimezone(UTC))
            if not FIRST <= found[-1].date() <= LAST:
                raise ValueError
        except (ValueError, OverflowError):
            said = "is missing" if text is None else f"{text!r} is not an instant"
            faults.append(f"{option}: {said}; expected both, such as 2026-11-23T06:00:00+00:00")
    if len(found) == 2 and found[0] >= found[1]:
        faults.append(f"--since: {since!r} is not before --until {until!r}; expected an earlier instant")
    return (found[0], found[1]) if len(found) == 2 else None
