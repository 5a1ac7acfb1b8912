"""A leader goes, and somebody who has no account yet takes over: from the request to the day, in three browsers."""

import re
from datetime import UTC, datetime

import pytest

from core.audit import story_of
from core.database import db
from partnerships.handovers.jobs import hand_over
from partnerships.handovers.models import LeaderHandover
from plans.workflow import PlanStatus

PASSWORD = "mgła siedem tramwaj łyżka"
MIDNIGHT = datetime(2026, 4, 30, 22, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _time(clock):
    """The story begins on one day."""


def link_in(body: str) -> str:
    found = re.search(r"http://localhost(/\S+)", body)
    assert found
    return found[1]


def test_a_leader_hands_over_to_somebody_who_is_invited(make, visit, clock, outbox):
    leader, animator = make.user("Anna Wrona"), make.animator("Marta Maj")
    municipality = make.municipality("Żółta Gęś")
    partnership = make.partnership("Together", municipality=municipality, leader=leader, animator=animator)
    published = make.general_plan(PlanStatus.PUBLISHED, partnership=partnership)
    draft = make.annual_plan(partnership=partnership)
    page_of_partnership = f"/partnerships/{partnership.id}"
    told_before = len(outbox())

    # The leader asks.
    former = visit(as_=leader)
    asked = (
        former.open(page_of_partnership)
        .follow("People and terms")
        .follow("Begin the hand-over")
        .submit(
            "Ask them",
            person_name="Ewa Lis",
            email="ewa.lis@biblioteka.example",
            effective_on="2026-05-01",
            organisation_name="Biblioteka w Żółtej Gęsi",
            org_type="library",
            note="Thank you for taking it on",
        )
    )
    assert "Ewa Lis is asked and gets a mail." in asked.text
    assert "Waiting for Ewa Lis" in asked.headings
    assert "Hand-overs under way" in " ".join(former.open("/home").headings)

    # Ewa chooses a password, finds the question at home, and accepts.
    [invitation] = outbox()[told_before:]
    assert invitation.to_address == "ewa.lis@biblioteka.example"
    assert "Together" in invitation.body
    newcomer = visit()
    welcome = newcomer.open(link_in(invitation.body)).forms()[-1]
    welcome.fill("password", PASSWORD)
    welcome.fill("repeated", PASSWORD)
    home = newcomer.send(welcome, expect=303)
    assert home.tree.xpath("//main//*[@data-variant='primary']")
    question = newcomer.open(f"/partnerships/handovers/{db.session.query(LeaderHandover).one().id}")
    newcomer.open(page_of_partnership, expect=403)
    accept = next(form for form in question.forms() if form.action.endswith("/accept"))
    newcomer.send(accept, expect=303)

    # The animator confirms from the home page.
    advising = visit(as_=animator)
    confirmed = advising.open("/home").follow("Open the hand-over").submit("Confirm")
    assert "Ewa Lis leads from 1 May 2026" in confirmed.headings
    assert "Ewa Lis" in advising.open(f"{page_of_partnership}/people").text

    # Until the last second nothing changes; then the browsers that are open see the other side.
    clock.move_to(datetime(2026, 4, 30, 21, 59, tzinfo=UTC))
    former, successor = visit(as_=leader), visit(as_=db.session.query(LeaderHandover).one().to_user)
    former.open(page_of_partnership)
    former.open(f"/plans/{draft.id}")
    clock.move_to(MIDNIGHT)
    hand_over()
    for lost in (
        page_of_partnership,
        f"{page_of_partnership}/people",
        f"/plans/{draft.id}",
        f"/plans/{published.id}",
    ):
        former.open(lost, expect=403)
    public = former.open(f"/en/municipalities/{municipality.address_name}/plan")
    assert public.status == 200
    successor.open(f"/plans/{draft.id}")
    led = successor.open(page_of_partnership)
    assert "Biblioteka w Żółtej Gęsi" in led.text

    # Both got one mail with the same list, and the history tells it with the old value and the new.
    final = [mail for mail in outbox()[told_before:] if mail.created_at == MIDNIGHT]
    assert sorted(mail.to_name for mail in final) == ["Anna Wrona", "Ewa Lis", "Marta Maj"]
    events = [event.event for event, _ in reversed(story_of(partnership))]
    assert [event.removeprefix("partnership.") for event in events if "handover" in event] == [
        "handover_requested",
        "handover_accepted",
        "handover_confirmed",
        "handover_done",
    ]
    db.session.expire_all()
    assert [(term.user.name, term.starts_on.isoformat()) for term in partnership.terms] == [
        ("Anna Wrona", "2024-01-01"),
        ("Ewa Lis", "2026-05-01"),
    ]


def test_a_former_leader_who_advises_elsewhere_gets_the_answer_of_a_stranger(make, visit, clock):
    """With another role left the page is like one that does not exist."""
    leader = make.animator("Anna Wrona")
    make.partnership(animator=leader)
    partnership = make.partnership("Together", leader=leader)
    version = make.general_plan(partnership=partnership)
    clock.move_to(datetime(2026, 4, 15, 21, 59, tzinfo=UTC))
    browser = visit(as_=leader)
    browser.open(f"/partnerships/{partnership.id}")
    partnership.leader_term(clock.now.date()).ends_on = clock.now.date()
    db.session.commit()

    clock.tick(minutes=1)

    browser.open(f"/partnerships/{partnership.id}", expect=404)
    browser.open(f"/partnerships/{partnership.id}/people", expect=404)
    browser.open(f"/plans/{version.id}", expect=404)
