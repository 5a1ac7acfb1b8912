"""The links in the mail about proposed dates: each accepts its date, once, for whoever is asked, without signing in."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import select

from accounts.models import MailLink
from animators.consultations.models import Consultation, ConsultationStatus, Side, SlotAnswer
from animators.visits import services
from core import clock as core_clock
from core.audit import AuditEvent
from core.database import db
from partnerships.models import AssignmentKind
from tests.animators.visits.conftest import slot
from tests.support.clients import OutsideClient
from tests.support.reading import csrf_token

SIGN_IN = "Sign in to see more"


def links_in(mail):
    return re.findall(r"  Accept it: http://localhost(/do/[\w-]{43})\n", mail.body)


def as_kept(visit):
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(Consultation, visit.id)


@pytest.fixture
def proposed(sides):
    """The animator proposes two dates."""
    visit = services.propose(sides.partnership, [slot(14), slot(15)], visit_no=1, actor=sides.animator)
    db.session.commit()
    return visit


@pytest.fixture
def links(proposed, outbox):
    (mail,) = outbox()
    return links_in(mail)


# --- The usual way ---------------------------------------------------------------------------------------


def test_the_link_of_a_date_accepts_it_without_signing_in(sides, proposed, links, visit):
    page = visit().open(links[1])

    assert page.headings[0] == "Accept this date?"
    assert "Thursday, 30 Apr 2026, 10:00–14:00" in page.text
    assert "Library, Long Street 1" in page.text
    assert "You do this as Anna Lis" in page.text
    assert page.links[SIGN_IN] == f"/sign-in?next=/visits/{proposed.id}"
    assert page.buttons == ["Accept this date"]
    done = page.submit("Accept this date")

    assert "The visit is agreed. Both sides get a mail with the entry for their calendars." in done.text
    kept = as_kept(proposed)
    assert (kept.status, kept.planned_start) == (ConsultationStatus.AGREED, slot(15).starts_at)
    assert [one.answer for one in kept.slots] == [SlotAnswer.DECLINED, SlotAnswer.ACCEPTED]
    agreed = db.session.scalars(select(AuditEvent).where(AuditEvent.event == "visit.agreed")).one()
    assert (agreed.actor_id, agreed.data["side"]) == (sides.leader.id, "leader")


def test_whoever_opens_the_links_changes_nothing(proposed, links, visit):
    """As the scanner of a mail server does."""
    for link in links * 2:
        visit().open(link)

    assert as_kept(proposed).status is ConsultationStatus.PROPOSED
    assert db.session.scalars(select(MailLink.used_at)).all() == [None, None]


def test_both_sides_learn_of_it_as_if_it_had_been_done_on_the_page(sides, links, visit, outbox):
    visit().open(links[0]).submit("Accept this date")

    told = outbox()[1:]
    assert {mail.to_name: mail.subject for mail in told} == dict.fromkeys(
        ("Anna Lis", "Jan Wilk"), "Żółta Gęś: visit 1 is agreed on 29 Apr 2026"
    )
    assert all("METHOD:REQUEST" in (mail.calendar or "") for mail in told)


def test_a_second_press_says_what_happened_and_does_nothing_more(proposed, links, visit, outbox):
    left_open = visit().open(links[0])
    visit().open(links[0]).submit("Accept this date")
    told = len(outbox())

    again = left_open.submit("Accept this date")

    assert "Anna Lis pressed the button on 15 Apr 2026" in again.text
    assert (len(outbox()), as_kept(proposed).row_version) == (told, proposed.row_version)


def test_a_visit_moves_by_a_link_too_and_the_page_shows_what_stood_until_then(sides, visit, outbox):
    agreed = services.enter_agreed(sides.partnership, slot(), visit_no=1, actor=sides.leader)
    services.ask_to_move(agreed, [slot(20), slot(21)], reason="Flood", actor=sides.leader)
    db.session.commit()
    mail = outbox()[-1]

    page = visit().open(links_in(mail)[1])

    assert mail.to_name == "Jan Wilk"
    assert "Agreed until now Wednesday, 29 Apr 2026, 10:00–14:00, Library, Long Street 1" in page.text
    page.submit("Accept this date")
    kept = as_kept(agreed)
    assert (kept.status, kept.planned_start) == (ConsultationStatus.AGREED, slot(21).starts_at)


# --- Who has a link --------------------------------------------------------------------------------------


def test_only_the_side_that_answers_has_links_where_the_office_acts_for_the_other(sides, make, outbox):
    services.propose(
        sides.partnership, [slot()], visit_no=1, actor=make.office("Olga Biuro"), for_side=Side.LEADER
    )

    assert {mail.to_name: len(links_in(mail)) for mail in outbox()} == {"Anna Lis": 0, "Jan Wilk": 1}
    assert "without signing in" not in next(mail.body for mail in outbox() if mail.to_name == "Anna Lis")


def test_leader_and_deputies_have_links_of_their_own(sides, make, outbox):
    make.term(sides.partnership, make.user("Ewa Sowa"))
    db.session.expire_all()

    services.propose(sides.partnership, [slot()], visit_no=1, actor=sides.animator)

    to_leader, to_deputy = outbox()
    assert (to_leader.to_name, to_deputy.to_name) == ("Anna Lis", "Ewa Sowa")
    assert len({*links_in(to_leader), *links_in(to_deputy)}) == 2


def test_whoever_leads_and_advises_answers_no_date_of_their_own_side(make, outbox):
    both, deputy = make.animator("Iga Obie"), make.user("Ewa Sowa")
    partnership = make.partnership(leader=both, animator=both)
    make.term(partnership, deputy)
    db.session.expire_all()

    services.propose(partnership, [slot()], visit_no=1, actor=deputy)

    (mail,) = outbox()
    assert (mail.to_name, links_in(mail)) == ("Iga Obie", [])


def test_an_animator_has_links_of_the_days_on_which_they_advise(sides, make, outbox):
    later = make.animator("Zofia Bóbr")
    make.assignment(
        sides.partnership.municipality,
        later,
        kind=AssignmentKind.COVER,
        starts_on=slot(20).on,
        ends_on=slot(60).on,
    )
    db.session.expire_all()

    services.propose(sides.partnership, [slot(14), slot(30)], visit_no=1, actor=sides.leader)

    links = {mail.to_name: len(links_in(mail)) for mail in outbox()}
    assert links == {"Jan Wilk": 1, "Zofia Bóbr": 0}


def test_where_nobody_leads_the_office_answers_in_the_partnerships_place(make, visit, outbox):
    animator, office = make.animator(), make.office("Olga Biuro")
    asked = services.propose(
        make.partnership(animator=animator, led=False), [slot()], visit_no=1, actor=animator
    )
    db.session.commit()

    page = visit().open(*links_in(outbox()[0]))

    assert "On behalf of The partnership" in page.text
    page.submit("Accept this date")
    event = db.session.scalars(select(AuditEvent).where(AuditEvent.event == "visit.agreed")).one()
    assert (as_kept(asked).status, event.actor_id, event.data["side"]) == (
        ConsultationStatus.AGREED,
        office.id,
        "leader",
    )


# --- Refusals --------------------------------------------------------------------------------------------


def test_once_one_date_is_accepted_the_links_of_the_others_have_no_button(proposed, links, visit):
    left_open = visit().open(links[1])
    visit().open(links[0]).submit("Accept this date")

    opened, pressed = visit().open(links[1], expect=409), left_open.submit("Accept this date", expect=409)

    for page in (opened, pressed):
        assert "These dates have been answered already." in page.text
        assert page.buttons == []
    assert as_kept(proposed).planned_start == slot(14).starts_at


def test_of_dates_that_were_replaced_or_a_visit_that_was_cancelled_nothing_is_accepted(
    sides, proposed, links, visit, outbox
):
    services.propose_again(proposed, [slot(20)], actor=sides.leader)
    db.session.commit()
    (counter,) = links_in(outbox()[-1])
    replaced = visit().open(links[0], expect=409)
    services.cancel(proposed, reason="No electricity", actor=sides.leader)
    db.session.commit()

    assert "These dates have been answered already." in replaced.text
    assert "These dates have been answered already." in visit().open(counter, expect=409).text
    assert as_kept(proposed).status is ConsultationStatus.CANCELLED


def test_a_link_works_until_its_date_begins(proposed, links, visit, clock):
    left_open = visit().open(links[0])
    clock.move_to(slot(14).starts_at)

    expired, pressed = visit().open(links[0], expect=410), left_open.submit("Accept this date", expect=410)

    assert expired.headings[0] == pressed.headings[0] == "This link has expired"
    assert visit().open(links[1]).buttons == ["Accept this date"]
    assert as_kept(proposed).status is ConsultationStatus.PROPOSED


def test_a_former_leader_accepts_nothing(sides, proposed, links, visit, clock):
    left_open = visit().open(links[0])
    (term,) = sides.partnership.terms
    term.ends_on = clock.now.date() - timedelta(days=1)
    db.session.commit()

    for page in (visit().open(links[0], expect=409), left_open.submit("Accept this date", expect=409)):
        assert "This is not yours to do any more." in page.text
        assert "Żółta Gęś" not in page.text
    assert as_kept(proposed).status is ConsultationStatus.PROPOSED


def test_an_animator_whose_assignment_ended_accepts_nothing(sides, visit, outbox, clock):
    asked = services.propose(sides.partnership, [slot()], visit_no=1, actor=sides.leader)
    db.session.commit()
    (link,) = links_in(outbox()[0])
    (assignment,) = sides.partnership.assignments
    assignment.ends_on = clock.now.date() - timedelta(days=1)
    db.session.commit()

    assert "This is not yours to do any more." in visit().open(link, expect=409).text
    assert as_kept(asked).status is ConsultationStatus.PROPOSED


def test_of_two_links_pressed_at_the_same_moment_one_accepts_its_date(app, proposed, links, clock):
    browsers = [OutsideClient(app), OutsideClient(app)]
    tokens = [csrf_token(browser.get(link).text) for browser, link in zip(browsers, links, strict=True)]
    barrier = Barrier(2)

    def press(number: int) -> int:
        barrier.wait()
        with app.app_context(), core_clock.at(clock.now):
            return browsers[number].post(links[number], data={"csrf_token": tokens[number]}).status_code

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(press, range(2)))

    assert sorted(answers) == [303, 409]
    assert [one.answer for one in as_kept(proposed).slots].count(SlotAnswer.ACCEPTED) == 1
    used = [one is not None for one in db.session.scalars(select(MailLink.used_at).order_by(MailLink.id))]
    assert used == [answer == 303 for answer in answers]


# --- How it reads ----------------------------------------------------------------------------------------


def test_in_a_mail_program_each_link_stands_in_the_entry_of_its_date(proposed, links, outbox):
    (mail,) = outbox()

    first, second = re.findall(r"<li>.*?</li>", str(mail.html))

    assert (
        f'29 Apr 2026, 10:00–14:00: Library, Long Street 1<br>Accept it: <a href="http://localhost{links[0]}">'
        in first
    )
    assert (
        f'30 Apr 2026, 10:00–14:00: Library, Long Street 1<br>Accept it: <a href="http://localhost{links[1]}">'
        in second
    )
    assert "The link below a date accepts it without signing in" in mail.body


def test_a_polish_reader_finds_the_link_below_the_date_in_polish_and_a_polish_page(sides, visit, outbox):
    sides.leader.language = "pl"
    services.propose(sides.partnership, [slot()], visit_no=1, actor=sides.animator)
    db.session.commit()
    (mail,) = outbox()

    entry, link = re.findall(r"^- (.*)\n  .*http://localhost(/do/[\w-]{43})$", mail.body, re.MULTILINE)[0]

    assert entry == "środa, 29.04.2026, 10:00–14:00: Library, Long Street 1"
    page = visit().open(link)
    assert 'lang="pl"' in page.html
    assert "środa, 29.04.2026, 10:00–14:00" in page.text
