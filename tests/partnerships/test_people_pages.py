"""Pages about who leads, helps to lead and advises."""

from datetime import date

import pytest

from accounts.queries import person_by_email
from core.database import db
from partnerships.models import AssignmentKind, TermKind
from tests.partnerships.handing_over import confirmed

TODAY = date(2026, 4, 15)
YESTERDAY = date(2026, 4, 14)
TOMORROW = date(2026, 4, 16)


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


def test_the_office_appoints_a_leader_who_is_invited(make, visit, outbox):
    partnership = make.partnership("Razem", led=False, advised=False)

    page = visit(as_=make.office()).open(f"/partnerships/{partnership.id}/leader")
    page = page.submit("Appoint the leader", person_name="Ewa Lis", email="ewa@gmina.example")

    leader = person_by_email("ewa@gmina.example")
    db.session.expire_all()
    assert partnership.leader(TODAY) is leader
    assert "The leader is appointed and gets a mail." in page.text
    assert [(mail.to_address, mail.language, "Razem" in mail.body) for mail in outbox()] == [
        ("ewa@gmina.example", "pl", True),
        ("ewa@gmina.example", "pl", True),
    ]


def test_a_person_with_an_account_is_not_invited_again(make, visit, outbox):
    partnership, known = make.partnership(led=False, advised=False), make.user("Ewa Lis")
    known.password_hash = "set"
    db.session.commit()

    page = visit(as_=make.office()).open(f"/partnerships/{partnership.id}/leader")
    page.submit("Appoint the leader", person_name="Somebody", email=known.email.upper())

    db.session.expire_all()
    assert partnership.leader(TODAY) is known
    assert known.name == "Ewa Lis"
    assert [mail.subject for mail in outbox()] == [f"You lead the partnership {partnership.name}"]


def test_a_second_leader_is_refused_with_what_was_typed(make, visit):
    partnership = make.partnership()
    page = visit(as_=make.office()).open(f"/partnerships/{partnership.id}/leader")

    refused = page.submit("Appoint the leader", person_name="Jan", email="jan@gmina.example", expect=422)

    assert "The partnership has a leader for these days already. End that term first." in refused.text
    assert 'value="jan@gmina.example"' in refused.html
    assert person_by_email("jan@gmina.example") is None


def test_a_leader_appoints_a_deputy_and_ends_the_term(make, visit):
    leader = make.user()
    partnership = make.partnership(leader=leader)

    page = visit(as_=leader).open(f"/partnerships/{partnership.id}").follow("Appoint a deputy")
    page = page.submit(
        "Appoint the deputy", person_name="Jan Wrona", email="jan@gmina.example", can_submit=True
    )

    db.session.expire_all()
    [term] = partnership.deputy_terms(TODAY)
    assert (term.user.name, term.can_submit, term.can_publish) == ("Jan Wrona", True, False)

    page = page.follow("End the term of Jan Wrona")
    page.submit("End the term", ends_on=TODAY, reason="Moves away")

    db.session.expire_all()
    assert partnership.deputies(TOMORROW) == []


def test_a_leader_takes_back_a_term_that_has_not_begun(make, visit):
    leader = make.user()
    partnership = make.partnership(leader=leader)
    make.term(partnership, make.user("Jan Wrona"), starts_on=TOMORROW)

    page = (
        visit(as_=leader)
        .open(f"/partnerships/{partnership.id}/people")
        .follow("Take back this term (Jan Wrona)")
    )
    asked = "The term begins on 16 Apr 2026. Taken back, it never begins" in page.text
    page = page.submit("Take back the term", reason="Moves away")

    db.session.expire_all()
    assert asked
    assert "The term is taken back. Those concerned get a mail." in page.text
    assert [term.kind.value for term in partnership.terms] == ["leader"]


def test_a_term_that_a_handover_wrote_is_taken_back_with_it(make, visit):
    handover = confirmed(make)

    page = visit(as_=make.office()).open(f"/partnerships/{handover.partnership_id}/people")

    assert [link for link in page.links if link.startswith("Take back this term")] == []


def test_a_deputy_gives_nobody_rights_and_takes_none(make, visit):
    deputy = make.user()
    partnership = make.partnership()
    term = make.term(partnership, deputy)
    visitor = visit(as_=deputy)

    visitor.open(f"/partnerships/{partnership.id}/deputies/add", expect=403)
    visitor.open(f"/partnerships/terms/{term.id}/end", expect=403)
    visitor.open(f"/partnerships/{partnership.id}/leader", expect=403)


def test_a_leaders_own_term_is_the_offices_to_end(make, visit):
    leader = make.user()
    partnership = make.partnership(leader=leader)
    address = f"/partnerships/terms/{partnership.leader_term(TODAY).id}/end"

    visit(as_=leader).open(address, expect=403)
    visit(as_=make.office()).open(address).submit("End the term", ends_on=YESTERDAY, reason="Resigned")

    db.session.expire_all()
    assert partnership.leader(TODAY) is None


def test_a_last_day_before_the_first_is_refused_at_its_field(make, visit):
    partnership = make.partnership(led=False)
    term = make.term(partnership, make.user(), starts_on=TODAY)

    page = visit(as_=make.office()).open(f"/partnerships/terms/{term.id}/end")
    refused = page.submit("End the term", ends_on=YESTERDAY, expect=422)

    assert refused.links["The last day lies before the first one, 15 Apr 2026."] == "#ends_on"


def test_the_office_assigns_another_animator_and_a_cover(make, visit):
    partnership, new, cover = make.partnership(), make.animator("Ola Maj"), make.animator("Iza Cień")
    address = f"/partnerships/{partnership.id}/animator"
    visitor = visit(as_=make.office())

    visitor.open(address).submit("Assign the animator", animator_id=new.id, starts_on=YESTERDAY)
    visitor.open(address).submit(
        "Assign the animator",
        animator_id=cover.id,
        kind="cover",
        starts_on=TODAY,
        ends_on=TOMORROW,
        reason="Leave",
    )

    db.session.expire_all()
    assert [partnership.animator(day) for day in (YESTERDAY, TODAY, date(2026, 4, 17))] == [new, cover, new]


def test_the_office_is_told_where_nobody_follows_an_animator_with_a_last_day(make, visit):
    partnership, new, cover = make.partnership(), make.animator(), make.animator()
    page = visit(as_=make.office()).open(f"/partnerships/{partnership.id}/animator")

    alone = page.submit("Assign the animator", animator_id=new.id, starts_on=YESTERDAY, ends_on="2026-05-31")
    covered = page.submit(
        "Assign the animator", animator_id=cover.id, kind="cover", starts_on=TODAY, ends_on=TOMORROW
    )

    warning = "Nobody is assigned after 31 May 2026: assign somebody before."
    assert (warning in alone.text, "Nobody is assigned after" in covered.text) == (True, False)
    assert "nobody advises after that day until somebody is assigned" in page.text


def test_nobody_has_to_be_assigned_after_days_that_are_over(make, visit):
    partnership, animator = make.partnership(advised=False), make.animator()
    page = visit(as_=make.office()).open(f"/partnerships/{partnership.id}/animator")

    saved = page.submit(
        "Assign the animator", animator_id=animator.id, starts_on="2026-01-07", ends_on="2026-03-31"
    )

    assert "The assignment is saved. Those concerned get a mail." in saved.text
    assert "Nobody is assigned after" not in saved.text


def test_assigning_needs_an_animator_and_room(make, visit):
    partnership, new = make.partnership(), make.animator()
    covering = make.animator("Ola Maj")
    planned = make.assignment(
        partnership.municipality, covering, kind=AssignmentKind.COVER, starts_on=TODAY, ends_on=TODAY
    )
    page = visit(as_=make.office()).open(f"/partnerships/{partnership.id}/animator")

    nobody = page.submit("Assign the animator", expect=422)
    no_room = page.submit("Assign the animator", animator_id=new.id, kind="cover", expect=422)

    assert "Choose an animator" in nobody.links
    assert (
        "Ola Maj is assigned from 15 Apr 2026. Take that assignment back below, or choose days that do not overlap."
        in no_room.text
    )
    assert "Ola Maj, from 15 Apr 2026 (Covering animator)" in no_room.text
    no_room.submit(
        "Assign the animator", animator_id=new.id, kind="cover", takes_back=[planned.id], ends_on=TODAY
    )
    db.session.refresh(partnership)
    assert partnership.animator(TODAY) is new


def test_who_closes_an_account_sees_what_does_not_end_with_it(make, visit):
    person = make.animator("Jan Lis")
    led = make.partnership(municipality=make.municipality("Brody"), leader=person)
    helped = make.partnership(municipality=make.municipality("Adamów"))
    make.term(helped, person)
    former = make.partnership(municipality=make.municipality("Cewice"))
    make.term(former, person, ends_on=date(2026, 4, 14))
    advised = make.partnership(municipality=make.municipality("Żary"), animator=person)
    without = make.municipality("Lesko")
    make.assignment(without, person)
    soon = make.partnership(municipality=make.municipality("Oława"), led=False)
    make.term(soon, person, kind=TermKind.LEADER, starts_on=date(2026, 4, 22))

    page = visit(as_=make.office()).open(f"/people/{person.id}/deactivate")
    looked = visit(as_=make.admin()).open(f"/people/{person.id}/deactivate")

    in_hand = page.tree.xpath("//section[@aria-labelledby='in-hand']//li")
    links = {one.text_content(): one.find("a").get("href") for one in in_hand}
    assert links == {
        "Deputy leader: Adamów": f"/partnerships/{helped.id}/people",
        "Leader: Brody": f"/partnerships/{led.id}/people",
        "Animator: Lesko": f"/municipalities/{without.id}",
        "Leader, from 22 Apr 2026: Oława": f"/partnerships/{soon.id}/people",
        "Animator: Żary": f"/partnerships/{advised.id}/people",
    }
    assert "Leader: Brody" in looked.text
    assert f"/partnerships/{led.id}/people" not in looked.html
