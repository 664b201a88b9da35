"""The victims of a situation report: who they are, what befell them, women, men, girls and boys."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.domain.report import Report, Version
from bot.domain.report_code import HARM, PEOPLE, VICTIM_KINDS
from bot.domain.sitrep import Tally

_COUNTED = ".harmed"
# Before each kind of victim had a turn of its own, it could not be said of several which of them were killed.
UNSTATED = "unstated"
HARM_SAID = frozenset(HARM)


def victims(answers: Mapping[str, Any]) -> Iterable[tuple[str, Mapping[str, int]]]:
    """Yield what one incident says of its victims: `civilian.killed`, and how many of each group."""
    for key, counts in answers.items():
        if key.startswith("victims.") and key.endswith(_COUNTED):
            turn = key.removesuffix(_COUNTED)
            yield f"{answers.get(f'{turn}.victim_kind')}.{answers.get(f'{turn}.harm')}", counts
    if not HARM_SAID.isdisjoint(answers):
        kinds: list[str] = answers.get("victim_kind") or []
        kind = kinds[0] if len(kinds) == 1 else UNSTATED
        for harm in HARM:
            if harm in answers:
                yield f"{kind}.{harm}", answers[harm]


def harmed(reports: Sequence[Report], updated: Sequence[Report] = (), replaced: Sequence[Version] = ()) -> Tally:
    """Return the victims by kind and harm, civilians first.

    Of a report that has gone out before only the difference counts: its newest version (`updated`) less the one that
    went out last (`replaced`, in the same order). A correction downwards is a negative number.
    """
    rows = {f"{kind}.{harm}": dict.fromkeys(PEOPLE, 0) for kind in VICTIM_KINDS for harm in HARM}
    signed = [(1, one.version) for one in (*reports, *updated)] + [(-1, one) for one in replaced]
    for sign, version in signed:
        for code, counts in victims(version.answers):
            row = rows.setdefault(code, dict.fromkeys(PEOPLE, 0))
            for group in PEOPLE:
                row[group] += sign * int(counts.get(group) or 0)
    return Tally(
        "harm", "victims", PEOPLE, tuple((code, tuple(row.values())) for code, row in rows.items()), summed=False
    )
