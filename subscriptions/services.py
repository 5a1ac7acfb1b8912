"""Asking for news, saying that the address is one's own, changing what comes, and stopping it."""

from collections.abc import Collection, Iterable
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, func, or_, select, update

from accounts.addresses import sign_in_name
from accounts.models import User
from accounts.queries import person_by_email
from core import audit, clock, mail
from core.database import db
from core.i18n import language
from subscriptions import links
from subscriptions.errors import LinkIsOver, NothingChosen
from subscriptions.events import NewsEvent
from subscriptions.models import Frequency, Subscriber, Subscription, SubscriptionRequest
from subscriptions.queries import subscriber_of_address, subscriber_of_person
from subscriptions.wanted import Wanted

MOST_ASKED = 3
"""Mails that one address gets in a day, whoever fills in the form for it."""
KEPT = timedelta(days=7)
"""Of what nobody confirmed."""


def ask(email: str, wanted: Iterable[Wanted], frequency: Frequency) -> None:
    """The same for every address, known or not: a mail with a link. Nothing else happens before its button."""
    chosen = _checked(wanted)
    email = sign_in_name(email)
    if _asked_lately(email) >= MOST_ASKED:
        return
    secret, now = links.new_secret(), clock.now()
    asked = SubscriptionRequest(
        email=email,
        language=language(),
        frequency=frequency,
        wanted=[[one.topic, one.region] for one in chosen],
        token_hash=links.hashed(secret),
        asked_at=now,
        valid_until=now + links.CONFIRM_WITHIN,
    )
    db.session.add(asked)
    db.session.flush()
    mail.queue(
        asked,
        "subscriptions/mail/confirm",
        dedupe_key=f"news-confirm:{asked.id}:{now.isoformat()}",
        urgent=True,
        link=mail.link_to("public.confirm_news", lang=asked.language, token=secret),
    )


def wanted_in(asked: SubscriptionRequest) -> list[Wanted]:
    return [Wanted(topic, region) for topic, region in asked.wanted]


def confirm(asked: SubscriptionRequest) -> Subscriber:
    """The address has answered. What it gets already stays; the address of an account belongs to the account."""
    taken = db.session.execute(
        update(SubscriptionRequest)
        .where(
            SubscriptionRequest.id == asked.id,
            SubscriptionRequest.used_at.is_(None),
            SubscriptionRequest.valid_until > clock.now(),
        )
        .values(used_at=clock.now())
        .returning(SubscriptionRequest.id)
    ).scalar()
    if taken is None:
        raise LinkIsOver
    person = person_by_email(asked.email)
    person = person if person is not None and person.is_active else None
    former = subscriber_of_address(asked.email)
    known = former.wanted if former else frozenset()
    subscriber = _of_account(person, actor=None) if person else former
    known |= subscriber.wanted if subscriber else frozenset()
    if subscriber is None:
        subscriber = _new(person, asked.email, asked.language)
    subscriber.language = asked.language
    _put(subscriber, known | set(wanted_in(asked)), asked.frequency, actor=None)
    return subscriber


def choose(person: User, wanted: Iterable[Wanted], frequency: Frequency) -> Subscriber | None:
    """On one's own account page. Nothing chosen ends it."""
    chosen = frozenset(wanted)
    subscriber = _of_account(person, actor=person)
    if not chosen:
        if subscriber is not None:
            end(subscriber, actor=person)
        return None
    subscriber = subscriber or _new(person, person.email, person.language)
    _put(subscriber, chosen, frequency, actor=person)
    return subscriber


def change(subscriber: Subscriber, wanted: Iterable[Wanted], frequency: Frequency) -> None:
    """By the link in a mail."""
    _put(subscriber, _checked(wanted), frequency, actor=None)


def end(subscriber: Subscriber, *, actor: User | None) -> None:
    """The address is deleted with it. No mark of it stays: without a new confirmation it gets no news anyway.

    Whoever stops while a job writes to them is heard after it; of two requests the second finds nothing to end.
    """
    if not _is_held(subscriber):
        return
    audit.record(NewsEvent.ENDED, subscriber, actor=actor)
    db.session.delete(subscriber)
    db.session.flush()


def forget_person(user_id: int | None, addresses: Collection[str]) -> int:
    """Somebody is erased: of their account and of every address of theirs nothing comes any more, nor is it asked again."""
    written = {sign_in_name(one) for one in addresses}
    mine = or_(Subscriber.email.in_(written), Subscriber.user_id == (user_id or -1))
    ids = db.session.scalars(select(Subscriber.id).where(mine)).all()
    db.session.execute(delete(Subscription).where(Subscription.subscriber_id.in_(ids)))
    db.session.execute(delete(Subscriber).where(Subscriber.id.in_(ids)))
    db.session.execute(delete(SubscriptionRequest).where(SubscriptionRequest.email.in_(written)))
    return len(ids)


def forget_unconfirmed() -> int:
    """What was asked for a week ago, confirmed or not: whoever confirmed is a subscriber by now."""
    late = SubscriptionRequest.asked_at < clock.now() - KEPT
    gone = db.session.scalars(delete(SubscriptionRequest).where(late).returning(SubscriptionRequest.id)).all()
    return len(gone)


def due_requests() -> int:
    """How many ``forget_unconfirmed`` would delete now."""
    late = SubscriptionRequest.asked_at < clock.now() - KEPT
    return db.session.scalar(select(func.count()).select_from(SubscriptionRequest).where(late)) or 0


def _checked(wanted: Iterable[Wanted]) -> frozenset[Wanted]:
    chosen = frozenset(wanted)
    if not chosen:
        raise NothingChosen
    return chosen


def _is_held(subscriber: Subscriber) -> bool:
    """Until the end of the request, and as it is now; False: somebody else has ended it."""
    if (
        db.session.scalar(select(Subscriber.id).where(Subscriber.id == subscriber.id).with_for_update())
        is None
    ):
        return False
    db.session.refresh(subscriber)
    return True


def _asked_lately(email: str) -> int:
    since = clock.now() - timedelta(days=1)
    found = select(func.count()).where(
        SubscriptionRequest.email == email, SubscriptionRequest.asked_at > since
    )
    return db.session.scalar(found) or 0


def _new(person: User | None, email: str, spoken: str) -> Subscriber:
    now = clock.now()
    subscriber = Subscriber(
        user_id=person.id if person else None,
        email=None if person else email,
        language=spoken,
        frequency=Frequency.WEEKLY,
        confirmed_at=now,
        told_until=now,
        subscriptions=[],
    )
    links.give_key(subscriber)
    db.session.add(subscriber)
    return subscriber


def _of_account(person: User, *, actor: User | None) -> Subscriber | None:
    """What came by the address alone before there was an account is the account's: it comes once, and nothing is missed."""
    former, subscriber = subscriber_of_address(person.email), subscriber_of_person(person)
    if former is None:
        return subscriber
    if subscriber is not None:
        end(former, actor=actor)
        return subscriber
    former.user, former.email = person, None
    db.session.flush()
    return former


def _put(
    subscriber: Subscriber, wanted: frozenset[Wanted], frequency: Frequency, *, actor: User | None
) -> None:
    """Of a topic in the whole country its voivodeships are a part."""
    whole = {one.topic for one in wanted if one.region is None}
    wanted = frozenset(one for one in wanted if one.region is None or one.topic not in whole)
    is_new = subscriber.id is None
    before = {} if is_new else _facts(subscriber)
    kept = [one for one in subscriber.subscriptions if Wanted(one.topic, one.voivodeship_id) in wanted]
    known = {Wanted(one.topic, one.voivodeship_id) for one in kept}
    added = sorted(wanted - known, key=lambda one: (one.topic, one.region or 0))
    subscriber.subscriptions = kept + [
        Subscription(topic=one.topic, voivodeship_id=one.region) for one in added
    ]
    subscriber.frequency = frequency
    db.session.flush()
    after = _facts(subscriber)
    if before != after:
        event = NewsEvent.BEGUN if is_new else NewsEvent.CHANGED
        audit.record(event, subscriber, actor=actor, before=before, after=after)


def _facts(subscriber: Subscriber) -> dict[str, Any]:
    chosen = sorted(
        f"{one.topic}:{one.voivodeship_id}" if one.voivodeship_id else one.topic
        for one in subscriber.subscriptions
    )
    return {"wanted": chosen, "frequency": subscriber.frequency.value}
