"""Initiatives, entered through the services."""

from collections.abc import Callable
from itertools import count

import pytest
from flask import Flask

from accounts.models import User
from core.database import db
from initiatives import services
from initiatives.models import Initiative, Level
from initiatives.services import Content
from tests.make import Make

Entered = Callable[..., Initiative]


def content(number: int = 1, title: str = "Sieć w świetlicach", **values) -> Content:
    return Content(**{
        "number": number, "title": title, "purpose": "Internet blisko domu.", "decision_maker": "Ministerstwo Cyfryzacji",
        "actor": "Gminy", "level": Level.NATIONAL, **values,
    })  # fmt: skip


@pytest.fixture
def office(make: Make) -> User:
    return make.office("Marta Nowak")


@pytest.fixture
def entered(app: Flask, office: User) -> Entered:
    numbers = count(1)

    def enter(title: str = "Sieć w świetlicach", **values) -> Initiative:
        initiative = services.enter(content(next(numbers), title, **values), actor=office)
        db.session.commit()
        return initiative

    return enter
