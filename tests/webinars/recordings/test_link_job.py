"""Links of webinars are looked at by a job, over real connections; the office is told once of those that are dead."""

import socket
import threading
from collections.abc import Iterator

import pytest

from core.checked_links import CheckedLink, LinkState, dead_among
from core.database import db
from core.link_checks import LinkChecker
from webinars import services as of_webinars
from webinars.recordings import jobs, services
from webinars.recordings.queries import links_of_webinars

OWN = "127.0.0.1"


class Films:
    """A server that has some of its pages."""

    def __init__(self) -> None:
        self.missing: set[str] = set()
        self.listener = socket.create_server((OWN, 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                visitor, _ = self.listener.accept()
            except OSError:
                return
            with visitor:
                path = visitor.recv(4096).split(b" ")[1].decode()
                status = b"404 Not Found" if path in self.missing else b"200 OK"
                visitor.sendall(b"HTTP/1.1 %b\r\nContent-Length: 0\r\n\r\n" % status)

    def url(self, path: str) -> str:
        return f"http://films.example:{self.port}{path}"


@pytest.fixture
def films() -> Iterator[Films]:
    server = Films()
    yield server
    server.listener.close()


@pytest.fixture
def checker(films) -> LinkChecker:
    return LinkChecker(
        resolve=lambda host, port: [OWN], judge=lambda address: str(address) == OWN, ports=[films.port]
    )


def test_links_of_recordings_materials_and_events_of_others_are_looked_at_and_no_room_of_ours(
    published, owed, announced, office
):
    recording, without = published(), owed("None")
    services.give_up(without, reason="Awaria", link="https://article.example/", actor=office)
    of_webinars.add_material(without.webinar, title="Slajdy", link="https://slides.example/", actor=office)
    event = announced(
        "Kongres", is_outside=True, outside_link="https://congress.example/", join_link="https://congress.example/room",
        starts_at=recording.webinar.starts_at.replace(month=9),
    )  # fmt: skip

    shown = {(one.url, one.webinar_id) for one in links_of_webinars()}

    assert shown == {
        (recording.url, recording.webinar_id), ("https://article.example/", without.webinar_id),
        ("https://slides.example/", without.webinar_id), ("https://congress.example/", event.id),
        ("https://congress.example/room", event.id),
    }  # fmt: skip


def test_a_dead_link_is_hidden_after_three_days_and_the_office_told_once(
    published, films, checker, clock, outbox
):
    gone, works = published("Gone", url=films.url("/gone")), published("Works", url=films.url("/works"))
    films.missing = {"/gone"}
    said, subjects = [], []
    for _day in range(5):
        clock.tick(hours=24)
        said.append(jobs.check_shown_links(checker))
        said.append(jobs.check_shown_links(checker))
        subjects.append([mail.subject for mail in outbox()])

    assert (
        said[::2]
        == ["2 looked at, 0 newly dead"] * 2
        + ["2 looked at, 1 newly dead"]
        + ["2 looked at, 0 newly dead"] * 2
    )
    assert set(said[1::2]) == {"0 looked at, 0 newly dead"}
    assert subjects == [[], [], *[["A link does not work any more"]] * 3]
    body = outbox()[0].body
    assert gone.url in body
    assert f"/webinars/{gone.webinar_id}" in body
    assert "There is no such page any more" in body
    assert dead_among([gone.url, works.url]) == {gone.url}


def test_the_only_checker_of_the_job_itself_asks_no_machine_of_ours(published, films, clock):
    """Without the tests' own judge the same link is refused before any connection."""
    recording = published(url=f"http://{OWN}/film")
    clock.tick(hours=24)

    assert jobs.check_shown_links() == "1 looked at, 0 newly dead"

    link = db.session.query(CheckedLink).one()
    assert (link.url, link.state, str(link.answer)) == (recording.url, LinkState.UNKNOWN, "refused")


def test_links_of_a_demonstration_are_invented_and_not_looked_at(published, make, checker):
    make.programme.is_demo = True
    published()

    assert jobs.check_shown_links(checker) == "not in a demonstration"
