"""Alerts that an incident report may name: those about its officer, of the last days or not closed."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.form import KNOWN_ALERTS
from bot.domain.officer import Officer
from bot.domain.report import ReportDraft
from bot.domain.report_alert import code_of
from bot.domain.report_form import INCIDENT
from bot.store import alert as alerts
from bot.store.engine import Tx

RECENT = timedelta(hours=48)


async def knowing(tx: Tx, officer: Officer, one: ReportDraft) -> ReportDraft:
    """Return a draft that knows which alerts it may name: what it knew, and what has come up since.

    Nothing is taken away again: a question that was asked stays where it was.
    """
    if one.form is not INCIDENT:
        return one
    answers = one.draft.answers
    recent = [code_of(each.kind, each.since) for each in await alerts.recent_of(tx, officer.code, tx.now - RECENT)]
    known = list(dict.fromkeys((*recent, *(answers.get(KNOWN_ALERTS) or ()), *(answers.get("alerts") or ()))))
    if not known:
        return one
    return replace(one, draft=replace(one.draft, answers={**answers, KNOWN_ALERTS: known}))
