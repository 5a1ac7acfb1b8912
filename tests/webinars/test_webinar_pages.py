"""Pages of webinars for people who are signed in: what they see, what the office does, and who gets the link to join."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from core.database import db
from core.help_links import HelpLink, help_for
from core.i18n import in_language
from core.uploads import SentFile
from tests.support.documents import pdf
from tests.visit import Page, Upload
from tests.webinars.conftest import LINK, STARTS, content
from webinars import services
from webinars.models import Attendance, AttendanceSource, Webinar, WebinarStatus
from webinars.queries import next_to_come
from webinars.registrations.models import AudienceGroup, RegistrationStatus, WebinarRegistration
from webinars.services import SeriesContent


def seat(webinar: Webinar, person, status=RegistrationStatus.REGISTERED, **values) -> WebinarRegistration:
    kept = WebinarRegistration(
        **{
            "webinar": webinar, "user": person, "language": "en", "group": AudienceGroup.PARTICIPANT, "status": status,
            "asked_at": datetime(2026, 4, 15, 8, 0, tzinfo=UTC), **values,
        }
    )  # fmt: skip
    db.session.add(kept)
    db.session.commit()
    return kept


def lines(page: Page, under: str) -> list[str]:
    found = page.tree.xpath(f"//section[h2='{under}']//li")
    return [" ".join(line.text_content().split()) for line in found]


def test_everybody_signed_in_sees_what_is_coming_with_their_own_seats_marked(visit, make, draft, announced):
    person = make.user()
    draft("A draft")
    mine, _other = announced("Mine"), announced("Other", starts_at=STARTS + timedelta(days=1))
    seat(mine, person)

    page = visit(as_=person).open("/webinars")

    assert lines(page, "Coming up") == [
        "Mine Registered Wednesday, 6 May 2026, 10:00–11:30 · Online",
        "Other Thursday, 7 May 2026, 10:00–11:30 · Online",
    ]
    assert "A draft" not in page.text
    assert not page.tree.xpath("//main//*[@data-variant='primary']")


def test_the_office_finds_its_drafts_first_and_announces_them(visit, draft, office):
    webinar = draft("Soon", starts_at=datetime(2026, 4, 18, 8, 0, tzinfo=UTC))
    visitor = visit(as_=office)

    page = visitor.open("/webinars")
    assert lines(page, "To be announced") == ["Soon Draft Saturday, 18 Apr 2026, 10:00–11:30 · Online"]
    page = page.follow("Soon").follow("Announce")
    refused = page.submit("Announce", expect=422)
    page = refused.submit("Announce", short_notice_reason="The law changes")

    assert "Webinars are announced at least 7 days ahead. Say why this one is not" in refused.text
    assert "The webinar is announced" in page.text
    assert (webinar.status, webinar.notice_days) == (WebinarStatus.ANNOUNCED, 3)


def test_the_office_writes_a_webinar_and_changes_it(visit, office, clock, app):
    visitor = visit(as_=office)
    page = visitor.open("/webinars/new")
    refused = page.submit("Save", title="", minutes=0, expect=422)

    page = refused.submit(
        "Save",
        title="Hasła",
        day=date(2026, 5, 6),
        time="10:00",
        minutes=60,
        join_link=LINK,
        explains=["plan.needs"],
    )
    changed = page.follow("Edit").submit("Save", abstract="O hasłach.", form="on_site", place="Rynek 1")

    assert "Fill in this field" in refused.text
    webinar = db.session.query(Webinar).one()
    assert (webinar.starts_at, webinar.explains) == (STARTS, ["plan.needs"])
    assert (webinar.place, webinar.abstract) == ("Rynek 1", "O hasłach.")
    assert "The webinar is saved." in changed.text


def test_the_form_offers_the_sheets_of_a_plan_by_their_titles(visit, office, clock):
    page = visit(as_=office).open("/webinars/new")

    offered = {
        box.get("value"): page.tree.xpath(f"string(//label[@for='{box.get('id')}'])").strip()
        for box in page.tree.xpath("//input[@name='explains']")
    }

    assert {"plan.needs": "Needs", "plan.groups": "Target groups"}.items() <= offered.items()


def test_the_time_of_an_announced_webinar_is_no_field(visit, office, announced):
    page = visit(as_=office).open(f"/webinars/{announced().id}/edit")

    assert not page.tree.xpath("//input[@name='day' or @name='time']")
    assert "Another time is set by moving it." in page.text


@pytest.mark.parametrize("status", list(RegistrationStatus))
def test_the_link_to_join_is_for_who_has_a_seat_and_the_office(visit, make, announced, status, office):
    person, other = make.user(), make.user()
    webinar = announced()
    seat(webinar, person, status)

    shown = {
        name: LINK in visit(as_=who).open(f"/webinars/{webinar.id}").html
        for name, who in {"person": person, "other": other, "office": office}.items()
    }

    has_seat = status in (RegistrationStatus.REGISTERED, RegistrationStatus.MUST_RECONFIRM)
    assert shown == {"person": has_seat, "other": False, "office": True}


def test_a_draft_is_to_others_like_one_that_is_not_there(visit, make, draft):
    visitor = visit(as_=make.user())

    answers = [visitor.open(f"/webinars/{key}", expect=404).text for key in (draft().id, 987_654)]

    assert re.sub(r"404-\w+", "", answers[0]) == re.sub(r"404-\w+", "", answers[1])


def test_past_webinars_are_found_by_words(visit, make, announced):
    for title in ("Hasła", "Pieniądze"):
        webinar = announced(title, abstract="O tym.", presenters="")
        webinar.starts_at, webinar.status = datetime(2026, 4, 1, 8, 0, tzinfo=UTC), WebinarStatus.HELD
    db.session.commit()
    visitor = visit(as_=make.user())

    page, found = visitor.open("/webinars/past"), visitor.open("/webinars/past", q="hasla")

    assert [len(one.tree.xpath("//ul[@class='rows']/li")) for one in (page, found)] == [2, 1]


def test_three_webinars_ask_no_more_questions_than_one(visit, make, announced, office, count_queries):
    person = make.user()
    addresses = ("/webinars", "/webinars/past", "/webinars/figures", "/webinars/series")
    visitor = visit(as_=office)

    def more() -> None:
        series = services.make_series(
            SeriesContent(f"Series {db.session.query(Webinar).count()}"), actor=office
        )
        seat(announced(series_id=series.id), person)
        held = announced(series_id=series.id)
        held.starts_at, held.status = datetime(2026, 4, 1, 8, 0, tzinfo=UTC), WebinarStatus.HELD
        db.session.commit()

    def counts() -> list[int]:
        found = []
        for address in addresses:
            visitor.open(address)
            with count_queries() as queries:
                visitor.open(address)
            found.append(queries.count)
        return found

    more()
    one = counts()
    more()
    more()

    assert counts() == one
    assert max(one) <= 10


# --- Figures ----------------------------------------------------------------------------------------------


def test_figures_show_notice_reasons_seats_and_who_came(visit, make, announced, office):
    late = announced("Late", reason="The law changes", starts_at=datetime(2026, 4, 18, 8, 0, tzinfo=UTC))
    announced("In time")
    announced("Kongres", is_outside=True, outside_link="https://congress.example/")
    seat(late, make.user())
    seat(late, make.user(), group=AudienceGroup.OTHER)
    seat(late, make.user(), RegistrationStatus.WAITLISTED)
    place = make.municipality()
    twice = make.user()
    for values in (
        {"municipality": place, "people_count": 3},
        {"municipality": place, "user": twice},
        {"municipality": make.municipality(), "user": twice},
        {"people_count": 2},
    ):
        db.session.add(Attendance(webinar=late, source=AttendanceSource.MANUAL, **values))
    db.session.commit()

    page = visit(as_=office).open("/webinars/figures")
    empty = visit(as_=office).open("/webinars/figures", first="2026-06-01", last="2026-06-30")

    assert page.tables[0][1:] == [
        ["Late Announced late: The law changes", "18 Apr 2026", "Announced", "3", "2", "1", "6", "4"],
        ["In time", "6 May 2026", "Announced", "21", "0", "0", "–", "–"],
    ]
    assert "No webinar in this time" in empty.text


# --- Series and materials ---------------------------------------------------------------------------------


def test_the_office_makes_a_series_orders_and_ends_it(visit, office, announced):
    visitor = visit(as_=office)
    page = visitor.open("/webinars/series/new").submit("Save the series", name="Mocni", min_minutes=30)
    series_id = int(page.url.rpartition("/")[2])
    first, second = (announced(title, series_id=series_id) for title in ("First", "Second"))

    page = visitor.open(f"/webinars/series/{series_id}").submit(
        "Save the series", introduction_id=str(second.id)
    )
    page = page.submit("Later: First")
    refused = page.submit("End the series")

    assert [heading.text_content() for heading in page.tree.xpath("//ol//h3")] == ["1. Second", "2. First"]
    assert "to begin with" in page.text
    assert "A webinar of this series is still to come" in refused.text
    assert first.series.ended_at is None


def test_material_is_added_taken_along_and_removed(visit, office, announced, app):
    webinar = announced()
    visitor = visit(as_=office)
    page = visitor.open(f"/webinars/{webinar.id}/materials")

    page = page.submit("Add material", title="Slides", file=Upload(pdf(), "slajdy.pdf", "application/pdf"))
    answer = visit().open(page.links["Slides"])
    page = page.submit("Remove")

    assert answer.data == pdf()
    assert answer.response.headers["Content-Disposition"] == "attachment; filename=slajdy.pdf"
    assert answer.response.headers["X-Content-Type-Options"] == "nosniff"
    assert webinar.materials == []


def test_material_of_a_draft_is_the_offices(visit, office, draft, make):
    webinar = draft()
    material = services.add_material(webinar, title="Slides", file=SentFile("a.pdf", pdf()), actor=office)
    db.session.commit()

    visit().open(f"/webinars/materials/{material.id}", expect=404)
    visit(as_=make.user()).open(f"/webinars/materials/{material.id}", expect=404)
    assert visit(as_=office).open(f"/webinars/materials/{material.id}").data == pdf()


# --- Calendar, help, what comes next ----------------------------------------------------------------------


def test_ones_own_webinar_stands_in_the_calendar_as_such(visit, make, announced):
    person = make.user()
    mine = announced("Mine")
    announced("Other", is_outside=True, outside_link="https://congress.example/")
    seat(mine, person)

    page = visit(as_=person).open("/calendar", month="2026-05")

    texts = [" ".join(line.text_content().split()) for line in page.tree.xpath("//td//li")]
    assert sorted(texts) == ["10:00 Event of others Other Online", "10:00 Your webinar Mine Online"]
    assert f"/webinars/{mine.id}" in page.links.values()


def test_a_webinar_to_come_answers_the_topics_it_explains(app, draft, announced, clock, office):
    later = announced("Later", explains=("plan.needs",), starts_at=STARTS + timedelta(days=3))
    first = announced("First", explains=("plan.needs", "plan.groups"))
    draft("A draft", explains=("plan.needs",))

    with app.test_request_context(), in_language("en"):
        found = help_for("plan.needs")
        none = help_for("plan.risks")
    clock.move_to(STARTS)
    with app.test_request_context(), in_language("en"):
        after = help_for("plan.needs")

    assert list(found) == [
        HelpLink("First", f"/webinars/{first.id}", "Webinar on 6 May 2026"),
        HelpLink("Later", f"/webinars/{later.id}", "Webinar on 9 May 2026"),
    ]
    assert (list(none), [one.title for one in after]) == ([], ["Later"])


def test_the_next_one_that_counts_is_known(announced):
    announced("Kongres", is_outside=True, outside_link="https://congress.example/")
    own = announced("Own", starts_at=STARTS + timedelta(days=1))

    assert next_to_come() is own


def test_a_topic_nobody_asks_for_is_not_kept(draft, office):
    webinar = draft(explains=("plan.needs", "plan.nonsense"))

    services.change_webinar(webinar, content(explains=("plan.groups", "nonsense")), actor=office)

    assert webinar.explains == ["plan.groups"]
