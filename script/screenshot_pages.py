"""Which pages there are to photograph: the addresses of the application with the records of the demonstration in them."""

import re
import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import product
from typing import Any

from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule as Route

from accounts.guards import GUARD
from accounts.link_browsers import COOKIE, LinkBrowser, signed
from accounts.models import OneTimeToken, TokenPurpose, User
from accounts.sessions import hashed
from core import clock
from core.database import db
from core.mail import OutboxMail
from municipalities.models import Municipality
from partnerships.models import LeaderTerm, Partnership, PartnershipMember
from partnerships.queries import visible_to
from plans.models import Plan, PlanImport, PlanVersion, ReviewComment
from tests.support.clients import OutsideClient
from tests.support.sign_in import sign_in

BROWSER = LinkBrowser("the browser of the photographs")
NOT_PAGES = ("/static/", "/health/", "/dev/gallery")
_LINK = re.compile(r'href="(/[^"#?]*)')

Samples = Mapping[str, object]
"""Something for a place in an address, one for each state that its page may be in."""


@dataclass(frozen=True)
class ShotPage:
    name: str
    path: str
    status: int = 200


REFUSALS = (
    ShotPage("no-such-page", "/no-such-page", 404),
    ShotPage("sign-in-link-used", "/sign-in/link/used", 404),
    ShotPage("invitation-used", "/invitation/used", 404),
)


def pages_for(app: Flask, person: User | None, language: str) -> list[ShotPage]:
    """What this person can open and read. Pages for everybody are photographed as a visitor sees them."""
    scout = Scout(app, person, language)
    found = [page for route in scout.routes for page in scout.pages_of(route)]
    linked = [page for route in scout.routes for page in scout.linked(route)]
    return [*found, *linked, *(REFUSALS if person is None else REFUSALS[:1])]


class Scout:
    """Looks which addresses open, as one person, and what they link to."""

    def __init__(self, app: Flask, person: User | None, language: str) -> None:
        self.app, self.language = app, language
        self.samples = samples_for(person, language)
        self.client = OutsideClient(app)
        if person is None:
            self.client.set_cookie(COOKIE, signed(BROWSER))
        else:
            sign_in(self.client, person)
        self.routes = sorted(self._routes(is_visitor=person is None), key=lambda route: route.rule)
        self.links: set[str] = set()

    def _routes(self, *, is_visitor: bool) -> Iterator[Route]:
        for route in self.app.url_map.iter_rules():
            view = self.app.view_functions[route.endpoint]
            for_everybody = getattr(view, GUARD, "public") == "public"
            is_page = "GET" in (route.methods or set()) and not route.rule.startswith(NOT_PAGES)
            is_spoken = (route.defaults or {}).get("lang", self.language) == self.language
            if is_page and is_spoken and for_everybody == is_visitor:
                yield route

    def pages_of(self, route: Route) -> Iterator[ShotPage]:
        """Of a page with a form one is enough, of others one in each state."""
        if not route.arguments <= set(self.samples):
            return
        names = sorted(route.arguments)
        for chosen in product(*(self.samples[name].items() for name in names)):
            path = _path(route, {name: value for name, (_, value) in zip(names, chosen, strict=True)})
            if path and self._opens(path):
                yield ShotPage(_name(route, [state for state, _ in chosen]), path)
                if "POST" in (route.methods or set()):
                    return

    def linked(self, route: Route) -> Iterator[ShotPage]:
        """Addresses with something in them that no record of ours tells: the first that a page links to."""
        if route.arguments <= set(self.samples):
            return
        adapter = self.app.url_map.bind("")
        for path in sorted(self.links):
            is_one = adapter.test(path, "GET") and adapter.match(path, "GET")[0] == route.endpoint
            if is_one and self._opens(path):
                yield ShotPage(_name(route, []), path)
                return

    def _opens(self, path: str) -> bool:
        if "." in path.rpartition("/")[2]:  # a file
            return False
        response = self.client.get(path, headers={"Accept-Language": self.language})
        if response.status_code != 200 or response.mimetype != "text/html":
            return False
        self.links.update(_LINK.findall(response.text))
        return True


def _path(route: Route, values: Mapping[str, Any]) -> str:
    """Empty where these values do not belong into this address, as another language's."""
    built = route.build(dict(values), append_unknown=False) if route.suitable_for(values, "GET") else None
    return built[1] if built else ""


def _name(route: Route, states: list[str]) -> str:
    return "-".join([*route.endpoint.split("."), *(state for state in states if state)])


# --- Records ---------------------------------------------------------------------------------------------


def samples_for(person: User | None, language: str) -> dict[str, Samples]:
    """By the names that stand in addresses."""
    mine = _partnerships(person)
    samples: dict[str, Samples] = {
        "kind": {"general": "general", "annual": "annual"},
        "lang": {"": language},
        "language": {"": language},
        "municipality_id": _states(
            db.session.scalars(select(Municipality).order_by(Municipality.id)),
            lambda one: "ended" if one.valid_to else "",
        ),
        "person_id": _states(
            db.session.scalars(select(User).order_by(User.id)),
            lambda one: ("" if one.password_hash else "invited") if one.is_active else "inactive",
        ),
        "partnership_id": _states(mine, lambda one: one.status.value),
        **_of_partnerships([one.id for one in mine]),
    }
    if person is None:
        samples |= _for_visitors()
    return samples


def _partnerships(person: User | None) -> list[Partnership]:
    if person is None:
        return []
    return list(
        db.session.scalars(select(Partnership).where(visible_to(person)).order_by(Partnership.id)).unique()
    )


def _of_partnerships(ids: list[int]) -> dict[str, Samples]:
    versions = (
        select(PlanVersion).join(Plan).where(Plan.partnership_id.in_(ids)).order_by(PlanVersion.id.desc())
    )
    of_version = select(PlanVersion.id).join(Plan).where(Plan.partnership_id.in_(ids))
    uploads = select(PlanImport).where(PlanImport.version_id.in_(of_version)).order_by(PlanImport.id.desc())
    comments = (
        select(ReviewComment)
        .where(ReviewComment.version_id.in_(of_version))
        .order_by(ReviewComment.id.desc())
    )
    terms = select(LeaderTerm).where(LeaderTerm.partnership_id.in_(ids), LeaderTerm.ends_on.is_(None))
    members = select(PartnershipMember).where(PartnershipMember.partnership_id.in_(ids))
    return {
        "version_id": _states(
            db.session.scalars(versions), lambda one: f"{one.plan.kind.value}-{one.status.value}"
        ),
        "upload_id": _states(db.session.scalars(uploads), lambda one: one.status.value),
        "comment_id": _states(db.session.scalars(comments), lambda one: one.state.value),
        "term_id": _states(db.session.scalars(terms), lambda one: one.kind.value),
        "member_id": _states(db.session.scalars(members), lambda _: ""),
    }


def _for_visitors() -> dict[str, Samples]:
    """Published plans, municipalities without one, and links as they come in mails."""
    published = select(PlanVersion).where(PlanVersion.published_at.is_not(None)).order_by(PlanVersion.id)
    versions = list(db.session.scalars(published))
    with_plan = versions[0].partnership.municipality
    without = db.session.scalars(
        select(Municipality)
        .where(Municipality.id.not_in([one.partnership.municipality_id for one in versions]))
        .order_by(Municipality.id)
    ).first()
    places: dict[str, object] = {"published": with_plan.address_name}
    if without:
        places["without-plan"] = without.address_name
    people = db.session.scalars(select(User).order_by(User.id.desc()).limit(3)).all()
    tokens: dict[str, str] = {}
    for person, purpose in zip(people, TokenPurpose, strict=True):
        tokens[purpose.value] = secrets.token_urlsafe(32)
        db.session.add(_token(tokens[purpose.value], person, purpose))
    mails = db.session.scalars(select(OutboxMail).order_by(OutboxMail.id.desc()))
    return {
        "place": places,
        "number": {"": versions[0].number},
        "token": tokens,
        "mail_id": _states(mails, lambda one: one.status.value),
    }


def _token(secret: str, person: User, purpose: TokenPurpose) -> OneTimeToken:
    """Made without voiding the links that the demonstration has sent."""
    return OneTimeToken(
        token_hash=hashed(secret),
        user=person,
        purpose=purpose,
        valid_until=clock.now() + timedelta(days=1),
        browser_hash=hashed(BROWSER.secret) if purpose is TokenPurpose.SIGN_IN else None,
    )


def _states(records: Any, state: Callable[[Any], str]) -> dict[str, object]:
    """The first record in each state."""
    first: dict[str, object] = {}
    for record in records:
        first.setdefault(state(record), record.id)
    return first
