"""Who registered, for the office: counts, names, what people need as tasks, and a file of it."""

from datetime import UTC, datetime
from io import BytesIO

from openpyxl import load_workbook
from sqlalchemy import select

from core import audit
from core.audit import AuditEvent
from core.database import db
from tests.webinars.registrations.conftest import guest_seat
from webinars.registrations import services
from webinars.registrations.models import AudienceGroup, RegistrationStatus, WebinarRegistration

PARTICIPANT = AudienceGroup.PARTICIPANT


def test_the_office_sees_counts_by_group_and_status_and_names_below(make, visit, webinar):
    office, coming = make.office(), webinar(capacity=20)
    guest_seat(coming, "ewa@example.org", group=PARTICIPANT, municipality=make.municipality("Zielonki"))
    guest_seat(coming, "jan@example.org", status=RegistrationStatus.WAITLISTED)
    guest_seat(coming, "iza@example.org", status=RegistrationStatus.CANCELLED)

    page = visit(as_=office).open(f"/office/webinars/{coming.id}/registrations")

    counts, people = page.tables
    assert counts == [
        [
            "Group",
            "To be confirmed",
            "Registered",
            "Must confirm the new time",
            "On the waiting list",
            "Cancelled",
        ],
        ["From a partnership", "0", "1", "0", "0", "0"],
        ["From elsewhere", "0", "0", "0", "1", "1"],
    ]
    assert [row[:4] for row in people[1:]] == [
        ["Ewa ewa@example.org", "Zielonki", "From a partnership", "Registered"],
        ["Jan jan@example.org", "–", "From elsewhere", "On the waiting list"],
        ["Iza iza@example.org", "–", "From elsewhere", "Cancelled"],
    ]


def test_what_people_need_is_a_task_that_somebody_ticks(make, visit, webinar):
    office, coming = make.office("Ola Biuro"), webinar()
    for name in ("ewa", "jan"):
        guest_seat(coming, f"{name}@example.org", access_needs=["sign_language"])
    guest_seat(coming, "iza@example.org", access_needs=["other"], access_note="A seat by the door")
    guest_seat(coming, "gone@example.org", access_needs=["large_print"], status=RegistrationStatus.CANCELLED)

    page = visit(as_=office).open(f"/office/webinars/{coming.id}/registrations")
    assert "Sign-language interpreter: 2 people To do See to it by 3 May 2026." in page.text
    assert "A seat by the door" in page.text
    assert "Large print" not in page.text
    form = next(one for one in page.forms() if one.action.endswith("/access/sign_language"))
    form.press("Done")
    page = page.visitor.send(form, expect=303)

    assert "Done Seen to by Ola Biuro on 15 Apr 2026." in page.text
    page = page.submit("Not done after all")
    assert "Seen to by" not in page.text
    assert [event.event for event, _personal in audit.story_of(coming)] == [
        "webinar_seat.need_open", "webinar_seat.need_met",
    ]  # fmt: skip


def test_the_file_holds_names_and_of_needs_counts_alone_and_is_remembered(make, visit, webinar):
    office, coming = make.office(), webinar()
    guest_seat(
        coming, "ewa@example.org", name="=Ewa", access_needs=["other"], access_note="A seat by the door"
    )

    page = visit(as_=office).open(f"/office/webinars/{coming.id}/registrations.xlsx")

    book = load_workbook(BytesIO(page.data))
    people, needs = [[list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets]
    assert people[1][:5] == ["=Ewa", "ewa@example.org", None, "From elsewhere", "Registered"]
    assert book.worksheets[0]["A2"].data_type == "s"
    assert needs[1] == ["Something else", 1]
    assert "door" not in str(people + needs)
    found = db.session.scalars(select(AuditEvent).where(AuditEvent.event == "webinar_seat.exported")).one()
    assert (found.actor_id, found.data) == (office.id, {"rows": 1})


def test_somebody_who_called_is_entered_by_hand_and_gets_the_usual_mail(make, visit, webinar, outbox):
    office, coming = make.office(), webinar()

    page = visit(as_=office).open(f"/office/webinars/{coming.id}/registrations/add")
    page = page.submit("Add", name="Ewa Lis", email="ewa@example.org", needs=["live_captions"])

    assert "Ewa Lis" in page.text
    [mail] = outbox()
    assert (mail.to_address, mail.subject) == ("ewa@example.org", "You are registered: Granty na sprzęt")
    [(event, personal)] = audit.story_of(coming)
    assert "Ewa" not in str(event.data)
    assert personal == {"name": "Ewa Lis", "email": "ewa@example.org"}
    again = visit(as_=office).open(f"/office/webinars/{coming.id}/registrations/add")
    again = again.submit("Add", name="Ewa Lis", email="EWA@example.org", expect=422)
    assert "Somebody with this address is on the list already." in again.text


def test_whoever_has_a_closed_account_is_entered_as_a_guest_and_gets_the_mail_too(make, webinar, outbox):
    former, coming = make.user("Ewa Lis", email="ewa@example.org"), webinar()
    former.is_active = False

    seat = services.add_by_hand(coming, services.Guest("Ewa Lis", "ewa@example.org"), actor=make.office())

    assert (seat.user_id, seat.email) == (None, "ewa@example.org")
    assert [mail.subject for mail in outbox()] == ["You are registered: Granty na sprzęt"]


def test_the_office_cancels_for_somebody_who_called(make, visit, webinar, outbox):
    office, coming = make.office(), webinar()
    guest_seat(coming, "ewa@example.org")

    visit(as_=office).open(f"/office/webinars/{coming.id}/registrations").submit("Cancel")

    db.session.expire_all()
    assert db.session.scalars(select(WebinarRegistration.status)).all() == [RegistrationStatus.CANCELLED]
    assert [mail.to_address for mail in outbox()] == ["ewa@example.org"]


def test_others_do_not_see_the_list(make, visit, webinar):
    coming = webinar()
    for person in (make.user(), make.animator(), make.admin()):
        visit(as_=person).open(f"/office/webinars/{coming.id}/registrations", expect=403)


def test_a_long_list_comes_in_pages_with_a_fixed_number_of_questions(make, visit, webinar, count_queries):
    office, coming = make.office(), webinar()
    visitor = visit(as_=office)
    place = make.municipality()

    def look() -> int:
        visitor.open(f"/office/webinars/{coming.id}/registrations")
        with count_queries() as queries:
            visitor.open(f"/office/webinars/{coming.id}/registrations")
        return int(queries.count)

    guest_seat(coming, "first@example.org", municipality=place, access_needs=["large_print"])
    few = look()
    for number in range(60):
        guest_seat(
            coming, f"g{number}@example.org", municipality=place, user=make.user() if number % 2 else None
        )

    assert look() == few
    page = visitor.open(f"/office/webinars/{coming.id}/registrations")
    assert "1–50 of 61" in page.text


def test_after_the_webinar_nothing_is_left_to_change(make, visit, webinar, clock):
    office, coming = make.office(), webinar()
    guest_seat(coming, "ewa@example.org")
    clock.move_to(datetime(2026, 5, 7, 8, 0, tzinfo=UTC))

    page = visit(as_=office).open(f"/office/webinars/{coming.id}/registrations")

    assert [button for button in page.buttons if button in ("Cancel", "Add")] == []
