"""Two people work on the same webinar at the same moment: it is announced once, as one of them meant it. On both databases."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import delete, func, select

from accounts.models import User
from core.audit import AuditEvent
from core.database import db
from core.workflow import NotNow
from subscriptions import jobs, services
from subscriptions.models import Frequency
from subscriptions.wanted import Wanted
from tests.support.at_once import at_once
from tests.webinars.conftest import STARTS, content
from webinars import services as webinars
from webinars.models import Webinar, WebinarStatus

PEOPLE = 6
LATER = datetime(2026, 5, 13, 8, 0, tzinfo=UTC)


def announcing(webinar_id: int, actor_id: int):
    def attempt() -> None:
        webinars.announce(found(webinar_id), actor=db.session.get_one(User, actor_id))

    return attempt


def found(webinar_id: int) -> Webinar:
    """As a page finds it: one that is gone is "not there any more"."""
    webinar = db.session.get(Webinar, webinar_id)
    if webinar is None:
        raise NotNow
    return webinar


def happened(event: str) -> int:
    return db.session.scalar(select(func.count()).where(AuditEvent.event == event)) or 0


def test_of_many_who_announce_at_once_one_does_and_the_others_hear_so(app, draft, office):
    webinar_id, actor_id = draft().id, office.id

    outcomes = at_once(app, *[announcing(webinar_id, actor_id)] * PEOPLE)

    assert outcomes == ["NotNow"] * (PEOPLE - 1) + ["done"]
    webinar = db.session.get_one(Webinar, webinar_id)
    assert (webinar.status, webinar.notice_days, happened("webinar.announced")) == (
        WebinarStatus.ANNOUNCED, 21, 1,
    )  # fmt: skip


def test_whoever_asked_for_news_of_webinars_is_told_once(app, draft, office, make, outbox, clock):
    services.choose(make.user(email="reader@example.org"), [Wanted("webinars")], Frequency.AT_ONCE)
    webinar_id, actor_id = draft().id, office.id
    clock.tick(seconds=1)

    at_once(app, *[announcing(webinar_id, actor_id)] * PEOPLE)
    clock.tick(minutes=3)

    assert [jobs.tell_at_once() for _turn in range(2)] == ["1 mails", "0 mails"]
    assert [one.subject for one in outbox() if one.template == "subscriptions/mail/news"] == [
        "New webinar: Bezpieczne hasła"
    ]


def test_what_is_announced_is_never_half_of_what_somebody_else_writes_at_that_moment(app, draft, office):
    """Either the new time was written before, or it is refused, as the time that everybody knows is moved on a page of its own."""
    webinar_id, actor_id = draft().id, office.id

    def change() -> str:
        webinar = db.session.get_one(Webinar, webinar_id)
        webinars.change_webinar(
            webinar, content("Inny", starts_at=LATER), actor=db.session.get_one(User, actor_id)
        )
        return "changed"

    outcomes = at_once(app, announcing(webinar_id, actor_id), change)

    webinar = db.session.get_one(Webinar, webinar_id)
    seen = (outcomes, webinar.title, webinar.starts_at, webinar.notice_days, webinar.status)
    assert seen in (
        (["changed", "done"], "Inny", LATER, 28, WebinarStatus.ANNOUNCED),
        (["TimeIsAnnounced", "done"], "Bezpieczne hasła", STARTS, 21, WebinarStatus.ANNOUNCED),
    )


def test_a_draft_discarded_at_the_moment_it_is_announced_is_one_or_the_other(app, draft, office):
    webinar_id, actor_id = draft().id, office.id

    def discard() -> str:
        webinars.discard_draft(found(webinar_id), actor=db.session.get_one(User, actor_id))
        return "discarded"

    outcomes = at_once(app, announcing(webinar_id, actor_id), discard)

    webinar = db.session.get(Webinar, webinar_id)
    assert (outcomes, webinar.status if webinar else None) in (
        (["OnlyDrafts", "done"], WebinarStatus.ANNOUNCED),
        (["NotNow", "discarded"], None),
    )


def test_a_draft_that_was_discarded_since_the_page_was_opened_is_refused_and_no_fault(app, draft, office):
    webinar = draft()
    db.session.execute(delete(Webinar).where(Webinar.id == webinar.id))

    with pytest.raises(NotNow):
        webinars.announce(webinar, actor=office)
