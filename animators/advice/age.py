"""How long a request has been waiting, in the days people count."""

from collections.abc import Sequence
from dataclasses import dataclass

from animators.advice.models import AdviceRequest
from core import clock


@dataclass(frozen=True)
class Waiting:
    request: AdviceRequest
    days: int


def with_age(requests: Sequence[AdviceRequest]) -> list[Waiting]:
    today = clock.today()
    return [Waiting(one, (today - clock.local(one.created_at).date()).days) for one in requests]
