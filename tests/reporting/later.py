"""What may happen after a report is frozen, each through the service that a page would call. Some of it is refused, as in life."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select

from accounts.models import User
from animators.advice.services.logging import Talk, correct_minutes, log_advice, take_back
from animators.consultations.models import Channel, Consultation, Side
from animators.consultations.services.confirming import confirm, dispute
from animators.consultations.services.deciding import settle
from animators.consultations.services.reporting import Report, report_visit
from animators.consultations.workflow import Outcome as Decided
from animators.hours.deciding import adjust_pot
from animators.hours.models import Pot
from animators.visits.services.agreeing import enter_agreed
from animators.visits.slots import Slot
from core import clock
from core.database import db
from core.errors import DomainError
from handbooks.models import HandbookIssue
from handbooks.services import confirm_copies, send_copies
from meetings.models import PartnershipMeeting
from meetings.services import (
    Outcome,
    When,
    call_meeting,
    call_off,
    change_meeting,
    record_meeting,
    record_outcome,
)
from municipalities.models import Municipality
from municipalities.services.changing import Part, apply_change, draft_change
from municipalities.workflow import ChangeKind
from partnerships.models import Organisation, Partnership, PartnershipMember, TermKind
from partnerships.organisations.services import end_organisation
from partnerships.services.founding import close_partnership, found_partnership, record_founding
from partnerships.services.leading import appoint_deputy, appoint_leader, end_term
from partnerships.services.members import add_member, member_left
from plans.definitions import PlanKind
from plans.models import Plan, PlanVersion
from plans.services import flow, own_plan, review, writing, years
from plans.workflow import PlanStatus
from programme.changes import change_numbers
from tasks.rules import TaskCode
from tasks.services import ask_again, waive
from tests.make import Make
from tests.plan_content import annual_content, general_content
from webinars.attendance.by_hand import set_count
from webinars.models import Webinar, WebinarStatus

FIRST, LAST = date(2026, 1, 1), date(2026, 5, 4)
"""Days that what happens later may be about: of the frozen quarter and after it."""


@dataclass
class Life:
    make: Make
    office: User
    places: list[Partnership]
    chance: random.Random = field(default_factory=random.Random)
    people: list[User] = field(default_factory=list)
    untouched: list[Municipality] = field(default_factory=list)
    organisations: list[Organisation] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Who and what turns up later is known before, as ``make`` commits."""
        self.people = [self.make.user() for _ in range(40)]
        self.untouched = [self.make.municipality() for _ in range(10)]
        for one in self.places:
            self.organisations += [self.make.organisation(municipality=one.municipality) for _ in range(10)]

    def go_on(self, kind: int, seed: int) -> str:
        """The next thing that happens: of this kind, or where it is refused of the next one that is not."""
        names = list(EVENTS)
        for step in range(len(names)):
            name = names[(kind + step) % len(names)]
            if self.happen(name, seed):
                return name
        raise AssertionError("nothing can happen any more")

    def happen(self, kind: str, seed: int) -> bool:
        """Whether it happened, or was refused."""
        self.chance = random.Random(seed)
        try:
            with db.session.begin_nested():
                done = EVENTS[kind](self)
                db.session.flush()
        except DomainError:
            db.session.expire_all()
            return False
        return done is not False

    # --- What it is about ---

    @property
    def partnership(self) -> Partnership:
        return self.chance.choice(self.places)

    @property
    def day(self) -> date:
        return FIRST + timedelta(days=self.chance.randrange((LAST - FIRST).days))

    def any(self, model: type[Any], *conditions: Any) -> Any:
        found: Sequence[Any] = db.session.scalars(select(model).where(*conditions).order_by(model.id)).all()
        if not found:
            raise NothingThere
        return self.chance.choice(found)

    def leader(self, partnership: Partnership) -> User:
        return partnership.leader(clock.today()) or self.office

    def animator(self, partnership: Partnership) -> User:
        return partnership.animator(clock.today()) or self.office


class NothingThere(DomainError):
    def __init__(self) -> None:
        super().__init__("Of its kind there is nothing it could happen to")


# --- Meetings and members ----------------------------------------------------------------------------------


def _meeting_recorded(life: Life) -> None:
    where = life.partnership
    when = When(life.day, None, 90, "Library")
    record_meeting(where, when, Outcome(life.chance.randint(1, 40)), actor=life.leader(where))


def _meeting_called(life: Life) -> None:
    where = life.partnership
    when = When(clock.today() + timedelta(days=life.chance.randint(1, 30)), None, 90, "School")
    call_meeting(where, when, invite=False, actor=life.leader(where))


def _meeting_changed(life: Life) -> None:
    meeting = life.any(PartnershipMeeting, PartnershipMeeting.called_off_at.is_(None))
    change_meeting(meeting, When(life.day, None, 60, "Hall"), actor=life.leader(meeting.partnership))


def _people_corrected(life: Life) -> None:
    meeting = life.any(PartnershipMeeting, PartnershipMeeting.people_count.is_not(None))
    record_outcome(meeting, Outcome(life.chance.randint(1, 40)), actor=life.leader(meeting.partnership))


def _meeting_called_off(life: Life) -> None:
    meeting = life.any(PartnershipMeeting)
    call_off(meeting, reason="It rained", actor=life.leader(meeting.partnership))


def _member_joined(life: Life) -> None:
    where = life.partnership
    there = [one for one in life.organisations if one.municipality_id == where.municipality_id]
    if not there:
        raise NothingThere
    add_member(where, life.chance.choice(there), role="organiser", joined_on=life.day, actor=life.office)


def _member_gone(life: Life) -> None:
    member = life.any(PartnershipMember, PartnershipMember.left_on.is_(None))
    member_left(member, left_on=life.day, actor=life.office)


def _organisation_ended(life: Life) -> None:
    member = life.any(PartnershipMember, PartnershipMember.left_on.is_(None))
    end_organisation(member.organisation, ended_on=life.day, actor=life.office)


# --- The partnership itself --------------------------------------------------------------------------------


def _founding_corrected(life: Life) -> None:
    where = life.partnership
    record_founding(
        where, name=f"{where.name} {life.chance.randint(1, 99)}", founded_on=life.day, actor=life.office
    )


def _founded_anew(life: Life) -> None:
    place = life.chance.choice(life.untouched)
    founded = found_partnership(
        place, name=place.name, founded_on=life.day, leader=life.chance.choice(life.people), actor=life.office
    )
    life.places.append(founded)


def _closed(life: Life) -> Any:
    if len(life.places) < 4:
        return False
    where = life.partnership
    close_partnership(where, closed_on=life.day, reason="They stopped", actor=life.office)
    life.places.remove(where)
    return True


def _led_by_another(life: Life) -> None:
    where = life.partnership
    for term in list(where.terms):
        if term.kind is TermKind.LEADER and term.ends_on is None:
            end_term(
                term,
                ends_on=max(term.starts_on, clock.today() - timedelta(days=1)),
                reason="Moved",
                actor=life.office,
            )
    appoint_leader(where, life.chance.choice(life.people), starts_on=clock.today(), actor=life.office)


def _deputy(life: Life) -> None:
    appoint_deputy(
        life.partnership, life.chance.choice(life.people), starts_on=clock.today(), can_submit=True, can_publish=False,
        actor=life.office,
    )  # fmt: skip


def _renamed(life: Life) -> None:
    place = life.partnership.municipality
    change = draft_change(
        ChangeKind.RENAME, effective_on=clock.today(), legal_basis=None,
        sources=[Part(place, new_name=f"{place.name} Nowa")], actor=life.office,
    )  # fmt: skip
    apply_change(change, actor=life.office)


# --- Advice ------------------------------------------------------------------------------------------------


def _advice_logged(life: Life) -> None:
    where = life.partnership
    channel = life.chance.choice([Channel.PHONE, Channel.ONLINE, Channel.CHAT])
    talk = Talk(
        where.municipality_id, channel, life.chance.randint(5, 90), ["general_plan"], life.day, over_reason="Long",
        late_reason="Forgotten",
    )  # fmt: skip
    log_advice(talk, key=f"key-{life.chance.random()}", actor=life.animator(where))


def _remote(life: Life) -> Consultation:
    found: Consultation = life.any(Consultation, Consultation.channel != Channel.VISIT)
    return found


def _minutes_corrected(life: Life) -> None:
    talk = _remote(life)
    correct_minutes(
        talk,
        life.chance.randint(5, 120),
        reason="Wrong",
        over_reason="Long",
        actor=talk.animator or life.office,
    )


def _advice_taken_back(life: Life) -> None:
    talk = _remote(life)
    take_back(talk, reason="Another place", actor=talk.animator or life.office)


def _confirmed(life: Life) -> None:
    confirm(_waiting(life), actor=life.office, side=Side.OFFICE)


def _disputed(life: Life) -> None:
    dispute(_waiting(life), "It was shorter", actor=life.office, side=Side.OFFICE)


def _waiting(life: Life) -> Consultation:
    found: Consultation = life.any(Consultation, Consultation.status.in_(["logged", "reported"]))
    return found


def _dispute_decided(life: Life) -> None:
    talk = life.any(Consultation, Consultation.status == "disputed")
    outcome = life.chance.choice(list(Decided))
    settle(talk, outcome, "Asked both", minutes=life.chance.randint(5, 60), actor=life.office)


def _visit_agreed(life: Life) -> None:
    """The week before its day, which is over by now."""
    where, day = life.partnership, life.day
    starts_at = datetime.combine(day, time(9), tzinfo=UTC)
    slot = Slot(starts_at=starts_at, minutes=240, place="Office")
    with clock.at(starts_at - timedelta(days=7)):
        enter_agreed(where, slot, visit_no=2, actor=life.animator(where))


def _visit_reported(life: Life) -> None:
    visit = life.any(Consultation, Consultation.status.in_(["agreed", "held"]))
    report = Report(
        visit.planned_start,
        240,
        ["general_plan"],
        5,
        "We talked",
        late_reason="Forgotten",
        over_reason="Long",
    )
    report_visit(visit, report, actor=visit.animator or life.office)


def _pot_changed(life: Life) -> None:
    adjust_pot(life.partnership.municipality, Pot.REMOTE, 60, "More calls", actor=life.office)


# --- Plans, tasks, webinars, handbooks, settings -----------------------------------------------------------


def _plan_moved(life: Life) -> None:
    """The general plan of somebody takes its next step."""
    where = life.partnership
    leader, animator = life.leader(where), life.animator(where)
    version = db.session.scalars(
        select(PlanVersion)
        .join(PlanVersion.plan)
        .where(Plan.partnership_id == where.id, Plan.kind == PlanKind.GENERAL, PlanVersion.is_current)
    ).first()
    if version is None:
        version = writing.start_plan(where, PlanKind.GENERAL, year_from=2026, actor=leader)
        writing.replace_rows(version, general_content(2026))
        return
    checks = set(review.ApprovalCheck)
    steps: Mapping[PlanStatus, Callable[[], object]] = {
        PlanStatus.DRAFT: lambda: flow.submit_plan(version, actor=leader),
        PlanStatus.SUBMITTED: lambda: review.start_review(version, actor=animator),
        PlanStatus.IN_REVIEW: lambda: (
            review.return_plan(version, note="See the goals", actor=animator)
            if life.chance.random() < 0.3
            else review.approve_plan(version, checks=checks, note="", actor=animator)
        ),
        PlanStatus.RETURNED: lambda: flow.revise_plan(version, actor=leader),
        PlanStatus.APPROVED: lambda: flow.publish_plan(version, actor=leader),
        PlanStatus.PUBLISHED: lambda: flow.start_new_round(version, actor=leader),
    }
    steps[version.status]()


def _year_planned(life: Life) -> None:
    where = life.partnership
    leader = life.leader(where)
    version = writing.start_plan(where, PlanKind.ANNUAL, year_from=2026, actor=leader)
    writing.replace_rows(version, annual_content(2026))
    own_plan.put_in_use(version, actor=leader)


def _year_declared(life: Life) -> None:
    where = life.partnership
    years.declare_own_year(where, year=2026, actor=life.leader(where))


def _let_off(life: Life) -> None:
    waive(life.partnership, life.chance.choice(list(TaskCode)), reason="As agreed", actor=life.office)


def _asked_again(life: Life) -> None:
    ask_again(life.partnership, life.chance.choice(list(TaskCode)), actor=life.office)


def _webinar_held(life: Life) -> None:
    starts_at = datetime.combine(life.day, time(16), tzinfo=UTC)
    db.session.add(Webinar(title="Later", starts_at=starts_at, minutes=60, status=WebinarStatus.HELD))


def _people_at_webinar(life: Life) -> None:
    set_count(life.any(Webinar), life.partnership.municipality, life.chance.randint(1, 30), actor=life.office)


def _handbooks_sent(life: Life) -> None:
    send_copies([life.partnership.municipality], sent_on=life.day, sent_count=4, actor=life.office)


def _handbooks_arrived(life: Life) -> None:
    issue = life.any(HandbookIssue)
    confirm_copies(
        issue, confirmed_count=life.chance.randint(0, 4), confirmed_on=life.day, note=None, actor=life.office
    )


def _numbers_changed(life: Life) -> Any:
    return bool(change_numbers({"min_members": str(life.chance.randint(1, 5))}, actor=life.office))


EVENTS: Mapping[str, Callable[[Life], Any]] = {
    one.__name__.removeprefix("_"): one
    for one in (
        _meeting_recorded, _meeting_called, _meeting_changed, _people_corrected, _meeting_called_off, _member_joined,
        _member_gone, _organisation_ended, _founding_corrected, _founded_anew, _closed, _led_by_another, _deputy,
        _renamed, _advice_logged, _minutes_corrected, _advice_taken_back, _confirmed, _disputed, _dispute_decided,
        _visit_agreed, _visit_reported, _pot_changed, _plan_moved, _year_planned, _year_declared, _let_off, _asked_again,
        _webinar_held, _people_at_webinar, _handbooks_sent, _handbooks_arrived, _numbers_changed,
    )
}  # fmt: skip
