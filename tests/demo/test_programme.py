"""What the loaded demonstration holds."""

from collections import Counter
from datetime import timedelta

from sqlalchemy import func, select

from accounts.demo_sign_ins import DEMO_PASSWORD, DEMO_SIGN_INS
from accounts.models import RoleGrant, User
from accounts.policy import Permission, can
from accounts.queries import person_by_email
from accounts.role_sources import roles_of
from accounts.roles import Role
from core import clock
from core.audit import AuditEvent
from core.database import db
from core.i18n import LANGUAGE_COOKIE
from core.mail import MailStatus, OutboxMail
from demo.outbox import MAILBOX_FULL
from municipalities.models import Municipality, MunicipalityKind, Voivodeship
from partnerships.models import AnimatorAssignment, AssignmentKind, LeaderTerm, Partnership, TermKind
from partnerships.queries import has_leader
from partnerships.workflow import PartnershipStatus
from plans.checking import draft_findings
from plans.content import content_hash
from plans.definitions import PlanKind
from plans.findings import Severity
from plans.models import CommentState, ImportStatus, Plan, PlanImport, PlanVersion, ReviewComment
from plans.queries import plans_awaiting_review
from plans.templates import definition_of
from plans.workflow import PlanStatus
from programme.models import Programme


def count(what, *where) -> int:
    return db.session.scalar(select(func.count()).select_from(what).where(*where)) or 0


def versions(*where) -> list[PlanVersion]:
    found = select(PlanVersion).join(PlanVersion.plan).where(*where).order_by(PlanVersion.id)
    return list(db.session.scalars(found))


def test_all_of_poland_is_there(demo):
    kinds = Counter(db.session.scalars(select(Municipality.kind)))

    assert (count(Municipality), count(Voivodeship)) == (125, 16)
    assert set(kinds) == set(MunicipalityKind)
    assert count(Municipality, Municipality.population.is_(None)) == 0


def test_everybody_is_there(demo):
    grants = Counter(db.session.scalars(select(RoleGrant.role)))
    leaders = select(LeaderTerm.user_id).where(LeaderTerm.kind == TermKind.LEADER)

    assert grants == {Role.ANIMATOR: 10, Role.OFFICE: 3, Role.ADMIN: 1, Role.FUNDER: 1}
    assert len(set(db.session.scalars(leaders))) == 126
    assert count(LeaderTerm, LeaderTerm.kind == TermKind.DEPUTY) == 35
    assert count(User) == 177
    assert count(User, User.email.not_like("%.example")) == 0


def test_partnerships_are_in_every_stage(demo):
    assert Counter(db.session.scalars(select(Partnership.status))) == {
        PartnershipStatus.PLANNED: 8,
        PartnershipStatus.FORMING: 9,
        PartnershipStatus.ACTIVE: 108,
    }
    assert count(Partnership, ~has_leader()) == 4


def test_animators_share_the_country_evenly(demo):
    main = AnimatorAssignment.kind == AssignmentKind.MAIN
    loads = Counter(db.session.scalars(select(AnimatorAssignment.animator_id).where(main)))
    today = clock.today()
    covers = db.session.scalars(
        select(AnimatorAssignment).where(AnimatorAssignment.kind == AssignmentKind.COVER)
    ).all()

    assert sorted(loads.values()) == [12] * 5 + [13] * 5
    assert {True, False} == {cover.covers(today) for cover in covers}


def test_general_plans_are_in_every_status(demo):
    statuses = Counter(version.status for version in versions(Plan.kind == PlanKind.GENERAL))

    assert set(statuses) == set(PlanStatus) - {PlanStatus.IN_USE, PlanStatus.CLOSED}
    assert statuses[PlanStatus.PUBLISHED] == 45


def test_annual_plans_are_in_every_status_and_some_are_shared(demo):
    annual = versions(Plan.kind == PlanKind.ANNUAL)

    assert {version.status for version in annual} == {PlanStatus.DRAFT, PlanStatus.IN_USE, PlanStatus.CLOSED}
    assert any(version.feedback_requested_at and not version.feedback_given_at for version in annual)
    assert any(version.feedback for version in annual)
    assert any(version.plan.shared_with_animator and not version.feedback_requested_at for version in annual)


def test_remarks_are_in_every_state_but_opened_again(demo):
    states = set(db.session.scalars(select(ReviewComment.state)))

    assert states == set(CommentState) - {CommentState.REOPENED}


def test_plans_that_were_handed_over_pass_every_check(demo):
    handed_over = versions(PlanVersion.status != PlanStatus.DRAFT)

    with_errors = {version.id: draft_findings(version).errors for version in handed_over}

    assert len(with_errors) > 100
    assert {id_: errors for id_, errors in with_errors.items() if errors} == {}


def test_frozen_plans_have_the_hash_of_their_rows(demo):
    frozen = versions(PlanVersion.status.not_in([PlanStatus.DRAFT, PlanStatus.IN_USE]))

    assert [
        version.id
        for version in frozen
        if version.content_hash != content_hash(version.rows, definition_of(version))
    ] == []


def test_drafts_are_of_every_degree(demo):
    drafts = versions(PlanVersion.status == PlanStatus.DRAFT, Plan.kind == PlanKind.GENERAL)

    errors = {len(draft_findings(version).errors) for version in drafts}

    assert 0 in errors
    assert max(errors) >= 5


def test_history_runs_from_the_beginning_of_the_programme_to_now(demo):
    programme = db.session.scalars(select(Programme)).one()
    first, last = db.session.execute(select(func.min(AuditEvent.at), func.max(AuditEvent.at))).one()

    assert programme.is_demo
    assert clock.local(first).date() - programme.starts_on < timedelta(days=7)
    assert clock.now() - timedelta(days=7) < last <= clock.now()


def test_the_outbox_holds_two_weeks_in_the_order_of_time(demo):
    mails = db.session.scalars(select(OutboxMail).order_by(OutboxMail.id)).all()

    assert [mail.created_at for mail in mails] == sorted(mail.created_at for mail in mails)
    assert mails[0].created_at >= clock.now() - timedelta(days=15)
    assert [mail.last_error for mail in mails if mail.status is MailStatus.FAILED] == [MAILBOX_FULL]
    assert {mail.status for mail in mails[-6:]} <= {MailStatus.QUEUED, MailStatus.HELD}
    assert {mail.status for mail in mails[:-6]} == {MailStatus.SENT, MailStatus.FAILED}


# --- The six who sign in --------------------------------------------------------------------------------


def person(role: Role) -> User:
    found = person_by_email(next(email for email, known in DEMO_SIGN_INS.items() if known.role is role))
    assert found is not None
    return found


def test_each_of_the_six_has_the_role_they_are_offered_for(demo):
    found = {email: person_by_email(email) for email in DEMO_SIGN_INS}
    roles = {email: roles_of(one) for email, one in found.items() if one is not None}
    assert {email for email, known in DEMO_SIGN_INS.items() if known.role in roles.get(email, ())} == set(
        DEMO_SIGN_INS
    )


def test_the_six_sign_in_with_the_one_password(visit_demo):
    for email in DEMO_SIGN_INS:
        visitor = visit_demo()
        visitor.client.set_cookie(LANGUAGE_COOKIE, "en")

        home = visitor.open("/sign-in").submit("Sign in", email=email, password=DEMO_PASSWORD)

        somebody = person_by_email(email)
        assert somebody is not None
        assert somebody.name in home.text


def test_the_leader_has_remarks_to_answer_and_an_upload_to_look_at(demo):
    leader = person(Role.LEADER)
    current = [
        version
        for version in versions(PlanVersion.is_current)
        if leader.id in version.leader_ids(clock.today())
    ]
    general, annual = sorted(current, key=lambda version: not version.plan.is_general)

    states = Counter(comment.state for comment in general.comments)
    uploads = db.session.scalars(select(PlanImport).where(PlanImport.version_id == annual.id)).all()

    assert (general.status, annual.status) == (PlanStatus.DRAFT, PlanStatus.IN_USE)
    assert set(states) == {CommentState.OPEN, CommentState.ANSWERED}
    assert [upload.status for upload in uploads] == [ImportStatus.CHECKED]
    assert {finding.severity for finding in uploads[0].findings} >= {Severity.ERROR}
    assert can(leader, Permission.PLAN_READ, general)
    assert can(person(Role.DEPUTY), Permission.PLAN_EDIT, general)
    assert can(person(Role.DEPUTY), Permission.PLAN_SUBMIT, general)


def test_the_animator_has_plans_of_different_ages_to_review(demo):
    animator = person(Role.ANIMATOR)

    waiting = plans_awaiting_review(animator=animator)

    assert {version.status for version in waiting} == {PlanStatus.SUBMITTED, PlanStatus.IN_REVIEW}
    assert len({version.submitted_at.date() for version in waiting if version.submitted_at}) >= 4
    assert all(can(animator, Permission.PLAN_REVIEW, version) for version in waiting)


def test_some_leaders_agreed_to_publication_before_it_is_decided(demo):
    agreed = versions(PlanVersion.is_current, PlanVersion.publish_on_approval_at.is_not(None))

    assert {version.status for version in agreed} == {PlanStatus.SUBMITTED, PlanStatus.IN_REVIEW}


def test_pages_say_that_the_people_are_invented(visit_demo):
    for sign_in in DEMO_SIGN_INS.values():
        assert 'class="demo-banner"' in visit_demo(as_=person(sign_in.role)).open("/").html


def test_public_pages_show_it_and_ask_not_to_be_indexed(visit_demo):
    page = visit_demo().open("/en/plans")

    assert "Sample data" in page.text
    assert "noindex" in page.html
