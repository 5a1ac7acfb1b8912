"""Webinars that partnerships have taken part in, as their seventh task counts them."""

from collections.abc import Sequence

from partnerships.models import Partnership
from tasks.queries import tasks_of


def attended(partnerships: Sequence[Partnership]) -> list[int]:
    found = tasks_of([one.id for one in partnerships])
    return [found[one.id].numbers["webinars_attended"] for one in partnerships]
