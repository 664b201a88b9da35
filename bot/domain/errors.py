"""What Vigie says no to: a code and facts; the edge writes the sentence in the reader's language."""

from enum import StrEnum
from typing import Any


class No(StrEnum):
    """Why something was refused. Each has one sentence in each language (`chat/texts/refusal.py`)."""

    NOT_ALLOWED = "not_allowed"
    NOT_ENROLLED = "not_enrolled"
    OUT_OF_TOUR = "out_of_tour"
    STALE_BUTTON = "stale_button"
    OWN_ALERT = "own_alert"
    ALREADY_TAKEN = "already_taken"
    ALREADY_CLOSED = "already_closed"
    NEEDS_SECOND = "needs_second"
    TOO_LONG = "too_long"
    BAD_TIME = "bad_time"
    BAD_DATE = "bad_date"
    BAD_MOMENT = "bad_moment"
    OWN_PHONE = "own_phone"
    FUTURE_TIME = "future_time"
    OLD_TIME = "old_time"
    BAD_RETURN = "bad_return"
    LEAVE_ALREADY = "leave_already"
    LEAVE_DECIDED = "leave_decided"
    OWN_LEAVE = "own_leave"
    NO_SUCH_OFFICER = "no_such_officer"
    NOTHING_TO_CANCEL = "nothing_to_cancel"
    NO_CHECKIN_TO_NOTE = "no_checkin_to_note"
    CODE_USED = "code_used"
    CODE_EXPIRED = "code_expired"
    CODE_REVOKED = "code_revoked"
    CODE_FOREIGN = "code_foreign"
    TEXT_WANTED = "text_wanted"
    BAD_GRID = "bad_grid"
    BAD_COORDINATES = "bad_coordinates"
    OTHER_ZONE = "other_zone"
    FAR_PLACE = "far_place"
    BAD_PERIOD = "bad_period"
    BAD_COUNTS = "bad_counts"
    BAD_NUMBER = "bad_number"
    LIES_AHEAD = "lies_ahead"
    LIES_BEHIND = "lies_behind"
    TOO_EARLY = "too_early"
    TOO_LATE = "too_late"
    PRESS_ONE = "press_one"
    NO_SUCH_INCIDENT = "no_such_incident"
    TOO_MANY_LINKS = "too_many_links"
    REQUIRED = "required"
    INCOMPLETE = "incomplete"
    NEEDS_REASON = "needs_reason"
    UNCHANGED = "unchanged"
    OWN_REPORT = "own_report"
    REPORT_CHANGED = "report_changed"
    NO_SUCH_REPORT = "no_such_report"
    NO_DRAFT = "no_draft"
    DRAFT_ALREADY = "draft_already"
    DRAFT_ASIDE = "draft_aside"
    ALREADY_SENT = "already_sent"
    FILE_TOO_LARGE = "file_too_large"
    ALREADY_APPROVED = "already_approved"
    NO_SUCH_SITREP = "no_such_sitrep"
    SITREP_CHANGED = "sitrep_changed"
    PERIOD_NOT_OVER = "period_not_over"
    TOO_MANY_FILES = "too_many_files"
    FILE_FETCHING = "file_fetching"
    NO_SUCH_FILE = "no_such_file"


class RefusalError(Exception):
    """Something that a person asked for and that the rules refuse; nothing was changed."""

    def __init__(self, code: No, **facts: Any) -> None:
        """Carry `code` and the `facts` that its sentence names."""
        super().__init__(code.value)
        self.code = code
        self.facts = facts
