"""Seats at webinars: the leader's and a guest's, one webinar as announced and one that was moved; links of a guest's mails."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from accounts.models import User
from core import clock
from core.database import db
from tests.guards.matrix.markers import HOSTILE, hostile
from tests.guards.matrix.world import Record, World
from webinars import services as webinars
from webinars.models import Webinar
from webinars.registrations import guest_links, moving, services
from webinars.registrations.models import AccessNeed, LinkPurpose, WebinarRegistration
from webinars.registrations.queries import everybody_of
from webinars.services import Content

COMING = datetime(2026, 5, 27, 8, 0, tzinfo=UTC)
OPT_IN, OWN, MOVED = "seat to confirm", "seat of a guest", "seat at a new time"
"""Where ``World.seen`` keeps the secrets of links."""


def some_seats(world: World, people: Mapping[str, User]) -> None:
    office, leader = people["office"], people["leader"]
    seated, moved = (_announced(f"Zapisy {HOSTILE}", office) for _ in range(2))
    for webinar in (seated, moved):
        services.register(webinar, leader)
        _guest(webinar, "kept", office)
    moving.move(moved, moving.NewTime(COMING + timedelta(days=7), 60), actor=office)
    services.ask(seated, services.Guest(hostile("adraftguest"), "new@guests.example"))
    seats = {one.email: one for one in everybody_of(seated)}
    world.seen[OPT_IN] = _link(seats["new@guests.example"], LinkPurpose.OPT_IN)
    world.seen[OWN] = _link(seats["kept@guests.example"], LinkPurpose.SEAT)
    world.seen[MOVED] = _link(next(one for one in everybody_of(moved) if one.email), LinkPurpose.SEAT)
    _keep(world, "seated webinar", "seated", webinar_id=seated.id)
    _keep(world, "seated webinar", "moved", webinar_id=moved.id)
    _keep(world, "office's webinar", "seated", webinar_id=seated.id)
    _keep(world, "webinar seat", "kept", seat_id=seats["kept@guests.example"].id)


def _announced(title: str, office: User) -> Webinar:
    content = Content(
        title=title, starts_at=COMING, minutes=60, abstract=title, join_link="https://rooms.example/all"
    )
    webinar = webinars.write_webinar(content, actor=office)
    webinars.announce(webinar, actor=office)
    return webinar


def _guest(webinar: Webinar, name: str, office: User) -> None:
    needs = services.Needs([AccessNeed.OTHER], f"Door {hostile('adraftneed')}")
    guest = services.Guest(hostile("adraftguest"), f"{name}@guests.example", needs=needs)
    services.add_by_hand(webinar, guest, actor=office)


def _link(seat: WebinarRegistration, purpose: LinkPurpose) -> str:
    secret = guest_links.issue(seat, purpose, until=clock.now() + timedelta(days=60))
    db.session.flush()
    return secret


def _keep(world: World, kind: str, name: str, **values: object) -> None:
    world.records.setdefault(kind, []).append(Record(name, "a", values))
