"""What command said of reports, and what their officers answered, as rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, insert, select, update

from bot.domain.report import Decision
from bot.store.engine import Tx
from bot.store.ids import new_id
from bot.store.tables import report_review

_INSERT_REVIEW = insert(report_review)
_ANSWERED = (
    update(report_review)
    .where(report_review.c.id == bindparam("which"), report_review.c.answer.is_(None))
    .values(answer=bindparam("said"), answered_at=bindparam("at_"))
)
_REVIEWS = select(report_review).where(report_review.c.report == bindparam("which")).order_by(report_review.c.at)


@dataclass(frozen=True)
class Review:
    """What command said of a version, and what the officer answered."""

    id: int
    report: int
    version: int
    reviewer: str
    at: datetime
    decision: Decision
    question: str | None = None
    answer: str | None = None
    answered_at: datetime | None = None


def add(tx: Tx, which: int, version: int, by: str, decision: Decision, question: str | None) -> None:
    """Write what command said of a version."""
    tx.write(
        _INSERT_REVIEW,
        {
            "id": new_id(tx.now),
            "report": which,
            "version": version,
            "reviewer": by,
            "at": tx.now,
            "decision": decision.value,
            "question": question,
        },
    )


async def answer(tx: Tx, which: int, said: str) -> bool:
    """Write the officer's answer to a question; return False if it was answered before."""
    return await tx.change(_ANSWERED, {"which": which, "said": said, "at_": tx.now}) == 1


async def of(tx: Tx, which: int) -> Sequence[Review]:
    """Return what was said of a report, the oldest first."""
    return [
        Review(
            id=row.id,
            report=row.report,
            version=row.version,
            reviewer=row.reviewer,
            at=row.at,
            decision=Decision(row.decision),
            question=row.question,
            answer=row.answer,
            answered_at=row.answered_at,
        )
        for row in await tx.read(_REVIEWS, {"which": which})
    ]
