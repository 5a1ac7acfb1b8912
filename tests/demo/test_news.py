"""News of a demonstration that was just loaded: on its pages under every topic, and no flood of old mails once jobs run."""

from sqlalchemy import select

from core import clock
from core.database import db
from subscriptions.models import DigestIssue, DigestItem, Frequency, IssueStatus, Subscriber
from subscriptions.news import news
from subscriptions.office_news.models import OfficeNews, OfficeNewsStatus
from subscriptions.own_news import own_news
from subscriptions.topics import topics


def test_the_office_tells_something_under_every_topic_and_people_asked_for_each(demo):
    told = {
        one.topic
        for one in db.session.scalars(select(OfficeNews))
        if one.status is OfficeNewsStatus.PUBLISHED
    }
    wanted = {one.topic for reader in db.session.scalars(select(Subscriber)) for one in reader.wanted}

    assert told == wanted == {one.code for one in topics()}
    drafts = select(OfficeNews).where(OfficeNews.status == OfficeNewsStatus.DRAFT)
    assert len(db.session.scalars(drafts).all()) == 1


def test_the_digest_that_waits_for_the_office_and_those_before_hold_its_news(demo):
    keys = db.session.execute(
        select(DigestIssue.status, DigestItem.key)
        .join(DigestItem.issue)
        .where(DigestItem.key.like("office-news:%"))
    ).all()

    assert {status for status, _key in keys} <= {IssueStatus.DRAFT, IssueStatus.RELEASED}
    assert keys


def test_nobody_gets_news_from_before_the_demonstration_began(demo):
    """Once jobs run: whoever has them at once or daily has been told of all there is."""
    readers = db.session.scalars(select(Subscriber).where(Subscriber.frequency != Frequency.WEEKLY)).all()

    assert {one.frequency for one in readers} == {Frequency.AT_ONCE, Frequency.DAILY}
    assert list(news(min(one.told_until for one in readers), clock.now(), also=own_news)) == []
