"""Seats are few: who waits first gets the next one by itself, and knows their place meanwhile."""

from core import audit
from core.database import db
from tests.support.at_once import at_once
from tests.support.calendar_programs import CalendarProgram
from tests.webinars.registrations.conftest import LINK
from webinars.models import Webinar
from webinars.registrations import queries, seats, services
from webinars.registrations.models import RegistrationStatus
from webinars.services import Content, change_webinar
from webinars.services.writing import content_of


def standing(webinar: Webinar) -> list[tuple[int | None, RegistrationStatus]]:
    db.session.expire_all()
    return [(one.user_id, one.status) for one in queries.everybody_of(webinar)]


def test_those_who_wait_know_their_place(make, visit, webinar, outbox):
    people, coming = [make.user() for _ in range(3)], webinar(capacity=1)

    for person in people:
        services.register(coming, person)

    assert [mail.subject.split(":")[0] for mail in outbox()] == [
        "You are registered", "You are on the waiting list", "You are on the waiting list",
    ]  # fmt: skip
    assert "at place 2 of the waiting list" in outbox()[2].body
    page = visit(as_=people[2]).open(f"/webinars/{coming.id}/seat")
    assert "You are at place 2 of the waiting list" in page.text


def test_a_seat_given_up_goes_to_who_waits_first_with_the_link_to_join(make, webinar, outbox):
    people, coming = [make.user() for _ in range(3)], webinar(capacity=1)
    taken = [services.register(coming, person) for person in people]

    services.cancel(taken[0], actor=people[0])

    assert standing(coming) == [
        (people[0].id, RegistrationStatus.CANCELLED),
        (people[1].id, RegistrationStatus.REGISTERED),
        (people[2].id, RegistrationStatus.WAITLISTED),
    ]
    [mail] = [mail for mail in outbox() if mail.subject.startswith("A seat is yours")]
    assert (mail.to_address, LINK in mail.body) == (people[1].email, True)
    calendar = CalendarProgram(people[1].email)
    calendar.take(mail.calendar)
    assert len(calendar.events) == 1


def test_who_leaves_the_list_moves_nobody_up(make, webinar, outbox):
    people, coming = [make.user() for _ in range(3)], webinar(capacity=1)
    taken = [services.register(coming, person) for person in people]

    services.cancel(taken[1], actor=people[1])

    assert queries.seats_taken(coming) == 1
    assert queries.place_in_line(taken[2]) == 1
    assert not [mail for mail in outbox() if mail.subject.startswith("A seat is yours")]


def test_who_comes_back_stands_at_the_end_of_the_line(make, webinar, clock):
    people, coming = [make.user() for _ in range(3)], webinar(capacity=1)
    taken = []
    for person in people:
        taken.append(services.register(coming, person))
        clock.tick(minutes=1)
    services.cancel(taken[1], actor=people[1])
    clock.tick(minutes=1)

    services.register(coming, people[1])

    assert [one.user_id for one in queries.waiting(coming)] == [people[2].id, people[1].id]


def test_more_room_goes_to_those_who_wait_in_their_order(make, webinar):
    office, people, coming = make.office(), [make.user() for _ in range(4)], webinar(capacity=1)
    for person in people:
        services.register(coming, person)

    change_webinar(coming, Content(**{**content_of(coming), "capacity": 3}), actor=office)

    assert [status for _who, status in standing(coming)] == [
        RegistrationStatus.REGISTERED, RegistrationStatus.REGISTERED, RegistrationStatus.REGISTERED,
        RegistrationStatus.WAITLISTED,
    ]  # fmt: skip


def test_less_room_takes_nobody_s_seat(make, webinar):
    office, people, coming = make.office(), [make.user() for _ in range(3)], webinar(capacity=3)
    for person in people:
        services.register(coming, person)

    change_webinar(coming, Content(**{**content_of(coming), "capacity": 1}), actor=office)

    assert queries.seats_taken(coming) == 3
    assert services.register(coming, make.user()).status is RegistrationStatus.WAITLISTED


def test_two_who_want_the_last_seat_at_one_moment(app, make, webinar):
    people, coming = [make.user() for _ in range(4)], webinar(capacity=1)
    ids, webinar_id = [person.id for person in people], coming.id

    def attempt(person_id: int):
        def run() -> str:
            from accounts.models import User

            seat = services.register(
                db.session.get_one(Webinar, webinar_id), db.session.get_one(User, person_id)
            )
            return seat.status.value

        return run

    assert at_once(app, *[attempt(one) for one in ids]) == ["registered", *["waitlisted"] * 3]


def test_two_give_up_their_seats_at_one_moment_and_two_move_up(app, make, webinar):
    people, coming = [make.user() for _ in range(5)], webinar(capacity=2)
    taken = [services.register(coming, person).id for person in people]

    def attempt(seat_id: int):
        def run() -> None:
            from webinars.registrations.models import WebinarRegistration

            services.cancel(db.session.get_one(WebinarRegistration, seat_id), actor=None)

        return run

    assert at_once(app, attempt(taken[0]), attempt(taken[1])) == ["done", "done"]
    assert [status for _who, status in standing(coming)] == [
        RegistrationStatus.CANCELLED, RegistrationStatus.CANCELLED, RegistrationStatus.REGISTERED,
        RegistrationStatus.REGISTERED, RegistrationStatus.WAITLISTED,
    ]  # fmt: skip


def test_the_history_of_the_webinar_tells_of_seats_without_names(make, webinar):
    person, coming = make.user("Anna Nowak"), webinar(capacity=1)
    services.cancel(services.register(coming, person), actor=person)

    told = audit.story_of(coming)

    assert [event.event for event, _personal in told] == ["webinar_seat.cancelled", "webinar_seat.registered"]
    assert "Nowak" not in str([(event.data, personal) for event, personal in told])


def test_no_seat_is_given_once_it_has_begun(make, webinar, clock):
    people, coming = [make.user() for _ in range(2)], webinar(capacity=1)
    for person in people:
        services.register(coming, person)
    clock.move_to(coming.starts_at)
    coming.capacity = 5

    assert seats.capacity_changed(coming) == 0
