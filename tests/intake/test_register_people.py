"""Who leads and who advises by a list of municipalities: the same rules as on the pages where one is appointed."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from core.audit import AuditEvent
from core.database import db
from partnerships.errors import AdvisesHere, LeadsElsewhere
from partnerships.handovers.models import LeaderHandover
from partnerships.handovers.workflow import HandoverStatus
from partnerships.models import AnimatorAssignment, AssignmentKind, LeaderTerm, TermKind
from tests.intake.bringing import HEAD, bring, problems, row
from tests.intake.workbooks import workbook

TODAY = date(2026, 4, 15)
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


@pytest.fixture
def wola(make):
    """Nobody leads or advises there."""
    return make.partnership(municipality=make.municipality("Wola", code="1601022"), led=False, advised=False)


def led_by(email: str, *, code: str = "1601022", founded_on: str = "", animator: str | None = None):
    return row(code, None, None, founded_on, "Jan Lis", email, None, None, animator)


def leader_terms() -> list[LeaderTerm]:
    db.session.expire_all()
    led = select(LeaderTerm).where(LeaderTerm.kind == TermKind.LEADER).order_by(LeaderTerm.id)
    return list(db.session.scalars(led))


def test_who_leads_elsewhere_is_not_made_the_leader_of_a_second_partnership(office, dobra, wola):
    (term,) = dobra.terms

    page = bring(office, workbook(HEAD, led_by(term.user.email)))

    assert problems(page) == [f"F2 Leader: e-mail: {LeadsElsewhere()}"]
    assert "Apply the file" not in page.buttons


def test_who_led_elsewhere_until_yesterday_may_lead_from_today_but_not_since_a_day_before(
    make, office, dobra, wola
):
    (term,) = dobra.terms
    term.ends_on = YESTERDAY
    make.municipality("Lipa", code="1601032")
    email = term.user.email
    db.session.commit()

    since = bring(office, workbook(HEAD, led_by(email, code="1601032", founded_on="1.03.2026")))
    from_today = bring(office, workbook(HEAD, led_by(email)))

    assert problems(since) == [f"F2 Leader: e-mail: {LeadsElsewhere()}"]
    assert problems(from_today) == []


def test_who_led_a_partnership_that_is_closed_may_lead_another(make, office, dobra, wola):
    dobra.status, dobra.closed_on = "closed", YESTERDAY
    email = dobra.terms[0].user.email
    db.session.commit()

    assert problems(bring(office, workbook(HEAD, led_by(email)))) == []


def test_one_address_leads_by_one_row_of_a_file_only(make, office):
    for name, code in (("Dobra", "1601012"), ("Wola", "1601022")):
        make.municipality(name, code=code)
    rows = [led_by("jan@d.example", code=code) for code in ("1601012", "1601022")]

    page = bring(office, workbook(HEAD, *rows))

    assert problems(page) == ["F3 Leader: e-mail: This person leads two municipalities of this file."]
    page.submit("Apply the rest")
    assert [one.partnership.municipality.name for one in leader_terms()] == ["Dobra"]


@pytest.mark.parametrize("kind", AssignmentKind)
def test_who_advises_a_municipality_or_covers_there_is_not_made_its_leader(make, office, wola, kind):
    animator, starts_on = make.animator("Ola Maj"), TODAY + timedelta(days=30)
    make.assignment(wola.municipality, animator, kind=kind, starts_on=starts_on)

    page = bring(office, workbook(HEAD, led_by(animator.email)))

    assert problems(page) == [f"F2 Leader: e-mail: {AdvisesHere('Ola Maj')}"]


def test_who_advised_before_may_lead_from_today(make, office, wola):
    animator = make.animator("Ola Maj")
    make.assignment(wola.municipality, animator, ends_on=YESTERDAY)

    assert problems(bring(office, workbook(HEAD, led_by(animator.email)))) == []


def test_a_leader_by_a_file_ends_a_handover_that_is_under_way_as_on_the_page(make, office, wola):
    asked = LeaderHandover(
        partnership=wola, to_user=make.user("Ewa Nowa"), requested_by=make.office(), effective_on=date(2026, 5, 1),
        answer_until=date(2026, 4, 28),
    )  # fmt: skip
    db.session.add(asked)
    db.session.commit()

    bring(office, workbook(HEAD, led_by("jan@d.example"))).submit("Apply the file")

    db.session.refresh(asked)
    assert asked.status is HandoverStatus.CANCELLED
    assert asked.end_reason == "Biuro projektu wyznaczyło lidera."
    assert [one.user.email for one in leader_terms()] == ["jan@d.example"]


@pytest.mark.parametrize(
    ("starts_on", "event", "left"),
    [
        (date(2026, 4, 1), "partnership.assignment_ended", [YESTERDAY]),
        (date(2026, 5, 1), "partnership.assignment_taken_back", []),
    ],
    ids=["one that has begun", "one to come"],
)
def test_whoever_becomes_the_animator_no_longer_covers_there(make, office, dobra, starts_on, event, left):
    cover = make.animator("Ola Maj")
    covering = AssignmentKind.COVER
    given = make.assignment(
        dobra.municipality, cover, kind=covering, starts_on=starts_on, ends_on=date(2026, 5, 31)
    )
    known = {
        "user_id": cover.id, "assigned_as": "cover", "starts_on": starts_on.isoformat(), "ends_on": "2026-05-31",
    }  # fmt: skip
    given_id = given.id

    bring(office, workbook(HEAD, row("1601012", *[None] * 7, cover.email))).submit("Apply the file")

    db.session.expire_all()
    covers = select(AnimatorAssignment.ends_on).where(AnimatorAssignment.kind == covering)
    assert list(db.session.scalars(covers)) == left
    told = db.session.scalars(
        select(AuditEvent).where(AuditEvent.record_id == given_id, AuditEvent.event == event)
    )
    after = {**known, "ends_on": YESTERDAY.isoformat()} if left else {}
    assert [one.data for one in told] == [{"before": known, "after": after}]
    assert dobra.animator(TODAY) == cover
