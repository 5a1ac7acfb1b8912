"""What tests of reassigning do over and over."""

from datetime import date

from animators.people.moves import Reassignment
from animators.people.services.reassigning import preview, reassign
from core import clock
from core.database import db
from municipalities.models import Municipality, MunicipalityKind
from partnerships.models import AnimatorAssignment, AssignmentKind, LeaderTerm, Partnership, TermKind
from partnerships.queries import assignments_between
from partnerships.workflow import PartnershipStatus
from plans.definitions import PlanKind
from plans.models import Plan, PlanVersion
from plans.workflow import PlanStatus
from tests.make import LONG_AGO

TODAY = date(2026, 4, 15)


def wish(animator, *moves, starts_on=TODAY, reason=""):
    """``moves``: pairs of partnership and successor."""
    return Reassignment(animator, starts_on, {one.municipality_id: who for one, who in moves}, reason)


def done(wanted, make, *, stays=(), actor=None):
    return reassign(wanted, token=preview(wanted).token, stays=stays, actor=actor or make.office())


def a_region(make, animator, count):
    """So many led partnerships at once: made one by one they would take a minute."""
    county, programme, leader = make.county(), make.programme, make.user()
    places = [
        Municipality(
            name=f"Place {number}", kind=MunicipalityKind.RURAL, code=f"17{number:04d}2", slug=f"place-{number}",
            county=county, voivodeship=county.voivodeship, search_text="", sort_key=f"place {number:03d}",
        )
        for number in range(count)
    ]  # fmt: skip
    found = [
        Partnership(
            programme=programme, municipality=one, name=one.name, status=PartnershipStatus.ACTIVE, founded_on=LONG_AGO
        )
        for one in places
    ]  # fmt: skip
    terms = [
        LeaderTerm(partnership=one, user=leader, kind=TermKind.LEADER, starts_on=LONG_AGO) for one in found
    ]
    assigned = [
        AnimatorAssignment(animator=animator, municipality=one, kind=AssignmentKind.MAIN, starts_on=LONG_AGO)
        for one in places
    ]
    plans = [
        Plan(
            uid=f"uid-{number}", partnership=one, kind=PlanKind.GENERAL, year_from=2026, year_to=2028, template_version=1
        )
        for number, one in enumerate(found)
    ]  # fmt: skip
    waiting = [
        PlanVersion(
            plan=one, number=1, round=1, status=PlanStatus.SUBMITTED, content_hash="0" * 64,
            status_since=clock.now(), submitted_at=clock.now(),
        )
        for one in plans
    ]  # fmt: skip
    db.session.add_all([*found, *terms, *assigned, *waiting])
    db.session.commit()
    return found


def days_of(municipality):
    return [
        (one.animator.name, one.kind.value, one.starts_on, one.ends_on)
        for one in assignments_between(municipality, LONG_AGO)
    ]
