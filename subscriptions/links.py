"""Secrets in mails about news: one confirms an address, the other opens what an address gets.

The second stands in every mail and works as long as there is something to stop. It is made from a random key of the
subscriber with the secret of the installation, so it is the same in each mail, and a copy of the database alone opens
nothing.
"""

import hmac
import secrets
from base64 import urlsafe_b64encode
from datetime import timedelta
from hashlib import sha256

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from core import clock, mail
from core.database import db
from subscriptions.models import Subscriber, SubscriptionRequest

CONFIRM_WITHIN = timedelta(hours=48)
PURPOSE = "subscriptions.own"


def new_secret() -> str:
    return secrets.token_urlsafe(32)


def hashed(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


def give_key(subscriber: Subscriber) -> None:
    subscriber.key = secrets.token_hex(32)
    subscriber.token_hash = hashed(token_of(subscriber))


def token_of(subscriber: Subscriber) -> str:
    secret = current_app.config["SECRET_KEY"].encode()
    digest = hmac.new(secret, f"{PURPOSE}\0{subscriber.key}".encode(), sha256).digest()
    return urlsafe_b64encode(digest).decode().rstrip("=")


def subscriber_by_token(token: str) -> Subscriber | None:
    return db.session.scalar(
        select(Subscriber)
        .where(Subscriber.token_hash == hashed(token))
        .options(selectinload(Subscriber.subscriptions), joinedload(Subscriber.user))
    )


def request_by_token(token: str) -> SubscriptionRequest | None:
    """Used or expired ones too, so that a page can say so."""
    return db.session.scalar(
        select(SubscriptionRequest).where(SubscriptionRequest.token_hash == hashed(token))
    )


def is_open(asked: SubscriptionRequest) -> bool:
    return asked.used_at is None and asked.valid_until > clock.now()


def own_page(subscriber: Subscriber) -> str:
    """Where topics are changed: for the foot of a mail."""
    return mail.link_to("public.own_news", lang=subscriber.mail_language, token=token_of(subscriber))


def stop_page(subscriber: Subscriber) -> str:
    """What a mail program's own button asks for (RFC 8058)."""
    return mail.link_to("public.stop_news", lang=subscriber.mail_language, token=token_of(subscriber))
