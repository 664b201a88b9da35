"""Builds what those who are told of alerts must know, for many alerts in one go."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.domain import ladder
from bot.domain.alert import Alert, AlertKind
from bot.domain.alert_message import AlertStep, AlertView, DistressStep, LastSign
from bot.domain.checkin import Checkin
from bot.domain.duty import Duty
from bot.domain.ladder import Responder
from bot.domain.officer import Officer, Person, Role
from bot.domain.post import Contingent
from bot.store import absence as absences
from bot.store import alert as alert_rows
from bot.store import checkin as checkins
from bot.store import duty as duties
from bot.store import officer as officers
from bot.store import outbox
from bot.store import post as posts
from bot.store.engine import Tx

STEPS = (AlertStep.kind, DistressStep.kind)


def thread(alert: Alert) -> str:
    """Return what an alert's messages are tied together by."""
    return f"alert:{alert.id}"


@dataclass(frozen=True)
class Casebook:
    """What alerts are about, loaded in sets."""

    contingent: Contingent
    roster: dict[str, Officer]
    responders: Sequence[Responder]
    missed: dict[int, list[Duty]]
    last: dict[str, Checkin]
    unavailable: frozenset[str]  # absent, or silent themselves: nobody to ask about a colleague
    unsent: dict[tuple[str, str], list[int]]  # steps that have not left yet, by thread and officer

    def subject(self, alert: Alert) -> Officer:
        """Return the officer whom the alert is about."""
        return self.roster[alert.officer]

    def person(self, code: str | None) -> Person | None:
        """Return who an officer code is, for a message."""
        return self.roster[code].person if code in self.roster else None

    def first_told(self, subject: Officer) -> tuple[Role, ...] | None:
        """Return the roles that are told first, none of them if that is everyone; nothing if nobody can be told."""
        first = ladder.rung(self.contingent.ladder, 0, subject, self.responders)
        return self._roles(first) if first.recipients else None

    def _roles(self, rung: ladder.Rung) -> tuple[Role, ...]:
        if rung.number > len(self.contingent.ladder.steps):
            return ()
        return tuple(sorted({one.role for one in rung.recipients}, key=list(Role).index))

    def _colleague(self, subject: Officer) -> Person | None:
        """Return somebody at the same post who may know."""
        there = self._askable.get(subject.post, ())
        return next((one.person for one in there if one.code != subject.code), None)

    @cached_property
    def _askable(self) -> dict[str, list[Officer]]:
        """By post, those who can be asked about a colleague."""
        found: dict[str, list[Officer]] = {}
        for one in self.roster.values():
            if one.enrolled and not one.unreachable_since and one.code not in self.unavailable:
                found.setdefault(one.post, []).append(one)
        return found

    def view(self, alert: Alert) -> AlertView:
        """Return the alert as a message carries it."""
        subject = self.subject(alert)
        missed = self.missed.get(alert.id, [])
        last = self.last.get(alert.officer)
        following = ladder.rung(self.contingent.ladder, alert.rung, subject, self.responders)
        is_distress = alert.kind is AlertKind.DISTRESS
        return AlertView(
            id=alert.id,
            kind=alert.kind,
            state=alert.state,
            subject=subject.person,
            since=alert.since,
            opened_at=alert.opened_at,
            rung=alert.rung,
            rungs=len(self.contingent.ladder.steps),
            again=alert.round > 0 or alert.lapsed,
            next_at=alert.next_at,
            next_told=() if is_distress else self._roles(following),
            deadline=missed[0].deadline if missed else None,
            missed=max(1, len(missed)),
            certain=alert.certain,
            confirmed=alert.confirmed,
            last_sign=LastSign(last.sent_at, last.details.place) if last else None,
            colleague=self._colleague(subject),
            owner=self.person(alert.owner),
            taken_at=alert.taken_at,
            lapsed=alert.lapsed,
            answered_at=alert.answered_at,
            mistake_at=alert.mistake_at,
            proposed_by=self.person(alert.proposed_by),
            detail=alert.detail,
            location=(alert.latitude, alert.longitude)
            if alert.latitude is not None and alert.longitude is not None
            else None,
            closed_at=alert.closed_at,
            closed_by=self.person(alert.closed_by),
            outcome=alert.outcome,
            reason=alert.reason,
            note=alert.note,
            how=alert.how,
        )


async def open_for(
    tx: Tx, alerts: Sequence[Alert], codes: Collection[str] = (), silent: Collection[str] = ()
) -> Casebook:
    """Load what these alerts need, and alerts that may be opened for `codes`; `silent`: about to be judged overdue."""
    plan = await posts.must_plan(tx)
    if "by_code" not in tx.cache:
        tx.cache["by_code"] = {one.code: one for one in await officers.every(tx)}
    if "unavailable" not in tx.cache:
        tx.cache["unavailable"] = frozenset(await absences.away_now(tx) | await alert_rows.subjects(tx))
    return Casebook(
        contingent=plan.contingent,
        roster=tx.cache["by_code"],
        responders=await officers.responders(tx),
        missed=await duties.of_alerts(tx, {one.id for one in alerts}),
        last=await checkins.latest(tx, {one.officer for one in alerts} | set(codes)),
        unavailable=tx.cache["unavailable"].union(silent),
        unsent=await outbox.unsent(tx, {thread(one) for one in alerts}, STEPS),
    )
