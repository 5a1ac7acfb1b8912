"""Requests for advice that a new leader finds still open. They belong to the partnership, so they move by themselves."""

from functools import partial

from accounts.models import User
from animators.advice.models import AdviceRequest
from animators.advice.queries import requests_of
from core.formatting import day
from core.i18n import LazyString, _
from partnerships.handovers.open_work import OpenWork
from partnerships.models import Partnership
from partnerships.words import listed


def open_requests(partnership: Partnership, former: User | None) -> list[OpenWork]:
    return [OpenWork(LazyString(partial(_said, one))) for one in requests_of(partnership) if one.is_open]


def _said(request: AdviceRequest) -> str:
    return _(
        "Request for advice of %(day)s on %(topic)s: it waits for an answer",
        day=day(request.created_at),
        topic=listed(request.topic, "advice_topic"),
    )
