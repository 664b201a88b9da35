"""Situation reports: prepared at their hour or when asked for, read, approved; an approved one never changes."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain import period as spans
from bot.domain import sitrep_plan as rules
from bot.domain.bilingual import Language
from bot.domain.errors import No, RefusalError
from bot.domain.message import Message
from bot.domain.officer import Officer, Person, Right, Role
from bot.domain.report import ReportState
from bot.domain.sitrep import WRITTEN, Sitrep, SitrepKind, SitrepState, Translation
from bot.domain.sitrep_compose import compose
from bot.domain.sitrep_message import AskApproval, SitrepApproved, SitrepCard, SitrepLine, SitrepMenu
from bot.services import line, outside, sitrep_day, sitrep_ground, sitrep_text, sitrep_translation
from bot.services.sitrep_text import signing
from bot.store import audit, errand, outbox
from bot.store import officer as officers
from bot.store import post as posts
from bot.store import report as reports
from bot.store import sitrep as sitreps
from bot.store import translation as translations
from bot.store.engine import Tx
from bot.store.ids import new_id
from bot.store.period import Span
from bot.store.sitrep import SitrepRow

LISTED = 6
# Longer than a month is a matter for the export.
PERIOD_MAX = timedelta(days=31)

zone_of, of_day, asked_day = sitrep_day.zone_of, sitrep_day.of_day, sitrep_day.asked_day


async def view(
    tx: Tx, kind: SitrepKind, since: datetime, until: datetime, *, only: str | None = None, row: SitrepRow | None = None
) -> Sitrep:
    """Return a situation report as it stands now, of the contingent or of one post; nothing is kept.

    With `row` it carries the number of that draft, what command wrote into it, and who prepared it.
    """
    plan = await posts.must_plan(tx)
    contingent, said = plan.contingent, plan.contingent.sitrep
    zone = await zone_of(tx)
    # What command writes is about everybody: it is not shown beside the figures of one post.
    written = await sitrep_text.written(tx, row.id) if row is not None and only is None else ()
    ground, changed = await sitrep_ground.gather(tx, kind, Span(since, until, only), zone, written)
    down = await line.down_since(tx)
    people = {one.code: signing(one) for one in await officers.every(tx)}
    found = Sitrep(
        kind=kind,
        number=row.number if row is not None else "",
        state=SitrepState.DRAFT,
        language=row.language if row is not None else contingent.report_language,
        contingent=contingent.name,
        sender=said.sender or contingent.name,
        to=said.to,
        cc=said.cc,
        marking=said.marking,
        since=since,
        until=until,
        as_of=tx.now,
        zone=zone,
        posts=tuple((one.code, one.name) for one in plan.posts),
        parts=compose(kind, ground),
        reports=tuple((one.number, one.version.number) for one in ground.counted),
        changed=changed,
        only=plan.post(only).name if only is not None else None,
        prepared_at=row.prepared_at if row is not None else None,
        prepared_by=people.get(row.prepared_by or "") if row is not None else None,
        known_until=down if down is not None and down < min(until, tx.now) else None,
    )
    return replace(found, translations=await _translations(tx, found, people))


async def _translations(tx: Tx, found: Sitrep, people: dict[str, Person]) -> tuple[Translation, ...]:
    rows = await translations.of(tx, list(found.narratives()))
    return tuple(
        Translation(one.source, one.language, one.text, one.at, people.get(one.author or "")) for one in rows.values()
    )


async def whole(tx: Tx, row: SitrepRow, *, only: str | None = None) -> Sitrep:
    """Return what a situation report says: an approved one as it was approved, a draft as it stands now.

    `only`: of that post alone, which is always put together anew.
    """
    if row.state is SitrepState.APPROVED and only is None:
        return await sitreps.approved(tx, row.id)
    return await view(tx, row.kind, row.since, row.until, only=only, row=row)


async def seen(tx: Tx, reader: Officer, which: int) -> tuple[SitrepRow, Sitrep]:
    """Return a situation report with what it says to this reader; raises as `must_be` does."""
    row = await must_be(tx, reader, which)
    return row, await whole(tx, row, only=scope_of(reader))


async def typed_period(tx: Tx, author: Officer, text: str) -> tuple[datetime, datetime]:
    """Return the period that was typed, in the author's local time; raises RefusalError BAD_PERIOD."""
    found = spans.period(text, tx.now, author.timezone)
    return datetime.fromisoformat(found["from"]), datetime.fromisoformat(found["to"])


def scope_of(reader: Officer) -> str | None:
    """Return the post whose figures a reader gets: a lead the own one, the others the whole contingent."""
    return reader.post if reader.role is Role.LEAD else None


async def prepare(tx: Tx, kind: SitrepKind, since: datetime, until: datetime, by: str | None) -> SitrepRow:
    """Return the situation report of this period; if there is none, a new draft under the next number.

    Raises RefusalError BAD_PERIOD if it is backwards, begins ahead of now, or is longer than a month.
    """
    if since >= until or since > tx.now or until - since > PERIOD_MAX:
        raise RefusalError(No.BAD_PERIOD)
    if (there := await sitreps.of_period(tx, kind, since, until)) is not None:
        return there
    contingent = (await posts.must_plan(tx)).contingent
    serial = await sitreps.next_serial(tx, kind, tx.now.year)
    row = SitrepRow(
        id=new_id(tx.now),
        number=rules.number_of(contingent.code, kind, tx.now.year, serial),
        kind=kind,
        since=since,
        until=until,
        language=contingent.report_language,
        state=SitrepState.DRAFT,
        prepared_at=tx.now,
        prepared_by=by,
    )
    sitreps.add(tx, row, tx.now.year, serial)
    await sitrep_translation.owe_drafts(tx, row)
    audit.note(tx, by or audit.SYSTEM, "sitrep_prepared", None, number=row.number)
    return row


async def must_be(tx: Tx, reader: Officer, which: int) -> SitrepRow:
    """Return a situation report that the reader may read; raises RefusalError NOT_ALLOWED or NO_SUCH_SITREP.

    Liaison reads what has gone out, never a draft.
    """
    rules.must_read(reader)
    row = await sitreps.one(tx, which)
    if row is None or (reader.role is Role.LIAISON and row.state is SitrepState.DRAFT):
        raise RefusalError(No.NO_SUCH_SITREP)
    return row


async def menu(tx: Tx, reader: Officer) -> None:
    """Answer /sitrep: the newest ones, and what may be prepared."""
    rules.must_read(reader)
    rows = await sitreps.latest(tx, LISTED * 2)
    if reader.role is Role.LIAISON:
        rows = [one for one in rows if one.state is SitrepState.APPROVED]
    zone = await zone_of(tx)
    lines = tuple(line_of(one, zone) for one in rows[:LISTED])
    outbox.owe(tx, SitrepMenu(lines, writes=reader.may(Right.ROSTER)), to=reader.code)


def line_of(row: SitrepRow, zone: str) -> SitrepLine:
    """Return how a situation report stands in a list."""
    return SitrepLine(row.id, row.number, row.kind, row.state, row.since, row.until, zone)


async def card(tx: Tx, reader: Officer, row: SitrepRow) -> Message:
    """Return a situation report at a glance, for this reader."""
    only = scope_of(reader)
    found = await whole(tx, row, only=only)
    draft = row.state is SitrepState.DRAFT
    changed = {one.number for one in found.changed}
    return SitrepCard(
        line=line_of(row, found.zone),
        language=row.language,
        figures=_figures(found),
        written=tuple((one.heading, one.written.narrative.text) for one in found.parts if one.written is not None),
        untranslated=sitrep_translation.untranslated(found),
        late=len({entry.number for part in found.parts for entry in part.entries if entry.late} - changed),
        changed=len(found.changed),
        approved_by=found.approved_by,
        approved_at=row.approved_at,
        may_write=draft and reader.may(Right.ROSTER),
        may_translate=draft and reader.may(Right.ACT),
        may_approve=draft and row.until <= tx.now and rules.approves(reader, await officers.responders(tx)),
    )


def _figures(found: Sitrep) -> tuple[tuple[str, int], ...]:
    """Return the sums that tell the day at a glance."""
    compliance, engaged = found.part("compliance").tallies[0], found.part("engagement").tallies[0]
    people = next(one for one in found.part("personnel").tallies if one.code == "accounted")
    accounted = dict(zip(people.columns, people.sums, strict=True))
    due, on_time, late, missed = compliance.sums[:4]
    return (
        ("strength", sum(accounted.values())),
        ("overdue", accounted["overdue"] + accounted["assistance"] + accounted["distress"]),
        ("reports", len(found.reports)),
        ("incidents", sum(found.part("incidents").tallies[0].sums[:1])),
        ("reached", sum(engaged.sums[:4])),
        ("due", due),
        ("on_time", on_time),
        ("late", late),
        ("missed", missed),
    )


async def show(tx: Tx, reader: Officer, row: SitrepRow) -> None:
    """Owe the reader a card; each look is in the audit."""
    audit.note(tx, reader.code, "sitrep_read", None, number=row.number)
    outbox.owe(tx, await card(tx, reader, row), to=reader.code)


async def ask_approval(tx: Tx, who: Officer, which: int) -> None:
    """Ask once more before it is approved, and say what is still open."""
    row, found = await _approvable(tx, who, which)
    held = await reports.by_numbers(tx, [number for number, _ in found.reports])
    outbox.owe(
        tx,
        AskApproval(
            line=line_of(row, found.zone),
            language=row.language,
            untranslated=sitrep_translation.untranslated(found),
            unreviewed=sum(one.state is not ReportState.ACCEPTED for one in held),
            unwritten=tuple(one for one in WRITTEN[row.kind][:3] if found.part(one).written is None),
            mark=found.mark,
        ),
        to=who.code,
    )


async def _approvable(tx: Tx, who: Officer, which: int) -> tuple[SitrepRow, Sitrep]:
    row = await must_be(tx, who, which)
    rules.must_approve(who, row.state, await officers.responders(tx))
    rules.must_be_over(row.until, tx.now)
    return row, await whole(tx, row)


async def approve(tx: Tx, who: Officer, which: int, mark: str) -> None:
    """Approve a situation report: it is kept as it stands now, printed, and sent to command and liaison.

    `mark`: of what was shown. Raises RefusalError NOT_ALLOWED, NO_SUCH_SITREP, ALREADY_APPROVED, PERIOD_NOT_OVER, or
    SITREP_CHANGED if it says something else by now.
    """
    row, found = await _approvable(tx, who, which)
    if found.mark != mark:
        raise RefusalError(No.SITREP_CHANGED)
    kept = replace(found, state=SitrepState.APPROVED, approved_at=tx.now, approved_by=signing(who))
    if not await sitreps.approve(tx, row.id, who.code, kept):
        raise RefusalError(No.ALREADY_APPROVED)
    numbers = [number for number, _ in found.reports] + [one.number for one in found.changed]
    for one in await reports.by_numbers(tx, numbers):
        sitreps.rests_on(tx, row.id, one.id, one.version.number)
    errand.owe(tx, "print", f"approved:{row.id}")
    audit.note(tx, who.code, "sitrep_approved", None, number=row.number)
    named, mails = (await posts.must_plan(tx)).contingent.sitrep.mail, await mailed_to(tx)
    news = SitrepApproved(row.number, len(await recipients(tx)), len(mails), len(named) - len(mails))
    outbox.owe(tx, news, to=who.code)


async def mailed_to(tx: Tx) -> tuple[str, ...]:
    """Return who gets an approved one by e-mail: nobody, where no mail server is set."""
    on = await outside.is_set(tx, "mail")
    return (await posts.must_plan(tx)).contingent.sitrep.mail if on else ()


async def recipients(tx: Tx) -> Sequence[Officer]:
    """Return who gets an approved one as a document: command and liaison, enrolled and on tour."""
    roles = (Role.COMMANDER, Role.DEPUTY, Role.LIAISON)
    return [one for one in await officers.every(tx) if one.role in roles and one.enrolled and one.on_tour(tx.now)]


async def ask_document(tx: Tx, reader: Officer, which: int, form: str, language: Language) -> str:
    """Owe the reader a document, which is made outside this transaction; return the number that it is of."""
    row = await must_be(tx, reader, which)
    errand.owe(tx, "print", f"view:{row.id}:{reader.code}:{language}:{form}")
    audit.note(tx, reader.code, "sitrep_read", None, number=row.number, format=form, language=language)
    return row.number
