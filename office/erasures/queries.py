"""Requests for erasure, the open ones first."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from core.database import db
from office.erasures.models import ErasureRequest, ErasureStatus


def requests() -> Sequence[ErasureRequest]:
    order = (ErasureRequest.status != ErasureStatus.OPEN), ErasureRequest.id.desc()
    return db.session.scalars(
        select(ErasureRequest).options(joinedload(ErasureRequest.user)).order_by(*order).limit(200)
    ).all()


def request_by_id(request_id: int) -> ErasureRequest | None:
    return db.session.get(ErasureRequest, request_id, options=[joinedload(ErasureRequest.user)])
