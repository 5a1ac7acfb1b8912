"""Offers are looked through, published, checked again, and go out of date."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from core.audit import AuditEvent, AuditPersonal, story_of
from core.database import db
from core.months import months_before
from core.web_addresses import NotPublic
from core.workflow import NotNow
from knowledge import jobs, services
from knowledge.errors import NoCategory, NotInList, OfferNamesPeople, WasDeclined
from knowledge.models import CatalogueItem, OfferState, PriceKind
from knowledge.queries import shown_links, to_check
from knowledge.workflow import OFFER, OfferAction
from programme.queries import the_programme
from tests.knowledge.conftest import URL, content

pytestmark = pytest.mark.usefixtures("app", "clock")
CONTACT = "biuro@kursy.example"


def suggested(**values) -> CatalogueItem:
    item = services.suggest(content(**values), contact_email=CONTACT, actor=None)
    db.session.commit()
    return item


# --- Where an offer stands ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "leads"),
    [
        (OfferState.DRAFT, {OfferAction.MODERATE: OfferState.MODERATED, OfferAction.DECLINE: OfferState.DECLINED}),
        (OfferState.MODERATED, {OfferAction.PUBLISH: OfferState.PUBLISHED, OfferAction.DECLINE: OfferState.DECLINED}),
        (OfferState.PUBLISHED, {OfferAction.CONFIRM: OfferState.PUBLISHED, OfferAction.OUTDATE: OfferState.OUTDATED}),
        (OfferState.OUTDATED, {OfferAction.CONFIRM: OfferState.PUBLISHED}),
        (OfferState.DECLINED, {}),
    ],
)  # fmt: skip
def test_from_each_state_an_offer_goes_only_where_the_table_says(state, leads):
    found = {action: OFFER.after(action, state) for action in OfferAction if OFFER.allows(action, state)}

    assert found == leads


def test_nothing_is_published_that_nobody_looked_through(office):
    item = suggested()

    with pytest.raises(NotNow):
        services.publish(item, actor=office)
    assert (item.state, item.checked_on) == (OfferState.DRAFT, None)


def test_publishing_notes_the_day_of_the_check_and_is_news_once(office, clock):
    item = services.write(content(), actor=office)
    services.moderate(item, actor=office)
    services.publish(item, actor=office)
    first = item.published_at
    clock.tick(days=400)
    services.outdate(item, actor=office)
    services.confirm(item, actor=office)

    assert (item.state, item.published_at, item.checked_on) == (
        OfferState.PUBLISHED,
        first,
        date(2027, 5, 20),
    )


def test_every_step_is_told_with_what_was_and_what_is(office, published):
    item = published()
    services.change(item, content(price_kind=PriceKind.PAID), actor=office)
    services.outdate(item, actor=office)
    db.session.commit()

    assert [(event.event, event.actor_id, event.data) for event, _words in story_of(item)][:3] == [
        (
            "offer.outdated", office.id,
            {
                "before": {"state": "published", "checked_on": "2026-04-15"},
                "after": {"state": "outdated", "checked_on": "2026-04-15"},
                "note": "Telefon bez obaw",
            },
        ),
        ("offer.changed", office.id, {"before": {"price_kind": "free"}, "after": {"price_kind": "paid"}}),
        (
            "offer.published", office.id,
            {
                "before": {"state": "moderated", "checked_on": None},
                "after": {"state": "published", "checked_on": "2026-04-15"},
                "note": "Telefon bez obaw",
            },
        ),
    ]  # fmt: skip


def test_what_was_not_taken_does_not_change_any_more(office):
    item = suggested()
    services.decline(item, actor=office)

    with pytest.raises(WasDeclined):
        services.change(item, content("Inaczej"), actor=office)


# --- What an offer must say --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url", ["", "kursy.example", "javascript:alert(1)", "http://127.0.0.1/", "https://intranet/a"]
)
def test_it_leads_only_to_where_everybody_can_go(office, url):
    with pytest.raises(NotPublic) as refused:
        services.write(content(url=url), actor=office)
    assert refused.value.field == "url"
    if url:
        with pytest.raises(NotPublic) as refused:
            services.write(content(provider_website=url), actor=office)
        assert refused.value.field == "provider_website"


def test_it_names_an_area_and_only_areas_of_the_programme(office):
    with pytest.raises(NoCategory):
        services.write(content(digcomp_areas=[], life_areas=[]), actor=office)
    with pytest.raises(NotInList) as refused:
        services.write(content(life_areas=["gardening"]), actor=office)
    assert refused.value.field == "life_areas"


def test_links_of_published_offers_are_looked_at_and_no_others(office, published):
    suggested(url="https://kursy.example/projekt")
    published(provider_website="https://kursy.example/")

    assert shown_links() == ["https://kursy.example/", URL]


# --- The address of whoever suggested it -------------------------------------------------------------------


@pytest.mark.parametrize("decide", ["publish", "decline"])
def test_the_address_for_questions_is_deleted_when_the_office_has_decided(office, decide):
    item = suggested()
    services.moderate(item, actor=office)
    getattr(services, decide)(item, actor=office)
    db.session.commit()

    db.session.refresh(item)
    assert not item.contact_email
    told = [*db.session.scalars(select(AuditEvent.data)), *db.session.scalars(select(AuditPersonal.data))]
    assert CONTACT not in repr(told)


def test_the_database_keeps_no_address_of_a_decided_offer(published):
    item = published()
    item.contact_email = CONTACT

    with pytest.raises(IntegrityError):
        db.session.flush()


def test_an_undecided_suggestion_loses_its_address_after_90_days(clock):
    item = suggested()
    clock.tick(days=89)
    assert jobs.forget_contacts() == "0 forgotten"
    clock.tick(days=2)

    assert (jobs.forget_contacts(), jobs.forget_contacts()) == ("1 forgotten", "0 forgotten")
    db.session.refresh(item)
    assert (item.contact_email, item.state) == (None, OfferState.DRAFT)


@pytest.mark.parametrize("summary", ["Zapisy: 601 222 333", "Pytania: jan.lis@gmail.com"])
def test_a_suggestion_that_names_somebody_is_refused(summary):
    with pytest.raises(OfferNamesPeople):
        services.suggest(content(summary=summary), contact_email=None, actor=None)


# --- Going out of date -------------------------------------------------------------------------------------


def test_an_offer_goes_out_of_date_after_the_months_of_the_programme(published, clock):
    the_programme().row.settings = {"offer_check_months": 3}
    db.session.commit()
    old = published("Dawna")
    clock.tick(days=60)
    fresh = published("Nowa")
    clock.tick(days=30)
    assert jobs.go_out_of_date() == "0 out of date"
    clock.tick(days=1)

    assert (jobs.go_out_of_date(), jobs.go_out_of_date()) == ("1 out of date", "0 out of date")
    assert (old.state, fresh.state) == (OfferState.OUTDATED, OfferState.PUBLISHED)


def test_the_office_is_reminded_a_month_ahead_and_once_a_month(office, published, outbox, clock):
    published("Dawna")
    clock.tick(days=330)
    assert (to_check(), jobs.remind_office()) == ([], "0 reminded")
    clock.tick(days=10)

    assert (jobs.remind_office(), jobs.remind_office()) == ("1 reminded", "0 reminded")
    mail = outbox()[-1]
    assert (mail.to_address, mail.subject) == (office.email, "One offer of the catalogue is to be checked")
    assert "Dawna (Fundacja Jasny Ekran), checked on 15 Apr 2026" in mail.body


def test_nothing_goes_out_of_date_that_the_office_was_not_reminded_of(office, published, outbox, clock):
    for title, day in (("Styczniowa", 15), ("Lutowa", 32)):
        clock.move_to(datetime(2026, 1, 1, 11, 0, tzinfo=UTC) + timedelta(days=day - 1))
        published(title)
    clock.move_to(datetime(2027, 1, 1, 7, 0, tzinfo=UTC))
    jobs.remind_office()
    clock.move_to(datetime(2027, 2, 1, 4, 0, tzinfo=UTC))

    assert jobs.go_out_of_date() == "2 out of date"
    assert [name in outbox()[-1].body for name in ("Styczniowa", "Lutowa")] == [True, True]


def test_the_office_hears_of_new_suggestions_once(office, outbox):
    suggested()
    suggested(title="Drugi kurs")
    assert (jobs.remind_office(), jobs.remind_office()) == ("1 reminded", "0 reminded")
    assert outbox()[-1].subject == "2 suggested offers wait for the office"
    suggested(title="Trzeci kurs")

    assert jobs.remind_office() == "1 reminded"


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2026, 4, 15), 12, date(2025, 4, 15)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2028, 3, 30), 1, date(2028, 2, 29)),
        (date(2026, 1, 10), 1, date(2025, 12, 10)),
        (date(2026, 12, 31), 12, date(2025, 12, 31)),
    ],
)
def test_months_back_end_where_the_month_ends(day, months, before):
    assert months_before(day, months) == before
