"""What the office may say about minutes over a pot, and about the pots themselves."""

from datetime import date

import pytest
from sqlalchemy import select

from animators.hours import deciding
from animators.hours.balances import Balance
from animators.hours.budgets import locked_budget
from animators.hours.errors import (
    NoteNeeded,
    NotEnoughThere,
    NothingChanges,
    OwnAdvice,
    OwnRequest,
    ReasonNeeded,
)
from animators.hours.models import BudgetAdjustment, Decision, LedgerEntry, Pot
from core.audit import AuditEvent
from core.database import db
from core.workflow import NotNow
from partnerships.models import TermKind
from tests.animators.hours.entries import booked, overrun, remote, visits

TODAY = date(2026, 4, 15)


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


@pytest.fixture
def office(make):
    return make.office()


@pytest.fixture
def partnership(make):
    return make.partnership(leader=make.user("Ewa Lider"), animator=make.animator("Jan Animator"))


@pytest.fixture
def place(partnership):
    return partnership.municipality


def apart(request: BudgetAdjustment) -> int:
    assert request.consultation is not None
    return request.consultation.over_budget_minutes


def test_granted_minutes_make_the_pot_bigger_and_are_taken_from_it(place, office):
    request = overrun(place, 30)

    deciding.grant(request, note="A good reason", actor=office)

    assert (remote(place), apart(request)) == (Balance(510, 510), 0)
    assert (request.decision, request.decision_note) == (Decision.GRANTED, "A good reason")


def test_refused_minutes_stay_visible_and_outside_the_pot(place, office):
    request = overrun(place, 30)

    deciding.refuse(request, note="Plan ahead", actor=office)

    assert (remote(place), apart(request)) == (Balance(480, 480), 30)
    assert request.decision is Decision.REFUSED


def test_a_refusal_needs_a_note(place, office):
    request = overrun(place, 30)

    with pytest.raises(NoteNeeded):
        deciding.refuse(request, note=None, actor=office)

    assert remote(place) == Balance(480, 480, 30)


def test_a_transfer_keeps_both_entries_each_naming_the_other(place, office):
    request = overrun(place, 30)

    deciding.transfer(request, note=None, actor=office)

    found = db.session.scalars(select(BudgetAdjustment).order_by(BudgetAdjustment.id)).all()
    assert [(str(one.budget.pot), one.minutes, one.decision) for one in found] == [
        ("remote", 30, Decision.TRANSFERRED), ("visit", -30, Decision.TRANSFERRED),
    ]  # fmt: skip
    assert [one.paired for one in found] == [found[1], found[0]]
    assert (remote(place), visits(place), apart(request)) == (Balance(510, 510), Balance(450, 0), 0)


def test_a_transfer_takes_no_more_than_is_free_there(make, place, office):
    deciding.adjust_pot(place, Pot.VISIT, -460, "Only one visit", actor=office)
    request = overrun(place, 30)

    with pytest.raises(NotEnoughThere) as refusal:
        deciding.transfer(request, note=None, actor=office)

    assert str(refusal.value) == (
        "Only 20 min are free there, and 30 min would go. What is used already cannot be taken away."
    )
    assert (remote(place), visits(place)) == (Balance(480, 480, 30), Balance(20, 0))


@pytest.mark.parametrize("first", [deciding.grant, deciding.refuse, deciding.transfer])
@pytest.mark.parametrize("second", [deciding.grant, deciding.refuse, deciding.transfer])
def test_what_is_decided_is_not_decided_again(place, office, first, second):
    request = overrun(place, 30)
    first(request, note="So", actor=office)
    before = remote(place), visits(place)

    with pytest.raises(NotNow):
        second(request, note="Otherwise", actor=office)

    assert (remote(place), visits(place)) == before


@pytest.mark.parametrize("decide", [deciding.grant, deciding.refuse, deciding.transfer])
def test_whoever_advised_or_advises_there_decides_nothing_about_these_minutes(
    make, partnership, place, decide
):
    gave, advises = make.animator("Ola Maj"), partnership.animator(TODAY)
    request = overrun(place, 30, animator=gave)
    request.requested_by = make.animator("Jan Wrona")
    before = (remote(place), visits(place))

    for somebody in (gave, advises):
        with pytest.raises(OwnAdvice):
            decide(request, note="So", actor=somebody)

    assert ((remote(place), visits(place)), request.decision) == (before, Decision.PENDING)


@pytest.mark.parametrize("decide", [deciding.grant, deciding.refuse, deciding.transfer])
def test_nobody_decides_about_minutes_they_asked_for_themselves(make, place, decide):
    both = make.animator()
    request = overrun(place, 30, animator=both)

    with pytest.raises(OwnRequest):
        decide(request, note="For me", actor=both)

    assert request.decision is Decision.PENDING


def test_the_office_gives_more_and_what_waited_goes_in(place, office):
    request = overrun(place, 30)

    deciding.adjust_pot(place, Pot.REMOTE, 60, "A large municipality", actor=office)

    assert (remote(place), request.decision, apart(request)) == (Balance(540, 510), Decision.SETTLED, 0)


def test_the_office_takes_no_more_than_is_free(place, office):
    booked(place, 400)
    budget = locked_budget(place.id, Pot.REMOTE)

    with pytest.raises(NotEnoughThere):
        deciding.adjust(budget, -81, "Less", actor=office)
    deciding.adjust(budget, -80, "Less", actor=office)

    assert remote(place) == Balance(400, 400)


def test_hours_move_between_the_pots_without_an_overrun(place, office):
    taken, added = deciding.move(place, 120, "One visit less", to=Pot.REMOTE, actor=office)

    assert (taken.minutes, added.minutes, taken.paired, added.paired) == (-120, 120, added, taken)
    assert (remote(place), visits(place)) == (Balance(600, 0), Balance(360, 0))
    with pytest.raises(NotEnoughThere):
        deciding.move(place, 361, "Too much", to=Pot.REMOTE, actor=office)


@pytest.mark.parametrize(("minutes", "reason", "error"), [
    (0, "Why", NothingChanges), (30, "", ReasonNeeded),
])  # fmt: skip
def test_a_change_is_one_and_says_why(place, office, minutes, reason, error):
    with pytest.raises(error):
        deciding.adjust_pot(place, Pot.VISIT, minutes, reason, actor=office)
    with pytest.raises(error):
        deciding.move(place, minutes, reason, to=Pot.VISIT, actor=office)
    with pytest.raises(NothingChanges):
        deciding.move(place, -30, "Backwards", to=Pot.VISIT, actor=office)

    assert (remote(place), visits(place)) == (Balance(480, 0), Balance(480, 0))


@pytest.mark.parametrize(("decide", "subject", "sentence"), [
    (deciding.grant, "Dobra: 30 min over the pot were granted", "granted 30 min more in the pot “Remote advice”"),
    (deciding.refuse, "Dobra: 30 min over the pot were refused", "refused 30 min of the consultation on 15 Apr 2026"),
    (deciding.transfer, "Dobra: 30 min were moved from the other pot", "moved 30 min to the pot “Remote advice”"),
])  # fmt: skip
def test_both_sides_are_told_of_a_decision_by_one_mail_each(make, outbox, office, decide, subject, sentence):
    leader, animator = make.user("Ewa Lider"), make.animator("Jan Animator")
    partnership = make.partnership(municipality=make.municipality("Dobra"), leader=leader, animator=animator)
    request = overrun(partnership.municipality, 30, animator=animator)

    decide(request, note="As agreed", actor=office)

    mails = outbox()
    assert sorted(one.to_name for one in mails) == ["Ewa Lider", "Jan Animator"]
    assert {one.subject for one in mails} == {subject}
    assert all(sentence in one.body and "Note: As agreed" in one.body for one in mails)
    assert all(one.story_id == partnership.id for one in mails)


def test_a_cover_is_told_what_became_of_their_minutes_also_after_the_leave(
    make, outbox, partnership, place, office
):
    request = overrun(place, 30, animator=make.animator("Zofia Cover"))

    deciding.refuse(request, note="Not this time", actor=office)

    links = {one.to_name: "/hours" in one.body for one in outbox()}
    assert links == {"Ewa Lider": True, "Jan Animator": True, "Zofia Cover": False}


def test_where_nobody_leads_the_deputies_are_told_of_a_decision(make, outbox, partnership, place, office):
    make.term(partnership, make.user("Ala Deputy"), kind=TermKind.DEPUTY)
    partnership.terms[0].ends_on = date(2026, 4, 14)
    db.session.commit()
    db.session.expire(partnership)

    deciding.grant(overrun(place, 30), actor=office)

    assert sorted(one.to_name for one in outbox()) == ["Ala Deputy", "Jan Animator"]


def test_both_sides_are_told_of_a_change_of_the_pot(make, outbox, partnership, office):
    deciding.adjust_pot(partnership.municipality, Pot.VISIT, -60, "Short visits", actor=office)
    deciding.move(partnership.municipality, 30, "For calls", to=Pot.REMOTE, actor=office)

    mails = outbox()
    assert [one.to_name for one in mails] == ["Ewa Lider", "Jan Animator"] * 2
    assert "took 1 h from the pot “Visits”" in mails[0].body
    assert "moved 30 min to the pot “Remote advice” from the other one" in mails[2].body
    assert "- Visits: 6 h 30 min of 6 h 30 min left" in mails[2].body


def test_whoever_decides_writes_no_mail_to_themselves(make, outbox):
    office = make.office("Zofia Biuro")
    partnership = make.partnership(leader=office)
    request = overrun(partnership.municipality, 30)

    deciding.grant(request, actor=office)

    assert [one.to_name for one in outbox() if one.to_name == "Zofia Biuro"] == []


def test_every_decision_stands_in_the_history_with_old_and_new(place, office):
    request = overrun(place, 30)
    deciding.transfer(request, note="From visits", actor=office)
    deciding.adjust_pot(place, Pot.VISIT, 60, "More", actor=office)

    told = select(AuditEvent).where(AuditEvent.event.startswith("hours."), AuditEvent.actor_id == office.id)
    assert [
        (one.event, one.data["before"], one.data["after"], one.story_id) for one in db.session.scalars(told)
    ] == [
        ("hours.transferred", {"decision": "pending"}, {"decision": "transferred"}, place.id),
        ("hours.adjusted", {"granted": 450}, {"granted": 510}, place.id),
    ]


@pytest.mark.parametrize("decide", [deciding.grant, deciding.refuse, deciding.transfer])
def test_a_decision_never_touches_what_was_entered_before(place, office, decide):
    request = overrun(place, 30)
    before = db.session.execute(select(LedgerEntry.id, LedgerEntry.minutes, LedgerEntry.budget_id)).all()

    decide(request, note="So", actor=office)

    after = db.session.execute(
        select(LedgerEntry.id, LedgerEntry.minutes, LedgerEntry.budget_id).order_by(LedgerEntry.id)
    ).all()
    assert after[: len(before)] == before
