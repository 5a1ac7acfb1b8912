"""The pages of a partnership: each package adds its own, and its main page lists them in one order."""

from dataclasses import dataclass

from flask import Flask, current_app, url_for

from accounts.models import User
from accounts.policy import Permission, can
from core.i18n import LazyString
from partnerships.models import Partnership

_KEY = "gromada_partnership_pages"


@dataclass(frozen=True)
class PartnershipPage:
    """``endpoint`` takes the id of the partnership as ``partnership_id``."""

    label: LazyString
    endpoint: str
    order: int
    """Those read often come first; from 800 on what is seldom done. By tens, so that there is room between two."""
    permission: Permission = Permission.PARTNERSHIP_READ
    only_while_open: bool = False


def add_to_partnership(app: Flask, *pages: PartnershipPage) -> None:
    known: list[PartnershipPage] = app.extensions.setdefault(_KEY, [])
    known.extend(page for page in pages if page not in known)
    known.sort(key=lambda page: page.order)


SELDOM = 800


def pages_of(partnership: Partnership, person: User) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Label and address of those that this person may open: the pages to read, and what is seldom done."""
    known: list[PartnershipPage] = current_app.extensions.get(_KEY, [])
    open_ones = [
        page
        for page in known
        if (partnership.is_open or not page.only_while_open) and can(person, page.permission, partnership)
    ]
    return (
        [_link(page, partnership) for page in open_ones if page.order < SELDOM],
        [_link(page, partnership) for page in open_ones if page.order >= SELDOM],
    )


def _link(page: PartnershipPage, partnership: Partnership) -> tuple[str, str]:
    return str(page.label), url_for(page.endpoint, partnership_id=partnership.id)
