"""Offers, entered through the services."""

from collections.abc import Callable

import pytest
from flask import Flask

from accounts.models import User
from core.database import db
from knowledge import services
from knowledge.models import CatalogueItem, PriceKind, ProviderStatus
from knowledge.services import Content
from tests.make import Make

URL = "https://kursy.example/telefon"
Published = Callable[..., CatalogueItem]


def content(title: str = "Telefon bez obaw", **values) -> Content:
    return Content(**{
        "title": title, "summary": f"O tym: {title}.", "provider": "Fundacja Jasny Ekran", "provider_website": None,
        "provider_status": ProviderStatus.OTHER, "digcomp_areas": ["safety"], "life_areas": ["health"],
        "audience": ["seniors"], "languages": ["pl"], "price_kind": PriceKind.FREE, "url": URL, **values,
    })  # fmt: skip


@pytest.fixture
def office(make: Make) -> User:
    return make.office("Marta Nowak")


@pytest.fixture
def published(app: Flask, office: User) -> Published:
    def publish(title: str = "Telefon bez obaw", **values) -> CatalogueItem:
        item = services.write(content(title, **values), actor=office)
        services.moderate(item, actor=office)
        services.publish(item, actor=office)
        db.session.commit()
        return item

    return publish
