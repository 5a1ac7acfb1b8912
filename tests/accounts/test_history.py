"""Timelines: who did what, with names, in one query."""

from datetime import UTC, datetime

from accounts import services
from accounts.events import AccountEvent
from accounts.history import HistoryLine, story
from accounts.roles import Role
from core import audit
from core.database import db


def test_a_timeline_tells_who_when_what_and_why_newest_first(make, clock):
    clock.move_to(datetime(2026, 4, 15, 10, 0, tzinfo=UTC))
    ewa, office = make.user("Ewa Nowak"), make.office("Olga Biuro")
    services.grant_role(ewa, Role.ANIMATOR, actor=office)
    clock.tick(hours=1)
    audit.record(AccountEvent.DEACTIVATED, ewa, actor=office, personal={"reason": "on her own wish"})
    clock.tick(hours=1)
    audit.record(AccountEvent.ACTIVATED, ewa, actor=None, on_behalf_of=office)
    db.session.commit()

    lines = story(ewa)

    assert lines == [
        HistoryLine(
            datetime(2026, 4, 15, 12, 0, tzinfo=UTC), None, "Account activated again", None, "Olga Biuro"
        ),
        HistoryLine(
            datetime(2026, 4, 15, 11, 0, tzinfo=UTC), "Olga Biuro", "Account deactivated", "on her own wish"
        ),
        HistoryLine(datetime(2026, 4, 15, 10, 0, tzinfo=UTC), "Olga Biuro", "Received a role", "Animator"),
    ]
    assert (lines[0].at_text, lines[0].at_iso) == ("15 Apr 2026, 14:00", "2026-04-15T14:00:00+02:00")


def test_a_timeline_is_one_query_however_long(make, count_queries):
    ewa, office = make.user(), make.office()
    for _ in range(5):
        audit.record(AccountEvent.SIGNED_OUT_EVERYWHERE, ewa, actor=make.user())
        audit.record(AccountEvent.SIGNED_OUT_EVERYWHERE, ewa, actor=office)
    db.session.commit()
    assert ewa.id

    with count_queries() as queries:
        lines = story(ewa)

    assert (len(lines), queries.count) == (10, 1)


def test_a_timeline_holds_no_other_story(make):
    ewa, jan = make.user(), make.user()
    audit.record(AccountEvent.INVITED, jan, actor=None)
    db.session.commit()

    assert story(ewa) == []


def test_an_event_of_a_package_that_is_no_more_keeps_its_name(make):
    assert audit.event_label("gone.happened") == "gone.happened"
    assert str(audit.event_label("account.invited")) == "Invited"
