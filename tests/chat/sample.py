"""A sample of every message that Vigie can send, with the cases that change its words."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from bot.domain import absence, alert_message, checkin, invite, picture, talk
from bot.domain.absence import AbsenceKind, AbsenceState, AbsenceView
from bot.domain.alert import AlertKind, AlertState, Outcome, Reason
from bot.domain.alert_message import AlertNews, AlertStep, AlertView, DistressStep, LastSign
from bot.domain.bilingual import Text
from bot.domain.checkin import Details, Receipt
from bot.domain.contact import Category, Contact, Hours, Phone, PhoneKind
from bot.domain.duty import Missed, Reminder, Stage
from bot.domain.errors import No
from bot.domain.message import Message
from bot.domain.officer import Person, Role
from bot.domain.picture import PostCount, RosterRow, Row, State
from tests.chat import attachment_sample, contact_care_sample, contact_sample, report_sample, sitrep_sample


def at(hour: int, minute: int = 0, day: int = 23) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


CPL, SGT = Text("Cpl", "cap."), Text("Sgt", "serg.")
BAMAKO, MOPTI = Text("Bamako", "Bamako"), Text("Mopti", "Mopti")
CONTINGENT = Text("Canadian police contingent in Mali", "Contingent policier canadien au Mali")
KEPT = (invite.Kept(("08:00", "20:00"), tuple(range(7))), invite.Kept(("12:00",), (0, 4)))
RCMP = Text("RCMP", "GRC")
WILLIS = Person("willis", CPL, "Kelly Willis", "f", BAMAKO, "MINUSMA", "+1 613 555 0142")
LACROIX = Person("lacroix", CPL, "Guy LaCroix", "m", MOPTI, "MINUSMA", "+1 613 555 0143")
DENIGER = Person("deniger", CPL, "Kim Deniger", None, MOPTI, "EUCAP", None)
HAMELIN = Person("hamelin", SGT, "Luc Hamelin", "m", BAMAKO, "EUCAP", None)
BELANGER = Person("belanger", SGT, "Anne Bélanger", "f", BAMAKO, "MINUSMA", "+223 20 22 44 98")
INSP = Person("roy", Text("Insp.", "insp."), "Roy <Ada> & {x}", "f", BAMAKO, "EUCAP", "radio 7")
DUTY_PHONE = "+1 613 555 0199"
ID = 3_744_444_444_444_444_444
LEAD, COMMANDER = (Role.LEAD,), (Role.COMMANDER,)

CONTACTS = (
    Contact(
        code="mopti-hospital",
        category=Category.MEDICAL,
        function=Text("Hospital, emergency room", "Hôpital, salle d'urgence"),
        organisation=Text("Hôpital Sominé Dolo", "Hôpital Sominé Dolo"),
        place=MOPTI,
        phones=(Phone(PhoneKind.DESK, "+22321420441"), Phone(PhoneKind.RADIO, "MOPTI-9")),
        hours=Hours((0, 1, 2, 3, 4), time(8), time(17), "Africa/Bamako"),
    ),
    Contact(code="x" * 90, category=Category.SECURITY, name=Text.once("Roy <Ada> & {x}")),
)

OVERDUE = AlertView(
    id=ID,
    kind=AlertKind.OVERDUE,
    state=AlertState.OPEN,
    subject=WILLIS,
    since=at(8),
    opened_at=at(8, 30),
    rung=1,
    rungs=2,
    again=False,
    next_at=at(8, 40),
    next_told=COMMANDER,
    deadline=at(8, 30),
    last_sign=LastSign(at(20, 4, 22), "Bamako"),
    colleague=HAMELIN,
)
TAKEN = replace(OVERDUE, owner=BELANGER, taken_at=at(8, 34), next_at=at(9, 4))
LAPSED = replace(TAKEN, lapsed=True, rung=3, next_told=(), next_at=at(9, 19))
ANSWERED = replace(OVERDUE, rung=2, state=AlertState.ANSWERED, answered_at=at(8, 52), next_at=at(9, 7), next_told=())
CHECKED_IN = replace(
    OVERDUE,
    state=AlertState.CLOSED,
    outcome=Outcome.CHECKED_IN,
    closed_at=at(8, 41),
    closed_by=WILLIS,
    next_at=None,
    last_sign=LastSign(at(8, 41), None),
)
ASSISTANCE = replace(OVERDUE, kind=AlertKind.ASSISTANCE, subject=LACROIX, colleague=BELANGER, deadline=None)
DISTRESS = replace(ASSISTANCE, kind=AlertKind.DISTRESS, confirmed=False, rung=3, next_told=(), next_at=at(14, 7))
CONFIRMED = replace(DISTRESS, confirmed=True, detail="Accident, un blessé", location=(12.6392, -8.0029))
MISTAKE = replace(CONFIRMED, mistake_at=at(8, 31))
PROPOSED = replace(MISTAKE, owner=BELANGER, taken_at=at(8, 34), proposed_by=BELANGER, outcome=Outcome.VERIFIED)

VIEWS = [
    OVERDUE,
    TAKEN,
    LAPSED,
    ANSWERED,
    CHECKED_IN,
    ASSISTANCE,
    replace(OVERDUE, deadline=None, next_at=at(7), last_sign=None, subject=DENIGER, colleague=None, certain=False),
    replace(OVERDUE, missed=3, opened_at=at(10, 12), next_told=LEAD, last_sign=LastSign(at(20, 4, 21), None)),
    *(
        replace(OVERDUE, next_told=roles)
        for roles in ((Role.DEPUTY,), (Role.DEPUTY, Role.COMMANDER), (Role.LEAD, Role.COMMANDER), ())
    ),
    replace(OVERDUE, rung=3, next_told=()),
    replace(OVERDUE, rung=3, next_told=(), next_at=None, subject=INSP),
    replace(ANSWERED, owner=INSP, taken_at=at(8, 50), rung=3),
    *(
        replace(CHECKED_IN, outcome=Outcome.RESOLVED, closed_by=INSP, reason=reason, note="Joint <par> radio & vu")
        for reason in Reason
    ),
    replace(CHECKED_IN, outcome=Outcome.CANCELLED),
    replace(CHECKED_IN, last_sign=LastSign(at(7, 52), None)),
    replace(CHECKED_IN, outcome=Outcome.VERIFIED, closed_by=BELANGER, proposed_by=INSP),
]
DISTRESSES = [
    DISTRESS,
    CONFIRMED,
    MISTAKE,
    PROPOSED,
    *(replace(PROPOSED, outcome=Outcome.RESOLVED, reason=reason, note="Vu sur place") for reason in Reason),
    replace(CONFIRMED, owner=BELANGER, taken_at=at(8, 34), next_at=at(9, 4)),
]
RECEIPT = Receipt(BAMAKO, at(7, 52), at(7, 52), None, None, None, at(20), still_due=False, late_for=None, on_time=True)
ABSENCE = AbsenceView(ID, LACROIX, AbsenceKind.LEAVE, at(8, day=24), at(8, day=27), AbsenceState.ASKED)
ABSENCES = [
    ABSENCE,
    *(replace(ABSENCE, state=state, decided_by=BELANGER) for state in AbsenceState),
    *(replace(ABSENCE, state=state) for state in AbsenceState),
]
COUNTS = ((State.OVERDUE, 1), (State.ABSENT, 1), (State.ANSWERED, 3))
ROW = Row(WILLIS, "BKO", State.OVERDUE, at(8))
AWAY = Row(DENIGER, "MPT", State.ABSENT, None, until=at(8, day=27), absence=AbsenceKind.LEAVE)
STATUS = picture.Status(
    name=CONTINGENT,
    as_of=at(8, 32),
    known_until=None,
    counts=COUNTS,
    posts=(PostCount(BAMAKO, 2, 3), PostCount(MOPTI, 1, 2)),
    rows=(ROW, AWAY),
    page=0,
    pages=1,
)
EVERY_ROW = (
    ROW,
    *(replace(ROW, state=state, owner=owner) for state in list(State)[:3] for owner in (None, BELANGER)),
    replace(ROW, to_verify=True),
    replace(ROW, state=State.DISTRESS, unconfirmed=True),
    replace(ROW, state=State.NOT_ENROLLED, since=None),
    *(replace(AWAY, absence=kind) for kind in (*AbsenceKind, None)),
    replace(ROW, state=State.AWAITED, unreachable=True),
    replace(ROW, state=State.AWAITED, since=None),
    replace(ROW, state=State.ANSWERED, unreachable=True, since=at(7, 52)),
)
ROSTER_ROW = RosterRow(WILLIS, "officer", RCMP, True, False, None, date(2027, 2, 1))
ROSTER_ROWS = (
    ROSTER_ROW,
    replace(ROSTER_ROW, unreachable=True, tour_until=None),
    replace(ROSTER_ROW, enrolled=False, person=DENIGER, role="commander"),
    replace(ROSTER_ROW, enrolled=False, person=INSP, invited_until=at(8, day=26), role="deputy"),
)
REFUSALS: dict[No, dict[str, object]] = {
    No.OUT_OF_TOUR: {"until": date(2026, 11, 1)},
    No.ALREADY_TAKEN: {"owner": BELANGER, "at": at(8, 34)},
    No.ALREADY_CLOSED: {"at": at(8, 41)},
    No.TOO_LONG: {"limit": 280, "length": 4096},
    No.BAD_PHONE: {"example": "+223 20 21 23 45"},
}

EVERY: list[Message] = [
    talk.Privacy(),
    talk.LanguageChoice(),
    talk.Cancelled(),
    *(talk.Help(role) for role in Role),
    *(
        talk.Me(person, role, RCMP, when, when, when, when, when)
        for role in Role
        for person, when in ((WILLIS, at(7, 0, 20)), (DENIGER, None), (LACROIX, at(6)))
    ),
    *(talk.Refused(code, REFUSALS.get(code, {})) for code in No),
    *(talk.Refused(code, {}) for code in REFUSALS),
    talk.Sorry("7F3A", DUTY_PHONE),
    talk.Sorry("7F3A", None),
    RECEIPT,
    replace(RECEIPT, received_at=at(9, 20)),
    replace(RECEIPT, received_at=at(9, 20), on_time=False, late_for=at(20, 0, 22), verify=True),
    replace(RECEIPT, still_due=True, next_due=at(8), place="Sévaré", remark="Retour à midi", stated_at=at(6, 10)),
    replace(RECEIPT, next_due=None, place="Gao"),
    replace(RECEIPT, absent_until=at(8, 0, 27)),
    checkin.AskDetails(),
    checkin.DetailsAdded(at(7, 52), Details(at(6, 10), "Sévaré", "Retour à midi")),
    checkin.DetailsAdded(at(7, 52), Details()),
    checkin.NotACheckin(edited=True, may_check_in=True, role=Role.OFFICER),
    checkin.NotACheckin(edited=False, may_check_in=False, role=Role.ADMIN),
    checkin.NotACheckin(edited=False, may_check_in=True, role=Role.OFFICER, command=True),
    checkin.DangerOffer(DUTY_PHONE),
    checkin.DangerOffer(None),
    checkin.DangerOffer(DUTY_PHONE, open=True),
    checkin.DangerOffer(DUTY_PHONE, checkin=True, may_sos=False, open=True),
    checkin.NotACheckin(True, True, Role.OFFICER, unread=True, help_open=AlertKind.DISTRESS),
    checkin.NotACheckin(False, True, Role.OFFICER, help_open=AlertKind.ASSISTANCE, located=True),
    checkin.NotACheckin(edited=False, may_check_in=True, role=Role.OFFICER, unread=True),
    replace(RECEIPT, help_open=AlertKind.DISTRESS, note_asked=True),
    *(
        Reminder(stage, due, due + timedelta(minutes=30), is_return, told, resent=resent)
        for stage in (Stage.REMINDED, Stage.DUE, Stage.LAST_CALL)
        for is_return in (False, True)
        for due, told, resent in (
            (at(9, 15), LEAD, False),
            (at(8), COMMANDER, True),
            (at(9), (), False),
            (at(8, 59), (Role.DEPUTY,), False),
            (at(8, 59), (Role.DEPUTY, Role.COMMANDER), False),
            (at(8, 59), (Role.LEAD, Role.COMMANDER), False),
        )
    ),
    *(
        Missed(at(8), told, unreminded=told == LEAD)
        for told in (LEAD, COMMANDER, (), (Role.DEPUTY,), (Role.DEPUTY, Role.COMMANDER), (Role.LEAD, Role.COMMANDER))
    ),
    Missed(at(8), None, DUTY_PHONE),
    Reminder(Stage.LAST_CALL, at(9), at(9, 30), False, None, DUTY_PHONE),
    *(AlertStep(view) for view in VIEWS),
    alert_message.AlertOver(WILLIS, at(9), reached=False),
    alert_message.AlertOver(WILLIS, at(9), AlertKind.DISTRESS),
    invite.Stranger(danger=True),
    *(DistressStep(view) for view in DISTRESSES),
    *(AlertNews(view) for view in (ANSWERED, CHECKED_IN, MISTAKE, PROPOSED)),
    AlertNews(CONFIRMED, checked_in_at=at(8, 58)),
    alert_message.AlertList(at(9), (OVERDUE, TAKEN, ANSWERED, DISTRESS, ASSISTANCE), 3),
    alert_message.AlertList(at(9), (PROPOSED, replace(PROPOSED, subject=INSP), replace(ASSISTANCE, owner=INSP)), 0),
    alert_message.AlertList(at(9), (), 0),
    alert_message.AlertList(at(9), (), 0, at(8, 50)),
    alert_message.AlertList(at(9), (OVERDUE,), 0, at(8, 50)),
    alert_message.AnsweredAfter(WILLIS, at(9)),
    alert_message.AskHow(ID, LACROIX),
    *(alert_message.AskReason(ID, LACROIX, kind) for kind in AlertKind),
    *(alert_message.AskNote(INSP, kind) for kind in AlertKind),
    alert_message.SosArmed(ID, at(9, 1)),
    alert_message.SosSent(ID, at(14, 2, 22), 3, None, DUTY_PHONE),
    alert_message.SosSent(ID, at(8, 2), 1, BELANGER, None),
    alert_message.SosSent(ID, at(8, 2), 0, None, DUTY_PHONE),
    alert_message.SosCancelled(gone_out=True),
    alert_message.SosCancelled(gone_out=False),
    alert_message.AssistanceSent(at(8, 2), 2, None, DUTY_PHONE),
    alert_message.AssistanceSent(at(8, 2), 0, None, None),
    alert_message.AssistanceSent(at(8, 2), 1, INSP, None),
    alert_message.SosSent(ID, at(8, 9), 3, BELANGER, DUTY_PHONE, again=True),
    alert_message.SosSent(ID, at(8, 9), 1, None, None, again=True),
    alert_message.AssistanceSent(at(8, 9), 2, INSP, None, again=True),
    alert_message.AssistanceSent(at(8, 9), 1, None, None, again=True),
    alert_message.AlertOver(BELANGER, at(8, 50)),
    alert_message.AlertOver(INSP, at(20, 4, 22)),
    alert_message.HelpIsComing(BELANGER, at(8, 34)),
    alert_message.HelpIsComing(DENIGER, at(8, 34)),
    alert_message.DetailNoted(0),
    alert_message.DetailNoted(1),
    alert_message.DetailNoted(3),
    alert_message.Unreachable(WILLIS),
    alert_message.Unreachable(DENIGER),
    alert_message.LineDown(at(8, 2)),
    alert_message.LineDown(at(23, 50, 22)),
    alert_message.LineBack(at(8, 2), at(8, 31)),
    alert_message.LineBack(at(23, 50, 22), at(8, 31)),
    absence.AskKind(),
    *(absence.AskStart(kind) for kind in AbsenceKind),
    absence.AskReturn(AbsenceKind.LEAVE, at(8, day=24)),
    *(absence.AbsenceAsked(ABSENCE, told) for told in (0, 1, 2)),
    *(absence.AbsenceRequest(view) for view in ABSENCES),
    *(absence.AbsenceDecided(view) for view in ABSENCES),
    *(absence.AbsenceCard(view, begun=begun) for view in ABSENCES for begun in (False, True)),
    *(
        absence.AbsenceEnded(replace(ABSENCE, subject=person), withdrawn=gone)
        for person in (LACROIX, WILLIS)
        for gone in (True, False)
    ),
    invite.Greeting(CONTINGENT),
    invite.Stranger(),
    *(invite.Welcome(WILLIS, role, KEPT, None) for role in Role),
    invite.Welcome(INSP, Role.OFFICER, (), timedelta(minutes=2)),
    invite.Welcome(DENIGER, Role.OFFICER, (), None, new_language=True),
    *(invite.CodeRefused(code, phone) for code in No if code.name.startswith("CODE") for phone in (None, DUTY_PHONE)),
    *(invite.InviteMisused(INSP, code) for code in No if code.name.startswith("CODE")),
    invite.InviteMade(WILLIS, "https://t.me/vigie_bot?start=Q2_x-7", "Q2_x-7", at(9, 0, 26), replaces_phone=True),
    invite.InviteMade(LACROIX, "", "Q2_x-7", at(9, 0, 26), replaces_phone=False),
    invite.PhoneClosed(replaced=True, language="fr"),
    invite.PhoneClosed(replaced=False, language="en", duty_phone="+16135550199"),
    *(invite.PhoneChanged(LACROIX, what) for what in ("enrolled", "replaced", "revoked")),
    STATUS,
    replace(STATUS, rows=EVERY_ROW, known_until=at(8, 2), counts=tuple((state, 2) for state in State)),
    replace(STATUS, rows=(), posts=(), counts=(), page=2, pages=5),
    replace(STATUS, digest=True, on_time=9, late=1, missed=0, pages=2),
    replace(STATUS, posts=tuple(PostCount(MOPTI, n % 2, 1) for n in range(200)), rows=(ROW,) * picture.PAGE),
    picture.Roster(ROSTER_ROWS, 0, 1, choose_invite=False),
    picture.Roster(ROSTER_ROWS, 1, 3, choose_invite=True),
    picture.Roster((), 0, 1, choose_invite=False),
    *(picture.RosterCard(row, confirm_revoke=asked) for row in ROSTER_ROWS for asked in (False, True)),
    picture.RosterCard(ROSTER_ROW, kin=True),
]  # fmt: skip
EVERY += report_sample.EVERY + sitrep_sample.EVERY + contact_sample.EVERY
EVERY += attachment_sample.EVERY + attachment_sample.ON_REPORTS
EVERY += contact_care_sample.EVERY
EVERY += [
    replace(talk.Me(WILLIS, Role.OFFICER, RCMP, at(7), None, None, None, None), entry=view.contact, kin=kin)
    for view in contact_care_sample.VIEWS
    for kin in (True, False)
]
