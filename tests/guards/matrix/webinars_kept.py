"""Webinars: one announced with a link to join that only those registered may know, a draft, an event of others, a series."""

from collections.abc import Mapping
from datetime import UTC, datetime

from accounts.models import User
from core.uploads import SentFile
from tests.guards.matrix.attendance_kept import some_attendance
from tests.guards.matrix.markers import HOSTILE, hostile, marked
from tests.guards.matrix.recordings_kept import some_recordings
from tests.guards.matrix.seats_kept import some_seats
from tests.guards.matrix.world import Record, World
from tests.support.documents import pdf
from webinars import services
from webinars.models import Webinar
from webinars.services import Content, SeriesContent

COMING = datetime(2026, 5, 20, 8, 0, tzinfo=UTC)


def some_webinars(world: World, people: Mapping[str, User]) -> None:
    office = people["office"]
    series = services.make_series(SeriesContent(f"Mocni {HOSTILE}", f"Cykl {HOSTILE}"), actor=office)
    announced = _announced(
        f"Ogłoszone {HOSTILE}",
        office,
        series_id=series.id,
        join_link=f"https://rooms.example/{marked('adraftjoinlink')}",
    )
    outside = _announced("Kongres", office, is_outside=True, outside_link="https://congress.example/")
    draft = services.write_webinar(_content(hostile("adraftwebinar"), series_id=series.id), actor=office)
    file = SentFile("slajdy.pdf", pdf())
    material = services.add_material(announced, title=f"Slajdy {HOSTILE}", file=file, actor=office)
    _keep(world, "webinar material", "announced", webinar_id=announced.id, material_id=material.id)
    _keep(world, "webinar", "announced", webinar_id=announced.id)
    _keep(world, "webinar", "outside", webinar_id=outside.id)
    _keep(world, "webinar draft", "draft", webinar_id=draft.id)
    _keep(world, "webinar series", "series", series_id=series.id)
    _keep(world, "webinar in series", "first", series_id=series.id, webinar_id=announced.id)
    ended = services.make_series(SeriesContent("Dawny cykl"), actor=office)
    services.end_series(ended, actor=office)
    _keep(world, "webinar series", "ended", series_id=ended.id)
    idle = services.make_series(SeriesContent("Cykl bez webinariów"), actor=office)
    _keep(world, "webinar series", "idle", series_id=idle.id)
    world.seen["series"] = series.slug
    some_seats(world, people)
    some_attendance(world, people)
    some_recordings(world, people)


def _announced(title: str, office: User, **more: object) -> Webinar:
    webinar = services.write_webinar(_content(title, **more), actor=office)
    services.announce(webinar, actor=office)
    return webinar


def _content(title: str, **more: object) -> Content:
    values: dict[str, object] = {
        "title": title, "starts_at": COMING, "minutes": 90, "abstract": title, "presenters": title, **more,
    }  # fmt: skip
    return Content(**values)  # type: ignore[arg-type]  # named once for all


def _keep(world: World, kind: str, name: str, **values: object) -> None:
    world.records.setdefault(kind, []).append(Record(name, "a", values))
