"""Registering with an account: one tap, undone as easily; the mail brings the entry for the calendar."""

from datetime import timedelta

import pytest

from core import audit
from core.database import db
from tests.support.calendar_programs import CalendarProgram
from tests.webinars.registrations.conftest import LINK, STARTS, guest_seat
from webinars.models import WebinarForm, WebinarStatus
from webinars.registrations import queries, services
from webinars.registrations.errors import HasBegun, IsCancelled, NotOpenYet, RegisterElsewhere
from webinars.registrations.models import AccessNeed, AudienceGroup, RegistrationStatus


def test_one_tap_registers_and_the_mail_brings_time_link_and_calendar_entry(make, visit, webinar, outbox):
    person, coming = make.user("Anna Nowak"), webinar()

    page = visit(as_=person).open(f"/webinars/{coming.id}/seat").submit("Register for the webinar")

    assert "You are registered." in page.text
    assert queries.is_registered(coming, person)
    [mail] = outbox()
    assert mail.subject == "You are registered: Granty na sprzęt"
    assert "Wednesday, 6 May 2026, 10:00–11:30" in mail.body
    assert LINK in mail.body
    calendar = CalendarProgram(person.email)
    calendar.take(mail.calendar)
    [entry] = calendar.events.values()
    assert (entry.begins, entry.title, entry.place, entry.is_cancelled) == (
        STARTS, "Granty na sprzęt", LINK, False,
    )  # fmt: skip
    assert list(calendar.events) == [f"webinar-{coming.id}"]


def test_registering_twice_is_registering_once(make, webinar, outbox):
    person, coming = make.user(), webinar()

    first = services.register(coming, person)
    second = services.register(coming, person)

    assert first is second
    assert len(outbox()) == 1


def test_the_seat_is_given_up_with_one_button_of_the_mail_without_signing_in(make, visit, webinar, outbox):
    person, coming = make.user("Anna Nowak"), webinar()
    services.register(coming, person)
    [mail] = outbox()
    link = mail.body.partition("without signing in. Your seat goes to whoever waits:\n")[2].split()[0]

    page = visit().open(link.replace("http://localhost", ""))
    assert queries.is_registered(coming, person), "opening the link changes nothing"
    page.submit("Cancel my registration")

    db.session.expire_all()
    assert not queries.is_registered(coming, person)
    calendar = CalendarProgram(person.email)
    for one in outbox():
        calendar.take(one.calendar)
    [entry] = calendar.events.values()
    assert entry.is_cancelled


def test_whoever_comes_back_has_an_entry_again_that_follows_the_cancelled_one(make, webinar, outbox):
    person, coming = make.user(), webinar()
    seat = services.register(coming, person)
    services.cancel(seat, actor=person)

    services.register(coming, person)

    calendar = CalendarProgram(person.email)
    for one in outbox():
        calendar.take(one.calendar)
    [entry] = calendar.events.values()
    assert not entry.is_cancelled


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"status": WebinarStatus.DRAFT}, NotOpenYet),
        ({"status": WebinarStatus.CANCELLED}, IsCancelled),
        ({"status": WebinarStatus.HELD}, HasBegun),
        ({"is_outside": True}, RegisterElsewhere),
    ],
)
def test_nobody_registers_where_there_is_nothing_to_register_for(make, webinar, values, refusal):
    person, coming = make.user(), webinar(**values)

    with pytest.raises(refusal):
        services.register(coming, person)

    assert queries.seat_of(coming, person) is None


def test_nobody_registers_once_it_has_begun(make, webinar, clock):
    person, coming = make.user(), webinar()
    clock.move_to(STARTS)

    with pytest.raises(HasBegun):
        services.register(coming, person)


def test_who_leads_a_partnership_counts_as_a_participant_and_others_apart(make, webinar):
    leader, deputy, stranger, coming = make.user(), make.user(), make.user(), webinar()
    partnership = make.partnership(leader=leader)
    make.term(partnership, deputy)

    groups = {one.id: services.register(coming, one).group for one in (leader, deputy, stranger)}

    assert groups == {
        leader.id: AudienceGroup.PARTICIPANT,
        deputy.id: AudienceGroup.PARTICIPANT,
        stranger.id: AudienceGroup.OTHER,
    }
    assert queries.seat_of(coming, leader).municipality == partnership.municipality


def test_what_a_person_needs_is_kept_with_the_seat_and_never_in_the_history(make, visit, webinar):
    person, coming = make.user(), webinar()
    services.register(coming, person)

    page = visit(as_=person).open(f"/webinars/{coming.id}/seat")
    page.submit("Save", needs=["sign_language", "other"], note="Front row")

    db.session.expire_all()
    seat = queries.seat_of(coming, person)
    assert (seat.access_needs, seat.access_note) == (["sign_language", "other"], "Front row")
    told = [(event.data, personal) for event, personal in audit.story_of(coming)]
    assert not any("sign_language" in str(one) or "Front row" in str(one) for one in told)


def test_something_else_asks_for_a_word(make, visit, webinar):
    person, coming = make.user(), webinar()
    services.register(coming, person)

    page = visit(as_=person).open(f"/webinars/{coming.id}/seat").submit("Save", needs=["other"], expect=422)

    assert "Say in a few words what you need." in page.text


def test_the_join_link_is_not_shown_to_who_waits(make, visit, webinar, outbox):
    first, second, coming = make.user(), make.user("Jan Kot"), webinar(capacity=1)
    services.register(coming, first)
    services.register(coming, second)

    page = visit(as_=second).open(f"/webinars/{coming.id}/seat")

    assert LINK not in page.html
    [_to_first, to_second] = outbox()
    assert LINK not in to_second.body
    assert to_second.calendar is None


def test_an_event_on_site_says_where_and_has_no_link(make, webinar, outbox):
    person = make.user()
    coming = webinar(form=WebinarForm.ON_SITE, place="Biblioteka, ul. Długa 1", join_link=None)

    services.register(coming, person)

    [mail] = outbox()
    assert "Where: Biblioteka, ul. Długa 1" in mail.body
    assert "Join here" not in mail.body


def test_the_page_asks_the_database_a_fixed_number_of_questions(make, visit, webinar, count_queries):
    person, coming = make.user(), webinar(capacity=100)
    services.register(coming, person)
    visitor = visit(as_=person)
    visitor.open(f"/webinars/{coming.id}/seat")
    with count_queries() as few:
        visitor.open(f"/webinars/{coming.id}/seat")
    for number in range(30):
        guest_seat(coming, f"guest{number}@example.org", status=RegistrationStatus.REGISTERED)

    with count_queries() as many:
        visitor.open(f"/webinars/{coming.id}/seat")

    assert many.count == few.count


def test_every_need_has_a_name():
    assert [str(need.label) for need in AccessNeed] == [
        "Sign-language interpreter", "Live captions", "Large print", "Something else",
    ]  # fmt: skip


def test_a_leader_s_home_names_their_next_webinar(make, visit, webinar):
    leader, later, sooner = (
        make.user(),
        webinar(starts_at=STARTS + timedelta(days=2), title="Później"),
        webinar(),
    )
    make.partnership(leader=leader)
    home = visit(as_=leader).open("/home")
    assert "Your next webinar" not in home.text
    for one in (later, sooner):
        services.register(one, leader)

    home = visit(as_=leader).open("/home")

    assert "Your next webinar: Granty na sprzęt, 6 May 2026, 10:00" in home.text
    assert home.links["Granty na sprzęt"] == f"/webinars/{sooner.id}/seat"
